"""A sample of the faults; ``python -m benchmarks.faults`` tries them all."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from tests.faults import disk
from tests.faults.everything import FAULTS, FUZZ_SAMPLE, READERS, Fault, reader
from tests.faults.fuzz import fuzzed


def chance() -> random.Random:
    """The same faults every time; others with ``FRESH=1`` (tests/conftest.py)."""
    return random.Random(None if os.environ.get("FRESH") else "the same")


POSIX = {"full-disk", "failing-disk"}


@pytest.mark.allow_logs("journal damaged")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_nothing_is_lost(fault: Fault, tmp_path: Path) -> None:
    if fault.name in POSIX and sys.platform != "linux":
        pytest.skip("needs Linux")
    if fault.name == "full-disk" and not disk.namespaces_work():
        pytest.skip("needs a mount namespace")
    found = fault.try_it(tmp_path, fault.sample, chance())
    assert found.lost == []
    assert found.tried >= 1 or fault.name == "failing-disk"


@pytest.mark.no_qt_log  # pictures that can't be shown: Qt tells it on the console
@pytest.mark.parametrize("name", READERS)
def test_a_bad_file_is_read_or_told(name: str, tmp_path: Path) -> None:
    one = reader(name, tmp_path)
    found = fuzzed(one, FUZZ_SAMPLE, chance().randrange(1_000_000))
    one.close()
    assert found.lost == []
    assert found.tried >= FUZZ_SAMPLE
