"""An answer in words: rows of a small tree, with every line, day and reading it rests on.

The rows are made from the very object that ``answer`` writes as JSON; what it remembers of lines and reasons
(``explain.Told``) is said in words here, everything else by the names of its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from app.answers.explain import Told
from app.answers.labels import ASK_LABELS, LABELS, MONEY, NESTED_LABELS, QUIET, UNTOLD
from app.charge import interest_words
from app.charge import words as charge_words
from app.charge.lines import Line, Reason
from app.charge.words import line_detail
from app.contract.date_reason import DateReason
from app.contract.date_words import rows as date_rows
from app.days import date_words
from app.errors import UserError
from app.money import figure, yen_words
from app.tariff.catalogue import Catalogue
from app.tariff.clauses import clause_words
from app.tariff.texts import choice_words, words
from app.words import _

_NOT_IN_ROWS: Final = frozenset({"clause", "kind", "code", "ground"})
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Row:
    """One row: how deep, what it says, the value it leads to, the clause it rests on."""

    depth: int
    words: str
    value: str = ""
    clause: str = ""


class _AnyRow(Protocol):
    """A row of a tree of reasons, of amounts or of days."""

    @property
    def depth(self) -> int: ...

    @property
    def words(self) -> str: ...

    @property
    def value(self) -> str: ...

    @property
    def clause(self) -> str: ...


def tell(question: Mapping[str, object], reply: Mapping[str, object], catalogue: Catalogue) -> Iterator[Row]:
    """The rows of an answer or refusal, its heading first, clauses in full."""
    yield Row(0, _heading(question, catalogue))
    for row in _body(question, reply, catalogue):
        yield replace(row, clause=clause_words(row.clause))


def _body(question: Mapping[str, object], reply: Mapping[str, object], catalogue: Catalogue) -> Iterator[Row]:
    answer = reply.get("answer")
    if isinstance(answer, dict):
        yield from _editions_last(_members(answer, 1))
        yield from _readings(question, answer.get("readings"), catalogue)
    else:
        yield from _refusal(reply.get("error"))


def _heading(question: Mapping[str, object], catalogue: Catalogue) -> str:
    label = ASK_LABELS.get(str(question.get("ask")))
    heading = _(label) if label else str(question.get("ask") or "")
    given = question.get("given")
    code = given.get("service") if isinstance(given, dict) else None
    if not isinstance(code, str) or code not in catalogue.codes():
        return heading
    return _("{heading}  {service}").format(heading=heading, service=words(catalogue.service(code).short))


def _refusal(error: object) -> Iterator[Row]:
    if not isinstance(error, dict):
        return
    for problem in error.get("problems") or [error]:
        code = _("［{code}］").format(code=problem["code"])
        field = f"{problem['field']}  " if problem.get("field") else ""
        yield Row(1, f"{field}{problem['message']}", code, problem.get("clause") or "")


def _editions_last(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows without the edition under each amount and day; every edition once at the end."""
    names = {_("料金の版"), _("規約の版")}
    found: dict[str, None] = {}
    for row in rows:
        if row.depth > 1 and row.words in names:
            found[row.value] = None
        else:
            yield row
    for value in found:
        yield Row(1, _("規約の版"), value)


# --- members -----------------------------------------------------------------------------------------------


def _members(members: Mapping[str, object], depth: int) -> Iterator[Row]:
    """Every member in order; days are followed by their reason, the first amount by its own."""
    reasons = members.get("reasons")
    days = reasons if isinstance(reasons, dict) else {}
    clause = members.get("clause")
    for name, value in members.items():
        if name in UNTOLD or (name in QUIET and not value) or (name == "why" and "reason" in members):
            continue
        if name in days:
            yield from _day_with_reason(name, days[name], depth)
        else:
            yield from _member(name, value, depth)
    if isinstance(clause, str) and clause:
        yield Row(depth, _("根拠"), clause_words(clause))


def _member(name: str, value: object, depth: int) -> Iterator[Row]:
    if isinstance(value, Told):
        yield from _told(value, depth)
    elif isinstance(value, dict):
        yield from _object(name, value, depth)
    elif isinstance(value, list):
        yield from _list(name, value, depth)
    else:
        yield Row(depth, label(name), _plain(name, value))


def label(name: str) -> str:
    """A member's name in words; a month or day as such; a name nobody translated as it is."""
    month = _MONTH.fullmatch(name)
    if month:
        return _("{year}年{month}月分").format(year=month[1], month=int(month[2]))
    return _(LABELS[name]) if name in LABELS else name


