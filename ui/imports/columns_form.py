"""Which column of the file says what: one row for each field, with what stands in the column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.words import _
from ui.theme import theme
from ui.widgets.choices import Choice
from ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.usecases.ledger_columns import LedgerField
    from app.usecases.ledger_file import Ledger

_NONE = -1
_SAMPLES = 3


class ColumnsForm(QWidget):
    """`changed` comes when another column was chosen. The fields stand in groups, needed ones marked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.choices: dict[str, Choice] = {}
        self._samples: dict[str, ElidedLabel] = {}
        self._ledger: Ledger | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(s.l, s.s, s.l, s.m)
        self._grid.setHorizontalSpacing(s.m)
        self._grid.setVerticalSpacing(s.xs)
        self._grid.setColumnStretch(2, 1)

    def show_ledger(self, ledger: Ledger, columns: Mapping[str, int]) -> None:
        """Offer the columns of a file, guessed ones chosen."""
        from app.usecases.ledger_columns import FIELDS

        self._ledger = ledger
        options = [(_NONE, _("（この列はない）"))]
        options += [
            (place, head or _("{number}列目").format(number=place + 1))
            for place, head in enumerate(ledger.heads)
        ]
        if not self.choices:
            self._make(FIELDS)
        for field in FIELDS:
            choice = self.choices[field.code]
            choice.set_options(options, columns.get(field.code, _NONE))
            self._show_samples(field.code)
        self.mark_missing()

    def _make(self, fields: tuple[LedgerField, ...]) -> None:
        titles = {"customer": _("顧客"), "contract": _("契約"), "fact": _("契約のできごと")}
        line, group = 0, ""
        for field in fields:
            if field.group != group:
                group = field.group
                self._grid.addWidget(Label(titles[group], "heading"), line, 0, 1, 3)
                self._grid.setRowMinimumHeight(line, theme.size.row)
                line += 1
            name = field.words + (_("（必要）") if field.needed else "")
            choice = Choice(ems=14)
            choice.setAccessibleName(field.words)
            choice.chosen.connect(self._on_chosen)
            sample = ElidedLabel("", "panel", "text2")
            self._grid.addWidget(Label(name, "panel"), line, 0)
            self._grid.addWidget(choice, line, 1)
            self._grid.addWidget(sample, line, 2)
            self.choices[field.code], self._samples[field.code] = choice, sample
            line += 1

    def columns(self) -> dict[str, int]:
        """The columns as chosen now."""
        return {code: choice.value() for code, choice in self.choices.items() if choice.value() != _NONE}

    def put(self, columns: Mapping[str, int]) -> None:
        """Choose these columns, as somebody did before."""
        known = range(len(self._ledger.heads)) if self._ledger is not None else ()
        for code, choice in self.choices.items():
            place = columns.get(code, _NONE)
            choice.set_value(place if place in known else _NONE)
        self._on_chosen(None)

    def mark_missing(self) -> None:
        """Mark the needed fields that have no column."""
        from app.usecases.ledger_columns import BY_CODE

        for code, choice in self.choices.items():
            choice.set_error(BY_CODE[code].needed and choice.value() == _NONE)

    def _on_chosen(self, _value: object) -> None:
        for code in self.choices:
            self._show_samples(code)
        self.mark_missing()
        self.changed.emit()

    def _show_samples(self, code: str) -> None:
        place = self.choices[code].value()
        found: dict[str, None] = {}
        if self._ledger is not None and place != _NONE:
            for row in self._ledger.rows:
                if row.cells[place]:
                    found[row.cells[place]] = None
                if len(found) == _SAMPLES:
                    break
        self._samples[code].set_text("　".join(found))
