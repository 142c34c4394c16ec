"""What is done with an issued paper, from wherever it is shown: print, save, e-mail draft, 控, note that it
was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.papers.file_names import paper_file_name, safe_part
from app.papers.kinds import title_of
from app.usecases.desk import Desk
from app.words import _
from ui.issuing.printing import ask_and_print
from ui.operations.papers import reprint_paper
from ui.session import Session
from ui.widgets.strips import Toasts

if TYPE_CHECKING:  # this stands with the list of quotations: what needs them loads them
    from app.quote.stored import IssuedPaper
    from app.usecases.reprint_paper import Reprint


@dataclass(frozen=True)
class PaperFile:
    """The bytes of a paper and the name of its file."""

    name: str
    pdf: bytes


def read_file(desk: Desk, paper_id: str) -> PaperFile:
    """On the database worker: a paper as it was issued, byte for byte."""
    with desk.storage.look() as work:
        paper, title = work.papers.get(paper_id), work.papers.row(paper_id).title
    return PaperFile(file_name_of(paper, title=title), paper.pdf)


def file_name_of(paper: IssuedPaper, mark: str = "", title: str = "") -> str:
    """What the file of a paper is called. ``mark``: 控 in front; ``title``: what it is in the archive."""
    name = paper_file_name(title or title_of(paper.kind), paper.number, paper.revision, paper.customer)
    return f"{safe_part(mark)}_{name}" if mark else name


class PaperActs(QObject):
    """``PaperActs(page, session, toasts).print_paper(paper_id)``. It lives as long as its page; dialogs open
    above that.
    """

    def __init__(self, page: QWidget, session: Session, toasts: Toasts) -> None:
        super().__init__(page)
        self._page, self._session, self._toasts = page, session, toasts
        self._written = Path()

    # --- the paper as it was issued -------------------------------------------------------------------

    def print_paper(self, paper_id: str) -> None:
        """Print a paper as it was issued."""
        self._session.hub.look(read_file, paper_id, done=self._on_print, owner=self)

    def _on_print(self, file: PaperFile) -> None:
        self.print_file(file)

    def print_file(self, file: PaperFile) -> None:
        """Print a finished PDF: printer and copies in the system's dialog."""
        ask_and_print(
            self._session.tasks, self._page, file.name.removesuffix(".pdf"), file.pdf, self._on_printed
        )

    def _on_printed(self, pages: int) -> None:
        self._toasts.show_message(_("{count}ページを印刷に送りました").format(count=pages))

    def save_paper(self, paper_id: str) -> None:
        """Ask where to, and write the PDF as it was issued."""
        self._session.hub.look(read_file, paper_id, done=self.save_file, owner=self)

    def save_file(self, file: PaperFile) -> None:
        """Ask where to, and write a finished PDF."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, _("PDFを保存"), str(Path.home() / file.name), _("PDF（*.pdf）")
        )
        if chosen:
            self.write_file(Path(chosen), file.pdf)

    def write_file(self, target: Path, pdf: bytes) -> None:
        """Write a finished PDF; a toast says that it is done."""
        self._session.tasks.paper.submit("save", _write, target, pdf, done=self._on_saved, owner=self)

    def _on_saved(self, target: Path) -> None:
        self._toasts.show_message(_("「{name}」を保存しました").format(name=target.name))

    # --- e-mail ---------------------------------------------------------------------------------------

    def mail_paper(self, paper_id: str) -> None:
        """Ask where to, and write the draft of an e-mail that carries the paper."""
        self._session.hub.look(read_file, paper_id, done=partial(self._on_mail, paper_id), owner=self)

    def _on_mail(self, paper_id: str, file: PaperFile) -> None:
        name = f"{file.name.removesuffix('.pdf')}.eml"
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, _("メールの下書きを保存"), str(Path.home() / name), _("メール（*.eml）")
        )
        if chosen:
            self.write_mail(paper_id, Path(chosen))

    def write_mail(self, paper_id: str, target: Path) -> None:
        """Write the draft of an e-mail; the toast opens it in the mail program."""
        from app.usecases.mail_draft import write_mail

        self._session.hub.look(write_mail, paper_id, target, done=self._on_mail_written, owner=self)

    def _on_mail_written(self, target: Path) -> None:
        self._written = target
        self._toasts.show_message(
            _("メールの下書き「{name}」を作りました").format(name=target.name),
            _("メールソフトで開く"),
            self._open_mail,
        )

    def _open_mail(self) -> None:
        from app.places import open_with_system

        self._session.tasks.paper.submit("open", open_with_system, self._written, owner=self)

    # --- 控 -------------------------------------------------------------------------------------------

    def reprint(self, paper_id: str) -> None:
        """Print a paper once more, marked 控; the original stays as it is."""
        self._session.hub.run(reprint_paper, paper_id, done=self._on_reprint, owner=self)

    def _on_reprint(self, made: Reprint) -> None:
        self.print_file(PaperFile(file_name_of(made.paper, _("控")), made.pdf))

    def save_copy(self, paper_id: str) -> None:
        """Save a paper marked 控; the original stays as it is."""
        self._session.hub.run(reprint_paper, paper_id, done=self._on_copy, owner=self)

    def _on_copy(self, made: Reprint) -> None:
        self.save_file(PaperFile(file_name_of(made.paper, _("控")), made.pdf))


def _write(target: Path, pdf: bytes) -> Path:
    from app.places import write_atomically

    write_atomically(target, pdf)
    return target
