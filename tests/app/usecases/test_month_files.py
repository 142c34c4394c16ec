"""The bills of a month as files: whole or not at all, text as text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.contract.facts import AgreedUnitPrice, Started
from app.contract.record import ContractContent
from app.days import Month
from app.errors import EnvironmentProblem, UserError
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.export_month import export_month
from app.usecases.run_month import run_month
from app.words import speaking
from tests.billing_desk import Clock, billing_desk, register, three

NOVEMBER = Month(2026, 11)


@pytest.fixture
def desk(data: Path) -> Iterator[Desk]:
    made = billing_desk(data, Clock())
    yield made
    made.storage.close()


def test_an_excel_file_holds_every_line_and_adds_up(desk: Desk, tmp_path: Path) -> None:
    three(desk)
    run = run_month(desk, NOVEMBER)
    path = tmp_path / "請求.xlsx"
    assert export_month(desk, NOVEMBER, path, "xlsx") == 3
    rows = list(load_workbook(path)["2026-11"].iter_rows(values_only=True))
    assert rows[0][0] == "2026年11月分の請求一覧"
    assert "締める前" in str(rows[1][0])
    head = next(place for place, row in enumerate(rows) if row[0] == "契約番号")
    body = rows[head + 1 :]
    assert sum(int(str(row[13])) for row in body if row[13] is not None) == run.total
    assert [row[1] for row in body] == ["青葉商店", "若葉製作所", "紅葉会計事務所"]
    assert body[0][8] == 5_890


def test_a_csv_file_opens_in_excel_and_says_that_the_month_is_closed(desk: Desk, tmp_path: Path) -> None:
    three(desk)
    run = run_month(desk, NOVEMBER)
    run = close_month(desk, run.id, run.version)
    path = tmp_path / "請求.csv"
    export_month(desk, NOVEMBER, path, "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert "M-HM1-2611-0001" in rows[1][0]
    assert run.sha256 in rows[2][0]
    assert rows[-1][1] == "紅葉会計事務所"


@pytest.mark.parametrize("name", ["=1+1", "+81 3", "-5", "@SUM(A1)"])
def test_what_looks_like_a_formula_stays_text(desk: Desk, tmp_path: Path, name: str) -> None:
    register(desk, name, "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    run_month(desk, NOVEMBER)
    export_month(desk, NOVEMBER, tmp_path / "a.xlsx", "xlsx")
    export_month(desk, NOVEMBER, tmp_path / "a.csv", "csv")
    cell = [row[1] for row in load_workbook(tmp_path / "a.xlsx")["2026-11"].iter_rows()][-1]
    assert (cell.value, cell.data_type) == (name, "s")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[-1][1] == f"'{name}"


def test_a_folder_that_cannot_be_written_is_told_and_the_old_file_stays(desk: Desk, tmp_path: Path) -> None:
    three(desk)
    run_month(desk, NOVEMBER)
    target = tmp_path / "there.csv"
    target.mkdir()
    with pytest.raises(EnvironmentProblem) as told:
        export_month(desk, NOVEMBER, target, "csv")
    assert told.value.remedy
    assert not list(tmp_path.glob("*.tmp"))
    assert target.is_dir()


def test_a_month_that_is_not_worked_out_is_not_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        export_month(desk, NOVEMBER, tmp_path / "a.csv", "csv")
    assert refused.value.code == "not-run"
    assert not (tmp_path / "a.csv").exists()


def test_agreed_prices_are_billed_and_written(desk: Desk, tmp_path: Path) -> None:
    agreed = (AgreedUnitPrice("license", 100, "長期のお付き合い", "店長"),)
    content = ContractContent(service="mihariban", agreed=agreed)
    register(desk, "お得意さま", "mihariban", Started(date(2026, 8, 1), {"license": 10}), content=content)
    assert run_month(desk, NOVEMBER).net == 1_000
    export_month(desk, NOVEMBER, tmp_path / "a.csv", "csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[-1][7:9] == ["100", "1000"]


def test_bills_are_japanese_whatever_the_window_speaks(desk: Desk) -> None:
    contract = three(desk)[0]
    with speaking("en"):
        run_month(desk, NOVEMBER)
    with desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, "2026-11")
    assert bill is not None
    assert [(line.name, line.unit) for line in bill.content.lines] == [("見張り番 利用料", "ライセンス")]
