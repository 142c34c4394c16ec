"""Opening the sheet a paper is made on, or one that was issued, from any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.papers.request import PaperRequest
from ui.session import Session

if TYPE_CHECKING:
    from ui.issuing.dialog import IssueDialog
    from ui.issuing.view_dialog import ViewDialog


def open_issuing(
    page: QWidget, session: Session, kind: str, subject: str, options: dict[str, Any] | None = None
) -> IssueDialog:
    """Open the sheet for a paper of a kind about a subject."""
    from ui.issuing.dialog import IssueDialog

    request = PaperRequest(kind=kind, subject=subject, options=options or {})
    dialog = IssueDialog(page.window(), session, request)
    dialog.open_over(page)
    return dialog


def open_paper(page: QWidget, session: Session, paper_id: str) -> ViewDialog:
    """Open an issued paper."""
    from ui.issuing.view_dialog import ViewDialog

    dialog = ViewDialog(page.window(), session, paper_id)
    dialog.open_over(page)
    return dialog
