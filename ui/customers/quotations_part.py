"""The quotations of one customer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from app.quote.stored import QuotationQuery, QuotationRow
from app.words import _, pgettext
from ui.lock.gate import Gate
from ui.operations.hub import Changed
from ui.quotes.list_columns import customer_columns
from ui.quotes.list_page import read_ids, read_rows
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import on_surface, row
from ui.widgets.rows_model import RowsModel
from ui.widgets.strips import EmptyState
from ui.widgets.table import RowTable
from ui.widgets.text import Label


class CustomerQuotations(QFrame):
    """`quotation_chosen` carries an id; `new_wanted` asks for a quotation for this customer."""

    quotation_chosen = Signal(str)
    new_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        s = theme.size
        on_surface(self, "panel")
        self.model = RowsModel(session.hub, customer_columns(session.desk.now), read_ids, read_rows, self)
        self.table = RowTable(self.model, name=_("このお客さまの見積"))
        self.count = Label("", "panel", "text2")
        self.new = Button(_("新しい見積"), "plus", small=True)
        Gate(self.new, session, "sell")
        self.nothing = EmptyState(
            "file-text", _("見積はまだありません"), _("このお客さまの見積がここに並びます。")
        )
        self._body = QWidget()
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        head = row(self.count, None, self.new)
        head.setContentsMargins(s.l, s.s, s.l, s.s)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self._body, 1)
        self.new.clicked.connect(self.new_wanted)
        self.table.opened.connect(self._on_opened)
        self.model.found.connect(self._on_found)
        session.hub.changed.connect(self._on_changed)

    def show_customer(self, customer_id: str) -> None:
        """The quotations of a stored customer, the newest change first."""
        self.model.find(QuotationQuery(customer_id=customer_id))

    def _on_found(self, count: int) -> None:
        self.count.set_text(pgettext("column", "{count}件").format(count=f"{count:,}") if count else "")
        self._stack.setCurrentWidget(self.table if count else self.nothing)

    def _on_opened(self, found: QuotationRow) -> None:
        self.quotation_chosen.emit(found.id)

    def _on_changed(self, changed: Changed) -> None:
        if changed.quotations:
            self.model.again(changed.quotations)
