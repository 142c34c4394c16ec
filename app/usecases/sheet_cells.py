"""Values as a spreadsheet may be given them: text that looks like a formula (``=…``, ``+…``, ``-…``, ``@…``)
stays text.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

Value = str | int | date | None

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a formula begins; a Japanese spreadsheet may take the wide signs for one, too."""
_YEN_FORMAT: Final = "#,##0;[Red]-#,##0"
_DAY_FORMAT: Final = "yyyy/mm/dd"


def harmless(value: Value) -> Value:
    """For a CSV file: a text that would be run as a formula with the mark that makes it text; all else as it
    is, "" for nothing.
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def cell_of(sheet: Any, value: Value, font: Any = None) -> Any:
    """For a workbook that is written row by row: a cell of a kind that is not taken for another. Text stays
    text, figures and days get their format; None for nothing.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str) and font is None and not value.startswith(_FORMULA):
        return value  # plain text needs no cell of its own, which would cost as much as the row
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
    elif isinstance(value, int):
        cell.number_format = _YEN_FORMAT
    else:
        cell.number_format = _DAY_FORMAT
    if font is not None:
        cell.font = font
    return cell
