"""The program's own Python environment: ``.venv`` beside the program, filled from the lock with hashes.

A stamp in it remembers what it was filled from, so that a later start costs one small file. Standard library
only.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from system import NotReadyError, prepare

ROOT: Final = Path(__file__).resolve().parent.parent
ENVIRONMENT: Final = ROOT / ".venv"
STAMP: Final = ENVIRONMENT / "madoguchi-stamp.json"
LOCKS: Final = {"run": "requirements.txt", "dev": "requirements-dev.txt"}

# What each purpose needs of the lock and of the machine. "commands" opens no window.
PURPOSES: Final = {"commands": "run", "run": "run", "test": "dev", "lint": "dev"}


@dataclass(frozen=True)
class Stamp:
    """What an environment was filled from, and what the machine was seen to have."""

    lock: str  # "run" or "dev"
    digest: str  # SHA-256 of that lock
    python: str  # "3.11"
    prepared: tuple[str, ...] = ()  # purposes the system libraries were checked for

    @classmethod
    def read(cls, path: Path) -> Stamp | None:
        """The stamp in a file, or None when there is none to trust."""
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            return cls(values["lock"], values["digest"], values["python"], tuple(values["prepared"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


@dataclass(frozen=True)
class Plan:
    """What is still to do before a command can start."""

    system: bool
    make: bool
    install: str | None  # which lock

    def __bool__(self) -> bool:
        return self.system or self.make or self.install is not None


def plan(purpose: str, stamp: Stamp | None, digests: dict[str, str], *, exists: bool, python: str) -> Plan:
    """What to do for ``purpose``.

    ``stamp`` is the one found, ``digests`` are those of the locks as they are now, ``exists`` says whether
    there is an environment and ``python`` which version would make a new one.
    """
    lock = PURPOSES[purpose]
    if not exists:
        return Plan(system=True, make=True, install=lock)
    if stamp is None:  # somebody's own environment: filled, not thrown away
        return Plan(system=True, make=False, install=lock)
    if stamp.python != python:
        return Plan(system=True, make=True, install=lock)
    # The dev lock holds the run lock: an environment of tests also runs the program, never the reverse.
    wanted = "dev" if stamp.lock == "dev" else lock
    current = stamp.lock == wanted and stamp.digest == digests[wanted]
    return Plan(system=purpose not in stamp.prepared, make=False, install=None if current else wanted)


def digests() -> dict[str, str]:
    """SHA-256 of each lock, whatever its line ends."""
    texts = {name: (ROOT / "packaging" / lock).read_text(encoding="utf-8") for name, lock in LOCKS.items()}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}


def interpreter() -> Path:
    """The environment's Python."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def tool(name: str) -> Path:
    """A program the environment brings, such as ``lint-imports``."""
    return interpreter().with_name(f"{name}.exe" if os.name == "nt" else name)


def set_up(purpose: str) -> None:
    """Make everything ready for ``purpose``; quick when it already is. Raises NotReadyError with advice."""
    now = digests()
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    stamp = Stamp.read(STAMP)
    todo = plan(purpose, stamp, now, exists=interpreter().exists(), python=python)
    if todo.system:
        prepare(purpose)
    if todo.make:
        _make()
    if todo.install:
        _install(todo.install)
    if todo:
        _compile()
        lock = todo.install or (stamp.lock if stamp else PURPOSES[purpose])
        kept = stamp.prepared if stamp and not todo.make else ()
        Stamp(lock, now[lock], python, tuple(sorted({*kept, purpose}))).write(STAMP)


def _compile() -> None:
    """Compile the program's own modules, so that the first start is as quick as any (failing only costs
    time).
    """
    rooms = [str(ROOT / name) for name in ("app", "cli", "db", "reports", "ui", "main.py")]
    subprocess.run([str(interpreter()), "-m", "compileall", "-q", *rooms], check=False)


def _make() -> None:
    print(f"Making the environment {ENVIRONMENT}", flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists(), symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotReadyError(f"The environment {ENVIRONMENT} could not be made: {error}") from error


def _install(lock: str) -> None:
    print(f"Installing what packaging/{LOCKS[lock]} names (once; this needs the network)", flush=True)
    command = [str(interpreter()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command += ["--requirement", str(ROOT / "packaging" / LOCKS[lock])]
    done = subprocess.run(command, check=False)
    if done.returncode != 0:
        raise NotReadyError(
            "The Python packages could not be installed; pip says why above. Without a network, put the wheel"
            " files into a folder, set PIP_FIND_LINKS to it, and run the command again."
        )
