"""What an action brings about before it is confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from app.contract.beside import Equipment, EquipmentFields
from app.contract.facts import (
    Changed,
    Ended,
    Fact,
    Outage,
    RenewalDeclined,
    Started,
    Succeeded,
    Suspended,
    Timeline,
    Transferred,
    Voided,
)
from app.contract.record import ContractState
from app.days import Month
from app.usecases.consequences import Advice, Consequences
from app.usecases.preview_action import preview, with_entries
from app.usecases.what_if import bill_of, without_fee
from tests.app.charge.timelines import at, contract, items, timelines
from tests.months_made import stored
from tests.shipped import TODAY, catalogue

START = date(2026, 5, 20)
PRIME = (
    Started(on=START, items={"id": 28}, id="start"),
    Changed(on=date(2026, 9, 14), items={"id": 31}, id="more"),
)


def previewed(service: str, facts: tuple[Fact, ...], *new: Fact, closed: Month | None = None) -> Consequences:
    return preview(stored(contract(service, *facts)), catalogue(), TODAY, new, closed)


def advice(found: Consequences, code: str) -> Advice:
    return next(one for one in found.advice if one.code == code)


def test_the_change_on_the_page() -> None:
    found = previewed("dokodemo-prime", PRIME, Changed(on=date(2026, 12, 15), items={"id": 24}))
    assert found.problems == ()
    assert found.effective_on == date(2026, 12, 15)
    assert (found.before.unit_price, found.after.unit_price) == (2_400, 2_600)
    assert (found.before.amount, found.after.amount) == (74_400, 62_400)
    bills = [(str(one.month), one.before.total, one.after.total) for one in found.bills]
    assert bills == [
        ("2026-12", 81_840, 343_400),
        ("2027-01", 81_840, 68_640),
        ("2027-02", 81_840, 68_640),
    ]
    assert without_fee(found.bills[0].after, found.bills[0].month).total == 74_600
    assert found.fee is not None
    assert (found.fee.amount, found.fee.months_left, found.fee.outside_tax) == (268_800, 16, True)
    dear = advice(found, "fee-exceeds-saving")
    assert (dear.amount, dear.day, dear.month) == (58_219, date(2028, 4, 1), Month(2028, 5))
    assert "210,581円" in dear.detail
    (duty,) = found.obligations
    assert (duty.code, duty.by, duty.clause) == ("uninstall_by", date(2026, 12, 15), "37条2項")
    assert duty.what == "減る7台のツールは2026年12月15日までに削除"


def test_the_better_day_costs_nothing() -> None:
    found = previewed("dokodemo-prime", PRIME, Changed(on=date(2028, 4, 1), items={"id": 24}))
    assert found.fee is not None
    assert found.fee.amount == 0
    assert {one.code for one in found.advice} == set()


def test_more_costs_no_fee_and_a_cheaper_tier_is_named() -> None:
    found = previewed("dokodemo-prime", PRIME, Changed(on=date(2026, 12, 1), items={"id": 39}))
    assert found.fee is None
    tier = advice(found, "cheaper-tier")
    assert (tier.quantity, tier.amount) == (40, 5_600)
    assert found.obligations == ()


def test_a_late_notice_names_the_day_in_time() -> None:
    found = previewed(
        "dokodemo-prime",
        PRIME,
        Ended(on=date(2026, 11, 24), wished=date(2026, 11, 24), requested=TODAY),
    )
    late = advice(found, "notice-late")
    assert (found.in_time, late.day, late.clause) == (False, date(2026, 11, 30), "20条1項・2項")
    assert found.effective_reason is not None
    assert found.effective_reason.rule == "wished-day"
    assert found.after.state is ContractState.ENDED
    assert [(str(row.month), row.words) for row in found.months[-2:]] == [
        ("2026-12", "解約後"),
        ("2027-01", "解約後"),
    ]
    assert [(one.before.total > 0, one.after.total > 0) for one in found.bills[1:]] == [(True, False)] * 2


def test_a_year_paid_ahead_is_not_given_back() -> None:
    begun = (Started(on=date(2025, 5, 20), items={"annual-fee": 3_000_000}),)
    moved = previewed(
        "mdr-ndr", begun, Ended(on=date(2027, 1, 20), wished=date(2026, 12, 1), requested=TODAY)
    )
    assert moved.effective_reason is not None
    assert moved.effective_reason.rule == "months-of-notice"
    assert advice(moved, "notice-late").day == date(2027, 1, 20)
    assert advice(moved, "no-refund").day == date(2027, 5, 19)
    assert [str(one.month) for one in moved.bills] == ["2027-05", "2028-05", "2029-05"]
    assert {(one.code, one.by) for one in moved.obligations} == {
        ("return-connector", date(2027, 2, 20)),
        ("settle_by", date(2027, 2, 28)),
    }


@pytest.mark.parametrize(
    ("service", "amount", "ground", "day", "clause"),
    [
        ("mdr-ndr", {"annual-fee": 3_000_000}, "notice", date(2027, 1, 20), "17条1項"),
        ("mdr-ndr", {"annual-fee": 3_000_000}, "service-end", date(2027, 5, 20), "20条2項"),
        ("mihariban", {"license": 5}, "service-end", date(2027, 2, 20), "31条2項"),
    ],
)
def test_the_provider_told_late(
    service: str, amount: dict[str, int], ground: str, day: date, clause: str
) -> None:
    reason = "service-end" if ground == "service-end" else None
    begun = (Started(on=date(2025, 5, 20), items=amount),)

    def ended(on: date) -> list[tuple[date | None, str]]:
        how = {"ground": ground, "reason": reason, "notified": TODAY}
        told = previewed(service, begun, Ended(on=on, by="company", **how)).advice  # type: ignore[arg-type]
        return [(one.day, one.clause) for one in told if one.code == "notice-late"]

    assert ended(day - timedelta(days=1)) == [(day, clause)]
    assert ended(day) == []


def test_a_month_that_has_passed_and_is_open_is_the_next_bill() -> None:
    out = Outage(known_at=at("2026-10-08T09:00"), restored_at=at("2026-10-09T23:00"), cause="company")
    found = previewed("dokodemo-prime", PRIME, out)
    assert [(str(one.month), one.difference) for one in found.bills] == [
        ("2026-10", -2_640),
        ("2026-11", 0),
        ("2026-12", 0),
    ]
    closed = previewed("dokodemo-prime", PRIME, out, closed=Month(2026, 10))
    assert [str(one.month) for one in closed.bills] == ["2026-11", "2026-12", "2027-01"]
    assert [(str(one.month), one.difference) for one in closed.adjustments] == [("2026-10", -2_640)]


@pytest.mark.parametrize("reason", ["service-end", "supplier-change", "terms-change"])
def test_a_fee_the_terms_waive_stands_on_no_bill(reason: str) -> None:
    on = date(2026, 12, 31)
    days = {"requested": TODAY, "notified": TODAY, "effective": on} if reason == "terms-change" else {}
    by = "customer" if reason == "terms-change" else "company"
    end = Ended(on=on, by=by, reason=reason, wished=on, **days)  # type: ignore[arg-type]
    found = previewed("dokodemo-prime", PRIME, end)
    assert found.fee is not None
    assert (found.fee.waived, found.fee.amount) == (True, 0)
    billed = bill_of(contract("dokodemo-prime", *PRIME, end), catalogue(), Month(2026, 12)).total
    (shown,) = [row.total for row in found.months if row.month == Month(2026, 12)]
    assert found.bills[0].after.total == shown == billed == 79_200


@pytest.mark.parametrize(("ground", "clause"), [("credit", "17条2項"), ("service-end", ""), ("notice", "")])
def test_who_ends_a_year_paid_ahead_and_why_is_told(ground: str, clause: str) -> None:
    begun = (Started(on=date(2025, 5, 20), items={"annual-fee": 3_000_000}),)
    end = Ended(on=date(2027, 2, 20), by="company", ground=ground, notified=date(2026, 8, 20))
    told = advice(previewed("mdr-ndr", begun, end), "no-refund")
    assert (told.clause, told.day) == (clause, date(2027, 5, 19))


def test_a_year_used_to_its_last_day_leaves_nothing_to_give_back() -> None:
    begun = (Started(on=date(2025, 5, 20), items={"annual-fee": 3_000_000}),)
    found = previewed("mdr-ndr", begun, RenewalDeclined(on=TODAY), Ended(on=date(2027, 5, 19)))
    assert [one.code for one in found.advice] == []
    assert [one.after.total for one in found.bills] == [0, 0, 0]


def test_deadlines_of_one_kind_are_told_apart() -> None:
    begun = (*PRIME, Changed(on=date(2026, 11, 25), items={"id": 24}, id="less"))
    found = previewed("dokodemo-prime", begun, Changed(on=date(2026, 12, 15), items={"id": 22}))
    [change] = [one for one in found.deadlines if one.code == "uninstall_by"]
    assert change.before is None, "that of November stays"
    assert change.after is not None
    assert change.after.on == date(2026, 12, 15)


def test_deadlines_come_go_and_move() -> None:
    found = previewed("dokodemo-prime", PRIME, Ended(on=date(2026, 12, 10), requested=TODAY))
    changes = {one.code: (one.before is None, one.after is None) for one in found.deadlines}
    assert changes["min_term_ends"] == (False, True)
    assert changes["uninstall_by"] == (True, False)


def test_a_device_that_is_out_has_to_come_back() -> None:
    begun = stored(contract("mdr-ndr", Started(on=date(2025, 5, 20), items={"annual-fee": 3_000_000})))
    fields = EquipmentFields(kind="connector", serial="N-1", delivered_on=date(2025, 5, 18))
    device = Equipment(id="d", version=1, contract_id=begun.id, fields=fields)
    end = Ended(on=date(2027, 1, 20), requested=TODAY)
    found = preview(begun, catalogue(), TODAY, (end,), None, (device,))
    back = next(one for one in found.deadlines if one.code == "return_equipment_by")
    assert back.before is None
    assert back.after is not None
    assert (back.after.on, back.after.clause) == (date(2027, 2, 20), "8条1項")
    without = preview(begun, catalogue(), TODAY, (end,))
    assert "return_equipment_by" not in [one.code for one in without.deadlines]


def test_a_closed_month_is_told_with_the_bill_that_carries_it() -> None:
    found = previewed(
        "dokodemo-prime",
        PRIME,
        Outage(known_at=at("2026-10-08T09:00"), restored_at=at("2026-10-09T23:00"), cause="company"),
        closed=Month(2026, 10),
    )
    (adjustment,) = found.adjustments
    assert (str(adjustment.month), adjustment.before, adjustment.after) == ("2026-10", 81_840, 79_200)
    assert adjustment.carried_by == Month(2026, 11)
    assert advice(found, "closed-month").amount == -2_640
    assert [str(one.month) for one in found.bills] == ["2026-11", "2026-12", "2027-01"]


def test_open_months_need_no_adjustment() -> None:
    later = Changed(on=date(2026, 11, 1), items={"id": 40})
    found = previewed("dokodemo-prime", PRIME, later, closed=Month(2026, 10))
    assert found.adjustments == ()


def test_what_waits_is_warned_of() -> None:
    begun = (Started(on=START, items={"id": 28}),)
    succeeded = previewed("dokodemo-prime", begun, Succeeded(on=TODAY, to="株式会社あおば"))
    assert advice(succeeded, "documents-missing").clause
    suspended = previewed("dokodemo-prime", begun, Suspended(first=TODAY, ground="arrears"))
    assert advice(suspended, "not-announced").clause


def test_what_can_not_be_recorded_has_problems_and_the_present_figures() -> None:
    found = previewed(
        "mihariban", (Started(on=START, items={"license": 50}),), Changed(on=TODAY, items={"license": 51})
    )
    assert [(one.code, one.clause) for one in found.problems] == [("out-of-range", "25条※")]
    assert not found.possible
    assert found.before == found.after
    assert found.bills == ()
    transfer = previewed(
        "mihariban", (Started(on=START, items={"license": 5}),), Transferred(on=TODAY, to="あ")
    )
    assert "not-approved" in [one.code for one in transfer.problems]


def test_voiding_shows_what_comes_back() -> None:
    found = previewed("dokodemo-prime", PRIME, Voided(voids="more"), closed=Month(2026, 10))
    assert (found.before.amount, found.after.amount) == (74_400, 72_800)
    assert [str(one.month) for one in found.adjustments] == ["2026-09", "2026-10"]


def test_a_start_brings_its_first_bills() -> None:
    applied = stored(Timeline("osect", ()))
    found = preview(applied, catalogue(), TODAY, (Started(on=TODAY, items={"sensor": 1}),))
    assert [one.code for one in found.problems] == ["not-accepted"]


@trying(max_examples=40)
@given(timelines(ends=False), st.data())
def test_what_is_previewed_is_what_is_there_afterwards(one: Timeline, data: st.DataObject) -> None:
    last = one.history.states[-1].on
    on = date.fromordinal(last.toordinal() + data.draw(st.integers(1, 300)))
    what = Ended(on) if data.draw(st.booleans()) else Changed(on, data.draw(items(one.service)))
    before = stored(one)
    found = preview(before, catalogue(), last, (what,))
    if found.problems:
        return
    after = with_entries(before, (what,)).timeline
    for effect in found.bills:
        assert effect.before == bill_of(one, catalogue(), effect.month)
        assert effect.after == bill_of(after, catalogue(), effect.month)
    assert found.life is not None
    fees = sum(
        line.amount
        for line in bill_of(after, catalogue(), Month.of(on)).lines
        if line.item == "termination-fee"
    )
    if found.fee is not None:
        assert fees >= found.fee.amount


@pytest.mark.parametrize("service", ["mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr"])
def test_every_service_can_be_previewed(service: str) -> None:
    quantities = {
        "mihariban": {"license": 5},
        "media-light": {"endpoint": 5, "gateway-10": 1},
        "osect": {"sensor": 2},
        "dokodemo-prime": {"id": 28},
        "mdr-ndr": {"annual-fee": 1_000_000},
    }[service]
    found = previewed(
        service, (Started(on=START, items=quantities),), Ended(on=date(2027, 3, 10), requested=TODAY)
    )
    assert found.problems == ()
    assert found.standing is not None
    assert found.standing.ended_on == date(2027, 3, 10)
    names = {one.code for one in found.obligations}
    wanted = {
        "mihariban": set(),
        "media-light": {"return-gateway"},
        "osect": {"dispose-sim"},
        "dokodemo-prime": {"uninstall_by"},
        "mdr-ndr": {"return-connector", "settle_by"},
    }[service]
    assert names == wanted


def test_months_billed_elsewhere_are_not_adjusted() -> None:
    began = stored(contract("mihariban", Started(on=START, items={"license": 31}, id="start")))
    content = msgspec.structs.replace(began.content, billed_from="2026-09")
    imported = msgspec.structs.replace(began, content=content)
    change = Changed(on=date(2026, 8, 1), items={"license": 25})
    found = preview(imported, catalogue(), TODAY, (change,), Month(2026, 10))
    assert [(str(one.month), one.difference) for one in found.adjustments] == [
        ("2026-09", -1_254), ("2026-10", -1_254),
    ]  # fmt: skip
    assert [str(row.month) for row in found.months if row.state == "elsewhere"] == [
        "2026-05", "2026-06", "2026-07", "2026-08",
    ]  # fmt: skip
