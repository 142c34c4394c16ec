"""Spans, deadlines and hours in the words a terms summary uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

from app.days import weekday_words
from app.tariff.model import Deadline
from app.words import _, language, pgettext

Known = TypeVar("Known")
_MONDAY: Final = date(2026, 11, 16)  # any Monday: weekdays are named from it


def known(value: Known | None) -> Known:
    """The value. Raises LookupError where the tariff has none."""
    if value is None:
        raise LookupError
    return value


def span_words(months: int) -> str:
    """A span of months: 2年間, 6か月."""
    if months % 12 == 0:
        return _("{years}年間").format(years=months // 12)
    return _("{months}か月").format(months=months)


def before_words(days: int) -> str:
    """So many business days before: 9営業日前."""
    return _("{days}営業日前").format(days=days)


def deadline_words(rule: Deadline) -> str:
    """How long a deadline is: 2か月, 7日, 9営業日, 翌月末. Raises LookupError where nothing says it."""
    if rule.business_days is not None:
        return _("{days}営業日").format(days=rule.business_days)
    if rule.days is not None:
        return _("{days}日").format(days=rule.days)
    months = known(rule.months)
    if not rule.to_month_end:
        return _("{months}か月").format(months=months)
    if months > 1:
        return _("{months}か月後の月末").format(months=months)
    return _("翌月末") if months else _("月末")


def weekdays_words(weekdays: Sequence[int]) -> str:
    """月曜日から土曜日: the first and the last of a row of weekdays."""
    first, last = (_MONDAY + timedelta(days=day) for day in (weekdays[0], weekdays[-1]))
    if language() == "en":
        return f"{weekday_words(first)}–{weekday_words(last)}"
    return f"{weekday_words(first)}曜日から{weekday_words(last)}曜日"


def hours_words(first: str, last: str) -> str:
    """9:00〜17:00."""
    return pgettext("hours", "{first}〜{last}").format(first=first.lstrip("0"), last=last.lstrip("0"))
