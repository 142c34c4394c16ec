"""Everything that keeps a paper from being issued, each with what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Problem
from ui.theme import theme
from ui.widgets.layout import clear
from ui.widgets.strips import AdviceStrip


class ProblemList(QWidget):
    """One strip a problem; gone when there are none."""

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
            strip = AdviceStrip(one.what, detail, meaning="danger", icon="circle-alert")
            self._box.addWidget(strip)
            self.told.append(strip)
        self.setVisible(bool(problems))
