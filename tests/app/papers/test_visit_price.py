"""The price on the papers of visits, beyond the ordinary."""

from __future__ import annotations

import msgspec

from app.papers.model import Stack
from app.papers.visit_words import price_table
from app.visit.order import Device, PriceByHand
from tests import visit_samples as samples


def test_a_price_by_hand_stands_with_its_reason() -> None:
    hand = PriceByHand(unit_price=7_800, reason="20台を超えるため", approved_by="森下 課長")
    many = Device(id="d", name="PC", menu=("data-migration",), data_gb="10", count=24, by_hand=hand)
    facts = samples.facts(msgspec.structs.replace(samples.content(), devices=(many,)))
    row = price_table(facts.priced, "料金").rows[2]
    assert row.cells == (Stack("データ移行", ("個別見積：20台を超えるため",)), "7,800 × 24台", 187_200)
