"""``explain QUESTION.json``: one question of ``answer``, its answer and reasons as a small tree in the
user's language.

Opens no database.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from app.answers.questions import answer_line
from app.answers.telling import Row, tell
from app.errors import UserError
from app.words import _
from cli.answer import UNREADABLE, add_reading_option, choices_of
from cli.wiring import Wiring

REFUSED: Final = 1
_BRANCH, _LAST, _DOWN, _NOTHING = "├─ ", "└─ ", "│  ", "   "


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "explain", parents=[common], help=_("JSONの質問1つに、理由を添えて答えます。")
    )
    parser.add_argument("file", metavar="FILE", help=_("質問のファイル（1問、- は標準入力）"))
    add_reading_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Answer the question in words. 0 answered, 1 refused, 2 when the file or a reading cannot be used.

    Raises EnvironmentProblem when the tariffs are not there.
    """
    try:
        catalogue = wiring.catalogue().with_choices(choices_of(args.reading))
        text = _read(args.file)
    except UserError as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except OSError as error:
        reason = error.strerror or type(error).__name__
        print(_("{file} を読めません：{reason}").format(file=args.file, reason=reason), file=sys.stderr)
        return UNREADABLE
    reply = answer_line(text, catalogue, wiring.today())
    rows = tuple(tell(_question(text), reply, catalogue))
    for line in drawn(rows):
        print(line)
    return REFUSED if "error" in reply else 0


def _read(name: str) -> bytes:
    """The question as UTF-8. What Windows tools save as UTF-16 is taken as well."""
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace").encode("utf-8")
    return data


def _question(text: bytes) -> Mapping[str, object]:
    """The question for its heading; an empty one where it cannot be read, which the refusal says."""
    try:
        question = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return question if isinstance(question, dict) else {}


def drawn(rows: Sequence[Row]) -> Iterator[str]:
    """The rows with the branches of a tree before them; a row of depth 0 stands at the margin."""
    for place, row in enumerate(rows):
        branches = "".join(
            _twig(rows, place, depth, last=depth == row.depth) for depth in range(1, row.depth + 1)
        )
        clause = _("（{clause}）").format(clause=row.clause) if row.clause else ""
        value = f"  {row.value}" if row.value else ""
        yield f"{branches}{row.words}{value}{clause}".rstrip()


def _twig(rows: Sequence[Row], place: int, depth: int, *, last: bool) -> str:
    """What stands at one depth before a row: its own branch, or the line of a branch that goes on below."""
    goes_on = next((row.depth == depth for row in rows[place + 1 :] if row.depth <= depth), False)
    if last:
        return _BRANCH if goes_on else _LAST
    return _DOWN if goes_on else _NOTHING
