"""規約改定: which contracts an edition touches, what each pays before and after, and the letter for each.

Telling a customer is one transaction: number, letter, the letter kept with the contract, the fact
``TermsNoticed``, and the file in the folder; all of it happens, or none. What was told is skipped when the
work is taken up again.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.charge.plan import Priced, plan_of
from app.contract.actions import Action
from app.contract.beside import Attachment
from app.contract.facts import Ended, TermsNoticed
from app.contract.life import entries_standing, permitted, state_on
from app.contract.record import ContractQuery, ContractState, StoredContract
from app.days import DAY
from app.errors import Problem, UserError
from app.papers.issuer import Settings
from app.papers.model import Images, Paper
from app.papers.terms_letter import Letter, terms_letter
from app.places import write_atomically
from app.tariff.diff import compare_editions
from app.tariff.diff_words import ChangeSection, change_sections
from app.tariff.model import Edition, PrepaidYear, Service
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.issue_quotation import check_settings
from app.usecases.keep_quotation import who
from app.usecases.stand_contract import main_item, price_of, standing_of, what_it_has, yearly
from app.words import _

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue
    from app.usecases.ports import UnitOfWork

KIND: Final = "N"
_OURS: Final = frozenset({"edition", "readings"})
LIVE: Final = (
    ContractState.ACCEPTED,
    ContractState.ACTIVE,
    ContractState.SUSPENDED,
    ContractState.ENDING,
)
"""The states of contracts whose customers are told."""


@dataclass(frozen=True)
class TermsChange:
    """An edition that follows another: from ``edition.start`` on it stands in place of ``before``.

    ``changes``: what differs, in words. ``waived``: leaving because of it costs no 解約金 when it is asked
    for between the notice and the first day, both included (``waiver_clause``).
    """

    service: Service
    before: Edition
    edition: Edition
    changes: tuple[ChangeSection, ...]
    waived: bool
    waiver_clause: str
    terms_clause: str

    @property
    def start(self) -> date:
        """The first day of the edition."""
        assert self.edition.start is not None
        return self.edition.start

    @property
    def rules(self) -> Edition:
        """The rules somebody leaves by before the edition begins; the edition's own where nobody knows the old
        ones.
        """
        return known_rules(self.before, self.edition)

    @property
    def has_fee(self) -> bool:
        """Whether the terms know a 解約金."""
        return self.rules.termination is not None

    @property
    def priced(self) -> bool:
        """Whether amounts before and after are known."""
        return self.before.priced and self.edition.priced


@dataclass(frozen=True)
class TouchedContract:
    """A contract an edition touches. ``before`` and ``after``: net yen a month, or a year where ``yearly``;
    None where no price is known. ``told``: the notice recorded already.
    """

    contract_id: str
    version: int
    number: str
    customer: str
    town: str
    phone: str
    state: ContractState
    quantity: str
    before: int | None
    after: int | None
    yearly: bool
    told: TermsNoticed | None

    @property
    def difference(self) -> int | None:
        """What is paid more (less when negative); None where no price is known."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Told:
    """A customer who was told: the number of the letter and the name of its file."""

    contract_id: str
    number: str
    file: str


def changes_of(catalogue: Catalogue, service_code: str) -> tuple[date, ...]:
    """The first days of the editions of a service that follow another, the newest first."""
    service = catalogue.service(service_code)
    return tuple(one.start for one in reversed(service.editions[1:]) if one.start is not None)


def terms_change(catalogue: Catalogue, service_code: str, start: date) -> TermsChange:
    """What the edition that begins on ``start`` changes.

    Raises UserError ``bad-input`` where no edition follows another on that day.
    """
    service = catalogue.service(service_code)
    place = next((place for place, one in enumerate(service.editions) if one.start == start), 0)
    if not place:
        raise UserError(Problem("bad-input", _("その日に始まる改定版がありません。"), field="edition"))
    before, edition = service.editions[place - 1], service.editions[place]
    rules = known_rules(before, edition)
    rule, life = rules.termination, rules.life
    waived = rule is not None and "terms-change" in rule.waived
    clause = rule.waiver_clause if rule is not None and waived else rule.clause if rule is not None else ""
    return TermsChange(
        service=service,
        before=before,
        edition=edition,
        changes=_told_changes(before, edition),
        waived=waived,
        waiver_clause=clause,
        terms_clause=life.terms_change_clause if life is not None else "",
    )


