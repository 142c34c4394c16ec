"""Scenes of the editor of quotations, from an empty one to its second revision."""

from __future__ import annotations

from picture_desk import known, prime
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.quote.content import QuotationContent
from app.words import _

Key = Qt.Key


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


@scene("quotes")
def editor_new_customer(stage: Stage) -> None:
    """A customer nobody knows yet, typed on the spot; one of the register looks like it."""
    editor_customer(stage)
    stage.press(Key.Key_Up)
    stage.press(Key.Key_Return)
    stage.until(stage.focused.isVisible)
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
    """Three visits and lines by hand: three pages of paper."""
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
    stage.open_quotation("revised")
    stage.click(_("結果"))


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


@scene("quotes", manual=True)
def editor_closed_day(stage: Stage) -> None:
    """A Sunday wished for a visit: refused with its clause, the next possible day offered."""
    shown = stage.open_quotation("closed")
    shown.content.add_work()
    stage.press(Key.Key_Escape)
    stage.chord(Key.Key_Return)


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


@scene("quotes")
def editor_compare(stage: Stage) -> None:
    """Services side by side, from an open quotation."""
    stage.open_quotation("takahashi")
    stage.chord(Key.Key_B)
