"""A customer chosen from the register or typed in on the spot, as in the editor of quotations."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contract.customer import CustomerFields
from app.quote.content import QuotationContent
from ui.quotes.context import EditorContext
from ui.quotes.customer_part import CustomerPart
from ui.quotes.draft import Draft
from ui.quotes.problem_board import ProblemBoard
from ui.session import Session


class CustomerPick(QWidget):
    """``changed`` comes when another customer is chosen or typed. Problems of ``customer`` are told by its
    field on the board.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, session: Session, board: ProblemBoard, label: str = "") -> None:
        super().__init__()
        self._draft = Draft(QuotationContent())
        wareki = session.settings.company.era == "wareki"
        context = EditorContext(
            self._draft, session.hub, session.catalogue, board, session.today, wareki=wareki
        )
        self.part = CustomerPart(context, label)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.part)
        self.part.show_content(self._draft.content)
        self._draft.changed.connect(self._on_changed)
        self.part.settled.connect(self.settled)

    @property
    def customer_id(self) -> str:
        """The stored customer chosen; "" while nobody is, or while a new one is not stored yet."""
        return self._draft.content.customer_id or ""

    @property
    def fields(self) -> CustomerFields:
        """What is known of the customer."""
        return self._draft.content.customer

    def show_customer(self, customer_id: str, fields: CustomerFields) -> None:
        """Show a customer; not an edit by a person."""
        self._draft.load(QuotationContent(customer=fields, customer_id=customer_id or None))

    def start(self) -> None:
        """Look for somebody."""
        self.part.start_search()

    def _on_changed(self, content: QuotationContent) -> None:
        self.part.show_content(content)
        self.changed.emit()
