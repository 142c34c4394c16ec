"""Where things are, and what differs between systems. No other module asks which system it runs on.

Everything here works on Windows, macOS and Linux. What the machine refuses (disk full, no permission, a
file held open by another program) comes out as ``EnvironmentProblem`` in words for the user.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from app.errors import EnvironmentProblem
from app.words import _

APPLICATION: Final = "Madoguchi"

_WINDOWS: Final = sys.platform == "win32"
_MACOS: Final = sys.platform == "darwin"

_HELD_OPEN: Final = {32, 33}  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_DISK_FULL: Final = {
    errno.ENOSPC,
    getattr(errno, "EDQUOT", errno.ENOSPC),
}  # the disk, or the user's share of it


def program_folder() -> Path:
    """The folder the program's own files are in, also in an installed (frozen) copy."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources(*parts: str) -> Path:
    """A file or folder that ships with the program. Not checked for existence: see ``resource_bytes``."""
    return program_folder().joinpath("resources", *parts)


def resource_bytes(*parts: str) -> bytes:
    """The content of a file that ships with the program.

    Raises EnvironmentProblem (``resource-missing``) when the installation is damaged.
    """
    path = resources(*parts)
    try:
        return path.read_bytes()
    except OSError as error:
        raise missing_resource(path) from error


def missing_resource(path: Path) -> EnvironmentProblem:
    """What to tell when a file that ships with the program is not there."""
    return EnvironmentProblem(
        "resource-missing",
        _("プログラムの部品「{name}」を読み込めません。").format(name=path.name),
        remedy=_("Madoguchiを入れ直してください。保存したデータはそのまま残ります。"),
    )


def data_dir(override: Path | None = None) -> Path:
    """The folder of the user's data: ``override`` if given, else the system's place for it. Not made here."""
    if override is not None:
        return override.expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False)


def log_dir(data: Path) -> Path:
    """The folder of the log and of bug reports, inside the data folder ``data``."""
    return data / "logs"


def private_folder(path: Path) -> Path:
    """Make a folder only this user can enter (where the system knows such a thing) and return it.

    An existing folder keeps its permissions. Raises EnvironmentProblem when it can't be made or written.
    """
    try:
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def free_disk(path: Path) -> int:
    """Free bytes where ``path`` is, or would be."""
    import shutil

    existing = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
    return shutil.disk_usage(existing).free


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that it holds either the old bytes or all the new ones, whatever happens.

    ``private`` gives the file to this user alone (a key); otherwise the user's usual permissions hold. The
    bytes go to a temporary file in the same folder, are forced to the disk, and take the name in one step.
    A target that is no ordinary file (a device, a pipe) is written directly. Missing folders are not made.

    Raises EnvironmentProblem: ``target-open`` (held open by another program), ``disk-full``, ``unwritable``.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as stream:
                stream.write(data)
            return
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        _replace(target, data, 0o600 if private else 0o666)
    except OSError as error:
        raise unwritable(path, error) from error


def _replace(target: Path, data: bytes, mode: int) -> None:
    temporary = target.with_name(f".{os.urandom(6).hex()}.tmp")
    # Opened by hand, so that the user's umask applies, which a tempfile would pass over.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, mode), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Force the new name itself to the disk. Windows does so by itself; some network drives can't."""
    if _WINDOWS:
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritable(path: Path, error: OSError) -> EnvironmentProblem:
    """What to tell when writing ``path`` failed with ``error``."""
    name = path.name or str(path)
    if _held_open(path, error):
        return EnvironmentProblem(
            "target-open",
            _("「{name}」はほかのプログラムで開かれているため、保存できません。").format(name=name),
            remedy=_("開いている画面を閉じてからもう一度保存するか、別の名前で保存してください。"),
        )
    if error.errno in _DISK_FULL:
        return EnvironmentProblem(
            "disk-full",
            _("空き容量が足りないため、「{name}」を保存できません。").format(name=name),
            remedy=_("不要なファイルを移すか、別の場所に保存してください。"),
        )
    return EnvironmentProblem(
        "unwritable",
        _("「{path}」に書き込めません。{reason}").format(path=path, reason=_reason(path, error)),
        remedy=_("別の場所を選ぶか、フォルダーの書き込みの許可を確かめてください。"),
    )


def _held_open(path: Path, error: OSError) -> bool:
    """Whether another program holds the file. On replacing, Windows may only say "access denied"."""
    if getattr(error, "winerror", None) in _HELD_OPEN:
        return True
    return _WINDOWS and isinstance(error, PermissionError) and path.is_file() and os.access(path, os.W_OK)


def _reason(path: Path, error: OSError) -> str:
    """Why it can't be written, in the user's language where the reason is a usual one."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _("フォルダー「{folder}」がありません。").format(folder=path.parent)
    if isinstance(error, IsADirectoryError):
        return _("同じ名前のフォルダーがあります。")
    if isinstance(error, FileExistsError):
        return _("同じ名前のファイルがあります。")
    if error.errno == errno.EROFS:
        return _("読み取り専用の場所です。")
    if error.errno == errno.ENAMETOOLONG:
        return _("名前が長すぎます。")
    if isinstance(error, PermissionError):
        return _("書き込む権限がありません。")
    return error.strerror or type(error).__name__


def give_back_memory() -> None:
    """Let the system have freed memory back: glibc keeps it, other systems do this themselves."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """What glibc has for it; None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    from ctypes import CDLL  # long after the first picture

    try:
        found: Callable[[int], int] = CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
    return found


def has_display() -> bool:
    """Whether a window can be shown. Windows and macOS always have a screen; a Linux server may not."""
    if _WINDOWS or _MACOS:
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in {"offscreen", "minimal", "vnc"}:
        return True
    return bool(os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"))


def open_with_system(path: Path) -> None:
    """Open a file with the program the system has for it (a PDF viewer, a folder window).

    Raises EnvironmentProblem (``no-viewer``) when the system has none.
    """
    import subprocess

    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - the user asked to open it
        else:
            opener = "open" if _MACOS else "xdg-open"
            subprocess.run([opener, str(path)], check=True, capture_output=True, timeout=20)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise EnvironmentProblem(
            "no-viewer",
            _("「{name}」を開くプログラムが見つかりません。").format(name=path.name),
            kept=_("ファイルは「{folder}」に保存されています。").format(folder=path.parent),
            remedy=_("ファイルの場所を開き、使うプログラムを選んでください。"),
        ) from error


def is_private(path: Path) -> bool:
    """Whether only this user may read ``path``. On Windows the user's folder sees to that."""
    return _WINDOWS or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
