"""現在 / 変更後 / 差: a small table painted as one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.words import _
from ui.contracts.actions.shown import CompareRow, CompareSection
from ui.qt import RIGHT, Policy
from ui.theme import theme
from ui.widgets.paint import width_of, words


class CompareTable(QWidget):
    """Shows sections of rows. A screen reader reads it as lines of text."""

    def __init__(self) -> None:
        super().__init__()
        self._sections: tuple[CompareSection, ...] = ()
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.hide()

    def show_sections(self, sections: tuple[CompareSection, ...]) -> None:
        """Show other rows; without any it is not there."""
        self._sections = sections
        self.setFixedHeight(self._height())
        self.setVisible(bool(sections))
        self.setAccessibleName(self.as_text())
        self.update()

    def as_text(self) -> str:
        """The table as lines of text."""
        lines = []
        for section in self._sections:
            if section.heading:
                lines.append(section.heading)
            for row in section.rows:
                cells = (row.label, f"{row.before} → {row.after}", row.difference)
                lines.append("  ".join(cell for cell in cells if cell))
        return "\n".join(lines)

    @property
    def _row(self) -> int:
        return theme.size.price_line

    def _height(self) -> int:
        count = sum(len(one.rows) + bool(one.heading) for one in self._sections)
        return theme.size.reason_words + count * self._row + theme.size.xs * len(self._sections)

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(12), self._height())

    def _columns(self) -> tuple[int, int, int]:
        """The widths of the columns of figures, as wide as they need and no wider than there is room."""
        rows = [row for section in self._sections for row in section.rows]
        gap = theme.size.s
        found = []
        for head, role, cells in (
            (_("現在"), "panel", [row.before for row in rows]),
            (_("変更後"), "panel-bold", [row.after for row in rows]),
            (_("差"), "panel", [row.difference for row in rows]),
        ):
            widest = max((width_of(cell, role) for cell in cells), default=0)
            found.append(max(widest, width_of(head, "caption")) + gap if any(cells) else 0)
        label = max((width_of(row.label, "panel") for row in rows), default=0)
        if label + sum(found) > self.width():
            found[2] = 0  # what a row is about goes before the difference, which both amounts tell
        return found[0], found[1], found[2]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        s = theme.size
        widths = self._columns()
        y = 0
        heads = (_("現在"), _("変更後"), _("差"))
        self._cells(painter, y, s.reason_words, "", heads, widths, ("caption",) * 3, ("text2",) * 3)
        y += s.reason_words
        for place, section in enumerate(self._sections):
            self._line(painter, y, "frame" if not place else "line")
            y += s.xs // 2
            if section.heading:
                words(painter, QRect(0, y, self.width(), self._row), section.heading, "panel-bold", "text")
                y += self._row
            for row in section.rows:
                self._paint_row(painter, y, row, widths)
                y += self._row
            y += s.xs // 2

    def _line(self, painter: QPainter, y: int, tone: str) -> None:
        painter.setPen(QPen(theme.colour(tone), theme.size.hairline))
        painter.drawLine(0, y, self.width(), y)

    def _paint_row(self, painter: QPainter, y: int, row: CompareRow, widths: tuple[int, int, int]) -> None:
        cells = (row.before, row.after, row.difference)
        roles = ("panel", "panel-bold", "panel")
        self._cells(painter, y, self._row, row.label, cells, widths, roles, ("text2", "text", row.tone))

    def _cells(
        self,
        painter: QPainter,
        y: int,
        height: int,
        label: str,
        cells: tuple[str, str, str],
        widths: tuple[int, int, int],
        roles: tuple[str, ...],
        tones: tuple[str, ...],
    ) -> None:
        left = self.width() - sum(widths)
        words(painter, QRect(0, y, max(0, left), height), label, "panel", "text")
        x = left
        for cell, width, role, tone in zip(cells, widths, roles, tones, strict=True):
            if not width:
                continue
            words(painter, QRect(x, y, width, height), cell, role, tone, RIGHT)
            x += width
