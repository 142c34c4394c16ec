"""請求書 and its kin as content: rows are the bill's lines, sums the bill's own, and each says what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

import msgspec
from hypothesis import given, settings

from app.charge.stored import Run, RunState, StoredBill
from app.contract.customer import Customer, CustomerDetails, CustomerFields
from app.contract.facts import Changed, Ended, Outage, Started
from app.contract.record import StoredContract
from app.days import Month
from app.money import TaxKind
from app.papers.bill import Wanted, bill_paper
from app.papers.bill_period import period_paper
from app.papers.invoice_parts import BillFacts, Carried, Issuing
from app.papers.issuer import Bank, ServiceRole, Settings
from app.papers.model import Facts, Halves, Paper, Points, Row, Stack, Table
from app.papers.quotation import IssueMark
from app.papers.return_invoice import return_invoice
from app.usecases.paper_bill_ground import BillGround, bill_facts
from tests.app.charge.timelines import contract, timelines
from tests.desks import JAPAN, NOW
from tests.desks import settings as desk_settings
from tests.months_made import Months, recorded, stored
from tests.shipped import catalogue

START = date(2026, 8, 1)
MARK = IssueMark("B-HM1-2612-0001", 1, date(2026, 12, 3))
PROVIDER = ServiceRole(role="provider")
MEDIATOR = ServiceRole(role="agent", mediator_rule=True)
CUSTOMER = CustomerFields(
    name="株式会社青葉商店", postal_code="6500099", prefecture="兵庫県", address="神戸市中央区波止場西町3"
)


def settings_as(role: ServiceRole) -> Settings:
    """The desk's settings with this part for every service."""
    known = desk_settings()
    bank = Bank(name="まどか銀行", branch="本町支店", kind="ordinary", number="0123456", holder="マドグチ")
    company = msgspec.structs.replace(known.company, bank=bank)
    roles = {one.code: role for one in catalogue().services()}
    return msgspec.structs.replace(known, company=company, roles=roles)


def facts_of(bill: StoredBill, one: StoredContract, role: ServiceRole = PROVIDER) -> BillFacts:
    """What papers say of a bill that is the first of its contract and holds no claim."""
    run = Run(
        id=bill.run_id,
        version=1,
        month=bill.month,
        state=RunState.CLOSED,
        started_at=NOW,
        closed_at=NOW,
        staff="",
    )
    customer = Customer(id="customer", seq=1, version=1, fields=CUSTOMER)
    ground = BillGround(
        bill, run, one, customer, CustomerDetails(), settings_as(role), catalogue(), (), None, NOW
    )
    return bill_facts(cast("Any", None), ground)


def table_of(paper: Paper, *, heads: int) -> Table:
    """The table with so many columns."""
    return next(one for one in paper.sections if isinstance(one, Table) and len(one.columns) == heads)


def taxes_of(paper: Paper) -> tuple[Row, ...]:
    halves = next(one for one in paper.sections if isinstance(one, Halves))
    assert isinstance(halves.left, Table)
    return halves.left.rows


def beside(paper: Paper) -> Facts:
    halves = next(one for one in paper.sections if isinstance(one, Halves))
    assert isinstance(halves.right, Facts)
    return halves.right


def notes_of(paper: Paper) -> str:
    return "\n".join(point.text for one in paper.sections if isinstance(one, Points) for point in one.points)


def shown(rows: tuple[Row, ...]) -> list[tuple[str, Any]]:
    """Name and amount of each line on the page."""
    lines = [row for row in rows if not row.total and not row.group]
    names = [row.cells[1] for row in lines]
    said = [name.text if isinstance(name, Stack) else str(name) for name in names]
    return [(name, row.cells[-1]) for name, row in zip(said, lines, strict=True)]


# --- what holds for every bill ---------------------------------------------------------------------


