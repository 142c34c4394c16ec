"""The files of ``resources/terms`` read into records. A file with anything wrong in it is refused as a whole,
with every problem: the file, the key, what was found and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from app.errors import Problem, UserError
from app.papers.terms_points import (
    CONDITIONS,
    DATED_FACTS,
    NAMED_CONDITIONS,
    NAMED_FACTS,
    NEGATION,
    OWN_FACTS,
    SERVICE_FACTS,
    ServiceTerms,
    TermsPoint,
)
from app.places import missing_resource, resources
from app.tariff.problems import TariffProblem
from app.tariff.shape import Shape
from app.tariff.toml_numbers import load_toml
from app.words import _

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_TYPED: Final = re.compile(r"[\d０-９][\d０-９,，.]*\s*(?:円|％|%|yen\b)|¥\s*\d|[0-9]+ ?(?:percent|per cent)")
_ARTICLE: Final = re.compile(r"(\d{1,9})条(?:の\d+)?(?:\d+項|\d+号|\(注?\d*\)|（[^（）]*）|[・〜])*")
_APPENDIX: Final = re.compile(r"別紙(\d{1,9}(?!\d))[^条]*")
_ELSEWHERE: Final = re.compile(
    r"(?:料金表通則|第\d+表|仕様書|附則|消令\d+条|民法\d+条|個人情報保護法|サービス仕様書)[^,]*"
)
_LONGEST_TITLE: Final = 8


def load_terms(service: str) -> ServiceTerms | None:
    """What ships with the program about a service; None where its points have not been written.

    Raises UserError ``terms-file`` with all problems of the file, EnvironmentProblem when it can't be read.
    """
    path = resources("terms", f"{service}.toml")
    return _loaded(path) if path.exists() else None


@lru_cache(maxsize=16)
def _loaded(path: Path) -> ServiceTerms:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise missing_resource(path) from error
    return read_terms(data, path)


def read_terms(data: bytes, path: Path) -> ServiceTerms:
    """The points a file holds. Raises UserError ``terms-file`` with everything that is wrong in it."""
    try:
        document = load_toml(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # also a number nobody counts with
        found = _("TOMLとして読めません（{reason}）").format(reason=str(error))
        raise _refused([TariffProblem(path, "", found, _("TOMLの書き方に直してください"))]) from error
    terms = _quickly(document)
    if terms is None:
        shape = Shape(ServiceTerms, document)
        raise _refused([TariffProblem(path, *problem) for problem in shape.problems])
    problems = [TariffProblem(path, *problem) for problem in _contradictions(terms)]
    if problems:
        raise _refused(problems)
    return terms


def _quickly(document: dict[str, Any]) -> ServiceTerms | None:
    try:
        return msgspec.convert(document, ServiceTerms, builtin_types=(date,))
    except msgspec.ValidationError:
        return None


def _refused(problems: Iterable[TariffProblem]) -> UserError:
    return UserError(
        *(
            Problem(
                "terms-file",
                _("重要事項の説明のファイル「{file}」に誤りがあります: {found}。").format(
                    file=one.file.name, found=one.found
                ),
                one.allowed + _("。"),
                _("ファイルを直してから、もう一度お試しください。"),
                field=one.key,
            )
            for one in problems
        )
    )


_Found = tuple[str, str, str]  # key, found, allowed


def _contradictions(terms: ServiceTerms) -> Iterator[_Found]:
    yield from _doubles((one.code for one in terms.section), "section")
    yield from _doubles((one.id for one in terms.points()), "section.point")
    for section in terms.section:
        where = f"section[{section.code}]"
        if not section.title.ja or len(section.title.ja) > _LONGEST_TITLE:
            found = _("見出しが{count}文字です").format(count=len(section.title.ja))
            yield f"{where}.title.ja", found, _("1〜{most}文字にしてください").format(most=_LONGEST_TITLE)
        for point in section.point:
            yield from _of_point(point, f"{where}.point[{point.id}]", terms)


def _doubles(names: Iterable[str], key: str) -> Iterator[_Found]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"{key}[{name}]", _("同じ名前が2回あります"), _("1つずつ違う名前にしてください")
        seen.add(name)


def _of_point(point: TermsPoint, where: str, terms: ServiceTerms) -> Iterator[_Found]:
    for spoken, text in (("ja", point.text.ja), ("en", point.text.en)):
        yield from _of_text(text, f"{where}.text.{spoken}", point.when)
    for name in point.when:
        if not _is_condition(name.removeprefix(NEGATION)):
            allowed = _("、").join((*CONDITIONS, *(f"{one}:…" for one in NAMED_CONDITIONS)))
            yield f"{where}.when", _("知らない条件「{name}」です").format(name=name), allowed
    for part in point.clause.split(","):
        if not _is_clause(part.strip(), terms):
            yield (
                f"{where}.clause",
                _("規約にない条項「{clause}」です").format(clause=part.strip()),
                _("{articles}条まで、別紙{appendices}まで、または料金表").format(
                    articles=terms.articles, appendices=terms.appendices
                ),
            )
    for code in point.covers:
        if not re.fullmatch(rf"{re.escape(terms.letter)}\d+", code):
            allowed = _("「{letter}」と番号（例 {letter}1）").format(letter=terms.letter)
            yield f"{where}.covers", _("知らない確認項目「{code}」です").format(code=code), allowed


def _of_text(text: str, key: str, when: tuple[str, ...]) -> Iterator[_Found]:
    if not text.strip():
        yield key, _("文がありません"), _("1つ以上の文")
    for name in PLACEHOLDER.findall(text):
        if not _is_placeholder(name):
            allowed = _("、").join((*SERVICE_FACTS, *OWN_FACTS, *(f"{one}:…" for one in NAMED_FACTS)))
            yield key, _("知らない差し込み「{name}」です").format(name=f"{{{name}}}"), allowed
        elif name in DATED_FACTS and "dated" not in when:
            found = _("差し込み「{name}」は、開始日がないと埋まりません").format(name=f"{{{name}}}")
            yield key, found, _("when に dated を加えてください")
    for typed in _TYPED.findall(PLACEHOLDER.sub("", text)):
        found = _("金額や率「{typed}」が文に書かれています").format(typed=typed)
        yield key, found, _("料金表から差し込んでください（例 {example}）").format(example="{price:license}")


def _is_placeholder(name: str) -> bool:
    kind, colon, code = name.partition(":")
    if colon:
        return kind in NAMED_FACTS and bool(code)
    return name in SERVICE_FACTS or name in OWN_FACTS


def _is_condition(name: str) -> bool:
    kind, colon, code = name.partition(":")
    return (kind in NAMED_CONDITIONS and bool(code)) if colon else name in CONDITIONS


def _is_clause(clause: str, terms: ServiceTerms) -> bool:
    article = _ARTICLE.fullmatch(clause)
    if article:
        return 1 <= int(article[1]) <= terms.articles
    appendix = _APPENDIX.fullmatch(clause)
    if appendix:
        return 1 <= int(appendix[1]) <= terms.appendices
    return _ELSEWHERE.fullmatch(clause) is not None
