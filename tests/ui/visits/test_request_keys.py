"""The request by the keyboard: names one hears, the order of Tab, a slot that waits for the work's length."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.usecases.desk import Desk
from app.visit.order import Device, VisitState
from tests.ui.visits.counter import Counter, type_into
from tests.ui.visits.visits_made import PC, TUESDAY, visit
from ui.session import Session
from ui.widgets.text import Label

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def counter(desk: Desk, session: Session, settle: Settle, stage: Stage) -> Counter:
    return Counter(desk, session, settle, stage)


def tab_from(widget: QWidget, inside: QWidget) -> list[QWidget]:
    """What Tab comes to from a control on, within a part of the window."""
    found, one = [], widget.nextInFocusChain()
    while one is not widget and len(found) < 200:
        if inside.isAncestorOf(one) and one.isVisible():
            found.append(one)
        one = one.nextInFocusChain()
    return found


def test_every_kind_of_work_has_its_own_name(counter: Counter) -> None:
    counter.take(PC)
    counter.panel.devices.rows[0].set_open(True)
    checks = counter.panel.devices.rows[0].checks.values()
    assert [one.accessibleName() for one in checks] == [one.text() for one in checks]


def test_tab_goes_through_a_device_before_what_stands_below_it(counter: Counter) -> None:
    counter.take(PC)
    row = counter.panel.devices.rows[0]
    row.start()
    chain = tab_from(counter.panel.whom.change, counter.panel)
    places = [
        chain.index(one) for one in (row.summary, row.count.edit, row.name.edit, counter.panel.devices.add)
    ]
    assert places == sorted(places)
    assert places[-1] < chain.index(counter.panel.book)


def test_a_volume_counts_again_when_its_work_comes_back(counter: Counter) -> None:
    counter.take(Device(kind="pc", menu=("data-migration",), data_gb="50"))
    row = counter.panel.devices.rows[0]
    row.set_open(True)
    row.checks["data-migration"].click()
    assert counter.panel.typed.devices[0].data_gb is None
    row.checks["data-migration"].click()
    assert counter.panel.typed.devices[0].data_gb == "50"
    assert not counter.problems()


def test_a_slot_found_for_less_work_is_booked_as_long_as_the_work_is(counter: Counter) -> None:
    counter.take(PC)
    offered = counter.panel.slot
    assert offered is not None
    more = (*PC.menu, "os-update", "app-setup")
    counter.panel.devices.changed.emit((Device(kind="pc", menu=more),))  # and at once:
    counter.panel.submit()
    assert not counter.kept.heard
    counter.settle()
    (span,) = counter.stored.content.spans
    assert counter.stored.state is VisitState.ARRANGED
    assert (span.on, span.first) == (offered.spans[0].on, offered.spans[0].first)
    assert span.last > offered.spans[0].last


def test_a_slot_that_has_no_room_any_more_is_not_exchanged_silently(counter: Counter) -> None:
    for who in counter.who:
        visit(counter.desk, "昼の予約", 11 * 60, 120, (who,))
    counter.take(Device(kind="printer", menu=("printer-setup",)))
    panel = counter.panel
    assert panel.slot is not None
    early = panel.slot.spans[0]
    assert (early.on, early.first) == (TUESDAY, 9 * 60)
    panel.devices.changed.emit((Device(kind="pc", menu=(*PC.menu, "os-update", "app-setup")),))
    panel.submit()
    counter.settle()
    assert not counter.kept.heard
    assert panel.slot is not None
    assert panel.slot.spans[0].first != early.first
    assert "選び直してください" in panel.errors.findChild(Label).words()


def test_the_grid_says_the_slots_as_they_are_now(counter: Counter) -> None:
    counter.take(PC)
    before = counter.page.grid.accessibleDescription()
    counter.type_devices(Device(kind="pc", menu=(*PC.menu, "os-update", "app-setup")))
    assert counter.page.grid.accessibleDescription() != before


def test_typing_a_volume_keeps_what_was_typed(counter: Counter) -> None:
    counter.take(Device(kind="pc", menu=("data-migration",)))
    row = counter.panel.devices.rows[0]
    row.set_open(True)
    for typed, told in (("0GB", "0"), ("-1GB", "-1GB"), ("500", "単位")):
        type_into(row.volume.edit, typed)
        counter.settle()
        assert told in row.volume_field.error, typed
        assert row.volume.text() == typed
        counter.submit()
        assert not counter.kept.heard
        assert row.volume.text() == typed


def test_a_second_visit_of_the_year_says_why_it_is_charged(counter: Counter) -> None:
    counter.take(PC)
    counter.submit()
    used = counter.stored.content.spans[0].on
    counter.take(PC)
    told = " ".join(text for text, _clause in counter.panel.worked.warnings)  # type: ignore[union-attr]
    assert f"{used.month}月{used.day}日" in told
    assert "無償訪問は契約年度に1回まで" in told
    assert "次に無償になるのは" in told
    strip = counter.panel.price.warning
    assert strip.isVisible()
    assert "使われています" in strip.title.words()


def test_arrows_go_from_one_free_start_to_the_next_of_the_same_technician(counter: Counter) -> None:
    visit(counter.desk, "北の店", 660, 60, (counter.who[0],))
    counter.take(PC)  # an hour
    rows, slots = counter.panel.slots.rows, counter.panel.slots
    counter.page.refresh()
    counter.settle()
    slots.take_place(TUESDAY, 540, counter.who[0], 60)
    rows.setFocus()
    starts = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_Left):
        QTest.keyClick(rows, key)
        assert slots.slot is not None
        starts.append(slots.slot.starts)
    # 11:00 to 12:00 with the ways is taken, and Monday is a holiday
    assert starts == [(TUESDAY, minute) for minute in (570, 750, 570, 540, 540)]
