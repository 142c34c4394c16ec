"""What the subjects of audit links are called now. Ids are unique over all tables: each is found in one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import sqlalchemy as sa

from app.usecases.audit_entries import SubjectOf
from db.contract_tables import contracts
from db.tables import customers, papers, quotations
from db.visit_tables import visits

_NAMED: Final[tuple[tuple[SubjectOf, Any, tuple[Any, ...]], ...]] = (
    ("contract", contracts.c.id, (contracts.c.number, contracts.c.customer)),
    ("customer", customers.c.id, (customers.c.name,)),
    ("quotation", quotations.c.id, (quotations.c.number,)),
    ("visit", visits.c.id, (visits.c.number,)),
    ("paper", papers.c.id, (papers.c.number, papers.c.customer)),
)


def subjects_of(connection: sa.Connection, ids: Collection[str]) -> dict[str, tuple[SubjectOf, str]]:
    """Kind and name of each id that is a record; a draft of a quotation has no number, and "" for a name."""
    found: dict[str, tuple[SubjectOf, str]] = {}
    wanted = [one for one in ids if one]
    for kind, key, names in _NAMED:
        rows = connection.execute(sa.select(key, *names).where(key.in_(wanted)))
        for row_id, *told in rows:
            found[row_id] = (kind, "　".join(one for one in told if one))
    return found
