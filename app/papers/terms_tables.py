"""The price lists a terms summary shows under its points: tiers or items, the visit menu, data migration."""

from __future__ import annotations

from fractions import Fraction

from app.money import figure
from app.papers.model import Cell, Column, Row, Strong
from app.papers.side import SideTable, SideTables
from app.papers.terms_facts import TermsCase
from app.tariff.model import Edition, Item, Migration, VisitRules
from app.tariff.texts import words
from app.words import _, pgettext

_MOST_TIERS = 9
_FEW_CLASSES = 3  # volume classes that leave room for the names of the work beside them


def price_table(case: TermsCase) -> SideTable | None:
    """The prices of the service without tax: side by side for tiers, with the one that holds for this
    contract marked; else one row for each item. None where the terms print no price.
    """
    tiered = next((item for item in case.edition.items if 1 < len(item.tiers) <= _MOST_TIERS), None)
    return _tiers(case, tiered) if tiered is not None else _items(case.edition)


def _tiers(case: TermsCase, item: Item) -> SideTable:
    quantity = case.items.get(item.code, 0)
    holds = [tier.first <= quantity and (tier.last is None or quantity <= tier.last) for tier in item.tiers]
    heads = [
        pgettext("quantities", "{first}〜{last}").format(
            first=figure(tier.first), last=figure(tier.last) if tier.last is not None else ""
        )
        for tier in item.tiers
    ]
    columns = (
        Column(_("{unit}数").format(unit=words(item.unit)), "left", 9),
        *(Column(head, "right", len(head) + 2.5) for head in heads),
    )
    prices: list[Cell] = [
        Strong(figure(tier.price)) if mine else tier.price
        for tier, mine in zip(item.tiers, holds, strict=True)
    ]
    marked = holds.index(True) + 1 if any(holds) else None
    return SideTable(columns, (Row((_("単価（円）"), *prices)),), marked=marked)


def _items(edition: Edition) -> SideTable | None:
    per = {"monthly": _("月額"), "annual": _("年額"), "one-off": _("初回のみ")}
    rows = tuple(
        Row((words(item.name), f"{per[item.charge]}／{words(item.unit)}", item.price))
        for item in edition.items
        if item.price is not None
    )
    if not rows:
        return None
    columns = (
        Column(_("品目"), "left", 0.56),
        Column(_("単位"), "left", 0.24),
        Column(_("税抜（円）"), "right", 0.20),
    )
    return SideTable(columns, rows)


def visit_tables(case: TermsCase) -> SideTable | SideTables | None:
    """The visit menu beside the data migration; None where the service has no visits."""
    rules = case.edition.visit
    if rules is None:
        return None
    menu = _menu(rules)
    if rules.migration is None:
        return menu
    share = 0.43 if len(rules.migration.classes) > _FEW_CLASSES else 0.52
    return SideTables(menu, _migration(rules.migration), share)


def _menu(rules: VisitRules) -> SideTable:
    rows = tuple(
        Row((_("{work}（{unit}）").format(work=words(one.name), unit=words(one.unit)), one.price))
        for one in rules.menu
        if one.price is not None
    )
    columns = (Column(_("作業"), "left", 0.8), Column(_("税抜"), "right", 0.2))
    return SideTable(columns, rows)


def _migration(rule: Migration) -> SideTable:
    columns = (
        Column(_("データ移行"), "left", 9),
        *(Column(_size(one.up_to_gb), "right", len(figure(max(one.prices))) + 1.5) for one in rule.classes),
    )
    rows = []
    for place, (first, last) in enumerate(rule.bands):
        many = (
            _("{count}台").format(count=first)
            if first == last
            else _("{first}〜{last}台").format(first=first, last=last)
        )
        prices = [one.prices[place] if place < len(one.prices) else one.prices[-1] for one in rule.classes]
        rows.append(Row((many, *prices)))
    most = rule.bands[-1][1]
    note = _("データ移行は1台あたりの税抜（円）。{most}台を超えるときは個別に見積もります。").format(
        most=most
    )
    return SideTable(columns, tuple(rows), note)


def _size(gigabytes: str) -> str:
    """Up to which volume a column is: 4.7GB, 4TB."""
    whole = Fraction(gigabytes)
    return f"{whole / 1000}TB" if whole >= 1000 and whole % 1000 == 0 else f"{gigabytes}GB"
