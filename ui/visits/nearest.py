"""The nearest slot that can be taken, added to why a visit can't stand where it was put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.words import _

if TYPE_CHECKING:
    from datetime import date

    from app.usecases.desk import Desk
    from ui.session import Session
    from ui.visits.moving import Moving
    from ui.widgets.strips import AdviceStrip


def nearest_words(desk: Desk, visit_id: str, since: date, people: int) -> str:
    """On the database worker: when a stored visit could be, from a day on; "" where there is nothing."""
    from app.usecases.book_visit import find_slots, slot_words

    with desk.storage.look() as work:
        visit = work.visits.get(visit_id)
    found = find_slots(
        desk, visit.customer_id, visit.content, visit_id=visit_id, count=1, people=people, since=since
    )
    return slot_words(found.slots[0], found.technicians) if found.slots else ""


class Nearest(QObject):
    """Looks for it and adds it to what the strip tells, unless that tells something else by then."""

    def __init__(self, session: Session, strip: AdviceStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._strip = session, strip

    def ask(self, moving: Moving) -> None:
        """Look for the nearest slot of a visit that went back."""
        title, detail = self._strip.title.text(), self._strip.detail.text()
        people = max(1, len(moving.technicians))

        def add(words: str) -> None:
            if words and (self._strip.title.text(), self._strip.detail.text()) == (title, detail):
                told = _("いちばん近い空きは{slot}です。").format(slot=words)
                self._strip.set_words(title, " ".join(one for one in (detail, told) if one))

        def silent(_error: object) -> None:
            """Without an area there is nothing to look for; the reason stands there already."""

        self._session.hub.look(
            nearest_words, moving.row.id, moving.span.on, people, done=add, failed=silent, owner=self
        )
