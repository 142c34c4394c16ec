"""Opening the sheet a paper is made on, from any page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QWidget

from app.papers.request import PaperRequest
from ui.issuing.dialog import IssueDialog
from ui.session import Session
from ui.theme import theme


def open_issuing(
    page: QWidget, session: Session, kind: str, subject: str, options: dict[str, Any] | None = None
) -> IssueDialog:
    """Open the sheet for a paper of a kind about a subject, above the window of a page. It dies when it is
    closed.
    """
    window = page.window()
    request = PaperRequest(kind=kind, subject=subject, options=options or {})
    dialog = IssueDialog(window, session, request)
    s = theme.size
    room = window.geometry().marginsRemoved(QMargins(s.xl, s.xl, s.xl, s.xl))
    dialog.resize(room.size())
    dialog.move(room.topLeft())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
