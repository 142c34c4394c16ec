"""Work off the GUI thread.

`Tasks` owns two workers: `database` (one thread, first come first served, so that one connection is enough)
and `paper`
(one thread, the newest request of a kind replaces one that still waits). Results come back on the GUI thread:

    self._loading = tasks.database.submit(fetch, desk, wanted, done=self._on_loaded, failed=self._on_refused,
    owner=self)
    tasks.paper.submit("preview", render, paper, done=self._on_rendered, owner=self)

`done` gets what the function returned. Errors go to one of three handlers: a UserError to `failed` of the
caller (without
one it is told in the strip), an EnvironmentProblem to the signal `environment_problem`, everything else to
the hook that
`app.logs.catch_bugs` set. `ended` is
called first in every case, whatever came of it. Nothing is delivered after `Task.cancel()` or when `owner`
is gone.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import EnvironmentProblem, UserError
from app.places import give_back_memory

_COLLECT_EVERY_MS = 2_000
_COLLECT_BEYOND = (700, 10, 10)  # as Python does of itself
_SWITCH_SECONDS = 0.000_05
_LONGEST_WAIT_MS = 3_000
_LONG_SECONDS = 1.0  # closing waits no longer for what can be done again


class Task:
    """One piece of work. `key` names its kind where the newest replaces the waiting one."""

    __slots__ = (
        "_arguments",
        "_cancelled",
        "_work",
        "done",
        "ended",
        "error",
        "failed",
        "finished",
        "key",
        "owner",
        "result",
    )

    def __init__(
        self,
        work: Callable[..., Any],
        arguments: tuple[Any, ...],
        done: Callable[[Any], None] | None,
        failed: Callable[[UserError], None] | None,
        ended: Callable[[], None] | None,
        owner: QObject | None,
        key: str,
    ) -> None:
        self._work = work
        self._arguments = arguments
        self._cancelled = threading.Event()
        self.done = done
        self.failed = failed
        self.ended = ended
        self.owner = owner
        self.key = key
        self.result: Any = None
        self.error: BaseException | None = None
        self.finished = False

    def cancel(self) -> None:
        """Nobody waits for it any more: it is skipped if still waiting, and never delivered."""
        self._cancelled.set()
        self.finished = True

    @property
    def cancelled(self) -> bool:
        """Long work may look here between steps and stop."""
        return self._cancelled.is_set()

    def run(self) -> None:
        """On the worker's thread: do the work and keep what came of it."""
        try:
            self.result = self._work(*self._arguments)
        except Exception as error:  # sorted into the three kinds on the GUI thread
            self.error = error

    def wanted(self) -> bool:
        """Whether somebody still waits for the result."""
        return not self.cancelled and (self.owner is None or shiboken6.isValid(self.owner))

    def forget(self) -> None:
        """Let go of everything the task held, so that pages can die."""
        self._work, self._arguments = _nothing, ()
        self.done = self.failed = self.ended = self.owner = None


def _nothing() -> None:
    return None


