"""How measured processes are run: compiled beforehand, and what else kept the machine busy is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ROOMS = ("app", "benchmarks", "cli", "db", "reports", "ui", "main.py")


def compiled(folder: Path) -> dict[str, str]:
    """An environment whose Python finds the program compiled, in a cache of its own inside ``folder``.

    Set-up compiles it too; a tree that somebody is working in may not be.
    """
    environment = os.environ | {
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",  # foreign modules are compiled by the first run
    }
    rooms = [str(ROOT / room) for room in _ROOMS]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *rooms], env=environment, check=False)
    return environment


def computed() -> float:
    """Seconds that ended child processes have computed so far: unlike the clock, without waiting for others.

    0.0 where the system does not tell (Windows).
    """
    times = os.times()
    return times.children_user + times.children_system


def tell_load() -> None:
    """Say when others kept the machine busy: then every figure by the clock is too high."""
    if hasattr(os, "getloadavg"):
        load, cores = os.getloadavg()[0], os.cpu_count() or 1
        if load > cores:
            print(f"note: {load:.1f} programs shared {cores} cores; on a quiet machine figures are lower")
