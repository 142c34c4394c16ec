"""Contracts as they may come: what is ordered, when it begins, what changes, breaks down and ends."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Any, Final

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from app.answers.questions import answer_question
from app.contract.facts import Changed, Ended, Fact, Outage, Started
from app.usecases.desk import Desk
from tests.billing_desk import register
from tests.desks import JAPAN
from tests.shipped import TODAY, catalogue

EXAMPLES: Final = int(os.environ.get("AGREEMENT_EXAMPLES", "3"))
"""How many random lives each test takes; set it high to look further than the suite has time for."""

few = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # every example draws papers: no time to shrink
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

fewest = settings(few, max_examples=max(EXAMPLES // 2, 1))
"""For tests that close months of a desk of their own in every example."""

Given = dict[str, Any]

_ITEMS: Final[dict[str, st.SearchStrategy[dict[str, int]]]] = {
    "mihariban": st.builds(lambda n: {"license": n}, st.integers(1, 50)),
    "media-light": st.builds(
        lambda n, gateway: {"endpoint": n, "gateway-10": 1} if gateway else {"endpoint": n},
        st.integers(1, 200),
        st.booleans(),
    ),
    "osect": st.builds(lambda n: {"sensor": n}, st.integers(1, 20)),
    "dokodemo-prime": st.builds(lambda n: {"id": n}, st.integers(5, 300)),
    "mdr-ndr": st.builds(lambda n: {"annual-fee": n * 10_000}, st.integers(100, 900)),
}


@st.composite
def lives(draw: st.DrawFn, services: tuple[str, ...] = tuple(_ITEMS)) -> Given:
    """A contract as ``answer`` is given it, begun in the year before today."""
    service = draw(st.sampled_from(services))
    start = draw(st.dates(date(2026, 1, 5), date(2026, 9, 28)))
    given: Given = {"start": start.isoformat(), "items": draw(_ITEMS[service])}
    if service != "mdr-ndr" and draw(st.booleans()):
        on = start + timedelta(days=draw(st.integers(20, 45)))
        given["changes"] = [{"on": on.isoformat(), "items": _changed(given["items"], draw)}]
    if draw(st.booleans()):
        day = date(2026, 10, draw(st.integers(1, 20)))
        hours = draw(st.integers(5, 200))
        given["outages"] = [
            {
                "known_at": f"{day.isoformat()}T09:00",
                "restored_at": f"{(day + timedelta(hours=hours // 24)).isoformat()}T{9 + hours % 14:02}:30",
                "cause": "company",
            }
        ]
    if draw(st.booleans()):
        requested = date(2026, 11, draw(st.integers(1, 19)))
        on = requested + timedelta(days=draw(st.integers(20, 60)))
        given["cancel"] = {"on": on.isoformat(), "requested": requested.isoformat()}
    return {"service": service, "contract": given}


def _changed(items: dict[str, int], draw: st.DrawFn) -> dict[str, int]:
    first = next(iter(items))
    least = 5 if first == "id" else 1
    return {**items, first: max(least, items[first] + draw(st.integers(-20, 20)))}


def facts_of(given: Given) -> tuple[Fact, ...]:
    """The same as the facts of a stored contract."""
    contract = given["contract"]
    found: list[Fact] = [Started(date.fromisoformat(contract["start"]), contract["items"])]
    found += [Changed(date.fromisoformat(one["on"]), one["items"]) for one in contract.get("changes", ())]
    for one in contract.get("outages", ()):
        found.append(Outage(_moment(one["known_at"]), _moment(one["restored_at"]), one["cause"]))
    if "cancel" in contract:
        end = contract["cancel"]
        found.append(Ended(on=date.fromisoformat(end["on"]), requested=date.fromisoformat(end["requested"])))
    return tuple(found)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def asked(ask: str, given: Given, **more: Any) -> Given | None:
    """What ``answer`` says; None where it refuses."""
    answer = answer_question({"id": 1, "ask": ask, "given": {**given, **more}}, catalogue(), TODAY)
    found: Given | None = answer.get("answer")  # type: ignore[assignment]
    return found


def stored(desk: Desk, given: Given, name: str = "株式会社青葉野精密工業") -> str:
    """The contract at a desk; its id."""
    return register(desk, name, given["service"], *facts_of(given)).id
