"""More for less: a larger quantity whose tier makes the month cheaper (どこでもプライム 別紙4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.charge.prices import Ordered, full_lines
from app.tariff.model import Edition, Item


@dataclass(frozen=True)
class CheaperQuantity:
    """A larger quantity of one item; yen per month for everything ordered, without tax."""

    item: str
    quantity: int
    monthly_net: int
    saving: int
    clause: str


def cheaper_quantity(
    edition: Edition, items: Mapping[str, int], options: Mapping[str, bool | int] | None = None
) -> CheaperQuantity | None:
    """The larger quantity with the lowest month, when that is lower than now; of equals the smallest.

    Only one item is enlarged, to the first unit of a later tier: inside a tier more never costs less.
    Expects quantities that ``check_ordered`` found nothing wrong with. None where no tier helps.
    """
    now = _monthly_net(edition, items, options or {})
    best: CheaperQuantity | None = None
    for item, quantity in _candidates(edition, items):
        net = _monthly_net(edition, {**items, item.code: quantity}, options or {})
        if net < now and (best is None or net < best.monthly_net):
            best = CheaperQuantity(item.code, quantity, net, now - net, item.clause)
    return best


def _candidates(edition: Edition, items: Mapping[str, int]) -> Iterator[tuple[Item, int]]:
    for item in edition.items:
        ordered = items.get(item.code, 0)
        if ordered and item.charge == "monthly":
            yield from ((item, tier.first) for tier in item.tiers if tier.first > ordered)


def _monthly_net(edition: Edition, items: Mapping[str, int], options: Mapping[str, bool | int]) -> int:
    return sum(line.amount for line in full_lines(Ordered("", edition, items, options), "monthly"))
