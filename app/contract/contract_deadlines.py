"""The days to be kept for a contract, from what is recorded of it: what is next, since when, and whose move
it is.

How each day is counted is the matter of ``deadlines``; here is chosen which of them wait on a day. What has
passed is left out, but for devices that are not back yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from app.contract.beside import Equipment
from app.contract.date_reason import Grounds, grounds
from app.contract.deadlines import Deadlines, Question, deadlines
from app.contract.facts import (
    Changed,
    Ended,
    Quantities,
    RenewalDeclined,
    Started,
    TermsNoticed,
)
from app.contract.history import read_history
from app.contract.life import OVER, entries_standing, state_on
from app.contract.opening import OpeningDates, Wish, opening_date
from app.contract.record import ContractContent, ContractState, DeadlineDay, Entry, facts_among
from app.contract.steps import Accepted
from app.days import DAY, nth_period, period, period_number
from app.tariff.catalogue import Catalogue
from app.tariff.life import EquipmentRule

Whose = Literal["customer", "desk", "provider"]

_WHOSE: Final[dict[str, Whose]] = {
    "invoice_by": "provider",
    "payment_due": "customer",
    "settle_by": "customer",
    "notice_by": "customer",
    "return_equipment_by": "customer",
    "inspect_by": "customer",
    "uninstall_by": "customer",
}


class _Life(NamedTuple):
    """What the days follow from."""

    content: ContractContent
    held: Sequence[Entry]
    catalogue: Catalogue
    today: date
    state: ContractState
    start: date
    on: Grounds

    @property
    def ended(self) -> Ended | None:
        found = [one for one in self.held if type(one) is Ended]
        return min(found, key=lambda one: one.on) if found else None

    @property
    def declined(self) -> date | None:
        return min((one.on for one in self.held if type(one) is RenewalDeclined), default=None)

    def clause(self, code: str) -> str:
        """The clause of a deadline of the tariff."""
        return next((rule.clause for rule in self.on.edition.deadlines if rule.code == code), "")


def contract_deadlines(
    content: ContractContent,
    entries: Sequence[Entry],
    catalogue: Catalogue,
    today: date,
    equipment: Iterable[Equipment] = (),
) -> tuple[DeadlineDay, ...]:
    """Every day of the contract that waits on ``today``, the nearest first.

    Raises UserError ``bad-input`` for an unknown service.
    """
    held = entries_standing(entries)
    state = state_on(held, today)
    started = min((one.on for one in held if type(one) is Started), default=None)
    start = started or content.application.wished_start
    life = _Life(
        content,
        held,
        catalogue,
        today,
        state,
        start or today,
        grounds(catalogue, content.service, start or today),
    )
    found: list[DeadlineDay] = []
    if state is ContractState.ACCEPTED:
        found += _before_start(life, started)
    elif started is not None and started <= today:
        if state is not ContractState.ENDED:
            found += _running(life)
        found += _ending(life, tuple(equipment))
    elif state not in OVER and start is not None and start >= today:
        found.append(DeadlineDay(code="opening", on=start, whose="desk"))
    return tuple(sorted(found, key=lambda one: (one.on, one.code)))


# --- before the start --------------------------------------------------------------------------------------


def _before_start(life: _Life, started: date | None) -> Iterator[DeadlineDay]:
    """The start itself, and what the terms want done so many business days before it."""
    effective = max((one.effective for one in life.held if type(one) is Accepted), default=None)
    wished = started or life.content.application.wished_start or effective
    if wished is None:
        return
    rules = life.on.edition.life
    if wished >= life.today:
        clause = rules.start_clause if rules is not None else ""
        yield DeadlineDay(code="start", on=wished, whose="provider", clause=clause)
    if life.on.edition.opening is None:
        return
    dates = _opening(life.catalogue, life.content.service, wished)
    steps: tuple[tuple[str, date, Whose, str], ...] = (
        ("deliver_by", dates.delivery_due.day, "provider", dates.delivery_due.clause),
        ("install_by", dates.install_due.day, "customer", dates.install_due.clause),
        ("test_due", dates.test_due.day, "provider", dates.test_due.clause),
    )
    for code, on, whose, clause in steps:
        if on >= life.today:
            yield DeadlineDay(code=code, on=on, whose=whose, clause=clause)


@lru_cache(maxsize=4096)
def _opening(catalogue: Catalogue, service: str, desired: date) -> OpeningDates:
    return opening_date(Wish(service, desired), catalogue)


# --- while it runs -----------------------------------------------------------------------------------------


def _running(life: _Life) -> Iterator[DeadlineDay]:
    ended = life.ended
    if ended is None:
        yield from _terms(life)
        yield from _leaving_free(life)
    else:
        yield DeadlineDay(code="ended", on=ended.on, whose="desk", clause=_end_clause(life, ended))
    if life.state is ContractState.SUSPENDED or ended is not None:
        yield from _suspension(life)
    yield from _uninstalling(life)


def _end_clause(life: _Life, ended: Ended) -> str:
    edition = life.on.edition
    if ended.by == "company" and edition.life is not None:
        return edition.life.company_end.clause
    return edition.cancellation.clause if edition.cancellation is not None else ""


def _terms(life: _Life) -> Iterator[DeadlineDay]:
    """Ends of terms, renewals and what a year paid ahead asks for."""
    term = life.on.edition.term
    number = period_number(life.start, term.months, life.today) if term is not None else 1
    if term is None:
        yield from _listed(life, number)
    elif term.renewal == "open-ended":
        last = nth_period(life.start, term.months, 1).last
        if last >= life.today:
            yield DeadlineDay(code="min_term_ends", on=last, clause=term.clause)
    elif term.renewal == "yearly-in-renewal-month":
        yield from _renewal_month(life, number)
    else:
        yield from _listed(life, number)


def _renewal_month(life: _Life, number: int) -> Iterator[DeadlineDay]:
    """The month in which a yearly term can be left without a fee; it may reach into the next term."""
    term = life.on.edition.term
    assert term is not None
    for one in (number - 1, number):
        if one < 1:
            continue
        day = nth_period(life.start, term.months, one).first
        month = _counted(life.catalogue, life.content.service, life.start, day, None, None).renewal_month
        if month is not None and month.last >= life.today:
            yield DeadlineDay(code="renewal", on=month.last, since=month.first, clause=term.clause)
            return


def _listed(life: _Life, number: int) -> Iterator[DeadlineDay]:
    """The deadlines of the tariff that count from the term, as they stand in the term that runs."""
    term = life.on.edition.term
    day = nth_period(life.start, term.months, number).first if term is not None else life.start
    found = _counted(life.catalogue, life.content.service, life.start, day, None, life.declined)
    for code in ("notice_by", "invoice_by", "payment_due"):
        reason = found.dates.get(code)
        if reason is None or reason.day < life.today or (code == "notice_by" and life.declined is not None):
            continue
        yield DeadlineDay(code=code, on=reason.day, whose=_WHOSE[code], clause=reason.clause)
    if life.declined is not None and term is not None:
        last = nth_period(life.start, term.months, number).last
        yield DeadlineDay(code="term_ends", on=last, whose="desk", clause=term.clause)
    if number == 1:
        yield from _inspection(life)


def _inspection(life: _Life) -> Iterator[DeadlineDay]:
    """Work that is to be inspected is finished, at the latest, when the service begins."""
    for rule in life.on.edition.deadlines:
        if rule.code == "inspect_by" and rule.days is not None:
            on = life.start + DAY * rule.days
            if on >= life.today:
                yield DeadlineDay(code=rule.code, on=on, clause=rule.clause)


def _leaving_free(life: _Life) -> Iterator[DeadlineDay]:
    """The days between the notice of changed terms and their effect, where the terms let one leave then."""
    rules = life.on.edition.life
    if rules is None or not rules.terms_change_clause:
        return
    for one in life.held:
        if type(one) is TermsNoticed and one.effective >= life.today:
            yield DeadlineDay(
                code="leave_free_until",
                on=one.effective,
                since=one.notified,
                clause=rules.terms_change_clause,
            )


def _suspension(life: _Life) -> Iterator[DeadlineDay]:
    """The end of the suspension that runs: the day announced, or the longest the terms allow."""
    rules = life.on.edition.life
    longest = rules.suspension.longest_months if rules is not None else None
    for one in read_history(facts_among(life.held)).suspensions:
        last = one.last
        if last is None and longest is not None:
            last = period(one.first, longest).last
        if last is not None and one.first <= life.today <= last:
            clause = rules.suspension.clause if rules is not None else ""
            yield DeadlineDay(
                code="suspension_ends", on=last, since=one.first, whose="provider", clause=clause
            )


def _uninstalling(life: _Life) -> Iterator[DeadlineDay]:
    """Tools come off the devices given up by the day of the reduction or the end."""
    clause = life.clause("uninstall_by")
    if not clause:
        return
    devices = [item.code for item in life.on.edition.items if item.per_device]
    days = [one.on for one in life.held if type(one) is Ended and one.on >= life.today]
    if any(type(one) is Changed and one.on >= life.today for one in life.held):
        states = read_history(facts_among(life.held)).states
        days += [
            after.on
            for before, after in pairwise(states)
            if after.on >= life.today and _fewer(before.items, after.items, devices)
        ]
    for day in sorted(set(days)):
        yield DeadlineDay(code="uninstall_by", on=day, clause=clause)


def _fewer(before: Quantities, after: Quantities, codes: Iterable[str]) -> bool:
    return any(after.get(code, 0) < before.get(code, 0) for code in codes)


# --- the end -----------------------------------------------------------------------------------------------


def _ending(life: _Life, equipment: Sequence[Equipment]) -> Iterator[DeadlineDay]:
    """What follows the end: what is unpaid, and the devices that have to go back."""
    ended = life.ended
    if ended is None:
        return
    found = _counted(life.catalogue, life.content.service, life.start, None, ended.on, None)
    settle = found.dates.get("settle_by")
    if settle is not None and settle.day >= life.today:
        yield DeadlineDay(code="settle_by", on=settle.day, whose="customer", clause=settle.clause)
    back = found.dates.get("return_equipment_by")
    rules = life.on.edition.life
    if rules is None or not any(_goes_back(one, rules.equipment) for one in equipment):
        return
    if back is not None:
        yield DeadlineDay(code="return_equipment_by", on=back.day, whose="customer", clause=back.clause)
    else:
        rule = next(one for one in rules.equipment if one.at_end == "return")
        yield DeadlineDay(code="return_equipment_by", on=ended.on, whose="customer", clause=rule.clause)


def _goes_back(device: Equipment, rules: Sequence[EquipmentRule]) -> bool:
    """Whether a device is still out and has to go back to the provider."""
    fields = device.fields
    if fields.returned_on is not None or fields.lost or fields.removed or fields.ownership != "rental":
        return False
    return any(rule.kind == fields.kind and rule.at_end == "return" for rule in rules)


@lru_cache(maxsize=16384)
def _counted(
    catalogue: Catalogue,
    service: str,
    start: date,
    on: date | None,
    cancel: date | None,
    notified: date | None,
) -> Deadlines:
    """The days of one term; many contracts begin on the same day."""
    return deadlines(Question(service, start, on, cancel, notified), catalogue)
