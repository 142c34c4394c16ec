"""Runs the measurements that are named, or all of them but the faults (which take hours), one after the
other. Options after the names go to each.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ONLY_WHEN_NAMED = {"faults"}


def names() -> list[str]:
    """The measurements there are."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main(wanted: list[str]) -> int:
    """Run each in a process of its own, so that none warms another."""
    begun = next((place for place, one in enumerate(wanted) if one.startswith("-")), len(wanted))
    wanted, options = wanted[:begun], wanted[begun:]
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(names())}")
        return 2
    worst = 0
    for name in wanted or [one for one in names() if one not in ONLY_WHEN_NAMED]:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        done = subprocess.run(command, cwd=HERE.parent, check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
