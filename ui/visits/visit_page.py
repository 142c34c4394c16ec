"""A visit: its head, the states it went through, what is done and why it costs what it does, its history."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.visit.order import VisitState
from app.visit.visit_life import Action, permitted
from app.words import _
from ui.operations.hub import Changed
from ui.session import Session
from ui.tasks import Task
from ui.theme import theme
from ui.visits.levels import beside_line
from ui.visits.papers import PaperKind
from ui.visits.states_strip import StatesStrip, steps_of
from ui.visits.visit_body import VisitBody
from ui.visits.visit_facts import VisitFacts
from ui.visits.visit_header import VisitHeader, action_words
from ui.visits.visit_paper_panel import PaperPanel
from ui.visits.visit_reading import VisitView, read_visit
from ui.widgets.layout import holding, on_surface, row, rule, scrolling
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import BusyBar, EmptyState, Toasts


class VisitPage(QWidget):
    """One page for all visits, one after the other. The signals ask for other places; ``slot_wanted`` carries
    the id of a visit whose day is to be chosen on the grid, ``edit_wanted`` of one whose content changes,
    ``on_site_wanted`` of one that is worked on.
    """

    back_wanted = Signal()
    slot_wanted = Signal(str)
    edit_wanted = Signal(str)
    on_site_wanted = Signal(str)
    contract_chosen = Signal(str)
    customer_chosen = Signal(str)
    opened = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self._id = ""
        self._task: Task | None = None
        self.view: VisitView | None = None
        self.panel: SidePanel | None = None
        self.header = VisitHeader()
        self.strip = StatesStrip()
        self.body = VisitBody()
        self.facts = VisitFacts()
        self.busy = BusyBar()
        self.trouble = EmptyState(
            "circle-alert",
            _("訪問を開けません"),
            _("もう一度お選びください。"),
            _("訪問の予定に戻る"),
            "chevron-left",
        )
        self.trouble.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        side = holding(beside_line(scrolling(self.facts)), "panel", "left")
        side.setFixedWidth(theme.size.side_panel - theme.size.xl)
        self._facts_side = side
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(scrolling(self.body), 1)
        self._middle.addWidget(side)
        self._all = QWidget()
        all_ = QVBoxLayout(self._all)
        all_.setContentsMargins(0, 0, 0, 0)
        all_.setSpacing(0)
        all_.addWidget(holding(row(self.strip, pad=("l", "")), "panel"))
        all_.addWidget(rule())
        all_.addLayout(self._middle, 1)
        self._all.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (self.header, self.busy):
            box.addWidget(widget)
        box.addWidget(self._all, 1)
        box.addWidget(self.trouble, 1)

    def _connect(self) -> None:
        self.header.back_wanted.connect(self.back_wanted)
        self.header.action_wanted.connect(self.open_action)
        self.facts.contract_wanted.connect(self.contract_chosen)
        self.facts.customer_wanted.connect(self.customer_chosen)
        self.facts.paper_wanted.connect(self.open_paper)
        self.facts.deposit_wanted.connect(self._on_deposit)
        self.trouble.accepted.connect(self.back_wanted)
        self._session.hub.changed.connect(self._on_changed)

    # --- opening ------------------------------------------------------------------------------------

    def open_visit(self, visit_id: str) -> None:
        """Show a stored visit."""
        if visit_id != self._id:
            self.close_panel()
            self._all.hide()
            self.view = None
        self._id = visit_id
        self._read()

    def _read(self) -> None:
        if self._task is not None and not self._task.finished:
            self._task.cancel()
            self.busy.stop()  # what is cancelled tells nothing any more
        self.busy.start()
        self._task = self._session.hub.look(
            read_visit,
            self._id,
            done=self._on_view,
            failed=self._on_refused,
            ended=self.busy.stop,
            owner=self,
        )

    def _on_refused(self, error: UserError) -> None:
        problem = error.problems[0]
        self.trouble.set_words(problem.what, problem.remedy, _("訪問の予定に戻る"))
        self._all.hide()
        self.trouble.show()

    def _on_view(self, view: VisitView) -> None:
        self.view = view
        names = {one.id: one.name for one in self._session.settings.staff}
        self.trouble.hide()
        self.header.show_view(view)
        self.strip.show_steps(steps_of(view.stored, names, view.ground.now))
        self.body.show_view(view, names)
        self.facts.show_view(view)
        self._all.show()
        self._fold()
        self.opened.emit()

    def _on_changed(self, changed: Changed) -> None:
        view = self.view
        if view is None:
            return
        stored = view.stored
        if (
            stored.id in changed.visits
            or stored.customer_id in changed.customers
            or stored.content.contract_id in changed.contracts
            or changed.tariffs
            or changed.settings
        ):
            self._read()

    # --- actions ------------------------------------------------------------------------------------

    def open_action(self, action: Action) -> None:
        """Do what an action asks for, or say why it is refused."""
        view = self.view
        if view is None:
            return
        visit = view.stored
        refused = permitted(action, visit.events)
        if action is Action.BEGIN and visit.state in {VisitState.WORKING, VisitState.DONE}:
            refused = None
        if refused is not None:
            from ui.visits.visit_panels import RefusedAction

            self._put(RefusedAction(action_words(action, visit.state), refused))
        elif action is Action.BEGIN:
            self.on_site_wanted.emit(visit.id)
        elif action in {Action.BOOK, Action.MOVE}:
            self.slot_wanted.emit(visit.id)
        elif action is Action.EDIT:
            self.edit_wanted.emit(visit.id)
        else:
            self._open_panel(action, view)

    def _open_panel(self, action: Action, view: VisitView) -> None:
        from ui.visits.release_panel import ReleasePanel
        from ui.visits.visit_panels import CallOffPanel, ConfirmPanel

        made = {Action.CONFIRM: ConfirmPanel, Action.CALL_OFF: CallOffPanel, Action.RELEASE: ReleasePanel}
        panel = made[action](self._session, view)
        panel.recorded.connect(self.close_panel)
        self._put(panel)
        panel.start()

    def open_paper(self, kind: PaperKind) -> None:
        """Show a paper beside."""
        if self.view is not None:
            panel = PaperPanel(self._session, self._toasts, self._id, kind)
            self._put(panel)

    def _on_deposit(self, visit_id: str) -> None:
        """Things are taken along: a receipt for them."""
        from ui.issuing.opening import open_issuing

        open_issuing(self, self._session, "D", visit_id, {"subject_kind": "visit"})

    def _put(self, panel: SidePanel) -> None:
        self.close_panel()
        self.panel = panel
        self.header.listen(not hasattr(panel, "accept"))
        panel.closed.connect(self.close_panel)
        self._middle.addWidget(panel)
        panel.show()
        self._fold()

    def close_panel(self) -> None:
        """Take the panel away."""
        panel, self.panel = self.panel, None
        if panel is not None:
            self.header.listen(True)
            panel.hide()
            panel.setParent(None)
            panel.deleteLater()
            self._fold()

    @property
    def unsaved(self) -> bool:
        """Whether the panel holds something that was typed and not recorded."""
        return bool(getattr(self.panel, "typed", False))

    # --- room ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """A panel takes the place of the facts where both have no room."""
        room = self.window().width() >= theme.size.fold_paper or self.panel is None
        wide = isinstance(self.panel, PaperPanel)
        self._facts_side.setVisible(room and not wide)
