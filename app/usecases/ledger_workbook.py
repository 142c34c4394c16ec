"""Rows of an Excel workbook, read part by part within bounds: a file of a few kilobytes can unpack to more
elements than a machine can hold, or claim the last of all columns in every row.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO, Any, Final, NamedTuple

from app.errors import Problem, UserError
from app.words import _

MOST_UNPACKED: Final = 200_000_000  # bytes; a workbook that unpacks to more is a trap
MOST_CELLS: Final = 1_500_000
_MOST_ELEMENTS: Final = 2 * MOST_CELLS  # a filled cell is an element with its value in another


class _Bounds(NamedTuple):
    """How many elements and bytes may be read at a stretch: their tree stands in memory at once."""

    elements: int
    size: int


_PART: Final = _Bounds(100_000, 20_000_000)
"""Of a part that is read whole, or of one row."""
_STRINGS: Final = _Bounds(_MOST_ELEMENTS // 2, 100_000_000)
"""Of the texts all cells share."""


def sheets(data: bytes) -> Iterator[Iterator[dict[int, Any]]]:
    """The sheets of a workbook, each as its rows from the first on: filled cells by their column from 0.
    Formulas count as what they last came to; rows left out in the file come as empty ones.

    Raises UserError ``too-large``; whatever else a broken part of the file leads to.
    """
    # openpyxl is slow to import, and seldom needed
    from openpyxl.packaging.manifest import Manifest
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.packaging.workbook import WorkbookPackage
    from openpyxl.reader.excel import _find_workbook_part
    from openpyxl.xml.constants import ARC_CONTENT_TYPES
    from openpyxl.xml.functions import fromstring

    with _Archive(data) as archive:
        manifest = Manifest.from_tree(fromstring(archive.read(ARC_CONTENT_TYPES)))
        part = _find_workbook_part(manifest).PartName[1:]
        book = WorkbookPackage.from_tree(fromstring(archive.read(part)))
        parts = get_dependents(archive, get_rels_path(part)).to_dict()
        reading = _reading_of(archive, manifest, old_days=bool(book.properties.date1904))
        for sheet in book.sheets:
            found = parts[sheet.id] if sheet.id else None
            if found is not None and found.target in archive.namelist() and "chartsheet" not in found.Type:
                yield _rows(archive, found.target, reading)


def _reading_of(archive: _Archive, manifest: Any, *, old_days: bool) -> dict[str, Any]:
    """What the cells refer to: texts, formats of days, and where days are counted from."""
    from openpyxl.styles.stylesheet import Stylesheet
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH
    from openpyxl.xml.constants import ARC_STYLE
    from openpyxl.xml.functions import fromstring

    reading: dict[str, Any] = {
        "shared_strings": _strings(archive, manifest),
        "data_only": True,
        "epoch": CALENDAR_MAC_1904 if old_days else WINDOWS_EPOCH,
    }
    if ARC_STYLE in archive.namelist():
        styles = Stylesheet.from_tree(fromstring(archive.read(ARC_STYLE)))
        reading["date_formats"], reading["timedelta_formats"] = styles.date_formats, styles.timedelta_formats
    return reading


def _strings(archive: _Archive, manifest: Any) -> list[str]:
    """The texts all cells share, without their readings (ふりがな). openpyxl takes several times as long."""
    from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    found = manifest.find(SHARED_STRINGS)
    if found is None:
        return []
    item, text, run = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "r"))
    texts = []
    archive.bounds = _STRINGS
    with archive.open(found.PartName[1:]) as source:
        for _event, node in iterparse(source):
            if node.tag == item:
                runs = (one.find(text) if one.tag == run else one for one in node if one.tag in {text, run})
                pieces = [one.text or "" for one in runs if one is not None]
                texts.append("".join(pieces).replace("x005F_", ""))
                node.clear()
    archive.bounds = _PART
    return texts


def _rows(archive: _Archive, part: str, reading: dict[str, Any]) -> Iterator[dict[int, Any]]:
    """The rows of one sheet. What the file says of its own size is not believed."""
    from openpyxl.worksheet._reader import WorkSheetParser

    following = 1
    with archive.open(part) as source:
        for number, cells in WorkSheetParser(source, **reading).parse():
            archive.begin_anew()
            for _missing in range(following, number):
                yield {}
            if number >= following:  # else a row that stands twice: the first counts
                yield {cell["column"] - 1: cell["value"] for cell in cells if cell["value"] is not None}
            following = max(following, number + 1)


class _Archive(zipfile.ZipFile):
    """A workbook's parts; reading one counts what it holds against the bounds in force."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        if sum(entry.file_size for entry in self.infolist()) > MOST_UNPACKED:
            raise _too_large(_("ファイルが大きすぎます（展開後200MBまで）。"))
        self.bounds = _PART
        self._elements = 0
        self._stretch = _Bounds(0, 0)

    def open(self, *arguments: Any, **options: Any) -> Any:
        """As of any archive."""
        self.begin_anew()
        return _Part(super().open(*arguments, **options), self)

    def begin_anew(self) -> None:
        """What was read so far no longer stands in memory."""
        self._stretch = _Bounds(0, 0)

    def count(self, data: bytes) -> None:
        """Take note of a piece of a part. UserError ``too-large``."""
        elements = data.count(b"<") - data.count(b"</")
        self._elements += elements
        self._stretch = _Bounds(self._stretch.elements + elements, self._stretch.size + len(data))
        over = self._stretch.elements > self.bounds.elements or self._stretch.size > self.bounds.size
        if over or self._elements > _MOST_ELEMENTS:
            raise _too_large(_("表が大きすぎます（{most}セルまで）。").format(most=f"{MOST_CELLS:,}"))


class _Part(io.BufferedIOBase):
    """A part while it is read."""

    _AT_ONCE: Final = 1 << 16

    def __init__(self, source: IO[bytes], archive: _Archive) -> None:
        self._source = source
        self._archive = archive
        self._last = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """The next so many bytes, or all that are left."""
        if size is not None and size >= 0:
            return self._counted(self._source.read(size))
        return b"".join(iter(lambda: self._counted(self._source.read(self._AT_ONCE)), b""))

    def _counted(self, data: bytes) -> bytes:
        self._archive.count(data)
        plain = (self._last + data).replace(b"\0", b"")  # as UTF-16 has it, too
        if b"<!DOCTYPE" in plain:  # an entity may hold any number of elements, which nobody would count
            raise ValueError("no workbook has a document type")
        self._last = (self._last + data)[-32:]
        return data

    def close(self) -> None:
        """Close it."""
        self._source.close()
        super().close()


def _too_large(what: str) -> UserError:
    return UserError(Problem("too-large", what, remedy=_("要らない行や列、シートを除いて保存してください。")))
