"""Visits: refused days and what is offered instead, work, prices by hand."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.contract.customer import Customer
from app.quote.content import ServiceEntry, Site, VisitEntry, WorkEntry
from tests.ui.quotes.conftest import Bench
from tests.ui.quotes.contents import prime, visited
from ui.qt import Key
from ui.quotes import edits
from ui.quotes.visit_card import VisitCard
from ui.quotes.work_row import WorkRow
from ui.session import Session
from ui.widgets.choices import Switch
from ui.widgets.paint import width_of


@pytest.mark.parametrize(
    ("on", "why", "offered"),
    [
        (date(2026, 11, 23), "勤労感謝の日", "2026年11月24日（火）にする"),
        (date(2026, 12, 13), "日曜日", "2026年12月14日（月）にする"),
        (date(2026, 12, 30), "年末年始", "2027年1月4日（月）にする"),
    ],
)
def test_a_refused_day_says_why_and_offers_the_next(
    bench: Bench, takahashi: Customer, on: date, why: str, offered: str
) -> None:
    editor = bench.open_new()
    editor.draft.put(visited(takahashi, on))
    bench.settle()

    assert why in bench.field("希望日").accessibleDescription()
    bench.seen(offered)[0].setFocus()
    bench.key(Key.Key_Return)
    assert bench.field("希望日").text() in offered
    assert not bench.seen(offered)


def test_east_japan_has_no_saturdays(bench: Bench, takahashi: Customer) -> None:
    entry = ServiceEntry(service="media-light", start=date(2026, 12, 1), items={"gateway-10": 1})
    visit = VisitEntry(
        service="media-light", for_service=0, on=date(2026, 12, 5), work=(WorkEntry(menu=("os-recovery",)),)
    )
    editor = bench.open_new()
    editor.draft.put(replace(prime(takahashi), services=(entry,), visits=(visit,)))
    bench.settle()
    assert not bench.seen("2026年12月7日（月）にする")

    editor.draft.put(edits.with_visit(editor.draft.content, 0, site=Site(area="east")))
    bench.settle()
    assert bench.seen("2026年12月7日（月）にする")


def test_work_is_typed_in_its_row(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    editor.content.add_visit()
    card = editor.findChildren(VisitCard)[0]
    bench.settle()
    card.add_work("data-migration")
    assert bench.focused().accessibleName() == "1台あたりの容量（GB）"
    bench.type("10")
    bench.settle()
    bench.seen("台数")[0].setFocus()
    bench.key(Key.Key_Up)
    bench.key(Key.Key_Up)
    bench.field("希望日").setFocus()
    bench.type("12/11")
    bench.settle()

    work = editor.draft.content.visits[0].work[0]
    assert (work.devices, work.migrate_gb, work.menu) == (3, "10", ("data-migration",))
    assert editor.priced.visits[0].net == 7_500 + 1_500 + 3 * 19_000


def test_an_emptied_number_stays_empty_under_the_cursor(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    editor.content.add_visit()
    bench.settle()
    editor.findChildren(VisitCard)[0].add_work("printer-setup")
    assert bench.focused().accessibleName() == "台数"
    bench.key(Key.Key_Backspace)
    bench.settle()
    bench.type("2")
    bench.settle()
    assert editor.draft.content.visits[0].work[0].devices == 2
    assert bench.field("台数").text() == "2"


def test_twenty_one_pcs_ask_for_a_price_by_hand(bench: Bench, takahashi: Customer) -> None:
    content = visited(takahashi)
    many = replace(
        content.visits[0], work=(WorkEntry(devices=21, menu=("data-migration",), migrate_gb="10"),)
    )
    editor = bench.open_new()
    editor.draft.put(replace(content, visits=(many,)))
    bench.settle()

    link = bench.seen("個別見積の単価を入れる")[0]
    link.setFocus()
    bench.key(Key.Key_Return)
    assert bench.focused().accessibleName() == "個別見積の単価（税抜）"
    bench.type("14000")
    bench.seen("理由")[0].setFocus()
    bench.type("提供会社の見積り")
    bench.seen("承認者")[0].setFocus()
    bench.type("店長")
    bench.settle()

    assert editor.priced.visits[0].net == 7_500 + 1_500 + 21 * 14_000
    assert not editor.priced.problems


def test_together_with_the_line_the_diagnosis_is_free(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(visited(takahashi))
    bench.settle()
    before = editor.priced.visits[0].net
    switch = bench.seen("フレッツ申込みと同時")[0]
    assert isinstance(switch, Switch)
    switch.setFocus()
    bench.key(Key.Key_Space)

    assert editor.draft.content.visits[0].with_line_order
    assert before - editor.priced.visits[0].net == 1_500


def test_a_visit_for_a_contract_the_customer_has(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    editor.draft.put(
        replace(
            editor.draft.content,
            services=(),
            visits=(
                VisitEntry(
                    service="media-light", on=date(2026, 12, 1), work=(WorkEntry(menu=("os-recovery",)),)
                ),
            ),
        )
    )
    bench.settle()

    charged = editor.priced.visits[0].net
    start = bench.seen("契約の開始日")[0]
    start.setFocus()
    bench.type("2026-04-01")
    gateway = bench.seen("10台用")[0]
    gateway.setFocus()
    bench.key(Key.Key_Space)
    bench.settle()
    contract = editor.draft.content.visits[0].contract
    assert contract is not None
    assert (contract.start, contract.gateway) == (date(2026, 4, 1), 10)
    assert charged == 4_500 + 1_500 + 10_500
    assert editor.priced.visits[0].net == 0


@pytest.mark.parametrize("width", [1280, 1366])
def test_three_digits_of_devices_are_seen_whole(
    session: Session, qtbot: QtBot, takahashi: Customer, width: int
) -> None:
    bench = Bench(session, qtbot, width)
    bench.open_new()
    content = visited(takahashi)
    many = replace(
        content.visits[0], work=(WorkEntry(devices=121, menu=("data-migration",), migrate_gb="10"),)
    )
    bench.editor.draft.put(replace(content, visits=(many,)), "visits")
    bench.settle()
    rows = bench.editor.content.findChildren(WorkRow)
    assert rows
    for row in rows:
        edit = row._devices.edit
        inner = edit.width() - 2 * 2 - 1  # what Qt keeps free beside the text, and the cursor
        assert width_of("999", "body") <= inner
        assert row.childrenRect().right() <= row.width()


def test_a_total_with_a_refused_day_is_not_final(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(visited(takahashi, date(2026, 12, 30)))
    bench.settle()
    total = editor.prices.foot._total
    assert "訪問日が決まるまでの見込み" in total.accessibleName()
    assert total._partial

    editor.draft.put(visited(takahashi))
    bench.settle()
    assert "見込み" not in total.accessibleName()
    assert not total._partial
