"""Keep a small database of the newest migration, for the tests of all later ones.

    python -m tests.db.make_fixture

Run once for each new migration; a fixture that is there is never made again.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.contract.customer import CustomerFields
from app.papers.issuer import Company, Settings, Staff
from app.quote.stored import QuotationQuery, QuotationState
from db.customers import columns_of
from db.engine import SqlStorage, create_storage
from db.tables import NEWEST, customers
from tests.db.conftest import PDF, TAKAHASHI, TODAY, TOTALS, content_for, issue

FIXTURES = Path(__file__).parent / "fixtures"

YOSHINO = CustomerFields(name="𠮷野 花子", kana="ヨシノ ハナコ", kind="sole-trader", phone="0743000011")
SETTINGS = Settings(
    company=Company(name="株式会社ことのは通信", registration="T9990001000123"),
    desk_name="本町窓口",
    desk_code="A1",
    staff=(Staff(id="1", name="田村 美咲"),),
    current_staff="1",
    has_seal=True,
)


def ticking() -> Iterator[datetime]:
    """A clock that gains a minute whenever somebody looks."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    while True:
        yield now
        now += timedelta(minutes=1)


def fill(storage: SqlStorage) -> None:
    """Something in every table."""
    with storage.work() as work:
        work.settings.save(SETTINGS)
        work.settings.save_image("seal", b"\x89PNG seal")
        customer = work.customers.add(TAKAHASHI)
        work.customers.add(msgspec.structs.replace(YOSHINO, name="吉野"))
        other = work.customers.find("吉野")[0]
        work.customers.save(other.id, 1, YOSHINO)
        work.audit.record("田村 美咲", "customer-changed", other.id, {"fields": ["name"]})
        work.quotations.add(content_for(YOSHINO, customer_id=other.id, title="下書き"), TOTALS, "田村 美咲")
        stored = work.quotations.add(content_for(customer_id=customer.id), TOTALS, "田村 美咲")
        stored, *_first = issue(work, stored)
        content = content_for(customer_id=customer.id, title="第2版")
        stored = work.quotations.save_draft(stored.id, stored.version, content, TOTALS)
        stored, *_second = issue(work, stored)
        work.quotations.set_state(stored.id, stored.version, QuotationState.WON)
        work.audit.erase(1, "田村 美咲", "試験")
        work.commit()


def expect(storage: SqlStorage) -> None:
    """All that ``fill`` stored is there, whatever has been migrated since."""
    assert storage.check() == []
    with storage.look() as work:
        assert work.settings.load() == msgspec.structs.replace(SETTINGS, version=1)
        assert work.settings.image("seal") == b"\x89PNG seal"
        assert [row.name for row in work.customers.find("吉野")] == [YOSHINO.name]
        won, draft = work.quotations.rows(work.quotations.seqs(QuotationQuery(sort="state"), TODAY), TODAY)
        assert (draft.state, draft.title) == (QuotationState.DRAFT, TOTALS.title)
        assert (won.state, won.number, won.revision) == (QuotationState.WON, "Q-A1-2611-0001", 2)
        stored = work.quotations.get(won.id)
        customer = work.customers.get(stored.content.customer_id or "")
        assert customer.fields == TAKAHASHI
        keys = work.session.connection.execute(sa.select(customers).where(customers.c.id == customer.id))
        assert columns_of(TAKAHASHI).items() <= dict(keys.mappings().one()).items()
        revisions = work.quotations.revisions(won.id)
        assert [revision.content.title for revision in revisions] == ["", "第2版"]
        assert [work.papers.get(revision.paper_id).pdf for revision in revisions] == [PDF, PDF]
        found = list(work.quotations.seqs(QuotationQuery(words="髙橋 2611"), TODAY))
        assert found == [won.seq]
    with storage.work() as work:
        assert work.numbers.next("Q", "A1", TODAY) == "Q-A1-2611-0002"


def make() -> Path:
    """Make the fixture of the newest migration."""
    folder = FIXTURES / NEWEST
    if folder.exists():
        sys.exit(f"{folder} is there already")
    clock = ticking()
    storage = create_storage(folder, "none", now=lambda: next(clock))
    try:
        fill(storage)
        expect(storage)
    except BaseException:
        storage.close()
        shutil.rmtree(folder)
        raise
    with storage._engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("VACUUM")
    storage.close()
    return folder


if __name__ == "__main__":
    sys.stdout.write(f"{make()}\n")
