"""What the tariffs of a service come to once its readings are chosen, made once and looked up from then on.

A ``ServicePlan`` covers every day: each ``EditionPlan`` is a run of days with the rules that hold on them.
Days whose prices are not known follow the rules of the nearest edition that prints some, but have no price.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from weakref import WeakKeyDictionary

from app.charge.lines import Line, UsedReading
from app.charge.prices import REFUSALS, Ordered, check_ordered, full_lines
from app.contract.facts import AgreedUnitPrice, Options, Quantities
from app.contract.history import State
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, Promotion
from app.words import language

DAY = timedelta(days=1)
_MOST_KEPT = 20_000  # priced orders an edition remembers; a caller with more only loses time


class Priced:
    """Quantities and options with their prices in one edition, checked. Lines are of full periods."""

    def __init__(self, ordered: Ordered) -> None:
        check_ordered(ordered).raise_if_any(REFUSALS)
        self.ordered = ordered
        self.edition = ordered.edition
        self.monthly = full_lines(ordered, "monthly")
        self.full = sum(line.amount for line in self.monthly)
        self.months: dict[int, tuple[Line, ...]] = {}  # whole months charged, by year × 12 + month

    @cached_property
    def one_off(self) -> tuple[Line, ...]:
        """What is charged once, at the start."""
        return full_lines(self.ordered, "one-off")

    @cached_property
    def annual(self) -> tuple[Line, ...]:
        """What a year costs, paid ahead."""
        return full_lines(self.ordered, "annual")


class EditionPlan:
    """The days ``first``…``last`` and the rules that hold on them, with readings chosen."""

    def __init__(
        self, code: str, rules: Edition, first: date, last: date, priced: bool, catalogue: Catalogue
    ) -> None:
        self.code = code
        self.rules = rules
        self.first = first
        self.last = last
        self.is_priced = priced
        self.policy = rules.proration
        self._day = rules.start or first
        # The service and the choices, not the catalogue: plans must not keep it alive.
        self._choices = {
            reading.name: catalogue.choice(code, reading.name, self._day) for reading in rules.readings
        }
        self._used: dict[str, tuple[UsedReading, ...]] = {}
        self._priced: dict[object, Priced] = {}

    def choice(self, name: str) -> str:
        """The choice in force for a reading; "" for the name "" (a rule that rests on none)."""
        return self._choices[name] if name else ""

    def used(self, name: str) -> tuple[UsedReading, ...]:
        """The reading as amounts keep it; nothing for the name ""."""
        if not name:
            return ()
        found = self._used.get(name)
        if found is None:
            found = self._used[name] = (UsedReading(self.code, name, self._choices[name]),)
        return found

    def price(self, items: Quantities, options: Options, agreed: tuple[AgreedUnitPrice, ...]) -> Priced:
        """Quantities with their prices.

        Raises UserError for quantities the price list does not hold.
        """
        key = (
            language(),
            tuple(items.items()) if len(items) > 1 else next(iter(items.items()), None),
            tuple(options.items()) if options else None,
            agreed,
        )
        found = self._priced.get(key)
        if found is None:
            if len(self._priced) >= _MOST_KEPT:
                self._priced.clear()
            found = Priced(Ordered(self.code, self.rules, items, options, agreed))
            self._priced[key] = found
        return found


class ServicePlan:
    """All days of a service, newest run of days first."""

    def __init__(self, code: str, catalogue: Catalogue) -> None:
        self.code = code
        self.service = catalogue.service(code)
        self.runs = tuple(_runs(code, self.service.editions, catalogue))
        self.promotion: Promotion | None = next(
            (one.promotion for one in reversed(self.service.editions) if one.promotion), None
        )

    def at(self, day: date) -> EditionPlan:
        """The rules of a day, whether its prices are known or not."""
        for run in self.runs:
            if run.first <= day:
                return run
        raise AssertionError("runs cover every day")

    def priced(
        self, state: State, day: date, agreed: tuple[AgreedUnitPrice, ...], catalogue: Catalogue
    ) -> Priced:
        """A state with the prices of a day.

        Raises UserError ``edition-unknown`` where they are not known.
        """
        run = self.at(day)
        if not run.is_priced:
            catalogue.priced_edition(self.code, day)  # says what is known from when
        return run.price(state.items, state.options, agreed)


_PLANS: WeakKeyDictionary[Catalogue, dict[str, ServicePlan]] = WeakKeyDictionary()


def plan_of(catalogue: Catalogue, code: str) -> ServicePlan:
    """The plan of a service under the readings of a catalogue. Raises UserError as ``Catalogue.service``."""
    plans = _PLANS.get(catalogue)
    if plans is None:
        plans = _PLANS[catalogue] = {}
    found = plans.get(code)
    if found is None:
        found = plans[code] = ServicePlan(code, catalogue)
    return found


def _runs(code: str, editions: tuple[Edition, ...], catalogue: Catalogue) -> Iterator[EditionPlan]:
    """Runs of days that meet, newest first; days of no edition are runs without prices."""
    after = date.max
    for place in range(len(editions) - 1, -1, -1):
        edition = editions[place]
        first = edition.start or date.min
        last = min(after, edition.until - DAY) if edition.until else after
        if last < after:
            yield EditionPlan(code, _nearest(editions, place), last + DAY, after, False, catalogue)
        rules = edition if edition.priced else _nearest(editions, place)
        yield EditionPlan(code, rules, first, last, edition.priced, catalogue)
        after = first - DAY if first > date.min else date.min
    if editions[0].start is not None:
        yield EditionPlan(code, _nearest(editions, 0), date.min, after, False, catalogue)


def _nearest(editions: tuple[Edition, ...], place: int) -> Edition:
    """The next edition with rules from a place on, else the newest before it."""
    later = (one for one in editions[place:] if one.priced)
    earlier = (one for one in reversed(editions[:place]) if one.priced)
    return next(later, None) or next(earlier, None) or editions[place]
