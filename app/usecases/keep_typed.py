"""What is typed into a form and not saved yet: kept beside the records, until it is saved or thrown away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from app.usecases.desk import Desk

KEPT_DAYS: Final = 30
"""How long typing waits for somebody to come back to it."""


@dataclass(frozen=True)
class TypedPlace:
    """Where something is typed: the form, what it is about (an id, or "" for something new), and the window
    with a number for each time the form was opened there (``window.3``).
    """

    place: str
    subject: str
    window: str

    @property
    def window_id(self) -> str:
        """The window alone."""
        return self.window.partition(".")[0]


@dataclass(frozen=True)
class TypedLeft:
    """What was typed, as its form gave it, and when it last changed. ``version``: that of the form."""

    where: TypedPlace
    at: datetime
    version: int
    values: Mapping[str, Any]


class TypedRepository(Protocol):
    """Unsaved typing; one row for each form, subject and opening."""

    def put(self, where: TypedPlace, version: int, values: Mapping[str, Any]) -> None:
        """Keep what stands in a form now, in place of what stood there."""
        ...

    def get(self, where: TypedPlace) -> TypedLeft | None: ...
    def of(self, place: str, subject: str) -> list[TypedLeft]:
        """Everything left of a form about a subject, the newest first."""
        ...

    def drop(self, where: TypedPlace) -> None:
        """It was saved, or thrown away."""
        ...

    def drop_subject(self, subject: str) -> int:
        """Everything typed about a subject goes (its personal data are erased); how many there were."""
        ...

    def drop_before(self, moment: datetime) -> int:
        """What nobody came back to goes; how many there were."""
        ...


def keep_typing(desk: Desk, where: TypedPlace, version: int, values: Mapping[str, Any]) -> None:
    """Keep what stands in a form. It is on the disk when this returns."""
    with desk.storage.work() as work:
        work.typed.put(where, version, values)
        work.commit()


def drop_typing(desk: Desk, *places: TypedPlace) -> None:
    """Forget what was saved or thrown away."""
    with desk.storage.work() as work:
        for where in places:
            work.typed.drop(where)
        work.commit()


def drop_old_typing(desk: Desk) -> int:
    """Forget what nobody came back to for ``KEPT_DAYS``; how many there were."""
    with desk.storage.work() as work:
        gone = work.typed.drop_before(desk.now() - timedelta(days=KEPT_DAYS))
        work.commit()
    return gone


def typing_left(
    desk: Desk, place: str, subject: str, alive: Callable[[str], bool], here: Sequence[str] = ()
) -> list[TypedLeft]:
    """What may be offered where a form is opened: what was typed in windows that live no more, and earlier in
    this one. ``alive`` tells of a window's id whether another window has it; ``here``: the openings of this
    window that are still on the screen.
    """
    with desk.storage.look() as work:
        found = work.typed.of(place, subject)
    return [one for one in found if one.where.window not in here and not alive(one.where.window_id)]
