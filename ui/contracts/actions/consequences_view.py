"""What follows from an action, below its fields: from when, before and after, fee, advice, notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.contracts.actions.boxes import BetterBox, FeeBox, Notes, ReasonFold
from ui.contracts.actions.compare_table import CompareTable
from ui.contracts.actions.shown import Better, Shown
from ui.widgets.layout import clear, column


class ConsequencesView(QWidget):
    """Shows a ``Shown``. ``taken`` carries a Better whose button was used."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.effective = ReasonFold()
        self.table = CompareTable()
        self.fee = FeeBox()
        self._better: tuple[Better, ...] = ()
        self._urgent, self._advice = column(gap="s"), column(gap="s")
        self.boxes: list[BetterBox] = []
        self.notes = Notes()
        self.setLayout(
            column(self._urgent, self.effective, self.table, self.fee, self._advice, self.notes, gap="m")
        )

    def show_consequences(self, shown: Shown) -> None:
        """Show what follows; empty parts are not there."""
        self.effective.show_reason(shown.effective, shown.reason)
        self.table.show_sections(shown.sections)
        self.fee.show_fee(shown.fee)
        self._show_better(shown.better)
        self.notes.show_notes(shown.notes)

    def _show_better(self, better: tuple[Better, ...]) -> None:
        if better == self._better:
            return
        self._better = better
        clear(self._urgent)
        clear(self._advice)
        self.boxes = [BetterBox(one) for one in better]
        for box in self.boxes:
            box.taken.connect(self.taken)
            (self._urgent if box.better.urgent else self._advice).addWidget(box)
