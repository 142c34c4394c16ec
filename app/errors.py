"""The kinds of error (docs/decisions): what the user can mend, what the surroundings did, and our own bugs.

A ``UserError`` carries every problem found, not only the first. Everything that is neither a ``UserError``
nor an ``EnvironmentProblem`` is a bug: it is logged with a report and nothing is left half written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, in words for the person who can mend it.

    ``code`` is stable and meant for programs (``bad-input``, ``out-of-range``, …); ``what``, ``why`` and
    ``remedy`` are sentences in the user's language; ``clause`` is the article it rests on ("" when none);
    ``field`` is the path of the input it is about, such as ``services.0.items.id`` ("" when none).
    """

    code: str
    what: str
    why: str = ""
    remedy: str = ""
    clause: str = ""
    field: str = ""

    def sentence(self) -> str:
        """What, why and what to do, as one line of text."""
        return " ".join(part for part in (self.what, self.why, self.remedy) if part)


class UserError(Exception):
    """Input that somebody can mend. Holds one or more problems, the gravest first."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a UserError needs at least one problem")
        self.problems: tuple[Problem, ...] = problems
        super().__init__("\n".join(problem.sentence() for problem in problems))

    @property
    def code(self) -> str:
        """The code of the gravest problem."""
        return self.problems[0].code

    @property
    def clause(self) -> str:
        """The clause of the gravest problem, or the first clause named by any."""
        return next((problem.clause for problem in self.problems if problem.clause), "")


class EnvironmentProblem(Exception):  # noqa: N818 - a problem of the surroundings, not of the program
    """The machine would not: disk full, file locked, folder unwritable, resource missing.

    ``kept`` says what was saved all the same, ``remedy`` what to do.
    """

    def __init__(self, code: str, what: str, *, kept: str = "", remedy: str = "") -> None:
        self.code = code
        self.what = what
        self.kept = kept
        self.remedy = remedy
        super().__init__(" ".join(part for part in (what, kept, remedy) if part))


class ConflictError(UserError):
    """Somebody else (another window) changed the same record first. Nothing was overwritten."""


class Problems:
    """Collects problems so that all of them can be told at once.

    >>> problems = Problems()
    >>> problems.add("bad-input", "…")
    >>> problems.raise_if_any()
    """

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(
        self, code: str, what: str, *, why: str = "", remedy: str = "", clause: str = "", field: str = ""
    ) -> None:
        """Note one problem."""
        self._found.append(Problem(code, what, why, remedy, clause, field))

    def extend(self, problems: Iterable[Problem], *, under: str = "") -> None:
        """Note problems found elsewhere; ``under`` is put before their field paths."""
        for problem in problems:
            path = ".".join(part for part in (under, problem.field) if part)
            self._found.append(replace(problem, field=path))

    @contextmanager
    def collecting(self, *, under: str = "") -> Iterator[None]:
        """Run a block; a UserError in it is noted instead of leaving."""
        try:
            yield
        except UserError as error:
            self.extend(error.problems, under=under)

    def raise_if_any(self, order: tuple[str, ...] = ()) -> None:
        """Raise all of them as one UserError; codes named in ``order`` come first, in that order."""
        if self._found:
            rank = {code: place for place, code in enumerate(order)}
            raise UserError(*sorted(self._found, key=lambda problem: rank.get(problem.code, len(rank))))
