"""An action the rules refuse: why, on which clause, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from app.contract.actions import Action
from app.tariff.clauses import clause_words
from app.words import _
from ui.contracts.action_words import short_words
from ui.contracts.actions.boxes import BetterBox
from ui.contracts.actions.shown import Better
from ui.widgets.button import Button
from ui.widgets.frame import Picture
from ui.widgets.layout import column, row
from ui.widgets.pieces import kept_whole
from ui.widgets.side_panel import SidePanel
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.contract.life import Refusal


# What leads on from a refusal, where it is an action of its own.
_INSTEAD: Final[Mapping[str, Action]] = {
    "not-submitted": Action.SUBMIT,
    "not-accepted": Action.ACCEPT,
    "not-started": Action.START,
    "cancel-before-start": Action.WITHDRAW,
    "already-started": Action.CHANGE,
    "edit-instead": Action.EDIT,
    "already-suspended": Action.RESUME,
    "no-outage": Action.OUTAGE,
    "end-planned": Action.VOID,
    "ended": Action.VOID,
    "works-fee-recorded": Action.VOID,
    "already-promoted": Action.VOID,
    "renewal-declined": Action.VOID,
    "no-renewal-notice": Action.CANCEL,
}


class RefusedPanel(SidePanel):
    """Says the refusal in the place where the form would stand. ``action_wanted`` carries the Action that
    leads on.
    """

    action_wanted = Signal(object)

    def __init__(self, title: str, icon: str, refusal: Refusal) -> None:
        super().__init__(title, icon)
        self.refusal = refusal
        self.what = Label(kept_whole(refusal.what), "body-bold", wrap=True)
        self.why = Label(kept_whole(refusal.why), "body", "text2", wrap=True)
        self.clause = Label("", "caption", "text3", wrap=True)
        if refusal.clause:
            self.clause.set_text(_("根拠：規約 {clause}").format(clause=clause_words(refusal.clause)))
        head = row(Picture("circle-minus", "text2", "icon_large"), self.what)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.body.addLayout(column(self.why, self.clause, gap="s"))
        self.instead = _INSTEAD.get(refusal.code)
        button = short_words(self.instead) if self.instead is not None else ""
        self.remedy = BetterBox(Better(_("代わりにできること"), refusal.remedy, button, meaning="note"))
        self.remedy.taken.connect(self._on_instead)
        if refusal.remedy:
            self.body.addWidget(self.remedy)
        else:
            self.remedy.setParent(self)
            self.remedy.hide()
        self.body.addStretch(1)
        self._done = Button(_("閉じる"), key="Esc", listen=False)
        self._done.clicked.connect(self.close_panel)
        self.add_to_foot(self._done)

    def _on_instead(self, _better: Better) -> None:
        self.action_wanted.emit(self.instead)

    def start(self) -> None:
        """Put the focus on the one button there is."""
        self._done.setFocus()
