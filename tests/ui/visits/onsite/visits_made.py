"""Visits for tests of the screen on site: on the window's own desk, confirmed for a Tuesday."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.contract.customer import CustomerFields
from app.usecases import book_visit, keep_visit, work_on_site
from app.usecases.desk import Desk
from app.usecases.keep_customer import register_customer
from app.usecases.keep_technicians import add_technician
from app.visit.order import Device, Span, StoredVisit, TechnicianFields, VisitContent, VisitPlace

TUESDAY = date(2026, 11, 24)
STROKES = (((0, 0), (2_000, 900), (4_000, 100)),)
POINTS = ("backup", "deletion", "confidential", "price")
DEVICES = (
    Device(id="d1", kind="pc", name="受付PC", menu=("os-recovery", "data-migration"), data_gb="40"),
    Device(id="d2", kind="printer", name="複合機", menu=("printer-setup",)),
)
PLACE = VisitPlace(
    name="本社 2階",
    address="大阪府大阪市中央区本町1-1",
    person="実 太郎",
    phone="06-6123-4567",
    access="正面の駐車場2番",
)


def confirmed(desk: Desk, devices: tuple[Device, ...] = DEVICES, **others: Any) -> StoredVisit:
    """A visit that was received, booked with a technician, and confirmed."""
    fields = CustomerFields(
        name="株式会社みのり食品", kana="ミノリショクヒン", prefecture="大阪府", address="大阪市中央区本町1-1",
        phone="06-6123-4567", person="実 太郎",
    )  # fmt: skip
    customer = register_customer(desk, fields)
    technician = add_technician(desk, TechnicianFields(name="大西 真央"))
    content = VisitContent(
        service="dokodemo-prime", place=PLACE, devices=devices, bring="OSのメディア", **others
    )
    visit = keep_visit.receive(desk, customer.id, content)
    span = Span(on=TUESDAY, first=13 * 60, last=16 * 60 + 30)
    visit = book_visit.book(desk, visit.id, visit.version, [span], [technician.id])
    return book_visit.confirm(desk, visit.id, visit.version, "実")


def begun(desk: Desk, **others: Any) -> StoredVisit:
    """A visit whose technician has arrived."""
    visit = confirmed(desk, **others)
    return work_on_site.begin(desk, visit.id, visit.version)


def agreed(desk: Desk, **others: Any) -> StoredVisit:
    """A visit whose customer signed before the work."""
    visit = begun(desk, **others)
    return work_on_site.sign_before(desk, visit.id, visit.version, "実 太郎", STROKES, POINTS)


def type_into(widget: QWidget, text: str) -> None:
    """Type as an input method hands words over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
