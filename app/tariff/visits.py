"""訪問サポート as records: menu, data migration, free visits, permitted days and hours."""

from typing import Literal

from app.tariff.base import Record, Text


class MenuItem(Record, frozen=True, kw_only=True):
    """A line of the visit price list.

    ``per``: ``dispatch`` (each time somebody comes), ``visit`` (once, however often), ``device`` (台) or
    ``app`` (アプリ).

    ``price`` None: priced by the migration table. ``free``: ``""`` never, ``entitled`` (●),
    ``after-recovery`` (▲ on a device that had its OS recovered and endpoint is used), ``with-backup`` (● only
    when backup data exist). ``waived_with_line_order``: not charged with a line order.
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
    billing_clause: str = ""  # billed apart from the month of charge
    backup_clause: str = ""  # the customer copies what matters before the work
    secret_clause: str = ""  # the customer protects or removes confidential data before the work
    discard_clause: str = ""  # IDs and passwords are destroyed after the work
    clause: str