@settings(max_examples=25)
@given(timelines())
def test_the_page_has_the_bills_own_lines_and_sums(one: Any) -> None:
    """Whatever a life brings, late entries among it: nothing is left out, added or worked out again."""
    begun = stored(type(one)(one.service, one.facts[:1], one.customer, one.line, one.area, one.agreed))
    months = Months(Month.of(one.started.on))
    months.close(begun)
    late = recorded(begun, *one.facts[1:])
    bill = months.close(late)
    if bill.refused or not bill.content.lines:
        return
    facts = facts_of(bill, late)
    paper = bill_paper(facts, settings_as(PROVIDER), MARK)
    rows = table_of(paper, heads=6).rows
    lines = [(line.name, line.amount) for line in bill.content.lines]
    assert sorted(shown(rows)) == sorted(lines)
    outside = any(line.tax is not TaxKind.STANDARD for line in bill.content.lines)
    total = taxes_of(paper)[-1]
    assert total.cells[1:] == (bill.net + bill.exempt, bill.tax, bill.total)
    assert not outside or taxes_of(paper)[-2].cells == ("不課税", bill.exempt, "—", bill.exempt)
    assert paper.headline.amount == bill.total
    for place, row in enumerate(rows):
        if row.total:  # a subtotal is that of the rows above it, back to its head
            above = rows[max(at for at in range(place) if rows[at].group) + 1 : place]
            assert row.cells[-1] == sum(cast("int", line.cells[-1]) for line in above)


# --- one case to the word --------------------------------------------------------------------------


def december() -> tuple[StoredBill, StoredContract, Months]:
    """A bill with a change in the month, a credit in it, and one of a closed month given back."""
    made = stored(contract("dokodemo-prime", Started(START, {"id": 31})))
    months = Months(Month.of(START))
    for _month in range(3):
        months.close(made)
    made = recorded(
        made,
        Changed(date(2026, 11, 16), {"id": 42}),
        Outage(
            known_at=datetime(2026, 10, 4, 14, tzinfo=JAPAN),
            restored_at=datetime(2026, 10, 6, 18, tzinfo=JAPAN),
            cause="company",
        ),
    )
    return months.close(made), made, months


def test_lines_say_days_calculation_clause_and_the_closed_month() -> None:
    bill, made, _months = december()
    paper = bill_paper(facts_of(bill, made), settings_as(PROVIDER), MARK)
    head, first, second, _sum, adjusting, third = table_of(paper, heads=6).rows
    assert head.cells[0] == "ご利用料金"
    assert adjusting.cells[0] == "前月までの調整"
    assert first.cells == (
        "11月1日〜15日",
        Stack("どこでもプライム 利用料", ("月額 31 ID × 2,400円",)),
        "74,400 × 15日 ÷ 30日",
        "別紙4※2・27条2項・3項",
        "10％",
        37_200,
    )
    assert second.cells[0] == "11月16日〜30日"
    assert third.cells[0] == "2026年10月"
    assert third.cells[2] == "0 → −4,800"
    assert "適格返還請求書を兼ねます" in notes_of(paper)
    assert "2026年5月11日実施" in notes_of(paper)
    assert "15日以内にお支払いがないときは、支払期日の翌日からお支払いの前日まで" in notes_of(paper)
    assert paper.title == "請求書"
    assert any("T9990001000123" in line for line in paper.issuer.lines)
    assert [row.value for row in beside(paper).rows][:2] == ["まどか銀行  本町支店", "普通  0123456"]


def test_what_was_carried_over_comes_first() -> None:
    bill, made, _months = december()
    facts = replace(facts_of(bill, made), carried=Carried(81_840, 80_000, date(2026, 12, 3), first=False))
    paper = bill_paper(facts, settings_as(PROVIDER), MARK)
    strip = paper.sections[0]
    assert isinstance(strip, Table)
    assert strip.rows[0].cells == (81_840, 80_000, 1_840, bill.total, 1_840 + bill.total)
    ahead = replace(facts, carried=Carried(0, bill.total, date(2026, 12, 3), first=False))
    settled = bill_paper(ahead, settings_as(PROVIDER), MARK)
    assert "お支払いは不要です" in beside(settled).rows[0].value
    first = bill_paper(facts_of(bill, made), settings_as(PROVIDER), MARK)
    assert len(first.sections) == len(paper.sections) - 1


