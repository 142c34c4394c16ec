"""Lines, reasons and readings as JSON: the explanation that every amount of an answer carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from app.charge.lines import Bill, Line, Reason, UsedReading
from app.charge.words import sentence
from app.tariff.model import Text
from app.tariff.texts import words


def day_json(day: date | None) -> str | None:
    """``YYYY-MM-DD``, or null."""
    return day.isoformat() if day is not None else None


def bill_json(bill: Bill) -> dict[str, object]:
    """Lines with their sums; ``exempt`` stands outside consumption tax."""
    return {
        "lines": [line_json(line) for line in bill.lines],
        "net": bill.net,
        "tax": bill.tax,
        "exempt": bill.exempt,
        "total": bill.total,
    }


def line_json(line: Line) -> dict[str, object]:
    """A line with its reason."""
    return {
        "item": line.item,
        "name": line.name,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": line.unit_price,
        "amount": line.amount,
        "tax": line.tax.value,
        "detail": line.detail,
        "why": sentence(line.reason),
        "reason": reason_json(line.reason),
    }


def reason_json(reason: Reason) -> dict[str, object]:
    """A reason as data; ``exact`` is the value before flooring, as a fraction where it is no whole number."""
    found: dict[str, object] = {
        "rule": reason.rule,
        "inputs": {name: value_json(value) for name, value in reason.inputs.items()},
        "exact": value_json(reason.exact),
        "amount": reason.amount,
    }
    if reason.clause:
        found["clause"] = reason.clause
    if reason.floored:
        found["floor_clause"] = reason.floor_clause
    if reason.edition is not None:
        found["edition"] = day_json(reason.edition)
    if reason.readings:
        found["readings"] = readings_json(reason.readings)
    if reason.parts:
        found["parts"] = [reason_json(part) for part in reason.parts]
    return found


def readings_json(used: Iterable[UsedReading]) -> dict[str, str]:
    """The choice in force of each reading, by its name."""
    return {reading.name: reading.choice for reading in used}


def value_json(value: object) -> object:
    """An input of a reason as JSON: days as text, fractions as ``"p/q"``, words in the language in use."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Text):
        return words(value)
    if isinstance(value, Mapping):
        return {str(name): value_json(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [value_json(one) for one in value]
    return str(value)
