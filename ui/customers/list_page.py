"""顧客: all customers, found by kana, kanji, part of an address, or phone."""

from __future__ import annotations

from array import array

import msgspec
from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.quote.stored import CustomerRow
from app.usecases.desk import Desk
from app.words import _, pgettext
from ui.menus import Menu
from ui.operations.hub import Changed
from ui.session import Session
from ui.widgets.button import Button
from ui.widgets.chips import FilterChip
from ui.widgets.list_frame import ListFrame
from ui.widgets.rows_model import Cell, Column, RowsModel
from ui.widgets.strips import EmptyState
from ui.widgets.table import RowTable

_PHONE_FOLDS = 76  # characters: in a narrower list the phone stands below the name


class CustomerQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shows: words to find, and the order (name, kana, town, quotations)."""

    words: str = ""
    sort: str = "kana"
    descending: bool = False


def read_ids(desk: Desk, query: CustomerQuery) -> array[int]:
    """On the database worker: the ids of all customers that fit, in order."""
    with desk.storage.look() as work:
        return work.customers.seqs(query.words, query.sort, query.descending)


def read_rows(desk: Desk, query: CustomerQuery, seqs: list[int]) -> list[CustomerRow]:
    """On the database worker: some rows."""
    with desk.storage.look() as work:
        return work.customers.rows(seqs)


def kind_words(kind: str) -> str:
    """法人, 個人事業主 or 団体."""
    return {
        "corporation": pgettext("customer", "法人"),
        "sole-trader": pgettext("customer", "個人事業主"),
        "organisation": pgettext("customer", "団体"),
    }.get(kind, kind)


def _name(row: CustomerRow) -> Cell:
    return Cell(row.name, second=row.kana, raw=row.name)


def _name_with_phone(row: CustomerRow) -> Cell:
    return Cell(row.name, after=row.kana, second=row.phone, raw=row.name)


def _kind(row: CustomerRow) -> Cell:
    return Cell(kind_words(row.kind), tone="text2", raw=row.kind)


def _address(row: CustomerRow) -> Cell:
    return Cell(row.address or "—", tone="text" if row.address else "text3", raw=row.address)


def _person(row: CustomerRow) -> Cell:
    return Cell(row.person or "—", tone="text" if row.person else "text3", raw=row.person)


def _phone(row: CustomerRow) -> Cell:
    return Cell(row.phone or "—", tone="text" if row.phone else "text3", raw=row.phone)


def _quotations(row: CustomerRow) -> Cell:
    words = pgettext("column", "{count}件").format(count=f"{row.quotations:,}") if row.quotations else "—"
    return Cell(words, tone="text" if row.quotations else "text3", raw=row.quotations)


class CustomersPage(QWidget):
    """`customer_chosen` carries an id, `new_wanted` asks for the form, `quotation_wanted` and
    `contract_wanted` for a quotation or a contract of an id, `merge_wanted` to merge an id with another.
    """

    customer_chosen = Signal(str)
    new_wanted = Signal()
    quotation_wanted = Signal(str)
    contract_wanted = Signal(str)
    merge_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._order = ("kana", False)
        columns = [
            Column(
                _("顧客"), 22, _name, "kana", stretch=True,
                narrow=_name_with_phone, narrow_below=_PHONE_FOLDS,
            ),
            Column(_("区分"), 8.4, _kind, fold=60),
            Column(_("住所"), 18, _address, stretch=True),
            Column(_("担当の方"), 9, _person, fold=68),
            Column(_("電話"), 10, _phone, fold=_PHONE_FOLDS),
            Column(pgettext("place", "見積"), 5.8, _quotations, right=True),
        ]  # fmt: skip
        self.model = RowsModel(session.hub, columns, read_ids, read_rows, self)
        self.table = RowTable(self.model, name=_("顧客の一覧"))
        self.frame = ListFrame(
            pgettext("place", "顧客"), _("かな・漢字・電話・住所で探す"), self.table, self._nothing
        )
        new = Button(_("新しい顧客"), "user-plus")
        self.frame.add_action(new)
        self.order = FilterChip(
            _("並び順"),
            [
                (("kana", False), _("かな順")),
                (("updated_at", True), _("更新が新しい順")),
            ],
            always=True,
        )
        self.order.set_values([self._order])
        self.frame.add_order(self.order)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.frame)
        self.frame.keep_widths(session.preferences, "customers")
        new.clicked.connect(self.new_wanted)
        self.order.chosen.connect(self._on_order_chosen)
        self.frame.query_changed.connect(self.search)
        self.table.opened.connect(self._on_opened)
        self.table.order_wanted.connect(self._on_order)
        self.table.menu_wanted.connect(self._on_menu)
        session.hub.changed.connect(self._on_changed)
        self.search()

    def _nothing(self) -> EmptyState:
        nothing = EmptyState(
            "users",
            _("顧客はまだ登録されていません"),
            _(
                "見積を作るときにその場で登録することもできます。電話番号や住所の一部でも探せるようになります。"
            ),
            _("新しい顧客"),
        )
        nothing.accepted.connect(self.new_wanted)
        return nothing

    def search(self) -> None:
        """Find what the fields ask for."""
        sort, descending = self._order
        self.table.head.show_order(sort, descending=descending)
        self.model.find(CustomerQuery(words=self.frame.words(), sort=sort, descending=descending))

    def _on_order(self, name: str) -> None:
        self._order = (name, not self._order[1] if name == self._order[0] else False)
        self.order.set_values([self._order])
        self.search()

    def _on_order_chosen(self, values: tuple[tuple[str, bool], ...]) -> None:
        self._order = values[0] if values else ("kana", False)
        self.order.set_values([self._order])
        self.search()

    def _on_opened(self, row: CustomerRow) -> None:
        self.customer_chosen.emit(row.id)

    def _on_changed(self, changed: Changed) -> None:
        if changed.customers or changed.quotations:
            self.model.again(changed.customers)

    def _on_menu(self, row: CustomerRow, where: QPoint) -> None:
        menu = Menu(self)
        menu.add_item("pencil", _("開く"), self.customer_chosen.emit, row.id)
        menu.add_item("file-plus", _("この顧客に見積を作る"), self.quotation_wanted.emit, row.id)
        menu.add_item("file-check", _("この顧客の契約を作る"), self.contract_wanted.emit, row.id)
        menu.add_item("users", _("ほかの顧客と統合する"), self.merge_wanted.emit, row.id)
        menu.open_at(where)
