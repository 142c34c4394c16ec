"""The bar at the top: search over everything, and 新しい見積."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.words import _
from ui.frame.search_hits import Hit, find_hits, matching_commands
from ui.frame.search_popup import SearchPopup
from ui.qt import Event, Key, Policy
from ui.session import Session
from ui.tasks import Task
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import on_surface
from ui.widgets.search_field import SearchField


class TopBar(QFrame):
    """`taken` carries a chosen Hit, `new_wanted` asks for a new quotation."""

    taken = Signal(object)
    new_wanted = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__()
        self._session = session
        self._asked: Task | None = None
        self._typed = ""
        s = theme.size
        on_surface(self, "window")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(s.top_bar)
        self.search = SearchField(_("顧客・見積・設定を検索"), "Ctrl+K", name=_("すべてを検索"))
        self.search.setMaximumWidth(s.search_width)
        self.search.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.new = Button(_("新しい見積"), "plus", key="Ctrl+N")
        self.popup = SearchPopup(window)
        box = QHBoxLayout(self)
        box.setContentsMargins(s.l, 0, s.l, 0)
        box.setSpacing(s.l)
        box.addWidget(self.search, 1)
        box.addStretch(1)
        box.addWidget(self.new)
        self.search.searched.connect(self._on_searched)
        self.search.down.connect(self._on_down)
        self.search.entered.connect(self._on_entered)
        self.search.escaped.connect(self.popup.hide)
        self.popup.taken.connect(self._on_taken)
        self.new.clicked.connect(self.new_wanted)
        self.search.edit.installEventFilter(self)

    def _on_searched(self, typed: str) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._typed = typed
        if not typed:
            self.popup.hide()
            return
        self._show([], [])
        self._asked = self._session.hub.look(find_hits, typed, done=self._on_found, owner=self)

    def _on_found(self, found: tuple[list[Hit], list[Hit]]) -> None:
        if self._typed == self.search.text():
            self._show(*found, searched=True)

    def _show(self, customers: list[Hit], quotations: list[Hit], *, searched: bool = False) -> None:
        commands = matching_commands(self._typed)
        actions = [hit for hit in commands if hit.kind == "action"]
        settings = [hit for hit in commands if hit.kind == "settings"]
        if not searched and not commands:
            return  # nothing to show before the database has answered
        groups = [
            (_("顧客"), customers),
            (_("見積"), quotations),
            (_("設定"), settings),
            (_("操作"), actions),
        ]
        self.popup.show_hits(self._typed, groups)
        self.popup.place_below(self.search)

    def _on_down(self) -> None:
        if self.popup.isVisible():
            self.popup.move_by(1)

    def _on_entered(self) -> None:
        if self.popup.isVisible():
            self.popup.take()

    def _on_taken(self, hit: Hit) -> None:
        self.search.edit.clear()
        self.taken.emit(hit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == Event.FocusOut:
            self.popup.hide()
        elif event.type() == Event.KeyPress and isinstance(event, QKeyEvent) and event.key() == Key.Key_Up:
            self.popup.move_by(-1)
            return True
        return False
