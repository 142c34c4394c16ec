"""Yen and proportions. Yen are ``int``; proportions are ``Fraction``; floats never appear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from math import floor

from app.words import _


class TaxKind(StrEnum):
    """How a line stands to consumption tax."""

    STANDARD = "standard"  # 標準税率
    OUTSIDE = "outside"  # 不課税: 解約金, 遅延利息


# 消費税率 (national and local together) with the first day of each rate.
_RATES: tuple[tuple[date, Fraction], ...] = (
    (date(2019, 10, 1), Fraction(10, 100)),
    (date(2014, 4, 1), Fraction(8, 100)),
    (date(1997, 4, 1), Fraction(5, 100)),
    (date(1989, 4, 1), Fraction(3, 100)),
)

_DIGITS = 30  # more than any number here needs, before and after the point


def floor_yen(amount: Fraction | int) -> int:
    """Whole yen, the part below one yen dropped toward minus infinity (1円未満切捨て)."""
    return floor(amount)


def tax_rate(day: date) -> Fraction:
    """The standard consumption tax rate in force on ``day`` (0 before 1989-04-01)."""
    for first_day, rate in _RATES:
        if day >= first_day:
            return rate
    return Fraction(0)


def tax_on(net_by_rate: Mapping[Fraction, int]) -> dict[Fraction, int]:
    """Tax in yen per rate: worked out once on each net sum and floored (消令70条の10)."""
    return {rate: net * rate.numerator // rate.denominator for rate, net in net_by_rate.items()}


def exact(value: int | str | Decimal) -> Fraction:
    """The number exactly as it was written: 0.29 is 29/100, not its nearest binary fraction.

    Raises ValueError when it is no finite number, or one beyond reason: 1e999999999 would fill the memory.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError("no number") from None
    if not number.is_finite() or number.adjusted() >= _DIGITS or int(number.as_tuple().exponent) <= -_DIGITS:
        raise ValueError("a number beyond reason")
    return Fraction(number)


def yen_words(amount: int) -> str:
    """``1,234,567円``; negative amounts carry U+2212."""
    words = _("{amount}円").format(amount=figure(abs(amount)))
    return f"−{words}" if amount < 0 else words


def figure(amount: int) -> str:
    """``1,234,567`` or ``−1,234`` (U+2212, as papers and screens print it)."""
    return f"{amount:,}".replace("-", "−")


def percent_words(rate: Fraction) -> str:
    """``10％``, or ``14.5％`` where the rate is no whole number."""
    hundredfold = rate * 100
    if hundredfold.denominator == 1:
        return _("{percent}％").format(percent=hundredfold.numerator)
    return _("{percent}％").format(percent=f"{float(hundredfold):g}")