class Worker(QObject):
    """A thread that works off tasks one after the other."""

    _finished = Signal(object)
    idle = Signal()

    def __init__(self, name: str, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._waiting: deque[Task] = deque()
        self._condition = threading.Condition()
        self._stopping = False
        self._held = False
        self._open = 0
        self._name = name
        self._thread: threading.Thread | None = None
        self._finished.connect(self._on_finished)

    def submit(
        self,
        work: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        ended: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Queue `work(*arguments)`; the callbacks come on the GUI thread."""
        return self._add(Task(work, arguments, done, failed, ended, owner, ""))

    def _add(self, task: Task) -> Task:
        if self._stopping:  # the program ends: a page that still stirs is not answered
            task.cancel()
            return task
        self._open += 1
        with self._condition:
            self._make_room(task)
            self._waiting.append(task)
            if not self._held:  # who waits for the first picture does not wait for a thread to start
                self._begin()
            self._condition.notify()
        return task

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def _make_room(self, task: Task) -> None:
        """What waits may be dropped in favour of `task`; the plain worker drops nothing."""

    def _run(self) -> None:
        while True:
            with self._condition:
                while (self._held or not self._waiting) and not self._stopping:
                    self._condition.wait()
                if not self._waiting:
                    return
                task = self._waiting.popleft()
            if not task.cancelled:
                task.run()
            self._finished.emit(task)

    def _on_finished(self, task: Task) -> None:
        self._open -= 1
        self._tasks.note_work()
        try:
            if task.wanted() and not self._stopping:  # after the end nobody is left to hear
                task.finished = True
                if task.ended is not None:
                    task.ended()
                self._tasks.deliver(task)
        finally:
            task.forget()
            if not self._open:
                self.idle.emit()

    def hold(self) -> None:
        """Queue only, from now on."""
        with self._condition:
            self._held = True

    def release(self) -> None:
        """Work off what was queued."""
        with self._condition:
            self._held = False
            if self._waiting:
                self._begin()
            self._condition.notify()

    @property
    def stopping(self) -> bool:
        """Whether the program ends: long work looks here between steps and stops."""
        return self._stopping

    @property
    def busy(self) -> bool:
        """Whether work waits, runs, or its result has not been delivered yet."""
        return self._open > 0

    def stop(self, seconds: float = 10.0) -> None:
        """Finish what waits, then end the thread. Results are kept by the work itself; nobody hears of them
        any more.
        """
        with self._condition:
            self._stopping = True
            if self._waiting:
                self._begin()
            self._condition.notify()
        if self._thread is not None:
            self._thread.join(seconds)
            self._thread = None


class LatestWorker(Worker):
    """A worker that keeps only the newest waiting task of each key: nobody wants last second's page."""

    def submit(  # type: ignore[override]
        self,
        key: str,
        work: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        ended: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Queue `work(*arguments)`, in place of a task of the same `key` that has not begun."""
        return self._add(Task(work, arguments, done, failed, ended, owner, key))

    def _make_room(self, task: Task) -> None:
        for waiting in [one for one in self._waiting if one.key == task.key]:
            self._waiting.remove(waiting)
            waiting.cancel()
            waiting.forget()
            self._open -= 1


class Tasks(QObject):
    """The workers, and where their errors go. One per application, made and stopped on the GUI thread."""

    environment_problem = Signal(object)  # EnvironmentProblem
    user_error = Signal(object)  # UserError nobody asked for
    bug = Signal(object, object)  # exception, Path of the report or None

    picture_stands = Signal()

    _bug_elsewhere = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.database = Worker("database", self)
        self.paper = LatestWorker("paper", self)
        self._long: Worker | None = None
        self._bug_elsewhere.connect(self.bug)
        self._before_picture = False
        # Whoever computes on a worker keeps the interpreter for this long each time the window, which lets go
        # of it in many calls of Qt, wants it back: a page of a hundred such calls stood for half a second.
        self._usual_switch = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_SECONDS)
        # Garbage is collected on this thread alone: on a worker's it might destroy a living QObject.
        gc.disable()
        self._frozen = self._worked = False
        self._collector = QTimer(self)
        self._collector.setInterval(_COLLECT_EVERY_MS)
        self._collector.timeout.connect(self._collect)
        self._collector.start()

    @property
    def long(self) -> Worker:
        """A worker for what takes long and holds nobody up: backups, a look through everything."""
        if self._long is None:
            self._long = Worker("long", self)
        return self._long

    @property
    def busy(self) -> bool:
        """Whether anything waits, runs, or is not delivered."""
        return self.database.busy or self.paper.busy or (self._long is not None and self._long.busy)

    def note_work(self) -> None:
        """Something was done: there is memory to give back at the next rest."""
        self._worked = True

    def wait_for_picture(self) -> None:
        """From now on the first picture of a window goes before all work: nothing is begun until
        `picture_is_there`.
        """
        self._before_picture = True
        self.database.hold()
        QTimer.singleShot(_LONGEST_WAIT_MS, self, self.picture_is_there)  # a window may never be shown

    def picture_is_there(self) -> None:
        """A window has been painted."""
        if self._before_picture:
            self._before_picture = False
            self.database.release()
            self.picture_stands.emit()

    def after_picture(self, what: Callable[[], None]) -> None:
        """Call a bound method of a QObject when the first picture stands, or as soon as events are done."""
        if self._before_picture:
            self.picture_stands.connect(what)
        else:
            owner = getattr(what, "__self__", None)
            QTimer.singleShot(0, owner if isinstance(owner, QObject) else self, what)

    def deliver(self, task: Task) -> None:
        """Hand a finished task's result or error to whom it concerns."""
        error = task.error
        if error is None:
            if task.done is not None:
                task.done(task.result)
        elif isinstance(error, UserError):
            if task.failed is not None:
                task.failed(error)
            else:
                self.user_error.emit(error)
        elif isinstance(error, EnvironmentProblem):
            self.environment_problem.emit(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def on_bug(self, error: BaseException, report: object) -> None:
        """For `app.logs.catch_bugs`: may be called on any thread; `bug` is emitted on the GUI thread."""
        self._bug_elsewhere.emit(error, report)

    def _collect(self) -> None:
        if not self._frozen and not self.database.busy:
            # What the start has imported stays: looking through it each time would hold the window for 50 ms.
            self._frozen = True
            gc.freeze()
            return
        if self._worked and not self.busy:
            self._worked = False
            give_back_memory()
        young, middle, old = gc.get_count()
        limits = _COLLECT_BEYOND
        if old > limits[2]:
            gc.collect(2)
        elif middle > limits[1]:
            gc.collect(1)
        elif young > limits[0]:
            gc.collect(0)

    def stop(self) -> None:
        """Finish the work that waits and end the threads."""
        self._collector.stop()
        if self._long is not None:
            self._long.stop(_LONG_SECONDS)
        self.paper.stop()
        self.database.stop()
        if self._frozen:
            gc.unfreeze()
        gc.enable()
        sys.setswitchinterval(self._usual_switch)
