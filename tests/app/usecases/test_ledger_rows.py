"""A ledger's rows become customers and contracts, or problems that name their row."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.contract.facts import Changed, Ended, Outage, Started, Suspended
from app.errors import EnvironmentProblem, UserError
from app.usecases.ledger_columns import guess_columns, missing
from app.usecases.ledger_file import Ledger, LedgerRow, read_ledger
from app.usecases.ledger_rows import understand
from tests.shipped import catalogue

TODAY = date(2026, 11, 20)
HEADS = (
    *("管理番号", "お客様名", "フリガナ", "〒", "住所", "TEL", "サービス名", "数量", "ゲートウェイ", "年額"),
    *("利用開始日", "解約日", "回線番号", "異動区分", "異動日", "復旧"),
)


def _ledger(*rows: dict[str, str]) -> Ledger:
    cells = [tuple(row.get(head, "") for head in HEADS) for row in rows]
    return Ledger("台帳.csv", "", HEADS, tuple(LedgerRow(n, one) for n, one in enumerate(cells, start=2)))


def _understood(*rows: dict[str, str]):
    return understand(_ledger(*rows), guess_columns(HEADS), catalogue(), TODAY)


MINORI = {
    "管理番号": "7",
    "お客様名": "株式会社みのり食品",
    "〒": "〒541-0053",
    "サービス名": "どこでもプライム",
    "数量": "28 ID",
    "利用開始日": "令和8年5月20日",
}


def test_every_column_is_guessed_from_its_head() -> None:
    columns = guess_columns(HEADS)
    assert [HEADS[columns[code]] for code in ("name", "postal_code", "phone", "service", "event_until")] == [
        "お客様名",
        "〒",
        "TEL",
        "サービス名",
        "復旧",
    ]
    assert not missing(columns)
    assert [field.code for field in missing({"kana": 0})] == ["name", "service"]


def test_rows_of_one_number_are_one_contract_with_what_happened() -> None:
    contracts, problems = _understood(
        MINORI,
        {**MINORI, "数量": "31", "異動区分": "増設", "異動日": "2026/9/14"},
        {**MINORI, "異動区分": "障害", "異動日": "2026-10-08 09:00", "復旧": "2026-10-09 23:00"},
        {**MINORI, "異動区分": "停止", "異動日": "2026/11/1", "復旧": "2026/11/5"},
        {**MINORI, "異動区分": "解約", "異動日": "2027/1/31"},
    )
    assert problems == []
    (one,) = contracts
    assert one.rows == (2, 3, 4, 5, 6)
    assert one.customer.postal_code == "5410053"
    assert one.facts == (
        Started(on=date(2026, 5, 20), items={"id": 28}),
        Changed(on=date(2026, 9, 14), items={"id": 31}),
        Outage(
            known_at=datetime.fromisoformat("2026-10-08 09:00"),
            restored_at=datetime.fromisoformat("2026-10-09 23:00"),
            cause="company",
        ),
        Suspended(first=date(2026, 11, 1), last=date(2026, 11, 4)),
        Ended(on=date(2027, 1, 31)),
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"お客様名": ""}, "name"),
        ({"〒": "12"}, "postal_code"),
        ({"サービス名": "どこかのサービス"}, "service"),
        ({"数量": "多数"}, "quantity"),
        ({"数量": ""}, "quantity"),
        ({"利用開始日": "2026/13/1"}, "start"),
        ({"利用開始日": "", "解約日": "2026/10/1"}, "start"),
        ({"サービス名": "media ライト", "ゲートウェイ": "30クライアント"}, "gateway"),
        ({"サービス名": "MDR NDR"}, "yearly_fee"),
    ],
)
def test_what_is_wrong_is_told_with_row_field_and_what_stands_there(
    change: dict[str, str], field: str
) -> None:
    contracts, problems = _understood(MINORI | {"管理番号": "1"}, MINORI | change)
    assert len(contracts) == 1  # the sound row is understood all the same
    assert [(problem.row, problem.field) for problem in problems] == [(3, field)]
    assert problems[0].what
    assert problems[0].name


def test_a_number_twice_without_an_event_is_refused() -> None:
    _contracts, problems = _understood(MINORI, MINORI)
    assert [(problem.row, problem.field) for problem in problems] == [(3, "ledger_number")]


def test_all_problems_of_all_rows_are_told_at_once() -> None:
    _contracts, problems = _understood(MINORI | {"数量": "?", "利用開始日": "?"}, {"管理番号": "8"})
    assert [(problem.row, problem.field) for problem in problems] == [
        (2, "quantity"),
        (2, "start"),
        (3, "name"),
        (3, "service"),
    ]


def test_excel_and_both_kinds_of_csv_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["お客様名", "ID数", "利用開始日"])
    book.active.append(["髙橋精工", 49.0, datetime.fromisoformat("2026-05-20")])
    book.save(tmp_path / "a.xlsx")
    text = "お客様名,ID数,利用開始日\r\n髙橋精工,49,2026-05-20\r\n"
    (tmp_path / "b.csv").write_text(text, encoding="utf-8-sig", newline="")
    (tmp_path / "c.csv").write_text(text, encoding="cp932", newline="")
    read = [read_ledger(tmp_path / name) for name in ("a.xlsx", "b.csv", "c.csv")]
    assert {one.heads for one in read} == {("お客様名", "ID数", "利用開始日")}
    assert {one.rows for one in read} == {(LedgerRow(2, ("髙橋精工", "49", "2026-05-20")),)}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-ledger"),
        (b"a,b\r\n", "empty-ledger"),
        (b"PK\x03\x04 no workbook", "not-a-ledger"),
        (b"a,b\r\n\xff\xfe\x00\x81", "not-a-ledger"),
        (b"a\r\n" + b"1\r\n" * 100_001, "too-large"),
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        read_ledger(path)
    assert refused.value.code == code


def test_a_file_that_is_gone_is_a_problem_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read_ledger(tmp_path / "none.csv")
    assert told.value.code == "file-unreadable"


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_rows_or_a_refusal(tmp_path_factory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("ledger") / "x.csv"
    path.write_bytes(data)
    try:
        ledger = read_ledger(path)
    except UserError:
        return
    assert all(len(row.cells) == len(ledger.heads) for row in ledger.rows)
    understand(ledger, dict.fromkeys(("name", "service", "start"), 0), catalogue(), TODAY)


@given(st.dictionaries(st.sampled_from(HEADS), st.text(max_size=20)))
@settings(max_examples=200)
def test_any_cells_are_understood_or_told(row: dict[str, str]) -> None:
    contracts, problems = _understood(row)
    assert bool(contracts) != bool(problems)
