"""What the papers of a contract are made from, read once: the contract, its customer, the tariffs, and what
it comes to on a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.charge.plan import plan_of
from app.contract.beside import Equipment
from app.contract.customer import CustomerDetails, CustomerFields
from app.contract.facts import Ended
from app.contract.life import OVER, entries_standing, state_on
from app.contract.record import Entry, StoredContract
from app.days import DAY
from app.papers.contract_sheet_parts import Ordered, Provided
from app.papers.issuer import Settings
from app.quote.service_price import quantity_words
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.stand_contract import Has, price_of, what_it_has

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


@dataclass(frozen=True)
class ContractGround:
    """A contract with everything its papers rest on. ``catalogue`` carries the owner's readings."""

    stored: StoredContract
    customer: CustomerFields
    details: CustomerDetails
    settings: Settings
    catalogue: Catalogue
    equipment: tuple[Equipment, ...] = ()
    free_days: tuple[date, ...] = ()
    entries: tuple[Entry, ...] = field(default=())

    def provided(self, day: date) -> Provided:
        """Whose service it is, by the terms that price it on a day."""
        service = self.catalogue.service(self.stored.content.service)
        edition = plan_of(self.catalogue, service.code).at(self.has(day).priced_on).rules
        return Provided(service, edition, self.settings.role_for(service.code))

    def has(self, day: date) -> Has:
        """What it has on a day; of one that has ended, what it had last."""
        return what_it_has(self.stored.content, self.entries, self._last(day))

    def _last(self, day: date) -> date:
        ends = [one.on for one in self.entries if type(one) is Ended]
        return min([day, *(on - DAY for on in ends)])

    def ordered(self, day: date, has: Has | None = None) -> Ordered:
        """What it comes to by the prices of a day, with what is charged once while that is still to come;
        without lines where no price is known.
        """
        has = has or self.has(day)
        plan = plan_of(self.catalogue, self.stored.content.service)
        edition = plan.at(has.priced_on).rules
        priced = price_of(plan, has, self.stored.content)
        quantity = quantity_words(edition, dict(has.items))
        if priced is None:
            return Ordered(quantity, has.priced_on)
        once = priced.one_off if has.started is None or has.started > day else ()
        return Ordered(quantity, has.priced_on, priced.monthly, priced.annual, once)

    def over(self, day: date) -> bool:
        """Whether the contract is over on a day."""
        return state_on(self.entries, day) in OVER


def contract_ground(desk: Desk, work: UnitOfWork, contract_id: str) -> ContractGround:
    """Read a contract for its papers. Raises UserError ``not-found``."""
    stored = work.contracts.get(contract_id)
    settings = work.settings.load()
    return ContractGround(
        stored=stored,
        customer=work.customers.get(stored.customer_id).fields,
        details=work.customers.details(stored.customer_id),
        settings=settings,
        catalogue=desk.catalogue_for(settings),
        equipment=tuple(one for one in work.beside.equipment_of(contract_id) if not one.fields.removed),
        free_days=tuple(work.visits.free_days(contract_id, "")),
        entries=entries_standing([one.entry for one in stored.entries]),
    )
