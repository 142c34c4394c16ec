"""``late-interest``: what a payment after its due day costs."""

from __future__ import annotations

from app.answers.explain import day_json, readings_json, reason_json, reason_words, value_json
from app.answers.fields import REFUSALS, Fields
from app.charge.interest import Overdue, late_interest


def answer(given: Fields) -> dict[str, object]:
    """``{"days", "amount"}`` (both 0 where none is due), the rate, the days counted and why."""
    overdue = Overdue(
        given.service(),
        given.number("principal"),
        given.day("due"),
        given.day("paid"),
        given.flag("receivable_assigned", False),
    )
    given.asked.problems.raise_if_any(REFUSALS)
    found = late_interest(overdue, given.asked.catalogue)
    reason = found.reason
    told: dict[str, object] = {"days": found.days, "amount": found.amount, "tax_kind": "outside"}
    if found.days:
        told["rate"] = value_json(reason.inputs["rate"])
        told["first_day"] = value_json(reason.inputs["first"])
        told["last_day"] = value_json(reason.inputs["last"])
        told["rate_expected"] = found.expected
    return {
        **told,
        "discretionary": found.rule.discretionary,
        "waivable_clause": found.rule.waivable_clause or None,
        "why": reason_words(reason),
        "reason": reason_json(reason),
        "readings": readings_json(reason.all_readings()),
        "edition": day_json(reason.edition),
    }
