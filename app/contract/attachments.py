"""Scans and photos: what a file is, told from its first bytes, and how large it may be."""

from __future__ import annotations

from typing import Final

from app.errors import Problem, UserError
from app.words import N_, _

MOST_BYTES: Final = 25 * 1024 * 1024
"""A scan of many pages fits; a film does not."""

LONGEST_NAME: Final = 200
HEAD: Final = 64
"""How many bytes tell what a file is."""

ENDINGS: Final = ("pdf", "jpg", "jpeg", "png", "tif", "tiff", "heic", "heif", "webp", "gif", "bmp")

_STARTS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
)
_HEIF_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_NAMES: Final = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/heic": "HEIC",
    "image/webp": "WebP",
    "image/gif": "GIF",
    "image/bmp": N_("ビットマップ"),
}


def media_type_of(data: bytes) -> str:
    """The type of a file by its first bytes, whatever its name says; "" for one that is not taken."""
    for start, media_type in _STARTS:
        if data.startswith(start):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "image/heic"
    if b"%PDF-" in data[:1024]:  # some scanners write a line before it
        return "application/pdf"
    return ""


def type_words(media_type: str) -> str:
    """A type as people call it."""
    return _(_NAMES[media_type]) if media_type in _NAMES else media_type


def size_words(size: int) -> str:
    """``640 KB``, ``1.5 MB``, ``25 MB``: rounded up, so that nothing looks smaller than it is."""
    if size < 1024 * 1024:
        return f"{max(1, -(-size // 1024)):,} KB"
    tenths = -(-size * 10 // (1024 * 1024))
    return f"{tenths // 10}.{tenths % 10} MB" if tenths % 10 else f"{tenths // 10} MB"


def check_file(name: str, data: bytes) -> str:
    """The type of a file that may be attached.

    Raises UserError: ``file-empty``, ``file-too-large``, ``file-type``.
    """
    if not data:
        raise _refused("file-empty", _("「{name}」は空のファイルです。").format(name=name))
    if len(data) > MOST_BYTES:
        raise too_large(name, len(data))
    media_type = media_type_of(data)
    if not media_type:
        raise _refused(
            "file-type",
            _("「{name}」は添付できない種類のファイルです。").format(name=name),
            _("PDF・JPEG・PNG・TIFF・HEIC・WebP・GIF・ビットマップのどれかにしてください。"),
        )
    return media_type


def too_large(name: str, size: int) -> UserError:
    """What to tell of a file over the limit."""
    return _refused(
        "file-too-large",
        _("「{name}」は大きすぎます（{size}）。").format(name=name, size=size_words(size)),
        _("添付できるのは1件{most}までです。解像度を下げて読み取るか、分けてください。").format(
            most=size_words(MOST_BYTES)
        ),
    )


def _refused(code: str, what: str, remedy: str = "") -> UserError:
    return UserError(Problem(code, what, remedy=remedy, field="file"))
