"""A form in sections: the section's name at the left, its fields at the right, a line between sections."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.qt import TOP_LEFT, Policy
from ui.theme import theme
from ui.widgets.layout import rule
from ui.widgets.text import Label


class Section(QWidget):
    """`Section(_("会社"), row(name, registration), row(postal, address))`. Rows are widgets or layouts."""

    def __init__(self, title: str, *rows: QWidget | QLayout, gap: str = "m") -> None:
        super().__init__()
        s = theme.size
        self.title = Label(title, "heading", wrap=True)
        self.title.setFixedWidth(s.label_column - s.m)
        self.title.setSizePolicy(Policy.Fixed, Policy.Preferred)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(getattr(s, gap))
        for one in rows:
            self.add(one)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, s.l, 0, s.l)
        box.setSpacing(s.m)
        box.addWidget(self.title, 0, TOP_LEFT)
        box.addLayout(self.fields, 1)

    def add(self, one: QWidget | QLayout) -> None:
        """Another row."""
        if isinstance(one, QWidget):
            self.fields.addWidget(one)
        else:
            self.fields.addLayout(one)


def form(*sections: QWidget) -> QWidget:
    """Sections one below the other with lines between, as wide as is good to read.

    The body stands in a row of its own: only a row keeps to a greatest width when it asks how high wrapped
    words are.
    """
    s = theme.size
    body = QFrame()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for place, section in enumerate(sections):
        if place:
            column.addWidget(rule())
        column.addWidget(section)
    column.addStretch(1)
    body.setMaximumWidth(s.form_width + s.label_column)
    body.setSizePolicy(Policy.Expanding, Policy.Preferred)
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(body, 1000)
    line.addStretch(1)
    return holder


def shares(*fields: tuple[QWidget, int]) -> QHBoxLayout:
    """Fields side by side that share the width by weights; their labels stand on one line."""
    box = QHBoxLayout()
    box.setSpacing(theme.size.m)
    box.setContentsMargins(0, 0, 0, 0)
    for field, weight in fields:
        box.addWidget(field, weight)
    return box
