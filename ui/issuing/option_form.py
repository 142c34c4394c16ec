"""What only one kind of paper asks for, as a small form beside its pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Problem
from app.papers.request import PaperRequest
from ui.contracts.actions.raw import Raw, put_raw, raw_of
from ui.session import Session
from ui.theme import theme
from ui.widgets.choices import Choice, Segments
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField, TextArea, TextField
from ui.widgets.field import Field
from ui.widgets.number import NumberStepper


class OptionForm(QWidget):
    """``edited`` after everything people do that changes the paper, ``filled`` where the desk put in what it
    knew. ``fields`` by the names problems use (``options.month``). Subclasses put fields in with
    ``add_field`` and say in ``options`` what they mean.
    """

    edited = Signal()
    filled = Signal()

    def __init__(self, session: Session, request: PaperRequest) -> None:
        super().__init__()
        self.session, self.request = session, request
        self.fields: dict[str, Field] = {}
        self.accepted: list[str] = []  # problems that shall not keep the paper back
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.size.field_gap)
        self.fill()

    def fill(self) -> None:
        """Put the fields in."""

    def options(self) -> dict[str, Any]:
        """What is asked for, as the maker of the kind reads it."""
        return dict(self.request.options)

    def asked(self) -> dict[str, Any]:
        """The options with what was accepted."""
        return self.options() | ({"accept": list(self.accepted)} if self.accepted else {})

    def accept(self, code: str) -> None:
        """A problem shall not keep the paper back."""
        if code not in self.accepted:
            self.accepted.append(code)

    @property
    def begins_at(self) -> QWidget | None:
        """Where typing begins; None where there is nothing to type."""
        return next((field.control for field in self.fields.values()), None)

    # --- building -----------------------------------------------------------------------------------

    def add_field(self, name: str, field: Field, *, beside: bool = False) -> Field:
        """Take a field in by the name of its option; ``beside``: somebody else gives it its place."""
        self.fields[f"options.{name}"] = field
        if not beside:
            self.body.addWidget(field)
        self.listen(field.control)
        return field

    def listen(self, control: QWidget) -> None:
        """Hear what a person changes in a control."""
        if isinstance(control, TextField | TextArea):
            control.edited.connect(self._on_edited)
        elif isinstance(control, NumberStepper | MoneyField):
            control.value_changed.connect(self._on_edited)
        elif isinstance(control, DateField):
            control.day_changed.connect(self._on_edited)
        elif isinstance(control, Segments | Choice):
            control.chosen.connect(self._on_edited)
        else:
            control.toggled.connect(self._on_edited)  # type: ignore[attr-defined]

    def _on_edited(self, _value: object = None) -> None:
        self.edited.emit()

    # --- problems -----------------------------------------------------------------------------------

    def take_problem(self, problem: Problem) -> bool:
        """Put a problem under the field it is about; False where it belongs to none here."""
        field = self.fields.get(problem.field)
        if field is None:
            return False
        field.set_error("\n".join(part for part in (field.error, problem.sentence()) if part))
        return True

    def clear_problems(self) -> None:
        """Nothing is wrong (any more)."""
        for field in self.fields.values():
            field.set_error("")

    # --- what was typed ------------------------------------------------------------------------------

    def typed(self) -> dict[str, Raw]:
        """What stands in the fields, readable or not."""
        return {name: raw_of(field.control) for name, field in self.fields.items()}

    def put_typed(self, typed: Mapping[str, Raw]) -> None:
        """Put it back."""
        for name, raw in typed.items():
            if name in self.fields:
                put_raw(self.fields[name].control, raw)


def day_option(field: DateField) -> str | None:
    """A day as options carry it; what was typed where it is no day, so that the maker refuses it."""
    day = field.day()
    if day is not None:
        return day.isoformat()
    return field.text() or None


def first_of_year(day: date) -> date:
    """The first day of a calendar year."""
    return day.replace(month=1, day=1)
