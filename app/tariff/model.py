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
    """Base of all tariff records: immutable, strict about unknown keys (``kw_only`` is not inherited)."""


class Text(Record, frozen=True, kw_only=True):
    """Words of the tariff in both languages."""

    ja: str
    en: str


class Tier(Record, frozen=True, kw_only=True):
    """Unit price (yen) for quantities ``first``…``last`` (``last`` None: no upper end)."""

    first: int
    last: int | None = None
    price: int


class OptionPrice(Record, frozen=True, kw_only=True):
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


class Item(Record, frozen=True, kw_only=True):
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


class Option(Record, frozen=True, kw_only=True):
    """A choice of the contract that moves prices. ``default`` holds when nothing is said."""

    code: str
    name: Text
    kind: Literal["flag", "count"]
    default: bool | int
    of_item: str = ""  # count: not more than the quantity of this item
    clause: str


# --- rules: one tagged record per policy -------------------------------------------------------------------


class ByDay(Record, frozen=True, kw_only=True, tag_field="policy", tag="by-day"):
    """Months begun or left in the middle are charged by calendar days.

    ``last_charged_day``: ``day-before`` or ``same-day`` of the end. ``floor``: ``segment`` floors each stretch with the same
    quantity; ``charged-days`` adds units with the same charged days first, then floors once. ``reading`` names the
    reading that decides, when the terms are silent (見張り番); ``floor_reading`` the one that floors per unit instead,
    ``change_day_reading`` the one that says whether the day of a change has the new quantity.
    """

    last_charged_day: Literal["day-before", "same-day"]
    floor: Literal["segment", "charged-days"] = "segment"
    reading: str = ""
    floor_reading: str = ""
    change_day_reading: str = ""
    period_clause: str
    floor_clause: str
    clause: str


class WholeMonth(Record, frozen=True, kw_only=True, tag_field="policy", tag="whole-month"):
    """The start month is charged whole, the month of the end not at all (same month: one month).

    The readings decide the month that is both, units given up, and units added in the middle of a month.
    """

    same_month_reading: str = ""
    reduction_reading: str = ""
    addition_reading: str = ""
    period_clause: str
    floor_clause: str
    clause: str


class PrepaidYear(Record, frozen=True, kw_only=True, tag_field="policy", tag="prepaid-year"):
    """A year is charged in the month of the start and in the month of each renewal."""

    period_clause: str
    floor_clause: str
    clause: str


Proration = ByDay | WholeMonth | PrepaidYear


class Term(Record, frozen=True, kw_only=True):
    """Minimum term in months from the first start. ``renewal``: what follows it."""

    months: int
    renewal: Literal["open-ended", "yearly-in-renewal-month", "yearly-unless-noticed"]
    notice_months: int | None = None  # yearly-unless-noticed: notice so many months before the end
    reading: str = ""
    clause: str


class TerminationFee(Record, frozen=True, kw_only=True):
    """解約金. Readings decide what the fee counts (scope), how the months left are counted, tax, renewed years,
    which month is the renewal month, and whether it is waived when the provider ends the service.
    """

    policy: Literal["base-remaining-year", "reduced-units-remaining-months"]
    scope_reading: str = ""
    months_reading: str = ""
    tax_reading: str = ""
    renewed_reading: str = ""
    renewal_month_reading: str = ""
    waiver_reading: str = ""
    waived: tuple[Literal["terms-change", "service-end", "supplier-change"], ...] = ()
    waiver_clause: str = ""
    clause: str


class OutageCredit(Record, frozen=True, kw_only=True):
    """Credit for hours without service: whole units of 24 hours from the moment the company knew.

    ``policy``: ``credit-line`` floors the credit, ``reduced-days`` floors what is still charged (``reading`` decides);
    ``days_reading``: what a month is divided by.
    """

    policy: Literal["credit-line", "reduced-days"]
    hours: int = 24
    threshold_unless_gross: bool = True
    not_for: tuple[Literal["company", "gross-negligence", "third-party", "customer"], ...]
    refunds: bool = True
    reading: str = ""
    days_reading: str = ""
    clause: str


