"""The scenes the pictures show: each drives the real widgets to a state somebody at a counter meets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from picture_desk import SHOWN_PATH, known, prime
from picture_stage import Stage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.errors import EnvironmentProblem
from app.quote.content import QuotationContent
from app.words import _

Key = Qt.Key


@dataclass(frozen=True)
class Scene:
    """``place``: the page of the rail it shows, "" for windows without one. ``play`` drives a stage.

    ``manual``: the manual shows it, in Japanese and light, at the smaller size.
    """

    name: str
    place: str
    play: Callable[[Stage], None]
    manual: bool = False


SCENES: Final[dict[str, Scene]] = {}


def scene(place: str, *, manual: bool = False) -> Callable[[Callable[[Stage], None]], Callable[[Stage], None]]:
    """Makes a function a scene of its name (``quotes_list`` is ``quotes-list``)."""

    def add(play: Callable[[Stage], None]) -> Callable[[Stage], None]:
        name = play.__name__.replace("_", "-")
        SCENES[name] = Scene(name, place, play, manual)
        return play

    return add


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
    vault.create("passphrase", "まどぐちの合言葉").close()
    dialog = UnlockDialog(stage.tasks, vault.open)
    stage.window = dialog
    dialog.show()
    dialog.activateWindow()
    stage.type("まどぐちの合い言葉")
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


@scene("quotes", manual=True)
def quotes_menu(stage: Stage) -> None:
    """What can be done to a quotation of the list."""
    page = stage.open("quotes").page("quotes").list  # type: ignore[attr-defined]
    page.table.setFocus()
    stage.press(Key.Key_Down)
    row = page.model.row(page.table.currentIndex().row())
    page.menu_for(row).open_at(page.table.mapToGlobal(QPoint(300, 100)))
    stage.settle()


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


# --- quotations: the editor -----------------------------------------------------------------------


@scene("quotes")
def editor_new(stage: Stage) -> None:
    """An empty quotation."""
    stage.open("quotes")
    stage.chord(Key.Key_N)
    stage.until(lambda: stage.editor is not None)
    stage.settle()


@scene("quotes", manual=True)
def editor_customer(stage: Stage) -> None:
    """The customer found by kana."""
    editor_new(stage)
    stage.type("たかはし")


@scene("quotes", manual=True)
def editor_new_customer(stage: Stage) -> None:
    """A customer nobody knows yet, typed on the spot; one of the register looks like it."""
    editor_customer(stage)
    stage.press(Key.Key_Up)
    stage.press(Key.Key_Return)
    stage.until(lambda: stage.focused.isVisible())
    stage.type("たかはし歯科")
    QTest.qWait(500)
    stage.settle()


@scene("quotes", manual=True)
def editor(stage: Stage) -> None:
    """Filled: 49 IDs and a visit, the quantity being typed."""
    stage.open_quotation("takahashi")
    stage.press(Key.Key_Tab)


@scene("quotes")
def editor_reason(stage: Stage) -> None:
    """A visit's lines, the reason of one open."""
    shown = stage.open_quotation("takahashi")
    groups = [group for group in shown.prices.findChildren(_price_group()) if group.isVisible()]
    groups[-1].open_reason(2)
    stage.settle()


@scene("quotes", manual=True)
def editor_monthly_reason(stage: Stage) -> None:
    """The monthly fee with its reason, advice beside it."""
    shown = stage.open_quotation("takahashi")
    group = next(group for group in shown.prices.findChildren(_price_group()) if group.rows())
    group.open_reason(0)
    stage.settle()


def _price_group() -> type:
    from ui.widgets.price_group import PriceGroup

    return PriceGroup


@scene("quotes", manual=True)
def editor_errors(stage: Stage) -> None:
    """Issuing a quotation that may not be issued: every problem under its field."""
    stage.open_quotation("wrong")
    stage.chord(Key.Key_Return)


@scene("quotes", manual=True)
def editor_media(stage: Stage) -> None:
    """media セキュリティライト with its free visit."""
    stage.open_quotation("media")


@scene("quotes")
def editor_media_below(stage: Stage) -> None:
    """The same, scrolled to the visit."""
    shown = stage.open_quotation("media")
    shown.content.add_work()
    stage.settle()


