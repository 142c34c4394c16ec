"""Scenes of the first run, the lists, the customers, the settings, and of trouble."""

from __future__ import annotations

import errno
from pathlib import Path

from picture_desk import SHOWN_PATH
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.places import unwritable
from ui.main_window import MainWindow

Key = Qt.Key


# --- before the desk ------------------------------------------------------------------------------


@scene("")
def first_run(stage: Stage) -> None:
    """The page as it comes."""
    from ui.firstrun.window import FirstRunWindow

    stage.show(FirstRunWindow(stage.tasks, keyring=True, today=stage.today))


@scene("", manual=True)
def first_run_filled(stage: Stage) -> None:
    """Typed in by keyboard, a digit of the registration missing."""
    from ui.firstrun.window import FirstRunWindow

    window = FirstRunWindow(stage.tasks, keyring=True, today=stage.today)
    stage.show(window)
    for field, text in (
        (window.company, "株式会社まどぐち通信サービス"), (window.registration, "T999000100012"),
        (window.postal, "541-0053"), (window.phone, "06-0000-1234"), (window.desk, "本町窓口"),
        (window.code, "HM1"), (window.staff, "田村 美咲"), (window.kana, "タムラ ミサキ"),
    ):  # fmt: skip
        field.edit.clear()
        stage.type(text, into=field)
    stage.chord(Key.Key_Return)


@scene("")
def first_run_passphrase(stage: Stage) -> None:
    """Where there is no key ring."""
    from ui.firstrun.window import FirstRunWindow

    stage.show(FirstRunWindow(stage.tasks, keyring=False, today=stage.today))


@scene("", manual=True)
def unlock(stage: Stage) -> None:
    """A wrong passphrase."""
    from db.vault import FolderVault
    from ui.firstrun.unlock_dialog import UnlockDialog

    vault = FolderVault(stage.maker.new_folder(), stage.maker.clock)
    vault.create("passphrase", "one counter, four corners").close()
    dialog = UnlockDialog(stage.tasks, vault.open)
    stage.window = dialog
    dialog.show()
    dialog.activateWindow()
    QTest.keyClicks(dialog.passphrase.edit, "one counter, five corners")  # no input method: it is a secret
    dialog.try_open()
    stage.settle()


# --- quotations: the list -------------------------------------------------------------------------


@scene("quotes", manual=True)
def quotes_list(stage: Stage) -> None:
    """As the desk opens."""
    stage.open("quotes")


@scene("quotes")
def quotes_empty(stage: Stage) -> None:
    """Nothing there yet."""
    stage.open("quotes", empty=True)


@scene("quotes")
def quotes_found(stage: Stage) -> None:
    """Found by typing, one state chosen."""
    page = stage.open("quotes").page("quotes").list  # type: ignore[attr-defined]
    page.states.setFocus()
    stage.press(Key.Key_Return)
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Escape)
    stage.chord(Key.Key_F)
    stage.type("さかい")


@scene("quotes")
def quotes_menu(stage: Stage) -> None:
    """What can be done to a quotation of the list."""
    page = stage.open("quotes").page("quotes").list  # type: ignore[attr-defined]
    page.table.setFocus()
    for _row in range(8):
        stage.press(Key.Key_Down)
    stage.press(Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


@scene("quotes")
def quotes_states(stage: Stage) -> None:
    """The choices of a filter."""
    page = stage.open("quotes").page("quotes").list  # type: ignore[attr-defined]
    page.states.setFocus()
    stage.press(Key.Key_Return)


@scene("quotes", manual=True)
def search(stage: Stage) -> None:
    """Search over everything."""
    stage.open("quotes")
    stage.chord(Key.Key_K)
    stage.type("たかはし")


# --- customers ------------------------------------------------------------------------------------


@scene("customers")
def customers_list(stage: Stage) -> None:
    """The register."""
    stage.open("customers")


@scene("customers")
def customers_empty(stage: Stage) -> None:
    """Nobody there yet."""
    stage.open("customers", empty=True)


@scene("customers")
def customers_found(stage: Stage) -> None:
    """Found by part of an address."""
    stage.open("customers")
    stage.chord(Key.Key_F)
    stage.type("さかい")


@scene("customers")
def customers_nobody(stage: Stage) -> None:
    """Nothing found."""
    stage.open("customers")
    stage.chord(Key.Key_F)
    stage.type("まぼろし商事")


@scene("customers")
def customer_form(stage: Stage) -> None:
    """A customer of the register."""
    page = stage.open("customers").page("customers").list  # type: ignore[attr-defined]
    page.table.setFocus()
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Return)


