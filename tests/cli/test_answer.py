"""The command ``answer``: files, standard input, exit statuses, readings; nothing but tariffs is opened."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.tariff.catalogue import Catalogue
from cli import answer
from tests.shipped import ROOT, TODAY, catalogue

QUESTION = '{"id": "一", "ask": "edition", "given": {"service": "osect", "on": "2026-06-01"}}\n'
VISIT = (
    '{"id": 2, "ask": "visit", "given": {"service": "media-light", "on": "2025-06-10", '
    '"contract": {"start": "2025-04-15"}, "work": [{"menu": ["data-migration"], "migrate_gb": 60}]}}\n'
)


class Wiring:
    """What ``answer`` may ask for, and nothing else."""

    def catalogue(self) -> Catalogue:
        return catalogue()

    def today(self) -> date:
        return TODAY


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    answer.add_parser(parser.add_subparsers(), argparse.ArgumentParser(add_help=False))
    args = parser.parse_args(["answer", *arguments])
    return int(args.run(args, Wiring()))


def written(capsysbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsysbinary.readouterr().out.decode("utf-8").splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_answered_line_by_line(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], encoding: str
) -> None:
    file = tmp_path / "質問.jsonl"
    file.write_text(QUESTION + "\n   \nnonsense\n" + QUESTION, encoding=encoding, newline="\r\n")
    assert run(str(file)) == 0
    assert [reply.get("id") for reply in written(capsysbinary)] == ["一", None, "一"]


def test_standard_input_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(QUESTION.encode()), encoding="utf-8"))
    assert run("-") == 0
    assert written(capsysbinary)[0]["answer"]["priced"] is True


def test_half_a_surrogate_pair_comes_back_escaped(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "\\ud800", "ask": "x"}\n', encoding="utf-8")
    assert run(str(file)) == 0
    assert written(capsysbinary)[0]["id"] == "\ud800"


def test_an_empty_file_is_answered_with_nothing(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(b"")
    assert run(str(file)) == 0
    assert written(capsysbinary) == []


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "missing.jsonl")) == 2
    assert run(str(tmp_path)) == 2
    said = capsys.readouterr().err
    assert "missing.jsonl を読めません" in said


def test_readings_change_the_answer(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(VISIT, encoding="utf-8")
    assert run(str(file)) == 0
    assert run(str(file), "--reading", "migration-volume=column", "--reading", "migration-tb=1024") == 0
    assert [reply["answer"]["net"] for reply in written(capsysbinary)] == [66_000, 81_000]


@pytest.mark.parametrize("reading", ["migration-volume=guess", "nonsense=1", "migration-volume", ""])
def test_a_reading_that_is_none_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reading: str
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(QUESTION, encoding="utf-8")
    assert run(str(file), "--reading", reading) == 2
    assert capsys.readouterr().err


def test_a_pipe_that_is_closed_early_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(VISIT * 2_000, encoding="utf-8")
    command = [sys.executable, str(ROOT / "main.py"), "answer", str(file), "--data", str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"] == 2
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


def test_the_program_opens_no_database(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(QUESTION, encoding="utf-8")
    data = tmp_path / "data"
    command = [sys.executable, str(ROOT / "main.py"), "answer", str(file), "--data", str(data)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, timeout=600)
    assert json.loads(done.stdout)["answer"]["priced"] is True
    assert not data.exists()


def test_nothing_heavy_is_loaded() -> None:
    heavy = (
        "PySide6",
        "sqlalchemy",
        "alembic",
        "reportlab",
        "openpyxl",
        "phonenumbers",
        "jpholiday",
        "sqlcipher3",
    )
    script = (
        "import sys, argparse\n"
        "from cli import answer\n"
        "from tests.shipped import catalogue\n"
        f"found = [name for name in {heavy!r} if name in sys.modules]\n"
        "assert not found, found\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, timeout=600)
