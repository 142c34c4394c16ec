"""The audit as it is sought, exported and checked, on a real desk."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.contract.customer import CustomerDetails, CustomerFields
from app.usecases.audit_entries import AuditCheck, AuditQuery
from app.usecases.audit_words import verbs_of
from app.usecases.desk import Desk
from app.usecases.export_audit import export_audit
from app.usecases.keep_customer import change_customer, register_customer
from app.usecases.keep_settings import save_settings
from app.usecases.verify_audit import verify_part
from tests.desks import NOW, new_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk where two members of staff did something."""
    made = new_desk(tmp_path_factory.mktemp("audit"))
    customer = register_customer(
        made, CustomerFields(name="株式会社青空", kana="アオゾラ", phone="03-0000-1111")
    )
    change_customer(made, customer.id, customer.version, replace(customer.fields, phone="03-0000-2222"))
    settings = made.settings()
    company = replace(settings.company, phone="06-0000-3333")
    save_settings(made, replace(settings, company=company, readings=settings.readings))
    with made.storage.work() as work:
        work.audit.record("佐伯 涼", "signed-in", "saeki", {"staff": "=saeki"})
        work.commit()
    yield made
    made.storage.close()


def test_links_are_sought_by_day_name_verb_subject_and_words(desk: Desk) -> None:
    with desk.storage.look() as work:
        audit = work.audit
        whole = audit.seqs(AuditQuery())
        assert list(whole) == sorted(whole, reverse=True)
        assert len(audit.seqs(AuditQuery(first=NOW.date(), last=NOW.date()))) == len(whole)
        assert not audit.seqs(AuditQuery(first=NOW.date() + timedelta(days=1)))
        assert not audit.seqs(AuditQuery(last=date(2026, 11, 19)))
        rows = audit.rows(audit.seqs(AuditQuery(who=("佐伯 涼",))))
        assert [one.entry.what for one in rows] == ["signed-in"]
        customers = audit.rows(audit.seqs(AuditQuery(verbs=verbs_of("customers"))))
        assert {(one.kind, one.about) for one in customers} == {("customer", "株式会社青空")}
        found = audit.rows(audit.seqs(AuditQuery(words="03-0000-2222")))
        assert [one.entry.what for one in found] == ["customer-changed"]
        subject = found[0].entry.subject
        assert len(audit.seqs(AuditQuery(subject=subject))) == 2
        newest = audit.entries(AuditQuery(), limit=2)
        assert [one.seq for one in newest] == list(whole[:2])
        assert [one.seq for one in audit.entries(AuditQuery(), newest[-1].seq, 1)] == [whole[2]]
        assert len(audit.seqs(AuditQuery(), 2)) == 2


def test_what_changed_is_told_before_and_after(desk: Desk) -> None:
    with desk.storage.look() as work:
        (customer,) = work.audit.entries(AuditQuery(verbs=("customer-changed",)))
        settings, *_first = work.audit.entries(AuditQuery(verbs=("settings-changed",)))
    assert customer.detail["changes"] == {"phone": ["03-0000-1111", "03-0000-2222"]}
    assert settings.detail["changes"] == {"company.phone": ["", "06-0000-3333"]}


def test_the_export_is_harmless_and_recorded(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "操作の記録.csv"
    count = export_audit(desk, AuditQuery(verbs=("signed-in", "customer-registered")), path)
    assert count == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, newest, first = csv.reader(file)
    assert head[:5] == ["番号", "日時", "担当", "分類", "操作"]
    assert newest[2:5] == ["佐伯 涼", "担当者・鍵・画面", "画面を使い始め"]
    assert newest[6] == "担当者：=saeki"
    assert first[5] == "株式会社青空"
    with desk.storage.look() as work:
        assert work.audit.recent(1)[0].what == "audit-exported"


def test_the_chain_is_checked_in_parts_with_the_same_result(desk: Desk) -> None:
    with desk.storage.look() as work:
        place, parts = AuditCheck(), 0
        while not place.ended:
            place = work.audit.check_some(place, 2)
            parts += 1
        assert work.audit.check() == []
        assert place.faults == ()
        assert place.seq == place.last == len(work.audit.seqs(AuditQuery()))
    assert parts > 2
    done = verify_part(desk, AuditCheck())
    assert done.ended
    with desk.storage.look() as work:
        assert work.audit.recent(1)[0].detail == {"links": done.seq, "faults": []}


def test_erased_entries_still_stand_in_the_list(desk: Desk) -> None:
    with desk.storage.work() as work:
        seq = work.audit.seqs(AuditQuery(verbs=("customer-registered",)))[0]
        work.audit.erase(seq, "田村 美咲", "保存期限")  # type: ignore[attr-defined]
        work.commit()
    with desk.storage.look() as work:
        (row,) = work.audit.rows([seq])
        assert row.entry.erased
        assert row.entry.who == ""
        assert work.audit.check() == []


def test_details_of_customers_are_told_too(desk: Desk) -> None:
    from app.usecases.differences import differences

    was, now = CustomerDetails(), CustomerDetails(corporate_number="9990001000123")
    assert differences(was, now) == {"corporate_number": [was.corporate_number, "9990001000123"]}
    assert differences({"a": "x" * 400}, {"a": []}) == {"a": ["x" * 300 + "…", []]}
    one = {"staff": [{"id": "t", "name": "田村"}, {"id": "s", "name": "佐伯"}]}
    other = {"staff": [{"id": "t", "name": "田村 美咲"}]}
    assert differences(one, other) == {
        "staff.田村 美咲.name": ["田村", "田村 美咲"],
        "staff.佐伯": [{"id": "s", "name": "佐伯"}, None],
    }
