"""What stands at the foot of a paper's last page: boxes for stamps, or the customer's signature."""

from __future__ import annotations

from typing import Final

from app.papers.model import SignatureBox, Stamps
from app.papers.side import ExplanationRecord
from reports.explained import ABOVE_BOX, draw_record
from reports.page import below_baseline
from reports.sheet import Sheet
from reports.style import (
    BODY_END,
    CLAUSE,
    INK,
    LABEL,
    LEFT,
    POINTS,
    RIGHT,
    RIGHT_HALF,
    RULE,
    Colour,
    Type,
)

_STAMP: Final = (18.0, 16.5)  # one box for a seal, its head apart
_STAMP_HEAD: Final = 4.8
_STAMPS_END: Final = 275.8
_BOX_END: Final = 271.0
_BOX_HEIGHT: Final = 38.0
_RECORD_END: Final = 275.5  # of the box beside the record of an explanation
_RECORD_HEIGHT: Final = 34.0
_INSIDE: Final = 3.0
_LINE: Final = 9.2  # from the box's foot up to the line signed on
_UNDER_LINE: Final = 2.2
_TOP: Final = 2.6
_NEXT: Final = 5.2
_PEN: Final = 1.05  # points
_PEN_COLOUR: Final[Colour] = (0x1B / 255, 0x2A / 255, 0x4A / 255)
_HUNDREDTHS: Final = 100  # strokes are in hundredths of a millimetre
_SIGNED: Final = (62.0, 15.5)  # the most room strokes take
_BELOW_LABEL: Final = 4.4  # from the label's top down to where strokes may begin, and the gap to the line
_PROOF: Final = 273.4


def foot_top(foot: Stamps | SignatureBox | ExplanationRecord) -> float:
    """Where the foot begins (mm)."""
    if isinstance(foot, Stamps):
        return _STAMPS_END - _STAMP_HEAD - _STAMP[1]
    if isinstance(foot, ExplanationRecord):
        return _RECORD_END - _RECORD_HEIGHT - ABOVE_BOX
    return _BOX_END - _BOX_HEIGHT


def draw_foot(sheet: Sheet, foot: Stamps | SignatureBox | ExplanationRecord) -> None:
    """Draw the foot in its own place."""
    if isinstance(foot, Stamps):
        _draw_stamps(sheet, foot)
    elif isinstance(foot, ExplanationRecord):
        draw_record(sheet, foot, foot_top(foot))
        _draw_signature(sheet, foot.signature, _RECORD_END - _RECORD_HEIGHT, _RECORD_END)
    else:
        _draw_signature(sheet, foot, foot_top(foot), _BOX_END)


def _draw_stamps(sheet: Sheet, stamps: Stamps) -> None:
    width, height = _STAMP
    top = foot_top(stamps)
    left = RIGHT - width * len(stamps.labels)
    for place, label in enumerate(stamps.labels):
        x = left + width * place
        sheet.frame((x, top, width, _STAMP_HEAD), RULE, INK)
        sheet.frame((x, top + _STAMP_HEAD, width, height), RULE, INK)
        kind = sheet.document.fitted(label, LABEL, width - 2)
        sheet.text(x + width / 2, top + 1.0 + below_baseline(kind, LABEL), label, kind, "center")


def _draw_signature(sheet: Sheet, box: SignatureBox, top: float, bottom: float) -> None:
    document = sheet.document
    left, right = RIGHT_HALF
    sheet.frame((left, top, right - left, bottom - top), RULE, INK)
    start, end = left + _INSIDE, right - _INSIDE
    words = document.fitted(box.words, POINTS, end - start)
    y = top + _TOP
    for line in document.lines(box.words, words, end - start)[:2]:
        sheet.text(start, y, line, words)
        y += 4.0
    label = document.fitted(box.label, LABEL, end - start)
    label_y = y + _NEXT - 4.0
    sheet.text(start, label_y, document.lines(box.label, label, end - start)[0], label)
    line_y = bottom - _LINE
    _draw_strokes(sheet, box, (start, end), line_y, line_y - label_y - _BELOW_LABEL)
    sheet.rule(start, end, line_y, RULE, INK)
    when = Type(POINTS.size)
    sheet.text(end, line_y + _UNDER_LINE, box.when, when, "right")
    room = end - start - document.width(box.when, when) - 3
    name = document.fitted(box.name, when, room)
    lines = document.lines(box.name, name, room)[:2]
    y = line_y + _UNDER_LINE + below_baseline(name, when) - (0.9 if len(lines) > 1 else 0.0)
    for line in lines:
        sheet.text(start, y, line, name)
        y += 3.0
    if box.proof:
        proof = document.fitted(box.proof, CLAUSE, RIGHT - LEFT)
        sheet.text(RIGHT, min(_PROOF, BODY_END), box.proof, proof, "right")


def _draw_strokes(
    sheet: Sheet, box: SignatureBox, span: tuple[float, float], line_y: float, room: float
) -> None:
    """The strokes at their own size, smaller where they need more ``room`` (mm), standing on the line."""
    points = [point for stroke in box.strokes for point in stroke]
    if not points:
        return
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    width, height = (max(xs) - min(xs)) / _HUNDREDTHS, (max(ys) - min(ys)) / _HUNDREDTHS
    most_wide, most_high = _SIGNED[0], min(_SIGNED[1], room)
    scale = min(1.0, most_wide / max(width, 0.01), most_high / max(height, 0.01))
    left = (span[0] + span[1] - width * scale) / 2
    top = line_y - 1.6 - height * scale
    lines = [
        [
            (left + (x - min(xs)) * scale / _HUNDREDTHS, top + (y - min(ys)) * scale / _HUNDREDTHS)
            for x, y in stroke
        ]
        for stroke in box.strokes
        if stroke
    ]
    sheet.strokes(lines, _PEN, _PEN_COLOUR)
