"""Lines compared whole, each member of them and of their reasons: what a screen, a paper or a program reads
from a line is worked out here by hand from the terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from app.charge.lines import Line, Reason, UsedReading
from app.contract.facts import (
    AgreedUnitPrice,
    Changed,
    Promoted,
    Started,
    Timeline,
)
from app.tariff.model import Item, Text
from tests.app.charge.timelines import contract, lines
from tests.shipped import catalogue

MEDIA_EDITION = date(2024, 4, 1)
PRIME_EDITION = date(2026, 5, 11)
MIHARIBAN_EDITION = date(2023, 12, 1)
MDR_EDITION = date(2023, 6, 1)


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
