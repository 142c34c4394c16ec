"""Going back to a backup in the window, and beginning with one on a new laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import CustomerFields
from app.usecases.desk import Desk
from app.usecases.keep_customer import find_customers, register_customer
from db.vault import FolderVault
from reports import draw
from tests.desks import NOW
from tests.shipped import catalogue
from ui.firstrun.from_backup import FromBackupDialog
from ui.opening import StorageLater
from ui.preferences import Preferences
from ui.restoring.dialog import RestoreDialog
from ui.session import Session
from ui.shell import Shell
from ui.tasks import Tasks

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


def names(desk: Desk) -> int:
    """How many customers there are of those the tests make."""
    return len(find_customers(desk, "の顧客"))


# --- going back ---


@pytest.fixture
def shell(
    vault: FolderVault, tasks: Tasks, tmp_path: Path, dressed: QApplication, qtbot: QtBot
) -> Iterator[Shell]:
    """The window as the program opens it."""
    storage = StorageLater(vault.open)
    desk = Desk(storage, catalogue(), draw, lambda: NOW)
    made = Shell(dressed, desk, tasks, Preferences(tmp_path / "preferences"), vault)
    made.show()
    with qtbot.waitSignal(made.session.settings_changed):
        pass
    yield made
    made.window.hide()
    tasks.stop()
    storage.close()
    made.window.deleteLater()
    made.deleteLater()


def ask(shell: Shell, path: Path, settle: Settle) -> RestoreDialog:
    dialog = RestoreDialog(shell.window, shell.session, path)
    dialog.open()
    settle()
    return dialog


def test_the_window_goes_back_to_a_backup(shell: Shell, vault: FolderVault, settle: Settle) -> None:
    settle()
    desk, old = shell.session.desk, shell.window
    register_customer(desk, CustomerFields(name="前からの顧客"))
    backup = desk.storage.backups.make().path
    register_customer(desk, CustomerFields(name="あとからの顧客"))

    other = vault.open()  # another window
    with other.look():
        pass
    dialog = ask(shell, backup, settle)
    assert "1件が失われます" in dialog.strip.title.words()
    assert "あとからの顧客" in dialog.lost.sheet.as_text()
    assert not dialog.accept_button.isEnabled()
    dialog.sure.setChecked(True)
    dialog.restore()
    settle()
    assert "ほかの画面" in dialog.strip.title.words()
    assert names(desk) == 2  # opened again, nothing changed
    other.close()

    dialog.restore()
    settle()
    assert shell.window is not old
    assert names(desk) == 1
    assert "控えに戻しました" in shell.window.toasts.words()
    kinds = [one.kind for one in desk.storage.backups.files()]
    assert "before-restore" in kinds
    register_customer(desk, CustomerFields(name="戻したあとの顧客"))
    assert names(desk) == 2


def test_a_passphrase_is_asked_for_and_checked_before_anything_closes(
    shell: Shell, vault: FolderVault, settle: Settle
) -> None:
    settle()
    desk = shell.session.desk
    vault.change("passphrase", "correct horse")
    shell.session.read()
    backup = desk.storage.backups.make().path
    settle()
    dialog = ask(shell, backup, settle)
    assert "失われる登録はありません" in dialog.strip.title.words()
    dialog.passphrase.edit.setText("wrong horse")
    dialog.restore()
    settle()
    assert "違います" in dialog.field.error
    dialog.passphrase.edit.setText("correct horse")
    dialog.restore()
    settle()
    assert "控えに戻しました" in shell.window.toasts.words()
    assert names(desk) == 0


def test_a_damaged_backup_is_not_offered(shell: Shell, settle: Settle) -> None:
    settle()
    path = shell.session.desk.storage.backups.make().path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    dialog = ask(shell, path, settle)
    assert "壊れています" in dialog.strip.title.words()
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


# --- a new laptop ---


def test_a_file_that_is_no_backup_is_told_as_that(shell: Shell, tmp_path: Path, settle: Settle) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("no backup", encoding="utf-8")
    dialog = ask(shell, letter, settle)
    assert not dialog.accept_button.isEnabled()
    assert not dialog._uncounted  # the data are as they should be
    dialog.reject()


def test_a_new_laptop_begins_with_a_backup_and_the_recovery_code(
    session: Session,
    desk: Desk,
    vault: FolderVault,
    tasks: Tasks,
    tmp_path: Path,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    """The key of the old one stays behind: the code opens it, and a new passphrase is asked for."""
    register_customer(desk, CustomerFields(name="移した先の顧客"))
    code = vault.renew_recovery()
    stick = tmp_path / "USB"
    stick.mkdir()
    desk.storage.backups.choose(stick)
    backup = desk.storage.backups.make().path
    new = FolderVault(tmp_path / "new", lambda: NOW)
    dialog = FromBackupDialog(None, tasks, new)
    qtbot.addWidget(dialog)
    dialog.take_file(backup)
    dialog.begin()
    settle()
    assert dialog.code_field.isVisibleTo(dialog)
    dialog.code.edit.setText(code[:-1] + ("A" if code[-1] != "A" else "B"))
    dialog.begin()
    settle()
    assert dialog.code_field.error
    assert new.state() == "new"  # nothing was left there
    dialog.code.edit.setText(code)
    with qtbot.waitSignal(dialog.opened) as opened:
        dialog.begin()
    assert opened.args is not None
    storage, used = opened.args
    try:
        assert used == code
        assert names(Desk(storage, desk.catalogue, draw, lambda: NOW)) == 1
    finally:
        storage.close()


def test_a_file_that_is_no_backup_is_refused(
    vault: FolderVault, tasks: Tasks, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    path = tmp_path / "手紙.db"
    path.write_bytes(b"no database at all" * 300)
    (tmp_path / "madoguchi.key").write_bytes((vault.folder / "madoguchi.key").read_bytes())
    new = FolderVault(tmp_path / "new", lambda: NOW)
    dialog = FromBackupDialog(None, tasks, new)
    qtbot.addWidget(dialog)
    dialog.take_file(path)
    dialog.begin()
    settle()
    assert "データベースではありません" in dialog.strip.title.words()
    assert new.state() == "new"


def test_data_that_can_not_be_opened_are_put_back_from_a_backup(
    vault: FolderVault, tasks: Tasks, tmp_path: Path, dressed: QApplication, settle: Settle,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    with closing(vault.open()) as opened:
        register_customer(Desk(opened, catalogue(), draw, lambda: NOW), CustomerFields(name="控えの顧客"))
        backup = opened.backups.make().path
    data = vault.folder / "madoguchi.db"
    broken = bytearray(data.read_bytes())
    for place in range(20, len(broken), 4096):  # every page; the first bytes stay, which name the key
        broken[place] ^= 1
    data.write_bytes(bytes(broken))
    storage = StorageLater(vault.open)
    desk = Desk(storage, catalogue(), draw, lambda: NOW)
    made = Shell(dressed, desk, tasks, Preferences(tmp_path / "preferences"), vault)
    made.show()
    qtbot.waitUntil(lambda: made.window._trouble is not None)
    settle()
    trouble = made.window._trouble
    assert trouble is not None
    assert trouble.button.words() == "控えから戻す"
    monkeypatch.setattr(
        "ui.restoring.dialog.QFileDialog.getOpenFileName", lambda *_arguments: (str(backup), "")
    )
    trouble.accepted.emit()
    dialog = made.window.findChild(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.sure.setChecked(True)
    dialog.restore()
    settle()
    settle()
    assert "控えに戻しました" in made.window.toasts.words()
    assert names(desk) == 1
    assert made.window._trouble is None
    assert list((vault.folder / "backups").glob("madoguchi-before-restore-*"))  # as broken as it was
    made.window.hide()
    tasks.stop()
    storage.close()
    made.window.deleteLater()
    made.deleteLater()
