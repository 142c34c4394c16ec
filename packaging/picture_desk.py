"""The desk of the pictures: the demo's company and customers, a clock that stands still, no trace of a
machine.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import keyring
from keyring.backend import KeyringBackend
from msgspec.structs import replace
from pictures import QUOTATIONS

from app.days import is_business_day
from app.places import resources
from app.quote.content import (
    AgreedPrice,
    HandGroup,
    HandLine,
    HandPrice,
    QuotationContent,
    ServiceEntry,
    Site,
    VisitEntry,
    WorkEntry,
)
from app.quote.stored import QuotationState
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.issue_quotation import Issued, issue_quotation
from app.usecases.keep_customer import find_customers, get_customer
from app.usecases.keep_quotation import save_draft, set_state, start_quotation
from app.usecases.ports import Storage
from app.usecases.price_quotation import price_content
from app.usecases.quote_request import read_request
from app.words import language, set_language
from cli.demo import fill
from db.vault import FolderVault
from reports import draw, stamp_copy

JAPAN: Final = timezone(timedelta(hours=9))
NOW: Final = datetime(2026, 11, 20, 14, 32, tzinfo=JAPAN)
# Where the data would be on a counter's machine: no picture shows where they were really made.
SHOWN_PATH: Final = r"D:\Madoguchi\madoguchi.db"
_FIRST_DAY: Final = datetime(2026, 10, 19, 9, 12, tzinfo=JAPAN)
_LAST: Final = NOW - timedelta(days=1)  # the demo was filled by then
_STEP: Final = timedelta(minutes=18)
_CLOSING_HOUR: Final = 18
EXAMPLES: Final = Path(__file__).resolve().parent.parent / "docs" / "examples"


class Clock:
    """The desk's clock. It goes on with every look, in opening hours, while the demo is filled; then it
    stands.
    """

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at
        self.goes = False

    def __call__(self) -> datetime:
        """The time now."""
        if self.goes:
            self.at += _STEP
            if self.at.hour >= _CLOSING_HOUR or not is_business_day(self.at.date()):
                day = self.at.date() + timedelta(days=1)
                while not is_business_day(day):
                    day += timedelta(days=1)
                self.at = datetime(day.year, day.month, day.day, 9, 12, tzinfo=JAPAN)
            self.at = min(self.at, _LAST)
        return self.at


class MemoryRing(KeyringBackend):
    """A key ring in memory, as the systems at counters have one."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """The secret of a name."""
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        self._kept.pop((service, username), None)


@contextmanager
def key_ring() -> Iterator[None]:
    """A key ring in memory in place of the machine's, until the block is left."""
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryRing())
    try:
        yield
    finally:
        keyring.set_keyring(before)


@dataclass(frozen=True)
class _ShownStatus:
    path: str
    key_kind: str
    last_backup: datetime | None
    has_recovery: bool


class ShownStorage:
    """A storage that says its data are where they would be on a counter's machine."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)

    def status(self) -> _ShownStatus:
        """As the storage says, but for the place."""
        status = self._storage.status()
        return _ShownStatus(SHOWN_PATH, status.key_kind, status.last_backup, status.has_recovery)


class DeskMaker:
    """Makes the filled folder once and gives every scene a copy, so that none sees what another did."""

    def __init__(self, folder: Path, quotations: int = QUOTATIONS) -> None:
        self._folder = folder
        self._quotations = quotations
        self._catalogue = Catalogue((resources() / "tariffs",))
        self.clock = Clock()
        self._copies = 0
        self.ids: dict[str, str] = {}

    @property
    def filled(self) -> Path:
        """The folder with the demo's customers and quotations; made when first asked for."""
        made = self._folder / "filled"
        if not self.ids:
            spoken = language()
            set_language("ja")  # the data are the same whatever the window will speak
            desk = self._desk(FolderVault(made, self.clock).create("keyring"))
            self._fill(desk)
            desk.storage.close()
            set_language(spoken)
        return made

    def copy(self) -> Path:
        """A folder with the same data, to be changed at will."""
        return Path(shutil.copytree(self.filled, self.new_folder()))

    def new_folder(self) -> Path:
        """A folder that does not exist yet."""
        self._copies += 1
        return self._folder / f"scene-{self._copies}"

    def empty(self) -> Path:
        """A folder with a database that knows the company and nothing else."""
        from app.usecases.keep_settings import save_settings
        from cli.demo import demo_settings

        folder = self.new_folder()
        desk = self._desk(FolderVault(folder, self.clock).create("keyring"))
        save_settings(desk, demo_settings())
        desk.storage.close()
        return folder

    def opened(self, folder: Path) -> Desk:
        """A desk on a folder."""
        return self._desk(FolderVault(folder, self.clock).open())

    def _desk(self, storage: Storage) -> Desk:
        return Desk(ShownStorage(storage), self._catalogue, draw, self.clock, stamp_copy)

    def _fill(self, desk: Desk) -> None:
        self.clock.at, self.clock.goes = _FIRST_DAY, True
        fill(desk, self._quotations)
        self.clock.goes = False
        self.clock.at = NOW - timedelta(minutes=3)
        for name, content in contents(desk).items():
            self.ids[name] = start_quotation(desk, content).id
        self.clock.at = NOW
        self._revise(desk)

    def _revise(self, desk: Desk) -> None:
        """One quotation with two revisions, the second won."""
        content = known(desk, "坂井製菓", QuotationContent(services=(prime(30),)))
        self.clock.at = NOW - timedelta(days=2, hours=4)
        first = issue_quotation(desk, (stored := start_quotation(desk, content)).id, stored.version).stored
        self.clock.at = NOW - timedelta(minutes=50)
        changed = replace(content, services=(prime(50),))
        priced = price_content(desk, changed, desk.settings())
        again = save_draft(desk, first.id, first.version, changed, priced)
        second = issue_quotation(desk, again.id, again.version).stored
        set_state(desk, second.id, second.version, QuotationState.WON)
        self.ids["revised"] = first.id
        self.clock.at = NOW


