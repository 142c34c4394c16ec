"""The head of a visit's page: whose it is, where it stands, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.visit.order import VisitState
from app.visit.visit_life import Action, permitted
from app.words import _
from ui.menus import Menu
from ui.qt import Policy
from ui.theme import theme
from ui.visits.visit_reading import VisitView
from ui.visits.words import state_words
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.layout import clear, holding, on_surface, row
from ui.widgets.text import ElidedLabel

ICONS = {
    Action.BOOK: "calendar-days", Action.MOVE: "calendar-clock", Action.CONFIRM: "circle-check",
    Action.BEGIN: "play", Action.CALL_OFF: "circle-x", Action.EDIT: "pencil", Action.RELEASE: "undo-2",
}  # fmt: skip
_MAIN = {
    VisitState.RECEIVED: Action.BOOK,
    VisitState.ARRANGED: Action.CONFIRM,
    VisitState.CONFIRMED: Action.BEGIN,
    VisitState.WORKING: Action.BEGIN,
}
_BESIDE = {
    VisitState.ARRANGED: (Action.MOVE,),
    VisitState.CONFIRMED: (Action.MOVE,),
}


def action_words(action: Action, state: VisitState) -> str:
    """What a button says."""
    if action is Action.BEGIN:
        return _("作業を続ける") if state is VisitState.WORKING else _("現場作業を始める")
    return {
        Action.BOOK: _("日時を決める"),
        Action.MOVE: _("日時・担当を変える"),
        Action.CONFIRM: _("確定する"),
        Action.CALL_OFF: _("中止する"),
        Action.EDIT: _("内容を変える"),
        Action.RELEASE: _("日時を外す"),
    }[action]


class VisitHeader(QWidget):
    """``action_wanted`` carries an Action; one that is refused too, so that the page can say why."""

    back_wanted = Signal()
    action_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._view: VisitView | None = None
        self._listens = True
        self.buttons: dict[Action, Button] = {}
        self.back = IconButton("chevron-left", _("戻る（Alt+←）"), key="Alt+Left")
        self.name = ElidedLabel("", "title")
        self.name.setSizePolicy(Policy.Maximum, Policy.Fixed)
        self.chip = Chip("circle", "", "neutral")
        self.number = ElidedLabel("", "panel", "text2")
        self.more = IconButton("ellipsis", _("そのほかの操作"), small=False)
        self._room = row(gap="s")
        head = holding(
            row(
                self.back, self.name, self.chip, self.number, None, self._room, self.more,
                gap="s", pad=("s", ""),
            ),
            "panel", "bottom",
        )  # fmt: skip
        head.setFixedHeight(theme.size.page_head)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(head)
        self.back.clicked.connect(self.back_wanted)
        self.more.clicked.connect(self._on_more)

    def show_view(self, view: VisitView) -> None:
        """Show a visit."""
        self._view = view
        visit = view.stored
        self.name.set_text(view.customer)
        self.chip.set_chip(*state_words(visit.state))
        self.number.set_text(visit.number)
        clear(self._room)
        self.buttons = {}
        main = _MAIN.get(visit.state)
        wanted = [*_BESIDE.get(visit.state, ()), *([main] if main else [])]
        for action in wanted:
            button = Button(
                action_words(action, visit.state), ICONS[action], "filled" if action is main else "normal",
                key="Ctrl+Enter" if action is main else "",
            )  # fmt: skip
            button.clicked.connect(partial(self.action_wanted.emit, action))
            self._room.addWidget(button)
            self.buttons[action] = button
        self.listen(self._listens)

    def listen(self, now: bool) -> None:
        """Whether the keys are the header's: a panel that records has Ctrl+Enter for itself."""
        self._listens = now
        for button in self.buttons.values():
            for shortcut in button.findChildren(QShortcut):
                shortcut.setEnabled(now)

    def menu(self) -> Menu:
        """Everything that has no button. What is refused is marked, and says why when it is asked for."""
        menu = Menu(self)
        assert self._view is not None
        visit = self._view.stored
        groups = ((Action.EDIT, Action.BOOK, Action.MOVE, Action.CONFIRM, Action.RELEASE), (Action.CALL_OFF,))
        for place, group in enumerate(groups):
            if place:
                menu.addSeparator()
            for action in group:
                if action in self.buttons:
                    continue
                words, refused = action_words(action, visit.state), permitted(action, visit.events)
                if refused is not None:
                    words = _("{action}（できない理由を見る）").format(action=words)
                icon = "circle-minus" if refused is not None else ICONS[action]
                menu.add_item(icon, words, self.action_wanted.emit, action)
        return menu

    def _on_more(self) -> None:
        menu = self.menu()
        corner = self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + 2))
        menu.open_at(corner - QPoint(menu.sizeHint().width(), 0))
