"""One call note as it stands in the list."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.contract.beside import CallNote
from app.days import date_words
from app.words import _
from ui.moments import days_left_words, moment_words
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.layout import holding, on_surface, row
from ui.widgets.text import Label


class NoteCard(QFrame):
    """`done_wanted` carries the note and whether it is done; `change_wanted` the note."""

    done_wanted = Signal(object, bool)
    change_wanted = Signal(object)

    def __init__(self, note: CallNote, owner: str, now: datetime) -> None:
        super().__init__()
        self.note = note
        on_surface(self, "panel")
        self.setProperty("edge", "bottom")
        s = theme.size
        when = Label(moment_words(note.at, now), "caption", "text2")
        staff = Label(note.staff, "caption-bold", "text2")
        self.pencil = IconButton("pencil", _("メモを直す"))
        self.text = Label(note.text, "body", wrap=True).selectable()
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.m, s.l, s.m)
        box.setSpacing(s.s)
        box.addLayout(row(when, staff, None, self.pencil))
        box.addWidget(self.text)
        self.done: Button | None = None
        if note.next_step:
            box.addWidget(self._next_step(note, owner, now.date()))
        self.pencil.clicked.connect(self._on_change)

    def _next_step(self, note: CallNote, owner: str, today: date) -> QFrame:
        s = theme.size
        self.chip = _due_chip(note, today)
        step = Label(note.next_step, "body-bold" if note.done_at is None else "body", wrap=True)
        if note.done_at is not None:
            step.set_tone("text2")
        about = _("・").join(part for part in (owner, date_words(note.due_on) if note.due_on else "") if part)
        self.done = Button(
            _("済みにする") if note.done_at is None else _("未済に戻す"),
            "check" if note.done_at is None else "rotate-ccw",
            "normal" if note.done_at is None else "quiet",
            small=True,
        )
        inner = QVBoxLayout()
        inner.setContentsMargins(s.m, s.s, s.s, s.s)
        inner.setSpacing(s.xs)
        inner.addWidget(step)
        inner.addLayout(row(self.chip, Label(about, "caption", "text2"), None, self.done))
        frame = holding(inner, "reason")
        self.done.clicked.connect(self._on_done)
        return frame

    def _on_done(self) -> None:
        self.done_wanted.emit(self.note, self.note.done_at is None)

    def _on_change(self) -> None:
        self.change_wanted.emit(self.note)


def _due_chip(note: CallNote, today: date) -> Chip:
    if note.done_at is not None:
        return Chip("circle-check", _("済み"), "good")
    if note.due_on is None:
        return Chip("circle", _("未済"), "note")
    late = note.due_on < today
    words = days_left_words(note.due_on, today)
    near = (note.due_on - today).days <= 1
    return Chip("calendar-clock", words, "danger" if late else "warn" if near else "note")
