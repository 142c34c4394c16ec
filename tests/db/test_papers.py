"""The archive: what is issued stays as it was and is found again; what does not hold is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from app.contract.customer import CustomerFields
from app.errors import UserError
from app.papers.archived import Approval, PaperAbout, PaperQuery
from app.quote.stored import IssuedPaper
from db import paper_lists
from db.engine import SqlStorage
from db.work import SqlWork
from tests.db.conftest import PDF, TAKAHASHI, TODAY

NAMES = (TAKAHASHI.name, "髙橋鉄工", "青葉歯科医院", "𠮷野運輸")


def add(work: SqlWork, n: int, about: PaperAbout = PaperAbout(staff="田村")) -> IssuedPaper:  # noqa: B008
    """Paper ``n`` of a row: kinds, customers, days and amounts by turns."""
    kind = "BTQ"[n % 3]
    number = f"{kind}-A1-2611-{n:04d}"
    day, total = TODAY - timedelta(days=n // 2), n * 1_100 - 2_200
    return work.papers.add(kind, number, 1, NAMES[n % 4], day, total, PDF + b"%d" % n, about)


def test_what_somebody_looks_for_is_found_together(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with storage.work() as work:
        owner = work.customers.add(CustomerFields(name=NAMES[2], kana="アオバシカイイン", phone="06"))
        papers = [
            add(
                work,
                n,
                PaperAbout(customer_id=owner.id if n % 4 == 2 else "", subject_kind="bill", subject_id="b"),
            )
            for n in range(24)
        ]
        work.papers.void(papers[6].id, "田村", "誤り")
        work.commit()

    def found(**asked: object) -> list[int]:
        with storage.look() as work:
            query = PaperQuery(**asked)  # type: ignore[arg-type]
            seqs = work.papers.seqs(query)
            assert list(work.papers.seqs(query, 3)) == list(seqs[:3])
            assert [row.seq for row in work.papers.rows(seqs)] == list(seqs)
            return [seq - 1 for seq in seqs]

    asked: list[dict[str, object]] = [
        {},
        {"words": "高橋"},
        {"words": "あおば"},
        {"words": "B-A1-2611-0003"},
        {"words": "2611-001"},
        {"words": "高橋 0004"},
        {"words": "7", "sort": "number"},
        {"customer_id": owner.id, "sort": "total", "descending": False},
        {"kinds": ("B", "T"), "first": TODAY - timedelta(days=6), "last": TODAY - timedelta(days=2)},
        {"least": 0, "most": 9_000, "voided": False, "sort": "customer"},
        {"least": 4_400, "most": 4_400, "voided": True},
        {"words": "高橋", "least": 1_000, "kinds": ("Q",), "first": date(2026, 11, 10)},
        {"sort": "title", "descending": False, "voided": False},
        {"words": "ない"},
        {"words": "高橋", "sort": "customer"},
        {"words": "2611", "sort": "customer", "descending": False, "kinds": ("B",)},
    ]
    answers = [found(**one) for one in asked]
    assert sorted(answers[1]) == [n for n in range(24) if n % 4 < 2]
    assert sorted(answers[2]) == [2, 6, 10, 14, 18, 22]
    assert answers[3] == [3]
    assert sorted(answers[4]) == list(range(10, 20))
    assert answers[5] == [4]
    assert answers[6] == [7]
    assert answers[7] == [2, 6, 10, 14, 18, 22]
    assert sorted(answers[8]) == [n for n in range(4, 14) if n % 3 < 2]
    assert sorted(answers[9]) == [n for n in range(2, 11) if n != 6]
    assert answers[10] == [6]
    assert sorted(answers[11]) == [5, 8, 17, 20]
    assert answers[12][0] in range(2, 24, 3)
    assert answers[13] == []
    assert sorted(answers[14]) == sorted(answers[1])
    assert sorted(answers[15]) == list(range(0, 24, 3))
    monkeypatch.setattr(paper_lists, "_FEW", 1)  # as where there are many
    monkeypatch.setattr(paper_lists, "_STEP", 5)
    assert [found(**one) for one in asked] == answers
    monkeypatch.setattr(paper_lists, "_SAMPLE", 1)  # one name tells nothing of the others
    assert [found(**one) for one in asked] == answers
    with storage.look() as work:
        every = work.papers.sums(work.papers.seqs(PaperQuery()))
        some = work.papers.sums(work.papers.seqs(PaperQuery(kinds=("B",))))
    assert (every.count, every.voided, every.total) == (
        24,
        1,
        sum(n * 1_100 - 2_200 for n in range(24)) - 4_400,
    )
    assert (some.count, some.voided) == (8, 1)


def test_papers_of_a_merged_customer_are_found_by_the_one_that_stayed(storage: SqlStorage) -> None:
    with storage.work() as work:
        kept, gone = (work.customers.add(CustomerFields(name=name)) for name in NAMES[1:3])
        add(work, 1, PaperAbout(customer_id=kept.id))
        add(work, 2, PaperAbout(customer_id=gone.id))
        merge = work.customers.merge(kept.id, kept.version, gone.id, gone.version, "田村")
        of_kept = PaperQuery(customer_id=kept.id, descending=False)
        assert [row.customer for row in work.papers.rows(work.papers.seqs(of_kept))] == [NAMES[2], NAMES[1]]
        work.customers.undo_merge(merge.id)
        assert [row.customer for row in work.papers.rows(work.papers.seqs(of_kept))] == [NAMES[1]]


CHANGES = {
    "UPDATE paper_bytes SET pdf = x'2550' WHERE paper_id = :id": "bytes-changed",
    "DELETE FROM paper_bytes WHERE paper_id = :id": "bytes-missing",
    "UPDATE papers SET total = total + 1 WHERE id = :id": "facts-changed",
    "UPDATE papers SET customer = '別人' WHERE id = :id": "facts-changed",
    "UPDATE papers SET number = 'B-A1-2611-9999' WHERE id = :id": "chain-broken",
    "UPDATE papers SET issued_on = '2020-01-01' WHERE id = :id": "chain-broken",
    "DELETE FROM papers WHERE id = :id": "missing",
    "UPDATE papers SET erased_at = 1, salt = NULL WHERE id = :id": "erased-partly erased-unrecorded",
}


def test_whatever_was_changed_behind_its_back_is_found_and_named(storage: SqlStorage) -> None:
    for statement, codes in CHANGES.items():
        with storage.work() as work:  # never kept
            papers = [add(work, n) for n in range(3)]
            connection = work.session.connection
            assert list(work.papers.faults()) == []
            with pytest.raises(DBAPIError, match="append-only"):
                connection.exec_driver_sql(statement.replace(":id", f"'{papers[1].id}'"))
            for name in (
                "papers_no_update",
                "papers_no_delete",
                "paper_bytes_no_update",
                "paper_bytes_no_delete",
            ):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql(statement.replace(":id", f"'{papers[1].id}'"))
            faults = list(work.papers.faults())
            wrong = [fault for fault in faults if fault.paper_id in (papers[1].id, "")]
            assert [fault.code for fault in wrong] == codes.split(), statement
            if codes != "missing":
                assert wrong[0].number in wrong[0].what
                assert wrong[0].customer in wrong[0].what
                assert [one.code for one in work.papers.faults_of(papers[1].id)] == codes.split()
            assert len(work.papers.check()) == len(faults)


def test_the_last_paper_can_not_vanish_and_a_check_can_be_stopped(storage: SqlStorage) -> None:
    with storage.work() as work:
        last = [add(work, n) for n in range(120)][-1]
        heard: list[tuple[int, int]] = []
        assert list(work.papers.faults(lambda *at: bool(heard.append(at)))) == []
        assert heard == [(100, 120)]
        work.session.connection.exec_driver_sql("DROP TRIGGER papers_no_delete")
        work.session.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        work.session.connection.exec_driver_sql(f"DELETE FROM papers WHERE id = '{last.id}'")
        (fault,) = work.papers.faults()
        assert (fault.code, "120" in fault.what) == ("missing", True)


def test_a_voided_paper_can_not_count_again_unnoticed(storage: SqlStorage) -> None:
    with storage.work() as work:
        paper = add(work, 1)
        work.papers.void(paper.id, "田村", "誤り")
        work.audit.record("田村", "paper-voided", paper.id, {})
        assert list(work.papers.faults()) == []
        work.session.connection.exec_driver_sql("DROP TRIGGER paper_voids_no_delete")
        work.session.connection.exec_driver_sql("DELETE FROM paper_voids")
        (fault,) = work.papers.faults()
        assert (fault.code, fault.paper_id) == ("void-missing", paper.id)


def test_a_payload_goes_whole_and_the_chain_still_holds(storage: SqlStorage) -> None:
    with storage.work() as work:
        papers = [
            add(work, n, PaperAbout(subject_kind="bill", subject_id="b", staff="田村")) for n in range(3)
        ]
        gone = papers[1]
        work.papers.send(gone.id, "e-mail", "info@example.jp", "田村", "メモ")
        work.papers.erase(gone.id, "田村", "保存期間の満了")
        row = work.papers.row(gone.id)
        assert (row.erased, row.customer, row.subject_id, row.sha256) == (True, "", "", "")
        assert (row.number, row.total, row.title) == (gone.number, gone.total, "適格請求書")
        assert [(one.to, one.note) for one in work.papers.sends(gone.id)] == [("", "")]
        assert list(work.papers.seqs(PaperQuery(words="0001"))) == []
        assert work.papers.check() == work.papers.faults_of(gone.id) == work.audit.check() == []
        for act in (
            lambda: work.papers.get(gone.id),
            lambda: work.papers.erase(gone.id, "田村", "x"),
            lambda: work.papers.void(gone.id, "田村", "x"),
        ):
            with pytest.raises(UserError) as refused:
                act()
            assert refused.value.code == "paper-erased"


def test_what_happens_to_a_paper_later_stays_as_it_was_written(storage: SqlStorage) -> None:
    asked = Approval(
        id="", kind="B", title="請求書", customer="髙橋", subject_kind="bill", subject_id="b", request="",
        digest="d", total=1, state="asked", asked_by="田村", asked_at=storage._now(),
    )  # fmt: skip
    with storage.work() as work:
        paper = add(work, 1)
        work.papers.send(paper.id, "post", "総務部", "田村")
        work.papers.send(paper.id, "hand", "", "田村")
        assert work.papers.row(paper.id).sent == "hand"
        work.papers.void(paper.id, "田村", "誤り")
        with pytest.raises(UserError) as refused:
            work.papers.void(paper.id, "別所", "もう一度")
        assert refused.value.code == "already-voided"
        one = work.papers.ask(asked)
        work.papers.answer(one.id, "approved", "別所", "よし")
        with pytest.raises(UserError):
            work.papers.answer(one.id, "refused", "別所", "だめ")
        used = work.papers.answer(one.id, "used", "田村")
        assert (used.state, used.answered_by, used.why) == ("used", "別所", "よし")
        for statement in (
            "UPDATE paper_sends SET at = 1",
            "DELETE FROM paper_sends",
            "UPDATE paper_sends SET \"to\" = '', note = ''",
            "UPDATE paper_voids SET why = ''",
            "DELETE FROM paper_voids",
            "UPDATE paper_approvals SET state = 'asked'",
            "UPDATE paper_approvals SET customer = 'x'",
            "DELETE FROM paper_approvals",
        ):
            with pytest.raises(DBAPIError, match="append-only"):
                work.session.connection.exec_driver_sql(statement)
