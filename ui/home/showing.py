"""Puts what was read onto the page of Home."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from app.days import date_words
from app.usecases.desk import Desk
from app.words import _
from ui.home import rows

if TYPE_CHECKING:
    from app.usecases.show_home import HomeView
    from ui.home.page import HomePage


def read_work(desk: Desk) -> dict[str, str]:
    """On the database worker, once the tariffs are read: the names of what is done on visits, by code."""
    from app.usecases.show_technicians import work_names

    return dict(work_names(desk.catalogue, desk.today()))


def show(page: HomePage, view: HomeView, names: Mapping[str, str], now: datetime) -> None:
    """Show a view; ``names`` are the short names of services by their code."""
    page.date.set_text(date_words(view.today))
    today = view.today
    state = _("営業日") if view.open_today else _("休業日")
    page.about.set_text(rows.joined((rows.era_year(today), state)))
    page.closed.setVisible(view.closed is not None)
    if view.closed is not None:
        page.closed.set_chip("info", rows.closed_words(view.closed, today), "note")
    late = [rows.deadline_row(one, today, names, wide=True) for one in view.overdue.rows]
    page.overdue.show_rows(late, rows.how_many(view.overdue.count))
    for bucket in view.buckets:
        shown = [rows.deadline_row(one, today, names) for one in bucket.rows]
        until = _("{day}まで").format(day=rows.near_day(bucket.last, today, weekday=False))
        page.columns[bucket.days].show_rows(shown, bucket.count, until)
    page.notes.show_rows(
        [rows.note_row(one, today, view.staff) for one in view.notes], rows.how_many(view.note_count)
    )
    page.applications.show_rows(
        [
            rows.application_row(one, now, names, unexplained=one.id in view.applications.unexplained)
            for one in view.applications.rows
        ],
        rows.application_words(view),
    )
    page.first_rule.setVisible(bool(view.notes) and bool(view.applications.rows))
    page.unpaid.show_rows(
        [rows.unpaid_row(one, today, names) for one in view.unpaid], rows.unpaid_words(view)
    )
    page.drafts.show_rows([rows.draft_row(one, now) for one in view.drafts], rows.how_many(view.draft_count))
    page.ending.show_rows(
        [rows.ending_row(one, today) for one in view.ending], rows.how_many(view.ending_count)
    )
    page.visits.show_visits(view.visits)
    page.backup.say(*rows.backup_words(view.last_backup, now))
