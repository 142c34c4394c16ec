"""Scenes of the lock, of signing in, of roles and PINs, and of the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt

from app.usecases.pins import Cost
from app.usecases.staff_account import Role

if TYPE_CHECKING:
    from app.usecases.desk import Desk
    from ui.lock.screen import LockScreen
    from ui.main_window import MainWindow

Key = Qt.Key
_CHEAP: Final = Cost(8, 1, 1)
PINS: Final = ("2580", "4193", "7726")
# A code that opens nothing: what stands in pictures is not what anybody has.
SHOWN_CODE: Final = "7KQM2XWPH4RT9BNC6VJD3YFAG8SE"


def give_pins(desk: Desk) -> None:
    """The first of the staff is 管理者, the others sign in, too; the last one as a technician."""
    from app.usecases.keep_accounts import set_pin, set_role

    for member, pin in zip(desk.settings().staff, PINS, strict=False):
        set_pin(desk, member.id, pin, cost=_CHEAP)
    if len(desk.settings().staff) > 2:
        set_role(desk, desk.settings().staff[2].id, Role.TECHNICIAN)


def _open(stage: Stage, place: str, *, pins: bool = True) -> MainWindow:
    window = stage.open(place)
    assert stage.session is not None
    if pins:
        give_pins(stage.session.desk)
        stage.session.read()
        stage.settle()
    return window


def _locked(stage: Stage) -> LockScreen:
    window = _open(stage, "contracts")
    window.guard.lock("asked")
    stage.settle()
    assert window.guard.screen is not None
    return window.guard.screen


@scene("contracts", manual=True)
def lock_screen(stage: Stage) -> None:
    """Nothing of the page can be read."""
    _locked(stage)


@scene("contracts")
def lock_wrong(stage: Stage) -> None:
    """A wrong PIN."""
    screen = _locked(stage)
    stage.type("1111")
    screen.form.try_open()
    stage.settle()


@scene("contracts")
def lock_wait(stage: Stage) -> None:
    """Five wrong ones."""
    screen = _locked(stage)
    for _number in range(5):
        stage.type("1111")
        screen.form.try_open()
        stage.settle()


@scene("contracts", manual=True)
def lock_forgotten(stage: Stage) -> None:
    """A new PIN by the recovery code."""
    screen = _locked(stage)
    screen.form.forgotten_button.click()
    stage.settle()


@scene("settings", manual=True)
def settings_staff_roles(stage: Stage) -> None:
    """Roles, PINs, and the table."""
    _open(stage, "settings").open_settings("staff")
    stage.settle()


@scene("settings")
def settings_staff_clerk(stage: Stage) -> None:
    """As a 担当者 sees it."""
    window = _open(stage, "settings")
    assert stage.session is not None
    desk = stage.session.desk
    desk.storage.let_in(desk.settings().staff[1].id)
    stage.session.read()
    window.open_settings("staff")
    stage.settle()


@scene("settings")
def settings_company_clerk(stage: Stage) -> None:
    """As a 担当者 sees the company."""
    window = _open(stage, "settings")
    assert stage.session is not None
    desk = stage.session.desk
    desk.storage.let_in(desk.settings().staff[1].id)
    stage.session.read()
    window.open_settings("company")
    stage.settle()


@scene("settings")
def settings_pin(stage: Stage) -> None:
    """The first PIN of a desk."""
    window = _open(stage, "settings", pins=False)
    window.open_settings("staff")
    stage.settle()
    section = window.page("settings").sections["staff"]  # type: ignore[attr-defined]
    section.accounts.rows[0].change.click()
    stage.settle()


@scene("settings", manual=True)
def settings_data_recovery(stage: Stage) -> None:
    """The key, the recovery code, the lock."""
    window = _open(stage, "settings")
    assert stage.session is not None
    assert stage.session.vault is not None
    stage.session.vault.renew_recovery()
    window.open_settings("data")
    stage.settle()


@scene("settings", manual=True)
def recovery_code(stage: Stage) -> None:
    """The code, shown once."""
    from ui.lock.recovery_dialog import RecoveryDialog

    window = _open(stage, "settings", pins=False)
    window.open_settings("data")
    assert stage.session is not None
    desk = stage.session.desk
    dialog = RecoveryDialog(window, stage.tasks, desk.draw, SHOWN_CODE, desk.settings(), stage.today)
    dialog.open()
    stage.settle()


@scene("")
def unlock_code(stage: Stage) -> None:
    """The recovery code in place of the passphrase."""
    from ui.firstrun.unlock_dialog import UnlockDialog

    stage.show(UnlockDialog(stage.tasks, str, None, str, code_only=True))


@scene("settings")
def unlock_new_passphrase(stage: Stage) -> None:
    """After the recovery code opened the data."""
    from ui.lock.new_key_dialog import NewKeyDialog

    window = _open(stage, "home", pins=False)
    assert stage.session is not None
    dialog = NewKeyDialog(window, stage.session, SHOWN_CODE)
    dialog.open()
    stage.settle()
    stage.type("madoguchi2026", dialog.new.edit)
