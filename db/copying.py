"""Copies of a database that may be in use: whole, as it is at one moment, or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from app.errors import EnvironmentProblem
from app.places import unwritable
from app.words import _
from db.sqlite import connect, connect_reading, read_only, side_files, telling

_PAGES_AT_ONCE: Final = 2_000
"""Of a copy: 8 MB."""


def copy_database(
    path: Path,
    key: bytes,
    target: Path,
    patience: float,
    told: Callable[[int, int], bool] | None = None,
    *,
    in_use: bool = True,
) -> None:
    """Copy a database that may be in use (or, ``in_use`` False, one that is only read) to ``target``, whole
    or not at all, under the same key, as it is at one moment.

    ``told`` hears how many of how many pages are done and stops the copy by False, with EnvironmentProblem
    ``backup-stopped``. Whether the copy is sound is looked at by whoever asked for it.
    """
    partial = target.with_name(f".{target.name}.tmp")
    try:
        with telling(target):
            with (
                closing(connect(path, key, patience) if in_use else connect_reading(path, key)) as source,
                closing(connect(partial, key, patience)) as copy,
            ):
                # A copy that breaks off is thrown away: it needs no journal, and one flush at the end.
                copy.execute("PRAGMA journal_mode = OFF").fetchall()
                copy.execute("PRAGMA synchronous = OFF")
                _copy_pages(source, copy, told)
            _flush(partial)
            replace_file(partial, target)
    finally:
        for leftover in (partial, *side_files(partial)):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _copy_pages(source: Any, copy: Any, told: Callable[[int, int], bool] | None) -> None:
    """All pages, as they are now: in a transaction of its own no copy begins anew when others write."""
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchall()
    stopped = False

    def step(_status: int, left: int, whole: int) -> None:
        nonlocal stopped
        if told is not None and not stopped and not told(whole - left, whole):
            stopped = True
            raise EnvironmentProblem(
                "backup-stopped",
                _("控えを取るのを途中でやめました。"),
                kept=_("いまのデータと、前の控えはそのまま残っています。"),
            )

    source.backup(copy, pages=_PAGES_AT_ONCE, progress=step, sleep=0)


def _flush(path: Path) -> None:
    """Force a file to the disk."""
    try:
        with path.open("r+b") as stream:
            os.fsync(stream.fileno())
    except OSError as error:
        raise unwritable(path, error) from error


def replace_file(partial: Path, target: Path) -> None:
    """Give the copy its name. On Windows a virus scanner may hold a new file for a moment."""
    for wait in (0.05, 0.2, 0.5, 0.0):
        try:
            partial.replace(target)
            return
        except PermissionError as error:
            if not wait:
                raise read_only(target) from error
            time.sleep(wait)
        except OSError as error:
            raise unwritable(target, error) from error
