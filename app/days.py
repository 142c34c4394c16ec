"""Days, months and periods as the terms count them; business days; dates in words.

A ``DayRange`` is **inclusive**: ``first`` and ``last`` both belong to it, as in 「1日から末日まで」.
Periods of months and years follow 民法143条: they run to the day before the corresponding day (応当日), or
to the month's last day where that day does not exist. jpholiday is asked only here, and loaded only when a
holiday is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import Final

from app.errors import Problem, UserError
from app.words import N_, _, language

DAY: Final = timedelta(days=1)
FARTHEST_YEARS: Final = 100  # a date farther from today than this is taken for a slip of the hand

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


# --- months and ranges -------------------------------------------------------------------------------------


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month (料金月). ``str()`` gives ``2026-05``."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        """How many days it has."""
        return days_of_month(self.year, self.month)

    @property
    def range(self) -> DayRange:
        """All of its days."""
        return DayRange(self.first, self.last)

    def plus(self, months: int) -> Month:
        """The month so many later (earlier when negative). Raises ValueError outside the years 1–9999."""
        years, index = divmod(self.month - 1 + months, 12)
        year = self.year + years
        if not 1 <= year <= 9999:
            raise ValueError("no such month")
        return Month(year, index + 1)

    def until(self, last: Month) -> Iterator[Month]:
        """This month and all that follow up to ``last``, both included; nothing when ``last`` is earlier."""
        month = self
        while month <= last:
            yield month
            month = month.plus(1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, order=True, slots=True)
class DayRange:
    """Days from ``first`` to ``last``, both included. A ``last`` before ``first`` is an empty range."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=offset) for offset in range(len(self)))

    def common(self, other: DayRange) -> DayRange:
        """The days in both (possibly none)."""
        return DayRange(max(self.first, other.first), min(self.last, other.last))


