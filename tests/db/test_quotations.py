"""Quotations: drafts, revisions, and the list with its states, filters and orders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from app.errors import UserError
from app.quote.content import QuotationContent, ServiceEntry, VisitEntry
from app.quote.stored import QuotationQuery, QuotationState, Totals
from db.bulk import BulkQuotation, insert_customers, insert_quotations
from db.engine import SqlStorage, create_storage
from db.ids import uuid7
from db.quotations import number_key
from tests.db.conftest import PDF, TAKAHASHI, TODAY, TOTALS, content_for, issue

DRAFT, ISSUED, WON, LOST, EXPIRED = (
    QuotationState.DRAFT,
    QuotationState.ISSUED,
    QuotationState.WON,
    QuotationState.LOST,
    QuotationState.EXPIRED,
)


def test_a_draft(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = work.quotations.add(content_for(), TOTALS, "田村 美咲", copied_from="another")
        work.commit()
    with storage.look() as work:
        assert work.quotations.get(stored.id) == stored
        assert work.quotations.revisions(stored.id) == []
        (row,) = work.quotations.rows([stored.seq], TODAY)
    assert (stored.state, stored.number, stored.revision, stored.version) == (DRAFT, "", 0, 1)
    assert (stored.dirty, stored.staff, stored.copied_from) == (True, "田村 美咲", "another")
    assert (stored.issued_on, stored.valid_until, stored.totals) == (None, None, TOTALS)
    assert (row.customer, row.kana, row.town, row.phone) == (
        TAKAHASHI.name,
        TAKAHASHI.kana,
        "東大阪市",
        TAKAHASHI.phone,
    )
    assert (row.title, row.services) == (TOTALS.title, TOTALS.services)
    assert (row.monthly_net, row.yearly_net, row.total, row.open_items) == (107_800, 3_600_000, 2_902_458, 2)
    assert (row.number, row.state, row.issued_on) == ("", DRAFT, None)


def test_a_draft_without_totals_shows_its_own_title(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = work.quotations.add(content_for(title="件名"), Totals(), "")
        assert work.quotations.rows([stored.seq], TODAY)[0].title == "件名"


def test_moments_are_exact_and_local(data: Path) -> None:
    moment = datetime(2026, 11, 20, 9, 30, 1, 234567, tzinfo=timezone(timedelta(hours=9)))
    storage = create_storage(data, "none", now=lambda: moment)
    with storage.work() as work:
        stored = work.quotations.add(content_for(), TOTALS, "")
        found = work.quotations.get(stored.id)
        naive = issue(work, stored)[1]
    assert found.created_at == found.updated_at == moment
    assert found.created_at.utcoffset() == moment.astimezone().utcoffset()
    assert naive.issued_at == datetime(2026, 11, 20, 3, 4, 5, 678901, tzinfo=UTC)
    storage.close()


def test_issuing_freezes_a_revision_and_keeps_the_one_before(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored, first, paper = issue(work, work.quotations.add(content_for(), TOTALS, ""))
        assert (stored.state, stored.number, stored.revision) == (ISSUED, "Q-A1-2611-0001", 1)
        assert (stored.dirty, stored.issued_on, stored.valid_until) == (False, TODAY, date(2026, 12, 4))
        assert stored.content == content_for()  # the day of issue stays open for the next revision

        stored = work.quotations.save_draft(stored.id, stored.version, content_for(title="改"), TOTALS)
        assert stored.dirty
        assert stored.state is ISSUED
        back = work.quotations.save_draft(stored.id, stored.version, content_for(), TOTALS)
        assert not back.dirty
        stored = work.quotations.save_draft(back.id, back.version, content_for(title="改"), TOTALS)
        stored, second, _paper = issue(work, stored, on=date(2026, 12, 1), until=date(2026, 12, 15))
        work.commit()
    with storage.look() as work:
        assert work.quotations.revisions(stored.id) == [first, second]
        assert work.quotations.get(stored.id) == stored
        assert work.papers.get(first.paper_id) == paper
        assert paper.pdf == PDF
    assert (stored.number, stored.revision, stored.dirty) == ("Q-A1-2611-0001", 2, False)
    assert (first.content.title, second.content.title) == ("", "改")


def test_a_revision_that_does_not_follow_is_a_bug(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored, revision, _paper = issue(work, work.quotations.add(content_for(), TOTALS, ""))
        wrong = (
            msgspec.structs.replace(revision, revision=1),
            msgspec.structs.replace(revision, revision=3),
            msgspec.structs.replace(revision, revision=2, number="Q-A1-2611-0002"),
            msgspec.structs.replace(revision, revision=2, quotation_id=uuid7()),
        )
        for one in wrong:
            with pytest.raises(ValueError, match="next revision"):
                work.quotations.issue(stored.id, stored.version, one, TOTALS)


def test_a_draft_can_be_deleted_and_its_seq_is_never_given_again(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = work.quotations.add(content_for(), TOTALS, "")
        work.quotations.delete_draft(stored.id, 1)
        assert work.quotations.count() == 0
        assert work.quotations.rows([stored.seq], TODAY) == []
        assert list(work.quotations.seqs(QuotationQuery(words="髙橋"), TODAY)) == []
        assert list(work.quotations.seqs(QuotationQuery(service="dokodemo"), TODAY)) == []
        assert work.quotations.add(content_for(), TOTALS, "").seq == stored.seq + 1


def test_a_customer_that_is_not_stored_is_said(storage: SqlStorage) -> None:
    stranger = content_for(customer_id=uuid7())
    with storage.work() as work:
        stored = work.quotations.add(content_for(), TOTALS, "")
        for attempt in (
            lambda: work.quotations.add(stranger, TOTALS, ""),
            lambda: work.quotations.save_draft(stored.id, 1, stranger, TOTALS),
        ):
            with pytest.raises(UserError) as refused:
                attempt()
            assert refused.value.code == "unknown-customer"
            assert refused.value.problems[0].field == "customer_id"


def test_states(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored, *_others = issue(work, work.quotations.add(content_for(), TOTALS, ""), until=TODAY)
        tomorrow = TODAY + timedelta(days=1)
        assert work.quotations.rows([stored.seq], TODAY)[0].state is ISSUED
        assert work.quotations.rows([stored.seq], tomorrow)[0].state is EXPIRED
        assert work.quotations.get(stored.id).state is ISSUED
        won = work.quotations.set_state(stored.id, stored.version, WON)
        assert work.quotations.rows([stored.seq], tomorrow)[0].state is WON
        with pytest.raises(ValueError, match="EXPIRED"):
            work.quotations.set_state(stored.id, won.version, EXPIRED)


STAFF = ("田村 美咲", "山本 一郎")


@pytest.fixture
def many(storage: SqlStorage) -> SqlStorage:
    """2,500 quotations: more than are sorted one by one."""
    ids = insert_customers(
        storage, [TAKAHASHI, msgspec.structs.replace(TAKAHASHI, name="鈴木", kana="スズキ")]
    )
    assert len(set(ids)) == 2
    start = datetime(2026, 1, 1, tzinfo=UTC)
    states = (DRAFT, ISSUED, WON, LOST)
    quotations = [
        BulkQuotation(
            content=QuotationContent(
                customer_id=ids[number % 2],
                customer=msgspec.structs.replace(TAKAHASHI, kana=f"タ{number * 7919 % 2500:04d}"),
                services=(ServiceEntry(service=("mdr", "osect", "dokodemo")[number % 3]),),
                visits=(VisitEntry(service="media"),) if number % 10 == 0 else (),
            ),
            totals=Totals(
                total=number * 613 % 2500,
                monthly_net=number * 617 % 2500,
                title=f"件{number * 619 % 2500:04d}",
            ),
            staff=STAFF[number % 5 == 0],
            state=states[number % 4],
            number=f"Q-A1-2611-{number:04d}" if number % 4 else "",
            updated_at=start + timedelta(minutes=number * 631 % 2500),
            issued_on=TODAY - timedelta(days=number % 50) if number % 4 else None,
            valid_until=TODAY + timedelta(days=number % 25 - 12) if number % 4 else None,
        )
        for number in range(2500)
    ]
    assert insert_quotations(storage, quotations) == 2500
    return storage


KEYS = {
    "number": lambda row: number_key(row.number),
    "customer": lambda row: row.kana,
    "title": lambda row: row.title,
    "monthly_net": lambda row: row.monthly_net,
    "total": lambda row: row.total,
    "issued_on": lambda row: row.issued_on or date.min,
    "valid_until": lambda row: row.valid_until or date.min,
    "updated_at": lambda row: row.updated_at,
    "state": lambda row: [DRAFT, ISSUED, EXPIRED, WON, LOST].index(row.state),
}

QUERIES = [
    QuotationQuery(),
    QuotationQuery(words="件00"),
    QuotationQuery(words="髙橋"),
    QuotationQuery(states=(ISSUED,)),
    QuotationQuery(states=(EXPIRED, DRAFT)),
    QuotationQuery(service="mdr", staff=STAFF[0]),
    QuotationQuery(service="media"),
    QuotationQuery(words="2611", states=(WON, LOST), service="osect", staff=STAFF[1]),
    QuotationQuery(service="nothing"),
    QuotationQuery(words="佐藤"),
]


def test_every_filter_in_every_order_agrees_with_a_plain_look_at_all_rows(many: SqlStorage) -> None:
    with many.look() as work:
        seqs = work.quotations.seqs(QuotationQuery(), TODAY)
        rows = work.quotations.rows(seqs, TODAY)
        assert [row.seq for row in rows] == list(seqs)
        contents = {row.seq: work.quotations.get(row.id).content for row in rows}
        by_seq = {row.seq: row for row in rows}
        backwards = list(reversed(seqs))
        assert [row.seq for row in work.quotations.rows(backwards, TODAY)] == backwards
        one = contents[rows[0].seq].customer_id or ""
        of_one = [QuotationQuery(customer_id=one), QuotationQuery(customer_id=one, states=(WON,))]
        for query in (*QUERIES, *of_one, QuotationQuery(customer_id="nobody")):
            services = {
                seq: {entry.service for entry in (*content.services, *content.visits)}
                for seq, content in contents.items()
            }
            wanted = {
                row.seq
                for row in rows
                if (not query.states or row.state in query.states)
                and (not query.staff or row.staff == query.staff)
                and (not query.customer_id or query.customer_id == contents[row.seq].customer_id)
                and (not query.service or query.service in services[row.seq])
                and (not query.words or query.words in f"{row.number}{row.customer}{row.title}")
            }
            for sort, key in KEYS.items():
                for descending in (False, True):
                    asked = msgspec.structs.replace(query, sort=sort, descending=descending)
                    found = work.quotations.seqs(asked, TODAY)
                    assert set(found) == wanted, asked
                    keys = [key(by_seq[seq]) for seq in found]
                    assert keys == sorted(keys, reverse=descending), asked
                    assert list(work.quotations.seqs(asked, TODAY, limit=7)) == list(found[:7]), asked


def test_an_unknown_order_is_a_bug(storage: SqlStorage) -> None:
    with storage.look() as work, pytest.raises(KeyError):
        work.quotations.seqs(QuotationQuery(sort="content"), TODAY)


def test_many_at_once_are_the_same_as_one_by_one(storage: SqlStorage) -> None:
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    content = content_for()
    insert_quotations(
        storage, [BulkQuotation(content=content, totals=TOTALS, staff="田村", updated_at=moment)]
    )
    with storage.work() as work:
        one = work.quotations.add(content, TOTALS, "田村")
        bulk = work.quotations.get(work.quotations.rows([1], TODAY)[0].id)
        assert msgspec.structs.replace(
            bulk, id=one.id, seq=one.seq, created_at=one.created_at, updated_at=one.updated_at
        ) == work.quotations.get(one.id)
        for words in ("髙橋", "新規", "東大阪"):
            assert sorted(work.quotations.seqs(QuotationQuery(words=words), TODAY)) == [1, 2]
        changed = work.quotations.save_draft(bulk.id, bulk.version, content_for(title="改"), TOTALS)
        assert changed.version == 2
    assert storage.check() == []


def test_many_at_once_leave_every_index(storage: SqlStorage) -> None:
    def indexes() -> set[str]:
        with storage.look() as work:
            found = work.session.connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            )
            return {" ".join(str(row[0]).split()) for row in found}

    before = indexes()
    assert len(before) > 15
    insert_customers(storage, [TAKAHASHI])
    insert_quotations(storage, [])
    assert indexes() == before


def test_identifiers_rise_and_say_when(storage: SqlStorage) -> None:
    made = [uuid7() for _number in range(10_000)]
    assert made == sorted(set(made))
    for one in (made[0], made[-1]):
        assert one[14] == "7"
        assert one[19] in "89ab"
        age = datetime.now(UTC) - datetime.fromtimestamp(int(one[:8] + one[9:13], 16) / 1000, UTC)
        assert abs(age) < timedelta(minutes=1)
