"""Scenes of personal data: told to the customer, erased, and files sealed before they leave."""

from __future__ import annotations

from datetime import date
from functools import partial

from picture_plan import scene
from picture_stage import Stage

from app.contract.customer import CustomerFields
from app.usecases.desk import Desk
from app.usecases.erase_customer import plan_erasure
from app.usecases.keep_beside import NoteWritten, add_note, attach
from app.usecases.keep_customer import find_customers, register_customer
from app.words import _
from ui.customers.erase_dialog import EraseDialog
from ui.export_gate import ExportGate
from ui.main_window import MainWindow


def _shown(stage: Stage, customer_id: str) -> MainWindow:
    window = stage.main
    window.open_customer(customer_id)
    stage.settle()
    return window


@scene("customers", manual=True)
def privacy_refused(stage: Stage) -> None:
    """Papers have to be kept: it says from when it may be done."""
    stage.open("customers")
    assert stage.session is not None
    desk = stage.session.desk
    found = find_customers(desk, "髙橋精工")[0]
    _archive(desk, found.id, found.name, "P-HM1-2610-0071", date(2026, 10, 7))
    window = _shown(stage, found.id)
    stage.in_dialog(partial(EraseDialog.ask, window, plan_erasure(desk, found.id)))


def _archive(desk: Desk, customer_id: str, name: str, number: str, day: date) -> None:
    from app.papers.archived import PaperAbout

    with desk.storage.work() as work:
        about = PaperAbout(customer_id=customer_id, subject_kind="customer", subject_id=customer_id)
        work.papers.add(number[0], number, 1, name, day, 46_200, b"%PDF", about)
        work.commit()


@scene("customers", manual=True)
def privacy_erase(stage: Stage) -> None:
    """What goes, what stays, and the last question."""
    stage.open("customers")
    assert stage.session is not None
    desk = stage.session.desk
    customer = register_customer(
        desk,
        CustomerFields(name="宮前 さくら", kana="ミヤマエ サクラ", kind="sole-trader", phone="0798-00-0171"),
    )
    add_note(desk, "customer", customer.id, NoteWritten(text="以前のお問い合わせ"))
    attach(desk, "customer", customer.id, "名刺.pdf", b"%PDF-1.4\n")
    _archive(desk, customer.id, customer.fields.name, "Q-HM1-1806-0001", date(2018, 6, 1))
    window = _shown(stage, customer.id)
    plan = plan_erasure(desk, customer.id)

    def ask() -> None:
        dialog = EraseDialog(window, plan)
        dialog.reason.set_text(_("本人の求め"))
        dialog.understood.setChecked(True)
        dialog.exec()

    stage.in_dialog(ask)


@scene("contracts", manual=True)
def privacy_export(stage: Stage) -> None:
    """Before a list leaves: what is in it, and the passphrase."""
    window = stage.open("contracts")
    text = _(
        "{count}件の契約を書き出します。顧客の名前・電話番号・市区町村・回線番号が入ります。"
        "渡す相手と保管の場所にご注意ください。"
    ).format(count="128")

    def ask() -> None:
        gate = ExportGate(window, _("一覧を書き出す"), text)
        gate.sealing.seal.setChecked(True)
        gate.sealing.first.set_text("正しい馬の電池ホチキス四つ")
        gate.sealing.second.set_text("正しい馬の電池")
        gate.take()
        gate.exec()

    stage.in_dialog(ask)


@scene("customers")
def privacy_menu(stage: Stage) -> None:
    """The two entries of ⋯."""
    stage.open("customers")
    assert stage.session is not None
    window = _shown(stage, find_customers(stage.session.desk, "髙橋精工")[0].id)
    page = window.page("customers").form  # type: ignore[attr-defined]
    page.more.click()
    stage.settle()
