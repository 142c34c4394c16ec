"""Single files made to hurt: small ones that unpack to what no machine holds, and long ones of nothing."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO

from tests.faults.sealed import box
from tests.workbooks import BOOK, MAIN, PARTS, SHEET, STRINGS, STYLES

_Pieces = Callable[[], Iterable[bytes]]


def image(kind: str, width: int = 24, height: int = 24) -> bytes:
    """A good picture."""
    from PIL import Image

    out = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (width, height), (200, 40, 40)).save(out, kind)
    return out.getvalue()


def many_pixels() -> bytes:
    """A picture of 900 million pixels in a few hundred bytes."""
    return _grey(30_000, 30_000, zlib.compress(b"\0" * 100_000))


def most_pixels() -> bytes:
    """One of as many pixels as are taken, in 25 KB."""
    return _grey(5_000, 5_000, zlib.compress(b"\0" * 5_001 * 5_000, 9))


def _grey(width: int, height: int, pixels: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def pdf(size: str) -> bytes:
    """A PDF with one page of so many points."""
    drawing = b"0 0 1 rg 10 10 50 50 re f"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R>>" % size.encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
    )
    out, places = b"%PDF-1.4\n", b""
    for number, one in enumerate(objects, start=1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj%s endobj\n" % (number, one)
    head = b"xref\n0 5\n0000000000 65535 f \n"
    tail = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + head + places + tail


def large_page() -> bytes:
    """A page of which one picture would take seven gigabytes."""
    return pdf("20000 20000")


def _book(part: str, pieces: _Pieces, *, wrapped: bool = True) -> Callable[[], bytes]:
    """A workbook one part of which is long. ``wrapped``: as rows of a sheet."""

    def made() -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in PARTS.items():
                if name != part:
                    archive.writestr(name, text)
            with archive.open(part, "w", force_zip64=True) as stream:
                if wrapped:
                    stream.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
                for piece in pieces():
                    stream.write(piece)
                if wrapped:
                    stream.write(b"</sheetData></worksheet>")
        return out.getvalue()

    return made


def _part(tag: str, pieces: _Pieces, inner: str = "") -> _Pieces:
    def made() -> Iterable[bytes]:
        yield f'<{tag} xmlns="{MAIN}">{f"<{inner}>" if inner else ""}'.encode()
        yield from pieces()
        yield f"{f'</{inner}>' if inner else ''}</{tag}>".encode()

    return made


def _sheets() -> Iterable[bytes]:
    head, found, tail = PARTS[BOOK].partition('<sheet name="台帳" sheetId="1" r:id="rId1"/>')
    yield head.encode()
    yield found.encode() * 45_000
    yield tail.encode()


HEAVY_BOOKS: tuple[Callable[[], bytes], ...] = (
    _book(SHEET, lambda: [b"<row><c><v>1</v></c></row>" * 40_000] * 300),  # 300 MB of rows
    _book(SHEET, lambda: [b"<row>", *[b"<c/>" * 1_000_000] * 45, b"</row>"]),  # 45 million cells in a row
    _book(SHEET, lambda: [b"<row>" + b"<c/>" * 90_000 + b"</row>"] * 40),  # as many as may be
    _book(SHEET, lambda: [b'<row><c r="XFD1"/></row>' * 10_000] * 10),  # the last column in every row
    _book(SHEET, lambda: [b'<row r="999999999"><c/></row>']),
    _book(SHEET, lambda: ['<row><c t="str"><v>𠮷'.encode(), *[b"a" * 1_000_000] * 190, b"</v></c></row>"]),
    _book(SHEET, lambda: [b"<a>" * 3_000_000, b"</a>" * 3_000_000]),
    _book(STRINGS, _part("sst", lambda: [b"<si/>" * 1_000_000] * 30), wrapped=False),
    _book(STYLES, _part("styleSheet", lambda: [b"<xf/>" * 90_000], "cellXfs"), wrapped=False),
    _book(STYLES, _part("styleSheet", lambda: [b"<xf/>" * 1_000_000] * 30, "cellXfs"), wrapped=False),
    _book(BOOK, _sheets, wrapped=False),
)
LONG_TABLES: tuple[Callable[[], bytes], ...] = (
    lambda: b"," * 49_000_000,
    lambda: "𠮷,".encode() + b" ," * 20_000_000,
    lambda: b'"' + b"a" * 49_000_000,
    lambda: b'"\n' * 20_000_000,
    lambda: b"\n" * 49_000_000,
)


def heavy_box() -> bytes:
    """A file of carried visits that unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _megabyte in range(1_000)) + packer.flush()
    return box(packed)
