"""Months for all contracts: worked out in batches, closed once, put right afterwards, written to files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.charge.stored import Run, RunState
from app.contract.facts import Changed, Ended, Started
from app.days import Month
from app.errors import ConflictError, UserError
from app.usecases import run_month as running
from app.usecases.close_month import close_month, hash_of_run, refused_of
from app.usecases.desk import Desk
from app.usecases.keep_payments import closed_until
from app.usecases.keep_settings import save_settings
from app.usecases.run_month import MonthRunner, RunProgress, drop_run, run_month
from app.usecases.show_bills import bill_in_full, months
from tests.billing_desk import Clock, billing_desk, register, second_window, take_back, three, write

NOVEMBER = Month(2026, 11)
DECEMBER = Month(2026, 12)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(data: Path, clock: Clock) -> Iterator[Desk]:
    made = billing_desk(data, clock)
    yield made
    made.storage.close()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two contracts a transaction."""
    monkeypatch.setattr(running, "BATCH", 2)


def closed(desk: Desk, month: Month = NOVEMBER) -> Run:
    run = run_month(desk, month)
    return close_month(desk, run.id, run.version)


def amounts(desk: Desk, month: Month) -> dict[str, int]:
    """Total of each bill, by customer."""
    with desk.storage.look() as work:
        run = work.bills.run(str(month))
        assert run is not None
        return {row.customer: row.total for row in work.bills.rows_of_run(run.id, "", 0, 100)}


# --- running ---------------------------------------------------------------------------------------


def test_a_run_bills_every_contract_with_its_sums(desk: Desk) -> None:
    three(desk)
    register(desk, "準備中の会社", "osect")
    run = run_month(desk, NOVEMBER)
    assert (run.state, run.contracts, run.bills, run.refused) == (RunState.OPEN, 4, 3, 0)
    assert (run.net, run.tax, run.total) == (93_890, 9_389, 103_279)
    assert amounts(desk, NOVEMBER) == {
        "青葉商店": 6_479, "若葉製作所": 66_000, "紅葉会計事務所": 30_800,
    }  # fmt: skip


def test_bills_are_due_by_the_end_of_the_following_month(desk: Desk) -> None:
    contract = three(desk)[0]
    run_month(desk, NOVEMBER)
    with desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, "2026-11")
    assert bill is not None
    assert bill.due_on == date(2026, 12, 31)


def test_a_contract_that_cannot_be_charged_is_listed_and_stops_nothing(desk: Desk) -> None:
    register(desk, "昔からの会社", "mihariban", Started(date(2023, 11, 10), {"license": 3}))
    three(desk)
    run = run_month(desk, Month(2023, 11))
    assert (run.bills, run.refused, run.total) == (0, 1, 0)
    [row] = refused_of(desk, run.id)
    assert (row.customer, row.refused) == ("昔からの会社", "edition-unknown")


@pytest.mark.usefixtures("small_batches")
def test_a_stopped_run_goes_on_where_it_stopped(desk: Desk) -> None:
    three(desk)
    register(desk, "四番目", "osect", Started(date(2026, 11, 16), {"sensor": 2}))
    told: list[RunProgress] = []

    def once(progress: RunProgress) -> bool:
        told.append(progress)
        return False

    stopped = run_month(desk, NOVEMBER, once)
    assert (stopped.state, stopped.contracts) == (RunState.RUNNING, 2)
    assert [(one.done, one.contracts, one.percent) for one in told] == [(2, 4, 50)]
    run = run_month(desk, NOVEMBER)
    assert (run.id, run.state, run.contracts) == (stopped.id, RunState.OPEN, 4)
    assert len(amounts(desk, NOVEMBER)) == 4


@pytest.mark.usefixtures("small_batches")
def test_after_a_kill_the_run_is_taken_up_by_the_next_window(data: Path, clock: Clock, desk: Desk) -> None:
    three(desk)
    runner = MonthRunner(desk, NOVEMBER)
    runner.step()  # and then the power goes: nothing is told to anybody
    other = second_window(data, clock)
    run = run_month(other, NOVEMBER)
    other.storage.close()
    assert (run.contracts, run.bills, run.total) == (3, 3, 103_279)


