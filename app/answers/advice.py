"""``advice``: a larger quantity that costs less."""

from __future__ import annotations

from app.answers.contract import check_items, read_items
from app.answers.editions import nearest_priced
from app.answers.explain import day_json
from app.answers.fields import REFUSALS, Fields
from app.quote.advice import cheaper_quantity


def answer(given: Fields) -> dict[str, object]:
    """``{"cheaper"}``: the quantities with the lowest month among larger ones, or null; by today's prices."""
    service = given.service()
    items = read_items(given)
    today = given.asked.today
    edition = nearest_priced(given.asked.catalogue, service, today)
    check_items(service, given, items, today)
    given.asked.problems.raise_if_any(REFUSALS)
    found = cheaper_quantity(edition, items)
    if found is None:
        return {"cheaper": None, "edition": day_json(edition.start)}
    return {
        "cheaper": {"items": {**items, found.item: found.quantity}, "monthly_net": found.monthly_net},
        "saving": found.saving,
        "clause": found.clause,
        "edition": day_json(edition.start),
    }
