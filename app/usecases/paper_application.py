"""申込内容確認書（取次用）, or 申込書 where we are the provider: made from an application that is under way."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.contract.checklist import checklist
from app.contract.life import state_on
from app.contract.record import ContractState
from app.contract.steps import Explained, Submitted
from app.errors import Problem, UserError
from app.papers.application_sheet import ApplicationSheet, application_sheet, application_title
from app.papers.archived import PaperAbout
from app.papers.contract_sheet_parts import Ordered
from app.papers.model import Paper
from app.papers.options import Options
from app.papers.quotation import IssueMark
from app.papers.request import PaperRequest
from app.papers.signature import Signature, read_signature
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.paper_contract_ground import ContractGround, contract_ground
from app.usecases.paper_makers import Making
from app.usecases.stand_contract import Has
from app.words import _, speaking

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

KIND: Final = "A"
OPEN: Final = frozenset({ContractState.PREPARING, ContractState.SUBMITTED, ContractState.ACCEPTED})


def make_application(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """The paper of a contract until it begins; it goes under the contract's digits. Option ``signature``
    (``Signature``): the customer's, given on the screen.

    Raises UserError ``application-over`` where nothing is applied for any more, ``bad-input`` for options.
    """
    ground = contract_ground(desk, work, request.subject)
    state = state_on(ground.entries, desk.today())
    if state not in OPEN:
        raise _over(ground)
    options = Options(request.options)
    signature = read_signature(options)
    options.finish()

    def make(mark: IssueMark | None) -> Paper:
        return application_sheet(_sheet(desk, ground, request, signature, mark), ground.settings, mark)

    on = request.on or desk.today()
    with speaking("ja"):  # as the archive calls it
        title = application_title(ground.provided(on))
    return Making(
        make=make,
        about=PaperAbout(
            title=title,
            customer_id=ground.stored.customer_id,
            subject_kind="contract",
            subject_id=ground.stored.id,
            staff=who(ground.settings),
        ),
        customer=ground.customer.name.strip(),
        total=_applied(ground, on).total,
        number=number_of(ground.stored.number),
    )


def number_of(contract_number: str) -> str:
    """The contract's digits under the letter of the paper: ``A-HM1-2605-0007``."""
    return f"{KIND}{contract_number[1:]}" if contract_number.startswith("C-") else f"{KIND}-{contract_number}"


def _sheet(
    desk: Desk,
    ground: ContractGround,
    request: PaperRequest,
    signature: Signature | None,
    mark: IssueMark | None,
) -> ApplicationSheet:
    day = mark.on if mark else request.on or desk.today()
    content = ground.stored.content
    received = content.application.received_at
    return ApplicationSheet(
        contract_number=ground.stored.number,
        content=content,
        customer=ground.customer,
        corporate_number=ground.details.corporate_number,
        provided=ground.provided(day),
        ordered=_applied(ground, day),
        checks=checklist(content, ground.customer, ground.catalogue, day, ground.entries),
        today=day,
        received_at=_by_the_wall(received, desk),
        explained=next((one for one in reversed(ground.entries) if type(one) is Explained), None),
        submitted=next((one for one in reversed(ground.entries) if type(one) is Submitted), None),
        signature=signature,
    )


def _by_the_wall(at: datetime | None, desk: Desk) -> datetime | None:
    """A moment as the clock on the wall shows it; storage keeps it in UTC."""
    return at.astimezone(desk.now().tzinfo) if at is not None and at.tzinfo is not None else at


def _applied(ground: ContractGround, day: date) -> Ordered:
    applied = ground.stored.content.application
    return ground.ordered(day, Has(applied.items, applied.options, max(applied.wished_start or day, day)))


def _over(ground: ContractGround) -> UserError:
    return UserError(
        Problem(
            "application-over",
            _("契約{number}の申込みは終わっているため、申込みの書類は作れません。").format(
                number=ground.stored.number
            ),
            remedy=_("いまの契約の内容は「契約内容確認書」で発行できます。"),
        )
    )
