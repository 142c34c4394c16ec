"""What was done with an issued paper: how it went to the customer, and noting another time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.days import date_words
from app.errors import UserError
from app.papers.archived import PaperSent, SentHow
from app.usecases.desk import Desk
from app.usecases.send_paper import how_words
from app.words import _
from ui.operations.papers import send_paper
from ui.session import Session
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.entries import TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import shares
from ui.widgets.layout import clear, column, row, rule
from ui.widgets.strips import Toasts
from ui.widgets.text import Label

_HOWS: tuple[SentHow, ...] = ("hand", "post", "e-mail", "fax", "file")


def read_sends(desk: Desk, paper_id: str) -> list[PaperSent]:
    """On the database worker: how a paper went so far."""
    with desk.storage.look() as work:
        return work.papers.sends(paper_id)


class DonePart(QWidget):
    """``recorded`` after a sending was noted."""

    recorded = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session, self._toasts = session, toasts
        self._paper = ""
        self.how = Choice([(one, how_words(one)) for one in _HOWS], "hand")
        self.to = TextField(_("例：総務部 三浦 様"))
        self.note = TextField(_("例：書留 123-45-6789"))
        self.fields = {
            "how": Field(_("方法"), self.how),
            "to": Field(_("送り先"), self.to),
            "note": Field(_("メモ"), self.note),
        }
        self.record = Button(_("送付を記録"), "send", small=True)
        self._sent = column(gap="xs")
        self.setLayout(
            column(
                rule(),
                Label(_("お渡し・送付"), "heading"),
                self._sent,
                shares((self.fields["how"], 2), (self.fields["to"], 3)),
                self.fields["note"],
                row(None, self.record),
                gap="s",
            )
        )
        self.record.clicked.connect(self.record_now)

    def show_paper(self, paper_id: str) -> None:
        """Show how a paper went so far."""
        self._paper = paper_id
        self._read()
        self.show()

    def _read(self) -> None:
        self._session.hub.look(read_sends, self._paper, done=partial(self._on_read, self._paper), owner=self)

    def _on_read(self, paper_id: str, sent: list[PaperSent]) -> None:
        if paper_id != self._paper:
            return
        clear(self._sent)
        for one in sent:
            words = _("{day}　{how}　{to}").format(
                day=date_words(one.at.date(), weekday=False), how=how_words(one.how), to=one.to
            )
            self._sent.addWidget(Label(words.strip(), "panel", wrap=True))
            if one.note:
                self._sent.addWidget(Label(one.note, "caption", "text2", wrap=True))
        if not sent:
            self._sent.addWidget(Label(_("まだ記録がありません。"), "panel", "text3"))

    def record_now(self) -> None:
        """Note that the paper went."""
        self.record.setEnabled(False)
        self._session.hub.run(
            send_paper,
            self._paper,
            self.how.value(),
            self.to.text(),
            self.note.text(),
            done=self._on_recorded,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_recorded(self, _sent: object) -> None:
        show_problems(self.fields, None)
        self.note.set_text("")
        self._toasts.show_message(_("送付を記録しました"))
        self._read()
        self.recorded.emit()

    def _on_refused(self, error: UserError) -> None:
        left = show_problems(self.fields, error)
        if left:
            self._toasts.show_message(" ".join(left))

    def _on_ended(self) -> None:
        self.record.setEnabled(True)
