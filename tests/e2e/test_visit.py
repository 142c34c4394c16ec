"""A visit in the real window: asked for by phone, worked on, signed with the mouse, on the next bill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from app.charge.bill_lines import bill_line
from app.charge.stored import StoredBill
from app.contract.customer import CustomerFields
from app.contract.facts import Started
from app.contract.record import ContractContent, StoredContract
from app.days import Month
from app.usecases.desk import Desk
from app.usecases.issue_visit_papers import papers_of, reprint
from app.usecases.keep_customer import register_customer
from app.usecases.keep_settings import save_settings
from app.usecases.keep_technicians import add_technician
from app.usecases.run_month import run_month
from app.usecases.stand_contract import standing_of
from app.usecases.visit_ground import ground_for
from app.usecases.work_on_site import signed_price
from app.visit.order import (
    Begun,
    Booked,
    Confirmed,
    Finished,
    Received,
    StoredVisit,
    TechnicianFields,
    VisitQuery,
    VisitState,
)
from app.visit.pricing import PricedVisit
from app.visit.visit_life import last_report, report_signature, signed_before
from db.vault import FolderVault
from reports import draw
from tests.desks import settings
from tests.e2e.clock import TODAY, now
from tests.e2e.hands import Hands, window
from tests.e2e.screen import Screen
from tests.shipped import catalogue

pytestmark = pytest.mark.e2e

CUSTOMER = "㈱髙﨑𠮷商店"
PERSON = "山田花子"
# The visit goes where the program itself finds room.
START = TODAY - timedelta(days=70)


@dataclass(frozen=True)
class Kept:
    """What the desk has afterwards."""

    visit: StoredVisit
    priced: PricedVisit
    bill: StoredBill
    papers: dict[str, bytes]


def test_from_the_phone_call_to_the_bill(screen: Screen, data: Path) -> None:
    contract = prepared(data)
    with window(screen, data) as hands:
        hands.wait_for_window()
        take_request(hands)
        confirm(hands)
        issue_order(hands)
        arrive(hands)
        agree_before(hands)
        work(hands)
        sign_report(hands)
        hands.close()
    kept = read(data, contract)
    visit = kept.visit
    assert visit.state is VisitState.DONE
    assert [type(one) for one in visit.events[:4]] == [Received, Booked, Confirmed, Begun]
    before, frozen, signed = (
        signed_before(visit.events),
        last_report(visit.events),
        report_signature(visit.events),
    )
    assert before is not None
    assert frozen is not None
    assert signed is not None
    assert (before.name, signed.name) == (PERSON, PERSON)
    assert frozen.devices[0].data_gb == "62"
    assert signed.sha256 == frozen.sha256
    assert frozen.net == kept.priced.net
    assert frozen.net > before.net
    finished = visit.events[-1]
    assert isinstance(finished, Finished)
    assert finished.claim_id
    lines = [one for one in kept.bill.content.lines if any(visit.number in why for why in one.why)]
    assert [(one.name, one.amount) for one in lines] == [
        (bill_line(one).name, one.amount) for one in kept.priced.lines
    ]
    month = [one for one in kept.bill.content.lines if one not in lines]
    net = sum(one.amount for one in month) + kept.priced.net
    assert kept.bill.net == net
    assert kept.bill.total == net + net // 10
    assert set(kept.papers) == {"W", "R"}
    assert all(pdf.startswith(b"%PDF") for pdf in kept.papers.values())


def prepared(data: Path) -> StoredContract:
    """A desk with two technicians, and a customer whose contract comes without free visits."""
    desk = Desk(FolderVault(data).create("none"), catalogue(), draw, now)
    save_settings(desk, settings())
    customer = register_customer(
        desk,
        CustomerFields(
            name=CUSTOMER,
            phone="06-0000-0148",
            prefecture="大阪府",
            address="大阪市北区梅田1-1",
            person=PERSON,
        ),
    )
    for name in ("井上 健太", "大西 真央"):
        add_technician(desk, TechnicianFields(name=name))
    known = ContractContent(service="media-light")
    facts = (Started(START, {"base": 1, "endpoint": 8}, {}),)
    with desk.storage.work() as work:
        standing = standing_of(known, facts, desk.catalogue, desk.today())
        number = work.numbers.next("C", "HM1", desk.today())
        made = work.contracts.add(number, customer.id, known, standing, "田村 美咲")
        made = work.contracts.change(made.id, made.version, standing, entries=facts, staff="田村 美咲")
        work.commit()
    desk.storage.close()
    return made


def take_request(hands: Hands) -> None:
    """Two devices by phone; the first free slot."""
    hands.press("ctrl+shift+v")
    hands.wait_for_focus("お客さま")
    hands.type("髙﨑")
    hands.press("Return")
    hands.wait_for_focus("機器を追加")
    hands.press("alt+a")
    hands.choose("PC")
    hands.wait_for_focus("台数")
    hands.go_to("OSリカバリ")
    hands.press("space")
    hands.go_to("データ移行")
    hands.press("space")
    hands.fill("1台あたりの容量", "40GB")
    hands.go_to("バックアップあり")
    hands.press("space")
    hands.wait_for_words("90分")
    hands.wait("a free slot", lambda sight: any(text.startswith("1 ") for text in sight["words"]))
    hands.press("ctrl+Return")
    hands.wait_for_words("に予約しました")
    hands.wait("the grid", lambda sight: (sight["focus"] or {}).get("kind") == "WeekGrid")
    hands.wait("its block", lambda sight: any(CUSTOMER in text and "手配" in text for text in sight["words"]))


def confirm(hands: Hands) -> None:
    """The customer says yes to the day and to the price."""
    hands.press("Return")
    hands.wait_for_words("日時・担当を変える", "データ移行 40GB")
    hands.press("ctrl+Return")
    hands.wait_for_focus("確認した方")
    hands.press("ctrl+Return")
    hands.wait_for_words("現場作業を始める")


def issue_order(hands: Hands) -> None:
    """訪問作業指示書 for whoever goes there."""
    hands.go_to("訪問作業指示書")
    hands.press("Return")
    hands.go_to("発行する")
    hands.press("Return")
    hands.wait_for_words("を発行しました")
    hands.press("Escape")


def arrive(hands: Hands) -> None:
    hands.press("ctrl+Return")
    hands.wait_for_words("到着・作業を開始")
    hands.press("ctrl+Return")
    hands.wait_for_words("確認を終えて作業へ")


def agree_before(hands: Hands) -> None:
    """Every point is ticked; without a signature it does not go on."""
    for _point in range(4):
        hands.press("space", "Tab")
    hands.press("ctrl+Return")
    hands.wait_for_words("署名がありません")
    hands.sign()
    hands.press("ctrl+Return")
    hands.wait_for_words("行った作業に印を付けてください")


def work(hands: Hands) -> None:
    """More data than was said: another price, and the customer's consent to it."""
    hands.fill("実際の容量", "62GB")
    hands.go_to("残りをすべて完了にする", back=True)
    hands.press("space")
    hands.wait_for_words("料金が変わりました・了承待ち")
    hands.press("ctrl+Return")  # not before the customer agreed
    hands.wait_for_focus("金額の変更をお客さまが了承しました")
    hands.press("space")
    hands.wait_for_words("料金の変更を了承済み")
    hands.press("ctrl+Return")


def sign_report(hands: Hands) -> None:
    """What was signed is what was shown; then it is done."""
    hands.wait_for_words("作業の結果をお客さまに見ていただき")
    hands.press("ctrl+Return")
    hands.wait_for_words("署名がありません")
    hands.sign()
    hands.press("ctrl+Return")
    hands.wait_for_words("作業が完了しました", "次回に請求します")
    hands.wait_for_words("作業完了報告書 ")


def read(data: Path, contract: StoredContract) -> Kept:
    """Run the month as the desk does, and read what there is."""
    desk = Desk(FolderVault(data).open(), catalogue(), draw, now)
    run_month(desk, Month.of(TODAY))
    with desk.storage.look() as work:
        (seq,) = work.visits.seqs(VisitQuery())
        (row,) = work.visits.rows([seq])
        visit = work.visits.get(row.id)
        priced = signed_price(ground_for(desk, work, visit), visit)
        bill = work.bills.bill_of(contract.id, str(Month.of(TODAY)))
    assert bill is not None
    papers = {head.kind: reprint(desk, head.id).pdf for head in papers_of(desk, visit.id)}
    assert desk.storage.check() == []  # type: ignore[attr-defined]
    desk.storage.close()
    return Kept(visit, priced, bill, papers)
