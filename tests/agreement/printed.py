"""What stands on the pages of a file, line by line, and whether it is what the finished paper says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from io import BytesIO
from typing import Final

import pypdf
import pypdfium2
import pypdfium2.raw

from app.papers.model import Cell, Halves, LineTable, Paper, Stack, Strong, Table
from app.papers.side import OwnCase, SidePart, SidePoints, SideTable, SideTables

_SAME_LINE: Final = 1.0  # points between the baselines of one line: small type beside large
_WORDS: Final = 4  # so many characters of a row's first words have to stand on its line
Line = list[str]


def lines_of(pdf: bytes) -> list[Line]:
    """The pieces of text that stand on one baseline, from the top of page 1 to the end of the last page."""
    found: list[Line] = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            textpage = page.get_textpage()
            pieces = [
                (-piece.get_matrix().f, piece.get_matrix().e, piece.extract().strip())
                for piece in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_TEXT,), textpage=textpage)
            ]
            at = float("-inf")
            for baseline, _x, text in sorted(pieces):
                if baseline - at > _SAME_LINE:
                    found.append([])
                    at = baseline
                found[-1].append(text)
    return found


def amounts_in(text: str) -> Counter[str]:
    """Every number in a text, as it is printed."""
    return Counter(re.findall(r"−?\d[\d,]*", text))


def shown(amount: int) -> str:
    """An amount as papers print it."""
    return f"{amount:,}".replace("-", "−")


def rows_of(paper: Paper) -> Iterator[list[tuple[str, list[int]]]]:
    """Of every table with amounts: the first words of each row, and its amounts."""
    for part in parts_of(paper):
        if isinstance(part, LineTable):
            yield list(_line_rows(part))
        elif isinstance(part, Table | SideTable):
            yield [(_words(row.cells), _amounts(row.cells)) for row in part.rows]


def _line_rows(table: LineTable) -> Iterator[tuple[str, list[int]]]:
    for group in table.groups:
        for row in group.rows:
            cells = (row.quantity, row.unit_price, row.amount)
            yield row.name, [one for one in cells if isinstance(one, int)]
        if group.subtotal is not None:
            yield group.subtotal_label, [group.subtotal]


def _words(cells: Sequence[Cell]) -> str:
    for cell in cells:
        text = cell.text if isinstance(cell, Strong | Stack) else cell
        if isinstance(text, str) and text.strip():
            return text
    return ""


def _amounts(cells: Sequence[Cell]) -> list[int]:
    return [cell for cell in cells if isinstance(cell, int)]


def agrees(paper: Paper, pdf: bytes) -> None:
    """Every row of the paper stands on a line of its own with its words and its amounts, in the paper's
    order; headline and facts stand on the first page; copying the file gives the same numbers.
    """
    lines = lines_of(pdf)
    for table in rows_of(paper):
        place = 0
        for words, amounts in table:
            if not amounts:
                continue
            place = next(
                (at for at in range(place, len(lines)) if _holds(lines[at], words, amounts)), len(lines)
            )
            assert place < len(lines), (words, amounts)
            place += 1
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages]
    if paper.headline.label and not paper.headline.words:
        heads = [paper.headline.amount, *(fact.amount for fact in paper.headline.facts)]
        for amount in heads:
            assert (shown(amount) if isinstance(amount, int) else amount) in pages[0]
    copied = amounts_in("\n".join(pages))
    said = Counter(shown(one) for table in rows_of(paper) for _words, row in table for one in row)
    assert not said - copied


def _holds(line: Line, words: str, amounts: Sequence[int]) -> bool:
    joined = "".join("".join(line).split())
    start = "".join(words.split())[:_WORDS]
    return start in joined and not Counter(map(shown, amounts)) - Counter(line)


def last_column(table: Table) -> list[int]:
    """The amounts of a table's lines, without heads and totals."""
    rows = [row for row in table.rows if not row.total and not row.group]
    return [row.cells[-1] for row in rows if isinstance(row.cells[-1], int)]


def parts_of(paper: Paper) -> Iterator[object]:
    """Every section, those in halves and the tables under side heads too."""
    for section in paper.sections:
        if isinstance(section, Halves):
            yield from (section.left, section.right)
        elif isinstance(section, SidePoints):
            for one in section.sections:
                for part in one.parts:
                    yield from _side_tables(part)
        else:
            yield section


def _side_tables(part: SidePart) -> Iterator[SideTable]:
    if isinstance(part, SideTables):
        yield from (part.left, part.right)
    elif isinstance(part, OwnCase):
        yield part.table
    elif isinstance(part, SideTable):
        yield part


def tables(paper: Paper) -> list[Table]:
    """The tables of a paper, those in halves too."""
    return [part for part in parts_of(paper) if isinstance(part, Table)]


def own_cases(paper: Paper) -> list[OwnCase]:
    """What a paper works out for this very contract."""
    sections = [one for one in paper.sections if isinstance(one, SidePoints)]
    parts = [part for section in sections for one in section.sections for part in one.parts]
    return [part for part in parts if isinstance(part, OwnCase)]