def test_an_agent_says_who_bills_and_shows_neither_number_nor_bank() -> None:
    bill, made, _months = december()
    paper = bill_paper(facts_of(bill, made, ServiceRole()), settings_as(ServiceRole()), MARK)
    assert paper.title == "ご請求内容のお知らせ"
    assert not [line for line in paper.issuer.lines if "T9990001000123" in line]
    assert [row.label for row in beside(paper).rows] == ["ご請求元"]
    assert "本書によるお支払いは不要です" in notes_of(paper)
    assert "延滞利息" not in notes_of(paper)
    assert not paper.headline.facts


def test_the_rule_for_agents_lets_our_own_number_stand() -> None:
    bill, made, _months = december()
    facts = facts_of(bill, made, MEDIATOR)
    assert facts.issuing is Issuing.MEDIATOR
    paper = bill_paper(facts, settings_as(MEDIATOR), MARK, Wanted("T", "B-HM1-2612-0001"))
    assert paper.title == "適格請求書"
    assert any("T9990001000123" in line for line in paper.issuer.lines)
    assert any("NTT西日本" in line and "取次店" in line for line in paper.issuer.lines)
    assert "媒介者交付特例" in notes_of(paper)
    assert "請求書B-HM1-2612-0001と同じお取引" in notes_of(paper)


def test_months_and_years_are_of_the_era_where_days_are() -> None:
    bill, made, _months = december()
    known = settings_as(PROVIDER)
    era = msgspec.structs.replace(known, company=msgspec.structs.replace(known.company, era="wareki"))
    paper = bill_paper(facts_of(bill, made), era, MARK)
    assert [row.value for row in paper.head_rows if row.label == "ご利用月"] == ["令和8年11月分"]
    lines = next(one for one in paper.sections if isinstance(one, Table) and len(one.columns) == 6)
    assert lines.columns[0].head == "令和8年"


def test_who_does_not_transfer_is_given_no_bank() -> None:
    bill, made, _months = december()
    facts = facts_of(bill, made)
    debit = bill_paper(replace(facts, method="account-transfer"), settings_as(PROVIDER), MARK)
    phone = bill_paper(replace(facts, method="phone-bill"), settings_as(PROVIDER), MARK)
    for paper in (debit, phone):
        assert beside(paper).title == "お支払い方法"
        assert "お振込みは不要です" in beside(paper).rows[-1].value


def test_several_months_keep_the_tax_of_each() -> None:
    bill, made, months = december()
    earlier = months.bills[-2]
    facts = [facts_of(one, made) for one in (earlier, bill)]
    paper = period_paper(facts, settings_as(PROVIDER), MARK)
    taxes = table_of(paper, heads=5).rows
    assert [row.cells[3] for row in taxes] == [earlier.tax, bill.tax, earlier.tax + bill.tax]
    assert paper.headline.amount == earlier.total + bill.total
    names = [line.name for one in (earlier, bill) for line in one.content.lines]
    assert [name for name, _amount in shown(table_of(paper, heads=6).rows)] == names


def test_a_bill_that_gives_back_says_of_which_months() -> None:
    made = stored(contract("mihariban", Started(START, {"license": 31})))
    months = Months(Month.of(START))
    for _month in range(3):
        months.close(made)
    made = recorded(made, Ended(date(2026, 9, 1)))
    bill = months.close(made)
    assert bill.total == -(2 * 31 * 190 * 11 // 10)
    paper = return_invoice(facts_of(bill, made), settings_as(PROVIDER), MARK)
    assert paper.title == "適格返還請求書"
    assert paper.headline.amount == -bill.total
    assert beside(paper).rows[0].value == "2026年9月・2026年10月分"
    assert taxes_of(paper)[-1].cells[1:] == (bill.net, bill.tax, bill.total)
