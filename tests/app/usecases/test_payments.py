"""Payments: on which bill they go, what waits, what is taken back, and what being late costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.charge.late import LATE_INTEREST
from app.charge.stored import StoredBill
from app.contract.facts import Ended, Started
from app.contract.record import StoredContract
from app.days import Month
from app.errors import Problem, UserError
from app.money import TaxKind
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_claims import claim_surcharge, withdraw_claim
from app.usecases.keep_payments import record_payment, void_payment
from app.usecases.run_month import run_month
from app.usecases.show_bills import Account, account, ageing
from tests.billing_desk import Clock, billing_desk, register, three, write
from tests.desks import provide

NOVEMBER, DECEMBER, JANUARY = Month(2026, 11), Month(2026, 12), Month(2027, 1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(data: Path, clock: Clock) -> Iterator[Desk]:
    made = billing_desk(data, clock)
    yield made
    made.storage.close()


def close(desk: Desk, month: Month) -> None:
    run = run_month(desk, month)
    close_month(desk, run.id, run.version)


def bill(desk: Desk, contract: StoredContract, month: Month) -> StoredBill:
    with desk.storage.look() as work:
        found = work.bills.bill_of(contract.id, str(month))
    assert found is not None
    return found


def opens(found: Account) -> dict[str, int]:
    """What is open on each bill, by month."""
    return {one.row.month: one.open for one in found.bills}


@pytest.fixture
def sensor(desk: Desk) -> StoredContract:
    """66,000円 a month, due at the end of the next; November and December 2026 are closed."""
    made = register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    close(desk, NOVEMBER)
    return made


def test_part_payments_leave_the_rest_open(desk: Desk, sensor: StoredContract) -> None:
    record_payment(desk, sensor.id, date(2026, 12, 1), 20_000, "transfer", note="一部")
    assert opens(account(desk, sensor.id)) == {"2026-11": 46_000}
    record_payment(desk, sensor.id, date(2026, 12, 1), 46_000, "cash")
    found = account(desk, sensor.id)
    assert (found.open, found.ahead) == (0, 0)
    assert [(one.amount, one.method, one.note) for one in found.payments] == [
        (46_000, "cash", ""), (20_000, "transfer", "一部"),
    ]  # fmt: skip


def test_one_transfer_pays_several_bills_the_oldest_first(
    desk: Desk, clock: Clock, sensor: StoredContract
) -> None:
    clock.go(2027, 1, 4)
    close(desk, DECEMBER)
    made = record_payment(desk, sensor.id, date(2027, 1, 4), 100_000, "transfer")
    assert [one.amount for one in made] == [66_000, 34_000]
    assert len({one.receipt for one in made}) == 1
    assert opens(account(desk, sensor.id)) == {"2026-11": 0, "2026-12": 32_000}


def test_a_named_bill_is_paid_before_older_ones(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    clock.go(2027, 1, 4)
    close(desk, DECEMBER)
    record_payment(desk, sensor.id, date(2027, 1, 4), 66_000, "transfer", (bill(desk, sensor, DECEMBER).id,))
    assert opens(account(desk, sensor.id)) == {"2026-11": 66_000, "2026-12": 0}


def test_too_much_waits_for_the_next_bill(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    record_payment(desk, sensor.id, date(2026, 12, 1), 76_000, "transfer")
    assert account(desk, sensor.id).ahead == 10_000
    clock.go(2027, 1, 4)
    close(desk, DECEMBER)
    found = account(desk, sensor.id)
    assert (found.ahead, opens(found)) == (0, {"2026-11": 0, "2026-12": 56_000})
    assert sum(one.amount for one in found.payments) == 76_000


def test_what_a_bill_gives_back_goes_to_the_next(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    """An end that comes late gives November and December back; there is no more bill to take it from."""
    record_payment(desk, sensor.id, date(2026, 12, 1), 66_000, "transfer")
    clock.go(2027, 1, 4)
    write(desk, sensor, Ended(date(2026, 10, 31)))
    close(desk, DECEMBER)
    found = account(desk, sensor.id)
    assert bill(desk, sensor, DECEMBER).total == -66_000
    assert (found.ahead, found.open) == (66_000, 0)
    record_payment(desk, sensor.id, date(2027, 1, 4), -66_000, "transfer", note="返金")
    assert account(desk, sensor.id).ahead == 0


@pytest.mark.parametrize(
    ("amount", "on", "field"),
    [
        (0, date(2026, 12, 1), "amount"),
        (-1, date(2026, 12, 1), "amount"),
        (10**14, date(2026, 12, 1), "amount"),
        (100, date(2026, 12, 2), "on"),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, sensor: StoredContract, amount: int, on: date, field: str
) -> None:
    with pytest.raises(UserError) as refused:
        record_payment(desk, sensor.id, on, amount, "transfer")
    assert [one.field for one in refused.value.problems] == [field]
    assert not account(desk, sensor.id).payments


def test_everything_that_is_wrong_is_told_at_once(desk: Desk, sensor: StoredContract) -> None:
    with pytest.raises(UserError) as refused:
        record_payment(desk, sensor.id, date(2030, 1, 1), 0, "transfer", ("no-such-bill",))
    assert {one.field for one in refused.value.problems} == {"amount", "on", "bill_ids"}


def test_an_open_month_takes_no_payment(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    clock.go(2027, 1, 4)
    run_month(desk, DECEMBER)
    with pytest.raises(UserError) as refused:
        record_payment(desk, sensor.id, date(2027, 1, 4), 66_000, "cash", (bill(desk, sensor, DECEMBER).id,))
    assert refused.value.code == "no-bill"


def test_a_voided_receipt_opens_all_its_bills_again(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    clock.go(2027, 1, 4)
    close(desk, DECEMBER)
    made = record_payment(desk, sensor.id, date(2027, 1, 4), 132_000, "transfer")
    void_payment(desk, sensor.id, made[0].receipt, "別のお客さまの振込")
    found = account(desk, sensor.id)
    assert opens(found) == {"2026-11": 66_000, "2026-12": 66_000}
    assert {one.voided for one in found.payments} == {"別のお客さまの振込"}
    with pytest.raises(UserError) as refused:
        void_payment(desk, sensor.id, made[0].receipt, "もう一度")
    assert refused.value.code == "no-payment"


def test_voiding_needs_a_reason(desk: Desk, sensor: StoredContract) -> None:
    made = record_payment(desk, sensor.id, date(2026, 12, 1), 66_000, "transfer")
    with pytest.raises(UserError) as refused:
        void_payment(desk, sensor.id, made[0].receipt, "  ")
    assert refused.value.problems[0].field == "why"
    assert account(desk, sensor.id).open == 0


# --- being late ------------------------------------------------------------------------------------


def paid_late(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    """November's bill, due 2026-12-31, is paid on 2027-01-30: 29 days late (the day itself not counted)."""
    clock.go(2027, 1, 30)
    close(desk, DECEMBER)
    record_payment(desk, sensor.id, date(2027, 1, 30), 66_000, "transfer", (bill(desk, sensor, NOVEMBER).id,))


