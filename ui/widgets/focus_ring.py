"""The ring around filled and painted things that have the focus: two pixels, two outside, over everything
beside it.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ui.qt import Event, Widget
from ui.theme import theme
from ui.widgets.paint import box

OUTSIDE = "focus_outside"  # the dynamic property of a widget that wants the ring


class FocusRing(QObject):
    """Follows the focus of the application. One per application, kept by the window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._holders: list[QWidget] = []  # between it and the ring's parent: they may move too
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        for old in (self._target, *self._holders):
            if old is not None and shiboken6.isValid(old):
                old.removeEventFilter(self)
        self._target, self._holders = None, []
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
        if now is None or not now.property(OUTSIDE) or now.parentWidget() is None:
            return
        if self._ring is None or not shiboken6.isValid(self._ring):
            self._ring = _Ring()
        self._target = now
        self._holders = _holders(now)
        for one in (now, *self._holders):
            one.installEventFilter(self)
        self._ring.setParent((now, *self._holders)[-1].parentWidget())
        self._place()

    def _place(self) -> None:
        if self._target is None or self._ring is None or not self._target.isVisible():
            return
        self._ring.setGeometry(_around(self._target, self._ring.parentWidget()))
        self._ring.raise_()
        self._ring.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {Event.Move, Event.Resize, Event.Show}:
            self._place()
        elif event.type() == Event.Hide and self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
        return False


def _around(target: QWidget, holder: QWidget | None) -> QRect:
    """Where the ring stands in a widget that holds the target."""
    out = 2 * theme.size.focus
    place = QRect(target.mapTo(holder, QPoint(0, 0)) if holder else target.pos(), target.size())
    return place.adjusted(-out, -out, out, out)


def _holders(target: QWidget) -> list[QWidget]:
    """The widgets around the target that are too tight to show its ring: a row without margins cuts it. What
    scrolls is never left, so that the ring is cut where the target is.
    """
    found: list[QWidget] = []
    holder = target.parentWidget()
    while holder is not None and not holder.rect().contains(_around(target, holder)):
        above = holder.parentWidget()
        if holder.isWindow() or above is None or isinstance(above.parentWidget(), QAbstractScrollArea):
            break
        found.append(holder)
        holder = above
    return found


class _Ring(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Widget.WA_TransparentForMouseEvents)
        self.setAttribute(Widget.WA_NoSystemBackground)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme.size
        box(
            painter,
            self.rect(),
            None,
            theme.colour("accent"),
            width=size.focus,
            radius=size.radius + 2 * size.focus,
        )
