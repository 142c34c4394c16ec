"""見積: all quotations, found by typing, narrowed by state, service and staff, in any order."""

from __future__ import annotations

from array import array
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.quote.content import QuotationContent
from app.quote.stored import IssuedPaper, QuotationQuery, QuotationRow, QuotationState, StoredQuotation
from app.usecases.desk import Desk
from app.words import _
from ui.menus import Menu
from ui.operations.hub import Changed
from ui.operations.quotations import (
    Marked,
    copy_quotation,
    delete_draft,
    latest_paper,
    mark_quotation,
    restart_draft,
)
from ui.quotes.list_columns import columns, orders, state_words
from ui.session import Session
from ui.widgets.chips import FilterChip
from ui.widgets.list_frame import ListFrame
from ui.widgets.rows_model import RowsModel
from ui.widgets.strips import EmptyState, Toasts
from ui.widgets.table import RowTable


def read_ids(desk: Desk, query: QuotationQuery) -> array[int]:
    """On the database worker: the ids of all quotations that fit, in order."""
    with desk.storage.look() as work:
        return work.quotations.seqs(query, desk.today())


def read_rows(desk: Desk, query: QuotationQuery, seqs: list[int]) -> list[QuotationRow]:
    """On the database worker: some rows."""
    with desk.storage.look() as work:
        return work.quotations.rows(seqs, desk.today())


class QuotationsPage(QWidget):
    """`quotation_chosen` carries an id, `new_wanted` asks for a new one."""

    quotation_chosen = Signal(str)
    new_wanted = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self._order = ("updated_at", True)
        self._undo: tuple[str, QuotationState] | QuotationContent | None = None
        self.model = RowsModel(
            session.hub, columns(session.desk.now, self._wareki), read_ids, read_rows, self
        )
        self.table = RowTable(self.model, name=_("見積の一覧"))
        nothing = EmptyState(
            "file-text",
            _("見積はまだありません"),
            _(
                "お客さまとサービスを選ぶと、金額とその根拠、見積書がすぐに出ます。下書きは打つたびに保存されます。"
            ),
            _("新しい見積"),
        )
        self.frame = ListFrame(_("見積"), _("顧客・番号・件名で探す"), self.table, nothing)
        self._add_filters()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.frame)
        self.frame.keep_widths(session.preferences, "quotations")
        self.frame.query_changed.connect(self.search)
        nothing.accepted.connect(self.new_wanted)
        self.table.opened.connect(self._on_opened)
        self.table.order_wanted.connect(self._on_order)
        self.table.menu_wanted.connect(self._on_menu)
        session.hub.changed.connect(self._on_changed)
        session.settings_changed.connect(self._on_settings)
        self._on_settings()
        self.search()

    def _wareki(self) -> bool:
        return self._session.settings.company.era == "wareki"

    # --- filters and order ---

    def _add_filters(self) -> None:
        states = [(state, state_words(state)[1]) for state in QuotationState]
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
        self.staff.set_options([(one.name, one.name) for one in self._session.settings.staff])
        self.table.viewport().update()

    def query(self) -> QuotationQuery:
        """What the fields and chips ask for."""
        return QuotationQuery(
            words=self.frame.words(),
            states=self.states.values(),
            service=next(iter(self.services.values()), ""),
            staff=next(iter(self.staff.values()), ""),
            sort=self._order[0],
            descending=self._order[1],
        )

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

    def _on_menu(self, row: QuotationRow, where: QPoint) -> None:
        self.menu_for(row).open_at(where)

    def menu_for(self, row: QuotationRow) -> Menu:
        """What can be done to a quotation in its state; what can't be done is absent."""
        menu = Menu(self)
        menu.add_item("pencil", _("開く"), self.quotation_chosen.emit, row.id)
        menu.add_item("copy", _("複製して新しい見積"), self._copy, row.id)
        if not row.revision:
            menu.addSeparator()
            menu.add_item("trash-2", _("下書きを削除"), self._delete, row.id)
            return menu
        menu.add_item("download", _("PDFを保存…"), self._save_pdf, row.id)
        menu.addSeparator()
        if row.state != QuotationState.WON:
            menu.add_item("circle-check", _("受注にする"), self._mark, row.id, QuotationState.WON)
        if row.state != QuotationState.LOST:
            menu.add_item("circle-x", _("失注にする"), self._mark, row.id, QuotationState.LOST)
        if row.state in {QuotationState.WON, QuotationState.LOST}:
            menu.add_item("undo-2", _("発行済みに戻す"), self._mark, row.id, QuotationState.ISSUED)
        return menu

    def _copy(self, quotation_id: str) -> None:
        self._session.hub.run(copy_quotation, quotation_id, done=self._on_copied, owner=self)

    def _on_copied(self, stored: StoredQuotation) -> None:
        self._toasts.show_message(_("複製して新しい下書きを作りました"))
        self.quotation_chosen.emit(stored.id)

    def _mark(self, quotation_id: str, state: QuotationState) -> None:
        self._session.hub.run(mark_quotation, quotation_id, state, done=self._on_marked, owner=self)

    def _on_marked(self, marked: Marked) -> None:
        stored = marked.stored
        self._undo = (stored.id, marked.before)
        word = state_words(stored.state)[1]
        self._toasts.show_message(
            _("{number}を{state}にしました").format(number=stored.number, state=word),
            _("元に戻す"),
            self._on_undo_mark,
        )

    def _on_undo_mark(self) -> None:
        if isinstance(self._undo, tuple):
            self._session.hub.run(mark_quotation, *self._undo, owner=self)

    def _delete(self, quotation_id: str) -> None:
        self._session.hub.run(delete_draft, quotation_id, done=self._on_deleted, owner=self)

    def _on_deleted(self, content: QuotationContent) -> None:
        self._undo = content
        self._toasts.show_message(_("下書きを削除しました"), _("元に戻す"), self._on_undo_delete)

    def _on_undo_delete(self) -> None:
        if isinstance(self._undo, QuotationContent):
            self._session.hub.run(restart_draft, self._undo, owner=self)

    # --- saving the paper ---

    def _save_pdf(self, quotation_id: str) -> None:
        self._session.hub.look(latest_paper, quotation_id, done=self._on_paper, owner=self)

    def _on_paper(self, paper: IssuedPaper) -> None:
        name = f"{paper.number}-{paper.revision}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("PDFを保存"), str(Path.home() / name), _("PDF（*.pdf）")
        )
        if chosen:
            target = Path(chosen)
            self._session.tasks.paper.submit(
                "save", _write, target, paper.pdf, done=self._on_saved, owner=self
            )

    def _on_saved(self, target: Path) -> None:
        self._toasts.show_message(_("「{name}」を保存しました").format(name=target.name))


def _write(target: Path, pdf: bytes) -> Path:
    from app.places import write_atomically

    write_atomically(target, pdf)
    return target
