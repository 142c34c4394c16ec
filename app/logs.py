"""The log of the program, without personal data.

What may be logged: numbers, dates of the calendar, UUIDs, enum members, types, and ``Code`` — an identifier
of ours, such as a service, a document number or the name of an operation. The text of the message itself is
written in the code and is trusted, so it is a plain literal and never an f-string (ruff's rule G004).

What is never logged: anything typed by somebody. Nothing here can know a name when it sees one, so nothing
tries: every *string* argument that is not a ``Code`` becomes its length, a path outside the program becomes
its kind of file, and of an exception only its class, its place and the codes of our own errors remain.
Messages of libraries are not ours to trust: only who spoke, where and how loudly is kept.

Bug reports follow the same rule: a traceback with places and source lines, no values of variables.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import app
from app.errors import EnvironmentProblem, UserError
from app.places import private_folder, program_folder

_OUR_LOGGERS: Final = frozenset({"app", "cli", "db", "main", "reports", "ui", "__main__"})
_LOG_NAME: Final = "madoguchi.log"
_LOG_BYTES: Final = 1_000_000
_LOG_FILES: Final = 3
_REPORTS_KEPT: Final = 20

# What Python itself says in these holds names of the code, never values of the user.
_HARMLESS_TEXTS: Final = (
    AttributeError,
    ImportError,
    NameError,
    RecursionError,
    TypeError,
    ZeroDivisionError,
)

_log = logging.getLogger(__name__)


class Code(str):
    """A string that may be logged: an identifier of ours, never something a person typed."""

    __slots__ = ()


class WithoutPersonalData(logging.Formatter):
    """Writes a record as a line in which nothing typed by somebody can stand."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        kept = logging.makeLogRecord(record.__dict__)
        if record.name.partition(".")[0] in _OUR_LOGGERS:
            kept.args = _cleaned_arguments(record.args)
        else:
            kept.msg, kept.args = "message at %s:%d", (record.module, record.lineno)
        error = record.exc_info[1] if record.exc_info else None
        # Set, so that the class above neither formats the exception nor takes another formatter's text.
        kept.exc_text = "".join(_told(error)).rstrip() if error is not None else None
        kept.exc_info, kept.stack_info = None, None
        return super().format(kept)


def _cleaned_arguments(arguments: Any) -> Any:
    if isinstance(arguments, Mapping):
        return {key: _cleaned(value) for key, value in arguments.items()}
    return tuple(_cleaned(value) for value in arguments or ())


def _is_uuid(value: object) -> bool:
    """Told by its class alone: importing it costs the start of the window three milliseconds."""
    kind = type(value)
    return (kind.__module__, kind.__name__) == ("uuid", "UUID")


def _cleaned(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | date | timedelta | Code) or _is_uuid(value):
        return value
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, type):
        return value.__qualname__
    if isinstance(value, Path):
        return _cleaned_path(value)
    if isinstance(value, BaseException):
        return _named(value)
    if isinstance(value, str):
        return f"<text, {len(value)}>"
    return f"<{type(value).__name__}>"


def _cleaned_path(path: Path) -> str:
    """A path of the program's own folder in full; of any other (user and customer names!) only the kind."""
    try:
        return path.relative_to(program_folder()).as_posix()
    except ValueError:
        return f"<path, *{path.suffix}>"


def _named(error: BaseException) -> str:
    """An exception by its class and what surely holds no data: our codes, or Python's own words."""
    name = type(error).__qualname__
    if isinstance(error, UserError):
        return f"{name}: " + ", ".join(problem.code for problem in error.problems)
    if isinstance(error, EnvironmentProblem):
        return f"{name}: {error.code}"
    if isinstance(error, OSError):
        return f"{name}: errno {error.errno}"
    if type(error) in _HARMLESS_TEXTS:
        return f"{name}: {error}"
    return f"{name} (text left out: it may hold what somebody typed)"


def _told(error: BaseException) -> Iterator[str]:
    """A traceback in lines: causes first, places and source lines, no values."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told(cause)
        yield "\n-> and then\n\n"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}\n"
        if frame.line:
            yield f"    {frame.line}\n"
    yield f"{_named(error)}\n"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield "\n-> one of several\n\n"
            yield from _told(inner)


def _place(filename: str) -> str:
    """A source file without the folders above it, which may carry the user's name."""
    path = Path(filename)
    for top in (program_folder(), *(Path(entry) for entry in sys.path if entry)):
        if path.is_relative_to(top):
            return path.relative_to(top).as_posix()
    return path.name


def start_log(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Write what the program logs to a rotating file in ``folder`` (three files of 1 MB at the most).

    Returns the handler, for ``stop_log``. Raises EnvironmentProblem when the folder can't be written.
    """
    from logging.handlers import RotatingFileHandler

    path = private_folder(folder) / _LOG_NAME
    handler = RotatingFileHandler(
        path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES - 1, encoding="utf-8", delay=True
    )
    handler.setFormatter(WithoutPersonalData())
    handler.setLevel(level)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(min(level, root.level) if root.level else level)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Close a log that ``start_log`` began."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def write_bug_report(folder: Path, error: BaseException) -> Path:
    """Write a file about a bug that the user may send, and return its path.

    It holds versions, the system's kind and the traceback without values; it can be read before it is sent.
    Only the newest reports are kept. Raises EnvironmentProblem when the folder can't be written.
    """
    import platform

    private_folder(folder)
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    now = datetime.now().astimezone()
    path = folder / f"report-{now:%Y%m%d-%H%M%S}-{time.monotonic_ns() % 1_000_000:06d}.txt"
    lines = [
        f"Madoguchi {app.__version__}\n",
        f"{now.isoformat(timespec='seconds')}\n",
        f"{system}, Python {platform.python_version()}\n",
        *(f"{name} {version}\n" for name, version in _library_versions()),
        "\n",
        *_told(error),
    ]
    path.write_text("".join(lines), encoding="utf-8")
    for old in sorted(folder.glob("report-*.txt"))[:-_REPORTS_KEPT]:
        old.unlink(missing_ok=True)
    return path


def _library_versions() -> Iterator[tuple[str, str]]:
    """The libraries a bug may depend on, as far as they are loaded: a report loads nothing new."""
    for name in ("PySide6", "sqlalchemy", "sqlcipher3", "reportlab"):
        version = getattr(sys.modules.get(name), "__version__", None)
        if isinstance(version, str):
            yield name, version


def catch_bugs(folder: Path, on_bug: Callable[[BaseException, Path | None], None]) -> None:
    """From now on log every exception nobody caught, write its report to ``folder`` and tell ``on_bug``.

    ``on_bug`` gets the exception and the report's path, or None when not even the report could be written; it
    is called on the thread where the exception came up. KeyboardInterrupt and SystemExit pass as usual.
    """

    def caught(error: BaseException) -> None:
        _log.critical("uncaught exception", exc_info=error)
        try:
            report = write_bug_report(folder, error)
        except (EnvironmentProblem, OSError):
            report = None
        on_bug(error, report)

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            caught(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def on_thread(arguments: threading.ExceptHookArgs) -> None:
        if isinstance(arguments.exc_value, Exception):
            caught(arguments.exc_value)

    sys.excepthook = on_main
    threading.excepthook = on_thread
