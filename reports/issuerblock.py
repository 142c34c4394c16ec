"""Our own company on page 1: mark, name, the lines under it, and the seal over the end of its name."""

from __future__ import annotations

from typing import Final, NamedTuple

from app.papers.model import IssuerBlock
from reports.namebreak import UNEVEN, break_name
from reports.page import below_baseline
from reports.sheet import Document, Picture, Sheet
from reports.style import BLOCK, COMPANY, LABEL_PITCH, LOGO, POINT, RIGHT, SEAL, SEAL_STRENGTH, Type

_COMPANY_LINE: Final = Type(7.5)
_SMALLEST_LINE: Final = 7.0  # points; one smaller line is better than two
_COMPANY_TOP: Final = 63.0
_MOST_LINES: Final = 3
_NAME_TOP: Final = 54.2
_NAME_PITCH: Final = 3.9
_NAME_ROOM: Final = 7.2  # from the first of three lines to the last
_LOGO_WIDEST: Final = 24.0
_BESIDE_SEAL: Final = 172.0
_UNDER_SEAL: Final = 6.9  # of the name, from its end: its last two characters
_NEAR: Final = 1.5
_HIGHER: Final = 46.0  # the seal's top where lines stand under it
_CLOSEST_LINES: Final = 3.5
CLEAR: Final = 3.0  # between the lowest line and the headline
HEADLINE_TOP: Final = 89.0


class _Name(NamedTuple):
    """The company's name as it is set: where its lines begin, their type and where the last one ends."""

    left: float
    kind: Type
    lines: list[str]
    end: float


def draw_issuer(sheet: Sheet, issuer: IssuerBlock, logo: Picture | None) -> float:
    """Mark, name and lines of our own company; returns where they end."""
    document = sheet.document
    x, top, height = LOGO
    if issuer.logo and logo:
        width = _logo_width(logo)
        drawn = width * logo.height / logo.width
        sheet.picture(document.add_picture(logo), (x, top + (height - drawn) / 2, width, drawn))
    name = _name(document, issuer, logo)
    pitch = min(_NAME_PITCH, _NAME_ROOM / max(len(name.lines) - 1, 1))
    y = _NAME_TOP - pitch * (len(name.lines) - 1) / 2
    for line in name.lines:
        sheet.text(name.left, y + below_baseline(name.kind, COMPANY), line, name.kind)
        y += pitch
    return _draw_lines(sheet, issuer, beside_seal=_seal_left(name) >= SEAL[0])


def draw_seal(sheet: Sheet, seal: Picture, issuer: IssuerBlock, logo: Picture | None) -> None:
    """The company's seal over the last two characters of its name; drawn after everything else.

    Where the name is short the seal follows it to the left and stands higher, clear of the lines under it.
    """
    x, y, side = SEAL
    left = _seal_left(_name(sheet.document, issuer, logo))
    if left < x:
        x, y = left, _HIGHER
    scale = side / max(seal.width, seal.height)
    width, height = seal.width * scale, seal.height * scale
    place = (x + (side - width) / 2, y + (side - height) / 2, width, height)
    sheet.picture(sheet.document.add_picture(seal), place, SEAL_STRENGTH)


def _seal_left(name: _Name) -> float:
    """Where the square of the seal begins: in its usual place unless that is clearly beyond the name."""
    left = name.end - _UNDER_SEAL
    return left if left < SEAL[0] - _NEAR else SEAL[0]


def _logo_width(logo: Picture) -> float:
    return min(_LOGO_WIDEST, LOGO[2] * logo.width / logo.height)


def _name(document: Document, issuer: IssuerBlock, logo: Picture | None) -> _Name:
    left = BLOCK + _logo_width(logo) + 2 if issuer.logo and logo else BLOCK
    kind = document.fitted(issuer.name, COMPANY, RIGHT - left, 8.5)
    lines = break_name(issuer.name, RIGHT - left, 2, document.measure(kind))
    while len(lines) > _MOST_LINES and kind.size > _SMALLEST_LINE:
        kind = kind.at(kind.size - 0.5)
        lines = break_name(issuer.name, RIGHT - left, 2, document.measure(kind))
    return _Name(left, kind, lines, left + (document.width(lines[-1], kind) if lines else 0.0))


def _draw_lines(sheet: Sheet, issuer: IssuerBlock, *, beside_seal: bool) -> float:
    """The lines under our name: those beside the seal keep clear of it, many of them stand closer
    together.
    """
    beside = (_BESIDE_SEAL if issuer.seal and beside_seal else RIGHT) - BLOCK
    lines: list[tuple[str, Type]] = []
    for text in issuer.lines:
        room = RIGHT - BLOCK if lines else beside
        kind = sheet.document.fitted(text, _COMPANY_LINE, room, _SMALLEST_LINE)
        broken = break_name(text, room, 2, sheet.document.measure(kind), UNEVEN)
        kind = kind if len(broken) == 1 else _COMPANY_LINE
        measure = sheet.document.measure(kind)
        lines += [(line, kind) for line in break_name(text, room, 2, measure, UNEVEN)]
    size = _COMPANY_LINE.size * POINT
    room = HEADLINE_TOP - CLEAR - _COMPANY_TOP - size
    pitch = min(LABEL_PITCH, max(_CLOSEST_LINES, room / max(len(lines) - 1, 1)))
    for place, (line, kind) in enumerate(lines):
        top = _COMPANY_TOP + pitch * place + below_baseline(kind, _COMPANY_LINE)
        sheet.text(BLOCK, top, line, kind)
    return _COMPANY_TOP + pitch * (len(lines) - 1) + size if lines else _COMPANY_TOP