@pytest.mark.usefixtures("small_batches")
def test_a_run_that_breaks_in_a_batch_keeps_the_batches_before_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(desk)
    runner = MonthRunner(desk, NOVEMBER)
    runner.step()
    with monkeypatch.context() as patch:
        patch.setattr(running, "put_batch", _fail)
        with pytest.raises(OSError, match="disk"):
            runner.step()
    with desk.storage.look() as work:
        run = work.bills.run("2026-11")
    assert run is not None
    assert (run.state, run.contracts) == (RunState.RUNNING, 2)
    assert run_month(desk, NOVEMBER).total == 103_279


def _fail(*_arguments: object) -> None:
    raise OSError("disk")


@pytest.mark.usefixtures("small_batches")
def test_a_contract_changed_while_the_run_goes_on_is_worked_out_again(desk: Desk) -> None:
    first = three(desk)[0]

    def meanwhile(progress: RunProgress) -> bool:
        if progress.done == 2:
            write(desk, first, Changed(date(2026, 11, 16), {"license": 1}))
        return True

    run = run_month(desk, NOVEMBER, meanwhile)
    own = 31 * 190 * 15 // 30 + 190 * 15 // 30
    assert run.net == own + 88_000
    assert amounts(desk, NOVEMBER)["青葉商店"] == own + own // 10


@pytest.mark.usefixtures("small_batches")
def test_two_windows_do_not_run_one_month_at_the_same_time(data: Path, clock: Clock, desk: Desk) -> None:
    three(desk)
    other = second_window(data, clock)
    mine, theirs = MonthRunner(desk, NOVEMBER), MonthRunner(other, NOVEMBER)
    mine.step()
    theirs.step()
    with pytest.raises(ConflictError):
        mine.step()
    other.storage.close()


def test_running_again_takes_what_is_new(desk: Desk) -> None:
    three(desk)
    before = run_month(desk, NOVEMBER)
    register(desk, "新しい会社", "osect", Started(date(2026, 11, 1), {"sensor": 1}))
    again = run_month(desk, NOVEMBER)
    assert again.bills == before.bills + 1
    assert again.net == before.net + 250_000 + 60_000


def test_a_dropped_run_leaves_nothing(desk: Desk) -> None:
    contract = three(desk)[0]
    run = run_month(desk, NOVEMBER)
    drop_run(desk, run.id)
    with desk.storage.look() as work:
        assert work.bills.run("2026-11") is None
        assert work.bills.bill_of(contract.id, "2026-11") is None
    assert months(desk).next == NOVEMBER


def test_the_run_keeps_the_readings_it_began_with(desk: Desk) -> None:
    register(desk, "青葉商店", "mihariban", Started(date(2026, 11, 16), {"license": 30}))
    with desk.storage.work() as work:
        settings = work.settings.load()
        settings.readings["mihariban-proration"] = "touched-month"
        work.settings.save(settings)
        work.commit()
    run = run_month(desk, NOVEMBER)
    assert run.readings == {"mihariban-proration": "touched-month"}
    assert run.net == 5_700


# --- closing ---------------------------------------------------------------------------------------


def test_a_closed_month_has_a_number_a_hash_and_never_changes(desk: Desk) -> None:
    contract = three(desk)[0]
    run = closed(desk)
    assert (run.state, run.number) == (RunState.CLOSED, "M-HM1-2611-0001")
    with desk.storage.look() as work:
        assert run.sha256 == hash_of_run(work, run.id)
        assert closed_until(work, contract.id) == NOVEMBER
        bill = work.bills.bill_of(contract.id, "2026-11")
    write(desk, contract, Ended(date(2026, 11, 10)))
    with pytest.raises(UserError) as refused:
        run_month(desk, NOVEMBER)
    assert refused.value.code == "month-closed"
    with pytest.raises(UserError) as kept:
        drop_run(desk, run.id)
    assert kept.value.code == "run-closed"
    with desk.storage.look() as work:
        assert work.bills.bill_of(contract.id, "2026-11") == bill
        assert hash_of_run(work, run.id) == run.sha256


