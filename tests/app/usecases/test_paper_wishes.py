"""Papers made when somebody asks: charges of a month, payments made, services side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from app.charge.words import formula
from app.contract.customer import CustomerFields
from app.contract.facts import Billing, Changed, Started, Succeeded
from app.days import Month
from app.errors import UserError
from app.papers.model import Paper, Points, Strong, Table
from app.papers.request import PaperRequest
from app.usecases.close_month import close_month
from app.usecases.compare_services import Buyer, candidate_for_devices, compare_services
from app.usecases.desk import Desk
from app.usecases.keep_payments import record_payment
from app.usecases.keep_settings import save_settings
from app.usecases.make_paper import issue_paper, preview_paper
from app.usecases.open_contract import lines_of_month, open_contract
from app.usecases.paper_comparison import comparison_options
from app.usecases.run_month import run_month
from app.usecases.set_off import set_off
from app.usecases.void_paper import void_paper
from tests.billing_desk import Clock, billing_desk, register, write
from tests.desks import provide


def tables(paper: Paper) -> dict[str, Table]:
    """The tables of a paper by their titles."""
    return {one.title: one for one in paper.sections if isinstance(one, Table)}


def shown(desk: Desk, letter: str, subject: str, **options: object) -> Paper:
    """A draft."""
    return preview_paper(desk, PaperRequest(kind=letter, subject=subject, options=options))[0]


def test_charges_are_the_lines_of_the_screen_with_their_reasons(tmp_path: Path) -> None:
    desk = billing_desk(tmp_path, Clock())
    entries = Started(date(2026, 8, 10), {"id": 28}), Changed(date(2026, 11, 14), {"id": 31})
    contract = register(desk, "株式会社髙﨑", "dokodemo-prime", *entries)
    paper = shown(desk, "F", contract.id, month="2026-11")
    lines = lines_of_month(open_contract(desk, contract.id), Month(2026, 11))
    rows = tables(paper)["料金の内訳"].rows
    assert [row.cells[-1] for row in rows[:-1]] == [one.amount for one in lines]
    assert [row.cells[1] for row in rows[:-1]] == [formula(one.reason) for one in lines if one.reason]
    view = open_contract(desk, contract.id)
    month = next(one for one in view.months if one.month == Month(2026, 11))
    assert (paper.headline.amount, rows[-1].cells[-1]) == (month.total, month.net)
    heads = [row for row in tables(paper)["計算の根拠"].rows if isinstance(row.cells[0], Strong)]
    assert len(heads) == len(lines)
    with pytest.raises(UserError) as refused:
        shown(desk, "F", contract.id, month="2026-07")
    assert refused.value.problems[0].field == "options.month"
    with pytest.raises(UserError):
        shown(desk, "F", contract.id, month="11")


def test_side_by_side_says_what_the_screen_says(tmp_path: Path) -> None:
    desk = billing_desk(tmp_path, Clock())
    with desk.storage.work() as work:
        customer = work.customers.add(CustomerFields(name="若葉会計", kana="ワカバカイケイ"))
        work.commit()
    start = date(2026, 12, 1)
    candidates = [
        candidate_for_devices(desk.catalogue, code, 28, start) for code in ("mihariban", "dokodemo-prime")
    ]
    costs = compare_services(candidates, desk.catalogue, start, (24,), Buyer())
    options = comparison_options(candidates, start, 24, Buyer())
    paper = shown(desk, "V", customer.id, **options)
    rows = {row.cells[0]: row.cells[1:] for row in tables(paper)["料金の比較"].rows}
    assert rows["24か月の総額（税込）"] == tuple(cost.span(24).total for cost in costs)
    assert rows["消費税"] == tuple(cost.span(24).tax for cost in costs)
    assert paper.headline.amount == min(cost.span(24).total for cost in costs)
    issued = issue_paper(desk, PaperRequest(kind="V", subject=customer.id, options=options))
    assert issued.number.startswith("V-HM1-2612-")
    with pytest.raises(UserError):
        shown(desk, "V", customer.id, **{**options, "months": 13})
    with pytest.raises(UserError):
        shown(desk, "V", customer.id, services="見張り番")


def test_payments_are_certified_and_the_fee_is_on_the_next_bill(tmp_path: Path) -> None:
    clock = Clock()
    desk = billing_desk(tmp_path, clock)
    started = Started(date(2026, 10, 1), {"id": 10})
    provide(desk, "dokodemo-prime", "mihariban")
    contract = register(desk, "青葉商店", "dokodemo-prime", started, Billing(method="invoice"))
    run = run_month(desk, Month(2026, 11))
    close_month(desk, run.id, run.version)
    with pytest.raises(UserError) as nothing:
        shown(desk, "P", contract.id)
    assert nothing.value.problems[0].field == "options.first"
    clock.go(2026, 12, 21)
    with desk.storage.look() as work:
        (bill,) = work.bills.closed_of((contract.id,))[contract.id]
    record_payment(desk, contract.id, date(2026, 12, 20), bill.total, "transfer", (bill.id,))
    paper = shown(desk, "P", contract.id, first="2026-12-01", last="2026-12-31")
    assert paper.headline.amount == bill.total
    assert tables(paper)["お支払いの内訳"].rows[0].cells[-2:] == (bill.total, bill.total)
    with desk.storage.work() as work:  # what is set off between bills is no payment
        moved = set_off(contract.id, bill.id, 500, date(2026, 12, 20), desk.now(), "")
        work.bills.add_payments(moved)
        work.commit()
    again = shown(desk, "P", contract.id, first="2026-12-01", last="2026-12-31")
    assert (again.headline, again.sections) == (paper.headline, paper.sections)
    told = "本書の発行手数料400円（税抜）と郵送料等の実費は、次回のご請求に加えます。"
    assert isinstance(paper.sections[-1], Points)
    assert told in [one.text for one in paper.sections[-1].points]
    save_settings(desk, structs.replace(desk.settings(), roles={}))  # the fee of another company
    arranged = shown(desk, "P", contract.id, first="2026-12-01", last="2026-12-31").sections[-1]
    assert isinstance(arranged, Points)
    assert told not in [one.text for one in arranged.points]
    provide(desk, "dokodemo-prime", "mihariban")
    certificate = issue_paper(desk, PaperRequest(kind="P", subject=contract.id, language="en"))
    with desk.storage.look() as work:
        assert work.papers.row(certificate.id).title == "支払証明書"  # one name in the archive
    void_paper(desk, certificate.id, "書き直すため")
    issue_paper(desk, PaperRequest(kind="P", subject=contract.id))  # in its place: charged once
    december = lines_of_month(open_contract(desk, contract.id), Month(2026, 12))
    assert [one.amount for one in december if one.item == "payment-certificate-fee"] == [400]
    further = issue_paper(desk, PaperRequest(kind="P", subject=contract.id))  # on the same day
    with desk.storage.look() as work:
        (claim,) = work.bills.claims_of(contract.id)
    assert [(one.item, one.amount, one.detail) for one in claim.lines] == [
        ("payment-certificate-fee", 400, further.number)
    ]
    with desk.storage.look() as work:
        former = work.contracts.get(contract.id).customer_id
    heir = register(desk, "若葉商店", "mihariban", Started(date(2026, 10, 1), {"license": 10})).customer_id
    write(
        desk,
        contract,
        Succeeded(on=date(2026, 12, 21), to="若葉商店", customer_id=heir, from_customer_id=former),
    )
    before = shown(desk, "P", contract.id, first="2026-12-01", last="2026-12-20")
    assert before.addressee == paper.addressee  # who paid is certified it, whoever has the contract now
    assert shown(desk, "F", contract.id, month="2026-11").addressee == paper.addressee
    assert shown(desk, "F", contract.id, month="2026-12").addressee != paper.addressee
    with pytest.raises(UserError) as passed:
        shown(desk, "P", contract.id, first="2026-12-01", last="2026-12-31")
    assert "契約者が変わっています" in str(passed.value)
