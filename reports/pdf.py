"""A PDF file as bytes: numbered objects, compressed streams, cross-reference table. Knows nothing of
papers.

The same objects always give the same bytes: there is no clock and no chance in the file.
"""

from __future__ import annotations

import zlib
from hashlib import sha256

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def text_string(text: str) -> bytes:
    """A text outside the pages (title, author) in the form PDF wants it."""
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode() + b">"


def number(value: float) -> str:
    """A number with at most three decimals and no needless ones."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


class PdfFile:
    """Collects objects and writes them out. An object is referred to by the number ``add`` gave it."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        """The number of an object whose content comes later (``fill``)."""
        self._objects.append(b"null")
        return len(self._objects)

    def fill(self, reference: int, body: bytes) -> None:
        """Give a reserved object its content."""
        self._objects[reference - 1] = body

    def add(self, body: bytes) -> int:
        """Add an object; returns its number."""
        self._objects.append(body)
        return len(self._objects)

    def add_stream(self, data: bytes, entries: bytes = b"") -> int:
        """Add a stream, compressed; ``entries`` are further entries of its dictionary."""
        return self.add_compressed(zlib.compress(data, 6), entries)

    def add_compressed(self, data: bytes, entries: bytes = b"") -> int:
        """Add a stream whose bytes zlib has compressed already."""
        return self.add(
            b"<</Filter/FlateDecode/Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)
        )

    def finish(self, catalogue: int, information: int) -> bytes:
        """The whole file. Its identifier is drawn from its content."""
        parts = [_HEAD]
        offset = len(_HEAD)
        table = [b"0000000000 65535 f \n"]
        for index, body in enumerate(self._objects, start=1):
            part = b"%d 0 obj\n%s\nendobj\n" % (index, body)
            table.append(b"%010d 00000 n \n" % offset)
            parts.append(part)
            offset += len(part)
        identifier = sha256(b"".join(parts)).hexdigest()[:32].encode()
        size = len(table)
        parts.append(
            b"xref\n0 %d\n%strailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (size, b"".join(table), size, catalogue, information, identifier, identifier, offset)
        )
        return b"".join(parts)
