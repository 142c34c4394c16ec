"""Customers: details, doubles, merges that can be taken back; imports that can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from app.charge.stored import BillLine, Claim, Payment
from app.contract.beside import EquipmentFields
from app.contract.customer import CustomerContact, CustomerDetails, CustomerFields, CustomerSite
from app.contract.imported import Import
from app.contract.record import ContractQuery
from app.errors import ConflictError, UserError
from app.quote.stored import QuotationQuery
from db.engine import SqlStorage
from db.work import SqlWork
from tests.db import contracts, visits
from tests.db.conftest import TODAY, TOTALS, content_for, issue
from tests.db.contracts import MOMENT, SAKAI, add, begin, bill_for, close
from tests.db.make_fixture import DETAILS, SCAN, note_on, scan_of

TWIN = msgspec.structs.replace(SAKAI, name="堺臨海倉庫㈱", phone="072-000-0999")


def test_details_come_back_and_are_found(storage: SqlStorage) -> None:
    with storage.work() as work:
        customer = work.customers.add(SAKAI)
        assert work.customers.details(customer.id) == CustomerDetails()
        changed = work.customers.save_details(customer.id, 1, DETAILS)
        assert (changed.version, work.customers.details(customer.id)) == (2, DETAILS)
        for words in ("別所", "べっしょ", "072-000-0149", "9990001000123"):
            assert [row.id for row in work.customers.find(words)] == [customer.id], words
        work.customers.save(customer.id, 2, msgspec.structs.replace(SAKAI, note="別"))
        assert [row.id for row in work.customers.find("別所")] == [customer.id]
        less = CustomerDetails(sites=(CustomerSite(name="築港倉庫", address="堺市西区築港新町1"),))
        work.customers.save_details(customer.id, 3, less)
        assert work.customers.find("別所") == []
        assert [row.id for row in work.customers.find("築港新町")] == [customer.id]
        with pytest.raises(ConflictError):
            work.customers.save_details(customer.id, 3, DETAILS)


def test_doubles_are_known_by_their_details(storage: SqlStorage) -> None:
    with storage.work() as work:
        sakai = work.customers.add(SAKAI)
        work.customers.save_details(sakai.id, 1, DETAILS)
        other = work.customers.add(CustomerFields(name="別の会社", phone="03-0000-0001"))
        ask = work.customers.similar
        number = CustomerDetails(corporate_number=DETAILS.corporate_number)
        assert [row.id for row in ask(CustomerFields(name="x"), details=number)] == [sakai.id]
        contact = CustomerDetails(contacts=(CustomerContact(phone="03 0000 0001"),))
        assert [row.id for row in ask(CustomerFields(name="x"), details=contact)] == [other.id]
        assert [row.id for row in ask(CustomerFields(phone="(072)0000149"))] == [sakai.id]
        both = ask(CustomerFields(phone="03-0000-0001"), details=number)
        assert [row.id for row in both] == [sakai.id, other.id]


def owned(work: SqlWork, customer_id: str) -> dict[str, list[str]]:
    """What a customer has."""
    return {
        "contracts": [
            row.id
            for row in work.contracts.rows(
                work.contracts.seqs(ContractQuery(customer_id=customer_id, sort="number", descending=False))
            )
        ],
        "quotations": [
            row.id
            for row in work.quotations.rows(
                work.quotations.seqs(QuotationQuery(customer_id=customer_id), TODAY), TODAY
            )
        ],
        "notes": [note.id for note in work.beside.notes_of("customer", customer_id)],
        "scans": [scan.id for scan in work.beside.attachments_of("customer", customer_id)],
    }


def test_a_merge_hands_over_everything_and_gives_it_back(storage: SqlStorage) -> None:
    with storage.work() as work:
        kept, gone = work.customers.add(SAKAI), work.customers.add(TWIN)
        own, came = add(work, kept.id), add(work, gone.id)
        quotation = work.quotations.add(content_for(TWIN, customer_id=gone.id), TOTALS, "田村")
        quotation, *_rest = issue(work, quotation)
        work.beside.add_note(note_on("customer", gone.id))
        work.beside.add_note(note_on("contract", came.id))
        work.beside.attach(scan_of("customer", gone.id), SCAN)
        before = owned(work, kept.id), owned(work, gone.id)
        merge = work.customers.merge(kept.id, 1, gone.id, 1, "田村", "memo")
        assert merge.memo == "memo"
        assert owned(work, gone.id) == {"contracts": [], "quotations": [], "notes": [], "scans": []}
        assert owned(work, kept.id)["contracts"] == [own.id, came.id]
        assert [row.customer for row in work.contracts.rows([came.seq])] == [SAKAI.name]
        moved = work.quotations.get(quotation.id)
        assert (moved.content.customer_id, moved.content.customer) == (kept.id, TWIN)
        # Saved as it stands, the quotation says what its paper says and is no change of it.
        issued = work.quotations.revisions(quotation.id)[-1].content
        saved = work.quotations.save_draft(
            quotation.id, moved.version, msgspec.structs.replace(issued, customer_id=kept.id), TOTALS
        )
        assert not saved.dirty
        assert [row.id for row in work.customers.find("さかい")] == [kept.id]
        assert len(work.customers.seqs()) == len(work.customers.seqs(limit=9)) == 1
        assert work.customers.rows([kept.seq, gone.seq])[0].id == kept.id
        assert [row.id for row in work.customers.similar(TWIN)] == [kept.id]
        undone = work.customers.undo_merge(merge.id)
        assert work.customers.merges(kept.id) == work.customers.merges(gone.id) == [undone]
        assert (owned(work, kept.id), owned(work, gone.id)) == before
        assert [row.customer for row in work.contracts.rows([came.seq])] == [TWIN.name]
        assert [row.id for row in work.customers.find("072-000-0999")] == [gone.id]
        assert work.customers.get(gone.id).fields == TWIN
        assert storage_is_sound(work)


def storage_is_sound(work: SqlWork) -> bool:
    return not work.session.connection.exec_driver_sql("PRAGMA foreign_key_check").all()


def test_what_went_on_to_others_stays_there(storage: SqlStorage) -> None:
    with storage.work() as work:
        kept, gone, third = (work.customers.add(one) for one in (SAKAI, TWIN, SAKAI))
        came, went_on = add(work, gone.id), add(work, gone.id)
        merge = work.customers.merge(kept.id, 1, gone.id, 1, "田村")
        later = add(work, kept.id)
        stored = work.contracts.get(went_on.id)
        work.contracts.change(
            went_on.id, stored.version, contracts.standing(), customer_id=third.id, staff="田村"
        )
        work.customers.undo_merge(merge.id)
        assert owned(work, gone.id)["contracts"] == [came.id]
        assert owned(work, third.id)["contracts"] == [went_on.id]
        assert owned(work, kept.id)["contracts"] == [later.id]


def test_odd_merges_are_refused(storage: SqlStorage) -> None:
    with storage.work() as work:
        kept, gone, third = (work.customers.add(one) for one in (SAKAI, TWIN, SAKAI))
        merge = work.customers.merge(kept.id, 1, gone.id, 1, "田村")
        attempts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("same-customer", lambda: work.customers.merge(kept.id, 2, kept.id, 2, "")),
            ("customer-hidden", lambda: work.customers.merge(kept.id, 2, gone.id, 2, "")),
            ("customer-hidden", lambda: work.customers.merge(gone.id, 2, third.id, 1, "")),
            ("conflict", lambda: work.customers.merge(kept.id, 1, third.id, 1, "")),
            ("conflict", lambda: work.customers.merge(kept.id, 2, third.id, 9, "")),
            ("not-found", lambda: work.customers.merge(kept.id, 2, "x", 1, "")),
            ("not-found", lambda: work.customers.undo_merge("x")),
            ("unknown-customer", lambda: add(work, gone.id)),
        )
        for code, attempt in attempts:
            with pytest.raises(UserError) as refused:
                attempt()
            assert refused.value.code == code
        work.customers.undo_merge(merge.id)
        with pytest.raises(UserError) as refused:
            work.customers.undo_merge(merge.id)
        assert refused.value.code == "merge-undone"


# --- imports --------------------------------------------------------------------------------------


def brought_in(work: SqlWork) -> tuple[Import, contracts.StoredContract]:
    """An import of one customer with one contract."""
    made = work.imports.add(
        Import(id="", at=MOMENT, staff="田村", file_name="台帳.xlsx", sha256="ab", customers=1, contracts=1)
    )
    stored = add(work, work.customers.add(TWIN).id)
    work.imports.note_made(made.id, [("customer", stored.customer_id, 1), ("contract", stored.id, 1)])
    return made, stored


def test_an_import_is_taken_back_as_a_whole(storage: SqlStorage) -> None:
    with storage.work() as work:
        kept = add(work)
        made, stored = brought_in(work)
        assert work.imports.all() == [made]
        assert work.imports.made(made.id) == [("contract", stored.id, 1), ("customer", stored.customer_id, 1)]
        run = begin(work)
        work.bills.put_bills([bill_for(run, kept), bill_for(run, stored)])
        work.imports.undo(made.id)
        assert list(work.contracts.seqs(ContractQuery())) == [kept.seq]
        assert list(work.contracts.seqs(ContractQuery(words=TWIN.name))) == [kept.seq]
        assert [row.id for row in work.customers.find("堺臨海")] == [kept.customer_id]
        assert len(work.customers.seqs()) == 1
        assert [bill.contract_id for bill in work.bills.bills_of_run(run.id, 0, 9)] == [kept.id]
        assert work.contracts.get(stored.id).content == stored.content
        assert work.imports.all()[0].undone_at is not None
        with pytest.raises(UserError) as refused:
            work.imports.undo(made.id)
        assert refused.value.code == "import-undone"


USED: dict[str, Callable[[SqlWork, contracts.StoredContract], object]] = {
    "entry": lambda work, stored: contracts.record(work, stored, *contracts.ENTRIES),
    "customer": lambda work, stored: work.customers.save(stored.customer_id, 1, SAKAI),
    "note": lambda work, stored: work.beside.add_note(
        msgspec.structs.replace(note_on("contract", stored.id), at=MOMENT.replace(year=2027))
    ),
    "scan": lambda work, stored: work.beside.attach(
        msgspec.structs.replace(scan_of("customer", stored.customer_id), at=MOMENT.replace(year=2027)), SCAN
    ),
    "contract": lambda work, stored: add(work, stored.customer_id),
    "quotation": lambda work, stored: work.quotations.add(
        content_for(customer_id=stored.customer_id), TOTALS, ""
    ),
    "visit": lambda work, stored: visits.add(work, stored.customer_id),
    "visit by contract": lambda work, stored: visits.add(
        work, work.customers.add(SAKAI).id, contract_id=stored.id
    ),
    "bill": lambda work, stored: billed(work, stored),  # noqa: PLW0108 - it is defined below
    "money": lambda work, stored: work.bills.add_payments([paid_ahead(stored)]),
    "claim": lambda work, stored: work.bills.add_claim(claimed(stored)),
    "device": lambda work, stored: work.beside.add_equipment(stored.id, EquipmentFields(kind="gateway")),
}


def paid_ahead(stored: contracts.StoredContract) -> Payment:
    return Payment(
        id="", contract_id=stored.id, bill_id="", on=MOMENT.date(), amount=5_000, method="cash", receipt="r",
        staff="田村", at=MOMENT,
    )  # fmt: skip


def claimed(stored: contracts.StoredContract) -> Claim:
    lines = (BillLine(item="surcharge", name="割増金", amount=1_000),)
    return Claim(
        id="",
        contract_id=stored.id,
        kind="surcharge",
        cause="x",
        lines=lines,
        created_at=MOMENT,
        staff="田村",
    )


def billed(work: SqlWork, stored: contracts.StoredContract) -> None:
    run = begin(work)
    work.bills.put_bills([bill_for(run, stored)])
    close(work, run)


@pytest.mark.parametrize("use", USED)
def test_an_import_that_is_in_use_stays(storage: SqlStorage, use: str) -> None:
    with storage.work() as work:
        made, stored = brought_in(work)
        USED[use](work, stored)
        with pytest.raises(UserError) as refused:
            work.imports.undo(made.id)
        (problem,) = refused.value.problems
        assert problem.code == "import-changed"
        named = SAKAI.name if use == "customer" else TWIN.name
        assert (stored.number in problem.what) or (named in problem.what)
        assert work.contracts.rows([stored.seq])
