"""Scenes of one visit: its page, the steps on site, a day given to others, visits carried out and back."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.contract.customer import CustomerFields
from app.contract.facts import Started
from app.contract.record import Application, ContractContent
from app.contract.steps import Accepted, Explained, Submitted
from app.usecases import book_visit, keep_visit, work_on_site
from app.usecases.desk import Desk
from app.usecases.keep_application import start_application
from app.usecases.keep_customer import register_customer
from app.usecases.keep_technicians import add_technician
from app.usecases.record_entry import record
from app.visit.order import Device, Span, StoredVisit, TechnicianFields, VisitContent, VisitPlace

TUESDAY: Final = date(2026, 11, 24)
AOBA: Final = CustomerFields(
    name="株式会社青葉野精密工業", kana="アオバノセイミツコウギョウ", postal_code="6500099", prefecture="兵庫県",
    address="神戸市中央区波止場西町3丁目1番12号", building="青葉野第二ビル5階", phone="078-000-1234",
    department="情報システム課", person="三浦 千里",
)  # fmt: skip
PLACE: Final = VisitPlace(
    name="青葉野第二ビル 2階・3階", address="兵庫県神戸市中央区波止場西町3丁目1番12号", person="三浦 千里",
    phone="078-000-1234", phone_on_day="090-0000-5678", access="1階受付で記帳。駐車場はビル裏の8番",
)  # fmt: skip
DEVICES: Final = (
    Device(id="d1", name="KR-01 ノート", place="2階", os="Windows 11 Pro", menu=("os-recovery", "data-migration"),
           data_gb="38", backup=True),
    Device(id="d2", name="SK-03 デスクトップ", place="3階", os="Windows 11 Pro",
           menu=("data-migration", "app-setup"), data_gb="22", backup=True, apps=2),
    Device(id="d3", kind="printer", name="MFP-1 複合機", place="2階", menu=("printer-setup",)),
)  # fmt: skip
_LINES: Final = (
    ((60, 40), (100, 36), (140, 38)), ((66, 70), (100, 66), (132, 68)), ((54, 104), (100, 98), (150, 102)),
    ((190, 50), (186, 76), (176, 100)), ((190, 44), (214, 58), (232, 96), (246, 100)),
    ((270, 40), (300, 36), (330, 40)), ((300, 30), (298, 70), (300, 110)), ((272, 76), (300, 70), (332, 78)),
)  # fmt: skip


def _confirmed(desk: Desk) -> StoredVisit:
    """A visit confirmed for Tuesday, with its contract."""
    customer = register_customer(desk, AOBA)
    on = date(2026, 4, 1)
    contract = start_application(
        desk,
        customer.id,
        ContractContent(service="dokodemo-prime", application=Application(items={"id": 28})),
    )
    for entries in (
        (Explained(on=on, by="田村 美咲"), Submitted(on=on, receipt=1), Accepted(on=on, effective=on)),
        (Started(on=on, items={"id": 28}),),
    ):
        contract = record(desk, contract.id, contract.version, entries)
    people = [
        add_technician(desk, TechnicianFields(name=name, order=place))
        for place, name in enumerate(("大西 真央", "井上 健太", "川端 悟"))
    ]
    content = VisitContent(
        service="dokodemo-prime", contract_id=contract.id, place=PLACE, devices=DEVICES,
        bring="OSのメディア、外付けディスク、LANケーブル", wishes="昼休み（12〜13時）は避けてほしい",
    )  # fmt: skip
    visit = keep_visit.receive(desk, customer.id, content)
    first = Span(on=date(2026, 11, 25), first=9 * 60, last=13 * 60)
    span = Span(on=TUESDAY, first=13 * 60, last=17 * 60)
    visit = book_visit.book(desk, visit.id, visit.version, [first], [people[1].id])
    visit = book_visit.move(desk, visit.id, visit.version, [span], [people[0].id], "お客さまのご希望で前日に")
    return book_visit.confirm(desk, visit.id, visit.version, "三浦")


def _agreed(desk: Desk) -> StoredVisit:
    visit = _confirmed(desk)
    visit = work_on_site.begin(desk, visit.id, visit.version)
    strokes = tuple(tuple((x * 26, y * 26) for x, y in line) for line in _LINES)
    points = ("backup", "deletion", "confidential", "price")
    return work_on_site.sign_before(desk, visit.id, visit.version, "三浦 千里", strokes, points)


def _desk(stage: Stage) -> Desk:
    assert stage.session is not None
    return stage.session.desk


def _page(stage: Stage, visit: StoredVisit) -> Any:
    place: Any = stage.main.page("visits")
    place.open_visit(visit.id)
    stage.until(lambda: place.visit is not None and place.visit.view is not None)
    stage.settle()
    return place.visit


def _on_site(stage: Stage, visit: StoredVisit) -> Any:
    place: Any = stage.main.page("visits")
    place.open_on_site(visit.id)
    stage.until(lambda: place.on_site.view is not None)
    stage.settle()
    return place.on_site


def _site_of(stage: Stage) -> Any:
    return stage.main.page("visits").on_site  # type: ignore[attr-defined]


def _sign(stage: Stage, pad: Any) -> None:
    none = Qt.KeyboardModifier.NoModifier
    for line in _LINES:
        points = [QPoint(x, y) for x, y in line]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, none, points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, none, points[-1])
    stage.settle()


@scene("visits", manual=True)
def visit_page(stage: Stage) -> None:
    """A confirmed visit with its history."""
    stage.open("visits")
    _page(stage, _confirmed(_desk(stage)))


@scene("visits", manual=True)
def visit_call_off(stage: Stage) -> None:
    """Calling off: what it costs by which reading."""
    from app.visit.visit_life import Action

    stage.open("visits")
    page = _page(stage, _confirmed(_desk(stage)))
    page.open_action(Action.CALL_OFF)
    stage.settle()


@scene("visits", manual=True)
def onsite_arrive(stage: Stage) -> None:
    """At the door."""
    stage.open("visits")
    _on_site(stage, _confirmed(_desk(stage)))


@scene("visits", manual=True)
def onsite_before(stage: Stage) -> None:
    """What the customer confirms before the work."""
    stage.open("visits")
    page = _on_site(stage, _confirmed(_desk(stage)))
    page.go_on()
    stage.settle()
    page.before.rows["backup"].check.click()
    page.before.rows["deletion"].check.click()
    stage.settle()


@scene("visits")
def onsite_before_sign(stage: Stage) -> None:
    """The signature before the work."""
    onsite_before(stage)
    page = _site_of(stage)
    area: Any = page._areas[1]
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    _sign(stage, page.before.signature.pad)


@scene("visits", manual=True)
def onsite_work(stage: Stage) -> None:
    """Ticking: one piece only partly done, another volume found, the price changed."""
    stage.open("visits")
    page = _on_site(stage, _agreed(_desk(stage)))
    draft = page.draft
    draft.set_result("d1", "os-recovery", "done")
    draft.set_time("d1", "os-recovery", "first", 13 * 60 + 10)
    draft.set_time("d1", "os-recovery", "last", 14 * 60 + 5)
    draft.set_result("d1", "data-migration", "partly")
    draft.set_why("d1", "data-migration", "2フォルダを読み取れず。一覧をお渡し")
    draft.volumes["d1"] = "62GB"
    draft.set_time("d2", "data-migration", "first", 14 * 60 + 10)
    page.work.show_view(page.view, draft)
    page.work.changed.emit()
    stage.settle()


@scene("visits")
def onsite_consent(stage: Stage) -> None:
    """The price changed and nobody agreed yet: the way on is stopped, with what is needed in sight."""
    onsite_work(stage)
    page = _site_of(stage)
    page.work.all_done.click()
    page.go_on()
    stage.settle()


@scene("visits", manual=True)
def onsite_report(stage: Stage) -> None:
    """The frozen report, to be signed."""
    stage.open("visits")
    page = _on_site(stage, _agreed(_desk(stage)))
    page.work.all_done.click()
    page.draft.notes = "元のディスクはお客さまが保管。預かったパスワードは破棄しました。"
    page.go_on()
    stage.settle()
    _sign(stage, page.report.signature.pad)


@scene("visits", manual=True)
def onsite_done(stage: Stage) -> None:
    """Finished: what goes on the bill, and the report."""
    onsite_report(stage)
    _site_of(stage).go_on()
    stage.settle()


@scene("visits")
def visit_paper(stage: Stage) -> None:
    """The paper before the work, beside the visit."""
    from ui.visits.papers import PaperKind

    stage.open("visits")
    page = _page(stage, _confirmed(_desk(stage)))
    page.open_paper(PaperKind.BEFORE)
    stage.settle()


def _busy_day(desk: Desk) -> tuple[str, list[str]]:
    """A day of one technician with three visits, others with some of theirs; who, and all of them."""
    first = _confirmed(desk)
    with desk.storage.look() as work:
        people = [one.id for one in work.technicians.all()]
    who = first.content.technicians[0]
    for place, (name, hours, technician) in enumerate(
        (
            ("西川会計事務所", (9, 11), who), ("北浜印刷株式会社", (9, 11), people[1]),
            ("天満設備工業", (13, 16), people[1]), ("柳田製作所", (13, 16), people[2]),
        )
    ):  # fmt: skip
        customer = register_customer(
            desk, CustomerFields(name=name, prefecture="大阪府", address="大阪市北区1-1")
        )
        device = Device(id="d1", name=f"PC-{place + 1}", menu=("os-update",))
        content = VisitContent(
            service="dokodemo-prime", devices=(device,), minutes=90,
            place=VisitPlace(name=name, address="大阪府大阪市北区天満1-1"),
        )  # fmt: skip
        visit = keep_visit.receive(desk, customer.id, content)
        span = Span(on=TUESDAY, first=hours[0] * 60, last=hours[1] * 60)
        book_visit.book(desk, visit.id, visit.version, [span], [technician])
    return who, people


def _show_tuesday(stage: Stage) -> None:
    """The week of the visits, read anew: they were made behind the window's back."""
    from ui.operations.hub import Changed

    stage.main.session.hub.changed.emit(Changed(settings=True))
    place: Any = stage.main.page("visits")
    place.show_day(TUESDAY)
    stage.settle()


