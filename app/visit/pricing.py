"""``price_visit``: what a visit costs, line by line, each with its reason (別紙2・3, 5, 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.charge.lines import Bill, Line, UsedReading, make_bill
from app.charge.words import band_words
from app.money import yen_words
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, MenuItem, VisitRules
from app.visit.checking import checked_edition
from app.visit.entitlement import Entitlement, FreeWork, free_work
from app.visit.lines import Basis, Count, charged_line, free_line, waived_line
from app.visit.migration import choices_of
from app.visit.migration_lines import count_of, inverted, moved
from app.visit.work import VisitRequest
from app.words import _

PER_SET = "per-set"  # the choice of the Wi-Fi reading that differs from the plain one
DEVICES_OF_A_SET = 3  # PC, phone and tablet (別紙2)


@dataclass(frozen=True)
class Remarkable:
    """Something worth knowing about the price, with the clause it rests on."""

    text: str
    clause: str


@dataclass(frozen=True)
class PricedVisit:
    """A visit with its lines. Work that is free stands among them at 0 yen, its list price in the reason.

    ``free_value``: the list price of what the free visit left free, in yen without tax.
    """

    request: VisitRequest
    lines: tuple[Line, ...]
    free_value: int
    entitlement: Entitlement | None
    edition: date | None
    remarks: tuple[Remarkable, ...]

    @property
    def net(self) -> int:
        """What the visit costs in yen without tax."""
        return sum(line.amount for line in self.lines)

    @property
    def bill(self) -> Bill:
        """The visit with tax, worked out once on its net sum (24条4項)."""
        return make_bill(self.lines, self.request.on)

    @property
    def used_free(self) -> bool:
        """Whether the free visit of the contract year was used."""
        return self.entitlement is not None and self.entitlement.applied

    @property
    def readings(self) -> tuple[UsedReading, ...]:
        """The readings the amounts rest on, each once."""
        return tuple(dict.fromkeys(used for line in self.lines for used in line.reason.all_readings()))


def price_visit(request: VisitRequest, catalogue: Catalogue) -> PricedVisit:
    """Price one visit by the edition in force on its day.

    Raises UserError, all problems at once and the gravest first: ``bad-input`` (unknown service or menu
    code, numbers that cannot be), ``individual-quote`` (more PCs of one volume class than the table
    holds, and no price by hand), ``edition-unknown``, ``no-rule`` (the terms know no visits).
    """
    edition, rules = checked_edition(request, catalogue)
    pricer = _Pricer(request, catalogue, edition, rules)
    counts = [(count, free) for item in rules.menu for count, free in pricer.counts(item)]
    lines = tuple(pricer.line(count, free=free) for count, free in counts)
    free_value = sum(count.value for count, free in counts if free and not pricer.waived(count.item))
    return PricedVisit(
        request, lines, free_value, pricer.free.entitlement, edition.start, tuple(pricer.remarks())
    )


class _Pricer:
    """One visit being priced: which units of which item are charged and which are free."""

    def __init__(
        self, request: VisitRequest, catalogue: Catalogue, edition: Edition, rules: VisitRules
    ) -> None:
        self.request = request
        self.rules = rules
        self.edition = edition
        self._catalogue = catalogue
        self._choices: dict[str, str] = {}  # asked for many times over
        self.free: FreeWork = free_work(request, rules, self._choice)
        self._basis = Basis(request.service, edition.start, self._choice, self.free.entitlement)
        self._moved = {
            item.code: moved(
                rules.migration,
                request.work,
                item.code,
                choices_of(rules.migration, self._choice),
                edition,
                self.free,
            )
            for item in rules.menu
            if item.price is None and rules.migration is not None
        }

    def _choice(self, name: str) -> str:
        if name not in self._choices:
            self._choices[name] = self._catalogue.choice(self.request.service, name, self.request.on)
        return self._choices[name]

    def line(self, count: Count, *, free: bool) -> Line:
        """The line of a count."""
        if self.waived(count.item):
            return waived_line(self._basis, count)
        return free_line(self._basis, count) if free else charged_line(self._basis, count)

    def waived(self, item: MenuItem) -> bool:
        """Whether an item is not charged because the line is ordered at the same time."""
        return item.waived_with_line_order and self.request.with_line_order

    def counts(self, item: MenuItem) -> Iterator[tuple[Count, bool]]:
        """The counts of an item that are not zero, each with whether it is free; free ones first."""
        if item.automatic:
            quantity = self.request.dispatches if item.per == "dispatch" else 1
            yield Count(item, quantity, item.price or 0), self.free.applied and item.free == "entitled"
        elif item.code in self._moved:
            yield from self._migration(item)
        else:
            yield from self._listed(item)

    def _migration(self, item: MenuItem) -> Iterator[tuple[Count, bool]]:
        assert self.rules.migration is not None
        for group, devices in self._moved[item.code].items():
            yield count_of(item, self.rules.migration, group, devices), group.free

    def _listed(self, item: MenuItem) -> Iterator[tuple[Count, bool]]:
        free = charged = 0
        readings: tuple[str, ...] = ()
        for place, work in enumerate(self.request.work):
            if item.code in work.menu:
                inside = self.free.devices.get((place, item.code), 0)
                free += self._units(item, work.apps, inside)
                charged += self._units(item, work.apps, work.devices - inside)
                readings += self.free.readings.get((place, item.code), ())
                if item.unit_reading and work.devices > 1:
                    readings += (item.unit_reading,)
        for quantity, is_free in ((free, True), (charged, False)):
            if quantity:
                yield Count(item, quantity, item.price or 0, readings=readings), is_free

    def _units(self, item: MenuItem, apps: int, devices: int) -> int:
        """How many units of an item so many devices of one work make."""
        if item.per == "app":
            return devices * apps
        if item.unit_reading and self._choice(item.unit_reading) == PER_SET:
            return -(-devices // DEVICES_OF_A_SET)
        return devices

    def remarks(self) -> Iterator[Remarkable]:
        """Where the printed table asks more for less."""
        table = self.rules.migration
        for groups in self._moved.values():
            assert table is not None
            for run, larger in dict.fromkeys(inverted(table, groups)):
                text = _(
                    "料金表では、{band}のとき次に大きい容量の料金（{larger}）の方が低くなっています。"
                    "規約のとおり計算しています。"
                ).format(band=band_words(*run.band), larger=yen_words(larger))
                yield Remarkable(text, table.clause)
