"""The very first picture, the question for the passphrase, and the start from a data folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import EnvironmentProblem, Problem, UserError
from app.usecases.desk import Desk
from app.usecases.ports import Storage
from app.words import language
from db.vault import FolderVault
from reports import draw
from tests.desks import NOW
from tests.shipped import catalogue
from ui.application import Start
from ui.firstrun.answers import Answers, all_problems, check, without_wrong
from ui.firstrun.from_backup import FromBackupDialog
from ui.firstrun.unlock_dialog import UnlockDialog
from ui.firstrun.window import FirstRunWindow
from ui.lock.new_key_dialog import NewKeyDialog
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.widgets.cards import Card

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
TODAY = date(2026, 11, 20)
GOOD = Answers(
    company_name="株式会社ことのは通信",
    registration="T9990001000123",
    postal_code="541-0053",
    address="大阪府大阪市中央区本町0-1-2",
    phone="06-0000-0100",
    desk_name="本町窓口",
    desk_code="hm1",
    staff_name="田村 美咲",
    staff_kana="タムラ ミサキ",
    key_kind="passphrase",
    passphrase="correct horse",
    passphrase_again="correct horse",
)


class Parts:
    """What main.py hands over, over a folder of the test."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def today(self) -> date:
        return TODAY

    def vault(self, subfolder: str = "") -> FolderVault:
        return FolderVault(self.data, lambda: NOW)

    def desk_of(self, storage: Storage) -> Desk:
        return Desk(storage, catalogue(), draw, lambda: NOW)


def page(tasks: Tasks, answers: Answers | None = None, *, keyring: bool = True) -> FirstRunWindow:
    return FirstRunWindow(tasks, TODAY, keyring=keyring, answers=answers)


# --- answers ---


def test_answers_become_settings() -> None:
    settings = GOOD.settings()
    assert settings.desk_code == "HM1"
    assert settings.company.postal_code == "5410053"
    member = settings.staff_member()
    assert member is not None
    assert member.name == "田村 美咲"
    assert all_problems(GOOD) == ()


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"registration": "T1"}, {"company.registration"}),
        ({"desk_code": "本町"}, {"desk_code"}),
        ({"desk_code": ""}, {"desk_code"}),
        ({"company_name": "", "staff_name": ""}, {"company.name", "staff.0.name"}),
        ({"passphrase": "short"}, {"passphrase"}),
        ({"passphrase_again": "correct house"}, {"again"}),
        ({"key_kind": "none", "passphrase": ""}, set()),
    ],
)
def test_everything_wrong_is_told_at_once(change: dict[str, str], fields: set[str]) -> None:
    from dataclasses import replace

    problems = all_problems(replace(GOOD, **change))  # type: ignore[arg-type]
    assert {problem.field for problem in problems} == fields


def test_skipping_leaves_out_only_what_is_wrong() -> None:
    from dataclasses import replace

    kept = without_wrong(replace(GOOD, registration="T1", desk_code="本町"))
    assert (kept.registration, kept.desk_code, kept.company_name) == ("", "", GOOD.company_name)
    assert not check(kept)


# --- the page ---


