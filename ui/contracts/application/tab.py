"""The tab 申込: the way to the provider, what is applied for, and the check list; kept as one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.contract.checklist import CheckItem, checklist, screen_application
from app.contract.record import OVER, ContractContent, ContractState, StoredContract
from app.errors import ConflictError, UserError
from app.tariff.clauses import clause_note
from app.words import _
from ui.contracts.action_words import short_words
from ui.contracts.application.check_view import CheckView
from ui.contracts.application.content_form import ContentForm
from ui.contracts.application.way import Way, way_of
from ui.contracts.application.way_strip import WayStrip
from ui.operations.contracts import save_application
from ui.quotes.form_rows import ErrorLine
from ui.quotes.problem_board import ProblemBoard
from ui.quotes.tab_order import put_in_reading_order
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import clear, row, rule, scrolling
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.contract.actions import Action
    from ui.contracts.context import PageContext

_SAVE_MS = 400
_TWO_COLUMNS_EMS = 46


class ApplicationTab(QWidget):
    """``action_wanted`` carries the Action of a button of the way."""

    action_wanted = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._content = context.stored.content
        self._base = context.stored  # what the content was typed into
        self._writing = False
        self.board = ProblemBoard(self)
        self.strip = WayStrip()
        self._next = Label("", "panel", "text2", wrap=True)
        self._buttons = QHBoxLayout()
        self.buttons: list[Button] = []
        self._shown_actions: tuple[Action, ...] = ()
        self.form = ContentForm(context.session, self.board)
        self.checks = CheckView()
        self.errors = ErrorLine(self.form)
        self.saved = Label("", "caption", "text3")
        self.locked = AdviceStrip(
            _("送付した数量や回線は直せません"),
            _("直すときは取り下げて、新しい申込みを作成します。回線番号や連絡先は直せます。"),
            meaning="note",
            icon="lock",
        )
        self.conflict = AdviceStrip(
            _("別の画面で先に変更されました"),
            _("ここに入力した内容は残っています。読み込むと、相手の内容になります。"),
            _("読み込む"),
            meaning="warn",
            icon="triangle-alert",
        )
        self.refusals = AdviceStrip(meaning="danger", icon="circle-x")
        self.refusals.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_MS)
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        s = theme.size
        head = QVBoxLayout()
        head.setContentsMargins(s.l, s.m, s.l, s.m)
        head.setSpacing(s.s)
        head.addWidget(self.strip)
        line = row(self._next, self._buttons)
        line.setStretch(0, 1)
        head.addLayout(line)
        head.addWidget(self.refusals)
        left = QWidget()
        left_box = QVBoxLayout(left)
        left_box.setContentsMargins(0, 0, 0, 0)
        left_box.setSpacing(s.m)
        for part in (self.conflict, self.locked, self.errors, self.form, self.saved):
            left_box.addWidget(part)
        left_box.addStretch(1)
        content = QWidget()
        self._columns = QHBoxLayout(content)
        self._columns.setContentsMargins(s.l, s.m, s.l, s.l)
        self._columns.setSpacing(s.xl)
        self._columns.addWidget(left, 1)
        self._columns.addWidget(self.checks, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(rule())
        whole.addWidget(scrolling(content), 1)
        self.conflict.hide()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.save)
        self.form.changed.connect(self._on_content)
        self.form.rebuilt.connect(partial(put_in_reading_order, self))
        self.checks.answered.connect(self._on_answered)
        self.checks.all_clear.connect(self._on_all_clear)
        self.board.homeless_changed.connect(self._on_homeless)
        self.conflict.accepted.connect(self._on_reload)
        self._context.view_changed.connect(self._on_view)

    def start(self) -> None:
        """Put the focus where typing begins, or on what comes next."""
        if self.editable:
            self.form.start()
        elif self.buttons:
            self.buttons[0].setFocus()

    # --- showing ----------------------------------------------------------------------------------

    @property
    def editable(self) -> bool:
        """Whether what is applied for may still change."""
        return self._context.view.standing.state is ContractState.PREPARING

    @property
    def dirty(self) -> bool:
        """Whether something typed is not stored yet."""
        return self._content != self._base.content

    def _on_view(self) -> None:
        """The contract was read again. What is typed and not stored stays, on what it was typed into: another
        content that came meanwhile is told when it is stored.
        """
        stored = self._context.stored
        idle = not self._timer.isActive() and not self._writing and not self.conflict.isVisible()
        if idle:
            self._content = stored.content
        if idle or stored.content == self._base.content:
            self._base = stored
        self._show()

    def _show(self) -> None:
        view = self._context.view
        customer = view.customer.fields
        entries = tuple(one.entry for one in view.stored.entries)
        items = checklist(self._content, customer, view.catalogue, view.today, entries)
        screening = screen_application(self._content, customer, view.catalogue, view.today, entries)
        self.form.show_content(self._content, customer)
        over = view.standing.state in OVER
        self.form.setEnabled(not over)
        self.form.set_locked(applied=not self.editable, begun=view.timeline is not None)
        self.locked.setVisible(view.standing.state is ContractState.SUBMITTED)
        self.checks.show_items(items, self._content.application.answers, editable=self.editable)
        self._show_way(way_of(view, screening))
        self.refusals.setVisible(bool(screening.refusals) and self.editable)
        self.refusals.set_words(
            _("このままでは承諾されません"), "\n".join(_refusal_words(one) for one in screening.refusals)
        )

    def _show_way(self, way: Way) -> None:
        self.strip.show_steps(way.steps)
        self._next.set_text(way.next_words)
        actions = (*((way.next_action,) if way.next_action is not None else ()), *way.others)
        possible = tuple(one for one in actions if self._context.view.actions.get(one) is None)
        if possible == self._shown_actions:
            return
        self._shown_actions = possible
        clear(self._buttons)
        self.buttons = []
        for place, action in enumerate(possible):
            main = place == 0 and action is way.next_action
            button = Button(short_words(action), kind="filled" if main else "normal", small=True)
            button.setProperty("action", action.value)
            button.clicked.connect(self._on_action)
            self.buttons.append(button)
        for button in reversed(self.buttons):  # the main one stands at the right end
            self._buttons.addWidget(button)

    def _on_action(self) -> None:
        from app.contract.actions import Action

        button = self.sender()
        if button is not None:
            self.save()
            self.action_wanted.emit(Action(button.property("action")))

    def _on_homeless(self, sentences: tuple[str, ...]) -> None:
        self.errors.set_error("\n".join(sentences))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.ems(_TWO_COLUMNS_EMS)
        side, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(side if wide else down)

    # --- keeping ----------------------------------------------------------------------------------

    def _on_content(self, content: ContractContent) -> None:
        answers = self._content.application.answers
        self._content = replace(content, application=replace(content.application, answers=answers))
        self._on_changed()

    def _on_answered(self, code: str, answer: bool) -> None:
        self._put_answers({code: answer})

    def _on_all_clear(self, codes: tuple[str, ...]) -> None:
        known = self._content.application.answers
        self._put_answers({code: False for code in codes if code not in known})

    def _put_answers(self, answers: dict[str, bool]) -> None:
        applied = self._content.application
        self._content = replace(
            self._content, application=replace(applied, answers={**applied.answers, **answers})
        )
        self._on_changed()

    def _on_changed(self) -> None:
        self._show()
        self.saved.set_text(_("保存中…"))
        self._timer.start()

    def save(self) -> None:
        """Store what is typed, if it differs; what comes while it is written is stored after it."""
        self._timer.stop()
        if self._writing or not self.dirty or self.conflict.isVisible():
            return
        self._writing = True
        stored = self._base
        self._context.session.hub.run(
            save_application, stored.id, stored.version, self._content,
            done=self._on_saved, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_ended(self) -> None:
        self._writing = False

    def _on_saved(self, stored: StoredContract) -> None:
        view = self._context.view
        from dataclasses import replace as with_

        self._base = stored
        self.board.show_problems(())
        self.saved.set_text(_("自動で保存しました"))
        self._context.view = with_(view, stored=stored)  # the page reads the whole again by itself
        if self.dirty:
            self._timer.start()

    def _on_refused(self, error: UserError) -> None:
        self.saved.set_text(_("保存されていません"))
        if isinstance(error, ConflictError):
            self.conflict.show()
            return
        self.board.show_problems(error.problems)
        self.board.show_all()

    def _on_reload(self) -> None:
        """Take what the other window stored."""
        from app.usecases.open_contract import open_contract

        self.conflict.hide()
        hub = self._context.session.hub
        hub.look(open_contract, self._context.stored.id, done=self._context.take_view, owner=self)


def _refusal_words(item: CheckItem) -> str:
    """What stands in the way, with its clause."""
    what = item.detail or item.name
    return _("{what}（{clause}）").format(what=what, clause=clause_note(item.clause)) if item.clause else what
