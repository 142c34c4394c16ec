"""``surcharge``: 割増金 on a fee that was evaded."""

from __future__ import annotations

from app.answers.explain import day_json, reason_json, reason_words
from app.answers.fields import REFUSALS, Fields
from app.charge.surcharge import EvadedFee, surcharge


def answer(given: Fields) -> dict[str, object]:
    """The surcharge without and with tax, and all that is owed with the evaded amount; taxed as on
    ``on``, else today.
    """
    fee = EvadedFee(
        given.service(),
        given.number("evaded_net"),
        given.day_or_none("on") or given.asked.today,
        given.flag("taxed", True),
    )
    given.asked.problems.raise_if_any(REFUSALS)
    found = surcharge(fee, given.asked.catalogue)
    return {
        "surcharge_net": found.net,
        "surcharge_tax": found.tax,
        "surcharge_total": found.total,
        "total_due": found.total_due,
        "discretionary": found.discretionary,
        "why": reason_words(found.reason),
        "reason": reason_json(found.reason),
        "edition": day_json(found.reason.edition),
    }
