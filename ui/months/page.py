"""毎月の請求: a month for all contracts — worked out, looked at, closed, written to a file — and what is
overdue.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.days import Month, month_words
from app.usecases.desk import Desk
from app.usecases.permissions import Act
from app.words import _
from ui.lock.gate import Gate
from ui.menus import Menu
from ui.months.ageing_view import AgeingView
from ui.months.bill_panel import BillPanel
from ui.months.columns import ListedBill, columns, listed
from ui.months.driver import RunDriver
from ui.months.month_actions import MonthActions
from ui.months.month_head import MonthHead
from ui.months.run_bar import RunBar
from ui.months.sums_bar import SumsBar
from ui.operations.hub import Changed
from ui.session import Session
from ui.widgets.layout import on_surface
from ui.widgets.marked_table import MarkedTable, Marks
from ui.widgets.rows_model import RowsModel
from ui.widgets.strips import AdviceStrip, BusyBar, EmptyState, Toasts

if TYPE_CHECKING:
    from app.charge.stored import Run
    from app.usecases.run_month import RunProgress
    from app.usecases.show_bills import Months

BillQuery = tuple[str, str, str, bool]  # run, words, sort, descending


def read_months(desk: Desk) -> Months:
    """On the database worker: the months there are."""
    from app.usecases.show_bills import months

    return months(desk)


def read_ids(desk: Desk, query: BillQuery) -> array[int]:
    """On the database worker: the bills of a run, refused ones first."""
    with desk.storage.look() as work:
        return work.bills.seqs_of_run(*query)


def read_rows(desk: Desk, query: BillQuery, seqs: list[int]) -> list[ListedBill]:
    """On the database worker: some bills."""
    with desk.storage.look() as work:
        rows = work.bills.rows_at(query[0], seqs)
    return listed(desk, rows)


class BillsModel(RowsModel):
    """Bills by the ``seq`` of their contracts, which are the same in every month: what was read is forgotten
    whenever the bills are found anew.
    """

    def search(self, query: BillQuery) -> None:
        """Show what the query finds, read anew."""
        self._rows.clear()
        self.find(query)


class MonthsPage(QWidget):
    """``back_wanted`` asks for the list of contracts, ``contract_chosen`` carries the id of one."""

    back_wanted = Signal()
    contract_chosen = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._toasts = toasts
        self._order = ("", False)
        self._wanted: Month | None = None
        self._outdated = False  # something changed while another page stood here
        self._to_top = False  # another month: its list begins at the top
        self._to_list = False  # somebody just came: the keys are to work in the list
        self.months: Months | None = None
        self.month: Month | None = None
        self.run: Run | None = None
        self.head = MonthHead()
        Gate(self.head.compute, session, Act.RUN_MONTH)
        Gate(self.head.close_button, session, Act.CLOSE_MONTH)
        Gate(self.head.issue, session, Act.SELL)
        self.bar = RunBar()
        self.driver = RunDriver(session, self)
        self.stopped = AdviceStrip(meaning="warn", icon="pause")
        self.stopped.hide()
        self.sums = SumsBar()
        self.busy = BusyBar()
        marks = Marks()
        shown = columns(marks, session.desk.today, self._is_wareki)
        self.model = BillsModel(session.hub, shown, read_ids, read_rows, self)
        self.table = MarkedTable(self.model, marks, name=_("請求の一覧"))
        self.table.keep_widths(session.preferences, "bills")
        self.nothing = EmptyState(
            "receipt-japanese-yen",
            _("まだ計算していません"),
            _("計算すると並びます。"),
            _("計算する"),
            "calculator",
        )
        self.unfound = EmptyState("search", _("条件に合うものがありません"), _("言葉を短くしてください。"))
        self.ageing = AgeingView(session)
        self.panel = BillPanel(session, toasts)
        self.panel.hide()
        self.actions_on_month = MonthActions(self, session, toasts)
        self._build()
        self._connect()

    def _is_wareki(self) -> bool:
        return self._session.settings.company.era == "wareki"

    def _build(self) -> None:
        self._bills = QWidget()
        self._stack = QStackedLayout(self._bills)
        for widget in (self.table, self.nothing, self.unfound):
            self._stack.addWidget(widget)
        list_side = QWidget()
        inner = QVBoxLayout(list_side)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.stopped)
        inner.addWidget(self._bills, 1)
        inner.addWidget(self.sums)
        views = QWidget()
        self._views = QStackedLayout(views)
        self._views.addWidget(list_side)
        self._views.addWidget(self.ageing)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(views, 1)
        body.addWidget(self.panel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.busy)
        outer.addWidget(self.bar)
        outer.addLayout(body, 1)

    def _connect(self) -> None:
        head, driver = self.head, self.driver
        head.back.clicked.connect(self.back_wanted)
        head.month.chosen.connect(self._on_month)
        head.compute.clicked.connect(self.compute)
        head.close_button.clicked.connect(self._on_close)
        head.more.clicked.connect(self._on_more)
        head.issue.clicked.connect(self.issue_bills)
        self.table.marks_changed.connect(self._on_marks)
        head.tabs.chosen.connect(self._on_tab)
        head.search.searched.connect(self._on_searched)
        head.search.down.connect(self.table.setFocus)
        self.nothing.accepted.connect(self.compute)
        self.stopped.accepted.connect(self.compute)
        self.table.opened.connect(self._on_opened)
        self.table.order_wanted.connect(self._on_order)
        self.table.menu_wanted.connect(self._on_menu)
        self.table.left_up.connect(head.search.take_focus)
        self.model.found.connect(self._on_found)
        self.model.loading.connect(self._on_loading)
        self.ageing.bill_chosen.connect(self.panel.open_bill)
        self.ageing.counted.connect(self._on_overdue)
        self.panel.contract_wanted.connect(self.contract_chosen)
        self.panel.closed.connect(self.table.setFocus)
        driver.stepped.connect(self._on_step)
        driver.ended.connect(self._on_run_ended)
        driver.refused.connect(self._session.tasks.user_error)
        self.bar.stopped.connect(driver.stop)
        self._session.hub.changed.connect(self._on_changed)

    # --- months ---

    def arrive(self) -> None:
        """Somebody came here: what there is, is read again."""
        self.read()

    def open_month(self, month: str = "") -> None:
        """Show a month (``2026-11``); "": the one shown last, or the next to be worked out."""
        if month:
            from app.usecases.bill_contract import month_of

            self._wanted = month_of(month)
        self._to_list = True
        self.head.tabs.set_value("bills")
        self._on_tab("bills")
        self.read()

    def read(self) -> None:
        """Read the months, then the bills of the one shown."""
        self._session.hub.look(read_months, done=self._on_months, owner=self)
        self.ageing.read()

    def _on_months(self, months: Months) -> None:
        self.months = months
        known = dict(months.months)
        wanted = self._wanted or self.month or months.next
        self._wanted = None
        self._to_top = self._to_top or wanted != self.month
        if wanted not in known:
            known[wanted] = None
        self.head.offer(known, wanted)
        self._show(wanted, known[wanted])

    def _on_month(self, month: Month) -> None:
        self.panel.hide()
        self.table.unmark_all()
        self._wanted = month
        self.read()

    def _show(self, month: Month, run: Run | None) -> None:
        self.month, self.run = month, run
        running = self.driver.running and self.driver.month == month
        self.head.show_run(run, running=running)
        self.sums.show_run(run)
        interrupted = run is not None and run.state.value == "running" and not running
        self.stopped.setVisible(interrupted)
        if interrupted and run is not None:
            self.stopped.set_words(
                _("計算の途中です"),
                _("{count}件まで計算して保存してあります。続きから計算できます。").format(
                    count=f"{run.contracts:,}"
                ),
                _("続きを計算"),
            )
        if run is None:
            self.nothing.set_words(
                _("{month}分はまだ計算していません").format(month=month_words(month)),
                _("すべての契約の請求を計算します。計算したあとも、締めるまでは何度でもやり直せます。"),
                _("計算する"),
            )
            self._stack.setCurrentWidget(self.nothing)
            if self._to_list:
                self._to_list = False
                self.nothing.button.setFocus()
            return
        self.search()

    # --- the list ---

    def search(self) -> None:
        """Find the bills of the month that the words ask for."""
        if self.run is not None:
            self.table.head.show_order(self._order[0], descending=self._order[1])
            self.model.search((self.run.id, self.head.search.text(), *self._order))

    def _on_found(self, count: int) -> None:
        if self.run is None:
            return
        words = self.head.search.text()
        self.head.search.set_count(_("{count}件").format(count=f"{count:,}") if words else "")
        if not count and not words:
            self.nothing.set_words(
                _("{month}分に請求する契約はありません").format(month=self._month_words()),
                _("開始した契約があると、ここに請求が並びます。"),
            )
        self._stack.setCurrentWidget(self.table if count else self.unfound if words else self.nothing)
        if count and (self._to_top or self.table.currentIndex().row() < 0):
            self.table.go_to(0)
        self._to_top = False
        if count and self._to_list:
            self._to_list = False
            self.table.setFocus()

    def _month_words(self) -> str:
        return month_words(self.month) if self.month is not None else ""

    def _on_loading(self, loading: bool) -> None:
        if loading:
            self.busy.start()
        else:
            self.busy.stop()

    def _on_searched(self, text: str) -> None:
        self.table.show_words(text)
        self.search()

    def _on_order(self, name: str) -> None:
        same = name == self._order[0]
        self._order = (name, not self._order[1] if same else name == "total")
        self.search()

    def _on_opened(self, one: ListedBill) -> None:
        self.panel.open_bill(one.row.id)

    def _on_menu(self, one: ListedBill, where: QPoint) -> None:
        menu = Menu(self)
        menu.add_item("receipt-japanese-yen", _("内訳と入金"), self.panel.open_bill, one.row.id)
        menu.add_item("clipboard-list", _("契約を開く"), self.contract_chosen.emit, one.row.contract_id)
        if one.row.closed:
            from ui.issuing.bill_menu import add_bill_papers

            row = one.row
            menu.addSeparator()
            add_bill_papers(menu, self, self._session, row.id, row.contract_id, row.month, row.total)
        menu.open_at(where)

    def _on_tab(self, value: str) -> None:
        self._views.setCurrentIndex(0 if value == "bills" else 1)
        self.head.search.setVisible(value == "bills")

    def _on_overdue(self, count: int) -> None:
        self.head.tabs.set_count("ageing", f"{count:,}" if count else "")

    def _on_changed(self, changed: Changed) -> None:
        if not (changed.bills or changed.contracts or changed.customers) or self.driver.running:
            return
        if self.isVisible():
            self.read()
        else:
            self._outdated = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._outdated:
            self._outdated = False
            self.read()

    # --- running ---

    def compute(self) -> None:
        """Work the month out, from where it stopped, or anew."""
        if self.month is not None and not self.driver.running:
            self.panel.hide()
            self.stopped.hide()
            self.bar.begin()
            self.driver.start(self.month)
            self.head.show_run(self.run, running=True)

    def _on_step(self, told: RunProgress) -> None:
        self.bar.show_progress(told, self.driver.seconds_left(told))
        if told.run.month == str(self.month):
            self.run = told.run
            self.sums.show_run(told.run)

    def _on_run_ended(self, finished: bool) -> None:
        self.bar.hide()
        self.read()
        if finished and self.run is not None:
            words = _("{month}分を計算しました。請求 {bills}件").format(
                month=self._month_words(), bills=f"{self.run.bills:,}"
            )
            if self.run.refused:
                words = _("{words}、計算できない契約 {refused}件").format(
                    words=words, refused=f"{self.run.refused:,}"
                )
            self._toasts.show_message(words)

    # --- what can be done with the month ---

    def _on_marks(self) -> None:
        self.head.show_chosen(len(self.table.marks.seqs))

    def issue_bills(self) -> None:
        """Issue the 請求書 of the month: of the marked contracts, of all where none is marked."""
        if self.run is not None:
            from ui.issuing.batch_dialog import open_batch

            open_batch(self, self._session, self.run, self.table.chosen() or None)

    def _on_close(self) -> None:
        if self.run is not None:
            self.actions_on_month.ask_to_close(self.run)

    def _on_more(self) -> None:
        if self.run is None:
            return
        menu = self.actions_on_month.menu_for(self.run)
        corner = self.head.more.rect().bottomRight()
        menu.open_at(self.head.more.mapToGlobal(corner) - QPoint(menu.sizeHint().width(), 0))
