"""Workbooks and tables that hold more than a ledger can, in few bytes, and those that only look odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.usecases.ledger_file import Ledger, LedgerRow, read_ledger
from tests.workbooks import BOOK, PARTS, SHEET, sheet, workbook


def _read(folder: Path, data: bytes) -> Ledger:
    path = folder / "台帳"
    path.write_bytes(data)
    return read_ledger(path)


def _row(cells: str) -> bytes:
    return workbook({SHEET: sheet(f"<row>{cells}</row>")}, packed=True)


def test_every_kind_of_cell_is_read(tmp_path: Path) -> None:
    read = _read(tmp_path, workbook())
    assert read.heads == ("顧客名", "サービス", "開始日")
    assert read.rows == (LedgerRow(2, ("髙橋精工", "見張り番", "2026-08-01")),)


def test_the_size_a_sheet_claims_is_not_believed(tmp_path: Path) -> None:
    for size in ("A1", "A1:XFD1048576"):
        assert _read(tmp_path, workbook({SHEET: sheet(size=size)})).heads == ("顧客名", "サービス", "開始日")


def test_rows_and_columns_left_out_are_empty(tmp_path: Path) -> None:
    rows = '<row r="2"><c r="C2"><v>1</v></c></row><row r="4"><c r="B4"><v>2</v></c><c r="XFD4"/></row>'
    read = _read(tmp_path, workbook({SHEET: sheet(rows)}))
    assert (read.heads, read.rows) == (("", "", "1"), (LedgerRow(4, ("", "2", "")),))


def test_a_sheet_after_an_empty_one_is_read(tmp_path: Path) -> None:
    two = PARTS[BOOK].replace(
        '<sheet name="台帳"', '<sheet name="x" sheetId="2" r:id="rId2"/><sheet name="台帳"'
    )
    links = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        PARTS["xl/_rels/workbook.xml.rels"].partition(">")[2].partition("</")[0]
        .replace("rId1", "rId2").replace("sheet1", "sheet2") + "</Relationships>",
    )  # fmt: skip
    parts = {BOOK: two, "xl/_rels/workbook.xml.rels": links, "xl/worksheets/sheet2.xml": sheet("<row/>")}
    assert _read(tmp_path, workbook(parts)).heads == ("顧客名", "サービス", "開始日")


@pytest.mark.parametrize(
    "data",
    [
        _row("<c/>" * 100_001),
        _row('<c t="str"><v>' + "x" * 20_000_001 + "</v></c>"),
        _row('<c r="CW1"><v>1</v></c>'),  # the 101st column
        workbook({SHEET: sheet('<row r="999999999"><c><v>1</v></c></row>')}),
        b"," * 1_000_000,
        b"a," * 101 + b"\nb\n",
    ],
    ids=["cells", "text", "columns", "rows", "separators", "heads"],
)
def test_more_than_a_ledger_holds_is_refused_early(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        _read(tmp_path, data)
    assert refused.value.code == "too-large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_never_read(tmp_path: Path, encoding: str) -> None:
    """Entities hold any number of elements in a few bytes."""
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "<c/>">]>'
    trap = head + sheet("<row>&a;</row>")
    with pytest.raises(UserError) as refused:
        _read(tmp_path, workbook({SHEET: trap.encode(encoding)}))
    assert refused.value.code == "not-a-ledger"
