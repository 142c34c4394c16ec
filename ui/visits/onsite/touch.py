"""Controls on site are high enough for fingers."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Segments
from ui.widgets.frame import FramedControl

Control = TypeVar("Control", bound=QWidget)


def for_fingers(control: Control) -> Control:
    """Make a control as high as a finger needs; a square one as wide too."""
    height = theme.size.touch
    if isinstance(control, Segments):
        for button in control.findChildren(QAbstractButton):
            button.setFixedHeight(height)
    elif isinstance(control, Button):
        control.set_least_height(height)
    elif isinstance(control, FramedControl | QComboBox | QAbstractButton):
        control.setFixedHeight(height)
    return control