class Interest(Record, frozen=True, kw_only=True):
    """遅延損害金. ``rate`` per year as written (``14.5%`` → "0.145"), or the statutory rate when ``statutory``."""

    statutory: bool = False
    rate: str = ""
    grace_days: int = 0
    payment_day_counts: bool = False
    leap_basis: Literal["365", "by-assignment"] = "365"
    reading: str = ""  # how days of a leap year are divided
    payment_day_reading: str = ""
    due_reading: str = ""  # a due day on a closed day
    clause: str


class Surcharge(Record, frozen=True, kw_only=True):
    """割増金: ``factor`` × the evaded net amount, taxed or not."""

    factor: int
    discretionary: bool = False
    clause: str


class Fee(Record, frozen=True, kw_only=True):
    """A fee outside the monthly charges. ``amount`` yen, or None where the terms print none (actual cost).

    ``per``: what it is charged for: each bill that is issued as an invoice or a debit notice (``bill``), each payment by
    invoice, each requested 適格請求書, each requested 支払証明書, or works as agreed.
    """

    code: str
    name: Text
    unit: Text
    per: Literal["bill", "invoice-payment", "qualified-invoice", "payment-certificate", "works"]
    amount: int | None = None
    plus_postage: bool = False
    lines: tuple[Literal["flets", "collab", "other"], ...] = ()  # only on these lines; empty: any
    not_first_months: int = 0  # not for the first so many months; the start month is the first
    exempt: tuple[Literal["corporation", "combined"], ...] = ()
    not_if_assigned: bool = False
    clause: str


class Cancellation(Record, frozen=True, kw_only=True):
    """How a customer ends the contract, and which day the end is."""

    policy: Literal["wished-day", "not-before-confirmation", "business-days-notice", "months-notice"]
    business_days: int | None = None
    months: int | None = None
    reading: str = ""
    clause: str


class Deadline(Record, frozen=True, kw_only=True):
    """A period that follows from the contract, named by its policy (``notice_by``, ``return_equipment_by``, …).

    ``to_month_end``: to the last day of the month so many months later (0 = the same month), not to the corresponding day.
    """

    code: str
    months: int | None = None
    business_days: int | None = None
    days: int | None = None
    to_month_end: bool = False
    name: Text
    reading: str = ""
    clause: str


Ground = Literal[
    "not-same-name",
    "documents-not-agreed",
    "no-maintenance-contract",
    "quantity",
    "line",
    # flags of the application, false unless somebody says so
    "arrears",
    "technically_difficult",
    "false_statement",
    "competitor",
    "past_breach",
    "not_business",
    "non_existent",
    "forbidden_use",
    "illegal_use",
    "discredit",
    "disturbs_others",
    "measures_missing",
    "no_reply",
    "no_capacity",
    "hindrance",
]


class Condition(Record, frozen=True, kw_only=True):
    """A ground of refusal of an application.

    ``when`` names the answer that refuses: a flag of the application (``arrears``, ``technically_difficult``, …) or a
    derived one with hyphens: ``not-same-name``, ``documents-not-agreed``, ``no-maintenance-contract``, ``quantity`` (a number
    outside the items' range), ``line`` (not among the service's lines). ``lines``: only on these lines; empty = on any.
    ``code`` is the short clause (``7-2-1``) that answers carry.
    """

    when: Ground
    code: str
    name: Text
    lines: tuple[Literal["flets", "collab", "other"], ...] = ()
    clause: str


class Promotion(Record, frozen=True, kw_only=True):
    """A free period for applications between two days (附則)."""

    applied_from: date
    applied_until: date
    barred_from: date | None = None  # who used it before is barred when applying in barred_from…barred_until
    barred_until: date | None = None
    free_months: int
    reading: str = ""
    clause: str


class RequiredItem(Record, frozen=True, kw_only=True):
    """Something an application must state (``for_visit``: an application for visit support)."""

    code: str
    name: Text
    for_visit: bool = False
    clause: str


# --- visits --------------------------------------------------------------------------------------------------


