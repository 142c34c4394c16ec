"""What a tariff file says, as immutable records (services, editions, items, rules, readings).

One TOML file is one ``Service``. Every value rests on a clause of the service's terms; amounts are yen
without consumption tax. A *rule* is a policy known by name with its parameters; the functions of the same
names live in ``app/charge`` and ``app/visit``. Nothing here computes.
"""

from datetime import date
from typing import Literal

from app.tariff.applications import Condition, Ground, Promotion, RequiredItem
from app.tariff.base import Record, Text
from app.tariff.life import LifeRules
from app.tariff.rules import (
    ByDay,
    Cancellation,
    Deadline,
    Fee,
    Interest,
    Liability,
    Opening,
    OutageCredit,
    PrepaidYear,
    Proration,
    Surcharge,
    Term,
    TerminationFee,
    WholeMonth,
)
from app.tariff.visits import AreaDays, FreeVisit, MenuItem, Migration, MigrationClass, VisitRules

__all__ = [
    "Additions",
    "AreaDays",
    "ByDay",
    "Cancellation",
    "Choice",
    "Condition",
    "Deadline",
    "Edition",
    "Fee",
    "FreeVisit",
    "Ground",
    "Interest",
    "Item",
    "Liability",
    "LifeRules",
    "MenuItem",
    "Migration",
    "MigrationClass",
    "Opening",
    "Option",
    "OptionPrice",
    "OutageCredit",
    "PrepaidYear",
    "Promotion",
    "Proration",
    "Reading",
    "Record",
    "Remark",
    "RequiredItem",
    "Service",
    "Support",
    "Surcharge",
    "Term",
    "TerminationFee",
    "Text",
    "Tier",
    "VisitRules",
    "WholeMonth",
]


class Tier(Record, frozen=True, kw_only=True):
    """Unit price (yen) for quantities ``first``…``last`` (``last`` None: no upper end)."""

    first: int
    last: int | None = None
    price: int


class OptionPrice(Record, frozen=True, kw_only=True):
    """How an option changes an item's price.

    ``effect``: ``less`` takes ``amount`` yen off the unit price; ``free`` makes the item cost nothing;
    ``free-count`` makes as many units free as the option's number says. It applies when the option has the
    value ``when`` (for ``free-count`` the option is a number and ``when`` is not used).
    """

    option: str
    effect: Literal["less", "free", "free-count"]
    when: bool = True
    amount: int = 0
    clause: str


class Item(Record, frozen=True, kw_only=True):
    """Something with a price that is charged per unit.

    ``charge``: ``monthly`` (月額), ``one-off`` (with the start, once per unit of ``per_item``), ``annual`` (年額
    paid ahead). ``price`` yen per unit, or ``tiers``; ``quoted`` = the contract brings its own amount
    (quantity is yen per year); none of the three = no price is printed (``no-price``). ``fixed_quantity`` =
    always that many, need not be given.
    """

    code: str
    name: Text
    unit: Text
    charge: Literal["monthly", "one-off", "annual"] = "monthly"
    price: int | None = None
    tiers: tuple[Tier, ...] = ()
    quoted: bool = False
    minimum: int = 0
    maximum: int | None = None
    range_clause: str = ""
    fixed_quantity: int | None = None
    per_item: str = ""  # one-off: as many as the contract has of this item
    per_device: bool = False  # one unit protects one device
    capacity: int | None = None  # gateways: clients one unit serves
    options: tuple[OptionPrice, ...] = ()
    note: Text | None = None
    clause: str


class Option(Record, frozen=True, kw_only=True):
    """A choice of the contract that moves prices. ``default`` holds when nothing is said."""

    code: str
    name: Text
    kind: Literal["flag", "count"]
    default: bool | int
    of_item: str = ""  # count: not more than the quantity of this item
    clause: str


class Choice(Record, frozen=True, kw_only=True):
    """One way to read an unclear passage. ``code`` is what ``--reading NAME=CHOICE`` takes."""

    code: str
    name: Text


class Reading(Record, frozen=True, kw_only=True):
    """An unclear passage: the choice taken and its alternatives (解釈).

    ``sentence`` explains it to the staff. ``customer_sentence`` is what a quotation prints when an amount or
    date depends on it; ``{choice}`` in it stands for the name of the choice in force.
    """

    name: str
    topic: Text
    choice: str
    choices: tuple[Choice, ...]
    sentence: Text
    customer_sentence: Text | None = None
    clause: str


class Remark(Record, frozen=True, kw_only=True):
    """A sentence the papers print. ``when`` limits it: ``""`` always, ``individual-collab`` for customers who
    are no corporation on a 光コラボ line, ``east-gateway`` for the 10-client gateway in East Japan, the others as
    they say. ``quotation`` False: not about price, term or leaving, so a 見積書 leaves it to the 重要事項説明書.
    """

    code: str
    text: Text
    when: Literal["", "visit", "migration", "gateway", "endpoint", "individual-collab", "east-gateway"] = ""
    quotation: bool = True
    clause: str


class Support(Record, frozen=True, kw_only=True):
    """Support hours, contact and reports, as facts to show."""

    code: str
    text: Text
    clause: str


class Edition(Record, frozen=True, kw_only=True):
    """One dated version of the terms (改定版), in force from ``start`` until the next edition starts.

    ``start`` None: undated, in force on every day. ``until``: the first day on which it is no longer in force
    (None: until the next edition starts). ``priced`` False: known to exist, its prices are not.
    """

    start: date | None = None
    until: date | None = None
    priced: bool
    clause: str
    items: tuple[Item, ...] = ()
    options: tuple[Option, ...] = ()
    proration: Proration | None = None
    term: Term | None = None
    termination: TerminationFee | None = None
    outage: OutageCredit | None = None
    interest: Interest | None = None
    surcharge: Surcharge | None = None
    fees: tuple[Fee, ...] = ()
    cancellation: Cancellation | None = None
    deadlines: tuple[Deadline, ...] = ()
    liability: tuple[Liability, ...] = ()
    required: tuple[RequiredItem, ...] = ()
    conditions: tuple[Condition, ...] = ()
    promotion: Promotion | None = None
    visit: VisitRules | None = None
    opening: Opening | None = None
    life: LifeRules | None = None
    readings: tuple[Reading, ...] = ()
    remarks: tuple[Remark, ...] = ()
    support: tuple[Support, ...] = ()
    tax_clause: str = ""
    agreed_clause: str = ""  # what prices agreed apart from the list (別段の合意) rest on

    def item(self, code: str) -> Item | None:
        """The item of that code, or None."""
        return next((item for item in self.items if item.code == code), None)

    def option(self, code: str) -> Option | None:
        """The option of that code, or None."""
        return next((option for option in self.options if option.code == code), None)

    def reading(self, name: str) -> Reading | None:
        """The reading of that name, or None."""
        return next((reading for reading in self.readings if reading.name == name), None)


class Service(Record, frozen=True, kw_only=True):
    """A service and all its known editions, oldest first."""

    code: str
    name: Text
    short: Text
    provider: Text
    order: int  # place in lists
    source: str  # title of the terms
    checked_on: date  # when somebody last compared the data with the published terms
    checked_by: str
    lines: tuple[Literal["flets", "collab", "other"], ...]
    business_only: bool = False
    editions: tuple[Edition, ...]


class Additions(Record, frozen=True, kw_only=True):
    """What a file says that only adds editions to a service another file describes."""

    code: str
    editions: tuple[Edition, ...]
