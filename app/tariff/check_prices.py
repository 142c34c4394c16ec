"""Rules for items, tiers, options and fees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Final

from app.tariff.findings import Finding, Rule
from app.tariff.model import Edition, Interest, Item, Option, OptionPrice, Surcharge
from app.tariff.shape import shown
from app.words import _

_BOUNDS: Final = ("first", "last", "minimum", "maximum")


def item(record: Item, edition: Edition) -> Iterator[Finding]:
    """One way of pricing, tiers without gaps or overlaps that fit the range, and names that exist."""
    ways = [name for name in ("price", "tiers", "quoted") if getattr(record, name) not in {None, (), False}]
    if len(ways) > 1:
        yield Finding(
            ways[1],
            _("{names}が同時にあります").format(names=_("と").join(ways)),
            _("price・tiers・quotedのどれか1つだけ"),
        )
    yield from _range(record)
    yield from _tiers(record)
    yield from _per_item(record, edition)
    for place, option in enumerate(record.options, 1):
        key = f"options[{option.option}]" if option.option else f"options[#{place}]"
        yield from _option_price(key, option, record, edition)


def _range(record: Item) -> Iterator[Finding]:
    if record.maximum is not None and record.maximum < record.minimum:
        yield Finding(
            "maximum", shown(record.maximum), _("minimum（{least}）以上").format(least=record.minimum)
        )
    if (record.minimum or record.maximum is not None) and not record.range_clause.strip():
        yield Finding("range_clause", _("ありません"), _("数量の範囲の根拠となる条項"))


def _tiers(record: Item) -> Iterator[Finding]:
    bounds = [(tier.first, tier.last) for tier in record.tiers]
    yield from consecutive("tiers", bounds)
    if not bounds:
        return
    if bounds[0][0] != max(record.minimum, 1):
        yield Finding(
            "tiers",
            _("最初の段階は{first}から、minimumは{least}です").format(
                first=bounds[0][0], least=record.minimum
            ),
            _("段階はminimumから始めてください"),
            leaves=_BOUNDS,
        )
    if bounds[-1][1] != record.maximum:
        yield Finding(
            "tiers",
            _("最後の段階は{last}まで、maximumは{most}です").format(
                last=_end(bounds[-1][1]), most=_end(record.maximum)
            ),
            _("段階はmaximumで終えてください"),
            leaves=_BOUNDS,
        )


def _end(last: int | None) -> str:
    return _("上限なし") if last is None else str(last)


def consecutive(name: str, bounds: Sequence[tuple[int, int | None]]) -> Iterator[Finding]:
    """Each stretch of numbers begins right after the one before and none ends before it begins."""
    for first, last in bounds:
        if last is not None and last < first:
            yield Finding(
                name,
                _("{first}〜{last}は逆順です").format(first=first, last=last),
                _("小さい数から大きい数へ"),
            )
    for (first, last), (following, _last) in pairwise(bounds):
        stretch = f"{first}〜{'' if last is None else last}"
        if last is None or following <= last:
            yield Finding(
                name,
                _("{stretch}と{following}〜が重なっています").format(stretch=stretch, following=following),
                _("段階は重ならないようにしてください"),
                leaves=_BOUNDS,
            )
        elif following != last + 1:
            yield Finding(
                name,
                _("{stretch}の次が{following}〜で、間が空いています").format(
                    stretch=stretch, following=following
                ),
                _("次の段階は{wanted}から始めてください").format(wanted=last + 1),
                leaves=_BOUNDS,
            )


def _per_item(record: Item, edition: Edition) -> Iterator[Finding]:
    codes = [known.code for known in edition.items if known is not record]
    if record.charge == "one-off" and not record.per_item:
        yield Finding("per_item", _("ありません"), _("何の数だけかかるかを示す品目のコード"), ("items",))
    elif record.per_item and record.charge != "one-off":
        yield Finding(
            "per_item", shown(record.per_item), _('chargeが"one-off"の品目だけに書けます'), ("items",)
        )
    elif record.per_item and record.per_item not in codes:
        yield Finding("per_item", shown(record.per_item), _names(codes), ("items",))


def _option_price(key: str, price: OptionPrice, record: Item, edition: Edition) -> Iterator[Finding]:
    option = edition.option(price.option)
    if option is None:
        known = _names([known.code for known in edition.options])
        yield Finding(f"{key}.option", shown(price.option), known, ("options",))
        return
    wanted = "count" if price.effect == "free-count" else "flag"
    if option.kind != wanted:
        yield Finding(
            f"{key}.effect",
            shown(price.effect),
            _('kindが"{kind}"のオプションに合う効果').format(kind=option.kind),
            ("options",),
        )
    if (price.effect == "less") != bool(price.amount):
        yield Finding(
            f"{key}.amount", shown(price.amount), _('effectが"less"のときだけ、1以上の金額'), ("items",)
        )
    if price.effect == "less" and record.price is not None and price.amount > record.price:
        yield Finding(
            f"{key}.amount", shown(price.amount), _("price（{price}）以下").format(price=record.price)
        )


def option(record: Option, edition: Edition) -> Iterator[Finding]:
    """The default fits the kind; the item it counts exists."""
    wanted = bool if record.kind == "flag" else int
    if type(record.default) is not wanted:
        allowed = _("trueかfalse") if record.kind == "flag" else _("整数")
        yield Finding("default", shown(record.default), allowed, ("options",))
    if record.of_item and edition.item(record.of_item) is None:
        codes = [known.code for known in edition.items]
        yield Finding("of_item", shown(record.of_item), _names(codes), ("items",))


def interest(record: Interest, edition: Edition) -> Iterator[Finding]:
    """Either the statutory rate or a rate of its own, a proportion between 0 and 1."""
    if record.statutory == bool(record.rate):
        yield Finding(
            "rate",
            shown(record.rate),
            _("法定利率（statutory = true）か利率のどちらか1つ"),
            ("interest.statutory",),
        )
    elif record.rate:
        rate = decimal(record.rate)
        if rate is None or not 0 < rate < 1:
            yield Finding("rate", shown(record.rate), _('年率を小数で（例 14.5％は "0.145"）'))


def surcharge(record: Surcharge, edition: Edition) -> Iterator[Finding]:
    """At least once the evaded amount."""
    if record.factor < 1:
        yield Finding("factor", shown(record.factor), _("1以上の整数"))


def decimal(text: str) -> Decimal | None:
    """The number as written; None when it is no finite number."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and text.isascii() else None


def _names(codes: Sequence[str]) -> str:
    return _("{names}のいずれか").format(names=_("、").join(codes)) if codes else _("ここには書けません")


PRICE_RULES: Mapping[type, Rule] = {Item: item, Option: option, Interest: interest, Surcharge: surcharge}
