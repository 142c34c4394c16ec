"""勤務時間: for each weekday whether somebody works, from when to when, and how long the break is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Problems
from app.visit.order import Hours
from app.words import _
from ui.contracts.actions.time_field import TimeField
from ui.theme import theme
from ui.unsaved import Values, control_values, put_controls
from ui.widgets.choices import Check
from ui.widgets.field import Field
from ui.widgets.number import NumberStepper
from ui.widgets.paint import width_of
from ui.widgets.text import Label

UNREADABLE = -1


def weekday_name(weekday: int) -> str:
    """``月曜日`` for 0."""
    names = (_("月曜日"), _("火曜日"), _("水曜日"), _("木曜日"), _("金曜日"), _("土曜日"), _("日曜日"))
    return names[weekday]


def minute_in(field: TimeField, empty: int) -> int:
    """Minutes since midnight; ``empty`` for an empty field, −1 for what is no time."""
    at = field.time()
    if at is None:
        return empty if field.readable else UNREADABLE
    return at.hour * 60 + at.minute


def show_minute(field: TimeField, minute: int | None) -> None:
    """Show a minute of the day; nothing for none, nor for midnight at the end."""
    field.set_text("" if minute is None else f"{min(minute, 1439) // 60}:{min(minute, 1439) % 60:02}")


class HoursRow(QWidget):
    """A weekday. Unticked, nobody works then; its times stay for the case that it is ticked again."""

    edited = Signal()
    typed = Signal()

    def __init__(self, weekday: int) -> None:
        super().__init__()
        self.weekday = weekday
        usual, name = Hours(weekday=weekday), weekday_name(weekday)
        self.works = Check(name)
        self.works.setFixedWidth(
            theme.size.check + 2 * theme.size.s + max(width_of(weekday_name(day), "body") for day in range(7))
        )
        self.first = TimeField(time(usual.first // 60, usual.first % 60), ems=5.2)
        self.last = TimeField(time(usual.last // 60, usual.last % 60), ems=5.2)
        self.rest = NumberStepper(_("分"), 0, 480, usual.break_minutes, ems=9.5)
        self.off = Label(_("休み"), "body", "text3")
        for control, what in ((self.first, _("始業")), (self.last, _("終業")), (self.rest, _("休憩"))):
            control.edit.setAccessibleName(f"{name} {what}")
            control.edit.editingFinished.connect(self.edited)
            control.edit.textChanged.connect(self.typed)
        self._at_work = QWidget()
        inside = QHBoxLayout(self._at_work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.size.s)
        for part in (self.first, Label(_("〜"), "body", "text2"), self.last):
            inside.addWidget(part)
        inside.addSpacing(theme.size.s)
        inside.addWidget(Label(_("休憩"), "panel", "text2"))
        inside.addWidget(self.rest)
        inside.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.size.s)
        whole.addWidget(self.works)
        whole.addWidget(self._at_work, 1)
        whole.addWidget(self.off, 1)
        self.setMinimumHeight(theme.size.control)
        self.works.clicked.connect(self._on_works)
        self.rest.value_changed.connect(self._on_rest)
        self._show_works()

    def show_hours(self, hours: Hours | None) -> None:
        """Show the hours of this weekday; None for a day off."""
        self.works.setChecked(hours is not None)
        if hours is not None:
            show_minute(self.first, hours.first)
            show_minute(self.last, hours.last)
            self.rest.set_value(hours.break_minutes)
        self._show_works()

    def hours(self) -> Hours | None:
        """What stands there; what is no time is −1, which the rules refuse."""
        if not self.works.isChecked():
            return None
        rest = self.rest.value()
        return Hours(
            weekday=self.weekday,
            first=minute_in(self.first, UNREADABLE),
            last=minute_in(self.last, UNREADABLE),
            break_minutes=UNREADABLE if rest is None else rest,
        )

    def controls(self) -> dict[str, QWidget]:
        """What one types or ticks, by name."""
        return {"works": self.works, "first": self.first, "last": self.last, "rest": self.rest}

    def put(self, values: Values) -> None:
        """Put back what stood there; not an edit."""
        put_controls(self.controls(), values)
        self._show_works()

    def _show_works(self) -> None:
        works = self.works.isChecked()
        self._at_work.setVisible(works)
        self.off.setVisible(not works)

    def _on_works(self) -> None:
        self._show_works()
        self.edited.emit()

    def _on_rest(self, _value: object) -> None:
        if not self.rest.edit.hasFocus():  # by − or +; what is typed counts when the field is left
            self.edited.emit()


class HoursPart(QWidget):
    """All weekdays. ``fields`` by the place in the record, for what is wrong; ``typed`` with every key."""

    edited = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = [HoursRow(weekday) for weekday in range(7)]
        self._fields = [Field("", one) for one in self.rows]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.xs)
        for one, field in zip(self.rows, self._fields, strict=True):
            field.set_label_shown(False)
            one.setFocusProxy(one.rest.edit)  # where a mistake is told, after the field named its control
            box.addWidget(field)
            one.edited.connect(self.edited)
            one.typed.connect(self.typed)

    def values(self) -> list[dict[str, Any]]:
        """What stands there as typed, a weekday after the other."""
        return [control_values(one.controls()) for one in self.rows]

    def put(self, values: Sequence[Values]) -> None:
        """Put it back; not an edit."""
        for one, found in zip(self.rows, values, strict=False):
            one.put(found)

    def show_hours(self, hours: tuple[Hours, ...]) -> None:
        """Show somebody's week."""
        known = {one.weekday: one for one in hours}
        for one in self.rows:
            one.show_hours(known.get(one.weekday))

    def collect(self, _problems: Problems) -> tuple[Hours, ...]:
        """The weekdays worked, in their order."""
        return tuple(found for one in self.rows if (found := one.hours()) is not None)

    @property
    def fields(self) -> dict[str, Field]:
        """Where what is wrong is told, by its path."""
        at_work = [field for one, field in zip(self.rows, self._fields, strict=True) if one.works.isChecked()]
        shown = {f"hours.{place}": field for place, field in enumerate(at_work)}
        rest = {
            f"off.{n}": field for n, field in enumerate(self._fields) if field not in at_work
        }  # told nothing
        return {**shown, **rest}
