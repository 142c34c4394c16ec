"""Storage in a folder of the test alone, and what to put into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.contract.customer import CustomerFields
from app.papers.archived import PaperAbout
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import IssuedPaper, Revision, StoredQuotation, Totals
from db.engine import SqlStorage, create_storage, open_storage
from db.work import SqlWork
from tests.desks import storing_now

TODAY = date(2026, 11, 20)
PDF = b"%PDF-1.7 a paper"

TAKAHASHI = CustomerFields(
    name="株式会社髙橋精工",
    kana="タカハシセイコウ",
    postal_code="5770054",
    prefecture="大阪府",
    address="東大阪市高井田元町1丁目2番3号",
    department="総務部",
    person="髙橋 恵子",
    phone="06-0000-0148",
    email="info@takahashi.example.jp",
)


def content_for(customer: CustomerFields = TAKAHASHI, **others: object) -> QuotationContent:
    """A quotation of one service."""
    fields = {"services": (ServiceEntry(service="dokodemo", items={"id": 49}),), **others}
    return QuotationContent(customer=customer, **fields)  # type: ignore[arg-type]


TOTALS = Totals(
    monthly_net=107_800,
    yearly_net=3_600_000,
    total=2_902_458,
    open_items=2,
    services="どこでもプライム",
    title="49 ID 新規のお申込み",
)


def issue(
    work: SqlWork,
    stored: StoredQuotation,
    *,
    on: date = TODAY,
    until: date = date(2026, 12, 4),
    totals: Totals = TOTALS,
) -> tuple[StoredQuotation, Revision, IssuedPaper]:
    """Issue a stored quotation as the use case does: number, paper, revision, audit."""
    number = stored.number or work.numbers.next("Q", "A1", on)
    revision_number = stored.revision + 1
    customer = stored.content.customer.name
    about = PaperAbout(
        customer_id=stored.content.customer_id or "", subject_kind="quotation", subject_id=stored.id
    )
    paper = work.papers.add("Q", number, revision_number, customer, on, totals.total, PDF, about)
    revision = Revision(
        quotation_id=stored.id,
        number=number,
        revision=revision_number,
        content=QuotationContent(
            customer_id=stored.content.customer_id,
            customer=stored.content.customer,
            title=stored.content.title,
            services=stored.content.services,
            issued_on=on,
            valid_until=until,
        ),
        issued_on=on,
        issued_at=datetime(2026, 11, 20, 3, 4, 5, 678901, tzinfo=UTC),
        valid_until=until,
        staff="田村 美咲",
        editions={"dokodemo": "2026-05-11"},
        readings={"dokodemo:proration": "calendar-days"},
        frozen={"total": {"total": totals.total}, "lines": [1, "二", None]},
        paper_id=paper.id,
    )
    changed = work.quotations.issue(stored.id, stored.version, revision, totals)
    work.audit.record("田村 美咲", "quotation-issued", stored.id, {"number": number})
    return changed, revision, paper


@pytest.fixture(scope="session")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database: copying it is faster than making one for each test."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    create_storage(folder, "none").close()
    return folder


@pytest.fixture
def storage(data: Path, _empty: Path) -> Iterator[SqlStorage]:
    """An empty database under a key without protection."""
    shutil.copytree(_empty, data)
    opened = open_storage(data, patience=0.2, now=storing_now)
    yield opened
    opened.close()


@pytest.fixture
def window(data: Path) -> Iterator[Callable[..., SqlStorage]]:
    """Opens the database of the test once more, as a second window does."""
    opened: list[SqlStorage] = []

    def open_again(patience: float = 0.2) -> SqlStorage:
        opened.append(open_storage(data, patience=patience, now=storing_now))
        return opened[-1]

    yield open_again
    for one in opened:
        one.close()
