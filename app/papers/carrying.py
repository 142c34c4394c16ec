"""Running sums of tables that go over pages: 次ページへ繰越 and 前ページより繰越. Every finished table that adds
up goes through here once; where a page ends after a row, the page shows the row's own ``running``.
"""

from __future__ import annotations

from msgspec.structs import replace

from app.papers.model import Amount, Carry, LineTable, Row, Table
from app.words import _


def carry_words() -> Carry:
    """The words of the carried rows, in the language in use."""
    return Carry(_("次ページへ繰越"), _("前ページより繰越"))


def carrying_lines(table: LineTable, *, through: bool) -> LineTable:
    """The table with its running sums in yen. ``through``: all groups add up to one sum (a bill); else each
    group with a subtotal carries its own, and nothing is carried after it.
    """
    total = 0
    groups = []
    for group in table.groups:
        total = total if through else 0
        adds_up = through or group.subtotal is not None
        rows = []
        for row in group.rows:
            total += _yen(row.amount)
            rows.append(replace(row, running=total if adds_up else None))
        groups.append(replace(group, rows=tuple(rows), running=total if through else None))
    return replace(table, groups=tuple(groups), carry=carry_words())


def carrying_rows(table: Table, *, through: bool = True) -> Table:
    """The same for a table whose last column holds the amounts. Rows marked ``total`` are sums themselves and
    add nothing. ``through`` False: each group starts anew and nothing is carried after its total.
    """
    total = 0
    rows = []
    for row in table.rows:
        if row.group:
            total = total if through else 0
            rows.append(row)
        elif row.total:
            rows.append(replace(row, running=total if through else None))
        else:
            total += _last(row)
            rows.append(replace(row, running=total))
    return replace(table, rows=tuple(rows), carry=carry_words())


def _last(row: Row) -> int:
    last = row.cells[-1] if row.cells else 0
    return last if isinstance(last, int) else 0


def _yen(amount: Amount) -> int:
    return amount if isinstance(amount, int) else 0
