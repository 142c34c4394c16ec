"""What a quantity costs for one full month (or year): unit price, tiers, options, agreed prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from app.charge.lines import Line, Reason
from app.contract.facts import AgreedUnitPrice
from app.contract.ordered import REFUSALS, Ordered, check_ordered
from app.tariff.model import Item, OptionPrice, Tier
from app.tariff.texts import words

__all__ = ["REFUSALS", "Ordered", "check_ordered", "full_lines", "tier_of"]


def full_lines(ordered: Ordered, charge: str) -> tuple[Line, ...]:
    """The lines of a full period (``charge``: monthly, annual or one-off), none for what is not ordered.

    Expects quantities that ``check_ordered`` found nothing wrong with.
    """
    lines = (_full_line(ordered, item) for item in ordered.edition.items if item.charge == charge)
    return tuple(line for line in lines if line is not None)


def _full_line(ordered: Ordered, item: Item) -> Line | None:
    quantity = ordered.quantity(item)
    if not quantity:
        return None
    reason, charged, unit_price = _price(ordered, item, quantity)
    return Line(
        service=ordered.service,
        item=item.code,
        name=words(item.name),
        amount=reason.amount,
        reason=reason,
        quantity=1 if item.quoted else charged,
        unit=words(item.unit),
        unit_price=reason.amount if item.quoted else unit_price,
        clause=reason.clause,
    )


def _price(ordered: Ordered, item: Item, quantity: int) -> tuple[Reason, int, int]:
    """Reason, charged quantity and unit price of one item."""
    if item.quoted:  # the amount itself is what was agreed: no unit price can stand before it
        return _reason(ordered, item, "quoted", {"amount": quantity}, quantity), 1, quantity
    agreed = next((one for one in ordered.agreed if one.item == item.code), None)
    if agreed is not None:
        return _agreed(ordered, item, quantity, agreed), quantity, agreed.unit_price
    if item.tiers:
        tier = tier_of(item, quantity)
        inputs = {
            "quantity": quantity,
            "unit": item.unit,
            "unit_price": tier.price,
            "tier": (tier.first, tier.last),
        }
        return _reason(ordered, item, "tier-for-all", inputs, quantity * tier.price), quantity, tier.price
    return _with_options(ordered, item, quantity)


def tier_of(item: Item, quantity: int) -> Tier:
    """The tier whose price holds for every unit of ``quantity``. Raises LookupError outside the tiers."""
    for tier in item.tiers:
        if quantity >= tier.first and (tier.last is None or quantity <= tier.last):
            return tier
    raise LookupError(f"{item.code}: no tier for {quantity}")


def _agreed(ordered: Ordered, item: Item, quantity: int, agreed: AgreedUnitPrice) -> Reason:
    inputs = {
        "name": item.name,
        "quantity": quantity,
        "unit": item.unit,
        "unit_price": agreed.unit_price,
        "list_price": _listed(ordered, item, quantity),
        "why": agreed.reason,
        "approved_by": agreed.approved_by,
    }
    amount = quantity * agreed.unit_price
    edition = ordered.edition
    # Not the item's clause: the list has another price.
    return Reason(
        "agreed-price", inputs, Fraction(amount), amount, clause=edition.agreed_clause, edition=edition.start
    )


def _listed(ordered: Ordered, item: Item, quantity: int) -> int | None:
    """The unit price without the agreement; None where the list prints none."""
    if item.quoted or (item.price is None and not item.tiers):
        return None
    return tier_of(item, quantity).price if item.tiers else _with_options(ordered, item, quantity)[2]


def _with_options(ordered: Ordered, item: Item, quantity: int) -> tuple[Reason, int, int]:
    price = item.price or 0
    charged = quantity
    applied = [option for option in item.options if _applies(option, ordered)]
    for option in applied:
        if option.effect == "less":
            price -= option.amount
        elif option.effect == "free":
            charged, price = quantity, 0
        else:
            charged = quantity - int(ordered.option(option.option))
    inputs = {
        "quantity": charged,
        "unit": item.unit,
        "unit_price": price,
        "ordered": quantity,
        "list_price": item.price or 0,
        "options": tuple(option.option for option in applied),
    }
    parts = tuple(_option_part(ordered, option) for option in applied)
    return _reason(ordered, item, "unit-price", inputs, charged * price, parts), charged, price


def _applies(option: OptionPrice, ordered: Ordered) -> bool:
    value = ordered.option(option.option)
    return bool(value) if option.effect == "free-count" else value is option.when


def _option_part(ordered: Ordered, option: OptionPrice) -> Reason:
    known = ordered.edition.option(option.option)
    inputs = {"name": known.name if known else option.option, "effect": option.effect, "less": option.amount}
    inputs["count"] = int(ordered.option(option.option))
    return Reason("option", inputs, Fraction(0), 0, clause=option.clause, edition=ordered.edition.start)


def _reason(
    ordered: Ordered,
    item: Item,
    rule: str,
    inputs: Mapping[str, object],
    amount: int,
    parts: Iterable[Reason] = (),
) -> Reason:
    return Reason(
        rule,
        {"name": item.name, **inputs},
        Fraction(amount),
        amount,
        clause=item.clause,
        edition=ordered.edition.start,
        parts=tuple(parts),
    )
