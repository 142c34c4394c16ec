"""The papers of a period for an audit: each PDF byte for byte, a list, and the hashes, as a folder or as an
archive sealed with a passphrase. It appears whole or not at all.
"""

from __future__ import annotations

import csv
import hashlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final

from app.errors import EnvironmentProblem, Problem, UserError
from app.papers.archived import PaperQuery, PaperRow
from app.papers.file_names import safe_part
from app.papers.kinds import title_of
from app.usecases.desk import Desk
from app.usecases.export_places import place_for
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.send_paper import how_words
from app.usecases.sheet_cells import harmless
from app.words import _

INDEX: Final = "index.csv"
HASHES: Final = "hashes.txt"
_BLOCK: Final = 100

Told = Callable[[int, int], bool]


@dataclass(frozen=True)
class ExportedPapers:
    """A folder, or sealed archive, that was written. ``wrong``: papers of the period whose bytes are gone or
    changed, as sentences; they stand in the list without a file.
    """

    folder: Path
    papers: int
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class _Line:
    """A paper of the list, with the name and hash of its file ("" without one)."""

    row: PaperRow
    file: str
    note: str


class PapersExport:
    """An export under way: ``step`` until it says that all is written, then ``finish``; or ``stop``.
    ``passphrase``: what it is sealed with, as ``folder.zip``; "": a folder everybody can read.

    Raises UserError ``folder-exists``, ``passphrase-short``, ``no-papers``, what ``permissions`` refuses.
    """

    def __init__(self, desk: Desk, query: PaperQuery, folder: Path, passphrase: str = "") -> None:
        self._place = place_for(folder, passphrase)
        with desk.storage.look() as work:
            require(work, work.settings.load(), Act.EXPORT)
            self._seqs = work.papers.seqs(query)
        if not self._seqs:
            raise UserError(
                Problem(
                    "no-papers",
                    _("この条件に合う書類がありません。"),
                    remedy=_("期間や絞り込みを変えてください。"),
                )
            )
        self._desk, self._query, self._sealed = desk, query, bool(passphrase)
        self._lines: list[_Line] = []
        self._taken: set[str] = set()
        self.done = 0

    @property
    def count(self) -> int:
        """How many papers there are."""
        return len(self._seqs)

    def step(self) -> bool:
        """Write some more; whether all are. EnvironmentProblem where they can't be written: then nothing is
        left of it. UserError ``too-large`` for more than is sealed at once.
        """
        for line, pdf in _papers(self._desk, self._seqs[self.done : self.done + _BLOCK], self._taken):
            if line.file:
                self._place.add(line.file, pdf)
            self._lines.append(line)
        self.done = min(self.done + _BLOCK, self.count)
        return self.done >= self.count

    def finish(self) -> ExportedPapers:
        """Write the lists and let it appear."""
        for name, data in _lists(self._lines):
            self._place.add(name, data)
        self._place.finish()
        with self._desk.storage.work() as work:
            days = [day.isoformat() if day else "" for day in (self._query.first, self._query.last)]
            detail: dict[str, object] = {"first": days[0], "last": days[1], "papers": len(self._lines)}
            detail["sealed"] = self._sealed
            work.audit.record(who(work.settings.load()), "papers-exported", "", detail)
            work.commit()
        wrong = tuple(line.note for line in self._lines if line.note)
        return ExportedPapers(self._place.path, len(self._lines), wrong)

    def stop(self) -> None:
        """Leave nothing of what is not finished."""
        self._place.stop()


def export_papers(
    desk: Desk, query: PaperQuery, folder: Path, told: Told | None = None
) -> ExportedPapers | None:
    """Write the papers a query asks for into a new folder; None where ``told`` stopped it, and then nothing
    was written. ``told`` hears how many of how many are written. Raises as ``PapersExport`` does.
    """
    export = PapersExport(desk, query, folder)
    whole = False
    while not whole:
        whole = export.step()
        if told is not None and not told(export.done, export.count):
            export.stop()
            return None
    return export.finish()


def heads() -> tuple[str, ...]:
    """The first row of the list."""
    return (
        _("取引年月日（発行日）"), _("金額（税込）"), _("取引先"), _("書類の種類"), _("番号"), _("版"), _("SHA-256"),
        _("チェーン"), _("取消"), _("送付"), _("ファイル"), _("備考"),
    )  # fmt: skip


def export_name(row: PaperRow) -> str:
    """``20261120_110000_髙橋精工株式会社_B-A1-2611-0042-1.pdf``: what the law has one search by, then the number."""
    parts = (f"{row.issued_on:%Y%m%d}", str(row.total), safe_part(row.customer), safe_part(row.number))
    return "_".join(part for part in parts if part) + f"-{row.revision}.pdf"


def _papers(desk: Desk, seqs: array[int], taken: set[str]) -> Iterator[tuple[_Line, bytes]]:
    with desk.storage.look() as work:
        for row in work.papers.rows(seqs):
            try:
                pdf = work.papers.get(row.id).pdf
            except UserError as error:  # erased after its retention
                yield _Line(row, "", error.problems[0].what), b""
            except EnvironmentProblem as problem:
                yield _Line(row, "", problem.what), b""
            else:
                yield _Line(row, _unused(export_name(row), row.seq, taken), ""), pdf


def _unused(name: str, seq: int, taken: set[str]) -> str:
    """Windows takes two names that differ in case alone for one."""
    if name.casefold() in taken:
        name = f"{name.removesuffix('.pdf')}-{seq}.pdf"
    taken.add(name.casefold())
    return name


def _lists(lines: list[_Line]) -> Iterator[tuple[str, bytes]]:
    """The list and the hashes of everything, by their names."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads())
    for line in lines:
        writer.writerow([harmless(value) for value in _values(line)])
    index = text.getvalue().encode("utf-8-sig")
    yield INDEX, index
    hashes = [(line.row.sha256, line.file) for line in lines if line.file]
    hashes.append((hashlib.sha256(index).hexdigest(), INDEX))
    told = "".join(f"{sha256}  {name}\n" for sha256, name in hashes)
    yield HASHES, told.encode("utf-8")


def _values(line: _Line) -> tuple[str | int, ...]:
    row = line.row
    return (
        _iso(row.issued_on),
        row.total,
        row.customer,
        title_of(row.kind),
        row.number,
        row.revision,
        row.sha256,
        row.link,
        row.voided,
        how_words(row.sent),
        line.file,
        line.note,
    )


def _iso(day: date) -> str:
    return day.isoformat()
