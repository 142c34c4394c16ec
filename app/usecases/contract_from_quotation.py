"""受注: an issued quotation becomes its contracts in one step; nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from app.charge.words import counted
from app.contract.beside import CallNote, Subject
from app.contract.customer import CustomerDetails, CustomerFields, charged_as
from app.contract.facts import AgreedUnitPrice
from app.contract.record import (
    Application,
    BillingAddress,
    ContractContact,
    ContractContent,
    ContractSite,
    StoredContract,
)
from app.errors import Problem, UserError
from app.ids import uuid7
from app.papers.issuer import Settings
from app.quote.area import area_of
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.priced import VisitPrice
from app.quote.stored import QuotationState, Revision, StoredQuotation
from app.usecases.desk import Desk
from app.usecases.keep_application import prepare_in
from app.usecases.keep_quotation import who
from app.usecases.ports import UnitOfWork
from app.usecases.price_quotation import price_content
from app.words import _


def contracts_from_quotation(desk: Desk, quotation_id: str) -> list[StoredContract]:
    """A contract in preparation for each service of the newest issued revision; the quotation is won. Visit
    work waits as a next step in a call note. Asked again, it gives the contracts that are there.

    Raises UserError: ``not-issued``, ``no-service``, ``no-desk-code``.
    """
    with desk.storage.work() as work:
        made = [work.contracts.get(row.id) for row in work.contracts.of_quotation(quotation_id)]
        if made:
            return sorted(made, key=lambda one: one.seq)
        settings = work.settings.load()
        quotation = work.quotations.get(quotation_id)
        revision = _newest(work, quotation)
        content = revision.content
        customer_id = content.customer_id or _registered(work, content.customer, settings)
        details = work.customers.details(customer_id)
        for entry in content.services:
            known = content_of(revision, entry, details)
            made.append(prepare_in(desk, work, customer_id, known, settings))
        _note_work(desk, work, settings, revision, made)
        _win(work, quotation, settings)
        work.commit()
    return made


def _registered(work: UnitOfWork, fields: CustomerFields, settings: Settings) -> str:
    """The id of the customer of a quotation that names none stored: registered with it."""
    customer = work.customers.add(fields)
    work.audit.record(who(settings), "customer-registered", customer.id, {})
    return customer.id


def content_of(revision: Revision, entry: ServiceEntry, details: CustomerDetails) -> ContractContent:
    """What a contract takes over of one service of a quotation."""
    content = revision.content
    customer = content.customer
    return ContractContent(
        service=entry.service,
        title=content.title,
        customer_kind=charged_as(customer.kind),
        line=entry.line,
        site=ContractSite(
            name=entry.site.name,
            postal_code=entry.site.postal_code,
            address=entry.site.address,
            area="east" if area_of(entry.site, customer) == "east" else "west",
        ),
        contact=_contact(customer),
        billing=_billing(details),
        agreed=tuple(
            AgreedUnitPrice(one.item, one.unit_price, one.reason, one.approved_by)
            for one in entry.agreed_prices
        ),
        application=Application(
            wished_start=entry.start, items=dict(entry.items), options=dict(entry.options)
        ),
        quotation_id=revision.quotation_id,
        quotation_number=revision.number,
        remarks=content.remarks,
    )


def _contact(customer: CustomerFields) -> ContractContact:
    return ContractContact(
        name=customer.person,
        department=customer.department,
        phone=customer.phone,
        email=customer.email,
    )


def _billing(details: CustomerDetails) -> BillingAddress:
    billing = details.billing
    return BillingAddress(
        name=billing.name,
        department=billing.department,
        person=billing.person,
        postal_code=billing.postal_code,
        address=billing.address,
        method=billing.method,
    )


def _newest(work: UnitOfWork, quotation: StoredQuotation) -> Revision:
    revisions = work.quotations.revisions(quotation.id)
    if not revisions:
        raise UserError(
            Problem(
                "not-issued",
                _("まだ発行していない見積です。"),
                remedy=_("発行してから、契約にしてください。"),
            )
        )
    newest = max(revisions, key=lambda one: one.revision)
    if not newest.content.services:
        raise UserError(
            Problem(
                "no-service",
                _("この見積には、契約にするサービスがありません。"),
                remedy=_("訪問作業や手入力の行だけの見積は、そのまま受注にしてください。"),
                field="services",
            )
        )
    return newest


def _win(work: UnitOfWork, quotation: StoredQuotation, settings: Settings) -> None:
    if quotation.state is not QuotationState.WON:
        work.quotations.set_state(quotation.id, quotation.version, QuotationState.WON)
        won = {"state": QuotationState.WON.value}
        work.audit.record(who(settings), "state-changed", quotation.id, won)


# --- work that waits -------------------------------------------------------------------------------------


def _note_work(
    desk: Desk, work: UnitOfWork, settings: Settings, revision: Revision, made: list[StoredContract]
) -> None:
    """A call note for each visit, and for what was priced by hand, with the next step it asks for."""
    content = revision.content
    if not content.visits and not content.hand_lines:
        return
    priced = price_content(desk, content, settings)
    by_index = {one.index: one for one in priced.visits}
    for place, visit in enumerate(content.visits):
        subject = made[visit.for_service] if visit.for_service is not None else made[0]
        text = _visit_words(revision, content, place, by_index)
        step = _("訪問作業の手配")
        _add_note(desk, work, settings, subject.id, text, step, visit.on or _start(content, place))
    if content.hand_lines:
        _add_note(desk, work, settings, made[0].id, _hand_words(revision), _("手入力の行の請求"), None)


def _start(content: QuotationContent, place: int) -> date | None:
    owner = content.visits[place].for_service
    return content.services[owner].start if owner is not None else None


def _visit_words(
    revision: Revision, content: QuotationContent, place: int, by_index: Mapping[int, VisitPrice]
) -> str:
    visit = content.visits[place]
    rows = [_("見積 {number} の訪問作業").format(number=f"{revision.number}-{revision.revision}")]
    if visit.site.name or visit.site.address:
        rows.append(_("場所：{site}").format(site=f"{visit.site.name} {visit.site.address}".strip()))
    price = by_index.get(place)
    lines = price.lines if price is not None else ()
    rows += [_row(line.name, line.quantity, line.unit) for line in lines]
    return "\n".join(rows)


def _hand_words(revision: Revision) -> str:
    return "\n".join(
        [
            _("見積 {number} の手入力の行").format(number=f"{revision.number}-{revision.revision}"),
            *_hand_rows(revision.content),
        ]
    )


def _hand_rows(content: QuotationContent) -> Iterator[str]:
    for line in content.hand_lines:
        yield _row(line.name, line.quantity, line.unit)


def _row(name: str, quantity: int | None, unit: str) -> str:
    return f"{name} {counted(quantity, unit)}" if quantity is not None else name


def _add_note(
    desk: Desk,
    work: UnitOfWork,
    settings: Settings,
    contract_id: str,
    text: str,
    next_step: str,
    due_on: date | None,
) -> None:
    subject: Subject = "contract"
    work.beside.add_note(
        CallNote(
            id=uuid7(),
            version=1,
            subject=subject,
            subject_id=contract_id,
            at=desk.now(),
            staff=who(settings),
            text=text,
            next_step=next_step,
            owner=settings.current_staff,
            due_on=due_on or desk.today(),
        )
    )
