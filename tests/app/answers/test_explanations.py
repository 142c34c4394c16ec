"""What answers say beyond the bare figures: reasons, clauses, editions, readings."""

from __future__ import annotations

from typing import Any

import pytest

from app.answers.questions import answer_question
from app.errors import UserError
from tests.shipped import TODAY, catalogue


def answer(kind: str, given_: dict[str, Any], **choices: str) -> Any:
    named = {name.replace("_", "-"): choice for name, choice in choices.items()}
    question = {"id": 1, "ask": kind, "given": given_}
    return answer_question(question, catalogue().with_choices(named), TODAY)["answer"]


VISIT = {
    "service": "media-light",
    "on": "2025-06-08",
    "area": "east",
    "contract": {"start": "2025-04-15", "gateway": 10},
    "work": [
        {"devices": 12, "menu": ["os-recovery"]},
        {"devices": 1, "menu": ["data-migration"], "migrate_gb": 120},
    ],
}


def test_a_visit_explains_itself() -> None:
    found = answer("visit", VISIT)
    line = next(line for line in found["lines"] if line["item"] == "data-migration")
    assert line["why"] == "1台 × 75,000円 = 75,000円（別紙5・別紙6）"
    assert line["reason"]["rule"] == "migration-band"
    assert line["reason"]["edition"] == "2024-04-01"
    assert line["detail"] == "120GB（4TBまで）、1台"
    assert found["edition"] == "2024-04-01"
    assert found["entitlement"] == {
        "year": {"from": "2025-04-15", "to": "2026-04-14"},
        "capacity": 10,
        "used_on": [],
        "applied": True,
        "left": 0,
        "clause": "別紙2※",
    }
    assert found["day"]["permitted"] is False
    assert found["day"]["why"] == "日曜日は訪問を行っていません。"


def test_other_readings_give_other_amounts() -> None:
    plain = answer("visit", {**VISIT, "work": [{"devices": 1, "menu": ["data-migration"], "migrate_gb": 60}]})
    column = answer(
        "visit",
        {**VISIT, "work": [{"devices": 1, "menu": ["data-migration"], "migrate_gb": 60}]},
        migration_volume="column",
    )
    assert (plain["net"], column["net"]) == (60_000, 75_000)
    assert plain["readings"] == {"migration-volume": "block"}
    assert column["readings"] == {"migration-volume": "column"}


def test_a_reading_that_is_none_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        catalogue().with_choices({"migration-volume": "guess"})
    assert caught.value.code == "bad-input"


def test_a_bill_shows_days_and_readings() -> None:
    given_ = {
        "service": "mihariban",
        "contract": {"start": "2024-06-18", "items": {"license": 50}},
        "months": ["2024-06", "2024-05"],
    }
    found = answer("bill", given_)
    line = found["months"]["2024-06"]["lines"][0]
    assert line["reason"]["exact"] == "12350/3"
    assert line["reason"]["inputs"]["days"] == 13
    assert line["amount"] == 4_116
    assert found["readings"] == {"mihariban-proration": "by-day", "rounding-unit": "total"}
    assert found["months"]["2024-05"]["lines"] == []
    assert answer("bill", given_, mihariban_proration="touched-month")["months"]["2024-06"]["net"] == 9_500


def test_empty_facts_are_no_facts() -> None:
    contract = {
        "start": "2024-01-01", "items": {"license": 10}, "changes": [], "cancel": None, "outages": [],
        "suspensions": [], "works_fee": None, "billing": {},
    }  # fmt: skip
    found = answer("bill", {"service": "mihariban", "contract": contract, "months": ["2024-06"]})
    assert found["months"]["2024-06"]["net"] == 1_900


def test_whole_numbers_may_be_written_with_a_point() -> None:
    from decimal import Decimal

    found = answer("business-day", {"on": "2026-09-24", "offset": Decimal("-1.0")})
    assert found["day"] == "2026-09-18"
    assert found["words"] == "2026年9月18日（金）"


def test_refused_days_say_why() -> None:
    found = answer(
        "visit-days", {"service": "media-light", "area": "west", "from": "2026-12-26", "to": "2026-12-29"}
    )
    assert found["days"] == ["2026-12-26", "2026-12-28"]
    assert [(one["day"], one["kind"]) for one in found["refused"]] == [
        ("2026-12-27", "weekday"),
        ("2026-12-29", "year-end"),
    ]


def test_an_application_names_its_grounds() -> None:
    found = answer("application", {"service": "osect", "items": {"sensor": 1}, "competitor": True})
    assert found["accepted"] is False
    assert found["clauses"] == ["6-3-7"]
    assert found["grounds"][0]["clause"] == "6条3項(7)"
    assert found["grounds"][0]["why"]


@pytest.mark.parametrize(("quantity", "clauses"), [(4, ["別紙4"]), (5, []), (9_999, []), (10_000, ["別紙4"])])
def test_a_quantity_outside_the_price_list_is_a_ground(quantity: int, clauses: list[str]) -> None:
    found = answer("application", {"service": "dokodemo-prime", "items": {"id": quantity}})
    assert found["clauses"] == clauses


def test_an_undated_edition_is_in_force_without_a_day() -> None:
    assert answer("edition", {"service": "osect", "on": "1990-01-01"}) == {
        "effective": None,
        "priced": True,
        "undated": True,
        "clause": catalogue().service("osect").editions[0].clause,
    }


def test_advice_tells_the_saving() -> None:
    found = answer("advice", {"service": "dokodemo-prime", "items": {"id": 19}})
    assert found["cheaper"] == {"items": {"id": 20}, "monthly_net": 52_000}
    assert found["saving"] == 1_200
