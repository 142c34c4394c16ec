"""Erasing: what may not change or go otherwise may go once its customer is erased (``hidden`` says so)."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_HAS_ERASED = "EXISTS (SELECT 1 FROM {table} AS one JOIN customers AS who ON who.id = one.customer_id"
_GONE = _HAS_ERASED + " WHERE one.id = OLD.{column} AND who.hidden LIKE 'erased:%')"
_SUBJECT = (
    "EXISTS (SELECT 1 FROM customers AS who WHERE who.hidden LIKE 'erased:%' AND who.id IN (SELECT {id}"
    " UNION SELECT customer_id FROM contracts WHERE id = {id}"
    " UNION SELECT customer_id FROM quotations WHERE id = {id}))"
)
_ATTACHED = "(SELECT subject_id FROM attachments WHERE id = OLD.attachment_id)"

_OF_CONTRACT = _GONE.format(table="contracts", column="contract_id")
_LOOSER = (
    ("contract_entries_no_delete", "DELETE", "contract_entries", _OF_CONTRACT),
    ("visit_events_no_delete", "DELETE", "visit_events", _GONE.format(table="visits", column="visit_id")),
    (
        "quotation_revisions_no_delete",
        "DELETE",
        "quotation_revisions",
        _GONE.format(table="quotations", column="quotation_id"),
    ),
    ("attachments_no_delete", "DELETE", "attachments", _SUBJECT.format(id="OLD.subject_id")),
    ("attachment_bytes_no_delete", "DELETE", "attachment_bytes", _SUBJECT.format(id=_ATTACHED)),
)
"""Triggers that refused always, and refuse now unless this holds."""

_KEPT = ("id", "contract_id", "bill_id", "day", "amount", "method", "receipt", "staff", "at")
_PAYMENT_OLD = " OR ".join(
    [
        *(f"NEW.{name} IS NOT OLD.{name}" for name in (*_KEPT, "note")),
        "(OLD.voided != '' AND NEW.voided IS NOT OLD.voided)",
    ]
)
_PAYMENT_NEW = (
    f"({_PAYMENT_OLD}) AND NOT (NEW.note = '' AND NEW.voided IS OLD.voided AND "
    + " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)
    + f" AND {_OF_CONTRACT})"
)
_STAYS_ERASED = "OLD.hidden LIKE 'erased:%' AND (NEW.hidden IS NOT OLD.hidden OR NEW.name IS NOT OLD.name)"


def upgrade() -> None:
    """Make the triggers again, looser by exactly that."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, when, table, gone in _LOOSER:
        _again(name, when, table, f"NOT {gone}")
    _again("payments_no_update", "UPDATE", "payments", _PAYMENT_NEW)
    _make("customers_stay_erased", "UPDATE", "customers", _STAYS_ERASED)


def downgrade() -> None:
    """Refuse always again."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TRIGGER customers_stay_erased")
    for name, when, table, _gone in _LOOSER:
        _again(name, when, table, "")
    _again("payments_no_update", "UPDATE", "payments", _PAYMENT_OLD)


def _again(name: str, when: str, table: str, condition: str) -> None:
    op.execute(f"DROP TRIGGER {name}")
    _make(name, when, table, condition)


def _make(name: str, when: str, table: str, condition: str) -> None:
    only = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {only}"
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    )
