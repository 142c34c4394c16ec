"""Imports of ledgers, and taking one back as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.contract.imported import Import
from app.errors import Problem, UserError
from app.words import _
from db import search
from db.base import Session, insert_many, not_found
from db.contract_tables import (
    attachments,
    bills,
    claims,
    contracts,
    equipment,
    import_rows,
    imports,
    notes,
    payments,
    run_blanks,
    runs,
)
from db.ids import uuid7
from db.sqlite import among
from db.tables import customers, quotations
from db.visit_tables import visits

_MOST_NAMED: Final = 20
"""Up to so many changed things are named when an import can't be taken back."""


class ImportTable:
    """``app.usecases.ports.ImportRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def add(self, import_: Import) -> Import:
        """Remember an import; without an id it gets one."""
        new = msgspec.structs.replace(import_, id=import_.id or uuid7(), undone_at=None)
        self._connection.execute(imports.insert(), msgspec.structs.asdict(new))
        return new

    def all(self) -> list[Import]:
        """All imports, the newest first."""
        found = self._connection.execute(
            sa.select(imports).order_by(imports.c.at.desc(), imports.c.id.desc())
        )
        return [Import(**row) for row in found.mappings()]

    def made(self, import_id: str) -> list[tuple[str, str, int]]:
        """What it made: kind (``customer``, ``contract``), id and the version it had then."""
        rows = self._connection.execute(
            sa.select(import_rows.c.kind, import_rows.c.row_id, import_rows.c.version)
            .where(import_rows.c.import_id == import_id)
            .order_by(import_rows.c.kind, import_rows.c.row_id)
        )
        return [(kind, row_id, version) for kind, row_id, version in rows]

    def note_made(self, import_id: str, made: Sequence[tuple[str, str, int]]) -> None:
        """Remember what an import made."""
        insert_many(
            self._connection,
            import_rows,
            [
                {"import_id": import_id, "kind": kind, "row_id": row_id, "version": version}
                for kind, row_id, version in made
            ],
        )

    def undo(self, import_id: str) -> None:
        """Hide what it made; nothing is deleted.

        UserError ``not-found``, ``import-undone``, and ``import-changed`` with a problem for everything that
        was changed, used or charged since (the first twenty).
        """
        row = self._connection.execute(sa.select(imports).where(imports.c.id == import_id)).mappings().first()
        if row is None:
            raise not_found()
        if row["undone_at"] is not None:
            raise UserError(Problem("import-undone", _("この取込みは、すでに取り消されています。")))
        changed = list(dict.fromkeys(self._changed(import_id, row["at"])))
        if changed:
            raise UserError(*map(_problem, changed[:_MOST_NAMED]))
        self._hide(import_id)
        self._connection.execute(
            imports.update().where(imports.c.id == import_id).values(undone_at=self._session.now())
        )

    def _hide(self, import_id: str) -> None:
        changes: dict[str, Any] = {"hidden": f"import:{import_id}", "updated_at": self._session.now()}
        connection = self._connection
        for kind, table, index in (
            ("contract", contracts, search.CONTRACT_INDEX),
            ("customer", customers, search.CUSTOMER_INDEX),
        ):
            made = table.c.id.in_(_made(import_id, kind))
            seqs = connection.scalars(sa.select(table.c.seq).where(made)).all()
            connection.execute(index.delete().where(among(index.c.rowid, seqs)))
            more = {"holds_line": False, "recheck_on": None} if kind == "contract" else {}
            connection.execute(
                table.update().where(made).values(version=table.c.version + 1, **changes, **more)
            )
        of_import = _made(import_id, "contract")
        connection.execute(bills.delete().where(bills.c.contract_id.in_(of_import)))
        connection.execute(run_blanks.delete().where(run_blanks.c.contract_id.in_(of_import)))

    def _changed(self, import_id: str, at: Any) -> Iterator[str]:
        """The names of what can't be taken back any more."""
        ours, mine = _made(import_id, "contract"), _made(import_id, "customer")
        for table, kind, name in (
            (contracts, "contract", contracts.c.number),
            (customers, "customer", customers.c.name),
        ):
            joined = sa.and_(import_rows.c.row_id == table.c.id, import_rows.c.kind == kind)
            yield from self._names(
                sa.select(name)
                .join_from(import_rows, table, joined)
                .where(import_rows.c.import_id == import_id, table.c.version != import_rows.c.version)
                .order_by(table.c.seq)
            )
        closed = sa.select(bills.c.contract_id).join(runs).where(runs.c.state == "closed")
        told_of = [sa.select(table.c.subject_id).where(table.c.at > at) for table in (notes, attachments)]
        visited = sa.select(visits.c.contract_id).where(visits.c.contract_id.is_not(None))
        beside = [sa.select(table.c.contract_id) for table in (payments, claims, equipment)]
        for used in (closed, visited, *told_of, *beside):
            used_ones = contracts.c.id.in_(ours) & contracts.c.id.in_(used)
            yield from self._names(sa.select(contracts.c.number).where(used_ones).order_by(contracts.c.seq))
        others = sa.select(contracts.c.customer_id).where(contracts.c.id.not_in(ours))
        quoted = sa.select(quotations.c.customer_id).where(quotations.c.customer_id.is_not(None))
        for used in (others, quoted, sa.select(visits.c.customer_id), *told_of):
            used_ones = customers.c.id.in_(mine) & customers.c.id.in_(used)
            yield from self._names(sa.select(customers.c.name).where(used_ones).order_by(customers.c.seq))

    def _names(self, statement: sa.Select[Any]) -> list[str]:
        return list(self._connection.scalars(statement.limit(_MOST_NAMED)))


def _made(import_id: str, kind: str) -> sa.Select[tuple[str]]:
    """The ids of what an import made of a kind."""
    return sa.select(import_rows.c.row_id).where(
        import_rows.c.import_id == import_id, import_rows.c.kind == kind
    )


def _problem(name: str) -> Problem:
    return Problem(
        "import-changed",
        _("「{name}」は、取り込んだあとに変更または使用されています。").format(name=name),
        why=_("取り消すと、その内容も見えなくなります。"),
        remedy=_("取込みはそのまま残し、不要な契約だけを取り下げてください。"),
    )
