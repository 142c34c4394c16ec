"""Points out, while somebody types, a stored customer that may be the same."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from app.contract.customer import CustomerDetails, CustomerFields
from app.quote.stored import CustomerRow
from app.words import _
from ui.customers.lookups import read_similar
from ui.session import Session
from ui.tasks import Task
from ui.widgets.strips import AdviceStrip

_AFTER_TYPING_MS = 250


class DoublesStrip(AdviceStrip):
    """`asked` when typing came to rest: the page calls `look`. `chosen` carries the id of the likeliest."""

    asked = Signal()
    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(meaning="warn", icon="users")
        self._session = session
        self._task: Task | None = None
        self._own = ""
        self._found: list[CustomerRow] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_TYPING_MS)
        self._timer.timeout.connect(self.asked)
        self.accepted.connect(self._on_accepted)
        self.hide()

    def soon(self) -> None:
        """Something was typed."""
        self._timer.start()

    def look(self, fields: CustomerFields, details: CustomerDetails, own: str) -> None:
        """Look for others than `own` ("": a new customer)."""
        self._own = own
        if self._task is not None:
            self._task.cancel()
        if not (fields.name or fields.phone or details.corporate_number):
            self.hide()
            return
        self._task = self._session.hub.look(read_similar, fields, details, done=self._on_found, owner=self)

    def _on_found(self, rows: list[CustomerRow]) -> None:
        self._found = [row for row in rows if row.id != self._own]
        if not self._found:
            self.hide()
            return
        first = self._found[0]
        more = len(self._found) - 1
        known = _("・").join(part for part in (first.name, first.town, first.phone) if part)
        detail = _("{customer} ほか{count}件").format(customer=known, count=more) if more else known
        title = _("同じお客さまが登録済みかもしれません")
        self.set_words(title, detail, _("見比べる") if self._own else _("開く"))
        self.show()

    def _on_accepted(self) -> None:
        if self._found:
            self.chosen.emit(self._found[0].id)
