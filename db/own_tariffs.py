"""The owner's own tariff files beside a backup: they stand in the data folder, not in the database, and
contracts are charged by them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.errors import EnvironmentProblem
from app.places import private_folder, unwritable, write_atomically
from app.words import _

FOLDER: Final = "tariffs"
_MOST_FILES: Final = 1_000
_MOST_BYTES: Final = 64_000_000
"""Of all files together, unpacked: more than a thousand price lists, less than harms."""
_UNREADABLE: Final = (
    OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError,
)  # fmt: skip


def pack_path(backup: Path) -> Path:
    """Where the own tariff files of a backup are kept."""
    return backup.with_name(f"{backup.name}.tariffs.zip")


def put_beside(folder: Path, backup: Path) -> tuple[str, ...]:
    """Pack the own tariff files of a data folder beside a backup, and read them back. Their names; none, no
    pack.

    Raises EnvironmentProblem where a file can't be read or the pack can't be written.
    """
    files = _files_of(folder / FOLDER)
    if not files:
        return ()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    write_atomically(pack_path(backup), packed.getvalue())
    if files_beside(backup, tuple(files)) != files:
        raise _damaged(pack_path(backup))
    return tuple(files)


def files_beside(backup: Path, expected: tuple[str, ...]) -> Mapping[str, bytes]:
    """The own tariff files of a backup. ``expected``: those it is said to have.

    Raises EnvironmentProblem ``backup-tariffs-damaged`` where one of them is missing or can't be read.
    """
    path = pack_path(backup)
    if not path.is_file() and not expected:
        return {}
    try:
        with zipfile.ZipFile(path) as pack:
            inside = pack.infolist()
            if len(inside) > _MOST_FILES or sum(one.file_size for one in inside) > _MOST_BYTES:
                raise _damaged(path)
            found = {one.filename: pack.read(one) for one in inside}
    except _UNREADABLE as error:
        raise _damaged(path) from error
    if not set(expected) <= found.keys() or not all(_is_plain(name) for name in found):
        raise _damaged(path)
    return found


@contextmanager
def put_back(files: Mapping[str, bytes], folder: Path) -> Iterator[None]:
    """Put those into a data folder that it has not got; what it has stays as it is. Where what comes after
    fails, they are taken away again.
    """
    put: list[Path] = []
    try:
        for name, data in files.items():
            target = folder / FOLDER / name
            if not target.exists():
                private_folder(target.parent)
                put.append(target)
                write_atomically(target, data)
        yield
    except BaseException:
        for target in put:
            with suppress(OSError):
                target.unlink(missing_ok=True)
        raise


def drop_pack(backup: Path) -> None:
    """Take the pack of a backup away with it."""
    with suppress(OSError):
        pack_path(backup).unlink(missing_ok=True)


def _files_of(folder: Path) -> dict[str, bytes]:
    try:
        return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}
    except OSError as error:
        raise unwritable(folder, error) from error


def _is_plain(name: str) -> bool:
    """A file name of this system and nothing else: what is unpacked never leaves its folder."""
    return name.endswith(".toml") and Path(name).name == name


def _damaged(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "backup-tariffs-damaged",
        _("控えと一緒に取った料金表「{name}」を読めません。").format(name=path.name),
        kept=_("いまのデータはそのまま残っています。"),
        remedy=_("別の控えを選んでください。"),
    )
