"""The lines of a visit on 請求書: the visit's number and day are looked up from what the claim comes from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.papers.model import Stack
from app.usecases import work_on_site
from app.usecases.make_paper import preview_paper
from tests.app.papers.test_bill import table_of
from tests.app.usecases.test_paper_bill import bill_of, close, provide, request
from tests.app.usecases.visits import (
    clock,
    confirmed,
    contract,
    customer,
    desk_with,
    go,
    span,
    technicians,
    worked,
)


def test_a_visits_lines_say_its_number_and_day(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path, time)
    provide(desk, "media-light")
    buyer = customer(desk)
    held = contract(desk, buyer, items={"endpoint": 8})
    who = technicians(desk, "西川 葵")[0]
    visit = confirmed(desk, buyer, who, span("09:00", "12:00"), contract_id=held.id)
    go(time, date(2026, 11, 24))
    visit = worked(desk, visit)
    visit = work_on_site.finish(desk, visit.id, visit.version)
    time.go(2026, 12, 3)
    close(desk, 2026, 11)
    bill = bill_of(desk, held, "2026-11")
    assert [line for line in bill.content.lines if line.claim]
    paper, _images = preview_paper(desk, request("B", bill.id))
    rows = table_of(paper, heads=6).rows
    start = next(place for place, row in enumerate(rows) if row.group and row.cells[0] == "訪問サポート")
    lines = [row for row in rows[start + 1 :] if not row.total and not row.group]
    assert len(lines) == sum(bool(line.claim) for line in bill.content.lines)
    for row in lines:
        assert row.cells[0] == "11月24日"
        assert isinstance(row.cells[1], Stack)
        assert row.cells[1].under[0] == f"訪問 {visit.number}"
