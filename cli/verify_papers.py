"""``main.py verify-papers``: every issued paper against its SHA-256 and the chain over all of them."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Final

from app.usecases.verify_archive import ArchiveCheck, verify_archive
from app.words import _
from cli.wiring import Wiring

SOUND: Final = 0
WRONG: Final = 1


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "verify-papers",
        parents=[common],
        help=_("発行したすべての書類が、発行したときのままかを調べます。"),
    )
    parser.add_argument("--json", action="store_true", help=_("結果をJSONで書きます。"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Read everything. Exit status 0 all of it holds, 1 something does not, or it was stopped by the
    keyboard; EnvironmentProblem is told by the caller.
    """
    try:
        found = verify_archive(wiring.desk(), _tell_progress)
    except KeyboardInterrupt:
        sys.stderr.write("\n" + _("途中で止めました。") + "\n")
        return WRONG
    sys.stderr.write("\n")
    sys.stdout.write(_as_json(found) if args.json else _in_words(found))
    return WRONG if found.faults else SOUND


def _tell_progress(done: int, count: int) -> bool:
    sys.stderr.write("\r" + _("{done} / {count}件").format(done=f"{done:,}", count=f"{count:,}"))
    sys.stderr.flush()
    return True


def _as_json(found: ArchiveCheck) -> str:
    faults = [
        {
            "code": one.code, "number": one.number, "revision": one.revision, "customer": one.customer,
            "what": one.what,
        }
        for one in found.faults
    ]  # fmt: skip
    told = {"papers": found.place.last, "sound": not faults, "faults": faults}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _in_words(found: ArchiveCheck) -> str:
    count = f"{found.place.last:,}"
    if not found.faults:
        return _("書類{count}件は、すべて発行したときのままです。").format(count=count) + "\n"
    head = _("書類{count}件を調べ、次の{faults}か所が一致しませんでした。").format(
        count=count, faults=f"{len(found.faults):,}"
    )
    remedy = _("データを変えずに、「backups」フォルダーの控えと比べてください。")
    return "\n".join((head, *(f"  {one.what}" for one in found.faults), remedy)) + "\n"
