"""The archive of papers with its chain, what happens to papers later, PINs of staff, and unsaved typing."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.folding import fold, fold_name, fold_name_parts

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LATER = (
    "number_key",
    "title",
    "customer_id",
    "customer_key",
    "subject_kind",
    "subject_id",
    "staff",
    "payload_hash",
    "hash",
)
_INDEXES = (
    ("issued_on", ["issued_on", "seq", "total", "kind"]),
    ("total", ["total", "seq", "issued_on", "kind"]),
    ("kind", ["kind", "issued_on", "seq", "total"]),
    ("number_key", ["number_key", "seq", "issued_on", "total", "kind"]),
    ("customer_key", ["customer_key", "seq", "issued_on", "total", "kind"]),
    ("customer_id", ["customer_id", "issued_on", "seq", "total", "kind"]),
    ("subject_id", ["subject_id", "seq"]),
)
_NOTHING = ("NEW.customer", "NEW.customer_id", "NEW.customer_key", "NEW.subject_id", "NEW.sha256")
_STAYS = (
    "id", "seq", "created_at", "kind", "number", "number_key", "revision", "issued_on", "total", "title",
    "subject_kind", "staff", "payload_hash", "hash",
)  # fmt: skip
_FIXED_OF_APPROVALS = (
    "id", "kind", "title", "subject_kind", "subject_id", "digest", "total", "asked_by", "asked_at",
)  # fmt: skip


def _changed(*names: str) -> str:
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in names)


_ERASED = "(SELECT erased_at FROM papers WHERE id = OLD.{paper}) IS NOT NULL"
_TRIGGERS = (
    # Erasing a payload is the one change a paper may see, and only all of it at once.
    (
        "papers_no_update",
        "UPDATE",
        "papers",
        "OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL OR NEW.salt IS NOT NULL OR "
        + " OR ".join(f"{name} != ''" for name in _NOTHING)
        + f" OR {_changed(*_STAYS)}",
    ),
    ("paper_bytes_no_delete", "DELETE", "paper_bytes", f"NOT {_ERASED.format(paper='paper_id')}"),
    (
        "paper_sends_no_update",
        "UPDATE",
        "paper_sends",
        f"NOT {_ERASED.format(paper='paper_id')} OR NEW.\"to\" != '' OR NEW.note != '' OR "
        + _changed("id", "paper_id", "at", "how", "staff"),
    ),
    ("paper_sends_no_delete", "DELETE", "paper_sends", ""),
    ("paper_voids_no_update", "UPDATE", "paper_voids", ""),
    ("paper_voids_no_delete", "DELETE", "paper_voids", ""),
    (
        "paper_approvals_no_update",
        "UPDATE",
        "paper_approvals",
        f"OLD.state IN ('refused', 'used') AND ({_changed('state', 'answered_by', 'answered_at', 'why')}) OR "
        "NEW.customer NOT IN (OLD.customer, '') OR NEW.request NOT IN (OLD.request, '') OR "
        + _changed(*_FIXED_OF_APPROVALS),
    ),
    ("paper_approvals_no_delete", "DELETE", "paper_approvals", ""),
)
_OLD_TRIGGERS = (("papers_no_update", "UPDATE", "papers"), ("paper_bytes_no_delete", "DELETE", "paper_bytes"))
_TITLES = {"Q": "見積書", "W": "訪問作業指示書", "K": "作業前確認書", "R": "作業完了報告書"}
_SERIAL_DIGITS = 10


def upgrade() -> None:
    """Make everything."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        for name, _when, _table in _OLD_TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        options = "content='', contentless_delete=1, tokenize='ascii', prefix='1'"
        op.execute(f"CREATE VIRTUAL TABLE paper_index USING fts5(number, customer, {options})")
    for name in _LATER:
        op.add_column("papers", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("papers", sa.Column("salt", sa.LargeBinary, nullable=True))
    op.add_column("papers", sa.Column("erased_at", sa.BigInteger, nullable=True))
    _fill(op.get_bind(), is_sqlite)
    for name, columns in _INDEXES:
        op.create_index(f"ix_papers_{name}", "papers", columns)
    _make_later_tables()
    _make_staff_tables()
    if is_sqlite:
        for name, when, table, condition in _TRIGGERS:
            _refuse(name, when, table, condition)


def _refuse(name: str, when: str, table: str, condition: str) -> None:
    only = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {only}"
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    )


# --- papers issued before ---------------------------------------------------------------------------------


