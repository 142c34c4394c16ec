"""Writes about tariffs: files of the owner's own, and how unclear passages are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.papers.issuer import Settings
from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.usecases.keep_tariffs import RemovedFile, TariffFile

_TARIFFS = Changed(settings=True, tariffs=True)


def add_file(desk: Desk, file: TariffFile) -> Outcome[Path]:
    """Copy a checked file into the owner's folder; all prices are made with it from now on."""
    from app.usecases.keep_tariffs import add_file as add

    return Outcome(add(desk, file), _TARIFFS)


def remove_file(desk: Desk, path: Path) -> Outcome[RemovedFile]:
    """Take a file of the owner's away."""
    from app.usecases.keep_tariffs import remove_file as remove

    return Outcome(remove(desk, path), _TARIFFS)


def put_back(desk: Desk, removed: RemovedFile) -> Outcome[Path]:
    """Add a file again that was taken away."""
    from app.usecases.keep_tariffs import put_back as put

    return Outcome(put(desk, removed), _TARIFFS)


def choose_reading(desk: Desk, name: str, choice: str, reason: str) -> Outcome[Settings]:
    """Read an unclear passage in another way, or ("") as the files say."""
    from app.usecases.choose_reading import choose_reading as choose

    return Outcome(choose(desk, name, choice, reason), Changed(settings=True))
