"""What a visit's page and the screen on site show of one visit, read in one go on the database worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import Problem, UserError
from app.usecases.desk import Desk

if TYPE_CHECKING:
    from app.usecases.visit_ground import Ground
    from app.visit.carried import Carried
    from app.visit.order import StoredVisit, Technician, VisitContent
    from app.visit.pricing import PricedVisit


@dataclass(frozen=True)
class VisitView:
    """A visit with everything it rests on; prices follow from it without storage."""

    stored: StoredVisit
    ground: Ground
    technicians: dict[str, Technician]

    @property
    def customer(self) -> str:
        """The customer's name."""
        return self.ground.customer.fields.name

    @property
    def contract_number(self) -> str:
        """The number of the contract, also of one another desk has; "" where it has none."""
        if self.ground.contract is not None:
            return self.ground.contract.number
        return self.carried.contract_number if self.carried is not None else ""

    @property
    def carried(self) -> Carried | None:
        """Whether the visit is out, or here from another desk."""
        return self.ground.carried

    def names(self, ids: Sequence[str]) -> str:
        """The names of technicians, the one in charge first."""
        from app.words import _

        return _("、").join(self.technicians[one].fields.name for one in ids if one in self.technicians)

    def price(self, content: VisitContent) -> tuple[PricedVisit | None, tuple[Problem, ...]]:
        """What a content of this visit costs on its day, or why it can't be told."""
        from app.usecases.visit_ground import price_in

        try:
            return price_in(self.ground, content), ()
        except UserError as error:
            return None, error.problems


def read_visit(desk: Desk, visit_id: str) -> VisitView:
    """On the database worker. Raises UserError ``not-found``."""
    from app.usecases.visit_ground import ground_for

    with desk.storage.look() as work:
        stored = work.visits.get(visit_id)
        people = {one.id: one for one in work.technicians.all()}
        return VisitView(stored, ground_for(desk, work, stored), people)