def test_the_hash_covers_every_amount_and_word(desk: Desk) -> None:
    three(desk)
    run = run_month(desk, NOVEMBER)
    with desk.storage.look() as work:
        before = hash_of_run(work, run.id)
    write(desk, three(desk)[0], Changed(date(2026, 11, 30), {"license": 30}))
    run_month(desk, NOVEMBER)
    with desk.storage.look() as work:
        found = work.bills.run("2026-11")
        assert found is not None
        assert hash_of_run(work, found.id) != before


def test_closing_works_out_what_changed_since_the_run(desk: Desk) -> None:
    first = three(desk)[0]
    run = run_month(desk, NOVEMBER)
    write(desk, first, Ended(date(2026, 11, 16)))
    register(desk, "駆け込み", "osect", Started(date(2026, 11, 30), {"sensor": 1}))
    done = close_month(desk, run.id, run.version)
    assert done.net == 88_000 + 5_890 * 15 // 30 + 250_000 + 2_000
    assert sum(amounts(desk, NOVEMBER).values()) == done.total


def test_a_contract_whose_import_was_undone_is_not_billed(desk: Desk) -> None:
    first = three(desk)[0]
    run = run_month(desk, NOVEMBER)
    with desk.storage.work() as work:
        work.contracts.hide(first.id, first.version, "import:1")
        work.commit()
    done = close_month(desk, run.id, run.version)
    assert (done.bills, done.net) == (2, 88_000)


def test_closing_twice_or_from_two_windows_closes_once(data: Path, clock: Clock, desk: Desk) -> None:
    three(desk)
    run = run_month(desk, NOVEMBER)
    other = second_window(data, clock)
    done = close_month(other, run.id, run.version)
    other.storage.close()
    with pytest.raises(UserError) as refused:
        close_month(desk, run.id, run.version)
    assert refused.value.code == "month-closed"
    with desk.storage.look() as work:
        assert work.bills.run("2026-11") == done


def test_what_was_run_again_since_is_not_closed_unseen(desk: Desk) -> None:
    three(desk)
    seen = run_month(desk, NOVEMBER)
    run_month(desk, NOVEMBER)
    with pytest.raises(ConflictError):
        close_month(desk, seen.id, seen.version)


def test_months_are_closed_in_order(desk: Desk, clock: Clock) -> None:
    three(desk)
    clock.go(2027, 2, 1)
    closed(desk, NOVEMBER)
    january = run_month(desk, Month(2027, 1))
    with pytest.raises(UserError) as refused:
        close_month(desk, january.id, january.version)
    assert refused.value.code == "earlier-month-open"
    assert "2026年12月分" in str(refused.value)
    closed(desk, DECEMBER)
    january = run_month(desk, Month(2027, 1))
    assert close_month(desk, january.id, january.version).number == "M-HM1-2701-0001"
    with pytest.raises(UserError) as late:
        run_month(desk, Month(2026, 10))
    assert late.value.code == "later-month-closed"


def test_an_unfinished_or_future_month_is_not_closed(desk: Desk) -> None:
    three(desk)
    runner = MonthRunner(desk, NOVEMBER)
    runner.step()
    with pytest.raises(UserError) as unfinished:
        close_month(desk, runner.run.id, runner.run.version)
    assert unfinished.value.code == "not-run"
    drop_run(desk, runner.run.id)
    ahead = run_month(desk, Month(2027, 1))
    with pytest.raises(UserError) as future:
        close_month(desk, ahead.id, ahead.version)
    assert future.value.code == "month-not-begun"


# --- after closing ---------------------------------------------------------------------------------


