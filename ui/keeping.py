"""Backups while the window stands: made by themselves once a day or when somebody asks; where they stand.

Everything is done on the worker for long work: a folder on a share that does not answer holds nobody up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from app.errors import EnvironmentProblem, UserError
from app.words import _

if TYPE_CHECKING:
    from app.usecases.backups import BackupFile, Backups, BackupState
    from app.usecases.desk import Desk
    from ui.session import Session
    from ui.tasks import Task

LOOK_AFTER_MS = 1_500  # after the data were opened: the status line says how backups stand
MAKE_AFTER_MS = 20_000  # the pages somebody opens first come first
LOOK_EVERY_MS = 900_000
WAIT_MS = 5_000  # while the database is busy
AGAIN_AFTER = timedelta(hours=3)
"""After one that could not be made the next is tried by itself."""
STOPPED = "backup-stopped"
_LOCK = "backup.lock"
_TOLD = "backup"

Told = Callable[[int, int], bool]


@dataclass(frozen=True)
class Kept:
    """Where backups stand, and all of them, the newest first."""

    state: BackupState
    files: tuple[BackupFile, ...]


@dataclass(frozen=True)
class Made:
    """What came of an attempt: nothing was made where none was due; ``problem``: why it could not be."""

    kept: Kept
    made: BackupFile | None = None
    problem: EnvironmentProblem | None = None


def look_at(backups: Backups) -> Kept:
    """On the worker: the folders anew."""
    return Kept(backups.state(), tuple(backups.files()))


def make_now(backups: Backups, lock: Path, told: Told) -> Made:
    """On the worker: one that somebody asked for."""
    with _alone(lock) as alone:
        if not alone:
            return Made(look_at(backups), None, _busy_elsewhere())
        return _made(backups, told)


def make_if_due(backups: Backups, lock: Path, told: Told, now: datetime) -> Made:
    """On the worker: one where it is time, nobody else makes it, and the last attempt did not just fail."""
    with _alone(lock) as alone:
        state = backups.state()
        failed = bool(state.problem) and state.problem != STOPPED and state.problem_at is not None
        early = failed and timedelta(0) <= now - (state.problem_at or now) < AGAIN_AFTER
        if not alone or early or not state.due(now):
            return Made(look_at(backups))
        return _made(backups, told)


def _made(backups: Backups, told: Told) -> Made:
    try:
        made = backups.make(told)
    except EnvironmentProblem as problem:
        return Made(look_at(backups), None, problem)
    except OSError as error:  # a stick that was pulled out in the middle
        from app.places import unwritable

        return Made(look_at(backups), None, unwritable(Path(str(error.filename or "")), error))
    return Made(look_at(backups), made)


def choose(backups: Backups, desk: Desk, folder: Path | None) -> Kept:
    """On the worker: back up into another folder from now on. Raises as the use case."""
    from app.usecases.choose_backup_folder import choose_backup_folder

    choose_backup_folder(desk, folder)
    return look_at(backups)


@contextmanager
def _alone(lock: Path) -> Iterator[bool]:
    """Whether no other window makes one now. Who holds the lock and is gone holds it no longer."""
    file = QLockFile(str(lock))
    file.setStaleLockTime(0)
    taken = file.tryLock(0)
    try:
        yield taken or file.error() != QLockFile.LockError.LockFailedError
    finally:
        if taken:
            file.unlock()


def _busy_elsewhere() -> EnvironmentProblem:
    return EnvironmentProblem(
        "backup-elsewhere",
        _("別の画面が、いま控えを取っています。"),
        kept=_("いまのデータと、前の控えはそのまま残っています。"),
        remedy=_("終わるまでお待ちください。"),
    )


class Keeper(QObject):
    """Follows the session, which tells ``backup_changed`` whenever something here changed.

    ``ended`` carries the Made of each attempt that somebody asked for. What nobody asked for is quiet, short
    of a notice once a day where there is no backup of the day.
    """

    ended = Signal(object)
    _told = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._stop = False
        self._task: Task | None = None
        self.kept: Kept | None = None
        self.making = False
        self.asked = False
        self.progress = (0, 0)  # pages
        self._told.connect(self._on_told)
        self._first = self._timer(LOOK_AFTER_MS, self.look)
        self._soon = self._timer(MAKE_AFTER_MS, self.make_if_due)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_EVERY_MS)
        self._clock.timeout.connect(self.make_if_due)

    def _timer(self, after: int, what: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(what)
        return timer

    def begin(self) -> None:
        """From now on by itself, once the data are open."""
        if self._session.standing is not None and not self._clock.isActive():
            self._clock.start()
            self._first.start()
            self._soon.start()

    def pause(self) -> None:
        """Nothing by itself until `begin`."""
        for timer in (self._clock, self._first, self._soon):
            timer.stop()

    @property
    def _backups(self) -> Backups | None:
        """None where the data were closed meanwhile, and ask for their passphrase before they open again."""
        try:
            return self._session.desk.storage.backups
        except (UserError, EnvironmentProblem):
            return None

    def _lock(self) -> Path:
        standing = self._session.standing
        assert standing is not None
        vault = self._session.vault
        return (vault.folder if vault is not None else Path(standing.status.path).parent) / _LOCK

    def look(self) -> None:
        """See how backups stand."""
        if self._session.standing is None or self.making:
            return
        backups = self._backups
        if backups is not None:
            self._session.tasks.long.submit(look_at, backups, done=self._on_looked, owner=self)

    def make_if_due(self) -> None:
        """Make one where it is time for it, when nothing else goes on."""
        if self._session.standing is None or self.making:
            return
        if self._session.tasks.database.busy:
            self._soon.setInterval(WAIT_MS)
            self._soon.start()
            return
        self._start(make_if_due, asked=False, at=self._session.desk.now())

    def make(self) -> None:
        """Make one now. `ended` follows, also where one is being made already."""
        if self.making:
            self.asked = True
        elif self._session.standing is not None:
            self._start(make_now, asked=True)

    def _start(self, work: Callable[..., Made], *, asked: bool, at: datetime | None = None) -> None:
        backups = self._backups
        if backups is None:
            return
        self.making, self.asked, self._stop, self.progress = asked, asked, False, (0, 0)
        more = () if at is None else (at,)
        self._task = self._session.tasks.long.submit(
            work, backups, self._lock(), self._hear, *more,
            done=self._on_made, ended=self._on_ended, owner=self,
        )  # fmt: skip
        self._session.backup_changed.emit()

    def stop(self) -> None:
        """Stop the one that is being made; there is none of it then."""
        self._stop = True

    def _hear(self, done: int, whole: int) -> bool:
        """On the worker."""
        self._told.emit((done, whole))
        return not (self._stop or self._session.tasks.long.stopping)

    def _on_told(self, progress: tuple[int, int]) -> None:
        self.progress = progress
        self._session.backup_changed.emit()

    def choose(self, folder: Path | None, failed: Callable[[UserError], None]) -> None:
        """Back up into another folder, too (None: beside the data only), and at once: nobody knows before
        whether it works.
        """
        backups = self._backups
        if backups is not None:
            self._session.tasks.long.submit(
                choose, backups, self._session.desk, folder,
                done=self._on_chosen, failed=failed, owner=self,
            )  # fmt: skip

    def _on_chosen(self, kept: Kept) -> None:
        self._on_looked(kept)
        if kept.state.folder is not None:
            self.make()

    def _on_looked(self, kept: Kept) -> None:
        self.kept = kept
        self._session.backup_changed.emit()

    def _on_ended(self) -> None:
        self.making, self._task = False, None

    def _on_made(self, made: Made) -> None:
        self.kept = made.kept
        asked, self.asked = self.asked, False
        self._session.backup_changed.emit()
        if asked:
            self.ended.emit(made)
        else:
            self._warn()

    def _warn(self) -> None:
        """Once a day, where the backup of the day can't be made or not where it should be."""
        from ui.backup_words import notice_of

        session = self._session
        told, today = session.preferences.told, session.today.isoformat()
        notice = notice_of(self.kept.state, session.desk.now()) if self.kept is not None else None
        if notice is not None and told.get(_TOLD) != today:
            told[_TOLD] = today
            session.notice.emit(notice)
