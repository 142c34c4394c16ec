"""検証: every issued paper against its SHA-256 and the chain over all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app.papers.archived import ChainPlace, PaperFault
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who


@dataclass(frozen=True)
class ArchiveCheck:
    """How far a verification came and what it found; ``ended_at`` when everything was read."""

    place: ChainPlace = ChainPlace()  # noqa: RUF009 - frozen
    faults: tuple[PaperFault, ...] = ()
    ended_at: datetime | None = None


def verify_archive(desk: Desk, told: Callable[[int, int], bool] | None = None) -> ArchiveCheck:
    """Read every paper and tell what does not hold. That it was done is recorded, unless it was stopped.

    ``told`` hears how many of how many are read and ends it by False.
    """
    check = ArchiveCheck()
    while check.ended_at is None:
        check = verify_some(desk, check)
        if told is not None and not told(check.place.seq, check.place.last):
            break
    return check


def verify_some(desk: Desk, check: ArchiveCheck) -> ArchiveCheck:
    """Go on with a verification for a hundred papers, in a transaction of its own."""
    with desk.storage.look() as work:
        place, faults = work.papers.check_some(check.place)
    check = replace(check, place=place, faults=(*check.faults, *faults))
    if not place.is_end:
        return check
    with desk.storage.work() as work:
        detail = {"papers": place.last, "faults": [one.what for one in check.faults[:20]]}
        work.audit.record(who(work.settings.load()), "archive-verified", "", detail)
        work.commit()
    return replace(check, ended_at=desk.now())