@scene("quotes")
def editor_mdr(stage: Stage) -> None:
    """An annual fee by the provider's estimate."""
    stage.open_quotation("mdr")


@scene("quotes", manual=True)
def editor_special(stage: Stage) -> None:
    """A price agreed apart from the list, and a line by hand."""
    stage.open_quotation("special")


@scene("quotes")
def editor_several(stage: Stage) -> None:
    """Two services, one at another site."""
    stage.open_quotation("several")


@scene("quotes")
def editor_long(stage: Stage) -> None:
    """Three services, four visits, lines by hand."""
    stage.open_quotation("long")


@scene("quotes", manual=True)
def editor_issued(stage: Stage) -> None:
    """発行: the number, the paper as issued, and the way to its PDF."""
    stage.open_quotation("takahashi")
    stage.chord(Key.Key_Return)


@scene("quotes", manual=True)
def editor_history(stage: Stage) -> None:
    """Two revisions, the older one shown."""
    stage.open_quotation("revised").toggle_history()
    stage.settle()


@scene("quotes")
def editor_outcome(stage: Stage) -> None:
    """受注 or 失注."""
    shown = stage.open_quotation("revised")
    shown.header.findChildren(type(shown.header.issue))[0].click()
    stage.settle()


@scene("quotes")
def editor_paper(stage: Stage) -> None:
    """The paper asked for where the window is small; put away where it is large."""
    stage.open_quotation("takahashi")
    stage.press(Key.Key_F6)


@scene("quotes")
def editor_paper_full(stage: Stage) -> None:
    """The page at 100 %."""
    stage.open_quotation("takahashi")
    stage.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)
    stage.editor.paper.view.set_zoom(1.0)
    stage.settle()


@scene("quotes")
def editor_work_menu(stage: Stage) -> None:
    """The menu of work of a visit."""
    stage.open_quotation("takahashi")
    stage.press(Key.Key_A, Qt.KeyboardModifier.AltModifier)


@scene("quotes")
def editor_conflict(stage: Stage) -> None:
    """Another window saved first."""
    from app.usecases.keep_quotation import open_quotation, save_draft
    from app.usecases.price_quotation import price_content

    shown = stage.open_quotation("takahashi")
    desk = stage.maker.opened(stage.session.vault.folder)  # type: ignore[union-attr]
    stored = open_quotation(desk, stage.maker.ids["takahashi"]).stored
    content = known(desk, "髙橋精工", QuotationContent(services=(prime(60),)))
    save_draft(desk, stored.id, stored.version, content, price_content(desk, content, desk.settings()))
    desk.storage.close()
    stage.press(Key.Key_Tab)
    stage.press(Key.Key_Up)
    QTest.qWait(400)
    stage.settle()
    assert shown.conflict.isVisible()


# --- customers ------------------------------------------------------------------------------------


@scene("customers", manual=True)
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


@scene("customers", manual=True)
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
    for field, text in ((form.postal, "57"), (form.phone, "0123"), (form.email, "tanaka@"), (form.kana, "abc")):
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
    field = window.page("settings").sections["company"].fields["company.registration"]  # type: ignore[attr-defined]
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


@scene("settings", manual=True)
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


def _section(stage: Stage, code: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    window = stage.open("settings")
    window.open_settings(code)
    stage.settle()
    return window


# --- trouble --------------------------------------------------------------------------------------


@scene("quotes", manual=True)
def trouble_disk(stage: Stage) -> None:
    """The machine would not."""
    stage.open("quotes")
    problem = EnvironmentProblem(
        "disk-full",
        _("ディスクがいっぱいで「{name}」に書き込めません。").format(name="madoguchi.db"),
        kept=_("入力した内容は画面に残っています。"),
        remedy=_("不要なファイルを移すか消してください。"),
    )
    stage.tasks.environment_problem.emit(problem)
    stage.settle()


@scene("quotes")
def trouble_bug(stage: Stage) -> None:
    """Our own fault."""
    from pathlib import Path

    stage.open("quotes")
    stage.tasks.bug.emit(RuntimeError("shown in a picture"), Path(SHOWN_PATH))
    stage.settle()
