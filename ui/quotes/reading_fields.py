"""Reading what was typed into number and date fields, and saying what is wrong where it can't be read."""

from __future__ import annotations

from app.errors import Problem
from app.words import _
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField
from ui.widgets.number import NumberStepper

# Larger numbers can't be kept; no quantity and no price of this business comes near.
_MOST = 10**15


def number_in(control: NumberStepper | MoneyField, path: str) -> tuple[int | None, Problem | None]:
    """The whole number in a field, and what is wrong with what was typed instead of one."""
    value, text = control.value(), control.text()
    if value is None:
        return None, _no_number(text, path) if text else None
    if abs(value) > _MOST:
        return None, Problem(
            "bad-input", _("数が大きすぎます。"), remedy=_("桁を確かめてください。"), field=path
        )
    return value, None


def _no_number(text: str, path: str) -> Problem:
    shown = text if len(text) <= 20 else f"{text[:20]}…"
    return Problem(
        "bad-input",
        _("「{text}」は数として読めません。").format(text=shown),
        remedy=_("数字で入力してください。"),
        field=path,
    )


def day_problem(field: DateField, path: str) -> Problem | None:
    """What is wrong with the day typed into a field; None when it is a day or empty."""
    if field.readable:
        return None
    return Problem(
        "bad-input",
        _("「{text}」は日付として読めません。").format(text=field.text()[:20]),
        remedy=_("例：12/10、2026-12-10、R8.12.10"),
        field=path,
    )


def show_number(control: NumberStepper | MoneyField, value: int | None) -> None:
    """Show a number unless the field says it already; what can't be read stays to be mended.

    An emptied field somebody is typing in stays empty: a 0 put there would stand before what comes next.
    """
    if control.edit.hasFocus() and (value is None or (not value and not control.edit.text())):
        return
    if control.value() != value:
        control.set_value(value)


def show_day(field: DateField, day: object) -> None:
    """Show a day unless the field says it already; what can't be read stays to be mended."""
    from datetime import date

    if field.day() != day:
        field.set_day(day if isinstance(day, date) else None)
