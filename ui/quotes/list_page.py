"""見積: all quotations, found by typing, narrowed by state, service and staff, in any order."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.usecases.desk import Desk
from app.words import _
from ui.operations.hub import Changed
from ui.quotes.list_columns import columns, orders, states_in_words
from ui.session import Session
from ui.widgets.button import Button
from ui.widgets.chips import FilterChip
from ui.widgets.list_frame import ListFrame
from ui.widgets.rows_model import RowsModel
from ui.widgets.strips import EmptyState, Toasts
from ui.widgets.table import RowTable

if TYPE_CHECKING:  # records and what can be done to them load with the first search, after the first picture
    from app.quote.stored import QuotationQuery, QuotationRow
    from ui.quotes.row_actions import RowActions


def read_ids(desk: Desk, query: QuotationQuery) -> array[int]:
    """On the database worker: the ids of all quotations that fit, in order."""
    with desk.storage.look() as work:
        return work.quotations.seqs(query, desk.today())


def read_rows(desk: Desk, query: QuotationQuery, seqs: list[int]) -> list[QuotationRow]:
    """On the database worker: some rows."""
    with desk.storage.look() as work:
        return work.quotations.rows(seqs, desk.today())


class QuotationsPage(QWidget):
    """`quotation_chosen` carries an id, `new_wanted` asks for a new one, `compare_wanted` for
    services side by side."""

    quotation_chosen = Signal(str)
    contract_chosen = Signal(str)
    new_wanted = Signal()
    compare_wanted = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self._order = ("updated_at", True)
        self._actions: RowActions | None = None
        self.model = RowsModel(
            session.hub, columns(session.desk.now, self._wareki), read_ids, read_rows, self
        )
        self.table = RowTable(self.model, name=_("見積の一覧"))
        self.frame = ListFrame(_("見積"), _("顧客・番号・件名で探す"), self.table, self._nothing)
        self._add_filters()
        compare = Button(_("並べて比較"), "columns-3", key="Ctrl+B")
        compare.clicked.connect(self.compare_wanted)
        self.frame.add_action(compare)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.frame)
        self.frame.keep_widths(session.preferences, "quotations")
        self.frame.query_changed.connect(self.search)
        self.table.opened.connect(self._on_opened)
        self.table.order_wanted.connect(self._on_order)
        self.table.menu_wanted.connect(self._on_menu)
        session.hub.changed.connect(self._on_changed)
        session.settings_changed.connect(self._on_settings)
        self._on_settings()
        session.tasks.after_picture(self.search)

    def _wareki(self) -> bool:
        return self._session.settings.company.era == "wareki"

    # --- filters and order ---

    def _add_filters(self) -> None:
        states = [(state, word) for state, (_icon, word, _meaning) in states_in_words().items()]
        self.states = FilterChip(_("状態"), states)
        self.services = FilterChip(_("サービス"), several=False)
        self.staff = FilterChip(_("担当"), several=False)
        for chip in (self.states, self.services, self.staff):
            self.frame.add_filter(chip)
        self.order = FilterChip(_("並び順"), orders(), always=True)
        self.order.set_values([self._order])
        self.order.chosen.connect(self._on_order_chosen)
        self.frame.add_order(self.order)

    def _on_settings(self) -> None:
        self.services.set_options([(check.code, check.name) for check in self._session.tariff_checks])
        if self._session.standing is not None:
            self.staff.set_options([(one.name, one.name) for one in self._session.settings.staff])
        if self.table.isVisible():
            self.table.viewport().update()

    def query(self) -> QuotationQuery:
        """What the fields and chips ask for."""
        from app.quote.stored import QuotationQuery, QuotationState

        return QuotationQuery(
            words=self.frame.words(),
            states=tuple(QuotationState(state) for state in self.states.values()),
            service=next(iter(self.services.values()), ""),
            staff=next(iter(self.staff.values()), ""),
            sort=self._order[0],
            descending=self._order[1],
        )

    def _nothing(self) -> EmptyState:
        nothing = EmptyState(
            "file-text",
            _("見積はまだありません"),
            _(
                "お客さまとサービスを選ぶと、金額とその根拠、見積書がすぐに出ます。下書きは打つたびに保存されます。"
            ),
            _("新しい見積"),
        )
        nothing.accepted.connect(self.new_wanted)
        return nothing

    def search(self) -> None:
        """Find what the fields and chips ask for."""
        self.table.head.show_order(self._order[0], descending=self._order[1])
        self.model.find(self.query())

    def _on_order(self, name: str) -> None:
        same = name == self._order[0]
        first_down = name in {"updated_at", "issued_on", "monthly_net", "total"}
        self._order = (name, not self._order[1] if same else first_down)
        self.order.set_values([self._order])
        self.search()

    def _on_order_chosen(self, values: tuple[tuple[str, bool], ...]) -> None:
        self._order = values[0] if values else ("updated_at", True)
        self.order.set_values([self._order])
        self.search()

    def _on_changed(self, changed: Changed) -> None:
        if changed.quotations or changed.customers:
            self.model.again(changed.quotations)

    # --- what can be done ---

    def _on_opened(self, row: QuotationRow) -> None:
        self.quotation_chosen.emit(row.id)

    @property
    def actions_on_row(self) -> RowActions:
        """What can be done to a row, made when somebody first asks."""
        if self._actions is None:
            from ui.quotes.row_actions import RowActions

            self._actions = RowActions(self, self._session, self._toasts)
            self._actions.quotation_chosen.connect(self.quotation_chosen)
            self._actions.contract_chosen.connect(self.contract_chosen)
        return self._actions

    def _on_menu(self, row: QuotationRow, where: QPoint) -> None:
        self.actions_on_row.menu_for(row).open_at(where)