def days_of_month(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2 and year % 4 == 0 and (year % 100 or year % 400 == 0):
        return 29
    return _MONTH_LENGTHS[month - 1]


# --- periods of months and years (民法143条) -------------------------------------------------------------


def corresponding_day(day: date, months: int) -> date:
    """The day of the same number so many months later (応当日), or that month's last day where there is none.

    Raises ValueError outside the years 1–9999.
    """
    years, index = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError("no such month")
    return date(year, index + 1, min(day.day, days_of_month(year, index + 1)))


def period(start: date, months: int) -> DayRange:
    """The period of so many months (years as 12 each) that begins on ``start`` (民法143条2項).

    It ends the day before the corresponding day, or on the last day of the month that has no such day: a year
    from 2024-02-29 ends 2025-02-28, a month from 2019-01-29 ends 2019-02-28.
    """
    end = corresponding_day(start, months)
    return DayRange(start, end if end.day != start.day else end - DAY)


def nth_period(start: date, months: int, number: int) -> DayRange:
    """The ``number``-th (1 = first) of consecutive periods of ``months``, counted from the first start."""
    first = start if number == 1 else period(start, months * (number - 1)).last + DAY
    return DayRange(first, period(start, months * number).last)


def period_number(start: date, months: int, day: date) -> int:
    """Which of the periods of ``months`` counted from ``start`` runs on ``day`` (1 = first).

    Raises ValueError for a day before the start.
    """
    if day < start:
        raise ValueError("a day before the start lies in no period")
    passed = (day.year - start.year) * 12 + day.month - start.month
    number = max(1, passed // months)
    while nth_period(start, months, number).last < day:
        number += 1
    return number


# --- holidays and business days --------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def holiday_name(day: date) -> str | None:
    """The Japanese name of a national or substitute holiday (祝日, 振替休日, 国民の休日), or None."""
    import jpholiday

    name: str | None = jpholiday.is_holiday_name(day)
    return name


def holidays_vouched_until() -> date:
    """The last day whose holidays were officially announced (暦要項).

    Later ones are worked out from the law as it stands, and may still change.
    """
    return date(2027, 12, 31)


def is_year_end(day: date) -> bool:
    """Whether the day lies in 年末年始, 12/29–1/3."""
    return (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)


def is_business_day(day: date) -> bool:
    """営業日: Monday to Friday without holidays and 12/29–1/3 (a reading: no document defines it)."""
    return day.weekday() < 5 and not is_year_end(day) and holiday_name(day) is None


def add_business_days(day: date, count: int) -> date:
    """The ``count``-th business day after ``day`` (before it when negative); 0 gives ``day`` itself.

    「X日のn営業日前」 leaves X out and steps back n business days. Raises OverflowError outside the years
    1–9999.
    """
    step = DAY if count > 0 else -DAY
    for _business_day in range(abs(count)):
        day += step
        while not is_business_day(day):
            day += step
    return day


def next_business_day(day: date) -> date:
    """The day itself when it is a business day, else the first one after it."""
    return day if is_business_day(day) else add_business_days(day, 1)


# --- reading ---------------------------------------------------------------------------------------------


def parse_date(text: object, today: date, field: str = "") -> date:
    """A day written ``YYYY-MM-DD`` and nothing else.

    Raises UserError (``bad-input``) for anything else, for days that do not exist (31 February) and for days
    more than 100 years from ``today``. ``field`` is the path told in the problem.
    """
    match = _DATE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise _unreadable(text, field, _("日付はYYYY-MM-DDの形で入力してください。"))
    year, month, number = (int(part) for part in match.groups())
    try:
        day = date(year, month, number)
    except ValueError:
        raise _unreadable(text, field, _("暦にない日付です。")) from None
    if not is_near(day, today):
        raise _unreadable(text, field, _("今日から100年を超えて離れた日付は扱えません。"))
    return day


def parse_month(text: object, today: date, field: str = "") -> Month:
    """A month written ``YYYY-MM``. Raises UserError (``bad-input``) as ``parse_date`` does."""
    match = _MONTH.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise _unreadable(text, field, _("月はYYYY-MMの形で入力してください。"))
    year, number = (int(part) for part in match.groups())
    if not (1 <= number <= 12 and year):
        raise _unreadable(text, field, _("暦にない月です。"))
    month = Month(year, number)
    if not (is_near(month.first, today) or is_near(month.last, today)):
        raise _unreadable(text, field, _("今日から100年を超えて離れた日付は扱えません。"))
    return month


def is_near(day: date, today: date) -> bool:
    """Whether a day is no more than 100 years from today."""
    reach = FARTHEST_YEARS * 12
    return corresponding_day(today, -reach) <= day <= corresponding_day(today, reach)


def _unreadable(text: object, field: str, why: str) -> UserError:
    shown = text[:20] if isinstance(text, str) else "…"
    what = _("「{text}」は日付として使えません。").format(text=shown)
    return UserError(Problem("bad-input", what, why=why, field=field))


# --- words -----------------------------------------------------------------------------------------------

_ERAS: Final = (
    (date(2019, 5, 1), "令和", 2019),  # first day, name, year one
    (date(1989, 1, 8), "平成", 1989),
    (date(1926, 12, 25), "昭和", 1926),
    (date(1912, 7, 30), "大正", 1912),
    (date(1873, 1, 1), "明治", 1868),  # the Gregorian calendar begins in 明治6年
)
_WEEKDAYS: Final = "月火水木金土日"
_WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_HOLIDAYS: Final = (
    N_("元日"), N_("成人の日"), N_("建国記念の日"), N_("天皇誕生日"), N_("春分の日"), N_("昭和の日"),
    N_("憲法記念日"), N_("みどりの日"), N_("こどもの日"), N_("海の日"), N_("山の日"), N_("敬老の日"),
    N_("秋分の日"), N_("スポーツの日"), N_("体育の日"), N_("文化の日"), N_("勤労感謝の日"), N_("国民の休日"),
    N_("天皇の即位の日"), N_("即位礼正殿の儀"),
)  # fmt: skip


def weekday_words(day: date) -> str:
    """``金``, in English ``Fri``."""
    return _WEEKDAYS_EN[day.weekday()] if language() == "en" else _WEEKDAYS[day.weekday()]


def date_words(day: date, *, weekday: bool = True) -> str:
    """``2026年11月20日（金）``, in English ``Fri, 20 Nov 2026``, without the weekday ``20 November 2026``."""
    if language() == "en":
        month = _MONTHS_EN[day.month - 1]
        if weekday:
            return f"{weekday_words(day)}, {day.day} {month[:3]} {day.year}"
        return f"{day.day} {month} {day.year}"
    words = f"{day.year}年{day.month}月{day.day}日"
    return f"{words}（{weekday_words(day)}）" if weekday else words


def era_date_words(day: date) -> str:
    """``令和8年11月20日``, the first year as ``令和元年``; in English, and before 1873, the Western year."""
    era = next((era for era in _ERAS if day >= era[0]), None)
    if era is None or language() == "en":
        return date_words(day, weekday=False)
    _first, name, year_one = era
    year = day.year - year_one + 1
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def month_name(number: int) -> str:
    """``12月``, in English ``December``."""
    return _MONTHS_EN[number - 1] if language() == "en" else f"{number}月"


def days_words(first: date, last: date) -> str:
    """Days of one year without it: ``12月10日〜31日``, in English ``10–31 December``; one day as itself."""
    same_month = first.month == last.month
    if first == last:
        return f"{last.day} {month_name(last.month)}" if language() == "en" else f"{last.month}月{last.day}日"
    if language() == "en":
        begin = str(first.day) if same_month else f"{first.day} {month_name(first.month)} "
        end = f"{last.day} {month_name(last.month)}"
        return f"{begin}–{end}" if same_month else f"{begin}– {end}"
    begin, end = f"{first.month}月{first.day}日", f"{last.day}日"
    return f"{begin}〜{end}" if same_month else f"{begin}〜{last.month}月{end}"


def short_month_words(month: Month) -> str:
    """``2026年11月``, in English ``Nov 2026``: for columns."""
    if language() == "en":
        return f"{_MONTHS_EN[month.month - 1][:3]} {month.year}"
    return month_words(month)


def month_words(month: Month) -> str:
    """``2026年11月``, in English ``November 2026``."""
    if language() == "en":
        return f"{_MONTHS_EN[month.month - 1]} {month.year}"
    return f"{month.year}年{month.month}月"


def holiday_words(day: date) -> str | None:
    """The name of a holiday in the language in use (``敬老の日``, ``Respect for the Aged Day``), or None."""
    name = holiday_name(day)
    if name is None:
        return None
    base, _space, substitute = name.partition(" ")
    if substitute:  # jpholiday says 「憲法記念日 振替休日」
        return _("振替休日（{holiday}）").format(holiday=_(base))
    return _(base)
