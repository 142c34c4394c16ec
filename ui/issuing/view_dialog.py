"""A paper that was issued, as it went out, with everything that may be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.papers.archived import PaperRow
from app.quote.stored import IssuedPaper
from app.usecases.desk import Desk
from app.words import _
from ui.issuing.paper_sheet import PaperSheet
from ui.session import Session


@dataclass(frozen=True)
class Shown:
    """An issued paper and its row in the archive."""

    paper: IssuedPaper
    row: PaperRow


def read_paper(desk: Desk, paper_id: str) -> Shown:
    """On the database worker: a paper byte for byte, and what the archive says of it."""
    with desk.storage.look() as work:
        return Shown(work.papers.get(paper_id), work.papers.row(paper_id))


class ViewDialog(PaperSheet):
    """Shows one paper."""

    def __init__(self, parent: QWidget, session: Session, paper_id: str) -> None:
        super().__init__(parent, session, _("書類"), ("circle-check", _("発行済み"), "good"))
        self.lay_out([], [])
        session.hub.look(read_paper, paper_id, done=self._on_read, failed=self._on_refused, owner=self)

    def _on_read(self, shown: Shown) -> None:
        row = shown.row
        self.title.set_text(row.title)
        self.setWindowTitle(row.title)
        self.show_who(row.customer, row.total)
        self.show_paper(row.title, shown.paper)
        if row.voided:
            self.chip.set_chip("circle-x", _("取消"), "danger")
            self.tell("danger", "circle-x", _("取り消した書類です"), row.voided)
            for button in (self.print_button, self.mail_button):  # it goes out as 控 only
                button.hide()

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        told = " ".join(part for part in (first.why, first.remedy) if part)
        self.show_nothing(first.what, told or _("一覧からもう一度お選びください。"))