def known(desk: Desk, words: str, content: QuotationContent) -> QuotationContent:
    """The content for a customer of the register."""
    customer = get_customer(desk, find_customers(desk, words)[0].id)
    return replace(content, customer_id=customer.id, customer=customer.fields)


def prime(ids: int, start: date = date(2026, 12, 10)) -> ServiceEntry:
    """どこでもプライム for some IDs."""
    return ServiceEntry(service="dokodemo-prime", start=start, items={"id": ids})


def contents(desk: Desk) -> dict[str, QuotationContent]:
    """The quotations the scenes open, by name."""
    return {
        "takahashi": known(desk, "髙橋精工", _takahashi()),
        "closed": known(desk, "酒井建設", _closed()),
        "media": known(desk, "若葉眼科", _media()),
        "mdr": known(desk, "北兵庫青葉野", _mdr()),
        "special": known(desk, "青葉野精密", _special()),
        "several": known(desk, "播磨鋳造", _several()),
        "wrong": known(desk, "堺臨海倉庫", _wrong()),
        "long": known(desk, "青葉野精密", long_content()),
    }


def _takahashi() -> QuotationContent:
    moved = WorkEntry(devices=2, menu=("data-migration",), migrate_gb="10")
    printer = WorkEntry(devices=1, menu=("printer-setup",))
    visit = VisitEntry(for_service=0, on=date(2026, 12, 11), at="13:00", work=(moved, printer))
    return QuotationContent(services=(prime(49),), visits=(visit,))


def _closed() -> QuotationContent:
    """A visit on a Sunday."""
    printer = WorkEntry(devices=1, menu=("printer-setup",))
    visit = VisitEntry(for_service=0, on=date(2026, 12, 13), at="10:00", work=(printer,))
    return QuotationContent(services=(prime(12),), visits=(visit,))


def _media() -> QuotationContent:
    service = ServiceEntry(
        service="media-light",
        start=date(2026, 12, 15),
        items={"endpoint": 8, "gateway-10": 1},
        options={"gateway_24h": True},
    )
    recovery = WorkEntry(devices=1, menu=("os-recovery", "endpoint-reinstall"), label="受付のパソコン")
    visit = VisitEntry(for_service=0, on=date(2026, 12, 16), at="13:00", work=(recovery,))
    return QuotationContent(services=(service,), visits=(visit,))


def _mdr() -> QuotationContent:
    service = ServiceEntry(
        service="mdr-ndr", start=date(2027, 4, 1), line="other", items={"annual-fee": 3_600_000}
    )
    return QuotationContent(
        services=(service,), remarks="年額は提供会社の見積書（2026年11月18日付）によります。"
    )


def _special() -> QuotationContent:
    agreed = AgreedPrice(
        item="id", unit_price=1_900, reason="24か月の継続利用のお約束", approved_by="森下 課長"
    )
    travel = HandLine(
        group="visit", name="交通費", unit_price=3_600, reason="往復2名分の実費", approved_by="森下 課長"
    )
    return QuotationContent(services=(replace(prime(31), agreed_prices=(agreed,)),), hand_lines=(travel,))


