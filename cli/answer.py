"""``answer FILE``: the JSON questions of a file (or of standard input, ``-``), one answer a line.

Opens no database.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.answers.questions import answer_lines
from app.errors import UserError
from app.words import _
from cli.output import output_problem, stop_writing
from cli.wiring import Wiring

UNREADABLE: Final = 2


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("answer", parents=[common], help=_("JSONの質問に1行ずつ答えます。"))
    parser.add_argument("file", metavar="FILE", help=_("質問のファイル（1行に1問、- は標準入力）"))
    add_reading_option(parser)
    parser.set_defaults(run=run)


def add_reading_option(parser: argparse.ArgumentParser) -> None:
    """Declare ``--reading NAME=CHOICE``."""
    parser.add_argument(
        "--reading",
        metavar="NAME=CHOICE",
        action="append",
        default=[],
        help=_("規約の解釈を選びます（繰り返し可）。"),
    )


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Answer every line.

    0 when each was answered or refused properly, 2 when the file or a reading cannot be used. Raises
    EnvironmentProblem when the tariffs are not there or standard output takes no more, BrokenPipeError when
    nobody reads it any longer.
    """
    try:
        catalogue = wiring.catalogue().with_choices(choices_of(args.reading))
        with _opened(args.file) as lines:
            _write(answer_lines(lines, catalogue, wiring.today()), at_once=args.file == "-")
    except UserError as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        print(_("{file} を読めません：{reason}").format(file=args.file, reason=reason), file=sys.stderr)
        return UNREADABLE
    return 0


def choices_of(readings: Iterable[str]) -> dict[str, str]:
    """The choice of each reading named on the command line."""
    found = {}
    for reading in readings:
        name, _equals, choice = reading.partition("=")
        found[name.strip()] = choice.strip()
    return found


@contextmanager
def _opened(name: str) -> Iterator[Iterable[bytes]]:
    """The lines of a file. What Windows tools save as UTF-16 is taken as well."""
    if name == "-":
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield _utf16_lines(file) if file.read(2) in {b"\xff\xfe", b"\xfe\xff"} else _from_start(file)


def _from_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _utf16_lines(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    text = file.read().decode("utf-16", errors="replace")
    return (line.encode("utf-8") for line in text.split("\n"))


def _write(answers: Iterable[str], *, at_once: bool) -> None:
    """Write answers as UTF-8 whatever the console speaks. Half a surrogate pair is written escaped."""
    out = sys.stdout.buffer
    for answer in answers:
        line = answer.encode("utf-8", errors="backslashreplace") + b"\n"
        try:
            out.write(line)
            if at_once:
                out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:  # told apart from a file of questions that cannot be read
            stop_writing()
            raise output_problem(error) from error
