"""法定利率: the rate of law as a dated table (民法404条).

It is reviewed every three years. The rate of the first day of default holds for the whole delay, however
long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.days import date_words
from app.errors import Problem, UserError
from app.words import _

# First day of each rate, as a proportion of a year. Before 2020-04-01 another law held
# (5 %, between merchants 6 %).
_RATES: tuple[tuple[date, Fraction], ...] = ((date(2020, 4, 1), Fraction(3, 100)),)
FIXED_UNTIL = date(2029, 3, 31)  # 法務省告示; later periods are not announced


@dataclass(frozen=True)
class StatutoryRate:
    """A proportion of a year; ``expected`` where the day lies after the periods announced (見込み)."""

    rate: Fraction
    since: date
    expected: bool


def statutory_rate(day: date) -> StatutoryRate:
    """The rate in force on a day.

    Raises UserError ``edition-unknown`` for days before the table begins.
    """
    for since, rate in reversed(_RATES):
        if since <= day:
            return StatutoryRate(rate, since, expected=day > FIXED_UNTIL)
    first = date_words(_RATES[0][0], weekday=False)
    raise UserError(
        Problem(
            "edition-unknown",
            _("{day}の法定利率は収録していません。").format(day=date_words(day, weekday=False)),
            _("収録しているのは{first}からの利率です。").format(first=first),
            _("遅滞の始まりが{first}以後の支払いをお尋ねください。").format(first=first),
            clause=_("民法404条"),
        )
    )
