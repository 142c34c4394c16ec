"""Whether a database file of ours holds together, asked with the driver alone: pages, references, the audit
chain, and how many rows stand where.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver

from app.words import _
from db.sqlite import damaged, is_told

COUNTED: Final = (
    "customers", "quotations", "quotation_revisions", "contracts", "contract_entries", "bills", "payments",
    "papers", "visits", "visit_events", "audit",
)  # fmt: skip


@contextmanager
def looking_into(path: Path) -> Iterator[None]:
    """Look into a file whose pages are all as they were sealed, and yet may hold anything: tables without
    their columns, texts that are none, a format of another program. Whatever that leads to is damage, where
    ``telling`` has no words.

    Raises EnvironmentProblem ``database-damaged``.
    """
    try:
        yield
    except (driver.Error, ValueError, TypeError, OverflowError) as error:
        if is_told(error):
            raise
        raise damaged(path) from error


def counts_of(connection: Any) -> dict[str, int]:
    """How many rows the tables have that hold what people did; tables an older schema lacks are left out."""
    there = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    return {
        name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608 - our names
        for name in COUNTED
        if name in there
    }


def faults_in(connection: Any) -> Iterator[str]:
    """What is wrong inside, as sentences: every page against its own code, structure, references, and that
    the audit chain has no gap at its end.
    """
    broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if broken:
        yield _("{count}か所のページが壊れています（{detail}）。").format(
            count=len(broken), detail=broken[0][0]
        )
        return  # nothing that follows could be read
    found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)").fetchall()]
    if found != ["ok"]:
        yield _("ファイルの構造が壊れています（{detail}）。").format(detail=found[0])
    alone = connection.execute("PRAGMA foreign_key_check").fetchmany(1)
    if alone:
        yield _("「{table}」に、相手のない行があります。").format(table=alone[0][0])
    count, last = connection.execute("SELECT count(*), coalesce(max(seq), 0) FROM audit").fetchone()
    given = connection.execute("SELECT last FROM counters WHERE name = 'audit'").fetchone()
    if count != last or (given is not None and given[0] != last):
        yield _("操作の記録に抜けがあります。")
