"""What was typed into a panel outlives the window, and is gone when it was recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.contract.actions import Action
from app.usecases.desk import Desk
from tests.ui.contracts.actions.conftest import prime
from tests.ui.contracts.actions.typing_into import put
from ui.contracts.actions.kept_typing import KeptTyping
from ui.session import Session


def test_a_change_half_typed_is_offered_and_recorded(
    panel_of: Callable[..., Any], desk: Desk, session: Session, settle: Callable[[], None]
) -> None:
    stored = prime(desk)

    def rows() -> int:
        with desk.storage.look() as work:
            return len(work.typed.of("contract.change", stored.id))

    panel = panel_of(Action.CHANGE, stored)
    assert panel.unsaved.strip.isHidden()
    put(panel, settle, items__id="31", on="2026-12-01", note="増員のため")
    typed = panel.form.kept()
    panel.unsaved.leave()
    settle()
    assert rows() == 1
    panel.hide()
    KeptTyping.of(session).forget(stored.id, Action.CHANGE)  # as a window does that starts anew

    fresh = panel_of(Action.CHANGE, stored)
    assert not fresh.form.typed
    assert not fresh.unsaved.strip.isHidden()
    fresh.unsaved.strip.button.click()
    settle()
    assert fresh.form.kept() == typed
    fresh.record()
    settle()
    assert rows() == 0
