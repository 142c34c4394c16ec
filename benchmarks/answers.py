"""``answer`` on 10,000 mixed questions, after start-up; and its start-up in a process of its own.

The questions are the golden cases of every ask, repeated. The floor is reading and writing the same
lines as JSON, and for the start an empty Python process.

    python -m benchmarks.answers [--by-ask]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from app.answers.questions import answer_lines
from app.tariff.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "golden"
TODAY = date(2026, 11, 20)
QUESTIONS, RUNS = 10_000, 5
BUDGET_A_SECOND, START_BUDGET = 5_000, 0.25


def questions() -> list[bytes]:
    """The golden cases one after the other, without what is expected, as often as it takes."""
    found: list[bytes] = []
    for file in sorted((*CASES.glob("cases/*.jsonl"), *CASES.glob("own/*.jsonl"))):
        for line in file.read_text("utf-8").splitlines():
            case = json.loads(line)
            kept = {name: case[name] for name in ("id", "ask", "given")}
            found.append(json.dumps(kept, ensure_ascii=False).encode() + b"\n")
    found.sort(key=hash_of)
    return [found[place % len(found)] for place in range(QUESTIONS)]


def hash_of(line: bytes) -> int:
    """A fixed number for a line, to mix the asks the same way in every run."""
    return sum(byte * (place + 7) for place, byte in enumerate(line)) % 9973


def best(work: Any) -> float:
    """The shortest of a few runs, in seconds of this process: what else the machine does does not count."""
    times = []
    for _run in range(RUNS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def started(*command: str) -> float:
    """The shortest time of a process from nothing to its end, in its own seconds; on the clock where the
    system does not tell them (Windows).
    """
    times = []
    for _run in range(9):
        before, start = os.times(), perf_counter()
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
        after = os.times()
        own = after.children_user + after.children_system - before.children_user - before.children_system
        times.append(own or perf_counter() - start)
    return min(times)


def by_ask(lines: list[bytes], catalogue: Catalogue) -> None:
    """Microseconds a question, ask by ask."""
    groups: dict[str, list[bytes]] = defaultdict(list)
    for line in lines:
        groups[json.loads(line)["ask"]].append(line)
    for ask, group in sorted(groups.items()):
        seconds = best(lambda group=group: list(answer_lines(group, catalogue, TODAY)))
        print(f"  {ask:<20} {len(group):6,} questions {seconds / len(group) * 1e6:8.0f} µs each")


def main() -> int:
    """Measure and print; exit status 1 when a budget is missed."""
    lines = questions()
    catalogue = Catalogue((ROOT / "resources" / "tariffs",))
    answers = list(answer_lines(lines, catalogue, TODAY))  # reads the tariffs and fills the calendars

    def floor() -> None:
        for line, answer in zip(lines, parsed, strict=True):
            json.loads(line)
            json.dumps(answer, ensure_ascii=False)

    parsed = [json.loads(answer) for answer in answers]
    floor_seconds = best(floor)
    seconds = best(lambda: list(answer_lines(lines, catalogue, TODAY)))
    print(f"floor: JSON read and written  {QUESTIONS / floor_seconds:10,.0f} lines a second")
    print(
        f"answer, {QUESTIONS:,} mixed questions {QUESTIONS / seconds:8,.0f} a second"
        f"  (budget {BUDGET_A_SECOND:,})"
    )
    if "--by-ask" in sys.argv:
        by_ask(lines, catalogue)
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.jsonl"
        one.write_bytes(lines[0])
        empty, start = started("-c", "pass"), started("main.py", "answer", str(one))
    print(f"floor: an empty Python process      {empty:.3f} s")
    print(f"answer to one question, from nothing {start:.3f} s  (budget {START_BUDGET} s)")
    return int(QUESTIONS / seconds < BUDGET_A_SECOND or start > START_BUDGET)


if __name__ == "__main__":
    sys.exit(main())
