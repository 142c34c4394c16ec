"""A sample of the faults; ``python -m benchmarks.faults`` tries them all."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from tests.faults import disk
from tests.faults.everything import FAULTS, FUZZ_SAMPLE, READERS, Fault, readers
from tests.faults.fuzz import fuzzed


def chance() -> random.Random:
    """Other faults every time; the same ones where CI judges a change."""
    return random.Random("CI" if os.environ.get("CI") else None)


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


@pytest.mark.parametrize("place", range(READERS))
def test_a_bad_file_is_read_or_told(place: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    all_readers = readers(_folder(tmp_path_factory))
    assert len(all_readers) == READERS
    reader = all_readers[place]
    found = fuzzed(reader, FUZZ_SAMPLE, chance().randrange(1_000_000))
    assert found.lost == []
    assert found.tried >= FUZZ_SAMPLE


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.getbasetemp() / "fuzz"
