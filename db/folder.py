"""What a data folder holds, told from its files alone. Imports nothing: it is asked before the first
picture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

StorageState = Literal["new", "ready", "key-missing", "database-missing"]

KEY_FILE: Final = "madoguchi.key"
DATABASE_FILE: Final = "madoguchi.db"


def storage_state(folder: Path) -> StorageState:
    """What is in a data folder: nothing yet, a database with its key, or one without the other."""
    database = folder / DATABASE_FILE
    has_database = database.is_file() and database.stat().st_size > 0
    if (folder / KEY_FILE).is_file():
        return "ready" if has_database else "database-missing"
    return "key-missing" if has_database else "new"
