"""``main.py charges``: a month without a window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import main
from app.contract.facts import Started
from app.days import Month
from app.usecases import run_month as running
from app.usecases.run_month import run_month
from tests.billing_desk import Clock, billing_desk, register, second_window, three


@pytest.fixture
def filled(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with three contracts and one that can't be charged in 2023; it is December 2026."""
    clock = Clock()
    desk = billing_desk(data, clock)
    three(desk)
    register(desk, "昔からの会社", "mihariban", Started(date(2023, 11, 10), {"license": 3}))
    desk.storage.close()
    monkeypatch.setattr(main.Parts, "now", lambda _self: clock.now())
    return data


def run(data: Path, *arguments: str) -> int:
    return main.main(["--data", str(data), "charges", *arguments])


def test_a_month_is_worked_out_and_told(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(filled, "--month", "2026-11") == 0
    told = capsys.readouterr()
    assert "2026年11月分の請求（締める前）" in told.out
    assert "契約 4件  請求 4件  計算できない契約 0件" in told.out
    assert "税抜 94,460円  消費税 9,446円  不課税 0円  合計 103,906円" in told.out
    assert "100％" in told.err


def test_refused_contracts_are_named(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(filled, "--month", "2023-11") == 0
    told = capsys.readouterr().out
    assert "昔からの会社  見張り番  料金の分かる版がない日が含まれています" in told


def test_closing_numbers_the_month_and_a_second_time_is_refused(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(filled, "--month", "2026-11", "--close") == 0
    told = capsys.readouterr().out
    assert "締め済み  M-HM1-2611-0001" in told
    assert "SHA-256 " in told
    assert run(filled, "--month", "2026-11") == 0
    assert "M-HM1-2611-0001" in capsys.readouterr().out
    assert run(filled, "--month", "2026-11", "--close") == 1
    assert "[month-closed]" in capsys.readouterr().err


def test_files_are_written(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    xlsx, csv = tmp_path / "a.xlsx", tmp_path / "a.csv"
    assert run(filled, "--month", "2026-11", "--xlsx", str(xlsx), "--csv", str(csv)) == 0
    assert xlsx.read_bytes().startswith(b"PK")
    assert csv.read_bytes().startswith(b"\xef\xbb\xbf")
    assert str(xlsx) in capsys.readouterr().out


def test_a_target_that_cannot_be_written_is_told(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(filled, "--month", "2026-11", "--xlsx", str(tmp_path / "no" / "a.xlsx")) == 2
    assert "[unwritable]" in capsys.readouterr().err


def test_an_interrupted_run_goes_on(
    filled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    desk = second_window(filled, Clock())
    run_month(desk, Month(2026, 11), lambda told: told.done < 2)
    desk.storage.close()
    assert run(filled, "--month", "2026-11") == 0
    told = capsys.readouterr()
    assert "25％" not in told.err  # it did not begin again
    assert "合計 103,906円" in told.out


@pytest.mark.parametrize("month", ["2026-13", "november", "2026-11-01"])
def test_no_month_is_refused(filled: Path, month: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(filled, "--month", month) == 1
    assert "[bad-input]" in capsys.readouterr().err


def test_without_a_database_nothing_is_made(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--month", "2026-11") == 2
    assert "[no-database]" in capsys.readouterr().err
    assert not data.exists()
