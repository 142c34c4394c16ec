"""Scenes of the visits: a week of three technicians, a request taken beside it, moving, one day."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from msgspec.structs import replace
from picture_contracts_made import keep_contract
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt

from app.contract.facts import Started
from app.contract.record import StoredContract
from app.papers.issuer import Settings
from app.usecases.book_visit import book, confirm
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from app.usecases.keep_technicians import add_technician
from app.usecases.keep_visit import receive
from app.visit.order import Device, Leave, Span, StoredVisit, TechnicianFields, VisitContent, VisitPlace
from app.visit.settings import ClosedDays

Key = Qt.Key
_MEDIA: Final = "media-light"
ASAHI: Final = "株式会社あさひ設計"

_WEST: Final = "大阪府大阪市中央区本町2-4-8"
_PC: Final = Device(kind="pc", menu=("os-recovery",))
_MOVE: Final = Device(kind="pc", menu=("data-migration",), data_gb="50", backup=True)
_PRINTER: Final = Device(kind="printer", menu=("printer-setup",))
_WIFI: Final = Device(kind="phone", count=3, menu=("wifi-setup",))
_NET: Final = Device(kind="router", menu=("internet-setup",))
_APP: Final = Device(kind="pc", menu=("app-setup",))
_GATEWAY: Final = Device(kind="gateway", menu=("gateway-setup",))

# Day of November, technicians by place, start, minutes, customer, town, devices, state.
_Row = tuple[int, tuple[int, ...], str, int, str, str, tuple[Device, ...], str]
_WEEK: Final[tuple[_Row, ...]] = (
    (24, (0,), "9:30", 150, "ひまわり歯科医院", "北区", (_PC, _MOVE), "confirmed"),
    (24, (0,), "13:30", 120, "大正木工", "大正区", (_PRINTER, _WIFI), "arranged"),
    (24, (1,), "9:00", 210, "西川会計事務所", "堺市", (_GATEWAY, _APP), "confirmed"),
    (24, (2,), "10:00", 240, "北浜印刷", "中央区", (_MOVE, _NET), "arranged"),
    (25, (0,), "14:00", 120, "柳田製作所", "東大阪市", (_WIFI,), "arranged"),
    (25, (1,), "9:00", 180, "ふじ薬局", "西区", (_PC,), "confirmed"),
    (25, (1,), "13:30", 180, "マルタ運輸", "港区", (_GATEWAY, _MOVE), "arranged"),
    (25, (2,), "10:00", 90, "あおい塾", "福島区", (_PRINTER,), "arranged"),
    (25, (2,), "13:30", 180, "天満設備", "北区", (_PC, _APP), "arranged"),
    (26, (1,), "9:30", 120, "桃谷内科", "生野区", (_WIFI, _APP), "confirmed"),
    (26, (1, 2), "13:30", 180, "さくら写真館", "吹田市", (_PC, _MOVE), "arranged"),
    (26, (2,), "9:30", 90, "堀江金物店", "西区", (_PRINTER,), "confirmed"),
    (27, (0,), "10:00", 120, "安土町法律事務所", "中央区", (_NET,), "arranged"),
    (27, (0,), "13:30", 150, "城東プラス", "城東区", (_PC, _MOVE), "arranged"),
    (27, (1,), "9:30", 120, "中津デザイン", "北区", (_WIFI,), "arranged"),
    (27, (1,), "13:30", 120, "森ノ宮薬局", "中央区", (_PRINTER, _WIFI), "arranged"),
    (27, (), "14:00", 120, "福島鋼材", "福島区", (_MOVE,), "arranged"),
    (28, (1,), "9:30", 180, "山手住建", "豊中市", (_PC, _MOVE), "arranged"),
    (28, (2,), "13:30", 120, "玉造クリニック", "天王寺区", (_WIFI, _PRINTER), "arranged"),
    (0, (), "", 120, "今里工芸", "東成区", (_APP,), "received"),
    (0, (), "", 90, "九条写植", "西区", (_PRINTER,), "received"),
)  # fmt: skip


def fill_visits(desk: Desk) -> tuple[StoredContract, list[StoredVisit]]:
    """Three technicians with a week of visits, and a contract whose free visit was not used."""
    people = []
    for place, (name, leaves) in enumerate(
        (
            ("井上 健太", (Leave(first=date(2026, 11, 26), last=date(2026, 11, 26), why="社内研修"),)),
            ("大西 真央", ()),
            ("川端 悟", ()),
        )
    ):
        hours = TechnicianFields(name=name).hours[: 5 if place == 0 else 6]
        people.append(
            add_technician(desk, TechnicianFields(name=name, leaves=leaves, hours=hours, order=place))
        )
    made = [_keep(desk, [people[one].id for one in row[1]], row) for row in _WEEK]
    contract = keep_contract(
        desk, ASAHI, _MEDIA,
        (Started(on=date(2026, 4, 1), items={"base": 1, "endpoint": 8, "gateway-10": 1}),),
        kana="アサヒセッケイ", items={"base": 1, "endpoint": 8, "gateway-10": 1},
    )  # fmt: skip
    return contract, made


def _keep(desk: Desk, who: list[str], row: _Row) -> StoredVisit:
    from app.contract.customer import CustomerFields
    from app.usecases.keep_customer import register_customer

    day, _who, start, minutes, name, town, devices, state = row
    city = town if town.endswith("市") else f"大阪市{town}"
    customer = register_customer(
        desk,
        CustomerFields(name=name, prefecture="大阪府", address=f"{city}本町1-2-3", phone="06-0000-2345"),
    )
    content = VisitContent(
        service=_MEDIA,
        place=VisitPlace(address=f"大阪府{city}本町1-2-3"),
        devices=devices,
        minutes=minutes,
    )
    stored = receive(desk, customer.id, content)
    if not day:
        return stored
    hour, minute = start.split(":")
    first = int(hour) * 60 + int(minute)
    span = Span(on=date(2026, 11, day), first=first, last=first + minutes)
    stored = book(desk, stored.id, stored.version, (span,), who)
    return confirm(desk, stored.id, stored.version) if state == "confirmed" else stored


def _desk(stage: Stage) -> Desk:
    assert stage.session is not None
    return stage.session.desk


def week_of(stage: Stage) -> tuple[Any, StoredContract]:
    """The place of the visits with the week after today."""
    window: Any = stage.open("visits")
    contract, _made = fill_visits(_desk(stage))
    page = window.page("visits").week
    page.refresh()
    stage.settle()
    page.show_day(date(2026, 11, 24))
    stage.settle()
    return page, contract


def request_in(stage: Stage, page: Any, contract: StoredContract) -> Any:
    """A request of the contract's customer, typed in full."""
    page.open_new(contract.customer_id, contract.id)
    stage.settle()
    panel = page.panel
    pc = Device(
        kind="pc", count=3, menu=("os-recovery", "endpoint-reinstall", "data-migration"), data_gb="50",
        backup=True,
    )  # fmt: skip
    panel.devices._put((pc, Device(kind="phone", count=5, menu=("wifi-setup",))))
    stage.settle()
    return panel


