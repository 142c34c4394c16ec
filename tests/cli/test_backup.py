"""``backup``, ``restore`` and ``doctor`` without a window, on a real folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.usecases.keep_accounts import set_pin
from app.usecases.pins import Cost
from main import main
from tests.desks import new_desk, reopened


def spoken(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status and what was written."""
    status = main(list(arguments))
    return status, capsys.readouterr().out


def test_from_a_backup_back_to_it_and_onto_a_new_laptop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick"
    new_desk(data).storage.close()
    at = ("--data", str(data))
    status, told = spoken(capsys, *at, "doctor", "--json")
    assert status == 1
    assert [one["code"] for one in json.loads(told) if one["level"] == "bad"] == ["backups"]
    assert spoken(capsys, *at, "backup", "--folder", str(stick))[0] == 0
    (backup,) = stick.glob("*.db")
    status, told = spoken(capsys, *at, "backup", "--list")
    assert (status, told.count("確認済み")) == (0, 1)
    status, told = spoken(capsys, *at, "doctor")
    assert status == 0
    assert "［良い］発行した書類" in told
    assert spoken(capsys, *at, "restore", str(backup))[0] == 1  # nobody said yes
    letter = tmp_path / "letter.db"
    letter.write_text("no backup", encoding="utf-8")
    assert spoken(capsys, *at, "restore", str(letter), "--yes") == (2, "")  # the file is wrong, not the data
    status, told = spoken(capsys, *at, "restore", str(backup), "--yes")
    assert status == 0
    assert "失われる登録はありません" in told
    laptop = ("--data", str(tmp_path / "laptop"))
    assert spoken(capsys, *laptop, "restore", str(backup))[0] == 0
    assert spoken(capsys, *laptop, "backup", "--list") == (0, "")

    away = stick.rename(tmp_path / "away")
    capsys.readouterr()
    assert main([*at, "backup"]) == 0
    assert f"控えの置き場所「{stick}」が見つからない" in capsys.readouterr().err
    away.rename(stick)

    database = data / "madoguchi.db"
    for damage in (lambda: database.write_bytes(database.read_bytes()[:5000]), database.unlink):
        damage()
        status, told = spoken(capsys, *at, "restore", str(backup), "--yes")
        assert status == 0  # the way out where nothing can be opened
        assert "数えられません" in told
        assert spoken(capsys, *at, "backup", "--list")[0] == 0

    backup.write_bytes(backup.read_bytes()[:-4096])
    assert spoken(capsys, *at, "restore", str(backup), "--yes")[0] != 0


def test_going_back_to_before_the_pins_is_recorded_with_who_did_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    desk = new_desk(data)
    backup = desk.storage.backups.make()
    set_pin(desk, "tamura", "2580", cost=Cost(8, 1, 1))
    desk.storage.close()
    monkeypatch.setenv("MADOGUCHI_PIN", "2580")
    going = ("--data", str(data), "restore", str(backup.path), "--yes")
    assert spoken(capsys, *going)[0] == 1  # nobody is named
    assert spoken(capsys, *going, "--staff", "田村美咲")[0] == 0
    with reopened(data).storage.look() as work:
        (last,) = work.audit.recent(1)
    assert (last.what, last.who) == ("backup-restored", "田村 美咲")
