"""控: a mark on every page of a finished file, added behind its end so that its own bytes stay as they are
(an incremental update, ISO 32000-1, 7.5.6).

Reads only files that this room wrote itself: their table of objects stands at the end, each page is one
dictionary that names its parent and its content.
"""

from __future__ import annotations

import re
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import EnvironmentProblem
from app.places import resources
from app.words import _
from reports.characters import printable
from reports.fonts import Letters, shelf
from reports.marks import outlines
from reports.pdf import number
from reports.style import BASELINE, HEIGHT, INK, POINT, RIGHT, RULE

_TOP: Final = 5.0  # above the QR code and its white
_BOX: Final = 5.6  # the frame's height, mm
_SIDE: Final = 2.2  # from the frame to the words
_SIZE: Final = 9.5  # points

_END: Final = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_TABLE: Final = re.compile(rb"xref\n0 (\d+)\n")
_TRAILER: Final = re.compile(rb"trailer\n<</Size \d+(/Root (\d+) 0 R/Info \d+ 0 R)/ID\[<(\w+)><\w+>\]>>\n")
_TREE: Final = re.compile(rb"<</Type/Catalog/Pages (\d+) 0 R")
_KIDS: Final = re.compile(rb"<</Type/Pages/Count \d+/Kids\[([^\]]*)\]")
_PAGE: Final = re.compile(rb"(<</Type/Page/Parent \d+ 0 R/Contents) (\d+ 0 R)>>")
_ENTRY: Final = 20  # bytes of one line of the table


class _File(NamedTuple):
    """What a finished file says about itself at its end."""

    pdf: bytes
    table: int
    places: list[int]
    labels: bytes  # /Root … /Info …
    root: int
    identifier: bytes

    def body(self, reference: int, shape: re.Pattern[bytes]) -> re.Match[bytes]:
        """An object that must look a certain way."""
        head = b"%d 0 obj\n" % reference
        place = self.places[reference]
        if not self.pdf.startswith(head, place):
            raise _unreadable()
        return _found(shape.match(self.pdf, place + len(head)))

    @property
    def pages(self) -> list[int]:
        """The numbers of its pages."""
        tree = int(self.body(self.root, _TREE).group(1))
        return [int(kid) for kid in re.findall(rb"(\d+) 0 R", self.body(tree, _KIDS).group(1))]


def stamp_copy(pdf: bytes, words: str = "", fonts: Path | None = None) -> bytes:
    """The file with ``words`` (控 unless given) framed at the top right of every page. The given bytes stand
    unchanged at its beginning.

    Raises EnvironmentProblem (``paper-unreadable``) for a file this program did not write.
    """
    file = _read(pdf)
    letters = shelf(fonts or resources("fonts")).letters("bold")
    stamp = len(file.places)
    added = {stamp: _stream(_mark(letters, printable(words or _("控"))))}
    for page in file.pages:
        head, content = file.body(page, _PAGE).groups()
        added[page] = b"%s[%s %d 0 R]>>" % (head, content, stamp)
    return pdf + _update(file, added)


def _read(pdf: bytes) -> _File:
    table = int(_found(_END.search(pdf, max(len(pdf) - 64, 0))).group(1))
    head = _found(_TABLE.match(pdf, table))
    end = head.end() + int(head.group(1)) * _ENTRY
    trailer = _found(_TRAILER.match(pdf, end))
    places = [int(pdf[start : start + 10]) for start in range(head.end(), end, _ENTRY)]
    return _File(pdf, table, places, trailer.group(1), int(trailer.group(2)), trailer.group(3))


def _mark(letters: Letters, words: str) -> str:
    em = _SIZE * POINT
    width = letters.width(words) * em + 2 * _SIDE
    left, bottom = RIGHT - width, HEIGHT - _TOP - _BOX
    frame = " ".join(number(value / POINT) for value in (left, bottom, width, _BOX))
    baseline = bottom + (_BOX - em) / 2 + (1 - BASELINE) * em
    shapes = outlines(letters, words, _SIZE, (left + _SIDE) / POINT, baseline / POINT)
    ink = " ".join(map(number, INK))
    return "\n".join([f"q {ink} rg {ink} RG {number(RULE)} w {frame} re S", *shapes, "f Q"])


def _stream(content: str) -> bytes:
    data = zlib.compress(content.encode("ascii"), 6)
    return b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(data), data)


def _update(file: _File, added: dict[int, bytes]) -> bytes:
    """New objects, a table of their places that points back to the old one, and an end."""
    parts, table = [], []
    place = len(file.pdf)
    for reference, body in sorted(added.items()):
        part = b"%d 0 obj\n%s\nendobj\n" % (reference, body)
        parts.append(part)
        table.append(b"%d 1\n%010d 00000 n \n" % (reference, place))
        place += len(part)
    identifier = sha256(file.pdf + b"".join(parts)).hexdigest()[:32].encode()
    parts.append(
        b"xref\n0 1\n0000000000 65535 f \n%strailer\n<</Size %d%s/Prev %d/ID[<%s><%s>]>>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (b"".join(table), len(file.places) + 1, file.labels, file.table, file.identifier, identifier, place)
    )
    return b"".join(parts)


def _found(match: re.Match[bytes] | None) -> re.Match[bytes]:
    if match is None:
        raise _unreadable()
    return match


def _unreadable() -> EnvironmentProblem:
    return EnvironmentProblem(
        "paper-unreadable",
        _("この書類には控の印を付けられません。"),
        remedy=_(
            "Madoguchiが作ったPDFではないか、壊れています。「書類」の画面で保管状態を確認してください。"
        ),
    )