@scene("visits", manual=True)
def visits_week(stage: Stage) -> None:
    """A week of three technicians."""
    page, _contract = week_of(stage)
    page.grid.go_to(page.grid.facts.rows[1].id)
    stage.settle()


@scene("visits", manual=True)
def visits_request(stage: Stage) -> None:
    """A request is taken: price, free visit, three slots."""
    page, contract = week_of(stage)
    request_in(stage, page, contract)


@scene("visits")
def visits_moving(stage: Stage) -> None:
    """A visit is moved to where it can't stand."""
    page, _contract = week_of(stage)
    grid = page.grid
    grid.setFocus()
    grid.go_to(grid.facts.rows[3].id)
    stage.press(Key.Key_M)
    for _step in range(8):
        stage.press(Key.Key_Right)


@scene("visits")
def visits_device(stage: Stage) -> None:
    """The fields of a device, a volume without its unit."""
    page, contract = week_of(stage)
    panel = request_in(stage, page, contract)
    panel.devices.rows[0].set_open(True)
    stage.settle()
    panel.devices.rows[0].volume.edit.clear()
    stage.type("500", panel.devices.rows[0].volume)


@scene("visits")
def visits_day(stage: Stage) -> None:
    """One day with high lanes."""
    page, _contract = week_of(stage)
    page.show_day(date(2026, 11, 26))
    page._go(date(2026, 11, 26), 1)
    stage.settle()


@scene("visits")
def visits_empty(stage: Stage) -> None:
    """Nobody who visits is known yet."""
    window: Any = stage.open("visits", empty=False)
    window.page("visits").week.refresh()
    stage.settle()


def closed_in_december(settings: Settings) -> Settings:
    """The desk's own closed days in December."""
    own = ClosedDays(first=date(2026, 12, 28), last=date(2026, 12, 28), why="棚卸")
    return replace(settings, visits=replace(settings.visits, closed=(own,)))


@scene("visits")
def visits_year_end(stage: Stage) -> None:
    """The last week of the year: almost everything is closed."""
    page, _contract = week_of(stage)
    desk = _desk(stage)
    save_settings(desk, closed_in_december(desk.settings()))
    page.show_day(date(2026, 12, 28))
    stage.settle()


@scene("visits")
def visits_folded(stage: Stage) -> None:
    """Nine more technicians, most of them folded."""
    page, _contract = week_of(stage)
    desk = _desk(stage)
    names = "上田 涼,小川 結衣,加藤 隼,木村 航,佐野 葵,清水 陸,竹内 凛,中西 蓮,藤本 楓"
    for place, name in enumerate(names.split(","), 3):
        add_technician(desk, TechnicianFields(name=name, order=place))
    page.refresh()
    stage.settle()
    for technician in page.grid.facts.technicians[3:]:
        page.grid.fold_wanted.emit(technician.id)
    stage.settle()


@scene("visits")
def visits_refused(stage: Stage) -> None:
    """A visit was dropped where it can't stand: the reason stands above the week."""
    page, _contract = week_of(stage)
    grid = page.grid
    grid.setFocus()
    grid.go_to(grid.facts.rows[3].id)
    stage.press(Key.Key_M)
    for _step in range(6):
        stage.press(Key.Key_Left)
    stage.press(Key.Key_Return)


@scene("visits")
def visits_east(stage: Stage) -> None:
    """A request in the East: the area follows from the address, weekdays only."""
    page, contract = week_of(stage)
    panel = request_in(stage, page, contract)
    panel.place.fold.set_open(True)
    panel.place.address.edit.clear()
    stage.type("東京都新宿区西新宿1-1", panel.place.address)


@scene("visits")
def visits_charged(stage: Stage) -> None:
    """A second visit of the contract year: why it is charged, and from which day one is free again."""
    page, contract = week_of(stage)
    place = VisitPlace(address=_WEST)
    content = VisitContent(service=_MEDIA, contract_id=contract.id, place=place, devices=(_PC,), minutes=120)
    desk = _desk(stage)
    first = receive(desk, contract.customer_id, content)
    book(desk, first.id, first.version, [Span(on=date(2026, 11, 27), first=780, last=900)], ())
    request_in(stage, page, contract)
