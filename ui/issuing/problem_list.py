"""Everything that keeps a paper from being issued, each with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Problem
from app.words import N_, _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import clear, row
from ui.widgets.strips import AdviceStrip

# Problems that somebody may accept for one paper, and what the button says.
_MAY_BE_ACCEPTED: Final = {
    "no-address": N_("住所なしで発行"),
    "no-registration": N_("登録番号なしで発行"),
}


class ProblemList(QWidget):
    """One strip a problem; gone when there are none. ``accepted`` carries the code of one that somebody takes
    upon themselves.
    """

    accepted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.size.s)
        self.told: list[AdviceStrip] = []
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these instead of those before."""
        clear(self._box)
        self.told = []
        for one in problems:
            detail = " ".join(part for part in (one.why, one.remedy, one.clause) if part)
            accept = _(_MAY_BE_ACCEPTED[one.code]) if one.code in _MAY_BE_ACCEPTED else ""
            strip = AdviceStrip(one.what, detail, meaning="danger", icon="circle-alert")
            self._box.addWidget(strip)
            if accept:  # below: beside the words it would leave them too little room
                button = Button(accept, small=True)
                button.clicked.connect(partial(self.accepted.emit, one.code))
                self._box.addLayout(row(None, button))
            self.told.append(strip)
        self.setVisible(bool(problems))
