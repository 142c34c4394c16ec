"""Small measures of a visit's pages: a picture level with words that break over lines, room beside a line."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.frame import Picture
from ui.widgets.layout import column, row


def level(icon: str, tone: str = "text3") -> QVBoxLayout:
    """A picture at the top of its row."""
    box = column(Picture(icon, tone), None)
    box.setContentsMargins(0, theme.size.xs, 0, 0)
    return box


def level_head(icon: str, label: QWidget) -> QHBoxLayout:
    """A picture and a label before words that break over lines."""
    box = row(Picture(icon, "text3"), label)
    box.setContentsMargins(0, theme.size.xs, 0, 0)
    return box


def beside_line(widget: QWidget) -> QVBoxLayout:
    """A widget beside the line at the left of what holds it."""
    box = column(widget)
    box.setContentsMargins(theme.size.hairline, 0, 0, 0)
    return box
