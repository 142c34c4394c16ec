"""訪問サポート of an edition in words: menu, data migration, free visits, days and hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.money import yen_words
from app.tariff.described import Row, readings_in, with_clause
from app.tariff.diff_words import code_words, entry_words, value_words
from app.tariff.model import Edition, MenuItem, Migration, MigrationClass, VisitRules
from app.tariff.texts import words
from app.words import _, pgettext


def _visit(edition: Edition) -> Iterator[Row]:
    rules = edition.visit
    assert rules is not None
    for item in rules.menu:
        yield Row(words(item.name), _menu(item), item.clause, readings_in(item))
    if rules.migration is not None:
        yield from _migration(rules.migration)
    if rules.free is not None:
        said = _("契約年度ごとに{count}回。上の「無償訪問の対象」の作業が無料です").format(
            count=rules.free.per_year
        )
        yield Row(_("無償訪問"), said, rules.free.clause, readings_in(rules.free))
    yield from _times(rules)


def _menu(item: MenuItem) -> str:
    unit = words(item.unit)
    price = (
        _("データ量と台数による（下の表）")
        if item.price is None
        else _("1{unit}につき{price}").format(unit=unit, price=yen_words(item.price))
    )
    lines = [price]
    if item.automatic:
        lines.append(
            _("訪問のたびに必ずかかります") if item.per == "dispatch" else _("1回の申込みに必ずかかります")
        )
    if item.free:
        free = code_words("free", item.free)
        lines.append(with_clause(free, item.free_clause))
    if item.waived_with_line_order:
        lines.append(with_clause(_("回線と同時のお申込みは無料"), item.waiver_clause))
    return "\n".join(lines)


def _migration(rule: Migration) -> Iterator[Row]:
    for place, column in enumerate(rule.classes):
        label = _("データ移行（{volume}）").format(volume=words(column.name))
        yield Row(label, _column(rule, column), rule.clause, readings_in(rule) if place == 0 else ())
    yield Row(
        _("データ移行（{volume}GBを超える分）").format(volume=_gb(rule.step_from_gb)),
        _("{step}GBごとに{price}").format(step=_gb(rule.step_gb), price=yen_words(rule.step_price)),
        rule.clause,
    )


def _gb(text: str) -> str:
    return f"{int(text):,}" if text.isdecimal() else text


def _column(rule: Migration, column: MigrationClass) -> str:
    if len(column.prices) == 1:
        return _("台数にかかわらず1台につき{price}").format(price=yen_words(column.prices[0]))
    return "\n".join(
        _("{band}：1台につき{price}").format(band=_band(first, last), price=yen_words(price))
        for (first, last), price in zip(rule.bands, column.prices, strict=True)
    )


def _band(first: int, last: int) -> str:
    if first == last:
        return pgettext("devices", "{count}台").format(count=first)
    return pgettext("devices", "{first}〜{last}台").format(first=first, last=last)


def _times(rules: VisitRules) -> Iterator[Row]:
    days = [
        _("{area}：{days}").format(area=entry_words(one), days=value_words("weekdays", one.weekdays))
        for one in rules.days
    ]
    days.append(_closed(holidays=rules.closed_holidays, year_end=rules.closed_year_end))
    yield Row(_("訪問できる日"), "\n".join(days), rules.hours_clause)
    hours = _("{first}〜{last}").format(first=rules.first_hour, last=rules.last_hour)
    reading = (rules.hours_reading,) if rules.hours_reading else ()
    yield Row(_("訪問できる時間"), hours, rules.hours_clause, reading)
    reception = "\n".join((
        _("{days} {first}〜{last}").format(
            days=value_words("reception_weekdays", rules.reception_weekdays),
            first=rules.reception_first,
            last=rules.reception_last,
        ),
        _closed(holidays=rules.reception_closed_holidays, year_end=rules.reception_closed_year_end),
    ))  # fmt: skip
    reading = (rules.reception_reading,) if rules.reception_reading else ()
    yield Row(_("申込みの受付"), reception, rules.reception_clause, reading)
    if rules.cancel_reading:
        said = _("規約に定めがなく、解釈によります")
        yield Row(_("受付後・訪問前の取りやめ"), said, rules.clause, (rules.cancel_reading,))


def _closed(*, holidays: bool, year_end: bool) -> str:
    if holidays and year_end:
        return _("祝日と年末年始（12月29日〜1月3日）を除く")
    if holidays:
        return _("祝日を除く")
    return _("年末年始（12月29日〜1月3日）を除く") if year_end else _("祝日・年末年始も可")


TELLERS: Final[Mapping[str, Callable[[Edition], Iterator[Row]]]] = {"visit": _visit}
