"""Whom a request is for: the customer, found by a few letters, and the contract it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.usecases.desk import Desk
from app.words import _
from ui.contracts.words import service_name
from ui.quotes.form_rows import LinkButton
from ui.theme import theme
from ui.visits.request import Known, services_that_visit
from ui.visits.words import area_words
from ui.widgets.choices import Choice
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.search_field import SearchField
from ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.quote.stored import CustomerRow
    from ui.quotes.candidates import Candidates
    from ui.session import Session


def found_customers(desk: Desk, typed: str) -> tuple[str, list[CustomerRow]]:
    """On the database worker: the customers for the words typed, with the words."""
    from app.usecases.keep_customer import find_customers

    return typed, find_customers(desk, typed)


class WhomPart(QWidget):
    """``customer_chosen`` carries a customer's id, ``contract_chosen`` (contract id, service): "" and a
    service for a visit without a contract. ``new_customer`` asks for the form of a new customer.
    """

    customer_chosen = Signal(str)
    contract_chosen = Signal(str, str)
    new_customer = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._take_soon = False
        self._found_for = ""
        self.search = SearchField(_("カナ・漢字・電話・住所の一部"), name=_("顧客を探す"))
        self.search_field = Field(_("お客さま"), self.search)
        self._candidates: Candidates | None = None
        self.name = ElidedLabel("", "heading")
        self.change = LinkButton(_("変更"), "search")
        self.caption = Label("", "panel", "text2", wrap=True)
        self.contract = Choice()
        self.contract_field = Field(_("契約"), self.contract)
        self._build()
        self.show_known(None, "")

    def _build(self) -> None:
        s = theme.size
        self._card = QWidget()
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(0)
        head = row(self.name, self.change)
        head.setStretch(0, 1)
        card.addLayout(head)
        card.addWidget(self.caption)
        card.addSpacing(s.xs)
        card.addWidget(self.contract_field)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._card)
        self._box.addWidget(self.search_field)
        self.search.searched.connect(self._on_searched)
        self.search.down.connect(self._on_down)
        self.search.up.connect(self._on_up)
        self.search.entered.connect(self._on_entered)
        self.change.clicked.connect(self.start)
        self.contract.chosen.connect(self._on_contract)

    # --- showing --------------------------------------------------------------------------------------

    def show_known(self, known: Known | None, service: str) -> None:
        """Show whom it is for; None: it has to be found first."""
        self._card.setVisible(known is not None)
        self.search_field.setVisible(known is None)
        if known is None:
            return
        ground = known.ground
        self.name.set_text(ground.customer.fields.name)
        contract = ground.contract
        catalogue = ground.catalogue
        options: list[tuple[tuple[str, str], str]] = [
            ((one.id, one.service), f"{service_name(catalogue, one.service)} {one.number}")
            for one in known.contracts
        ]
        if contract is not None and contract.id not in {one.id for one in known.contracts}:
            code = contract.content.service
            options.insert(0, ((contract.id, code), f"{service_name(catalogue, code)} {contract.number}"))
        options.extend(
            (("", code), _("契約なし（{service}の料金）").format(service=service_name(catalogue, code)))
            for code in services_that_visit(catalogue, self._session.today)
        )
        self.contract.set_options(options, (contract.id if contract is not None else "", service))
        self.contract_field.setVisible(len(known.contracts) != 1 or contract is None)
        self.caption.set_text(self._caption(known, service))

    def _caption(self, known: Known, service: str) -> str:
        """``mediaセキュリティライト・Gateway 10・西日本``."""
        ground = known.ground
        parts = [service_name(ground.catalogue, service)] if service else []
        contract = ground.contract
        if contract is not None:
            from app.visit.from_order import contract_of

            brought = contract_of(contract.timeline, ground.catalogue, self._session.today)
            parts += [f"Gateway {capacity}" for capacity in sorted(brought.gateways)]
            parts.append(area_words(contract.content.site.area))
        else:
            parts.append(_("契約なし"))
        return _("・").join(parts)

    def start(self) -> None:
        """Find another customer."""
        self.search_field.show()
        self.search.take_focus()

    # --- finding --------------------------------------------------------------------------------------

    def _shown(self) -> Candidates:
        if self._candidates is None:
            from ui.quotes.candidates import Candidates

            self._candidates = Candidates()
            self._candidates.chosen.connect(self._on_chosen)
            self._candidates.new_wanted.connect(self._on_new)
            self._box.addWidget(self._candidates)
        return self._candidates

    def _on_searched(self, typed: str) -> None:
        if typed:
            self._session.hub.look(found_customers, typed, done=self._on_found, owner=self)
        elif self._candidates is not None:
            self._candidates.show_rows((), "")

    def _on_found(self, found: tuple[str, list[CustomerRow]]) -> None:
        typed, rows = found
        if typed != self.search.text():
            return
        self._found_for = typed
        self._shown().show_rows(rows, typed)
        if self._take_soon:
            self._take_soon = False
            self._shown().take()

    def _on_down(self) -> None:
        self._shown().move_by(1)

    def _on_up(self) -> None:
        self._shown().move_by(-1)

    def _on_entered(self) -> None:
        if self.search.text() and self.search.text() == self._found_for:
            self._shown().take()
        else:
            self._take_soon = bool(self.search.text())

    def _on_chosen(self, found: CustomerRow) -> None:
        self.search.clear()
        self._found_for = ""
        self._shown().show_rows((), "")
        self.customer_chosen.emit(found.id)

    def _on_new(self, _words: str) -> None:
        self.new_customer.emit()

    def _on_contract(self, chosen: tuple[str, str]) -> None:
        self.contract_chosen.emit(*chosen)
