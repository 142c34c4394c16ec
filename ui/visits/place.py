"""The place of the visits: the week, and in front of it one visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.errors import UserError
from ui.operations.visits import quote_visit
from ui.session import Session
from ui.visits.calendar_button import CalendarButton
from ui.visits.days_button import DaysButton
from ui.visits.week_page import WeekPage
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from datetime import date

    from app.quote.stored import StoredQuotation
    from ui.visits.onsite.page import OnSitePage
    from ui.visits.visit_page import VisitPage
    from ui.visits.week_facts import WeekFacts


class VisitsPlace(QStackedWidget):
    """``customer_chosen``, ``contract_chosen`` and ``quotation_chosen`` carry ids; ``customer_wanted``
    asks for
    the form of a new customer, ``settings_wanted`` carries a section of the settings.
    """

    customer_chosen = Signal(str)
    contract_chosen = Signal(str)
    quotation_chosen = Signal(str)
    customer_wanted = Signal()
    settings_wanted = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session, self._toasts = session, toasts
        self.week = WeekPage(session, toasts)
        self.calendar = CalendarButton(session, toasts, self._shown)
        self.week.head.tools.addWidget(self.calendar)
        self.days = DaysButton(session, toasts, self._day)
        self.week.head.tools.addWidget(self.days)
        self.visit: VisitPage | None = None
        self.on_site: OnSitePage | None = None
        self._order_wanted = False
        self.addWidget(self.week)
        self.week.visit_chosen.connect(self.open_visit)
        self.week.new_customer.connect(self.customer_wanted)
        self.week.technicians_wanted.connect(self._on_technicians)

    def _shown(self) -> WeekFacts:
        return self.week.grid.facts

    def _day(self) -> date:
        """Today where the week shows it, else its first day."""
        shown, today = self._shown().dates, self._session.today
        return today if today in shown else shown[0]

    # --- going there ----------------------------------------------------------------------------------

    def open_visit(self, visit_id: str) -> None:
        """A stored visit."""
        page = self._visit()
        self.setCurrentWidget(page)
        page.open_visit(visit_id)

    def open_order(self, visit_id: str) -> None:
        """A stored visit with its work order beside it."""
        self._order_wanted = True
        self.open_visit(visit_id)

    def _on_opened(self) -> None:
        from ui.visits.papers import PaperKind

        if self._order_wanted and self.visit is not None:
            self._order_wanted = False
            self._visit().open_paper(PaperKind.ORDER)

    def _visit(self) -> VisitPage:
        if self.visit is None:
            from ui.visits.visit_page import VisitPage

            self.visit = VisitPage(self._session, self._toasts)
            self.visit.back_wanted.connect(self.show_week)
            self.visit.customer_chosen.connect(self.customer_chosen)
            self.visit.contract_chosen.connect(self.contract_chosen)
            self.visit.edit_wanted.connect(self.edit_visit)
            self.visit.slot_wanted.connect(self.edit_visit)
            self.visit.on_site_wanted.connect(self.open_on_site)
            self.visit.facts.quote_wanted.connect(self.quote_visit)
            self.visit.opened.connect(self._on_opened)
            self.addWidget(self.visit)
        return self.visit

    def quote_visit(self, visit_id: str) -> None:
        """A draft quotation of a stored visit, opened at once."""
        self._session.hub.run(
            quote_visit, visit_id, done=self._on_quoted, failed=self._on_not_quoted, owner=self
        )

    def _on_quoted(self, stored: StoredQuotation) -> None:
        self.quotation_chosen.emit(stored.id)

    def _on_not_quoted(self, error: UserError) -> None:
        first = error.problems[0]
        self._toasts.show_message(" ".join(one for one in (first.what, first.remedy) if one))

    def open_on_site(self, visit_id: str) -> None:
        """The guided screen of the work on site."""
        if self.on_site is None:
            from ui.visits.onsite.page import OnSitePage

            self.on_site = OnSitePage(self._session, self._toasts)
            self.on_site.visit_chosen.connect(self.open_visit)
            self.addWidget(self.on_site)
        self.setCurrentWidget(self.on_site)
        self.on_site.open_visit(visit_id)

    def open_new(self, customer_id: str = "", contract_id: str = "") -> None:
        """Take a request, perhaps for a customer or one of the contracts."""
        self.setCurrentWidget(self.week)
        self.week.arrive()
        self.week.open_new(customer_id, contract_id)

    def edit_visit(self, visit_id: str) -> None:
        """Change a stored visit beside the week."""
        self.setCurrentWidget(self.week)
        self.week.arrive()
        self.week.edit_visit(visit_id)

    def show_day(self, day: date) -> None:
        """The week in which a day lies."""
        self.show_week()
        self.week.show_day(day)

    def reassign(self, technician_id: str, day: date) -> None:
        """The visits of somebody who is away on a day go to others."""
        self.show_day(day)
        self.days.reassign(technician_id, day)

    def show_week(self) -> None:
        """Back to the week."""
        self.setCurrentWidget(self.week)
        self.week.arrive()

    def _on_technicians(self) -> None:
        self.settings_wanted.emit("technicians")

    # --- the place itself -----------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether a request or a visit's page holds something that is not stored."""
        if self.visit is not None and self.currentWidget() is self.visit:
            return bool(self.visit.unsaved)
        return self.week.unsaved  # what was typed beside the week stays there

    def arrive(self) -> None:
        """Somebody came here by the rail."""
        if self.currentWidget() is self.week:
            self.week.arrive()
            return
        current = self.currentWidget()
        last = current.focusWidget() if current is not None else None
        if last is not None:
            last.setFocus()
