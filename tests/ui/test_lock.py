"""The locked window: nothing readable, nothing lost, and who may open it again."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.papers.issuer import Staff
from app.usecases.desk import Desk
from app.usecases.keep_accounts import set_pin
from app.usecases.keep_settings import save_settings
from app.usecases.permissions import Act
from app.usecases.pins import Cost
from ui.confirm_dialog import ConfirmDialog
from ui.lock.recovery_part import RecoveryPart
from ui.lock.screen import LockForm
from ui.main_window import MainWindow
from ui.session import Session
from ui.widgets.button import Button

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
CHEAP = Cost(8, 1, 1)
Key = Qt.Key


@pytest.fixture
def window(session: Session, stage: Stage, settle: Settle) -> MainWindow:
    """A desk of two with PINs; 田村, 管理者, is signed in."""
    desk = session.desk
    settings = desk.settings()
    staff = (*settings.staff, Staff(id="takase", name="高瀬 直人"))
    save_settings(desk, msgspec.structs.replace(settings, staff=staff))
    set_pin(desk, "tamura", "2580", cost=CHEAP)
    set_pin(desk, "takase", "4193", cost=CHEAP)
    session.preferences.place = "settings"
    made = MainWindow(session)
    stage(made)
    settle()
    return made


def form_of(window: MainWindow) -> LockForm:
    assert window.guard.screen is not None
    return window.guard.screen.form


def enter(window: MainWindow, settle: Settle, pin: str, staff: str = "") -> None:
    form = form_of(window)
    if staff:
        form.staff.set_value(staff)
    form.pin.edit.setText(pin)
    QTest.keyClick(form.pin.edit, Key.Key_Return)
    settle()


def visible_words(window: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    labels = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    return " ".join([*labels, *(one.text() for one in window.findChildren(QLineEdit) if one.isVisible())])


def test_the_lock_hides_all_and_gives_all_back(
    window: MainWindow, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    page = window.page("settings")
    window.open_settings("company")
    settle()
    section = page.sections["company"]  # type: ignore[attr-defined]
    field = section.fields["company.address"].control
    field.edit.setFocus()
    field.edit.setText("打ちかけの住所")
    window.toasts.show_message("株式会社みどりに発行しました")
    assert "株式会社まどぐち" in visible_words(window)
    QTest.keyClick(window, Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.guard.locked
    told = visible_words(window)
    assert "株式会社" not in told
    assert "打ちかけ" not in told
    assert window.windowTitle() == "窓口"
    window.toasts.show_message("株式会社みどりに発行しました")
    assert window.toasts.words() == ""
    here = window.here
    QTest.keyClick(window, Key.Key_N, Qt.KeyboardModifier.ControlModifier)  # shortcuts of the page are dead
    assert window.here == here
    enter(window, settle, "9099")
    assert window.guard.locked
    assert form_of(window).pin_field.error
    assert form_of(window).pin.text() == ""
    enter(window, settle, "2580")
    assert not window.guard.locked
    assert window.stack.currentWidget() is page
    assert field.edit.hasFocus()
    assert field.edit.text() == "打ちかけの住所"

    # Somebody else takes the desk: their name stands below, what they may not do is shut with the reason.
    window.status.staff.click()
    settle()
    enter(window, settle, "4193", "takase")
    assert session.settings.current_staff == "takase"
    assert "高瀬 直人" in window.status.staff.text()
    window.open_settings("company")
    settle()
    assert not section.isEnabled()
    assert "田村 美咲さん" in page.refused.title.words()  # type: ignore[attr-defined]
    assert session.refusal(Act.EXPORT) == ""
    window.go("tariffs")
    settle()
    add = next(one for one in window.findChildren(Button) if one.words() == "改定版を追加")
    assert not add.isEnabled()
    assert "管理者" in add.toolTip()
    add.setEnabled(True)  # a page that knows nothing of it
    assert not add.isEnabled()
    desk = session.desk
    desk.storage.let_in("tamura")
    session.read()
    settle()
    assert add.isEnabled()
    assert "管理者" not in add.toolTip()


def test_a_window_begins_locked_and_idleness_locks_it(
    window: MainWindow, session: Session, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.storage.let_in("")
    session.read()
    settle()
    assert window.guard.locked  # as when the program starts
    assert "ログイン" in form_of(window).title.words()
    monkeypatch.setattr(window.guard, "_touched", (0.0, 0.0))
    enter(window, settle, "2580", "tamura")
    assert not window.guard.locked
    assert window.guard.idle_seconds() < 1e9  # whoever signs in was there just now
    monkeypatch.setattr(window.guard, "idle_seconds", lambda: 599.0)
    window.guard.look()
    assert not window.guard.locked
    monkeypatch.setattr(window.guard, "idle_seconds", lambda: 601.0)
    window.guard.look()
    settle()
    assert window.guard.locked
    for _try in range(5):
        enter(window, settle, "9090")
    assert not form_of(window).open_button.isEnabled()
    assert "お待ちください" in form_of(window).pin_field.error
    enter(window, settle, "4193", "takase")  # another member's PIN is not held up
    form_of(window)._on_staff("takase")
    enter(window, settle, "4193", "takase")
    assert not window.guard.locked
    save_settings_minutes(desk, session, settle)
    monkeypatch.setattr(window.guard, "idle_seconds", lambda: 1e9)
    window.guard.look()
    assert not window.guard.locked  # never


def save_settings_minutes(desk: Desk, session: Session, settle: Settle) -> None:
    desk.storage.let_in("tamura")
    save_settings(desk, msgspec.structs.replace(desk.settings(), lock_minutes=0))
    session.read()
    settle()


def test_a_question_that_stands_open_is_covered_and_stays(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    seen: list[str] = []

    def lock() -> None:
        window.guard.lock("idle")
        dialog = window.guard.dialog
        assert dialog is not None
        QTest.keyClick(dialog, Key.Key_Escape)
        assert dialog.isVisible()
        asked = [one for one in QApplication.topLevelWidgets() if isinstance(one, ConfirmDialog)]
        seen.append("shown" if any("みどり" in one.windowTitle() for one in asked) else "covered")
        form_of(window).pin.edit.setText("2580")
        QTest.keyClick(form_of(window).pin.edit, Key.Key_Return)
        QTimer.singleShot(0, accept)

    def accept() -> None:
        if window.guard.locked:
            QTimer.singleShot(10, accept)
            return
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        seen.append(dialog.windowTitle())
        dialog.accept()

    QTimer.singleShot(0, lock)
    assert ConfirmDialog.ask(window, "株式会社みどりを統合しますか", "…", "統合する")
    assert seen == ["covered", "株式会社みどりを統合しますか"]
    settle()
    assert window.windowTitle() == "窓口"


def test_a_question_that_comes_late_is_covered_too(window: MainWindow, settle: Settle) -> None:
    window.guard.lock("idle")
    settle()
    form_of(window).staff.showPopup()
    popup = form_of(window).staff.view().window()
    window.guard._on_focus_window(popup.windowHandle())
    settle()
    assert [one for one in popup.children() if "Cover" in type(one).__name__] == []
    form_of(window).staff.hidePopup()
    late = ConfirmDialog(window, "株式会社みどりを統合しますか", "…", "統合する", danger=False)
    late.open()
    window.guard._on_focus_window(late.windowHandle())
    settle()
    assert "みどり" not in late.windowTitle()
    assert window.guard.dialog is not None
    late.close()
    late.deleteLater()  # as when its work has come to an end
    settle()
    QTest.keyClick(form_of(window).pin.edit, Key.Key_2)
    enter(window, settle, "2580")
    assert not window.guard.locked


def test_the_settings_tell_roles_and_recovery(
    window: MainWindow, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_settings("staff")
    settle()
    staff = window.page("settings").sections["staff"]  # type: ignore[attr-defined]
    assert [row.role.value() for row in staff.accounts.rows] == ["manager", "clerk"]
    staff.accounts.rows[0].role.set_value("clerk")
    staff.accounts.rows[0].role.chosen.emit("clerk")
    settle()
    assert "ひとりもいなくなります" in staff.accounts.wrong.title.words()
    assert staff.accounts.rows[0].role.value() == "manager"
    role = staff.accounts.rows[1].role
    role.set_value("technician")
    role.activated.emit(role.currentIndex())  # as somebody who chooses it in the list
    settle()
    assert staff.accounts.rows[1].role.value() == "technician"
    window.open_settings("data")
    settle()
    recovery = window.page("settings").sections["data"].recovery  # type: ignore[attr-defined]
    assert isinstance(recovery, RecoveryPart)
    recovery.make.click()
    settle()
    assert recovery.dialog is not None
    code = recovery.dialog.code.accessibleDescription()
    recovery.dialog.reject()
    settle()
    assert recovery.exists
    assert session.vault is not None
    session.vault.check_recovery(code)
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_a, **_k: False)
    recovery.make.click()
    settle()
    session.vault.check_recovery(code)  # nothing was made anew
