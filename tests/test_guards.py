"""The guards of conftest.py can fail: each is tripped once."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).with_name("conftest.py")

CASES = """
import logging
import socket
import warnings

import pytest


def test_quiet():
    logging.getLogger("app").info("nothing to see")


def test_logs():
    logging.getLogger("app").warning("unexpected %s", "thing")


@pytest.mark.allow_logs("expected thing$")
def test_logs_as_expected():
    logging.getLogger("app").warning("expected thing")


@pytest.mark.allow_logs("something else")
def test_logs_otherwise():
    logging.getLogger("app").error("unexpected thing")


def test_network():
    socket.create_connection(("127.0.0.1", 9))


def test_python_warning():
    warnings.warn("old")


def test_qt_warning(qapp):
    from PySide6.QtCore import qWarning

    qWarning("something is wrong with the layout")
"""


def test_each_guard_trips(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(CONFTEST.parent.parent))
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    settings = (CONFTEST.parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    pytester.makepyprojecttoml(settings.replace('testpaths = ["tests"]', ""))
    pytester.makepyfile(CASES)
    result = pytester.runpytest_subprocess("-p", "no:randomly")
    outcome = result.parseoutcomes()
    # The two tests with unexpected records pass by themselves, and fail when they are cleared up.
    counted = {key: outcome.get(key) for key in ("passed", "failed", "errors")}
    assert counted == {"passed": 4, "failed": 3, "errors": 2}
    result.stdout.fnmatch_lines_random(
        [
            "ERROR *test_logs - Failed: unexpected log *",
            "ERROR *test_logs_otherwise - Failed: *",
            "FAILED *test_network - *NetworkDenied*",
            "FAILED *test_python_warning - UserWarning: old",
            "FAILED *test_qt_warning",
        ]
    )


def test_local_sockets_are_allowed() -> None:
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("this system has no local sockets")
    socket.socket(socket.AF_UNIX).close()
