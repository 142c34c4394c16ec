"""Backups in the window: made beside everything else, told when they fail, and gone back to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import CustomerFields
from app.errors import EnvironmentProblem
from app.usecases.desk import Desk
from app.usecases.keep_customer import find_customers, register_customer
from db.vault import FolderVault
from ui.checkup import Checkup
from ui.frame.notices import Notice
from ui.keeping import Keeper
from ui.main_window import MainWindow
from ui.opening import StorageLater
from ui.session import Session
from ui.settings.backups import BackupsSection
from ui.settings.examination import ExaminationSection
from ui.settings.page import SettingsPage
from ui.tasks import Tasks

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def section(session: Session, stage: Stage, settle: Settle) -> BackupsSection:
    made = BackupsSection(session)
    made.show_settings(session.settings)
    stage(made)
    settle()
    return made


def names(desk: Desk) -> int:
    """How many customers there are of those the tests make."""
    return len(find_customers(desk, "の顧客"))


def test_a_backup_is_made_while_others_write(
    section: BackupsSection, session: Session, desk: Desk, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    """On a thread that is not the database's: writes go on, and the copy is whole."""
    stick = tmp_path / "USB"
    stick.mkdir()
    section.take_folder(stick)
    threads = set()
    hear = session.keeper._hear

    def slowly(done: int, whole: int) -> bool:
        threads.add(threading.current_thread().name)
        return hear(done, whole)

    session.keeper._hear = slowly  # type: ignore[method-assign]
    with qtbot.waitSignal(session.keeper.ended) as ended:
        for number in range(5):
            register_customer(desk, CustomerFields(name=f"顧客{number}"))
    settle()
    assert ended.args is not None
    assert ended.args[0].problem is None
    assert threads == {"long"}
    assert len(list(stick.glob("madoguchi-*.db"))) == 1
    assert "今日" in section.state.title.words()
    assert section.reached.words() == "つながっています"
    assert len(section.list.rows()) == 1
    assert section.make.isEnabled()


def test_the_day_has_its_backup_by_itself_and_only_one(
    session: Session, desk: Desk, vault: FolderVault, settle: Settle
) -> None:
    keeper = session.keeper
    elsewhere = QLockFile(str(vault.folder / "backup.lock"))
    assert elsewhere.tryLock(0)
    keeper.make_if_due()
    settle()
    assert desk.storage.backups.files() == []  # another window is making it
    elsewhere.unlock()
    for _time in range(2):
        keeper.make_if_due()
        settle()
    assert len(desk.storage.backups.files()) == 1


