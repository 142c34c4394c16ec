"""A priced line as a row of the line table."""

from __future__ import annotations

from app.charge.lines import Line
from app.charge.words import units
from app.papers.model import LineRow
from app.tariff.clauses import clause_note
from app.words import _


def line_row(line: Line, reason: str) -> LineRow:
    """Quantity times unit price; what has neither stands as one piece at its amount. ``reason``: the small
    line under the name.
    """
    quantity = line.quantity if line.quantity is not None else 1
    return LineRow(
        name=line.name,
        reason=reason,
        clause=clause_note(line.clause),
        quantity=quantity,
        unit=units(quantity, line.unit or _("式")),
        unit_price=line.unit_price if line.unit_price is not None else line.amount,
        amount=line.amount,
    )
