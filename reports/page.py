"""The pages of one paper while they fill: where the next thing stands, and what stands on every page."""

from __future__ import annotations

from typing import Final

from app.papers.model import Paper
from reports.marks import draft_shape, qr_shape
from reports.sheet import Document, Sheet
from reports.style import (
    ACCENT,
    ACCENT_RULE,
    BASELINE,
    CARRY_ON,
    CONTINUED_TITLE,
    FINE,
    FOOT,
    FOOTER,
    HAIR,
    HEIGHT,
    LABEL,
    LEFT,
    POINT,
    QR,
    RIGHT,
    RULE,
    SECTION_TOP,
    WATERMARK,
    Type,
    title_type,
)

_FOLDS: Final = (99.0, 198.0)  # a letter folded in three
_PUNCH: Final = 148.5
_CONTINUED_TRACKING: Final = 0.28


def below_baseline(kind: Type, beside: Type) -> float:
    """How far down a text starts so that it stands on the baseline of another (mm)."""
    return BASELINE * (beside.size - kind.size) * POINT


class Pages:
    """The pages of a paper, the last one open. ``y`` is where the next thing may begin."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self.document = document
        self._paper = paper
        self._qr = qr_shape(document, paper.qr) if paper.qr else ""
        self._across = draft_shape(document, paper.draft_mark) if paper.draft and paper.draft_mark else ""
        self.sheet = self._blank()
        self.y = SECTION_TOP
        self.right_y = SECTION_TOP  # where the right half is free
        if paper.plain_head:
            self._draw_title("")
        elif paper.mailed:
            for y in _FOLDS:
                self.sheet.rule(5, 9, y, FINE, HAIR)

    @property
    def count(self) -> int:
        """How many pages there are so far."""
        return len(self.document.sheets)

    def turn(self) -> None:
        """Close the page and open the next one."""
        self.sheet = self._blank()
        self._draw_title(self._paper.continued_title)
        self.y = self.right_y = SECTION_TOP

    def own_page(self) -> None:
        """Close the page and open one that does not go on with it."""
        self.sheet = self._blank()
        self._draw_title("")
        self.y = self.right_y = SECTION_TOP

    def _draw_title(self, continued: str) -> None:
        sheet, paper = self.sheet, self._paper
        title = title_type(paper.title, CONTINUED_TITLE, _CONTINUED_TRACKING)
        sheet.text(LEFT, 15.2, paper.title, title)
        end = LEFT + self.document.width(paper.title, title)
        sheet.text(end + 3, 15.2 + below_baseline(LABEL, title), continued, LABEL)
        sheet.text(LEFT, 22.2, paper.continuation, LABEL)
        sheet.rule(LEFT, RIGHT, ACCENT_RULE, RULE, ACCENT)

    def carry_on(self) -> None:
        """Say that a table goes on overleaf."""
        self.sheet.text(RIGHT, CARRY_ON, self._paper.continues, LABEL, "right")

    def finish(self) -> bytes:
        """Number the pages and close the file."""
        sheets = self.document.sheets
        for place, sheet in enumerate(sheets, start=1):
            sheet.text(LEFT, FOOTER, self._paper.footer, FOOT)
            sheet.text(RIGHT, FOOTER, f"{place} / {len(sheets)}", FOOT, "right")
        return self.document.finish()

    def _blank(self) -> Sheet:
        sheet = self.document.sheet()
        if self._across:
            sheet.shape(self._across, 0, 0, HEIGHT, WATERMARK)
        if self._qr:
            x, y, side = QR
            sheet.shape(self._qr, x, y, side)
        sheet.rule(5, 7.5, _PUNCH, FINE, HAIR)
        return sheet
