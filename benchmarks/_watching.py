"""What a measured process tells about itself: its memory, and how long its window stood still."""

from __future__ import annotations

import faulthandler
import os
import re
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep, thread_time

from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS = 4
_SUSPICIOUS = 0.040
_LOOK_EVERY = 0.010
_DEPTH = 8
_DUMPED = re.compile(r'^ +File "(?:.*[/\\])?([^/\\"]+)", line (\d+) in (.*)$')


@dataclass(frozen=True)
class Stop:
    """A time in which the window answered nothing: seconds, how many of them its thread was computing itself
    and how many it was ready to and another program had the core (0.0 where the system does not tell), what
    was being done, and where in the program. The rest it waited: for the interpreter, a lock, a disk.
    """

    seconds: float
    computing: float
    queued: float
    during: str
    where: str


class Heart(QObject):
    """A timer that should beat every few milliseconds. ``stops`` holds the gaps between beats that it
    noticed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.during = "start"
        self.stops: list[Stop] = []
        self._where = ""
        self._schedule = _schedule()
        self._last, self._computed, self._queued = perf_counter(), thread_time(), self._in_queue()
        self._thread = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Beat from now on."""
        self._last, self._computed, self._queued = perf_counter(), thread_time(), self._in_queue()
        self._timer.start()
        threading.Thread(target=self._look, daemon=True).start()

    def _beat(self) -> None:
        now, computed, queued = perf_counter(), thread_time(), self._in_queue()
        gap = now - self._last - _BEAT_MS / 1000
        if gap > _SUSPICIOUS / 2:
            self.stops.append(
                Stop(gap, computed - self._computed, queued - self._queued, self.during, self._where)
            )
        self._where = ""
        self._last, self._computed, self._queued = now, computed, queued

    def _in_queue(self) -> float:
        """Seconds this thread ever waited for a core."""
        if self._schedule < 0:
            return 0.0
        return int(os.pread(self._schedule, 100, 0).split()[1]) / 1e9

    def _look(self) -> None:
        """On a thread of its own: when the beat is late, note where the window's thread is."""
        while True:
            sleep(_LOOK_EVERY)
            if perf_counter() - self._last > _SUSPICIOUS and not self._where:
                self._where = _stack(self._thread)

    def worst(self, count: int) -> list[Stop]:
        """The longest stops, the longest first."""
        return sorted(self.stops, key=lambda stop: -stop.seconds)[:count]


def _schedule() -> int:
    """The file in which Linux tells how long this thread computed and queued; -1 elsewhere."""
    told = f"/proc/self/task/{threading.get_native_id()}/schedstat"
    return os.open(told, os.O_RDONLY) if Path(told).exists() else -1


def _stack(thread: int) -> str:
    """Where a thread is, innermost first. Its frames must not be held, not even for a moment: they keep
    painters alive beyond their picture, and Qt crashes. The interpreter's own dump holds none.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        told = file.read()
    _others, found, mine = told.partition(f"hread 0x{thread:016x} ")
    lines = mine.partition("\n\n")[0].splitlines()[1 : 1 + _DEPTH] if found else []
    return " < ".join(_DUMPED.sub(r"\1:\2 \3", line) for line in lines)


def memory() -> float:
    """Megabytes of this process in memory; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
