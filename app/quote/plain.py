"""A priced quotation as plain data: what ``--json`` prints and what an issued revision freezes."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.charge.lines import Bill, Line, UsedReading
from app.charge.words import line_detail, sentence
from app.money import percent_words
from app.quote.priced import Group, PaymentRow, PricedQuotation, ServicePrice


def as_plain(priced: PricedQuotation) -> dict[str, Any]:
    """Lines with their reasons, sums, payments, readings, notes and problems; dates as ``YYYY-MM-DD``."""
    return {
        "title": priced.title,
        "valid_until": priced.valid_until.isoformat(),
        "services": [_service(service) for service in priced.services],
        "groups": [_group(group) for group in priced.groups],
        "payments": [_payment(row) for row in priced.payments],
        "first_bill": _bill(priced.first_bill),
        "monthly_bill": _bill(priced.monthly_bill) if priced.monthly_bill else None,
        "total": _bill(priced.total_bill),
        "readings": [_reading(used) for used in priced.readings],
        "notes": [
            {"kind": note.kind, "text": note.text, "clause": note.clause, "field": note.field}
            for note in priced.notes
        ],
        "problems": [
            {
                "code": problem.code,
                "message": problem.sentence(),
                "clause": problem.clause,
                "field": problem.field,
            }
            for problem in priced.problems
        ],
    }


def editions_of(priced: PricedQuotation) -> dict[str, str]:
    """Service → first day of the edition it was priced with ("" = undated)."""
    return {service.service: _day(service.edition) for service in priced.services}


def readings_of(priced: PricedQuotation) -> dict[str, str]:
    """``service:name`` → choice, for every reading an amount rests on."""
    return {f"{used.service}:{used.name}": used.choice for used in priced.readings}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _service(service: ServicePrice) -> dict[str, Any]:
    return {
        "service": service.service,
        "name": service.name,
        "edition": _day(service.edition),
        "start": service.start.isoformat(),
        "term_months": service.term_months,
        "term_ends": service.term_ends.isoformat(),
        "minimum_term": service.minimum_term,
        "monthly_net": service.monthly_net,
        "first_month_net": service.first_month_net,
        "exit_fee_after_12_months": service.exit_fee.amount if service.exit_fee else None,
        "cheaper": {
            "item": service.advice.item,
            "quantity": service.advice.quantity,
            "monthly_net": service.advice.monthly_net,
        }
        if service.advice
        else None,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "kind": group.kind,
        "title": group.title,
        "service": group.service,
        "visit": group.visit,
        "net": group.net,
        "lines": [_line(line) for line in group.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    edition = line.reason.edition
    return {
        "item": line.item,
        "name": line.name,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": line.unit_price,
        "amount": line.amount,
        "tax": line.tax.value,
        "detail": line_detail(line),
        "clause": line.clause,
        "edition": _day(edition),
        "reason": sentence(line.reason),
        "readings": [_reading(used) for used in line.reason.all_readings()],
    }


def _reading(used: UsedReading) -> dict[str, str]:
    return {"service": used.service, "name": used.name, "choice": used.choice}


def _payment(row: PaymentRow) -> dict[str, Any]:
    return {
        "from": f"{row.first:%Y-%m}",
        "to": f"{row.last:%Y-%m}",
        "months": row.months,
        "title": row.title,
        "formula": row.formula,
        "net": row.net,
        "tax": row.tax,
        "exempt": row.exempt,
        "total": row.total,
    }


def _bill(bill: Bill) -> dict[str, Any]:
    return {
        "net": bill.net,
        "tax": bill.tax,
        "exempt": bill.exempt,
        "total": bill.total,
        "rates": [
            {"rate": percent_words(row.rate) if row.rate is not None else "", "net": row.net, "tax": row.tax}
            for row in bill.rows
        ],
    }
