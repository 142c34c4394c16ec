"""``quote`` and ``demo`` as commands of their own process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

import main
from db.vault import FolderVault
from tests.shipped import EXAMPLES, ROOT


def run(*arguments: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


def run_here(capsys: pytest.CaptureFixture[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in this process: where many cases are told apart by what is read, not by how it starts."""
    status = main.main(list(arguments))
    told = capsys.readouterr()
    return subprocess.CompletedProcess(arguments, status, told.out, told.err)


def example(**changes: object) -> dict[str, object]:
    content = json.loads((ROOT / "docs" / "examples" / "dokodemo-prime.json").read_text("utf-8"))
    return {**content, **changes}


def one_service(service: str, start: str, items: dict[str, object]) -> dict[str, object]:
    return {"services": [{"service": service, "start": start, "items": items}]}


def one_migration(volume: str) -> tuple[dict[str, object], list[str]]:
    work = [{"devices": 1, "menu": ["data-migration"], "migrate_gb": volume}]
    return {"visits": [{"for_service": 0, "on": "2026-12-11", "work": work}]}, ["work.0.migrate_gb"]


def written(path: Path, content: object) -> str:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


def text_of(pdf: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.read_bytes())).pages)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_becomes_a_draft_page_with_its_sum(name: str, tmp_path: Path, data: Path) -> None:
    out = tmp_path / "見積 書.pdf"
    source = str(ROOT / "docs" / "examples" / f"{name}.json")
    done = run("quote", source, "--pdf", str(out), "--json", "--data", str(data))
    assert done.returncode == 0, done.stderr
    total = json.loads(done.stdout)["total"]["total"]
    assert f"{total:,}" in text_of(out)
    assert not data.exists()  # nothing was stored


def test_stored_quotations_are_numbered_one_after_the_other(tmp_path: Path, data: Path) -> None:
    assert run("demo", "--quotations", "1", "--contracts", "0", "--data", str(data)).returncode == 0
    source = written(tmp_path / "request.json", example())
    numbers = []
    for _count in range(2):
        done = run(
            "quote", source, "--pdf", str(tmp_path / "q.pdf"), "--json", "--store", "--data", str(data)
        )
        assert done.returncode == 0, done.stderr
        numbers.append(json.loads(done.stdout)["number"])
        assert numbers[-1] in text_of(tmp_path / "q.pdf")
    assert [number[-4:] for number in numbers] == ["0001", "0002"]


