"""The words of reasons: one sentence a customer can follow, and rows that lead to the amount."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from app.charge.lines import Line
from app.charge.termination import ending
from app.charge.words import line_detail, sentence, tree
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
from tests.app.charge.timelines import at, contract, lines
from tests.shipped import catalogue

PRIME = Started(date(2026, 6, 1), {"id": 31})
MEDIA = Started(date(2025, 4, 15), {"endpoint": 10})
SENSOR = Started(date(2025, 4, 10), {"sensor": 2})
LICENCES = Started(date(2024, 1, 1), {"license": 3})
OLD = Started(date(2019, 6, 10), {"license": 5})
OUT = Outage(at("2026-07-10T10:00"), at("2026-07-12T11:00"), "company")


def line(one: Timeline, month: str, item: str, **choices: str) -> Line:
    return next(found for found in reversed(lines(one, month, **choices)) if found.item == item)


@pytest.mark.parametrize(
    ("priced", "expected"),
    [
        (
            lambda: line(
                contract("dokodemo-prime", PRIME, Changed(date(2026, 7, 22), {"id": 9})), "2026-07", "id"
            ),
            "9 ID × 3,000円 × 10日 ÷ 31日 = 8,709円（別紙4※2・27条2項・3項、別紙4、1円未満切捨て）",
        ),
        (
            lambda: line(contract("dokodemo-prime", PRIME, OUT), "2026-07", "outage-credit"),
            "74,400円 × 29日 ÷ 31日 − 74,400円 = −4,800円（24条2項(2)・27条2項(4)・3項）",
        ),
        (
            lambda: line(
                contract("dokodemo-prime", PRIME, OUT), "2026-07", "outage-credit", outage_rounding="credit"
            ),
            "−（74,400円 × 2日 ÷ 31日） = −4,800円（24条2項(2)・27条2項(4)・3項）",
        ),
        (
            lambda: line(
                contract("dokodemo-prime", PRIME, Changed(date(2026, 7, 22), {"id": 9})),
                "2026-07",
                "termination-fee",
            ),
            "22 ID × 2,400円 × 残り22か月 = 1,161,600円（別紙4※1）",
        ),
        (
            lambda: line(
                contract("media-light", MEDIA, Ended(date(2025, 7, 25))), "2025-07", "termination-fee"
            ),
            "3,000円 × 残り9か月 = 27,000円（別紙4※1）",
        ),
        (
            lambda: line(
                contract("osect", SENSOR, WorksFee(100_000, Fraction(1, 3)), Ended(date(2025, 4, 20))),
                "2025-04",
                "works-fee",
            ),
            "100,000円 × 1/3 = 33,333円（20条、1円未満切捨て）",
        ),
        (
            lambda: line(
                contract("mihariban", LICENCES, Billing(qualified_invoices={"2024-05": 2})),
                "2024-05",
                "qualified-invoice-fee",
            ),
            "2件 × 400円 = 800円（24条の2・25条の2）",
        ),
        (
            lambda: line(
                contract("mihariban", Started(date(2024, 6, 18), {"license": 3})),
                "2024-06",
                "license",
                rounding_unit="unit",
            ),
            "3 × （190円 × 13日 ÷ 30日 → 82円） = 246円（25条・26条1項、25条、1円未満切捨て）",
        ),
        (
            lambda: line(
                contract("mihariban", OLD, Promoted(date(2019, 5, 20))),
                "2019-06",
                "license",
            ),
            "無料期間 21日 = 0円（附則（2019年1月21日）2条1項・2項）",
        ),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence(priced: Callable[[], Line], expected: str) -> None:
    assert sentence(priced().reason) == expected


def test_an_outage_tells_its_days() -> None:
    found = line(contract("dokodemo-prime", PRIME, OUT), "2026-07", "outage-credit")
    rows = [(row.words, row.value, row.clause) for row in tree(found.reason)]
    assert (
        "利用できなかった期間（24時間ごとに1日）  7月10日〜11日",
        "2日",
        "第24条第2項(2)、第27条第2項(4)・第3項",
    ) in rows
    assert rows[-1] == ("料金の版", "2026年5月11日実施", "")


def test_a_credit_over_a_change_is_the_sum_of_its_parts() -> None:
    out = Outage(at("2024-06-10T00:00"), at("2024-06-12T00:00"), "company")
    one = contract(
        "mihariban",
        Started(date(2024, 1, 1), {"license": 10}),
        Changed(date(2024, 6, 11), {"license": 20}),
        out,
    )
    found = line(one, "2024-06", "outage-credit")
    assert sentence(found.reason) == "−63円 + −126円 = −189円（26条2項2号・3項・21条2項〜4項）"
    assert [row.depth for row in tree(found.reason)][:3] == [0, 1, 1]


def test_the_amount_stands_last_below_the_edition() -> None:
    found = line(contract("dokodemo-prime", Started(date(2026, 12, 10), {"id": 49})), "2026-12", "id")
    rows = tree(found.reason)
    assert [row.words for row in rows[-2:]] == ["料金の版", "1円未満切捨て"]
    assert (rows[-1].value, rows[-1].strong) == ("76,503円", True)
    assert "第27条第2項・第3項：暦日数による" in [row.clause for row in rows]


AGREED = AgreedUnitPrice("id", 1_900, "2年のご契約のため", "営業部長")


def agreed_line(month: str) -> Line:
    start = Started(date(2026, 6, 11), {"id": 31})
    return line(Timeline("dokodemo-prime", (start,), agreed=(AGREED,)), month, "id")


def test_an_agreed_price_rests_on_the_agreement_and_names_the_list_price() -> None:
    found = agreed_line("2026-07")
    assert (found.clause, found.unit_price, found.amount) == ("1条", 1_900, 58_900)
    assert found.reason.inputs["list_price"] == 2_400
    assert line_detail(found) == "別段の合意：2年のご契約のため（定価2,400円）"
    assert [(row.words, row.value, row.clause) for row in tree(found.reason)][1] == (
        "別段の合意：2年のご契約のため", "承認 営業部長", "第1条：定価 2,400円 → 1,900円",
    )  # fmt: skip
    assert sentence(found.reason) == "31 ID × 1,900円 = 58,900円（1条）"


def test_a_broken_month_of_an_agreed_price_says_so_in_its_first_step() -> None:
    found = agreed_line("2026-06")
    assert tree(found.reason)[1].clause == "第1条：別段の合意（定価2,400円）"


def test_a_waived_fee_says_why() -> None:
    end = Ended(date(2027, 5, 16), "company", "supplier-change")
    found = ending(contract("dokodemo-prime", PRIME, end), catalogue())
    assert found is not None
    assert sentence(found.reason) == "31 ID × 2,400円 × 残り12か月 → 免除 = 0円（2条4項・別紙4※1）"
    assert tree(found.reason)[1].words == "契約者の責めによらない提供条件の変更のため免除"


def test_units_of_several_spans_name_them_all() -> None:
    one = contract(
        "osect", SENSOR, Changed(date(2025, 6, 11), {"sensor": 1}), Changed(date(2025, 6, 21), {"sensor": 2})
    )
    found = next(one_line for one_line in reversed(lines(one, "2025-06")) if one_line.item == "sensor")
    assert line_detail(found) == "6月1日〜10日・6月21日〜30日  120,000円 × 10日 ÷ 30日"
    assert "6月1日〜10日・6月21日〜30日" in tree(found.reason)[2].words
