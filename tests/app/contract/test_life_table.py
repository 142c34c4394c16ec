"""What may follow what: every state with every action of every service, and lives that only did what was
permitted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    Interrupted,
    Notified,
    Outage,
    Promoted,
    RenewalDeclined,
    Restored,
    Resumed,
    Started,
    Succeeded,
    Suspended,
    TermsNoticed,
    Timeline,
    Transferred,
    Voided,
    WorksFee,
)
from app.contract.life import Action, Circumstance, circumstances, entries_standing, open_outages, state_on
from app.contract.life_table import ACTION_WORDS, STATE_WORDS, TABLE, permitted
from app.contract.record import ContractState, Entry, facts_among
from app.contract.steps import Accepted, Explained, Refused, Revoked, Submitted, Withdrawn
from app.contract.timeline_check import check_timeline
from app.words import set_language
from tests.shipped import EXAMPLES, TODAY, catalogue

S = ContractState
# Grounds the terms of some service say nothing about.
SILENT = {"nothing-recorded", "no-works-fee", "no-promotion", "no-outage", "works-fee-recorded"}


def code(action: Action, state: ContractState, service: str, *holding: Circumstance) -> str:
    refusal = permitted(action, state, catalogue().service(service), TODAY, frozenset(holding))
    return refusal.code if refusal is not None else ""


@pytest.mark.parametrize("service", EXAMPLES)
@pytest.mark.parametrize("action", Action)
def test_a_refusal_says_why_and_what_to_do(service: str, action: Action) -> None:
    known = catalogue().service(service)
    around = (None, frozenset[Circumstance](), frozenset(Circumstance))
    for state, holding in product(S, around):
        refusal = permitted(action, state, known, TODAY, holding)
        if refusal is None:
            assert TABLE[action][state] == ""
            continue
        assert STATE_WORDS[state] in refusal.what
        assert ACTION_WORDS[action] in refusal.what
        assert refusal.why.endswith("。")
        assert refusal.remedy.endswith("。")
        assert refusal.clause or refusal.code in SILENT


def test_every_state_lets_something_be_done_or_taken_back() -> None:
    for state in S:
        free = {action for action in Action if not TABLE[action][state]}
        assert Action.VOID in free
        assert set(TABLE[Action.EDIT]) == set(S)
        if state in {S.REFUSED, S.WITHDRAWN, S.REVOKED}:
            assert free == {Action.VOID}


@pytest.mark.parametrize(
    ("action", "state", "service", "expected"),
    [
        (Action.EDIT, S.PREPARING, "osect", ""),
        (Action.EDIT, S.SUBMITTED, "osect", "already-submitted"),
        (Action.ACCEPT, S.PREPARING, "osect", "not-submitted"),
        (Action.ACCEPT, S.SUBMITTED, "osect", ""),
        (Action.START, S.SUBMITTED, "osect", "not-accepted"),
        (Action.START, S.ACCEPTED, "osect", ""),
        (Action.REVOKE, S.ACCEPTED, "media-light", ""),
        (Action.REVOKE, S.ACCEPTED, "dokodemo-prime", ""),
        (Action.REVOKE, S.ACCEPTED, "osect", ""),
        (Action.REVOKE, S.ACCEPTED, "mihariban", "not-revocable"),
        (Action.REVOKE, S.ACCEPTED, "mdr-ndr", "not-revocable"),
        (Action.REVOKE, S.ACTIVE, "osect", "already-started"),
        (Action.WITHDRAW, S.ACCEPTED, "osect", ""),
        (Action.CANCEL, S.ACCEPTED, "osect", "cancel-before-start"),
        (Action.CHANGE, S.ACTIVE, "mihariban", ""),
        (Action.CHANGE, S.ENDING, "mihariban", ""),
        (Action.CHANGE, S.ENDED, "mihariban", "ended"),
        (Action.CANCEL, S.SUSPENDED, "mihariban", ""),
        (Action.CANCEL, S.ENDING, "mihariban", "end-planned"),
        (Action.OUTAGE, S.ENDED, "mihariban", ""),
        (Action.SURCHARGE, S.ACTIVE, "mdr-ndr", "no-surcharge"),
        (Action.SURCHARGE, S.ACTIVE, "osect", ""),
        (Action.WORKS_FEE, S.ACTIVE, "mihariban", "no-works-fee"),
        (Action.WORKS_FEE, S.ACTIVE, "osect", ""),
        (Action.DECLINE_RENEWAL, S.ACTIVE, "mdr-ndr", ""),
        (Action.DECLINE_RENEWAL, S.ACTIVE, "media-light", "no-renewal-notice"),
        (Action.PROMOTE, S.ACTIVE, "mihariban", "no-promotion"),
        (Action.NOTIFY, S.PREPARING, "mihariban", "edit-instead"),
        (Action.RESUME, S.ACTIVE, "mihariban", "not-suspended"),
        (Action.RESTORE, S.ACTIVE, "mihariban", "no-outage"),
        (Action.VOID, S.ACTIVE, "mihariban", "nothing-recorded"),
    ],
)
def test_what_may_be_done(action: Action, state: ContractState, service: str, expected: str) -> None:
    assert code(action, state, service) == expected


def test_what_else_holds_decides_too() -> None:
    def holding(action: Action, *found: Circumstance) -> str:
        return code(action, S.ACTIVE, "mdr-ndr", *found)

    assert holding(Action.SUSPEND) == ""
    assert holding(Action.SUSPEND, Circumstance.SUSPENSION_OPEN) == "already-suspended"
    assert holding(Action.RESUME, Circumstance.SUSPENSION_OPEN) == ""
    assert holding(Action.RESTORE, Circumstance.OUTAGE_OPEN) == ""
    assert holding(Action.DECLINE_RENEWAL, Circumstance.RENEWAL_DECLINED) == "renewal-declined"
    assert holding(Action.CANCEL, Circumstance.END_RECORDED) == "end-planned"
    assert holding(Action.VOID, Circumstance.RECORDED) == ""


def test_without_circumstances_the_state_speaks() -> None:
    service = catalogue().service("osect")
    assert permitted(Action.RESUME, S.SUSPENDED, service, TODAY) is None
    assert permitted(Action.RESUME, S.ACTIVE, service, TODAY) is not None
    assert permitted(Action.SUSPEND, S.SUSPENDED, service, TODAY) is not None
    assert permitted(Action.RESTORE, S.ACTIVE, service, TODAY) is None


def test_a_refusal_names_the_clause_of_the_service() -> None:
    clauses = {}
    for service in EXAMPLES:
        refusal = permitted(Action.START, S.SUBMITTED, catalogue().service(service), TODAY)
        assert refusal is not None
        clauses[service] = refusal.clause
    assert clauses == {
        "mihariban": "7条1項",
        "media-light": "8条1項",
        "osect": "6条2項",
        "dokodemo-prime": "8条1項",
        "mdr-ndr": "5条1項",
    }


def test_old_applications_earn_the_free_period() -> None:
    service = catalogue().service("mihariban")
    assert permitted(Action.PROMOTE, S.ACTIVE, service, date(2019, 5, 30)) is None
    refusal = permitted(Action.PROMOTE, S.ACTIVE, service, date(2019, 5, 31))
    assert refusal is not None
    assert refusal.clause.startswith("附則")


def test_refusals_speak_the_language_in_use() -> None:
    set_language("en")
    refusal = permitted(Action.CHANGE, S.ENDED, catalogue().service("osect"), TODAY)
    assert refusal is not None
    assert refusal.clause == "13条"


# --- lives that only did what was permitted -----------------------------------------------------------------

ITEMS = {
    "mihariban": ("license", 1, 50),
    "media-light": ("endpoint", 1, 200),
    "osect": ("sensor", 1, 20),
    "dokodemo-prime": ("id", 5, 9_999),
    "mdr-ndr": ("annual-fee", 100_000, 9_000_000),
}


class Life:
    """A contract's entries so far, and a day that only goes on."""

    def __init__(self, service: str, first: date, draw: Callable[..., int]) -> None:
        self.service = service
        self.day = first
        self.draw = draw
        self.entries: list[Entry] = []

    def items(self) -> dict[str, int]:
        item, least, most = ITEMS[self.service]
        return {item: self.draw(least, most)}

    @property
    def inside(self) -> date:
        """Today, or the last day of a contract that is over."""
        ends = [one.on for one in entries_standing(self.entries) if isinstance(one, Ended)]
        return min([self.day, *ends])

    def moment(self) -> datetime:
        """One that no other entry has."""
        return datetime.combine(self.inside, time()) + timedelta(minutes=len(self.entries))


