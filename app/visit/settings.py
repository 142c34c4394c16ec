"""The owner's own settings for visits: how long work takes, the way there, and days that are closed.

The terms name no durations and no ways: the values here are ours and can be changed in the settings.
"""

from datetime import date

import msgspec

from app.visit.order import Kept

OURS = "当店の設定"
"""What stands where a clause would, for rules that are no clause of the terms."""


class MinutesTable(Kept, frozen=True, kw_only=True):
    """How long work takes, in minutes (ours; no clause names any).

    ``base``: arriving, diagnosis, explaining, signature; once a visit. ``menu``: per device, for applications
    per application. ``data_block_gb``: each started block of so many GB adds ``data_block``. ``round_to``: a
    visit lasts a multiple of it. ``travel``: the way between two visits, and from and to the office.
    """

    base: int = 30
    menu: dict[str, int] = msgspec.field(
        default_factory=lambda: {
            "os-recovery": 30,
            "os-update": 20,
            "internet-setup": 20,
            "wifi-setup": 3,
            "app-setup": 15,
            "endpoint-reinstall": 10,
            "printer-setup": 25,
            "data-migration": 10,
            "gateway-setup": 60,
        }
    )
    other: int = 30  # work the table does not know
    data_block_gb: int = 50
    data_block: int = 5
    round_to: int = 30
    travel: int = 30


class ClosedDays(Kept, frozen=True, kw_only=True):
    """Days on which the desk sends nobody, apart from those of the terms."""

    first: date
    last: date
    why: str = ""


class VisitSettings(Kept, frozen=True, kw_only=True):
    """Everything of ours about visits. ``lead_days``: visits are offered from so many business days after
    today; ``step``: starts are offered every so many minutes.
    """

    minutes: MinutesTable = MinutesTable()
    closed: tuple[ClosedDays, ...] = ()
    lead_days: int = 1
    step: int = 30
