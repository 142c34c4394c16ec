"""不在: days, or hours of a day, on which somebody does not visit, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Problems
from app.visit.order import Leave
from app.words import _
from ui.contracts.actions.time_field import TimeField
from ui.settings.technician_hours import minute_in, show_minute
from ui.theme import theme
from ui.unsaved import Values, control_values, put_controls
from ui.widgets.button import Button, IconButton
from ui.widgets.dates import DateField
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.text import Label


class LeaveRow(QWidget):
    """One leave: its days, the hours where it is only a part of them, and why."""

    edited = Signal()
    typed = Signal()
    removed = Signal(object)

    def __init__(self, today: date, leave: Leave | None) -> None:
        super().__init__()
        self.first, self.last = DateField(today), DateField(today)
        self.from_, self.to = TimeField(ems=5.2), TimeField(ems=5.2)
        self.why = TextField(_("例：休み、研修、健康診断"))
        remove = IconButton("trash-2", _("この不在を消す"))
        remove.clicked.connect(self._on_removed)
        names = (
            (self.first, _("不在の最初の日")), (self.last, _("不在の最後の日")),
            (self.from_, _("不在の始まりの時刻")), (self.to, _("不在の終わりの時刻")),
            (self.why, _("不在の理由")),
        )  # fmt: skip
        for control, name in names:
            control.edit.setAccessibleName(name)
            control.edit.editingFinished.connect(self.edited)
            control.edit.textChanged.connect(self.typed)
        for one in (self.from_, self.to):
            one.edit.setPlaceholderText(_("終日"))
        days = _line(self.first, Label(_("〜"), "body", "text2"), self.last, remove, stretch=(0, 2))
        hours = _line(self.from_, Label(_("〜"), "body", "text2"), self.to, self.why, stretch=(3,))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size.xs)
        whole.addLayout(days)
        whole.addLayout(hours)
        if leave is not None:
            self.show_leave(leave)

    def show_leave(self, leave: Leave) -> None:
        """Show a stored one."""
        self.first.set_day(leave.first)
        self.last.set_day(leave.last)
        show_minute(self.from_, leave.from_minute)
        show_minute(self.to, leave.to_minute)
        self.why.set_text(leave.why)

    def controls(self) -> dict[str, QWidget]:
        """What one types, by name."""
        return {"first": self.first, "last": self.last, "from": self.from_, "to": self.to, "why": self.why}

    @property
    def empty(self) -> bool:
        """Nothing was typed yet."""
        return not any(control.text() for control in (self.first, self.last, self.from_, self.to, self.why))

    def leave(self) -> Leave | None:
        """What stands there: one day where only the first was given; None without a readable day."""
        first, last = self.first.day(), self.last.day()
        if first is None or not self.last.readable:
            return None
        none = 0  # an empty end of hours is the end of the day, an unreadable one is refused
        from_ = minute_in(self.from_, none) if self.from_.text() else None
        to = minute_in(self.to, none) if self.to.text() else None
        return Leave(first=first, last=last or first, why=self.why.text(), from_minute=from_, to_minute=to)

    def _on_removed(self) -> None:
        self.removed.emit(self)


def _line(*parts: QWidget, stretch: tuple[int, ...]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.size.s)
    for place, part in enumerate(parts):
        line.addWidget(part, 1 if place in stretch else 0)
    return line


class LeavesPart(QWidget):
    """All leaves, the earliest first, and a button for another one; ``typed`` with every key."""

    edited = Signal()
    typed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.rows: list[LeaveRow] = []
        self._fields: list[Field] = []
        self.add_button = Button(_("不在を追加"), "plus", "quiet")
        self._box = QVBoxLayout()
        self._box.setSpacing(theme.size.m)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size.s)
        whole.addLayout(self._box)
        whole.addLayout(row(self.add_button, None))
        self.add_button.clicked.connect(self.add_leave)

    def show_leaves(self, leaves: tuple[Leave, ...]) -> None:
        """Show somebody's leaves."""
        while self.rows:
            self._drop(self.rows[-1])
        for leave in leaves:
            self._add(leave)

    def values(self) -> list[dict[str, Any]]:
        """What stands there as typed, a leave after the other."""
        return [control_values(one.controls()) for one in self.rows]

    def put(self, values: Sequence[Values]) -> None:
        """Put it back; not an edit."""
        self.show_leaves(())
        for found in values:
            put_controls(self._add(None).controls(), found)

    def add_leave(self) -> LeaveRow:
        """An empty one, to be filled in."""
        added = self._add(None)
        added.first.edit.setFocus()
        return added

    def _add(self, leave: Leave | None) -> LeaveRow:
        one = LeaveRow(self._today, leave)
        one.edited.connect(self.edited)
        one.typed.connect(self.typed)
        one.removed.connect(self._on_removed)
        field = Field("", one)
        field.set_label_shown(False)
        one.setFocusProxy(one.first.edit)  # where a mistake is told, after the field named its control
        self.rows.append(one)
        self._fields.append(field)
        self._box.addWidget(field)
        return one

    def _drop(self, one: LeaveRow) -> None:
        place = self.rows.index(one)
        self.rows.pop(place)
        field = self._fields.pop(place)
        self._box.removeWidget(field)
        field.hide()
        field.deleteLater()

    def _on_removed(self, one: LeaveRow) -> None:
        self._drop(one)
        self.add_button.setFocus()
        self.edited.emit()

    def collect(self, problems: Problems) -> tuple[Leave, ...]:
        """The leaves that stand there; a day that can't be read is a problem."""
        found = []
        for one in self.rows:
            leave = one.leave()
            if leave is not None:
                found.append(leave)
            elif not one.empty:
                problems.add(
                    "bad-input",
                    _("不在の日を読めません。"),
                    remedy=_("例：12/10"),
                    field=f"unread.{self.rows.index(one)}",
                )
        return tuple(found)

    @property
    def fields(self) -> dict[str, Field]:
        """Where what is wrong is told, by its path."""
        read = [field for one, field in zip(self.rows, self._fields, strict=True) if one.leave() is not None]
        unread = {f"unread.{n}": field for n, field in enumerate(self._fields) if field not in read}
        return {f"leaves.{place}": field for place, field in enumerate(read)} | unread
