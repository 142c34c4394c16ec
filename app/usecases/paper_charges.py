"""料金計算書 of a contract for a month: as it was billed where it is closed, else as it is worked out today.
It goes to who had the contract in that month.

Options: ``month`` (``2026-11``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.days import Month
from app.errors import Problem, UserError
from app.money import tax_rate
from app.papers.archived import PaperAbout
from app.papers.charges_sheet import ChargedLine, MonthCharges, charges_sheet
from app.papers.invoice_parts import issuing_of
from app.papers.request import PaperRequest
from app.tariff.editions import stands_for
from app.tariff.texts import words
from app.usecases.bill_words import detail_said, names_of, said_again, why_said
from app.usecases.contract_view import ContractView, ShownLine
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.open_contract import lines_of_month, months_until, view_in
from app.usecases.paper_makers import Making
from app.usecases.record_entry import holder_on
from app.usecases.surviving_customer import surviving
from app.words import _

if TYPE_CHECKING:
    from app.papers.issuer import Settings
    from app.usecases.ports import UnitOfWork

AHEAD = 24
"""So many months to come can be worked out on paper."""


def charges_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind F; the subject is a contract.

    Raises UserError ``bad-input`` (no such month, a month without charges), ``not-found``, and what charging
    refuses.
    """
    month = asked_month(request)
    settings = work.settings.load()
    view = view_in(desk, work, request.subject)
    entries = tuple(one.entry for one in view.stored.entries)
    holder = surviving(work, holder_on(entries, view.stored.customer_id, month.last))
    charges = replace(charges_in(view, month, settings), customer=work.customers.get(holder).fields)
    return Making(
        make=lambda mark: charges_sheet(charges, settings, mark),
        about=PaperAbout(
            customer_id=holder,
            subject_kind="contract",
            subject_id=view.stored.id,
            staff=who(settings),
        ),
        customer=charges.customer.name.strip(),
        total=charges.total,
        again="new",
    )


def asked_month(request: PaperRequest) -> Month:
    """The month asked for. UserError ``bad-input``."""
    text = str(request.options.get("month", ""))
    try:
        year, number = (int(part) for part in text.split("-"))
        return Month(year, number)
    except ValueError as error:
        raise UserError(
            Problem(
                "bad-input",
                _("対象月を「2026-11」のように指定してください。"),
                field="options.month",
            )
        ) from error


def charges_in(view: ContractView, month: Month, settings: Settings) -> MonthCharges:
    """A month of a contract with its lines, the very ones its page shows. UserError ``bad-input``."""
    shown = next((row for row in months_until(view, AHEAD) if row.month == month), None)
    lines = lines_of_month(view, month) if shown is not None else ()
    if shown is None or not lines:
        raise UserError(
            Problem(
                "bad-input",
                _("{month}に料金はありません。").format(month=str(month)),
                remedy=_("料金のある月を選んでください。"),
                field="options.month",
            )
        )
    stored = view.stored
    service = view.catalogue.service(stored.content.service)
    agent = settings.role_for(service.code).role == "agent"
    edition = stands_for(service.editions, month.last)
    names = names_of(edition)
    return MonthCharges(
        customer=view.customer.fields,
        service=words(service.name),
        provider=words(service.provider) if agent else "",
        contract_number=stored.number,
        provider_number=stored.content.provider_number,
        what=view.figures.quantity_words,
        month=month,
        lines=tuple(_line(one, names) for one in lines),
        net=shown.net,
        tax=shown.tax,
        exempt=shown.exempt,
        rate=tax_rate(month.last),
        standing=_standing(shown.state),
        final=shown.state == "billed",
        edition=edition,
        today=view.today,
        invoices=issuing_of(settings, service.code).invoices,
    )


def _standing(state: str) -> str:
    """What the figures of a month are."""
    if state == "billed":
        return _("締め切った月の、請求のとおりの金額です。")
    if state == "elsewhere":
        return _("この月は、ほかの窓口で請求されています。金額は参考です。")
    return _("まだ締め切っていない月です。実際の請求は、締めるまでの変更により変わることがあります。")


def _line(line: ShownLine, names: Mapping[str, str]) -> ChargedLine:
    return ChargedLine(
        name=said_again(line.name, names),
        amount=line.amount,
        outside_tax=line.outside_tax,
        detail=detail_said(line.detail),
        quantity=line.quantity,
        unit=said_again(line.unit, names),
        unit_price=line.unit_price,
        clause=line.clause,
        reason=line.reason,
        why=why_said(line.why),
    )
