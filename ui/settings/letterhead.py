"""How our own block looks on a paper, drawn as one types. A picture of the family, not the paper itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.papers.issuer import Settings
from app.words import _
from ui.qt import CENTRE, LEFT, RIGHT, Aspect, Hint, Policy
from ui.settings.image_field import picture_of
from ui.theme import theme
from ui.widgets.paint import lines_of, words


class Letterhead(QWidget):
    """Shows a sheet with the letterhead of the settings given by `show_settings`."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._settings = Settings()
        self._logo = QPixmap()
        self._seal = QPixmap()
        self.setSizePolicy(Policy.Expanding, Policy.Preferred)
        self.setAccessibleName(_("書類の見え方"))

    def show_settings(self, settings: Settings, logo: bytes | None, seal: bytes | None) -> None:
        """Draw these."""
        self._settings = settings
        self._logo = picture_of(logo)
        self._seal = picture_of(seal)
        company = settings.company
        self.setAccessibleDescription(
            "、".join(part for part in (company.name, company.address, company.phone) if part)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.size.side_panel - 2 * theme.size.l, theme.ems(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(18), theme.ems(22))

    def lines(self) -> list[tuple[str, str]]:
        """The lines under the company's name with their tones; what is missing is said softly."""
        settings, company = self._settings, self._settings.company
        member = settings.staff_member()
        code = company.postal_code
        code = f"{code[:3]}-{code[3:]}" if len(code) == 7 else code
        found = [
            settings.desk_name,
            _("〒{code}").format(code=code) if code else "",
            company.address,
            company.building,
            _("電話 {phone}").format(phone=company.phone) if company.phone else "",
            _("担当 {name}").format(name=member.name) if member is not None and member.name else "",
        ]
        lines = [(text, "paper_ink") for text in found if text]
        if company.registration:
            return [*lines, (_("登録番号 {number}").format(number=company.registration), "paper_ink")]
        return [*lines, (_("登録番号 —"), "paper_sub")]

    def number(self) -> str:
        """What a number of this desk looks like."""
        return sample_number(self._settings.desk_code, self._today)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        painter.setRenderHint(Hint.Antialiasing)
        painter.setRenderHint(Hint.SmoothPixmapTransform)
        sheet = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(QPen(theme.colour("paper_frame"), 1))
        painter.setBrush(theme.colour("paper"))
        painter.drawRect(sheet)
        inner = sheet.adjusted(s.xl, s.xl, -s.xl, -s.xl)
        y = self._head(painter, inner)
        y = self._addressee(painter, inner, y)
        y = self._company(painter, inner, y + s.l)
        self._rows(painter, inner, y + s.l)

    def _head(self, painter: QPainter, inner: QRect) -> int:
        s = theme.size
        line = QRect(inner.left(), inner.top(), inner.width(), theme.line("title"))
        words(painter, line, _("御 見 積 書"), "title", "paper_accent", LEFT)
        words(painter, line, self.number(), "caption", "paper_ink", RIGHT)
        y = line.bottom() + s.xs
        painter.fillRect(QRect(inner.left(), y, inner.width(), s.focus), theme.colour("paper_accent"))
        return y + s.l

    def _addressee(self, painter: QPainter, inner: QRect, y: int) -> int:
        line = QRect(inner.left(), y, inner.width(), theme.line("body"))
        width = words(painter, line, _("○○株式会社  御中"), "body", "paper_ink", LEFT)
        painter.setPen(QPen(theme.colour("paper_ink"), 1))
        painter.drawLine(
            inner.left(), line.bottom() + 2, inner.left() + width + theme.ems(1), line.bottom() + 2
        )
        return line.bottom() + theme.size.s

    def _company(self, painter: QPainter, inner: QRect, y: int) -> int:
        s = theme.size
        left = inner.left() + inner.width() * 34 // 100
        top = y
        if not self._logo.isNull():
            room = QRect(left, y, s.icon_large + s.s, s.icon_large)
            _fit(painter, self._logo, room)
            left_name = room.right() + s.s
        else:
            left_name = left
        name = self._settings.company.name or _("会社名")
        tone = "paper_ink" if self._settings.company.name else "paper_sub"
        for text in lines_of(name, "panel-bold", inner.right() - left_name):
            words(
                painter,
                QRect(left_name, y, inner.right() - left_name, s.icon_large),
                text,
                "panel-bold",
                tone,
            )
            y += s.icon_large
        seal = QRect(inner.right() - s.seal, top + s.icon_large + s.xs, s.seal, s.seal)
        for text, line_tone in self.lines():
            beside = (
                seal.left() - s.s if y < seal.bottom() and y + s.reason_row > seal.top() else inner.right()
            )
            for part in lines_of(text, "caption", max(theme.ems(6), beside - left)):
                words(
                    painter,
                    QRect(left, y, inner.right() - left, s.reason_row - 1),
                    part,
                    "caption",
                    line_tone,
                )
                y += s.reason_row - 1
        self._paint_seal(painter, seal)
        return max(y, seal.bottom())

    def _paint_seal(self, painter: QPainter, seal: QRect) -> None:
        if not self._seal.isNull():
            _fit(painter, self._seal, seal)
            return
        pen = QPen(theme.colour("paper_sub"), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(theme.colour("paper"))
        painter.drawRect(seal)
        words(painter, seal, _("社印"), "caption", "paper_sub", CENTRE)

    def _rows(self, painter: QPainter, inner: QRect, y: int) -> None:
        painter.setPen(QPen(theme.colour("paper_line"), 1))
        while y < inner.bottom():
            painter.drawLine(QPoint(inner.left(), y), QPoint(inner.right(), y))
            y += theme.size.xl


def sample_number(code: str, today: date) -> str:
    """A number of a desk: `Q-HM1-2611-0001`."""
    return f"Q-{code or 'XX'}-{today:%y%m}-0001"


def _fit(painter: QPainter, picture: QPixmap, room: QRect) -> None:
    size = picture.size().scaled(room.size(), Aspect.KeepAspectRatio)
    at = QRect(0, 0, size.width(), size.height())
    at.moveCenter(room.center())
    painter.drawPixmap(at, picture)
