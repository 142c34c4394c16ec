"""Finished amounts and why they are what they are.

A ``Line`` is an amount with its ``Reason``. Reasons are data: which rule, which inputs, what came out
before and after
flooring, on which clause, edition and reading. Words are made from them only when somebody looks
(``charge/words.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

import msgspec

from app.money import TaxKind, tax_on, tax_rate


class UsedReading(msgspec.Struct, frozen=True, gc=False):
    """A reading an amount rests on, with the choice in force when it was worked out."""

    service: str
    name: str
    choice: str


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Why an amount is what it is.

    ``rule`` is the stable name of the step (``unit-price``, ``tier-for-all``, ``days-of-month``,
    ``migration-band``, ``free-visit``,
    ``agreed-price``, ``by-hand`` …); ``inputs`` its figures by name, ints, Fractions, dates or words;
    ``exact`` the value before
    flooring; ``amount`` the whole yen; ``parts`` the steps it was made of, in order.
    """

    rule: str
    inputs: Mapping[str, object]
    exact: Fraction
    amount: int
    clause: str = ""
    floor_clause: str = ""
    edition: date | None = None
    readings: tuple[UsedReading, ...] = ()
    parts: tuple[Reason, ...] = ()

    @property
    def floored(self) -> bool:
        """Whether something below one yen was dropped."""
        return self.exact != self.amount

    def all_readings(self) -> tuple[UsedReading, ...]:
        """Readings of this step and of its parts, each once."""
        found = dict.fromkeys(self.readings)
        for part in self.parts:
            found.update(dict.fromkeys(part.all_readings()))
        return tuple(found)


class Line(msgspec.Struct, frozen=True, gc=False):
    """An amount on a bill, a quotation or a visit. Yen without tax; ``quantity × unit_price`` where both
    are given.

    ``item`` is the stable code (``license``, ``base``, ``data-migration``, ``initial-fee`` …); ``name``
    and ``unit`` are words in
    the language in force; ``detail`` is a short remark under the name.
    """

    service: str
    item: str
    name: str
    amount: int
    reason: Reason
    quantity: int | None = None
    unit: str = ""
    unit_price: int | None = None
    tax: TaxKind = TaxKind.STANDARD
    detail: str = ""
    clause: str = ""

    def charged(self, amount: int, reason: Reason, clause: str) -> Line:
        """What a month charges of this full line: another amount, and why."""
        return Line(
            self.service,
            self.item,
            self.name,
            amount,
            reason,
            self.quantity,
            self.unit,
            self.unit_price,
            self.tax,
            self.detail,
            clause,
        )


class TaxRow(msgspec.Struct, frozen=True, gc=False):
    """Net sum of one rate and its tax, in yen. ``rate`` None: outside consumption tax (不課税)."""

    rate: Fraction | None
    net: int
    tax: int


class Bill(msgspec.Struct, frozen=True, gc=False):
    """Lines with their sums, tax worked out once per rate on the net sum and floored (消令70条の10)."""

    lines: tuple[Line, ...]
    net: int
    tax: int
    exempt: int
    rows: tuple[TaxRow, ...] = ()

    @property
    def total(self) -> int:
        """What is to be paid: net + tax + what stands outside tax."""
        return self.net + self.tax + self.exempt


def make_bill(lines: Iterable[Line], day: date) -> Bill:
    """Sum lines up into a bill taxed at the rate of ``day``."""
    lines = tuple(lines)
    net = exempt = 0
    outside = False
    for line in lines:
        if line.tax is TaxKind.STANDARD:
            net += line.amount
        else:
            exempt += line.amount
            outside = True
    rate = tax_rate(day)
    tax = tax_on({rate: net})[rate]
    rows = (TaxRow(rate, net, tax), TaxRow(None, exempt, 0)) if outside else (TaxRow(rate, net, tax),)
    return Bill(lines, net, tax, exempt, rows)
