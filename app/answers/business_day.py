"""``business-day``: the day so many business days after (or before) another."""

from __future__ import annotations

from datetime import date, timedelta

from app.answers.explain import day_json
from app.answers.fields import REFUSALS, Fields
from app.days import FARTHEST_YEARS, add_business_days, date_words, holidays_vouched_until, is_near
from app.words import _

MOST_OFFSET = FARTHEST_YEARS * 2 * 262  # more leads out of reach from anywhere inside it


def answer(given: Fields) -> dict[str, object]:
    """``{"day"}``. The day itself is not counted; an offset of 0 gives it back."""
    on = given.day("on")
    offset = given.number("offset", least=-MOST_OFFSET, most=MOST_OFFSET)
    given.asked.problems.raise_if_any(REFUSALS)
    day = _earliest(on, offset)
    if is_near(day, given.asked.today):
        day = add_business_days(on, offset)
    if not is_near(day, given.asked.today):
        given.refuse("offset", _("今日から100年を超えて離れた日付は扱えません。"))
        given.asked.problems.raise_if_any(REFUSALS)
    return {
        "day": day_json(day),
        "words": date_words(day),
        "holidays_vouched_until": day_json(holidays_vouched_until()),
    }


def _earliest(on: date, offset: int) -> date:
    """A day that is no farther away than the answer: a week has no more than five business days."""
    days = max(0, abs(offset) * 7 // 5 - 4)
    return on + timedelta(days=days if offset > 0 else -days)
