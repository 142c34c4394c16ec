"""``visit-days``: the days of a span on which a service visits."""

from __future__ import annotations

from app.answers.explain import day_json
from app.answers.fields import REFUSALS, Fields
from app.answers.visit import area_of
from app.days import DayRange
from app.visit.days import hours, refusal, visit_rules
from app.words import _

MOST_DAYS = 3_700  # ten years


def answer(given: Fields) -> dict[str, object]:
    """``{"days"}``, with every other day of the span and why nobody comes."""
    service = given.service()
    area = area_of(given)
    span = DayRange(given.day("from"), given.day("to"))
    if span.last < span.first:
        given.refuse("to", _("期間の終わりが始まりより前です。"))
    elif len(span) > MOST_DAYS:
        given.refuse("to", _("期間は10年までです。"))
    given.asked.problems.raise_if_any(REFUSALS)
    catalogue = given.asked.catalogue
    rules = visit_rules(catalogue, service, span.first)
    found = {day: refusal(catalogue, service, area, day) for day in span}
    open_hours = hours(catalogue, service, span.first)
    return {
        "days": [day_json(day) for day, refused in found.items() if refused is None],
        "refused": [
            {"day": day_json(day), "kind": refused.kind, "why": refused.why}
            for day, refused in found.items()
            if refused is not None
        ],
        "hours": {"first": open_hours.first, "last": open_hours.last},
        "clause": rules.hours_clause,
    }
