"""``main.py tariffs diff A B``: what changed from one edition to another, in words.

Each side is a file (its newest edition, or ``FILE@YYYY-MM-DD``) or ``SERVICE@YYYY-MM-DD``: the edition
in force on a day.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.days import date_words, parse_date
from app.errors import Problem, UserError
from app.tariff.diff import EditionDiff, compare_editions
from app.tariff.diff_words import edition_words, sections, unpriced_words
from app.tariff.editions import in_force, oldest_first
from app.tariff.model import Edition, Service
from app.tariff.parse import read
from app.tariff.texts import words
from app.words import _
from cli.wiring import Wiring

COMPARED: Final = 0
UNREADABLE: Final = 2


@dataclass(frozen=True)
class Side:
    """One edition, with what is known of its service (a file of mere additions does not describe one)."""

    code: str
    edition: Edition
    service: Service | None

    def called(self) -> str:
        """The service and the edition in words."""
        name = words(self.service.short) if self.service else self.code
        return _("{service}  {edition}").format(service=name, edition=edition_words(self.edition))


def add_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command under ``tariffs``."""
    parser = commands.add_parser("diff", parents=[common], help=_("2つの改定版の違いを文章で表示します。"))
    for name in ("before", "after"):
        parser.add_argument(
            name,
            metavar="FILE|SERVICE@YYYY-MM-DD",
            help=_("料金表のファイル（最も新しい改定版）か、サービスのコードと日付"),
        )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Tell the differences. Exit status 0 compared (whether or not anything differs), 2 a side that
    cannot be read.

    Raises UserError for a day without a known edition, and for files that are wrong.
    """
    try:
        before, after = (side(wiring, text) for text in (args.before, args.after))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        print(_("{file} を読めません：{reason}").format(file=error.filename, reason=reason), file=sys.stderr)
        return UNREADABLE
    services = (before.service, after.service)
    both = (services[0], services[1]) if services[0] and services[1] else None
    found = compare_editions(before.edition, after.edition, both)
    for line in report(before, after, found):
        print(line)
    return COMPARED


def side(wiring: Wiring, text: str) -> Side:
    """The edition a word of the command line means.

    Raises UserError (``bad-input``, ``edition-unknown``, ``tariff-file``) and OSError for a file that
    cannot be read.
    """
    if Path(text).is_file():
        return _of_file(Path(text), None)
    name, at, day = text.rpartition("@")
    if at and name in wiring.catalogue().codes():
        on = parse_date(day, wiring.today())
        return Side(name, wiring.catalogue().edition(name, on), wiring.catalogue().service(name))
    if at and Path(name).is_file():
        return _of_file(Path(name), parse_date(day, wiring.today()))
    if text in wiring.catalogue().codes():
        raise UserError(
            Problem(
                "bad-input",
                _("「{name}」のどの改定版か分かりません。").format(name=text),
                remedy=_("{name}@2026-05-11 のように日付を付けてください。").format(name=text),
            )
        )
    raise UserError(
        Problem(
            "bad-input",
            _("「{name}」というファイルもサービスもありません。").format(name=name or text),
            remedy=_("料金表のファイルか、サービス（{names}）@日付 を指定してください。").format(
                names=_("、").join(wiring.catalogue().codes())
            ),
        )
    )


def _of_file(path: Path, day: date | None) -> Side:
    content, problems = read(path)
    if content is None:
        raise UserError(*(problem.as_problem() for problem in problems))
    editions = oldest_first(content.editions)
    found = editions[-1] if day is None else in_force(editions, day)
    if found is None:
        assert day is not None
        raise UserError(
            Problem(
                "edition-unknown",
                _("「{file}」には{day}に有効な改定版がありません。").format(
                    file=path.name, day=date_words(day, weekday=False)
                ),
            )
        )
    return Side(content.code, found, content if isinstance(content, Service) else None)


def report(before: Side, after: Side, found: EditionDiff) -> Iterator[str]:
    """The lines to print: both editions, what is not known, then the groups with their sentences."""
    yield _("前：{edition}").format(edition=before.called())
    yield _("後：{edition}").format(edition=after.called())
    if before.code != after.code:
        yield _("ご注意：別々のサービスを比べています。")
    yield from unpriced_words(found)
    if not found:
        yield _("違いはありません。")
    for section in sections(found):
        yield ""
        yield _("■ {heading}（{count}件）").format(heading=section.heading, count=len(section.sentences))
        for sentence in section.sentences:
            yield f"  {sentence}"
