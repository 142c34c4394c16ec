"""What a bill paid late costs more: interest for every part of it by itself, and what has accrued so far.

Interest bears no interest: what a bill holds of it is taken as paid first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.charge.interest import LateInterest, Overdue, late_interest
from app.charge.interest_words import sentence
from app.charge.stored import BillLine, Payment, StoredBill
from app.contract.facts import Billing, Timeline
from app.days import Month, short_month_words
from app.money import TaxKind, yen_words
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.words import _

LATE_INTEREST: Final = "late-interest"
LATE_INTEREST_BACK: Final = "late-interest-back"


@dataclass(frozen=True)
class LateBill:
    """A closed bill with a due day, and what was paid on it. ``assigned``: the claim was assigned to the
    billing company (債権譲渡), which moves the days of leap years.
    """

    service: str
    bill: StoredBill
    payments: tuple[Payment, ...]
    assigned: bool = False

    @property
    def paid(self) -> int:
        """Yen paid so far."""
        return sum(one.amount for one in self.payments)

    @property
    def open(self) -> int:
        """Yen still to be paid; negative where too much was paid."""
        return self.bill.total - self.paid


def assigned_in(timeline: Timeline, month: Month) -> bool:
    """Whether the claims of a month were assigned to the billing company."""
    billings = [one for one in timeline.facts if isinstance(one, Billing)]
    holding = [one for one in billings if one.on is None or one.on <= month.last]
    return bool(holding) and max(holding, key=lambda one: one.on or date.min).receivable_assigned


def interest_of(late: LateBill, catalogue: Catalogue, today: date | None = None) -> tuple[LateInterest, ...]:
    """The interest of every part that was paid late, and, with ``today``, of what is still open as if it
    were paid then. Parts that cost nothing are left out, and so is everything where the terms know no
    interest.

    Raises UserError ``edition-unknown`` where the rate of law of a day is not known.
    """
    due = late.bill.due_on
    edition = stands_for(catalogue.service(late.service).editions, due) if due else None
    if due is None or edition is None or edition.interest is None:
        return ()
    parts = list(_parts(late))
    rest = _principal(late) - sum(amount for _on, amount in parts)
    if today is not None and rest > 0:
        parts.append((today, rest))
    found = (
        late_interest(Overdue(late.service, amount, due, on, late.assigned), catalogue)
        for on, amount in parts
        if on > due and amount > 0
    )
    return tuple(one for one in found if one.amount)


def interest_line(late: LateBill, found: Sequence[LateInterest]) -> BillLine | None:
    """The line of the next bill, outside consumption tax, with how each part was worked out; None where
    nothing is due.
    """
    amount = sum(one.amount for one in found)
    if not amount:
        return None
    month = short_month_words(Month(int(late.bill.month[:4]), int(late.bill.month[5:])))
    return BillLine(
        item=LATE_INTEREST,
        name=_("延滞利息（{month}分）").format(month=month),
        amount=amount,
        tax=TaxKind.OUTSIDE,
        detail=_("遅れた日数 {days}日").format(days=max(one.days for one in found)),
        clause=found[0].rule.clause,
        why=tuple(sentence(one.reason) for one in found),
    )


def back_line(line: BillLine, of: Month, billed: Month) -> BillLine:
    """The line that gives late interest back on the next bill: the payment that came late was taken back.
    ``of``: the month that was paid late; ``billed``: the one on whose bill the interest stands.
    """
    return BillLine(
        item=LATE_INTEREST_BACK,
        name=_("延滞利息の取消し（{month}分）").format(month=short_month_words(of)),
        amount=-line.amount,
        tax=line.tax,
        clause=line.clause,
        why=(
            _(
                "{month}分の入金の記録が取り消されたため、{billed}分の請求に入れた延滞利息{amount}を差し引きます。"
            ).format(
                month=short_month_words(of), billed=short_month_words(billed), amount=yen_words(line.amount)
            ),
        ),
    )


def _principal(late: LateBill) -> int:
    """What bears interest: everything on the bill but earlier interest."""
    return late.bill.total - _interest_on(late.bill.content.lines)


def _interest_on(lines: Iterable[BillLine]) -> int:
    return sum(line.amount for line in lines if line.item == LATE_INTEREST)


def _parts(late: LateBill) -> Iterable[tuple[date, int]]:
    """Day and amount of each payment, without what went to earlier interest and what was paid back."""
    free = _interest_on(late.bill.content.lines)
    left = _principal(late)
    for payment in sorted(late.payments, key=lambda one: (one.on, one.at)):
        amount = max(0, payment.amount - free)
        free = max(0, free - payment.amount)
        amount = min(amount, left)
        left -= amount
        if amount:
            yield payment.on, amount
