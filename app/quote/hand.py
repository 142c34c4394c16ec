"""Lines priced by hand (交通費, 機器 …)."""

from __future__ import annotations

from fractions import Fraction

from app.charge.lines import Line, Reason
from app.errors import Problems
from app.money import TaxKind
from app.quote.content import HandGroup, HandLine, QuotationContent
from app.quote.priced import hand_code
from app.quote.service_price import hand_price_problems
from app.words import _

MOST_UNITS = 100_000


def hand_lines(content: QuotationContent, problems: Problems) -> dict[HandGroup, list[Line]]:
    """The lines of each group (``one-off``, ``monthly``, ``visit``); those with problems are told and left
    out.
    """
    found: dict[HandGroup, list[Line]] = {"one-off": [], "monthly": [], "visit": []}
    for place, entry in enumerate(content.hand_lines):
        own = Problems()
        _check(entry, own)
        problems.extend(own, under=f"hand_lines.{place}")
        if not own:
            found[entry.group].append(_line(entry, place))
    return found


def _check(entry: HandLine, problems: Problems) -> None:
    if not entry.name.strip():
        problems.add("bad-input", _("品目の名前がありません。"), field="name")
    if not 1 <= entry.quantity <= MOST_UNITS:
        problems.add(
            "bad-input",
            _("数量は1から{most}までの整数です。").format(most=f"{MOST_UNITS:,}"),
            field="quantity",
        )
    problems.extend(hand_price_problems(entry))


def _line(entry: HandLine, place: int) -> Line:
    amount = entry.quantity * entry.unit_price
    reason = Reason(
        "by-hand",
        {
            "name": entry.name,
            "quantity": entry.quantity,
            "unit": entry.unit,
            "unit_price": entry.unit_price,
            "why": entry.reason,
            "approved_by": entry.approved_by,
        },
        Fraction(amount),
        amount,
    )
    return Line(
        service="",
        item=hand_code(place),
        name=entry.name.strip(),
        amount=amount,
        reason=reason,
        quantity=entry.quantity,
        unit=entry.unit,
        unit_price=entry.unit_price,
        tax=TaxKind.OUTSIDE if entry.tax == "outside" else TaxKind.STANDARD,
    )
