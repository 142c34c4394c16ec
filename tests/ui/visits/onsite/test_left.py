"""Ticks, words and strokes on site outlive a window that was killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.usecases.desk import Desk
from app.visit.order import StoredVisit
from tests.ui.visits.onsite.visits_made import agreed
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks
from ui.typist import Typist
from ui.visits.onsite.draft import draft_of
from ui.visits.onsite.left import draft_values, put_draft
from ui.visits.onsite.page import OnSitePage
from ui.widgets.strips import Toasts

STROKES = (((100, 100), (2000, 300), (900, 2400)), ((5, 5), (3000, 40)))


def _typed(page: OnSitePage) -> None:
    """As a technician does it: results, times, a note, the customer's name and half a signature."""
    (first, menu), *_others = page.work.rows
    page.draft.set_result(first, menu, "partly")
    page.draft.set_why(first, menu, "予備のディスクが要る")
    page.draft.volumes[first] = "38GB"
    page.draft.notes = "2階の鍵は守衛室"
    page.draft.after.strokes = STROKES
    page.work.changed.emit()


def test_what_was_done_on_site_is_offered_after_a_kill(
    session: Session, open_page: Callable[[StoredVisit], OnSitePage], desk: Desk, tasks: Tasks,
    tmp_path: Path, settle: Callable[[], None], qtbot: QtBot,
) -> None:  # fmt: skip
    visit = agreed(desk)
    page = open_page(visit)
    _typed(page)
    values = draft_values(page.draft)
    page.left.flush()
    settle()
    Typist.of(session).sign.let_go()

    later = Session(desk, tasks, Preferences(tmp_path / "preferences"))
    fresh = OnSitePage(later, Toasts(page))
    qtbot.addWidget(fresh)
    fresh.open_visit(visit.id)
    settle()
    assert not fresh.left.strip.isHidden()
    assert fresh.draft.notes == ""
    fresh.left.strip.button.click()
    settle()
    assert draft_values(fresh.draft) == values
    assert fresh.draft.after.strokes == STROKES
    assert fresh.work.rows[next(iter(fresh.draft.ticks))].result.value() == "partly"
    later.deleteLater()


def test_typing_of_another_shape_changes_nothing(desk: Desk) -> None:
    draft = draft_of(agreed(desk))
    before = draft_values(draft)
    wrong = before | {"ticks": [{"device": 3}], "notes": "x"}
    try:
        put_draft(draft, wrong)
    except ValueError:
        assert draft_values(draft) == before
    else:
        raise AssertionError("a tick of another shape was taken")
