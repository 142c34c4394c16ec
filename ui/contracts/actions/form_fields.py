"""Making the fields of a form: each is known by its name, tells every key, and can say what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.days import date_words, era_date_words
from app.words import _
from ui.contracts.actions.time_field import TimeField
from ui.quotes.form_rows import RowField
from ui.quotes.problem_board import ProblemBoard
from ui.theme import theme
from ui.widgets.choices import Check, Choice, Segments, Switch
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField, TextArea, TextField
from ui.widgets.field import Field
from ui.widgets.form import shares
from ui.widgets.number import NumberStepper
from ui.widgets.text import Label

if TYPE_CHECKING:
    from ui.contracts.context import PageContext

_DAY_EMS = 14.5


class FormFields(QWidget):
    """``controls`` and ``fields`` by name, in ``box`` below one another. ``changed`` comes with every key."""

    changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.board = ProblemBoard(self)
        self.controls: dict[str, QWidget] = {}
        self.fields: dict[str, Field | RowField] = {}
        self.note_row: Field | None = None
        self._names: dict[str, str] = {}
        self._putting = False
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.size.m)

    @property
    def today(self) -> date:
        """The day at the desk."""
        return self.context.session.today

    def day_words(self, day: date, *, weekday: bool = True) -> str:
        """A day as this desk writes it."""
        if self.context.session.settings.company.era == "wareki":
            return era_date_words(day)
        return date_words(day, weekday=weekday)

    def refresh(self) -> None:
        """Show and hide fields, and say what helps, as the others stand."""

    def _on_changed(self, *_what: object) -> None:
        if not self._putting:
            self.refresh()
            self.changed.emit()

    # --- kinds of fields --------------------------------------------------------------------------

    def day(
        self, name: str, label: str, value: date | None, helper: str = "", *, optional: str = ""
    ) -> Field:
        """A day."""
        wareki = self.context.session.settings.company.era == "wareki"
        control = DateField(self.today, value, wareki=wareki, placeholder=_("例：12/10"))
        control.day_changed.connect(self._on_changed)
        control.edit.textEdited.connect(self._on_changed)
        return self._field(name, label, control, helper, optional)

    def day_row(
        self, name: str, label: str, value: date | None, helper: str = "", *, optional: str = ""
    ) -> RowField:
        """A day with its label at the left: for several days below one another."""
        wareki = self.context.session.settings.company.era == "wareki"
        control = DateField(self.today, value, wareki=wareki, placeholder=_("例：12/10"))
        control.setFixedWidth(theme.ems(_DAY_EMS))
        control.day_changed.connect(self._on_changed)
        control.edit.textEdited.connect(self._on_changed)
        field = RowField(label, control, helper or optional)
        self._know(name, label, control, field)
        return field

    def clock(self, name: str, label: str, value: time | None, helper: str = "") -> Field:
        """A time of day."""
        control = TimeField(value, ems=0)
        control.edited.connect(self._on_changed)
        return self._field(name, label, control, helper)

    def text(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        hint: str = "",
        helper: str = "",
        optional: str = "",
    ) -> Field:
        """A line of words."""
        control = TextField(hint)
        control.set_text(value)
        control.edited.connect(self._on_changed)
        return self._field(name, label, control, helper, optional)

    def area(self, name: str, label: str, *, hint: str = "", optional: str = "") -> Field:
        """Several lines of words."""
        control = TextArea(hint)
        control.setFixedHeight(theme.size.control * 2)
        control.edited.connect(self._on_changed)
        return self._field(name, label, control, "", optional)

    def number(
        self, name: str, label: str, unit: str, value: int | None, least: int = 0, most: int = 9_999
    ) -> Field:
        """A whole number."""
        control = NumberStepper(unit, least, most, value, ems=0)
        control.value_changed.connect(self._on_changed)
        return self._field(name, label, control, "")

    def money(self, name: str, label: str, value: int | None = None, helper: str = "") -> Field:
        """An amount in yen."""
        control = MoneyField()
        control.set_value(value)
        control.value_changed.connect(self._on_changed)
        return self._field(name, label, control, helper)

    def segments(
        self, name: str, label: str, options: Sequence[tuple[object, str]], value: object, helper: str = ""
    ) -> Field:
        """A few choices side by side."""
        control = Segments(options, value)
        control.chosen.connect(self._on_changed)
        return self._field(name, label, control, helper)

    def choice(
        self, name: str, label: str, options: Sequence[tuple[object, str]], value: object, helper: str = ""
    ) -> Field:
        """A list that drops down."""
        control = Choice(options, value)
        control.chosen.connect(self._on_changed)
        return self._field(name, label, control, helper)

    def check(self, name: str, words: str, *, checked: bool = False) -> Check:
        """A box to tick."""
        control = Check(words, checked)
        control.toggled.connect(self._on_changed)
        self.controls[name] = control
        return control

    def switch(self, name: str, label: str, on: bool, helper: str = "") -> RowField:
        """On or off, its label at the left."""
        control = Switch(on=on, name=label)
        control.toggled.connect(self._on_changed)
        field = RowField(label, control, helper)
        self._know(name, label, control, field)
        return field

    def _field(self, name: str, label: str, control: QWidget, helper: str, optional: str = "") -> Field:
        field = Field(label, control, helper, optional=optional)
        self._know(name, label, control, field)
        return field

    def _know(self, name: str, label: str, control: QWidget, field: Field | RowField) -> None:
        self.controls[name] = control
        self.fields[name] = field
        self._names[name] = label
        self.board.add(name, field)

    def add(self, *items: QWidget | QLayout) -> None:
        """Put what was made below what stands there."""
        for item in items:
            if isinstance(item, QWidget):
                self.box.addWidget(item)
            else:
                self.box.addLayout(item)

    def note_field(self) -> None:
        """Words of one's own, below everything else."""
        self.note_row = self.text("note", _("メモ"), optional=_("（なくても可）"))

    def say(self, text: str, tone: str = "text3") -> Label:
        """A soft paragraph among the fields."""
        label = Label(text, "caption", tone, wrap=True)
        self.box.addWidget(label)
        return label

    @staticmethod
    def beside(*fields: tuple[QWidget, int]) -> QHBoxLayout:
        """Fields side by side by weights."""
        return shares(*fields)
