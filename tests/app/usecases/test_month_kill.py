"""The program is killed in the middle of a batch: nothing of it is half there, and the run goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.charge.stored import RunState
from app.days import Month
from app.usecases.run_month import run_month
from tests.billing_desk import Clock, billing_desk, second_window, three
from tests.shipped import ROOT

KILLED = 9
SCRIPT = """
import os, sys
from pathlib import Path
from app.days import Month
from app.usecases import run_month as running
from tests.billing_desk import Clock, second_window

put, calls = running.put_batch, []

def put_and_die(*arguments):
    calls.append(put(*arguments))
    if len(calls) == 2:
        os._exit(9)  # the bills of the second batch are written, but not committed
    return calls[-1]

running.BATCH, running.put_batch = 1, put_and_die
running.run_month(second_window(Path(sys.argv[1]), Clock()), Month(2026, 11))
"""


def test_a_kill_in_a_batch_leaves_the_batches_before_it(data: Path) -> None:
    clock = Clock()
    desk = billing_desk(data, clock)
    three(desk)
    desk.storage.close()
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(data)], cwd=ROOT, check=False)
    assert done.returncode == KILLED
    desk = second_window(data, clock)
    with desk.storage.look() as work:
        run = work.bills.run("2026-11")
        assert run is not None
        rows = work.bills.rows_of_run(run.id, "", 0, 10)
    assert (run.state, run.contracts, [row.customer for row in rows]) == (
        RunState.RUNNING, 1, ["青葉商店"],
    )  # fmt: skip
    again = run_month(desk, Month(2026, 11))
    desk.storage.close()
    assert (again.id, again.state, again.bills, again.total) == (run.id, RunState.OPEN, 3, 103_279)
