"""``main.py restore BACKUP``: say what going back to a backup would lose and, with ``--yes``, go back.

Into a folder without data it puts the backup and the key file beside it: a new laptop.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from app.errors import EnvironmentProblem
from app.usecases.keep_quotation import who
from app.usecases.restore_backup import UNCOUNTED, check_restoring, record_restore
from app.words import _
from cli.backup import plan_lines, refuse_unconfirmed
from cli.wiring import Wiring

DONE: Final = 0
# Where going back to a backup is the way out.
_DAMAGED: Final = frozenset({"database-damaged", "database-missing", "not-a-database", "disk-error"})


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("restore", parents=[common], help=_("控えから戻します。"))
    parser.add_argument("backup", type=Path, metavar="BACKUP.db", help=_("控えのファイル"))
    parser.add_argument("--yes", action="store_true", help=_("失われるものを承知のうえで戻します。"))
    parser.add_argument("--recovery-code", metavar="CODE", default="", help=_("復旧コード（新しい端末で）"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Tell, and restore where asked to. EnvironmentProblem and UserError are told by the caller."""
    backup: Path = args.backup
    if wiring.vault().state() == "new":
        target = wiring.vault().restore_new(backup, wiring.passphrase(), args.recovery_code)
        sys.stdout.write(_("控えから始める用意ができました：{path}").format(path=target) + "\n")
        return DONE
    by = _tell_and_check(backup, wiring)
    if not args.yes:
        raise refuse_unconfirmed()
    before = wiring.restore(backup)
    # Not signed in anew: the PINs of then may be others, and what was done has to be recorded.
    with closing(wiring.vault().open(wiring.passphrase())) as storage:
        record_restore(wiring.desk_of(storage), backup, before, by)
    sys.stdout.write(_("控えから戻しました。戻す前のデータ：{path}").format(path=before) + "\n")
    return DONE


def _tell_and_check(backup: Path, wiring: Wiring) -> str:
    """Tell what would be lost, and refuse where it is not permitted; who does it. Data that can't be read can
    say none of it ("").
    """
    try:
        desk = wiring.desk()
        check_restoring(desk)
        by = who(desk.settings())
    except EnvironmentProblem as problem:
        if problem.code not in _DAMAGED:
            raise
        _tell_uncounted(problem)
        return ""
    try:
        sys.stdout.write("\n".join(plan_lines(desk.storage.backups.plan(backup))) + "\n")
    except EnvironmentProblem as problem:
        if problem.code not in UNCOUNTED:
            raise  # it is the file that was named
        _tell_uncounted(problem)
    return by


def _tell_uncounted(problem: EnvironmentProblem) -> None:
    words = _("いまのデータを読めないため、失われるものを数えられません：{what}").format(what=problem.what)
    sys.stdout.write(words + "\n")
