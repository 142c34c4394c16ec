"""A month's bills as an Excel workbook or a CSV file, one row a line of a bill.

Text that a spreadsheet would take for a formula (``=…``, ``+…``, ``-…``, ``@…``) stays text. The file is
written whole or not at all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from app.charge.refused import refused_words
from app.charge.stored import BillLine, BillRow, Run, RunState, StoredBill
from app.days import Month, date_words, month_words
from app.errors import Problem, UserError
from app.money import TaxKind
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.permissions import Act, require
from app.usecases.sheet_cells import Value, cell_of, harmless
from app.usecases.write_out import note_export, write_out
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

ExportKind = Literal["xlsx", "csv"]

_BATCH: Final = 1_000
_WIDTHS: Final = (18, 32, 18, 30, 36, 9, 9, 11, 13, 9, 13, 13, 13, 13, 13, 30)

Row = tuple[Value, ...]


def export_month(desk: Desk, month: Month, path: Path, kind: ExportKind, passphrase: str = "") -> int:
    """Write the bills of a month; returns how many bills. Before the month is closed the head says so.
    With a passphrase the file is a sealed archive. It is recorded who took how many out.

    Raises UserError ``not-run``; EnvironmentProblem where the file can't be written: another program holds
    it open (``target-open``), the disk is full, the folder may not be written.
    """
    with desk.storage.look() as work:
        require(work, work.settings.load(), Act.EXPORT)
        run = work.bills.run(str(month))
        if run is None or run.state is RunState.RUNNING:
            raise UserError(
                Problem(
                    "not-run",
                    _("{month}分の計算が終わっていません。").format(month=month_words(month)),
                    remedy=_("計算を最後まで進めてから出力してください。"),
                )
            )
        rows = _rows(desk, work, run)
        data = _workbook(run, month, rows) if kind == "xlsx" else _csv(run, month, rows)
    count = run.bills + run.refused
    write_out(path, data, path.with_suffix(f".{kind}").name, passphrase)
    note_export(desk, "bills-exported", path, count, sealed=bool(passphrase))
    return count


def heads() -> tuple[str, ...]:
    """The names of the columns."""
    return (
        _("契約番号"),
        _("お客さま"),
        _("サービス"),
        _("品目"),
        _("内訳"),
        _("数量"),
        _("単位"),
        _("単価（税抜）"),
        _("金額（税抜）"),
        _("税区分"),
        _("請求 税抜計"),
        _("請求 消費税"),
        _("請求 不課税"),
        _("請求 合計"),
        _("支払期日"),
        _("説明"),
    )


def title_rows(run: Run, month: Month) -> Iterator[Row]:
    """What stands above the table: the month, whether it is closed, and what it comes to."""
    yield (_("{month}分の請求一覧").format(month=month_words(month)),)
    if run.state is RunState.CLOSED and run.closed_at is not None:
        closed = date_words(run.closed_at.astimezone().date(), weekday=False)
        yield (_("締め済み  番号 {number}  締めた日 {day}").format(number=run.number, day=closed),)
        yield (_("SHA-256 {hash}").format(hash=run.sha256),)
    else:
        yield (_("締める前の内容です。金額はまだ変わることがあります。"),)
    yield (
        _("請求 {bills}件").format(bills=f"{run.bills:,}"),
        _("計算できない契約 {refused}件").format(refused=f"{run.refused:,}"),
        None, None, None, None, None, None, None,
        _("合計"),
        run.net,
        run.tax,
        run.exempt,
        run.total,
    )  # fmt: skip


def _rows(desk: Desk, work: UnitOfWork, run: Run) -> Iterator[Row]:
    """Every line of every bill; the sums of a bill stand on its first line, so that columns add up."""
    names = {service.code: words(service.short) for service in desk.catalogue.services()}
    for row, bill in _bills(work, run):
        start = (row.number, row.customer, names.get(row.service, row.service))
        sums: Row = (bill.net, bill.tax, bill.exempt, bill.total, bill.due_on)
        if bill.refused:
            yield (*start, "", "", None, "", None, None, "", *sums, refused_words(bill.refused))
        for line in bill.content.lines:
            yield (*start, *_cells(line), *sums, " ".join(line.why))
            sums = (None, None, None, None, None)


def _cells(line: BillLine) -> Row:
    tax = _("課税") if line.tax is TaxKind.STANDARD else _("不課税")
    return (line.name, line.detail, line.quantity, line.unit, line.unit_price, line.amount, tax)


def _bills(work: UnitOfWork, run: Run) -> Iterator[tuple[BillRow, StoredBill]]:
    after = 0
    while batch := work.bills.bills_of_run(run.id, after, _BATCH):
        rows = {row.id: row for row in work.bills.rows_at(run.id, [one.contract_seq for one in batch])}
        for bill in batch:
            if bill.id in rows and (bill.content.lines or bill.refused):
                yield rows[bill.id], bill
        after = batch[-1].contract_seq


def _csv(run: Run, month: Month, rows: Iterator[Row]) -> bytes:
    """UTF-8 with a mark at the beginning, by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (*title_rows(run, month), (), heads()):
        writer.writerow(map(harmless, row))
    for row in rows:
        writer.writerow(map(harmless, row))
    return out.getvalue().encode("utf-8-sig")


def _workbook(run: Run, month: Month, rows: Iterator[Row]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(month))
    for place, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    titles = [*title_rows(run, month), ()]
    sheet.freeze_panes = f"C{len(titles) + 2}"
    bold = Font(bold=True)
    for row in titles:
        sheet.append([cell_of(sheet, value, bold) for value in row])
    sheet.append([cell_of(sheet, value, bold) for value in heads()])
    for row in rows:
        sheet.append([cell_of(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
