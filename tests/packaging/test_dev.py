"""The one command people type."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parents[2] / "packaging" / "dev.py"


START = """
import runpy, sys
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0].removesuffix("dev.py"))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    # -I -S: nothing but the standard library, as on a bare machine.
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", START, str(DEV), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_help_starts_with_the_standard_library_alone(arguments: tuple[str, ...]) -> None:
    done = dev(*arguments)
    assert done.returncode == 0, done.stderr
    for command in ("run", "test", "lint", "words", "pictures", "bench", "mutate"):
        assert f"python3 packaging/dev.py {command}" in done.stdout


def test_an_unknown_command_is_refused_with_the_help() -> None:
    done = dev("teest")
    assert done.returncode == 2
    assert "packaging/dev.py test" in done.stdout
