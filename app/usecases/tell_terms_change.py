"""規約改定: the letter for each contract an edition touches, and the record that its customer was told.

Telling a customer is one transaction: number, letter, the letter kept with the contract, the fact
``TermsNoticed``, and the file in the folder; all of it happens, or none. What was told is skipped when the
work is taken up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.contract.actions import Action
from app.contract.beside import Attachment
from app.contract.facts import TermsNoticed
from app.contract.life import permitted, state_on
from app.contract.record import StoredContract
from app.errors import Problem, UserError
from app.papers.archived import PaperAbout
from app.papers.issuer import Settings
from app.papers.model import Images, Paper
from app.papers.terms_letter import Letter, terms_letter
from app.places import write_atomically
from app.tariff.model import Edition, PrepaidYear
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.find_terms_change import TermsChange, prices_of, told_of
from app.usecases.issue_quotation import check_settings
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.stand_contract import standing_of
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

KIND: Final = "N"


@dataclass(frozen=True)
class Told:
    """A customer who was told: the number of the letter and the name of its file."""

    contract_id: str
    number: str
    file: str


def letter_of(desk: Desk, change: TermsChange, contract_id: str, notified: date) -> tuple[Paper, Images]:
    """The letter for one contract as a draft, with the pictures it needs."""
    with desk.storage.look() as work:
        settings = work.settings.load()
        stored = work.contracts.get(contract_id)
        return _paper(desk, work, settings, change, stored, notified, ""), _images(work)


def _images(work: UnitOfWork) -> Images:
    return Images(seal=work.settings.image("seal"), logo=work.settings.image("logo"))


def _paper(
    desk: Desk,
    work: UnitOfWork,
    settings: Settings,
    change: TermsChange,
    stored: StoredContract,
    notified: date,
    number: str,
) -> Paper:
    price = prices_of(stored, desk.catalogue_for(settings), change)
    service, rules = change.service, change.rules
    cancellation = rules.cancellation
    letter = Letter(
        customer=work.customers.get(stored.customer_id).fields,
        service=words(service.name),
        provider=words(service.provider) if settings.role_for(service.code).role == "agent" else "",
        contract_number=stored.number,
        quantity=price.quantity,
        notified=notified,
        effective=change.start,
        before=price.before,
        after=price.after,
        yearly=price.yearly,
        changes=change.changes,
        terms=service.source.partition("（")[0].strip() or words(service.name),
        terms_clause=change.terms_clause,
        has_fee=change.has_fee,
        waived=change.waived,
        waiver_clause=change.waiver_clause,
        notice=_notice(rules),
        prepaid=isinstance(rules.proration, PrepaidYear),
        prepaid_clause=next((one.clause for one in rules.deadlines if one.code == "settle_by"), ""),
        cancellation_clause=cancellation.clause if cancellation is not None else "",
    )
    return terms_letter(letter, settings, number)


def _notice(rules: Edition) -> str:
    """How early a customer has to ask for the end: ``5営業日前``, ``2か月前``; "" without such a rule."""
    rule = rules.cancellation
    if rule is None:
        return ""
    if rule.policy == "business-days-notice" and rule.business_days:
        return _("{days}営業日前").format(days=rule.business_days)
    if rule.policy == "months-notice" and rule.months:
        return _("{months}か月前").format(months=rule.months)
    return ""


# --- telling -----------------------------------------------------------------------------------------------


def check_telling(desk: Desk, change: TermsChange, notified: date) -> None:
    """See that letters can be issued at all, and that the notice comes before the change.

    Raises UserError with every problem.
    """
    check_settings(desk.settings())
    if notified > change.start:
        raise UserError(
            Problem(
                "notice-after-effect",
                _("お知らせの日が、改定の実施日より後です。"),
                remedy=_("実施日までの日を入力してください。"),
                clause=change.terms_clause,
                field="notified",
            )
        )


def tell_customer(
    desk: Desk, change: TermsChange, contract_id: str, notified: date, folder: Path | None
) -> Told | None:
    """Number and draw the letter, keep it with the contract, record that the customer was told, and write the
    file into ``folder`` (None: no file). None where that was done before.

    Raises UserError where the contract is over or the letter can't be issued, EnvironmentProblem where the
    file can't be written; then nothing of it happened.
    """
    check_telling(desk, change, notified)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.SELL)
        settings = work.settings.load()
        stored = work.contracts.get(contract_id)
        if told_of(stored, change.start) is not None:
            return None
        _check_permitted(stored, change, notified)
        number = work.numbers.next(KIND, settings.desk_code, notified)
        paper = _paper(desk, work, settings, change, stored, notified, number)
        pdf = desk.draw(paper, _images(work))
        name = f"{number}.pdf"
        _keep(desk, work, stored, name, pdf, who(settings))
        _archive(work, stored, number, notified, pdf, who(settings))
        _record(desk, work, settings, stored, change, notified, number)
        if folder is not None:
            write_atomically(folder / name, pdf)
        work.commit()
    return Told(contract_id, number, name)


def _check_permitted(stored: StoredContract, change: TermsChange, notified: date) -> None:
    held = [one.entry for one in stored.entries]
    refusal = permitted(Action.TERMS_NOTICE, state_on(held, notified), change.service, notified)
    if refusal is not None:
        raise UserError(
            Problem(refusal.code, refusal.what, why=refusal.why, remedy=refusal.remedy, clause=refusal.clause)
        )


def _keep(desk: Desk, work: UnitOfWork, stored: StoredContract, name: str, pdf: bytes, staff: str) -> None:
    """The very bytes of the letter, with the contract."""
    work.beside.attach(
        Attachment(
            id="",
            subject="contract",
            subject_id=stored.id,
            name=name,
            media_type="application/pdf",
            size=len(pdf),
            sha256=sha256(pdf).hexdigest(),
            at=desk.now(),
            staff=staff,
            note=_("規約改定のお知らせ"),
        ),
        pdf,
    )


def _archive(
    work: UnitOfWork, stored: StoredContract, number: str, notified: date, pdf: bytes, staff: str
) -> None:
    """The same bytes among the issued papers."""
    customer = work.customers.get(stored.customer_id).fields.name.strip()
    about = PaperAbout(
        customer_id=stored.customer_id, subject_kind="contract", subject_id=stored.id, staff=staff
    )
    work.papers.add(KIND, number, 1, customer, notified, 0, pdf, about)


def _record(
    desk: Desk,
    work: UnitOfWork,
    settings: Settings,
    stored: StoredContract,
    change: TermsChange,
    notified: date,
    number: str,
) -> None:
    fact = TermsNoticed(notified=notified, effective=change.start, edition=change.start)
    entries = (*(one.entry for one in stored.entries), fact)
    equipment = work.beside.equipment_of(stored.id)
    catalogue = desk.catalogue_for(settings)
    standing = standing_of(stored.content, entries, catalogue, desk.today(), equipment)
    staff = who(settings)
    work.contracts.change(stored.id, stored.version, standing, entries=(fact,), staff=staff, note=number)
    work.audit.record(
        staff,
        "terms-noticed",
        stored.id,
        {"letter": number, "edition": change.start.isoformat(), "notified": notified.isoformat()},
    )
