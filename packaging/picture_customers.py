"""Scenes of customers in full, and of what stands beside a customer or a contract."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from msgspec.structs import replace
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import QBuffer, QIODevice, QRect
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from app.contract.beside import CallNote, EquipmentFields
from app.contract.customer import (
    Customer,
    CustomerBilling,
    CustomerContact,
    CustomerDetails,
    CustomerFields,
    CustomerSite,
)
from app.contract.customer_notice import NoticeTold
from app.contract.facts import Ended, Started
from app.contract.record import Application, ContractContent, Entry, StoredContract
from app.contract.steps import Accepted, Submitted
from app.usecases.desk import Desk
from app.usecases.keep_beside import attach
from app.usecases.keep_customer import find_customers, get_customer, register_customer, store_customer
from app.usecases.stand_contract import standing_of
from ui.theme import theme

_WHO: Final = "髙橋精工"
_STAFF: Final = "田村 美咲"
_DETAILS: Final = CustomerDetails(
    corporate_number="5835678256246",
    contacts=(
        CustomerContact(
            name="西田 明子", kana="ニシダ アキコ", department="情報システム課", role="課長",
            phone="06-0000-0151", email="nishida@takahashi-seiko.example",
        ),
        CustomerContact(name="東 次郎", kana="ヒガシ ジロウ", department="経理課", phone="06-0000-0152"),
    ),
    sites=(
        CustomerSite(
            name="堺工場", postal_code="5900078", address="大阪府堺市堺区南瓦町3-1", phone="072-000-0190"
        ),
    ),
    billing=CustomerBilling(
        method="invoice", name="髙橋精工株式会社 本社経理課", person="東 次郎",
        postal_code="5410053", address="大阪府大阪市中央区本町2-4-8",
    ),
)  # fmt: skip


def _desk(stage: Stage) -> Desk:
    assert stage.session is not None
    return stage.session.desk


def _customer(desk: Desk) -> Customer:
    """The customer of the scenes, with all that is known, two contracts and a notice of last month."""
    customer = get_customer(desk, find_customers(desk, _WHO)[0].id)
    customer = store_customer(desk, customer.id, customer.version, customer.fields, _DETAILS).customer
    _contract(desk, customer, "dokodemo-prime", {"id": 28}, date(2026, 4, 1))
    _contract(desk, customer, "media-light", {"endpoint": 12, "gateway-10": 1}, date(2025, 7, 15))
    told = NoticeTold(on=date(2026, 11, 18), changed_on=date(2026, 11, 1), proof="登記事項証明書の写し")
    moved = replace(customer.fields, building="髙橋ビル3階")
    return store_customer(desk, customer.id, customer.version, moved, None, told).customer


def _contract(
    desk: Desk, customer: Customer, service: str, items: dict[str, int], start: date, *after: Entry
) -> StoredContract:
    content = ContractContent(service=service, application=Application(items=items, applied_on=start))
    entries = (
        Submitted(on=start), Accepted(on=start, effective=start), Started(on=start, items=items), *after,
    )  # fmt: skip
    with desk.storage.work() as work:
        settings = work.settings.load()
        catalogue = desk.catalogue_for(settings)
        number = work.numbers.next("C", settings.desk_code, desk.today())
        stored = work.contracts.add(
            number, customer.id, content, standing_of(content, (), catalogue, desk.today()), _STAFF
        )
        standing = standing_of(content, entries, catalogue, desk.today())
        stored = work.contracts.change(stored.id, stored.version, standing, entries=entries, staff=_STAFF)
        work.commit()
    return stored


def _page(stage: Stage) -> Any:
    """The form of the customer."""
    window = stage.open("customers")
    customer = _customer(_desk(stage))
    window.open_customer(customer.id)
    stage.settle()
    return window.page("customers").form  # type: ignore[attr-defined]


@scene("customers", manual=True)
def customer_full(stage: Stage) -> None:
    """A customer with contracts, contacts, sites and billing."""
    _page(stage)


@scene("customers")
def customer_below(stage: Stage) -> None:
    """The same, further down: contacts, sites, billing."""
    page = _page(stage)
    page._area.ensureWidgetVisible(page.form.billing)
    stage.settle()


@scene("customers", manual=True)
def customer_notice(stage: Stage) -> None:
    """The phone changes: was it notified?"""
    page = _page(stage)
    page.phone.edit.clear()
    stage.type("06-0000-0777", into=page.phone)
    page.store()
    stage.settle()


@scene("customers")
def customer_history(stage: Stage) -> None:
    """What happened to the customer."""
    page = _page(stage)
    page.side.go("history")
    stage.settle()


@scene("customers")
def customer_conflict(stage: Stage) -> None:
    """Another window stored the same customer first."""
    page = _page(stage)
    desk = _desk(stage)
    customer = get_customer(desk, page._customer.id)
    theirs = replace(customer.fields, person="佐藤 一郎", department="購買部")
    page.person.edit.clear()
    stage.type("髙橋 恵", into=page.person)
    store_customer(desk, customer.id, customer.version, theirs)
    page.store()
    stage.settle()


@scene("customers", manual=True)
def customer_merge(stage: Stage) -> None:
    """Two that are one, side by side."""
    page = _page(stage)
    other = register_customer(
        _desk(stage),
        CustomerFields(
            name="高橋精工（株）", kana="タカハシセイコウ", prefecture="大阪府",
            address="東大阪市高井田元町1丁目2番3号", phone="06-0000-0149", email="info@takahashi.example",
        ),
    )  # fmt: skip
    page.merge_wanted.emit(page._customer.id, other.id)
    stage.settle()


@scene("customers")
def customer_merge_seek(stage: Stage) -> None:
    """Looking for the other one."""
    page = _page(stage)
    page.merge_wanted.emit(page._customer.id, "")
    stage.settle()
    stage.type("さかい")


# --- beside ----------------------------------------------------------------------------------------


def _note(desk: Desk, customer: Customer, text: str, step: str = "", due: date | None = None) -> None:
    with desk.storage.work() as work:
        owner = work.settings.load().current_staff
        work.beside.add_note(
            CallNote(
                id="", version=0, subject="customer", subject_id=customer.id, at=desk.now(), staff=_STAFF,
                text=text, next_step=step, owner=owner if step else "", due_on=due,
            )
        )  # fmt: skip
        work.commit()


def _scan() -> bytes:
    """A page as a scanner sees it."""
    image = QImage(1240, 1754, QImage.Format.Format_RGB32)
    image.fill(QColor("#FBFAF5"))
    painter = QPainter(image)
    painter.setFont(theme.font("title"))
    painter.scale(3, 3)
    painter.drawText(QRect(40, 40, 333, 40), 0, "申込書（お客さま控え）")
    painter.setPen(QColor("#8A8F98"))
    for line in range(14):
        painter.drawLine(40, 110 + line * 28, 373, 110 + line * 28)
    painter.setPen(QColor("#B23A30"))
    painter.drawEllipse(310, 500, 46, 46)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


@scene("customers", manual=True)
def beside_notes(stage: Stage) -> None:
    """Notes of a customer: late, due, done."""
    page = _page(stage)
    desk = _desk(stage)
    customer = page._customer
    _note(desk, customer, "担当の方が西田さまに替わるとのこと。")
    _note(
        desk, customer, "端末を10台増やす相談。来期の予算しだい。\n見積は訪問サポートも含めてほしい。",
        "増設の見積を出す", date(2026, 11, 25),
    )  # fmt: skip
    _note(desk, customer, "請求書の宛名を直してほしい。", "宛名を直して再発行", date(2026, 11, 19))
    page.side.go("notes")
    page.side.notes.show_subject("customer", customer.id)
    stage.settle()


@scene("customers")
def beside_note_form(stage: Stage) -> None:
    """A note being written, with what is missing."""
    beside_notes(stage)
    notes = stage.main.page("customers").form.side.notes  # type: ignore[attr-defined]
    notes.write()
    stage.settle()
    stage.type("12/10", into=notes.form.due_on)
    notes.form.store()
    stage.settle()


@scene("customers", manual=True)
def beside_files(stage: Stage) -> None:
    """A scan beside a customer."""
    page = _page(stage)
    desk = _desk(stage)
    attach(desk, "customer", page._customer.id, "名刺_西田さま.png", _scan()[:-20] + bytes(20))
    attach(desk, "customer", page._customer.id, "申込書の控え.png", _scan())
    page.side.go("files")
    page.side.files.show_subject("customer", page._customer.id)
    stage.settle()


@scene("customers")
def beside_files_empty(stage: Stage) -> None:
    """Nothing is attached yet."""
    page = _page(stage)
    page.side.go("files")
    stage.settle()


def _equipment(stage: Stage, *, ended: bool = False) -> Any:
    """The equipment of a contract on its page."""
    from ui.contracts.beside.equipment_tab import EquipmentTab

    stage.open("customers")
    assert stage.session is not None
    desk = _desk(stage)
    customer = get_customer(desk, find_customers(desk, _WHO)[0].id)
    after = (Ended(on=date(2026, 10, 31), requested=date(2026, 9, 30)),) if ended else ()
    contract = _contract(
        desk, customer, "media-light", {"endpoint": 12, "gateway-10": 1}, date(2025, 7, 15), *after
    )
    other = _contract(desk, customer, "media-light", {"endpoint": 5, "gateway-10": 1}, date(2026, 2, 2))
    came = date(2025, 7, 10)
    with desk.storage.work() as work:
        gateway = EquipmentFields(model="gateway-10", serial="GW10-2406-0117", delivered_on=came)
        old = work.beside.add_equipment(contract.id, gateway)
        newer = replace(
            gateway, model="gateway-50", serial="GW50-2609-0033", delivered_on=date(2026, 9, 8),
            replaces=old.id, always_on=False,
        )  # fmt: skip
        work.beside.add_equipment(contract.id, newer)
        work.beside.add_equipment(
            contract.id, replace(gateway, serial="GW10-2501-0404", ownership="designated-seller")
        )
        work.beside.add_equipment(other.id, replace(gateway, serial="GW50-2609-0033"))
        work.commit()
    stage.main.open_contract(contract.id, "equipment")
    stage.settle()
    (tab,) = stage.main.findChildren(EquipmentTab)
    return tab


@scene("customers", manual=True)
def beside_equipment(stage: Stage) -> None:
    """Gateways: one in use, one replaced, one bought."""
    _equipment(stage)


@scene("customers")
def beside_equipment_ended(stage: Stage) -> None:
    """The contract is over: what has to go back."""
    _equipment(stage, ended=True)


@scene("customers")
def beside_device_form(stage: Stage) -> None:
    """A gateway in place of another, with a serial number that is known."""
    tab = _equipment(stage)
    tab._on_exchange_wanted(tab.cards[1].view.equipment)
    stage.type("GW10-2406-0117", into=tab.form.serial)
    stage.settle()


@scene("customers")
def beside_file_removed(stage: Stage) -> None:
    """Why is a scan taken away?"""
    beside_files(stage)
    files = stage.main.page("customers").form.side.files  # type: ignore[attr-defined]
    files.preview.remove.click()
    stage.settle()


@scene("customers")
def beside_sensors(stage: Stage) -> None:
    """OsecT: a sensor not paid for yet, its SIM, a dongle that got lost."""
    from app.contract.beside import EquipmentFields as Fields

    stage.open("customers")
    desk = _desk(stage)
    customer = get_customer(desk, find_customers(desk, _WHO)[0].id)
    contract = _contract(desk, customer, "osect", {"sensor": 1}, date(2026, 10, 1))
    came = date(2026, 9, 15)
    with desk.storage.work() as work:
        for fields in (
            Fields(kind="sensor", serial="OS-2609-011", ownership="passes-on-payment", delivered_on=came),
            Fields(
                kind="sim", serial="8981100012345678901", ownership="passes-on-payment", delivered_on=came
            ),
            Fields(
                kind="dongle", serial="UD-0042", ownership="passes-on-payment", delivered_on=came, lost=True
            ),
        ):
            work.beside.add_equipment(contract.id, fields)
        work.commit()
    stage.main.open_contract(contract.id, "equipment")
    stage.settle()
