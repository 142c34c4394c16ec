"""A program that issues quotations until it is told to stop or dies; each is named once it is safely stored.

python -m tests.db.writer FOLDER DESK COUNT
"""

from __future__ import annotations

import sys
from pathlib import Path

from db.engine import open_storage
from tests.db.conftest import TOTALS, content_for, issue


def main(folder: Path, desk: str, count: int) -> None:
    """Issue quotations of a desk, numbers in one shared row, and say which."""
    storage = open_storage(folder, patience=300)
    for turn in range(count):
        with storage.work() as work:
            stored = work.quotations.add(content_for(title=f"{desk}の{turn}件目"), TOTALS, desk)
            stored, *_others = issue(work, stored)
            work.commit()
        sys.stdout.write(f"{stored.number} {stored.id}\n")
        sys.stdout.flush()
    storage.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
