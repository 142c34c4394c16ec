"""What is done with the papers of a batch: a folder of files, one file, the printer, drafts of e-mails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EnvironmentProblem
from app.places import write_atomically
from app.usecases.desk import Desk
from ui.issuing.acts import PaperFile, read_file
from ui.issuing.printing import choose_printer, page_count, print_pages
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from ui.tasks import Tasks

_ONLY_READ = Changed()


def read_some(desk: Desk, paper_ids: Sequence[str]) -> Outcome[list[PaperFile]]:
    """On the database worker: the bytes of a few papers."""
    return Outcome([read_file(desk, one) for one in paper_ids], _ONLY_READ)


def save_some(folder: Path, desk: Desk, paper_ids: Sequence[str]) -> Outcome[list[Path]]:
    """On the database worker: write a few papers into a folder, each under its own name."""
    written = []
    for one in paper_ids:
        file = read_file(desk, one)
        write_atomically(folder / file.name, file.pdf)
        written.append(folder / file.name)
    return Outcome(written, _ONLY_READ)


def mail_some(folder: Path, desk: Desk, paper_ids: Sequence[str]) -> Outcome[list[Path]]:
    """On the database worker: write the e-mail drafts of a few papers into a folder."""
    from app.usecases.mail_draft import draft_mail, mail_bytes

    written = []
    for one in paper_ids:
        draft = draft_mail(desk, one)
        target = folder / f"{draft.file_name.removesuffix('.pdf')}.eml"
        write_atomically(target, mail_bytes(draft))
        written.append(target)
    return Outcome(written, _ONLY_READ)


class PrintRun:
    """Prints papers one after the other, each a job of its own: the next begins on a sheet of its own, also
    where both sides are printed. A printer that writes a file gets one job.
    """

    def __init__(
        self, tasks: Tasks, owner: QWidget, files: Sequence[PaperFile], told: Callable[[int, int], None]
    ) -> None:
        self._tasks, self._owner, self._files, self._told = tasks, owner, list(files), told
        self._printer: QPrinter | None = None
        self._stopping = False
        self._at = 0

    def start(self, name: str) -> bool:
        """Ask for the printer and begin; False where nobody wants to, or where there is none."""
        try:
            self._printer = choose_printer(self._owner, name, max(1, page_count(self._files[0].pdf)))
        except EnvironmentProblem as problem:
            self._tasks.environment_problem.emit(problem)
            return False
        if self._printer is None:
            return False
        if self._printer.outputFileName():
            self._tasks.paper.submit(
                "print-batch", _print_merged, self._files, self._printer,
                done=self._on_all, owner=self._owner,
            )  # fmt: skip
        else:
            self._next()
        return True

    def stop(self) -> None:
        """No further paper is sent."""
        self._stopping = True

    def _next(self, _pages: int = 0) -> None:
        self._told(self._at, len(self._files))
        if self._at >= len(self._files) or self._stopping:
            return
        file = self._files[self._at]
        self._at += 1
        assert self._printer is not None
        self._printer.setDocName(file.name.removesuffix(".pdf"))
        self._tasks.paper.submit(
            "print-batch", print_pages, file.pdf, self._printer, done=self._next, owner=self._owner
        )

    def _on_all(self, _pages: int) -> None:
        self._told(len(self._files), len(self._files))


def _print_merged(files: Sequence[PaperFile], printer: QPrinter) -> int:
    from ui.issuing.merging import merged

    return print_pages(merged([one.pdf for one in files]), printer)
