"""The rail of places at the left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from app.words import _
from ui import icons
from ui.qt import CENTRE, Focus, Key, Policy
from ui.theme import theme
from ui.widgets.hovering import Hovering
from ui.widgets.layout import on_surface
from ui.widgets.paint import box, fill, width_of, words


class Arriving(Protocol):
    """What the page of a place can do beside being a widget."""

    def arrive(self) -> None:
        """Somebody came here: give the focus to what is most used."""
        ...


@dataclass(frozen=True)
class Place:
    """A place of the program: its code, icon, word, and how its page is made when somebody first goes
    there.
    """

    code: str
    icon: str
    word: str
    make: Callable[[], QWidget]


class _PlaceButton(Hovering, QAbstractButton):
    """An icon above a word. The place one is at has a ground and a bar at the left."""

    def __init__(self, place: Place, number: int) -> None:
        super().__init__()
        self.place = place
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Focus.TabFocus)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setAccessibleName(place.word)
        self.setToolTip(_("{place}（Ctrl+{number}）").format(place=place.word, number=number))

    def sizeHint(self) -> QSize:
        return QSize(theme.size.rail, theme.size.place_step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_Down, Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Key.Key_Down)
        elif event.key() in {Key.Key_Return, Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        ground = QRect(
            (s.rail - s.place_width) // 2, (s.place_step - s.place_height) // 2, s.place_width, s.place_height
        )
        here = self.isChecked()
        if here:
            box(painter, ground, theme.colour("panel"))
            bar = QRect(0, ground.top() + s.s, s.rail_mark, ground.height() - 2 * s.s)
            fill(painter, bar, theme.colour("accent"))
        elif self._hovered:
            box(painter, ground, theme.colour("hover"))
        if self.hasFocus():
            box(painter, ground, None, theme.colour("accent"), width=s.focus)
        tone = "accent" if here else "text2"
        side = s.icon_large
        icons.draw(painter, self.place.icon, (s.rail - side) // 2, ground.top() + s.s, tone, side)
        line = QRect(0, ground.top() + s.s + side + s.xs, s.rail, theme.line("panel"))
        roles = ("panel-bold" if here else "panel", "caption", "key")  # English words are longer
        room = s.place_width - s.xs
        role = next((role for role in roles if width_of(self.place.word, role) <= room), roles[-1])
        words(painter, line, self.place.word, role, tone, CENTRE)


class _Mark(QWidget):
    """The program's sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.size.rail, theme.size.top_bar)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        side = s.icon_large + s.s
        where = QPoint((self.width() - side) // 2, (self.height() - side) // 2)
        icons.draw(QPainter(self), "madoguchi", where.x(), where.y(), "accent", side)


class Rail(QFrame):
    """Places in their order; `chosen` carries the code. Ctrl+1, Ctrl+2 … go there from anywhere."""

    chosen = Signal(str)

    def __init__(self, places: list[Place]) -> None:
        super().__init__()
        on_surface(self, "sunken")
        self.setFixedWidth(theme.size.rail)
        self.setAccessibleName(_("場所"))
        self._buttons = {place.code: _PlaceButton(place, n) for n, place in enumerate(places, 1)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Mark())
        for number, button in enumerate(self._buttons.values(), 1):
            column.addWidget(button)
            button.clicked.connect(self._on_clicked)
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(button.click)
        column.addStretch(1)

    def show_place(self, code: str) -> None:
        """Mark where one is."""
        if code in self._buttons:
            self._buttons[code].setChecked(True)

    def _on_clicked(self) -> None:
        code = next((code for code, button in self._buttons.items() if button.isChecked()), "")
        if code:
            self.chosen.emit(code)
