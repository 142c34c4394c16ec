"""Madoguchi: wires the parts; opens the window, or runs a command without one."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import EnvironmentProblem, Problem, UserError
from app.places import data_dir, resources
from app.words import LANGUAGES, _, set_language

if TYPE_CHECKING:
    from app.papers.model import Images, Paper
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from app.usecases.ports import Storage

PASSPHRASE_VARIABLE = "MADOGUCHI_PASSPHRASE"  # noqa: S105 - the name of a variable, not a secret


class Parts:
    """The parts of the program, each imported and made when it is first asked for."""

    def __init__(self, data: Path | None, passphrase_file: Path | None = None) -> None:
        self.data = data_dir(data)
        self._passphrase_file = passphrase_file

    def now(self) -> datetime:
        """The clock of this machine, with its time zone."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The day on the clock of this machine."""
        return self.now().date()

    def catalogue(self) -> Catalogue:
        """The shipped tariffs, then the owner's own."""
        return self._catalogue

    @cached_property
    def _catalogue(self) -> Catalogue:
        from app.tariff.catalogue import Catalogue

        return Catalogue((resources() / "tariffs", self.data / "tariffs"))

    def draw(self, paper: Paper, images: Images) -> bytes:
        """A finished paper as a PDF."""
        from reports import draw

        return draw(paper, images)

    def has_database(self) -> bool:
        """Whether the data folder holds a database."""
        from db.keys import database_path

        return database_path(self.data).exists()

    def passphrase(self) -> str | None:
        """The passphrase for work without a window, from the file or the environment; None when neither is
        given.
        """
        if self._passphrase_file is not None:
            try:
                return self._passphrase_file.read_text("utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise UserError(
                    Problem(
                        "passphrase-file",
                        _("パスフレーズのファイル「{name}」を読めません。").format(
                            name=self._passphrase_file
                        ),
                        remedy=_("ファイルの場所と読み取り権限をご確認ください。"),
                    )
                ) from error
        return os.environ.get(PASSPHRASE_VARIABLE) or None

    def storage(self) -> Storage:
        """The opened database."""
        return self._storage

    @cached_property
    def _storage(self) -> Storage:
        from db import open_storage

        return open_storage(self.data, self.passphrase)

    def desk(self) -> Desk:
        """The desk with its opened database."""
        from app.usecases.desk import Desk

        return Desk(self.storage(), self.catalogue(), self.draw, self.now)

    def desk_without_storage(self) -> Desk:
        """A desk that prices and draws and keeps nothing."""
        from app.usecases.desk import Desk, NoStorage

        return Desk(NoStorage(), self.catalogue(), self.draw, self.now)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR", help=_("データの置き場所"))
    common.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=_("パスフレーズを書いたファイル")
    )
    common.add_argument("--language", choices=LANGUAGES, help=_("ことば"))
    parser = argparse.ArgumentParser(prog="madoguchi", description=_("窓口"), parents=[common])
    parser.set_defaults(run=_open_window)
    subparsers = parser.add_subparsers(metavar=_("コマンド"))
    from cli import answer, demo, quote, tariffs

    for command in (answer, quote, tariffs, demo):
        command.add_parser(subparsers, common)
    return parser


def _open_window(args: argparse.Namespace, parts: Parts) -> int:
    from ui.application import open_window

    return open_window(parts)


def tell(error: UserError | EnvironmentProblem) -> None:
    """Say on standard error what is wrong and what to do."""
    if isinstance(error, EnvironmentProblem):
        sys.stderr.write(f"{error}\n")
        return
    for problem in error.problems:
        place = f"{problem.field}: " if problem.field else ""
        clause = _("（{clause}）").format(clause=problem.clause) if problem.clause else ""
        sys.stderr.write(f"{place}{problem.sentence()}{clause} [{problem.code}]\n")


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def main(arguments: list[str] | None = None) -> int:
    """Run the program. Exit status: 0 done, 1 refused, 2 could not be read or opened."""
    _use_utf8()
    args = _parser().parse_args(arguments)
    if args.language:
        set_language(args.language)
    try:
        return int(args.run(args, Parts(args.data, args.passphrase_file)))
    except UserError as error:
        tell(error)
        return 1 if error.code not in ("passphrase-needed", "wrong-passphrase", "unreadable") else 2
    except EnvironmentProblem as error:
        tell(error)
        return 2
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
