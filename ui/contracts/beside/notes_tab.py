"""メモ: what was said, the newest first, and what is to be done next."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from app.contract.beside import CallNote, Subject
from app.errors import UserError
from app.usecases.desk import Desk
from app.words import _
from ui.contracts.beside.note_card import NoteCard
from ui.contracts.beside.note_form import NoteForm
from ui.operations.beside import add_note, change_note, set_note_done
from ui.operations.hub import Changed
from ui.session import Session
from ui.theme import theme
from ui.unsaved import Unsaved
from ui.widgets.button import Button
from ui.widgets.choices import Switch
from ui.widgets.layout import clear, column, holding, on_surface, row, scrolling
from ui.widgets.strips import AdviceStrip, EmptyState, Toasts
from ui.widgets.text import Label


def read_notes(desk: Desk, subject: Subject, subject_id: str) -> list[CallNote]:
    """On the database worker: the notes of a subject."""
    from app.usecases.keep_beside import notes_of

    return notes_of(desk, subject, subject_id)


class NotesTab(QFrame):
    """`show_subject("contract", id)` shows the notes; `counted` carries how many there are and how many are
    open.
    """

    counted = Signal(int, int)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self._subject: Subject = "contract"
        self._id = ""
        self._notes: list[CallNote] = []
        self.cards: list[NoteCard] = []
        s = theme.size
        self.count = Label("", "panel", "text2")
        self.only_open = Switch(_("未済だけ"))
        self.new = Button(_("メモを書く"), "plus", small=True)
        head = row(self.count, None, self.only_open, self.new, gap="m", pad=("l", "s"))
        self.form = NoteForm(session.today)
        self.left = Unsaved(session, "note", self.form.values, self.form.put_values, self)
        self.conflict = AdviceStrip(meaning="warn", icon="users")
        above = QVBoxLayout()
        above.setContentsMargins(s.l, 0, s.l, s.s)
        above.setSpacing(s.s)
        above.addWidget(self.left.strip)
        above.addWidget(self.conflict)
        above.addWidget(self.form)
        self._above = holding(above)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        inner = QWidget()
        inner.setLayout(column(self._above, self._column))
        self._area = scrolling(inner)
        self.nothing = EmptyState(
            "phone",
            _("メモはまだありません"),
            _("電話や窓口でのお話と、次にすることを残せます。期日のあるものはホームに出ます。"),
            _("メモを書く"),
        )
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(body, 1)
        self.conflict.hide()
        self._above.hide()
        self._connect()

    def _connect(self) -> None:
        self.new.clicked.connect(self.write)
        self.nothing.accepted.connect(self.write)
        self.only_open.toggled.connect(self._on_only_open)
        self.form.stored.connect(self.store)
        self.form.dropped.connect(self.close_form)
        self.form.edited.connect(self.left.note)
        self.conflict.accepted.connect(self._on_take_newest)
        self._session.hub.changed.connect(self._on_changed)
        self._session.settings_changed.connect(self._show_staff)
        self._show_staff()

    # --- showing ----------------------------------------------------------------------------------

    def show_subject(self, subject: Subject, subject_id: str) -> None:
        """The notes of a contract, customer or quotation."""
        if (subject, subject_id) != (self._subject, self._id):
            self.left.leave()
            self.close_form()
        self._subject, self._id = subject, subject_id
        self._read()

    def _read(self) -> None:
        if self._id:
            self._session.hub.look(read_notes, self._subject, self._id, done=self._on_read, owner=self)

    def _on_read(self, notes: list[CallNote]) -> None:
        if any((note.subject, note.subject_id) != (self._subject, self._id) for note in notes):
            return  # another subject was asked for meanwhile
        self._notes = notes
        self._fill()

    def _fill(self) -> None:
        clear(self._column)
        names = {one.id: one.name for one in self._session.settings.staff}
        now = self._session.desk.now()
        unfinished = [note for note in self._notes if note.next_step and note.done_at is None]
        shown = unfinished if self.only_open.isChecked() else self._notes
        self.cards = [NoteCard(note, names.get(note.owner, ""), now) for note in shown]
        for card in self.cards:
            card.done_wanted.connect(self._on_done_wanted)
            card.change_wanted.connect(self._on_change_wanted)
            self._column.addWidget(card)
        self._column.addStretch(1)
        words = _("{count}件").format(count=len(self._notes)) if self._notes else ""
        if unfinished:
            words = _("{count}件・未済 {open}件").format(count=len(self._notes), open=len(unfinished))
        self.count.set_text(words)
        self.only_open.setVisible(bool(unfinished) or self.only_open.isChecked())
        self._stack.setCurrentWidget(self._area if self._notes or self.form_open else self.nothing)
        self.counted.emit(len(self._notes), len(unfinished))

    def _show_staff(self) -> None:
        self.form.show_staff(self._session.settings)

    def _on_only_open(self, _on: bool) -> None:
        self._fill()

    def _on_changed(self, changed: Changed) -> None:
        if changed.notes:
            self._read()

    # --- writing ----------------------------------------------------------------------------------

    @property
    def form_open(self) -> bool:
        """Whether a note is being written."""
        return not self._above.isHidden()

    @property
    def unsaved(self) -> bool:
        """Whether a note is written that is not stored."""
        return self.form_open and self.form.changed

    def write(self) -> None:
        """An empty note; one that is being written stays."""
        if not self.unsaved:
            self._open(None)
        self.form.text.setFocus()

    def _open(self, note: CallNote | None) -> None:
        self.form.show_note(note, self._session.settings.current_staff)
        self.left.open(note.id if note is not None else self._id)
        self.conflict.hide()
        self._above.show()
        self._stack.setCurrentWidget(self._area)
        self._area.verticalScrollBar().setValue(0)
        self.form.text.setFocus()

    def close_form(self) -> None:
        """Leave what is written."""
        self.left.done()
        self._above.hide()
        self.form.show_note(None, "")
        self.conflict.hide()
        if not self._notes:
            self._stack.setCurrentWidget(self.nothing)

    def store(self) -> None:
        """Keep what is written; errors come under the fields."""
        self.form.keep.setEnabled(False)
        told: dict[str, Any] = {
            "done": self._on_stored, "failed": self._on_refused, "ended": self._on_ended, "owner": self,
        }  # fmt: skip
        written, note = self.form.current(), self.form.note
        if note is None:
            self._session.hub.run(add_note, self._subject, self._id, written, **told)
        else:
            self._session.hub.run(change_note, note, written, **told)

    def _on_ended(self) -> None:
        self.form.keep.setEnabled(True)

    def _on_stored(self, _note: CallNote) -> None:
        self.close_form()
        self._toasts.show_message(_("メモを保存しました"))
        self.new.setFocus()

    def _on_refused(self, error: UserError) -> None:
        if error.code == "conflict":
            self.conflict.set_words(
                _("このメモは別の画面で変更されています"),
                _("入力した内容はこの欄に残っています。最新の内容に置き換えるか、見比べて直してください。"),
                _("最新の内容にする"),
            )
            self.conflict.show()
            self._read()
            return
        left = self.form.show_errors(error)
        if left:
            self._toasts.show_message(" ".join(left))

    def _on_take_newest(self) -> None:
        note = self.form.note
        newest = next((one for one in self._notes if note is not None and one.id == note.id), None)
        if newest is not None:
            self._open(newest)

    def _on_change_wanted(self, note: CallNote) -> None:
        if self.unsaved:
            self._toasts.show_message(_("書きかけのメモを先に保存してください"))
            self.form.text.setFocus()
            return
        self._open(note)

    def _on_done_wanted(self, note: CallNote, done: bool) -> None:
        self._session.hub.run(set_note_done, note, done, done=self._on_marked, owner=self)

    def _on_marked(self, note: CallNote) -> None:
        if note.done_at is None:
            self._toasts.show_message(_("「{step}」を未済に戻しました").format(step=note.next_step))
            return
        words = _("「{step}」を済みにしました").format(step=note.next_step)
        self._marked = note
        self._toasts.show_message(words, _("元に戻す"), self._on_unmark)

    def _on_unmark(self) -> None:
        self._session.hub.run(set_note_done, self._marked, False, owner=self)
