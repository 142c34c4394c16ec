"""Nothing anybody typed reaches the log or a bug report."""

from __future__ import annotations

import logging
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import date
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from app import logs
from app.errors import EnvironmentProblem, Problem, UserError
from app.logs import Code
from app.places import program_folder

NAME = "髙﨑𠮷㈱"
ROMAN = "tanaka"


class State(Enum):
    DRAFT = "下書き"


@pytest.fixture
def log(data: Path) -> Iterator[Path]:
    """A running log; its file."""
    handler = logs.start_log(data)
    yield data / "madoguchi.log"
    logs.stop_log(handler)


def raised(error: BaseException) -> BaseException:
    """The exception with a traceback whose frame holds personal data."""
    customer = NAME
    try:
        raise error
    except type(error) as caught:
        assert customer
        return caught


def test_what_is_ours_is_written(log: Path) -> None:
    number, identity = Code("Q-A1-2611-0318"), uuid.UUID(int=7)
    arguments = (number, 3, identity, State.DRAFT, date(2026, 11, 20), None, ValueError, 0.5, True)
    logging.getLogger("app.quote").info("issued %s %d %s %s %s %s %s %.1f %s", *arguments)
    written = log.read_text(encoding="utf-8")
    assert (
        f"INFO    app.quote issued {number} 3 {identity} State.DRAFT 2026-11-20 None ValueError 0.5 True"
        in written
    )


@pytest.mark.parametrize("typed", [NAME, ROMAN, "06-1234-5678", "a@example.jp"])
def test_what_somebody_typed_is_not(log: Path, typed: str) -> None:
    logger = logging.getLogger("ui.quotes")
    logger.info("customer %s", typed)
    logger.info("customer %(name)s", {"name": typed})
    logger.info("customers %s", [typed])
    logger.info("saved %s", Path("/home") / typed / f"{typed}.pdf")
    written = log.read_text(encoding="utf-8")
    assert typed not in written
    assert f"customer <text, {len(typed)}>" in written
    assert "saved <path, *.pdf>" in written


def test_a_path_of_the_program_is_written(log: Path) -> None:
    logging.getLogger("app").info("read %s", program_folder() / "resources" / "tariffs" / "osect.toml")
    assert "read resources/tariffs/osect.toml" in log.read_text(encoding="utf-8")


@pytest.mark.allow_logs("INSERT")
def test_of_a_library_only_the_place_is_kept(log: Path) -> None:
    logging.getLogger("sqlalchemy.engine").error(f"INSERT INTO customer VALUES ({NAME!r})")  # noqa: G004
    written = log.read_text(encoding="utf-8")
    assert NAME not in written
    assert "ERROR   sqlalchemy.engine message at test_logs:" in written


@pytest.mark.allow_logs("failed")
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError(f"bad name {ROMAN}"), "ValueError (text left out"),
        (KeyError(NAME), "KeyError (text left out"),
        (UserError(Problem("bad-input", f"{NAME}は使えません", field="name")), "UserError: bad-input"),
        (EnvironmentProblem("disk-full", f"{NAME}.pdfを保存できません"), "EnvironmentProblem: disk-full"),
        (FileNotFoundError(2, "No such file", f"/home/{ROMAN}/x.pdf"), "FileNotFoundError: errno 2"),
        (AttributeError("'NoneType' object has no attribute 'total'"), "has no attribute 'total'"),
    ],
)
def test_an_exception_keeps_its_place_and_loses_its_text(log: Path, error: Exception, told: str) -> None:
    logging.getLogger("app").error("failed", exc_info=raised(error))
    written = log.read_text(encoding="utf-8")
    assert told in written
    assert "tests/app/test_logs.py" in written
    assert "in raised" in written
    assert NAME not in written
    assert ROMAN not in written


def test_a_report_tells_causes_first_and_no_values(data: Path) -> None:
    outer = RuntimeError("second")
    outer.__cause__ = raised(ValueError(NAME))
    path = logs.write_bug_report(data, raised(outer))
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Madoguchi ")
    assert text.index("ValueError") < text.index("-> and then") < text.index("RuntimeError")
    assert "    raise error\n" in text
    assert NAME not in text


def test_a_report_tells_each_error_of_a_group(data: Path) -> None:
    group = ExceptionGroup("several", [ValueError(NAME), TypeError("unsupported operand")])
    text = logs.write_bug_report(data, raised(group)).read_text(encoding="utf-8")
    assert "ValueError (text left out" in text
    assert "TypeError: unsupported operand" in text
    assert NAME not in text


def test_only_the_newest_reports_are_kept(data: Path) -> None:
    written = [logs.write_bug_report(data, raised(ValueError("x"))) for _number in range(23)]
    assert len(set(written)) == 23
    assert sorted(data.glob("report-*.txt")) == sorted(written)[-20:]


def test_the_log_turns_over(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = next(each for each in logging.getLogger().handlers if isinstance(each, RotatingFileHandler))
    monkeypatch.setattr(handler, "maxBytes", 2_000)
    for number in range(200):
        logging.getLogger("app").info("line %d", number)
    assert sorted(path.name for path in log.parent.iterdir()) == [
        "madoguchi.log",
        "madoguchi.log.1",
        "madoguchi.log.2",
    ]
    assert "line 199" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_is_told(data: Path) -> None:
    data.write_text("a file in the way", encoding="utf-8")
    with pytest.raises(EnvironmentProblem):
        logs.start_log(data)


@pytest.mark.allow_logs("uncaught exception")
def test_bugs_on_any_thread_are_caught_and_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    told: list[tuple[BaseException, Path | None]] = []
    logs.catch_bugs(data, lambda error, report: told.append((error, report)))

    first, second = ValueError("main"), ValueError("thread")

    def fail() -> None:
        raise second

    sys.excepthook(ValueError, first, None)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert [error for error, _report in told] == [first, second]
    assert all(report is not None and report.is_file() for _error, report in told)


@pytest.mark.allow_logs("uncaught exception")
def test_a_bug_is_told_even_when_no_report_can_be_written(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    data.write_text("a file in the way", encoding="utf-8")
    told: list[Path | None] = []
    logs.catch_bugs(data, lambda _error, report: told.append(report))
    sys.excepthook(ValueError, ValueError("x"), None)
    assert told == [None]
