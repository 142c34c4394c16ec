"""Work off the GUI thread: where results arrive, what is dropped, and where errors go."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.errors import EnvironmentProblem, Problem, UserError
from ui.tasks import Tasks

REFUSED = UserError(Problem("bad-input", "だめです。"))


class Listener(QObject):
    """Keeps what it hears, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[int] = set()

    def hear(self, what: object = None) -> None:
        self.heard.append(what)
        self.threads.add(threading.get_ident())

    def end(self) -> None:
        self.heard.append("ended")


def refuse() -> None:
    raise REFUSED


def fill_the_disk() -> None:
    raise EnvironmentProblem("disk-full", "いっぱいです。")


def stumble() -> None:
    raise KeyError("bug")


def test_work_runs_elsewhere_and_its_result_comes_back_here(tasks: Tasks, settle: Callable[[], None]) -> None:
    listener = Listener()
    tasks.database.submit(threading.get_ident, done=listener.hear, ended=listener.end, owner=listener)
    settle()
    assert listener.threads == {threading.get_ident()}
    assert listener.heard[0] == "ended"
    assert listener.heard[1] != threading.get_ident()


def test_database_work_keeps_its_order(tasks: Tasks, settle: Callable[[], None]) -> None:
    listener = Listener()
    for number in range(50):
        tasks.database.submit(int, number, done=listener.hear, owner=listener)
    settle()
    assert listener.heard == list(range(50))


def test_the_newest_page_replaces_one_that_waits(tasks: Tasks, settle: Callable[[], None]) -> None:
    listener, gate = Listener(), threading.Event()
    tasks.paper.submit("first", gate.wait, done=listener.hear, owner=listener)
    for number in range(5):
        tasks.paper.submit("page", int, number, done=listener.hear, owner=listener)
    tasks.paper.submit("other", int, 99, done=listener.hear, owner=listener)
    gate.set()
    settle()
    assert listener.heard == [True, 4, 99]
    assert not tasks.paper.busy


def test_cancelled_work_is_never_delivered(tasks: Tasks, settle: Callable[[], None]) -> None:
    listener, gate = Listener(), threading.Event()
    running = tasks.database.submit(gate.wait, done=listener.hear, ended=listener.end, owner=listener)
    waiting = tasks.database.submit(listener.hear, "ran", done=listener.hear, owner=listener)
    running.cancel()
    waiting.cancel()
    gate.set()
    settle()
    assert listener.heard == []


def test_nothing_is_delivered_to_who_is_gone(tasks: Tasks, settle: Callable[[], None]) -> None:
    import shiboken6

    heard: list[object] = []
    listener, gate = Listener(), threading.Event()
    tasks.database.submit(gate.wait, done=heard.append, owner=listener)
    shiboken6.delete(listener)
    gate.set()
    settle()
    assert heard == []


def test_a_refusal_goes_to_the_caller(tasks: Tasks, settle: Callable[[], None]) -> None:
    listener = Listener()
    tasks.database.submit(
        refuse, done=listener.hear, failed=listener.hear, ended=listener.end, owner=listener
    )
    settle()
    assert listener.heard == ["ended", REFUSED]


def test_a_refusal_nobody_asked_for_is_told_to_all(tasks: Tasks, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tasks.user_error) as told:
        tasks.database.submit(refuse)
    assert told.args == [REFUSED]


def test_trouble_with_the_machine_is_told_to_all(tasks: Tasks, qtbot: QtBot) -> None:
    listener = Listener()
    with qtbot.waitSignal(tasks.environment_problem) as told:
        tasks.database.submit(fill_the_disk, failed=listener.hear, ended=listener.end, owner=listener)
    assert told.args is not None
    assert told.args[0].code == "disk-full"
    assert listener.heard == ["ended"]


def test_a_bug_goes_to_the_hook_on_the_gui_thread(
    tasks: Tasks, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[tuple[type, int]] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda kind, _error, _trace: caught.append((kind, threading.get_ident()))
    )
    tasks.database.submit(stumble)
    tasks.database.submit(int)
    settle()
    assert caught == [(KeyError, threading.get_ident())]


def test_a_bug_told_on_any_thread_arrives_here(tasks: Tasks, qtbot: QtBot) -> None:
    error = ValueError("bug")
    with qtbot.waitSignal(tasks.bug) as told:
        threading.Thread(target=tasks.on_bug, args=(error, Path("report.txt"))).start()
    assert told.args == [error, Path("report.txt")]


def test_stopping_finishes_what_waits_and_takes_nothing_more(dressed: object) -> None:
    tasks, done = Tasks(), []
    for number in range(20):
        tasks.database.submit(done.append, number)
    tasks.stop()
    assert done == list(range(20))
    assert tasks.database.submit(done.append, 20).cancelled


def test_the_first_picture_goes_before_all_work(tasks: Tasks, settle: Callable[[], None]) -> None:
    listener = Listener()
    tasks.wait_for_picture()
    tasks.database.submit(int, 1, done=listener.hear, owner=listener)
    tasks.after_picture(listener.end)
    assert tasks.database.busy
    assert listener.heard == []
    tasks.picture_is_there()
    settle()
    assert listener.heard == ["ended", 1]
