"""The tabs of a contract's page. Each is made when somebody first goes to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.contract.facts import Voided
from app.usecases.contract_view import ContractView, MonthRow
from app.words import _, pgettext
from ui.contracts.context import PageContext
from ui.contracts.months_tab import MonthsTab, PlanLegend
from ui.session import Session
from ui.theme import theme
from ui.widgets.layout import column, rule, scrolling
from ui.widgets.strips import Toasts
from ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from ui.contracts.application.tab import ApplicationTab
    from ui.contracts.beside.attachments_tab import AttachmentsTab
    from ui.contracts.beside.equipment_tab import EquipmentTab
    from ui.contracts.beside.notes_tab import NotesTab
    from ui.contracts.curve_pane import CurvePane
    from ui.contracts.history_tab import HistoryTab
    from ui.contracts.visits_tab import VisitsTab
    from ui.issuing.papers_tab import PapersTab
    from ui.months.payments_panel import PaymentsPanel

MONTHS, MONEY, APPLICATION, VISITS, PAPERS, EQUIPMENT, FILES, NOTES, HISTORY, CURVE = (
    "months", "money", "application", "visits", "papers", "equipment", "files", "notes", "history", "curve",
)  # fmt: skip
_COUNTS = {EQUIPMENT: "equipment", FILES: "attachments", NOTES: "notes", HISTORY: "entries"}


class ContractTabs(QWidget):
    """``action_wanted`` carries an Action asked for in the application; ``void_wanted`` an entry's id;
    ``visit_chosen`` a visit's id. ``visit_wanted`` asks for a visit of this contract.
    """

    action_wanted = Signal(object)
    void_wanted = Signal(str)
    curve_wanted = Signal()
    visit_chosen = Signal(str)
    visit_wanted = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session, self._toasts = session, toasts
        self._context: PageContext | None = None
        self._counts: dict[str, str] = {}
        self._curve: CurvePane | None = None
        self._money: PaymentsPanel | None = None
        self._pages: dict[str, QWidget] = {}
        self._visits = False  # the terms of the service know visits
        self.months = MonthsTab(session)
        self._pages[MONTHS] = self.months
        self.legend = PlanLegend()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.months)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(theme.size.s, 0, theme.size.l, 0)
        self.tabs = self._make_tabs(MONTHS)
        self._head.addStretch(1)
        self._head.addWidget(self.legend)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addWidget(rule())
        whole.addWidget(self.stack, 1)

    # --- the row of tabs ----------------------------------------------------------------------------

    def _make_tabs(self, here: str) -> Tabs:
        short = self._curve is not None  # one more, and less room
        words = [
            (MONTHS, pgettext("tab", "請求") if short else pgettext("tab", "毎月の請求")),
            (MONEY, pgettext("tab", "入金")),
            (APPLICATION, _("申込")),
            (PAPERS, pgettext("place", "書類")),
            (EQUIPMENT, _("機器")),
            (FILES, _("添付")),
            (NOTES, _("メモ")),
            (HISTORY, pgettext("tab", "履歴")),
        ]
        if self._visits:
            words.insert(3, (VISITS, pgettext("place", "訪問")))
        if self._curve is not None:
            words.insert(1, (CURVE, _("解約試算")))
        tabs = Tabs(words, here)
        tabs.chosen.connect(self.go)
        for value, count in self._counts.items():
            tabs.set_count(value, count)
        self._head.insertWidget(0, tabs)
        return tabs

    def _remake_tabs(self, here: str) -> None:
        old, had_focus = self.tabs, self.tabs.isAncestorOf(self.focusWidget() or self)
        self._head.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.tabs = self._make_tabs(here)
        if had_focus:
            self.tabs.setFocus()

    @property
    def holds_curve(self) -> bool:
        """Whether what leaving costs is one of the tabs."""
        return self._curve is not None

    def take_curve(self, curve: CurvePane) -> None:
        """Have what leaving costs as a tab."""
        self._curve = curve
        self._pages[CURVE] = curve
        self.stack.addWidget(curve)
        self._remake_tabs(self.here)

    def drop_curve(self) -> None:
        """It stands beside the tabs again."""
        if self._curve is None:
            return
        here = MONTHS if self.here == CURVE else self.here
        self.stack.removeWidget(self._curve)
        self._pages.pop(CURVE, None)
        self._curve = None
        self._remake_tabs(here)
        self.go(here)

    @property
    def here(self) -> str:
        """The tab that shows."""
        return str(self.tabs.value())

    # --- pages --------------------------------------------------------------------------------------

    def take_context(self, context: PageContext) -> None:
        """The page of another contract: what belongs to the one before goes."""
        self._context = context
        for name in (APPLICATION,):  # made for one contract
            page = self._pages.pop(name, None)
            if page is not None:
                self.stack.removeWidget(page)
                page.deleteLater()
        if self.here == APPLICATION:
            self.go(MONTHS)
        self._offer_visits(context)

    def _offer_visits(self, context: PageContext) -> None:
        """The visits are a tab where the terms of the service know any."""
        from app.usecases.show_visits import visits_possible

        view = context.view
        possible = visits_possible(view.catalogue, view.stored.content.service, view.today)
        if possible == self._visits:
            return
        self._visits = possible
        here = MONTHS if self.here == VISITS else self.here
        self._counts.pop(VISITS, None)
        self._remake_tabs(here)
        self.go(here)

    def go(self, name: str) -> None:
        """Go to a tab, made now where nobody went there yet."""
        if self._context is None or name not in {*_MAKERS, MONTHS, CURVE}:
            return
        if name == VISITS and not self._visits:
            name = MONTHS
        if name == CURVE and self._curve is None:
            self.curve_wanted.emit()
            return
        self.tabs.set_value(name)
        if name not in self._pages:
            self._pages[name] = _MAKERS[name](self)
            self.stack.addWidget(self._pages[name])
            self._fill(name)
        self.stack.setCurrentWidget(self._pages[name])

    def show_view(self, view: ContractView) -> None:
        """Show a contract as it was read, in the tabs that stand."""
        self.months.show_view(view)
        for value, name in _COUNTS.items():
            count = view.counts.get(name, 0)
            if value == HISTORY:  # what takes another back is told with it
                count -= sum(isinstance(one.entry, Voided) for one in view.stored.entries)
            self._set_count(value, str(count) if count else "")
        for name in (MONEY, APPLICATION, VISITS, PAPERS, EQUIPMENT, FILES, NOTES, HISTORY):
            if name in self._pages:
                self._fill(name)

    def _set_count(self, value: str, count: str) -> None:
        self._counts[value] = count
        self.tabs.set_count(value, count)

    def _fill(self, name: str) -> None:
        assert self._context is not None
        page, stored = self._pages[name], self._context.stored
        if name == HISTORY:
            self.history.show_view(self._context.view)
        elif name == MONEY:
            assert self._money is not None
            self._money.open_contract(stored.id)
        elif name in {EQUIPMENT, VISITS, PAPERS}:
            page.show_contract(stored.id)  # type: ignore[attr-defined]
        elif name in {FILES, NOTES}:
            page.show_subject("contract", stored.id)  # type: ignore[attr-defined]

    def show_planned(self, rows: tuple[MonthRow, ...]) -> None:
        """What an open action would make of the months."""
        self.months.show_planned(rows)
        room = self.width() - self.tabs.sizeHint().width() - self.legend.width()
        self.legend.setVisible(bool(self.months.table.months.planned) and room > theme.size.xl)

    def go_to_entry(self, entry_id: str) -> None:
        """Show an entry in the history."""
        self.go(HISTORY)
        self.history.go_to(entry_id)

    @property
    def history(self) -> HistoryTab:
        """The history, made when first asked for."""
        from ui.contracts.history_tab import HistoryTab

        page = self._pages.get(HISTORY)
        assert isinstance(page, HistoryTab)
        return page

    # --- making -------------------------------------------------------------------------------------

    def make_application(self) -> ApplicationTab:
        """What was applied for and how far it has got."""
        from ui.contracts.application.tab import ApplicationTab

        assert self._context is not None
        page = ApplicationTab(self._context)
        page.action_wanted.connect(self.action_wanted)
        return page

    def start_application(self) -> None:
        """Put the focus where an application is typed."""
        from ui.contracts.application.tab import ApplicationTab

        page = self._pages.get(APPLICATION)
        if isinstance(page, ApplicationTab):
            page.start()

    def make_money(self) -> QWidget:
        """What is open, what was paid, what was claimed."""
        from ui.months.payments_panel import PaymentsPanel

        self._money = PaymentsPanel(self._session, self._toasts)
        self._money.bill_wanted.connect(self._on_bill)
        holder = QWidget()
        holder.setLayout(column(self._money, pad=("l", "m")))
        return scrolling(holder)

    def _on_bill(self, bill: object) -> None:
        """Show the lines of a bill among the months."""
        assert self._context is not None
        wanted = getattr(bill, "id", bill)
        for row in self._context.view.months:
            if row.bill is not None and row.bill.id == wanted:
                self.go(MONTHS)
                self.months.open_month(row.month)

    def make_visits(self) -> VisitsTab:
        """Visits."""
        from ui.contracts.visits_tab import VisitsTab

        page = VisitsTab(self._session)
        page.visit_chosen.connect(self.visit_chosen)
        page.visit_wanted.connect(self.visit_wanted)
        page.counted.connect(self._on_visits)
        return page

    def _on_visits(self, count: int) -> None:
        self._set_count(VISITS, str(count) if count else "")

    def make_papers(self) -> PapersTab:
        """What was issued, and making another paper."""
        from ui.issuing.papers_tab import PapersTab

        page = PapersTab(self._session)
        page.counted.connect(self._on_papers)
        return page

    def _on_papers(self, count: int) -> None:
        self._set_count(PAPERS, str(count) if count else "")

    def make_equipment(self) -> EquipmentTab:
        """Devices."""
        from ui.contracts.beside.equipment_tab import EquipmentTab

        return EquipmentTab(self._session, self._toasts)

    def make_files(self) -> AttachmentsTab:
        """Scans and photos."""
        from ui.contracts.beside.attachments_tab import AttachmentsTab

        return AttachmentsTab(self._session, self._toasts)

    def make_notes(self) -> NotesTab:
        """What was said, and what is to be done."""
        from ui.contracts.beside.notes_tab import NotesTab

        return NotesTab(self._session, self._toasts)

    def make_history(self) -> HistoryTab:
        """What was recorded."""
        from ui.contracts.history_tab import HistoryTab

        page = HistoryTab(self._session)
        page.void_wanted.connect(self.void_wanted)
        return page


_MAKERS: dict[str, Callable[[ContractTabs], QWidget]] = {
    MONEY: ContractTabs.make_money,
    APPLICATION: ContractTabs.make_application,
    VISITS: ContractTabs.make_visits,
    PAPERS: ContractTabs.make_papers,
    EQUIPMENT: ContractTabs.make_equipment,
    FILES: ContractTabs.make_files,
    NOTES: ContractTabs.make_notes,
    HISTORY: ContractTabs.make_history,
}
