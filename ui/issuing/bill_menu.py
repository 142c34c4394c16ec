"""The papers of one bill, as entries of a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.papers.kinds import title_of
from app.words import _
from ui.issuing.opening import open_issuing
from ui.menus import Menu
from ui.session import Session


def add_bill_papers(
    menu: Menu, page: QWidget, session: Session, bill_id: str, contract_id: str, month: str, total: int
) -> None:
    """What can be made of a bill: of one that is paid 請求書 and 適格請求書, of one that gives back 適格返還請求書,
    of each 料金計算書.
    """

    def add(icon: str, kind: str, subject: str, options: dict[str, str] | None = None) -> None:
        words = _("{paper}…").format(paper=title_of(kind))
        menu.add_item(icon, words, partial(_open, page, session, kind, subject, options))

    if total > 0:
        add("receipt-japanese-yen", "B", bill_id)
        add("receipt", "T", bill_id)
    else:
        add("receipt", "H", bill_id)
    add("file-text", "F", contract_id, {"month": month})


def _open(page: QWidget, session: Session, kind: str, subject: str, options: dict[str, str] | None) -> None:
    open_issuing(page, session, kind, subject, dict(options or {}))
