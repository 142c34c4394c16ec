"""Where a contract stands on a day, by what is recorded of it."""

from __future__ import annotations

from datetime import date

import pytest

from app.contract.facts import Ended, Outage, Restored, Resumed, Started, Suspended, Timeline, Voided
from app.contract.life import Circumstance, circumstances, state_on, turning_days
from app.contract.record import ContractState, Entry
from app.contract.steps import Accepted, Explained, Refused, Revoked, Submitted, Withdrawn
from app.contract.timeline_check import check_timeline
from app.days import DAY
from tests.app.charge.timelines import at
from tests.shipped import catalogue

S = ContractState
START = Started(date(2026, 6, 1), {"id": 10}, id="start")
WAY = (
    Explained(date(2026, 5, 1), "田村", id="explained"),
    Submitted(date(2026, 5, 2), id="submitted"),
    Accepted(date(2026, 5, 10), date(2026, 5, 20), id="accepted"),
)
END = Ended(date(2026, 12, 1), id="end")


@pytest.mark.parametrize(
    ("entries", "day", "state"),
    [
        ((), date(2026, 5, 1), S.PREPARING),
        (WAY[:1], date(2026, 5, 1), S.PREPARING),
        (WAY, date(2026, 5, 1), S.PREPARING),
        (WAY, date(2026, 5, 2), S.SUBMITTED),
        (WAY, date(2026, 5, 9), S.SUBMITTED),
        (WAY, date(2026, 5, 10), S.ACCEPTED),
        ((*WAY[:2], Refused(date(2026, 5, 2))), date(2026, 5, 2), S.REFUSED),
        ((*WAY, Revoked(date(2026, 5, 11))), date(2026, 5, 11), S.REVOKED),
        ((*WAY, Withdrawn(date(2026, 5, 11))), date(2026, 5, 12), S.WITHDRAWN),
        ((*WAY, START), date(2026, 5, 31), S.ACCEPTED),
        ((*WAY, START), date(2026, 6, 1), S.ACTIVE),
        ((START,), date(2026, 5, 1), S.ACCEPTED),
        ((START, END), date(2026, 6, 1), S.ENDING),
        ((START, END), date(2026, 11, 30), S.ENDING),
        ((START, END), date(2026, 12, 1), S.ENDED),
        ((START, END, Voided("end")), date(2026, 12, 1), S.ACTIVE),
        ((*WAY, START, Voided("start")), date(2026, 6, 1), S.ACCEPTED),
        ((*WAY, Voided("accepted")), date(2026, 6, 1), S.SUBMITTED),
        ((START, Suspended(date(2026, 7, 1))), date(2026, 6, 30), S.ACTIVE),
        ((START, Suspended(date(2026, 7, 1))), date(2027, 7, 1), S.SUSPENDED),
        ((START, Suspended(date(2026, 7, 1)), END), date(2026, 7, 1), S.ENDING),
        ((START, Suspended(date(2026, 7, 1), date(2026, 7, 9))), date(2026, 7, 9), S.SUSPENDED),
        ((START, Suspended(date(2026, 7, 1), date(2026, 7, 9))), date(2026, 7, 10), S.ACTIVE),
    ],
)
def test_the_state_follows_from_the_entries(
    entries: tuple[Entry, ...], day: date, state: ContractState
) -> None:
    assert state_on(entries, day) is state


@pytest.mark.parametrize("last", [None, date(2026, 7, 31)])
def test_a_suspension_ends_with_the_resumption(last: date | None) -> None:
    entries = (START, Resumed(date(2026, 7, 15)), Suspended(date(2026, 7, 1), last))
    assert state_on(entries, date(2026, 7, 14)) is S.SUSPENDED
    assert state_on(entries, date(2026, 7, 15)) is S.ACTIVE
    (suspended,) = Timeline("osect", entries).history.suspensions
    assert suspended.last == date(2026, 7, 14)


def test_one_resumed_on_its_first_day_stopped_nothing() -> None:
    entries = (START, Suspended(date(2026, 7, 1)), Resumed(date(2026, 7, 1)))
    assert Timeline("osect", entries).history.suspensions == ()
    assert state_on(entries, date(2026, 7, 1)) is S.ACTIVE


def test_the_next_suspension_goes_on() -> None:
    entries = (
        START,
        Suspended(date(2026, 7, 1)),
        Resumed(date(2026, 8, 1)),
        Suspended(date(2026, 9, 1)),
    )
    assert [one.last for one in Timeline("osect", entries).history.suspensions] == [date(2026, 7, 31), None]
    assert state_on(entries, date(2026, 8, 31)) is S.ACTIVE
    assert state_on(entries, date(2026, 9, 1)) is S.SUSPENDED


def test_a_suspension_from_the_very_day_of_a_resumption_goes_on() -> None:
    entries = (
        START,
        Suspended(date(2026, 7, 1), id="first"),
        Resumed(date(2026, 8, 1), id="resumed"),
        Suspended(date(2026, 8, 1), id="second"),
    )
    for some in (entries, (*entries[:1], *entries[:0:-1])):
        stops = Timeline("osect", some).history.suspensions
        assert [(one.first, one.last) for one in stops] == [
            (date(2026, 7, 1), date(2026, 7, 31)),
            (date(2026, 8, 1), None),
        ]
        assert state_on(some, date(2026, 8, 1)) is S.SUSPENDED
        assert state_on(some, date(2026, 9, 1)) is S.SUSPENDED
    again = (*entries, Resumed(date(2026, 8, 20), id="again"))
    assert not check_timeline(Timeline("dokodemo-prime", again), catalogue().service("dokodemo-prime"))
    assert state_on(again, date(2026, 8, 20)) is S.ACTIVE
    assert Timeline("osect", again).history.suspensions[1].last == date(2026, 8, 19)


def test_an_outage_ends_when_it_is_restored() -> None:
    outage = Outage(at("2026-07-01T09:00"), None, "company", id="outage")
    over = Restored("outage", at("2026-07-02T10:00"))
    day = date(2026, 7, 3)
    assert Circumstance.OUTAGE_OPEN in circumstances((START, outage), day)
    assert Circumstance.OUTAGE_OPEN not in circumstances((START, outage), date(2026, 6, 30))
    assert Circumstance.OUTAGE_OPEN not in circumstances((START, outage, over), day)
    (found,) = Timeline("osect", (START, over, outage)).history.outages
    assert found.restored_at == at("2026-07-02T10:00")


def test_circumstances_come_from_what_holds() -> None:
    day = date(2026, 7, 3)
    suspended = Suspended(date(2026, 7, 1), id="s")
    assert circumstances((), day) == frozenset()
    assert circumstances((START, suspended, END), day) == {
        Circumstance.START_RECORDED,
        Circumstance.SUSPENSION_OPEN,
        Circumstance.END_RECORDED,
        Circumstance.RECORDED,
    }
    assert circumstances((START, suspended, END, Voided("s"), Voided("end")), day) == {
        Circumstance.START_RECORDED,
        Circumstance.RECORDED,
    }


def test_the_days_on_which_the_state_turns() -> None:
    entries = (*WAY, START, Suspended(date(2026, 7, 1), date(2026, 7, 9)))
    days = [date(2026, 5, 2), date(2026, 5, 10), START.on, date(2026, 7, 1), date(2026, 7, 10)]
    assert turning_days(entries) == tuple(days)
    for day in days:
        assert state_on(entries, day) is not state_on(entries, day - DAY)
    assert turning_days((*entries, END))[-1] == END.on
