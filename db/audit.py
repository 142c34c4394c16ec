"""Who did what, when, in a chain that shows whether anything was changed, taken out or put in afterwards.

Each link's hash covers the link before, its own time, verb and subject, and the hash of its payload (who
and what exactly) with a salt. The payload stands apart and may be erased when its time is over: salt and
text go, a tombstone stays, and the chain still proves that something of that hash was recorded then.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from app.usecases.audit_entries import AuditEntry
from app.words import _
from db.base import Session, next_seq, not_found
from db.ids import uuid7
from db.payloads import plain
from db.tables import audit, audit_payloads, counters, micros

_FIRST: Final = "0" * 64
_SALT_BYTES: Final = 16
_ERASED: Final = "audit-payload-erased"


class AuditTable:
    """``app.usecases.ports.AuditTrail``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def record(self, who: str, what: str, subject: str, detail: dict[str, Any]) -> None:
        """Add a link. ``what`` is a verb of ours and ``subject`` an id: they stay for ever; who and detail
        may go.
        """
        at = self._session.now()
        salt, payload = secrets.token_bytes(_SALT_BYTES), plain({"who": who, "detail": detail})
        seq = next_seq(self._connection, "audit")
        before = self._connection.scalar(sa.select(audit.c.hash).where(audit.c.seq == seq - 1))
        row = {"id": uuid7(), "seq": seq, "at": at, "what": what, "subject": subject}
        row["payload_hash"] = _payload_hash(salt, payload)
        row["hash"] = _link_hash(before or _FIRST, row)
        self._connection.execute(audit.insert(), row)
        self._connection.execute(
            audit_payloads.insert(), {"audit_id": row["id"], "salt": salt, "payload": payload}
        )

    def erase(self, seq: int, who: str, reason: str) -> None:
        """Erase who and what exactly of one link, leaving its tombstone, and record that. UserError
        ``not-found``.
        """
        row_id = self._connection.scalar(sa.select(audit.c.id).where(audit.c.seq == seq))
        if row_id is None:
            raise not_found()
        self._connection.execute(
            audit_payloads.update().where(audit_payloads.c.audit_id == row_id).values(salt=None, payload=None)
        )
        self.record(who, _ERASED, str(row_id), {"reason": reason})

    def recent(self, limit: int) -> list[AuditEntry]:
        """The last links, the newest first."""
        rows = self._connection.execute(
            sa.select(audit, audit_payloads.c.payload)
            .outerjoin_from(audit, audit_payloads)
            .order_by(audit.c.seq.desc())
            .limit(limit)
        )
        return [_entry(row) for row in rows.mappings()]

    def last_at(self) -> datetime | None:
        """When the last link was written; None in an empty chain."""
        return self._connection.scalar(sa.select(audit.c.at).order_by(audit.c.seq.desc()).limit(1))

    def check(self) -> list[str]:
        """What does not hold in the chain, as sentences; empty when all of it does."""
        rows = self._connection.execute(
            sa.select(audit, audit_payloads.c.salt, audit_payloads.c.payload)
            .outerjoin_from(audit, audit_payloads)
            .order_by(audit.c.seq)
        )
        last = self._connection.scalar(sa.select(counters.c.last).where(counters.c.name == "audit"))
        return list(_faults(rows.mappings(), last or 0))


def _faults(rows: Iterable[Any], last: int) -> Iterator[str]:
    before, expected = _FIRST, 1
    tombstones: dict[str, int] = {}
    erasures: set[str] = set()
    for row in rows:
        if row["seq"] != expected:
            yield _("操作の記録の{first}番から{last}番までがありません。").format(
                first=expected, last=row["seq"] - 1
            )
        elif row["hash"] != _link_hash(before, row):
            yield _("操作の記録の{seq}番が、書かれたときの内容と一致しません。").format(seq=row["seq"])
        if row["what"] == _ERASED:
            erasures.add(row["subject"])
        if row["payload"] is None:
            tombstones[row["id"]] = row["seq"]
        elif row["payload_hash"] != _payload_hash(row["salt"] or b"", row["payload"]):
            yield _("操作の記録の{seq}番の詳細が、書かれたときの内容と一致しません。").format(seq=row["seq"])
        before, expected = row["hash"], row["seq"] + 1
    if expected <= last:
        yield _("操作の記録の{first}番から{last}番までがありません。").format(first=expected, last=last)
    for row_id, seq in tombstones.items():
        if row_id not in erasures:
            yield _("操作の記録の{seq}番の詳細が、記録を残さずに消されています。").format(seq=seq)


def _entry(row: Any) -> AuditEntry:
    told = json.loads(row["payload"]) if row["payload"] is not None else None
    return AuditEntry(
        seq=row["seq"],
        at=row["at"],
        who=told["who"] if told is not None else "",
        what=row["what"],
        subject=row["subject"],
        detail=told["detail"] if told is not None else {},
        erased=told is None,
    )


def _payload_hash(salt: bytes, payload: str) -> str:
    return hashlib.sha256(salt + payload.encode("utf-8")).hexdigest()


def _link_hash(before: str, row: Any) -> str:
    """Over all that stays of a link. Lengths first, so that no two links can read the same."""
    at = row["at"]
    parts = (
        before,
        str(row["seq"]),
        row["id"],
        str(micros(at) if isinstance(at, datetime) else at),
        row["what"],
        row["subject"],
        row["payload_hash"],
    )
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()
