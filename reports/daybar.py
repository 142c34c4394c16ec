"""A day as bars: hours above, a bar of work, breaks and ways for each technician."""

from __future__ import annotations

from typing import Final

from app.papers.model import DayBar, Lane, Stretch
from reports.sheet import Document, Sheet
from reports.style import ACCENT, CLAUSE, FINE, HAIR, INK, LABEL, POINT, SUB, TINT, Colour, Type
from reports.tables import Block, Ruled, keep_together

_BARS: Final = 18.0  # from the left edge to the first hour
_END: Final = 5.0  # from the last hour to the right edge
_HOURS: Final = 5.6  # the height of the line of hours
_BAR: Final = 6.4
_LANE: Final = 7.6
_INSIDE: Final = 0.9  # from a bar's edge to its words
_BETWEEN: Final = 0.25  # what two bars keep apart
_WHITE: Final[Colour] = (1.0, 1.0, 1.0)
_TONES: Final[dict[str, tuple[Colour | None, Colour]]] = {
    "strong": (ACCENT, _WHITE),
    "plain": (TINT, INK),
    "gap": (None, SUB),
}
_WORDS: Final = Type(CLAUSE.size)


def day_bar(document: Document, section: DayBar, span: tuple[float, float]) -> tuple[Ruled, list[Block]]:
    """The hours and the lanes of a day, ready to be laid on a page."""
    left, right = span
    first, last = section.hours[0][0], section.hours[-1][0]
    scale = (right - _END - left - _BARS) / max(last - first, 1)

    def place(minute: int) -> float:
        return left + _BARS + (minute - first) * scale

    def draw_hours(sheet: Sheet, y: float) -> None:
        bottom = y + _HOURS + _LANE * len(section.lanes) + 0.6
        for minute, words in section.hours:
            x = place(minute)
            sheet.text(x, y, words, LABEL, "center")
            sheet.upright(x, y + _HOURS - 1.4, bottom, FINE, HAIR)

    blocks = [Block(_HOURS, draw_hours)]
    blocks += [
        _lane(document, lane, left, [(place(one.first), place(one.last)) for one in lane.stretches])
        for lane in section.lanes
    ]
    keep_together(blocks)
    return Ruled(left, right, None, lined=False, topped=False), blocks


def _lane(document: Document, lane: Lane, left: float, places: list[tuple[float, float]]) -> Block:
    name = document.fitted(lane.name, LABEL._replace(colour=INK), _BARS - 2)

    def draw(sheet: Sheet, y: float) -> None:
        middle = y + _BAR / 2
        names = document.lines(lane.name, name, _BARS - 2)[:2]
        top = middle - name.size * POINT * len(names) / 2
        for line in names:
            sheet.text(left, top, line, name)
            top += name.size * POINT
        for stretch, (start, end) in zip(lane.stretches, places, strict=True):
            _draw_stretch(sheet, stretch, (start, end), y)

    return Block(_LANE, draw)


def _draw_stretch(sheet: Sheet, stretch: Stretch, place: tuple[float, float], y: float) -> None:
    start, end = place
    ground, ink = _TONES[stretch.tone]
    if ground:
        sheet.box(start + _BETWEEN, y, end - start - 2 * _BETWEEN, _BAR, ground)
    kind = _WORDS._replace(colour=ink)
    room = end - start - 2 * (_INSIDE if ground else 0.0)
    words = next((one for one in stretch.words if sheet.document.width(one, kind) <= room), "")
    top = y + (_BAR - kind.size * POINT) / 2
    if ground:
        sheet.text(start + _INSIDE, top, words, kind)
    elif words:
        width = sheet.document.width(words, kind)
        middle = (start + end) / 2
        sheet.box(middle - width / 2, y, width, _BAR, _WHITE)  # no hour's mark runs through words
        sheet.text(middle, top, words, kind, "center")
