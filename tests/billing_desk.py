"""A real desk with contracts and a clock that can be moved, for tests of months and payments."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from app.contract.customer import CustomerFields
from app.contract.facts import Fact, Started, Voided
from app.contract.record import BillingAddress, ContractContent, StoredContract
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from app.usecases.stand_contract import standing_of
from db.vault import FolderVault
from reports import draw, stamp_copy
from tests.desks import JAPAN, settings
from tests.fresh import fresh_storage
from tests.shipped import catalogue

NOVEMBER = datetime(2026, 12, 1, 20, 0, tzinfo=JAPAN)


class Clock:
    """The time at the desk. Every reading is a moment later than the one before."""

    def __init__(self, now: datetime = NOVEMBER) -> None:
        self.time = now

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    def go(self, year: int, month: int, day: int) -> None:
        """Go to the evening of a day: it is the same day from Hawaii to New Zealand."""
        self.time = datetime(year, month, day, 19, 0, tzinfo=JAPAN)


def billing_desk(folder: Path, clock: Clock) -> Desk:
    """A desk on a new database whose clock is ``clock``."""
    desk = Desk(fresh_storage(folder, clock.now), catalogue(), draw, clock.now, stamp_copy)
    save_settings(desk, settings())
    return desk


def second_window(folder: Path, clock: Clock) -> Desk:
    """Another desk on the same database."""
    return Desk(FolderVault(folder, clock.now).open(), catalogue(), draw, clock.now, stamp_copy)


def register(
    desk: Desk, name: str, service: str, *facts: Fact, content: ContractContent | None = None
) -> StoredContract:
    """A customer with a contract that has these facts."""
    content = content or ContractContent(service=service, billing=BillingAddress(method="invoice"))
    with desk.storage.work() as work:
        customer = work.customers.add(CustomerFields(name=name, kana="", kind="corporation"))
        standing = standing_of(content, facts, desk.catalogue, desk.today())
        number = work.numbers.next("C", "HM1", desk.today())
        made = work.contracts.add(number, customer.id, content, standing, "田村 美咲")
        if facts:
            made = work.contracts.change(made.id, made.version, standing, entries=facts, staff="田村 美咲")
        work.commit()
    return made


def write(desk: Desk, contract: StoredContract, *facts: Fact) -> StoredContract:
    """Record further facts of a contract as it stands now."""
    with desk.storage.work() as work:
        now = work.contracts.get(contract.id)
        entries = [*(one.entry for one in now.entries), *facts]
        standing = standing_of(now.content, entries, desk.catalogue, desk.today())
        made = work.contracts.change(now.id, now.version, standing, entries=facts, staff="田村 美咲")
        work.commit()
    return made


def take_back(desk: Desk, contract: StoredContract, kind: type) -> StoredContract:
    """Void the last entry of a kind."""
    with desk.storage.look() as work:
        now = work.contracts.get(contract.id)
    entry = [one.entry for one in now.entries if isinstance(one.entry, kind)][-1]
    return write(desk, now, Voided(entry.id))


def three(desk: Desk) -> list[StoredContract]:
    """Three contracts that are charged in November 2026: 5,890円, 60,000円 and 28,000円 net."""
    return [
        register(desk, "青葉商店", "mihariban", Started(date(2026, 8, 1), {"license": 31})),
        register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1})),
        register(desk, "紅葉会計事務所", "dokodemo-prime", Started(date(2026, 8, 1), {"id": 10})),
    ]
