"""Reading a date as people type it at a counter."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from app.days import is_near

_ERAS = {"R": (2019, date(2019, 5, 1)), "H": (1989, date(1989, 1, 8)), "S": (1926, date(1926, 12, 25))}
_ERA_NAMES = {"令和": "R", "平成": "H", "昭和": "S"}
_SEPARATED = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ERA = re.compile(r"([RHS])(\d{1,3})[-/.](\d{1,2})[-/.](\d{1,2})")
_ERA_DIGITS = re.compile(r"([RHS])(\d{2})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})")
_FOUR = re.compile(r"(\d{2})(\d{2})")
_STILL_THIS_YEAR = timedelta(days=92)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
# `Thu, 10 Dec 2026` as an English field shows it, and shorter; the spaces are gone by then.
_ENGLISH = re.compile(
    rf"(?:(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*,?)?(\d{{1,2}})({'|'.join(_MONTHS)})[A-Z]*[.,]*(\d{{4}})?"
)


def read_date(text: str, today: date) -> date | None:
    """The day somebody meant: `2026-12-10`, `2026年12月10日（木）`, `20261210`, `12/10`, `1210`, `R8.12.10`,
    `令和8年12月10日`, `Thu, 10 Dec 2026`, `10 December`.

    Without a year the next such day is meant, or one of the last three months. None when it is no day, or
    one more than
    100 years away.
    """
    plain = _plain(text)
    day = _with_year(plain) or _with_era(plain) or _without_year(plain, today)
    return day if day is not None and is_near(day, today) else None


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[\s]|\([^)]*\)?$", "", plain).upper()
    english = _ENGLISH.fullmatch(plain)
    if english is not None:
        day, month, year = english[1], _MONTHS.index(english[2]) + 1, english[3]
        return f"{year}-{month}-{day}" if year else f"{month}-{day}"
    for name, letter in _ERA_NAMES.items():
        plain = plain.replace(name, letter)
    plain = plain.replace("元年", "1年")
    return re.sub(r"[年月]", "-", plain).rstrip("日").replace("−", "-").replace("ー", "-")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_year(text: str) -> date | None:
    match = _SEPARATED.fullmatch(text) or _DIGITS.fullmatch(text)
    return _day(*(int(part) for part in match.groups())) if match else None


def _with_era(text: str) -> date | None:
    match = _ERA.fullmatch(text) or _ERA_DIGITS.fullmatch(text)
    if match is None:
        return None
    year_one, first = _ERAS[match[1]]
    day = _day(year_one + int(match[2]) - 1, int(match[3]), int(match[4]))
    return day if day is not None and day >= first and int(match[2]) > 0 else None


def _without_year(text: str, today: date) -> date | None:
    match = _MONTH_DAY.fullmatch(text) or _FOUR.fullmatch(text)
    if match is None:
        return None
    month, number = int(match[1]), int(match[2])
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away
        day = _day(year, month, number)
        if day is not None and day >= today - _STILL_THIS_YEAR:
            return day
    return None
