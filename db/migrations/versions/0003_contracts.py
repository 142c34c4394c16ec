"""Contracts with all that happened to them, the bills of each month, what stands beside contracts and
customers, merges of customers, and imports.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("contract_entries", "attachment_bytes")

NEVER_DELETED = ("attachments", "claims", "payments")

KINDS: dict[str, sa.types.TypeEngine[Any]] = {
    "id": sa.String(36),
    "words": sa.Text(),
    "whole": sa.BigInteger(),
    "count": sa.Integer(),
    "flag": sa.Boolean(),
    "day": sa.Date(),
    "bytes": sa.LargeBinary(),
}

COLUMNS = {
    "attachments": (
        "id: id; words: subject; id: subject_id; words: name media_type; whole: size; words: "
        "sha256; whole: at; words: staff note removed"
    ),
    "imports": (
        "id: id; whole: at; words: staff file_name sha256; whole: customers contracts facts undone_at?"
    ),
    "notes": (
        "id: id; count: version; words: subject; id: subject_id; whole: at; words: staff text "
        "next_step owner; day: due_on?; whole: done_at?"
    ),
    "runs": (
        "id: id; count: version; words: month number state; whole: started_at closed_at?; words: "
        "staff; whole: done_seq contracts bills refused net tax exempt total; words: readings "
        "sha256"
    ),
    "attachment_bytes": "id: attachment_id; bytes: data",
    "contracts": (
        "id: id; whole: seq; count: version; whole: created_at updated_at; words: number "
        "number_key; id: customer_id; words: customer kana customer_key town phone service state; "
        "whole: quantity; words: item; whole: monthly_net yearly_net; day: started_on? ended_on? "
        "next_on? next_since?; words: next_code staff line_number line_key provider_number; flag: "
        "holds_line; day: recheck_on?; whole: receipt; words: quotation_id hidden"
    ),
    "customer_details": "id: customer_id; words: content",
    "customer_keys": "id: customer_id; words: kind key",
    "customer_merges": "id: id kept gone; whole: at; words: staff; whole: undone_at?; words: memo",
    "import_rows": "id: import_id; words: kind; id: row_id; count: version",
    "bills": (
        "id: id run_id contract_id; whole: contract_seq; count: contract_version; words: month; "
        "whole: net tax exempt total; day: due_on?; words: refused"
    ),
    "contract_contents": "id: contract_id; words: content",
    "contract_deadlines": (
        "id: contract_id; count: place; words: code; day: day since?; words: whose clause"
    ),
    "contract_entries": (
        "id: id; whole: seq; id: contract_id; words: kind; day: day?; whole: recorded_at; words: payload"
    ),
    "customer_merge_rows": "id: merge_id; words: kind; id: row_id",
    "equipment": "id: id; whole: seq; count: version; id: contract_id; words: kind serial_key fields",
    "run_blanks": "id: run_id contract_id; count: contract_version",
    "bill_balances": "id: bill_id contract_id; day: due_on?; whole: open",
    "bill_contents": "id: bill_id; words: content",
    "claims": (
        "id: id contract_id; words: kind cause lines; whole: created_at; words: staff; id: "
        "bill_id?; words: withdrawn"
    ),
    "payments": (
        "id: id contract_id bill_id?; day: day; whole: amount; words: method receipt staff; "
        "whole: at; words: note voided"
    ),
}
"""Kind and names of the columns of each table, in its order; ``?`` may be NULL."""

PRIMARY = {
    "attachment_bytes": "attachment_id",
    "customer_details": "customer_id",
    "customer_keys": "customer_id kind key",
    "import_rows": "import_id kind row_id",
    "contract_contents": "contract_id",
    "contract_deadlines": "contract_id place",
    "customer_merge_rows": "merge_id kind row_id",
    "run_blanks": "run_id contract_id",
    "bill_balances": "bill_id",
    "bill_contents": "bill_id",
}
"""Where it is not ``id``."""

UNIQUE = {
    "runs": ("month",),
    "contracts": ("number", "seq"),
    "bills": ("contract_id month",),
    "contract_entries": ("seq",),
    "equipment": ("seq",),
}

REFERENCES = {
    "attachment_bytes": "attachment_id attachments.id",
    "contracts": "customer_id customers.id",
    "customer_details": "customer_id customers.id",
    "customer_keys": "customer_id customers.id",
    "customer_merges": "kept customers.id; gone customers.id",
    "import_rows": "import_id imports.id",
    "bills": "run_id runs.id; contract_id contracts.id",
    "contract_contents": "contract_id contracts.id",
    "contract_deadlines": "contract_id contracts.id",
    "contract_entries": "contract_id contracts.id",
    "customer_merge_rows": "merge_id customer_merges.id",
    "equipment": "contract_id contracts.id",
    "run_blanks": "run_id runs.id CASCADE; contract_id contracts.id",
    "bill_balances": "bill_id bills.id; contract_id contracts.id",
    "bill_contents": "bill_id bills.id CASCADE",
    "claims": "contract_id contracts.id; bill_id bills.id SET NULL",
    "payments": "contract_id contracts.id; bill_id bills.id",
}
"""Column, what it refers to, and what happens when that is deleted."""

INDEXES = {
    "contracts": (
        "customer_id seq",
        "customer_key seq",
        "monthly_net seq",
        "next_on seq",
        "number_key seq",
        "quantity seq",
        "service seq",
        "staff seq",
        "started_on seq",
        "state updated_at seq",
        "seq version item quantity monthly_net yearly_net",
        "updated_at seq",
    ),
    "contract_entries": ("contract_id seq",),
    "contract_deadlines": ("day code contract_id",),
    "bills": ("run_id contract_seq contract_version",),
    "bill_balances": ("contract_id", "due_on bill_id open"),
    "claims": ("bill_id", "contract_id"),
    "payments": ("bill_id", "contract_id"),
    "equipment": ("contract_id seq", "serial_key seq"),
    "notes": ("subject_id at",),
    "attachments": ("subject_id at",),
    "customer_keys": ("key kind",),
    "customer_merges": ("gone", "kept"),
}

PARTIAL = (
    ("ix_contracts_hidden", "contracts", ("hidden", "seq"), "hidden != ''", False),
    ("ix_contracts_line", "contracts", ("service", "line_key"), "holds_line", True),
    ("ix_contracts_line_key", "contracts", ("line_key", "service"), "line_key != ''", False),
    ("ix_contracts_quotation_id", "contracts", ("quotation_id",), "quotation_id != ''", False),
    ("ix_contracts_receipt", "contracts", ("service", "receipt"), "receipt > 0", False),
    ("ix_contracts_recheck_on", "contracts", ("recheck_on", "seq"), "recheck_on IS NOT NULL", False),
    ("ix_bills_refused", "bills", ("contract_id",), "refused != ''", False),
    ("ix_claims_cause", "claims", ("contract_id", "kind", "cause"), "withdrawn = ''", True),
    ("ix_notes_due_on", "notes", ("due_on",), "done_at IS NULL AND due_on IS NOT NULL", False),
    ("ix_customers_hidden", "customers", ("hidden", "seq"), "hidden != ''", False),
)

CHANGEABLE = {
    "attachments": ("subject_id", "removed"),
    "claims": ("bill_id", "withdrawn"),
    "payments": ("voided",),
}
"""The only columns of these tables that may change."""


def upgrade() -> None:
    """Make everything."""
    op.add_column("customers", sa.Column("hidden", sa.Text, nullable=False, server_default=sa.text("''")))
    for table in COLUMNS:
        op.create_table(table, *_columns(table), *_constraints(table))
    for table, indexes in INDEXES.items():
        for index in indexes:
            op.create_index(f"ix_{table}_{index.split()[0]}", table, index.split())
    for name, table, columns, condition, unique in PARTIAL:
        where: dict[str, Any] = {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
        op.create_index(name, table, list(columns), unique=unique, **where)
    if op.get_bind().dialect.name == "sqlite":
        _make_search()
        _make_triggers()


def downgrade() -> None:
    """Take everything away again. Customers that were merged or taken back stand alone again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE contract_index")
        for name in _trigger_names():
            op.execute(f"DROP TRIGGER {name}")
    for table in reversed(COLUMNS):
        op.drop_table(table)
    op.drop_index("ix_customers_hidden", "customers")
    op.drop_column("customers", "hidden")


