"""Where writes are started and where everybody hears what they changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.usecases.desk import Desk
from ui.tasks import Task, Tasks

Result = TypeVar("Result")


@dataclass(frozen=True)
class Changed:
    """What a write changed: ids of the records. A view refreshes only what it shows of these.

    ``visits``: technicians and closed days come as ``settings``. ``bills``: a month's run, claims or
    payments; ``notes``: call notes, with or without a next step; ``papers``: something was issued, sent,
    voided, or approved.
    ``tariffs``: the desk has another catalogue; ``settings`` is then set too, for prices may have changed.
    """

    quotations: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()
    visits: frozenset[str] = frozenset()
    bills: bool = False
    notes: bool = False
    papers: bool = False
    settings: bool = False
    tariffs: bool = False

    def __bool__(self) -> bool:
        return self != Changed()


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """What an operation returns: its result for the caller, and what changed for everybody."""

    result: Result
    changed: Changed


class Hub(QObject):
    """Runs operations on the database worker. `changed` carries a `Changed` after each successful write.

    hub.run(save_customer, customer_id, version, fields, done=self._on_saved, failed=self._on_refused,
    owner=self)
    calls `save_customer(desk, customer_id, version, fields)` on the worker; `done` gets its result.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.tasks = tasks

    def run(
        self,
        operation: Callable[..., Outcome[Any]],
        *arguments: Any,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        ended: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Start a write. It is carried out even if `owner` is gone by then: only what is told to it is left
        out.
        """
        told = _Told(self, done, failed, ended, owner)
        return self.tasks.database.submit(
            partial(operation, self.desk),
            *arguments,
            done=told.deliver,
            failed=told.refuse,
            ended=told.end,
            owner=self,
        )

    def look(
        self,
        reading: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], None],
        failed: Callable[[UserError], None] | None = None,
        ended: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Start a reading: `reading(desk, *arguments)` on the worker, its result to `done`."""
        return self.tasks.database.submit(
            partial(reading, self.desk), *arguments, done=done, failed=failed, ended=ended, owner=owner
        )


class _Told:
    """Tells everybody what changed, then the caller its result."""

    def __init__(
        self,
        hub: Hub,
        done: Callable[[Any], None] | None,
        failed: Callable[[UserError], None] | None,
        ended: Callable[[], None] | None,
        owner: QObject | None,
    ) -> None:
        self._hub = hub
        self._done = done
        self._failed = failed
        self._ended = ended
        self._owner = owner

    def _heard(self) -> bool:
        return self._owner is None or shiboken6.isValid(self._owner)

    def end(self) -> None:
        if self._ended is not None and self._heard():
            self._ended()

    def deliver(self, outcome: Outcome[Any]) -> None:
        if self._done is not None and self._heard():
            self._done(outcome.result)
        if outcome.changed:
            self._hub.changed.emit(outcome.changed)

    def refuse(self, error: UserError) -> None:
        if self._failed is not None and self._heard():
            self._failed(error)
        else:
            self._hub.tasks.user_error.emit(error)
