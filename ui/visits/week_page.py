"""The week (or a day) of the visits with what filters it, and beside it the panel in which one is taken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.errors import ConflictError, UserError
from app.visit.conflicts import clock
from app.visit.order import VisitState
from app.words import _
from ui.operations.hub import Changed
from ui.qt import Scroll, ShortcutScope
from ui.theme import theme
from ui.visits.moving import Judge
from ui.visits.nearest import Nearest
from ui.visits.placing import Back, Placing
from ui.visits.walking import walk
from ui.visits.week_facts import WEEK, WeekFacts, WeekFilter, monday_of, read_week
from ui.visits.week_grid import WeekGrid
from ui.visits.week_head import WeekHead
from ui.visits.week_hours import WeekHours
from ui.visits.words import day_words, with_clause
from ui.widgets.layout import on_surface, rule
from ui.widgets.strips import AdviceStrip, EmptyState, Toasts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.visit.conflicts import Obstacle
    from app.visit.order import StoredVisit, VisitRow
    from ui.session import Session
    from ui.visits.moving import Moving
    from ui.visits.request_panel import RequestPanel


class WeekPage(QWidget):
    """``visit_chosen``: the id of a visit to be opened. ``new_customer``: somebody is not in the ledger yet.
    ``technicians_wanted``: nobody who visits is known yet.
    """

    visit_chosen = Signal(str)
    new_customer = Signal()
    technicians_wanted = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session, self._toasts = session, toasts
        self._first, self._days = monday_of(session.today), WEEK
        self._stale, self._wanted = True, ""
        self._folded: frozenset[str] = frozenset()
        self._shown_area = ""
        self._take_focus = False
        self._led = True  # whether the week of the first slots was shown
        self.head = WeekHead(session.today)
        self.grid = WeekGrid(session.today)
        self.told = AdviceStrip("", meaning="danger", icon="triangle-alert", closable=True)
        self.told.hide()
        self.empty = EmptyState(
            "users",
            _("訪問する技術者がまだいません"),
            _("技術者と勤務時間を登録すると、ここに1週間の予定が並びます。"),
            _("技術者を登録"),
        )
        self.placing = Placing(session, self)
        self._nearest = Nearest(session, self.told, self)
        self.panel: RequestPanel | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        on_surface(self, "panel")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
        holder = QWidget()
        on_surface(holder, "panel")
        on_surface(self._area.viewport(), "panel")
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.grid)
        inner.addStretch(1)
        self._area.setWidget(holder)
        left = QVBoxLayout()
        left.setSpacing(0)
        self._told_row = QHBoxLayout()
        s = theme.size
        self._told_row.setContentsMargins(s.l, 0, s.l, 0)
        self._told_row.addWidget(self.told)
        left.addLayout(self._told_row)
        self._hours = WeekHours(self.grid)
        left.addWidget(self._hours)
        left.addWidget(self._area, 1)
        left.addWidget(self.empty, 1)
        self.empty.hide()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        self._body.addLayout(left, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(rule())
        whole.addLayout(self._body, 1)

    def _connect(self) -> None:
        self.head.stepped.connect(self._on_step)
        self.head.today_wanted.connect(self.go_to_today)
        self.head.day_wanted.connect(self.show_day)
        self.head.span_chosen.connect(self._on_span)
        self.head.filter_changed.connect(self._on_filter)
        self.head.fold_wanted.connect(self._on_fold_all)
        self.head.new_wanted.connect(self.open_new)
        self.grid.visit_chosen.connect(self.visit_chosen)
        self.grid.moved.connect(self._on_moved)
        self.placing.placed.connect(self._on_placed)
        self.placing.put_back.connect(self._on_put_back)
        self.placing.refused.connect(self._on_refused)
        self.grid.refused.connect(self._on_cannot_stand)
        self.grid.release_wanted.connect(self._on_release)
        self.grid.place_chosen.connect(self._on_place)
        self.grid.slot_chosen.connect(self._on_slot)
        self.grid.fold_wanted.connect(self._on_fold)
        self.grid.current_changed.connect(self._on_current)
        self.empty.accepted.connect(self.technicians_wanted)
        self._session.hub.changed.connect(self._on_changed)
        self._session.settings_changed.connect(self._on_settings)
        self._session.day_changed.connect(self.refresh)
        for keys, act in (
            ("Ctrl+Left", self.head.previous.click),
            ("Ctrl+Right", self.head.next.click),
            ("Ctrl+Home", self.go_to_today),
            ("Ctrl+G", self.head.ask_day),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(ShortcutScope.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- what is shown --------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Somebody came here."""
        if self._stale:
            self.refresh()
        if self.panel is None or not self.panel.isVisible():
            self._take_focus = True
            self.grid.setFocus()

    def refresh(self) -> None:
        """Read what is shown again."""
        if self._session.standing is None:
            return
        self._stale = False
        self._session.hub.look(read_week, self._first, self._days, done=self._on_week, owner=self)

    def _on_week(self, facts: WeekFacts) -> None:
        if (facts.first, facts.days) != (self._first, self._days):
            return  # somebody has gone on meanwhile
        judge = Judge(facts, self._session.catalogue, self._session.desk.now())
        self.grid.set_today(self._session.today)
        self.grid.show_week(facts, judge, large=self._days == 1)
        nobody = not facts.technicians and not facts.rows and not facts.waiting
        self._area.setVisible(not nobody)
        self._hours.setVisible(not nobody)
        self.empty.setVisible(nobody)
        self.head.use_technicians([(one.id, one.fields.name) for one in facts.technicians])
        self._show_head()
        if self._take_focus and not nobody:
            self._take_focus = False
            if self.panel is None or self.panel.isHidden():  # somebody may have begun to take a request
                self.grid.setFocus()
        if self.panel is not None:
            self.panel.use_facts(facts)
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            if self.grid.go_to(wanted):
                self._show_current()

    def _show_head(self) -> None:
        facts = self.grid.facts
        shown = len({row.id for row in self.grid.layout_.rows})
        self.head.show_days(facts.dates, shown, self._shown_area)

    def show_day(self, day: date, visit_id: str = "") -> None:
        """Go to the week (or the day) in which a day lies, perhaps to a visit of it."""
        first = monday_of(day) if self._days == WEEK else day
        self._wanted = visit_id
        self._go(first, self._days)

    def go_to_today(self) -> None:
        """This week, or today."""
        self.show_day(self._session.today)

    def _go(self, first: date, days: int) -> None:
        if (first, days) != (self._first, self._days) or self._stale or self._wanted:
            self._first, self._days = first, days
            self.refresh()

    def _on_step(self, by: int) -> None:
        self._go(self._first + timedelta(days=by * self._days), self._days)

    def _on_span(self, days: int) -> None:
        if days == 1:
            block = self.grid.current
            today = self._session.today
            inside = self._first <= today < self._first + timedelta(days=self._days)
            day = block.span.on if block is not None else today if inside else self._first
            self._go(day, 1)
        else:
            self._go(monday_of(self._first), WEEK)

    def _on_filter(self, chosen: WeekFilter) -> None:
        self._shown_area = chosen.area
        self.grid.show_only(chosen, self._folded)
        self._show_head()

    def _on_fold(self, technician: str) -> None:
        self._folded ^= {technician}
        self.grid.show_only(self.head.filter, self._folded)

    def _on_fold_all(self) -> None:
        every = frozenset(one.id for one in self.grid.facts.technicians)
        self._folded = frozenset() if self._folded else every
        self.head.show_folded(bool(self._folded))
        self.grid.show_only(self.head.filter, self._folded)

    def _on_current(self, _visit_id: str) -> None:
        self._show_current()

    def _show_current(self) -> None:
        rect = self.grid.current_rect()
        if not rect.isEmpty():
            self._area.ensureVisible(rect.center().x(), rect.center().y(), 0, rect.height() * 2)

    def _on_changed(self, changed: Changed) -> None:
        if changed.visits or changed.settings or changed.customers or changed.contracts:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _on_settings(self) -> None:
        if self._stale and self.isVisible():
            self.refresh()

    # --- moving ---------------------------------------------------------------------------------------

    def _on_moved(self, moving: Moving) -> None:
        self.told.hide()
        self.placing.move(moving)

    def _on_placed(self, row: VisitRow, stored: StoredVisit) -> None:
        """Say what was moved, and offer to move it back."""
        if not stored.content.spans:
            words = _("{customer}の日時を外しました").format(customer=row.customer)
        else:
            span = stored.content.spans[0]
            words = _("{customer}を{day} {time}にしました").format(
                customer=row.customer, day=day_words(span.on), time=clock(span.first)
            )
        self._wanted = row.id
        self._toasts.show_message(words, _("元に戻す"), Back(self.placing, row, stored).go)

    def _on_put_back(self, stored: StoredVisit) -> None:
        self._wanted = stored.id
        self._toasts.show_message(_("元に戻しました"))

    def _on_cannot_stand(self, moving: Moving, found: Sequence[Obstacle]) -> None:
        """It went back; what stood against it is told in full."""
        self._tell_obstacles(moving.row.customer, found)
        self._nearest.ask(moving)

    def _tell_obstacles(self, customer: str, found: Sequence[Obstacle]) -> None:
        first = found[0]
        more = [one.what for one in found[1:]]
        remedy = with_clause(first.remedy, first.clause)
        self.tell(
            _("{customer}：{what}").format(customer=customer, what=first.what), " ".join([*more, remedy])
        )

    def _on_refused(self, error: UserError) -> None:
        """Somebody else was first, or the rules changed: told, and the view read again."""
        problem = error.problems[0]
        remedy = " ".join(part for part in (problem.why, problem.remedy) if part)
        self.tell(problem.what, with_clause(remedy, problem.clause))
        if isinstance(error, ConflictError):
            self.told.set_meaning("warn", "triangle-alert")
        self.refresh()

    def tell(self, title: str, detail: str = "") -> None:
        """Say above the grid what could not be done."""
        self.told.set_meaning("danger", "triangle-alert")
        self.told.set_words(title, detail)
        self.told.show()

    def _on_release(self, visit_id: str) -> None:
        row = self.grid.facts.row_of(visit_id)
        if row is None or row.state not in {VisitState.ARRANGED, VisitState.CONFIRMED}:
            return
        from ui.confirm_dialog import ConfirmDialog

        span = row.spans[0]
        text = _(
            "{day} {first}〜{last} の予約を外し、「日時未定」に戻します。受け付けた内容は残ります。"
        ).format(day=day_words(span.on), first=clock(span.first), last=clock(span.last))
        title = _("{customer}の日時を外しますか").format(customer=row.customer)
        if ConfirmDialog.ask(self, title, text, _("日時を外す"), danger=True):
            self.placing.release(row)

    # --- the request ----------------------------------------------------------------------------------

    def _request(self) -> RequestPanel:
        if self.panel is None:
            from ui.visits.request_panel import RequestPanel

            self.panel = RequestPanel(self._session)
            self.panel.slots_changed.connect(self._on_slots)
            self.panel.slots.picked.connect(self._show_slot)
            self.panel.slots.rows.other_wanted.connect(self._on_walk)
            self.panel.kept.connect(self._on_kept)
            self.panel.new_customer.connect(self.new_customer)
            self.panel.closed.connect(self._on_closed)
            self._body.addWidget(self.panel)
            self.panel.use_facts(self.grid.facts)
        self.head.show_taking(True)
        return self.panel

    def open_new(self, customer_id: str = "", contract_id: str = "") -> None:
        """Take a request, perhaps for a customer or a contract."""
        if self.panel is not None and not customer_id and self.panel.come_back():
            self.head.show_taking(True)
            return
        self._led = False
        self._request().open_new(customer_id, contract_id)

    def edit_visit(self, visit_id: str) -> None:
        """Change a stored visit in the panel."""
        self._request().open_visit(visit_id)

    def _on_slots(self) -> None:
        assert self.panel is not None
        self.grid.show_slots(self.panel.slots.offered, self.panel.slots.at, self.panel.name)

        days = self.grid.facts.dates
        seen = any(span.on in days for slot in self.panel.slots.offered for span in slot.spans)
        if self.panel.slots.offered and not seen and not self._led:
            self._show_slot()  # the first time; afterwards one looks where one likes
        self._led = self._led or bool(self.panel.slots.offered)

    def _show_slot(self) -> None:
        """The week of the chosen slot."""
        slot = self.panel.slots.slot if self.panel is not None else None
        if slot is not None and slot.spans[0].on not in self.grid.facts.dates:
            self.show_day(slot.spans[0].on)

    def _on_slot(self, number: int) -> None:
        assert self.panel is not None
        self.panel.slots.choose(number)

    def _on_walk(self, direction: int) -> None:
        if self.panel is not None:
            walk(self.panel, self.grid.facts, direction)

    def _on_place(self, day: date, first: int, technician: str) -> None:
        if self.panel is not None and self.panel.isVisible():
            found = self.panel.take_place(day, first, technician, self.grid.facts)
            self.told.hide()
            if found:
                self._tell_obstacles(self.panel.name, found)
                self._nearest.ask_typed(self.panel.slots_asked(), day)

    def _on_kept(self, stored: StoredVisit, has_slot: bool) -> None:
        self.head.show_taking(False)
        if has_slot:
            span = stored.content.spans[0]
            words = _("{number} を{day} {time}に予約しました").format(
                number=stored.number, day=day_words(span.on), time=clock(span.first)
            )
            self.show_day(span.on, stored.id)
        else:
            words = _("{number} を受け付けました（日時未定）").format(number=stored.number)
            self._wanted = stored.id
            self.refresh()
        self._toasts.show_message(words)
        self.grid.setFocus()

    def _on_closed(self) -> None:
        self.head.show_taking(False)
        self.grid.show_slots((), -1, "")
        self.grid.setFocus()

    @property
    def unsaved(self) -> bool:
        """Whether a request was typed that is not stored."""
        return self.panel is not None and self.panel.unsaved
