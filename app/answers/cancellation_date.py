"""``cancellation-date``: the day a customer's cancellation takes effect."""

from __future__ import annotations

from app.answers.explain import dates_json
from app.answers.fields import REFUSALS, Fields
from app.contract.cancellation_date import Notice, cancellation_date


def answer(given: Fields) -> dict[str, object]:
    """``{"date", "in_time"}``, and the last day of notice for the day wished where the terms set one."""
    notice = Notice(
        given.service(),
        given.day("wished"),
        given.day_or_none("notified"),
        given.day_or_none("confirmed"),
    )
    given.asked.problems.raise_if_any(REFUSALS)
    found = cancellation_date(notice, given.asked.catalogue)
    dates = {"date": found.reason}
    if found.last_notice is not None:
        dates["last_notice"] = found.last_notice
    return {"in_time": found.in_time, **dates_json(dates)}
