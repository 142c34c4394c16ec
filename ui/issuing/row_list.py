"""A list typed row by row: things, or papers. A row is added below, and each can be taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.words import _
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import column, row
from ui.widgets.number import NumberStepper


@dataclass(frozen=True)
class RowWords:
    """What the rows ask for. ``name`` and ``note``: options with their labels and examples; ``count``: the
    option of the number, with its label and unit.
    """

    name: tuple[str, str, str]
    note: tuple[str, str, str]
    count: tuple[str, str, str]


class _Row(QWidget):
    edited = Signal()
    removed = Signal()

    def __init__(self, words: RowWords, given: Mapping[str, Any]) -> None:
        super().__init__()
        self._words = words
        self.name = TextField(words.name[2])
        self.note = TextField(words.note[2])
        self.count = NumberStepper(words.count[2], 1, 9_999, int(given.get(words.count[0], 1) or 1), ems=8)
        self.name.set_text(str(given.get(words.name[0], "")))
        self.note.set_text(str(given.get(words.note[0], "")))
        self.fields = {
            words.name[0]: Field(words.name[1], self.name),
            words.count[0]: Field(words.count[1], self.count),
            words.note[0]: Field(words.note[1], self.note),
        }
        self.remove = IconButton("x", _("この行を消す"))
        gone = column(self.remove, None)
        gone.setContentsMargins(0, theme.line("caption") + theme.size.xs, 0, 0)
        upper = QHBoxLayout()
        upper.setSpacing(theme.size.s)
        upper.addWidget(self.fields[words.name[0]], 1)
        upper.addLayout(gone)
        lower = row(self.fields[words.count[0]], self.fields[words.note[0]])
        self.fields[words.count[0]].setFixedWidth(theme.ems(8))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, theme.size.m)
        box.setSpacing(theme.size.s)
        box.addLayout(upper)
        box.addLayout(lower)
        self.name.edited.connect(self.edited)
        self.note.edited.connect(self.edited)
        self.count.value_changed.connect(self._on_count)
        self.remove.clicked.connect(self.removed)

    def _on_count(self, _value: object) -> None:
        self.edited.emit()

    def value(self) -> dict[str, Any]:
        """The row as an option carries it."""
        words, count = self._words, self.count.value()
        return {
            words.name[0]: self.name.text(),
            words.count[0]: count if count is not None else self.count.text(),
            words.note[0]: self.note.text(),
        }


class RowList(QWidget):
    """``edited`` after every change; ``fields`` by the names problems use below the option (``0.name``)."""

    edited = Signal()

    def __init__(self, title: str, words: RowWords, most: int) -> None:
        super().__init__()
        self._words, self._most = words, most
        self.rows: list[_Row] = []
        self._rows_box = column()
        self.add_button = Button(title, "plus", small=True)
        self.beside = row(self.add_button, None)
        self.setLayout(column(self._rows_box, self.beside))
        self.add_button.clicked.connect(self._on_add)

    def set_values(self, values: Sequence[Mapping[str, Any]]) -> None:
        """Show rows instead of those before, one empty one where there are none; not an edit."""
        for one in list(self.rows):
            self._drop(one)
        for value in values or ({},):
            self._put(value)

    def add_value(self, value: Mapping[str, Any]) -> None:
        """Add a row; an empty last one gives its place."""
        if self.rows and not any(str(part).strip() for part in (self.rows[-1].name.text(),)):
            self._drop(self.rows[-1])
        self._put(value)
        self.edited.emit()

    def values(self) -> list[dict[str, Any]]:
        """The rows as an option carries them; those with nothing in them are left out."""
        return [one.value() for one in self.rows if one.name.text() or one.note.text() or len(self.rows) == 1]

    @property
    def fields(self) -> dict[str, Field]:
        """All fields: ``0.name``."""
        return {
            f"{place}.{name}": field
            for place, one in enumerate(self.rows)
            for name, field in one.fields.items()
        }

    def _put(self, value: Mapping[str, Any]) -> _Row:
        one = _Row(self._words, value)
        one.edited.connect(self.edited)
        one.removed.connect(partial(self._on_removed, one))
        self.rows.append(one)
        self._rows_box.addWidget(one)
        one.show()
        self.add_button.setEnabled(len(self.rows) < self._most)
        return one

    def _drop(self, one: _Row) -> None:
        self.rows.remove(one)
        self._rows_box.removeWidget(one)
        one.hide()
        one.deleteLater()

    def _on_add(self) -> None:
        self._put({}).name.setFocus()

    def _on_removed(self, one: _Row) -> None:
        self._drop(one)
        if not self.rows:
            self._put({})
        self.rows[-1].name.setFocus()
        self.edited.emit()
