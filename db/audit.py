"""Who did what, when, in a chain that shows whether anything was changed, taken out or put in afterwards.

Each link's hash covers the link before, its own time, verb and subject, and the hash of its payload (who
and what exactly) with a salt. The payload stands apart and may be erased when its time is over: salt and
text go, a tombstone stays, and the chain still proves that something of that hash was recorded then.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from array import array
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from app.usecases.audit_entries import AuditCheck, AuditEntry, AuditQuery, AuditRow
from app.words import _
from db.base import Session, next_seq, not_found
from db.ids import uuid7
from db.payloads import plain
from db.tables import audit, audit_payloads, counters, micros

_FIRST: Final = "0" * 64
_SALT_BYTES: Final = 16
_ERASED: Final = "audit-payload-erased"
_CHECKED_AT_ONCE: Final = 100_000


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

    # --- finding --------------------------------------------------------------------------------------

    def seqs(self, query: AuditQuery, limit: int | None = None) -> array[int]:
        """The places of the links asked for, the newest first; ``limit`` fetches the first ones only."""
        return array("q", self._connection.scalars(_asked(query, audit.c.seq).limit(limit)))

    def entries(self, query: AuditQuery, before_seq: int | None = None, limit: int = 200) -> list[AuditEntry]:
        """The links asked for, the newest first; ``before_seq`` goes on where the last ones ended."""
        wanted = _asked(query, audit.c.seq).limit(limit)
        if before_seq is not None:
            wanted = wanted.where(audit.c.seq < before_seq)
        return self._entries(list(self._connection.scalars(wanted)))

    def rows(self, seqs: Sequence[int]) -> list[AuditRow]:
        """Links by their places, with what their subjects are called; in no order."""
        from db.audit_subjects import subjects_of

        found = self._entries(seqs)
        called = subjects_of(self._connection, {one.subject for one in found})
        return [AuditRow(one, *called.get(one.subject, ("", ""))) for one in found]

    def _entries(self, seqs: Sequence[int]) -> list[AuditEntry]:
        rows = self._connection.execute(
            sa.select(audit, audit_payloads.c.payload)
            .outerjoin_from(audit, audit_payloads)
            .where(audit.c.seq.in_(seqs))
            .order_by(audit.c.seq.desc())
        )
        return [_entry(row) for row in rows.mappings()]

    # --- checking -------------------------------------------------------------------------------------

    def check(self) -> list[str]:
        """What does not hold in the chain, as sentences; empty when all of it does."""
        place = AuditCheck()
        while not place.ended:
            place = self.check_some(place, _CHECKED_AT_ONCE)
        return list(place.faults)

    def check_some(self, place: AuditCheck, count: int = 2_000) -> AuditCheck:
        """Check the next links after a place: where that leads, and what does not hold of them."""
        rows = self._connection.execute(
            sa.select(audit, audit_payloads.c.salt, audit_payloads.c.payload)
            .outerjoin_from(audit, audit_payloads)
            .where(audit.c.seq > place.seq)
            .order_by(audit.c.seq)
            .limit(count)
        )
        last = self._connection.scalar(sa.select(counters.c.last).where(counters.c.name == "audit")) or 0
        walk = _Walk(place)
        faults = [fault for row in rows.mappings() for fault in walk.faults_of(row)]
        ended = walk.count < count
        if ended:
            faults += walk.faults_at_end(last)
        return AuditCheck(
            seq=walk.seq,
            last=last,
            faults=(*place.faults, *faults),
            before=walk.before,
            tombstones=walk.tombstones,
            erasures=frozenset(walk.erasures),
            ended=ended,
        )


class _Walk:
    """Goes along the chain, link by link."""

    def __init__(self, place: AuditCheck) -> None:
        self.seq, self.before, self.count = place.seq, place.before, 0
        self.tombstones = dict(place.tombstones)
        self.erasures = set(place.erasures)

    def faults_of(self, row: Any) -> Iterator[str]:
        """What does not hold of the next link."""
        seq, expected = row["seq"], self.seq + 1
        if seq != expected:
            yield _gap(expected, seq - 1)
        elif row["hash"] != _link_hash(self.before, row):
            yield _("操作の記録の{seq}番が、書かれたときの内容と一致しません。").format(seq=seq)
        if row["what"] == _ERASED:
            self.erasures.add(row["subject"])
        if row["payload"] is None:
            self.tombstones[row["id"]] = seq
        elif row["payload_hash"] != _payload_hash(row["salt"] or b"", row["payload"]):
            yield _("操作の記録の{seq}番の詳細が、書かれたときの内容と一致しません。").format(seq=seq)
        self.seq, self.before, self.count = seq, row["hash"], self.count + 1

    def faults_at_end(self, last: int) -> Iterator[str]:
        """What lacks at the end, and what was erased without a record of it."""
        if self.seq < last:
            yield _gap(self.seq + 1, last)
        for row_id, seq in self.tombstones.items():
            if row_id not in self.erasures:
                yield _("操作の記録の{seq}番の詳細が、記録を残さずに消されています。").format(seq=seq)


def _gap(first: int, last: int) -> str:
    return _("操作の記録の{first}番から{last}番までがありません。").format(first=first, last=last)


def _asked(query: AuditQuery, *columns: Any) -> sa.Select[Any]:
    """Links by what is asked for. Days and verbs stand in the open; names and words in the payloads."""
    found = sa.select(*columns).order_by(audit.c.seq.desc())
    if query.first is not None:
        found = found.where(audit.c.at >= _midnight(query.first))
    if query.last is not None:
        found = found.where(audit.c.at < _midnight(query.last + timedelta(days=1)))
    if query.verbs:
        found = found.where(audit.c.what.in_(query.verbs))
    if query.subject:
        found = found.where(audit.c.subject == query.subject)
    if query.who or query.words:
        found = found.join_from(audit, audit_payloads)
    if query.who:
        found = found.where(sa.func.json_extract(audit_payloads.c.payload, "$.who").in_(query.who))
    for word in query.words.split():
        found = found.where(audit_payloads.c.payload.contains(word, autoescape=True))
    return found


def _midnight(day: date) -> datetime:
    """When a day begins on the clock of this machine."""
    return datetime(day.year, day.month, day.day).astimezone()


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
