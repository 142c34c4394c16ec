"""Lines compared whole, each member of them and of their reasons: what a screen, a paper or a program reads
from a line is worked out here by hand from the terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from app.charge.lines import Line, Reason, UsedReading
from app.charge.termination import Termination, ending
from app.contract.facts import (
    AgreedUnitPrice,
    Billing,
    Changed,
    Ended,
    Outage,
    Promoted,
    Started,
    Timeline,
    WorksFee,
)
from app.money import TaxKind
from app.tariff.model import Item, Text
from tests.app.charge.timelines import at, contract, lines
from tests.shipped import catalogue

MEDIA_EDITION = date(2024, 4, 1)
PRIME_EDITION = date(2026, 5, 11)
MIHARIBAN_EDITION = date(2023, 12, 1)
MDR_EDITION = date(2023, 6, 1)
PRIME_TAX = UsedReading("dokodemo-prime", "termination-tax", "outside")


def item(service: str, code: str) -> Item:
    found = catalogue().service(service).editions[-1].item(code)
    assert found is not None
    return found


def line(one: Timeline, month: str, code: str, **choices: str) -> Line:
    (found,) = [each for each in lines(one, month, **choices) if each.item == code]
    return found


def listed(
    service: str,
    code: str,
    quantity: int,
    price: int,
    edition: date | None,
    *,
    ordered: int = 0,
    list_price: int = 0,
    options: tuple[str, ...] = (),
    parts: tuple[Reason, ...] = (),
) -> Reason:
    """The full price of a quantity by the price list: ``quantity × price``."""
    known = item(service, code)
    inputs = {
        "name": known.name,
        "quantity": quantity,
        "unit": known.unit,
        "unit_price": price,
        "ordered": ordered or quantity,
        "list_price": list_price or price,
        "options": options,
    }
    amount = quantity * price
    return Reason("unit-price", inputs, Fraction(amount), amount, known.clause, edition=edition, parts=parts)


def readings(service: str, **choices: str) -> tuple[UsedReading, ...]:
    return tuple(UsedReading(service, name.replace("_", "-"), choice) for name, choice in choices.items())


# --- full prices ------------------------------------------------------------------------------------


def test_a_tier_prices_every_unit() -> None:
    # 31 ID lie in 30〜39 (2,400円): 31 × 2,400 = 74,400
    found = line(contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 31})), "2026-07", "id")
    inputs = {
        "name": Text(ja="どこでもプライム 利用料", en="Dokodemo Prime fee"),
        "quantity": 31,
        "unit": Text(ja="ID", en="ID"),
        "unit_price": 2_400,
        "tier": (30, 39),
    }
    reason = Reason("tier-for-all", inputs, Fraction(74_400), 74_400, "別紙4", edition=PRIME_EDITION)
    assert found == Line(
        "dokodemo-prime", "id", "どこでもプライム 利用料", 74_400, reason, 31, "ID", 2_400, clause="別紙4"
    )


def test_an_agreed_price_keeps_the_list_price_beside_it() -> None:
    # 31 × 1,900 = 58,900 instead of 31 × 2,400
    agreed = AgreedUnitPrice("id", 1_900, "2年のご契約のため", "営業部長")
    one = Timeline("dokodemo-prime", (Started(date(2026, 6, 1), {"id": 31}),), agreed=(agreed,))
    inputs = {
        "name": item("dokodemo-prime", "id").name,
        "quantity": 31,
        "unit": Text(ja="ID", en="ID"),
        "unit_price": 1_900,
        "list_price": 2_400,
        "why": "2年のご契約のため",
        "approved_by": "営業部長",
    }
    reason = Reason("agreed-price", inputs, Fraction(58_900), 58_900, "1条", edition=PRIME_EDITION)
    assert line(one, "2026-07", "id") == Line(
        "dokodemo-prime", "id", "どこでもプライム 利用料", 58_900, reason, 31, "ID", 1_900, clause="1条"
    )


@pytest.mark.parametrize(
    ("code", "quantity", "list_price"),
    [("endpoint", 10, 600), ("gateway-10", 1, 9_000 - 3_000), ("gateway-50", 2, 11_000 - 3_000)],
)
def test_the_list_price_beside_an_agreed_one_is_that_of_the_options(
    code: str, quantity: int, list_price: int
) -> None:
    # 別紙4※4: without the 24-hour repair a gateway costs 3,000円 less
    started = Started(date(2025, 4, 15), {code: quantity}, {"gateway_24h": False})
    one = Timeline("media-light", (started,), agreed=(AgreedUnitPrice(code, 500, "合意", "部長"),))
    found = line(one, "2025-04", code)
    assert (found.amount, found.unit_price) == (500 * quantity, 500)
    assert found.reason.parts[0].inputs["list_price"] == list_price


@pytest.mark.parametrize(
    ("code", "quantity", "options", "expected"),
    [
        # 別紙4※2: 3 of 10 were bought, 7 × 600
        ("endpoint", 10, {"endpoint_purchased": 3}, (7, 600, 600, "free-count", 0, 3, "別紙4※2")),
        # 別紙4※4: 9,000 − 3,000
        ("gateway-10", 1, {"gateway_24h": False}, (1, 6_000, 9_000, "less", 3_000, 0, "別紙4※4")),
        # 別紙4※3: bought devices cost nothing
        ("gateway-50", 2, {"gateway_purchased": True}, (2, 0, 11_000, "free", 0, 1, "別紙4※3")),
    ],
)
def test_an_option_is_a_step_of_its_own(
    code: str,
    quantity: int,
    options: Mapping[str, int],
    expected: tuple[int, int, int, str, int, int, str],
) -> None:
    charged, price, list_price, effect, less, count, clause = expected
    (option,) = options
    known = catalogue().service("media-light").editions[-1].option(option)
    assert known is not None
    step = Reason(
        "option",
        {"name": known.name, "effect": effect, "less": less, "count": count},
        Fraction(0),
        0,
        clause,
        edition=MEDIA_EDITION,
    )
    full = listed(
        "media-light",
        code,
        charged,
        price,
        MEDIA_EDITION,
        ordered=quantity,
        list_price=list_price,
        options=(option,),
        parts=(step,),
    )
    one = contract("media-light", Started(date(2025, 4, 15), {code: quantity}, options))
    found = line(one, "2025-04", code)
    assert found.reason.parts == (full,)
    assert (found.quantity, found.unit_price, found.amount) == (charged, price, charged * price)


def test_a_year_is_paid_ahead() -> None:
    one = contract("mdr-ndr", Started(date(2026, 6, 11), {"annual-fee": 3_600_000}))
    name = Text(ja="MDR NDR 年額料金", en="MDR NDR annual fee")
    quoted = Reason(
        "quoted",
        {"name": name, "amount": 3_600_000},
        Fraction(3_600_000),
        3_600_000,
        "12条1項",
        edition=MDR_EDITION,
    )
    reason = Reason(
        "prepaid-year",
        {"first": date(2026, 6, 11), "last": date(2027, 6, 10)},
        Fraction(3_600_000),
        3_600_000,
        "10条, 12条2項",
        edition=MDR_EDITION,
        parts=(quoted,),
    )
    assert lines(one, "2026-06") == (
        Line(
            "mdr-ndr", "annual-fee", name.ja, 3_600_000, reason, 1, "年", 3_600_000, clause="12条1項"
        ),
    )  # fmt: skip


# --- parts of a month -------------------------------------------------------------------------------


def test_a_broken_month_tells_its_days_its_floor_and_what_was_full() -> None:
    # 2 × 60,000 × 21日 ÷ 30日 = 84,000
    found = line(contract("osect", Started(date(2025, 4, 10), {"sensor": 2})), "2025-04", "sensor")
    reason = Reason(
        "days-of-month",
        {
            "full": 120_000,
            "days": 21,
            "days_of_month": 30,
            "first": date(2025, 4, 10),
            "last": date(2025, 4, 30),
        },
        Fraction(84_000),
        84_000,
        "19条1項, 料金表通則",
        "料金表通則（端数処理）",
        parts=(listed("osect", "sensor", 2, 60_000, None),),
    )
    assert found == Line(
        "osect",
        "sensor",
        "OsecT 基本サービス料",
        84_000,
        reason,
        2,
        "台",
        60_000,
        clause="19条1項, 料金表通則",
    )


@pytest.mark.parametrize(
    ("choice", "rule", "amount", "more"),
    [
        ("total", "days-of-month", 247, {}),  # 3 × 190 × 13日 ÷ 30日 = 247
        # 190 × 13日 ÷ 30日 = 82.3…, 3 × 82 = 246
        ("unit", "days-of-month-each", 246, {"quantity": 3, "unit_price": 190, "each": 82}),
    ],
)
def test_rounding_down_each_unit_or_all_of_them(
    choice: str, rule: str, amount: int, more: Mapping[str, int]
) -> None:
    one = contract("mihariban", Started(date(2024, 6, 18), {"license": 3}))
    found = line(one, "2024-06", "license", rounding_unit=choice)
    inputs: dict[str, object] = {
        "full": 570,
        "days": 13,
        "days_of_month": 30,
        "first": date(2024, 6, 18),
        "last": date(2024, 6, 30),
        **more,
    }
    reason = Reason(
        rule,
        inputs,
        Fraction(247),
        amount,
        "25条, 26条1項",
        "規定なし",
        MIHARIBAN_EDITION,
        readings("mihariban", mihariban_proration="by-day", rounding_unit=choice),
        (listed("mihariban", "license", 3, 190, MIHARIBAN_EDITION),),
    )
    assert found == Line(
        "mihariban",
        "license",
        "見張り番 利用料",
        amount,
        reason,
        3,
        "ライセンス",
        190,
        clause="25条, 26条1項",
    )


def test_a_month_with_a_change_rests_on_the_clause_of_changes() -> None:
    one = contract(
        "mihariban", Started(date(2024, 1, 1), {"license": 10}), Changed(date(2024, 6, 11), {"license": 20})
    )
    before, after = lines(one, "2024-06")
    how = readings(
        "mihariban", mihariban_proration="by-day", change_day="new-quantity", rounding_unit="total"
    )
    # 10 × 190 × 10 ÷ 30 = 633.3…, 20 × 190 × 20 ÷ 30 = 2,533.3…
    for found, quantity, days, first, amount in (
        (before, 10, 10, 1, 633),
        (after, 20, 20, 11, 2_533),
    ):
        full = 190 * quantity
        assert (found.amount, found.quantity, found.clause) == (amount, quantity, "8条, 26条1項")
        assert found.reason == Reason(
            "days-of-month",
            {
                "full": full,
                "days": days,
                "days_of_month": 30,
                "first": date(2024, 6, first),
                "last": date(2024, 6, first + days - 1),
            },
            Fraction(full * days, 30),
            amount,
            "8条, 26条1項",
            "規定なし",
            MIHARIBAN_EDITION,
            how,
            (listed("mihariban", "license", quantity, 190, MIHARIBAN_EDITION),),
        )


def test_units_of_equally_many_days_keep_their_spans_and_whole_months_their_price() -> None:
    one = contract(
        "osect",
        Started(date(2025, 4, 10), {"sensor": 2}),
        Changed(date(2025, 6, 11), {"sensor": 1}),
        Changed(date(2025, 6, 21), {"sensor": 3}),
    )
    # one sensor 30 days: 60,000; one 1–10 and two 21–30: 3 × 60,000 × 10 ÷ 30 = 60,000
    added, whole, broken = lines(one, "2025-06")
    assert (added.item, added.quantity, added.amount) == ("initial-fee", 2, 500_000)
    assert added.reason == listed("osect", "initial-fee", 2, 250_000, None)
    assert (whole.quantity, whole.amount, whole.clause) == (1, 60_000, "第1表")
    assert whole.reason.inputs["quantity"] == 1
    assert (whole.reason.exact, whole.reason.amount) == (60_000, 60_000)
    full = listed("osect", "sensor", 3, 60_000, None)
    assert broken.reason.exact == 60_000
    assert broken.reason.inputs == {
        "full": 180_000,
        "days": 10,
        "days_of_month": 30,
        "first": date(2025, 6, 1),
        "last": date(2025, 6, 10),
        "spans": (
            (date(2025, 6, 1), date(2025, 6, 10)),
            (date(2025, 6, 21), date(2025, 6, 30)),
        ),
    }
    (part,) = broken.reason.parts
    assert part.inputs["quantity"] == 3
    assert (part.exact, part.amount) == (full.exact, full.amount)


def test_days_a_promotion_leaves_free_are_a_line_of_nothing() -> None:
    clause = "附則（2019年1月21日）2条1項・2項"
    one = contract("mihariban", Started(date(2019, 6, 10), {"license": 5}), Promoted(date(2019, 5, 20)))
    name = Text(ja="見張り番 利用料", en="Mihariban fee")
    inputs = {"name": name, "first": date(2019, 6, 10), "last": date(2019, 6, 30), "days": 21}
    reason = Reason("free-period", inputs, Fraction(0), 0, clause)
    assert lines(one, "2019-06") == (
        Line("mihariban", "license", name.ja, 0, reason, 5, "ライセンス", clause=clause),
    )


# --- whole months -----------------------------------------------------------------------------------


def whole(code: str, quantity: int, price: int, *used: UsedReading) -> Line:
    """A line of media in July 2025."""
    known, amount = item("media-light", code), quantity * price
    reason = Reason(
        "whole-month",
        {"month": "2025-07"},
        Fraction(amount),
        amount,
        "24条1項, 27条2項",
        "",
        MEDIA_EDITION,
        used,
        (listed("media-light", code, quantity, price, MEDIA_EDITION),),
    )
    unit = known.unit.ja
    return Line(
        "media-light", code, known.name.ja, amount, reason, quantity, unit, price, clause=known.clause
    )


def test_a_whole_month_names_the_reading_of_what_was_added_and_given_up() -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 15), {"endpoint": 10}),
        Changed(date(2025, 7, 3), {"endpoint": 4, "gateway-10": 1}),
    )
    given_up = UsedReading("media-light", "media-reduction-month", "reduced-part-free")
    added = UsedReading("media-light", "media-addition-month", "full-month")
    assert lines(one, "2025-07") == (
        whole("base", 1, 3_000),
        whole("endpoint", 4, 600, given_up),
        whole("gateway-10", 1, 9_000, added),
    )


def test_what_is_given_up_altogether_is_no_line() -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 15), {"endpoint": 10, "gateway-10": 1}),
        Changed(date(2025, 7, 3), {"endpoint": 10}),
    )
    assert lines(one, "2025-07") == (whole("base", 1, 3_000), whole("endpoint", 10, 600))


def test_what_was_added_and_given_up_again_names_both_readings() -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 15), {"endpoint": 1}),
        Changed(date(2025, 7, 3), {"endpoint": 9}),
        Changed(date(2025, 7, 20), {"endpoint": 2}),
        Changed(date(2025, 7, 25), {"endpoint": 3}),
    )
    added = UsedReading("media-light", "media-addition-month", "full-month")
    given_up = UsedReading("media-light", "media-reduction-month", "reduced-part-free")
    assert lines(one, "2025-07")[1] == whole("endpoint", 3, 600, added, given_up)


# --- fees, works, outages ---------------------------------------------------------------------------


def test_a_fee_is_its_count_at_its_price() -> None:
    one = contract(
        "mihariban",
        Started(date(2024, 1, 1), {"license": 3}),
        Billing(qualified_invoices={"2024-06": 2}),
        Billing(qualified_invoices={"2024-06": 1}, on=date(2024, 9, 1)),
    )
    name, clause = Text(ja="適格請求書発行手数料", en="Qualified invoice fee"), "24条の2, 25条の2"
    # 2 + 1 requests at 400円
    inputs = {"name": name, "quantity": 3, "unit": Text(ja="請求", en="request"), "unit_price": 400}
    reason = Reason("fee", inputs, Fraction(1_200), 1_200, clause, edition=MIHARIBAN_EDITION)
    assert line(one, "2024-06", "qualified-invoice-fee") == Line(
        "mihariban", "qualified-invoice-fee", name.ja, 1_200, reason, 3, "請求", 400, clause=clause
    )


def test_works_are_charged_as_far_as_they_were_done() -> None:
    works = WorksFee(100_000, Fraction(1, 3))
    one = contract("osect", Started(date(2025, 4, 10), {"sensor": 2}), works, Ended(date(2025, 4, 25)))
    inputs = {
        "name": Text(ja="工事費", en="Works fee"),
        "full": 100_000,
        "done": Fraction(1, 3),
    }
    reason = Reason(
        "works-share", inputs, Fraction(100_000, 3), 33_333, "20条", "料金表通則（端数処理）"
    )  # fmt: skip
    assert line(one, "2025-04", "works-fee") == Line(
        "osect", "works-fee", "工事費", 33_333, reason, 1, "式", clause="20条"
    )


OUTAGE_CLAUSE = "26条2項2号・3項, 21条2項〜4項"


def credit(full: int, day: int, amount: int) -> Reason:
    """One day of June 2024 without 見張り番."""
    return Reason(
        "outage-credit",
        {
            "full": full,
            "days": 1,
            "days_of_month": 30,
            "spans": ((date(2024, 6, day), date(2024, 6, day)),),
        },
        Fraction(-full, 30),
        amount,
        OUTAGE_CLAUSE,
        "規定なし",
        MIHARIBAN_EDITION,
        readings("mihariban", outage_rounding="credit"),
    )


def test_a_credit_over_a_change_is_a_sum() -> None:
    # 1,900 × 1 ÷ 30 = 63.3…; 3,800 × 1 ÷ 30 = 126.6…
    one = contract(
        "mihariban",
        Started(date(2024, 1, 1), {"license": 10}),
        Changed(date(2024, 6, 11), {"license": 20}),
        Outage(at("2024-06-10T00:00"), at("2024-06-12T00:00"), "company"),
    )
    parts = (credit(1_900, 10, -63), credit(3_800, 11, -126))
    reason = Reason("sum", {}, Fraction(-189), -189, OUTAGE_CLAUSE, parts=parts)
    assert line(one, "2024-06", "outage-credit") == Line(
        "mihariban", "outage-credit", "利用できなかった期間の減額", -189, reason, clause=OUTAGE_CLAUSE
    )


def test_a_fee_reduced_by_the_days_out_is_what_remains() -> None:
    # 74,400 × 29日 ÷ 31日 − 74,400 = −4,800
    out = Outage(at("2026-07-10T10:00"), at("2026-07-12T11:00"), "company")
    one = contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 31}), out)
    clause = "24条2項(2), 27条2項(4)・3項"
    reason = Reason(
        "outage-remainder",
        {
            "full": 74_400,
            "days": 2,
            "days_of_month": 31,
            "spans": ((date(2026, 7, 10), date(2026, 7, 11)),),
            "left": 29,
            "charged": 74_400,
        },
        Fraction(-4_800),
        -4_800,
        clause,
        "28条",
        PRIME_EDITION,
        readings("dokodemo-prime", outage_rounding="remainder"),
    )
    assert line(one, "2026-07", "outage-credit") == Line(
        "dokodemo-prime", "outage-credit", "利用できなかった期間の減額", -4_800, reason, clause=clause
    )


# --- ends -------------------------------------------------------------------------------------------


def fee(one: Timeline, **choices: str) -> Termination:
    chosen = catalogue().with_choices({name.replace("_", "-"): choice for name, choice in choices.items()})
    found = ending(one, chosen)
    assert found is not None
    return found


def test_ids_given_up_cost_the_months_left_at_their_old_price() -> None:
    # July 2026 is the second of 24 months: 22 × 2,400 × 22 = 1,161,600
    one = contract(
        "dokodemo-prime", Started(date(2026, 6, 2), {"id": 31}), Changed(date(2026, 7, 22), {"id": 9})
    )
    reason = Reason(
        "reduced-units-remaining-months",
        {
            "basis": 52_800,
            "months_left": 22,
            "month_number": 2,
            "term": 24,
            "quantity": 22,
            "unit": Text(ja="ID", en="ID"),
            "unit_price": 2_400,
        },
        Fraction(1_161_600),
        1_161_600,
        "別紙4※1",
        "",
        PRIME_EDITION,
        (*readings("dokodemo-prime", prime_months_left="whole-months"), PRIME_TAX),
    )
    due = Line(
        "dokodemo-prime",
        "termination-fee",
        "解約金",
        1_161_600,
        reason,
        tax=TaxKind.OUTSIDE,
        clause="別紙4※1",
    )
    assert fee(one) == Termination(1_161_600, 22, due, reason)
    assert line(one, "2026-07", "termination-fee") == due


def test_a_waived_fee_says_what_it_would_have_counted() -> None:
    end = Ended(date(2026, 7, 22), "company", "supplier-change")
    one = contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 31}), end)
    reason = Reason(
        "reduced-units-remaining-months",
        {
            "basis": 74_400,
            "months_left": 22,
            "month_number": 2,
            "term": 24,
            "quantity": 31,
            "unit": Text(ja="ID", en="ID"),
            "unit_price": 2_400,
            "waived": "supplier-change",
        },
        Fraction(0),
        0,
        "2条4項, 別紙4※1",
        "",
        PRIME_EDITION,
        (*readings("dokodemo-prime", prime_months_left="whole-months"), PRIME_TAX),
    )
    assert fee(one) == Termination(0, 22, None, reason, waived=True)


def test_media_counts_its_base_fee() -> None:
    # 15 April to 25 July: three months charged, 9 left; 3,000 × 9
    one = contract("media-light", Started(date(2025, 4, 15), {"endpoint": 10}), Ended(date(2025, 7, 25)))
    found = fee(one)
    assert found.reason == Reason(
        "base-remaining-year",
        {"basis": 3_000, "months_left": 9, "month_number": 4, "term": 12},
        Fraction(27_000),
        27_000,
        "別紙4※1",
        "",
        MEDIA_EDITION,
        readings(
            "media-light",
            media_months_left="months-not-charged",
            media_renewal_month="anniversary-month",
            media_termination_scope="base",
            termination_tax="outside",
        ),
    )


def test_using_less_of_media_costs_nothing_and_is_no_line() -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 15), {"endpoint": 10}),
        Changed(date(2025, 7, 25), {"endpoint": 4}),
    )
    found = fee(one)
    assert (found.fee, found.line, found.waived) == (0, None, False)
    assert found.reason.inputs == {"basis": 0, "months_left": 9, "month_number": 4, "term": 12}


# --- the months of a term, at their edges -----------------------------------------------------------


@pytest.mark.parametrize(("day", "left"), [(1, 12), (2, 13)])
def test_only_a_start_after_the_first_breaks_a_month(day: int, left: int) -> None:
    # the twelfth of 24 months; from the second on, the last month of the term is a broken one
    one = contract("dokodemo-prime", Started(date(2026, 6, day), {"id": 10}), Ended(date(2027, 5, 20)))
    assert fee(one, prime_months_left="calendar-months").months_left == left


def test_the_last_month_before_renewal_is_that_of_the_first_year() -> None:
    """After twelve months charged nothing is left, by the reading that only the first year has a fee too; it
    is named, as it decides."""
    one = contract("media-light", Started(date(2025, 4, 15), {"endpoint": 10}), Ended(date(2026, 4, 20)))
    names = [used.name for used in fee(one, media_fee_after_renewal="first-year").reason.readings]
    assert "media-fee-after-renewal" in names
