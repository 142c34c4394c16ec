"""``main.py quote REQUEST.json --pdf OUT.pdf``: a quotation without a window, by the same use cases."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from app.errors import Problem, UserError
from app.papers.model import Images
from app.places import write_atomically
from app.quote.plain import as_plain
from app.quote.priced import PricedQuotation
from app.strict_json import read_json, why_unreadable
from app.usecases.desk import Desk
from app.usecases.issue_quotation import Issued, issue_quotation
from app.usecases.keep_quotation import start_quotation
from app.usecases.price_quotation import draw_preview, price_content
from app.usecases.quote_request import QuoteRequest, read_request
from app.words import _
from cli.wiring import Wiring

MOST_REQUEST_BYTES = 5_000_000


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "quote", parents=[common], help=_("見積の依頼ファイルから見積書（PDF）を作ります。")
    )
    parser.add_argument("request", metavar="REQUEST.json", help=_("見積の依頼（docs/quote-request.md）"))
    parser.add_argument("--pdf", metavar="OUT.pdf", type=Path, help=_("見積書の保存先"))
    parser.add_argument("--json", action="store_true", help=_("計算の結果をJSONで標準出力に書きます。"))
    parser.add_argument(
        "--store", action="store_true", help=_("番号を付けて発行し、データベースに保存します。")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Make the quotation. Exit status 0; UserError and EnvironmentProblem are told by the caller."""
    request = read_request(_load(args.request), wiring.today())
    if args.store:
        result, pdf, extra = _store(wiring.desk(), request)
    else:
        result, pdf, extra = _preview(wiring, request, wants_pdf=args.pdf is not None)
    if args.pdf is not None:
        write_atomically(args.pdf, pdf)
    if args.json:
        sys.stdout.write(json.dumps({**extra, **as_plain(result)}, ensure_ascii=False, indent=2) + "\n")
    elif args.pdf is not None:
        sys.stdout.write(_("{path}に保存しました。").format(path=args.pdf) + "\n")
    return 0


def _load(name: str) -> object:
    """The JSON of the request, decimals exact as written."""
    try:
        raw = sys.stdin.buffer.read(MOST_REQUEST_BYTES + 1) if name == "-" else _read(Path(name))
    except OSError as error:
        raise UserError(
            Problem(
                "unreadable",
                _("依頼ファイル「{name}」を読めません。").format(name=name),
                why=error.strerror or "",
                remedy=_("ファイルの場所と名前をご確認ください。"),
            )
        ) from error
    if len(raw) > MOST_REQUEST_BYTES:
        raise UserError(
            Problem(
                "bad-input",
                _("依頼ファイルが大きすぎます。"),
                remedy=_("{most}MB以下にしてください。").format(most=MOST_REQUEST_BYTES // 1_000_000),
            )
        )
    try:
        document, doubled = read_json(raw)
    except (ValueError, RecursionError) as error:
        raise UserError(
            Problem(
                "bad-input",
                _("依頼ファイルがJSONとして読めません。"),
                why=why_unreadable(error),
                remedy=_("UTF-8のJSONで保存し直してください。"),
            )
        ) from error
    if doubled:
        raise UserError(
            *(
                Problem("bad-input", _("「{name}」が二度書かれています。").format(name=name[:40]))
                for name in doubled
            )
        )
    return document


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_REQUEST_BYTES + 1)


def _store(desk: Desk, request: QuoteRequest) -> tuple[PricedQuotation, bytes, dict[str, Any]]:
    priced = price_content(desk, request.content, desk.settings())
    _refuse(priced)
    stored = start_quotation(desk, request.content, priced=priced)
    issued: Issued = issue_quotation(desk, stored.id, stored.version)
    extra = {
        "number": issued.revision.number,
        "revision": issued.revision.revision,
        "sha256": issued.paper.sha256,
    }
    return issued.priced, issued.paper.pdf, extra


def _preview(
    wiring: Wiring, request: QuoteRequest, *, wants_pdf: bool
) -> tuple[PricedQuotation, bytes, dict[str, Any]]:
    """Price and draw without keeping anything. The letterhead is the request's, else the stored one where
    there is one.
    """
    if request.issuer is not None or not wiring.has_database():
        desk, settings, images = wiring.desk_without_storage(), request.settings(), Images()
    else:
        from app.usecases.price_quotation import load_images

        desk = wiring.desk()
        settings, images = desk.settings(), load_images(desk)
    priced = price_content(desk, request.content, settings)
    _refuse(priced)
    pdf = draw_preview(desk, request.content, settings, images) if wants_pdf else b""
    return priced, pdf, {}


def _refuse(priced: PricedQuotation) -> None:
    if priced.problems:
        raise UserError(*priced.problems)
