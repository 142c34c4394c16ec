"""預り証 of a customer, a contract or a visit, and what its fields may be filled with beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from app.contract.customer import CustomerFields
from app.contract.equipment import device_words, is_open
from app.contract.facts import Ended
from app.contract.life import entries_standing
from app.papers.archived import PaperAbout, SubjectKind
from app.papers.deposit import Deposit, DepositItem, deposit_paper
from app.papers.issuer import Settings
from app.papers.model import Paper
from app.papers.options import Options
from app.papers.quotation import IssueMark
from app.papers.request import PaperRequest
from app.papers.signature import read_signature
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.paper_makers import Making
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

KIND: Final = "D"
MOST_ITEMS: Final = 60
MOST_PIECES: Final = 9_999
SUBJECTS: Final = ("customer", "contract", "visit")


@dataclass(frozen=True)
class Subject:
    """Whose things, and what they belong to, in words."""

    customer_id: str
    customer: CustomerFields
    about: str = ""


def make_deposit(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Each 預り証 is one of its own. Options: ``subject_kind`` (customer, contract, visit), ``items`` (``name``,
    ``quantity``, ``note``), ``purpose``, ``until``, ``given_back``, ``condition``,
    ``handed_by``,
    ``signature`` (``Signature``).

    Without a word ``given_back`` follows from the contract: what comes when it is over is returned for good.

    Raises UserError with every problem of the options, each with its field; ``not-found``.
    """
    options = Options(request.options)
    subject_kind = options.one_of("subject_kind", _("預り証の対象"), SUBJECTS)
    asked = request.on or desk.today()
    items = tuple(_item(one) for one in options.rows("items", _("お預かりする品"), MOST_ITEMS, needed=True))
    purpose = options.text("purpose", _("目的"), needed=True)
    until = options.day("until", _("お返しの予定日"))
    if until is not None and until < asked:
        options.wrong("until", _("お返しの予定日が、お預かりする日より前です。"), _("日付を直してください。"))
    returned = subject_kind == "contract" and until is None and _is_over(desk, work, request.subject)
    given_back = options.flag("given_back", _("お返しするもの"), usual=not returned)
    condition = options.text("condition", _("お預かり時の状態"))
    handed_by = options.text("handed_by", _("お渡しの方"), 40)
    signature = read_signature(options)
    options.finish()
    subject = subject_of(desk, work, subject_kind, request.subject)
    settings = work.settings.load()
    deposit = Deposit(
        customer=subject.customer,
        items=items,
        purpose=purpose,
        day=asked,
        about=subject.about,
        until=until,
        given_back=given_back,
        condition=condition,
        handed_by=handed_by,
        signature=signature,
    )

    def make(mark: IssueMark | None) -> Paper:
        return deposit_paper(replace(deposit, day=mark.on if mark else asked), settings, mark)

    return made_for(subject, subject_kind, request.subject, settings, make)


def _item(one: Options) -> DepositItem:
    item = DepositItem(
        name=one.text("name", _("品名"), 60, needed=True),
        quantity=one.number("quantity", _("数量"), 1, MOST_PIECES, 1),
        note=one.text("note", _("製造番号・状態・付属品"), 120),
    )
    one.nothing_else()
    return item


def made_for(
    subject: Subject,
    kind: str,
    subject_id: str,
    settings: Settings,
    make: Callable[[IssueMark | None], Paper],
) -> Making:
    """A paper of its own each time, kept with the customer, contract or visit it was made for."""
    return Making(
        make=make,
        about=PaperAbout(
            customer_id=subject.customer_id,
            subject_kind=cast("SubjectKind", kind),
            subject_id=subject_id,
            staff=who(settings),
        ),
        customer=subject.customer.name.strip(),
        again="new",
    )


def subject_of(desk: Desk, work: UnitOfWork, kind: str, subject_id: str) -> Subject:
    """Whose a contract or visit is, and what it is called. Raises UserError ``not-found``."""
    if kind == "contract":
        contract = work.contracts.get(subject_id)
        service = desk.catalogue.service(contract.content.service)
        about = f"{words(service.short)}  {contract.number}"
        return Subject(contract.customer_id, work.customers.get(contract.customer_id).fields, about)
    if kind == "visit":
        visit = work.visits.get(subject_id)
        about = _("訪問 {number}").format(number=visit.number)
        return Subject(visit.customer_id, work.customers.get(visit.customer_id).fields, about)
    return Subject(subject_id, work.customers.get(subject_id).fields)


def _is_over(desk: Desk, work: UnitOfWork, contract_id: str) -> bool:
    """Whether a contract has ended: what comes in then is returned for good."""
    entries = entries_standing([one.entry for one in work.contracts.get(contract_id).entries])
    return any(type(one) is Ended and one.on <= desk.today() for one in entries)


def deposit_defaults(desk: Desk, contract_id: str) -> dict[str, Any]:
    """Options of a 預り証 for the devices of a contract that are out: what they are with their numbers, and
    what for. Without devices only what they belong to.
    """
    with desk.storage.look() as work:
        contract = work.contracts.get(contract_id)
        devices = [one.fields for one in work.beside.equipment_of(contract_id) if is_open(one)]
        customer = work.customers.get(contract.customer_id).fields
        ended = _is_over(desk, work, contract_id)
    return {
        "subject_kind": "contract",
        "items": [
            {
                "name": device_words(one),
                "quantity": 1,
                "note": _("製造番号 {serial}").format(serial=one.serial) if one.serial else "",
            }
            for one in devices
        ],
        "given_back": not ended,
        "purpose": _("ご解約にともなう機器のご返却") if ended else _("機器の点検・修理"),
        "handed_by": (contract.content.contact.name or customer.person).strip(),
    }
