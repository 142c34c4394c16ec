"""New databases for tests, fast: the migrations run once in a process, and each database is a copy."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from db.engine import SqlStorage
from db.folder import DATABASE_FILE, KEY_FILE
from db.vault import FolderVault


def fresh_storage(folder: Path, now: Callable[[], datetime] | None = None) -> SqlStorage:
    """An empty database with an unprotected key in ``folder``, opened."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (DATABASE_FILE, KEY_FILE):
        shutil.copyfile(_template() / name, folder / name)
    return FolderVault(folder, now).open()


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    FolderVault(folder).create("none").close()
    return folder
