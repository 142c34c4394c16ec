"""規約改定のお知らせ: the contracts an edition touches, the letter for each, and telling all of them."""

from __future__ import annotations

from array import array
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from app.errors import Problem
from app.words import _
from ui.contracts.letter_view import LetterView
from ui.contracts.telling import Result, Telling
from ui.contracts.terms_rows import (
    leaving_words,
    summary,
    telling_question,
    terms_columns,
    terms_rows,
    told_words,
)
from ui.operations.hub import Changed
from ui.operations.terms import read_change, read_touched
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import FilterChip
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.layout import holding, on_surface, row, rule
from ui.widgets.sheet import SheetArea
from ui.widgets.strips import AdviceStrip, BusyBar, EmptyState, Toasts
from ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.usecases.find_terms_change import TermsChange, TouchedContract

READ_AT_ONCE = 100
MOST_SHOWN = 400
_LETTER_EMS = 36
_MOST = 16777215  # as wide as Qt lets a widget be


class TermsChangePage(QWidget):
    """``back_wanted`` asks for the page before, ``contract_chosen`` carries an id."""

    back_wanted = Signal()
    contract_chosen = Signal(str)
    ended = Signal()  # the contracts are all looked at, or the telling is over

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._toasts = toasts
        self.change: TermsChange | None = None
        self.found: list[TouchedContract] = []
        self._seqs: array[int] = array("q")
        self._looked = 0
        self._refused: dict[str, Problem] = {}
        self._folder = Path()
        self._shown = ""
        self._asked = 0
        self.telling = Telling(session.hub, self)
        self.back = IconButton("arrow-left", _("前の画面へ戻る"), key="Alt+Left")
        self.title = ElidedLabel(_("規約改定のお知らせ"), "title")
        self.editions = FilterChip(_("改定版"), always=True)
        self.busy = BusyBar()
        self.notified = DateField(session.today, session.today)
        self.notified_field = Field(_("お知らせの日"), self.notified)
        self.leaving = AdviceStrip(meaning="note", icon="info")
        self.state = Label("", "panel", "text2")
        self.area = SheetArea(terms_columns(), name=_("改定の影響を受ける契約"))
        self.letter = LetterView(session)
        self.open_contract = Button(_("契約を開く"), "external-link", small=True)
        self.peek = Button(_("手紙を見る"), "file-text", small=True)
        self.peek.hide()
        self.progress = QProgressBar()
        self.stop_button = Button(_("止める"), "x")
        self.tell = Button(_("すべてに記録して手紙を保存"), "send", "filled")
        self.nothing = EmptyState(
            "book-open",
            _("お知らせする契約はありません"),
            _("このサービスで利用中・開始前の契約ができると、ここに並びます。"),
        )
        self._build()
        self._connect()

    # --- how it stands ---

    def _build(self) -> None:
        s = theme.size
        head = holding(
            row(self.back, self.title, self.peek, self.editions, gap="m", pad=("s", "")), "panel", "bottom"
        )
        head.setFixedHeight(s.page_head)
        top = QHBoxLayout()
        top.setContentsMargins(s.l, s.m, s.l, s.m)
        top.setSpacing(s.l)
        self.notified_field.setFixedWidth(theme.ems(14))
        top.addWidget(self.notified_field)
        top.addWidget(self.leaving, 1)
        counts = row(self.state, None, self.open_contract, pad=("l", "xs"))
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(top)
        left.addWidget(rule())
        left.addLayout(counts)
        left.addWidget(rule())
        left.addWidget(self.area, 1)
        whole = QWidget()
        body = QHBoxLayout(whole)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self._between = rule(down=True)
        body.addWidget(self._left, 1)
        body.addWidget(self._between)
        body.addWidget(self.letter)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.stop_button.hide()
        self.told_words = Label("", "panel", "text2")
        foot = holding(
            row(self.told_words, self.progress, None, self.stop_button, self.tell, gap="m", pad=("l", "")),
            "panel",
            "strong-top",
        )
        foot.setFixedHeight(s.side_foot)
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self.busy)
        outer.addWidget(room, 1)
        outer.addWidget(foot)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.editions.chosen.connect(self._on_edition)
        self.notified.day_changed.connect(self._on_day)
        self.area.sheet.opened.connect(self._on_row)
        self.area.sheet.shown.connect(self._on_walked)
        self.open_contract.clicked.connect(self._on_open)
        self.peek.clicked.connect(self._on_peek)
        self.tell.clicked.connect(self.ask_folder)
        self.stop_button.clicked.connect(self.telling.stop)
        self.telling.advanced.connect(self._on_advanced)
        self.telling.ended.connect(self._on_telling_ended)
        self._session.hub.changed.connect(self._on_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """A small window has room for the list or for the letter."""
        small = self.width() + theme.size.rail < theme.size.fold_side
        self.peek.setVisible(small)
        if not small:
            self.peek.set_on(False)
        alone = small and self.peek.on
        self._left.setVisible(not alone)
        self.letter.setVisible(alone or not small)
        self._between.setVisible(not small)
        self.letter.setMinimumWidth(0)
        self.letter.setMaximumWidth(_MOST if alone else theme.ems(_LETTER_EMS))
        if not alone:
            self.letter.setMinimumWidth(theme.ems(_LETTER_EMS))

    def _on_peek(self) -> None:
        self.peek.set_on(not self.peek.on)
        self._fold()

    # --- reading ---

    def open_change(self, service: str, start: date) -> None:
        """The contracts the edition of a service touches that begins on a day."""
        if self.telling.running:
            return
        self._asked += 1
        self._refused = {}
        self._shown = ""
        self.letter.clear()
        self.tell.setEnabled(False)
        self.busy.start()
        self._session.hub.look(
            read_change, service, start,
            done=partial(self._on_change, self._asked), ended=self.busy.stop, owner=self,
        )  # fmt: skip

    def arrive(self) -> None:
        """Somebody came here: the arrow keys walk the contracts."""
        self.area.sheet.setFocus()

    def _on_change(self, asked: int, read: tuple[TermsChange, tuple[date, ...], array[int]]) -> None:
        from app.days import date_words
        from app.tariff.texts import words

        if asked != self._asked:
            return  # another edition, or the same once more, was asked for since
        self.found, self._looked = [], 0
        self.change, starts, self._seqs = read
        name = words(self.change.service.short)
        day = date_words(self.change.start, weekday=False)
        self.title.set_text(_("{service}の規約改定のお知らせ").format(service=name))
        offered = [(start, _("{day}実施").format(day=date_words(start, weekday=False))) for start in starts]
        self.editions.set_options(offered)
        self.editions.set_values([self.change.start])
        self.nothing.set_words(
            _("お知らせする契約はありません"),
            _("{day}に{service}を利用している契約はありません。").format(day=day, service=name),
        )
        notified = self.notified.day()
        if notified is not None and notified > self.change.start:
            self.notified.set_day(self.change.start)
        self._say_leaving()
        self._next()

    def _next(self) -> None:
        assert self.change is not None
        batch = self._seqs[self._looked : self._looked + READ_AT_ONCE].tolist()
        if not batch:
            self._show()
            self.ended.emit()
            return
        self._looked += len(batch)
        self._session.hub.look(
            read_touched, self.change, batch, done=partial(self._on_found, self.change), owner=self
        )

    def _on_found(self, change: TermsChange, found: list[TouchedContract]) -> None:
        if change is self.change:
            self.found += found
            if len(self.found) - len(found) < MOST_SHOWN:
                self._list()
            self.state.set_text(
                _("契約を調べています… {done}／{all}件").format(
                    done=f"{self._looked:,}", all=f"{len(self._seqs):,}"
                )
            )
            self._next()

    def _on_changed(self, changed: Changed) -> None:
        touched = {one.contract_id for one in self.found}
        if changed.tariffs or (changed.contracts & touched and not self.telling.running):
            change = self.change
            if change is not None and not changed.tariffs:
                self.open_change(change.service.code, change.start)

    # --- showing ---

    def _list(self) -> None:
        self.area.sheet.set_sections(terms_rows(self.found[:MOST_SHOWN], self._refused))
        if self.found and not self._shown:
            self._show_letter(self.found[0])

    def _show(self) -> None:
        self._list()
        said = summary(self.found)
        if len(self.found) > MOST_SHOWN:
            said = _("{said}（はじめの{count}件を表示）").format(said=said, count=MOST_SHOWN)
        self.state.set_text(said)
        self._stack.setCurrentIndex(0 if self.found else 1)
        left = sum(one.told is None for one in self.found)
        self.tell.setEnabled(left > 0)
        self.told_words.set_text(
            _("まだお知らせしていない契約 {count}件").format(count=f"{left:,}")
            if left
            else _("すべてお知らせ済みです")
            if self.found
            else ""
        )

    def _say_leaving(self) -> None:
        from app.days import date_words

        notified = self.notified.day()
        if self.change is not None and notified is not None:
            self.leaving.set_words(*leaving_words(self.change, date_words(notified, weekday=False)))

    def _show_letter(self, one: TouchedContract) -> None:
        notified = self.notified.day()
        if self.change is None or notified is None:
            return
        self._shown = one.contract_id
        self.area.sheet.mark(one.contract_id)
        self.letter.show_letter(self.change, one.contract_id, one.customer, notified)

    def _one(self, contract_id: object) -> TouchedContract | None:
        return next((one for one in self.found if one.contract_id == contract_id), None)

    def _on_row(self, contract_id: str) -> None:
        if contract_id == self._shown and self.area.sheet.hasFocus():
            return
        one = self._one(contract_id)
        if one is not None:
            self._show_letter(one)

    def _on_walked(self) -> None:
        current = self.area.sheet.current
        if current is not None:
            self._on_row(current.link)

    def _on_open(self) -> None:
        if self._shown:
            self.contract_chosen.emit(self._shown)

    def _on_edition(self, values: tuple[date, ...]) -> None:
        if self.change is not None and values:
            self.open_change(self.change.service.code, values[0])

    def _on_day(self, _day: date | None) -> None:
        self.notified_field.set_error("")
        self._say_leaving()
        one = self._one(self._shown)
        if one is not None:
            self._show_letter(one)

    # --- telling all of them ---

    def ask_folder(self) -> None:
        """Ask where the letters go, once it is understood what is recorded."""
        from ui.confirm_dialog import ConfirmDialog

        if self.change is None:
            return
        notified = self.notified.day()
        if notified is None:
            self.notified_field.set_error(_("お知らせの日を入力してください。"))
            self.notified.setFocus()
            return
        waiting = sum(one.told is None for one in self.found)
        text = telling_question(waiting, notified)
        if not ConfirmDialog.ask(self, _("お知らせを記録して手紙を作りますか"), text, _("フォルダーを選ぶ")):
            return
        chosen = QFileDialog.getExistingDirectory(self, _("手紙を保存するフォルダー"), str(Path.home()))
        if chosen:
            self.start(Path(chosen))

    def start(self, folder: Path) -> None:
        """Tell everybody who was not told yet."""
        notified = self.notified.day()
        if self.change is None or notified is None or self.telling.running:
            return
        waiting = [one.contract_id for one in self.found if one.told is None]
        self._folder = folder
        self._refused = {}
        self.progress.setRange(0, len(waiting))
        self.progress.setValue(0)
        self._show_working(working=True)
        self._on_advanced(0, len(waiting))
        self.telling.start(self.change, waiting, notified, folder)

    def _show_working(self, *, working: bool) -> None:
        self.progress.setVisible(working)
        self.stop_button.setVisible(working)
        self.tell.setVisible(not working)
        self.editions.setEnabled(not working)
        self.notified.setEnabled(not working)

    def _on_advanced(self, done: int, count: int) -> None:
        self.progress.setValue(done)
        self.told_words.set_text(
            _("手紙を作っています… {done}／{count}件").format(done=f"{done:,}", count=f"{count:,}")
        )

    def _on_telling_ended(self, result: Result) -> None:
        self._show_working(working=False)
        if self.change is not None:
            self.open_change(self.change.service.code, self.change.start)
        self._refused = result.refused
        if not result.told and not result.refused:
            return  # why was told where it went wrong
        said = told_words(result, self._folder)
        self._toasts.show_message(said, _("フォルダーを開く"), self._open_folder)

    def _open_folder(self) -> None:
        from app.errors import EnvironmentProblem
        from app.places import open_with_system

        try:
            open_with_system(self._folder)
        except EnvironmentProblem as problem:
            self._session.tasks.environment_problem.emit(problem)
