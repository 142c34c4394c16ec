"""Rules of a service as records: how a policy known by name is to be applied, with its clause.

The functions of the same names live in ``app/charge``; nothing here computes.
"""

from typing import Literal

from app.tariff.base import Record, Text


class ByDay(Record, frozen=True, kw_only=True, tag_field="policy", tag="by-day"):
    """Months begun or left in the middle are charged by calendar days.

    ``last_charged_day``: ``day-before`` or ``same-day`` of the end. ``floor``: ``segment`` floors each
    stretch with the same quantity; ``charged-days`` adds units with the same charged days first, then floors
    once. ``reading`` names the reading that decides, when the terms are silent (見張り番); ``floor_reading`` the
    one that floors per unit instead, ``change_day_reading`` the one that says whether the day of a change has
    the new quantity.
    """

    last_charged_day: Literal["day-before", "same-day"]
    floor: Literal["segment", "charged-days"] = "segment"
    reading: str = ""
    floor_reading: str = ""
    change_day_reading: str = ""
    change_clause: str = ""  # months split by a change; empty: ``clause``
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

    ``policy``: ``credit-line`` floors the credit, ``reduced-days`` floors what is still charged (``reading``
    decides); ``days_reading``: what a month is divided by.
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
    discretionary: bool = False  # the provider may charge it
    waivable_clause: str = ""  # may be waived when nothing else is billed
    clause: str


class Surcharge(Record, frozen=True, kw_only=True):
    """割増金: ``factor`` × the evaded net amount, taxed or not."""

    factor: int
    discretionary: bool = False
    clause: str


class Fee(Record, frozen=True, kw_only=True):
    """A fee outside the monthly charges. ``amount`` yen, or None where the terms print none (actual cost).

    ``per``: what it is charged for: each bill that is issued as an invoice or a debit notice (``bill``), each
    payment by invoice, each requested 適格請求書, each requested 支払証明書, or works as agreed.
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
    """How a customer ends the contract, and which day the end is. ``note``: what else comes with the end,
    whoever brings it about.
    """

    policy: Literal["wished-day", "not-before-confirmation", "business-days-notice", "months-notice"]
    business_days: int | None = None
    months: int | None = None
    note: Text | None = None
    reading: str = ""
    clause: str


class Deadline(Record, frozen=True, kw_only=True):
    """A period that follows from the contract, named by its policy (``notice_by``, ``return_equipment_by``,
    …).

    ``to_month_end``: to the last day of the month so many months later (0 = the same month), not to the
    corresponding day.
    """

    code: str
    months: int | None = None
    business_days: int | None = None
    days: int | None = None
    to_month_end: bool = False
    counted: Literal[
        "from-term-start",
        "before-term-end",
        "before-end",
        "after-end",
        "after-early-end",
        "before-event",
        "after-event",
    ] = "before-end"
    name: Text
    reading: str = ""
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


class Liability(Record, frozen=True, kw_only=True):
    """How far the provider is liable, and until when a claim can be made (責任の制限): facts to show.

    ``limit``: the fee of the days without service, the fee of the service that caused the damage, a
    month's fee of the part affected, or a twelfth of the year's payment. ``hours``: only for an outage
    of so many hours in a row. ``unlimited_if_gross``: without limit where the provider acted with intent
    or gross negligence.
    """

    limit: Literal["fee-of-days", "fee-of-cause", "monthly-fee", "twelfth-of-year"]
    hours: int | None = None
    unlimited_if_gross: bool = False
    claim_months: int | None = None
    claim_clause: str = ""
    text: Text
    clause: str
