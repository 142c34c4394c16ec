"""請求書, 適格請求書, 適格返還請求書 and 解約精算書 from a real desk: what goes out, what is refused and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.charge.stored import Payment, StoredBill
from app.contract.facts import Changed, Ended, Started, Succeeded
from app.contract.record import ContractContent, StoredContract
from app.days import Month
from app.errors import UserError
from app.ids import uuid7
from app.papers.issuer import ServiceRole
from app.papers.model import Paper, Table
from app.papers.product import Product
from app.papers.request import PaperRequest
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from app.usecases.make_paper import issue_many, issue_paper, preview_paper
from app.usecases.run_month import run_month
from app.usecases.stand_contract import standing_of
from tests.app.papers.test_bill import beside, notes_of, table_of
from tests.billing_desk import Clock, billing_desk, register, second_window, write

PROVIDED = ("mihariban", "dokodemo-prime", "media-light", "osect")


def close(desk: Desk, year: int, month: int) -> None:
    """Work a month out and close it."""
    run = run_month(desk, Month(year, month))
    close_month(desk, run.id, run.version)


def bill_of(desk: Desk, contract: StoredContract, month: str) -> StoredBill:
    with desk.storage.look() as work:
        found = work.bills.bill_of(contract.id, month)
    assert found is not None
    return found


def give_address(desk: Desk, contract: StoredContract) -> None:
    with desk.storage.work() as work:
        known = work.customers.get(contract.customer_id)
        fields = msgspec.structs.replace(known.fields, prefecture="兵庫県", address="神戸市中央区1")
        work.customers.save(known.id, known.version, fields)
        work.commit()


def provide(desk: Desk, *services: str) -> None:
    """Be the provider of these services."""
    roles = {one: ServiceRole(role="provider") for one in services}
    save_settings(desk, msgspec.structs.replace(desk.settings(), roles=roles))


def void(desk: Desk, paper_id: str) -> None:
    with desk.storage.work() as work:
        work.papers.void(paper_id, "田村 美咲", "書き直すため")
        work.commit()


def request(kind: str, subject: str, **options: object) -> PaperRequest:
    return PaperRequest(kind=kind, subject=subject, options=options)


def codes(desk: Desk, asked: PaperRequest) -> list[str]:
    """Everything that keeps a paper from being issued."""
    with pytest.raises(UserError) as caught:
        issue_paper(desk, asked)
    return [one.code for one in caught.value.problems]


def test_a_months_bills_go_out(tmp_path: Path) -> None:
    """One desk through November: open and closed, twice from two windows, with and without a number."""
    clock = Clock()
    desk = billing_desk(tmp_path, clock)
    provide(desk, *PROVIDED)
    shop = register(desk, "青葉商店", "mihariban", Started(date(2026, 8, 1), {"license": 31}))
    office = register(desk, "紅葉会計", "dokodemo-prime", Started(date(2026, 8, 1), {"id": 10}))
    plant = register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    for one in (shop, office):
        give_address(desk, one)
    clock.go(2026, 11, 3)
    close(desk, 2026, 10)
    clock.go(2026, 11, 20)
    october = bill_of(desk, shop, "2026-10")
    pay(desk, october, 6_000)
    clock.go(2026, 12, 1)
    run = run_month(desk, Month(2026, 11))
    first = bill_of(desk, shop, "2026-11")
    assert codes(desk, request("B", first.id)) == ["month-open"]
    close_month(desk, run.id, run.version)
    first = bill_of(desk, shop, "2026-11")

    draft, _images = preview_paper(desk, request("B", first.id))
    strip = draft.sections[0]
    assert isinstance(strip, Table)
    assert strip.rows[0].cells == (6_479, 6_000, 479, 6_479, 6_958)
    assert beside(draft).rows[-1].value == "6,958円（繰越を含みます）"
    paper = issue_paper(desk, request("B", first.id))
    assert (paper.number, paper.total) == ("B-HM1-2612-0001", first.total)
    other = second_window(tmp_path, clock)
    assert issue_paper(other, request("B", first.id)) == paper
    provide(desk)  # an agent now: another paper, so the old one has to be voided first
    assert codes(other, request("B", first.id)) == ["already-issued"]
    void(desk, paper.id)
    told = issue_paper(desk, request("B", first.id))
    with desk.storage.look() as work:
        assert work.papers.about("bill", first.id)[-1].title == "ご請求内容のお知らせ"
    assert told.number != paper.number
    assert codes(desk, request("T", first.id)) == ["not-ours"]

    provide(desk, *PROVIDED)
    company = msgspec.structs.replace(desk.settings().company, registration="")
    save_settings(desk, msgspec.structs.replace(desk.settings(), company=company))
    second = bill_of(desk, plant, "2026-11")
    assert codes(desk, request("B", second.id)) == ["no-registration", "no-address"]
    assert codes(desk, request("B", second.id, accept=["bill-refused"])) == ["bad-input"]
    unregistered = request("T", second.id, accept=["no-registration", "no-address"])
    assert codes(desk, unregistered) == ["no-registration"]
    plain, _images = preview_paper(desk, request("B", second.id, accept=["no-registration", "no-address"]))
    assert "適格請求書ではありません" in notes_of(plain)
    third = bill_of(desk, office, "2026-11")
    both = [request("B", second.id), request("B", third.id, accept="no-registration")]
    heard: list[tuple[int, int]] = []
    many = issue_many(desk, both, lambda done, all_: bool(heard.append((done, all_))))
    assert [isinstance(one, UserError) for one in many] == [True, False]
    assert heard == [(2, 2)]
    assert issue_many(desk, both)[1] == many[1]
    pass_on(desk, office, shop.customer_id)
    assert issue_many(desk, both)[1] == many[1]  # November was still theirs


def pass_on(desk: Desk, contract: StoredContract, to: str) -> None:
    """Let a contract pass on to another customer in December 2026."""
    passed = Succeeded(
        on=date(2026, 12, 1), to="青葉商店", customer_id=to, from_customer_id=contract.customer_id
    )
    with desk.storage.work() as work:
        now = work.contracts.get(contract.id)
        entries = [*(one.entry for one in now.entries), passed]
        standing = standing_of(now.content, entries, desk.catalogue, desk.today())
        work.contracts.change(
            now.id, now.version, standing, customer_id=to, entries=(passed,), staff="田村 美咲"
        )
        work.commit()


def pay(desk: Desk, bill: StoredBill, amount: int) -> None:
    with desk.storage.work() as work:
        work.bills.add_payments(
            [
                Payment(
                    id=uuid7(),
                    contract_id=bill.contract_id,
                    bill_id=bill.id,
                    on=desk.today(),
                    amount=amount,
                    method="transfer",
                    receipt=uuid7(),
                    staff="",
                    at=desk.now(),
                )
            ]
        )
        work.commit()


def test_a_qualified_invoice_on_request_is_charged_once_on_the_next_bill(tmp_path: Path) -> None:
    clock = Clock()
    desk = billing_desk(tmp_path, clock)
    provide(desk, *PROVIDED)
    shop = register(desk, "青葉商店", "mihariban", Started(date(2026, 9, 1), {"license": 31}))
    give_address(desk, shop)
    for month in (10, 11):
        clock.go(2026, month, 3)
        close(desk, 2026, month - 1)
    bill = bill_of(desk, shop, "2026-10")
    invoice = issue_paper(desk, request("B", bill.id))
    paper = issue_paper(desk, request("T", bill.id, postage=110))
    assert paper.total == bill.total
    assert issue_paper(desk, request("T", bill.id, postage=110)) == paper
    assert issue_paper(desk, request("T", bill.id, fee=False)) == paper  # the fee stands
    draft, _images = preview_paper(desk, request("T", bill.id))
    assert f"請求書{invoice.number}と同じお取引" in notes_of(draft)
    assert "発行手数料400円" in notes_of(draft)
    void(desk, paper.id)
    both = issue_paper(desk, request("T", bill.id, months=2))
    assert both.total == bill.total + bill_of(desk, shop, "2026-09").total
    assert codes(desk, request("T", bill.id, months=0)) == ["bad-input"]
    assert codes(desk, request("T", bill_of(desk, shop, "2026-09").id)) == ["already-issued"]
    clock.go(2026, 12, 3)
    close(desk, 2026, 11)
    following = bill_of(desk, shop, "2026-11")
    fees = [(line.item, line.amount, line.detail) for line in following.content.lines if line.claim]
    assert fees == [("qualified-invoice-fee", 400, paper.number), ("postage", 110, paper.number)]
    assert codes(desk, request("T", following.id, months=3)) == ["already-issued"]
    only = issue_paper(desk, request("T", following.id, fee=False))
    assert codes(desk, request("B", following.id)) == ["settled"]  # it asks for the money already
    free, _images = preview_paper(desk, request("T", following.id))
    assert "発行手数料" not in notes_of(free)
    void(desk, only.id)
    draft, _images = preview_paper(desk, request("B", following.id))
    rows = table_of(draft, heads=6).rows
    assert [row.cells[-1] for row in rows if not row.group and not row.total] == [5_890, 400, 110]


def test_what_is_given_back_and_what_comes_to_nothing(tmp_path: Path) -> None:
    clock = Clock()
    desk = billing_desk(tmp_path, clock)
    provide(desk, *PROVIDED)
    shop = register(desk, "青葉商店", "mihariban", Started(date(2026, 9, 1), {"license": 31}))
    even = register(desk, "若葉商店", "mihariban", Started(date(2026, 9, 1), {"license": 10}))
    less = register(desk, "紅葉商店", "mihariban", Started(date(2026, 9, 1), {"license": 10}))
    for one in (shop, even, less):
        give_address(desk, one)
    clock.go(2026, 10, 3)
    close(desk, 2026, 9)
    write(desk, shop, Ended(date(2026, 9, 1)))
    write(desk, even, Changed(date(2026, 9, 1), {"license": 5}))
    write(desk, less, Changed(date(2026, 9, 1), {"license": 8}))
    clock.go(2026, 11, 3)
    close(desk, 2026, 10)
    back = bill_of(desk, shop, "2026-10")
    assert back.total < 0
    assert codes(desk, request("B", back.id)) == ["gives-back"]
    paper = issue_paper(desk, request("H", back.id))
    assert (paper.number, paper.total) == ("H-HM1-2611-0001", -back.total)
    nothing = bill_of(desk, even, "2026-10")
    assert nothing.total == 0
    assert codes(desk, request("B", nothing.id)) == ["nothing-to-pay"]
    netted = bill_of(desk, less, "2026-10")
    assert codes(desk, request("H", netted.id)) == ["nothing-returned"]
    draft, _images = preview_paper(desk, request("B", netted.id))
    assert "適格返還請求書を兼ねます" in notes_of(draft)


def counting_of(paper: Paper) -> Product:
    return next(one for one in paper.sections if isinstance(one, Product))


def test_a_settlement_stands_for_the_invoice_only_where_that_is_true(tmp_path: Path) -> None:
    clock = Clock()
    desk = billing_desk(tmp_path, clock)
    provide(desk, *PROVIDED)
    office = register(desk, "紅葉会計", "dokodemo-prime", Started(date(2026, 5, 20), {"id": 42}))
    left = register(desk, "若葉会計", "media-light", Started(date(2026, 5, 20), {"endpoint": 8}))
    for one in (office, left):
        give_address(desk, one)
    asked = request("S", office.id, provider_fee=1_663_200)
    assert codes(desk, asked) == ["not-ended"]
    clock.go(2026, 10, 12)
    for one in (office, left):
        write(desk, one, Ended(date(2026, 10, 20), requested=date(2026, 10, 5)))
    ahead, _images = preview_paper(desk, asked)
    assert ahead.headline.amount == 1_663_200 + 56_632 + 5_663
    assert "請求書ではありません" in beside(ahead).rows[-1].value
    checks = next(one for one in ahead.sections if isinstance(one, Table) and "確認" in one.title)
    assert "2026年10月5日に受け付けました（期限は2026年10月13日）" in [row.cells[1] for row in checks.rows]
    assert not [line for line in ahead.issuer.lines if "T99" in line]
    assert beside(ahead).title == "ご請求"
    clock.go(2026, 11, 3)
    for month in range(5, 11):
        close(desk, 2026, month)
    bill = bill_of(desk, office, "2026-10")
    here, _images = preview_paper(desk, asked)
    assert here.headline.amount == bill.total
    assert [line for line in here.issuer.lines if "T99" in line]
    assert beside(here).title == "お振込先"
    counting = counting_of(here)
    assert [one.text for one in counting.factors] == ["42 ID", "2,200円", "18か月", "1,663,200円"]
    assert counting.strip is not None
    assert (counting.strip.count, counting.strip.marked) == (24, 6)
    assert counting.note == (
        "開始の月を1か月目と数えます。月の途中に始まった24か月は、暦では25か月にかかります。"
        "提供会社の計算では1,663,200円です。「最低契約期間の残月数」を「端数の25か月目も含めた数」と読むと"
        "1,755,600円です。提供会社の計算した額が優先します。"
    )
    assert "本書は2026年10月分の適格請求書を兼ねます。同月分は別途請求しません。" in notes_of(here)
    paper = issue_paper(desk, asked)
    assert codes(desk, request("B", bill.id)) == ["settled"]
    wanted, _images = preview_paper(desk, request("T", bill.id))  # asks for nothing a second time
    assert beside(wanted).rows[0].value == paper.number
    assert beside(wanted).rows[1:] == beside(here).rows  # how the same money is paid
    void(desk, paper.id)
    light = bill_of(desk, left, "2026-10")
    assert light.net == 0
    assert codes(desk, request("T", light.id)) == ["nothing-taxed"]
    untaxed, _images = preview_paper(desk, request("S", left.id))
    assert "本書は2026年10月分の請求書を兼ねます" in notes_of(untaxed)
    assert counting_of(untaxed).strip is None
    invoice = issue_paper(desk, request("B", bill.id))
    told, _images = preview_paper(desk, asked)
    assert [row.value for row in beside(told).rows] == [
        f"請求書 {invoice.number} で請求しています",
        "本書による重ねてのお支払いは不要です。",
    ]
    assert not [line for line in told.issuer.lines if "T99" in line]


def test_an_end_recorded_after_its_month_was_closed_is_settled_with_the_bill_that_charges_it(
    tmp_path: Path,
) -> None:
    clock = Clock()
    desk = billing_desk(tmp_path, clock)
    provide(desk, *PROVIDED)
    office = register(desk, "紅葉会計", "dokodemo-prime", Started(date(2026, 9, 1), {"id": 10}))
    free = register(desk, "若葉会計", "mihariban", Started(date(2026, 9, 1), {"license": 10}))
    for one in (office, free):
        give_address(desk, one)
    clock.go(2026, 11, 3)
    for month in (9, 10):
        close(desk, 2026, month)
    october = issue_paper(desk, request("B", bill_of(desk, office, "2026-10").id))
    for one in (office, free):
        write(desk, one, Ended(date(2026, 10, 20), requested=date(2026, 10, 5)))
    early, _images = preview_paper(desk, request("S", office.id))
    assert early.headline.label == "精算額（見込み）"
    informing = issue_paper(desk, request("S", office.id))
    clock.go(2026, 12, 3)
    close(desk, 2026, 11)
    bill = bill_of(desk, office, "2026-11")
    paper, _images = preview_paper(desk, request("S", office.id))
    assert paper.headline.amount == early.headline.amount == bill.total
    assert "本書は2026年11月分の請求書を兼ねます" in notes_of(paper)  # what is taxed is given back
    checks = next(one for one in paper.sections if isinstance(one, Table) and "確認" in one.title)
    assert "適格返還請求書を兼ねます" in checks.note
    theirs = ContractContent(service="mihariban", billed_from="2026-11")
    begun = Started(date(2026, 9, 1), {"license": 10})
    came = register(desk, "紅葉商店", "mihariban", begun, Ended(date(2026, 10, 20)), content=theirs)
    assert codes(desk, request("S", came.id)) == ["billed-elsewhere"]
    issued = issue_paper(desk, request("S", office.id))
    assert codes(desk, request("B", bill.id)) == ["settled"]
    assert issue_paper(desk, request("B", bill_of(desk, office, "2026-10").id)) == october
    back, _images = preview_paper(desk, request("S", free.id))
    assert back.headline.amount == bill_of(desk, free, "2026-11").total < 0
    assert beside(back).title == "ご精算"
    assert issued.total == bill.total
    void(desk, issued.id)  # the one before counts again, and is no invoice; a further one is a revision more
    anew = issue_paper(desk, request("S", office.id))
    assert [one.revision for one in (informing, issued, anew)] == [1, 2, 3]
    assert anew.number == informing.number
