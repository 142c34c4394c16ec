"""The free slots for a request: asked for on the worker, shown as rows, one of them chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.usecases.desk import Desk
from app.visit.conflicts import span_minutes
from app.visit.order import Span, VisitContent
from app.visit.slots import Slot
from app.words import _
from ui.qt import ShortcutScope
from ui.theme import theme
from ui.visits.price_rows import SlotRows
from ui.visits.request import Known, Worked
from ui.visits.words import menu_names, minutes_words
from ui.widgets.button import key_sequences
from ui.widgets.layout import row
from ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.usecases.book_visit import Found
    from ui.session import Session
    from ui.visits.week_facts import WeekFacts

_ASK_AFTER_MS = 120
_MOST = 4


def slots_for(desk: Desk, customer_id: str, content: VisitContent, visit_id: str, people: int) -> Found:
    """On the database worker: the three nearest slots."""
    from app.usecases.book_visit import find_slots

    return find_slots(desk, customer_id, content, visit_id=visit_id, people=people)


class SlotsPart(QWidget):
    """``changed``: other slots are offered, or another one is chosen; ``picked``: somebody chose it. Alt+1,
    Alt+2, Alt+3 choose from anywhere in the window.
    """

    changed = Signal()
    picked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.found: tuple[Slot, ...] = ()
        self.own: Slot | None = None
        self.at = -1
        self.waits = False  # what is offered is of a request as it was before
        self._may_go_without = False
        self._facts: WeekFacts | None = None
        self._asked: object = None
        self._ask: Callable[[], tuple[str, VisitContent, str, int] | None] = _nothing
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ASK_AFTER_MS)
        self._soon.timeout.connect(self._on_soon)
        self.head = Label(_("近い空き"), "caption", "text2")
        self.time = Label("", "caption-bold")
        self.way = ElidedLabel("", "caption", "text2")
        self.rows = SlotRows()
        self.none = Label("", "panel", "warn", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.xs)
        head = row(self.head, self.time, self.way)
        head.setStretch(2, 1)
        box.addLayout(head)
        box.addWidget(self.rows)
        box.addWidget(self.none)
        self.none.hide()
        self.rows.chosen.connect(self.choose)
        for keys in ("Alt+1", "Alt+2", "Alt+3"):
            for sequence in key_sequences(keys):
                shortcut = QShortcut(sequence, self)
                shortcut.setContext(ShortcutScope.WindowShortcut)
                shortcut.activated.connect(self._on_key)

    # --- what is offered ------------------------------------------------------------------------------

    @property
    def offered(self) -> tuple[Slot, ...]:
        """The slots shown: one that was pointed at in the grid stands first."""
        return ((self.own, *self.found) if self.own is not None else self.found)[:_MOST]

    @property
    def slot(self) -> Slot | None:
        """The chosen one."""
        return self.offered[self.at] if 0 <= self.at < len(self.offered) else None

    def use_facts(self, facts: WeekFacts) -> None:
        """Who the technicians are; what was found before may be taken by now."""
        self._facts = facts
        self._show()
        self.ask_again()

    def forget(self, *, may_go_without: bool) -> None:
        """Nothing is asked for. ``may_go_without``: a visit that is stored needs no slot chosen."""
        self.found, self.own, self.at, self._asked = (), None, -1, None
        self._may_go_without = may_go_without
        self.waits = False
        self._soon.stop()
        self._show()
        self.changed.emit()

    # --- asking ---------------------------------------------------------------------------------------

    def ask_with(self, ask: Callable[[], tuple[str, VisitContent, str, int] | None]) -> None:
        """Where customer, content, visit and number of people come from; None: nothing can be asked yet."""
        self._ask = ask

    def ask(self, key: object) -> None:
        """Ask a moment later, unless nothing changed."""
        if key != self._asked:
            self._asked, self.waits = key, True
            self._soon.start()

    def ask_again(self) -> None:
        """Ask although nothing changed here: something did elsewhere."""
        if self._asked is not None:
            self.waits = True
            self._soon.start()

    def ask_now(self) -> None:
        """Do not wait for the next keystroke."""
        if self._soon.isActive():
            self._soon.stop()
            self._on_soon()

    def _on_soon(self) -> None:
        asked = self._ask()
        if asked is None:
            self.take(())
        else:
            self._session.hub.look(slots_for, *asked, done=self._on_found, failed=self._on_none, owner=self)

    def _on_found(self, found: Found) -> None:
        if self._asked is not None:
            self.take(found.slots)

    def _on_none(self, _error: UserError) -> None:
        self.take(())

    def take(self, slots: tuple[Slot, ...]) -> None:
        """Offer these; the chosen one stays chosen where one with the same begin is still offered."""
        chosen = self.slot
        self.found, self.waits = slots, self._soon.isActive()
        same = [
            place for place, one in enumerate(self.offered) if chosen is not None and begins_as(one, chosen)
        ]
        if same:
            self.at = same[0]
        else:
            self.at = 0 if self.offered and not self._may_go_without else -1
        self.changed.emit()

    # --- choosing -------------------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Take one, 0 the first; a stored visit may have none taken."""
        if 0 <= number < len(self.offered):
            self.at = -1 if number == self.at and self._may_go_without else number
            self.changed.emit()
            self.picked.emit()

    def _on_key(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            self.choose(int(shortcut.key().toString()[-1]) - 1)

    def take_place(self, day: date, first: int, technician: str, minutes: int) -> None:
        """A free place somebody pointed at in the grid, for so many minutes of work."""
        span = Span(on=day, first=first, last=first + span_minutes(minutes))
        self.own = Slot((span,), (technician,) if technician else ())
        self.at = 0
        self.changed.emit()

    # --- showing --------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.rows.show_slots(self.offered, self.at, self._facts)

    def _fit_own(self, minutes: int) -> None:
        """The place somebody pointed at is as long as the work."""
        if self.own is not None:
            span = self.own.spans[0]
            fitted = Span(on=span.on, first=span.first, last=span.first + span_minutes(minutes))
            self.own = Slot((fitted,), self.own.technicians)

    def show_worked(self, worked: Worked, known: Known, content: VisitContent) -> None:
        """How long it takes, why, and which slots there are."""
        if worked.duration is not None:
            self._fit_own(worked.duration.total)
        self._show()
        self.setVisible(worked.duration is not None)
        if worked.duration is None:
            return
        self.time.set_text(minutes_words(worked.duration.total))
        self.time.setToolTip(self._why(worked, known, content))
        travel = known.ground.settings.visits.minutes.travel
        self.way.set_text(_("前後に移動{minutes}分").format(minutes=travel))
        nothing = not self.offered and worked.area is not None and not self._soon.isActive()
        self.none.set_text(
            _("60日のうちに空きがありません。人数を増やすか、未割当で受け付けてください。") if nothing else ""
        )
        self.none.setVisible(nothing)

    def _why(self, worked: Worked, known: Known, content: VisitContent) -> str:
        duration = worked.duration
        assert duration is not None
        names = menu_names(known.ground.catalogue, content.service, self._session.today)
        parts = [_("到着・診断・説明 {minutes}分").format(minutes=duration.base)]
        parts += [
            _("{name} {each}分×{count}").format(
                name=names.get(one.menu, one.menu), each=one.each, count=one.count
            )
            for one in duration.work
        ]
        if duration.technicians > 1:
            parts.append(_("作業を{count}人で分けます").format(count=duration.technicians))
        return "\n".join(parts)


def begins_as(one: Slot, other: Slot) -> bool:
    """Whether two slots begin at the same time with the same people; how long they are may differ."""
    first, second = one.spans[0], other.spans[0]
    return (first.on, first.first, one.technicians) == (second.on, second.first, other.technicians)


def _nothing() -> None:
    return None
