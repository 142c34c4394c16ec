"""``main.py charges --month 2026-11``: the charges of a month for all contracts, without a window.

A run that was interrupted goes on where it stopped. ``--close`` freezes the month; ``--xlsx`` and ``--csv``
write its bills.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from app.charge.refused import refused_words
from app.charge.stored import BillRow, Run, RunState
from app.days import Month, month_words, parse_month
from app.money import figure, yen_words
from app.tariff.texts import words
from app.usecases.close_month import close_month, refused_of
from app.usecases.desk import Desk
from app.usecases.export_month import ExportKind, export_month
from app.usecases.run_month import RunProgress, run_month
from app.words import _
from cli.wiring import Wiring

DONE: Final = 0
STOPPED: Final = 1


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "charges", parents=[common], help=_("すべての契約の1か月分の請求を計算します。")
    )
    parser.add_argument("--month", metavar="YYYY-MM", required=True, help=_("計算する月"))
    parser.add_argument("--close", action="store_true", help=_("計算したあと、その月を締めます。"))
    parser.add_argument("--xlsx", metavar="OUT.xlsx", type=Path, help=_("請求一覧（Excel）の保存先"))
    parser.add_argument("--csv", metavar="OUT.csv", type=Path, help=_("請求一覧（CSV）の保存先"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Run the month unless it is closed, close it where asked to, and tell what it comes to. Exit status 0
    done, 1 stopped by the keyboard; UserError and EnvironmentProblem are told by the caller.
    """
    month = parse_month(args.month, wiring.today(), "month")
    desk = wiring.desk()
    found = _stored(desk, month)
    if found is None or found.state is not RunState.CLOSED or args.close:
        try:
            found = run_month(desk, month, _tell_progress)
        except KeyboardInterrupt:
            sys.stderr.write(
                "\n" + _("途中で止めました。同じ命令でもう一度始めると、続きから計算します。") + "\n"
            )
            return STOPPED
        sys.stderr.write("\n")
    refused = refused_of(desk, found.id, found.refused) if found.refused else []
    if args.close:
        found = close_month(desk, found.id, found.version)
    _report(desk, found, month, refused)
    wanted: tuple[tuple[Path | None, ExportKind], ...] = ((args.xlsx, "xlsx"), (args.csv, "csv"))
    for path, kind in wanted:
        if path is not None:
            export_month(desk, month, path, kind)
            sys.stdout.write(_("{path}に保存しました。").format(path=path) + "\n")
    return DONE


def _stored(desk: Desk, month: Month) -> Run | None:
    with desk.storage.look() as work:
        return work.bills.run(str(month))


def _tell_progress(told: RunProgress) -> bool:
    line = _("{percent}％  {done} / {all}件").format(
        percent=told.percent, done=figure(told.done), all=figure(told.contracts)
    )
    sys.stderr.write(f"\r{line}")
    sys.stderr.flush()
    return True


def _report(desk: Desk, run: Run, month: Month, refused: list[BillRow]) -> None:
    """The sums, then the contracts that could not be charged."""
    closed = run.state is RunState.CLOSED
    state = _("締め済み  {number}").format(number=run.number) if closed else _("締める前")
    lines = [
        _("{month}分の請求（{state}）").format(month=month_words(month), state=state),
        _("契約 {contracts}件  請求 {bills}件  計算できない契約 {refused}件").format(
            contracts=figure(run.contracts), bills=figure(run.bills), refused=figure(run.refused)
        ),
        _("税抜 {net}  消費税 {tax}  不課税 {exempt}  合計 {total}").format(
            net=yen_words(run.net),
            tax=yen_words(run.tax),
            exempt=yen_words(run.exempt),
            total=yen_words(run.total),
        ),
    ]
    if closed:
        lines.append(f"SHA-256 {run.sha256}")
    if refused:
        lines.append(_("計算できなかった契約："))
    names = {service.code: words(service.short) for service in desk.catalogue.services()}
    lines += [
        _("  {number}  {customer}  {service}  {why}").format(
            number=row.number,
            customer=row.customer,
            service=names.get(row.service, row.service),
            why=refused_words(row.refused),
        )
        for row in refused
    ]
    sys.stdout.write("\n".join(lines) + "\n")
