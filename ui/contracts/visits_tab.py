"""訪問: the visits of a contract or a customer, the free visit the contract year still holds, and taking
another request.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.days import date_words
from app.money import yen_words
from app.tariff.clauses import clause_note
from app.usecases.desk import Desk
from app.usecases.show_visits import ShownVisits
from app.visit.conflicts import clock
from app.visit.entitlement import Entitlement
from app.visit.order import VisitRow, VisitState
from app.words import _, pgettext
from ui.home.link_list import LinkList, LinkRow
from ui.operations.hub import Changed
from ui.session import Session
from ui.visits.words import nobody, state_words
from ui.widgets.button import Button
from ui.widgets.frame import Picture
from ui.widgets.layout import column, on_surface, row, rule, scrolling
from ui.widgets.strips import EmptyState
from ui.widgets.text import Label


def read_visits(desk: Desk, contract_id: str) -> ShownVisits:
    """On the database worker: the visits of a contract."""
    from app.usecases.show_visits import contract_visits

    return contract_visits(desk, contract_id)


def read_visits_of_customer(desk: Desk, customer_id: str) -> ShownVisits:
    """On the database worker: the visits of a customer."""
    from app.usecases.show_visits import customer_visits

    return customer_visits(desk, customer_id)


class VisitsTab(QWidget):
    """``visit_chosen`` carries an id; ``visit_wanted`` asks for a new request; ``counted``: how many there
    are.
    """

    visit_chosen = Signal(str)
    visit_wanted = Signal()
    counted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._id = ""
        self._reading: Callable[[Desk, str], ShownVisits] = read_visits
        self.picture = Picture("info", "text2", "icon")
        self.free = Label("", "panel", "text2", wrap=True)
        self.new = Button(_("訪問を受け付ける"), "plus", small=True)
        self.list = LinkList(_("訪問"))
        self.nothing = EmptyState(
            "calendar-check",
            _("訪問はまだありません"),
            _("受け付けた訪問が、日時・料金・状態とともにここに並びます。"),
            _("訪問を受け付ける"),
        )
        self._head = QWidget()
        head = row(self.picture, self.free, self.new, pad=("l", "s"))
        head.setStretch(1, 1)
        self._head.setLayout(head)
        inside = QWidget()
        inside.setLayout(column(self.list, None))
        self._area = scrolling(inside)
        body = column(self._head, rule(), self._area, self.nothing)
        body.setStretch(2, 1)
        body.setStretch(3, 1)
        self.setLayout(body)
        self._area.hide()
        self.nothing.hide()
        self.list.opened.connect(self._on_opened)
        self.new.clicked.connect(self.visit_wanted)
        self.nothing.accepted.connect(self.visit_wanted)
        session.hub.changed.connect(self._on_changed)

    def show_contract(self, contract_id: str) -> None:
        """The visits of another contract, or of this one again."""
        self._reading, self._id = read_visits, contract_id
        self._read()

    def show_customer(self, customer_id: str) -> None:
        """The visits of a customer."""
        self._reading, self._id = read_visits_of_customer, customer_id
        self._read()

    def _read(self) -> None:
        self._session.hub.look(self._reading, self._id, done=self._on_read, owner=self)

    def _on_changed(self, changed: Changed) -> None:
        if self._id and changed.visits:
            self._read()

    def _on_read(self, shown: ShownVisits) -> None:
        today = self._session.today
        self.list.set_rows([visit_row(one, shown, today) for one in shown.rows])
        self._area.setVisible(bool(shown.rows))
        self.nothing.setVisible(not shown.rows)
        self.new.setVisible(bool(shown.rows))
        text = free_words(shown.free)
        self.free.set_text(text or pgettext("column", "{count}件").format(count=f"{len(shown.rows):,}"))
        self.picture.setVisible(bool(text))
        self.picture.set_icon(
            "badge-percent" if shown.free is not None and shown.free.left else "info", "text2"
        )
        self._head.setVisible(bool(text) or bool(shown.rows))
        self.counted.emit(len(shown.rows))

    def _on_opened(self, link: str) -> None:
        self.visit_chosen.emit(link)


def visit_row(one: VisitRow, shown: ShownVisits, today: date) -> LinkRow:
    """A visit in the list: when, what, who, how much, how far."""
    icon, state, _meaning = state_words(one.state)
    when = _("日時未定")
    if one.spans:
        first = one.spans[0]
        when = _("{day} {first}〜{last}").format(
            day=date_words(first.on), first=clock(first.first), last=clock(first.last)
        )
        if len(one.spans) > 1:
            when = _("{when} ほか{count}日").format(when=when, count=len(one.spans) - 1)
    work = _("・").join(shown.work.get(code, code) for code in one.work)
    who = _("、").join(shown.technicians[who] for who in one.technicians if who in shown.technicians)
    over = one.state in {VisitState.DONE, VisitState.CANCELLED}
    late = not over and bool(one.spans) and one.spans[-1].on < today
    what = _("{work} {count}台").format(work=work, count=one.devices)
    parts = (one.number, what, who or ("" if over else nobody()))
    return LinkRow(
        name=when,
        right=_("{amount}（税抜）").format(amount=yen_words(one.net)),
        below=_("・").join(part for part in parts if part),
        below_right=state,
        icon=icon,
        tone="warn" if late else "text",
        link=one.id,
        tip=f"{one.number}\n{work}",
    )


def free_words(free: Entitlement | None) -> str:
    """What the contract year still holds: how many free visits, for how many devices, until when."""
    if free is None:
        return ""
    until = date_words(free.year.last)
    if free.left:
        return _(
            "無償訪問：この契約年度（{until}まで）に残り{left}回。機器は{capacity}台まで（{clause}）。"
        ).format(until=until, left=free.left, capacity=free.capacity, clause=clause_note(free.clause))
    used = _("、").join(date_words(day) for day in free.used_on)
    return _("無償訪問：この契約年度（{until}まで）の分は{used}の訪問で使います（{clause}）。").format(
        until=until, used=used, clause=clause_note(free.clause)
    )
