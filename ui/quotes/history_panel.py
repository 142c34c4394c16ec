"""履歴: the issued revisions, each with its exact paper, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.days import date_words
from app.money import yen_words
from app.quote.stored import IssuedPaper, Revision
from app.usecases.desk import Desk
from app.words import _
from ui.moments import moment_words
from ui.operations.hub import Hub
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import clear, row, rule
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label


@dataclass(frozen=True)
class History:
    """Revisions, the newest first, and what differs between the newest and the same content priced today."""

    revisions: tuple[Revision, ...]
    changes: tuple[str, ...]


def read_history(desk: Desk, quotation_id: str) -> History:
    """On the database worker: the revisions, the newest priced once more."""
    from app.usecases.compare_revision import changes_since
    from app.usecases.keep_quotation import open_quotation
    from app.usecases.price_quotation import price_content

    revisions = open_quotation(desk, quotation_id).revisions[::-1]
    if not revisions:
        return History((), ())
    now = price_content(desk, revisions[0].content, desk.settings())
    return History(revisions, changes_since(revisions[0], now, desk.catalogue))


def read_paper(desk: Desk, paper_id: str) -> IssuedPaper:
    """On the database worker: the exact bytes of an issued paper."""
    with desk.storage.look() as work:
        return work.papers.get(paper_id)


class _RevisionRow(QWidget):
    """One revision: number, when, by whom, for how much; its paper opens beside."""

    opened = Signal(object)

    def __init__(self, revision: Revision, when: str, *, newest: bool) -> None:
        super().__init__()
        self._revision = revision
        total = revision.frozen.get("total", {}).get("total", 0)
        title = Label(_("第{number}版").format(number=revision.revision), "body-bold")
        amount = Label(yen_words(int(total)), "body")
        who = _("{when}・{staff}").format(when=when, staff=revision.staff) if revision.staff else when
        valid = _("有効期限 {day}").format(day=date_words(revision.valid_until))
        button = Button(_("書類を見る"), "file-text", small=True)
        button.setAccessibleName(_("第{number}版の書類を見る").format(number=revision.revision))
        button.clicked.connect(self._on_clicked)
        box = QVBoxLayout(self)
        s = theme.size
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.xs)
        newest_mark = Label(_("最新"), "caption", "accent")
        newest_mark.setVisible(newest)
        box.addLayout(row(title, newest_mark, None, amount))
        box.addWidget(Label(who, "caption", "text2"))
        box.addWidget(Label(valid, "caption", "text2"))
        box.addLayout(row(button, None))
        box.addSpacing(s.s)
        box.addWidget(rule())

    def _on_clicked(self) -> None:
        self.opened.emit(self._revision)


class HistoryPanel(SidePanel):
    """``paper_wanted`` carries a Revision and its IssuedPaper."""

    paper_wanted = Signal(object, object)

    def __init__(self, hub: Hub, quotation_id: str) -> None:
        super().__init__(_("履歴"), "history")
        self._hub, self._id = hub, quotation_id
        self._opening: Revision | None = None
        self.body.setSpacing(theme.size.m)
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        self._hub.look(read_history, self._id, done=self._on_read, owner=self)

    def _on_read(self, history: History) -> None:
        clear(self.body)
        if not history.revisions:
            self.body.addWidget(Label(_("まだ発行していません。"), "panel", "text2", wrap=True))
        if history.changes:
            strip = AdviceStrip(
                _("発行後に変わった点"), "\n".join(history.changes), meaning="warn", icon="triangle-alert"
            )
            self.body.addWidget(strip)
        elif history.revisions:
            self.body.addWidget(
                Label(
                    _("最新版の発行後、料金表と解釈に変わった点はありません。"), "caption", "text2", wrap=True
                )
            )
        now = self._hub.desk.now()
        for place, revision in enumerate(history.revisions):
            one = _RevisionRow(revision, moment_words(revision.issued_at, now), newest=place == 0)
            one.opened.connect(self._on_opened)
            self.body.addWidget(one)
        self.body.addStretch(1)

    def _on_opened(self, revision: Revision) -> None:
        self._opening = revision
        self._hub.look(read_paper, revision.paper_id, done=self._on_paper, owner=self)

    def _on_paper(self, paper: IssuedPaper) -> None:
        if self._opening is not None and paper.id == self._opening.paper_id:
            self.paper_wanted.emit(self._opening, paper)
