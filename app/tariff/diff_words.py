"""The differences between two editions in sentences, grouped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.days import DAY, date_words, weekday_words
from app.money import figure, percent_words, yen_words
from app.tariff.clauses import clause_note
from app.tariff.diff import Difference, EditionDiff, Step
from app.tariff.field_words import FIELD_LABELS, GROUP_LABELS, MONEY, VALUE_LABELS
from app.tariff.model import AreaDays, Edition, Item, Reading, Record, Text, Tier
from app.tariff.texts import choice_words, words
from app.words import _

LONGEST_NAME = 40  # of an entry in the way to a value; sentences of remarks are longer
_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Section:
    """A group of differences, each a sentence."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ChangeRow:
    """A difference in parts: what (with the kinds ``added`` and ``removed`` only one side says anything)."""

    kind: str
    place: str
    before: str
    after: str
    clause: str


@dataclass(frozen=True)
class ChangeSection:
    """A group of differences in parts."""

    heading: str
    rows: tuple[ChangeRow, ...]


def change_sections(diff: EditionDiff) -> tuple[ChangeSection, ...]:
    """All differences in parts, for a table."""
    return tuple(
        ChangeSection(_(GROUP_LABELS[group]), tuple(map(_change_row, found)))
        for group, found in diff.groups.items()
    )


def _change_row(one: Difference) -> ChangeRow:
    *way, last = one.path
    clause = _told_clause(one)
    if last.entry is None:
        before, after = (_side(one, value) for value in (one.before, one.after))
        return ChangeRow(one.kind, place_words(one.path), before, after, clause)
    place, said = place_words((*way, Step(last.field))), record_words(last.entry)
    before, after = ("", said) if one.kind == "added" else (said, "")
    return ChangeRow(one.kind, place, before, after, clause)


def sections(diff: EditionDiff) -> tuple[Section, ...]:
    """All differences in words; the group with the editions also says which side prints no prices."""
    return tuple(
        Section(_(GROUP_LABELS[group]), tuple(sentence(one) for one in found))
        for group, found in diff.groups.items()
    )


def edition_words(edition: Edition) -> str:
    """``2026年5月11日実施``; what to call an edition without a date."""
    if edition.start is None:
        return _("日付の記載のない版")
    return _("{day}実施").format(day=date_words(edition.start, weekday=False))


def unpriced_words(diff: EditionDiff) -> Iterator[str]:
    """A sentence for each side whose prices and rules are not known."""
    for side in diff.unpriced:
        edition = diff.before if side == "before" else diff.after
        yield _(
            "{edition}の料金ときまりは分かりません（版のあることだけが知られています）。比べられるのは版そのものだけです。"
        ).format(edition=edition_words(edition))


def sentence(one: Difference) -> str:
    """``品目「月額料金」 ＞ 5〜9 ＞ 単価：3,000円 → 3,100円（別紙4）``."""
    *way, last = one.path
    if last.entry is not None:
        whole = _("{place}の追加：{value}") if one.kind == "added" else _("{place}の廃止：{value}")
        place = place_words((*way, Step(last.field)))
        said = whole.format(place=place, value=record_words(last.entry))
    else:
        said = _("{place}：{before} → {after}").format(
            place=place_words(one.path), before=_side(one, one.before), after=_side(one, one.after)
        )
    clause = _told_clause(one)
    return _("{words}（{clause}）").format(words=said, clause=clause_note(clause)) if clause else said


def _told_clause(one: Difference) -> str:
    """The clause to tell with a difference; none where the clause itself is what differs."""
    last = one.path[-1].field
    return "" if last == "clause" or last.endswith("_clause") else one.clause


def _side(one: Difference, value: object) -> str:
    """A value on one side; the choice of a reading by its name."""
    name = one.path[-1].field
    around = one.path[-2].entry if len(one.path) > 1 else None
    if name == "choice" and isinstance(around, Reading):
        return choice_words(around, str(value))
    return value_words(name, value)


# --- places ------------------------------------------------------------------------------------------------


def place_words(path: tuple[Step, ...]) -> str:
    """The way to a value: entries by their name, fields by their label."""
    return " ＞ ".join(_step_words(step, first=place == 0) for place, step in enumerate(path))