# What nothing else hangs on: taking back a suspension would leave its end behind.
ALONE = (Changed, Billing, Notified, TermsNoticed, Interrupted)


def _voided(life: Life) -> Entry | None:
    alone = [one.id for one in entries_standing(life.entries) if isinstance(one, ALONE)]
    return Voided(alone[life.draw(0, len(alone) - 1)]) if alone else None


MAKERS: dict[Action, Callable[[Life], Entry | None]] = {
    Action.EXPLAIN: lambda life: Explained(life.day, "田村"),
    Action.SUBMIT: lambda life: Submitted(life.day),
    Action.WITHDRAW: lambda life: Withdrawn(life.day),
    Action.ACCEPT: lambda life: Accepted(life.day, life.day + timedelta(days=life.draw(0, 20))),
    Action.REFUSE: lambda life: Refused(life.day),
    Action.REVOKE: lambda life: Revoked(life.day),
    Action.START: lambda life: Started(life.day, life.items()),
    Action.CHANGE: lambda life: Changed(life.day, life.items()),
    Action.SUSPEND: lambda life: Suspended(
        life.day, life.day + timedelta(days=life.draw(0, 99)) if life.draw(0, 1) else None
    ),
    Action.RESUME: lambda life: Resumed(life.day),
    Action.OUTAGE: lambda life: Outage(life.moment(), None, "company"),
    Action.RESTORE: lambda life: Restored(
        open_outages(life.entries, life.day)[0].id, datetime.combine(life.day, time(23, 59))
    ),
    Action.INTERRUPT: lambda life: Interrupted(life.moment()),
    Action.TRANSFER: lambda life: Transferred(life.day, "次の方", approved=life.day),
    Action.SUCCEED: lambda life: Succeeded(life.day, "承継した方"),
    Action.NOTIFY: lambda life: Notified(life.day, ("address",)),
    Action.BILLING: lambda life: (
        Billing("invoice", on=life.day) if state_on(life.entries, life.day) is not S.ENDED else None
    ),
    Action.WORKS_FEE: lambda life: WorksFee(life.draw(0, 99_999)),
    Action.PROMOTE: lambda life: Promoted(life.day),
    Action.TERMS_NOTICE: lambda life: TermsNoticed(life.day, life.day + timedelta(days=30)),
    Action.DECLINE_RENEWAL: lambda life: RenewalDeclined(life.day),
    Action.CANCEL: lambda life: Ended(life.day + timedelta(days=life.draw(0, 90))),
    Action.CANCEL_COMPANY: lambda life: Ended(life.day + timedelta(days=life.draw(0, 9)), "company"),
    Action.VOID: _voided,
}


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.sampled_from(EXAMPLES))
def test_whatever_is_permitted_can_have_happened(seed: int, code_of_service: str) -> None:
    chance = Random(seed)
    service = catalogue().service(code_of_service)
    first = date(2019, 1, 1) + timedelta(days=chance.randint(0, 3_000))
    life = Life(service.code, first, chance.randint)
    if chance.random() < 0.8:  # most lives begin with the service, so that more of it is seen
        life.entries.append(Started(life.day, life.items()))
    for _turn in range(chance.randint(1, 25)):
        state, holding = state_on(life.entries, life.day), circumstances(life.entries, life.day)
        free = [one for one in MAKERS if permitted(one, state, service, life.day, holding) is None]
        entry = MAKERS[chance.choice(free)](life) if free else None
        if entry is not None:
            life.entries.append(type(entry)(**{**_values(entry), "id": f"e{len(life.entries)}"}))
        life.day += timedelta(days=chance.randint(1, 60))
    facts = facts_among(life.entries)
    if any(isinstance(one, Started) for one in facts):
        found = check_timeline(Timeline(service.code, facts), service)
        assert [problem.what for problem in found] == []


def _values(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__struct_fields__}
