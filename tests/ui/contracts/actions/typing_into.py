"""What tests of panels do over and over."""

from __future__ import annotations

from collections.abc import Callable

from app.contract.record import Entry, StoredContract
from app.usecases.desk import Desk
from ui.contracts.actions.action_panel import ActionPanel
from ui.contracts.actions.raw import put_raw

Settle = Callable[[], None]


def put(panel: ActionPanel, settle: Settle, **texts: object) -> None:
    """Type into fields, or choose."""
    for name, raw in texts.items():
        path = name.replace("__", ".")
        put_raw(panel.form.controls[path], raw)  # type: ignore[arg-type]
    panel.form.refresh()
    panel.form.changed.emit()
    settle()


def plain(text: str) -> str:
    """Words without what keeps numbers and units together."""
    return text.replace("\u2060", "").replace("\xa0", " ")


def last(desk: Desk, stored: StoredContract) -> Entry:
    """What was recorded last."""
    with desk.storage.look() as work:
        return work.contracts.get(stored.id).entries[-1].entry