def _columns(table: str) -> Iterator[sa.Column[Any]]:
    for part in COLUMNS[table].split("; "):
        kind, _colon, names = part.partition(": ")
        for name in names.split():
            yield sa.Column(name.rstrip("?"), KINDS[kind], nullable=name.endswith("?"))


def _constraints(table: str) -> Iterator[sa.Constraint]:
    yield sa.PrimaryKeyConstraint(*PRIMARY.get(table, "id").split(), name=f"pk_{table}")
    for unique in UNIQUE.get(table, ()):
        columns = unique.split()
        yield sa.UniqueConstraint(*columns, name=f"uq_{table}_{columns[0]}")
    for reference in filter(None, REFERENCES.get(table, "").split("; ")):
        column, target, *deleted = reference.split(" ", 2)
        name = f"fk_{table}_{column}"
        yield sa.ForeignKeyConstraint([column], [target], name=name, ondelete="".join(deleted) or None)


def _make_search() -> None:
    """As for quotations: bigrams parted by spaces, no text a second time."""
    options = "content='', contentless_delete=1, tokenize='ascii', prefix='1'"
    op.execute(f"CREATE VIRTUAL TABLE contract_index USING fts5(number, customer, title, place, {options})")


def _trigger_names() -> list[str]:
    names = [f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")]
    names += [f"{table}_no_delete" for table in NEVER_DELETED]
    names += [f"{table}_no_update" for table in CHANGEABLE]
    names += ["runs_closed_update", "runs_closed_delete", "claims_closed"]
    names += [f"bills_closed_{verb}" for verb in ("insert", "update", "delete")]
    names += [f"bill_contents_closed_{verb}" for verb in ("update", "delete")]
    return names


def _refuse(name: str, when: str, table: str, condition: str, why: str) -> None:
    condition = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {condition}BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def _make_triggers() -> None:
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            _refuse(f"{table}_no_{verb}", verb.upper(), table, "", f"append-only: {table}")
    for table in NEVER_DELETED:
        _refuse(f"{table}_no_delete", "DELETE", table, "", f"append-only: {table}")
    for table, changeable in CHANGEABLE.items():
        fixed = [
            row[1] for row in op.get_bind().exec_driver_sql(f"PRAGMA table_info({table})")
            if row[1] not in changeable
        ]  # fmt: skip
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in fixed)
        # What was taken back once stays so, with its reason.
        (taken_back,) = {"removed", "voided", "withdrawn"}.intersection(changeable)
        changed += f" OR (OLD.{taken_back} != '' AND NEW.{taken_back} IS NOT OLD.{taken_back})"
        _refuse(f"{table}_no_update", "UPDATE", table, changed, f"append-only: {table}")
    _make_closed_triggers()


def _make_closed_triggers() -> None:
    closed = "(SELECT state FROM runs WHERE id = {row}.run_id) = 'closed'"
    of_bill = "(SELECT runs.state FROM bills JOIN runs ON runs.id = bills.run_id WHERE bills.id = {bill})"
    for verb in ("update", "delete"):
        _refuse(f"runs_closed_{verb}", verb.upper(), "runs", "OLD.state = 'closed'", "closed: runs")
        _refuse(f"bills_closed_{verb}", verb.upper(), "bills", closed.format(row="OLD"), "closed: bills")
        of_old = f"{of_bill.format(bill='OLD.bill_id')} = 'closed'"
        _refuse(
            f"bill_contents_closed_{verb}", verb.upper(), "bill_contents", of_old, "closed: bill_contents"
        )
    _refuse("bills_closed_insert", "INSERT", "bills", closed.format(row="NEW"), "closed: bills")
    _refuse("claims_closed", "UPDATE", "claims", f"{of_bill.format(bill='OLD.bill_id')} = 'closed'",
            "closed: claims")  # fmt: skip
