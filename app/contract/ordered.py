"""What a contract has at one time, and what is wrong with it by the price list."""

from __future__ import annotations

from dataclasses import dataclass

from app.contract.facts import AgreedUnitPrice, Options, Quantities
from app.errors import Problems
from app.tariff.model import Edition, Item
from app.tariff.texts import words
from app.words import _

# The order in which refusals are told (cases/README); the gravest first.
REFUSALS = ("bad-input", "out-of-range", "no-price", "individual-quote", "edition-unknown", "no-rule")

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
            remedy=_("提供会社の見積を取り、手入力の行として加えてください。"),
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
            remedy=_("数量を直すか、提供会社の個別見積を取ってください。"),
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
