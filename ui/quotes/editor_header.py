"""The head of the editor: whose quotation it is, how it stands, and what can be done with it as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from app.quote.stored import QuotationState, StoredQuotation
from app.words import _
from ui.lock.gate import Gate
from ui.menus import Menu
from ui.moments import moment_words
from ui.qt import Policy
from ui.quotes.list_columns import states_in_words
from ui.quotes.saver import Keeping, Saver
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.layout import row
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from ui.session import Session

_LEAST_SAVED_EMS = 9  # less says nothing


@dataclass(frozen=True)
class _Wordy:
    """A button with words: its words, its own tool tip, its width in words."""

    words: str
    tip: str
    width: int


class EditorHeader(QFrame):
    """Shows state and save; the buttons only ask, the page acts."""

    back_wanted = Signal()
    copy_wanted = Signal()
    compare_wanted = Signal()
    history_wanted = Signal()
    paper_wanted = Signal()
    issue_wanted = Signal()
    contract_wanted = Signal()
    state_wanted = Signal(object)  # QuotationState

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self._stored: StoredQuotation | None = None
        self._back = IconButton("chevron-left", _("見積の一覧に戻る"))
        self.name = ElidedLabel("", "title", "text")
        self.chip = Chip("pencil", _("下書き"), "neutral")
        self.saved = ElidedLabel("", "caption", "text2")
        self._outcome = Button(_("結果"), "flag", "quiet")
        self.contract = Button(_("契約にする"), "file-check", "quiet")
        self.contract.setToolTip(_("受注として、サービスごとに契約を作る"))
        self._copy = Button(_("複製"), "copy", "quiet")
        self.compare = Button(_("並べて比較"), "columns-3", "quiet")
        self.compare.setToolTip(_("サービスを並べて比べる（Ctrl+B）"))
        self.history = Button(_("履歴"), "history", "quiet")
        self.paper = Button(_("書類"), "file-text", "normal", key="F6", listen=False)
        self.issue = Button(_("発行"), "send", "filled", key="Ctrl+Enter")
        # In a narrow window these become their icons.
        self._wordy = {
            one: _Wordy(one.words(), one.toolTip(), one.sizeHint().width())
            for one in (self._outcome, self.contract, self._copy, self.compare, self.history)
        }
        self._words_shown = True
        self._failing = False
        left = row(self._back, self.name, self.chip, self.saved, None)
        self.setFixedHeight(s.page_head)
        self.setProperty("surface", "panel")
        self.setProperty("edge", "bottom")
        box = row(
            left, self._outcome, self.contract, self._copy, self.compare, self.history, self.paper,
            self.issue, pad=("l", ""),
        )  # fmt: skip
        box.setContentsMargins(s.s, 0, s.l, 0)
        box.setStretch(0, 1)
        self.setLayout(box)
        self.name.setSizePolicy(Policy.Maximum, Policy.Fixed)
        self.saved.setSizePolicy(Policy.Ignored, Policy.Fixed)
        left.setStretch(3, 100)  # where it is shown it takes all the room
        self._back.clicked.connect(self.back_wanted)
        self._copy.clicked.connect(self.copy_wanted)
        self.contract.clicked.connect(self.contract_wanted)
        self.compare.clicked.connect(self.compare_wanted)
        self.history.clicked.connect(self.history_wanted)
        self.paper.clicked.connect(self.paper_wanted)
        self.issue.clicked.connect(self.issue_wanted)
        self._outcome.clicked.connect(self._open_outcome)

    def gate(self, session: Session) -> None:
        """Shut what not everybody may do."""
        for button in (self._outcome, self.contract, self._copy, self.issue):
            Gate(button, session, "sell")

    def show_customer(self, name: str) -> None:
        """Whose quotation it is."""
        name = name.strip() or _("新しい見積")
        if name != self.name.words():
            self.name.set_text(name)
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """What there is no room for gives way: how it is saved first, then the words of the buttons, the
        customer's name last.
        """
        s = theme.size
        others = [one for one in (self.paper, self.issue) if one.isVisibleTo(self)]
        wordy = {one: facts for one, facts in self._wordy.items() if one.isVisibleTo(self)}
        left = (self._back, self.name, self.chip, *others)
        room = self.width() - s.s - s.l - s.s * (3 + len(others) + len(wordy))
        room -= sum(one.sizeHint().width() for one in left)
        needed = sum(facts.width for facts in wordy.values())
        self._show_words(room >= needed)
        room -= needed if room >= needed else s.control * len(wordy)
        self.saved.setVisible(room >= theme.ems(_LEAST_SAVED_EMS) or self._failing)

    def _show_words(self, shown: bool) -> None:
        if shown == self._words_shown:
            return
        self._words_shown = shown
        for one, facts in self._wordy.items():
            one.set_text(facts.words if shown else "")
            one.setAccessibleName(facts.words)
            one.setToolTip(facts.tip if shown else facts.tip or facts.words)

    def show_stored(self, stored: StoredQuotation | None, today: date) -> None:
        """How it stands in the database."""
        self._stored = stored
        icon, word, meaning = states_in_words()[_state_of(stored, today).value]
        self.chip.set_chip(icon, word, "neutral" if meaning in {"quiet", "plain"} else meaning)
        issued = stored is not None and stored.revision > 0
        self._copy.setVisible(stored is not None)
        self.history.setVisible(issued)
        self._outcome.setVisible(issued)
        accepted = stored is not None and stored.state in {QuotationState.ISSUED, QuotationState.WON}
        self.contract.setVisible(issued and accepted)
        number = stored.revision + 1 if stored is not None and issued else 0
        fresh = stored is None or not issued or stored.dirty
        self.issue.setEnabled(fresh)
        self.issue.setToolTip("" if fresh else _("内容を変えると次の版を発行できます"))
        self.issue.set_text(_("第{number}版を発行").format(number=number) if number else _("発行"))
        self.fit()

    def show_saver(self, saver: Saver, now: datetime) -> None:
        """How it stands with what is typed."""
        at = _kept_words(saver.kept_at, now) if saver.kept_at is not None else ""
        self.saved.set_text(self._save_words(saver.state, at))
        self._failing = saver.state in {Keeping.FAILED, Keeping.CONFLICT}
        self.saved.set_tone("danger" if self._failing else "text2")
        self.fit()

    def _save_words(self, state: Keeping, at: str) -> str:
        if state is Keeping.NOTHING:
            return _("入力すると自動で保存されます")
        if state is Keeping.FAILED:
            return _("保存できません。5秒ごとに試しています")
        if state is Keeping.CONFLICT:
            return _("別の画面で変更されました")
        kept = _("{at} 自動保存").format(at=at) if at and state is Keeping.KEPT else _("保存中…")
        stored = self._stored
        if stored is None or not stored.number:
            return _("{kept}・番号は発行時に付きます").format(kept=kept)
        name = _("{number} 第{revision}版").format(number=stored.number, revision=stored.revision)
        if stored.dirty:
            return _("{name}・発行後に変更あり・{kept}").format(name=name, kept=kept)
        return _("{name}・{kept}").format(name=name, kept=kept)

    def _open_outcome(self) -> None:
        if self._stored is None:
            return
        menu = Menu(self)
        for state, icon, text in (
            (QuotationState.WON, "circle-check", _("受注にする")),
            (QuotationState.LOST, "circle-x", _("失注にする")),
            (QuotationState.ISSUED, "undo-2", _("発行済みに戻す")),
        ):
            if state is not self._stored.state:
                menu.add_item(icon, text, self.state_wanted.emit, state)
        menu.open_at(self._outcome.mapToGlobal(self._outcome.rect().bottomLeft()))


def _kept_words(kept: datetime, now: datetime) -> str:
    """The time alone when it was today."""
    local = kept.astimezone(now.tzinfo) if kept.tzinfo is not None else kept
    return f"{local.hour}:{local.minute:02}" if local.date() == now.date() else moment_words(kept, now)


def _state_of(stored: StoredQuotation | None, today: date) -> QuotationState:
    if stored is None:
        return QuotationState.DRAFT
    if (
        stored.state is QuotationState.ISSUED
        and stored.valid_until is not None
        and stored.valid_until < today
    ):
        return QuotationState.EXPIRED
    return stored.state
