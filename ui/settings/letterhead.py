"""How our own block looks on a paper, drawn as one types: the head of a 見積書, its parts where the paper has
them, in letters that can be read beside a form. Papers are in Japanese, whatever the window speaks.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.papers.issuer import Settings
from app.words import _, pgettext, speaking
from ui.qt import CENTRE, LEFT, RIGHT, Hint, Policy
from ui.settings.image_field import draw_within, picture_of
from ui.theme import theme
from ui.widgets.paint import lines_of, width_of, words

_BLOCK = 36  # per cent of the width: where the block on the right begins
_SEAL_STRENGTH = 0.9
_CODE = 21  # modules of a small QR code


class Letterhead(QWidget):
    """Shows a sheet with the letterhead of the settings given by `show_settings`."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._settings = Settings()
        self._data: tuple[bytes | None, bytes | None] = (None, None)
        self._logo = QPixmap()
        self._seal = QPixmap()
        self.setSizePolicy(Policy.Expanding, Policy.Preferred)
        self.setAccessibleName(_("書類の見え方"))

    def show_settings(self, settings: Settings, logo: bytes | None, seal: bytes | None) -> None:
        """Draw these."""
        self._settings = settings
        if (logo, seal) != self._data:  # every keystroke comes by here
            self._data = (logo, seal)
            self._logo, self._seal = picture_of(logo), picture_of(seal)
        company = settings.company
        self.setAccessibleDescription(
            "、".join(part for part in (company.name, company.address, company.phone) if part)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.size.side_panel - 2 * theme.size.l, theme.ems(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(18), theme.ems(22))

    def lines(self) -> tuple[str, ...]:
        """The lines under the company's name, as the paper has them."""
        from app.papers.parts import issuer_block

        with speaking("ja"):
            return issuer_block(self._settings, (), seal=True).lines

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Number, day of issue and validity with their labels, as if it were issued today."""
        from app.papers.parts import paper_date

        company = self._settings.company
        until = self._today + timedelta(days=company.validity_days)
        with speaking("ja"):
            return (
                (_("見積番号"), self.number()),
                (_("発行日"), paper_date(self._today, company)),
                (_("有効期限"), _("{date}まで").format(date=paper_date(until, company))),
            )

    def number(self) -> str:
        """What a number of this desk looks like."""
        return sample_number(self._settings.desk_code, self._today)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        painter.setRenderHint(Hint.Antialiasing)
        sheet = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(QPen(theme.colour("paper_frame"), 1))
        painter.setBrush(theme.colour("paper"))
        painter.drawRect(sheet)
        painter.setClipRect(sheet.adjusted(1, 1, -1, -1))
        inner = sheet.adjusted(s.l, s.xl, -s.l, -s.xl)
        block = inner.adjusted(inner.width() * _BLOCK // 100, 0, 0, 0)
        self._addressee(painter, QRect(inner.left(), inner.top(), block.left() - inner.left() - s.s, 0))
        y = self._head(painter, block)
        y = self._company(painter, block, y + s.xl)
        self._rest(painter, inner, y + s.l)

    def _addressee(self, painter: QPainter, room: QRect) -> None:
        """Address, which is only hinted at, and name."""
        s = theme.size
        y = room.top() + s.xs
        for per_cent in (40, 85):
            painter.fillRect(
                QRect(room.left(), y, room.width() * per_cent // 100, s.xs), theme.colour("paper_line")
            )
            y += s.m
        with speaking("ja"):
            name, honorific = _("○○株式会社  御中").split("  ")
        line = QRect(room.left(), y, room.width(), theme.line("caption"))
        used = words(painter, line, name, "caption-bold", "paper_ink")
        words(painter, line.adjusted(used + s.xs, 0, 0, 0), honorific, "caption", "paper_ink")

    def _head(self, painter: QPainter, block: QRect) -> int:
        """Title and code, the rule below them, number and days; returns where they end."""
        s = theme.size
        side = s.first_code
        line = QRect(block.left(), block.top(), block.width(), side)
        with speaking("ja"):
            words(painter, line, " ".join(_("見積書")), "paper-title", "paper_ink")
        self._code(painter, QRect(block.right() - side + 1, block.top(), side, side))
        y = line.bottom() + s.s
        painter.fillRect(QRect(block.left(), y, block.width(), s.focus), theme.colour("paper_accent"))
        y += s.s
        indent = max(width_of(label, "caption") for label, _value in self.rows()) + s.s
        for label, value in self.rows():
            row = QRect(block.left(), y, block.width(), s.reason_row - 1)
            words(painter, row, label, "caption", "paper_sub")
            words(painter, row.adjusted(indent, 0, 0, 0), value, "caption", "paper_ink")
            y += row.height()
        return y

    def _code(self, painter: QPainter, room: QRect) -> None:
        """What a QR code looks like from afar; the real one holds the number."""
        painter.save()
        painter.setRenderHint(Hint.Antialiasing, on=False)
        painter.translate(room.topLeft())
        painter.scale(room.width() / _CODE, room.height() / _CODE)
        ink, ground = theme.colour("paper_ink"), theme.colour("paper")
        for x, y in product(range(_CODE), repeat=2):
            if (x * x + 3 * y + x * y) % 5 < 2:
                painter.fillRect(x, y, 1, 1, ink)
        for x, y in ((0, 0), (_CODE - 7, 0), (0, _CODE - 7)):
            for inset, colour in ((-1, ground), (0, ink), (1, ground), (2, ink)):
                side = 7 - 2 * inset
                painter.fillRect(x + inset, y + inset, side, side, colour)
        painter.restore()

    def _company(self, painter: QPainter, block: QRect, y: int) -> int:
        """Logo, name and lines of our own; returns where they end."""
        s = theme.size
        left, top = block.left(), y
        if not self._logo.isNull():
            room = QRect(left, y, s.icon_large, s.icon_large)
            draw_within(painter, self._logo, room)
            left = room.right() + s.s
        name = self._settings.company.name
        fits = width_of(name, "panel-bold") <= block.right() - left
        role = "panel-bold" if fits else "caption-bold"
        for text in lines_of(name or _("会社名"), role, block.right() - left):
            line = QRect(left, y, block.right() - left + 1, s.icon_large)
            words(painter, line, text, role, "paper_ink" if name else "paper_sub")
            y += line.height()
        y += s.xs
        for text in self.lines():
            role = "caption" if width_of(text, "caption") <= block.width() else "key"
            for part in lines_of(text, role, block.width()):
                line = QRect(block.left(), y, block.width(), s.reason_row - 2)
                words(painter, line, part, role, "paper_ink", elide=False)
                y += line.height()
        self._paint_seal(
            painter, QRect(block.right() - s.seal + 1, top + s.icon_large - s.seal, s.seal, s.seal)
        )
        return y

    def _paint_seal(self, painter: QPainter, seal: QRect) -> None:
        if not self._seal.isNull():
            painter.setOpacity(_SEAL_STRENGTH)
            draw_within(painter, self._seal, seal)
            painter.setOpacity(1)
            return
        pen = QPen(theme.colour("paper_sub"), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(theme.colour("paper"))
        painter.drawRect(seal)
        words(painter, seal, _("社印"), "caption", "paper_sub", CENTRE)

    def _rest(self, painter: QPainter, inner: QRect, y: int) -> None:
        """The rule under the head, the one great sum without a figure, and lines where the table stands."""
        s = theme.size
        painter.fillRect(QRect(inner.left(), y, inner.width(), s.focus), theme.colour("paper_accent"))
        line = QRect(inner.left(), y + s.focus, inner.width(), s.control)
        with speaking("ja"):
            words(painter, line, _("お見積総額"), "panel-bold", "paper_ink", LEFT)
            words(painter, line, pgettext("unit", "円"), "caption", "paper_sub", RIGHT)
        painter.setPen(QPen(theme.colour("paper_line"), 1))
        y = line.bottom()
        while y < inner.bottom():
            painter.drawLine(QPoint(inner.left(), y), QPoint(inner.right(), y))
            y += s.xl


def sample_number(code: str, today: date) -> str:
    """A number of a desk: `Q-HM1-2611-0001`."""
    return f"Q-{code or 'XX'}-{today:%y%m}-0001"
