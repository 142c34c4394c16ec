"""The disk is full, fails, can only be read, or its permission goes while the program runs."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from app.errors import EnvironmentProblem
from db.engine import open_storage
from db.folder import DATABASE_FILE
from tests.db.rights import read_only
from tests.faults.killing import confirmed, missing, ready
from tests.faults.power import Found, register
from tests.faults.worker import FULL
from tests.shipped import ROOT

SOURCE = Path(__file__).with_name("failing.c")
_TOLD = {
    "disk-full",
    "disk-error",
    "database-read-only",
    "unwritable",
    "database-unreadable",
    "database-damaged",
}


def namespaces_work() -> bool:
    """Whether this machine lets an ordinary program mount a small disk of its own."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    command = ["unshare", "--user", "--map-root-user", "--mount", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def full_disk(folder: Path, count: int, chance: random.Random) -> Found:
    """A worker on a disk of a few megabytes works until it is full: it says so, what it confirmed stays."""
    found = Found("disk full")
    data = ready(folder / "data")
    for turn in range(count):
        size = chance.randrange(1_500_000, 6_000_000)
        copy = folder / f"copy{turn}"
        script = (
            'set -e; mount -t tmpfs -o size="$1" tmpfs "$2"; cp "$3"/madoguchi.* "$2"; status=0; '
            '"$4" -m tests.faults.worker "$2" "$5" 100000 || status=$?; mkdir "$6"; '
            'cp "$2"/madoguchi.* "$6"; exit $status'
        )
        small = folder / f"small{turn}"
        small.mkdir()
        done = subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh",
             str(size), str(small), str(data), sys.executable, str(chance.randrange(10**6)), str(copy)],
            cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        found.tried += 1
        lines = done.stdout.splitlines(keepends=True)
        told = [line.split()[1] for line in lines if line.startswith("refused")]
        if done.returncode != FULL or told != ["disk-full"]:
            found.lost.append(f"{size} bytes: ended with {done.returncode}, told {told} {done.stderr[-300:]}")
            continue
        said = confirmed([line for line in lines if not line.startswith("refused")])
        found.lost += [f"{size} bytes: {one}" for one in missing(copy, said)]
    return found


def built(folder: Path) -> Path | None:
    """The layer that lets writes fail; None where there is no compiler for it."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        return None
    library = folder / "failing.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(library), str(SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    return library if done.returncode == 0 else None


def failing_disk(folder: Path, count: int, chance: random.Random) -> Found:
    """Writes and flushes fail with an input/output error at any point."""
    found = Found("input/output error at any write or flush")
    library = built(folder)
    if library is None:
        return found
    for turn in range(count):
        data = ready(folder / f"data{turn}")
        environment = os.environ | {
            "LD_PRELOAD": str(library),
            "FAIL_AFTER": str(chance.randrange(1, 400)),
            "FAIL_FOR": str(chance.choice((1, 2, 1_000_000))),
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.worker", str(data), str(chance.randrange(10**6)), "60"],
            cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        found.tried += 1
        lines = done.stdout.splitlines(keepends=True)
        told = {line.split()[1] for line in lines if line.startswith("refused")}
        if done.returncode not in {0, FULL} and "EnvironmentProblem" not in done.stderr:
            found.lost.append(f"ended with {done.returncode}: {done.stderr[-300:]}")
        if told - _TOLD:
            found.lost.append(f"told {told}")
        said = confirmed([line for line in lines if not line.startswith("refused")])
        found.lost += missing(data, said)
    return found


def permission_lost(folder: Path, count: int, chance: random.Random) -> Found:
    """File or folder become read-only while the program runs: it says so, and goes on when they are back."""
    found = Found("permission lost while running, and given back")
    data = ready(folder / "data")
    for turn in range(count):
        storage = open_storage(data, patience=0.2)
        register(storage, 2 * turn)
        paths = [data, *data.glob("madoguchi*")] if turn % 2 else list(data.glob("madoguchi.db*"))
        refused = ""
        with read_only(*paths):
            again = None
            try:
                again = open_storage(data, patience=0.2)
                register(again, 10_000 + turn)
            except EnvironmentProblem as error:
                refused = error.code
            finally:
                if again is not None:
                    again.close()
        register(storage, 2 * turn + 1)
        faults = storage.check()
        storage.close()
        found.tried += 1
        if refused not in _TOLD:
            found.lost.append(f"turn {turn}: told {refused!r}")
        found.lost += faults
        chance.random()
    return found


def read_only_folder(folder: Path, count: int, _chance: random.Random) -> Found:
    """A folder that can only be read is refused at the start, and nothing in it changes."""
    found = Found("read-only folder")
    data = ready(folder / "data")
    for _turn in range(count):
        before = (data / DATABASE_FILE).read_bytes()
        with read_only(data, *data.iterdir()):
            try:
                open_storage(data, patience=0.1).close()
                code = ""
            except EnvironmentProblem as error:
                code = error.code
        found.tried += 1
        if code not in _TOLD or (data / DATABASE_FILE).read_bytes() != before:
            found.lost.append(f"told {code!r}")
    return found
