"""Where contracts stand on a day, and lists brought to a new day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from app.contract.facts import (
    AgreedUnitPrice,
    Changed,
    Ended,
    Started,
    Suspended,
    Timeline,
    Transferred,
)
from app.contract.record import ContractContent, ContractState, Entry, Standing
from app.days import DAY
from app.errors import Problem, UserError
from app.usecases.choose_reading import choose_reading
from app.usecases.desk import Desk
from app.usecases.open_contract import open_contract
from app.usecases.record_entry import record
from app.usecases.refresh_standings import refresh_standings
from app.usecases.stand_contract import standing_of
from tests.app.charge.timelines import timelines
from tests.app.usecases.contracts import begun, customer, listed
from tests.desks import NOW, new_desk
from tests.shipped import TODAY, catalogue

START = date(2026, 5, 20)


def stands(service: str, *entries: Entry, today: date = TODAY, **more: object) -> Standing:
    known = ContractContent(service=service, **more)  # type: ignore[arg-type]
    return standing_of(known, entries, catalogue(), today)


@pytest.mark.parametrize(
    ("service", "items", "item", "quantity", "monthly", "yearly"),
    [
        ("mihariban", {"license": 15}, "license", 15, 2_850, 0),
        ("media-light", {"endpoint": 8, "gateway-10": 1}, "endpoint", 8, 16_800, 0),
        ("media-light", {"gateway-50": 2}, "gateway-50", 2, 25_000, 0),
        ("media-light", {}, "base", 1, 3_000, 0),
        ("osect", {"sensor": 2}, "sensor", 2, 120_000, 0),  # not the initial fee
        ("dokodemo-prime", {"id": 28}, "id", 28, 72_800, 0),
        ("mdr-ndr", {"annual-fee": 3_000_000}, "annual-fee", 1, 0, 3_000_000),
    ],
)
def test_quantity_and_fees(
    service: str, items: dict[str, int], item: str, quantity: int, monthly: int, yearly: int
) -> None:
    found = stands(service, Started(on=START, items=items))
    assert (found.item, found.quantity) == (item, quantity)
    assert (found.monthly_net, found.yearly_net) == (monthly, yearly)
    assert (found.state, found.started_on, found.ended_on) == (ContractState.ACTIVE, START, None)


def test_agreed_prices_go_before_the_list() -> None:
    agreed = (AgreedUnitPrice("license", 150, "長期", "所長"),)
    assert stands("mihariban", Started(on=START, items={"license": 10}), agreed=agreed).monthly_net == 1_500


def test_what_is_over_costs_nothing_and_keeps_its_quantity() -> None:
    began = Started(on=START, items={"id": 28})
    found = stands("dokodemo-prime", began, Ended(on=date(2026, 11, 1)))
    assert (found.state, found.quantity, found.monthly_net) == (ContractState.ENDED, 28, 0)
    assert (found.ended_on, found.holds_line, found.next_deadline) == (date(2026, 11, 1), False, None)


def test_a_change_to_come_counts_from_its_day() -> None:
    on = date(2026, 12, 15)
    entries = (Started(on=START, items={"id": 28}), Changed(on=on, items={"id": 31}))
    now = stands("dokodemo-prime", *entries)
    assert (now.quantity, now.recheck_on) == (28, on)
    assert stands("dokodemo-prime", *entries, today=on).quantity == 31


def test_the_line_is_held_until_an_end_is_recorded() -> None:
    began = Started(on=START, items={"id": 28})
    assert stands("dokodemo-prime", began).holds_line
    assert not stands("dokodemo-prime", began, Ended(on=date(2026, 12, 10))).holds_line
    assert not stands("mihariban", Started(on=START, items={"license": 5})).holds_line  # no such rule


def test_days_without_a_price_cost_nothing_known() -> None:
    assert stands("dokodemo-prime", Started(on=START, items={"id": 10_000})).monthly_net == 0


def test_a_new_term_is_looked_at_where_all_days_of_the_old_one_are_past() -> None:
    began = Started(on=date(2026, 6, 1), items={"annual-fee": 1})
    standing = stands("mdr-ndr", began, today=date(2027, 4, 1))
    assert (standing.deadlines, standing.recheck_on) == ((), date(2027, 6, 1))


@trying(max_examples=60)
@given(timelines(), st.integers(-30, 800), st.integers(1, 500))
def test_nothing_differs_before_the_day_it_says(timeline: Timeline, after: int, later: int) -> None:
    """``recheck_on`` may come too early, never too late."""
    known = ContractContent(service=timeline.service, customer_kind=timeline.customer, line=timeline.line)
    today = timeline.started.on + timedelta(days=after)
    now = standing_of(known, timeline.facts, catalogue(), today)
    until = today + timedelta(days=later)
    if now.recheck_on is not None:
        assert now.recheck_on > today
        until = min(until, now.recheck_on - DAY)
    then = standing_of(known, timeline.facts, catalogue(), until)
    assert _bare(then) == _bare(now)


def _bare(standing: Standing) -> object:
    return (
        standing.state,
        standing.quantity,
        standing.monthly_net,
        standing.yearly_net,
        standing.deadlines,
        standing.holds_line,
    )


# --- a new day -------------------------------------------------------------------------------------------


def on_day(desk: Desk, day: date) -> Desk:
    """The same desk on another day."""
    then = NOW.replace(year=day.year, month=day.month, day=day.day)
    return replace(desk, now=lambda: then)


def test_lists_are_brought_to_a_new_day_once(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    one = begun(desk, "dokodemo-prime", {"id": 28}, START)
    on = date(2026, 12, 15)
    one = record(desk, one.id, one.version, (Changed(on=on, items={"id": 31}), Ended(on=date(2027, 3, 1))))
    other = begun(desk, "mihariban", {"license": 5}, START)
    record(desk, other.id, other.version, (Suspended(first=on, notified=TODAY),))
    assert refresh_standings(desk) == 0
    then = on_day(desk, on)
    assert refresh_standings(then) == 2
    assert refresh_standings(then) == 0
    rows = {row.service: row for row in listed(then)}
    assert (rows["dokodemo-prime"].quantity, rows["dokodemo-prime"].monthly_net) == (31, 74_400)
    assert rows["mihariban"].state is ContractState.SUSPENDED
    last = on_day(desk, date(2027, 3, 1))
    refresh_standings(last)
    assert open_contract(last, one.id).stored.state is ContractState.ENDED
    assert open_contract(last, one.id).stored.version == one.version  # no change of anybody's


def test_a_contract_passes_to_its_new_holder_on_the_day(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    contract = begun(desk, "mihariban", {"license": 5}, START)
    heir = customer(desk, "株式会社あおば")
    on = date(2026, 12, 1)
    fact = Transferred(
        on=on,
        to="株式会社あおば",
        customer_id=heir,
        approved=TODAY,
        answers={"arrears": False, "with-line": True, "same-transferee": True},
    )
    record(desk, contract.id, contract.version, (fact,))
    refresh_standings(on_day(desk, on))
    assert open_contract(desk, contract.id).stored.customer_id == heir


def test_refreshing_can_be_stopped_after_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = new_desk(tmp_path)
    owner = customer(desk)
    for _n in range(3):
        one = begun(desk, "mihariban", {"license": 5}, START, owner=owner)
        record(desk, one.id, one.version, (Ended(on=date(2026, 12, 10)),))
    monkeypatch.setattr("app.usecases.refresh_standings.BATCH", 2)
    then = on_day(desk, date(2026, 12, 10))
    told: list[int] = []

    def stop(done: int) -> bool:
        told.append(done)
        return False

    assert refresh_standings(then, stop) == 2
    assert refresh_standings(then) == 1
    assert told == [2]


def test_another_reading_has_every_living_contract_worked_out_anew(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    one = begun(desk, "mdr-ndr", {"annual-fee": 3_000_000}, START)
    assert refresh_standings(desk) == 0
    choose_reading(desk, "ndr-notice-day", "day-before", "提供会社に確認")
    assert refresh_standings(desk) == 1
    assert refresh_standings(desk) == 0
    (row,) = listed(desk)
    assert (row.id, row.next_code, row.next_on) == (one.id, "notice_by", date(2027, 3, 18))


def test_a_contract_that_can_not_be_worked_out_waits_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path)
    begun(desk, "mihariban", {"license": 5}, START)
    begun(desk, "dokodemo-prime", {"id": 28}, START)
    choose_reading(desk, "change-day", "old-quantity", "確認")

    def broken(content: ContractContent, *rest: object) -> Standing:
        if content.service == "mihariban":
            raise UserError(Problem("tariff-file", "読めません"))
        return standing_of(content, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("app.usecases.refresh_standings.standing_of", broken)
    assert refresh_standings(desk) == 2
    assert refresh_standings(desk) == 0
    monkeypatch.undo()
    assert refresh_standings(on_day(desk, TODAY + DAY)) == 1
