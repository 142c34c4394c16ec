"""Tariffs with more items than the shipped ones: fees for what is added, and several units given up at
once.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.charge.engine import charge
from app.charge.termination import Termination, ending
from app.contract.facts import AgreedUnitPrice, Billing, Changed, Ended, Started, Timeline, WorksFee
from app.tariff.model import Text
from tests.app.charge.shelf import Shelf
from tests.app.charge.timelines import amounts, contract, lines, month_of

SET_UPS = """
[[editions.items]]
code = "endpoint-set-up"
name = { ja = "端末の設定費", en = "Set-up of a device" }
unit = { ja = "端末", en = "device" }
charge = "one-off"
per_item = "endpoint"
price = 40
clause = "別紙4"

[[editions.items]]
code = "gateway-set-up"
name = { ja = "装置の設定費", en = "Set-up of a gateway" }
unit = { ja = "台", en = "device" }
charge = "one-off"
per_item = "gateway-10"
price = 700
clause = "別紙4"

[[editions.items]]
code = "base"
"""
EXTRA = """
[[editions.items]]
code = "extra"
name = { ja = "追加", en = "Extra" }
unit = { ja = "個", en = "piece" }
price = 100
clause = "別紙4"

[editions.proration]
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_only_what_is_added_is_set_up(shelf: Shelf) -> None:
    shelf.add("media-light", ('\n[[editions.items]]\ncode = "base"\n', SET_UPS))
    facts = (
        Started(date(2027, 7, 10), {"gateway-10": 1}),
        Changed(date(2027, 8, 10), {"gateway-10": 3}),
        Changed(date(2027, 9, 10), {"endpoint": 2, "gateway-10": 3}),
        Changed(date(2027, 10, 10), {"endpoint": 2, "gateway-10": 4}),
        Changed(date(2027, 11, 10), {"endpoint": 3}),
    )
    one = Timeline("media-light", facts)
    found = {
        month: [
            (line.item, line.amount)
            for line in charge(one, shelf.catalogue(), month_of(month))
            if line.item.endswith("set-up")
        ]
        for month in ("2027-07", "2027-08", "2027-09", "2027-10", "2027-11", "2027-12")
    }
    assert found == {
        "2027-07": [("gateway-set-up", 700)],
        "2027-08": [("gateway-set-up", 1_400)],
        "2027-09": [("endpoint-set-up", 80)],
        "2027-10": [("gateway-set-up", 700)],
        "2027-11": [("endpoint-set-up", 40)],
        "2027-12": [],
    }


def test_what_is_added_has_the_price_that_was_agreed() -> None:
    agreed = (AgreedUnitPrice("initial-fee", 200_000, "合意", "部長"),)
    facts = (Started(date(2025, 4, 10), {"sensor": 1}), Changed(date(2025, 6, 1), {"sensor": 3}))
    found = lines(Timeline("osect", facts, agreed=agreed), "2025-06")[0]
    assert (found.service, found.item, found.amount) == ("osect", "initial-fee", 400_000)


NOTICES = """
per = "works"
clause = "20条"

[[editions.fees]]
code = "notice-fee"
name = { ja = "通知の手数料", en = "Notice fee" }
unit = { ja = "通", en = "document" }
per = "bill"
amount = 30
clause = "20条"
"""


def test_other_fees_stand_beside_works(shelf: Shelf) -> None:
    shelf.add("osect", ('\nper = "works"\nclause = "20条"\n', NOTICES))
    start, works = Started(date(2027, 7, 1), {"sensor": 1}), WorksFee(9_000)

    def fees(month: str, *facts: Billing) -> list[tuple[str, int]]:
        one = Timeline("osect", (start, works, *facts))
        found = charge(one, shelf.catalogue(), month_of(month))
        return [(line.item, line.amount) for line in found if line.item in {"works-fee", "notice-fee"}]

    assert fees("2027-07") == [("works-fee", 9_000)]
    assert fees("2027-07", Billing("invoice")) == [("works-fee", 9_000), ("notice-fee", 30)]
    assert fees("2027-08", Billing("invoice")) == [("notice-fee", 30)]


def prime(shelf: Shelf, after: dict[str, int]) -> Termination:
    """What giving up part of 10 IDs and 3 of something else costs in the second of 24 months."""
    shelf.add("dokodemo-prime", ("\n[editions.proration]\n", EXTRA))
    facts = (
        Started(date(2027, 7, 1), {"id": 10, "extra": 3}),
        Changed(date(2027, 8, 1), after),
    )
    found = ending(Timeline("dokodemo-prime", facts), shelf.catalogue())
    assert found is not None
    return found


def test_several_items_given_up_have_no_single_product(shelf: Shelf) -> None:
    found = prime(shelf, {"id": 5, "extra": 1})
    # (5 × 2,800 + 2 × 100) × 22
    assert found.fee == 14_200 * 22
    assert found.reason.inputs == {"basis": 14_200, "months_left": 22, "month_number": 2, "term": 24}


def test_one_item_of_several_given_up_is_named(shelf: Shelf) -> None:
    found = prime(shelf, {"id": 9, "extra": 3})
    named = {"quantity": 1, "unit": Text(ja="ID", en="ID"), "unit_price": 2_800}
    assert found.reason.inputs.items() >= named.items()
    found = prime(shelf, {"id": 10, "extra": 2})
    named = {"quantity": 1, "unit": Text(ja="個", en="piece"), "unit_price": 100}
    assert found.reason.inputs.items() >= named.items()


def test_the_month_of_start_and_end_names_its_reading_and_its_clause() -> None:
    one = contract("media-light", Started(date(2025, 4, 15), {}), Ended(date(2025, 4, 25)))
    found = lines(one, "2025-04")[0]
    assert [(used.name, used.choice) for used in found.reason.readings] == [("media-same-month", "one-month")]
    assert found.reason.clause == "24条1項, 27条2項"
    assert amounts(one, "2025-04") == [("base", 3_000), ("termination-fee", 33_000)]


def test_what_the_fee_counts_is_a_reading_either_way() -> None:
    one = contract("media-light", Started(date(2025, 4, 15), {}), Ended(date(2025, 7, 25)))
    for choice in ("all", "base"):
        due = lines(one, "2025-07", media_termination_scope=choice)[-1]
        assert [used.choice for used in due.reason.readings if used.name == "media-termination-scope"] == [
            choice
        ]
