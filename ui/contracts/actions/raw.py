"""What stands in a control as it was typed, readable or not: to be put back later exactly so."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from app.date_reading import read_date
from ui.widgets.choices import Choice, Segments
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField, TextArea, TextField
from ui.widgets.number import NumberStepper

Raw = str | bool | int | None


def raw_of(control: QWidget) -> Raw:
    """What a person put there."""
    if isinstance(control, TextArea):
        return control.toPlainText()
    if isinstance(control, TextField | MoneyField | NumberStepper | DateField):
        return control.edit.text()
    if isinstance(control, QCheckBox):
        return control.isChecked()
    if isinstance(control, Segments | Choice):
        value = control.value()
        return value if isinstance(value, str | bool | int) else None
    raise TypeError(type(control))


def put_raw(control: QWidget, raw: Raw) -> None:
    """Put it back; not an edit."""
    if isinstance(control, QCheckBox):
        control.setChecked(bool(raw))
    elif isinstance(control, Segments | Choice):
        control.set_value(raw)
    elif isinstance(control, DateField):
        _put_day(control, str(raw or ""))
    elif isinstance(control, TextArea | TextField):
        control.set_text(str(raw or ""))
    elif isinstance(control, MoneyField | NumberStepper):
        control.edit.setText(str(raw or ""))
    else:
        raise TypeError(type(control))


def _put_day(control: DateField, text: str) -> None:
    day = read_date(text, control.today)
    control.set_day(day)
    if day is None:
        control.edit.setText(text)


def words_in(control: QWidget) -> str:
    """What stands in a control, as a person reads it; "" for nothing."""
    from app.words import _

    if isinstance(control, QCheckBox):
        return _("はい") if control.isChecked() else ""
    if isinstance(control, Choice):
        return control.currentText()
    if isinstance(control, Segments):
        return control.chosen_words()
    return str(raw_of(control) or "").strip()
