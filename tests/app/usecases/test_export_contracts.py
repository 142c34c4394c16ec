"""The list of contracts as a file: every column, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.usecases.desk import Desk
from app.usecases.export_contracts import export_contracts, heads
from app.usecases.sheet_cells import harmless
from tests.app.usecases.contracts import begun, customer
from tests.desks import new_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path / "data")
    begun(made, "dokodemo-prime", {"id": 31}, date(2026, 5, 20), owner=customer(made, "=HYPERLINK(1)"))
    begun(made, "mdr-ndr", {"annual-fee": 2_400_000}, date(2026, 2, 1), owner=customer(made, "北野製薬"))
    return made


def seqs(desk: Desk) -> list[int]:
    from app.contract.record import ContractQuery

    with desk.storage.look() as work:
        return list(work.contracts.seqs(ContractQuery(sort="number", descending=False)))


def test_a_csv_holds_what_the_list_shows(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "契約一覧.csv"
    assert export_contracts(desk, seqs(desk), path, "csv") == 2
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [row["数量"] for row in rows] == ["31", "1"]
    assert [row["月額（税抜）"] for row in rows] == ["74400", "0"]
    assert [row["年額（税抜）"] for row in rows] == ["0", "2400000"]
    assert rows[0]["状態"] == "利用中"
    assert rows[0]["次の期限"] == "2028-05-19"
    assert rows[0]["顧客"] == "'=HYPERLINK(1)"


def test_a_workbook_holds_numbers_and_days(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "契約一覧.xlsx"
    assert export_contracts(desk, seqs(desk)[::-1], path, "xlsx") == 2
    sheet = load_workbook(path).active
    assert sheet is not None
    rows = [dict(zip(heads(), row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row["顧客"] for row in rows] == ["北野製薬", "=HYPERLINK(1)"]
    assert rows[1]["月額（税抜）"] == 74_400
    started = rows[1]["開始日"]
    assert isinstance(started, datetime)
    assert started.date() == date(2026, 5, 20)
    cell = sheet.cell(3, 2)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@x", "\tx", "＝1+1"])
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_other_values_stay() -> None:
    assert harmless("株式会社") == "株式会社"
    assert harmless(-5) == -5
    assert harmless(None) == ""
