"""The months of a contract, the bar of its life, and what ending would cost."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from app.charge.engine import charge
from app.charge.lines import make_bill
from app.charge.termination import termination
from app.contract.facts import (
    Changed,
    Ended,
    Interrupted,
    Outage,
    RenewalDeclined,
    Started,
    Suspended,
    Timeline,
    Transferred,
)
from app.contract.record import ContractContent, Entry
from app.days import DayRange, Month
from app.errors import UserError
from app.usecases.close_month import close_month
from app.usecases.contract_view import LifePicture
from app.usecases.ending_curve import curve_of, ending_curve
from app.usecases.life_picture import life_picture
from app.usecases.month_rows import month_rows
from app.usecases.open_contract import lines_of_month, open_contract
from app.usecases.record_entry import record
from app.usecases.run_month import run_month
from tests.app.charge.timelines import at, contract, timelines
from tests.app.usecases.contracts import begun, bills_of
from tests.desks import new_desk
from tests.shipped import TODAY, catalogue

START = date(2026, 5, 20)
PRIME = contract("dokodemo-prime", Started(on=START, items={"id": 31}))


@trying(max_examples=80)
@given(timelines(), st.integers(-40, 500))
def test_every_row_is_the_bill_charging_makes(one: Timeline, after: int) -> None:
    today = one.started.on + timedelta(days=after)
    rows = month_rows(one, catalogue(), today, {})
    for row in rows:
        if row.refused:
            with pytest.raises(UserError):
                charge(one, catalogue(), row.month)
            continue
        bill = make_bill(charge(one, catalogue(), row.month), row.month.last)
        assert (row.net, row.tax, row.exempt, row.total) == (bill.net, bill.tax, bill.exempt, bill.total)
        assert row.words
    assert [row.month for row in rows] == sorted({row.month for row in rows})
    for month in Month.of(one.started.on).until(max(Month.of(today), Month.of(one.started.on))):
        if month not in {row.month for row in rows} and not any(row.refused for row in rows):
            assert make_bill(charge(one, catalogue(), month), month.last).total == 0


@trying(max_examples=60)
@given(timelines(), st.integers(0, 500))
def test_rows_say_what_answer_says(one: Timeline, after: int) -> None:
    rows = month_rows(one, catalogue(), one.started.on + timedelta(days=after), {})
    told = bills_of(one, [str(row.month) for row in rows])
    assert set(told) == {str(row.month) for row in rows}
    for row in rows:
        bill = told[str(row.month)]
        wanted = (bill["net"], bill["tax"], bill["exempt"], bill["total"])
        assert (row.net, row.tax, row.exempt, row.total) == wanted


@pytest.mark.parametrize(
    ("facts", "month", "words"),
    [
        ((Started(on=START, items={"license": 5}),), "2026-05", "5ライセンス・12日分・請求前"),
        ((Started(on=date(2026, 5, 1), items={"license": 5}),), "2026-05", "5ライセンス・請求前"),
        (
            (Started(on=START, items={"license": 5}), Changed(on=date(2026, 7, 1), items={"license": 6})),
            "2026-07",
            "6ライセンス・請求前",
        ),
        (
            (Started(on=START, items={"license": 5}), Ended(on=date(2026, 7, 10))),
            "2026-07",
            "5ライセンス・9日分・請求前",
        ),
        (
            (Started(on=START, items={"license": 5}), Ended(on=START)),
            "2026-05",
            "5ライセンス・1日分・請求前",
        ),
    ],
)
def test_words_of_a_month(facts: tuple[Started | Changed | Ended, ...], month: str, words: str) -> None:
    rows = month_rows(contract("mihariban", *facts), catalogue(), TODAY, {})
    assert {str(row.month): row.words for row in rows}[month] == words


def test_words_of_services_charged_otherwise() -> None:
    osect = contract("osect", Started(on=START, items={"sensor": 2}), Ended(on=date(2026, 7, 10)))
    assert month_rows(osect, catalogue(), TODAY, {})[-1].words == "2台・10日分・請求前"  # the last day counts
    media = contract("media-light", Started(on=START, items={"endpoint": 8}), Ended(on=date(2026, 7, 10)))
    last = month_rows(media, catalogue(), TODAY, {})[-1]
    assert last.words == "8端末・10日に解約・解約金・請求前"
    swapped = contract(
        "media-light",
        Started(on=START, items={"endpoint": 8}),
        Changed(on=date(2026, 7, 14), items={"endpoint": 9}),
    )
    words = {str(row.month): row.words for row in month_rows(swapped, catalogue(), TODAY, {})}
    assert words["2026-07"] == "9端末・請求前"  # the whole month
    base = contract("media-light", Started(on=START, items={}))
    assert month_rows(base, catalogue(), TODAY, {})[0].words == "基本料金のみ・請求前"
    yearly = contract("mdr-ndr", Started(on=START, items={"annual-fee": 1_200_000}))
    rows = month_rows(yearly, catalogue(), TODAY, {})
    assert [(str(row.month), row.words, row.total) for row in rows] == [
        ("2026-05", "年額・請求前", 1_320_000),
        ("2027-05", "年額・見込み", 1_320_000),
    ]


def test_a_month_without_known_prices_says_so() -> None:
    early = contract("dokodemo-prime", Started(on=date(2026, 4, 1), items={"id": 5}))
    first = month_rows(early, catalogue(), TODAY, {})[0]
    assert (first.refused, first.total) == ("edition-unknown", 0)
    assert first.words


def test_a_closed_month_keeps_its_figures_and_its_reasons(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    one = begun(desk, "dokodemo-prime", {"id": 28}, date(2026, 10, 1))
    run = run_month(desk, Month(2026, 10))
    close_month(desk, run.id, run.version)
    late = record(desk, one.id, one.version, (Changed(on=date(2026, 10, 16), items={"id": 31}),))
    view = open_contract(desk, late.id)
    october, november = view.months[:2]
    assert (october.state, october.words, october.net) == ("billed", "28 ID", 72_800)
    assert november.state == "unbilled"
    assert view.closed_until == Month(2026, 10)
    (line,) = lines_of_month(view, Month(2026, 10))
    assert (line.amount, line.quantity) == (72_800, 28)
    assert line.reason is not None
    assert line.reason.amount == 72_800
    run = run_month(desk, Month(2026, 11))
    close_month(desk, run.id, run.version)
    view = open_contract(desk, late.id)
    november = view.months[1]
    assert november.words == "31 ID・調整あり"
    lines = lines_of_month(view, Month(2026, 11))
    assert [line.reason is None for line in lines] == [False, True]
    assert lines[1].why
    assert sum(line.amount for line in lines) == november.net


# --- the bar ---------------------------------------------------------------------------------------------


def picture(service: str, *entries: Entry, today: date = TODAY) -> LifePicture:
    timeline = Timeline(service, tuple(entries))  # type: ignore[arg-type]
    return life_picture(ContractContent(service=service), entries, timeline, catalogue(), today)


def test_the_bar_of_the_contract_on_the_page() -> None:
    life = picture(
        "dokodemo-prime",
        Started(on=START, items={"id": 28}, id="a"),
        Changed(on=date(2026, 9, 14), items={"id": 31}, id="b"),
        Outage(known_at=at("2026-10-08T09:00"), restored_at=at("2026-10-09T23:00"), cause="company", id="c"),
    )
    assert [(mark.on, mark.kind, mark.words, mark.planned) for mark in life.marks] == [
        (START, "started", "開始", False),
        (date(2026, 9, 14), "changed", "増加", False),
        (date(2026, 10, 8), "outage", "障害 38時間・1日分を減額", False),
        (date(2028, 4, 1), "fee-zero", "解約金が0円になる日", True),
        (date(2028, 5, 19), "deadline", "満了", True),
    ]
    assert [(one.first, one.words) for one in life.segments] == [
        (START, "28 ID"),
        (date(2026, 9, 14), "31 ID"),
    ]
    assert (life.term_end, life.term_words, life.months_left) == (
        date(2028, 5, 19),
        "最低契約期間 24か月",
        17,
    )
    assert life.first <= START
    assert life.last > date(2028, 5, 19)


def test_what_was_suspended_is_cut_out_of_its_quantity() -> None:
    life = picture(
        "mihariban",
        Started(on=START, items={"license": 5}),
        Suspended(first=date(2026, 7, 1), last=date(2026, 7, 31)),
        Ended(on=date(2026, 9, 1)),
    )
    assert [(one.first, one.last, one.suspended) for one in life.segments] == [
        (START, date(2026, 6, 30), False),
        (date(2026, 7, 1), date(2026, 7, 31), True),
        (date(2026, 8, 1), date(2026, 9, 1), False),
    ]
    assert life.marks[-1].kind == "ended"


def test_every_kind_of_entry_has_its_mark() -> None:
    life = picture(
        "mihariban",
        Started(on=START, items={"license": 5}),
        Changed(on=date(2026, 6, 1), items={"license": 4}),
        Interrupted(since=at("2026-06-10T01:00")),
        Outage(known_at=at("2026-06-12T01:00"), restored_at=None, cause="company"),
        Transferred(on=date(2026, 6, 20), to="株式会社あおば"),
    )
    assert [mark.words for mark in life.marks] == ["開始", "減少", "提供中止", "障害 継続中", "譲渡"]


def test_what_can_be_left_when() -> None:
    media = picture("media-light", Started(on=date(2025, 5, 20), items={"endpoint": 5}))
    assert media.renewal == DayRange(date(2027, 5, 1), date(2027, 5, 31))
    mdr = picture("mdr-ndr", Started(on=date(2025, 5, 20), items={"annual-fee": 10}))
    assert mdr.renewal == DayRange(date(2027, 3, 19), date(2027, 5, 19))
    assert picture("mihariban", Started(on=START, items={"license": 5})).renewal is None
    declined = picture(
        "mdr-ndr",
        Started(on=date(2025, 5, 20), items={"annual-fee": 10}),
        RenewalDeclined(on=date(2026, 11, 1)),
    )
    assert declined.term_end == date(2027, 5, 19)


def test_before_the_start_there_is_only_the_wish() -> None:
    empty = ContractContent(service="osect")
    life = life_picture(empty, (), None, catalogue(), TODAY)
    assert (life.segments, life.marks, life.start) == ((), (), None)


# --- ending ----------------------------------------------------------------------------------------------


def test_the_curve_of_the_contract_on_the_page() -> None:
    changed = Timeline(
        "dokodemo-prime",
        (Started(on=START, items={"id": 28}), Changed(on=date(2026, 9, 14), items={"id": 31})),
    )
    curve = curve_of(changed, catalogue(), TODAY)
    assert (curve.earliest.on, curve.earliest.fee) == (date(2026, 11, 30), 1_264_800)
    assert curve.next_step is not None
    assert (curve.next_step.on, curve.next_step.fee) == (date(2026, 12, 1), 1_190_400)
    assert curve.free_from is not None
    assert (curve.free_from.on, curve.free_from.fee) == (date(2028, 4, 1), 0)
    assert curve.same_net == 1_190_400
    assert curve.outside_tax
    assert [used.name for used in curve.moving] == ["prime-months-left", "termination-tax"]
    assert curve.reason is not None
    assert curve.reason.amount == 1_264_800


@trying(max_examples=40)
@given(timelines(ends=False))
def test_fees_of_the_curve_are_those_of_the_terms(one: Timeline) -> None:
    today = one.history.states[-1].on
    curve = curve_of(one, catalogue(), today)
    for point in curve.points[:6]:
        leaving = termination(one, catalogue(), point.on)
        assert point.fee == (leaving.fee if leaving is not None else 0)
        assert point.total >= point.fee
    assert all(earlier.on < later.on for earlier, later in pairwise(curve.points))
    if curve.free_from is not None:
        assert curve.free_from.fee == 0


def test_with_tax_on_the_fee_the_curve_has_it() -> None:
    taxed = catalogue().with_choices({"termination-tax": "taxed"})
    curve = curve_of(PRIME, taxed, TODAY)
    assert not curve.outside_tax
    assert curve.earliest.fee == 1_264_800 * 11 // 10


def test_services_without_a_fee_have_a_curve_of_what_is_paid() -> None:
    one = contract("mihariban", Started(on=START, items={"license": 5}))
    curve = curve_of(one, catalogue(), TODAY)
    assert not curve.has_fee
    assert {point.fee for point in curve.points} == {0}
    assert (curve.earliest.on, curve.free_from, curve.next_step) == (TODAY, None, None)


def test_a_contract_that_ends_has_no_curve(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    one = begun(desk, "mihariban", {"license": 5}, START)
    assert ending_curve(open_contract(desk, one.id)) is not None
    record(desk, one.id, one.version, (Ended(on=date(2026, 12, 10)),))
    assert ending_curve(open_contract(desk, one.id)) is None
