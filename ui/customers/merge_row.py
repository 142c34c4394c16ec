"""One field of two customers: both words, and which of them shall stand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout

from app.usecases.merge_customers import Side
from app.words import _
from ui.qt import LEFT, Mouse
from ui.theme import theme
from ui.widgets.cards import Radio
from ui.widgets.layout import row
from ui.widgets.paint import box as paint_box
from ui.widgets.text import Label


class _Half(QFrame):
    """One side: a round box and the words; a click anywhere chooses it."""

    def __init__(self, text: str, radio: Radio) -> None:
        super().__init__()
        self.radio = radio
        s = theme.size
        self.words = Label(text or "—", "panel", "" if text else "text3", wrap=True)
        box = row(radio, self.words)
        box.setStretch(1, 1)
        box.setContentsMargins(s.m, s.s, s.m, s.s)
        self.setLayout(box)

        radio.toggled.connect(self._on_toggled)

    def _on_toggled(self, _on: bool) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        chosen = self.radio.isChecked()
        ground, line = ("tint", "accent") if chosen else ("panel", "frame")
        paint_box(QPainter(self), self.rect(), theme.colour(ground), theme.colour(line))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Mouse.LeftButton:
            self.radio.click()


class MergeRow(QObject):
    """`chosen` carries the name of the field and the side. Alike words stand once, without a choice."""

    chosen = Signal(str, str)

    def __init__(self, name: str, label: str, kept: str, gone: str, side: Side) -> None:
        super().__init__()
        self._name = name
        self.label = Label(label, "caption-bold", "text2")
        self.alike = kept == gone
        self.same = Label(kept, "panel", "text2", wrap=True)
        self.halves: dict[Side, _Half] = {}
        self._group = QButtonGroup(self)
        if self.alike:
            return
        for which, text, words in (("kept", kept, _("残す顧客")), ("gone", gone, _("統合される顧客"))):
            radio = Radio(f"{label} {words} {text}")
            self._group.addButton(radio)
            half = _Half(text, radio)
            radio.setChecked(which == side)
            radio.clicked.connect(self._on_clicked)
            self.halves[which] = half  # type: ignore[index]

    def place_in(self, grid: QGridLayout, line: int) -> None:
        """Stand in a line of the grid."""
        grid.addWidget(self.label, line, 0, LEFT)
        if self.alike:
            grid.addWidget(self.same, line, 1, 1, 2)
            return
        grid.addWidget(self.halves["kept"], line, 1)
        grid.addWidget(self.halves["gone"], line, 2)

    def choose(self, side: Side) -> None:
        """As a person does."""
        self.halves[side].radio.click()

    def _on_clicked(self, _on: bool) -> None:
        side = next(which for which, half in self.halves.items() if half.radio.isChecked())
        self.chosen.emit(self._name, side)
