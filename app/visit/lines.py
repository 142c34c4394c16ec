"""The lines of a visit, made one like the other: charged, free, or waived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from app.charge.lines import Line, Reason, UsedReading
from app.money import figure
from app.tariff.model import MenuItem
from app.tariff.texts import words
from app.visit.entitlement import Entitlement
from app.words import _

FREE_VISIT: Final = "free-visit"
"""The rule of a line that the free visit leaves at nothing."""


@dataclass(frozen=True)
class Basis:
    """What all lines of a visit share. ``choice`` tells the choice in force of a reading by its name."""

    service: str
    edition: date | None
    choice: Callable[[str], str]
    entitlement: Entitlement | None

    def used(self, names: Iterable[str]) -> tuple[UsedReading, ...]:
        """The readings of these names with the choices in force."""
        return tuple(UsedReading(self.service, name, self.choice(name)) for name in dict.fromkeys(names))


@dataclass(frozen=True)
class Count:
    """So many units of a menu item at one price (yen), with the rule that set it and what it rests on."""

    item: MenuItem
    quantity: int
    unit_price: int
    rule: str = "unit-price"
    inputs: Mapping[str, object] | None = None
    readings: tuple[str, ...] = ()
    detail: str = ""

    @property
    def value(self) -> int:
        """The list price of all of them in yen."""
        return self.quantity * self.unit_price


def charged_line(basis: Basis, count: Count) -> Line:
    """A line at the list price (or the price by hand)."""
    return _line(basis, count, _price_reason(basis, count), count.unit_price, count.detail)


def free_line(basis: Basis, count: Count) -> Line:
    """A line that the free visit leaves at 0 yen; its list price stands in the reason."""
    assert basis.entitlement is not None
    year = basis.entitlement.year
    reason = Reason(
        FREE_VISIT,
        {
            "name": count.item.name,
            "quantity": count.quantity,
            "unit": count.item.unit,
            "unit_price": count.unit_price,
            "value": count.value,
            "first": year.first,
            "last": year.last,
            "capacity": basis.entitlement.capacity,
        },
        Fraction(0),
        0,
        clause=count.item.free_clause or basis.entitlement.clause,
        edition=basis.edition,
        readings=basis.used(count.readings),
        parts=(_price_reason(basis, count),),
    )
    free = _("無償訪問（定価{amount}円）").format(amount=figure(count.value))
    detail = _("{detail}　{remark}").format(detail=count.detail, remark=free) if count.detail else free
    return _line(basis, count, reason, 0, detail)


def waived_line(basis: Basis, count: Count) -> Line:
    """A line that is not charged because the visit is ordered together with the line."""
    item = count.item
    reason = Reason(
        "waived-with-line-order",
        {"name": item.name, "quantity": count.quantity, "unit": item.unit, "unit_price": count.unit_price},
        Fraction(0),
        0,
        clause=item.waiver_clause or item.clause,
        edition=basis.edition,
    )
    return _line(basis, count, reason, 0, _("回線と同時のお申込みのため無料"))


def _price_reason(basis: Basis, count: Count) -> Reason:
    item = count.item
    inputs = {
        "name": item.name,
        "quantity": count.quantity,
        "unit": item.unit,
        "unit_price": count.unit_price,
    }
    return Reason(
        count.rule,
        {**inputs, **(count.inputs or {})},
        Fraction(count.value),
        count.value,
        clause="" if count.rule == "by-hand" else item.clause,
        edition=basis.edition,
        readings=basis.used(count.readings),
    )


def _line(basis: Basis, count: Count, reason: Reason, unit_price: int, detail: str) -> Line:
    item = count.item
    return Line(
        service=basis.service,
        item=item.code,
        name=words(item.name),
        amount=reason.amount,
        reason=reason,
        quantity=count.quantity,
        unit=words(item.unit),
        unit_price=unit_price,
        detail=detail,
        clause=reason.clause,
    )
