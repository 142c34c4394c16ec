"""The same bills issued by two programs at one moment; numbers that are left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.contract.facts import Started
from app.days import Month
from app.papers.archived import PaperQuery
from app.usecases.close_month import close_month
from app.usecases.run_month import run_month
from app.usecases.verify_archive import verify_archive
from tests.billing_desk import register
from tests.desks import new_desk, provide
from tests.starting import start

COUNT = 4


def test_two_programs_issuing_the_same_bills_make_one_paper_of_each(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    provide(desk)
    for place in range(COUNT):
        register(desk, f"青葉商店{place}", "mihariban", Started(date(2026, 9, 1), {"license": 2 + place}))
    run = run_month(desk, Month(2026, 10))
    close_month(desk, run.id, run.version)
    with desk.storage.work() as work:
        bills = [one.id for one in work.bills.bills_of_run(run.id, 0, COUNT)]
        work.numbers.next("B", "HM1", desk.today())  # one that nobody uses
        work.commit()
    both = [start("tests.app.usecases.bill_issuer", str(tmp_path), *bills) for _program in range(2)]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    said = [one.communicate("\n")[0].splitlines() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert said[0] == said[1]
    assert [line.split()[:2] for line in said[0]] == [
        [f"B-HM1-2611-{n:04}", "1"] for n in range(2, 2 + COUNT)
    ]
    with desk.storage.look() as work:
        rows = work.papers.rows(work.papers.seqs(PaperQuery(kinds=("B",))))
    assert len(rows) == COUNT
    assert verify_archive(desk).faults == ()
    desk.storage.close()
