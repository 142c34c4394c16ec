"""Writes contracts of the list to an Excel or CSV file, as other programs of an office take them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final, Literal

from app.contract.deadline_words import deadline_words
from app.contract.life_table import STATE_WORDS
from app.contract.record import ContractRow
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.tariff.catalogue import words as say
from app.usecases.desk import Desk
from app.usecases.permissions import Act, require_at
from app.usecases.sheet_cells import Value, cell_of, harmless
from app.usecases.write_out import note_export, write_out
from app.words import _

Kind = Literal["xlsx", "csv"]

_BLOCK: Final = 1_000
_WIDTHS: Final = (18, 30, 26, 16, 16, 18, 12, 9, 10, 13, 13, 13, 13, 13, 22, 14, 16, 18)


def export_contracts(desk: Desk, seqs: Sequence[int], path: Path, kind: Kind, passphrase: str = "") -> int:
    """Write contracts (by their ``seq``, in that order) to a file; how many were written.

    With a passphrase the file is a sealed archive. It is recorded who took how many out.
    What a spreadsheet would take for a formula stays text. CSV is UTF-8 with a mark, which Excel needs.
    Raises EnvironmentProblem as ``write_atomically`` does (``target-open``: the file is open in another
    program).
    """
    require_at(desk, Act.EXPORT)
    rows = _rows(desk, seqs)
    if kind == "csv":
        data, count = _csv(rows)
    else:
        data, count = _workbook(rows)
    write_out(path, data, path.with_suffix(f".{kind}").name, passphrase)
    note_export(desk, "contracts-exported", path, count, sealed=bool(passphrase))
    return count


def heads() -> list[str]:
    """The first row of the file."""
    return [
        _("契約番号"), _("顧客"), _("フリガナ"), _("市区町村"), _("電話番号"), _("サービス"), _("状態"),
        _("数量"), _("単位"), _("月額（税抜）"), _("年額（税抜）"), _("開始日"), _("解約日"), _("次の期限"),
        _("期限の内容"), _("担当"), _("回線番号"), _("提供会社の番号"),
    ]  # fmt: skip


def _rows(desk: Desk, seqs: Sequence[int]) -> Iterator[list[Value]]:
    """A block at a time, so that a million rows need no memory of their own."""
    for first in range(0, len(seqs), _BLOCK):
        block = seqs[first : first + _BLOCK]
        with desk.storage.look() as work:
            found = {row.seq: row for row in work.contracts.rows(block)}
        yield from (_values(desk.catalogue, found[seq]) for seq in block if seq in found)


def _values(catalogue: Catalogue, row: ContractRow) -> list[Value]:
    try:
        service = catalogue.service(row.service)
    except UserError:  # its tariff file is gone: the code still names it
        service = None
    items = [edition.item(row.item) for edition in reversed(service.editions)] if service else []
    unit = next((say(item.unit) for item in items if item is not None), "")
    name = say(service.short) if service else row.service
    return [
        row.number, row.customer, row.kana, row.town, row.phone, name, _(STATE_WORDS[row.state]),
        row.quantity, unit, row.monthly_net, row.yearly_net, row.started_on, row.ended_on, row.next_on,
        deadline_words(row.next_code, service) if row.next_code else "", row.staff, row.line_number,
        row.provider_number,
    ]  # fmt: skip


def _csv(rows: Iterator[list[Value]]) -> tuple[bytes, int]:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads())
    count = 0
    for row in rows:
        writer.writerow(map(harmless, row))
        count += 1
    return text.getvalue().encode("utf-8-sig"), count


def _workbook(rows: Iterator[list[Value]]) -> tuple[bytes, int]:
    from openpyxl import Workbook  # a third of a second: only when somebody writes a workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("契約"))
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "C2"
    bold = Font(bold=True)
    sheet.append([cell_of(sheet, word, bold) for word in heads()])
    count = 0
    for row in rows:
        sheet.append([cell_of(sheet, value) for value in row])
        count += 1
    data = BytesIO()
    book.save(data)
    return data.getvalue(), count
