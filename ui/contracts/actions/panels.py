"""The panel of every action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.contract.actions import Action
from app.contract.life_table import ACTION_WORDS
from app.words import _
from ui.contracts.action_words import ICONS
from ui.contracts.actions.action_panel import ActionPanel
from ui.contracts.actions.refused_panel import RefusedPanel
from ui.contracts.actions.registry import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.contracts.context import PageContext
    from ui.widgets.side_panel import SidePanel


def open_panel(action: Action, context: PageContext) -> SidePanel:
    """The panel of an action, or the one that says why it is not possible. Show it, then call ``start``.

    Raises LookupError for EDIT where it is possible: what is applied for is edited in its tab.
    """
    refusal = context.view.actions.get(action)
    if refusal is not None:
        panel = RefusedPanel(_(ACTION_WORDS[action]), ICONS[action], refusal)
        panel.closed.connect(context.closed)
        panel.action_wanted.connect(context.action_wanted)
        return panel
    return ActionPanel(context, action, FORMS[action](context))


def starts_elsewhere(action: Action, context: PageContext, put: Callable[[SidePanel, Action], None]) -> bool:
    """Whether an action has a window of its own, opened now: the explanation, with the paper it is of. Where
    it is to be recorded without one, its panel is ``put``.
    """
    if action is not Action.EXPLAIN or context.view.actions.get(action) is not None:
        return False
    from ui.contracts.explanation.dialog import WITHOUT_PAPER, ExplanationDialog

    def on_finished(result: int) -> None:
        dialog.deleteLater()
        if result == WITHOUT_PAPER:
            put(open_panel(action, context), action)

    dialog = ExplanationDialog(context)
    dialog.finished.connect(on_finished)
    dialog.open()
    dialog.start()
    return True


def open_void(context: PageContext, entry_id: str) -> SidePanel:
    """The panel that takes back, or puts right, one entry of the history."""
    from ui.contracts.actions.void_form import VoidForm

    panel = open_panel(Action.VOID, context)
    if isinstance(panel, ActionPanel) and isinstance(panel.form, VoidForm):
        panel.form.take_entry(entry_id)
    return panel
