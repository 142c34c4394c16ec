"""Reads the ledger somebody kept until now: an Excel sheet or a CSV file, as rows of texts.

Nothing is understood here; that is ``ledger_rows``. A file may be anything, so everything has a limit.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.errors import EnvironmentProblem, Problem, UserError
from app.words import _

MOST_BYTES: Final = 50_000_000
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 2_000
_LONGEST_LINE: Final = 1_000_000
_ENCODINGS: Final = ("utf-8-sig", "cp932")
_SEPARATORS: Final = ",\t;"


@dataclass(frozen=True)
class LedgerRow:
    """A row with its number in the file, as the program it was made with counts."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """What a file holds: heads and rows of the first sheet with anything on it. ``sha256`` (hex) is the
    file's.
    """

    file_name: str
    sha256: str
    heads: tuple[str, ...]
    rows: tuple[LedgerRow, ...]


def read_ledger(path: Path) -> Ledger:
    """The file's rows as texts; days as ``2026-11-20``.

    Raises UserError: ``not-a-ledger`` (neither workbook nor CSV, or damaged), ``too-large``,
    ``empty-ledger``.
    EnvironmentProblem ``file-unreadable``: missing, locked by another program, or on a lost disk.
    """
    data = _bytes_of(path)
    rows = _workbook(data) if data[:2] == b"PK" else _csv(data)
    numbered = _limited(rows)
    heads = next(numbered, None)
    if heads is None:
        raise _refused("empty-ledger", _("このファイルには表がありません。"))
    body = tuple(numbered)
    if not body:
        raise _refused("empty-ledger", _("見出しの下に行がありません。"))
    width = len(heads.cells)
    return Ledger(
        path.name,
        hashlib.sha256(data).hexdigest(),
        heads.cells,
        tuple(LedgerRow(row.number, _to_width(row.cells, width)) for row in body),
    )


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused("too-large", _("ファイルが大きすぎます（50MBまで）。"))
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            "file-unreadable",
            _("ファイル「{name}」を読めません。").format(name=path.name),
            kept=_("データは変えていません。"),
            remedy=_("Excelで開いているときは閉じてから、もう一度選んでください。"),
        ) from error


def _refused(code: str, what: str) -> UserError:
    return UserError(
        Problem(code, what, remedy=_("見出しの行があるExcel（xlsx）かCSVのファイルを選んでください。"))
    )


def _limited(rows: Iterable[tuple[str, ...]]) -> Iterator[LedgerRow]:
    """The rows with anything on them, numbered as in the file."""
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise _refused("too-large", _("行が多すぎます（{most}行まで）。").format(most=f"{MOST_ROWS:,}"))
        if any(cells):
            yield LedgerRow(number, _trimmed(cells))


def _too_wide() -> UserError:
    return _refused("too-large", _("列が多すぎます（{most}列まで）。").format(most=MOST_COLUMNS))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    last = max(place for place, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def _to_width(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells[:width], *("",) * (width - len(cells)))


# --- the two kinds of file ---------------------------------------------------------------------------------


def _csv(data: bytes) -> Iterator[tuple[str, ...]]:
    if b"\0" in data:
        raise _refused("not-a-ledger", _("このファイルは表として読めません。"))
    stream = TextIOWrapper(BytesIO(data), _encoding_of(data), newline="")
    separator = max(_SEPARATORS, key=data.partition(b"\n")[0].decode(stream.encoding).count)
    csv.field_size_limit(MOST_BYTES)
    try:
        for row in csv.reader(_lines(stream), delimiter=separator):
            if any(map(_text, filter(None, islice(row, MOST_COLUMNS, None)))):
                raise _too_wide()
            yield tuple(map(_text, row[:MOST_COLUMNS]))
    except csv.Error as error:
        raise _refused("not-a-ledger", _("CSVの書き方が正しくありません。")) from error


def _lines(stream: TextIOWrapper) -> Iterator[str]:
    """One by one: a file of nothing but separators would be a row of fifty million cells."""
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            what = _("長すぎる行があります（{most}文字まで）。").format(most=f"{_LONGEST_LINE:,}")
            raise _refused("too-large", what)
        yield line


def _encoding_of(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise _refused("not-a-ledger", _("このファイルの文字は読めません（UTF-8かShift_JISではありません）。"))


def _workbook(data: bytes) -> Iterator[tuple[str, ...]]:
    """The rows of the first sheet that is not empty."""
    from app.usecases.ledger_workbook import sheets

    try:
        for sheet in sheets(data):
            found = False
            for row in sheet:
                cells = _sheet_row(row)
                found = found or bool(cells)
                yield cells
            if found:
                return
    except UserError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part of the file leads to
        raise _refused("not-a-ledger", _("このExcelファイルは壊れているか、読めない形式です。")) from error


def _sheet_row(row: Mapping[int, Any]) -> tuple[str, ...]:
    """A row of a sheet up to its last cell with anything in it."""
    texts = {place: text for place, value in row.items() if (text := _text(value))}
    if not texts:
        return ()
    last = max(texts)
    if last >= MOST_COLUMNS:
        raise _too_wide()
    return tuple(texts.get(place, "") for place in range(last + 1))


def _text(cell: Any) -> str:
    """A cell as a text: whole numbers without a point, days as ISO, one line."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime):
        midnight = cell.time().isoformat() == "00:00:00"
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())[:LONGEST_CELL]