@scene("visits", manual=True)
def visits_reassign(stage: Stage) -> None:
    """A technician is ill: where each visit goes, and what stays open."""
    from ui.visits.reassign_dialog import ReassignDialog

    window = stage.open("visits")
    who, _people = _busy_day(_desk(stage))
    _show_tuesday(stage)
    dialog = ReassignDialog(window, window.session, who, TUESDAY)
    dialog.open()
    stage.settle()
    dialog.why.edit.setText("急病")
    stage.settle()


@scene("visits", manual=True)
def visits_carry(stage: Stage) -> None:
    """A technician's day as one encrypted file."""
    from ui.visits.carry_dialog import CarryDialog

    window = stage.open("visits")
    who, _people = _busy_day(_desk(stage))
    _show_tuesday(stage)
    dialog = CarryDialog(window, window.session, TUESDAY)
    dialog.open()
    stage.settle()
    dialog.people[who].click()
    stage.type("あおば-むぎ-42", dialog.passphrase.edit)
    stage.settle()


@scene("visits", manual=True)
def visits_take(stage: Stage) -> None:
    """A file came back, and one visit changed on both sides."""
    from msgspec.structs import replace

    from app.usecases.carry_visits import pack_back, pack_day, unpack
    from app.usecases.take_visits import take
    from ui.visits.take_dialog import TakeDialog

    window = stage.open("visits")
    desk = _desk(stage)
    who, _people = _busy_day(desk)
    _show_tuesday(stage)
    folder = stage.maker.empty()
    away = stage.maker.opened(folder)
    out = pack_day(desk, [who], TUESDAY, TUESDAY, "あおば-むぎ-42")
    take(away, unpack(away, out, "あおば-むぎ-42"), {})
    with away.storage.look() as work:
        visits = [work.visits.get(row.id) for row in work.visits.rows_between(TUESDAY, TUESDAY)]
    worked = next(one for one in visits if one.content.place.phone_on_day)
    begun = work_on_site.begin(away, worked.id, worked.version)
    strokes = tuple(tuple((x * 26, y * 26) for x, y in line) for line in _LINES)
    points = ("backup", "deletion", "confidential", "price")
    work_on_site.sign_before(away, begun.id, begun.version, "三浦 千里", strokes, points)
    other = next(one for one in visits if one.id != worked.id)
    keep_visit.edit(away, other.id, other.version, replace(other.content, remarks="裏口から入る"))
    here = keep_visit.open_visit(desk, other.id)
    keep_visit.edit(
        desk, here.id, here.version, replace(here.content, remarks="表の受付で記帳", bring="延長コード")
    )
    source = folder / "訪問持帰_20261124.madovisit"
    source.write_bytes(pack_back(away, "あおば-むぎ-42"))
    away.storage.close()
    dialog = TakeDialog(window, window.session, source)
    dialog.open()
    dialog.passphrase.edit.setText("あおば-むぎ-42")
    dialog.open_file()
    stage.settle()
