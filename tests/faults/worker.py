"""A busy desk: registers contracts, issues papers, works a month out, until it is killed. What is confirmed
is said, a line each, after it was stored.

    python -m tests.faults.worker FOLDER SEED TURNS
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from app.contract.facts import Started
from app.days import Month
from app.errors import ConflictError, EnvironmentProblem
from app.papers.request import PaperRequest
from app.usecases.desk import Desk
from app.usecases.make_paper import issue_paper
from app.usecases.run_month import run_month
from db.engine import open_storage
from reports import draw, stamp_copy
from tests.billing_desk import register
from tests.desks import JAPAN
from tests.shipped import catalogue

ORDERS = (("mihariban", {"license": 15}), ("osect", {"sensor": 2}), ("dokodemo-prime", {"id": 28}))
ENDLESS = 1_000_000
FULL = 28
"""The exit status of a worker whose disk was full."""


class Worker:
    """One program at one desk."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        storage = open_storage(folder, patience=300)
        self.desk = Desk(storage, catalogue(), draw, _now, stamp_copy)
        self.contracts: list[str] = []

    def turn(self) -> str:
        """Do one thing and say what was confirmed."""
        action: Callable[[], str] = self.chance.choice(
            (self._contract, self._contract, self._paper, self._run)
        )
        return action()

    def _contract(self) -> str:
        service, items = self.chance.choice(ORDERS)
        made = register(self.desk, "髙橋精工", service, Started(date(2026, 8, 1), dict(items)))
        self.contracts.append(made.id)
        return f"contract {made.number}"

    def _paper(self) -> str:
        if not self.contracts:
            return self._contract()
        asked = PaperRequest(kind="C", subject=self.chance.choice(self.contracts))
        paper = issue_paper(self.desk, asked)
        return f"paper {paper.number}/{paper.revision} {paper.sha256}"

    def _run(self) -> str:
        try:
            run = run_month(self.desk, Month(2026, 11))
        except ConflictError:
            return "nothing"  # the other writer works the same month out
        return f"run {run.month}"


def _now() -> datetime:
    return datetime(2026, 12, 1, 20, 0, tzinfo=JAPAN)


def main(folder: Path, seed: int, turns: int, said: TextIO = sys.stdout) -> int:
    """Work until the turns are over, or the disk is full."""
    worker = Worker(folder, seed)
    for _turn in range(turns):
        try:
            words = worker.turn()
        except EnvironmentProblem as error:
            said.write(f"refused {error.code}\n")
            return FULL
        said.write(f"{words}\n")
        said.flush()
    worker.desk.storage.close()
    return 0


def work(folder: str, seed: int, told: str) -> None:
    """Work until somebody kills this process; what is confirmed goes to a file."""
    with Path(told).open("a", encoding="utf-8") as said:
        main(Path(folder), seed, ENDLESS, said)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