def test_a_bill_paid_late_brings_interest_on_the_next_bill_once(
    desk: Desk, clock: Clock, sensor: StoredContract
) -> None:
    paid_late(desk, clock, sensor)
    clock.go(2027, 2, 1)
    run_month(desk, JANUARY)
    run_month(desk, JANUARY)
    lines = bill(desk, sensor, JANUARY).content.lines
    interest = [line for line in lines if line.item == LATE_INTEREST]
    expected = 66_000 * 145 * 29 // (1000 * 365)
    assert [(line.amount, line.tax) for line in interest] == [(expected, TaxKind.OUTSIDE)]
    assert interest[0].name == "延滞利息（2026年11月分）"
    assert "66,000円 × 14.5％ × 29日 ÷ 365日" in interest[0].why[0]
    close(desk, JANUARY)
    clock.go(2027, 3, 1)
    run_month(desk, Month(2027, 2))
    assert LATE_INTEREST not in {line.item for line in bill(desk, sensor, Month(2027, 2)).content.lines}


def test_interest_bears_no_consumption_tax(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    paid_late(desk, clock, sensor)
    run_month(desk, JANUARY)
    found = bill(desk, sensor, JANUARY)
    assert (found.net, found.tax) == (60_000, 6_000)
    assert found.exempt == 66_000 * 145 * 29 // 365_000


def test_each_part_bears_interest_for_its_own_days(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    november = bill(desk, sensor, NOVEMBER).id
    record_payment(desk, sensor.id, date(2026, 12, 1), 26_000, "transfer", (november,))
    clock.go(2027, 1, 30)
    close(desk, DECEMBER)
    record_payment(desk, sensor.id, date(2027, 1, 10), 20_000, "transfer", (november,))
    record_payment(desk, sensor.id, date(2027, 1, 30), 20_000, "transfer", (november,))
    run_month(desk, JANUARY)
    line = next(one for one in bill(desk, sensor, JANUARY).content.lines if one.item == LATE_INTEREST)
    assert line.amount == 20_000 * 145 * 9 // 365_000 + 20_000 * 145 * 29 // 365_000
    assert len(line.why) == 2


def test_within_the_days_of_grace_nothing_is_due_and_nobody_asks_again(desk: Desk, clock: Clock) -> None:
    made = register(desk, "青葉商店", "mihariban", Started(date(2026, 8, 1), {"license": 31}))
    close(desk, NOVEMBER)
    clock.go(2027, 1, 15)
    close(desk, DECEMBER)
    record_payment(desk, made.id, date(2027, 1, 15), 6_479, "transfer")
    run_month(desk, JANUARY)
    assert LATE_INTEREST not in {line.item for line in bill(desk, made, JANUARY).content.lines}
    with desk.storage.look() as work:
        assert not work.bills.paid_late([made.id])
    assert not account(desk, made.id).claims


def test_a_voided_payment_takes_its_interest_along(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    paid_late(desk, clock, sensor)
    run_month(desk, JANUARY)
    receipt = account(desk, sensor.id).payments[0].receipt
    void_payment(desk, sensor.id, receipt, "取り違え")
    assert LATE_INTEREST not in {line.item for line in bill(desk, sensor, JANUARY).content.lines}
    with desk.storage.look() as work:
        run = work.bills.run("2027-01")
        assert run is not None
        assert run.total == 66_000


def test_billed_interest_of_a_voided_payment_comes_off_the_next_bill(
    desk: Desk, clock: Clock, sensor: StoredContract
) -> None:
    paid_late(desk, clock, sensor)
    clock.go(2027, 2, 1)
    close(desk, JANUARY)
    january = bill(desk, sensor, JANUARY)
    interest = 66_000 * 145 * 29 // 365_000
    assert january.exempt == interest
    receipt = account(desk, sensor.id).payments[0].receipt
    void_payment(desk, sensor.id, receipt, "取り違え")
    assert bill(desk, sensor, JANUARY) == january
    clock.go(2027, 3, 1)
    close(desk, Month(2027, 2))
    february = bill(desk, sensor, Month(2027, 2))
    assert (february.net, february.tax, february.exempt) == (60_000, 6_000, -interest)
    (back,) = [line for line in february.content.lines if line.amount < 0]
    assert (back.name, back.tax) == ("延滞利息の取消し（2026年11月分）", TaxKind.OUTSIDE)
    assert "2027年1月分の請求に入れた延滞利息" in back.why[0]
    # Paid after all, and later still: its interest is claimed anew, for all its days.
    record_payment(desk, sensor.id, date(2027, 3, 1), 66_000, "transfer", (bill(desk, sensor, NOVEMBER).id,))
    clock.go(2027, 4, 1)
    run_month(desk, Month(2027, 3))
    march = bill(desk, sensor, Month(2027, 3))
    assert march.exempt > interest
    assert [line.item for line in march.content.lines if line.claim] == [LATE_INTEREST]


def test_a_rate_nobody_knows_yet_stops_no_run(
    desk: Desk, clock: Clock, sensor: StoredContract, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid_late(desk, clock, sensor)

    def unknown(*_arguments: object) -> None:
        raise UserError(Problem("edition-unknown", "その日の法定利率はまだ分かりません。"))

    with monkeypatch.context() as patch:
        patch.setattr("app.usecases.run_month.interest_of", unknown)
        assert run_month(desk, JANUARY).total == 66_000
    run_month(desk, JANUARY)
    assert bill(desk, sensor, JANUARY).exempt == 66_000 * 145 * 29 // 365_000


def test_interest_can_be_let_go_and_stays_so(desk: Desk, clock: Clock, sensor: StoredContract) -> None:
    paid_late(desk, clock, sensor)
    run_month(desk, JANUARY)
    [claim] = account(desk, sensor.id).claims
    withdraw_claim(desk, sensor.id, claim.id, "ほかに請求がないため免除")
    assert LATE_INTEREST not in {line.item for line in bill(desk, sensor, JANUARY).content.lines}


def test_what_has_accrued_is_shown_before_anybody_pays(
    desk: Desk, clock: Clock, sensor: StoredContract
) -> None:
    clock.go(2027, 1, 30)
    [one] = account(desk, sensor.id).bills
    assert (one.days_late, one.open) == (30, 66_000)
    assert one.interest == 66_000 * 145 * 29 // 365_000


def test_overdue_bills_are_grouped_by_age(desk: Desk, clock: Clock) -> None:
    three(desk)
    provide(desk)
    close(desk, NOVEMBER)  # due 2026-12-31
    for days, place in {1: 0, 30: 0, 31: 1, 60: 1, 61: 2, 90: 2, 91: 3, 400: 3}.items():
        on = date(2026, 12, 31) + timedelta(days=days)
        clock.go(on.year, on.month, on.day)
        groups = ageing(desk).groups
        assert [group.count for group in groups] == [3 if one == place else 0 for one in range(4)]
        assert groups[place].open == 6_479 + 66_000 + 30_800
    provide(desk, "osect")  # what providers bill themselves is not our money
    assert sum(group.open for group in ageing(desk).groups) == ageing(desk).rows[0].open == 66_000
    clock.go(2026, 12, 31)
    assert ageing(desk).rows == ()


def test_claimed_surcharge_stands_on_the_next_bill_with_its_lines(
    desk: Desk, clock: Clock, sensor: StoredContract
) -> None:
    clock.go(2027, 1, 4)
    run_month(desk, DECEMBER)
    claim = claim_surcharge(desk, sensor.id, 100_000, "センサー1台の申告漏れ", on=date(2026, 12, 20))
    lines = {line.item: line for line in bill(desk, sensor, DECEMBER).content.lines}
    assert (lines["evaded-fee"].amount, lines["surcharge"].amount) == (100_000, 200_000)
    assert lines["surcharge"].why[-1] == "センサー1台の申告漏れ"
    assert bill(desk, sensor, DECEMBER).total == 396_000
    with pytest.raises(UserError) as refused:
        claim_surcharge(desk, sensor.id, 100_000, "", on=date(2026, 12, 20))
    assert refused.value.code == "already-claimed"
    withdraw_claim(desk, sensor.id, claim.id, "確認できたため")
    assert bill(desk, sensor, DECEMBER).total == 66_000


def test_terms_without_a_surcharge_refuse_it(desk: Desk) -> None:
    made = register(desk, "年払いの会社", "mdr-ndr", Started(date(2026, 9, 1), {"annual-fee": 900_000}))
    with pytest.raises(UserError) as refused:
        claim_surcharge(desk, made.id, 1_000, "")
    assert refused.value.code == "no-rule"