def test_the_page_names_what_is_missing_and_goes_there(tasks: Tasks, stage: Stage, qtbot: QtBot) -> None:
    window = page(tasks)
    stage(window)
    assert [step.done for step in window.side.steps.values()] == [False, False, False, True]
    QTest.keyClick(window, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.fields["company.name"].error
    assert window.company.edit.hasFocus()
    assert window.told.words() == "会社名を直してください"
    window.company.edit.insert("ことのは")
    window.company.edited.emit("ことのは")
    assert window.told.words() == ""


def test_tab_stops_only_at_what_has_a_name(tasks: Tasks, stage: Stage) -> None:
    made = page(tasks)
    stage(made)
    card = next(card for card in made.keys.findChildren(Card) if card.value == "passphrase")
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is made.passphrase.edit
    card.setFocus()
    met = []
    for _press in range(20):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
    assert met[:2] == [made.passphrase.edit, made.again.edit]
    assert made.side.language in met
    assert made.company.edit in met
    assert [
        type(one).__name__ for one in met if not (one.accessibleName() or getattr(one, "text", str)())
    ] == []


def test_errors_wait_until_the_field_is_left(tasks: Tasks, stage: Stage) -> None:
    window = page(tasks)
    stage(window)
    window.registration.edit.setFocus()
    QTest.keyClicks(window.registration.edit, "T123")
    assert window.fields["company.registration"].error == ""
    QTest.keyClick(window.registration.edit, Key.Key_Tab)
    assert "桁足りません" in window.fields["company.registration"].error


def test_right_answers_are_handed_on(tasks: Tasks, stage: Stage, qtbot: QtBot) -> None:
    window = page(tasks, GOOD)
    stage(window)
    with qtbot.waitSignal(window.answered) as told:
        window.start.click()
    assert told.args == [GOOD]
    assert all(step.done for step in window.side.steps.values())
    assert "Q-HM1-2611-0001" in window.number.words()


def test_a_passphrase_can_not_be_skipped(tasks: Tasks, stage: Stage, qtbot: QtBot) -> None:
    window = page(tasks, keyring=False)
    stage(window)
    assert window.keys.value() == "passphrase"
    with qtbot.assertNotEmitted(window.skipped):
        window.skip.click()
    assert window.fields["passphrase"].error
    window.keys.set_value("none")
    window.keys.chosen.emit("none")
    assert "鍵は保護されません" in window.safety.words()
    with qtbot.waitSignal(window.skipped):
        window.skip.click()


def test_the_address_comes_from_the_postal_code(tasks: Tasks, stage: Stage, settle: Settle) -> None:
    window = page(tasks)
    stage(window)
    QTest.keyClicks(window.postal.edit, "5410053")
    settle()
    assert window.address.text() == "大阪府大阪市中央区本町"
    assert "大阪府大阪市中央区本町" in window.letterhead.accessibleDescription()


def test_what_storage_refuses_is_told_on_the_page(tasks: Tasks, stage: Stage) -> None:
    window = page(tasks, GOOD)
    stage(window)
    window.set_busy(True)
    assert not window.start.isEnabled()
    window.show_refusal(UserError(Problem("passphrase-too-short", "短すぎます。", field="passphrase")))
    assert window.start.isEnabled()
    assert window.fields["passphrase"].error == "短すぎます。"
    window.show_environment(EnvironmentProblem("unwritable", "書き込めません。", remedy="別の場所を。"))
    assert window.trouble.isVisible()


# --- the passphrase ---


def test_the_passphrase_is_asked_until_it_is_right(tasks: Tasks, stage: Stage, settle: Settle) -> None:
    tried: list[str] = []

    def attempt(passphrase: str) -> None:
        tried.append(passphrase)
        if passphrase != "correct horse":
            raise UserError(Problem("wrong-passphrase", "パスフレーズが違います。"))

    dialog = UnlockDialog(tasks, attempt)
    stage(dialog)
    QTest.keyClicks(dialog.passphrase.edit, "wrong")
    QTest.keyClick(dialog.passphrase.edit, Key.Key_Return)
    settle()
    assert dialog.field.error == "パスフレーズが違います。"
    assert dialog.isVisible()
    QTest.keyClicks(dialog.passphrase.edit, "correct horse")
    assert dialog.field.error == ""
    QTest.keyClick(dialog.passphrase.edit, Key.Key_Return)
    settle()
    assert tried == ["wrong", "correct horse"]
    assert not dialog.isVisible()


# --- from the data folder to the window ---


@pytest.fixture
def start(dressed: QApplication, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    import sys
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the start sets its own
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = Start(dressed, Parts(data), Preferences.load(data))
    yield made
    made.end()
    if made.shell is not None:
        made.shell.window.close()
        made.shell.deleteLater()
    made.deleteLater()


def at_rest(start: Start, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not start.tasks.database.busy)


def test_a_new_laptop_begins_with_a_backup(
    start: Start, data: Path, desk: Desk, vault: FolderVault, qtbot: QtBot
) -> None:
    """The old laptop's key stays there: the recovery code opens the backup, and a passphrase is asked for."""
    code = vault.renew_recovery()
    desk.storage.backups.choose(data.parent / "USB")
    backup = desk.storage.backups.make().path
    start.begin()
    at_rest(start, qtbot)
    first = start._first
    assert first is not None
    assert first.window is not None
    first.window.side.from_backup.click()
    dialog = first.window.findChild(FromBackupDialog)
    assert isinstance(dialog, FromBackupDialog)
    dialog.take_file(backup)
    dialog.begin()
    at_rest(start, qtbot)
    assert dialog.code_field.isVisible()
    dialog.code.edit.setText(code)
    dialog.begin()
    qtbot.waitUntil(lambda: start.shell is not None)
    assert start.shell is not None
    qtbot.waitUntil(lambda: start.shell is not None and start.shell.session.standing is not None)
    assert start.shell.session.settings.desk_code == desk.settings().desk_code
    asked = start.shell.window.findChild(NewKeyDialog)
    assert isinstance(asked, NewKeyDialog)
    asked.reject()


def test_a_fresh_folder_gets_its_desk(start: Start, data: Path, qtbot: QtBot) -> None:
    start.begin()
    at_rest(start, qtbot)
    first = start._first
    assert first is not None
    assert first.window is not None
    assert first.window.keys.value() == "passphrase"  # no key ring in tests: that way is absent
    first._show(GOOD)
    first.window.start.click()
    qtbot.waitUntil(lambda: first.recovery is not None)
    shown = first.recovery
    assert shown is not None
    code = shown.code.accessibleDescription()
    QTest.keyClick(shown, Key.Key_Escape)
    assert shown.isVisible()  # too easily pressed for something shown once
    assert not shown.finish.isEnabled()
    shown.kept.setChecked(True)
    shown.finish.click()
    qtbot.waitUntil(lambda: start.shell is not None)
    assert start.shell is not None
    qtbot.waitUntil(lambda: start.shell is not None and start.shell.session.standing is not None)
    settings = start.shell.session.settings
    assert (settings.company.name, settings.desk_code) == (GOOD.company_name, "HM1")
    assert start.shell.window.isVisible()
    assert FolderVault(data).kind() == "passphrase"
    FolderVault(data).check_recovery(code)
    assert (data / "preferences.json").is_file()


def test_a_locked_folder_asks_in_front_of_the_window(start: Start, data: Path, qtbot: QtBot) -> None:
    FolderVault(data, lambda: NOW).create("passphrase", "correct horse").close()
    seen: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, UnlockDialog):
            QTimer.singleShot(10, answer)
            return
        seen.append("asked")
        dialog.passphrase.edit.setText("correct horse")
        dialog.try_open()

    QTimer.singleShot(10, answer)
    start.begin()
    assert start.shell is not None
    assert start.shell.window.isVisible()  # the window stands before anything is opened
    qtbot.waitUntil(lambda: start.shell is not None and start.shell.session.standing is not None)
    assert seen == ["asked"]
    at_rest(start, qtbot)
    assert start.shell.window.stack.currentWidget() is start.shell.window.page("home")


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_code(
    start: Start, data: Path, qtbot: QtBot
) -> None:
    vault = FolderVault(data, lambda: NOW)
    vault.create("passphrase", "correct horse").close()
    code = vault.renew_recovery("correct horse")

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, UnlockDialog):
            QTimer.singleShot(10, answer)
            return
        dialog.way_button.click()
        dialog.code.edit.setText(code.lower())
        dialog.try_open()

    QTimer.singleShot(10, answer)
    start.begin()
    assert start.shell is not None
    window = start.shell.window
    qtbot.waitUntil(lambda: window.findChild(NewKeyDialog) is not None)
    dialog = window.findChild(NewKeyDialog)
    assert isinstance(dialog, NewKeyDialog)
    dialog.new.edit.setText("battery staple correct")
    dialog.again.edit.setText("battery staple correct")
    dialog.try_save()
    qtbot.waitUntil(lambda: window.findChild(NewKeyDialog) is None)
    at_rest(start, qtbot)
    vault.check("battery staple correct")
    vault.check_recovery(code)
    with pytest.raises(UserError):
        vault.check("correct horse")


def test_the_first_page_speaks_the_other_language_too(start: Start, qtbot: QtBot) -> None:
    start.begin()
    at_rest(start, qtbot)
    first = start._first
    assert first is not None
    assert first.window is not None
    first.window.company.set_text("ことのは")
    first.window.side.language.click()
    assert language() == "en"
    assert first.window.company.text() == "ことのは"
    first.close()
