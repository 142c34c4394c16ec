"""A folder nobody may write, also for the user who may write everything (containers run tests as root)."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


@contextmanager
def read_only(*paths: Path) -> Iterator[None]:
    """Files and folders without permission to write inside the block."""
    before = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        with _ordinary_rights():
            yield
    finally:
        for path, mode in before.items():
            path.chmod(mode)


@contextmanager
def _ordinary_rights() -> Iterator[None]:
    """Lay down root's power over permissions in this thread (Linux), and take it up again."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, rights = _Header(_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(ctypes.byref(header), ctypes.byref(rights)) == 0
    lowered = (ctypes.c_uint32 * 6)(0, *rights[1:3], 0, *rights[4:6])
    assert libc.capset(ctypes.byref(header), ctypes.byref(lowered)) == 0
    try:
        yield
    finally:
        assert libc.capset(ctypes.byref(header), ctypes.byref(rights)) == 0
