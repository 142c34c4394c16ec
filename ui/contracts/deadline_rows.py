"""Deadlines as rows of a sheet, grouped by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from app.contract.deadline_words import (
    business_day_before,
    deadline_icon,
    deadline_words,
    whose_words,
)
from app.days import date_words
from app.tariff.clauses import clause_words
from app.words import _, pgettext
from ui.home.rows import SOON_DAYS, left_words, span_words
from ui.moments import days_left_words
from ui.widgets.sheet import Line, SheetColumn, SheetRow, SheetSection

if TYPE_CHECKING:
    from app.contract.record import DeadlineRow


def deadline_columns() -> tuple[SheetColumn, ...]:
    """The columns of the list."""
    return (
        SheetColumn(_("期限"), share=5),
        SheetColumn(_("顧客"), share=7),
        SheetColumn(_("契約・見積"), share=6),
        SheetColumn(_("だれから"), 6),
        SheetColumn(pgettext("column", "期日"), 11, right=True),
    )


def deadline_sections(
    rows: Sequence[DeadlineRow], today: date, names: Mapping[str, str], overdue: int
) -> tuple[SheetSection, ...]:
    """What is overdue first, then a section a day."""
    late = [row for row in rows if row.deadline.on < today]
    sections = []
    if late:
        heading = _("期限切れ　{count}件").format(count=f"{overdue:,}")
        sections.append(SheetSection(heading, tuple(_row(row, today, names) for row in late)))
    ahead = rows[len(late) :]
    for day, found in groupby(ahead, key=lambda row: row.deadline.on):
        sections.append(
            SheetSection(day_heading(day, today), tuple(_row(row, today, names) for row in found))
        )
    return tuple(sections)


def day_heading(day: date, today: date) -> str:
    """``12月20日（日）　あと30日　休業日・前の営業日は12月18日（金）``."""
    parts = [date_words(day), days_left_words(day, today)]
    before = business_day_before(day)
    if before is not None:
        parts.append(_("休業日・前の営業日は{day}").format(day=date_words(before)))
    return "　".join(parts)


def _row(row: DeadlineRow, today: date, names: Mapping[str, str]) -> SheetRow:
    one = row.deadline
    days = (one.on - today).days
    tone = "danger" if days < 0 else "warn" if days <= SOON_DAYS else "text"
    day_role, left_role = ("panel-bold", "caption-bold") if tone != "text" else ("panel", "caption")
    return SheetRow(
        (
            (
                Line(deadline_words(one.code), "panel", "text", deadline_icon(one.code)),
                Line(clause_words(one.clause), "caption", "text3"),
            ),
            (Line(row.customer), Line(row.phone, "caption", "text2")),
            (Line(names.get(row.service, row.service)), Line(row.number, "caption", "text2")),
            (Line(whose_words(one.whose), "panel", "text2"),),
            (
                Line(span_words(one, today), day_role, tone),
                Line(left_words(one, today), left_role, tone if tone != "text" else "text2"),
            ),
        ),
        ("quotation", row.quotation_id) if row.quotation_id else row.contract_id,
    )
