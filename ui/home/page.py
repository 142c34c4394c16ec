"""ホーム: the day, what is due, what waits, what runs out, and when the data were last copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.desk import Desk
from app.words import _, pgettext
from ui.operations.hub import Changed
from ui.session import Session
from ui.theme import theme
from ui.widgets.chips import Chip
from ui.widgets.layout import column, holding, on_surface, rule, scrolling
from ui.widgets.strips import BusyBar, EmptyState, Toasts
from ui.widgets.text import Label

if TYPE_CHECKING:  # records load with the first reading, after the first picture
    from app.usecases.show_home import HomeView
    from ui.home.link_list import LinkList
    from ui.home.tariff_line import NearEdition

_RIGHT_EMS = 30.6
_DAYS = (30, 60, 90)


def read_home(desk: Desk) -> HomeView:
    """On the database worker: what Home shows now."""
    from app.usecases.show_home import home

    return home(desk)


class HomePage(QWidget):
    """Everything on it leads somewhere: the signals carry ids, ``month_wanted`` a month or "" for what is
    unpaid, ``tariffs_wanted`` a service, ``terms_wanted`` a service and the first day of an edition.
    """

    quotation_chosen = Signal(str)
    contract_chosen = Signal(str)
    customer_chosen = Signal(str)
    quotations_wanted = Signal()
    new_quotation_wanted = Signal()
    applications_wanted = Signal()
    deadlines_wanted = Signal()
    tariffs_wanted = Signal(str)
    terms_wanted = Signal(str, object)
    month_wanted = Signal(str)
    backup_wanted = Signal()
    visit_chosen = Signal(str)
    visits_wanted = Signal()
    visit_order_wanted = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._toasts = toasts
        self._waiting = False
        self._small = False
        self.view: HomeView | None = None
        self._near: tuple[NearEdition, ...] = ()
        self.date = Label("", "title")
        self.about = Label("", "panel", "text2")
        self.closed = Chip("info", "", "note")
        self.closed.hide()
        self.busy = BusyBar()
        self._begun = self._made = False
        self._arrived = False
        self._build_head()
        session.hub.changed.connect(self._on_changed)
        session.settings_changed.connect(self._on_settings)
        session.day_changed.connect(self.read)
        session.tasks.after_picture(self._begin)

    def _begin(self) -> None:
        """The first picture of the window stands: make everything below the head while it is read what goes
        there; each in a turn of its own, for together they would hold the window.
        """
        self._begun = True
        self.read()
        self._make_parts()
        QTimer.singleShot(0, self, self._place_parts)

    def _place_parts(self) -> None:
        self._build()
        self._connect()
        self._made = True
        self._fold()
        self._on_settings()
        if self.view is not None:  # it was read meanwhile
            self.show_view()
        if self._arrived:
            self.arrive()

    # --- how it stands ---

    def _build_head(self) -> None:
        from app.days import date_words

        s = theme.size
        self.date.set_text(date_words(self._session.today))
        head_box = QHBoxLayout()
        head_box.setContentsMargins(s.l, 0, s.l, 0)
        head_box.setSpacing(s.m)
        head_box.addWidget(self.date)
        head_box.addWidget(self.about)
        head_box.addStretch(1)
        head_box.addWidget(self.closed)
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(head)
        self._outer.addWidget(self.busy)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._outer.addLayout(self._body, 1)

    def _make_parts(self) -> None:
        from ui.home.parts import DeadlineColumn, Onward, Section, StateLine
        from ui.home.visits_part import VisitsPart

        self.visits = VisitsPart()
        self.notes = Section("phone", _("連絡・次の予定"))
        self.applications = Section("clipboard-list", _("申込の手続き"), _("申込を見る"))
        self.overdue = Section("triangle-alert", pgettext("deadlines", "期限切れ"), _("すべて見る"))
        self.columns = {days: DeadlineColumn(_("{days}日以内").format(days=days)) for days in _DAYS}
        self.all_deadlines = Onward(_("すべての期限"))
        self.unpaid = Section("japanese-yen", _("入金の遅れ"), _("入金を見る"), close=True)
        self.drafts = Section("pencil", pgettext("quotations", "下書き"), _("見積を見る"), close=True)
        self.ending = Section("clock", _("有効期限が近い見積"), _("見積を見る"), close=True)
        self.tariffs = StateLine("book-open", "good", _("版を見る"), quiet=True)
        self.terms = StateLine("bell", "note", _("お知らせを作る"), quiet=True)
        self.backup = StateLine("shield-check", "good", _("いま取る"))
        self.nothing = EmptyState(
            "house",
            _("まだ何もありません"),
            _("見積や契約ができると、期限・連絡・入金の遅れがここに並びます。"),
            _("新しい見積"),
        )
        for part in (self.nothing, self.tariffs, self.terms):
            part.hide()

    def _build(self) -> None:
        self._left_area = scrolling(self._make_left())
        self._more = self._make_right()
        self._right_area = scrolling(self._more)
        self._foot = holding(column(self.backup), "panel", "top")
        self._right = QWidget()
        self._right.setFixedWidth(theme.ems(_RIGHT_EMS))
        self._right_box = QVBoxLayout(self._right)
        self._right_box.setContentsMargins(0, 0, 0, 0)
        self._right_box.setSpacing(0)
        self._right_box.addWidget(self._right_area, 1)
        self._right_box.addWidget(self._foot)
        self._between = rule(down=True)
        self._body.addWidget(self._left_area, 1)
        self._body.addWidget(self.nothing, 1)
        self._body.addWidget(self._between)
        self._body.addWidget(self._right)

    def _make_left(self) -> QWidget:
        from ui.home.parts import DeadlinesHead

        self._first = QHBoxLayout()
        self._first.setSpacing(0)
        self.first_rule = rule(down=True)
        self._first.addWidget(self.notes, 1)
        self._first.addWidget(self.first_rule)
        self._first.addWidget(self.applications, 1)
        head = DeadlinesHead(self.all_deadlines)
        self._steps = QHBoxLayout()
        self._steps.setSpacing(0)
        for days, stretch in self.columns.items():
            if days != _DAYS[0]:
                self._steps.addWidget(rule(down=True))
            self._steps.addWidget(stretch, 1)
        left = QWidget()
        whole = self._left_box = QVBoxLayout(left)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.visits)
        whole.addWidget(self.overdue)
        whole.addLayout(self._first)
        whole.addWidget(head)
        whole.addWidget(rule())
        whole.addLayout(self._steps, 1)
        return left

    def _make_right(self) -> QWidget:
        right = QWidget()
        whole = QVBoxLayout(right)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for section in (self.unpaid, self.drafts, self.ending, self.terms, self.tariffs):
            whole.addWidget(section)
        whole.addStretch(1)
        return right

    def _connect(self) -> None:
        lists = (self.notes, self.applications, self.overdue, self.unpaid, self.drafts, self.ending)
        for part in (self.visits, *lists):
            part.opened.connect(self._on_opened)
            part.list.shown.connect(self._on_shown)
        for one in self.columns.values():
            one.opened.connect(self._on_opened)
            one.more_wanted.connect(self.deadlines_wanted)
            one.list.shown.connect(self._on_shown)
        self.overdue.more_wanted.connect(self.deadlines_wanted)
        self.all_deadlines.clicked.connect(self.deadlines_wanted)
        self.visits.visits_wanted.connect(self.visits_wanted)
        self.visits.order_wanted.connect(self.visit_order_wanted)
        self.applications.more_wanted.connect(self.applications_wanted)
        self.unpaid.more_wanted.connect(self._on_unpaid)
        self.drafts.more_wanted.connect(self.quotations_wanted)
        self.ending.more_wanted.connect(self.quotations_wanted)
        self.nothing.accepted.connect(self.new_quotation_wanted)
        self.tariffs.button.clicked.connect(self._on_tariffs)
        self.terms.button.clicked.connect(self._on_terms)
        from ui.home.saving import Saving

        self._saving = Saving(self, self._session, self._toasts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """In a small window the right part goes below the deadlines, and its foot below everything."""
        if not self._made:
            return
        small = self.width() + theme.size.rail < theme.size.fold_side
        if small != self._small:
            self._small = small
            if small:
                self._right_area.takeWidget()
                self._left_box.addWidget(self._more)
                self._outer.addWidget(self._foot)
            else:
                self._right_area.setWidget(self._more)
                self._right_box.addWidget(self._foot)
            self._more.show()
            self._right.setVisible(not small)
            self._between.setVisible(not small)
        self._fit()

    def _fit(self) -> None:
        if self.view is None:
            return
        from ui.home.fitting import fit_deadlines, fit_sections

        lines = [one for one in (self.terms, self.tariffs) if not one.isHidden()]
        room = self._right_area.viewport().height() - sum(one.sizeHint().height() for one in lines)
        below = (self.unpaid, self.drafts, self.ending)
        fit_sections(below, 0 if self._small else room)
        height = self._left_area.viewport().height()
        taken = self.visits.fit(height)
        columns = list(self.columns.values())
        beside = (self.notes, self.applications)
        fit_deadlines(self.overdue, beside, columns, height - taken, tight=bool(taken))

    # --- reading ---

    def arrive(self) -> None:
        """Somebody came here: the arrow keys walk what is most pressing."""
        self._arrived = True
        if not self._made:
            return
        self.read()
        self._read_near()
        self._take_focus()

    def _take_focus(self) -> None:
        first = self._first_list()
        nothing = self.nothing.button if self.nothing.isVisibleTo(self) else self.all_deadlines
        (first if first is not None else nothing).setFocus()

    def _lists(self) -> list[LinkList]:
        sections = (self.overdue, self.notes, self.applications)
        columns = [one.list for one in self.columns.values()]
        right = (self.unpaid, self.drafts, self.ending)
        return [self.visits.list, *(one.list for one in sections), *columns, *(one.list for one in right)]

    def _first_list(self) -> LinkList | None:
        return next((one for one in self._lists() if one.rows), None)

    def read(self) -> None:
        """Read everything again; many calls in a moment make one reading."""
        if self._waiting or not self._begun:
            return
        self._waiting = True
        self.busy.start()
        self._session.hub.look(read_home, done=self._on_read, ended=self._on_ended, owner=self)

    def _on_ended(self) -> None:
        self._waiting = False
        self.busy.stop()

    def _on_read(self, view: HomeView) -> None:
        first_time, at = self.view is None, self.window().focusWidget()
        self.view = view
        if not self._made:
            return
        self.show_view()
        typing = at is not None and not isinstance(at, QAbstractButton) and not self.isAncestorOf(at)
        if first_time and self._arrived and not typing:
            self._take_focus()

    def _on_changed(self, changed: Changed) -> None:
        told = (changed.contracts, changed.quotations, changed.customers, changed.visits)
        if any(told) or changed.bills or changed.notes:
            self.read()

    def _on_settings(self) -> None:
        session = self._session
        if self._made and session.tariff_checks:
            from ui.home.tariff_line import checked_line

            self.tariffs.say(*checked_line(session.tariff_checks, session.today))
            self.tariffs.show()
            self._read_near()
        if self.view is not None and self._made:
            self.read()

    def _read_near(self) -> None:
        """Editions customers are to be told of; the tariffs were read before."""
        if self._session.tariff_checks:
            from ui.home.showing import read_work
            from ui.home.tariff_line import read_near_editions

            self._session.hub.look(read_work, done=self.visits.show_names, owner=self)
            self._session.hub.look(read_near_editions, done=self._on_near, owner=self)

    def _on_near(self, near: tuple[NearEdition, ...]) -> None:
        self._near = near
        self.terms.setVisible(bool(near))
        if near:
            from ui.home.tariff_line import near_line

            self.terms.say(*near_line(near))
        self._fit()

    # --- showing ---

    def show_view(self) -> None:
        """Show what was read last."""
        from ui.home.showing import show

        assert self.view is not None
        names = {check.code: check.name for check in self._session.tariff_checks}
        show(self, self.view, names, self._session.desk.now())
        empty = self._first_list() is None and not self.view.visits.used
        self.nothing.setVisible(empty)
        self._left_area.setVisible(not empty)
        self._fit()

    # --- doing ---

    def _on_opened(self, link: tuple[str, str]) -> None:
        kind, record = link
        signal = {
            "contract": self.contract_chosen,
            "quotation": self.quotation_chosen,
            "customer": self.customer_chosen,
            "visit": self.visit_chosen,
        }[kind]
        signal.emit(record)

    def _on_unpaid(self) -> None:
        self.month_wanted.emit("")

    def _on_tariffs(self) -> None:
        self.tariffs_wanted.emit("")

    def _on_terms(self) -> None:
        if self._near:
            self.terms_wanted.emit(self._near[0].service, self._near[0].start)

    def _on_shown(self, rect: QRect) -> None:
        """Keep the row the keys are at in sight."""
        widget = self.sender()
        if not isinstance(widget, QWidget):
            return
        for area in (self._left_area, self._right_area):
            inside = area.widget()
            if inside is not None and inside.isAncestorOf(widget):
                middle = widget.mapTo(inside, rect.center())
                area.ensureVisible(middle.x(), middle.y(), 0, rect.height())
