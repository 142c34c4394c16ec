"""Identifiers that several laptops can make without asking each other."""

from __future__ import annotations

import os
import threading
import time
from typing import Final

_LOCK: Final = threading.Lock()
_COUNTER_BITS: Final = 12
_last = 0


def uuid7() -> str:
    """A new UUIDv7 (RFC 9562) in text, greater than every one this process made before.

    Milliseconds since 1970, then a counter in the 12 bits of ``rand_a`` (method 1 of section 6.2), then 62
    random bits. Should more than 4,096 be made in a millisecond, the clock part runs ahead of the clock.
    """
    global _last  # noqa: PLW0603 - what makes them rise within the process
    now = (time.time_ns() // 1_000_000) << _COUNTER_BITS
    with _LOCK:
        _last = max(now, _last + 1)
        ticks = _last
    milliseconds, counter = ticks >> _COUNTER_BITS, ticks & 0xFFF
    tail = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    digits = f"{milliseconds:012x}{0x7000 | counter:04x}{tail:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
