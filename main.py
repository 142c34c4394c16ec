"""Madoguchi: wires the parts; opens the window, or runs a command without one."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from datetime import date, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.errors import EnvironmentProblem, Problem, UserError
from app.places import data_dir, resources
from app.words import LANGUAGES, _, pgettext, set_language

if TYPE_CHECKING:
    from app.contract.customer import CustomerFields
    from app.papers.model import Images, Paper
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from app.usecases.ports import Storage
    from app.usecases.vault_ports import Vault
    from cli.demo_contracts import DemoContract

PASSPHRASE_VARIABLE = "MADOGUCHI_PASSPHRASE"  # noqa: S105 - the name of a variable, not a secret
STAFF_VARIABLE, PIN_VARIABLE = "MADOGUCHI_STAFF", "MADOGUCHI_PIN"
REFUSED, UNREADABLE = 1, 2
_COMMANDS = (
    "answer",
    "explain",
    "quote",
    "tariffs",
    "charges",
    "verify-papers",
    "export-papers",
    "demo",
    "doctor",
    "backup",
    "restore",
)  # modules of cli/
# Refusals that mean: the file or the database itself could not be opened.
_CANNOT_OPEN = frozenset(
    {"passphrase-needed", "wrong-passphrase", "passphrase-file", "unreadable", "no-database"}
)


class Parts:
    """The parts of the program, each imported and made when it is first asked for."""

    def __init__(
        self, data: Path | None, passphrase_file: Path | None = None, staff: str | None = None
    ) -> None:
        self.data = data_dir(data)
        self._passphrase_file = passphrase_file
        self._staff = staff or os.environ.get(STAFF_VARIABLE, "")

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

    def stamp_copy(self, pdf: bytes, words: str) -> bytes:
        """A finished paper with words on every page; "" marks it 控."""
        from reports import stamp_copy

        return stamp_copy(pdf, words)

    def vault(self, subfolder: str = "") -> Vault:
        """The data folder (or a folder in it) before it is opened."""
        from db.vault import FolderVault

        return FolderVault(self.data / subfolder if subfolder else self.data)

    def has_database(self) -> bool:
        """Whether the data folder holds a database."""
        return self.vault().state() == "ready"

    def desk(self) -> Desk:
        """The desk with its opened database. Whoever is named signs in, where PINs exist.

        Raises UserError ``no-database``, ``passphrase-needed``, ``wrong-passphrase``, and what signing in
        refuses; EnvironmentProblem.
        """
        desk = self.desk_of(self._storage)
        if self._staff:
            from cli.staff import sign_in_by_name

            sign_in_by_name(desk, self._staff, os.environ.get(PIN_VARIABLE, ""))
        return desk

    def desk_of(self, storage: Storage) -> Desk:
        """A desk with a database opened by the caller."""
        from app.usecases.desk import Desk

        return Desk(storage, self.catalogue(), self.draw, self.now, self.stamp_copy)

    def desk_without_storage(self) -> Desk:
        """A desk that prices and draws and keeps nothing."""
        from app.usecases.desk import Desk, NoStorage

        return Desk(NoStorage(), self.catalogue(), self.draw, self.now, self.stamp_copy)

    @cached_property
    def _storage(self) -> Storage:
        vault = self.vault()
        if vault.state() == "new":
            raise UserError(
                Problem(
                    "no-database",
                    _("「{folder}」にデータベースがありません。").format(folder=vault.folder),
                    remedy=_(
                        "Madoguchiを開いて初期設定をするか、demo コマンドで試用のデータを作ってください。"
                    ),
                )
            )
        if vault.state() != "ready" or vault.kind() != "passphrase":
            return vault.open()
        passphrase = self.passphrase()
        if passphrase is None:
            raise UserError(
                Problem(
                    "passphrase-needed",
                    _("パスフレーズが必要です。"),
                    remedy=_("--passphrase-file か環境変数 {name} で渡してください。").format(
                        name=PASSPHRASE_VARIABLE
                    ),
                )
            )
        return vault.open(passphrase)

    def restore(self, backup: Path) -> Path:
        """Put a backup in the place of the data; the database is opened anew when it is next asked for."""
        self.close()
        self.__dict__.pop("_storage", None)
        return self.vault().restore(backup, self.passphrase())

    def insert_customers(self, storage: Storage, people: Iterable[CustomerFields]) -> list[str]:
        """Keep many customers at once and return their ids, in their order."""
        from db.bulk import insert_customers

        return insert_customers(storage, people)  # type: ignore[arg-type]

    def insert_contracts(self, storage: Storage, many: Iterable[DemoContract]) -> None:
        """Keep many contracts at once. Their customers must be stored."""
        from db.bulk_contracts import BulkContract, insert_contracts

        insert_contracts(storage, (BulkContract(**vars(one)) for one in many))  # type: ignore[arg-type]

    def close(self) -> None:
        """Close the database where this opened one."""
        storage: Storage | None = self.__dict__.get("_storage")
        if storage is not None:
            storage.close()

    def passphrase(self) -> str | None:
        """The passphrase for work without a window, from the file or the environment; None without either."""
        if self._passphrase_file is None:
            return os.environ.get(PASSPHRASE_VARIABLE) or None
        try:
            return self._passphrase_file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(
                Problem(
                    "passphrase-file",
                    _("パスフレーズのファイル「{name}」を読めません。").format(name=self._passphrase_file),
                    remedy=_("ファイルの場所と読み取り権限をご確認ください。"),
                )
            ) from error


def _read(arguments: list[str]) -> argparse.Namespace:
    """What was asked for. Options of every command may stand before the command or after it.

    Their defaults are not the parser's: the commands share its options, and would undo what stood before.
    """
    blank = argparse.Namespace(run=_open_window, data=None, passphrase_file=None, staff=None, language=None)
    return _parser(arguments).parse_args(arguments, blank)


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(prog="madoguchi", add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", type=Path, metavar="DIR", help=_("データの置き場所"))
    common.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help=_("パスフレーズを書いたファイル")
    )
    common.add_argument("--staff", metavar="NAME", help=_("ログインする担当者（暗証番号を使う窓口）"))
    common.add_argument("--language", choices=LANGUAGES, help=_("ことば（ja または en）"))
    parser = argparse.ArgumentParser(
        prog="madoguchi", description=pgettext("program", "窓口"), parents=[common]
    )
    subparsers = parser.add_subparsers(metavar=_("コマンド"))
    for name in _commands_needed(arguments, common):
        import_module(f"cli.{name.replace('-', '_')}").add_parser(subparsers, common)
    return parser


def _commands_needed(arguments: list[str], common: argparse.ArgumentParser) -> Sequence[str]:
    """The command that is asked for; none for the window; all of them to tell which there are.

    A command costs its imports, and those of all commands take longer than the window needs to stand.
    """
    asked = [name for name in arguments if name in _COMMANDS]
    if asked:
        return asked[:1]
    _options, rest = common.parse_known_args(arguments)
    return _COMMANDS if rest else ()


def _open_window(args: argparse.Namespace, parts: Parts) -> int:
    gc.disable()  # the window collects on a timer of its own (ui.tasks); what loads now is there to stay
    from ui.application import open_window

    return open_window(parts, args.language)


def _tell(error: UserError | EnvironmentProblem) -> None:
    """Say on standard error what is wrong and what to do, a problem a line."""
    if isinstance(error, EnvironmentProblem):
        sys.stderr.write(f"{error} [{error.code}]\n")
        return
    for problem in error.problems:
        place = f"{problem.field}: " if problem.field else ""
        clause = _("（{clause}）").format(clause=problem.clause) if problem.clause else ""
        sys.stderr.write(f"{place}{problem.sentence()}{clause} [{problem.code}]\n")


def _use_utf8() -> None:
    """Windows consoles and pipes speak other encodings; the program always writes UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _output_failed(error: OSError) -> int:
    """Nothing more can be written: whoever read it has seen enough, or the disk behind it is full."""
    from cli.output import output_problem, stop_writing

    stop_writing()
    if isinstance(error, BrokenPipeError):
        return 0
    _tell(output_problem(error))
    return UNREADABLE


def main(arguments: list[str] | None = None) -> int:
    """Run the program. Exit status: 0 done, 1 refused, 2 could not be read, opened or written."""
    _use_utf8()
    arguments = sys.argv[1:] if arguments is None else arguments
    args = _read(arguments)
    if args.language:
        set_language(args.language)
    try:
        with closing(Parts(args.data, args.passphrase_file, args.staff)) as parts:
            status = int(args.run(args, parts))
        if sys.stdout is not None:  # a window may have none
            sys.stdout.flush()
        return status
    except UserError as error:
        _tell(error)
        return UNREADABLE if error.code in _CANNOT_OPEN else REFUSED
    except EnvironmentProblem as error:
        _tell(error)
        return UNREADABLE
    except OSError as error:
        if error.filename is not None:
            raise  # commands tell of the files they use; this one nobody expected
        return _output_failed(error)


def _leave(status: int) -> NoReturn:
    """End at once. Everything is written and closed; to take the interpreter apart would take longer than
    half a quotation.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # told already, where it matters
                stream.flush()
    os._exit(status)


if __name__ == "__main__":
    # What a start imports is no garbage: to look for some in it as often as usual takes a tenth of its time.
    gc.set_threshold(200_000, 20, 20)
    _leave(main())
