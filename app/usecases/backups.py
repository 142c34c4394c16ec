"""Backups: which are kept, what is known of each, what would be lost by going back to one.

``db/`` keeps the promise ``Backups``; what is decided here knows no file system.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, Protocol

DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""How many days, weeks and months keep their newest backup."""

SCHEMAS: Final = 3
"""How many copies made before a change of the schema are kept."""

EVERY: Final = timedelta(hours=20)
"""After so long the next one is due: once on every day the program is used."""

BackupKind = Literal["daily", "schema", "before-restore", "journal"]
Told = Callable[[int, int], bool]
"""Hears how many of how many pages are copied; False stops it."""


@dataclass(frozen=True)
class BackupFile:
    """A backup in a folder. ``size`` in bytes; ``checked``: opened and found sound when it was made;
    ``tariffs``: the owner's own tariff files that were packed beside it.
    """

    path: Path
    made_at: datetime
    size: int
    kind: BackupKind = "daily"
    checked: bool = False
    schema: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    tariffs: tuple[str, ...] = ()


@dataclass(frozen=True)
class BackupState:
    """Where backups stand. ``folder``: the one the owner picked (None: only the one beside the data);
    ``reachable``: it is there and can be written; ``last``: the newest that was checked, in either;
    ``problem``: the code of what went wrong last ("" = nothing).
    """

    own: Path
    folder: Path | None
    reachable: bool
    last: BackupFile | None
    last_outside: BackupFile | None
    problem: str = ""
    problem_at: datetime | None = None

    def due(self, now: datetime) -> bool:
        """Whether the next one should be made now: at once after a clock that was set back, too."""
        last = self.last_outside if self.folder is not None and self.reachable else self.last
        return last is None or not timedelta(0) <= now - last.made_at < EVERY


@dataclass(frozen=True)
class Lost:
    """What of a kind stands in the data now and not in the backup: how many, and the newest by name."""

    kind: str  # a table: customers, quotations, contracts, papers, visits, bills, payments, entries;
    # "changes": what else was done, with the words for it as names
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class RestorePlan:
    """A backup that was opened and found sound, and what going back to it would lose. ``same_key``: the key
    of the data opens it.
    """

    backup: BackupFile
    problems: tuple[str, ...]
    lost: tuple[Lost, ...]
    counts: Mapping[str, int]
    newest: datetime | None  # the last thing recorded in it
    same_key: bool = True
    tariffs: tuple[str, ...] = ()  # own tariff files the data have not got and would get back


class Backups(Protocol):
    """The backups of an opened database. Everything raises EnvironmentProblem for what a disk refuses."""

    def state(self) -> BackupState: ...
    def choose(self, folder: Path | None) -> BackupState:
        """Back up into another folder from now on, too. EnvironmentProblem where it can't be written."""
        ...

    def make(self, told: Told | None = None) -> BackupFile:
        """Make one in the owner's folder (where it is reachable, else beside the data), open it, check it,
        and let go of those the rotation no longer keeps. EnvironmentProblem ``backup-unsound`` for one that
        does not hold: it is thrown away, and no older one is.
        """
        ...

    def files(self) -> list[BackupFile]:
        """All of them, the newest first."""
        ...

    def renew_key(self) -> None:
        """After the key is kept otherwise: the key file beside the backups elsewhere would still open by what
        opened it before. What can't be reached now follows with the next backup.
        """
        ...

    def plan(self, path: Path) -> RestorePlan:
        """Open a backup and tell what going back to it would lose. Nothing is changed."""
        ...


def kept(made: Iterable[tuple[date, datetime]], today: date) -> set[datetime]:
    """Which daily backups stay, by the moments they were made: the newest of each of the last 7 days that
    have one, of the last 4 weeks (from Monday) and of the last 12 months. Those of days to come (a clock that
    was set back) stay, and so does the newest of all.
    """
    newest: dict[date, datetime] = {}
    for day, moment in made:
        newest[day] = max(moment, newest.get(day, moment))
    past = sorted((day for day in newest if day <= today), reverse=True)
    keep = {newest[day] for day in newest if day > today}
    keep.update(newest[day] for day in past[:DAILY])
    keep.update(
        newest[day] for day in _first_of(past, lambda day: day - timedelta(days=day.weekday()), WEEKLY)
    )
    keep.update(newest[day] for day in _first_of(past, lambda day: day.replace(day=1), MONTHLY))
    return keep


def _first_of(days: Iterable[date], group: Callable[[date], date], most: int) -> list[date]:
    """The newest day of each of the newest groups; ``days`` come the newest first."""
    found: dict[date, date] = {}
    for day in days:
        found.setdefault(group(day), day)
    return list(found.values())[:most]
