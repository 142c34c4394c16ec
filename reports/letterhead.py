"""The top of page 1: whom the paper is for, what it is, who we are, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.papers.model import Addressee, LabelValue, Paper
from reports.issuerblock import CLEAR, HEADLINE_TOP, draw_issuer
from reports.labels import draw_label_value, indent_of
from reports.namebreak import UNEVEN, break_name
from reports.page import below_baseline
from reports.placehead import draw_place
from reports.sheet import Picture, Sheet
from reports.style import (
    ACCENT,
    ACCENT_RULE,
    ADDRESSEE,
    BLOCK,
    DEPARTMENT,
    HONORIFIC,
    LABEL_PITCH,
    LEFT,
    POINT,
    QR,
    RIGHT,
    RULE,
    TEXT,
    TEXT_PITCH,
    TITLE,
    Type,
    title_type,
)

_ADDRESS: Final = Type(8.5)
_ADDRESS_TIGHT: Final = Type(7.5)
_ADDRESS_WIDTH: Final = 86.0
_UNDER_ADDRESS: Final = 0.5  # least room between address and name
_NAME_END: Final = 121.0  # beyond it stands the title
_TITLE_TOP: Final = 14.2
_ROWS_TOP: Final = 33.0
_ROWS_PITCH: Final = 4.75
_ROW_VALUES: Final = 19.0  # from the left of the block
_OPENING: Final = 60.0
_LEAST_OPENING: Final = 8.0  # points; longer words take two lines
_SUBJECT: Final = 68.5
_BEFORE_SUBJECT: Final = 3.0
_SUBJECT_VALUES: Final = 22.0
_SUBJECT_END: Final = 119.0


def draw_letterhead(sheet: Sheet, paper: Paper, logo: Picture | None) -> float:
    """Draw everything above the headline; returns where the headline begins (mm)."""
    if paper.place:
        place_end = draw_place(sheet, paper.place)
        _draw_title(sheet, paper)
        return max(place_end, draw_issuer(sheet, paper.issuer, logo) + CLEAR)
    _draw_addressee(sheet, paper.addressee)
    _draw_title(sheet, paper)
    company_end = draw_issuer(sheet, paper.issuer, logo)
    opening_end = _draw_opening(sheet, paper.opening)
    subject_end = max(opening_end, _draw_subject(sheet, paper.subject_rows, opening_end))
    return max(HEADLINE_TOP, company_end + CLEAR, subject_end + CLEAR)


def _draw_addressee(sheet: Sheet, addressee: Addressee) -> None:
    sheet.text(LEFT, 13.5, addressee.postal, _ADDRESS)
    _draw_name(sheet, addressee, _draw_address(sheet, addressee.address))


def _draw_address(sheet: Sheet, address: Sequence[str]) -> float:
    """The address on two lines, or smaller on as many as it needs; returns where it ends."""
    kind, y, pitch = _ADDRESS, 17.75, 4.25
    lines = _address_lines(sheet, address, kind)
    if len(lines) > 2:
        kind, y, pitch = _ADDRESS_TIGHT, 17.4, 3.2
        lines = _address_lines(sheet, address, kind)
    for line in lines:
        sheet.text(LEFT, y, line, kind)
        y += pitch
    return y - pitch + kind.size * POINT


def _address_lines(sheet: Sheet, address: Sequence[str], kind: Type) -> list[str]:
    measure = sheet.document.measure(kind)
    return [line for part in address for line in break_name(part, _ADDRESS_WIDTH, 2, measure, UNEVEN)]


def _draw_name(sheet: Sheet, addressee: Addressee, below: float) -> None:
    kind, lines, y, pitch, after = _name_lines(sheet, addressee.name)
    y = max(y, below + _UNDER_ADDRESS)
    for line in lines:
        sheet.text(LEFT, y, line, kind)
        y += pitch
    if addressee.last_line:
        _draw_last_line(sheet, addressee, y + after)
        return
    document = sheet.document
    start = LEFT + document.width(lines[-1] if lines else "", kind) + kind.size * POINT
    if start + document.width(addressee.honorific, HONORIFIC) > _NAME_END:
        sheet.text(LEFT, y + after, addressee.honorific, HONORIFIC)
    else:
        sheet.text(start, y - pitch + below_baseline(HONORIFIC, kind), addressee.honorific, HONORIFIC)


def _name_lines(sheet: Sheet, name: str) -> tuple[Type, list[str], float, float, float]:
    """Type, lines, top, pitch of a name, and what follows its last line before the department."""
    document = sheet.document
    if document.width(name, ADDRESSEE) <= _ADDRESS_WIDTH:
        return ADDRESSEE, [name] if name else [], 27.4, 4.75, 0.85
    kind = ADDRESSEE.at(10.5)
    lines = break_name(name, _ADDRESS_WIDTH, 2, document.measure(kind))
    if len(lines) <= 2:
        return kind, lines, 26.75, 4.75, 0.0
    kind = ADDRESSEE.at(9.5)
    return kind, break_name(name, _ADDRESS_WIDTH, 3, document.measure(kind)), 26.25, 4.25, 0.5


def _draw_last_line(sheet: Sheet, addressee: Addressee, y: float) -> None:
    """Department, person and 御中 or 様."""
    document = sheet.document
    gap = TEXT.size * POINT
    room = _NAME_END - LEFT - document.width(addressee.honorific, HONORIFIC) - gap
    kind = document.fitted(addressee.last_line, DEPARTMENT, room, 8.5)
    lines = document.lines(addressee.last_line, kind, room)
    for line in lines:
        sheet.text(LEFT, y + below_baseline(kind, HONORIFIC), line, kind)
        y += LABEL_PITCH
    start = LEFT + document.width(lines[-1], kind) + gap if lines else LEFT
    sheet.text(start, y - LABEL_PITCH, addressee.honorific, HONORIFIC)


def _draw_title(sheet: Sheet, paper: Paper) -> None:
    document = sheet.document
    title = document.fitted(paper.title, title_type(paper.title, TITLE), QR[0] - BLOCK - 3, 11)
    sheet.text(BLOCK, _TITLE_TOP, paper.title, title)
    sheet.rule(BLOCK, RIGHT, ACCENT_RULE, RULE, ACCENT)
    indent = indent_of(sheet, paper.head_rows, _ROW_VALUES)
    y = _ROWS_TOP
    for row in paper.head_rows:
        y = draw_label_value(sheet, row, (BLOCK, indent, RIGHT), y, _ROWS_PITCH)


def _draw_opening(sheet: Sheet, words: str) -> float:
    """The opening words, on as many lines as they need; returns where they end."""
    room = _SUBJECT_END - LEFT
    kind = sheet.document.fitted(words, TEXT, room, _LEAST_OPENING)
    lines = sheet.document.lines(words, kind, room)
    if len(lines) > 1:
        kind = TEXT
        lines = sheet.document.lines(words, kind, room)
    for place, line in enumerate(lines):
        sheet.text(LEFT, _OPENING + TEXT_PITCH * place, line, kind)
    return _OPENING + TEXT_PITCH * max(len(lines) - 1, 0) + TEXT.size * POINT


def _draw_subject(sheet: Sheet, rows: Sequence[LabelValue], below: float) -> float:
    """What the paper is about; returns where it ends."""
    indent = indent_of(sheet, rows, _SUBJECT_VALUES)
    y = max(_SUBJECT, below + _BEFORE_SUBJECT)
    for row in rows:
        y = draw_label_value(sheet, row, (LEFT, indent, _SUBJECT_END), y, TEXT_PITCH)
    return y - TEXT_PITCH + TEXT.size * POINT
