"""契約: all contracts, found by typing, narrowed by state, service, deadline and staff, in any order."""

from __future__ import annotations

from array import array
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.usecases.desk import Desk
from app.words import _, pgettext
from ui.contracts.list_columns import ListedContract, columns, listed, orders
from ui.contracts.selection_bar import SelectionBar
from ui.contracts.words import states_in_words
from ui.lock.gate import Gate
from ui.menus import Menu
from ui.operations.hub import Changed
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import FilterChip
from ui.widgets.list_frame import ListFrame
from ui.widgets.marked_table import MarkedTable, Marks
from ui.widgets.rows_model import RowsModel
from ui.widgets.strips import EmptyState, Toasts

if TYPE_CHECKING:  # records load with the first search, after the first picture
    from app.contract.record import ContractQuery
    from ui.contracts.list_export import ListExport

_OVERDUE = -1
_BOTH_FIT = 80  # characters: sums of what is marked, and hints for keys


def read_ids(desk: Desk, query: ContractQuery) -> array[int]:
    """On the database worker: the ids of all contracts that fit, in order."""
    with desk.storage.look() as work:
        return work.contracts.seqs(query)


def read_rows(desk: Desk, query: ContractQuery, seqs: list[int]) -> list[ListedContract]:
    """On the database worker: some rows, with the words of their services."""
    with desk.storage.look() as work:
        rows = work.contracts.rows(seqs)
    return listed(desk, rows)


