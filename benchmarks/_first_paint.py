"""A process that ends when its first picture stands, for benchmarks.window: ``empty``, or ``app`` and a
data folder.

Prints the clock of the first picture and of the first rows, which is the same in all processes, what the
process had computed by the first picture, and its memory, as JSON.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from time import perf_counter, process_time

import ui  # noqa: F401 - before all of Qt, as in the program: it keeps PySide from reading sources

# isort: split
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

# Nothing else is imported: what stands here is paid by the empty window too.

_told: dict[str, float] = {}


class FirstPicture(QObject):
    """Notes when the first picture of the main window is on the screen."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, _on_picture)  # after the rest of this picture
        return False


def _on_picture() -> None:
    _told["picture"], _told["computing"] = perf_counter(), process_time()
    if sys.argv[1] == "empty":
        QTimer.singleShot(500, _end)  # what Qt still does of itself counts as memory of an empty window
    else:
        _wait_for_rows()


def _wait_for_rows() -> None:
    """The window opens at Home, which fills with one reading."""
    from ui.home.page import HomePage

    pages = [page for window in QApplication.topLevelWidgets() for page in window.findChildren(HomePage)]
    if any(page.view is not None for page in pages):
        _told["rows"] = perf_counter()
        _end()
    else:
        QTimer.singleShot(1, _wait_for_rows)


def _end() -> None:
    from benchmarks._watching import memory

    _told["memory"] = memory()
    sys.stdout.write(json.dumps(_told))
    sys.stdout.flush()
    os._exit(0)  # how it would close is not measured here


def _watched(exec_: object) -> int:
    watcher = FirstPicture()
    for window in QApplication.topLevelWidgets():
        # Not on the application: PySide would look up the type of every object that gets an event, and load
        # hundreds of enums for it.
        if isinstance(window, QMainWindow):
            window.installEventFilter(watcher)
    status: int = exec_()  # type: ignore[operator]
    return status


def _empty() -> None:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    _watched(app.exec)


def _app(data: str) -> None:
    exec_ = QApplication.exec
    QApplication.exec = lambda *_self: _watched(exec_)  # type: ignore[method-assign, assignment]
    sys.argv = ["main.py", "--data", data]
    runpy.run_path("main.py", run_name="__main__")


if __name__ == "__main__":
    _app(sys.argv[2]) if sys.argv[1] == "app" else _empty()
