"""Several programs on one file, and programs that die: what was confirmed is there, whole, and nothing
else.
"""

from __future__ import annotations

import random
from pathlib import Path

from app.quote.stored import QuotationQuery
from db.engine import SqlStorage, open_storage
from db.sqlite import broken_pages
from tests import starting
from tests.db.conftest import PDF, TODAY
from tests.starting import Program


def start(folder: Path, desk: str, count: int) -> Program:
    return starting.start("tests.db.writer", str(folder), desk, str(count))


def confirmed(lines: list[str]) -> dict[str, str]:
    """Number → id of what a writer said it had stored; a line it could not finish says nothing."""
    return dict(line.split() for line in lines if line.endswith("\n"))


def stored(storage: SqlStorage) -> dict[str, str]:
    """Number → id of what is in the file, after everything about each was read."""
    with storage.look() as work:
        assert broken_pages(work.session.connection) == []
        assert work.audit.check() == []
        rows = work.quotations.rows(work.quotations.seqs(QuotationQuery(), TODAY), TODAY)
        for row in rows:
            quotation = work.quotations.get(row.id)
            (revision,) = work.quotations.revisions(row.id)
            paper = work.papers.get(revision.paper_id)
            assert (paper.pdf, paper.number, revision.number) == (PDF, row.number, row.number)
            assert revision.content.title == quotation.content.title
        return {row.number: row.id for row in rows}


def test_two_programs_writing_at_once_lose_nothing(storage: SqlStorage, data: Path) -> None:
    count = 40
    writers = [start(data, desk, count) for desk in ("A1", "B2")]
    outputs = [writer.communicate()[0].splitlines(keepends=True) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    said = [confirmed(lines) for lines in outputs]
    assert [len(one) for one in said] == [count, count]
    assert said[0] | said[1] == stored(storage)
    assert sorted(stored(storage)) == [f"Q-A1-2611-{n:04d}" for n in range(1, 2 * count + 1)]


def test_a_program_killed_while_writing_loses_nothing_it_confirmed(storage: SqlStorage, data: Path) -> None:
    storage.close()
    said: dict[str, str] = {}
    for _time in range(5):
        writer = start(data, "A1", 100_000)
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _line in range(random.randint(1, 25))]
        # Somewhere in the next transaction, and not always at its beginning.
        for _turn in range(random.randint(0, 20_000)):
            pass
        writer.kill()
        lines += writer.communicate()[0].splitlines(keepends=True)
        said |= confirmed(lines)
        reopened = open_storage(data)
        found = stored(reopened)
        assert said.items() <= found.items()
        # At most the one in hand was stored without having been confirmed.
        assert len(found) <= len(said) + 1
        said = found
        reopened.close()
    assert len(said) >= 5
