"""Chips: what state something is in; and what a list is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.words import _
from ui import icons
from ui.qt import LEFT, Key, Policy
from ui.theme import theme
from ui.widgets.hovering import Hovering
from ui.widgets.paint import box, chip, chip_width, key_hint, key_width, width_of, words


class Chip(QWidget):
    """An icon and a word on a tint. `meaning` is a key of paint.MEANINGS (plain, neutral, accent, good,
    note, warn, danger).
    """

    def __init__(self, icon: str, text: str, meaning: str = "neutral") -> None:
        super().__init__()
        self._icon, self._text, self._meaning = icon, text, meaning
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setAccessibleName(text)

    def set_chip(self, icon: str, text: str, meaning: str = "neutral") -> None:
        """Say something else."""
        self._icon, self._text, self._meaning = icon, text, meaning
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The word on it."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text), theme.size.chip)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        chip(QPainter(self), QPoint(0, self.height() // 2), self._icon, self._text, self._meaning)


class _StayingMenu(QMenu):
    """A menu whose boxes can be ticked one after the other; Esc or a click elsewhere closes it. With
    `several=False` the marks are round, and choosing one closes it.
    """

    def __init__(self, parent: QWidget, *, several: bool) -> None:
        super().__init__(parent)
        self._several = several
        self.setObjectName("boxes")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        from ui.widgets.cards import paint_radio
        from ui.widgets.choices import paint_check

        painter = QPainter(self)
        for action in self.actions():
            place = self.actionGeometry(action)
            at = QPoint(place.left() + theme.size.m, place.center().y() - theme.size.check // 2 + 1)
            if self._several:
                paint_check(painter, at, checked=action.isChecked())
            else:
                paint_radio(painter, at, chosen=action.isChecked())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
            return
        super().keyPressEvent(event)


class FilterChip(Hovering, QPushButton):
    """`状態：すべて ⌄`. Opens a menu of check marks; `chosen` carries the tuple of chosen values (empty:
    all).

    With `several=False` one value at the most. Delete or the × takes the filter away. `always=True` is a
    plain choice:
    one value is always chosen, and only its words are shown.
    """

    chosen = Signal(object)

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[Any, str]] = (),
        *,
        several: bool = True,
        always: bool = False,
    ) -> None:
        super().__init__()
        self._label = label
        self._several = several and not always
        self._always = always
        self._options: list[tuple[Any, str]] = list(options)
        self._values: tuple[Any, ...] = ()
        self._offered: list[tuple[tuple[Any, ...], str]] = []  # in the menu: the values of each entry
        self.setAutoDefault(False)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self._menu: _StayingMenu | None = None
        self.clicked.connect(self._on_clicked)
        self._rename()

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Other choices; chosen ones that are gone are dropped without a signal."""
        self._options = list(options)
        known = [value for value, _text in self._options]
        self._values = tuple(value for value in self._values if value in known)
        self._rename()

    def values(self) -> tuple[Any, ...]:
        """The chosen values; empty means all."""
        return self._values

    def set_values(self, values: Sequence[Any]) -> None:
        """Choose; not an edit."""
        self._values = tuple(values)
        self._rename()

    @property
    def active(self) -> bool:
        """Whether it narrows the list."""
        return bool(self._values) and not self._always

    def clear(self) -> None:
        """Show everything again, as by the ×."""
        if self.active:
            self._values = ()
            self._rename()
            self.chosen.emit(self._values)

    def _words(self) -> str:
        names = [text for value, text in self._options if value in self._values]
        if self._always:
            return names[0] if names else _("そのほか")
        chosen = _("・").join(names) if names else _("すべて")
        return _("{label}：{chosen}").format(label=self._label, chosen=chosen)

    def _rename(self) -> None:
        words_ = self._words()
        self.setAccessibleName(f"{self._label} {words_}" if self._always else words_)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        s = theme.size
        return QSize(width_of(self._words(), "panel") + s.icon_small + 3 * s.m, s.filter_chip)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _cross(self) -> QRect:
        s = theme.size
        return QRect(self.width() - s.m - s.icon_small - s.xs, 0, s.icon_small + s.m + s.xs, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.active and self._cross().contains(event.position().toPoint()):
            self.clear()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_Delete, Key.Key_Backspace}:
            self.clear()
        elif event.key() in {Key.Key_Down, Key.Key_Return, Key.Key_Enter}:
            self._on_clicked()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        if self._menu is None:
            self._menu = _StayingMenu(self, several=self._several)
        self._menu.clear()
        everything = [] if self._several or self._always else [((), _("すべて"))]
        self._offered = [*everything, *(((value,), text) for value, text in self._options)]
        for place, (values, text) in enumerate(self._offered):
            action = QAction(text.replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setChecked(values[0] in self._values if values else not self._values)
            action.setData(place)
            action.triggered.connect(self._on_triggered)
            self._menu.addAction(action)
        if self._menu.actions():
            self._menu.setActiveAction(self._menu.actions()[0])
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _on_triggered(self) -> None:
        sender = self.sender()
        if self._menu is None or not isinstance(sender, QAction):
            return
        if self._several:
            ticked = [action.data() for action in self._menu.actions() if action.isChecked()]
            self._values = tuple(value for place in ticked for value in self._offered[place][0])
        else:
            self._menu.close()
            self._values = self._offered[sender.data()][0]
        self._rename()
        self.chosen.emit(self._values)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        ground = "tint" if self.active else "hover" if self._hovered else "panel"
        line = "accent" if self.active or self.hasFocus() else "frame"
        box(
            painter,
            self.rect(),
            theme.colour(ground),
            theme.colour(line),
            width=s.focus if self.hasFocus() else 1,
            radius=s.radius_filter,
        )
        tone = "accent" if self.active else "text2"
        side = s.icon_small
        x = self.width() - s.m - side
        icons.draw(
            painter, "x" if self.active else "chevron-down", x, (self.height() - side) // 2, tone, side
        )
        words(painter, QRect(s.m, 0, x - s.m, self.height()), self._words(), "panel", tone, LEFT)


class KeyHint(QWidget):
    """The name of a key with what it does, for a row of hints."""

    def __init__(self, key: str, text: str = "") -> None:
        super().__init__()
        self._key, self._text = key, text
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setAccessibleName(f"{key} {text}")

    def sizeHint(self) -> QSize:
        s = theme.size
        words_width = s.icon_gap + width_of(self._text, "caption") + 2 if self._text else 0
        return QSize(key_width(self._key) + words_width, s.control_small)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        frame = QRect(0, (self.height() - s.key_height) // 2, key_width(self._key), s.key_height)
        key_hint(painter, frame, self._key, "text3", "frame")
        room = self.rect().adjusted(frame.right() + s.icon_gap, 0, 0, 0)
        words(painter, room, self._text, "caption", "text3", LEFT)
