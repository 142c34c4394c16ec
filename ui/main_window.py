"""The window: rail, top bar, notices, the place one is at, status line. It knows the places and goes between
them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem, UserError
from app.words import pgettext
from ui.frame import making
from ui.frame.leaving import come_by_rail, may_close
from ui.frame.notices import Notices
from ui.frame.rail import Arriving, Place, Rail
from ui.frame.status_line import StatusLine
from ui.frame.top_bar import TopBar
from ui.frame.trouble import Trouble
from ui.lock.guard import LockGuard
from ui.session import Session
from ui.theme import theme
from ui.widgets.layout import keep_on_screen, on_surface, open_size
from ui.widgets.strips import Toasts

if TYPE_CHECKING:  # the pages themselves load when somebody first goes there
    from datetime import date

    from ui.contracts.place import ContractsPlace
    from ui.customers.place import CustomersPlace
    from ui.frame.search_hits import Hit
    from ui.papers.place import PapersPlace
    from ui.quotes.place import QuotationsPlace
    from ui.settings.page import SettingsPage
    from ui.tariffs.place import TariffsPlace
    from ui.visits.place import VisitsPlace

_TARIFFS_AFTER_MS = 400


class MainWindow(QMainWindow):
    """One window on one desk."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._pages: dict[str, QWidget] = {}
        self._shown = False
        self._tariffs_timer = QTimer(self)
        self._tariffs_timer.setSingleShot(True)
        self._tariffs_timer.setInterval(_TARIFFS_AFTER_MS)
        self._tariffs_timer.timeout.connect(session.read_tariffs)
        self._trouble: Trouble | None = None
        self._readable = session.standing is not None
        self._unread = False
        self.setWindowTitle(pgettext("program", "窓口"))
        keep_on_screen(self)
        self.toasts = Toasts(self)
        self.places = [
            Place("home", "house", pgettext("place", "ホーム"), partial(making.make_home, self)),
            Place("quotes", "file-yen", pgettext("place", "見積"), partial(making.make_quotes, self)),
            Place("contracts", "file-check", pgettext("place", "契約"), partial(making.make_contracts, self)),
            Place("visits", "calendar-check", pgettext("place", "訪問"), partial(making.make_visits, self)),
            Place("customers", "users", pgettext("place", "顧客"), partial(making.make_customers, self)),
            Place("papers", "archive", pgettext("place", "書類"), partial(making.make_papers, self)),
            Place(
                "tariffs", "book-open", pgettext("place", "料金・規約"), partial(making.make_tariffs, self)
            ),
            Place(
                "settings",
                "sliders-horizontal",
                pgettext("place", "設定"),
                partial(making.make_settings, self),
            ),
        ]
        self.rail = Rail(self.places)
        self.notices = Notices()
        self.stack = QStackedWidget()
        self._build()
        self.guard = LockGuard(self, session, self.toasts)
        self._connect()
        self._restore()
        session.read()
        self.go(session.preferences.place)

    def _build(self) -> None:
        centre = QWidget()
        on_surface(centre, "window")
        self.setCentralWidget(centre)
        self.top = TopBar(self.session, self)
        self.status = StatusLine(self.session)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.notices)
        right.addWidget(self.stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status)

    def _connect(self) -> None:
        self.rail.chosen.connect(partial(come_by_rail, self))
        self.status.staff_wanted.connect(self._on_staff)
        for wants in (self.status.section_wanted, self.notices.section_wanted):
            wants.connect(self.open_settings)
        self.session.notice.connect(self.notices.show_notice)
        self.top.taken.connect(self._on_hit)
        self.top.new_wanted.connect(self._on_new)
        self.top.visit_wanted.connect(self.new_visit)
        self.session.unreadable.connect(self._on_unreadable)
        self.session.passphrase_wanted.connect(self._on_locked)
        self.session.settings_changed.connect(self._on_settings)
        tasks = self.session.tasks
        tasks.environment_problem.connect(self._on_environment)
        tasks.user_error.connect(self._on_refusal)
        tasks.bug.connect(self._on_bug)

    # --- places ---

    def page(self, code: str) -> QWidget:
        """The page of a place, made when first asked for."""
        if code not in self._pages:
            place = next(place for place in self.places if place.code == code)
            self._pages[code] = place.make()
            self.stack.addWidget(self._pages[code])
        return self._pages[code]

    @property
    def pages_made(self) -> Mapping[str, QWidget]:
        """The pages somebody went to, by the codes of their places."""
        return self._pages

    def go(self, code: str) -> None:
        """Go to a place; an unknown one is the first."""
        if code not in {place.code for place in self.places}:
            code = self.places[0].code
        page = self.page(code)
        if page is not self.stack.currentWidget():
            self.toasts.close()  # it tells of the place one leaves
        self.stack.setCurrentWidget(page)
        self.rail.show_place(code)
        self.session.preferences.place = code
        cast("Arriving", page).arrive()

    @property
    def here(self) -> str:
        """The code of the place one is at."""
        return self.session.preferences.place

    # --- what can be asked for from anywhere ---

    def new_quotation(self, customer_id: str = "") -> None:
        """A new quotation, perhaps for a customer."""
        self.go("quotes")
        cast("QuotationsPlace", self.page("quotes")).open_new(customer_id)

    def open_quotation(self, quotation_id: str) -> None:
        """A stored quotation."""
        self.go("quotes")
        cast("QuotationsPlace", self.page("quotes")).open_quotation(quotation_id)

    def open_quotations(self) -> None:
        """The list of quotations."""
        self.go("quotes")
        cast("QuotationsPlace", self.page("quotes")).show_list()

    def _go_to_contracts(self) -> ContractsPlace:
        self.go("contracts")
        return cast("ContractsPlace", self.page("contracts"))

    def open_contract(self, contract_id: str, tab: str = "") -> None:
        """A stored contract, perhaps at one of its tabs."""
        self._go_to_contracts().open_contract(contract_id, tab)

    def new_contract(self, customer_id: str = "") -> None:
        """A new contract, perhaps for a customer."""
        self._go_to_contracts().open_new(customer_id)

    def open_month(self, month: str = "") -> None:
        """The charges of a month for all contracts (``2026-11``; "": the month now)."""
        self._go_to_contracts().open_month(month)

    def open_applications(self) -> None:
        """The contracts that are applied for and have not begun."""
        self._go_to_contracts().open_applications()

    def open_import(self) -> None:
        """Bring in a ledger of contracts."""
        self._go_to_contracts().open_import()

    def open_deadlines(self) -> None:
        """What falls due in 30, 60 and 90 days."""
        self._go_to_contracts().open_deadlines()

    def _go_to_visits(self) -> VisitsPlace:
        self.go("visits")
        return cast("VisitsPlace", self.page("visits"))

    def open_visit(self, visit_id: str) -> None:
        """A stored visit."""
        self._go_to_visits().open_visit(visit_id)

    def new_visit(self, customer_id: str = "", contract_id: str = "") -> None:
        """Take a request for a visit, perhaps for a customer or one of the contracts."""
        self._go_to_visits().open_new(customer_id, contract_id)

    def open_visits(self) -> None:
        """The week of the visits."""
        self._go_to_visits().show_week()

    def open_visit_order(self, visit_id: str) -> None:
        """A stored visit with its work order beside it."""
        self._go_to_visits().open_order(visit_id)

    def reassign_visits(self, technician_id: str, day: date) -> None:
        """The visits of somebody who is away on a day go to others."""
        self._go_to_visits().reassign(technician_id, day)

    def open_customer(self, customer_id: str) -> None:
        """A stored customer."""
        self.go("customers")
        cast("CustomersPlace", self.page("customers")).open_customer(customer_id)

    def open_paper(self, paper_id: str) -> None:
        """An issued paper."""
        self.go("papers")
        cast("PapersPlace", self.page("papers")).open_paper(paper_id)

    def new_customer(self) -> None:
        """An empty form for a customer."""
        self.go("customers")
        cast("CustomersPlace", self.page("customers")).open_new()

    def open_settings(self, section: str) -> None:
        """A section of the settings."""
        self.go("settings")
        cast("SettingsPage", self.page("settings")).show_section(section)

    def stand_like(self, other: MainWindow) -> None:
        """Take the section of the settings another window stood at; the place itself is remembered."""
        if self.here == other.here == "settings":
            self.open_settings(cast("SettingsPage", other.page("settings")).here)

    def open_terms_change(self, service: str, start: date) -> None:
        """The contracts an edition of a service touches, and the letters for them."""
        self.go("tariffs")
        cast("TariffsPlace", self.page("tariffs")).open_terms_change(service, start)

    def open_tariffs(self, target: str) -> None:
        """A service (its code), or ``reading:`` with the name of a reading or with nothing."""
        self.go("tariffs")
        cast("TariffsPlace", self.page("tariffs")).show_target(target)

    def _on_new(self) -> None:
        self.new_quotation()

    def _on_hit(self, hit: Hit) -> None:
        kinds: dict[str, Callable[[str], None]] = {
            "customer": self.open_customer,
            "quotation": self.open_quotation,
            "contract": self.open_contract,
            "visit": self.open_visit,
            "paper": self.open_paper,
            "tariffs": self.open_tariffs,
            "settings": self.open_settings,
        }
        kinds.get(hit.kind, self._act)(hit.target)

    def _act(self, name: str) -> None:
        """An action of the search by its name."""
        acts: dict[str, Callable[[], None]] = {
            "new-quotation": self.new_quotation,
            "new-customer": self.new_customer,
            "new-contract": self.new_contract,
            "new-visit": self.new_visit,
            "month": self.open_month,
            "deadlines": self.open_deadlines,
            "import": self.open_import,
        }
        if name in acts:
            acts[name]()
        elif name.startswith("look-"):
            look = name.removeprefix("look-")
            self.session.preferences.look = look
            theme.set_look(look)

    def _on_staff(self) -> None:
        """The name in the status line: somebody else takes the desk."""
        if self.session.uses_pins:
            self.guard.change_staff()
        else:
            self.open_settings("staff")

    # --- trouble ---

    def _on_environment(self, problem: EnvironmentProblem) -> None:
        if self.session.standing is None:
            told = " ".join(part for part in (problem.kept, problem.remedy) if part)
            self._show_trouble(problem.what, told, problem.code)
        else:
            self.notices.show_environment(problem)

    def _on_locked(self) -> None:
        self._unread = True

    def _on_unreadable(self, error: UserError) -> None:
        problem = error.problems[0]
        self._show_trouble(problem.what, " ".join(part for part in (problem.why, problem.remedy) if part))

    def _show_trouble(self, title: str, text: str, code: str = "") -> None:
        """The data can't be opened: say so where the list would stand."""
        self._unread = True
        if self._trouble is None:
            self._trouble = Trouble(self.session, title, text)
            self.stack.addWidget(self._trouble)
        self._trouble.tell(title, text, code)
        self.stack.setCurrentWidget(self._trouble)
        self.rail.setEnabled(False)
        self.top.setEnabled(False)

    def _on_settings(self) -> None:
        """The data are open: pages that could read nothing before are made anew.

        Tariffs can be read and told without them.
        """
        if self._readable or self.session.standing is None:
            return
        self._readable = True
        if not self._unread:
            return
        for widget in (self._trouble, *self._pages.values()):
            if widget is not None:
                self.stack.removeWidget(widget)
                widget.deleteLater()
        self._trouble = None
        self._pages.clear()
        self.rail.setEnabled(True)
        self.top.setEnabled(True)
        self.go(self.here)

    def _on_refusal(self, error: UserError) -> None:
        if self.session.standing is None:
            return  # the data are not open: the session tells that
        self.notices.show_refusal(error)

    def _on_bug(self, _error: BaseException, report: Path | None) -> None:
        self.notices.show_bug(report)

    # --- the window itself ---

    def _restore(self) -> None:
        preferences = self.session.preferences
        open_size(self)
        if preferences.geometry is not None:
            wanted = QRect(*preferences.geometry)
            if any(screen.availableGeometry().intersects(wanted) for screen in QGuiApplication.screens()):
                self.setGeometry(wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._shown:
            self._shown = True
            QTimer.singleShot(0, self.session.tasks.picture_is_there)  # the rest of this picture first
            self._tariffs_timer.start()

    def remember(self) -> None:
        """Put where the window stands into the preferences and write them."""
        preferences = self.session.preferences
        preferences.maximized = self.isMaximized()
        if not preferences.maximized:
            rect = self.geometry()
            preferences.geometry = (rect.x(), rect.y(), rect.width(), rect.height())
        preferences.save()

    def closeEvent(self, event: QCloseEvent) -> None:
        if may_close(self):
            self._tariffs_timer.stop()
            self.session.rest()
            self.remember()
            event.accept()
        else:
            event.ignore()
