"""Short ways to say how things stand beside and below one another, in the theme's spaces."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.qt import Event, Policy, Scroll, Shape, Widget
from ui.theme import theme
from ui.theme.tokens import Sizes

Item = QWidget | QLayout | int | None

_STYLE_CHANGE = Event.StyleChange  # looked up once: it is asked with every event
_NEEDED_ACROSS = 0.75  # of the least width: what the widest page can do with


def _fill(box: QBoxLayout, items: tuple[Item, ...], gap: str, pad: tuple[str, str] | str | None) -> None:
    box.setSpacing(getattr(theme.size, gap) if gap else 0)
    across, down = (pad, pad) if isinstance(pad, str) else (pad or ("", ""))
    side = getattr(theme.size, across) if across else 0
    end = getattr(theme.size, down) if down else 0
    box.setContentsMargins(side, end, side, end)
    for item in items:
        add(box, item)


def add(box: QBoxLayout, item: Item) -> None:
    """Add a widget, a layout, a stretch (None) or a stretch of a weight (int)."""
    if item is None:
        box.addStretch(1)
    elif isinstance(item, int):
        box.addStretch(item)
    elif isinstance(item, QWidget):
        box.addWidget(item)
    else:
        box.addLayout(item)


def row(*items: Item, gap: str = "s", pad: tuple[str, str] | str | None = None) -> QHBoxLayout:
    """Side by side. `gap` and `pad` (across, down) name sizes of the theme; None stretches."""
    box = QHBoxLayout()
    _fill(box, items, gap, pad)
    return box


def column(*items: Item, gap: str = "", pad: tuple[str, str] | str | None = None) -> QVBoxLayout:
    """One below the other. See `row`."""
    box = QVBoxLayout()
    _fill(box, items, gap, pad)
    return box


def on_surface(widget: QWidget, surface: str) -> None:
    """Give a widget the ground of a surface (`panel`, `window`, `sunken`, …)."""
    widget.setProperty("surface", surface)
    widget.setAttribute(Widget.WA_StyledBackground)  # a plain QWidget paints no ground without it


def holding(layout: QLayout, surface: str = "", edge: str = "") -> QFrame:
    """A frame that holds a layout, on a surface (`panel`, `window`, …) and with a line at an `edge`."""
    frame = QFrame()
    if surface:
        frame.setProperty("surface", surface)
    if edge:
        frame.setProperty("edge", edge)
    frame.setLayout(layout)
    return frame


def rule(*, down: bool = False) -> QFrame:
    """A divider of one pixel, across or down."""
    line = QFrame()
    line.setProperty("rule", "down" if down else "across")
    return line


class Scrolling(QScrollArea):
    """Qt lays the whole content out each time the area is put somewhere, as the style might be another one
    there. While it does not show that would be for nothing, and hold the window for 20 to 60 ms a page.
    """

    def event(self, event: QEvent) -> bool:
        if event.type() == _STYLE_CHANGE and not self.isVisible():
            self.updateGeometry()
            return True
        return super().event(event)


def scrolling(content: QWidget, surface: str = "panel") -> QScrollArea:
    """A page that scrolls when it is too high, never sideways."""
    area = Scrolling()
    area.setWidgetResizable(True)
    area.setFrameShape(Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
    on_surface(content, surface)
    on_surface(area.viewport(), surface)
    content.setAttribute(Widget.WA_Resized)  # the area gives it its size: it need not work out its own first
    area.setWidget(content)
    return area


def grow(widget: QWidget, *, across: bool = True, down: bool = False) -> QWidget:
    """Let a widget take the room that is left."""
    widget.setSizePolicy(
        Policy.Expanding if across else Policy.Preferred, Policy.Expanding if down else Policy.Preferred
    )
    return widget


def open_size(window: QWidget) -> None:
    """The size a window first opens with: the usual one, or as much of it as the screen has."""
    s = theme.size
    wanted = QSize(s.window_width, s.window_height)
    screen = QGuiApplication.primaryScreen()
    window.resize(wanted.boundedTo(screen.availableGeometry().size()) if screen is not None else wanted)


def keep_on_screen(window: QWidget) -> None:
    """Let a window be made as small as its text size needs, but never larger than the screen."""
    screen = QGuiApplication.primaryScreen()
    room = screen.availableGeometry().size() if screen is not None else QSize()
    window.setMinimumSize(least_size(theme.size, room))


def least_size(sizes: Sizes, room: QSize) -> QSize:
    """The least size of a window where a screen has so much room: that of the text size, less where it would
    not fit. Pages scroll down, so that it may be as low as with the usual text; across they need
    ``_NEEDED_ACROSS`` of it.
    """
    usual = Sizes()
    wanted = QSize(sizes.window_least_width, sizes.window_least_height)
    across = max(usual.window_least_width, int(wanted.width() * _NEEDED_ACROSS))
    return wanted.boundedTo(room.expandedTo(QSize(across, usual.window_least_height)))


def into_view(area: QScrollArea, widget: QWidget, margin: int = 0) -> None:
    """Scroll so far that a widget is seen, once it has its place; should it be gone by then, it is let be.

    The turn belongs to the area: a timer on a widget that dies before it fires takes the program along.
    """

    def show() -> None:
        if shiboken6.isValid(widget):
            area.ensureWidgetVisible(widget, 0, margin)

    QTimer.singleShot(0, area, show)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it die."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