def test_what_fails_is_told_once_a_day_with_what_to_do(
    session: Session, stage: Stage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = cast("MainWindow", stage(MainWindow(session)))
    told: list[Notice] = []
    session.notice.connect(told.append)
    tries = []

    def full(_folder: Path) -> int:
        tries.append(1)
        return 0

    monkeypatch.setattr("db.backups.free_disk", full)
    for _time in range(2):
        session.keeper.make_if_due()
        settle()
    assert len(tries) == 1  # the next one waits some hours
    assert len(told) == 1
    assert window.notices.strip is not None
    assert "控えを取れませんでした" in window.notices.strip.title.words()
    assert window.status.backup.tone == "warn"
    window.notices.strip.accepted.emit()
    settle()
    page = cast("SettingsPage", window.page("settings"))
    assert (window.here, page.here) == ("settings", "backups")
    section = cast("BackupsSection", page.sections["backups"])
    monkeypatch.undo()
    section.make.click()
    settle()
    assert "今日" in section.state.title.words()
    assert window.status.backup.tone == "good"


def test_a_stick_that_is_missed_is_told(
    session: Session, desk: Desk, tmp_path: Path, settle: Settle, section: BackupsSection
) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    desk.storage.backups.choose(stick)
    stick.rmdir()
    told: list[Notice] = []
    session.notice.connect(told.append)
    session.keeper.make_if_due()
    settle()
    assert len(desk.storage.backups.files()) == 1  # beside the data, at least
    assert [one.meaning for one in told] == ["warn"]
    assert str(stick) in told[0].title
    assert section.reached.words() == "つながっていません"
    assert "USBメモリー" in section.state.detail.words()


def held_until(told: Callable[[], bool], worker: Keeper | Checkup, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in its middle when it is told to stop, and not at its end already."""
    heard = worker._hear

    def hear(*step: Any) -> bool:
        while not told():
            time.sleep(0.001)
        return heard(*step)

    monkeypatch.setattr(worker, "_hear", hear)


def test_stopping_one_leaves_nothing_and_no_complaint(
    section: BackupsSection, session: Session, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_until(lambda: session.keeper._stop, session.keeper, monkeypatch)
    session.keeper.make()
    session.keeper.stop()
    settle()
    assert desk.storage.backups.files() == []
    assert "まだありません" in section.state.title.words()


def test_the_end_of_the_program_stops_one_that_is_being_made(
    session: Session, desk: Desk, vault: FolderVault, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_until(lambda: tasks.long.stopping, session.keeper, monkeypatch)
    session.keeper.make()
    tasks.stop()
    assert list((vault.folder / "backups").glob("*")) == []


# --- looking through everything ---


def test_the_checkup_tells_part_by_part_and_keeps_its_result(
    session: Session, stage: Stage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = ExaminationSection(session)
    stage(section)
    parts = []
    session.checkup.stepped.connect(lambda: parts.append(session.checkup.part))
    section.start.click()
    assert not section.start.isEnabled()
    settle()
    assert {"pages", "audit", "papers", "fonts", "clock"} <= set(parts)
    rows = section.found.as_text()
    assert "すべてのページが正しく読めます" in rows
    assert "控えがまだありません" in rows
    assert "異常が" in section.strip.title.words()  # no backup was ever made
    section.copy.click()
    assert "［異常］控え" in QApplication.clipboard().text()
    again = ExaminationSection(session)
    assert again.found.as_text() == rows

    held_until(lambda: session.checkup._stop, session.checkup, monkeypatch)
    section.start.click()
    section.stop.click()
    settle()
    assert "途中で止めました" in section.strip.detail.words()


def test_what_was_wrong_at_opening_is_told(session: Session, stage: Stage, settle: Settle) -> None:
    window = cast("MainWindow", stage(MainWindow(session)))
    settle()
    trouble = EnvironmentProblem("journal-damaged", "一部が読めなくなっています。", kept="残しました。")
    cast("object", session.desk.storage).trouble = trouble  # type: ignore[attr-defined]
    session.read()
    settle()
    assert window.notices.strip is not None
    assert "一部が読めなくなっています" in window.notices.strip.title.words()
    window.notices.strip.accepted.emit()
    QTest.qWait(1)
    assert cast("SettingsPage", window.page("settings")).here == "examination"


def test_what_is_needed_to_read_backups_elsewhere_is_told(section: BackupsSection) -> None:
    section._show_key("none", has_recovery=False)
    assert "拾った人" in section.key_told.detail.words()
    section._show_key("keyring", has_recovery=False)
    assert "この端末でしか開けません" in section.key_told.detail.words()
    section._show_key("passphrase", has_recovery=False)
    assert section.key_told.isHidden()


def test_data_that_closed_meanwhile_and_ask_for_their_passphrase_are_left_alone(
    section: BackupsSection, session: Session, vault: FolderVault, settle: Settle
) -> None:
    """As when the window is gone and its timers are not: nothing is asked, nothing goes wrong."""
    keeper = session.keeper
    session.desk.storage.close()
    vault.change("passphrase", "正しい馬の電池とホチキス")
    session.desk.storage = StorageLater(vault.open)
    keeper.look()
    keeper.make_if_due()
    settle()
    assert not keeper.making
    session.rest()
    assert not keeper._clock.isActive()