def test_demo_never_touches_a_database_that_is_there(data: Path) -> None:
    assert run("demo", "--quotations", "1", "--contracts", "0", "--data", str(data)).returncode == 0
    again = run("demo", "--quotations", "1", "--contracts", "0", "--data", str(data))
    assert again.returncode == 1
    assert "database-exists" in again.stderr


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"services": [{"service": "norton", "start": "2026-12-01"}]}, ["services.0.service"]),
        (one_service("mihariban", "2026-12-01", {"id": 5}), ["services.0.items"]),
        (one_service("dokodemo-prime", "2026-12-01", {"id": 4}), ["items.id"]),
        (one_service("dokodemo-prime", "2026-02-31", {"id": 5}), ["services.0.start"]),
        (one_service("dokodemo-prime", "2026-05-10", {"id": 5}), ["edition-unknown"]),
        (one_service("dokodemo-prime", "2026-12-01", {"id": "五"}), ["items.id"]),
        (one_service("dokodemo-prime", "2026-12-01", {"id": 1e20}), ["items.id"]),
        (one_service("dokodemo-prime", "2026-12-01", {"id": 2.5}), ["items.id"]),
        ({"customer": {"name": ""}, "services": []}, ["customer.name", "visits.0"]),
        ({"customer": {"name": "あ" * 300}}, ["customer.name"]),
        ({"customer": {"name": "😀"}}, ["U+1F600"]),
        ({"customer": {"name": "a\u0007b"}}, ["U+0007"]),
        ({"title": "\ud83d", "customer_id": "\ude00"}, ["title:", "customer_id:"]),
        ({"readings": {"\ud83d": "x"}}, ["readings:"]),
        one_migration("1e999999999"),
        one_migration("1/0"),
        one_migration("nan"),
        (
            {"customer": 5, "unknown": 1, "visits": [{"work": [{"devices": "x"}]}]},
            ["customer:", "unknown:", "devices:"],
        ),
        (
            {"visits": [{"for_service": 0, "on": "2026-12-11", "work": [
                {"devices": 21, "menu": ["data-migration"], "migrate_gb": 10}]}]},
            ["individual-quote"],
        ),
    ],
)  # fmt: skip
def test_bad_requests_are_refused_with_place_and_remedy(
    changes: dict[str, object],
    places: list[str],
    tmp_path: Path,
    data: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source = written(tmp_path / "request.json", example(**changes))
    done = run_here(capsys, "quote", source, "--pdf", str(tmp_path / "q.pdf"), "--data", str(data))
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "q.pdf").exists()
    for place in places:
        assert place in done.stderr


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "\x00", '{"title": NaN}', '{"a":' * 5000, '"' + "あ" * 2_000_000 + '"'],
)
def test_files_that_are_no_request_are_refused(
    text: str, tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = run_here(capsys, "quote", written(tmp_path / "request.json", text), "--data", str(data))
    assert done.returncode == 1
    assert "bad-input" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_given_twice_is_refused_whichever_counts(tmp_path: Path, data: Path) -> None:
    text = json.dumps(example(), ensure_ascii=False).replace('{"id": 31}', '{"id": 31, "id": 310}')
    assert '"id": 310' in text
    done = run("quote", written(tmp_path / "request.json", text), "--json", "--data", str(data))
    assert (done.returncode, done.stdout) == (1, "")
    assert "「id」が二度書かれています。" in done.stderr


def test_missing_files_and_folders_are_named(tmp_path: Path, data: Path) -> None:
    missing = run("quote", str(tmp_path / "ない.json"), "--data", str(data))
    assert (missing.returncode, "ない.json" in missing.stderr) == (2, True)
    source = written(tmp_path / "request.json", example())
    nowhere = run("quote", source, "--pdf", str(tmp_path / "no" / "folder" / "q.pdf"), "--data", str(data))
    assert nowhere.returncode == 2
    assert "Traceback" not in nowhere.stderr
    stored = run("quote", source, "--store", "--data", str(data))
    assert (stored.returncode, "no-database" in stored.stderr) == (2, True)


def test_a_passphrase_comes_from_file_or_environment(tmp_path: Path, data: Path) -> None:
    FolderVault(data).create("passphrase", "正しい馬の電池とホチキス").close()
    source = written(tmp_path / "request.json", example())
    arguments = ("quote", source, "--store", "--data", str(data))
    none = run(*arguments)
    assert (none.returncode, "passphrase-needed" in none.stderr) == (2, True)
    wrong = run(*arguments, MADOGUCHI_PASSPHRASE="まちがい")
    assert (wrong.returncode, "wrong-passphrase" in wrong.stderr) == (2, True)
    secret = written(tmp_path / "secret", "正しい馬の電池とホチキス\n")
    right = run(*arguments, "--passphrase-file", secret)
    assert (right.returncode, "no-desk-code" in right.stderr) == (1, True)  # opened; nothing set up yet


def test_a_demo_with_a_passphrase_is_protected_by_it(tmp_path: Path, data: Path) -> None:
    secret = written(tmp_path / "secret", "正しい馬の電池とホチキス")
    made = run(
        "demo", "--quotations", "1", "--contracts", "0", "--data", str(data), "--passphrase-file", secret
    )
    assert made.returncode == 0, made.stderr
    assert FolderVault(data).kind() == "passphrase"
    assert run("demo", "--quotations", "-1", "--data", str(data)).returncode == 2


def test_decimals_are_exact_as_written(tmp_path: Path, data: Path) -> None:
    visits = [{"for_service": 0, "on": "2026-12-11", "work": [
        {"devices": 1, "menu": ["data-migration"], "migrate_gb": 4.7}]}]  # fmt: skip
    done = run("quote", written(tmp_path / "r.json", example(visits=visits)), "--json", "--data", str(data))
    (visit,) = (group for group in json.loads(done.stdout)["groups"] if group["kind"] == "visit")
    assert visit["lines"][-1]["amount"] == 16_000  # the 4.7 GB column, not the next one


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is needed")
def test_a_full_output_is_told(data: Path) -> None:
    source = str(ROOT / "docs" / "examples" / "osect.json")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "quote", source, "--json", "--data", str(data)],
            stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "[unwritable]" in done.stderr
    assert "Traceback" not in done.stderr