def _fill(connection: sa.Connection, is_sqlite: bool) -> None:
    """What each paper of before is about, and the chain over all of them in the order they were issued."""
    rows = connection.exec_driver_sql(
        "SELECT p.seq, p.id, p.kind, p.number, p.revision, p.issued_on, p.created_at, p.customer, p.total,"
        " p.sha256, q.id AS quotation_id, v.id AS visit_id, r.staff,"
        " coalesce(q.customer_id, v.customer_id, '') AS customer_id, coalesce(c.kana, '') AS kana"
        " FROM papers p LEFT JOIN quotation_revisions r ON r.paper_id = p.id"
        " LEFT JOIN quotations q ON q.id = r.quotation_id"
        " LEFT JOIN visits v ON p.kind IN ('W', 'K', 'R')"
        " AND v.number = CASE p.kind WHEN 'R' THEN 'W' || substr(p.number, 2) ELSE p.number END"
        " LEFT JOIN customers c ON c.id = coalesce(q.customer_id, v.customer_id)"
        " ORDER BY p.seq"
    )
    papers = sa.table("papers", *map(sa.column, ("seq", "salt", *_LATER)))
    before = "0" * 64
    for row in rows.mappings().all():
        about = _about(dict(row))
        before = about["hash"] = _link_hash(before, row, about["payload_hash"])
        connection.execute(papers.update().where(papers.c.seq == row["seq"]).values(**about))
        if is_sqlite:
            names = (*fold_name_parts(row["customer"]), *fold_name_parts(row["kana"]))
            connection.exec_driver_sql(
                "INSERT INTO paper_index (rowid, number, customer) VALUES (?, ?, ?)",
                (row["seq"], _number_words(row["number"]), _pairs(*names)),
            )


def _about(row: dict[str, Any]) -> dict[str, Any]:
    found = {
        "number_key": _number_key(row["number"]),
        "title": _TITLES.get(row["kind"], row["kind"]),
        "customer_id": row["customer_id"],
        "customer_key": fold_name(row["kana"]) or fold_name(row["customer"]),
        "subject_kind": "quotation" if row["quotation_id"] else "visit" if row["visit_id"] else "",
        "subject_id": row["quotation_id"] or row["visit_id"] or "",
        "staff": row["staff"] or "",
        "salt": secrets.token_bytes(16),
    }
    payload = (
        row["customer"],
        found["customer_id"],
        str(row["total"]),
        found["title"],
        found["subject_kind"],
        found["subject_id"],
        found["staff"],
        row["sha256"],
    )
    return found | {"payload_hash": hashlib.sha256(found["salt"] + _told(payload)).hexdigest(), "hash": ""}


def _link_hash(before: str, row: Any, payload_hash: str) -> str:
    names = ("seq", "id", "kind", "number", "revision", "issued_on", "created_at")
    return hashlib.sha256(_told((before, *(str(row[name]) for name in names), payload_hash))).hexdigest()


def _told(parts: tuple[str, ...]) -> bytes:
    return "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8")


def _number_key(number: str) -> str:
    head, dash, serial = number.rpartition("-")
    return f"{head}{dash}{serial:0>{_SERIAL_DIGITS}}" if dash else number


def _number_words(number: str) -> str:
    """A number from each of its parts to its end, and its serial without zeros."""
    parts = number.split("-")
    ends = [fold("".join(parts[at:])) for at in range(len(parts))]
    return " ".join(dict.fromkeys((*ends, ends[-1].lstrip("0"))))


def _pairs(*folded: str) -> str:
    return " ".join(
        " ".join((*(one[at : at + 2] for at in range(len(one) - 1)), one[-1]))
        for one in (text[:500] for text in folded if text)
    )


# --- tables -----------------------------------------------------------------------------------------------


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def _make_later_tables() -> None:
    op.create_table(
        "paper_sends",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("paper_id", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_words("how", "to", "staff", "note"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_sends"),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_paper_sends_paper_id"),
    )
    op.create_index("ix_paper_sends_paper_id", "paper_sends", ["paper_id", "at"])
    op.create_table(
        "paper_voids",
        sa.Column("paper_id", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_words("staff", "why"),
        sa.PrimaryKeyConstraint("paper_id", name="pk_paper_voids"),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_paper_voids_paper_id"),
    )
    op.create_table(
        "paper_approvals",
        sa.Column("id", sa.String(36), nullable=False),
        *_words("kind", "title", "customer", "subject_kind", "subject_id", "request", "digest"),
        sa.Column("total", sa.BigInteger, nullable=False),
        *_words("state", "asked_by"),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        *_words("answered_by"),
        sa.Column("answered_at", sa.BigInteger, nullable=True),
        *_words("why"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_approvals"),
    )
    op.create_index("ix_paper_approvals_state", "paper_approvals", ["state", "asked_at"])
    op.create_index("ix_paper_approvals_subject_id", "paper_approvals", ["subject_id", "kind"])


def _make_staff_tables() -> None:
    op.create_table(
        "accounts",
        sa.Column("staff_id", sa.Text, nullable=False),
        *_words("role", "pin"),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.BigInteger, nullable=True),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name="pk_accounts"),
    )
    op.create_table(
        "typed",
        *_words("place", "subject", "window"),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_words("content"),
        sa.PrimaryKeyConstraint("place", "subject", "window", name="pk_typed"),
    )


def downgrade() -> None:
    """Take everything away again. Papers erased meanwhile keep their tombstones."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        op.execute("DROP TABLE paper_index")
        for name, *_others in _TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    for table in ("typed", "accounts", "paper_approvals", "paper_voids", "paper_sends"):
        op.drop_table(table)
    for name, _columns in _INDEXES:
        op.drop_index(f"ix_papers_{name}", "papers")
    for name in ("erased_at", "salt", *_LATER):
        op.drop_column("papers", name)
    if is_sqlite:
        for name, when, table in _OLD_TRIGGERS:
            _refuse(name, when, table, "")
