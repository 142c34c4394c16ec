"""Tariff files read into records. A file that is wrong is refused with every problem in it, not only the
first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from app.errors import EnvironmentProblem, UserError
from app.places import missing_resource
from app.tariff.check import Content, all_problems, contradictions
from app.tariff.editions import oldest_first, overlaps
from app.tariff.model import Additions, Edition, Service
from app.tariff.problems import TariffProblem
from app.tariff.toml_numbers import load_toml
from app.words import _

MAX_BYTES: Final = 4_000_000
_HEAD_BYTES: Final = 4096
_CODE: Final = re.compile(rb"""^[ \t]*code[ \t]*=[ \t]*["']([^"'\r\n]+)["']""", re.MULTILINE)
_PLACE: Final = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


def load_service(paths: Sequence[Path]) -> Service:
    """The service the files describe together: the first whole file names it, all of them bring editions.

    Raises UserError (``tariff-file``) with all problems of all files; EnvironmentProblem when a file can't be
    read.
    """
    problems: list[TariffProblem] = []
    contents: list[tuple[Path, Content]] = []
    for path in paths:
        content, found = read(path)
        problems += found
        if content is not None:
            contents.append((path, content))
    if not problems:
        problems += together(contents)
    if problems:
        raise UserError(*(problem.as_problem() for problem in problems))
    head = next(content for _path, content in contents if isinstance(content, Service))
    editions = (edition for _path, content in contents for edition in content.editions)
    return msgspec.structs.replace(head, editions=oldest_first(editions))


def check_files(paths: Sequence[Path], known: Sequence[Path] = ()) -> list[TariffProblem]:
    """Every problem of the files. A file that only adds editions is held against the service it adds to: one
    of ``paths``, or of the files ``known`` besides (the shipped ones), which are not checked themselves.

    Raises EnvironmentProblem when a file can't be read.
    """
    problems: list[TariffProblem] = []
    additions: dict[str, list[tuple[Path, Content]]] = {}
    wholes: dict[str, tuple[Path, Content]] = {}
    for path in paths:
        content, found = read(path)
        problems += found
        if isinstance(content, Additions):
            additions.setdefault(content.code, []).append((path, content))
        elif content is not None:
            wholes.setdefault(content.code, (path, content))
    for code, contents in additions.items():
        whole = wholes.get(code) or _known_service(code, known)
        problems += together([whole, *contents] if whole else contents)
    return problems


def _known_service(code: str, known: Iterable[Path]) -> tuple[Path, Content] | None:
    for path in known:
        if code_of(path) == code:
            content, _found = read(path)
            if isinstance(content, Service):
                return path, content
    return None


def together(contents: Sequence[tuple[Path, Content]]) -> list[TariffProblem]:
    """What is wrong with files of one service that are right each for itself: nothing that names the service,
    or editions that overlap.
    """
    if not any(isinstance(content, Service) for _path, content in contents):
        path, content = contents[0]
        return [
            TariffProblem(
                path,
                "code",
                _("サービス「{code}」はどのファイルにも説明がありません").format(code=content.code),
                _("既存のサービスのコードにするか、name・provider などを書き加えてください"),
            )
        ]
    problems = []
    seen: tuple[Edition, ...] = ()
    for path, content in contents:
        for edition in content.editions:
            for earlier, later in overlaps(oldest_first((*seen, edition))):
                other = earlier if later is edition else later
                if edition in (earlier, later):
                    problems.append(_overlap(path, edition, other))
        seen = (*seen, *content.editions)
    return problems


def _overlap(path: Path, edition: Edition, other: Edition) -> TariffProblem:
    return TariffProblem(
        path,
        f"editions[{edition.start or _('日付なし')}]",
        _("期間が別の改定版（{start}）と重なっています").format(start=other.start or _("日付なし")),
        _("改定版の期間は重ならないようにしてください"),
    )


def read(path: Path) -> tuple[Content | None, list[TariffProblem]]:
    """What the file says, or every problem in it. Raises EnvironmentProblem when it can't be read at all."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    return parse(data, path)


