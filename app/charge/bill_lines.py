"""The lines of a month as they are billed and kept, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.charge.engine import charge
from app.charge.lines import Line
from app.charge.stored import BillLine
from app.charge.words import line_detail
from app.contract.facts import Timeline
from app.days import Month, next_business_day
from app.money import TaxKind, tax_rate
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.words import language

PAYMENT_DUE: Final = "payment_due"  # the deadline of a tariff that sets the due day of bills
_MOST_KEPT: Final = 20_000


@dataclass(frozen=True)
class Sums:
    """What lines come to, in yen: net of what bears tax, its tax, and what stands outside tax."""

    net: int
    tax: int
    exempt: int

    @property
    def total(self) -> int:
        """What is to be paid; negative where more is given back than charged."""
        return self.net + self.tax + self.exempt


def sums_of(lines: Iterable[BillLine], day: date) -> Sums:
    """The sums of lines, taxed once on the net sum at the rate of ``day`` and floored (消令70条の10)."""
    net = exempt = 0
    for line in lines:
        if line.tax is TaxKind.STANDARD:
            net += line.amount
        else:
            exempt += line.amount
    rate = tax_rate(day)
    # As ``tax_on`` does, which takes a mapping: to make one for each bill costs more than all of this.
    return Sums(net, net * rate.numerator // rate.denominator, exempt)


class BillLines:
    """Makes the kept form of lines. Lines of whole months are the same objects for every contract that has
    the same, so each is made into words once.
    """

    def __init__(self) -> None:
        self._made: dict[int, tuple[Line, BillLine]] = {}  # by identity; the line is held, so that it stays
        self._language = language()

    def of(self, lines: Sequence[Line]) -> tuple[BillLine, ...]:
        """The lines as they are kept."""
        if self._language != language() or len(self._made) > _MOST_KEPT:
            self._made.clear()
            self._language = language()
        return tuple(map(self._of_line, lines))

    def _of_line(self, line: Line) -> BillLine:
        found = self._made.get(id(line))
        if found is None:
            found = self._made[id(line)] = (line, bill_line(line))
        return found[1]


def bill_line(line: Line) -> BillLine:
    """The kept form of a line: the words the customer reads, without the reason, which the entries give
    again at any time.
    """
    return BillLine(
        item=line.item,
        name=line.name,
        amount=line.amount,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        tax=line.tax,
        detail=line_detail(line),
        clause=line.clause,
    )


def lines_of_month(timeline: Timeline, catalogue: Catalogue, month: Month) -> tuple[Line, ...]:
    """What a contract is charged in a month; nothing for one that never started.

    Raises UserError as ``charge`` does.
    """
    try:
        _begun = timeline.history
    except LookupError:
        return ()
    return charge(timeline, catalogue, month)


def due_day(service: str, month: Month, catalogue: Catalogue, months_after: int) -> date:
    """When a bill of a month is to be paid: as the terms say where they do (NDR 12-2: the end of the month
    after), else the end of the month so many months later, which the desk sets (当社が定める期日).

    A due day on a closed day moves to the next business day where the reading says so.
    """
    edition = stands_for(catalogue.service(service).editions, month.last)
    rule = next((one for one in edition.deadlines if one.code == PAYMENT_DUE), None)
    if rule is not None and rule.to_month_end and rule.months is not None:
        months_after = rule.months
    day = month.plus(months_after).last
    reading = edition.interest.due_reading if edition.interest else ""
    if reading and catalogue.choice(service, reading, day) == "next-business-day":
        return next_business_day(day)
    return day
