"""``main.py export-papers --from … --to … --folder …``: the papers of a period as a folder for an audit."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from app.days import parse_date
from app.papers.archived import PaperQuery
from app.usecases.export_papers import export_papers
from app.words import _
from cli.wiring import Wiring

DONE: Final = 0
STOPPED: Final = 1


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "export-papers",
        parents=[common],
        help=_("期間内に発行した書類を、一覧とハッシュ値とともにフォルダーに書き出します。"),
    )
    parser.add_argument("--from", dest="first", metavar="YYYY-MM-DD", required=True, help=_("最初の発行日"))
    parser.add_argument("--to", dest="last", metavar="YYYY-MM-DD", required=True, help=_("最後の発行日"))
    parser.add_argument("--folder", metavar="DIR", type=Path, required=True, help=_("新しく作るフォルダー"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Write the folder. Exit status 0 done, 1 stopped by the keyboard (nothing is left then); UserError and
    EnvironmentProblem are told by the caller.
    """
    today = wiring.today()
    query = PaperQuery(
        first=parse_date(args.first, today, "from"), last=parse_date(args.last, today, "to"), descending=False
    )
    stopped = []

    def told(done: int, count: int) -> bool:
        try:
            sys.stderr.write("\r" + _("{done} / {count}件").format(done=f"{done:,}", count=f"{count:,}"))
            sys.stderr.flush()
        except KeyboardInterrupt:
            stopped.append(done)
        return not stopped

    exported = export_papers(wiring.desk(), query, args.folder.absolute(), told)
    sys.stderr.write("\n")
    if exported is None:
        sys.stderr.write(_("途中で止めました。フォルダーは作っていません。") + "\n")
        return STOPPED
    words = _("書類{count}件を「{folder}」に書き出しました。")
    lines = [words.format(count=f"{exported.papers:,}", folder=exported.folder), *exported.wrong]
    sys.stdout.write("\n".join(lines) + "\n")
    return DONE
