"""Several of one kind in a form: rows that can be added, taken away and put in order."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import _
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.field import Field
from ui.widgets.layout import on_surface, row

Record = TypeVar("Record")


class RepeatedRow(QFrame):
    """One row: `fields` by the name of what they hold. A row of a kind builds its own controls."""

    edited = Signal()
    left = Signal()  # a field was left: what looks like a slip may be told
    moved = Signal(object, int)
    removed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.up = IconButton("arrow-up", _("{name}を上へ").format(name=name))
        self.down = IconButton("arrow-down", _("{name}を下へ").format(name=name))
        self.remove = IconButton("trash-2", _("{name}を外す").format(name=name))
        s = theme.size
        on_surface(self, "panel")
        self.setProperty("edge", "bottom")
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, s.m)
        self.lines.setSpacing(s.s)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.remove.clicked.connect(self._on_remove)

    def buttons(self) -> QWidget:
        """The three buttons, level with the controls of a line."""
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, theme.line("caption") + theme.size.xs, 0, 0)
        box.addLayout(row(self.up, self.down, self.remove, gap="xs"))
        box.addStretch(1)
        return holder

    def first_control(self) -> QWidget:
        """Where one begins to type."""
        return next(iter(self.fields.values())).control

    def current(self) -> Any:
        """What stands there, as a record."""
        raise NotImplementedError

    def _on_edited(self, _text: object = "") -> None:
        self.edited.emit()

    def _on_up(self) -> None:
        self.moved.emit(self, -1)

    def _on_down(self) -> None:
        self.moved.emit(self, 1)

    def _on_remove(self) -> None:
        self.removed.emit(self)


class RepeatedRows(QWidget, Generic[Record]):
    """The rows and a button for another. `edited` after every change a person makes, `left` when a field is
    left.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, add_words: str, icon: str = "plus") -> None:
        super().__init__()
        self.rows: list[RepeatedRow] = []
        self.add = Button(add_words, icon, "quiet")
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.size.m)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.s)
        box.addLayout(self._column)
        box.addLayout(row(self.add, None))
        self.add.clicked.connect(self.add_row)

    def make_row(self, record: Record | None) -> RepeatedRow:
        """A row for a record, or an empty one."""
        raise NotImplementedError

    def show_records(self, records: tuple[Record, ...]) -> None:
        """Show stored ones."""
        for old in self.rows:
            self._take_away(old)
        self.rows = []
        for record in records:
            self._put(self.make_row(record))
        self._show_ways()

    def current(self) -> tuple[Record, ...]:
        """What stands there, empty rows too: errors name rows by their place."""
        return tuple(one.current() for one in self.rows)

    def add_row(self) -> None:
        """An empty row at the end."""
        added = self.make_row(None)
        self._put(added)
        self._show_ways()
        added.first_control().setFocus()
        self.edited.emit()

    def fields(self, name: str) -> dict[str, Field]:
        """All fields by their path (``details.contacts.0.name``)."""
        return {
            f"details.{name}.{place}.{field}": control
            for place, one in enumerate(self.rows)
            for field, control in one.fields.items()
        }

    def _put(self, added: RepeatedRow) -> None:
        added.edited.connect(self.edited)
        added.left.connect(self.left)
        added.moved.connect(self._on_moved)
        added.removed.connect(self._on_removed)
        self._column.addWidget(added)
        self.rows.append(added)

    def _take_away(self, gone: RepeatedRow) -> None:
        self._column.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _on_moved(self, moved: RepeatedRow, by: int) -> None:
        place = self.rows.index(moved)
        to = place + by
        if 0 <= to < len(self.rows):
            self.rows.insert(to, self.rows.pop(place))
            self._column.removeWidget(moved)
            self._column.insertWidget(to, moved)
            self._show_ways()
            self.edited.emit()

    def _on_removed(self, gone: RepeatedRow) -> None:
        place = self.rows.index(gone)
        self.rows.remove(gone)
        self._take_away(gone)
        self._show_ways()
        follower = self.rows[min(place, len(self.rows) - 1)].remove if self.rows else self.add
        follower.setFocus()
        self.edited.emit()

    def _show_ways(self) -> None:
        for place, one in enumerate(self.rows):
            one.up.setEnabled(place > 0)
            one.down.setEnabled(place < len(self.rows) - 1)
