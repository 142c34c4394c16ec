"""Lines, reasons and readings as JSON: the explanation that every amount of an answer carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from app.charge import interest_words
from app.charge.lines import Bill, Line, Reason, UsedReading
from app.charge.words import sentence
from app.contract.date_reason import DateReason
from app.contract.date_words import because
from app.tariff.model import Text
from app.tariff.texts import words


class Told(dict[str, object]):
    """A JSON object that remembers the line or reason it tells, so that ``explain`` can say it in words."""

    __slots__ = ("source",)

    def __init__(self, members: Mapping[str, object], source: Line | Reason | DateReason) -> None:
        super().__init__(members)
        self.source = source


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
    members = {
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
    return Told(members, line)


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
    return Told(found, reason)


def reason_words(reason: Reason) -> str:
    """The calculation, its result and the clause, in one line."""
    if reason.rule in interest_words.RULES:
        return interest_words.sentence(reason)
    return sentence(reason)


def date_json(reason: DateReason) -> dict[str, object]:
    """Why a day is what it is, as data and in one line."""
    found: dict[str, object] = {"rule": reason.rule, "day": day_json(reason.day), "why": because(reason)}
    found["inputs"] = {name: value_json(value) for name, value in reason.inputs.items()}
    if reason.clause:
        found["clause"] = reason.clause
    if reason.edition is not None:
        found["edition"] = day_json(reason.edition)
    if reason.readings:
        found["readings"] = dict(reason.readings)
    if reason.parts:
        found["parts"] = [date_json(part) for part in reason.parts]
    return Told(found, reason)


def dates_json(reasons: Mapping[str, DateReason]) -> dict[str, object]:
    """Days by their name, then why each is what it is, and the readings they rest on."""
    used: dict[str, str] = {}
    for reason in reasons.values():
        used.update(reason.all_readings())
    return {
        **{name: day_json(reason.day) for name, reason in reasons.items()},
        "reasons": {name: date_json(reason) for name, reason in reasons.items()},
        "readings": used,
    }


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
