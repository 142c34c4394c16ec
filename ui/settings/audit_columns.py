"""The columns of the record of what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from app.usecases.audit_words import GROUPS, group_of, summary_of, verb_words
from app.usecases.export_audit import about_words, who_words
from app.words import _
from ui.moments import moment_words
from ui.widgets.rows_model import Cell, Column

if TYPE_CHECKING:
    from app.papers.issuer import Settings
    from app.usecases.audit_entries import AuditRow

_WHO_FOLDS = 58  # characters: in a narrower list the name stands below the moment


def columns(settings: Callable[[], Settings], now: Callable[[], datetime]) -> list[Column]:
    """All columns."""

    def when(row: AuditRow) -> Cell:
        return Cell(moment_words(row.entry.at, now()), second=_seq(row), raw=row.entry.at)

    def when_and_who(row: AuditRow) -> Cell:
        return Cell(moment_words(row.entry.at, now()), second=who_words(row), raw=row.entry.at)

    def about(row: AuditRow) -> Cell:
        told, name = summary_of(row.entry), about_words(row, settings())
        if row.entry.erased:
            told = _("詳細は消去済みです")
        return Cell(name or told or "—", second=told if name else "", second_tone="text2")

    return [
        Column(_("日時"), 9.4, when, narrow=when_and_who, narrow_below=_WHO_FOLDS),
        Column(_("担当"), 7.6, _who, fold=_WHO_FOLDS),
        Column(_("操作"), 13.4, _what),
        Column(_("対象と内容"), 20, about, stretch=True),
    ]


def _seq(row: AuditRow) -> str:
    return _("{seq}番").format(seq=f"{row.seq:,}")


def _who(row: AuditRow) -> Cell:
    soft = row.entry.erased or not row.entry.who
    return Cell(who_words(row), tone="text3" if soft else "text")


def _what(row: AuditRow) -> Cell:
    return Cell(verb_words(row.entry.what), second=_(GROUPS[group_of(row.entry.what)]), raw=row.entry.what)
