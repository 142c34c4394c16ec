"""Keeps what is typed in this window, and knows which windows live: theirs is not offered to anybody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QLockFile, QObject, Signal

from app.errors import EnvironmentProblem
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.usecases.desk import Desk
    from app.usecases.keep_typed import TypedLeft, TypedPlace
    from ui.session import Session

_FOLDER = "windows"
_END = ".lock"


class WindowSign:
    """A file beside the database that this window holds while it lives: the system lets go of it however the
    process ends. It says which process holds it, and nothing else.
    """

    def __init__(self, window_id: str) -> None:
        self.id = window_id
        self._held: QLockFile | None = None
        self._guard = RLock()

    def hold(self, folder: Path) -> bool:
        """Begin to hold it; True the first time. Signs of windows that live no more are taken away."""
        with self._guard:
            if self._held is not None:
                return False
            from app.places import private_folder

            private_folder(folder)
            for left in folder.glob(f"*{_END}"):
                self.alive(left.stem, folder)
            self._held = _lock(folder / f"{self.id}{_END}")
            self._held.tryLock(0)
            return True

    def alive(self, window_id: str, folder: Path) -> bool:
        """Whether another window has this id and lives."""
        path = folder / f"{window_id}{_END}"
        if window_id == self.id or not path.exists():
            return False
        probe = _lock(path)
        if probe.tryLock(0):  # nobody holds it any more
            probe.unlock()
            return False
        return True

    def let_go(self) -> None:
        """The window closes."""
        with self._guard:
            if self._held is not None:
                self._held.unlock()
                self._held = None


def _lock(path: Path) -> QLockFile:
    held = QLockFile(str(path))
    held.setStaleLockTime(0)  # a window may be open for weeks: only a process that is gone lets go
    return held


class Typist(QObject):
    """One for each sitting, found by ``of``. An opening is one time a form is on the screen: each keeps a row
    of its own, so that typing anew never overwrites what is still being offered.
    """

    flush_wanted = Signal()  # what is typed is to be kept now: the window closes

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        from app.ids import uuid7

        self._session = session
        self.sign = WindowSign(uuid7())
        self._count = 0
        self._open: dict[str, QObject] = {}
        session.look_changed.connect(self.flush_wanted)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._on_quit)

    @classmethod
    def of(cls, session: Session) -> Typist:
        """The one of a sitting."""
        found = next((one for one in session.children() if isinstance(one, cls)), None)
        return found if found is not None else cls(session)

    def _on_quit(self) -> None:
        self.flush_wanted.emit()

    def begin(self, form: QObject) -> str:
        """A form comes up on the screen: its opening."""
        self._count += 1
        opening = f"{self.sign.id}.{self._count}"
        self._open[opening] = form
        return opening

    def end(self, opening: str) -> None:
        """It is on the screen no more."""
        self._open.pop(opening, None)

    def keep(self, where: TypedPlace, version: int, values: Mapping[str, Any]) -> None:
        """Keep what stands in a form."""
        self._session.hub.run(_keep, self.sign, self._vault_folder, where, version, values, owner=self)

    def drop(self, *places: TypedPlace) -> None:
        """It was saved, or thrown away."""
        if places:
            self._session.hub.run(_drop, places, owner=self)

    def look(self, place: str, subject: str, done: Callable[[list[TypedLeft]], None], owner: QObject) -> None:
        """What was left of a form about a subject, the newest first, to ``done``."""
        here = tuple(opening for opening, form in self._open.items() if shiboken6.isValid(form))
        self._session.hub.look(
            _left, self.sign, self._vault_folder, place, subject, here, done=done, owner=owner
        )

    @property
    def _vault_folder(self) -> Path | None:
        vault = self._session.vault
        return vault.folder if vault is not None else None


def _signs(desk: Desk, folder: Path | None) -> Path:
    """Where windows of the same data find each other: beside them."""
    return (folder or Path(desk.storage.status().path).parent) / _FOLDER


def _keep(
    desk: Desk,
    sign: WindowSign,
    folder: Path | None,
    where: TypedPlace,
    version: int,
    values: Mapping[str, Any],
) -> Outcome[None]:
    """On the database worker. Where the machine refuses, nobody is interrupted while typing: whoever saves is
    told.
    """
    from app.usecases.keep_typed import drop_old_typing, keep_typing

    with suppress(EnvironmentProblem):
        if sign.hold(_signs(desk, folder)):
            drop_old_typing(desk)
        keep_typing(desk, where, version, values)
    return Outcome(None, Changed())


def _drop(desk: Desk, places: tuple[TypedPlace, ...]) -> Outcome[None]:
    from app.usecases.keep_typed import drop_typing

    with suppress(EnvironmentProblem):
        drop_typing(desk, *places)
    return Outcome(None, Changed())


def _left(
    desk: Desk, sign: WindowSign, folder: Path | None, place: str, subject: str, here: tuple[str, ...]
) -> list[TypedLeft]:
    from app.usecases.keep_typed import typing_left

    signs = _signs(desk, folder)
    return typing_left(desk, place, subject, lambda window_id: sign.alive(window_id, signs), here)
