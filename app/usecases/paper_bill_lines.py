"""The lines of a stored bill as papers show them: their days, the calculation in one line, what stands small
under the name. Reasons are worked out again from the entries the bill had seen; claims say where they come
from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from app.charge.bill_lines import lines_of_month
from app.charge.lines import Line, Reason
from app.charge.stored import BillLine, Claim, StoredBill, late_bill
from app.charge.words import counted, formula, line_detail
from app.charge.words_basic import number, period_words
from app.contract.record import StoredContract
from app.days import Month, days_words, short_month_words
from app.errors import UserError
from app.money import figure
from app.papers.invoice_parts import BilledRow, month_from, month_label
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition
from app.usecases.bill_words import detail_said, names_of, said_again, worked_said
from app.words import _, language

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

_YEN: Final = re.compile(r"(?<=\d)円")
_BY_DAYS: Final = frozenset({"days-of-month", "days-of-month-each"})
_ENDINGS: Final = frozenset({"base-remaining-year", "reduced-units-remaining-months"})
_CREDITS: Final = frozenset({"outage-credit", "outage-remainder", "sum"})


@dataclass(frozen=True)
class _Source:
    """Where a claim comes from: the days it is for, what to say under the first of its lines, and the number
    of the visit it is for.
    """

    kind: str
    when: str = ""
    told: str = ""
    number: str = ""


def rows_of(
    work: UnitOfWork,
    bill: StoredBill,
    lines: Sequence[Line],
    edition: Edition,
    ended: date | None = None,
) -> tuple[BilledRow, ...]:
    """Every line of a bill, in its order. ``lines``: those it begins with, worked out again
    (``lines_behind``); ``edition``: the terms of its month; ``ended``: the day the contract ended, where it
    did in that month.
    """
    sources = _sources(work, bill)
    fees = {fee.code for fee in edition.fees}
    month = month_from(bill.month)
    names = names_of(edition)
    return tuple(
        _row(_said(line, names), lines[place] if place < len(lines) else None, sources, fees, month, ended)
        for place, line in enumerate(bill.content.lines)
    )


def _said(line: BillLine, names: Mapping[str, str]) -> BillLine:
    """The line in the language of the paper; the very one in the language of bills."""
    if language() == "ja":
        return line
    name, unit = (said_again(one, names) for one in (line.name, line.unit))
    return msgspec.structs.replace(line, name=name, unit=unit, detail=detail_said(line.detail))


def lines_behind(bill: StoredBill, contract: StoredContract, catalogue: Catalogue) -> Sequence[Line]:
    """The lines a bill begins with, with their reasons. None where charging says something else today (an
    edition was added since).
    """
    known = tuple(one for one in contract.entries if one.seq <= bill.content.seen)
    if len(known) != len(contract.entries):
        contract = msgspec.structs.replace(contract, entries=known)
    try:
        lines = lines_of_month(contract.timeline, catalogue, month_from(bill.month))
    except UserError:
        return ()
    kept = bill.content.lines[: len(lines)]
    same = [(one.item, one.amount) for one in lines] == [(one.item, one.amount) for one in kept]
    return lines if same else ()


def _sources(work: UnitOfWork, bill: StoredBill) -> dict[str, _Source]:
    """Where each claim on a bill comes from; nothing is read where it holds none."""
    ids = {line.claim for line in bill.content.lines if line.claim}
    if not ids:
        return {}
    claims = [one for one in work.bills.claims_of(bill.contract_id) if one.id in ids]
    return {one.id: _source(work, one) for one in claims}


def _source(work: UnitOfWork, claim: Claim) -> _Source:
    if claim.kind == "visit":
        visit = work.visits.get(claim.cause)
        on = min((span.on for span in visit.content.spans), default=None)
        when = days_words(on, on) if on is not None else ""
        return _Source("visit", when, _("訪問 {number}").format(number=visit.number), visit.number)
    if claim.kind == "late-interest":
        late = work.bills.bill(late_bill(claim.cause))
        return _Source("late-interest", short_month_words(month_from(late.month)))
    if claim.kind == "surcharge":
        day = _day(claim.cause.partition(" ")[0])
        return _Source("surcharge", days_words(day, day) if day is not None else "")
    return _Source("adjustment")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(
    line: BillLine,
    made: Line | None,
    sources: Mapping[str, _Source],
    fees: set[str],
    month: Month,
    ended: date | None,
) -> BilledRow:
    if line.month:
        return BilledRow(
            line, "adjustment", short_month_words(month_from(line.month)), without_yen(line.detail)
        )
    if line.claim:
        return _claimed(line, sources.get(line.claim, _Source("adjustment")))
    group = "use"
    if line.item == "termination-fee":
        group = "ending"
    elif line.item in fees:
        group = "fee"
    if made is None:
        detail = (line.detail,) if line.detail else ()
        return BilledRow(line, group, month_label(month), plain_calculation(line), detail)
    when = days_of(made.reason) or (days_words(ended, ended) if ended and group == "ending" else "")
    when = when or month_label(month)
    if language() != "ja":  # bills keep their words in the language they were worked out in
        line = msgspec.structs.replace(line, name=made.name, detail=line_detail(made))
    small = remark(line, made.reason)
    return BilledRow(line, group, when, calculation(made.reason), small)


def _claimed(line: BillLine, source: _Source) -> BilledRow:
    told = [source.told] if source.told else []
    if line.detail and not (source.number and source.number in line.detail):
        told.append(line.detail)
    worked = plain_calculation(line) or worked_said(_told_calculation(line))
    return BilledRow(line, source.kind, source.when, worked, tuple(told))


def _told_calculation(line: BillLine) -> str:
    """The calculation a claim was recorded with (3,410,000 × 14.5％ × 24日 ÷ 365日), where it is a single
    one.
    """
    told = [words.partition(" = ")[0] for words in line.why if " = " in words and " × " in words]
    return without_yen(told[0]) if len(told) == 1 else ""


def calculation(reason: Reason) -> str:
    """The calculation as it fits a column: a part of a month from the month's fee, a credit from what was
    charged.
    """
    inputs = reason.inputs
    if reason.rule == "days-of-month":
        return _("{full} × {days}日 ÷ {month}日").format(
            full=number(inputs["full"]), days=inputs["days"], month=inputs["days_of_month"]
        )
    if reason.rule == "outage-remainder":
        return _("{full} × {left}日 ÷ {month}日 との差").format(
            full=number(inputs["full"]), left=inputs["left"], month=inputs["days_of_month"]
        )
    if reason.rule in _ENDINGS and "waived" not in inputs:
        return _("{basis} × {left}か月").format(basis=number(inputs["basis"]), left=inputs["months_left"])
    return without_yen(formula(reason))


def without_yen(words: str) -> str:
    """A calculation as cells show it: 円 stands in prose and under headlines only."""
    return _YEN.sub("", words)


def remark(line: BillLine, reason: Reason) -> tuple[str, ...]:
    """What stands under the name: the month's fee where only a part of it is charged, what a credit is, else
    the line's own remark.
    """
    if reason.rule in _BY_DAYS:
        parts = [formula(part) for part in reason.parts]
        return (_("月額 {formula}").format(formula=parts[0]),) if parts else ()
    if reason.rule in _CREDITS:
        return credit_words(reason)
    first, last = reason.inputs.get("first"), reason.inputs.get("last")
    if isinstance(first, date) and isinstance(last, date) and _paid_ahead(first, last):
        return (period_words(first, last),)
    return (line.detail,) if line.detail else ()


def credit_words(reason: Reason) -> tuple[str, ...]:
    """``2日分の減額``."""
    inputs = reason.inputs
    if reason.rule in ("outage-credit", "outage-remainder"):
        return (_("{days}日分の減額").format(days=inputs["days"]),)
    return tuple(words for part in reason.parts for words in credit_words(part))


def plain_calculation(line: BillLine) -> str:
    """``2台 × 4,400円`` where that is what the line comes to; "" where it is not."""
    if line.quantity is None or line.unit_price is None or line.quantity * line.unit_price != line.amount:
        return ""
    return f"{counted(line.quantity, line.unit)} × {figure(line.unit_price)}"


def days_of(reason: Reason) -> str:
    """The days a line is for, as its reason has them; "" for a whole month."""
    spans = reason.inputs.get("spans")
    if isinstance(spans, tuple) and spans:
        return _("・").join(days_words(first, last) for first, last in spans)
    first, last = reason.inputs.get("first"), reason.inputs.get("last")
    if isinstance(first, date) and isinstance(last, date) and not _paid_ahead(first, last):
        return days_words(first, last)
    return ""


def _paid_ahead(first: date, last: date) -> bool:
    """Whether days reach beyond their month: a year that is paid ahead."""
    return Month.of(first) != Month.of(last)


def edition_in(reason: Reason) -> date | None:
    """The first day of the price list a reason rests on."""
    if reason.edition is not None:
        return reason.edition
    return next((found for part in reason.parts if (found := edition_in(part)) is not None), None)