def known_rules(before: Edition, edition: Edition) -> Edition:
    """The old edition, or the new one where only the old one's first day is known."""
    return before if before.priced else edition


def _told_changes(before: Edition, edition: Edition) -> tuple[ChangeSection, ...]:
    """What customers are told of. The first day stands in the letter itself; how we read unclear passages is
    ours.
    """
    diff = compare_editions(before, edition)
    groups = {name: found for name, found in diff.groups.items() if name not in _OURS}
    return change_sections(replace(diff, groups=groups))


def touched_seqs(desk: Desk, service_code: str) -> array[int]:
    """The ``seq`` of every contract of a service that lives, by the customer's kana."""
    query = ContractQuery(services=(service_code,), states=LIVE, sort="customer", descending=False)
    with desk.storage.look() as work:
        return work.contracts.seqs(query)


def touched_contracts(desk: Desk, change: TermsChange, seqs: Sequence[int]) -> list[TouchedContract]:
    """Of some contracts those the edition touches; contracts that end before it are left out."""
    with desk.storage.look() as work:
        catalogue = desk.catalogue_for(work.settings.load())
        found = []
        for row in work.contracts.rows(seqs):
            stored = work.contracts.get(row.id)
            if _ends_before(stored, change.start):
                continue
            price = _prices(stored, catalogue, change)
            found.append(
                TouchedContract(
                    contract_id=row.id,
                    version=stored.version,
                    number=row.number,
                    customer=row.customer,
                    town=row.town,
                    phone=row.phone,
                    state=row.state,
                    quantity=price.quantity,
                    before=price.before,
                    after=price.after,
                    yearly=price.yearly,
                    told=told_of(stored, change.start),
                )
            )
    return found


def told_of(stored: StoredContract, start: date) -> TermsNoticed | None:
    """The notice of an edition recorded for a contract."""
    held = entries_standing(one.entry for one in stored.entries)
    for one in held:
        if isinstance(one, TermsNoticed) and start in {one.edition, one.effective}:
            return one
    return None


def _ends_before(stored: StoredContract, day: date) -> bool:
    held = entries_standing(one.entry for one in stored.entries)
    return any(isinstance(one, Ended) and one.on <= day for one in held)


@dataclass(frozen=True)
class _Prices:
    quantity: str
    before: int | None
    after: int | None
    yearly: bool


def _prices(stored: StoredContract, catalogue: Catalogue, change: TermsChange) -> _Prices:
    """A full month (or year) on the last day of the old edition and on the first of the new one."""
    held = entries_standing(one.entry for one in stored.entries)
    plan = plan_of(catalogue, stored.content.service)
    old = what_it_has(stored.content, held, change.start - DAY)
    new = what_it_has(stored.content, held, change.start)
    before = price_of(plan, old, stored.content) if change.before.priced else None
    after = price_of(plan, new, stored.content) if change.edition.priced else None
    item, quantity = main_item(plan.at(new.priced_on).rules, new.items)
    counted = f"{quantity:,} {words(item.unit)}".strip() if item is not None else ""
    rule = change.edition.proration if change.edition.priced else change.before.proration
    by_year = isinstance(rule, PrepaidYear)
    return _Prices(counted, _amount(before, by_year), _amount(after, by_year), by_year)


def _amount(priced: Priced | None, by_year: bool) -> int | None:
    if priced is None:
        return None
    return yearly(priced) if by_year else priced.full


# --- the letter --------------------------------------------------------------------------------------------


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
    price = _prices(stored, desk.catalogue_for(settings), change)
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
