"""Programs of their own, for tests that need two at once or one that dies.

Where the system can fork, they begin with everything imported: the imports of one take as long as what most
of these tests are about.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
_PROGRAMS: Final = (
    "tests.app.usecases.bill_issuer",
    "tests.db.contract_writer",
    "tests.db.visit_writer",
    "tests.db.writer",
    "tests.faults.worker",
)


@cache
def processes() -> Any:
    """How processes begin here: forked from one that has imported the programs, where that is possible."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PROGRAMS))
    return context


class Forked:
    """A program that was forked, under the names ``Popen`` has for it."""

    def __init__(self, module: str, *arguments: str) -> None:
        hears, says = multiprocessing.Pipe(duplex=False)
        reads, writes = multiprocessing.Pipe(duplex=False)
        self._process = processes().Process(target=_run, args=(module, arguments, hears, writes), daemon=True)
        self._process.start()
        for theirs in (hears, writes):
            theirs.close()
        self.stdin: IO[str] | None = _opened(says, "w")
        self.stdout: IO[str] | None = _opened(reads, "r")

    @property
    def returncode(self) -> int | None:
        """0 for a good end; None while it runs."""
        code: int | None = self._process.exitcode
        return code

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def wait(self) -> None:
        """Until it has ended, its pipes closed."""
        self._process.join()
        for pipe in (self.stdin, self.stdout):
            if pipe is not None:
                pipe.close()

    def communicate(self, words: str = "") -> tuple[str, None]:
        """Say the last words, and hear everything until it has ended."""
        assert self.stdin is not None
        assert self.stdout is not None
        self.stdin.write(words)
        self.stdin.close()
        said = self.stdout.read()
        self.wait()
        return said, None


def _opened(pipe: Connection, mode: str) -> IO[str]:
    with pipe:
        return open(os.dup(pipe.fileno()), mode, encoding="utf-8")  # noqa: PTH123 - a pipe has no path


def _run(module: str, arguments: tuple[str, ...], hears: Connection, writes: Connection) -> None:
    """In the new process: as ``python -m module arguments`` would."""
    sys.stdin, sys.stdout = _opened(hears, "r"), _opened(writes, "w")
    sys.argv = [module, *arguments]
    sys.modules.pop(module, None)  # imported by the one that forks; here it is run
    runpy.run_module(module, run_name="__main__", alter_sys=True)


Program = Forked | subprocess.Popen[str]


def start(module: str, *arguments: str) -> Program:
    """Start one of the programs of tests (``_PROGRAMS``), which says what it did on standard output."""
    assert module in _PROGRAMS
    if processes().get_start_method() == "forkserver":
        return Forked(module, *arguments)
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
