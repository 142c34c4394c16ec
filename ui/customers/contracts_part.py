"""The contracts of one customer, beside their form or below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from app.charge.words_basic import counted
from app.contract.record import ContractQuery
from app.words import _, pgettext
from ui.contracts.list_columns import ListedContract, yen_words
from ui.contracts.list_page import read_ids, read_rows
from ui.contracts.words import state_words
from ui.lock.gate import Gate
from ui.operations.hub import Changed
from ui.session import Session
from ui.widgets.button import Button
from ui.widgets.layout import column, on_surface, row
from ui.widgets.rows_model import Cell, Column, RowsModel
from ui.widgets.strips import EmptyState
from ui.widgets.table import RowTable
from ui.widgets.text import Label


def _service(one: ListedContract) -> Cell:
    return Cell(one.service, second=one.row.number, raw=one.row.service)


def _state(one: ListedContract) -> Cell:
    return Cell(chip=state_words(one.row.state), raw=one.row.state.value)


def _amount(one: ListedContract) -> Cell:
    row = one.row
    quantity = counted(row.quantity, one.unit) if row.quantity else ""
    if row.monthly_net:
        return Cell(yen_words(row.monthly_net), second=quantity, raw=row.monthly_net)
    if row.yearly_net:
        return Cell(yen_words(row.yearly_net), before=_("年額"), second=quantity, raw=row.yearly_net)
    return Cell("—", second=quantity, tone="text3", raw=0)


class CustomerContracts(QFrame):
    """`contract_chosen` carries an id; `counted` how many there are; `new_wanted` asks for a new one."""

    contract_chosen = Signal(str)
    counted = Signal(int)
    new_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        on_surface(self, "panel")
        columns = [
            Column(_("サービス"), 13, _service, stretch=True),
            Column(_("状態"), 7.2, _state),
            Column(_("月額（税抜）"), 9.8, _amount, right=True),
        ]
        self.model = RowsModel(session.hub, columns, read_ids, read_rows, self)
        self.table = RowTable(self.model, name=_("このお客さまの契約"))
        self.nothing = EmptyState(
            "file-check",
            _("契約はまだありません"),
            _("このお客さまの契約がここに並びます。"),
            _("新しい契約"),
        )
        self.count = Label("", "panel", "text2")
        self.new = Button(_("新しい契約"), "plus", small=True)
        for button in (self.new, self.nothing.button):
            Gate(button, session, "sell")
        self._head = QWidget()
        self._head.setLayout(row(self.count, None, self.new, pad=("l", "s")))
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        outer = column(self._head, body)
        outer.setStretch(1, 1)
        self.setLayout(outer)
        self.new.clicked.connect(self.new_wanted)
        self.table.opened.connect(self._on_opened)
        self.nothing.accepted.connect(self.new_wanted)
        self.model.found.connect(self._on_found)
        session.hub.changed.connect(self._on_changed)

    def show_customer(self, customer_id: str) -> None:
        """The contracts of a stored customer, those with the highest number first."""
        self.model.find(ContractQuery(customer_id=customer_id, sort="number", descending=True))

    def _on_found(self, count: int) -> None:
        self._stack.setCurrentWidget(self.table if count else self.nothing)
        self._head.setVisible(bool(count))
        self.count.set_text(pgettext("column", "{count}件").format(count=f"{count:,}"))
        self.counted.emit(count)

    def _on_opened(self, found: ListedContract) -> None:
        self.contract_chosen.emit(found.id)

    def _on_changed(self, changed: Changed) -> None:
        if changed.contracts:
            self.model.again(changed.contracts)
