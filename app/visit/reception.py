"""When a request for a visit is taken (受付時間, 別紙2, 別紙3), and when it is again where it is not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.days import DAY, date_words, holiday_name, is_business_day, is_year_end
from app.errors import Problem
from app.tariff.catalogue import Catalogue
from app.tariff.model import VisitRules
from app.visit.days import visit_rules
from app.words import _

# The choices of the readings about the days, which differ from those printed beside the rules.
WEEKDAYS, VISIT_DAYS = "weekdays", "visit-days"

_LOOKED_AHEAD: Final = 60  # days; the longest run of closed days is the year end


def reception_notice(catalogue: Catalogue, service: str, at: datetime) -> Problem | None:
    """Why a request can't be arranged now: it is outside the hours in which the service takes requests, with
    the next time at which it does; None within them. The request may be written down all the same.

    Raises UserError as ``visit_rules`` does.
    """
    rules = visit_rules(catalogue, service, at.date())
    clock = f"{at.hour:02d}:{at.minute:02d}"
    takes = _takes(catalogue, service, rules, at.date())
    if takes and rules.reception_first <= clock < rules.reception_last:
        return None
    later = at.date() if takes and clock < rules.reception_first else _next(catalogue, service, at.date())
    return Problem(
        "outside-reception",
        _("いまは訪問サポートの受付時間（{first}〜{last}）の外です。").format(
            first=rules.reception_first, last=rules.reception_last
        ),
        remedy=_("書き留めておき、{day} {first}からの受付で手配を確かめてください。").format(
            day=date_words(later), first=rules.reception_first
        ),
        clause=rules.reception_clause,
    )


def _next(catalogue: Catalogue, service: str, after: date) -> date:
    days = (after + DAY * passed for passed in range(1, _LOOKED_AHEAD))
    return next(
        (day for day in days if _takes(catalogue, service, visit_rules(catalogue, service, day), day)),
        after + DAY,
    )


def _takes(catalogue: Catalogue, service: str, rules: VisitRules, day: date) -> bool:
    """Whether requests are taken on a day, by the reading in force."""
    name = rules.reception_reading
    choice = catalogue.choice(service, name, day) if name else ""
    if choice == WEEKDAYS:
        return is_business_day(day)
    if choice == VISIT_DAYS:
        open_days = {weekday for one in rules.days for weekday in one.weekdays}
        return day.weekday() in open_days and holiday_name(day) is None and not is_year_end(day)
    if rules.reception_closed_year_end and is_year_end(day):
        return False
    if rules.reception_closed_holidays and holiday_name(day) is not None:
        return False
    return day.weekday() in rules.reception_weekdays
