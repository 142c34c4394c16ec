"""What was ticked, written and signed on site and is not recorded: kept against a battery that gives out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtWidgets import QBoxLayout

from app.visit.order import Device, Tick, VisitState
from ui.unsaved import Unsaved, Values
from ui.visits.onsite.draft import OnSiteDraft, Signing, Step, draft_of
from ui.visits.onsite.strokes import Strokes

if TYPE_CHECKING:
    from ui.session import Session
    from ui.visits.onsite.page import OnSitePage

_PLAIN = ("volumes", "notes", "agreed_net")


def draft_values(draft: OnSiteDraft) -> dict[str, Any]:
    """A draft as plain values."""
    found: dict[str, Any] = {name: getattr(draft, name) for name in _PLAIN}
    found["devices"] = msgspec.to_builtins(draft.devices)
    found["base"] = msgspec.to_builtins(draft.base)
    found["ticks"] = [msgspec.to_builtins(one) for _place, one in sorted(draft.ticks.items())]
    found["begun"] = [[*place, minute] for place, minute in sorted(draft.begun.items())]
    found["points"] = sorted(draft.points)
    found["step"] = int(draft.step)
    for name in ("before", "after"):
        found[name] = msgspec.to_builtins(getattr(draft, name))
    return found


def put_draft(draft: OnSiteDraft, values: Values) -> None:
    """Put plain values back into a draft. What was recorded meanwhile stays recorded. ValueError where they
    are of another shape; nothing is changed then.
    """
    devices = msgspec.convert(values["devices"], tuple[Device, ...])
    base = msgspec.convert(values["base"], tuple[Device, ...])
    ticks = msgspec.convert(values["ticks"], list[Tick])
    begun = msgspec.convert(values["begun"], list[tuple[str, str, int | None]])
    before, after = (signing_of(values[name]) for name in ("before", "after"))
    draft.volumes = msgspec.convert(values["volumes"], dict[str, str])
    draft.points = set(msgspec.convert(values["points"], list[str]))
    draft.notes = msgspec.convert(values["notes"], str)
    draft.agreed_net = msgspec.convert(values["agreed_net"], int | None)
    stored = draft.base
    draft.devices, draft.base = devices, base
    draft.follow(stored)
    draft.ticks = {(one.device, one.menu): one for one in ticks}
    draft.begun = {(device, menu): minute for device, menu, minute in begun}
    draft.before, draft.after = before, after
    draft.step = max(draft.step, Step(min(int(values["step"]), Step.WORK)))


def signing_of(values: Values) -> Signing:
    """A signature from plain values."""
    return Signing(
        name=msgspec.convert(values["name"], str),
        strokes=msgspec.convert(values["strokes"], Strokes),
        on_paper=msgspec.convert(values["on_paper"], bool),
        why=msgspec.convert(values["why"], str),
    )


class KeptOnSite(Unsaved):
    """Follows the page on site: every tick, word and stroke."""

    def __init__(self, session: Session, page: OnSitePage) -> None:
        super().__init__(session, "visit.on-site", self._values, self._put, page)
        self._page = page
        box = page.layout()
        assert isinstance(box, QBoxLayout)
        box.insertWidget(box.indexOf(page.problem), self.strip)
        for changed in (page.before.changed, page.work.changed, page.report.changed, page.price.agreed):
            changed.connect(self.note)
        page.opened.connect(self._on_opened)

    def _values(self) -> dict[str, Any]:
        return draft_values(self._page.draft)

    def _put(self, values: Values) -> None:
        put_draft(self._page.draft, values)
        assert self._page.view is not None
        self._page.open_visit(self._page.view.stored.id)

    def _on_opened(self) -> None:
        view = self._page.view
        assert view is not None
        if view.stored.state is VisitState.DONE:
            self.done()
            return
        recorded = draft_values(draft_of(view.stored))
        if self.subject == view.stored.id:
            self.rebase(recorded)
        else:
            self.open(view.stored.id, recorded)
            self.note()
