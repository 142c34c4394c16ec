"""On site: one step after the other from the arrival to the signed report, for fingers and keys alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.money import yen_words
from app.visit.order import StoredVisit, VisitState
from app.visit.visit_life import last_report, report_signature
from app.words import _
from ui.operations.hub import Changed, Outcome
from ui.operations.on_site import agree_before, begin_work, report_work, sign_and_finish
from ui.qt import Policy
from ui.quotes.tab_order import put_in_reading_order
from ui.session import Session
from ui.tasks import Task
from ui.theme import theme
from ui.visits.levels import beside_line
from ui.visits.onsite.arrive_part import ArrivePart
from ui.visits.onsite.before_part import BeforePart
from ui.visits.onsite.done_part import DonePart
from ui.visits.onsite.draft import KeptDrafts, OnSiteDraft, Step, next_words, sign_again_words, strip_of
from ui.visits.onsite.left import KeptOnSite
from ui.visits.onsite.price_change import PriceSide
from ui.visits.onsite.report_part import ReportPart
from ui.visits.onsite.touch import for_fingers
from ui.visits.onsite.work_part import WorkPart
from ui.visits.states_strip import StatesStrip
from ui.visits.visit_reading import VisitView, read_visit
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import holding, on_surface, row, rule, scrolling
from ui.widgets.strips import AdviceStrip, BusyBar, Toasts
from ui.widgets.text import ElidedLabel, Label


class OnSitePage(QWidget):
    """Open it with ``open_visit``. ``visit_chosen`` carries the id: back to the visit's page."""

    visit_chosen = Signal(str)
    opened = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self._kept = KeptDrafts.of(session)
        self._id = ""
        self._task: Task | None = None
        self._working = self._started = False
        self.view: VisitView | None = None
        self.draft = OnSiteDraft()
        self.arrive = ArrivePart()
        self.before = BeforePart()
        self.work = WorkPart(self._now)
        self.report = ReportPart()
        self.done = DonePart(session, toasts)
        self.price = PriceSide()
        self._parts = (self.arrive, self.before, self.work, self.report, self.done)
        self._build()
        self._connect()
        self.left = KeptOnSite(session, self)

    def _build(self) -> None:
        s = theme.size
        self.leave = for_fingers(
            IconButton("chevron-left", _("訪問のページに戻る（入力は残ります）"), key="Alt+Left")
        )
        self.name = ElidedLabel("", "title")
        self.name.setSizePolicy(Policy.Maximum, Policy.Fixed)
        self.number = Label("", "panel", "text2")
        head = holding(
            row(self.leave, self.name, self.number, None, gap="s", pad=("s", "")), "panel", "bottom"
        )
        head.setFixedHeight(s.page_head)
        self.strip = StatesStrip()
        self.busy = BusyBar()
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert", closable=True)
        self.problem.hide()
        self.stack = QStackedWidget()
        self._areas: list[QScrollArea] = []
        for part in self._parts:
            area = scrolling(part)
            self._areas.append(area)
            self.stack.addWidget(area)
        self._prices = scrolling(self.price)
        self._side = holding(beside_line(self._prices), "panel", "left")
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self._side)
        self.back = for_fingers(Button(_("前へ"), "chevron-left"))
        self.total = Label("", "heading")
        self.change = Label("", "panel", "warn")
        self.consent_here = for_fingers(Button(_("料金の内訳"), "file-yen", "quiet"))
        self.next = for_fingers(Button("", "", "filled", key="Ctrl+Enter"))
        foot = holding(
            row(
                self.back, None, self.change, self.total, self.consent_here, self.next, gap="s", pad=("m", "")
            ),
            "panel", "top",
        )  # fmt: skip
        foot.setFixedHeight(s.side_foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (head, holding(row(self.strip, pad=("l", "")), "panel"), rule(), self.busy):
            box.addWidget(widget)
        box.addWidget(self.problem)
        box.addLayout(middle, 1)
        box.addWidget(foot)

    def _connect(self) -> None:
        self.leave.clicked.connect(self._on_leave)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.before.changed.connect(self._on_changed)
        self.work.changed.connect(self._on_changed)
        self.price.agreed.connect(self._show_total)
        self.consent_here.clicked.connect(self._on_prices)
        self._session.hub.changed.connect(self._on_hub)

    def _on_leave(self) -> None:
        self.visit_chosen.emit(self._id)

    def _now(self) -> time:
        return self._session.desk.now().time()

    # --- opening ------------------------------------------------------------------------------------

    def open_visit(self, visit_id: str) -> None:
        """Show where a visit stands on site; what was typed is still there."""
        self._started = self._started and visit_id == self._id
        self._id = visit_id
        self.problem.hide()
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

    def _on_view(self, view: VisitView) -> None:
        self.view = view
        self.draft = self._kept.draft(view.stored)
        self._show()
        self.opened.emit()

    def _on_hub(self, changed: Changed) -> None:
        if self._id and self._id in changed.visits and not self._working:
            self._read()

    @property
    def signed(self) -> bool:
        """Whether the report is signed."""
        return self.view is not None and report_signature(self.view.stored.events) is not None

    # --- showing ------------------------------------------------------------------------------------

    def _show(self) -> None:
        assert self.view is not None
        view, draft = self.view, self.draft
        self.name.set_text(view.customer)
        self.number.set_text(view.stored.number)
        step = draft.step
        self.strip.show_steps(strip_of(step))
        arrived = self.stack.currentIndex() != step or not self._started
        self._started = True
        if arrived:
            self.stack.setCurrentIndex(step)
            self._areas[step].verticalScrollBar().setValue(0)
            self.consent_here.set_on(False)
        if step is Step.ARRIVE:
            self.arrive.show_view(view)
        elif step is Step.BEFORE:
            draft.sign_again(view.stored)
            self.before.show_view(view, draft, frozen=draft.agreed(view.stored))
        elif step is Step.WORK:
            self.work.show_view(view, draft)
        elif step is Step.REPORT:
            self.report.show_view(view, draft, signed=self.signed)
        else:
            self.done.show_view(view)
        self._on_changed()
        self._fold()
        self._show_buttons()
        put_in_reading_order(self)
        if arrived:
            self._focus_first()

    def _focus_first(self) -> None:
        """Where one types or taps first in this step."""
        first: QWidget = self.next
        if self.draft.step is Step.BEFORE:
            first = next((one.check for one in self.before.rows.values() if one.check.isEnabled()), first)
        elif self.draft.step is Step.WORK:
            first = next((one.result for one in self.work.rows.values()), first)
        elif self.draft.step is Step.REPORT and not self.signed:
            first = self.report.signature.name
        first.setFocus()
        self._areas[self.draft.step].verticalScrollBar().setValue(0)

    def _show_buttons(self) -> None:
        step = self.draft.step
        self.next.set_text(next_words(step, signed=self.signed))  # never disabled: it would lose the focus
        self.back.setVisible(self._may_go_back)

    @property
    def _may_go_back(self) -> bool:
        fixed = self.view is not None and self.draft.fixed(self.view.stored, self.price.priced)
        return Step.BEFORE < self.draft.step < Step.DONE and not fixed

    @property
    def _begun(self) -> bool:
        return self.view is not None and self.view.stored.state in {VisitState.WORKING, VisitState.DONE}

    def _on_changed(self) -> None:
        if self.view is None:
            return
        self.price.show_price(self.view, self.draft, done=self.draft.step >= Step.WORK)
        if self.draft.step is Step.WORK:
            self.problem.hide()
            if not self.draft.agreed(self.view.stored):
                self._tell(*sign_again_words())
        self._show_total()

    def _show_total(self) -> None:
        priced = self.price.priced
        total = _("{total}（税込）").format(total=yen_words(priced.bill.total)) if priced is not None else "—"
        self.total.set_text(total)
        changed = bool(self.price.changes) and self.draft.step <= Step.REPORT
        consent = _("料金が変わりました・了承待ち") if self.price.needs_consent else _("料金の変更を了承済み")
        self.change.set_text(consent if changed else "")
        self.change.set_tone("warn" if self.price.needs_consent else "good")

    # --- going on and back --------------------------------------------------------------------------

    def go_on(self) -> None:
        """What the filled button says; everything that lacks is said where it belongs."""
        if self.view is None or self._working:
            return
        self.problem.hide()
        visit, draft = self.view.stored, self.draft
        if draft.step is Step.ARRIVE:
            if self._begun:
                self._go(Step.BEFORE)
            else:
                self._run(begin_work, Step.BEFORE)
        elif draft.step is Step.BEFORE:
            if draft.agreed(visit):
                self._go(Step.WORK)
            elif self.before.check():
                points, priced = tuple(sorted(draft.points)), self.price.priced
                shown = priced.net if priced is not None else None
                self._run(agree_before, Step.WORK, draft.devices, draft.before, points, shown)
            else:
                self._to_sight(self.before.lacking)
        elif draft.step is Step.WORK:
            self._report()
        elif draft.step is Step.REPORT:
            self._finish()
        else:
            self.visit_chosen.emit(self._id)

    def _report(self) -> None:
        assert self.view is not None
        if not self.draft.agreed(self.view.stored):
            self._go(Step.BEFORE)
            return
        if not self.work.check():
            self._to_sight(self.work.lacking)
            return
        if self.price.needs_consent:
            self._tell(
                _("料金が変わります。お客さまの了承を得てください。"),
                _(
                    "変わる金額をお見せし、「金額の変更をお客さまが了承しました」に印を付けると、先へ進めます。"
                ),
            )
            self.show_prices(shown=True)
            self.price.consent.setFocus()
            return
        draft = self.draft
        self._run(report_work, Step.REPORT, draft.devices, draft.all_ticks(), draft.notes)

    def _finish(self) -> None:
        assert self.view is not None
        frozen = last_report(self.view.stored.events)
        assert frozen is not None
        if self.signed or self.report.check():
            self._run(sign_and_finish, Step.DONE, self.draft.after, frozen.sha256)
        else:
            self._to_sight(self.report.signature.lacking)

    def go_back(self) -> None:
        """The step before; what was recorded stays, and can be looked at."""
        if self._may_go_back:
            self._go(Step(self.draft.step - 1))

    def _go(self, step: Step) -> None:
        self.draft.step = step
        if self.view is not None:
            self._show()

    def _to_sight(self, lacking: QWidget | None) -> None:
        """Bring what lacks into sight, with what is said below it: as soon as that has its place."""
        if lacking is not None:
            area = self._prices if self.price.isAncestorOf(lacking) else self._areas[self.draft.step]
            show = partial(area.ensureWidgetVisible, lacking, 0, theme.size.text_area)
            QTimer.singleShot(0, self, show)

    def _run(self, operation: Callable[..., Outcome[Any]], then: Step, *arguments: object) -> None:
        assert self.view is not None
        self._working = True
        self.busy.start()
        self._show_buttons()
        before = self.view.stored

        def done(stored: StoredVisit) -> None:
            self.draft.step = then
            if then is Step.REPORT:
                self.draft.reported(before, stored)
            if then is Step.WORK:
                self.draft.ordered = stored.content
                self.draft.after.name = self.draft.after.name or self.draft.before.name
            if then is Step.DONE:
                self._kept.forget(stored.id)
                self.left.done()

        self._session.hub.run(
            operation, self._id, self.view.stored.version, *arguments,
            done=done, failed=self._on_not_written, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_ended(self) -> None:
        self._working = False
        self.busy.stop()
        self._show_buttons()

    def _on_not_written(self, error: UserError) -> None:
        self._on_refused(error)
        self._read()  # part of it may stand, or another window was first

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        more = [one.what for one in error.problems[1:]]
        self._tell(first.what, " ".join(one for one in (first.why, first.remedy, *more) if one))

    def _tell(self, what: str, detail: str) -> None:
        self.problem.set_words(what, detail)
        self.problem.show()

    # --- room ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @property
    def _narrow(self) -> bool:
        return self.window().width() < theme.size.fold_paper

    def _fold(self) -> None:
        """The price stands beside; in a narrow window its total below, and the rest on request."""
        step = self.draft.step
        shows = step is not Step.DONE
        self.consent_here.setVisible(self._narrow and shows)
        if not self._narrow or not shows:
            self.consent_here.set_on(False)
        over = self._narrow and self.consent_here.on
        self._side.setVisible(over or (shows and not self._narrow))
        self._side.setFixedWidth(self.width() if over else theme.size.side_panel)
        self.stack.setVisible(not over)

    def show_prices(self, *, shown: bool) -> None:
        """In a narrow window: show the prices in place of the step, or the step again."""
        self.consent_here.set_on(shown and self._narrow)
        self._fold()
        if shown and self.price.needs_consent:
            self._to_sight(self.price.consent)

    def _on_prices(self) -> None:
        self.show_prices(shown=not self.consent_here.on)