def _step_words(step: Step, *, first: bool) -> str:
    if step.entry is None:
        return field_words(step.field)
    named = entry_words(step.entry) or step.key
    named = named if len(named) <= LONGEST_NAME else named[: LONGEST_NAME - 1] + "…"
    if not first:
        return named
    return _("{field}「{name}」").format(field=field_words(step.field), name=named)


def field_words(name: str) -> str:
    """A key of the files in words; a key nobody translated as it is."""
    if name in FIELD_LABELS:
        return _(FIELD_LABELS[name])
    if name.endswith("_clause"):
        return _("根拠の条項（{name}）").format(name=name)
    if "reading" in name.split("_"):
        return _("使う解釈（{name}）").format(name=name)
    return name


def entry_words(entry: Record) -> str:
    """What an entry of a list is called."""
    if isinstance(entry, Tier):
        return tier_words(entry)
    if isinstance(entry, Reading):
        return words(entry.topic)
    if isinstance(entry, AreaDays):
        return code_words("area", entry.area) if entry.area else _("全エリア")
    for name in ("name", "text"):
        value = getattr(entry, name, None)
        if isinstance(value, Text):
            return words(value)
    return ""


def tier_words(tier: Tier) -> str:
    """``5〜9``; an open end stays open."""
    last = "" if tier.last is None else figure(tier.last)
    return _("{first}〜{last}").format(first=figure(tier.first), last=last)


# --- values ------------------------------------------------------------------------------------------------


def value_words(name: str, value: object) -> str:
    """A value as people write it; ``name`` is the key it stands at."""
    if value is None or value == "" or value == ():
        return _("なし")
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, int):
        return _number(name, value)
    if isinstance(value, date):
        return date_words(value, weekday=False)
    if isinstance(value, Text):
        return _("「{text}」").format(text=words(value))
    if isinstance(value, Record):
        return record_words(value)
    if isinstance(value, tuple):
        return _("、").join(value_words(name, one) for one in value)
    if name == "clause" or name.endswith("_clause"):
        return clause_note(str(value))
    return code_words(name, str(value))


def _number(name: str, value: int) -> str:
    if name in MONEY:
        return yen_words(value)
    if "weekdays" in name:
        return weekday_words(_MONDAY + DAY * value)
    return figure(value)


def code_words(name: str, value: str) -> str:
    """A fixed word of the files as people say it; ``name`` is the key it stands at."""
    if name == "rate":
        return percent_words(Fraction(value))
    known = VALUE_LABELS.get(name, {})
    return _(known[value]) if value in known else value


def record_words(record: Record) -> str:
    """A record that was added, dropped or replaced, in short: what it is called and what it costs or says."""
    if isinstance(record, Item):
        return _("{name} {price}").format(name=words(record.name), price=_item_price(record))
    if isinstance(record, Tier):
        return _("{tier} {price}").format(tier=tier_words(record), price=yen_words(record.price))
    if isinstance(record, Reading):
        return _("{topic}：{choice}").format(
            topic=words(record.topic), choice=choice_words(record, record.choice)
        )
    if isinstance(record, AreaDays):
        return _("{area} {days}").format(
            area=entry_words(record), days=value_words("weekdays", record.weekdays)
        )
    called = entry_words(record)
    price = next((one for name in ("price", "amount") if (one := getattr(record, name, None))), None)
    if called:
        return f"{called} {yen_words(price)}" if isinstance(price, int) else called
    return _own_values(record)


def _item_price(item: Item) -> str:
    if item.tiers:
        return _("、").join(record_words(tier) for tier in item.tiers)
    if item.price is not None:
        return yen_words(item.price)
    return _("個別の見積額") if item.quoted else _("価格の記載なし")


def _own_values(record: Record) -> str:
    """The values of a rule that are not mere defaults, with their labels; its policy first."""
    tag = record.__struct_config__.tag
    found = [code_words("policy", str(tag))] if tag else []
    defaults = dict(
        zip(reversed(record.__struct_fields__), reversed(record.__struct_defaults__), strict=False)
    )
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if value == defaults.get(name) or name == "clause" or "reading" in name or name.endswith("_clause"):
            continue
        found.append(
            _("{field} {value}").format(field=field_words(name), value=value_words(name, value))
            if name != "policy"
            else value_words(name, value)
        )
    return _("・").join(found)