class ContractsPage(QWidget):
    """`contract_chosen` carries an id; `new_wanted` asks for a new contract, `quotations_wanted` for the
    quotations one could be made of, `months_wanted` for the charges of a month, `deadlines_wanted` for what
    falls due, `import_wanted` for the import of a ledger; `customer_chosen` carries a customer's id.
    """

    contract_chosen = Signal(str)
    customer_chosen = Signal(str)
    new_wanted = Signal()
    quotations_wanted = Signal()
    months_wanted = Signal()
    deadlines_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self._order = ("next_on", False)
        self._export: ListExport | None = None
        marks = Marks()
        self.model = RowsModel(
            session.hub, columns(marks, session.desk.now, self._wareki), read_ids, read_rows, self
        )
        self.table = MarkedTable(self.model, marks, name=_("契約の一覧"))
        self.frame = ListFrame(
            pgettext("place", "契約"),
            _("顧客・番号・回線・電話で探す"),
            self.table,
            self._nothing,
            marks=True,
        )
        self.bar = SelectionBar(session, self.table)
        Gate(self.bar.export, session, "export")
        self.frame.add_to_foot(self.bar)
        self._add_filters()
        self._add_actions()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.frame)
        self.frame.keep_widths(session.preferences, "contracts")
        self._connect()
        self._on_settings()
        session.tasks.after_picture(self.search)

    def _connect(self) -> None:
        self.frame.query_changed.connect(self.search)
        self.table.opened.connect(self._on_opened)
        self.table.order_wanted.connect(self._on_order)
        self.table.menu_wanted.connect(self._on_menu)
        self.table.marks_changed.connect(self._fit_foot)
        self.bar.export_wanted.connect(self._on_export_chosen)
        self._session.hub.changed.connect(self._on_changed)
        self._session.settings_changed.connect(self._on_settings)

    def _wareki(self) -> bool:
        return self._session.settings.company.era == "wareki"

    # --- filters, order, buttons ------------------------------------------------------------------

    def _add_filters(self) -> None:
        states = [(state, word) for state, (_icon, word, _meaning) in states_in_words().items()]
        self.states = FilterChip(_("状態"), states)
        self.services = FilterChip(_("サービス"))
        days = [(count, _("{count}日以内").format(count=count)) for count in (30, 60, 90)]
        self.deadlines = FilterChip(_("期限"), [(_OVERDUE, _("期限切れ")), *days], several=False)
        self.staff = FilterChip(_("担当"), several=False)
        for chip in (self.states, self.services, self.deadlines, self.staff):
            self.frame.add_filter(chip)
        self.order = FilterChip(_("並び順"), orders(), always=True)
        self.order.set_values([self._order])
        self.order.chosen.connect(self._on_order_chosen)
        self.frame.add_order(self.order)

    def _add_actions(self) -> None:
        self.months_button = Button(pgettext("button", "毎月の請求"), "receipt-japanese-yen")
        self.quotation_button = Button(_("見積から契約"), "file-check")
        self.new_button = Button(_("新しい契約"), "plus")
        for button in (self.quotation_button, self.new_button):
            Gate(button, self._session, "sell")
        self.more_button = IconButton("ellipsis", _("そのほかの操作"), small=False)
        for button, wanted in (
            (self.months_button, self.months_wanted),
            (self.quotation_button, self.quotations_wanted),
            (self.new_button, self.new_wanted),
            (self.more_button, self._on_more),
        ):
            button.clicked.connect(wanted)
            self.frame.add_action(button)

    def _on_more(self) -> None:
        menu = Menu(self)
        export = menu.add_item("download", _("一覧を書き出す（Excel・CSV）"), self._on_export)
        export.setEnabled(not self._session.refusal("export"))
        bring = menu.add_item("upload", _("台帳を取り込む"), self.import_wanted.emit)
        bring.setEnabled(not self._session.refusal("import"))
        menu.add_item("calendar-clock", _("期限の一覧"), self.deadlines_wanted.emit)
        corner = self.more_button.rect().bottomRight()
        menu.open_at(self.more_button.mapToGlobal(corner) - QPoint(menu.sizeHint().width(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_foot()

    def _fit_foot(self) -> None:
        """In a narrow window what is marked goes before the hints for keys."""
        self.frame.show_hints(not self.table.marks.seqs or self.width() >= theme.ems(_BOTH_FIT))

    def _on_settings(self) -> None:
        self.services.set_options([(check.code, check.name) for check in self._session.tariff_checks])
        if self._session.standing is not None:
            self.staff.set_options([(one.name, one.name) for one in self._session.settings.staff])
        if self.table.isVisible():
            self.table.viewport().update()

    def query(self) -> ContractQuery:
        """What the fields and chips ask for."""
        from app.contract.record import ContractQuery, ContractState

        days = next(iter(self.deadlines.values()), None)
        return ContractQuery(
            words=self.frame.words(),
            states=tuple(ContractState(state) for state in self.states.values()),
            services=tuple(self.services.values()),
            staff=next(iter(self.staff.values()), ""),
            next_until=None if days is None else self._session.today + timedelta(days=days),
            sort=self._order[0],
            descending=self._order[1],
        )

    def _nothing(self) -> EmptyState:
        nothing = EmptyState(
            "clipboard-list",
            _("契約はまだありません"),
            _(
                "受注した見積から1回の操作で契約になります。申込みから開始、変更、解約、毎月の請求まで、"
                "ここで扱います。"
            ),
            _("新しい契約"),
        )
        nothing.accepted.connect(self.new_wanted)
        return nothing

    def show_states(self, states: tuple[str, ...]) -> None:
        """Narrow the list to contracts in some states, and to nothing else."""
        for chip in (self.services, self.deadlines, self.staff):
            chip.set_values(())
        self.states.set_values(states)
        self.frame.search.edit.clear()
        self.search()

    def search(self) -> None:
        """Find what the fields and chips ask for."""
        self.table.head.show_order(self._order[0], descending=self._order[1])
        self.model.find(self.query())

    def _on_order(self, name: str) -> None:
        same = name == self._order[0]
        first_down = name in {"updated_at", "started_on", "monthly_net", "quantity"}
        self._order = (name, not self._order[1] if same else first_down)
        self.order.set_values([self._order])
        self.search()

    def _on_order_chosen(self, values: tuple[tuple[str, bool], ...]) -> None:
        self._order = values[0] if values else ("next_on", False)
        self.order.set_values([self._order])
        self.search()

    def _on_changed(self, changed: Changed) -> None:
        if changed.contracts or changed.customers:
            self.model.again(changed.contracts)
            self.bar.read()

    # --- what can be done -------------------------------------------------------------------------

    def _on_opened(self, one: ListedContract) -> None:
        self.contract_chosen.emit(one.id)

    def _on_menu(self, one: ListedContract, where: QPoint) -> None:
        menu = Menu(self)
        menu.add_item("clipboard-list", _("開く"), self.contract_chosen.emit, one.id)
        if one.row.customer_id:
            menu.add_item("users", _("顧客を開く"), self.customer_chosen.emit, one.row.customer_id)
        menu.addSeparator()
        row = self.table.currentIndex().row()
        marked = self.table.is_marked(row)
        words = _("選択を外す") if marked else _("選択する")
        menu.add_item("square-check", words, self._mark, row, not marked)
        menu.open_at(where)

    def _mark(self, row: int, marked: bool) -> None:
        self.table.mark(row, marked=marked)

    def _exporter(self) -> ListExport:
        if self._export is None:
            from ui.contracts.list_export import ListExport

            self._export = ListExport(self, self._session, self._toasts)
        return self._export

    def _on_export(self) -> None:
        self._exporter().ask(list(self.model.all_seqs()))

    def _on_export_chosen(self) -> None:
        self._exporter().ask(self.table.chosen())