def _nested_label(name: str) -> str:
    return _(NESTED_LABELS[name]) if name in NESTED_LABELS else label(name)


def _object(name: str, value: Mapping[str, object], depth: int) -> Iterator[Row]:
    if not value:
        yield Row(depth, _nested_label(name), _("なし"))
        return
    total = value.get("total")
    yield Row(depth, _nested_label(name), yen_words(total) if isinstance(total, int) else "")
    yield from _members(value, depth + 1)


def _list(name: str, values: list[object], depth: int) -> Iterator[Row]:
    """A list of lines stands by itself, other objects under the name, plain values beside it."""
    if name == "lines" and not values:
        yield Row(depth, _("料金はかかりません"))
        return
    if not values or not any(isinstance(value, dict) for value in values):
        shown = _("、").join(_plain(name, value) for value in values) or _("なし")
        yield Row(depth, _nested_label(name), shown)
        return
    inner = depth
    if name != "lines":
        yield Row(depth, _nested_label(name))
        inner = depth + 1
    for value in values:
        if isinstance(value, Told):
            yield from _told(value, inner)
        elif isinstance(value, dict):
            yield _in_one_row(value, inner)


def _in_one_row(value: Mapping[str, object], depth: int) -> Row:
    """A small object as a row: its words, then the rest in brackets."""
    head = next((name for name in ("text", "day", "name", "why") if name in value), "")
    told = {name: one for name, one in value.items() if name not in _NOT_IN_ROWS | {head}}
    rest = [_plain(name, one) for name, one in told.items() if one and not isinstance(one, list | dict)]
    return Row(
        depth, _plain(head, value[head]) if head else "", _("、").join(rest), str(value.get("clause") or "")
    )


def _plain(name: str, value: object) -> str:
    if value is None:
        return _("なし")
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, int):
        return yen_words(value) if name in MONEY else figure(value)
    text = str(value)
    if _DAY.fullmatch(text):
        return date_words(date.fromisoformat(text))
    if name == "waivable_clause":
        return clause_words(text)
    return text


# --- lines, reasons, days ----------------------------------------------------------------------------------


def _told(value: Told, depth: int) -> Iterator[Row]:
    source = value.source
    if isinstance(source, Line):
        yield _line_row(source, depth)
        yield from _under(_reason_rows(source.reason), depth + 1)
    elif isinstance(source, DateReason):
        yield from _under(date_rows(source), depth)
    else:
        yield from _under(_reason_rows(source), depth)


def _line_row(line: Line, depth: int) -> Row:
    detail = line_detail(line)
    name = _("{name}（{detail}）").format(name=line.name, detail=detail) if detail else line.name
    return Row(depth, name, yen_words(line.amount))


def _reason_rows(reason: Reason) -> Iterable[_AnyRow]:
    if reason.rule in interest_words.RULES:
        return interest_words.tree(reason)
    return charge_words.tree(reason)


def _day_with_reason(name: str, reason: object, depth: int) -> Iterator[Row]:
    source = reason.source if isinstance(reason, Told) else None
    assert isinstance(source, DateReason)
    first, *deeper = date_rows(source)
    yield Row(depth, label(name), first.value)
    yield Row(depth + 1, first.words, "", first.clause)
    yield from _under((replace(row, depth=row.depth - 1) for row in deeper), depth + 1)


def _under(rows: Iterable[_AnyRow], depth: int) -> Iterator[Row]:
    for row in rows:
        yield Row(depth + row.depth, row.words, row.value, row.clause)


# --- readings ----------------------------------------------------------------------------------------------


def _readings(question: Mapping[str, object], used: object, catalogue: Catalogue) -> Iterator[Row]:
    given = question.get("given")
    service = given.get("service") if isinstance(given, dict) else None
    if not isinstance(used, dict) or not used or not isinstance(service, str):
        return
    yield Row(1, _("計算に用いた読み方"))
    for name, choice in used.items():
        try:
            reading = catalogue.reading(service, name, date.max)
        except UserError:
            yield Row(2, name, str(choice))
            continue
        others = _("、").join(words(one.name) for one in reading.choices if one.code != choice)
        yield Row(2, words(reading.topic), choice_words(reading, str(choice)), reading.clause)
        yield Row(3, _("ほかの読み方  {others}").format(others=others), name)