def test_a_late_entry_becomes_an_adjustment_that_says_why(desk: Desk, clock: Clock) -> None:
    first = three(desk)[0]
    closed(desk)
    clock.go(2026, 12, 10)
    write(desk, first, Changed(date(2026, 11, 1), {"license": 25}))
    run = run_month(desk, DECEMBER)
    with desk.storage.look() as work:
        bill = work.bills.bill_of(first.id, "2026-12")
    assert bill is not None
    own, adjusted = bill.content.lines
    assert (own.amount, adjusted.amount, adjusted.month) == (4_750, -1_140, "2026-11")
    assert "5,890円 → 正しい額 4,750円" in adjusted.why[1]
    assert "数量・オプションの変更（2026年11月1日）（2026年12月10日に記録）" in adjusted.why[2]
    full = bill_in_full(desk, bill.id)
    assert full.lines[0].why == ("25ライセンス × 190円 = 4,750円（25条）",)
    assert full.lines[1].why == adjusted.why
    assert run.net == 4_750 - 1_140 + 88_000


def test_voiding_the_late_entry_gives_back_in_the_month_after(desk: Desk, clock: Clock) -> None:
    first = three(desk)[0]
    closed(desk)
    clock.go(2027, 1, 5)
    write(desk, first, Changed(date(2026, 11, 1), {"license": 25}))
    closed(desk, DECEMBER)
    take_back(desk, first, Changed)
    run_month(desk, Month(2027, 1))
    with desk.storage.look() as work:
        bill = work.bills.bill_of(first.id, "2027-01")
    assert bill is not None
    assert [(line.month, line.amount) for line in bill.content.lines] == [
        ("", 5_890), ("2026-11", 1_140), ("2026-12", 1_140),
    ]  # fmt: skip


def test_a_contract_recorded_after_closing_is_billed_for_the_closed_month(desk: Desk, clock: Clock) -> None:
    three(desk)
    closed(desk)
    clock.go(2026, 12, 10)
    late = register(desk, "届くのが遅れた会社", "osect", Started(date(2026, 11, 16), {"sensor": 1}))
    run_month(desk, DECEMBER)
    with desk.storage.look() as work:
        bill = work.bills.bill_of(late.id, "2026-12")
    assert bill is not None
    assert [(line.month, line.amount) for line in bill.content.lines] == [
        ("", 60_000), ("2026-11", 250_000), ("2026-11", 30_000),
    ]  # fmt: skip


def test_what_nobody_changed_is_not_looked_back_at(desk: Desk, clock: Clock) -> None:
    """Also contracts that are charged nothing in a month (a year paid ahead) are known to be unchanged."""
    yearly = register(desk, "年払いの会社", "mdr-ndr", Started(date(2026, 9, 1), {"annual-fee": 900_000}))
    three(desk)
    closed(desk)
    clock.go(2027, 1, 5)
    closed(desk, DECEMBER)
    with desk.storage.look() as work:
        assert work.bills.closed_versions([yearly.id]) == {yearly.id: yearly.version}
        assert not work.bills.closed_of([yearly.id])[yearly.id]


def test_months_offer_what_there_is_and_what_comes_next(desk: Desk, clock: Clock) -> None:
    assert months(desk).next == NOVEMBER
    three(desk)
    closed(desk)
    clock.go(2026, 12, 5)
    found = months(desk)
    assert found.next == DECEMBER
    assert [(str(month), run.state.value if run else "") for month, run in found.months] == [
        ("2026-12", ""), ("2026-11", "closed"),
    ]  # fmt: skip


@pytest.mark.parametrize(("months_after", "due"), [(0, (2026, 11, 30)), (2, (2027, 1, 31))])
def test_the_desk_sets_when_bills_are_due(desk: Desk, months_after: int, due: tuple[int, int, int]) -> None:
    contract = three(desk)[1]
    settings = desk.settings()
    company = msgspec.structs.replace(settings.company, due_months=months_after)
    save_settings(desk, msgspec.structs.replace(settings, company=company))
    run_month(desk, NOVEMBER)
    with desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, "2026-11")
    assert bill is not None
    assert bill.due_on == date(*due)
