"""書類: every issued paper, found by words, days, amounts, kind and state together, in any order."""

from __future__ import annotations

from array import array
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.kinds import TITLES, title_of
from app.usecases.desk import Desk
from app.words import _, pgettext
from ui.lock.gate import Gate
from ui.menus import Menu
from ui.operations.hub import Changed
from ui.papers.list_columns import columns, orders
from ui.papers.range_bar import RangeBar
from ui.session import Session
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.chips import FilterChip
from ui.widgets.list_frame import ListFrame
from ui.widgets.rows_model import RowsModel
from ui.widgets.strips import EmptyState
from ui.widgets.table import RowTable

_MOST_SUMMED = 20_000  # papers found by words: their sum has to be looked up one by one

if TYPE_CHECKING:  # records load with the first search, after the first picture
    from app.papers.archived import PaperQuery, PaperRow, PaperSums


def read_ids(desk: Desk, query: PaperQuery) -> array[int]:
    """On the database worker: the ids of all papers that fit, in order."""
    with desk.storage.look() as work:
        return work.papers.seqs(query)


def read_first(desk: Desk, query: PaperQuery, count: int) -> tuple[array[int], list[PaperRow]]:
    """On the database worker: the first papers that fit, at once however many there are."""
    with desk.storage.look() as work:
        seqs = work.papers.seqs(query, count)
        return seqs, work.papers.rows(seqs)


def read_rows(desk: Desk, _query: PaperQuery, seqs: list[int]) -> list[PaperRow]:
    """On the database worker: some rows."""
    with desk.storage.look() as work:
        return work.papers.rows(seqs)


def read_sums(desk: Desk, query: PaperQuery, seqs: list[int]) -> PaperSums:
    """On the database worker: what the papers found come to."""
    with desk.storage.look() as work:
        return work.papers.sums(seqs, query)


def count_waiting(desk: Desk) -> int:
    """On the database worker: how many papers wait to be approved."""
    from app.usecases.approve_paper import waiting_approvals

    return len(waiting_approvals(desk))


