"""Visits to make papers of: an ordinary one and its difficult relatives. Names are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import msgspec

from app.contract.customer import CustomerFields
from app.papers.issuer import Company, ServiceRole, Settings, Staff
from app.papers.visit_day import DayVisit
from app.papers.visit_words import VisitFacts
from app.visit.found_work import as_done, content_hash
from app.visit.from_order import price_of
from app.visit.order import (
    Begun,
    Device,
    Event,
    Reported,
    Signed,
    Span,
    StoredVisit,
    Technician,
    TechnicianFields,
    Tick,
    VisitContent,
    VisitPlace,
    VisitState,
)
from app.visit.work import VisitContract
from tests.shipped import catalogue

JAPAN = timezone(timedelta(hours=9))
DAY = date(2026, 12, 11)
SERVICE = "dokodemo-prime"

COMPANY = Company(
    name="株式会社まどぐち通信サービス",
    postal_code="5419999",
    address="大阪市中央区北窓町2-5",
    building="窓口ビル4階",
    phone="06-0000-1240",
    registration="T9990001000123",
)
SETTINGS = Settings(
    company=COMPANY,
    desk_name="訪問サポート本部",
    desk_code="A1",
    staff=(Staff(id="miyashita", name="宮下 圭", department="訪問手配係"),),
    current_staff="miyashita",
    roles={SERVICE: ServiceRole(role="provider")},
    has_seal=True,
    has_logo=True,
)
CUSTOMER = CustomerFields(
    name="株式会社青葉野精密工業",
    postal_code="6500099",
    prefecture="兵庫県",
    address="神戸市中央区波止場西町3丁目1番12号",
    building="青葉野第二ビル5階",
    department="総務部 情報システム課",
    phone="078-000-5521",
)
TECHNICIANS = {
    "t1": TechnicianFields(name="小田切 誠", phone="090-0000-1101"),
    "t2": TechnicianFields(name="林 美咲", phone="090-0000-1102"),
}
LONGEST = "社会福祉法人髙﨑𠮷野ヶ里みどりの丘地域包括支援協議会附属情報処理研究センター㈱本部"


def devices() -> tuple[Device, ...]:
    """Seven computers and a printer."""
    names = ("KR-01", "KR-02", "SK-03", "SK-04", "EG-05", "EG-06", "GJ-07")
    places = ("2階 経理", "2階 経理", "2階 総務", "2階 総務", "3階 営業", "3階 営業", "3階 技術")
    volumes = ("38", "41", "22", "47", "30", "12", "49")
    found = [
        Device(
            id=f"d{place}",
            name=name,
            place=where,
            os="Windows 11",
            menu=("os-recovery", "data-migration") if place < 3 else ("data-migration",),
            data_gb=gb,
            backup=place != 1,
        )
        for place, (name, where, gb) in enumerate(zip(names, places, volumes, strict=True))
    ]
    printer = Device(id="d7", kind="printer", name="MFP-1 複合機", place="2階 総務", menu=("printer-setup",))
    return (*found, printer)


def content() -> VisitContent:
    """The ordinary visit: two technicians, one day."""
    return VisitContent(
        service=SERVICE,
        place=VisitPlace(
            person="情報システム課  三浦 千里",
            phone_on_day="090-0000-5521",
            access="1階受付で記帳。来客用3番に1台",
            area="west",
        ),
        devices=devices(),
        technicians=("t1", "t2"),
        spans=(Span(on=DAY, first=9 * 60, last=16 * 60 + 30),),
    )


def at(hour: int, minute: int = 0) -> datetime:
    """A time on the day of the visit."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=JAPAN)


def stored(
    of: VisitContent | None = None, events: tuple[Event, ...] = (), number: str = "W-A1-2612-0056"
) -> StoredVisit:
    """A visit as stored."""
    return StoredVisit(
        id=f"visit-{number}",
        seq=1,
        version=1,
        number=number,
        customer_id="customer",
        content=of or content(),
        events=events,
        state=VisitState.CONFIRMED,
        staff="宮下 圭",
        created_at=at(8),
        updated_at=at(8),
    )


def facts(
    of: VisitContent | None = None,
    events: tuple[Event, ...] = (),
    customer: CustomerFields = CUSTOMER,
    settings: Settings = SETTINGS,
    contract: VisitContract | None = None,
) -> VisitFacts:
    """A visit with all that its papers need; priced as done where it was reported."""
    visit = stored(of, events)
    report = next((one for one in events if isinstance(one, Reported)), None)
    done = visit.content
    if report:
        done = as_done(msgspec.structs.replace(done, devices=report.devices), report.ticks)
    on = done.spans[0].on if done.spans else DAY
    return VisitFacts(
        visit=visit,
        customer=customer,
        priced=price_of(done, contract or VisitContract(), catalogue(), on, "west"),
        settings=settings,
        catalogue=catalogue(),
        technicians=TECHNICIANS,
        contract="どこでもプライム  31 ID  2026年12月10日から",
        quotation="Q-A1-2611-0318  第1版",
    )


