"""The nearest slot that can be taken, added to why a visit can't stand where it was put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.words import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.usecases.desk import Desk
    from app.visit.order import VisitContent
    from ui.session import Session
    from ui.visits.moving import Moving
    from ui.widgets.strips import AdviceStrip


def nearest_words(desk: Desk, visit_id: str, since: date, people: int) -> str:
    """On the database worker: when a stored visit could be, from a day on; "" where there is nothing."""
    with desk.storage.look() as work:
        visit = work.visits.get(visit_id)
    return nearest_for(desk, visit.customer_id, visit.content, visit_id, since, people)


def nearest_for(
    desk: Desk, customer_id: str, content: VisitContent, visit_id: str, since: date, people: int
) -> str:
    """The same for a visit as it is typed."""
    from app.usecases.book_visit import find_slots, slot_words

    found = find_slots(desk, customer_id, content, visit_id=visit_id, count=1, people=people, since=since)
    return slot_words(found.slots[0], found.technicians) if found.slots else ""


class Nearest(QObject):
    """Looks for it and adds it to what the strip tells, unless that tells something else by then."""

    def __init__(self, session: Session, strip: AdviceStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._strip = session, strip

    def ask(self, moving: Moving) -> None:
        """Look for the nearest slot of a visit that went back."""
        people = max(1, len(moving.technicians))
        self._look(nearest_words, moving.row.id, moving.span.on, people)

    def ask_typed(self, asked: tuple[str, VisitContent, str, int] | None, since: date) -> None:
        """The same for a request as it is typed: customer, content, id of the visit, how many go."""
        if asked is not None:
            customer_id, content, visit_id, people = asked
            self._look(nearest_for, customer_id, content, visit_id, since, people)

    def _look(self, reading: Callable[..., str], *arguments: object) -> None:
        title, detail = self._strip.title.words(), self._strip.detail.words()

        def add(words: str) -> None:
            if words and (self._strip.title.words(), self._strip.detail.words()) == (title, detail):
                told = _("いちばん近い空きは{slot}です。").format(slot=words)
                self._strip.set_words(title, " ".join(one for one in (detail, told) if one))

        def silent(_error: object) -> None:
            """Without an area there is nothing to look for; the reason stands there already."""

        self._session.hub.look(reading, *arguments, done=add, failed=silent, owner=self)
