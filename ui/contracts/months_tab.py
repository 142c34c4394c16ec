"""毎月の請求: the months of a contract, and what each amount is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.days import Month
from app.errors import UserError
from app.usecases.contract_view import ContractView, MonthRow, ShownLine
from app.words import _
from ui.contracts.month_detail import MonthDetail
from ui.contracts.month_table import MonthTable, SumRow, stacked
from ui.qt import Policy
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.paint import width_of, words
from ui.widgets.strips import EmptyState

_AHEAD = 12
_MONTHS, _LINES = "contract-months", "contract-lines"


def months_ahead(view: ContractView) -> tuple[MonthRow, ...]:
    """On a worker: the months from the first to a year ahead."""
    from app.usecases.open_contract import months_until

    return months_until(view, _AHEAD)


def with_besides(row: MonthRow, was: MonthRow) -> MonthRow:
    """A month as it is planned, with what waits for its bill besides its charges."""
    if row.refused or not any(was.besides):
        return row
    net, tax, exempt = was.besides
    return replace(row, net=row.net + net, tax=row.tax + tax, exempt=row.exempt + exempt)


def read_lines(view: ContractView, month: Month) -> tuple[ShownLine, ...] | UserError:
    """On a worker: the lines of a month with their reasons; the refusal where charging refuses."""
    from app.usecases.open_contract import lines_of_month

    try:
        return lines_of_month(view, month)
    except UserError as error:
        return error


class MonthsTab(QStackedWidget):
    """The table; a month opens to its lines in its place. ``month_wanted`` carries a month whose run for
    all contracts is to be shown.
    """

    month_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._tasks: Tasks = session.tasks
        self._view: ContractView | None = None
        self._asked: Month | None = None
        self._ahead: tuple[MonthRow, ...] = ()
        self._plan_open = False
        self.table = MonthTable(_("毎月の請求"))
        self.sum = SumRow(self.table)
        self.nothing = EmptyState(
            "receipt-japanese-yen",
            _("まだ請求はありません"),
            _("利用開始を記録すると、開始の月からの請求と、これからの見込みがここに並びます。"),
        )
        self.detail = MonthDetail()
        for page in (stacked(self.table, self.sum), self.nothing, self.detail):
            self.addWidget(page)
        self.table.opened.connect(self.open_month)
        self.detail.back_wanted.connect(self.show_table)
        self.detail.step_wanted.connect(self._on_step)

    # --- what it shows ------------------------------------------------------------------------------

    def show_view(self, view: ContractView) -> None:
        """The months of a contract as they were read; those further ahead follow a moment later."""
        other = self._view is None or self._view.stored.id != view.stored.id
        month = None if other else self.table.current_month
        self._view = view
        self._ahead = ()
        self._show_rows(view.months, month or self._last_near(view))
        self.sum.show_sum(view.months_sum)
        if other or not view.months:
            self.show_table()
        elif self.currentWidget() is self.detail and self.detail.month is not None:
            self.open_month(self.detail.month)
        if view.months:
            self._tasks.paper.submit(
                _MONTHS, months_ahead, view, done=partial(self._on_ahead, view), owner=self
            )

    @staticmethod
    def _last_near(view: ContractView) -> Month | None:
        return view.months[-1].month if view.months else None

    def _show_rows(self, rows: tuple[MonthRow, ...], month: Month | None) -> None:
        self.table.show_rows(rows, self._view.months_sum if self._view is not None else None)
        if month is not None:
            self.table.go_to(month)

    def _on_ahead(self, view: ContractView, rows: tuple[MonthRow, ...]) -> None:
        self._ahead = rows
        if view is self._view and len(rows) > len(view.months) and not self._plan_open:
            self._show_rows(rows, self.table.current_month)
        known = {row.month for row in rows or view.months}
        if view is self._view and self.currentWidget() is self.detail and self.detail.month not in known:
            self.show_table()  # what was recorded has taken the month away

    def start(self) -> None:
        """Put the focus where the keys walk over the months."""
        if self.currentWidget() is self.detail:
            self.detail.start()
        else:
            self.table.setFocus()

    def show_planned(self, rows: tuple[MonthRow, ...]) -> None:
        """What an open action would make of the months; none when nothing is planned."""
        now = {row.month: row for row in self._view.months} if self._view is not None else {}
        changed: Mapping[Month, MonthRow] = {
            row.month: full
            for row in rows
            if (was := now.get(row.month)) is not None
            and was.state in {"computed", "unbilled", "planned"}
            and (full := with_besides(row, was)).total != was.total
        }
        from app.usecases.month_rows import sum_planned

        sum_ = sum_planned(self._view.months, changed) if self._view is not None else None
        self.table.show_planned(changed, sum_)
        self.sum.show_sum(sum_)
        if self._view is not None and bool(changed) != self._plan_open:
            self._plan_open = bool(changed)  # of the months further ahead the plan says nothing
            shown = self._view.months if changed else self._ahead or self._view.months
            self._show_rows(shown, self.table.current_month)

    def show_table(self) -> None:
        """Back to all months."""
        before = self.currentWidget()
        filled = self._view is not None and bool(self._view.months)
        self.setCurrentIndex(0 if filled else 1)
        if before is self.detail and filled:
            self.table.setFocus()

    # --- one month ----------------------------------------------------------------------------------

    def open_month(self, month: Month) -> None:
        """What a month is made of."""
        if self._view is None:
            return
        self._asked = month
        self._tasks.paper.submit(
            _LINES, read_lines, self._view, month, done=partial(self._on_lines, month), owner=self
        )

    def _on_lines(self, month: Month, lines: tuple[ShownLine, ...] | UserError) -> None:
        row = next((row for row in self.table.months.rows if row.month == month), None)
        if month != self._asked or row is None:
            return
        had_focus = self.table.hasFocus() or self.detail.isAncestorOf(self.focusWidget() or self)
        self.detail.show_month(row, lines)
        self.setCurrentWidget(self.detail)
        if had_focus:
            self.detail.start()

    def _on_step(self, by: int) -> None:
        months = [row.month for row in self.table.months.rows]
        if self.detail.month in months:
            place = months.index(self.detail.month) + by
            if 0 <= place < len(months):
                self.table.go_to(months[place])
                self.open_month(months[place])


class PlanLegend(QWidget):
    """What the dashes and the soft bars are, while an action is open."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        s = theme.size
        self.setFixedSize(s.xl + s.s + width_of(_("変更案"), "caption") + s.l, theme.line("panel"))
        self.setAccessibleName(_("変更案"))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        s, painter = theme.size, QPainter(self)
        top = (self.height() - s.month_bar) // 2
        pen = QPen(theme.colour("accent"), s.hairline)
        pen.setDashPattern([2, 2])
        painter.fillRect(2, top, s.l - 2, s.month_bar, theme.colour("bar"))
        painter.setPen(pen)
        painter.drawRect(0, top - 2, s.xl - 1, s.month_bar + 3)
        room = self.rect().adjusted(s.xl + s.s, 0, 0, 0)
        words(painter, room, _("変更案"), "caption", "text2")