def ticks() -> tuple[Tick, ...]:
    """What came of the ordinary visit: one piece of work only partly done."""
    times = (
        ("d0", "os-recovery", 575, 800), ("d0", "data-migration", 800, 865),
        ("d1", "os-recovery", 580, 805), ("d1", "data-migration", 810, 880),
        ("d2", "os-recovery", 585, 820), ("d2", "data-migration", 840, 875),
        ("d3", "data-migration", 580, 655), ("d4", "data-migration", 660, 710),
        ("d5", "data-migration", 785, 810), ("d6", "data-migration", 785, 890),
        ("d7", "printer-setup", 870, 920),
    )  # fmt: skip
    return tuple(
        Tick(
            device=device,
            menu=menu,
            result="partly" if device == "d6" else "done",
            why="2フォルダーを読み取れず" if device == "d6" else "",
            first=first,
            last=last,
        )
        for device, menu, first, last in times
    )


_LETTERS = (  # 三浦千里 as strokes of points, on a square of 100
    ((10, 20, 48, 17, 85, 18), (20, 50, 50, 47, 75, 48), (5, 85, 50, 81, 95, 82)),
    (
        (8, 15, 18, 25), (4, 45, 14, 52), (6, 92, 14, 78, 21, 62), (28, 28, 60, 25, 95, 24),
        (60, 6, 61, 50, 60, 98), (35, 42, 36, 70, 33, 98), (35, 42, 86, 40, 87, 90, 80, 96),
        (35, 58, 86, 57), (35, 75, 86, 74), (74, 7, 86, 16),
    ),
    ((72, 6, 50, 18, 24, 25), (4, 51, 50, 47, 96, 46), (50, 18, 51, 60, 50, 99)),
    (
        (20, 10, 21, 34, 22, 56), (20, 10, 80, 7, 79, 52), (21, 33, 79, 30), (22, 55, 79, 52),
        (50, 10, 51, 50, 50, 92), (28, 74, 75, 71), (4, 96, 50, 92, 97, 92),
    ),
)  # fmt: skip


def strokes() -> tuple[tuple[tuple[int, int], ...], ...]:
    """A signature as a pen leaves it, in hundredths of a millimetre."""
    return tuple(
        tuple((300 + place * 1250 + x * 10, 200 + y * 10) for x, y in zip(line[::2], line[1::2], strict=True))
        for place, letter in enumerate(_LETTERS)
        for line in letter
    )


def done_events(notes: str = "No.7の読み取れなかったファイルの一覧をお渡ししました。") -> tuple[Event, ...]:
    """What happened at the ordinary visit, up to the signature under its report."""
    planned = content()
    done = as_done(planned, ticks())
    bill = price_of(done, VisitContract(), catalogue(), DAY, "west").bill
    sha256 = content_hash("W-A1-2612-0056", planned.devices, ticks(), bill.net, notes)
    return (
        Begun(at=at(9, 2), staff="小田切 誠"),
        Signed(
            at=at(9, 20),
            what="before",
            name="情報システム課  三浦 千里",
            strokes=strokes(),
            sha256="0" * 64,
            net=bill.net,
            agreed=("backup", "deletion", "confidential", "price"),
        ),
        Reported(
            at=at(16, 10),
            devices=planned.devices,
            ticks=ticks(),
            net=bill.net,
            tax=bill.tax,
            notes=notes,
            sha256=sha256,
        ),
        Signed(
            at=at(16, 21),
            what="report",
            name="情報システム課  三浦 千里",
            strokes=strokes(),
            sha256=sha256,
            net=bill.net,
        ),
    )


_TOWNS = (
    "中央区浜辺通2丁目4番1号",
    "灘区青谷町3丁目8番15号",
    "東灘区向洋町中6丁目9番",
    "兵庫区新開地1丁目3番2号",
)
_STREETS = ("青葉", "若草", "花園", "港町", "山手", "緑台", "桜丘", "松風", "白鳥", "夕凪", "朝日", "星野")
_SURNAMES = ("小田切 誠", "林 美咲", "髙﨑 悠", "𠮷田 健", "西森 楓", "東 亮", "野々村 光", "三好 直", "大空 翼子",
             "白石 望", "黒川 怜", "水島 茜")  # fmt: skip


