"""Contracts for tests: short ways to write them, strategies that make them, and their charges."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from app.charge.engine import charge
from app.charge.lines import Line
from app.contract.facts import Billing, Changed, Ended, Fact, Outage, Started, Suspended, Timeline
from app.days import Month
from tests.shipped import catalogue

SERVICES = ("mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr")
FIRST = date(2026, 6, 1)


def at(text: str) -> datetime:
    """A time on the clock on the wall."""
    return datetime.fromisoformat(text)


def contract(service: str, *facts: Fact, **more: Any) -> Timeline:
    return Timeline(service, facts, **more)


def month_of(text: str) -> Month:
    year, number = map(int, text.split("-"))
    return Month(year, number)


def lines(one: Timeline, month: str, **choices: str) -> tuple[Line, ...]:
    chosen = catalogue().with_choices({name.replace("_", "-"): choice for name, choice in choices.items()})
    return charge(one, chosen, month_of(month))


def amounts(one: Timeline, month: str, **choices: str) -> list[tuple[str, int]]:
    return [(line.item, line.amount) for line in lines(one, month, **choices)]


def total(one: Timeline, month: str, item: str = "", **choices: str) -> int:
    return sum(line.amount for line in lines(one, month, **choices) if not item or line.item == item)


def items(service: str) -> st.SearchStrategy[dict[str, int]]:
    return {
        "mihariban": st.fixed_dictionaries({"license": st.integers(1, 50)}),
        "media-light": st.fixed_dictionaries(
            {"endpoint": st.integers(0, 99), "gateway-50": st.integers(0, 2)}
        ),
        "osect": st.fixed_dictionaries({"sensor": st.integers(1, 9)}),
        "dokodemo-prime": st.fixed_dictionaries({"id": st.integers(5, 400)}),
        "mdr-ndr": st.fixed_dictionaries({"annual-fee": st.integers(1, 9_999_999)}),
    }[service]


@st.composite
def timelines(draw: st.DrawFn, services: tuple[str, ...] = SERVICES, ends: bool = True) -> Timeline:
    """A contract of up to about a year with changes, an end, outages, suspensions and billing."""
    service = draw(st.sampled_from(services))
    start = FIRST + timedelta(days=draw(st.integers(0, 400)))
    length = draw(st.integers(0, 400))
    end = start + timedelta(days=length)
    facts: list[Fact] = [Started(start, draw(items(service)))]
    changes = draw(st.sets(st.integers(0, length), max_size=3))
    facts += [Changed(start + timedelta(days=after), draw(items(service))) for after in changes]
    if ends and draw(st.booleans()):
        facts.append(Ended(end))
    for after in draw(st.sets(st.integers(0, length), max_size=2)):
        known = datetime.combine(start + timedelta(days=after), datetime.min.time())
        known += timedelta(hours=draw(st.integers(0, 23)))
        cause = draw(st.sampled_from(("company", "gross-negligence", "third-party", "customer")))
        facts.append(Outage(known, known + timedelta(hours=draw(st.integers(0, 900))), cause))
    if draw(st.booleans()):
        facts.append(Suspended(start, end))
    if draw(st.booleans()):
        facts.append(Billing(draw(st.sampled_from(("invoice", "account-transfer"))), notice=True))
    kind = draw(st.sampled_from(("corporation", "individual")))
    return Timeline(service, tuple(facts), kind, draw(st.sampled_from(("flets", "collab", "other"))))


def months(one: Timeline, more: int = 2) -> list[str]:
    """Every month in which something can have happened, and a few after it."""
    days = [one.started.on, *(state.on for state in one.history.states)]
    if one.ended:
        days.append(one.ended.on)
    return [str(month) for month in Month.of(min(days)).until(Month.of(max(days)).plus(more))]
