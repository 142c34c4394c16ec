"""What goes on by itself while the window stands: where contracts stand is worked out anew after opening and
when a new day begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.usecases.desk import Desk
from ui.session import Session

if TYPE_CHECKING:
    from datetime import date

AFTER_OPENING_MS = 3_000  # the first pages and the tariffs come first
LOOK_EVERY_MS = 30_000  # a computer that slept over midnight has no timer that rang


def refresh_some(desk: Desk) -> int:
    """On the database worker: bring some contracts up to the day; how many there were (0: none is left)."""
    from app.usecases.refresh_standings import refresh_standings

    return refresh_standings(desk, _one_batch)


def _one_batch(_done: int) -> bool:
    return False


class Background(QObject):
    """Follows the session; tells it when a day begins, and when contracts were brought up to it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._day: date = session.today
        self._running = False
        self._changed = False
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(AFTER_OPENING_MS)
        self._opening.timeout.connect(self.refresh)
        session.settings_changed.connect(self._on_settings)

    def _on_settings(self) -> None:
        """The data are open, or a reading or a tariff is another one: contracts may have to be looked at."""
        self._opening.start()
        self._session.keeper.begin()

    def look(self) -> None:
        """See whether a new day began."""
        if self._session.today != self._day:
            self._day = self._session.today
            self._session.day_changed.emit()
            if self._session.standing is not None:
                self.refresh()

    def refresh(self) -> None:
        """Work out anew where contracts stand, a few at a time: other work goes on between."""
        if not self._running:
            self._running, self._changed = True, False
            self._next()

    def _next(self) -> None:
        self._session.hub.look(
            refresh_some, done=self._on_refreshed, failed=self._on_failed, ended=self._on_ended, owner=self
        )

    def _on_ended(self) -> None:
        self._running = False  # goes on in _on_refreshed

    def _on_failed(self, _error: object) -> None:
        """A tariff file that is wrong, or another window that writes: those in front of the screen are told
        by what they do themselves; the next day tries again.
        """

    def _on_refreshed(self, count: int) -> None:
        self._changed = self._changed or count > 0
        if count:
            self._running = True
            self._next()
        elif self._changed:
            self._session.day_changed.emit()
