"""Document numbers. Each desk counts for itself, so that two laptops never give the same one."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from db.base import Session
from db.tables import numbers

_KIND: Final = re.compile(r"[A-Z]")
_DESK: Final = re.compile(r"[A-Z0-9]{2,4}")


class NumberTable:
    """``app.usecases.ports.Numbers``."""

    def __init__(self, session: Session) -> None:
        self._connection: Final = session.connection

    def next(self, kind: str, desk: str, day: date) -> str:
        """The next number, ``Q-A1-2611-0318``: four digits, more from the 10,000th of the month on.

        The count grows inside the transaction: undone, the number is given to the next. ValueError for a kind
        or desk code that makes no number (a bug: the settings are checked before).
        """
        if not (_KIND.fullmatch(kind) and _DESK.fullmatch(desk)):
            raise ValueError("no kind or desk code for a document number")
        yymm = f"{day:%y%m}"
        last = self._connection.scalar(
            numbers.update()
            .where(numbers.c.kind == kind, numbers.c.desk == desk, numbers.c.yymm == yymm)
            .values(last=numbers.c.last + 1)
            .returning(numbers.c.last)
        )
        if last is None:
            last = 1
            row = {"kind": kind, "desk": desk, "yymm": yymm, "last": last}
            self._connection.execute(numbers.insert(), row)
        return f"{kind}-{desk}-{yymm}-{last:04d}"
