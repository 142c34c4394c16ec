"""検証: every issued paper against its SHA-256 and the chain over all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.papers.archived import PaperFault
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who


@dataclass(frozen=True)
class ArchiveCheck:
    """What a verification found. ``papers``: how many were read; ``whole``: False where it was stopped."""

    at: datetime
    papers: int
    faults: tuple[PaperFault, ...]
    whole: bool


def verify_archive(desk: Desk, told: Callable[[int, int], bool] | None = None) -> ArchiveCheck:
    """Read every paper and tell what does not hold. That it was done is recorded, unless it was stopped.

    ``told`` hears how many of how many are read and ends it by False.
    """
    read = [0, 0]

    def hear(done: int, count: int) -> bool:
        read[:] = done, count
        return told is None or told(done, count)

    with desk.storage.look() as work:
        faults = tuple(work.papers.faults(hear))
    found = ArchiveCheck(desk.now(), read[0], faults, read[0] == read[1])
    if found.whole:
        with desk.storage.work() as work:
            detail = {"papers": found.papers, "faults": [one.what for one in faults[:20]]}
            work.audit.record(who(work.settings.load()), "archive-verified", "", detail)
            work.commit()
    return found
