"""How long a paper is kept, and why: so many years from two months after the end of the tax period in which
it was issued.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.days import corresponding_day, date_words, days_of_month
from app.papers.issuer import Settings
from app.words import _


@dataclass(frozen=True)
class Retention:
    """``first`` to ``last``: the tax period the paper was issued in; ``since``: the day two months after it,
    from which the ``years`` count; ``until``: the last day it has to be kept.
    """

    first: date
    last: date
    since: date
    years: int
    until: date

    def is_over(self, today: date) -> bool:
        """Whether the paper may go."""
        return today > self.until

    def words(self) -> str:
        """Until when and why, in a sentence or two."""
        return _(
            "{until}まで保存します。{first}から{last}までの課税期間に発行した書類のため、"
            "その末日の翌日から2か月を経過した{since}から{years}年間です。"
        ).format(
            until=_words(self.until),
            first=_words(self.first),
            last=_words(self.last),
            since=_words(self.since),
            years=self.years,
        )


def _words(day: date) -> str:
    return date_words(day, weekday=False)


def retention_of(issued_on: date, settings: Settings) -> Retention:
    """How long a paper issued on a day is kept by these settings.

    The tax period is taken as the company's fiscal year. Seven years: 消費税法施行令第50条・第70条の13,
    法人税法施行規則第59条; ten where the company chose it (a year with a loss: 法人税法施行規則第26条の3).
    """
    month = settings.company.fiscal_year_end_month
    year = issued_on.year + (issued_on.month > month)
    last = date(year, month, days_of_month(year, month))
    after = last + timedelta(days=1)
    since = corresponding_day(after, 2)
    years = settings.papers.retention_years
    until = corresponding_day(since, 12 * years) - timedelta(days=1)
    return Retention(corresponding_day(after, -12), last, since, years, until)
