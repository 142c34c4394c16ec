"""The chain over all issued papers, and whether the archive still is what it was.

Each link covers the link before, the paper's place, number and day, and the hash of its payload: customer,
total, title, what it is about, and the SHA-256 of its bytes, with a salt. The payload may go when the
retention is over; the link stays and goes on proving that a paper of that hash was issued then.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from app.papers.archived import ChainPlace, PaperFault
from app.words import _
from db.columns import micros
from db.paper_tables import paper_bytes, paper_voids, papers
from db.tables import audit, counters

ERASED: Final = "paper-erased"
VOIDED: Final = "paper-voided"
FIRST: Final = "0" * 64
_SALT_BYTES: Final = 16
_AT_ONCE: Final = 100
_PAYLOAD: Final = (
    "customer",
    "customer_id",
    "total",
    "title",
    "subject_kind",
    "subject_id",
    "staff",
    "sha256",
)
_LINK: Final = ("seq", "id", "kind", "number", "revision", "issued_on", "created_at")
_MAY_GO: Final = ("customer", "customer_id", "customer_key", "subject_id", "sha256")

Told = Callable[[int, int], bool]

_SOME: Final = (
    sa.select(papers, paper_bytes.c.pdf).join_from(papers, paper_bytes, isouter=True).order_by(papers.c.seq)
)


def new_salt() -> bytes:
    """A salt for one paper."""
    return secrets.token_bytes(_SALT_BYTES)


def payload_hash(row: Mapping[str, Any]) -> str:
    """Over what may be erased, and over what that proves."""
    salt: bytes = row["salt"] or b""
    return hashlib.sha256(salt + _told(row[name] for name in _PAYLOAD)).hexdigest()


def link_hash(before: str, row: Mapping[str, Any]) -> str:
    """Over the link before and all that stays."""
    told = _told((before, *(row[name] for name in _LINK), row["payload_hash"]))
    return hashlib.sha256(told).hexdigest()


def erased_values(at: datetime) -> dict[str, Any]:
    """What an erased paper's columns hold."""
    return {**dict.fromkeys(_MAY_GO, ""), "salt": None, "erased_at": at}


def _told(parts: Any) -> bytes:
    """Lengths first, so that no two links can read the same."""
    texts = map(_plain, parts)
    return "".join(f"{len(text)}:{text}" for text in texts).encode("utf-8")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return str(micros(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def faults(connection: sa.Connection, told: Told | None = None) -> Iterator[PaperFault]:
    """What does not hold, paper by paper in the order of issue. Bytes are read some at a time."""
    place = ChainPlace()
    while not place.is_end:
        place, found = check_some(connection, place)
        yield from found
        if told is not None and not told(place.seq, place.last):
            return


def check_some(connection: sa.Connection, place: ChainPlace) -> tuple[ChainPlace, list[PaperFault]]:
    """Check the papers after a place: where that leads, and what does not hold of them. What was read may be
    left and taken up again in another transaction, for nothing that was issued ever changes.
    """
    last = connection.scalar(sa.select(counters.c.last).where(counters.c.name == "papers")) or 0
    rows = connection.execute(_SOME.where(papers.c.seq > place.seq).limit(_AT_ONCE)).mappings().all()
    found: list[PaperFault] = []
    before, expected = place.link, place.seq + 1
    for row in rows:
        found += _of_row(connection, row, before, expected)
        before, expected = row["hash"], row["seq"] + 1
    if len(rows) < _AT_ONCE and expected <= last:
        found.append(_missing(expected, last))
        expected = last + 1
    if len(rows) < _AT_ONCE:
        found += [_fault("void-missing", row) for row in _counting_again(connection)]
    return ChainPlace(seq=expected - 1, link=before, last=max(last, expected - 1)), found


def _counting_again(connection: sa.Connection) -> Sequence[Any]:
    """Papers that were voided as the audit says, and no longer are: its own chain proves that link."""
    asked = (
        sa.select(papers)
        .join(audit, audit.c.subject == papers.c.id)
        .join(paper_voids, paper_voids.c.paper_id == papers.c.id, isouter=True)
        .where(audit.c.what == VOIDED, paper_voids.c.paper_id.is_(None))
        .order_by(papers.c.seq)
    )
    return connection.execute(asked).mappings().all()


def _of_row(connection: sa.Connection, row: Any, before: str, expected: int) -> Iterator[PaperFault]:
    if row["seq"] != expected:
        yield _missing(expected, row["seq"] - 1)
    elif row["hash"] != link_hash(before, row):
        yield _fault("chain-broken", row)
    yield from _of_payload(connection, row)


def faults_of(connection: sa.Connection, paper_id: str) -> list[PaperFault]:
    """What does not hold of one paper: its bytes, its facts, its link to the one before."""
    row: Any = connection.execute(_SOME.where(papers.c.id == paper_id)).mappings().first()
    if row is None:
        return []
    before = connection.scalar(sa.select(papers.c.hash).where(papers.c.seq == row["seq"] - 1))
    return list(_of_row(connection, row, before or FIRST, row["seq"]))


def _of_payload(connection: sa.Connection, row: Mapping[str, Any]) -> Iterator[PaperFault]:
    if row["erased_at"] is not None:
        if row["pdf"] is not None or any(row[name] for name in _MAY_GO) or row["salt"] is not None:
            yield _fault("erased-partly", row)
        recorded = sa.select(audit.c.seq).where(audit.c.what == ERASED, audit.c.subject == row["id"])
        if connection.scalar(recorded) is None:
            yield _fault("erased-unrecorded", row)
        return
    if row["payload_hash"] != payload_hash(row):
        yield _fault("facts-changed", row)
    if row["pdf"] is None:
        yield _fault("bytes-missing", row)
    elif hashlib.sha256(row["pdf"]).hexdigest() != row["sha256"]:
        yield _fault("bytes-changed", row)


def _fault(code: str, row: Mapping[str, Any]) -> PaperFault:
    """In words that name the paper and whose it is."""
    name = f"{row['number']}/{row['revision']}"
    if row["customer"]:
        name = _("{number}（{customer}）").format(number=name, customer=row["customer"])
    what = {
        "chain-broken": _("書類「{name}」の記録が、前後の記録とつながりません。"),
        "facts-changed": _("書類「{name}」の宛名・金額などが、発行したときの内容と一致しません。"),
        "bytes-missing": _("書類「{name}」の内容（PDF）がありません。"),
        "bytes-changed": _("書類「{name}」の内容（PDF）が、発行したときと一致しません。"),
        "erased-partly": _("消去した書類「{name}」の内容の一部が残っています。"),
        "void-missing": _("書類「{name}」を取り消した記録が、あとから消されています。"),
        "erased-unrecorded": _("書類「{name}」の内容が、記録を残さずに消されています。"),
    }[code].format(name=name)
    return PaperFault(
        code=code,
        what=what,
        paper_id=row["id"],
        number=row["number"],
        revision=row["revision"],
        customer=row["customer"],
    )


def _missing(first: int, last: int) -> PaperFault:
    what = _("書類の記録の{first}番から{last}番までがありません。")
    return PaperFault(code="missing", what=what.format(first=first, last=last))