def a_day(count: int = 12, each: int = 4) -> tuple[list[Technician], list[DayVisit]]:
    """A full day of many technicians; every third visit is done by two of them."""
    crew = [
        Technician(
            id=f"t{place}",
            version=1,
            fields=TechnicianFields(name=_SURNAMES[place % 12], phone=f"090-0000-11{place:02}"),
        )
        for place in range(count)
    ]
    visits = []
    for place in range(count):
        for number in range(each):
            if number == 3 and place % 3 == 1:  # comes along with the one before
                continue
            first = (9 * 60, 10 * 60 + 45, 13 * 60 + 30, 15 * 60 + 15)[number % 4]
            whole = devices()
            of = VisitContent(
                service=SERVICE,
                place=VisitPlace(
                    person=f"担当{number + 1} 佐々木",
                    phone_on_day=f"090-0000-{place:02}{number:02}",
                    access="裏口から。駐車は1台" if number == 1 else "",
                ),
                devices=(whole[(place + number) % 7], whole[7]) if number % 2 else (whole[number],),
                technicians=(f"t{place}", f"t{(place + 1) % count}") if number == 3 and place % 3 == 0
                else (f"t{place}",),
                spans=(Span(on=DAY, first=first, last=first + 75),),
                bring="外付けSSD 2台（暗号化済み）、回復メディア" if number == 0 else "",
            )  # fmt: skip
            street = _STREETS[(place * 5 + number) % 12]
            customer = CustomerFields(
                name=f"株式会社{street}{('商事', '印刷', '歯科医院', '設計')[number % 4]}",
                postal_code="6500099",
                prefecture="兵庫県",
                address="神戸市" + _TOWNS[(place + number) % 4],
                phone="078-000-1200",
            )
            visits.append(DayVisit(stored(of, number=f"W-A1-2612-{place * each + number + 1:04}"), customer))
    return crew, visits


def one_device() -> VisitFacts:
    """A single printer, nobody assigned, no time set."""
    only = Device(id="p", kind="printer", name="", menu=("printer-setup",))
    bare = VisitContent(service=SERVICE, devices=(only,))
    return replace(facts(bare), contract="", quotation="")


def many_devices(count: int = 40) -> VisitFacts:
    """Forty devices with the longest names over two days, by three technicians."""
    name = "第一営業部㈱髙﨑𠮷野オフィス受付カウンター用ノート型パソコンの予備機（貸出）一号機"[:40]
    rows = tuple(
        Device(
            id=f"d{place}",
            name=f"{name[:36]}{place:02}" if place % 5 == 0 else f"PC-{place:03}",
            place="本館3階 情報処理センター 東側" if place % 4 == 0 else "2階",
            menu=("internet-setup", "app-setup", "wifi-setup")
            if place % 3
            else ("os-recovery", "data-migration"),
            data_gb=None if place % 3 else f"{place * 7 + 1}.5",
            apps=3,
        )
        for place in range(count)
    )  # fmt: skip
    of = VisitContent(
        service=SERVICE,
        devices=rows,
        place=VisitPlace(
            name="第二データセンター㈱別館",
            postal_code="6500099",
            address="兵庫県神戸市中央区波止場西町3丁目1番12号 青葉野第二ビルディング東棟5階 情報処理研究センター内",
            person="情報システム統括本部 第一運用管理課 課長 髙﨑 𠮷之進",
            phone="078-000-5521",
            phone_on_day="090-0000-5521",
            access="地下2階の防災センターで受付。来客用駐車場B区画12番に1台。台車は貸出あり、搬入は東口",
        ),
        technicians=("t1", "t2", "t3", "t4"),
        spans=(
            Span(on=DAY, first=540, last=1020),
            Span(on=date(2026, 12, 12), first=540, last=1020),
        ),
        wishes="午前中は経理の機器に触れないでください。昼休みの間に2階を終えてください。",
        remarks="過去に1台、起動しなくなった機器があります（No.7）。",
    )
    people = {
        **TECHNICIANS,
        "t3": TechnicianFields(name="𠮷田 健太郎左衛門"),
        "t4": TechnicianFields(name="髙﨑 悠"),
    }
    customer = msgspec.structs.replace(CUSTOMER, name=LONGEST[:40])
    return replace(facts(of, customer=customer), technicians=people)


def as_reported(of: VisitFacts) -> VisitFacts:
    """The visit with every third piece of work not done, or partly, each with a reason; unsigned."""
    found = [
        Tick(
            device=device.id,
            menu=menu,
            result=("done", "done", "partly", "not-done")[(row + number) % 4],
            why="電源が入らず、お客さまの了承を得て次回に見送り" if (row + number) % 4 > 1 else "",
            first=540 + row * 5,
            last=600 + row * 5,
            data_gb="60" if menu == "data-migration" else None,
        )
        for row, device in enumerate(of.visit.content.devices)
        for number, menu in enumerate(device.menu)
    ]
    done = as_done(of.visit.content, tuple(found))
    priced = price_of(done, VisitContract(), catalogue(), of.day, "west")
    report = Reported(
        at=at(16, 10),
        devices=of.visit.content.devices,
        ticks=tuple(found),
        net=priced.net,
        tax=priced.bill.tax,
        notes="続きは別の日に伺います。",
        sha256="ab" * 32,
    )
    visit = msgspec.structs.replace(of.visit, events=(Begun(at=at(9, 2)), report))
    return replace(of, visit=visit, priced=priced)
