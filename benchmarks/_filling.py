"""A data folder with many quotations, and some of everything else, for measurements of the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import main
from app.quote.stored import QuotationQuery, QuotationState, StoredQuotation
from app.usecases.desk import Desk
from cli.demo import PAPERS, VISITS, close_months, fill, fill_contracts, fill_papers, fill_visits
from db.bulk import BulkQuotation, insert_quotations

_PATTERNS = 40
_CONTRACTS = 150
_FIRST_DAY = date(2026, 1, 5)


def make_folder(folder: Path, count: int) -> None:
    """A desk with ``count`` quotations: 40 believable ones, over and over. Beside them the contracts, visits
    and papers of the demo, so that every place has something to show.
    """
    parts = main.Parts(folder)
    storage = parts.vault().create("none")
    desk = parts.desk_of(storage)
    customers = fill(desk, _PATTERNS)
    fill_contracts(desk, parts, customers, _CONTRACTS)
    close_months(desk)
    fill_visits(desk, VISITS)
    fill_papers(desk, PAPERS)
    patterns = _all(desk)
    insert_quotations(storage, _copies(patterns, count - _PATTERNS))  # type: ignore[arg-type]
    storage.close()


def _all(desk: Desk) -> list[StoredQuotation]:
    with desk.storage.look() as work:
        seqs = list(work.quotations.seqs(QuotationQuery(), desk.today()))
        return [work.quotations.get(row.id) for row in work.quotations.rows(seqs, desk.today())]


def _copies(patterns: list[StoredQuotation], count: int) -> Iterator[BulkQuotation]:
    start = datetime(_FIRST_DAY.year, _FIRST_DAY.month, _FIRST_DAY.day).astimezone()
    for place in range(count):
        pattern = patterns[place % len(patterns)]
        issued_on = _FIRST_DAY + timedelta(days=place % 300) if place % 4 else None
        yield BulkQuotation(
            content=pattern.content,
            totals=pattern.totals,
            staff="田村 美咲",
            state=QuotationState.ISSUED if issued_on else QuotationState.DRAFT,
            number=f"Q-HM1-{issued_on:%y%m}-{place + 1000:04}" if issued_on else "",
            updated_at=start + timedelta(minutes=place),
            issued_on=issued_on,
            valid_until=issued_on + timedelta(days=14) if issued_on else None,
        )
