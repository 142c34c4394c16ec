"""An edition in words: its prices and rules in sections, each row with the clause it rests on.

Made from the records alone, so that a new file needs nothing here. A part of an edition nobody wrote words
for is told by the keys and values of its record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.money import figure, yen_words
from app.tariff import describe_life, describe_rules, describe_visits
from app.tariff.described import Row, counted, readings_in, with_clause
from app.tariff.diff import GROUPS
from app.tariff.diff_words import field_words, tier_words, value_words
from app.tariff.field_words import GROUP_LABELS
from app.tariff.model import Edition, Item, Option, OptionPrice, Reading, Record
from app.tariff.texts import choice_words, words
from app.words import _, pgettext

__all__ = ["DescribedSection", "Row", "describe_edition", "in_force", "moved_by"]

# Other headings than those of the differences, where a section is about less than a group.
_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    **{group: names for group, names in GROUPS.items() if group not in {"edition", "rules"}},
    "rules": tuple(name for name in GROUPS["rules"] if name not in {"deadlines", "liability", "opening"}),
    "deadlines": ("opening", "deadlines", "liability"),
}
_ORDER: Final = (
    "prices", "rules", "fees", "deadlines", "applications", "life", "visits", "readings", "remarks", "other",
)  # fmt: skip


@dataclass(frozen=True)
class DescribedSection:
    """Rows about one matter."""

    heading: str
    rows: tuple[Row, ...]


def describe_edition(
    edition: Edition, choices: Mapping[str, str] = MappingProxyType({})
) -> tuple[DescribedSection, ...]:
    """All an edition says, in sections; those with nothing to say are left out. ``choices``: those of
    readings that go before the file's own.
    """
    return tuple(DescribedSection(heading, rows) for heading, rows in _sections(edition, choices) if rows)


def _sections(edition: Edition, choices: Mapping[str, str]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    named = {name for names in _SECTIONS.values() for name in names} | set(GROUPS["edition"])
    parts = {**_SECTIONS, "other": tuple(n for n in Edition.__struct_fields__ if n not in named)}
    for group in _ORDER:
        if group == "readings":
            yield _heading(group), tuple(_readings(edition, choices))
        else:
            yield _heading(group), tuple(row for name in parts[group] for row in _part(edition, name))


def moved_by(edition: Edition, reading: str) -> tuple[str, ...]:
    """What a reading decides: the rules, items and visit work whose records name it, in words."""
    found: list[str] = []
    for name in Edition.__struct_fields__:
        if name == "readings":
            continue
        for where, record in _records(getattr(edition, name), field_words(name)):
            if reading in readings_in(record) and where not in found:
                found.append(where)
    return tuple(found)


def _records(value: object, where: str) -> Iterator[tuple[str, Record]]:
    """A record and those in it, each with what it is called."""
    if isinstance(value, tuple):
        for entry in value:
            called = getattr(entry, "name", None)
            yield from _records(
                entry,
                f"{where}：{words(called)}" if called is not None and isinstance(entry, Record) else where,
            )
    elif isinstance(value, Record):
        yield where, value
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if isinstance(inner, tuple | Record):
                yield from _records(inner, field_words(name))


def _heading(group: str) -> str:
    return _("期限・責任") if group == "deadlines" else _(GROUP_LABELS[group])


def _part(edition: Edition, name: str) -> Iterator[Row]:
    value = getattr(edition, name)
    if value is None or value == "" or value == ():
        return
    telling = _TELLERS.get(name)
    if telling is not None:
        yield from telling(edition)
    else:
        yield Row(field_words(name), value_words(name, value), getattr(value, "clause", ""))


# --- prices ------------------------------------------------------------------------------------------------


def _items(edition: Edition) -> Iterator[Row]:
    for item in edition.items:
        lines = [*_prices(item), *_quantities(edition, item)]
        lines += [_option_effect(edition, item, option) for option in item.options]
        if item.note is not None:
            lines.append(words(item.note))
        yield Row(words(item.name), "\n".join(lines), item.clause)


def _prices(item: Item) -> Iterator[str]:
    unit = words(item.unit)
    charge = {"monthly": _("月額"), "annual": _("年額"), "one-off": _("一時金")}[item.charge]
    if item.quoted:
        yield _("{charge}・個別の見積額").format(charge=charge)
    elif item.price is not None:
        yield _("{charge} {price}（{unit}あたり）").format(
            charge=charge, price=yen_words(item.price), unit=counted("1", unit)
        )
    elif not item.tiers and item.note is None:
        yield _("料金表に価格の記載がありません")
    if item.tiers:
        yield _("{charge}（{unit}あたり）").format(charge=charge, unit=counted("1", unit))
    for tier in item.tiers:
        yield _("{range}：{price}").format(range=counted(tier_words(tier), unit), price=yen_words(tier.price))


def _quantities(edition: Edition, item: Item) -> Iterator[str]:
    unit = words(item.unit)
    if item.fixed_quantity is not None:
        yield _("数量は{count}（固定）").format(count=counted(figure(item.fixed_quantity), unit))
    elif item.charge != "one-off" and item.maximum is not None:
        said = _("数量は{first}〜{last}").format(
            first=figure(item.minimum), last=counted(figure(item.maximum), unit)
        )
        yield with_clause(said, item.range_clause)
    elif item.charge != "one-off" and item.minimum:
        said = _("数量は{first}以上").format(first=counted(figure(item.minimum), unit))
        yield with_clause(said, item.range_clause)
    if item.per_item:
        other = edition.item(item.per_item)
        if other is not None:
            yield _("「{item}」と同じ数").format(item=words(other.name))
    if item.capacity is not None:
        yield _("{unit}で{count}クライアントまで").format(
            unit=counted("1", unit), count=figure(item.capacity)
        )


def _option_effect(edition: Edition, item: Item, effect: OptionPrice) -> str:
    option = edition.option(effect.option)
    name = words(option.name) if option is not None else effect.option
    if effect.effect == "free-count":
        said = _("「{option}」の数だけ無料").format(option=name)
    elif effect.effect == "free":
        said = _("「{option}」{state}のとき無料").format(option=name, state=_state(on=effect.when))
    else:
        said = _("「{option}」{state}のとき{unit}あたり{amount}引き").format(
            option=name,
            state=_state(on=effect.when),
            unit=counted("1", words(item.unit)),
            amount=yen_words(effect.amount),
        )
    return with_clause(said, effect.clause)


def _state(*, on: bool) -> str:
    return pgettext("option", "あり") if on else pgettext("option", "なし")


def _options(edition: Edition) -> Iterator[Row]:
    for option in edition.options:
        yield Row(
            _("選択：{option}").format(option=words(option.name)), _option(edition, option), option.clause
        )


def _option(edition: Edition, option: Option) -> str:
    if option.kind == "flag":
        return _("あり・なしを選びます（初めは「{usual}」）").format(usual=_state(on=bool(option.default)))
    of = edition.item(option.of_item)
    said = _("数を入れます（初めは{count}）").format(count=option.default)
    if of is None:
        return said
    return said + "\n" + _("「{item}」の数まで").format(item=words(of.name))


def _tax(edition: Edition) -> Iterator[Row]:
    yield Row(_("消費税"), _("税抜の料金に、消費税相当額を加えます"), edition.tax_clause)


def _agreed(edition: Edition) -> Iterator[Row]:
    yield Row(
        _("個別に取り決めた料金"),
        _("料金表と異なる取り決めがあるときは、それによります"),
        edition.agreed_clause,
    )


# --- readings, remarks -------------------------------------------------------------------------------------


def _readings(edition: Edition, choices: Mapping[str, str]) -> Iterator[Row]:
    for reading in edition.readings:
        choice = in_force(reading, choices)
        yield Row(words(reading.topic), choice_words(reading, choice), reading.clause, (reading.name,))


def in_force(reading: Reading, choices: Mapping[str, str]) -> str:
    """The choice of a reading: the owner's where the reading has it, else the file's."""
    wished = choices.get(reading.name)
    return (
        wished
        if wished is not None and any(wished == one.code for one in reading.choices)
        else reading.choice
    )


def _remarks(edition: Edition) -> Iterator[Row]:
    for place, remark in enumerate(edition.remarks):
        yield Row(_("ご案内") if place == 0 else "", words(remark.text), remark.clause)


def _support(edition: Edition) -> Iterator[Row]:
    for place, support in enumerate(edition.support):
        yield Row(_("サポート") if place == 0 else "", words(support.text), support.clause)


_TELLERS: Final[Mapping[str, Callable[[Edition], Iterator[Row]]]] = {
    "items": _items,
    "options": _options,
    "tax_clause": _tax,
    "agreed_clause": _agreed,
    "remarks": _remarks,
    "support": _support,
    **describe_rules.TELLERS,
    **describe_life.TELLERS,
    **describe_visits.TELLERS,
}
