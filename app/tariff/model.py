"""What a tariff file says, as immutable records (services, editions, items, rules, readings).

One TOML file is one ``Service``. Every value rests on a clause of the service's terms; amounts are yen
without consumption tax. A *rule* is a policy known by name with its parameters; the functions of the same
names live in ``app/charge`` and ``app/visit``. Nothing here computes.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all tariff records: immutable, strict about unknown keys."""


class Text(Record):
    """Words of the tariff in both languages."""

    ja: str
    en: str


class Tier(Record):
    """Unit price (yen) for quantities ``first``…``last`` (``last`` None: no upper end)."""

    first: int
    last: int | None = None
    price: int


class OptionPrice(Record):
    """How an option changes an item's price.

    ``effect``: ``less`` takes ``amount`` yen off the unit price; ``free`` makes the item cost nothing;
    ``free-count`` makes as many units free as the option's number says. It applies when the option has the value
    ``when`` (for ``free-count`` the option is a number and ``when`` is not used).
    """

    option: str
    effect: Literal["less", "free", "free-count"]
    when: bool = True
    amount: int = 0
    clause: str


class Item(Record):
    """Something with a price that is charged per unit.

    ``charge``: ``monthly`` (月額), ``one-off`` (with the start, once per unit of ``per_item``), ``annual`` (年額 paid ahead).
    ``price`` yen per unit, or ``tiers``; ``quoted`` = the contract brings its own amount (quantity is yen per year);
    none of the three = no price is printed (``no-price``). ``fixed_quantity`` = always that many, need not be given.
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
    capacity: int | None = None  # gateways: clients one unit serves
    options: tuple[OptionPrice, ...] = ()
    note: Text | None = None
    clause: str


class Option(Record):
    """A choice of the contract that moves prices. ``default`` holds when nothing is said."""

    code: str
    name: Text
    kind: Literal["flag", "count"]
    default: bool | int
    of_item: str = ""  # count: not more than the quantity of this item
    clause: str


# --- rules: one tagged record per policy -------------------------------------------------------------------


class ByDay(Record, tag_field="policy", tag="by-day"):
    """Months begun or left in the middle are charged by calendar days.

    ``last_charged_day``: ``day-before`` or ``same-day`` of the end. ``floor``: ``segment`` floors each stretch with the same
    quantity; ``charged-days`` adds units with the same charged days first, then floors once. ``reading`` names the
    reading that decides, when the terms are silent (見張り番).
    """

    last_charged_day: Literal["day-before", "same-day"]
    floor: Literal["segment", "charged-days"] = "segment"
    reading: str = ""
    period_clause: str
    floor_clause: str
    clause: str


class WholeMonth(Record, tag_field="policy", tag="whole-month"):
    """The start month is charged whole, the month of the end not at all (same month: one month)."""

    period_clause: str
    floor_clause: str
    clause: str


class PrepaidYear(Record, tag_field="policy", tag="prepaid-year"):
    """A year is charged in the month of the start and in the month of each renewal."""

    period_clause: str
    floor_clause: str
    clause: str


Proration = ByDay | WholeMonth | PrepaidYear


class Term(Record):
    """Minimum term in months from the first start. ``renewal``: what follows it."""

    months: int
    renewal: Literal["open-ended", "yearly-in-renewal-month", "yearly-unless-noticed"]
    notice_months: int | None = None  # yearly-unless-noticed: notice so many months before the end
    reading: str = ""
    clause: str


class TerminationFee(Record):
    """解約金. ``scope``: what the fee counts; ``count``: how the months left are counted; readings decide both."""

    policy: Literal["base-remaining-year", "reduced-units-remaining-months"]
    scope_reading: str = ""
    months_reading: str = ""
    tax_reading: str = ""
    waived: tuple[Literal["terms-change", "service-end", "supplier-change"], ...] = ()
    waiver_clause: str = ""
    clause: str


class OutageCredit(Record):
    """Credit for hours without service: whole units of 24 hours from the moment the company knew."""

    policy: Literal["credit-line", "reduced-days"]
    hours: int = 24
    threshold_unless_gross: bool = True
    not_for: tuple[Literal["company", "gross-negligence", "third-party", "customer"], ...]
    refunds: bool = True
    reading: str = ""
    clause: str


class Interest(Record):
    """遅延損害金. ``rate`` per year as written (``14.5%`` → "0.145"), or the statutory rate when ``statutory``."""

    statutory: bool = False
    rate: str = ""
    grace_days: int = 0
    payment_day_counts: bool = False
    leap_basis: Literal["365", "by-assignment"] = "365"
    reading: str = ""
    clause: str


class Surcharge(Record):
    """割増金: ``factor`` × the evaded net amount, taxed or not."""

    factor: int
    discretionary: bool = False
    clause: str


class Fee(Record):
    """A fee outside the monthly charges. ``amount`` yen, or None where the terms print none (actual cost)."""

    code: str
    name: Text
    unit: Text
    amount: int | None
    plus_postage: bool = False
    lines: tuple[Literal["flets", "collab", "other"], ...] = ()  # only on these lines; empty: any
    not_first_months: int = 0  # not in the start month and the following, so many months
    exempt: tuple[Literal["corporation", "combined"], ...] = ()
    not_if_assigned: bool = False
    clause: str


class Cancellation(Record):
    """How a customer ends the contract, and which day the end is."""

    policy: Literal["wished-day", "not-before-confirmation", "business-days-notice", "months-notice"]
    business_days: int | None = None
    months: int | None = None
    reading: str = ""
    clause: str


class Deadline(Record):
    """A period that follows from the contract, named by its policy (``notice_by``, ``return_equipment_by``, …)."""

    code: str
    months: int | None = None
    business_days: int | None = None
    days: int | None = None
    name: Text
    reading: str = ""
    clause: str


class Condition(Record):
    """A ground of refusal of an application.

    ``when`` names the answer that refuses: a flag of the application (``arrears``, ``technically_difficult``, …) or a
    derived one (``not-same-name``, ``not-business``, ``documents-not-agreed``, ``no-maintenance-contract``, ``quantity``, ``line``).
    ``code`` is the short clause (``7-2-1``) that answers carry.
    """

    when: str
    code: str
    name: Text
    lines: tuple[Literal["flets", "collab", "other"], ...] = ()
    clause: str


class Promotion(Record):
    """A free period for applications between two days (附則)."""

    applied_from: date
    applied_until: date
    barred_from: date | None = None  # who used it before is barred when applying in barred_from…barred_until
    barred_until: date | None = None
    free_months: int
    reading: str = ""
    clause: str


class RequiredItem(Record):
    """Something an application must state."""

    code: str
    name: Text
    clause: str


# --- visits --------------------------------------------------------------------------------------------------


class MenuItem(Record):
    """A line of the visit price list. ``per``: ``dispatch`` (工事), ``device`` (台) or ``app`` (アプリ).

    ``free``: ``""`` never, ``entitled`` (●), ``after-recovery`` (▲ on a device that had its OS recovered and endpoint is used),
    ``with-backup`` (● only when backup data exist). ``waived_with_line_order``: not charged with a line order.
    """

    code: str
    name: Text
    unit: Text
    per: Literal["dispatch", "device", "app"]
    price: int
    automatic: bool = False  # charged without being named in the work
    free: Literal["", "entitled", "after-recovery", "with-backup"] = ""
    waived_with_line_order: bool = False
    waiver_clause: str = ""
    free_clause: str = ""
    clause: str


class MigrationClass(Record):
    """A column of the data-migration table: volumes up to ``up_to_gb`` (text, exact: "4.7").

    ``prices``: one per band of ``Migration.bands``; a single price is flat for all bands.
    ``block``: where the next larger volumes count this column in blocks (reading of 50GB毎).
    """

    up_to_gb: str
    prices: tuple[int, ...]
    name: Text
    block: bool = False


class Migration(Record):
    """データ移行: bands of PCs (first, last) and price columns by volume."""

    bands: tuple[tuple[int, int], ...]
    classes: tuple[MigrationClass, ...]
    step_gb: str  # each further started step above the last class
    step_price: int
    step_from_gb: str
    reading_block: str = ""
    reading_tier: str = ""
    reading_step: str = ""
    reading_class: str = ""
    clause: str


class FreeVisit(Record):
    """Free visits per contract year for contracts with a gateway."""

    per_year: int
    capacity_reading: str = ""
    unit_reading: str = ""
    clause: str


class AreaDays(Record):
    """Permitted weekdays (0 = Monday) of one area; ``area`` "" = everywhere."""

    area: Literal["", "west", "east"]
    weekdays: tuple[int, ...]


class VisitRules(Record):
    """訪問サポート: who, when, and for how much."""

    menu: tuple[MenuItem, ...]
    migration: Migration | None = None
    free: FreeVisit | None = None
    days: tuple[AreaDays, ...]
    closed_holidays: bool = True
    closed_year_end: bool = True  # 12/29–1/3
    first_hour: str  # "09:00"
    last_hour: str  # "17:00"
    hours_reading: str = ""
    reception_first: str
    reception_last: str
    reception_weekdays: tuple[int, ...]
    reception_reading: str = ""
    hours_clause: str
    success_clause: str
    clause: str


# --- readings, editions, services ----------------------------------------------------------------------------


class Choice(Record):
    """One way to read an unclear passage. ``code`` is what ``--reading NAME=CHOICE`` takes."""

    code: str
    name: Text


class Reading(Record):
    """An unclear passage: the choice taken and its alternatives (解釈)."""

    name: str
    topic: Text
    choice: str
    choices: tuple[Choice, ...]
    sentence: Text
    customer_sentence: Text | None = None  # what a quotation prints when it used the reading
    clause: str


class Remark(Record):
    """A sentence the papers print. ``when`` limits it (``""`` always, ``visit``, ``gateway``, ``term``, ``quoted`` …)."""

    code: str
    text: Text
    when: str = ""
    clause: str


class Opening(Record):
    """OsecT: business days before the desired opening for delivery, installation and test (days before)."""

    delivery_before: int
    install_before: int
    test_before: int
    reading_days: str = ""
    reading_both: str = ""
    delivery_clause: str
    install_clause: str
    delay_clause: str
    clause: str


class Support(Record):
    """Support hours, contact and reports, as facts to show."""

    code: str
    text: Text
    clause: str


class Edition(Record):
    """One dated version of the terms (改定版), in force from ``start`` until the next edition starts.

    ``start`` None: undated, in force on every day. ``priced`` False: known to exist, its prices are not.
    """

    start: date | None
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
    required: tuple[RequiredItem, ...] = ()
    conditions: tuple[Condition, ...] = ()
    promotion: Promotion | None = None
    visit: VisitRules | None = None
    opening: Opening | None = None
    readings: tuple[Reading, ...] = ()
    remarks: tuple[Remark, ...] = ()
    support: tuple[Support, ...] = ()
    tax_clause: str = ""

    def item(self, code: str) -> Item | None:
        """The item of that code, or None."""
        return next((item for item in self.items if item.code == code), None)

    def option(self, code: str) -> Option | None:
        """The option of that code, or None."""
        return next((option for option in self.options if option.code == code), None)

    def reading(self, name: str) -> Reading | None:
        """The reading of that name, or None."""
        return next((reading for reading in self.readings if reading.name == name), None)


class Service(Record):
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
