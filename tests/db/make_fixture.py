"""Keep a small database of the newest migration, for the tests of all later ones.

    python -m tests.db.make_fixture

Run once for each new migration; a fixture that is there is never made again.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from app.charge.stored import RunState
from app.contract.beside import Attachment, CallNote, EquipmentFields, Subject
from app.contract.customer import CustomerContact, CustomerDetails, CustomerFields
from app.contract.imported import Import
from app.contract.record import ContractQuery
from app.papers.archived import Approval, PaperAbout, PaperQuery
from app.papers.issuer import Company, Settings, Staff
from app.quote.stored import QuotationQuery, QuotationState
from app.visit.carried import Carried
from app.visit.order import Leave, VisitQuery
from app.visit.work import VisitContract
from db.customers import columns_of
from db.engine import SqlStorage, create_storage
from db.staff_tables import accounts, typed
from db.tables import NEWEST, customers
from db.work import SqlWork
from tests.db import contracts, visits
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


SCAN = b"%PDF-1.7 a scan"
DETAILS = CustomerDetails(
    corporate_number="9990001000123",
    contacts=(CustomerContact(name="別所 太郎", kana="ベッショ タロウ", phone="072-000-0149"),),
)


def subjects(contract_id: str, customer_id: str) -> tuple[tuple[Subject, str], ...]:
    """What scans belong to."""
    return ("contract", contract_id), ("customer", customer_id)


def note_on(subject: Subject, subject_id: str, **others: Any) -> CallNote:
    """A call note with a next step."""
    fields: dict[str, Any] = {"text": "電話", "next_step": "折り返す", "due_on": date(2026, 11, 24), **others}
    return CallNote(
        id="", version=0, subject=subject, subject_id=subject_id, at=contracts.MOMENT, staff="田村", **fields
    )


def scan_of(subject: Subject, subject_id: str, name: str = "申込書.pdf") -> Attachment:
    """A scan, before it is stored."""
    return Attachment(
        id="",
        subject=subject,
        subject_id=subject_id,
        name=name,
        media_type="application/pdf",
        size=0,
        sha256="",
        at=contracts.MOMENT,
        staff="田村",
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
        fill_contracts(work)
        fill_visits(work)
        fill_papers(work, customer.id)
        fill_erased(work)
        work.commit()


def fill_contracts(work: SqlWork) -> None:
    """Something in every table that came with contracts (0003)."""
    sakai = work.customers.add(contracts.SAKAI)
    work.customers.save_details(sakai.id, sakai.version, DETAILS)
    first = contracts.add(work, sakai.id, line_number="FL-0123 45")
    first = contracts.record(work, first, *contracts.ENTRIES)
    second = contracts.add(work, sakai.id, service="mdr")
    work.beside.add_equipment(first.id, EquipmentFields(kind="gateway", serial="AB-0012", note="棚の上"))
    work.beside.add_note(note_on("contract", first.id, text="折り返しの電話"))
    for subject, subject_id in subjects(first.id, sakai.id):
        work.beside.attach(scan_of(subject, subject_id), SCAN)
    closed = contracts.begin(work, "2026-10")
    bill = contracts.bill_for(closed, first)
    work.bills.put_bills([bill, contracts.bill_for(closed, second, 0)])
    work.bills.put_claims({work.bills.add_claim(contracts.claim_for(first)).id: bill.id})
    contracts.close(work, closed)
    work.bills.add_payments([contracts.payment_of(bill, 60)])
    work.bills.put_bills([contracts.bill_for(contracts.begin(work, "2026-11"), first, 220)])
    work.bills.add_claim(contracts.claim_for(first, "visit-2"))
    twin = work.customers.add(msgspec.structs.replace(contracts.SAKAI, name="堺臨海倉庫㈱"))
    work.beside.add_note(note_on("customer", twin.id, text="同じ会社"))
    work.customers.merge(sakai.id, 2, twin.id, 1, "田村 美咲", "memo")
    brought = work.imports.add(
        Import(id="", at=contracts.MOMENT, staff="田村", file_name="台帳.xlsx", sha256="cd" * 32, contracts=1)
    )
    third = contracts.add(work, sakai.id, service="osect")
    work.imports.note_made(brought.id, [("contract", third.id, 1)])
    work.imports.undo(brought.id)


def fill_visits(work: SqlWork) -> None:
    """Something in every table that came with visits (0004)."""
    sakai = work.customers.find("さかい")[0].id
    contract = work.contracts.rows(work.contracts.seqs(ContractQuery(words="さかい", sort="number")))[0]
    known = visits.technician(
        work, leaves=(Leave(first=TODAY, last=TODAY, why="研修"),), skills=("os-update",)
    )
    free = msgspec.structs.replace(visits.FIGURES, free_on=visits.DAY)
    first = visits.add(work, sakai, contract_id=contract.id, figures=free)
    first = visits.book(work, first, visits.span(), technicians=(known.id,))
    work.visits.change(first.id, first.version, events=visits.EVENTS)
    second = visits.add(work, sakai, 2)
    work.visits.put_carried(
        second.id,
        Carried(
            way="out", at=visits.AT, home_version=1, base=second, contract=VisitContract(gateways={10: 1})
        ),
    )
    work.visits.note_file(second.id, "out", "田村")


ASKED = Approval(
    id="",
    kind="B",
    title="請求書",
    customer=TAKAHASHI.name,
    subject_kind="bill",
    subject_id="bill-1",
    request="{}",
    digest="ab" * 32,
    total=-550,
    state="asked",
    asked_by="田村 美咲",
    asked_at=contracts.MOMENT,
)


def fill_papers(work: SqlWork, customer_id: str) -> None:
    """Something in every table that came with the archive and the staff's accounts (0005)."""
    about = PaperAbout(customer_id=customer_id, subject_kind="bill", subject_id="bill-1", staff="田村 美咲")
    kept, voided, erased = (
        work.papers.add("B", f"B-A1-2611-000{n}", 1, TAKAHASHI.name, TODAY, n * 110, PDF, about)
        for n in (1, 2, 3)
    )
    work.papers.send(kept.id, "post", "総務部", "田村 美咲", "速達")
    work.papers.void(voided.id, "田村 美咲", "宛名の誤り")
    work.papers.send(erased.id, "e-mail", "info@takahashi.example.jp", "田村 美咲")
    work.papers.erase(erased.id, "田村 美咲", "保存期間の満了")
    work.papers.answer(work.papers.ask(ASKED).id, "approved", "別所", "確認済み")
    work.papers.ask(msgspec.structs.replace(ASKED, digest="cd" * 32))
    connection, at = work.session.connection, contracts.MOMENT
    account = {"staff_id": "1", "role": "manager", "pin": "", "failures": 1, "changed_at": at}
    connection.execute(accounts.insert(), account)
    half = {"place": "quotation", "subject": "1", "window": "w", "at": at, "content": "{}"}
    connection.execute(typed.insert(), half)


