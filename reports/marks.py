"""What stands on pages as a drawing: the QR code with the number, and the word across a draft."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin
from typing import Final

from reports.characters import printable
from reports.fonts import Letters
from reports.sheet import Document
from reports.style import HEIGHT, POINT, QR, WIDTH

_TURN: Final = radians(35)
_WIDEST: Final = 185.0  # the word across the page, mm
_TALLEST: Final = 62.0
_MIDDLE: Final = (107.0, 152.0)  # mm from the bottom left


def qr_shape(document: Document, text: str) -> str:
    """A QR code as a shape of the document, its side ``QR[2]`` mm."""
    rows = qr_rows(text)
    side = QR[2] / POINT
    module = side / len(rows)
    parts = []
    for row, bits in enumerate(rows):
        column = bits.find("1")
        while column >= 0:
            end = bits.find("0", column)
            end = len(rows) if end < 0 else end
            bottom = side - (row + 1) * module
            parts.append(f"{column * module:.3f} {bottom:.3f} {(end - column) * module:.3f} {module:.3f} re")
            column = bits.find("1", end)
    # One path, filled once: modules that touch leave no seam.
    return document.add_shape("\n".join([*parts, "f"]), (side, side))


@lru_cache(maxsize=64)
def qr_rows(text: str) -> tuple[str, ...]:
    """The modules of a paper's QR code, row by row, ``1`` for dark: alphanumeric, level M (ISO/IEC 18004).

    Raises ValueError for a text it can't hold: numbers are capital letters, digits, ``-`` and ``/``.
    """
    import segno  # only issued papers carry a code

    code = segno.make_qr(text, error="m", mode="alphanumeric", boost_error=False)
    return tuple("".join(map(str, row)) for row in code.matrix)


def draft_shape(document: Document, words: str) -> str:
    """A word in large letters across the page, as outlines: copying the page's text never picks it up."""
    words = printable(words)
    letters = document.letters("bold")
    em = min(_TALLEST, _WIDEST / max(letters.width(words), 1)) / POINT
    start = -letters.width(words) * em / 2
    parts = [
        (
            f"{cos(_TURN):.4f} {sin(_TURN):.4f} {-sin(_TURN):.4f} {cos(_TURN):.4f} "
            f"{_MIDDLE[0] / POINT:.2f} {_MIDDLE[1] / POINT:.2f} cm"
        )
    ]
    parts += outlines(letters, words, em, start, -0.38 * em)
    return document.add_shape("\n".join([*parts, "f"]), (WIDTH / POINT, HEIGHT / POINT))


def outlines(letters: Letters, words: str, em: float, x: float, y: float) -> list[str]:
    """The operators of a printable text's outlines, to be filled: ``em`` is its size, x and y where its
    baseline begins, all in points from the bottom left.
    """
    letters.width(words)  # meets every character
    operators: list[str] = []
    for character in words:
        font, glyph = letters.glyphs[character]
        pen = _OutlinePen(em / font.units_per_em, x, y)
        font.outline(glyph, pen)
        operators += pen.operators
        x += letters.advances[character] * em
    return operators


class _OutlinePen:
    """Writes an outline as PDF operators; quadratic curves become cubic ones."""

    def __init__(self, scale: float, x: float, y: float) -> None:
        self._scale, self._x, self._y = scale, x, y
        self._at = (0.0, 0.0)
        self.operators: list[str] = []

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the names pens have
        self._add("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._add("l", point)

    def qCurveTo(self, handle: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        thirds = [(2 * handle[0] + side[0]) / 3 for side in (self._at, end)]
        heights = [(2 * handle[1] + side[1]) / 3 for side in (self._at, end)]
        self._add("c", (thirds[0], heights[0]), (thirds[1], heights[1]), end)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("c", *points)

    def closePath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def endPath(self) -> None:  # noqa: N802
        """Outlines of glyphs are always closed."""

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self._at = points[-1]
        places = " ".join(
            f"{self._x + x * self._scale:.2f} {self._y + y * self._scale:.2f}" for x, y in points
        )
        self.operators.append(f"{places} {operator}")
