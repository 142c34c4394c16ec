"""The demo's contracts: believable, possible, always the same, and one just as in the pictures."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import pytest

import main
from app.contract.facts import Ended, Started, Timeline
from app.contract.life import circumstances, state_on
from app.contract.life_table import permitted
from app.contract.record import ContractQuery, ContractState, Entry, facts_among
from app.contract.timeline_check import check_timeline
from app.days import Month
from app.papers.archived import PaperQuery
from app.usecases.check_entries import action_of, day_of
from app.usecases.desk import Desk
from app.usecases.open_contract import open_contract
from cli.demo import SEED, close_months, demo_settings, fill, fill_contracts
from cli.demo_contracts import DemoContract, Inventing, contracts
from cli.demo_papers import fill_papers
from cli.demo_people import MINORI, people
from tests.desks import NOW, new_desk
from tests.shipped import EXAMPLES, catalogue

COUNT = 400


def around(now: datetime = NOW) -> Inventing:
    persons = [MINORI, *people(COUNT * 2 // 3, 1)]
    ids = [f"customer-{place}" for place in range(len(persons))]
    return Inventing(catalogue(), demo_settings(), now, ids, persons, SEED)


@lru_cache(maxsize=1)
def invented() -> tuple[DemoContract, ...]:
    return tuple(contracts(around(), COUNT, Counter()))


def entries(one: DemoContract) -> list[Entry]:
    return [recorded.entry for recorded in one.entries]


def test_all_services_and_states_are_there() -> None:
    services = Counter(one.content.service for one in invented())
    states = Counter(one.standing.state for one in invented())
    assert set(services) == set(EXAMPLES)
    assert set(ContractState) - set(states) <= {ContractState.REVOKED}
    assert states[ContractState.ACTIVE] > COUNT // 2
    assert len({one.number for one in invented()}) == COUNT
    assert sum(len(one.notes) for one in invented()) > COUNT // 50
    kinds = {fields.kind for one in invented() for fields in one.equipment}
    assert kinds == {"gateway", "sensor", "dongle", "sim", "connector"}


def test_everything_can_have_happened() -> None:
    for one in invented():
        content, service = one.content, catalogue().service(one.content.service)
        facts = facts_among(entries(one))
        if any(isinstance(fact, Started) for fact in facts):
            timeline = Timeline(content.service, facts, content.customer_kind, content.line)
            assert [problem.what for problem in check_timeline(timeline, service)] == []
        held: list[Entry] = []
        for entry in entries(one):
            day = (entry.requested or entry.notified) if isinstance(entry, Ended) else None
            day = day or day_of(entry, NOW.date())
            state, holding = state_on(held, day), circumstances(held, day)
            assert permitted(action_of(entry), state, service, day, holding) is None, (one.number, entry)
            held.append(entry)


def test_what_was_written_down_lies_in_the_past_in_order() -> None:
    for one in invented():
        moments = [recorded.recorded_at for recorded in one.entries]
        assert moments == sorted(moments)
        assert all(moment <= NOW for moment in moments)
        assert one.created_at <= one.updated_at <= NOW


def test_lines_are_nobody_elses() -> None:
    lines = [(one.content.service, one.content.line_number) for one in invented() if one.content.line_number]
    assert len(set(lines)) == len(lines)


def test_each_is_the_same_among_fewer_and_every_time() -> None:
    again = tuple(contracts(around(), COUNT // 4, Counter()))
    assert again == invented()[: COUNT // 4]


@pytest.mark.parametrize("day", [date(2026, 5, 20), date(2024, 1, 15), date(2030, 1, 1)])
def test_other_days_have_their_demo_too(day: date) -> None:
    now = datetime.combine(day, NOW.timetz())
    for one in contracts(around(now), 60, Counter()):
        facts = facts_among(entries(one))
        started = [fact for fact in facts if isinstance(fact, Started)]
        assert all(recorded.recorded_at <= now for recorded in one.entries)
        if started:
            service = catalogue().service(one.content.service)
            assert not check_timeline(Timeline(service.code, facts), service)


def test_the_demo_is_kept_and_billed(tmp_path: Path) -> None:
    desk = new_desk(tmp_path, ready=False)
    fill_contracts(desk, main.Parts(tmp_path), fill(desk, 0), 60)
    close_months(desk)
    with desk.storage.look() as work:
        seqs = work.contracts.seqs(ContractQuery())
        rows = {row.number: row for row in work.contracts.rows(seqs)}
        runs = work.bills.runs()
        overdue, _yen = work.bills.overdue(desk.today())
    assert len(rows) == 60
    assert [run.month for run in sorted(runs, key=lambda run: run.month)] == [
        f"2026-{month:02}" for month in range(5, 11)
    ]
    assert overdue
    view = open_contract(desk, rows["C-HM1-2605-0007"].id)
    billed = {row.month: (row.net, row.tax) for row in view.months}
    assert [billed[Month(2026, month)] for month in range(5, 12)] == [
        (28_180, 2_818),
        (72_800, 7_280),
        (72_800, 7_280),
        (72_800, 7_280),
        (73_706, 7_370),
        (72_000, 7_200),
        (74_400, 7_440),
    ]
    assert view.customer.fields == MINORI
    with desk.storage.work() as work:
        number = work.numbers.next("C", "HM1", desk.today())
    assert number not in rows
    assert number.startswith("C-HM1-2611-")
    check_papers(desk)


def check_papers(desk: Desk) -> None:
    """Papers of nearly every kind, each on a day it could have gone, most of them sent, the archive whole."""
    made = fill_papers(desk, 25, SEED)
    with desk.storage.look() as work:
        papers = work.papers.rows(list(work.papers.seqs(PaperQuery())))
        assert work.papers.check() == []
    assert made == len(papers) > 18
    assert {one.kind for one in papers} >= set("ABCDEFLPSV")
    assert any(one.number == "C-HM1-2605-0007" for one in papers)
    assert all(one.customer_id and one.issued_on <= desk.today() for one in papers)
    assert any(one.sent for one in papers)


def test_people_are_many_and_the_same() -> None:
    first, again = list(people(300, 5)), list(people(300, 5))
    assert first == again
    assert len({one.name for one in first}) > 200
    assert {one.kind for one in first} == {"corporation", "sole-trader", "organisation"}
    assert all(one.phone.startswith("0") and one.kana for one in first)
