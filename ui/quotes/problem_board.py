"""Which field a problem belongs to, and when it is time to say so.

A field that nobody has left yet is not told off for being empty: its problems appear when it is left, or
all at once when somebody
wants to issue. What is wrong is told below the field; what belongs to no field on the screen is told at
the top of the form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import Problem


class Told(Protocol):
    """A widget that can say what is wrong with what it holds. ``control`` is what takes the focus."""

    control: QWidget

    def set_error(self, text: str) -> None: ...


class ProblemBoard(QObject):
    """Fields by the path of what they hold. ``homeless_changed`` carries the sentences that belong to no
    field.
    """

    homeless_changed = Signal(object)
    open_count_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Told] = {}
        self._left: set[str] = set()
        self._all = False
        self._problems: tuple[Problem, ...] = ()
        self._unreadable: dict[str, Problem] = {}
        self._refused: tuple[Problem, ...] = ()
        self._shown: dict[str, str] = {}
        self._told: tuple[str, ...] = ()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def add(self, path: str, field: Told) -> None:
        """Problems of ``path`` (and of what lies below it) are told by ``field``."""
        self._fields[path] = field
        if path in self._shown:
            field.set_error(self._shown[path])

    def forget_under(self, prefix: str) -> None:
        """The fields of a part of the form that is gone."""
        for path in [known for known in self._fields if known == prefix or known.startswith(f"{prefix}.")]:
            del self._fields[path]
            self._left.discard(path)
            self._shown.pop(path, None)
        for path in [
            known for known in self._unreadable if known == prefix or known.startswith(f"{prefix}.")
        ]:
            del self._unreadable[path]

    def set_unreadable(self, path: str, problem: Problem | None) -> None:
        """What stands in a field can't be read as what it should be, so that the content does not have it;
        None: it can.
        """
        if self._unreadable.get(path) == problem:
            return
        if problem is None:
            del self._unreadable[path]
        else:
            self._unreadable[path] = problem
        self._refresh()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that keeps the quotation from being issued; what can't be read goes before what is
        missing for it.
        """
        fields = set(self._unreadable)
        own = tuple(problem for problem in self._problems if problem.field not in fields)
        return (*self._unreadable.values(), *own)

    def set_refused(self, problems: Iterable[Problem]) -> None:
        """What issuing was refused for beyond what stands in the fields; gone with the next change."""
        self._refused = tuple(problem for problem in problems if problem not in self._problems)
        self._refresh()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """The problems as they are now; fields without one become silent."""
        self._problems = tuple(problems)
        self._refused = ()
        self._refresh()

    def show_all(self) -> None:
        """From now on nothing waits for its field to be left (somebody tried to issue)."""
        self._all = True
        self._refresh()

    def touch(self, path: str) -> None:
        """Treat a field as left."""
        self._left.add(path)
        self._refresh()

    def focus_first(self) -> str:
        """Put the focus on the uppermost field with a problem; returns its path ("" when there is none)."""
        wrong = {path for problem in self.problems if (path := self.path_of(problem.field))}
        first = min(wrong, key=self._height_of, default="")
        if first:
            self._fields[first].control.setFocus()
        return first

    def _height_of(self, path: str) -> int:
        control = self._fields[path].control
        return control.mapTo(control.window(), QPoint(0, 0)).y()

    def focus(self, path: str) -> bool:
        """Put the focus on the field that holds ``path``."""
        known = self.path_of(path)
        if known:
            self._fields[known].control.setFocus()
        return bool(known)

    def path_of(self, path: str) -> str:
        """The path of the field that tells problems of ``path``: its own, or the nearest above it."""
        while path:
            if path in self._fields:
                return path
            path = path.rpartition(".")[0]
        return ""

    def _refresh(self) -> None:
        told: dict[str, list[str]] = {}
        homeless: list[str] = []
        for problem in (*self.problems, *self._refused):
            path = self.path_of(problem.field)
            if not path:
                homeless.append(problem.sentence())
            elif self._all or path in self._left:
                told.setdefault(path, []).append(problem.sentence())
        shown = {path: "\n".join(dict.fromkeys(sentences)) for path, sentences in told.items()}
        for path in self._shown.keys() - shown.keys():
            if path in self._fields:
                self._fields[path].set_error("")
        for path, text in shown.items():
            if self._shown.get(path) != text:
                self._fields[path].set_error(text)
        self._shown = shown
        now_told = tuple(dict.fromkeys(homeless)) if self._all else ()
        if now_told != self._told:
            self._told = now_told
            self.homeless_changed.emit(now_told)
        self.open_count_changed.emit(len(self.problems))

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is None or not shiboken6.isValid(old):
            return
        for path, field in self._fields.items():
            if path not in self._left and _inside(old, field) and not _inside(now, field):
                self._left.add(path)
                self._refresh()
                return


def _inside(widget: QWidget | None, field: Told) -> bool:
    place = field if isinstance(field, QWidget) else field.control
    if widget is None or not shiboken6.isValid(place):
        return False
    return widget is place or place.isAncestorOf(widget)