class PapersPage(QWidget):
    """``paper_chosen`` carries a paper's id; ``verify_wanted``, ``approvals_wanted``; ``export_wanted``
    carries the query of what is listed.
    """

    paper_chosen = Signal(str)
    verify_wanted = Signal()
    approvals_wanted = Signal()
    export_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._order = ("issued_on", True)
        self._stale = False  # something was issued while nobody looked
        self._summing: Task | None = None
        self.model = RowsModel(
            session.hub, columns(self._wareki), read_ids, read_rows, self, read_first=read_first
        )
        self.table = RowTable(self.model, name=_("書類の一覧"))
        self.frame = ListFrame(pgettext("place", "書類"), _("宛名・番号で探す"), self.table, self._nothing)
        self._add_filters()
        self._add_actions()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.frame)
        self.frame.keep_widths(session.preferences, "papers")
        self.frame.query_changed.connect(self.search)
        self.table.opened.connect(self._on_opened)
        self.table.order_wanted.connect(self._on_order)
        self.table.menu_wanted.connect(self._on_menu)
        self.model.found.connect(self._on_found)
        session.hub.changed.connect(self._on_changed)
        session.tasks.after_picture(self.search)
        session.tasks.after_picture(self._count_waiting)

    def _wareki(self) -> bool:
        return self._session.settings.company.era == "wareki"

    # --- filters, order, buttons ------------------------------------------------------------------

    def _add_filters(self) -> None:
        self.kinds = FilterChip(_("種類"), [(kind, title_of(kind)) for kind in TITLES])
        self.state = FilterChip(
            _("状態"), [("valid", _("有効なもの")), ("void", _("取り消したもの"))], several=False
        )
        self.period = FilterChip(
            _("期間"),
            [
                ("month", _("今月")), ("last-month", _("先月")), ("year", _("今年度")),
                ("last-year", _("前年度")),
            ],
            several=False,
        )  # fmt: skip
        self.customer = FilterChip(_("顧客"), several=False)
        for chip in (self.kinds, self.state, self.period, self.customer):
            self.frame.add_filter(chip)
        self.customer.hide()
        self.period.chosen.connect(self._on_period)
        self.order = FilterChip(_("並び順"), orders(), always=True)
        self.order.set_values([self._order])
        self.order.chosen.connect(self._on_order_chosen)
        self.frame.add_order(self.order)
        self.range = RangeBar(self._session.today, wareki=self._wareki())
        self.range.changed.connect(self._on_range)
        self.frame.add_bar(self.range)

    def _add_actions(self) -> None:
        self.approvals_button = Button(_("承認待ち"), "stamp")
        self.export_button = Button(_("期間を書き出す"), "folder-open")
        self.verify_button = Button(_("検証"), "shield-check")
        Gate(self.export_button, self._session, "export")
        for button, wanted in (
            (self.approvals_button, self.approvals_wanted),
            (self.export_button, self._on_export),
            (self.verify_button, self.verify_wanted),
        ):
            button.clicked.connect(wanted)
            self.frame.add_action(button)

    def _count_waiting(self) -> None:
        self._session.hub.look(count_waiting, done=self._on_waiting, owner=self)

    def _on_waiting(self, count: int) -> None:
        words = _("承認待ち {count}件").format(count=count) if count else _("承認待ち")
        self.approvals_button.set_text(words)

    def query(self) -> PaperQuery:
        """What the fields and chips ask for."""
        from app.papers.archived import PaperQuery

        state = next(iter(self.state.values()), "")
        first, last = self.range.days()
        least, most = self.range.amounts()
        return PaperQuery(
            words=self.frame.words(),
            customer_id=next(iter(self.customer.values()), ""),
            kinds=tuple(self.kinds.values()),
            first=first,
            last=last,
            least=least,
            most=most,
            voided=None if not state else state == "void",
            sort=self._order[0],
            descending=self._order[1],
        )

    def _nothing(self) -> EmptyState:
        return EmptyState(
            "archive",
            _("発行した書類はまだありません"),
            _(
                "見積書、請求書、重要事項説明書など、発行した書類がここに並びます。発行したときの内容のまま保管し、"
                "日付・金額・宛名で探せます。"
            ),
            "",
        )

    def show_customer(self, customer_id: str, name: str) -> None:
        """Only the papers of one customer."""
        self.customer.set_options([(customer_id, name)])
        self.customer.set_values([customer_id])
        self.customer.show()
        self.search()

    def search(self) -> None:
        """Find what the fields and chips ask for."""
        self.table.head.show_order(self._order[0], descending=self._order[1])
        if self._summing is not None and not self._summing.finished:
            self._summing.cancel()  # who types on waits for no sum
        self.model.find(self.query())

    def _on_period(self, values: tuple[str, ...]) -> None:
        days = period_days(values[0], self._session.today, self._year_end()) if values else (None, None)
        self.range.set_days(*days)

    def _year_end(self) -> int:
        return self._session.settings.company.fiscal_year_end_month

    def _on_range(self) -> None:
        chosen = next(iter(self.period.values()), "")
        if chosen and self.range.days() != period_days(chosen, self._session.today, self._year_end()):
            self.period.set_values(())
        self.frame.query_changed.emit()

    def _on_order(self, name: str) -> None:
        same = name == self._order[0]
        self._order = (name, not self._order[1] if same else name in {"issued_on", "total", "number"})
        self.order.set_values([self._order])
        self.search()

    def _on_order_chosen(self, values: tuple[tuple[str, bool], ...]) -> None:
        self._order = values[0] if values else ("issued_on", True)
        self.order.set_values([self._order])
        self.search()

    def _on_found(self, count: int) -> None:
        self.frame.foot_words.set_text("")
        query = self.query()
        if count and not (query.words and count > _MOST_SUMMED):
            self._summing = self._session.hub.look(
                read_sums, query, self.model.all_seqs(), done=partial(self._on_sums, query), owner=self
            )

    def _on_sums(self, query: PaperQuery, sums: PaperSums) -> None:
        if query != self.query():
            return
        from app.money import yen_words

        words = _("{count}件　合計 {total}").format(count=f"{sums.count:,}", total=yen_words(sums.total))
        if sums.voided:
            words += _("（取消 {count}件を除く）").format(count=f"{sums.voided:,}")
        self.frame.foot_words.set_text(words)

    def _on_changed(self, changed: Changed) -> None:
        if changed.papers or changed.quotations or changed.visits:  # each of them may have issued one
            self._stale = True
            if self.isVisible():
                self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.model.again(everything=True)
        self._count_waiting()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    # --- what can be done -------------------------------------------------------------------------

    def _on_opened(self, row: PaperRow) -> None:
        self.paper_chosen.emit(row.id)

    def _on_menu(self, row: PaperRow, where: QPoint) -> None:
        menu = Menu(self)
        menu.add_item("file-text", _("開く"), self.paper_chosen.emit, row.id)
        if row.customer_id:
            words = _("この顧客の書類だけにする")
            menu.add_item("users", words, self.show_customer, row.customer_id, row.customer)
        menu.open_at(where)

    def _on_export(self) -> None:
        self.export_wanted.emit(self.query())


def period_days(period: str, today: date, year_end: int) -> tuple[date | None, date | None]:
    """The first and last day of a period by its name. ``year_end``: the month a fiscal year ends with."""
    from app.days import Month

    month = Month.of(today)
    if period in {"month", "last-month"}:
        wanted = month if period == "month" else month.plus(-1)
        return wanted.first, wanted.last
    past = (today.month - year_end - 1) % 12
    start = month.plus(-past - (12 if period == "last-year" else 0))
    return start.first, start.plus(11).last
