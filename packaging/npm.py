"""Fetches one package of fonts or icons for the commands beside it. Used by hand, never by the program."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path


def unpack(package: str, folder: Path) -> Path:
    """Fetch ``name@version`` with the system's npm and unpack it under ``folder``; returns its folder."""
    said = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(folder), package],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    archive = folder / said.stdout.split()[-1]
    target = folder / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"
