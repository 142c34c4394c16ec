"""The family's look in one place: grid, type, rules and colours of every printed paper.

Lengths are millimetres from the paper's top left corner, type sizes points, colours RGB from 0 to 1. The
y of a text is the top of its em box; the baseline lies ``BASELINE`` of the size below it. No other module
holds a measure that two papers share.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Colour = tuple[float, float, float]
Face = Literal["regular", "bold", "title"]

POINT: Final = 25.4 / 72  # millimetres
BASELINE: Final = 0.88


def _rgb(code: int) -> Colour:
    return (round((code >> 16) / 255, 4), round((code >> 8 & 255) / 255, 4), round((code & 255) / 255, 4))


INK: Final = _rgb(0x1A1A1A)
SUB: Final = _rgb(0x5A5F63)  # labels, reasons, clauses
HAIR: Final = _rgb(0xB9BFC4)
ACCENT: Final = _rgb(0x1E4D6B)
TINT: Final = _rgb(0xEEF2F5)  # only "this contract's own case"
SEAL_STRENGTH: Final = 0.9
WATERMARK: Final = _rgb(0xF0F2F4)  # far paler than a hairline: text on it keeps its contrast


class Type(NamedTuple):
    """How a piece of text looks: size in points, tracking in em added after every character."""

    size: float
    face: Face = "regular"
    colour: Colour = INK
    tracking: float = 0.0

    def at(self, size: float) -> Type:
        """The same at another size."""
        return self._replace(size=size)

    def tracked(self, tracking: float) -> Type:
        """The same with its letters further apart."""
        return self._replace(tracking=tracking)

    def bold(self) -> Type:
        """The same in bold."""
        return self._replace(face="bold")


# The page
WIDTH: Final = 210.0
HEIGHT: Final = 297.0
LEFT: Final = 22.0  # room for filing holes
RIGHT: Final = 192.0
WHOLE: Final = (LEFT, RIGHT)
LEFT_HALF: Final = (22.0, 105.0)
RIGHT_HALF: Final = (109.0, 192.0)
BLOCK: Final = 123.5  # where the block on the right begins
ROWS_END: Final = 271.0  # rows of a table that goes on
CARRY_ON: Final = 272.5  # 次のページにつづく
BODY_END: Final = 277.0
FOOTER: Final = 283.0
SECTION_TOP: Final = 37.0  # a section that opens a page
CONTINUED_TABLE: Final = 30.0  # a table that goes on sits on the accent rule
ACCENT_RULE: Final = 30.0

# Sections
SECTION_HEAD: Final = 6.0  # from a section's head to what it heads
BAR: Final = (1.2, 3.4)
BAR_TO_WORDS: Final = 3.2

# Rules, points
FINE: Final = 0.25
RULE: Final = 0.5
HEAVY: Final = 1.25

# Type
TITLE: Final = Type(20, "title")
CONTINUED_TITLE: Final = Type(13, "title")
HEADLINE: Final = Type(22, "bold")
HEADLINE_LONG: Final = Type(18, "bold")  # beyond 999,999,999
HEADLINE_UNIT: Final = Type(11, "bold")
HEADLINE_WORDS: Final = Type(15, "bold")
ADDRESSEE: Final = Type(12, "bold")
DEPARTMENT: Final = Type(9.5)
HONORIFIC: Final = Type(11)
COMPANY: Final = Type(10, "bold")
SECTION: Final = Type(9.5, "bold")
TEXT: Final = Type(8.5)
POINTS: Final = Type(8)
LABEL: Final = Type(7.5, colour=SUB)
GROUP: Final = Type(8.5, "bold", ACCENT)
CLAUSE: Final = Type(7, colour=SUB)
FOOT: Final = Type(7, colour=SUB)
FACT: Final = Type(9.5)
FACT_TIGHT: Final = Type(8.5)

SMALLEST: Final = 7.0

TEXT_PITCH: Final = 5.0
POINTS_PITCH: Final = 4.5
LABEL_PITCH: Final = 4.25

# Tables
TABLE_HEAD: Final = 5.9
REASON: Final = 3.75  # what a reason line adds to its row
WRAP_PITCH: Final = 4.75  # further lines of an item's name


class Spacing(NamedTuple):
    """How far apart rows, numbered points and sections stand."""

    row: float
    point: float
    section: float


NORMAL: Final = Spacing(7.0, 6.25, 9.5)
DENSE: Final = Spacing(6.25, 5.6, 8.0)  # where a page would spill over
TIGHT: Final = Spacing(6.0, 5.4, 7.5)  # where it still would

# Figures: 1 is narrower than the other digits, so amounts stand digit by digit on a fixed advance
DIGIT: Final = 0.70
COMMA: Final = 0.31

QR: Final = (179.0, 13.75, 13.0)
SEAL: Final = (175.0, 47.75, 17.0)
LOGO: Final = (123.5, 52.5, 7.0)


def title_type(title: str, kind: Type, widest: float = 1.0) -> Type:
    """How a title looks: Japanese in mincho, short ones spaced wide, long ones close (em, at most
    ``widest``).

    Latin letters of that mincho are half as wide as they are high; such titles stand in the gothic.
    """
    if title.isascii():
        return kind.bold()
    spaced = 0.45 if len(title) <= 3 else 0.18 if len(title) <= 5 else 0.03
    return kind.tracked(min(spaced, widest))
