"""One transaction per use case: all of it or nothing; nobody overwrites anybody."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from app.errors import ConflictError, EnvironmentProblem, UserError
from app.quote.stored import QuotationQuery, QuotationState
from db.engine import SqlStorage
from tests.db.conftest import PDF, TAKAHASHI, TODAY, TOTALS, content_for, issue

Window = Callable[..., SqlStorage]


def counts(storage: SqlStorage) -> tuple[int, int, bool]:
    """Customers, quotations, and whether there are papers."""
    with storage.look() as work:
        return len(work.customers.seqs()), work.quotations.count(), work.papers.any_issued()


def test_without_commit_nothing_was_done(storage: SqlStorage) -> None:
    with storage.work() as work:
        work.customers.add(TAKAHASHI)
        issue(work, work.quotations.add(content_for(), TOTALS, "田村"))
    assert counts(storage) == (0, 0, False)
    with storage.look() as work:
        assert list(work.quotations.seqs(QuotationQuery(words="髙橋"), TODAY)) == []
        assert work.customers.find("髙橋") == []
        assert work.audit.check() == []


def test_an_error_in_the_middle_undoes_everything(storage: SqlStorage) -> None:
    def fail() -> None:
        with storage.work() as work:
            issue(work, work.quotations.add(content_for(), TOTALS, "田村"))
            work.settings.save(work.settings.load())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert counts(storage) == (0, 0, False)
    with storage.work() as work:
        # The number was not used up: the next to be issued gets it.
        assert work.numbers.next("Q", "A1", TODAY) == "Q-A1-2611-0001"


def test_looking_can_not_write(storage: SqlStorage) -> None:
    with pytest.raises(DBAPIError, match="readonly"), storage.look() as work:
        work.customers.add(TAKAHASHI)
    with storage.work() as work:
        work.customers.add(TAKAHASHI)
        work.commit()
    assert counts(storage)[0] == 1


def test_a_look_sees_one_moment(storage: SqlStorage, window: Window) -> None:
    other = window()
    with storage.look() as work:
        assert work.quotations.count() == 0
        with other.work() as writing:
            writing.quotations.add(content_for(), TOTALS, "")
            writing.commit()
        assert work.quotations.count() == 0
    assert counts(storage)[1] == 1


def test_work_inside_work_is_a_bug_and_does_not_hang(storage: SqlStorage) -> None:
    with storage.work() as work:
        with pytest.raises(RuntimeError, match="already open"), storage.work():
            pass
        work.customers.add(TAKAHASHI)
        work.commit()
    assert counts(storage)[0] == 1


def test_looking_inside_work_sees_what_was_committed(storage: SqlStorage) -> None:
    with storage.work() as work:
        work.customers.add(TAKAHASHI)
        assert counts(storage)[0] == 0
        work.commit()
        assert counts(storage)[0] == 1


def test_a_second_window_waits_and_then_says_so(storage: SqlStorage, window: Window) -> None:
    other = window()
    with storage.work() as work:
        with pytest.raises(EnvironmentProblem) as refused, other.work():
            pass
        assert refused.value.code == "database-locked"
        assert counts(other) == (0, 0, False)  # reading goes on
        work.customers.add(TAKAHASHI)
        work.commit()
    assert counts(other)[0] == 1


def test_a_second_window_that_waits_long_enough_writes_too(storage: SqlStorage, window: Window) -> None:
    other = window(patience=120)
    wrote = threading.Event()

    def write() -> None:
        with other.work() as work:
            work.customers.add(TAKAHASHI)
            work.commit()
        wrote.set()

    with storage.work() as work:
        thread = threading.Thread(target=write)
        thread.start()
        work.customers.add(TAKAHASHI)
        work.commit()
    thread.join()
    assert wrote.is_set()
    assert counts(storage)[0] == 2


def test_of_two_windows_the_second_is_told_and_overwrites_nothing(
    storage: SqlStorage, window: Window
) -> None:
    other = window()
    with storage.work() as work:
        customer = work.customers.add(TAKAHASHI)
        quotation = work.quotations.add(content_for(), TOTALS, "田村")
        settings = work.settings.save(work.settings.load())
        work.commit()
    with other.work() as work:
        work.customers.save(customer.id, 1, msgspec.structs.replace(TAKAHASHI, phone="1"))
        work.quotations.save_draft(quotation.id, 1, content_for(title="先"), TOTALS)
        work.settings.save(settings)
        work.commit()
    attempts: tuple[Callable[..., object], ...] = (
        lambda work: work.customers.save(customer.id, 1, TAKAHASHI),
        lambda work: work.quotations.save_draft(quotation.id, 1, content_for(title="後"), TOTALS),
        lambda work: work.quotations.set_state(quotation.id, 1, QuotationState.WON),
        lambda work: work.quotations.delete_draft(quotation.id, 1),
        lambda work: issue(work, quotation),
        lambda work: work.settings.save(settings),
        lambda work: work.settings.save(msgspec.structs.replace(settings, version=0)),
    )
    for attempt in attempts:
        with pytest.raises(ConflictError) as refused, storage.work() as work:
            attempt(work)
        assert refused.value.code == "conflict"
        assert refused.value.problems[0].remedy
    with storage.look() as work:
        assert work.customers.get(customer.id).fields.phone == "1"
        assert work.quotations.get(quotation.id).content.title == "先"
        assert work.settings.load().version == 2


def test_what_is_gone_is_said(storage: SqlStorage) -> None:
    gone = "01900000-0000-7000-8000-000000000000"
    attempts: tuple[Callable[..., object], ...] = (
        lambda work: work.customers.get(gone),
        lambda work: work.customers.save(gone, 1, TAKAHASHI),
        lambda work: work.quotations.get(gone),
        lambda work: work.quotations.save_draft(gone, 1, content_for(), TOTALS),
        lambda work: work.papers.get(gone),
        lambda work: work.audit.erase(7, "", ""),
    )
    for attempt in attempts:
        with pytest.raises(UserError) as refused, storage.work() as work:
            attempt(work)
        assert refused.value.code == "not-found"


TRIGGERS = [
    "UPDATE papers SET total = 0",
    "DELETE FROM papers",
    "INSERT OR REPLACE INTO papers SELECT * FROM papers",
    "UPDATE paper_bytes SET pdf = x'00'",
    "DELETE FROM paper_bytes",
    "UPDATE quotation_revisions SET content = '{}'",
    "DELETE FROM quotation_revisions",
    "UPDATE audit SET what = 'x'",
    "DELETE FROM audit",
    "INSERT OR REPLACE INTO audit SELECT * FROM audit",
    "UPDATE audit_payloads SET payload = '{}'",
    "UPDATE audit_payloads SET salt = NULL",
    "DELETE FROM audit_payloads",
]


@pytest.mark.parametrize("statement", TRIGGERS)
def test_what_is_append_only_can_not_be_changed(storage: SqlStorage, statement: str) -> None:
    with storage.work() as work:
        _stored, _revision, paper = issue(work, work.quotations.add(content_for(), TOTALS, "田村"))
        work.commit()
    with pytest.raises(DBAPIError, match="append-only"), storage.work() as work:
        work.session.connection.exec_driver_sql(statement)
    with storage.look() as work:
        assert work.papers.get(paper.id) == paper
        assert work.audit.check() == []


def test_an_issued_quotation_can_not_be_deleted(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored, *_others = issue(work, work.quotations.add(content_for(), TOTALS, "田村"))
        with pytest.raises(UserError) as refused:
            work.quotations.delete_draft(stored.id, stored.version)
        assert refused.value.code == "already-issued"


def test_bytes_that_changed_on_the_disk_are_never_shown(storage: SqlStorage) -> None:
    with storage.work() as work:
        paper = work.papers.add("Q", "Q-A1-2611-0001", 1, "髙橋", TODAY, 1, PDF)
        work.session.connection.exec_driver_sql("DROP TRIGGER paper_bytes_no_update")
        work.session.connection.exec_driver_sql("UPDATE paper_bytes SET pdf = x'25'")
        with pytest.raises(EnvironmentProblem) as refused:
            work.papers.get(paper.id)
    assert refused.value.code == "paper-damaged"
    assert "Q-A1-2611-0001/1" in refused.value.what


def test_numbers_count_by_kind_desk_and_month(storage: SqlStorage) -> None:
    with storage.work() as work:
        given = [
            work.numbers.next(kind, desk, day)
            for kind, desk, day in (
                ("Q", "A1", TODAY),
                ("Q", "A1", date(2026, 11, 1)),
                ("Q", "B2", TODAY),
                ("E", "A1", TODAY),
                ("Q", "A1", date(2026, 12, 1)),
                ("Q", "A1", TODAY),
            )
        ]
        work.session.connection.exec_driver_sql("UPDATE numbers SET last = 9999")
        given.append(work.numbers.next("Q", "A1", TODAY))
    assert given == [
        "Q-A1-2611-0001",
        "Q-A1-2611-0002",
        "Q-B2-2611-0001",
        "E-A1-2611-0001",
        "Q-A1-2612-0001",
        "Q-A1-2611-0003",
        "Q-A1-2611-10000",
    ]


@pytest.mark.parametrize(("kind", "desk"), [("", "A1"), ("QQ", "A1"), ("Q", ""), ("Q", "a1"), ("Q", "A1234")])
def test_a_number_needs_a_kind_and_a_desk(storage: SqlStorage, kind: str, desk: str) -> None:
    with pytest.raises(ValueError, match="document number"), storage.work() as work:
        work.numbers.next(kind, desk, TODAY)


def test_a_number_is_never_on_two_papers(storage: SqlStorage) -> None:
    with storage.work() as work:
        work.papers.add("Q", "Q-A1-2611-0001", 1, "髙橋", TODAY, 1, PDF)
        with pytest.raises(DBAPIError):
            work.papers.add("Q", "Q-A1-2611-0001", 1, "髙橋", TODAY, 1, PDF)
