"""A contract: its head, figures and life, its tabs, what leaving costs, and beside them an action's panel."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.contract.actions import Action
from app.errors import UserError
from app.usecases.consequences import Consequences
from app.usecases.contract_view import ContractView
from app.usecases.desk import Desk
from app.words import _
from ui.contracts.context import PageContext
from ui.contracts.contract_tabs import APPLICATION, ContractTabs
from ui.contracts.curve_pane import CurvePane
from ui.contracts.explanation.notice import ExplanationNotice
from ui.contracts.facts_strip import FactsStrip
from ui.contracts.header import ContractHeader
from ui.contracts.life_bar import LifeBar
from ui.contracts.planned import planned_marks
from ui.operations.hub import Changed
from ui.session import Session
from ui.tasks import Task
from ui.theme import theme
from ui.widgets.layout import column, holding, on_surface, rule
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import BusyBar, EmptyState, Toasts


def read_contract(desk: Desk, contract_id: str) -> ContractView:
    """On the database worker: everything the page shows."""
    from app.usecases.open_contract import open_contract

    return open_contract(desk, contract_id)


class ContractPage(QWidget):
    """One page for all contracts, one after the other. The signals ask for other places."""

    back_wanted = Signal()
    contract_chosen = Signal(str)
    customer_chosen = Signal(str)
    quotation_chosen = Signal(str)
    tariffs_wanted = Signal(str)
    month_wanted = Signal(str)
    visit_chosen = Signal(str)
    visit_wanted = Signal(str, str)  # ids of the customer and the contract
    opened = Signal()  # a contract that was asked for stands

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self._asked: Task | None = None
        self._id = ""
        self._wanted_tab = ""
        self._lost_button = False
        self._fresh = False  # nobody has gone to a tab of this contract yet
        self._steps: list[object] = []
        self.context: PageContext | None = None
        self.panel: SidePanel | None = None
        self._action: Action | None = None
        self.header = ContractHeader(session)
        self.facts = FactsStrip()
        self.notice = ExplanationNotice()
        self.life = LifeBar()
        self.tabs = ContractTabs(session, toasts)
        self.curve = CurvePane(session)
        self.busy = BusyBar()
        self.trouble = EmptyState(
            "circle-alert",
            _("契約を開けません"),
            _("一覧からもう一度お選びください。"),
            _("契約の一覧に戻る"),
            "chevron-left",
        )
        self.trouble.hide()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._next_step)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._lower = QHBoxLayout()
        self._lower.setSpacing(0)
        self._lower.addWidget(self.tabs, 60)
        self._curve_side = holding(_stacked(self.curve), "panel", "left")
        self._lower.addWidget(self._curve_side, 40)
        main = QVBoxLayout()
        main.setSpacing(0)
        self._life_part = holding(column(column(self.life, pad="xs"), rule()))
        main.addWidget(self._life_part)
        main.addLayout(self._lower, 1)
        self._middle = QHBoxLayout()  # the panel stands here where the window is narrow
        self._middle.setSpacing(0)
        self._middle.addLayout(main, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.header.contact)
        left.addWidget(self.notice)
        left.addWidget(self.facts)
        left.addLayout(self._middle, 1)
        self._wide = QHBoxLayout()  # and here where it is wide
        self._wide.setSpacing(0)
        self._wide.addLayout(left, 1)
        self._body = QWidget()
        self._wide.setContentsMargins(0, 0, 0, 0)
        self._body.setLayout(self._wide)
        self._body.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.busy)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.trouble, 1)
        whole.addStretch(0)

    def _connect(self) -> None:
        self.header.back_wanted.connect(self._on_back)
        self.header.action_wanted.connect(self.open_action)
        self.header.customer_wanted.connect(self.customer_chosen)
        self.header.quotation_wanted.connect(self.quotation_chosen)
        self.notice.accepted.connect(partial(self.open_action, Action.EXPLAIN))
        self.life.mark_chosen.connect(self._on_mark)
        self.tabs.action_wanted.connect(self.open_action)
        self.tabs.void_wanted.connect(self.open_void)
        self.tabs.curve_wanted.connect(self._on_curve_wanted)
        self.tabs.visit_chosen.connect(self.visit_chosen)
        self.tabs.visit_wanted.connect(self._on_visit_wanted)
        self.curve.reading_wanted.connect(self.tariffs_wanted)
        self.trouble.accepted.connect(self.back_wanted)
        self._session.hub.changed.connect(self._on_changed)

    # --- opening ------------------------------------------------------------------------------------

    def open_contract(self, contract_id: str, tab: str = "") -> None:
        """Show a stored contract, perhaps at one of its tabs."""
        if contract_id != self._id:
            self.close_panel()
            self.context = None
            self._body.hide()
        self._id, self._wanted_tab = contract_id, tab
        self._read()

    def _read(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self.busy.start()
        self._asked = self._session.hub.look(
            read_contract,
            self._id,
            done=self._on_view,
            failed=self._on_refused,
            ended=self.busy.stop,
            owner=self,
        )

    def _on_refused(self, error: UserError) -> None:
        problem = error.problems[0]
        told = " ".join(part for part in (problem.why, problem.remedy) if part)
        self.trouble.set_words(problem.what, told, _("契約の一覧に戻る"))
        self._body.hide()
        self.trouble.show()

    def _on_view(self, view: ContractView) -> None:
        first = self.context is None
        if self.context is None:
            self._fresh = True
            self.context = PageContext(self._session, self._toasts, view, self)
            self.context.closed.connect(self._on_panel_closed)
            self.context.action_wanted.connect(self.open_action)
            self.context.preview_changed.connect(self._on_preview)
            self.context.view_changed.connect(self._show)
            self.tabs.take_context(self.context)
            self._show()
        else:
            self.context.take_view(view)
        if first and self.panel is None:
            self._focus_first()

    def _focus_first(self) -> None:
        if self.isVisible() and self._begun:
            self.tabs.months.start()

    @property
    def _begun(self) -> bool:
        """Whether there is a life to draw: before the start the application has the room."""
        return self.context is not None and self.context.view.timeline is not None

    def _show(self) -> None:
        """Show the view: the head, figures and life at once, the rest in turns of its own."""
        assert self.context is not None
        view = self.context.view
        self.trouble.hide()
        self.header.show_view(view)
        self.header.show_open(self._action)
        self.facts.show_view(view, self._name(view.figures.staff))
        self.notice.show_view(view)
        self.life.show_life(view.life)
        self._life_part.setVisible(self._begun)
        self._body.show()
        self._fold()
        self._steps = [
            partial(self.tabs.show_view, view),
            partial(self.curve.show_view, view),
            partial(self._go_to_wanted),
        ]
        self._later.start()

    def _next_step(self) -> None:
        if self._steps:
            step = self._steps.pop(0)
            assert callable(step)
            step()
        if self._steps:
            self._later.start()
        else:
            self._keep_keyboard()
            self.opened.emit()

    def _keep_keyboard(self) -> None:
        """After something was recorded the button it was asked for with may be gone: the keyboard goes to the
        first that may be pressed now, not out of the page.
        """
        lost, self._lost_button = self._lost_button, False
        if lost and self.panel is None and not self.header.isAncestorOf(self.window().focusWidget()):
            (next(iter(self.header.buttons.values()), None) or self.header.more).setFocus()

    def _go_to_wanted(self) -> None:
        if not self._wanted_tab and not self._begun and self._fresh:
            self._wanted_tab = APPLICATION
        first, self._fresh = self._fresh, False
        if self._wanted_tab:
            self.tabs.go(self._wanted_tab)
            self._wanted_tab = ""
        if first and self.tabs.here == APPLICATION and self.panel is None and self.isVisible():
            self.tabs.start_application()

    def _name(self, staff: str) -> str:
        """The name of a member of staff, who may be known by an id."""
        names = {one.id: one.name for one in self._session.settings.staff}
        return names.get(staff, staff)

    def _on_changed(self, changed: Changed) -> None:
        if self.context is None:
            return
        stored = self.context.stored
        if (
            stored.id in changed.contracts
            or stored.customer_id in changed.customers
            or changed.tariffs
            or changed.bills
            or changed.notes
        ):
            self._read()

    # --- actions ------------------------------------------------------------------------------------

    def open_action(self, action: Action) -> None:
        """Open the panel of an action, or the one that says why it is refused. What is applied for is edited
        in its tab.
        """
        if self.context is None:
            return
        if self.panel is not None and self._action is action:
            self._start_panel()
            return
        if action is Action.EDIT and self.context.view.actions.get(action) is None:
            self.close_panel()
            self.tabs.go(APPLICATION)
            self.tabs.start_application()
            return
        from ui.contracts.actions.panels import open_panel, starts_elsewhere

        if starts_elsewhere(action, self.context, self._put):
            return
        self._put(open_panel(action, self.context), action)

    def open_void(self, entry_id: str) -> None:
        """Open the panel that takes an entry of the history back."""
        if self.context is None:
            return
        from ui.contracts.actions.panels import open_void

        self._put(open_void(self.context, entry_id), Action.VOID)

    def _put(self, panel: SidePanel, action: Action) -> None:
        self.close_panel()
        self.panel, self._action = panel, action
        self._place_panel()
        panel.show()
        self.header.show_open(action)
        self._fold()
        self._start_panel()

    def _start_panel(self) -> None:
        start = getattr(self.panel, "start", None)
        if start is not None:
            start()

    def _place_panel(self) -> None:
        """Beside everything; in a narrow window beside the life and the tabs, below the figures."""
        if self.panel is not None:
            room = self._middle if self._narrow else self._wide
            room.addWidget(self.panel)

    def close_panel(self) -> None:
        """Take the panel away; what was typed in it is kept by the panel itself."""
        panel, self.panel, self._action = self.panel, None, None
        if panel is None:
            return
        panel.hide()
        panel.setParent(None)
        panel.deleteLater()
        self.header.show_open(None)
        self._on_preview(None)
        self._fold()

    def _on_panel_closed(self) -> None:
        action = self._action
        self.close_panel()
        if action is not None and self.isVisible():
            self.header.button_of(action).setFocus()
            self._lost_button = True

    def _on_preview(self, found: Consequences | None) -> None:
        """Show what an open action would make of the life and the months."""
        if self.context is None:
            return
        view = self.context.view
        if self.life.life is not None:
            self.life.show_planned(planned_marks(view.life, found.life) if found and found.life else ())
        self.tabs.show_planned(found.months if found is not None else ())

    @property
    def unsaved(self) -> bool:
        """Whether the panel holds something that was typed and not recorded."""
        form = getattr(self.panel, "form", None)
        return form is not None and bool(getattr(form, "typed", False))

    # --- room ---------------------------------------------------------------------------------------

    @property
    def _narrow(self) -> bool:
        return self.window().width() < theme.size.fold_side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()
        self._fold()

    def _fold(self) -> None:
        """In a narrow window what leaving costs is a tab; so it is where a panel leaves too little."""
        room = self.width() - (self.panel.width() if self.panel is not None else 0)
        beside = self._begun and self.window().width() >= theme.size.fold_paper and room >= theme.ems(60)
        if beside:
            if self.tabs.holds_curve:
                self.tabs.drop_curve()
                layout = self._curve_side.layout()
                assert layout is not None
                layout.addWidget(self.curve)
                self.curve.show()
        elif self._begun and not self.tabs.holds_curve:
            self.tabs.take_curve(self.curve)
        self._curve_side.setVisible(beside)

    # --- going elsewhere ----------------------------------------------------------------------------

    def _on_back(self) -> None:
        self._toasts.close()
        self.back_wanted.emit()

    def _on_mark(self, entry_id: str) -> None:
        self.tabs.go_to_entry(entry_id)

    def _on_visit_wanted(self) -> None:
        if self.context is not None:
            stored = self.context.stored
            self.visit_wanted.emit(stored.customer_id, stored.id)

    def _on_curve_wanted(self) -> None:
        self.curve.curve.setFocus()


def _stacked(widget: QWidget) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(1, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(widget)
    return box
