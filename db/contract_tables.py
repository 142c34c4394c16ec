"""The tables of contracts, their bills and what stands beside them. See ``db.tables`` for the ways common
to all.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from db.columns import BYTES, ID, count, day, key, metadata, moment, refers, seq_column, some, words, yen

_CONTRACT: Final = "contracts.id"


contracts: Final = sa.Table(
    "contracts",
    metadata,
    key(),
    seq_column(),
    count("version"),
    moment("created_at"),
    moment("updated_at"),
    sa.Column("number", sa.Text, nullable=False, unique=True),
    words("number_key"),
    refers("customer_id", "customers.id"),
    words("customer"),
    words("kana"),
    words("customer_key"),
    words("town"),
    words("phone"),
    words("service"),
    words("state"),
    yen("quantity"),
    words("item"),
    yen("monthly_net"),
    yen("yearly_net"),
    day("started_on", nullable=True),
    day("ended_on", nullable=True),
    day("next_on", nullable=True),
    day("next_since", nullable=True),
    words("next_code"),
    words("staff"),
    words("line_number"),
    words("line_key"),
    words("provider_number"),
    sa.Column("holds_line", sa.Boolean(create_constraint=False), nullable=False),
    day("recheck_on", nullable=True),
    yen("receipt"),
    words("quotation_id"),
    words("hidden"),
    sa.Index("ix_contracts_number_key", "number_key", "seq"),
    sa.Index("ix_contracts_customer_id", "customer_id", "seq"),
    sa.Index("ix_contracts_customer_key", "customer_key", "seq"),
    sa.Index("ix_contracts_service", "service", "seq"),
    sa.Index("ix_contracts_state", "state", "updated_at", "seq"),
    sa.Index("ix_contracts_quantity", "quantity", "seq"),
    sa.Index("ix_contracts_monthly_net", "monthly_net", "seq"),
    sa.Index("ix_contracts_started_on", "started_on", "seq"),
    sa.Index("ix_contracts_next_on", "next_on", "seq"),
    sa.Index("ix_contracts_updated_at", "updated_at", "seq"),
    sa.Index("ix_contracts_staff", "staff", "seq"),
    sa.Index("ix_contracts_seq", "seq", "version", "item", "quantity", "monthly_net", "yearly_net"),
    some("ix_contracts_line", "service", "line_key", where="holds_line", unique=True),
    some("ix_contracts_line_key", "line_key", "service", where="line_key != ''"),
    some("ix_contracts_quotation_id", "quotation_id", where="quotation_id != ''"),
    some("ix_contracts_receipt", "service", "receipt", where="receipt > 0"),
    some("ix_contracts_recheck_on", "recheck_on", "seq", where="recheck_on IS NOT NULL"),
    some("ix_contracts_hidden", "hidden", "seq", where="hidden != ''"),
)
"""What lists show, sort and filter by. ``receipt``: the highest place in the order of receipt it ever had.
``hidden``: why no list, search and run knows it any more (``import:<id>``); "" for all others.
"""

contract_contents: Final = sa.Table(
    "contract_contents",
    metadata,
    refers("contract_id", _CONTRACT, primary=True),
    words("content"),
)
"""What was agreed, as ``db.payloads`` packs it."""

contract_entries: Final = sa.Table(
    "contract_entries",
    metadata,
    key(),
    seq_column(),
    refers("contract_id", _CONTRACT),
    words("kind"),
    day("day", nullable=True),
    moment("recorded_at"),
    words("payload"),
    sa.Index("ix_contract_entries_contract_id", "contract_id", "seq"),
)
"""What happened to it, in the order of recording. Append-only. All of an entry is in the payload, so that
runs over all contracts read one column; the others find it, and tell whoever looks with SQL alone.
"""

contract_deadlines: Final = sa.Table(
    "contract_deadlines",
    metadata,
    refers("contract_id", _CONTRACT, primary=True),
    sa.Column("place", sa.Integer, primary_key=True),
    words("code"),
    day("day"),
    day("since", nullable=True),
    words("whose"),
    words("clause"),
    sa.Index("ix_contract_deadlines_day", "day", "code", "contract_id"),
)
"""Its deadlines as last worked out; rebuilt with each standing that differs."""

equipment: Final = sa.Table(
    "equipment",
    metadata,
    key(),
    seq_column(),
    count("version"),
    refers("contract_id", _CONTRACT),
    words("kind"),
    words("serial_key"),
    words("fields"),
    sa.Index("ix_equipment_contract_id", "contract_id", "seq"),
    sa.Index("ix_equipment_serial_key", "serial_key", "seq"),
)
"""Devices of a contract."""

notes: Final = sa.Table(
    "notes",
    metadata,
    key(),
    count("version"),
    words("subject"),
    sa.Column("subject_id", ID, nullable=False),
    moment("at"),
    words("staff"),
    words("text"),
    words("next_step"),
    words("owner"),
    day("due_on", nullable=True),
    moment("done_at", nullable=True),
    sa.Index("ix_notes_subject_id", "subject_id", "at"),
    some("ix_notes_due_on", "due_on", where="done_at IS NULL AND due_on IS NOT NULL"),
)
"""Call notes of contracts, customers and quotations."""

attachments: Final = sa.Table(
    "attachments",
    metadata,
    key(),
    words("subject"),
    sa.Column("subject_id", ID, nullable=False),
    words("name"),
    words("media_type"),
    yen("size"),
    words("sha256"),
    moment("at"),
    words("staff"),
    words("note"),
    words("removed"),
    sa.Index("ix_attachments_subject_id", "subject_id", "at"),
)
"""Scans and photos. Only ``removed`` may be set, and whose they are may change by a merge."""

attachment_bytes: Final = sa.Table(
    "attachment_bytes",
    metadata,
    refers("attachment_id", "attachments.id", primary=True),
    sa.Column("data", BYTES, nullable=False),
)
"""Their exact bytes. Append-only."""

runs: Final = sa.Table(
    "runs",
    metadata,
    key(),
    count("version"),
    sa.Column("month", sa.Text, nullable=False, unique=True),
    words("number"),
    words("state"),
    moment("started_at"),
    moment("closed_at", nullable=True),
    words("staff"),
    yen("done_seq"),
    yen("contracts"),
    yen("bills"),
    yen("refused"),
    yen("net"),
    yen("tax"),
    yen("exempt"),
    yen("total"),
    words("readings"),
    words("sha256"),
)
"""The charges of a month for all contracts. A closed one never changes."""

bills: Final = sa.Table(
    "bills",
    metadata,
    key(),
    refers("run_id", "runs.id"),
    refers("contract_id", _CONTRACT),
    yen("contract_seq"),
    count("contract_version"),
    words("month"),
    yen("net"),
    yen("tax"),
    yen("exempt"),
    yen("total"),
    day("due_on", nullable=True),
    words("refused"),
    sa.UniqueConstraint("contract_id", "month", name="uq_bills_contract_id"),
    some("ix_bills_refused", "contract_id", where="refused != ''"),
    sa.Index("ix_bills_run_id", "run_id", "contract_seq", "contract_version"),
)
"""What each contract is charged for a month. Those of a closed run never change."""

bill_contents: Final = sa.Table(
    "bill_contents",
    metadata,
    refers("bill_id", "bills.id", primary=True, ondelete="CASCADE"),
    words("content"),
)
"""The lines of each bill, as ``db.payloads`` packs them."""

run_blanks: Final = sa.Table(
    "run_blanks",
    metadata,
    refers("run_id", "runs.id", primary=True, ondelete="CASCADE"),
    refers("contract_id", _CONTRACT, primary=True),
    count("contract_version"),
)
"""Contracts a run worked out and found nothing to charge for: of those not closed, and of the last closed."""

bill_balances: Final = sa.Table(
    "bill_balances",
    metadata,
    refers("bill_id", "bills.id", primary=True),
    refers("contract_id", _CONTRACT),
    day("due_on", nullable=True),
    yen("open"),
    sa.Index("ix_bill_balances_contract_id", "contract_id"),
    sa.Index("ix_bill_balances_due_on", "due_on", "bill_id", "open"),
)
"""Closed bills that somebody still has to look at: not paid in full, or paid late and no interest claimed
for it. Worked out anew from the payments at each of them, so that the ageing list reads few rows.
"""

claims: Final = sa.Table(
    "claims",
    metadata,
    key(),
    refers("contract_id", _CONTRACT),
    words("kind"),
    words("cause"),
    words("lines"),
    moment("created_at"),
    words("staff"),
    refers("bill_id", "bills.id", nullable=True, ondelete="SET NULL"),
    words("withdrawn"),
    some("ix_claims_cause", "contract_id", "kind", "cause", where="withdrawn = ''", unique=True),
    sa.Index("ix_claims_contract_id", "contract_id"),
    sa.Index("ix_claims_bill_id", "bill_id"),
)
"""What is to be put on a contract's next bill, once. Lines and cause never change; with its bill gone (a run
dropped or worked out anew) a claim waits again.
"""

payments: Final = sa.Table(
    "payments",
    metadata,
    key(),
    refers("contract_id", _CONTRACT),
    refers("bill_id", "bills.id", nullable=True),
    day("day"),
    yen("amount"),
    words("method"),
    words("receipt"),
    words("staff"),
    moment("at"),
    words("note"),
    words("voided"),
    sa.Index("ix_payments_contract_id", "contract_id"),
    sa.Index("ix_payments_bill_id", "bill_id"),
)
"""Money that came. Append-only but for ``voided``."""

customer_details: Final = sa.Table(
    "customer_details",
    metadata,
    refers("customer_id", "customers.id", primary=True),
    words("content"),
)
"""What contracts need to know of a customer beyond a quotation, as ``db.payloads`` packs it."""

customer_keys: Final = sa.Table(
    "customer_keys",
    metadata,
    refers("customer_id", "customers.id", primary=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Index("ix_customer_keys_key", "key", "kind"),
)
"""What tells that two customers may be one, out of the details, folded: ``number`` (法人番号), ``phone`` and
``email`` (of contacts and sites).
"""

customer_merges: Final = sa.Table(
    "customer_merges",
    metadata,
    key(),
    refers("kept", "customers.id"),
    refers("gone", "customers.id"),
    moment("at"),
    words("staff"),
    moment("undone_at", nullable=True),
    words("memo"),
    sa.Index("ix_customer_merges_kept", "kept"),
    sa.Index("ix_customer_merges_gone", "gone"),
)
"""Two customers found to be one."""

customer_merge_rows: Final = sa.Table(
    "customer_merge_rows",
    metadata,
    refers("merge_id", "customer_merges.id", primary=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("row_id", ID, primary_key=True),
)
"""What went over with a merge: ``quotation``, ``contract``, ``note`` or ``attachment``, and its id."""

imports: Final = sa.Table(
    "imports",
    metadata,
    key(),
    moment("at"),
    words("staff"),
    words("file_name"),
    words("sha256"),
    yen("customers"),
    yen("contracts"),
    yen("facts"),
    moment("undone_at", nullable=True),
)
"""Ledgers that were brought in."""

import_rows: Final = sa.Table(
    "import_rows",
    metadata,
    refers("import_id", "imports.id", primary=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("row_id", ID, primary_key=True),
    count("version"),
)
"""What an import made, and the version it had then."""
