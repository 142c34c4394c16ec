"""Fees outside the monthly charges: invoices, 適格請求書, 支払証明書, works."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from app.charge.lines import Line, Reason
from app.charge.view import View
from app.contract.facts import Billing, WorksFee
from app.contract.history import customer_on
from app.money import floor_yen
from app.tariff.model import Edition, Fee
from app.tariff.texts import words


def fee_lines(view: View, due: int) -> list[Line]:
    """The fees of the month. ``due``: what else is to be paid for it; without that nothing is invoiced."""
    history = view.history
    if not history.billings and not history.works:
        return []
    made: list[Line] = []
    for fee in view.rules.rules.fees:
        if fee.per == "works":
            if view.is_in(view.started):
                made += (_works_line(view, fee, works) for works in history.works)
            continue
        count = _count(view, fee, due)
        if count and fee.amount is not None:
            made.append(_line(view, fee, fee.amount, count))
    return made


def _billing(view: View) -> Billing:
    """How the month is billed: the latest fact that holds in it."""
    holding = [one for one in view.history.billings if one.on is None or one.on <= view.last]
    return holding[-1] if holding else Billing()


def _count(view: View, fee: Fee, due: int) -> int:
    """How often a fee is due in the month."""
    if not view.history.billings:
        return 0
    billing = _billing(view)
    if fee.not_if_assigned and billing.receivable_assigned:
        return 0
    if fee.per == "qualified-invoice":
        return _asked(view, [one.qualified_invoices for one in view.history.billings])
    if fee.per == "payment-certificate":
        return _asked(view, [one.payment_certificates for one in view.history.billings])
    if due <= 0 or _exempt(view, fee, billing):
        return 0
    if fee.per == "invoice-payment":
        return int(billing.method == "invoice")
    return int(billing.method == "invoice" or billing.notice)


def _asked(view: View, requests: list[Mapping[str, int]]) -> int:
    month = str(view.month)
    return sum(counts.get(month, 0) for counts in requests)


def _exempt(view: View, fee: Fee, billing: Billing) -> bool:
    """Whether the terms spare this customer, line or month the fee."""
    if fee.lines and view.timeline.line not in fee.lines:
        return True
    if view.number - view.number_of(view.started) < fee.not_first_months:
        return True
    kind = customer_on(view.history.handed_over, view.timeline.customer, view.last)
    return ("corporation" in fee.exempt and kind == "corporation") or (
        "combined" in fee.exempt and billing.combined
    )


def _edition(view: View) -> Edition:
    """The edition that prices the fees of the month. Raises UserError ``edition-unknown`` without one."""
    if not view.rules.is_priced:
        view.catalogue.priced_edition(view.timeline.service, max(view.started, view.first))
    return view.rules.rules


def _line(view: View, fee: Fee, price: int, count: int) -> Line:
    inputs = {"name": fee.name, "quantity": count, "unit": fee.unit, "unit_price": price}
    amount = price * count
    reason = Reason("fee", inputs, Fraction(amount), amount, fee.clause, "", _edition(view).start)
    return Line(
        view.timeline.service,
        fee.code,
        words(fee.name),
        amount,
        reason,
        count,
        words(fee.unit),
        price,
        clause=fee.clause,
    )


def _works_line(view: View, fee: Fee, works: WorksFee) -> Line:
    """The works fee, or the share of it that was done when the contract ended."""
    edition = _edition(view)
    exact = works.amount * works.done
    inputs = {"name": fee.name, "full": works.amount, "done": works.done}
    floor_clause = edition.proration.floor_clause if edition.proration else ""
    reason = Reason("works-share", inputs, exact, floor_yen(exact), fee.clause, floor_clause, edition.start)
    return Line(
        view.timeline.service,
        fee.code,
        words(fee.name),
        reason.amount,
        reason,
        1,
        words(fee.unit),
        clause=fee.clause,
    )