def parse(data: bytes, path: Path) -> tuple[Content | None, list[TariffProblem]]:
    """What the bytes of the file ``path`` say, or every problem in them."""
    document, problems = _document(data, path)
    if document is None:
        return None, problems
    content = _quickly(document)
    if content is None:
        return None, all_problems(document, kind_of(document), path)
    problems = contradictions(content, document, path)
    return (None, problems) if problems else (content, [])


def code_of(path: Path) -> str:
    """The service a file is about, from its head alone; the file's name where the head does not say."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise unreadable(path, error) from error
    found = _CODE.search(head.partition(b"\n[")[0])
    return found[1].decode("utf-8", "replace") if found else path.stem


def kind_of(document: dict[str, Any]) -> type[Content]:
    """Whether a file describes a service or only adds editions to one."""
    return Additions if document and document.keys() <= {"code", "editions"} else Service


def _quickly(document: dict[str, Any]) -> Content | None:
    try:
        return msgspec.convert(document, kind_of(document), builtin_types=(date,))
    except msgspec.ValidationError:
        return None


def _document(data: bytes, path: Path) -> tuple[dict[str, Any] | None, list[TariffProblem]]:
    if len(data) > MAX_BYTES:
        return None, [
            TariffProblem(
                path,
                "",
                _("ファイルが大きすぎます"),
                _("{limit}バイトまで読み込めます").format(limit=f"{MAX_BYTES:,}"),
            )
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [
            TariffProblem(
                path,
                _("{line}行目").format(line=line),
                _("UTF-8の文字ではありません"),
                _("UTF-8で保存してください"),
            )
        ]
    try:
        return load_toml(text), []
    except tomllib.TOMLDecodeError as error:
        return None, [_bad_toml(path, text, str(error))]
    except ValueError:  # a number nobody counts with
        found = _("値の書き方が正しくありません")
        return None, [TariffProblem(path, "", found, _("料金表の書き方に従ってください"))]
    except RecursionError:
        return None, [
            TariffProblem(path, "", _("配列や表の入れ子が深すぎます"), _("料金表の書き方に従ってください"))
        ]


def _bad_toml(path: Path, text: str, message: str) -> TariffProblem:
    """tomllib stops at the first mistake of grammar; the line is shown, for its words are English."""
    place = _PLACE.search(message)
    lines = text.splitlines()
    if place is None or place[1] is None:
        where, line = _("ファイルの終わり"), lines[-1] if lines else ""
    else:
        where = _("{line}行{column}文字目").format(line=place[1], column=place[2])
        line = lines[int(place[1]) - 1] if int(place[1]) <= len(lines) else ""
    return TariffProblem(
        path,
        where,
        _("「{line}」はTOMLとして読めません（{reason}）").format(
            line=line.strip()[:80], reason=_grammar(_PLACE.sub("", message).strip())
        ),
        _("TOMLの書き方に直してください"),
    )


def _grammar(message: str) -> str:
    """What tomllib says of a mistake, in the user's language where it is a usual one."""
    usual = {
        "Invalid date or datetime": _("実在しない日付か時刻です"),
        "Invalid value": _("値の書き方が正しくありません"),
        "Cannot overwrite a value": _("同じ項目が2回あります"),
        "Expected '=' after a key": _("項目名の後に = がありません"),
        "Expected newline or end of document": _("1行に余分なものがあります"),
        "Unclosed array": _("配列が ] で閉じられていません"),
        "Unclosed inline table": _("表が } で閉じられていません"),
        "Unterminated string": _("文字列が引用符で閉じられていません"),
        "Illegal character": _("使えない文字があります"),
        "Cannot declare": _("同じ表が2回あります"),
    }
    return next((words for start, words in usual.items() if message.startswith(start)), message)


def unreadable(path: Path, error: OSError) -> EnvironmentProblem:
    """What to tell when a tariff file can't be read."""
    if isinstance(error, FileNotFoundError):
        return missing_resource(path)
    return EnvironmentProblem(
        "unreadable",
        _("料金表「{path}」を読み込めません。{reason}").format(path=path, reason=error.strerror or ""),
        remedy=_("ファイルの読み取りの許可を確かめてください。"),
    )
