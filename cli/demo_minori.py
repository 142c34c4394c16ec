"""The life of the contract that the pictures show: 28 ID since May, 31 since September, one outage."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from app.contract.facts import Changed, Notified, Outage, Restored, Started
from app.contract.record import Entry
from app.contract.steps import Accepted, Explained, Submitted

SERVICE: Final = "dokodemo-prime"
START: Final = date(2026, 5, 20)
LAST: Final = date(2026, 10, 9)
"""When it was all over: a demo of an earlier day has no such contract."""
ITEMS: Final = {"id": 28}
BY: Final = "田村 美咲"
RECEIPT: Final = 7
PROVIDER_NUMBER: Final = "DO03100007"
LINE_NUMBER: Final = "CAF0605200007"
_OUTAGE: Final = "0d4f0000-0000-4000-8000-000000000007"


def minori_entries(edition: date | None) -> list[Entry]:
    """What happened, under the terms of an edition."""
    return [
        Explained(on=date(2026, 5, 11), by=BY, edition=edition),
        Submitted(on=date(2026, 5, 12), receipt=RECEIPT),
        Accepted(on=date(2026, 5, 15), effective=START, provider_number=PROVIDER_NUMBER),
        Started(on=START, items=ITEMS),
        Notified(on=date(2026, 7, 6), what=("person",), changed_on=date(2026, 7, 1), proof="名刺"),
        Explained(on=date(2026, 9, 1), by=BY, how="phone", edition=edition),
        Changed(on=date(2026, 9, 14), items={"id": 31}),
        Outage(
            known_at=datetime.combine(date(2026, 10, 8), time(9)),
            restored_at=None,
            cause="company",
            id=_OUTAGE,
        ),
        Restored(outage=_OUTAGE, at=datetime.combine(LAST, time(23))),
    ]
