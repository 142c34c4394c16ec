"""The sheet on its desk: a page of the very PDF, at the window's width or at its real size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.words import _
from ui.qt import CENTRE, Focus, Hint, Key, Mod, Mouse, Shape
from ui.theme import theme

A4_POINTS = (595.28, 841.89)
REAL_SIZE = 96 / 72  # device-independent pixels per point at 100 %
_ZOOM_STEP = 1.2
_LEAST, _MOST = 0.25, 4.0
_NEARLY_WHOLE = 0.8
_ONE_NOTCH = 120  # eighths of a degree; touch pads give a few at a time


class _Sheet(QWidget):
    """The page itself, drawn at the size the view gives it."""

    clicked = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.picture = QImage()
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Mouse.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.button() == Mouse.LeftButton:
            self._pressed = None
            self.clicked.emit(event.position().toPoint())

    def page(self) -> QRect:
        """Where the page lies on the desk."""
        margin = theme.size.l
        return self.rect().adjusted(margin, margin, -margin, -margin)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        page = self.page()
        painter.fillRect(self.rect(), theme.colour("sunken"))
        painter.fillRect(page, theme.colour("paper"))
        if not self.picture.isNull():
            painter.setRenderHint(Hint.SmoothPixmapTransform)
            painter.drawImage(page, self.picture)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(page, theme.colour("paper"))  # white is not so bright in the dark
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(theme.colour("paper_frame"))
        painter.drawRect(page.adjusted(-1, -1, 0, 0))


class PaperView(QScrollArea):
    """Shows one page. ``scale_wanted`` tells the pixels per point a sharp picture needs; a click goes to 100
    % and back.
    """

    scale_wanted = Signal()
    page_turned = Signal(int)  # by so many pages
    zoom_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sheet = _Sheet()
        self._sheet.clicked.connect(self._on_clicked)
        self._zoom: float | None = None  # None: as wide as the view
        self._points = A4_POINTS
        self._rolled = 0
        self.setFrameShape(Shape.NoFrame)
        self.setAlignment(CENTRE)
        self.setProperty("surface", "sunken")
        self.viewport().setProperty("surface", "sunken")
        self.setWidget(self._sheet)
        self.setFocusPolicy(Focus.StrongFocus)
        self.setAccessibleName(_("書類の表示"))
        self._lay_out()

    @property
    def fits(self) -> bool:
        """Whether the page is as wide as the view."""
        return self._zoom is None

    @property
    def percent(self) -> int:
        """How large the page is shown, 100 = as on paper."""
        return round(self._shown_scale() / REAL_SIZE * 100)

    def pixels_per_point(self) -> float:
        """What a sharp picture of the page needs on this screen."""
        return self._shown_scale() * self.devicePixelRatioF()

    def show_picture(self, picture: QImage, points: tuple[float, float]) -> None:
        """Show a page. A picture of another scale is stretched until the sharp one comes."""
        self._sheet.picture = picture
        if points != self._points:
            self._points = points
            self._lay_out()
        self._sheet.update()

    def set_zoom(self, zoom: float | None) -> None:
        """1.0 = real size; None = as wide as the view."""
        self._zoom = None if zoom is None else min(_MOST, max(_LEAST, zoom))
        self._lay_out()
        self.zoom_changed.emit()
        self.scale_wanted.emit()

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by steps of a fifth."""
        self.set_zoom(self._shown_scale() / REAL_SIZE * _ZOOM_STEP**steps)

    def _shown_scale(self) -> float:
        """Device-independent pixels per point now."""
        if self._zoom is not None:
            return self._zoom * REAL_SIZE
        margin = theme.size.l
        across, down = self.width() - 2 * margin, self.height() - 2 * margin
        by_width, by_height = across / self._points[0], down / self._points[1]
        if by_width * _NEARLY_WHOLE < by_height < by_width:
            return (
                by_height  # a page a little higher than the view is shown whole rather than cut at the foot
            )
        if by_height < by_width:
            by_width = (across - theme.size.scroll) / self._points[0]
        return max(_LEAST, by_width)

    def _lay_out(self) -> None:
        scale = self._shown_scale()
        desk = 2 * theme.size.l
        size = QSize(round(self._points[0] * scale) + desk, round(self._points[1] * scale) + desk)
        if size != self._sheet.size():
            self._sheet.resize(size)
        self.verticalScrollBar().setSingleStep(desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fits and event.size() != event.oldSize():
            self._lay_out()
            self.zoom_changed.emit()
            self.scale_wanted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._sheet.update()

    def _on_clicked(self, where: QPoint) -> None:
        """To 100 % around the spot that was clicked, or back to the whole width."""
        if not self.fits:
            self.set_zoom(None)
            return
        page = self._sheet.page()
        across, down = (where.x() - page.x()) / page.width(), (where.y() - page.y()) / page.height()
        self.set_zoom(1.0)
        page = self._sheet.page()
        view = self.viewport().size()
        x, y = round(page.x() + across * page.width()), round(page.y() + down * page.height())
        self.ensureVisible(x, y, view.width() // 2, view.height() // 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Mod.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        if self._rolled_on(event.angleDelta().y()):
            event.accept()
            return
        super().wheelEvent(event)

    def _rolled_on(self, turned: int) -> bool:
        """At the end of a page the wheel goes on to the next, as on one long roll."""
        bar = self.verticalScrollBar()
        at_end = bar.value() == (bar.maximum() if turned < 0 else bar.minimum())
        self._rolled = self._rolled + turned if at_end and turned else 0
        if abs(self._rolled) < _ONE_NOTCH:
            return False
        down, self._rolled = self._rolled < 0, 0
        self.page_turned.emit(1 if down else -1)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        actions = {
            Key.Key_PageUp: lambda: self.page_turned.emit(-1),
            Key.Key_PageDown: lambda: self.page_turned.emit(1),
            Key.Key_Plus: lambda: self.zoom_by(1),
            Key.Key_Minus: lambda: self.zoom_by(-1),
            Key.Key_0: lambda: self.set_zoom(None),
            Key.Key_1: lambda: self.set_zoom(1.0),
            Key.Key_Return: lambda: self.set_zoom(1.0 if self.fits else None),
        }
        action = actions.get(Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()
