"""A program that works on contracts until it is told to stop or dies.

python -m tests.db.contract_writer FOLDER entries CONTRACT COUNT   append entries, each tried until it is in
python -m tests.db.contract_writer FOLDER lines DESK COUNT         take one line after the other
python -m tests.db.contract_writer FOLDER run MONTH BATCH [MOST]   work out a month, a batch a transaction;
                                                                   after so many, wait for the end
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import msgspec

from app.charge.stored import RunState
from app.contract.facts import WorksFee
from app.errors import ConflictError, UserError
from db.engine import SqlStorage, open_storage
from tests.db.contracts import begin, bill_for, content, record, standing


def entries(storage: SqlStorage, contract_id: str, count: int) -> None:
    """Append as staff do: look, think, save; told of a conflict, do it again. Says how it went."""
    for turn in range(count):
        saved = False
        while not saved:
            with storage.look() as work:
                seen = work.contracts.get(contract_id)
            try:
                with storage.work() as work:
                    record(work, seen, WorksFee(amount=turn))
                    work.commit()
                saved = True
            except ConflictError:
                say("conflict")
        say("saved")


def lines(storage: SqlStorage, desk: str, count: int) -> None:
    """Take lines another program wants at the same time. Says who got each."""
    with storage.look() as work:
        customer = work.customers.rows([1])[0].id
    for turn in range(count):
        try:
            with storage.work() as work:
                line = content(line_number=f"L-{turn}")
                work.contracts.add(f"C-{desk}-2611-{turn + 1:04}", customer, line, standing(), desk)
                work.commit()
            say(f"{turn} taken")
        except UserError as error:
            say(f"{turn} {error.code}")


def run(storage: SqlStorage, month: str, count: int, most: int = 0) -> None:
    """Go on with a run, or begin it; as the use case does, bills and progress in one transaction."""
    with storage.work() as work:
        standing_run = work.bills.run(month) or begin(work, month)
        work.commit()
    done, turn = False, 0
    while not done:
        with storage.work() as work:
            batch = work.contracts.batch(standing_run.done_seq, count)
            work.bills.put_bills([bill_for(standing_run, one) for one in batch])
            done = not batch
            progress = {"state": RunState.OPEN} if done else {"done_seq": batch[-1].seq}
            total = standing_run.bills + len(batch)
            standing_run = work.bills.save_run(
                msgspec.structs.replace(standing_run, bills=total, **progress)  # type: ignore[arg-type]
            )
            work.commit()
        say(str(standing_run.done_seq))
        turn += 1
        if turn == most:
            threading.Event().wait()


def say(text: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(folder: Path, what: str, whose: str, *counts: int) -> None:
    """Do one of the works."""
    storage = open_storage(folder, patience=300)
    {"entries": entries, "lines": lines, "run": run}[what](storage, whose, *counts)
    storage.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], *map(int, sys.argv[4:]))
