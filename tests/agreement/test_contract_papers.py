"""Papers of random contracts say what the screen and ``answer`` say, to the yen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given

from app.errors import UserError
from app.papers.model import LineTable, Paper
from app.usecases import keep_application
from app.usecases.contract_view import ContractView
from app.usecases.desk import Desk
from app.usecases.ending_curve import ending_curve
from app.usecases.open_contract import lines_of_month, open_contract
from tests.agreement.issuing import previewed, provider
from tests.agreement.lives import Given, asked, few, lives, stored
from tests.agreement.printed import last_column, own_cases, tables
from tests.app.usecases import contracts
from tests.billing_desk import Clock, billing_desk

TOO_OLD = "terms-not-described"
"""A contract that began before the rules its 重要事項説明書 is written for."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that provides every service itself, on 20 November 2026."""
    clock = Clock()
    clock.go(2026, 11, 20)
    made = billing_desk(tmp_path_factory.mktemp("desk") / "data", clock)
    provider(made)
    yield made
    made.storage.close()


def unless(refused: str, desk: Desk, kind: str, subject: str) -> Paper | None:
    """The same; None where it is refused for this one reason."""
    try:
        return previewed(desk, kind, subject)
    except UserError as error:
        if error.code != refused:
            raise
    return None


@few
@given(lives())
def test_every_paper_of_a_contract_agrees(desk: Desk, life: Given) -> None:
    first = life["contract"]["start"][:7]
    months = sorted({first, "2026-10", "2026-11", "2026-12"})
    answered = {month: (asked("bill", life, months=[month]) or {}).get("months") for month in months}
    assume(answered[first])
    contract = stored(desk, life)
    view = open_contract(desk, contract)
    for month, bill in answered.items():
        if bill is not None:
            _charges_agree(desk, view, month, bill[month])
    previewed(desk, "C", contract)
    unless(TOO_OLD, desk, "E", contract)
    if "cancel" in life["contract"]:
        _leaving_agrees(desk, contract, life, answered)


def _charges_agree(desk: Desk, view: ContractView, month: str, answered: Given) -> None:
    """料金計算書: the page, its content, the month on the screen, ``answer``."""
    row = next((one for one in view.months if str(one.month) == month), None)
    if row is None or not answered["lines"]:
        return
    screen = [(line.name, line.amount) for line in lines_of_month(view, row.month)]
    assert screen == [(line["name"], line["amount"]) for line in answered["lines"]]
    paper = previewed(desk, "F", view.stored.id, month=month)
    lines = tables(paper)[0]
    assert [(cells[0], cells[-1]) for cells in _plain(lines)] == screen
    if row.shown_bill is None:
        assert paper.headline.amount == row.total == answered["total"]
        assert (row.net, row.tax, row.exempt) == tuple(answered[key] for key in ("net", "tax", "exempt"))


def _plain(table: Any) -> list[tuple[Any, ...]]:
    return [row.cells for row in table.rows if not row.total and not row.group]


def _leaving_agrees(desk: Desk, contract: str, life: Given, answered: Given) -> None:
    """解約精算書: the last month and what leaving costs."""
    fee = asked("termination", life)
    last = life["contract"]["cancel"]["on"][:7]
    bill = answered.get(last)
    if fee is None or bill is None:
        return
    paper = previewed(desk, "S", contract, accept=["no-address"])
    lines = next((table for table in tables(paper) if len(table.columns) > 4 and table.head), None)
    amounts = last_column(lines) if lines else []
    assert sorted(amounts) == sorted(line["amount"] for line in bill[last]["lines"])
    assert paper.headline.amount == bill[last]["total"]
    if fee["fee"]:
        assert fee["fee"] in amounts


@few
@given(lives(("dokodemo-prime", "media-light")))
def test_what_leaving_costs_is_one_figure_everywhere(desk: Desk, life: Given) -> None:
    """重要事項説明書 works leaving out for this contract: each of its figures is the one that the screen's
    simulation and ``answer`` give for that day.
    """
    life = {**life, "contract": {key: life["contract"][key] for key in ("start", "items")}}
    contract = stored(desk, life)
    curve = ending_curve(open_contract(desk, contract))
    assert curve is not None
    paper = unless(TOO_OLD, desk, "E", contract)
    assume(paper is not None)
    assert paper is not None
    rows = [
        row for own in own_cases(paper) if own.table.columns[-1].head == "解約金" for row in own.table.rows
    ]
    assert rows
    for row in rows:
        day = _day(str(row.cells[0]))
        if fewer := re.search(r"日に([\d,]+).*へ$", str(row.cells[0])):
            reduced = asked("termination", _reduced(life, day, int(fewer[1].replace(",", ""))))
            assert reduced is not None
            assert row.cells[-1] == reduced["fee"]
            continue
        answered = asked("termination", _ended(life, day))
        assert answered is not None
        on_screen = [point.fee for point in curve.points if point.on <= day][-1:]
        assert [row.cells[-1]] == [answered["fee"]] == on_screen
    for point in curve.points[:3]:
        answered = asked("termination", _ended(life, point.on))
        assert answered is not None
        assert answered["fee"] == point.fee


def _ended(life: Given, day: date) -> Given:
    return {**life, "contract": {**life["contract"], "cancel": {"on": day.isoformat()}}}


def _reduced(life: Given, day: date, quantity: int) -> Given:
    items = {next(iter(life["contract"]["items"])): quantity}
    return {**life, "contract": {**life["contract"], "changes": [{"on": day.isoformat(), "items": items}]}}


def _day(words: str) -> date:
    year, month, day = (int(part) for part in re.findall(r"\d+", words)[:3])
    return date(year, month, day)


@few
@given(lives(("mihariban", "media-light", "dokodemo-prime")))
def test_every_application_agrees(desk: Desk, life: Given) -> None:
    """申込書: a whole month of what is applied for, as ``answer`` charges it."""
    items, start = life["contract"]["items"], date(2027, 1, 1)
    made = contracts.content(life["service"], items, start, "CAF0001")
    applied = keep_application.start_application(desk, contracts.customer(desk), made)
    paper = previewed(desk, "A", applied.id)
    [table] = [one for one in paper.sections if isinstance(one, LineTable)]
    given = {"start": start.isoformat(), "items": items}
    answered = asked("bill", {"service": life["service"], "contract": given}, months=["2027-02"])
    assume(answered)
    assert answered is not None
    bill = answered["months"]["2027-02"]
    amounts = [row.amount for group in table.groups for row in group.rows]
    assert amounts == [line["amount"] for line in bill["lines"]]
    assert paper.headline.amount == bill["total"]
