"""Where papers of a period are written to: a folder that appears whole or not at all, or one archive sealed
with a passphrase.
"""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol
from zipfile import ZipFile

from app.errors import Problem, UserError
from app.places import unwritable, write_atomically
from app.words import _

INNER: Final = "papers.zip"
"""What the sealed archive holds: names of files stay readable in one, and those of papers tell customers."""

MOST_SEALED: Final = 500_000_000
"""Bytes that are sealed at once: until then they are in memory, so that nothing readable is on the disk."""


class Place(Protocol):
    """``path`` is what will be there in the end."""

    path: Path

    def add(self, name: str, data: bytes) -> None:
        """Keep a file. Raises EnvironmentProblem; UserError ``too-large``."""

    def finish(self) -> None:
        """Let everything appear. Raises EnvironmentProblem."""

    def stop(self) -> None:
        """Leave nothing of what is not finished."""


class FolderPlace:
    """A folder, filled beside its place under another name."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._partial = folder.with_name(f".{folder.name}.part")
        self._begun = False

    def add(self, name: str, data: bytes) -> None:
        """Write a file."""
        try:
            self._begin()
            (self._partial / name).write_bytes(data)
        except OSError as error:
            self.stop()
            raise unwritable(self.path, error) from error

    def _begin(self) -> None:
        if self._begun:
            return
        shutil.rmtree(self._partial, ignore_errors=True)
        self._partial.mkdir(parents=True)
        self._begun = True

    def finish(self) -> None:
        """Give the folder its name."""
        try:
            self._partial.rename(self.path)
        except OSError as error:
            raise unwritable(self.path, error) from error
        finally:
            self.stop()

    def stop(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self._partial, ignore_errors=True)


class SealedPlace:
    """``folder.zip``: one encrypted archive, in which all papers are one file."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        from app.usecases.sealed_zip import check_passphrase

        check_passphrase(passphrase)
        self.path = folder.with_name(f"{folder.name}.zip")
        self._passphrase = passphrase
        self._held: list[tuple[str, bytes]] = []
        self._size = 0

    def add(self, name: str, data: bytes) -> None:
        """Keep a file until all are there."""
        self._held.append((name, data))
        self._size += len(data)
        if self._size > MOST_SEALED:
            self.stop()
            raise UserError(
                Problem("too-large", _("書き出す内容が大きすぎます。"), remedy=_("期間を分けてください。"))
            )

    def finish(self) -> None:
        """Seal and write."""
        from app.usecases.sealed_zip import seal_files

        out = BytesIO()
        with ZipFile(out, "w") as papers:
            for name, data in self._held:
                papers.writestr(name, data)
        self.stop()
        write_atomically(self.path, seal_files([(INNER, out.getvalue())], self._passphrase))

    def stop(self) -> None:
        """Let go of what is held."""
        self._held.clear()


def place_for(folder: Path, passphrase: str) -> Place:
    """A folder; with a passphrase a sealed archive beside where it would be.

    Raises UserError ``passphrase-short``, ``folder-exists``.
    """
    place: Place = SealedPlace(folder, passphrase) if passphrase else FolderPlace(folder)
    if place.path.exists():
        raise UserError(
            Problem(
                "folder-exists",
                _("「{folder}」はすでにあります。").format(folder=place.path),
                why=_("書き出しは、いつも新しいフォルダーに作ります。"),
                remedy=_("別の名前を付けてください。"),
                field="folder",
            )
        )
    return place
