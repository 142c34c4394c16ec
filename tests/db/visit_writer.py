"""A program that takes one slot for one visit, and says whether it got it.

python -m tests.db.visit_writer FOLDER VISIT TECHNICIAN
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.errors import UserError
from db.engine import open_storage
from tests.db import visits


def main(folder: Path, visit_id: str, technician_id: str) -> None:
    """Wait for the word, then book."""
    storage = open_storage(folder, patience=300)
    with storage.look() as work:
        visit = work.visits.get(visit_id)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        with storage.work() as work:
            visits.book(work, visit, visits.span(), technicians=(technician_id,))
            work.commit()
        said = "booked"
    except UserError as error:
        said = f"{error.code} {error.problems[0].what}"
    storage.close()
    sys.stdout.buffer.write(f"{said}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
