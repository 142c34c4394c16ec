"""Every state and every action of a visit: allowed, or refused in words."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.visit.order import (
    Begun,
    Booked,
    CalledOff,
    Confirmed,
    Event,
    Finished,
    Received,
    Reported,
    Signed,
    Span,
    VisitState,
)
from app.visit.visit_life import Action, permitted, state_of

AT = datetime.fromisoformat("2026-11-20T14:32:00+09:00")
SPAN = Span(on=date(2026, 11, 24), first=780, last=990)
BOOKED = Booked(at=AT, spans=(SPAN,), technicians=("a",))
REPORT = Reported(at=AT, devices=(), ticks=(), net=0, tax=0, sha256="x")
BEFORE = Signed(at=AT, what="before", name="三浦", strokes=(), sha256="w")
AFTER = Signed(at=AT, what="report", name="三浦", strokes=(), sha256="x")

WAY: tuple[tuple[Event, VisitState, set[Action]], ...] = (
    (Received(at=AT), VisitState.RECEIVED, {Action.EDIT, Action.BOOK, Action.CALL_OFF}),
    (
        BOOKED,
        VisitState.ARRANGED,
        {Action.EDIT, Action.MOVE, Action.RELEASE, Action.CONFIRM, Action.CALL_OFF},
    ),
    (
        Confirmed(at=AT, by="三浦"),
        VisitState.CONFIRMED,
        {Action.EDIT, Action.MOVE, Action.RELEASE, Action.BEGIN, Action.CALL_OFF},
    ),
    (Begun(at=AT), VisitState.WORKING, {Action.EDIT, Action.SIGN_BEFORE, Action.CALL_OFF}),
    (BEFORE, VisitState.WORKING, {Action.EDIT, Action.SIGN_BEFORE, Action.REPORT, Action.CALL_OFF}),
    (
        REPORT,
        VisitState.WORKING,
        {Action.EDIT, Action.SIGN_BEFORE, Action.REPORT, Action.SIGN_REPORT, Action.CALL_OFF},
    ),
    (
        AFTER,
        VisitState.WORKING,
        {
            Action.EDIT,
            Action.SIGN_BEFORE,
            Action.REPORT,
            Action.SIGN_REPORT,
            Action.FINISH,
        },
    ),
    (Finished(at=AT), VisitState.DONE, set()),
)


@pytest.mark.parametrize("length", range(1, len(WAY) + 1))
def test_each_step_of_the_way_allows_its_actions_and_refuses_the_others_in_words(length: int) -> None:
    events = [event for event, _state, _allowed in WAY[:length]]
    _event, state, allowed = WAY[length - 1]
    assert state_of(events) is state
    for action in Action:
        refusal = permitted(action, events)
        assert (refusal is None) == (action in allowed), action
        assert refusal is None or refusal.what


def test_moving_a_confirmed_visit_asks_for_a_new_confirmation() -> None:
    events = [Received(at=AT), BOOKED, Confirmed(at=AT), BOOKED]
    assert state_of(events) is VisitState.ARRANGED
    released = Booked(at=AT, spans=(), technicians=(), before=(SPAN,))
    assert state_of([*events, released]) is VisitState.RECEIVED


def test_a_report_frozen_anew_has_to_be_signed_anew() -> None:
    signed = [Received(at=AT), BOOKED, Confirmed(at=AT), Begun(at=AT), BEFORE, REPORT, AFTER]
    assert permitted(Action.FINISH, signed) is None
    anew = Reported(at=AT, devices=(), ticks=(), net=1, tax=0, sha256="y")
    refusal = permitted(Action.FINISH, [*signed, anew])
    assert refusal is not None
    assert refusal.code == "not-signed"


def test_nothing_may_be_done_with_a_visit_that_was_called_off() -> None:
    events = [Received(at=AT), CalledOff(at=AT, by="customer")]
    assert state_of(events) is VisitState.CANCELLED
    assert all(permitted(action, events) is not None for action in Action)
