"""Three columns that fold, and the way Tab takes through them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.contract.customer import Customer
from app.tariff.catalogue import words
from tests.ui.quotes.conftest import NOW, Bench
from tests.ui.quotes.contents import prime, visited
from ui.qt import Key, Mod
from ui.quotes.item_rows import countable
from ui.quotes.quiet_scroll import QuietScroll
from ui.quotes.tariff_forms import form_edition
from ui.session import Session


def at(session: Session, qtbot: QtBot, width: int) -> Bench:
    bench = Bench(session, qtbot, width)
    bench.open_new()
    return bench


def test_a_wide_window_shows_all_three_as_drawn(session: Session, qtbot: QtBot) -> None:
    editor = at(session, qtbot, 1366).editor

    assert editor.content.isVisible()
    assert editor.prices.isVisible()
    assert editor.paper.isVisible()
    assert not editor.header.paper.isVisible()
    assert editor.content.geometry().right() < editor.prices.geometry().left()
    assert editor.prices.geometry().right() < editor.paper.geometry().left()
    assert editor.paper.geometry().right() == editor.columns.rect().right()


def test_below_1280_the_paper_is_a_button_that_opens_it_beside(session: Session, qtbot: QtBot) -> None:
    bench = at(session, qtbot, 1200)
    editor = bench.editor
    assert not editor.paper.isVisible()
    assert editor.header.paper.isVisible()

    editor.header.paper.click()
    bench.settle()
    assert editor.paper.isVisible()
    assert editor.paper.geometry().top() == editor.content.geometry().top()
    assert editor.header.paper.on


def test_below_1100_the_paper_takes_the_place_of_the_price(session: Session, qtbot: QtBot) -> None:
    bench = at(session, qtbot, 1024)
    editor = bench.editor
    editor.toggle_paper()
    bench.settle()

    assert not editor.prices.isVisible()
    assert editor.content.geometry().right() < editor.paper.geometry().left()
    assert editor.paper.height() == editor.columns.height()
    editor.header.setFocus()
    bench.key(Key.Key_2, Mod.AltModifier)
    assert editor.prices.isVisible()
    assert not editor.paper.isVisible()


def test_below_1100_a_panel_takes_the_place_of_the_content(
    session: Session, qtbot: QtBot, takahashi: Customer
) -> None:
    bench = at(session, qtbot, 1024)
    editor = bench.editor
    editor.draft.put(visited(takahashi))
    bench.settle()
    editor.toggle_history()
    bench.settle()
    side = editor.columns.side
    assert side is not None
    assert not editor.content.isVisible()
    assert editor.prices.geometry().right() < side.geometry().left()
    assert side.height() == editor.columns.height()
    editor.prices.field_wanted.emit("services.0.items")
    assert editor.content.isVisible()


@pytest.mark.parametrize("width", [1024, 1100, 1280, 1366, 1920])
def test_nothing_sticks_out(session: Session, qtbot: QtBot, takahashi: Customer, width: int) -> None:
    bench = at(session, qtbot, width)
    bench.editor.draft.put(visited(takahashi))
    bench.settle()

    for column in (bench.editor.content, bench.editor.prices, bench.editor.paper):
        if column.isVisible():
            assert column.minimumSizeHint().width() <= column.width()


def test_tab_reads_the_form_from_the_top(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(visited(takahashi))
    bench.settle()
    editor.content.add_service("media-light")
    bench.settle()
    edition = form_edition(bench.session.catalogue, "media-light", NOW.date())
    assert edition is not None
    items = [words(item.name) for item in countable(edition)]
    bench.seen("サービス 1")[0].setFocus()
    names = []
    for _step in range(8 + len(items)):
        names.append(bench.focused().accessibleName())
        bench.key(Key.Key_Tab)

    assert names == [
        "サービス 1",
        "数量",
        "利用開始日",
        "設置場所",
        "フレッツ光",
        "このサービスの操作",
        "サービス 2",
        "利用開始日",
        *items,
    ]


def test_nothing_is_squeezed_while_cards_are_made(
    bench: Bench, takahashi: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.quotes.slices.SLICE_SECONDS", 0)  # one card at a time
    editor = bench.open_new()
    lacking = []

    def measure() -> None:
        body = editor.content.findChild(QuietScroll).widget()
        layout = body.layout()
        lacking.append(layout.totalHeightForWidth(body.width()) - body.height())

    editor.content.grew.connect(measure)
    content = visited(takahashi)
    editor.draft.put(replace(content, services=content.services * 3, visits=content.visits * 2))
    bench.settle()
    assert len(lacking) >= 3
    assert max(lacking) <= 0


def test_shift_tab_goes_back_the_same_way(bench: Bench, takahashi: Customer, qtbot: QtBot) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    bench.settle()
    bench.seen("サービス")[0].setFocus()
    way = [bench.focused()]
    for _step in range(8):
        bench.key(Key.Key_Tab)
        way.append(bench.focused())
    back = [bench.focused()]
    for _step in range(8):
        bench.key(Key.Key_Backtab)
        back.append(bench.focused())

    assert back == way[::-1]


def test_every_control_has_a_name(bench: Bench, takahashi: Customer) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    editor = bench.open_new()
    editor.draft.put(visited(takahashi))
    bench.settle()
    nameless = [
        type(one).__name__
        for one in editor.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and not one.accessibleName()
        and one.focusProxy() is None
    ]

    assert nameless == []
