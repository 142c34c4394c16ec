"""What can be told of a PNG or JPEG file from its frame, without decoding it: how large it is, and whether it
came whole. Reads each byte at most once, so that no file costs more time or memory than its length.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8\xff"
MOST_PIXELS: Final = 25_000_000
"""More is no seal and no logo: as pixels it would fill the memory."""

_NO_SIZE: Final = frozenset({0xC4, 0xC8, 0xCC})  # among C0…CF these are tables, not frames
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length


@dataclass(frozen=True)
class ImageFacts:
    """Pixels across and down, as the file says, and whether it is whole: nothing cut off, no byte flipped
    where the format can tell.
    """

    width: int
    height: int
    whole: bool

    @property
    def square(self) -> bool:
        """Whether it is as high as it is wide, but for a tenth."""
        return abs(self.width - self.height) * 10 <= max(self.width, self.height)


def image_facts(data: bytes) -> ImageFacts | None:
    """What a file says of itself; None for anything but a PNG or JPEG with a size."""
    if data.startswith(PNG):
        return _png(data)
    if data.startswith(JPEG):
        return _jpeg(data)
    return None


def _png(data: bytes) -> ImageFacts | None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", data, 16)
    if not width or not height:
        return None
    at, ended, sound = len(PNG), False, True
    while at + 12 <= len(data) and not ended:
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data):
            break
        (told,) = struct.unpack_from(">I", data, end - 4)
        sound = sound and zlib.crc32(data[at + 4 : end - 4]) == told
        ended = data[at + 4 : at + 8] == b"IEND"
        at = end
    return ImageFacts(width, height, ended and sound)


def _jpeg(data: bytes) -> ImageFacts | None:
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in _ALONE or marker == 0xFF:
            at += 2 if marker in _ALONE else 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            if at + 9 > len(data):
                return None
            height, width = struct.unpack_from(">HH", data, at + 5)
            whole = data.rstrip(b"\0").endswith(b"\xff\xd9")
            return ImageFacts(width, height, whole) if width and height else None
        at += 2 + max(2, length)
    return None
