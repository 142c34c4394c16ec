"""Sets everything up and does one thing with it:

    python3 packaging/dev.py run [ARGUMENTS…]    open the program (arguments go to main.py)
    python3 packaging/dev.py test [ARGUMENTS…]   pass the tests (arguments go to pytest)
    python3 packaging/dev.py lint                formatting, types, arrows between rooms, catalogue
    python3 packaging/dev.py words [--check]     refresh the English catalogue, or say what it lacks
    python3 packaging/dev.py pictures            make the screenshots and page images again
    python3 packaging/dev.py bench               measure, each figure beside its floor
    python3 packaging/dev.py mutate [NAMES…]     plant mistakes in app/charge; which do the tests miss?

Starts from a bare machine: standard library only, Python 3.11 or newer. What it sets up, it sets up once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in words rather than as a syntax error further down
    for _name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        if shutil.which(_name):
            sys.exit(subprocess.call([_name, *sys.argv]))
    sys.exit("Madoguchi needs Python 3.11 or newer.")

from collections.abc import Callable
from pathlib import Path
from typing import Final

from environment import ROOT, interpreter, set_up, tool
from system import NotReadyError

TRANSLATIONS: Final = ROOT / "resources" / "translations"
EXAMPLES: Final = ROOT / "docs" / "examples"
WORKERS: Final = 4


def main(arguments: list[str]) -> int:
    command, *rest = arguments or ["help"]
    if command not in COMMANDS:
        print(__doc__)
        return 0 if command in {"help", "-h", "--help"} else 2
    try:
        return COMMANDS[command](rest)
    except NotReadyError as problem:
        print(problem, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Open the program; without a display, print the example quotations instead."""
    if arguments:
        _ready("run" if _has_display() else "commands")
        return _python("main.py", *arguments)
    if _has_display():
        _ready("run")
        return _python("main.py")
    _ready("commands")
    return _print_examples(ROOT / "out" / "quotations")


def _print_examples(folder: Path) -> int:
    print(f"There is no display here, so the example quotations are printed to {folder} instead.", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    printed = {}
    for request in sorted(EXAMPLES.glob("*.json")):
        target = folder / f"{request.stem}.pdf"
        printed[target] = _python("main.py", "quote", str(request), "--pdf", str(target)) == 0
        print(f"  {target.name}{'' if printed[target] else ': failed'}", flush=True)
    return 0 if printed and all(printed.values()) else 1


def test(arguments: list[str]) -> int:
    """Pass the tests: all of them on several processes, or those named."""
    _ready("test")
    workers = min(os.cpu_count() or 1, WORKERS)
    # Whoever is done takes half of what another has left: none waits for a neighbour's slow rest.
    several = ["--numprocesses", str(workers), "--dist", "worksteal"]
    spread = [] if arguments or workers == 1 else several
    # What is compiled is kept, whatever the machine says: the tests are many, and start the program often.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return _python("-m", "pytest", *spread, *arguments)


def lint(_arguments: list[str]) -> int:
    """Everything a machine can say about the source, each part to its end."""
    _ready("lint")
    parts: dict[str, list[str]] = {
        "ruff check": ["-m", "ruff", "check", "--quiet"],
        "ruff format": ["-m", "ruff", "format", "--check", "--quiet"],
        "mypy": ["-m", "mypy", "--no-error-summary"],
        "words": ["packaging/words.py", "--check"],
    }
    results = {name: _python(*command) for name, command in parts.items()}
    results["arrows"] = subprocess.call([str(tool("lint-imports")), "--no-cache", "--no-logo"], cwd=ROOT)
    print("\n".join(f"{name:12} {'FAILED' if result else 'ok'}" for name, result in results.items()))
    return 1 if any(results.values()) else 0


def words(arguments: list[str]) -> int:
    _ready("lint")
    return _python("packaging/words.py", *arguments)


def pictures(arguments: list[str]) -> int:
    _ready("test")
    return _python("packaging/pictures.py", *arguments)


def bench(arguments: list[str]) -> int:
    _ready("test")
    return _python("-m", "benchmarks", *arguments)


def mutate(arguments: list[str]) -> int:
    """Plant mistakes, all or those named (``app.charge.interest*``), and list those no test noticed."""
    if os.name == "nt":
        raise NotReadyError("mutmut needs fork, which Windows lacks: use Linux, macOS or WSL.")
    _ready("test")
    workers = min(os.cpu_count() or 1, WORKERS)
    plant = [str(tool("mutmut")), "run", "--max-children", str(workers), *arguments]
    results = [str(tool("mutmut")), "results"]
    environment = os.environ | {"PYTHONUTF8": "1"}  # it reads the source as the system would
    return max(subprocess.call(command, cwd=ROOT, env=environment) for command in (plant, results))


COMMANDS: Final[dict[str, Callable[[list[str]], int]]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "words": words,
    "pictures": pictures,
    "bench": bench,
    "mutate": mutate,
}


def _ready(purpose: str) -> None:
    """Set up, and compile the English words when they are newer than what was compiled."""
    set_up(purpose)
    for catalogue in TRANSLATIONS.glob("*.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            _python("packaging/words.py", "--compile")


def _python(*arguments: str) -> int:
    """Run the environment's Python in the program's folder; its exit code."""
    return subprocess.call([str(interpreter()), *arguments], cwd=ROOT)


def _has_display() -> bool:
    """The program's own answer, so that both agree."""
    sys.path.insert(0, str(ROOT))
    from app.places import has_display

    return has_display()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
