"""The panel of an action: its form, what follows from it worked out as one types, and recording it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import ConflictError, Problem, UserError
from app.words import _
from ui.contracts.action_words import ICONS
from ui.contracts.actions.conflict_view import ConflictView
from ui.contracts.actions.conflict_words import newest_of, theirs_words
from ui.contracts.actions.consequences_view import ConsequencesView
from ui.contracts.actions.fitting import fitted
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.kept_typing import KeptTyping
from ui.contracts.actions.live_preview import LivePreview
from ui.contracts.actions.shown import Better, Note, Shown
from ui.contracts.actions.void_form import VoidForm
from ui.qt import ShortcutScope
from ui.quotes.form_rows import ErrorLine
from ui.theme import theme
from ui.unsaved import Unsaved
from ui.widgets.button import Button, key_sequences
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.contract.actions import Action
    from app.contract.record import Entry, StoredContract
    from app.usecases.contract_view import ContractView
    from app.usecases.preview_action import Consequences
    from app.usecases.record_entry import ConflictDetail
    from ui.contracts.actions.raw import Raw
    from ui.contracts.context import PageContext


class ActionPanel(SidePanel):
    """Ctrl+Enter records, Esc closes (and asks where something was typed). What is typed is kept for the
    sitting until it is recorded or given up.
    """

    def __init__(self, context: PageContext, action: Action, form: ActionForm) -> None:
        super().__init__(_(form.TITLE), ICONS[action])
        self.context, self.action, self.form = context, action, form
        self._writing = False
        self.conflict = ConflictView()
        self.returned = AdviceStrip(
            _("前に入力した内容を戻しました"), button=_("最初から"), meaning="note", icon="history"
        )
        self.returned.hide()
        self.unsaved = Unsaved(context.session, f"contract.{action.value}", self._typed, self._on_left, self)
        self.errors = ErrorLine(form)
        self.consequences = ConsequencesView()
        self.preview = LivePreview(context, self)
        self._build()
        self._connect()
        self.unsaved.open(context.stored.id, form.first)
        self._put_back()
        self._on_typed()

    def _build(self) -> None:
        self.body.setSpacing(theme.size.m)
        for part in (
            self.unsaved.strip,
            self.returned,
            self.conflict,
            self.form,
            self.errors,
            self.consequences,
        ):
            self.body.addWidget(part)
        self._add_note()
        self.body.addStretch(1)
        self.cancel_button = Button(_("やめる"), key="Esc", listen=False)
        kind = "danger" if self.form.DANGER else "filled"
        self.record_button = Button(_(self.form.BUTTON), kind=kind, key="Ctrl+Enter", listen=False)
        self.question = _Question()
        self.question.hide()
        self.foot_box.insertWidget(0, self.question, 1000)
        self.add_to_foot(self.cancel_button, self.record_button)

    def _add_note(self) -> None:
        """The staff's own words stand last; a form that is gone takes its own with it."""
        if self.form.note_row is not None:
            self.body.insertWidget(self.body.indexOf(self.consequences) + 1, self.form.note_row)

    def _connect_form(self) -> None:
        self.form.changed.connect(self._on_typed)
        self.form.board.homeless_changed.connect(self._on_homeless)
        if isinstance(self.form, VoidForm):
            self.form.correct_wanted.connect(self._on_correct)

    def _connect(self) -> None:
        self._connect_form()
        self.preview.came.connect(self._on_preview)
        self.preview.refused.connect(self._on_preview_refused)
        self.consequences.taken.connect(self._on_better)
        self.returned.accepted.connect(self._on_from_start)
        self.cancel_button.clicked.connect(self.close_panel)
        self.record_button.clicked.connect(self.record)
        self.question.stay.clicked.connect(self._on_stay)
        self.question.leave.clicked.connect(self._on_leave)
        self.closed.connect(self.context.closed)
        self.context.view_changed.connect(self._on_view)
        for sequence in key_sequences("Ctrl+Enter"):
            shortcut = QShortcut(sequence, self)
            shortcut.setContext(ShortcutScope.WindowShortcut)
            shortcut.activated.connect(self.record)

    def start(self) -> None:
        """Put the focus where typing begins."""
        self.form.start()

    # --- putting right ----------------------------------------------------------------------------

    def _on_correct(self, entry: Entry) -> None:
        """Instead of taking an entry back, show the form that records such entries, filled from it."""
        from ui.contracts.actions.registry import FORMS, action_of

        action = action_of(entry)
        if action is None:
            return
        form = FORMS[action](self.context)
        form.correct(entry)
        self._take_form(form)
        self.title.set_text(_("{name}の訂正").format(name=_(form.TITLE)))
        self.record_button.set_text(_("訂正を登録"))
        self.start()

    def _take_form(self, form: ActionForm) -> None:
        gone, self.form = self.form, form
        self._forget()
        self.body.insertWidget(self.body.indexOf(gone), form)
        self.body.removeWidget(gone)
        for old in (gone, gone.note_row):
            if old is not None:
                old.hide()
                old.deleteLater()
        self._add_note()
        self._connect_form()
        self._on_typed()

    # --- typing -----------------------------------------------------------------------------------

    @property
    def _typing(self) -> KeptTyping:
        return KeptTyping.of(self.context.session)

    def _typed(self) -> Mapping[str, Raw]:
        return self.form.kept()

    def _on_left(self, values: Mapping[str, Raw]) -> None:
        self.form.put_back(values)

    def _forget(self) -> None:
        self._typing.forget(self.context.stored.id, self.action)
        self.unsaved.done()

    def _put_back(self) -> None:
        kept = self._typing.find(self.context.stored.id, self.action)
        if kept is not None:
            self.form.put_back(kept)
            self.returned.setVisible(self.form.typed)

    def _on_view(self) -> None:
        """The contract was read again: what follows is worked out on that."""
        if self.isVisible() and not self._writing:
            self._on_typed()

    def _on_from_start(self) -> None:
        self.returned.hide()
        self.form.put_back(self.form.first)
        self._typing.forget(self.context.stored.id, self.action)

    def _on_typed(self) -> None:
        if self.form.typed and self.form.correcting is None:
            self._typing.keep(self.context.stored.id, self.action, self.form.kept())
        if self.form.correcting is None:
            self.unsaved.note()
        entries, problems = self.form.read()
        self.form.board.show_problems(problems)
        if entries and self.form.PREVIEWED:
            self.preview.ask(entries)
        else:
            self.preview.drop()
            self._show(None)

    def _on_preview(self, found: Consequences) -> None:
        _entries, problems = self.form.read()
        own = fitted(found.problems, self.form.controls, self.form.ALIASES)
        self.form.board.show_problems((*problems, *own))
        self._show(None if found.problems else found)

    def _on_preview_refused(self, problems: tuple[Problem, ...]) -> None:
        self.form.board.show_problems(fitted(problems, self.form.controls, self.form.ALIASES))
        self._show(None)

    def _show(self, found: Consequences | None) -> None:
        from ui.contracts.actions.consequence_words import shown_of

        shown = shown_of(found, self.context, self.form) if found is not None else self._without_preview()
        self.consequences.show_consequences(shown)
        self.context.preview_changed.emit(found)

    def _without_preview(self) -> Shown:
        return Shown(fee=self.form.fee(), notes=(*self.form.obligations(), *undo_note(self.form)))

    def _on_better(self, better: Better) -> None:
        if better.day is not None:
            self.form.set_day(better.field, better.day)

    def _on_homeless(self, sentences: tuple[str, ...]) -> None:
        self.errors.set_error("\n".join(sentences))

    # --- recording --------------------------------------------------------------------------------

    def record(self) -> None:
        """Record what the fields say, unless something in them is wrong."""
        if self._writing or not self.isVisible() or self.question.isVisible():
            return
        entries, problems = self.form.read()
        self.form.board.show_all()
        if problems:
            self.form.board.show_problems(problems)
            self.form.board.focus_first()
            return
        self._set_writing(True)
        operation, arguments = self.form.write(entries)
        self.context.session.hub.run(
            operation, *arguments,
            done=self._on_recorded, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _set_writing(self, writing: bool) -> None:
        self._writing = writing
        self.record_button.setEnabled(not writing)

    def _on_ended(self) -> None:
        self._set_writing(False)

    def _on_recorded(self, stored: StoredContract) -> None:
        self._forget()
        self.preview.drop()
        self.context.preview_changed.emit(None)
        self.context.toasts.show_message(self.form.done_words())
        self.hide()
        self.context.recorded.emit(stored)
        self.closed.emit()

    def _on_refused(self, error: UserError) -> None:
        if isinstance(error, ConflictError):
            self.context.session.hub.look(newest_of, self.context.stored, done=self._on_newest, owner=self)
            return
        problems = fitted(error.problems, self.form.controls, self.form.ALIASES)
        self.form.board.show_problems(problems)
        self.form.board.show_all()
        self.form.board.focus_first()

    def _on_newest(self, newest: tuple[ContractView, ConflictDetail]) -> None:
        """Somebody was faster: show what they recorded, and work out one's own change on that."""
        view, detail = newest
        session = self.context.session
        self.context.take_view(view)
        self.conflict.show_both(
            theirs_words(view, detail, session.settings.staff, session.desk.now()), self.form.summary()
        )
        refusal = view.actions.get(self.action)
        self.errors.set_error(
            f"{refusal.what} {refusal.why} {refusal.remedy}".strip() if refusal is not None else ""
        )
        self._on_typed()

    # --- leaving ----------------------------------------------------------------------------------

    def close_panel(self) -> None:
        """Close it; where something was typed, ask first, in the foot."""
        if not self.form.typed:
            self._leave()
        elif self.question.isVisible():
            self._on_stay()
        else:
            self._ask(True)

    def _ask(self, asking: bool) -> None:
        self.question.setVisible(asking)
        self.cancel_button.setVisible(not asking)
        self.record_button.setVisible(not asking)
        if asking:
            self.question.stay.setFocus()

    def _on_stay(self) -> None:
        self._ask(False)
        self.form.start()

    def _on_leave(self) -> None:
        self._forget()
        self._leave()

    def _leave(self) -> None:
        self.unsaved.leave()
        self.preview.drop()
        self.context.preview_changed.emit(None)
        self.hide()
        self.closed.emit()


class _Question(QWidget):
    """Whether to give up what was typed: at the foot, where the buttons were."""

    def __init__(self) -> None:
        super().__init__()
        self.stay = Button(_("続ける"), key="Esc", listen=False)
        self.leave = Button(_("捨てて閉じる"), kind="danger")
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.s)
        box.addWidget(Label(_("入力を捨てますか"), "panel", "text2"), 1)
        box.addWidget(self.leave)
        box.addWidget(self.stay)


def undo_note(form: ActionForm) -> tuple[Note, ...]:
    """That what is recorded can be taken back, where it can."""
    if not form.UNDOABLE:
        return ()
    return (Note("undo-2", _("登録したあとも取り消せます（取消しの記録が残ります）")),)