def fill_erased(work: SqlWork) -> None:
    """Somebody whose data were erased (0006)."""
    gone = work.customers.add(msgspec.structs.replace(TAKAHASHI, name="去リ人商店", phone="0743000099"))
    work.beside.add_note(note_on("customer", gone.id, text="去リ人の電話"))
    work.beside.attach(scan_of("customer", gone.id), SCAN)
    work.audit.record("田村 美咲", "customer-changed", gone.id, {"name": "去リ人商店"})
    assert work.erasures.erase(gone.id, "田村 美咲", "本人の求め") == 1


def expect_erased(storage: SqlStorage) -> None:
    """What ``fill_erased`` left."""
    with storage.look() as work:
        rows = work.session.connection.execute(
            sa.select(customers.c.name, customers.c.phone).where(customers.c.hidden.like("erased:%"))
        )
        assert [tuple(row) for row in rows] == [("消去済み", "")]
        assert work.customers.find("去リ人") == []


def expect_papers(storage: SqlStorage) -> None:
    """What ``fill_papers`` stored."""
    with storage.look() as work:
        rows = work.papers.about("bill", "bill-1")
        assert [(row.number, row.sent, row.voided) for row in rows] == [
            ("B-A1-2611-0001", "post", ""),
            ("B-A1-2611-0002", "", "宛名の誤り"),
        ]
        assert work.papers.get(rows[0].id).pdf == PDF
        (gone,) = (row for row in work.papers.rows([5]))
        assert (gone.number, gone.erased, gone.customer, gone.sha256) == ("B-A1-2611-0003", True, "", "")
        assert [one.to for one in work.papers.sends(gone.id)] == [""]
        assert [one.state for one in work.papers.approvals("bill-1")] == ["asked", "approved"]
        connection = work.session.connection
        assert connection.scalar(sa.select(accounts.c.role)) == "manager"
        assert connection.scalar(sa.select(typed.c.content)) == "{}"


