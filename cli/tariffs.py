"""``main.py tariffs check FILE…``: everything that is wrong in tariff files, in words, all at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from app.places import resources
from app.tariff.parse import check_files
from app.tariff.problems import TariffProblem
from app.words import _
from cli.wiring import Wiring

CLEAN: Final = 0
WRONG: Final = 1
UNREADABLE: Final = 2


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("tariffs", help=_("料金表のファイルを調べます。"))
    commands = parser.add_subparsers(metavar=_("コマンド"), required=True)
    check = commands.add_parser(
        "check", parents=[common], help=_("料金表のファイルの誤りをすべて表示します。")
    )
    check.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help=_("料金表（TOML）のファイルかフォルダー")
    )
    check.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Tell what is wrong. Exit status 0 nothing, 1 something, 2 a file that can't be read.

    Files that only add editions are held against the services that ship with the program.
    """
    paths = tuple(dict.fromkeys(_files(args.files)))
    unreadable = {path: reason for path in paths if (reason := _why_unreadable(path))}
    readable = [path for path in paths if path not in unreadable]
    problems = check_files(readable, tuple(sorted((resources() / "tariffs").glob("*.toml"))))
    for path in paths:
        print("\n".join(_report(path, unreadable.get(path, ""), problems)))
    if unreadable:
        return UNREADABLE
    return WRONG if problems else CLEAN


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves; of a folder, every tariff file in it."""
    for path in paths:
        inside = sorted(path.glob("*.toml")) if path.is_dir() else []
        yield from inside or [path]


def _why_unreadable(path: Path) -> str:
    """Why the file can't be read; empty when it can."""
    if path.is_dir():
        return _("料金表（.toml）のないフォルダーです")
    try:
        with path.open("rb") as file:
            file.read(1)
    except FileNotFoundError:
        return _("ファイルがありません")
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def _report(path: Path, unreadable: str, problems: Iterable[TariffProblem]) -> Iterator[str]:
    if unreadable:
        yield _("{file}: 読み込めません（{reason}）").format(file=path, reason=unreadable)
        return
    own = [problem for problem in problems if problem.file == path]
    if not own:
        yield _("{file}: 誤りはありません").format(file=path)
        return
    yield _("{file}: 誤りが{count}件あります").format(file=path, count=len(own))
    whole = _("ファイル全体")
    for problem in own:
        yield f"  {problem.key or whole}"
        yield "    " + _("見つかったもの: {found}").format(found=problem.found)
        yield "    " + _("正しい書き方: {allowed}").format(allowed=problem.allowed)
