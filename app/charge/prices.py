"""What a quantity costs for one full month (or year): unit price, tiers, options, agreed prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.charge.lines import Line, Reason
from app.contract.facts import AgreedUnitPrice
from app.errors import Problems
from app.tariff.model import Edition, Item, OptionPrice, Tier
from app.tariff.texts import words
from app.words import _

# The order in which refusals are told (cases/README); the gravest first.
REFUSALS = ("bad-input", "out-of-range", "no-price", "individual-quote", "edition-unknown", "no-rule")

Quantities = Mapping[str, int]
Options = Mapping[str, "bool | int"]

# Nobody sells a billion of anything; larger numbers are slips of the keyboard. Quoted yearly fees are yen.
MOST_UNITS = 1_000_000_000
MOST_YEN = 1_000_000_000_000


@dataclass(frozen=True)
class Ordered:
    """What a contract has at one time: the edition that prices it, quantities, options and agreed prices."""

    service: str
    edition: Edition
    items: Quantities
    options: Options
    agreed: tuple[AgreedUnitPrice, ...] = ()

    def quantity(self, item: Item) -> int:
        """How many of an item there are."""
        if item.fixed_quantity is not None:
            return item.fixed_quantity
        if item.per_item:
            return self.items.get(item.per_item, 0)
        return self.items.get(item.code, 0)

    def option(self, code: str) -> bool | int:
        """What an option stands at, its default where nothing was said."""
        known = self.edition.option(code)
        return self.options.get(code, known.default if known else False)


def check_ordered(ordered: Ordered) -> Problems:
    """Everything that is wrong with quantities and options, each with its field and clause.

    Codes: ``bad-input``, ``out-of-range`` (more or fewer than the price list holds), ``no-price``.
    """
    problems = Problems()
    for code, quantity in ordered.items.items():
        item = ordered.edition.item(code)
        if item is None or item.per_item:
            problems.add(
                "bad-input",
                _("「{code}」はこのサービスの品目ではありません。").format(code=code),
                remedy=_("次の中からお選びください：{names}").format(names=_item_codes(ordered.edition)),
                field=f"items.{code}",
            )
        elif quantity < 0 or quantity > (MOST_YEN if item.quoted else MOST_UNITS):
            problems.add(
                "bad-input",
                _("{name}の数量に {quantity} は使えません。").format(
                    name=words(item.name), quantity=quantity
                ),
                remedy=_("0以上の整数を入力してください。"),
                field=f"items.{code}",
            )
    for item in ordered.edition.items:
        _check_range(ordered, item, problems)
    _check_options(ordered, problems)
    return problems


def _item_codes(edition: Edition) -> str:
    return _("、").join(
        item.code for item in edition.items if not item.per_item and item.fixed_quantity is None
    )


def _check_range(ordered: Ordered, item: Item, problems: Problems) -> None:
    given = ordered.items.get(item.code, 0)
    if item.fixed_quantity is not None:
        if item.code in ordered.items and given != item.fixed_quantity:
            problems.add(
                "bad-input",
                _("{name}は契約ごとに{count}です。").format(name=words(item.name), count=item.fixed_quantity),
                remedy=_("数量の指定は要りません。"),
                clause=item.clause,
                field=f"items.{item.code}",
            )
        return
    if item.per_item or given < 0:
        return
    if given and item.price is None and not item.tiers and not item.quoted:
        problems.add(
            "no-price",
            _("{name}には公表された料金がありません。").format(name=words(item.name)),
            remedy=_("提供会社の見積りを取り、手入力の行として加えてください。"),
            clause=item.clause,
            field=f"items.{item.code}",
        )
        return
    least = max(item.minimum, item.tiers[0].first if item.tiers and item.minimum else 0)
    most = item.maximum if item.maximum is not None else (item.tiers[-1].last if item.tiers else None)
    if given < least or (most is not None and given > most):
        problems.add(
            "out-of-range",
            _("{name} {quantity}{unit}は料金表の範囲にありません。").format(
                name=words(item.name), quantity=given, unit=words(item.unit)
            ),
            why=_range_words(item, least, most),
            remedy=_("数量を直すか、提供会社の個別見積りを取ってください。"),
            clause=item.range_clause or item.clause,
            field=f"items.{item.code}",
        )


def _range_words(item: Item, least: int, most: int | None) -> str:
    unit = words(item.unit)
    if most is None:
        return _("料金表は{least}{unit}からです。").format(least=least, unit=unit)
    return _("料金表は{least}〜{most}{unit}です。").format(least=f"{least:,}", most=f"{most:,}", unit=unit)


def _check_options(ordered: Ordered, problems: Problems) -> None:
    for code, value in ordered.options.items():
        option = ordered.edition.option(code)
        if option is None:
            problems.add(
                "bad-input",
                _("「{code}」はこのサービスの選択項目ではありません。").format(code=code),
                remedy=_("この項目を取り除いてください。"),
                field=f"options.{code}",
            )
        elif option.kind == "flag" and not isinstance(value, bool):
            problems.add(
                "bad-input",
                _("{name}は「はい」か「いいえ」でお答えください。").format(name=words(option.name)),
                clause=option.clause,
                field=f"options.{code}",
            )
        elif option.kind == "count" and not _is_count(value, ordered.items.get(option.of_item, 0)):
            problems.add(
                "bad-input",
                _("{name}は0から契約の数量までの整数です。").format(name=words(option.name)),
                remedy=_("契約の数量は{count}です。").format(count=ordered.items.get(option.of_item, 0)),
                clause=option.clause,
                field=f"options.{code}",
            )


def _is_count(value: bool | int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= max(most, 0)


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
        clause=item.clause,
    )


def _price(ordered: Ordered, item: Item, quantity: int) -> tuple[Reason, int, int]:
    """Reason, charged quantity and unit price of one item."""
    agreed = next((one for one in ordered.agreed if one.item == item.code), None)
    if agreed is not None:
        return _agreed(ordered, item, quantity, agreed), quantity, agreed.unit_price
    if item.quoted:
        return _reason(ordered, item, "quoted", {"amount": quantity}, quantity), 1, quantity
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
        "quantity": quantity,
        "unit": item.unit,
        "unit_price": agreed.unit_price,
        "why": agreed.reason,
        "approved_by": agreed.approved_by,
    }
    return _reason(ordered, item, "agreed-price", inputs, quantity * agreed.unit_price)


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