def expect(storage: SqlStorage, made_by: str = NEWEST) -> None:
    """All that ``fill`` stored is there, whatever has been migrated since. ``made_by``: the migration the
    database was kept of; what later tables hold was never in it.
    """
    assert storage.check() == []
    if made_by >= "0003":
        expect_contracts(storage)
    if made_by >= "0004":
        expect_visits(storage)
    if made_by >= "0005":
        expect_papers(storage)
    if made_by >= "0006":
        expect_erased(storage)
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
        papers = work.papers.about("quotation", won.id) or work.papers.rows(
            work.papers.seqs(PaperQuery(words="タカハシ 0001", kinds=("Q",), descending=False))
        )
        assert [(row.revision, row.title) for row in papers] == [(1, "見積書"), (2, "見積書")]
        found = list(work.quotations.seqs(QuotationQuery(words="髙橋 2611"), TODAY))
        assert found == [won.seq]
    with storage.work() as work:
        assert work.numbers.next("Q", "A1", TODAY) == "Q-A1-2611-0002"


def expect_contracts(storage: SqlStorage) -> None:
    """What ``fill_contracts`` stored."""
    with storage.look() as work:
        assert [row.name for row in work.customers.find("さかい")] == [contracts.SAKAI.name]
        (sakai,) = work.customers.find("別所")
        assert work.customers.details(sakai.id) == DETAILS
        (merge,) = work.customers.merges(sakai.id)
        assert (merge.kept, merge.memo) == (sakai.id, "memo")
        assert [note.text for note in work.beside.notes_of("customer", sakai.id)] == ["同じ会社"]
        seqs = work.contracts.seqs(ContractQuery(words="さかい", sort="number", descending=False))
        first, second = work.contracts.rows(seqs)
        assert (first.number, second.service) == ("C-A1-2611-0001", "mdr")
        stored = work.contracts.get(first.id)
        assert stored.content == contracts.content()
        assert [one.entry for one in stored.entries] == [
            msgspec.structs.replace(entry, id=one.entry.id)
            for entry, one in zip(contracts.ENTRIES, stored.entries, strict=True)
        ]
        assert [one.number for one in work.contracts.on_line("dokodemo", "ＦＬ０１２３４５")] == [
            first.number
        ]
        assert work.contracts.last_receipt("dokodemo") == 7
        assert len(work.contracts.deadlines(None, date(2028, 1, 31))) == 2
        (device,) = work.beside.with_serial("ab0012")
        assert (device.contract_id, device.fields.note) == (first.id, "棚の上")
        for subject, subject_id in subjects(first.id, sakai.id):
            (scan,) = work.beside.attachments_of(subject, subject_id)
            assert work.beside.attached(scan.id) == SCAN
        closed, opened = work.bills.run("2026-10"), work.bills.run("2026-11")
        assert closed is not None
        assert opened is not None
        assert (closed.state, closed.number, opened.state) == (
            RunState.CLOSED,
            "M-A1-2612-0001",
            RunState.RUNNING,
        )
        assert [row.total for row in work.bills.rows_of_contract(first.id)] == [110, 220]
        assert [one.open for one in work.bills.receivables(date(2027, 1, 1), overdue_only=True)] == [50]
        assert [one.cause for one in work.bills.waiting([first.id])[first.id]] == ["visit-2"]
        assert work.bills.closed_versions([first.id, second.id]) == {first.id: 2, second.id: 1}
        (brought,) = work.imports.all()
        assert brought.undone_at is not None


def expect_visits(storage: SqlStorage) -> None:
    """What ``fill_visits`` stored."""
    with storage.look() as work:
        (known,) = work.technicians.all()
        assert (known.fields.name, known.fields.leaves[0].why) == ("大西 航", "研修")
        (row,) = work.visits.rows_between(visits.DAY, visits.DAY)
        first = work.visits.get(row.id)
        assert first.events[2:] == visits.EVENTS
        assert first.content == visits.content(
            contract_id=row.contract_id, spans=(visits.span(),), technicians=(known.id,)
        )
        assert work.visits.free_days(row.contract_id) == (visits.DAY,)
        assert list(work.visits.calendar(visits.DAY, visits.DAY)) == [known.id]
        (waits,) = work.visits.rows(work.visits.seqs(VisitQuery(words="さかい 0002")))
        assert [one.id for one in work.visits.waiting()] == [waits.id]
        out = work.visits.carried([waits.id])[waits.id]
        assert out.base == work.visits.get(waits.id)
        assert out.contract.gateways == {10: 1}
        assert work.visits.knows_file(waits.id)


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
