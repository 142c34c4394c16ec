"""What was typed of a visit and is not received yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from app.visit.order import VisitContent
from ui.unsaved import Unsaved, Values
from ui.visits.request import Known, read_known

if TYPE_CHECKING:
    from ui.session import Session
    from ui.visits.request_panel import RequestPanel


class KeptRequest(Unsaved):
    """Follows the panel of a request: whom it is for and its content; a slot is chosen anew."""

    def __init__(self, session: Session, panel: RequestPanel) -> None:
        super().__init__(session, "visit.request", self._values, self._put, panel)
        self._hub, self._panel = session.hub, panel
        self._coming: VisitContent | None = None
        panel.body.insertWidget(0, self.strip)

    def begin(self, visit_id: str = "") -> None:
        """A new request, or a stored visit, is on the screen."""
        self.open(visit_id, {})

    def _values(self) -> dict[str, Any]:
        panel = self._panel
        if panel.known is None or not panel.unsaved:
            return {}
        customer = panel.known.ground.customer.id
        return {"customer": customer, "content": msgspec.to_builtins(panel.typed)}

    def _put(self, values: Values) -> None:
        self._coming = content = msgspec.convert(values["content"], VisitContent)
        given = (values["customer"], content.contract_id, self.subject or "")
        self._hub.look(read_known, *given, done=self._on_known, owner=self)

    def _on_known(self, known: Known) -> None:
        if self._coming is not None:
            self._panel.take_left(known, self._coming)
            self._coming = None
