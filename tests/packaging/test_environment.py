"""What set-up decides to do, and what is locked."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOW = {"run": "r1", "dev": "d1"}


@pytest.fixture
def environment(command: Callable[[str], ModuleType]) -> Any:
    return command("environment")


@pytest.fixture
def system(command: Callable[[str], ModuleType]) -> Any:
    return command("system")


# stamp (lock, digest, python, prepared) or None, exists, purpose -> system, make, install
PLANS = {
    "a bare clone": (None, False, "run", (True, True, "run")),
    "a bare clone, tests": (None, False, "test", (True, True, "dev")),
    "ready to run": (("run", "r1", "3.11", ("run",)), True, "run", (False, False, None)),
    "ready to test": (("dev", "d1", "3.11", ("test",)), True, "test", (False, False, None)),
    "ran, now tests": (("run", "r1", "3.11", ("run",)), True, "test", (True, False, "dev")),
    "tested, now runs": (("dev", "d1", "3.11", ("test",)), True, "run", (True, False, None)),
    "a new lock": (("run", "r0", "3.11", ("run",)), True, "run", (False, False, "run")),
    "a new lock after tests": (("dev", "d0", "3.11", ("run", "test")), True, "run", (False, False, "dev")),
    "printed, now a window": (("run", "r1", "3.11", ("commands",)), True, "run", (True, False, None)),
    "another Python": (("run", "r1", "3.10", ("run",)), True, "run", (True, True, "run")),
    "a stamp without environment": (("run", "r1", "3.11", ("run",)), False, "run", (True, True, "run")),
    "somebody's own environment": (None, True, "test", (True, False, "dev")),
}


@pytest.mark.parametrize("case", PLANS)
def test_set_up_does_what_is_missing_and_no_more(environment: Any, case: str) -> None:
    stamp, exists, purpose, expected = PLANS[case]
    known = environment.Stamp(*stamp) if stamp else None
    plan = environment.plan(purpose, known, NOW, exists=exists, python="3.11")
    assert (plan.system, plan.make, plan.install) == expected
    assert bool(plan) == (expected != (False, False, None))


def test_a_stamp_is_read_as_it_was_written(environment: Any, tmp_path: Path) -> None:
    stamp = environment.Stamp("dev", "abc", "3.11", ("run", "test"))
    stamp.write(tmp_path / "stamp.json")
    assert environment.Stamp.read(tmp_path / "stamp.json") == stamp


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"lock": "run"}', "no JSON"])
def test_a_broken_stamp_is_no_stamp(environment: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "stamp.json").write_text(text, encoding="utf-8")
    assert environment.Stamp.read(tmp_path / "stamp.json") is None
    assert environment.Stamp.read(tmp_path / "none.json") is None


def test_the_digests_of_the_locks_differ(environment: Any) -> None:
    assert len({environment.digests()[name] for name in ("run", "dev")}) == 2


def test_only_what_is_missing_is_asked_for(system: Any) -> None:
    def nothing(_name: str) -> bool:
        return False

    def everything(_name: str) -> bool:
        return True

    def all_but_cursor(name: str) -> bool:
        return name != "libxcb-cursor.so.0"

    def missing(purpose: str, **seen: Callable[[str], bool]) -> list[str]:
        packages = system.missing_packages(purpose, **seen)
        return [package for package in packages if not package.endswith("-venv")]

    assert missing("test", has_library=everything, has_tool=everything) == []
    assert missing("run", has_library=all_but_cursor, has_tool=nothing) == ["libxcb-cursor0"]
    assert missing("commands", has_library=nothing, has_tool=nothing) == []
    packages = missing("test", has_library=everything, has_tool=nothing)
    assert packages == ["xvfb", "xdotool", "poppler-utils"]
    assert {"libgl1", "libegl1", "libxcb-cursor0"} <= set(
        missing("run", has_library=nothing, has_tool=nothing)
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for a library of Linux")
def test_a_library_is_found_by_loading_it(system: Any) -> None:
    assert system._loads("libc.so.6")
    assert not system._loads("libno-such-thing.so.1")


def test_the_advice_names_every_package(system: Any) -> None:
    assert "libgl1 xvfb" in system.advice(["libgl1", "xvfb"])


def pins(name: str) -> dict[str, str]:
    """Package -> version of a lock, after a look at its form."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    form = re.compile(
        r"([a-z0-9.-]+)==(\S+)(?: ; [^\\]+)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\\n|$))+"
    )
    entries = {entry: form.fullmatch(entry) for entry in re.split(r"\n(?=\S)", text.strip())}
    assert [entry for entry, match in entries.items() if match is None] == []
    return {match[1]: match[2] for match in entries.values() if match}


def test_the_locks_hold_hashes_and_the_tests_run_on_what_users_run() -> None:
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert run.items() <= dev.items()
    assert {"pytest", "mypy", "ruff"} <= dev.keys() - run.keys()


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for lock, asked in (
        ("requirements.txt", project["project"]["dependencies"]),
        ("requirements-dev.txt", project["dependency-groups"]["dev"]),
    ):
        names = {re.match(r"[\w-]+", each)[0].lower() for each in asked}  # type: ignore[index]
        assert names <= pins(lock).keys()


def test_pyside_is_not_the_version_that_corrupts_memory() -> None:
    major, minor, patch = map(int, pins("requirements.txt")["pyside6-essentials"].split("."))
    assert (6, 11, 3) <= (major, minor, patch) < (6, 12)
