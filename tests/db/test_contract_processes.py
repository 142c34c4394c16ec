"""Several programs on the contracts of one file, and programs that die in the middle of a run."""

from __future__ import annotations

import random
from pathlib import Path

from app.charge.stored import RunState
from db.bulk_contracts import insert_contracts
from db.engine import SqlStorage, open_storage
from tests import starting
from tests.db.contracts import SAKAI, add, bill_for, close
from tests.db.test_bulk_contracts import bulk
from tests.starting import Program


def start(folder: Path, *arguments: str) -> Program:
    return starting.start("tests.db.contract_writer", str(folder), *arguments)


def both(first: Program, second: Program) -> list[list[str]]:
    """What two programs said, when they have ended."""
    said = [one.communicate()[0].split("\n")[:-1] for one in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0]
    return said


def test_two_programs_recording_of_one_contract_lose_no_entry(storage: SqlStorage, data: Path) -> None:
    with storage.work() as work:
        stored = add(work)
        work.commit()
    count = 25
    said = both(*(start(data, "entries", stored.id, str(count)) for _program in range(2)))
    assert [one.count("saved") for one in said] == [count, count]
    with storage.look() as work:
        found = work.contracts.get(stored.id)
        assert work.audit.check() == []
    assert found.version == 1 + 2 * count
    assert [one.seq for one in found.entries] == list(range(1, 2 * count + 1))


def test_two_programs_after_one_line_never_both_get_it(storage: SqlStorage, data: Path) -> None:
    with storage.work() as work:
        work.customers.add(SAKAI)
        work.commit()
    count = 25
    said = both(*(start(data, "lines", desk, str(count)) for desk in ("A1", "B2")))
    for turn in range(count):
        told = sorted(line.split()[1] for one in said for line in one if line.split()[0] == str(turn))
        assert told == ["line-taken", "taken"]
    with storage.look() as work:
        assert work.contracts.count() == count


def test_a_run_that_was_killed_is_taken_up_where_it_stood(storage: SqlStorage, data: Path) -> None:
    count = 1_000
    with storage.work() as work:
        customer = work.customers.add(SAKAI)
        work.commit()
    insert_contracts(storage, [bulk(customer.id, place) for place in range(count)])
    storage.close()
    killed = 0
    for _time in range(3):
        # However long this program is kept from the kill, the run is not at its end before.
        writer = start(data, "run", "2026-11", "5", "50")
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _line in range(random.randint(2, 8))]
        for _turn in range(random.randint(0, 20_000)):
            pass
        writer.kill()
        said += writer.communicate()[0].splitlines(keepends=True)
        reopened = open_storage(data)
        with reopened.look() as work:
            run = work.bills.run("2026-11")
            assert run is not None
            assert run.state is RunState.RUNNING
            confirmed = [int(line) for line in said if line.endswith("\n")]
            assert run.done_seq in {confirmed[-1], confirmed[-1] + 5}
            bills = work.bills.bills_of_run(run.id, 0, count)
            # Whole batches only: every contract up to there has its bill, and none after it.
            assert [bill.contract_seq for bill in bills] == list(range(1, run.done_seq + 1))
            assert run.bills == len(bills)
        reopened.close()
        killed += 1
    finisher = start(data, "run", "2026-11", "100")
    finisher.communicate()
    assert (killed, finisher.returncode) == (3, 0)
    reopened = open_storage(data)
    with reopened.work() as work:
        run = work.bills.run("2026-11")
        assert run is not None
        assert (run.state, run.bills) == (RunState.OPEN, count)
        assert work.bills.stale(run.id, 9) == []
        contracts = work.contracts.batch(0, count)
        bills = work.bills.bills_of_run(run.id, 0, count)
        assert bills == [bill_for(run, one) for one in contracts]
        close(work, run)
        work.commit()
    assert reopened.check() == []
    reopened.close()