class MenuItem(Record, frozen=True, kw_only=True):
    """A line of the visit price list.

    ``per``: ``dispatch`` (each time somebody comes), ``visit`` (once, however often), ``device`` (台) or ``app`` (アプリ).

    ``price`` None: priced by the migration table. ``free``: ``""`` never, ``entitled`` (●), ``after-recovery`` (▲ on a device that had its OS recovered and endpoint is used),
    ``with-backup`` (● only when backup data exist). ``waived_with_line_order``: not charged with a line order.
    """

    code: str
    name: Text
    unit: Text
    per: Literal["dispatch", "visit", "device", "app"]
    price: int | None = None
    automatic: bool = False  # charged without being named in the work
    free: Literal["", "entitled", "after-recovery", "with-backup"] = ""
    waived_with_line_order: bool = False
    waiver_clause: str = ""
    free_clause: str = ""
    unit_reading: str = ""  # whether the devices of one person are one unit (Wi-Fi)
    clause: str


class MigrationClass(Record, frozen=True, kw_only=True):
    """A column of the data-migration table: volumes up to ``up_to_gb`` (text, exact: "4.7").

    ``prices``: one per band of ``Migration.bands``; a single price is flat for all bands.
    ``block``: volumes above this column may be counted in blocks of it (``Migration.reading_block``, 50GB毎);
    ``small_block``: the same for the smaller column that ``Migration.reading_class`` is about (10GB毎, 4.7GB).
    """

    up_to_gb: str
    prices: tuple[int, ...]
    name: Text
    block: bool = False
    small_block: bool = False


class Migration(Record, frozen=True, kw_only=True):
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
    reading_tb: str = ""  # a TB is 1,000 or 1,024 GB
    reading_over: str = ""  # more PCs than the last band
    clause: str


class FreeVisit(Record, frozen=True, kw_only=True):
    """Free visits per contract year for contracts with a gateway."""

    per_year: int
    capacity_reading: str = ""
    unit_reading: str = ""
    volume_reading: str = ""
    clause: str


class AreaDays(Record, frozen=True, kw_only=True):
    """Permitted weekdays (0 = Monday) of one area; ``area`` "" = everywhere."""

    area: Literal["", "west", "east"] = ""
    weekdays: tuple[int, ...]


class VisitRules(Record, frozen=True, kw_only=True):
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
    reception_closed_holidays: bool = True
    reception_closed_year_end: bool = True
    reception_reading: str = ""
    cancel_reading: str = ""  # cancelled after acceptance, before dispatch
    reception_clause: str
    hours_clause: str
    success_clause: str
    clause: str


# --- readings, editions, services ----------------------------------------------------------------------------


class Choice(Record, frozen=True, kw_only=True):
    """One way to read an unclear passage. ``code`` is what ``--reading NAME=CHOICE`` takes."""

    code: str
    name: Text


class Reading(Record, frozen=True, kw_only=True):
    """An unclear passage: the choice taken and its alternatives (解釈).

    ``sentence`` explains it to the staff. ``customer_sentence`` is what a quotation prints when an amount or date depends on
    it; ``{choice}`` in it stands for the name of the choice in force.
    """

    name: str
    topic: Text
    choice: str
    choices: tuple[Choice, ...]
    sentence: Text
    customer_sentence: Text | None = None
    clause: str


class Remark(Record, frozen=True, kw_only=True):
    """A sentence the papers print. ``when`` limits it: ``""`` always, ``individual-collab`` for customers who are no
    corporation on a 光コラボ line, ``east-gateway`` for the 10-client gateway in East Japan, the others as they say.
    """

    code: str
    text: Text
    when: Literal["", "visit", "migration", "gateway", "endpoint", "individual-collab", "east-gateway"] = ""
    clause: str


class Opening(Record, frozen=True, kw_only=True):
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


class Support(Record, frozen=True, kw_only=True):
    """Support hours, contact and reports, as facts to show."""

    code: str
    text: Text
    clause: str


class Edition(Record, frozen=True, kw_only=True):
    """One dated version of the terms (改定版), in force from ``start`` until the next edition starts.

    ``start`` None: undated, in force on every day. ``until``: the first day on which it is no longer in force (None: until
    the next edition starts). ``priced`` False: known to exist, its prices are not.
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
