"""The screen on site in a window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from app.visit.order import StoredVisit
from ui.session import Session
from ui.visits.onsite.page import OnSitePage
from ui.widgets.strips import Toasts

Stage = Callable[[QWidget], QWidget]
Settle = Callable[[], None]


@pytest.fixture
def open_page(session: Session, stage: Stage, settle: Settle) -> Callable[[StoredVisit], OnSitePage]:
    """Shows a visit on site in a window."""

    def show(visit: StoredVisit) -> OnSitePage:
        host = QWidget()
        page = OnSitePage(session, Toasts(host))
        stage(page)
        page.destroyed.connect(host.deleteLater)
        page.host = host  # type: ignore[attr-defined]  # the toasts stand in it
        page.open_visit(visit.id)
        settle()
        return page

    return show
