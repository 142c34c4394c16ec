"""The window with 100,000 quotations stored: first picture, keys, pages, memory, and how long it ever
stands still.

First paint is taken in fresh processes, by turns with one that only opens an empty QMainWindow. Everything
else is measured in one sitting at the real window, which works itself: it scrolls, searches, sorts, quotes,
issues, changes places and looks. Each figure stands beside its peer or floor of the same run.

    python -m benchmarks.window [--xvfb] [--quotations N] [--data DIR]

``--xvfb`` measures on a real (invisible) screen instead of Qt's offscreen platform. ``--data`` keeps the
filled folder for the next run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks._running import ROOT, compiled, tell_load

RUNS = 11
FIRST_PAINT, PRICE, PAGE, MEMORY, STILL = 2.0, 0.016, 0.150, 200, 0.100
_SITTING_SECONDS = 300


def main(arguments: list[str]) -> int:
    """Measure and print."""
    options = _options(arguments)
    with _folder(options.data) as folder, _screen(folder, wanted=options.xvfb) as environment:
        data = folder / f"desk-{options.quotations}"
        if not data.exists():
            from benchmarks._filling import make_folder

            make_folder(data, options.quotations)
        empty = _first_paint(data, options.quotations, environment)
        _sitting(_copy(data, folder / "sitting"), empty, environment)
    tell_load()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.window")
    parser.add_argument("--xvfb", action="store_true", help="on a real screen instead of offscreen")
    parser.add_argument("--quotations", type=int, default=100_000, metavar="N")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the filled folder is kept")
    return parser.parse_args(arguments)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _screen(folder: Path, *, wanted: bool) -> Iterator[dict[str, str]]:
    """The environment of the measured processes."""
    common = compiled(folder)
    if not wanted:
        yield common | {"QT_QPA_PLATFORM": "offscreen"}
        return
    from tests.e2e.screen import open_screen

    with open_screen(folder) as screen:
        yield common | screen.environment | {"PYTHONPYCACHEPREFIX": common["PYTHONPYCACHEPREFIX"]}


def _copy(data: Path, target: Path) -> Path:
    """The sitting writes: it gets a copy, and the window a size of its own, whatever the screen offers."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(data, target)
    (target / "preferences.json").write_text('{"geometry": [0, 0, 1366, 740]}', encoding="utf-8")
    return target


# --- first paint ------------------------------------------------------------------------------------


def _first_paint(data: Path, stored: int, environment: dict[str, str]) -> dict[str, float]:
    """Print it; returns what was measured of the empty window."""
    runs: dict[str, list[dict[str, float]]] = {"app": [], "empty": []}
    for run in range(RUNS + 1):
        for kind, taken in runs.items():
            told = _one_paint(kind, data, environment)
            if run:  # the first only warms the disk
                taken.append(told)
    ours, empty = (_medians(runs[kind]) for kind in ("app", "empty"))
    ratio, computing = ours["picture"] / empty["picture"], ours["computing"] / empty["computing"]
    print(
        f"first paint with {stored:,} quotations, median of {RUNS}: {_ms(ours['picture'])}; an empty"
        f" QMainWindow: {_ms(empty['picture'])}; {ratio:.2f} x (at most {FIRST_PAINT:.1f})"
        f"{_verdict(ratio, FIRST_PAINT)}"
    )
    print(
        f"  computing alone, which other programs don't lengthen: {_ms(ours['computing'])};"
        f" {_ms(empty['computing'])}; {computing:.2f} x"
    )
    print(f"first rows of the list: {_ms(ours['rows'])}; memory then {ours['memory']:.0f} MB")
    return empty


def _one_paint(kind: str, data: Path, environment: dict[str, str]) -> dict[str, float]:
    start = perf_counter()
    told = _run("benchmarks._first_paint", kind, str(data), environment=environment)
    return {name: value - start if name in {"picture", "rows"} else value for name, value in told.items()}


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: median(run[name] for run in runs) for name in runs[0]}


# --- the sitting ------------------------------------------------------------------------------------


def _sitting(data: Path, empty: dict[str, float], environment: dict[str, str]) -> None:
    told = _run("benchmarks._session", str(data), environment=environment)
    _line("key to price (typing quickly), median", told["price"], PRICE, "95 of 100", told["price_worst"],
          "a bare QLineEdit and QLabel", told["price_floor"])  # fmt: skip
    print(f"  computing alone, which other programs don't lengthen: {_ms(told['price_computing'])}")
    _line("key to page, median", told["page"], PAGE, "worst", told["page_worst"],
          "the same PDF drawn and pictured alone", told["page_floor"])  # fmt: skip
    print(
        f"a scrolled page of the list: {_ms(told['scroll'])}, worst {_ms(told['scroll_worst'])};"
        f" from the end of typing to what a search found, worst: {_ms(told['search_worst'])}"
    )
    print(
        f"memory after the sitting: {told['memory']:.0f} MB; an empty QMainWindow: {empty['memory']:.0f} MB"
        f" (at most {MEMORY}){_verdict(told['memory'], MEMORY)}"
    )
    print(f"  and after going everywhere: {told['memory_everywhere']:.0f} MB")
    stops: list[dict[str, Any]] = told["stops"]
    longest = stops[0]["seconds"] if stops else 0.0
    print(
        f"longest time the window stood still: {_ms(longest)}"
        f" (at most {_ms(STILL)}){_verdict(longest, STILL)}"
    )
    for stop in stops:
        if stop["seconds"] > STILL / 2:
            print(
                f"  {_ms(stop['seconds'])}, computing {_ms(stop['computing'])}, other programs"
                f" {_ms(stop['queued'])}, {stop['during']}: {stop['where'] or 'inside Qt'}"
            )


def _line(what: str, taken: float, most: float, also: str, other: float, floor: str, bare: float) -> None:
    print(
        f"{what}: {_ms(taken)}, {also} {_ms(other)}; {floor}: {_ms(bare)} (at most {_ms(most)})"
        f"{_verdict(taken, most)}"
    )


def _run(module: str, *arguments: str, environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", module, *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=_SITTING_SECONDS,
        check=False,
    )  # fmt: skip
    if done.returncode or not done.stdout:
        raise SystemExit(f"{module} ended with {done.returncode}: {done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"


def _verdict(value: float, most: float) -> str:
    return "" if value <= most else "  <- over"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
