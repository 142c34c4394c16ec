"""Makes the two locks again from pyproject.toml. Run by hand after a change of dependencies:

    python3 packaging/lock.py            keep what is locked, add or drop what pyproject.toml asks
    python3 packaging/lock.py --upgrade  take the newest versions pyproject.toml allows

requirements.txt is what the program runs on; requirements-dev.txt is that and what the tests need. Both name
every file by its hash, for Linux, Windows and macOS, and hold no index address: where packages come from is a
matter of the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
# What the program runs on is chosen among what the tests run on, so that both are the same.
LOCKS: Final = {
    "requirements-dev.txt": ("--group", "dev"),
    "requirements.txt": ("--constraint", "packaging/requirements-dev.txt"),
}
OPTIONS: Final = (
    *("--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"),
)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as name:
        venv.create(name, with_pip=True)
        tools = Path(name) / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([str(tools / "python"), "-m", "pip", "install", "--quiet", "uv"], check=True)
        for lock, group in LOCKS.items():
            command = [str(tools / "uv"), "pip", "compile", "pyproject.toml", *group, *OPTIONS, *arguments]
            subprocess.run([*command, "--output-file", f"packaging/{lock}"], check=True, cwd=FOLDER.parent)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