def _several() -> QuotationContent:
    first = ServiceEntry(
        service="osect", start=date(2027, 1, 12), items={"sensor": 3}, site=Site(name="第二工場")
    )
    second = ServiceEntry(service="mihariban", start=date(2027, 1, 12), items={"license": 15})
    return QuotationContent(services=(first, second))


def _wrong() -> QuotationContent:
    """A quantity out of range, a start before the price list, a Sunday visit, a line without a reason."""
    service = ServiceEntry(service="mihariban", start=date(2023, 1, 10), items={"license": 51})
    work = WorkEntry(devices=1, menu=("os-recovery",))
    visit = VisitEntry(for_service=1, on=date(2026, 12, 13), at="10:00", work=(work,))
    other = prime(4)
    return QuotationContent(
        services=(service, other), visits=(visit,), hand_lines=(HandLine(unit_price=500),)
    )


def long_content() -> QuotationContent:
    """Everything a quotation may hold, on three pages."""
    agreed = AgreedPrice(
        item="id", unit_price=1_900, reason="24か月の継続利用のお約束", approved_by="森下 課長"
    )
    visits = tuple(
        VisitEntry(
            for_service=0,
            on=day,
            at=at,
            site=Site(name=name, address=address),
            work=_visit_work(place),
        )
        for place, (day, at, name, address) in enumerate((
            (date(2026, 12, 11), "10:00", "本社 総務部", ""),
            (date(2026, 12, 14), "13:00", "神戸工場 生産管理課", "兵庫県神戸市西区高塚台0-3-5"),
            (date(2026, 12, 16), "10:00", "大阪営業所", "大阪府大阪市中央区本町0-11-5"),
        ))
    )  # fmt: skip
    lines = (
        _by_hand("one-off", "ネットワーク構成図の作成", 48_000, "現地調査1日"),
        replace(
            _by_hand("one-off", "LANケーブル カテゴリー6A 5m", 1_280, "仕入れ先見積"), quantity=12, unit="本"
        ),
        _by_hand("visit", "交通費", 21_600, "3か所 往復2名分の実費"),
        replace(_by_hand("visit", "駐車場代の立替", 2_400, "領収書による実費"), tax="outside"),
    )
    return QuotationContent(
        title="本社・工場・営業所 セキュリティ一式のご提案",
        services=(replace(prime(49), agreed_prices=(agreed,)),),
        visits=visits,
        hand_lines=lines,
        remarks="作業の順序は、繁忙期を避けてご相談のうえ決めさせていただきます。",
    )


def _by_hand(group: HandGroup, name: str, unit_price: int, reason: str) -> HandLine:
    return HandLine(group=group, name=name, unit_price=unit_price, reason=reason, approved_by="森下 課長")


def _visit_work(place: int) -> tuple[WorkEntry, ...]:
    recovery = WorkEntry(devices=2 + place, menu=("os-recovery", "os-update"), label="事務用パソコン")
    moved = WorkEntry(devices=4 + place, menu=("data-migration",), migrate_gb="50", backup=True)
    big = WorkEntry(devices=1, menu=("data-migration",), migrate_gb="500", label="設計用ワークステーション")
    network = WorkEntry(devices=3, menu=("internet-setup", "wifi-setup", "app-setup"), apps=2)
    many = WorkEntry(
        devices=24,
        menu=("data-migration",),
        migrate_gb="10",
        by_hand=HandPrice(unit_price=7_800, reason="20台を超えるため個別見積", approved_by="森下 課長"),
    )
    printer = WorkEntry(devices=1 + place % 2, menu=("printer-setup",), label="複合機")
    return (recovery, moved, (big, many, network)[place], printer)


def example_papers(desk: Desk) -> dict[str, bytes]:
    """The examples of the documentation and a long quotation as issued papers, by name."""
    papers = {}
    for request in sorted(EXAMPLES.glob("*.json")):
        document = json.loads(request.read_text("utf-8"), parse_float=Decimal)
        papers[request.stem] = _issued(desk, read_request(document, desk.today()).content).paper.pdf
    papers["long"] = _issued(desk, known(desk, "青葉野精密", long_content())).paper.pdf
    return papers


def _issued(desk: Desk, content: QuotationContent) -> Issued:
    stored = start_quotation(desk, content)
    return issue_quotation(desk, stored.id, stored.version)
