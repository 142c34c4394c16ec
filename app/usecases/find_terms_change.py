"""規約改定: what an edition changes, which contracts it touches, and what each pays before and after."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from app.charge.plan import Priced, plan_of
from app.charge.words_basic import counted
from app.contract.facts import Ended, TermsNoticed
from app.contract.life import entries_standing
from app.contract.record import ContractQuery, ContractState, StoredContract
from app.days import DAY
from app.errors import Problem, UserError
from app.tariff.diff import compare_editions
from app.tariff.diff_words import ChangeSection, change_sections
from app.tariff.model import Edition, PrepaidYear, Service
from app.usecases.desk import Desk
from app.usecases.stand_contract import main_item, price_of, what_it_has, yearly
from app.words import _

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue

LIVE: Final = (
    ContractState.ACCEPTED,
    ContractState.ACTIVE,
    ContractState.SUSPENDED,
    ContractState.ENDING,
)
"""The states of contracts whose customers are told."""

_OURS: Final = frozenset({"edition", "readings"})


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
        """The rules somebody leaves by before the edition begins; its own where nobody knows the old ones."""
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
            price = prices_of(stored, catalogue, change)
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
class Prices:
    """What a contract has and pays: the count of its main item, net yen before and after."""

    quantity: str
    before: int | None
    after: int | None
    yearly: bool


def prices_of(stored: StoredContract, catalogue: Catalogue, change: TermsChange) -> Prices:
    """A full month (or year) on the last day of the old edition and on the first of the new one."""
    held = entries_standing(one.entry for one in stored.entries)
    plan = plan_of(catalogue, stored.content.service)
    old = what_it_has(stored.content, held, change.start - DAY)
    new = what_it_has(stored.content, held, change.start)
    before = price_of(plan, old, stored.content) if change.before.priced else None
    after = price_of(plan, new, stored.content) if change.edition.priced else None
    item, quantity = main_item(plan.at(new.priced_on).rules, new.items)
    held_words = counted(quantity, item.unit) if item is not None else ""
    rule = change.edition.proration if change.edition.priced else change.before.proration
    by_year = isinstance(rule, PrepaidYear)
    return Prices(held_words, _amount(before, by_year), _amount(after, by_year), by_year)


def _amount(priced: Priced | None, by_year: bool) -> int | None:
    if priced is None:
        return None
    return yearly(priced) if by_year else priced.full
