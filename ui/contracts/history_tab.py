"""履歴: what was recorded of a contract, by whom and when; what was taken back stays, struck through."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.usecases.contract_view import ContractView
from app.words import _
from ui.contracts.history_words import EntryWords, entries_told, filter_words
from ui.lock.gate import Gate
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, column, into_view, row, rule, scrolling
from ui.widgets.strips import EmptyState
from ui.widgets.text import Label

_SLICE = 5  # rows a turn of events makes
_AHEAD = 20  # rows that stand below those one sees


class EntryRow(QFrame):
    """One entry. ``void_wanted`` carries its id."""

    void_wanted = Signal(str)

    def __init__(self, told: EntryWords) -> None:
        super().__init__()
        self.told = told
        s = theme.size
        self.day = Label(told.day, "body", "text2")
        self.day.setFixedWidth(theme.ems(10.8))
        self.what = Label(told.what, "body-bold", wrap=True)
        self.detail = Label(told.detail, "panel", "text2", wrap=True)
        if not told.detail:  # showing it before it has its place would open it as a window
            self.detail.hide()
        self.who = Label(told.who, "caption", "text2", wrap=True)
        self.void = Button(_("取り消す"), "undo-2", "quiet", small=True)
        self.void.setAccessibleName(_("{what}を取り消す").format(what=told.what))
        if not told.voidable:
            self.void.hide()
        self.void.clicked.connect(self._on_void)
        words = column(self.what, self.detail, self.who, gap="xs")
        if told.voided:
            font = QFont(self.what.font())
            font.setStrikeOut(True)
            self.what.setFont(font)
            self.what.set_tone("text2")
            words.addWidget(Label(told.voided, "panel", "warn", wrap=True))
        line = row(Picture(told.icon, told.tone), self.day, words, self.void, gap="m")
        line.setStretchFactor(words, 1)
        line.setContentsMargins(s.l, s.s, s.l, s.s)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(line)
        whole.addWidget(rule())
        self.setAccessibleName(told.as_text())

    def _on_void(self) -> None:
        self.void_wanted.emit(self.told.entry_id)


class HistoryTab(QWidget):
    """The newest first. ``void_wanted`` carries the id of an entry that is to be taken back. A long history
    is made a few rows at a time, and only as far as somebody scrolls.
    """

    void_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        s = theme.size
        self._session = session
        self._told: tuple[EntryWords, ...] = ()
        self._wanted = ""
        self._target = 0
        self.rows: list[EntryRow] = []
        self.about = Label("", "panel", "text2")
        self.nothing = EmptyState(
            "history", _("まだ記録はありません"), _("申込みの手続きや利用開始を記録すると、ここに並びます。")
        )
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, s.m)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.area = scrolling(self._content)
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._add_slice)
        self.area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row(self.about, None, pad=("l", "s")))
        whole.addWidget(rule())
        whole.addWidget(self.area, 1)
        whole.addWidget(self.nothing, 1)

    def show_view(self, view: ContractView) -> None:
        """The entries of a contract as it was read."""
        self._told = entries_told(view, self._session.desk.now(), self._names())
        self.about.set_text(filter_words(len(self._told), self._told))
        self.about.setVisible(bool(self._told))
        self.nothing.setVisible(not self._told)
        self.area.setVisible(bool(self._told))
        clear(self._column)
        self._column.addStretch(1)
        self.rows = []
        self._wanted = ""
        self._more.stop()
        self._target = _AHEAD
        if self.isVisible():
            self._add_slice()

    def _names(self) -> dict[str, str]:
        """Names of the staff, who may be known by their ids."""
        return {one.id: one.name for one in self._session.settings.staff}

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.rows and self._told:
            self._add_slice()

    def _add_slice(self) -> None:
        first = len(self.rows)
        for told in self._told[first : first + _SLICE]:
            one = EntryRow(told)
            one.void_wanted.connect(self.void_wanted)
            Gate(one.void, self._session, "void")
            self._column.insertWidget(len(self.rows), one)
            self.rows.append(one)
        if len(self.rows) < min(self._target, len(self._told)):
            self._more.start()
        elif self._wanted:
            self.go_to(self._wanted)

    def _on_scrolled(self, value: int) -> None:
        bar = self.area.verticalScrollBar()
        if len(self.rows) < len(self._told) and value > bar.maximum() - 2 * bar.pageStep():
            self._target = len(self.rows) + _AHEAD
            self._more.start()

    def go_to(self, entry_id: str) -> None:
        """Show an entry, which may still have to be made."""
        self._wanted = entry_id
        found = next((one for one in self.rows if one.told.entry_id == entry_id), None)
        if found is None:
            places = [place for place, told in enumerate(self._told) if told.entry_id == entry_id]
            if places and self._target <= places[0]:
                self._target = places[0] + _AHEAD
                self._more.start()
            return
        self._wanted = ""
        into_view(self.area, found, theme.size.xl * 2)
        if found.told.voidable:
            found.void.setFocus()
