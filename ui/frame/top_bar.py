"""The bar at the top: search over everything, and 新しい見積."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.words import _, pgettext
from ui.lock.gate import Gate
from ui.qt import Policy, ShortcutScope
from ui.session import Session
from ui.tasks import Task
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import on_surface
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from ui.frame.search_hits import Found, Hit
    from ui.frame.search_popup import SearchPopup


class TopBar(QFrame):
    """`taken` carries a chosen Hit, `new_wanted` asks for a new quotation, `visit_wanted` (Ctrl+Shift+V) for
    the request of a visit.
    """

    taken = Signal(object)
    new_wanted = Signal()
    visit_wanted = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__()
        self._session = session
        self._asked: Task | None = None
        self._typed = ""
        s = theme.size
        on_surface(self, "window")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(s.top_bar)
        self.search = SearchField(_("顧客・見積・契約・書類・設定を検索"), "Ctrl+K", name=_("すべてを検索"))
        self.search.setMaximumWidth(s.search_width)
        self.search.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.new = Button(_("新しい見積"), "plus", key="Ctrl+N")
        Gate(self.new, session, "sell")
        self._window = window
        self._popup: SearchPopup | None = None
        box = QHBoxLayout(self)
        box.setContentsMargins(s.l, 0, s.l, 0)
        box.setSpacing(s.l)
        box.addWidget(self.search, 1)
        box.addStretch(1)
        box.addWidget(self.new)
        self.search.searched.connect(self._on_searched)
        self.search.down.connect(self._on_down)
        self.search.entered.connect(self._on_entered)
        self.search.escaped.connect(self._hide)
        self.new.clicked.connect(self.new_wanted)
        visit = QShortcut(QKeySequence("Ctrl+Shift+V"), self)
        visit.setContext(ShortcutScope.WindowShortcut)
        visit.activated.connect(self.visit_wanted)
        self.search.up.connect(self._on_up)
        self.search.edit.focus_moved.connect(self._on_focus_moved)

    @property
    def popup(self) -> SearchPopup:
        """The list of hits, made when somebody first searches."""
        if self._popup is None:
            from ui.frame.search_popup import SearchPopup

            self._popup = SearchPopup(self._window)
            self._popup.taken.connect(self._on_taken)
        return self._popup

    def _hide(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    @property
    def _open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def _on_searched(self, typed: str) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._typed = typed
        if not typed:
            self._hide()
            return
        from ui.frame.search_hits import Found, find_hits

        self._show(Found(), searched=False)
        self._asked = self._session.hub.look(find_hits, typed, done=self._on_found, owner=self)

    def _on_found(self, found: Found) -> None:
        if self._typed == self.search.text():
            self._show(found, searched=True)

    def _show(self, found: Found, *, searched: bool) -> None:
        from ui.frame.search_hits import matching_commands

        commands = matching_commands(self._typed)
        actions = [hit for hit in commands if hit.kind == "action"]
        settings = [hit for hit in commands if hit.kind == "settings"]
        if not searched and not commands:
            return  # nothing to show before the database has answered
        groups = [
            (pgettext("place", "顧客"), found.customers),
            (pgettext("place", "契約"), found.contracts),
            (pgettext("place", "訪問"), found.visits),
            (pgettext("place", "見積"), found.quotations),
            (pgettext("place", "書類"), found.papers),
            (_("操作"), actions),
            (_("設定"), settings),
            (
                pgettext("place", "料金・規約"),
                [*found.tariffs, *(hit for hit in commands if hit.kind == "tariffs")],
            ),
        ]
        self.popup.show_hits(self._typed, groups)
        self.popup.place_below(self.search)

    def _on_down(self) -> None:
        if self._open:
            self.popup.move_by(1)

    def _on_entered(self) -> None:
        if self._open:
            self.popup.take()

    def _on_taken(self, hit: Hit) -> None:
        self.search.edit.clear()
        self.taken.emit(hit)

    def _on_up(self) -> None:
        if self._open:
            self.popup.move_by(-1)

    def _on_focus_moved(self) -> None:
        if not self.search.edit.hasFocus():
            self._hide()
