"""A tariff file held against everything that must hold in it, all problems at once.

``findings`` has what holds in every record, ``check_*`` the rules of single records. A rule that rests on a
value of the wrong shape keeps silent: that value is told already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from app.tariff.check_editions import EDITION_RULES
from app.tariff.check_life import LIFE_RULES
from app.tariff.check_prices import PRICE_RULES
from app.tariff.check_visits import VISIT_RULES
from app.tariff.editions import oldest_first, overlaps
from app.tariff.findings import Finding, Rule, in_every_record
from app.tariff.model import Additions, Edition, Record, Service
from app.tariff.problems import TariffProblem
from app.tariff.shape import LABELS, Shape, entry_label, entry_labels, join, shown
from app.words import _

Content = Service | Additions

_RULES: Final[Mapping[type, Rule]] = {**EDITION_RULES, **LIFE_RULES, **PRICE_RULES, **VISIT_RULES}
_SERVICE_CODE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def all_problems(document: Mapping[str, Any], kind: type[Content], file: Path) -> list[TariffProblem]:
    """Every problem of a parsed file, those of its shape first."""
    shape = Shape(kind, document)
    content = msgspec.convert(shape.mended, kind)
    wrong = [key for key, _found, _allowed in shape.problems]
    told = [TariffProblem(file, *problem) for problem in shape.problems]
    for scope, finding in _findings(content, document):
        key = join(scope.key, finding.key) if finding.key else scope.key
        needs = [join(scope.edition_key, name) for name in finding.needs]
        if any(_touches(key, known, finding.leaves) for known in wrong):
            continue
        if not any(_touches(need, known) for need in needs for known in wrong):
            told.append(TariffProblem(file, key, finding.found, finding.allowed))
    return told


def contradictions(content: Content, document: Mapping[str, Any], file: Path) -> list[TariffProblem]:
    """The problems of a file whose shape is right."""
    return [
        TariffProblem(file, join(scope.key, finding.key), finding.found, finding.allowed)
        for scope, finding in _findings(content, document)
    ]


def _touches(place: str, wrong: str, leaves: Sequence[str] = ()) -> bool:
    """Whether a value of the wrong shape lies at, in or around the place; of those in it, only a whole entry
    of a list or a value named in ``leaves`` counts, if there are any.
    """
    if _inside(place, wrong):
        return True
    name = wrong.rpartition(".")[2]
    return _inside(wrong, place) and (not leaves or name in leaves or name.endswith("]"))


def _inside(key: str, around: str) -> bool:
    return key == around or (key.startswith(around) and key[len(around)] in ".[")


class _Scope:
    """Where a walk is: the path of the record, and the edition around it."""

    def __init__(self, key: str, edition_key: str = "", edition: Edition | None = None) -> None:
        self.key = key
        self.edition_key = edition_key
        self.edition = edition


def _findings(content: Content, document: Mapping[str, Any]) -> Iterator[tuple[_Scope, Finding]]:
    top = _Scope("")
    if not _SERVICE_CODE.fullmatch(content.code):
        yield top, Finding("code", shown(content.code), _("小文字の英数字をハイフンでつないだもの"))
    for finding in _overlapping(content.editions):
        yield top, finding
    yield from _walk(content, document, top)


def _overlapping(editions: Sequence[Edition]) -> Iterator[Finding]:
    for earlier, later in overlaps(oldest_first(editions)):
        yield Finding(
            "editions",
            _("{first}からと{second}からの改定版の期間が重なっています").format(
                first=_start(earlier), second=_start(later)
            ),
            _("改定版の期間は重ならないようにしてください"),
            leaves=("start", "until"),
        )


def _start(edition: Edition) -> str:
    return _("日付なし") if edition.start is None else edition.start.isoformat()


def _walk(record: Record, raw: object, scope: _Scope) -> Iterator[tuple[_Scope, Finding]]:
    """The findings of a record and of all records in it. ``raw`` is the same place of the file, for the
    labels.
    """
    for finding in in_every_record(record, scope.edition):
        yield scope, finding
    rule = _RULES.get(type(record))
    if rule is not None and scope.edition is not None:
        for finding in rule(record, scope.edition):
            yield scope, finding
    for name in record.__struct_fields__:
        value = getattr(record, name)
        inner = raw.get(name) if isinstance(raw, Mapping) else None
        if type(value) is tuple:
            yield from _walk_entries(value, inner, join(scope.key, name), scope)
        elif isinstance(value, Record):
            yield from _walk(value, inner, _Scope(join(scope.key, name), scope.edition_key, scope.edition))


def _walk_entries(
    values: Sequence[object], raw: object, key: str, scope: _Scope
) -> Iterator[tuple[_Scope, Finding]]:
    if not values or not isinstance(values[0], Record):
        return
    written = raw if isinstance(raw, list) else []
    labels = entry_labels([entry_label(entry, LABELS) for entry in written])
    for value, entry, label in zip(values, written, labels, strict=False):
        assert isinstance(value, Record)
        inner = _Scope(f"{key}[{label}]", scope.edition_key, scope.edition)
        if isinstance(value, Edition):
            inner = _Scope(inner.key, inner.key, value)
        yield from _walk(value, entry, inner)
