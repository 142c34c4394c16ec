"""Issued papers of the demo: of every kind that has a maker, for the contracts, bills and visits there are,
on the days on which they would have gone, most of them sent, a few voided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any, Final

from app.contract.record import ContractQuery, ContractRow, ContractState
from app.errors import UserError
from app.papers.archived import PaperQuery, PaperRow, SentHow
from app.papers.request import PaperRequest
from app.usecases.desk import Desk
from app.usecases.issue_visit_papers import issue_order, issue_report
from app.usecases.make_paper import issue_paper
from app.usecases.paper_cover import cover_for
from app.usecases.paper_deposit import deposit_defaults
from app.usecases.send_paper import send_paper
from app.usecases.void_paper import void_paper
from app.visit.order import VisitState

SHARES: Final[Mapping[str, int]] = {
    "C": 16, "B": 24, "E": 12, "A": 8, "F": 7, "S": 5, "D": 6, "P": 4, "H": 2, "T": 2, "V": 2,
}  # fmt: skip
"""How many of each kind in a hundred; the rest are papers of visits and covering letters."""

_PICTURED: Final = "-2605-0007"
_VISITS: Final = 8  # in a hundred
_COVERS: Final = 4
_ALL_KINDS: Final = 25  # so many papers have one of each kind among them
_TRIED: Final = 4  # subjects looked at for each paper wanted: some refuse
_BEFORE: Final = frozenset({ContractState.PREPARING, ContractState.SUBMITTED, ContractState.ACCEPTED})
_GOES: Final[Mapping[str, SentHow]] = {
    "B": "post", "T": "post", "S": "post", "C": "post", "F": "e-mail", "P": "post", "A": "file",
    "E": "hand", "D": "hand", "V": "e-mail", "H": "post", "L": "post",
}  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """A paper to be issued on a day."""

    on: date
    kind: str
    subject: str
    options: Mapping[str, Any]


def fill_papers(desk: Desk, count: int, seed: int) -> int:
    """Issue about ``count`` papers, the earliest first; returns how many there are. What a maker refuses is
    left out.
    """
    chance = Random(seed)  # noqa: S311 - believable data, not secrets
    wanted = {kind: count * share // 100 or int(count >= _ALL_KINDS) for kind, share in SHARES.items()}
    plans = sorted(_plans(desk, wanted, chance), key=lambda one: (one.on, one.kind))
    made: Counter[str] = Counter()
    for plan in plans:
        if made[plan.kind] >= wanted[plan.kind]:
            continue
        request = PaperRequest(kind=plan.kind, subject=plan.subject, options=dict(plan.options))
        try:
            issue_paper(_on(desk, plan.on, chance), request)
        except UserError:
            continue
        made[plan.kind] += 1
    total = sum(made.values()) + _visit_papers(desk, count * _VISITS // 100, chance)
    total += _covers(desk, count * _COVERS // 100, chance)
    _sent(desk, chance)
    return total


def _on(desk: Desk, day: date, chance: Random) -> Desk:
    """The desk at an hour of a day that is past, or now."""
    then = datetime.combine(day, time(chance.randint(9, 16), chance.randint(0, 59)), desk.now().tzinfo)
    return replace(desk, now=partial(min, then, desk.now()))


# --- what is issued ----------------------------------------------------------------------------------------


def _plans(desk: Desk, wanted: Mapping[str, int], chance: Random) -> Iterator[Planned]:
    rows = _contracts(desk)
    chance.shuffle(rows)
    rows.sort(
        key=lambda row: not row.number.endswith(_PICTURED)
    )  # the contract of the pictures has its papers
    yield from _before_the_start(desk, rows, wanted, chance)
    yield from _running(desk, rows, wanted, chance)
    yield from _over(desk, rows, wanted)
    yield from _bills(desk, rows, wanted, chance)
    yield from _comparisons(desk, rows, wanted["V"])


def _contracts(desk: Desk) -> list[ContractRow]:
    with desk.storage.look() as work:
        return work.contracts.rows(list(work.contracts.seqs(ContractQuery(sort="number"), 1_000)))


def _before_the_start(
    desk: Desk, rows: list[ContractRow], wanted: Mapping[str, int], chance: Random
) -> Iterator[Planned]:
    """Summary and application of those under way; the summary of some that run."""
    open_ones = [row for row in rows if row.state in _BEFORE]
    for row in open_ones[: wanted["A"] * _TRIED]:
        on = max(desk.today() - timedelta(days=chance.randint(0, 6)), _applied(desk, row))
        yield Planned(on, "E", row.id, {})
        yield Planned(on, "A", row.id, {})
    for row in _started(rows)[: wanted["E"] * _TRIED]:
        assert row.started_on is not None
        yield Planned(
            _recent(desk, row.started_on - timedelta(days=chance.randint(7, 20)), chance), "E", row.id, {}
        )


def _applied(desk: Desk, row: ContractRow) -> date:
    """The day somebody applied; nothing is printed about it before."""
    with desk.storage.look() as work:
        application = work.contracts.get(row.id).content.application
    received = application.received_at.date() if application.received_at is not None else None
    return max((day for day in (received, application.applied_on) if day is not None), default=desk.today())


def _started(rows: list[ContractRow]) -> list[ContractRow]:
    return [row for row in rows if row.started_on is not None and row.state is ContractState.ACTIVE]


def _recent(desk: Desk, day: date, chance: Random) -> date:
    """The day itself where it lies within half a year, else one of the last weeks."""
    if desk.today() - timedelta(days=180) <= day <= desk.today():
        return day
    return desk.today() - timedelta(days=chance.randint(1, 45))


def _running(
    desk: Desk, rows: list[ContractRow], wanted: Mapping[str, int], chance: Random
) -> Iterator[Planned]:
    """The sheets of contracts, the charges of their last month, payments, and things taken into custody."""
    started = _started(rows)
    last_month = f"{desk.today().replace(day=1) - timedelta(days=1):%Y-%m}"
    for row in started[: wanted["C"]]:
        assert row.started_on is not None
        yield Planned(_recent(desk, row.started_on, chance), "C", row.id, {})
    for row in started[: wanted["F"] * _TRIED]:
        on = desk.today().replace(day=1) + timedelta(days=chance.randint(4, 14))
        yield Planned(min(on, desk.today()), "F", row.id, {"month": last_month})
    for row in started[: wanted["P"] * _TRIED]:
        yield Planned(desk.today() - timedelta(days=chance.randint(0, 20)), "P", row.id, {"charge": False})
    for row in [one for one in started if one.service in ("media-light", "osect")][: wanted["D"]]:
        options = deposit_defaults(desk, row.id)
        on = desk.today() - timedelta(days=chance.randint(0, 30))
        options |= {"until": (on + timedelta(days=10)).isoformat()}
        if not options["items"]:
            options["items"] = [{"name": "ノートパソコン", "quantity": 1, "note": "ACアダプター、かばん"}]
        yield Planned(on, "D", row.id, options)


def _over(desk: Desk, rows: list[ContractRow], wanted: Mapping[str, int]) -> Iterator[Planned]:
    """Settlements, a few days after the end was recorded at the latest."""
    ended = [row for row in rows if row.ended_on is not None and row.started_on is not None]
    for row in ended[: wanted["S"] * _TRIED]:
        assert row.ended_on is not None
        yield Planned(min(row.ended_on + timedelta(days=5), desk.today()), "S", row.id, {})


def _bills(
    desk: Desk, rows: list[ContractRow], wanted: Mapping[str, int], chance: Random
) -> Iterator[Planned]:
    """Invoices of the last two closed months, a few days after they were closed."""
    settings, services = desk.settings(), {row.id: row.service for row in rows}
    with desk.storage.look() as work:
        runs = work.bills.runs()[:2]
        bills = [
            (run.month, bill)
            for run in runs
            for bill in work.bills.bills_of_run(run.id, 0, wanted["B"] * _TRIED)
        ]
    for month, bill in bills:
        year, number = (int(part) for part in month.split("-"))
        after = date(year + number // 12, number % 12 + 1, 1) + timedelta(days=chance.randint(3, 8))
        on = min(after, desk.today())
        accept = {"accept": ["no-address", "no-registration"]}
        if bill.total > 0:
            yield Planned(on, "B", bill.id, accept)
            role = settings.role_for(services.get(bill.contract_id, ""))
            if role.role == "provider" or role.mediator_rule:  # none in the provider's name else
                later = min(on + timedelta(days=9), desk.today())
                yield Planned(later, "T", bill.id, accept | {"fee": False})
        elif bill.total < 0:
            yield Planned(on, "H", bill.id, accept)


def _comparisons(desk: Desk, rows: list[ContractRow], wanted: int) -> Iterator[Planned]:
    """Two services side by side, for customers who have one of them."""
    services = [
        {"service": "dokodemo-prime", "items": {"id": 30}, "options": {}, "line": "flets"},
        {"service": "media-light", "items": {"endpoint": 30}, "options": {}, "line": "flets"},
    ]
    start = (desk.today() + timedelta(days=30)).replace(day=1).isoformat()
    options = {"services": services, "start": start, "months": 24}
    for row in _started(rows)[:wanted]:
        yield Planned(desk.today() - timedelta(days=2), "V", row.customer_id, options)


# --- visits, letters, and how papers went -----------------------------------------------------------------


def _visit_papers(desk: Desk, wanted: int, chance: Random) -> int:
    with desk.storage.look() as work:
        rows = work.visits.rows_between(desk.today() - timedelta(days=30), desk.today() + timedelta(days=14))
    made = 0
    for row in rows:
        if made >= wanted:
            break
        issue = issue_report if row.state is VisitState.DONE else issue_order
        try:
            issue(desk, row.id)
        except UserError:
            continue
        made += 1
    return made


def _covers(desk: Desk, wanted: int, chance: Random) -> int:
    """Letters with a contract's sheet or an invoice in them."""
    made = 0
    for row in _issued(desk, ("C", "B"))[: wanted * _TRIED]:
        if made >= wanted:
            break
        try:
            issue_paper(_on(desk, row.issued_on, chance), cover_for(desk, [row.id]))
        except UserError:
            continue
        made += 1
    return made


def _issued(desk: Desk, kinds: tuple[str, ...]) -> list[PaperRow]:
    with desk.storage.look() as work:
        return work.papers.rows(list(work.papers.seqs(PaperQuery(kinds=kinds))))


def _sent(desk: Desk, chance: Random) -> None:
    """Most papers went, each as its kind goes; one in forty was wrong and is voided, with why."""
    for row in _issued(desk, tuple(_GOES)):
        luck = chance.random()
        if luck < 1 / 40:
            void_paper(desk, row.id, chance.choice(("宛名の誤り", "お客さまのお申し出による差替え")))
        elif luck < 0.8:
            send_paper(_on(desk, row.issued_on, chance), row.id, _GOES[row.kind], row.customer)
