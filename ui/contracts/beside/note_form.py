"""Writing a call note: what was said, what is to be done next, by whom, until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.contract.beside import CallNote
from app.errors import Problem, UserError
from app.papers.issuer import Settings
from app.usecases.keep_beside import NoteWritten
from app.words import _
from ui.qt import Key, Mod
from ui.theme import theme
from ui.unsaved import Values, control_values, put_controls
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.dates import DateField
from ui.widgets.entries import TextArea, TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import shares
from ui.widgets.layout import on_surface, row
from ui.widgets.text import Label


class NoteForm(QFrame):
    """`stored` asks to keep what stands there (Ctrl+Enter), `dropped` to leave it (Esc)."""

    stored = Signal()
    dropped = Signal()
    edited = Signal()  # somebody changed something

    def __init__(self, today: date) -> None:
        super().__init__()
        on_surface(self, "panel")
        self.setProperty("edge", "box")
        self.note: CallNote | None = None  # the one being changed
        self.title = Label(_("新しいメモ"), "heading")
        self.text = TextArea(_("例：端末を増やしたいとのこと。来期の予算しだい。"))
        self.next_step = TextField(_("例：見積を出し直して電話する"))
        self.owner = Choice()
        self.due_on = DateField(today, placeholder=_("例：12/10"))
        self.fields = {
            "text": Field(_("お話の内容"), self.text),
            "next_step": Field(_("次にすること"), self.next_step, optional=_("（なくても可）")),
            "owner": Field(_("担当"), self.owner),
            "due_on": Field(_("期日"), self.due_on),
        }
        self.drop = Button(_("やめる"), kind="quiet")
        self.keep = Button(_("メモを保存"), "check", "filled", "Ctrl+Enter", listen=False)
        s = theme.size
        box = QVBoxLayout(self)
        box.setContentsMargins(s.m, s.m, s.m, s.m)
        box.setSpacing(s.m)
        box.addWidget(self.title)
        box.addWidget(self.fields["text"])
        box.addWidget(self.fields["next_step"])
        box.addLayout(shares((self.fields["owner"], 1), (self.fields["due_on"], 1)))
        box.addLayout(row(None, self.drop, self.keep))
        self.drop.clicked.connect(self.dropped)
        self.keep.clicked.connect(self.store)
        for typed in (self.text.edited, self.next_step.edited, self.due_on.edit.textEdited):
            typed.connect(self._on_edited)
        self.due_on.day_changed.connect(self._on_edited)
        self.owner.chosen.connect(self._on_edited)

    def _on_edited(self, _what: object = None) -> None:
        self.edited.emit()

    def values(self) -> dict[str, Any]:
        """What stands there as typed."""
        return control_values({name: field.control for name, field in self.fields.items()})

    def put_values(self, values: Values) -> None:
        """Put back what was typed once."""
        put_controls({name: field.control for name, field in self.fields.items()}, values)

    def show_staff(self, settings: Settings) -> None:
        """Who may have a next step: everybody who is with us."""
        kept = self.owner.value()
        named = [(one.id, one.name) for one in settings.staff if one.active and one.name]
        self.owner.set_options([("", _("決めない")), *named], kept or "")

    def show_note(self, note: CallNote | None, owner: str) -> None:
        """Show a stored note to change it, or an empty one for somebody."""
        self.note = note
        self.title.set_text(_("メモを直す") if note is not None else _("新しいメモ"))
        self.text.set_text(note.text if note is not None else "")
        self.next_step.set_text(note.next_step if note is not None else "")
        self.owner.set_value(note.owner if note is not None else owner)
        self.due_on.set_day(note.due_on if note is not None else None)
        self.show_errors(None)

    def current(self) -> NoteWritten:
        """What stands there. Who is to do nothing is not named."""
        step, due = self.next_step.text(), self.due_on.day()
        owner = str(self.owner.value() or "") if step or due else ""
        return NoteWritten(self.text.text(), step, owner, due)

    @property
    def changed(self) -> bool:
        """Whether something stands there that is not stored."""
        note = self.note
        before = (note.text, note.next_step, note.due_on) if note is not None else ("", "", None)
        return (self.text.text(), self.next_step.text(), self.due_on.day()) != before

    def store(self) -> None:
        """Ask to keep it; a day that can't be read is told first."""
        if not self.keep.isEnabled():  # the keys again: it is being stored
            return
        if not self.due_on.readable:
            unreadable = Problem("bad-input", _("日付を読み取れません。例：12/10"), field="due_on")
            self.show_errors(UserError(unreadable))
            return
        self.stored.emit()

    def show_errors(self, error: UserError | None) -> list[str]:
        """What was refused, under the fields; the sentences that belong to none come back."""
        return show_problems(self.fields, error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_Return, Key.Key_Enter} and event.modifiers() & Mod.ControlModifier:
            self.store()
        elif event.key() == Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
