"""Where the customer signs: with a mouse, a pen or a finger."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from app.words import _
from ui.qt import CENTRE, Event, Focus, Hint, Mouse, Policy, Widget
from ui.theme import theme
from ui.visits.onsite.strokes import Ink, Point, Stroke, Strokes, is_signed
from ui.widgets.paint import box, words

HUNDREDTHS_PER_PIXEL = 2_540 / 96  # a pixel of 100 % is a 96th of an inch
_PEN = 2.4


class SignPad(QWidget):
    """A sheet to sign on. ``signed`` comes with every finished line and with what is taken away.

    One line at a time: a second finger is ignored. Pressure plays no part, so that the same hand gives the
    same line with every tool.
    """

    signed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ink = Ink()
        self._down = False
        self._finger = -1
        s = theme.size
        self.setMinimumSize(QSize(s.sign_width, s.sign_height))
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAttribute(Widget.WA_AcceptTouchEvents)
        self.setFocusPolicy(Focus.NoFocus)  # a key can't draw; the reason for paper stands beside
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._say()

    @property
    def strokes(self) -> Strokes:
        """The lines, in hundredths of a millimetre from the upper left corner."""
        return self._ink.strokes

    @property
    def is_signed(self) -> bool:
        """Whether it holds more than a slip of the pen."""
        return is_signed(self.strokes)

    @property
    def can_bring_back(self) -> bool:
        """Whether lines that were taken away can come back."""
        return self._ink.can_bring_back

    def set_strokes(self, strokes: Strokes) -> None:
        """Show lines drawn before; not an edit."""
        self._ink = Ink(strokes)
        self._say()

    def clear(self) -> None:
        """書き直す: an empty sheet; ``bring_back`` undoes it."""
        self._ink.clear()
        self._tell()

    def take_back(self) -> None:
        """Take the last line away."""
        self._ink.take_back()
        self._tell()

    def bring_back(self) -> None:
        """Undo what was taken away last."""
        self._ink.bring_back()
        self._tell()

    def _tell(self) -> None:
        self._say()
        self.signed.emit()

    def _say(self) -> None:
        self.setAccessibleName(_("署名欄（署名あり）") if self.is_signed else _("署名欄（未署名）"))
        self.update()

    # --- drawing lines ------------------------------------------------------------------------------

    def _point(self, at: QPointF) -> Point:
        """Where a tool stands, kept on the sheet."""
        x = min(max(at.x(), 0.0), float(self.width()))
        y = min(max(at.y(), 0.0), float(self.height()))
        scale = HUNDREDTHS_PER_PIXEL * 100 / theme.percent
        return round(x * scale), round(y * scale)

    def _begin(self, at: QPointF) -> None:
        self._down = True
        self._ink.begin(self._point(at))
        self.update()

    def _go(self, at: QPointF) -> None:
        if self._down and self._ink.go(self._point(at)):
            self.update()

    def _end(self, at: QPointF) -> None:
        if self._down:
            self._ink.go(self._point(at))
            self._down = False
            self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Mouse.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Mouse.LeftButton:
            self._end(event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == Event.TabletPress:
            self._begin(event.position())
        elif kind == Event.TabletMove:
            self._go(event.position())
        elif kind == Event.TabletRelease:
            self._end(event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touched(event)
            event.accept()  # else the page would scroll under the finger
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        for point in event.points():
            state = point.state()
            if state == state.Pressed and self._finger < 0:
                self._finger = point.id()
                self._begin(point.position())
            elif point.id() != self._finger:
                continue
            elif state == state.Updated:
                self._go(point.position())
            elif state == state.Released:
                self._end(point.position())
                self._finger = -1
        if event.type() == Event.TouchCancel:
            self._down, self._finger = False, -1
            self._tell()

    # --- painting -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.size.sign_width, theme.size.sign_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        box(painter, self.rect(), theme.colour("paper"), theme.colour("edge"))
        base = self.height() - s.indent
        painter.setPen(QPen(theme.colour("paper_line"), s.hairline))
        painter.drawLine(s.xl, base, self.width() - s.xl, base)
        if not self.strokes:
            room = QRect(0, 0, self.width(), base)
            words(painter, room, _("ここに署名してください（指・ペン・マウス）"), "body", "paper_sub", CENTRE)
            return
        painter.setRenderHint(Hint.Antialiasing)
        per_hundredth = theme.percent / 100 / HUNDREDTHS_PER_PIXEL
        painter.scale(per_hundredth, per_hundredth)
        pen = QPen(theme.colour("paper_ink"), _PEN * HUNDREDTHS_PER_PIXEL)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self.strokes:
            painter.drawPath(path_of(stroke))


def path_of(stroke: Stroke) -> QPainterPath:
    """A line as smooth as the hand was: curves through the middles of its points."""
    path = QPainterPath(QPointF(*stroke[0]))
    if len(stroke) == 1:
        path.lineTo(stroke[0][0] + 0.1, stroke[0][1])
        return path
    for here, there in pairwise(stroke[1:]):
        path.quadTo(QPointF(*here), QPointF((here[0] + there[0]) / 2, (here[1] + there[1]) / 2))
    path.lineTo(QPointF(*stroke[-1]))
    return path
