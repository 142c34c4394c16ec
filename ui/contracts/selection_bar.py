"""What the marked contracts come to, at the foot of the list: how many, what they bring, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.usecases.desk import Desk
from app.words import _
from ui.session import Session
from ui.tasks import Task
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.frame import Picture
from ui.widgets.marked_table import MarkedTable
from ui.widgets.text import Label

_AFTER_MARKING_MS = 40


@dataclass(frozen=True)
class SumWords:
    """The sums of chosen contracts in words; "" for what they have none of."""

    monthly: str = ""
    yearly: str = ""
    units: str = ""


def read_sums(desk: Desk, seqs: list[int]) -> SumWords:
    """On the database worker: what contracts come to, in words."""
    from app.charge.words_basic import counted
    from app.money import yen_words
    from app.tariff.catalogue import words

    with desk.storage.look() as work:
        sums = work.contracts.sums(seqs)
    names = {
        item.code: words(item.unit)
        for service in desk.catalogue.services()
        for edition in service.editions
        for item in edition.items
    }
    by_unit: dict[str, int] = {}
    for item, count in sums.units.items():
        unit = names.get(item, "")
        by_unit[unit] = by_unit.get(unit, 0) + count
    units = [counted(count, unit) for unit, count in by_unit.items() if count and unit]
    return SumWords(
        yen_words(sums.monthly_net) if sums.monthly_net or not sums.yearly_net else "",
        yen_words(sums.yearly_net) if sums.yearly_net else "",
        _("・").join(units),
    )


class SelectionBar(QWidget):
    """Shown while contracts are marked. ``export_wanted``: write the marked ones to a file."""

    export_wanted = Signal()

    def __init__(self, session: Session, table: MarkedTable) -> None:
        super().__init__()
        self._session, self._table = session, table
        self._asked: Task | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MARKING_MS)
        self._soon.timeout.connect(self.read)
        self.count = Label("", "panel-bold")
        self.label = Label(_("月額の合計"), "panel", "text2")
        self.sum = Label("", "panel-bold")
        self.rest = Label("", "panel", "text2")
        self.export = Button(_("書き出し"), "download", small=True)
        self.clear = Button(_("選択を解除"), "", "quiet", small=True)
        s = theme.size
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.m)
        sums = QHBoxLayout()
        sums.setSpacing(s.xs)
        for widget in (self.label, self.sum, self.rest):
            sums.addWidget(widget)
        box.addWidget(Picture("square-check", "accent"))
        box.addWidget(self.count)
        box.addLayout(sums)
        box.addWidget(self.export)
        box.addWidget(self.clear)
        self.hide()
        self.export.clicked.connect(self.export_wanted)
        self.clear.clicked.connect(table.unmark_all)
        table.marks_changed.connect(self._on_marks)

    def _on_marks(self) -> None:
        count = len(self._table.marks.seqs)
        self.count.set_text(_("{count}件を選択").format(count=f"{count:,}"))
        self.setVisible(bool(count))
        if count:
            self._soon.start()
        elif self.isAncestorOf(self.focusWidget() or self):
            self._table.setFocus()

    def read(self) -> None:
        """Ask what the marked contracts come to."""
        if self._asked is not None:
            self._asked.cancel()
        if self._table.marks.seqs:
            seqs = sorted(self._table.marks.seqs)
            self._asked = self._session.hub.look(read_sums, seqs, done=self._on_sums, owner=self)

    def _on_sums(self, sums: SumWords) -> None:
        self.label.set_text(_("月額の合計") if sums.monthly else _("年額の合計"))
        self.sum.set_text(sums.monthly or sums.yearly)
        rest = [_("（税抜）")]
        if sums.monthly and sums.yearly:
            rest.append(_("・年額 {amount}").format(amount=sums.yearly))
        if sums.units:
            rest.append(_("・{units}").format(units=sums.units))
        self.rest.set_text("".join(rest))
        told = f"{self.count.text()} {self.label.text()} {self.sum.text()}{self.rest.text()}"
        self.setAccessibleName(told)
