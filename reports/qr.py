"""The small QR code with a paper's number: capital letters, digits and ``/``, level M, versions 1 to 3.

Three versions of one block each are all a document number needs (up to 61 characters), and drawing them
here spares every cold start the import of a whole QR library. ISO/IEC 18004; the tests compare with
another implementation.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

Rows = tuple[str, ...]

_CHARACTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_CODEWORDS: Final = {1: (16, 10), 2: (28, 16), 3: (44, 26)}  # version: of data, of error correction (level M)
_FORMATS: Final = (0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0)  # level M with mask 0–7
_MASKS: Final[tuple[Callable[[int, int], bool], ...]] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
_RUNS: Final = re.compile("0{5,}|1{5,}")
_FINDER_LIKE: Final = re.compile("1011101(?=0000)|(?<=0000)1011101")
_PRIMITIVE: Final = 0x11D


@lru_cache(maxsize=64)
def qr_rows(text: str) -> Rows:
    """The modules of the code, row by row, ``1`` for dark. Raises ValueError for a text it can't hold."""
    version = next((one for one in _CODEWORDS if _fits(text, one)), 0)
    if not version or not set(text) <= set(_CHARACTERS):
        raise ValueError(f"no QR code of up to version 3 for {text!r}")
    size = 17 + 4 * version
    fixed = _fixed_modules(size)
    bits = "".join(f"{word:08b}" for word in _codewords(text, version)) + "0" * 7
    free = dict(zip(_path(size, fixed), map(int, bits), strict=False))
    return min((_drawn(size, fixed, free, mask) for mask in range(8)), key=_penalty)


def _fits(text: str, version: int) -> bool:
    return 13 + len(text) // 2 * 11 + len(text) % 2 * 6 <= _CODEWORDS[version][0] * 8


def _codewords(text: str, version: int) -> list[int]:
    data, correction = _CODEWORDS[version]
    values = [_CHARACTERS.index(character) for character in text]
    bits = f"0010{len(text):09b}"
    for first, second in zip(values[::2], values[1::2], strict=False):
        bits += f"{first * 45 + second:011b}"
    if len(values) % 2:
        bits += f"{values[-1]:06b}"
    bits += "0" * min(4, data * 8 - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[place : place + 8], 2) for place in range(0, len(bits), 8)]
    words += [(0xEC, 0x11)[place % 2] for place in range(data - len(words))]
    return words + _correction(words, correction)


def _correction(words: list[int], count: int) -> list[int]:
    """The remainder of the Reed-Solomon division over GF(256)."""
    powers, logs = [1] * 255, [0] * 256
    for exponent in range(1, 255):
        value = powers[exponent - 1] << 1
        powers[exponent] = value ^ _PRIMITIVE if value > 255 else value
        logs[powers[exponent]] = exponent

    def times(left: int, right: int) -> int:
        return powers[(logs[left] + logs[right]) % 255] if left and right else 0

    generator = [1]
    for exponent in range(count):
        shifted = [*generator, 0]
        for place, factor in enumerate(generator):
            shifted[place + 1] ^= times(factor, powers[exponent])
        generator = shifted
    remainder = words + [0] * count
    for place in range(len(words)):
        lead = remainder[place]
        for offset, factor in enumerate(generator):
            remainder[place + offset] ^= times(factor, lead)
    return remainder[-count:]


def _fixed_modules(size: int) -> dict[tuple[int, int], int]:
    """Modules that carry no data; those of the format are still light."""
    fixed = {(8, place): 0 for place in range(size) if place < 9 or place >= size - 8}
    fixed |= {(place, 8): 0 for place in range(size) if place < 9 or place >= size - 8}
    fixed |= {(6, place): 1 - place % 2 for place in range(8, size - 8)}
    fixed |= {(place, 6): 1 - place % 2 for place in range(8, size - 8)}
    fixed[size - 8, 8] = 1
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for row in range(-1, 8):
            for column in range(-1, 8):
                if 0 <= top + row < size and 0 <= left + column < size:
                    ring = max(abs(row - 3), abs(column - 3))
                    fixed[top + row, left + column] = int(ring not in {2, 4})
    if size > 21:  # the small square that version 1 lacks
        for row in range(-2, 3):
            for column in range(-2, 3):
                fixed[size - 7 + row, size - 7 + column] = int(max(abs(row), abs(column)) != 1)
    return fixed


def _path(size: int, fixed: dict[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    """The free modules in the order data fills them: pairs of columns from the right, up and down by
    turns.
    """
    upward = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in range(size - 1, -1, -1) if upward else range(size):
            for column in (right, right - 1):
                if (row, column) not in fixed:
                    yield row, column
        upward = not upward


def _drawn(size: int, fixed: dict[tuple[int, int], int], free: dict[tuple[int, int], int], mask: int) -> Rows:
    turned = _MASKS[mask]
    modules = fixed | {place: bit ^ turned(*place) for place, bit in free.items()}
    for place in range(15):
        bit = _FORMATS[mask] >> place & 1
        modules[_format_row(place, size), 8] = bit
        modules[8, _format_column(place, size)] = bit
    modules[size - 8, 8] = 1
    return tuple("".join(str(modules[row, column]) for column in range(size)) for row in range(size))


def _format_row(place: int, size: int) -> int:
    if place < 6:
        return place
    return place + 1 if place < 8 else size - 15 + place


def _format_column(place: int, size: int) -> int:
    if place < 8:
        return size - 1 - place
    return 7 if place == 8 else 14 - place


def _penalty(rows: Rows) -> int:
    """How hard a drawing is to read: runs, blocks, patterns like the corners, uneven darkness."""
    size = len(rows)
    total = 0
    for line in (*rows, *map("".join, zip(*rows, strict=True))):
        total += sum(len(run) - 2 for run in _RUNS.findall(line))
        total += 40 * len(_FINDER_LIKE.findall(f"0000{line}0000"))
    numbers = [int(row, 2) for row in rows]
    every = (1 << size) - 1
    for upper, lower in itertools.pairwise(numbers):
        dark, light = upper & lower, ~upper & ~lower & every
        total += 3 * ((dark & dark >> 1).bit_count() + (light & light >> 1).bit_count())
    dark_share = 100 * sum(number.bit_count() for number in numbers) / size**2
    return total + 10 * int(abs(dark_share - 50) / 5)
