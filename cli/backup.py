"""``main.py backup``: make a backup now, or say where they stand. ``main.py restore``: go back to one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from app.days import date_words
from app.errors import Problem, UserError
from app.money import figure
from app.usecases.backups import BackupFile, RestorePlan
from app.usecases.choose_backup_folder import choose_backup_folder
from app.usecases.restore_backup import kind_words
from app.words import _
from cli.wiring import Wiring

DONE: Final = 0


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("backup", parents=[common], help=_("控えを取ります。"))
    parser.add_argument("--folder", type=Path, metavar="DIR", help=_("これからの控えの置き場所"))
    parser.add_argument("--list", action="store_true", help=_("取らずに、いまある控えを並べます。"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Make one, or list them."""
    desk = wiring.desk()
    backups = desk.storage.backups
    if args.folder is not None:
        choose_backup_folder(desk, args.folder)
    if args.list:
        for one in backups.files():
            sys.stdout.write(_line(one) + "\n")
        return DONE
    made = backups.make(_tell_pages)
    sys.stderr.write("\n")
    wanted = backups.state().folder
    if wanted is not None and made.path.parent != wanted:
        sys.stderr.write(_away(wanted) + "\n")
    sys.stdout.write(_("控えを取り、開いて確かめました：{path}").format(path=made.path) + "\n")
    return DONE


def _away(folder: Path) -> str:
    return _(
        "控えの置き場所「{folder}」が見つからないため、この端末の中に取りました。"
        "USBメモリーや共有フォルダーをつないでください。"
    ).format(folder=folder)


def _tell_pages(done: int, whole: int) -> bool:
    sys.stderr.write("\r" + _("{percent}％").format(percent=done * 100 // max(whole, 1)))
    sys.stderr.flush()
    return True


def _line(one: BackupFile) -> str:
    state = _("確認済み") if one.checked else _("未確認")
    return _("{day} {time}  {size}MB  {state}  {path}").format(
        day=date_words(one.made_at.date()),
        time=f"{one.made_at:%H:%M}",
        size=figure(-(-one.size // 1_000_000)),
        state=state,
        path=one.path,
    )


def plan_lines(plan: RestorePlan) -> list[str]:
    """What a backup holds and what going back to it would lose."""
    lines = [_line(plan.backup)]
    lines += [_("壊れています：{fault}").format(fault=fault) for fault in plan.problems]
    if plan.problems:
        return lines
    if plan.newest is not None:
        lines.append(
            _("最後の記録：{day} {time}").format(
                day=date_words(plan.newest.date()), time=f"{plan.newest:%H:%M}"
            )
        )
    if plan.tariffs:
        lines.append(_("一緒に戻る料金表：{names}").format(names=_("、").join(plan.tariffs)))
    if not plan.lost:
        lines.append(_("この控えに戻しても、失われる登録はありません。"))
    for lost in plan.lost:
        names = _("（{names}）").format(names=_("、").join(lost.names)) if lost.names else ""
        lines.append(
            _("失われる{kind}：{count}件{names}").format(
                kind=kind_words(lost.kind), count=figure(lost.count), names=names
            )
        )
    return lines


def refuse_unconfirmed() -> UserError:
    """What to tell somebody who has not said yes."""
    return UserError(
        Problem(
            "not-confirmed",
            _("まだ戻していません。"),
            remedy=_("内容を確かめて、--yes を付けてもう一度実行してください。"),
        )
    )
