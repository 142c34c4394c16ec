"""``main.py doctor``: look through data and program, part by part, and say what to do. Nothing is changed."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Final

from app.usecases.examine import examine, part_words
from app.usecases.findings import Finding, Level
from app.words import _
from cli.wiring import Wiring

SOUND: Final = 0
FAULTS: Final = 1


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "doctor", parents=[common], help=_("データとプログラムを点検します（何も変えません）。")
    )
    parser.add_argument("--json", action="store_true", help=_("結果をJSONで書き出します。"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Examine everything. Exit status 0 nothing bad, 1 something is; a database that can't be opened is told
    by the caller with 2.
    """
    found = examine(wiring.desk(), None if args.json else _tell_part)
    if args.json:
        sys.stdout.write(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stderr.write("\n")
        sys.stdout.write("\n".join(line for one in found for line in _lines(one)) + "\n")
    return FAULTS if any(one.level == "bad" for one in found) else SOUND


def _tell_part(code: str) -> bool:
    """One line that follows the look."""
    told = _("{part}を調べています").format(part=part_words(code))
    sys.stderr.write(f"\r{told:<40}")
    sys.stderr.flush()
    return True


def _lines(finding: Finding) -> list[str]:
    marks: dict[Level, str] = {"good": _("良い"), "note": _("注意"), "bad": _("異常")}
    head = _("［{mark}］{title}：{words}").format(
        mark=marks[finding.level], title=finding.title, words=finding.words
    )
    return [
        head,
        *(f"    {one}" for one in finding.details),
        *([f"    → {finding.remedy}"] if finding.remedy else []),
    ]


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "level": finding.level,
        "words": finding.words,
        "details": list(finding.details),
        "remedy": finding.remedy,
    }
