"""A real desk for tests: an encrypted database in a folder of its own, the shipped tariffs, the real
drawing of papers.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import monotonic

import msgspec

from app.papers.issuer import Company, ServiceRole, Settings, Staff
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from db.vault import FolderVault
from reports import draw, stamp_copy
from tests.fresh import fresh_storage
from tests.shipped import catalogue

JAPAN = timezone(timedelta(hours=9))
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=JAPAN)
_BEGAN = monotonic()


def storing_now() -> datetime:
    """The clock of what is stored: it goes on from `NOW`, whatever day it is for this machine."""
    return NOW + timedelta(seconds=monotonic() - _BEGAN)


def settings() -> Settings:
    """A company that may issue papers."""
    return Settings(
        company=Company(name="株式会社まどぐち通信サービス", registration="T9990001000123"),
        desk_name="本町窓口",
        desk_code="HM1",
        staff=(Staff(id="tamura", name="田村 美咲"),),
        current_staff="tamura",
    )


def new_desk(folder: Path, *, ready: bool = True) -> Desk:
    """A desk on a new database; ``ready`` with company and desk code."""
    desk = Desk(fresh_storage(folder, storing_now), catalogue(), draw, lambda: NOW, stamp_copy)
    if ready:
        save_settings(desk, settings())
    return desk


def provide(desk: Desk, *services: str) -> None:
    """Let the company be the provider of services (all, where none is named): then it asks for the money."""
    ours = {code: ServiceRole(role="provider") for code in services or desk.catalogue.codes()}
    save_settings(desk, msgspec.structs.replace(desk.settings(), roles=ours))


def reopened(folder: Path) -> Desk:
    """Another desk on the same database, as a second window has it."""
    return Desk(FolderVault(folder, storing_now).open(), catalogue(), draw, lambda: NOW, stamp_copy)