@scene("customers")
def customer_errors(stage: Stage) -> None:
    """A new customer with what may not be."""
    window = stage.open("customers")
    window.new_customer()
    stage.settle()
    form = window.page("customers").form  # type: ignore[attr-defined]
    for field, text in (
        (form.postal, "57"),
        (form.phone, "0123"),
        (form.email, "tanaka@"),
        (form.kana, "abc"),
    ):
        field.edit.clear()
        stage.type(text, into=field)
    stage.chord(Key.Key_Return)


@scene("customers")
def customer_double(stage: Stage) -> None:
    """A new customer who is known already."""
    window = stage.open("customers")
    window.new_customer()
    stage.settle()
    stage.type("髙橋精工株式会社")
    QTest.qWait(500)
    stage.settle()


@scene("customers")
def dialog_unsaved(stage: Stage) -> None:
    """Closing the window over a customer not stored."""
    window = stage.open("customers")
    window.new_customer()
    stage.settle()
    stage.type("髙橋産業株式会社")
    stage.in_dialog(window.close)


# --- settings -------------------------------------------------------------------------------------


@scene("settings", manual=True)
def settings_company(stage: Stage) -> None:
    """Our own side of the papers."""
    stage.open("settings")


@scene("settings")
def settings_company_errors(stage: Stage) -> None:
    """A registration with a wrong check digit."""
    window = stage.open("settings")
    company = window.page("settings").sections["company"]  # type: ignore[attr-defined]
    field = company.fields["company.registration"]
    field.control.setFocus()
    field.control.edit.clear()
    stage.type("T1234567890123")
    stage.press(Key.Key_Tab)


@scene("settings")
def settings_desk(stage: Stage) -> None:
    """窓口: the code that can't change any more."""
    _section(stage, "desk")


@scene("settings")
def settings_staff(stage: Stage) -> None:
    """担当者."""
    _section(stage, "staff")


@scene("settings", manual=True)
def settings_services(stage: Stage) -> None:
    """Provider or agent, by service."""
    _section(stage, "services")


@scene("settings")
def settings_readings(stage: Stage) -> None:
    """How the terms are read."""
    _section(stage, "readings")


@scene("settings")
def settings_look(stage: Stage) -> None:
    """Language, colours, size of text."""
    _section(stage, "look")


@scene("settings", manual=True)
def settings_data(stage: Stage) -> None:
    """Where the data are and how the key is kept."""
    _section(stage, "data")


@scene("settings")
def settings_data_passphrase(stage: Stage) -> None:
    """A passphrase chosen instead."""
    window = _section(stage, "data")
    cards = window.page("settings").sections["data"].cards  # type: ignore[attr-defined]
    cards.set_value("passphrase")
    cards.chosen.emit("passphrase")
    stage.settle()


def _section(stage: Stage, code: str) -> MainWindow:
    window = stage.open("settings")
    window.open_settings(code)
    stage.settle()
    return window


# --- trouble --------------------------------------------------------------------------------------


@scene("quotes", manual=True)
def trouble_disk(stage: Stage) -> None:
    """The machine would not."""
    stage.open("quotes")
    problem = unwritable(Path("Q-HM1-2611-0023-1.pdf"), OSError(errno.ENOSPC, "", "Q-HM1-2611-0023-1.pdf"))
    stage.tasks.environment_problem.emit(problem)
    stage.settle()


@scene("quotes")
def trouble_bug(stage: Stage) -> None:
    """Our own fault."""
    stage.open("quotes")
    stage.tasks.bug.emit(RuntimeError("shown in a picture"), Path(SHOWN_PATH))
    stage.settle()
