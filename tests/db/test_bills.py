"""Runs, bills, claims and payments: nothing closed ever changes, nothing is claimed twice, what is open is
known.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from app.charge.stored import RunState
from app.errors import ConflictError, UserError
from db.engine import SqlStorage
from db.work import SqlWork
from tests.db import contracts
from tests.db.contracts import DUE, add, begin, bill_for, claim_for, close, payment_of, record

LATE = DUE + timedelta(days=9)


def test_a_run_comes_back_and_counts_its_versions(storage: SqlStorage) -> None:
    with storage.work() as work:
        assert work.bills.run("2026-11") is None
        run = begin(work)
        assert run.version == 1
        with pytest.raises(ConflictError):
            begin(work)
        saved = work.bills.save_run(msgspec.structs.replace(run, state=RunState.OPEN, done_seq=7, net=500))
        assert work.bills.run("2026-11") == saved
        with pytest.raises(ConflictError):
            work.bills.save_run(run)
        closed = close(work, saved)
        assert work.bills.run("2026-11") == closed
        assert (closed.version, closed.readings) == (3, {"mdr:tax": "monthly"})
        other = begin(work, "2026-12")
        assert work.bills.runs() == [other, closed]


def test_bills_come_back_in_the_order_of_contracts_and_are_replaced(storage: SqlStorage) -> None:
    with storage.work() as work:
        one, two, three = (add(work) for _turn in range(3))
        run = begin(work)
        bills = [
            bill_for(run, three),
            bill_for(run, one, refused="no-start", content=contracts.BillContent()),
        ]
        work.bills.put_bills([*bills, bill_for(run, two, 0)])
        assert work.bills.bills_of_run(run.id, 0, 9) == [bills[1], bills[0]]
        assert work.bills.bills_of_run(run.id, one.seq, 9) == [bills[0]]
        assert work.bills.bill_of(two.id, "2026-11") is None  # nothing to charge is no bill
        assert work.bills.bill_of(three.id, "2026-11") == work.bills.bill(bills[0].id) == bills[0]
        again = bill_for(run, three, 999, id="again")
        work.bills.put_bills([again])
        assert work.bills.bill_of(three.id, "2026-11") == again
        assert list(work.bills.seqs_of_run(run.id)) == [one.seq, three.seq]  # the refused one first
        assert list(work.bills.seqs_of_run(run.id, "", "total", True)) == [three.seq, one.seq]
        assert list(work.bills.seqs_of_run(run.id, "", "number", True)) == [three.seq, one.seq]
        assert list(work.bills.seqs_of_run(run.id, three.number)) == [three.seq]
        assert list(work.bills.seqs_of_run(run.id, "だれもいない", "customer")) == []
        rows = work.bills.rows_at(run.id, [three.seq, two.seq, one.seq])
        assert [(row.seq, row.total, row.refused) for row in rows] == [
            (three.seq, 999, ""),
            (one.seq, 110, "no-start"),
        ]
        assert [row.seq for row in work.bills.rows_of_run(run.id, "", 1, 5)] == [three.seq]
        assert [row.seq for row in work.bills.rows_of_run(run.id, "さかい", 0, 5)] == [one.seq, three.seq]
        with pytest.raises(UserError) as refused:
            work.bills.bill(bills[0].id)
        assert refused.value.code == "not-found"


def test_what_changed_since_a_run_is_stale_until_worked_out_again(storage: SqlStorage) -> None:
    with storage.work() as work:
        billed, blank = add(work), add(work)
        run = begin(work)
        work.bills.put_bills([bill_for(run, billed), bill_for(run, blank, 0)])
        assert work.bills.stale(run.id, 9) == []
        billed, blank, new = record(work, billed), record(work, blank), add(work)
        assert work.bills.stale(run.id, 9) == [billed.id, blank.id, new.id]
        assert work.bills.stale(run.id, 2) == [billed.id, blank.id]
        work.bills.put_bills([bill_for(run, billed, 0), bill_for(run, blank, id="now"), bill_for(run, new)])
        assert work.bills.stale(run.id, 9) == []
        work.contracts.hide(new.id, 1, "import:1")
        assert work.bills.stale(run.id, 9) == []
        assert [bill.contract_id for bill in work.bills.bills_of_run(run.id, 0, 9)] == [blank.id]


def test_a_claim_makes_its_contract_stale_and_so_does_its_end(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = add(work)
        run = begin(work)
        work.bills.put_bills([bill_for(run, stored)])
        claim = work.bills.add_claim(claim_for(stored))
        assert work.bills.stale(run.id, 9) == [stored.id]
        work.bills.put_bills([bill_for(run, stored, id="with")])
        work.bills.put_claims({claim.id: "with"})
        assert work.bills.stale(run.id, 9) == []
        assert work.bills.waiting([stored.id]) == {
            stored.id: [msgspec.structs.replace(claim, bill_id="with")]
        }
        work.bills.withdraw_claim(claim.id, "誤り")
        assert work.bills.stale(run.id, 9) == [stored.id]
        assert work.bills.waiting([stored.id]) == {}
        work.bills.put_bills([bill_for(run, stored, id="without")])
        assert work.bills.stale(run.id, 9) == []
        assert [(one.withdrawn, one.bill_id) for one in work.bills.claims_of(stored.id)] == [("誤り", "")]


def test_nothing_is_claimed_twice(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored, other = add(work), add(work)
        first = work.bills.add_claim(claim_for(stored))
        with pytest.raises(UserError) as refused:
            work.bills.add_claim(claim_for(stored))
        assert refused.value.code == "already-claimed"
        for one in (claim_for(other), claim_for(stored, "visit-2"), claim_for(stored, kind="surcharge")):
            work.bills.add_claim(one)
        work.bills.withdraw_claim(first.id, "誤り")
        again = work.bills.add_claim(claim_for(stored))
        assert again.lines == first.lines
        assert len(work.bills.claims_of(stored.id)) == 4
        with pytest.raises(ValueError, match="reason"):
            work.bills.withdraw_claim(again.id, "")


def test_a_dropped_run_leaves_nothing_and_its_claims_wait_again(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored, blank = add(work), add(work)
        claim = work.bills.add_claim(claim_for(stored))
        run = begin(work)
        work.bills.put_bills([bill_for(run, stored), bill_for(run, blank, 0)])
        work.bills.put_claims({claim.id: f"2026-11-{stored.seq}"})
        work.bills.drop_run(run.id)
        assert work.bills.runs() == []
        assert work.bills.rows_of_contract(stored.id) == []
        assert work.bills.waiting([stored.id]) == {stored.id: [claim]}
        connection = work.session.connection
        for table in ("bill_contents", "run_blanks"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_a_closed_run_is_looked_back_on(storage: SqlStorage) -> None:
    with storage.work() as work:
        one, two, three = (add(work) for _turn in range(3))
        ids = [one.id, two.id, three.id]
        assert work.bills.closed_versions(ids) == {}
        october = begin(work, "2026-10")
        work.bills.put_bills([bill_for(october, one), bill_for(october, two, 0)])
        assert work.bills.closed_versions(ids) == {}
        close(work, october)
        assert work.bills.closed_versions(ids) == {one.id: 1, two.id: 1}
        november = begin(work)
        one = record(work, one)
        refused = bill_for(november, three, content=contracts.BillContent(), refused="no-start")
        work.bills.put_bills([bill_for(november, one, 220), bill_for(november, two, 0), refused])
        assert work.bills.closed_versions(ids) == {one.id: 1, two.id: 1}
        close(work, november)
        assert work.bills.closed_versions(ids) == {one.id: 2, two.id: 1, three.id: -1}
        found = work.bills.closed_of(ids)
        assert [bill.total for bill in found[one.id]] == [110, 220]
        assert (found[two.id], found[three.id]) == ([], [refused])
        assert [(row.month, row.closed) for row in work.bills.rows_of_contract(one.id)] == [
            ("2026-10", True),
            ("2026-11", True),
        ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE runs SET total = 1",
        "UPDATE runs SET state = 'open'",
        "DELETE FROM runs",
        "UPDATE bills SET total = 1",
        "DELETE FROM bills",
        "INSERT INTO bills SELECT 'x', run_id, contract_id, 9, 9, 'm', 0, 0, 0, 0, NULL, '' FROM bills",
        "INSERT OR REPLACE INTO bills SELECT * FROM bills",
        "UPDATE bill_contents SET content = ''",
        "DELETE FROM bill_contents",
        "INSERT OR REPLACE INTO bill_contents SELECT * FROM bill_contents",
        "UPDATE claims SET bill_id = NULL",
        "UPDATE claims SET withdrawn = 'x'",
        "UPDATE claims SET lines = ''",
        "UPDATE claims SET cause = 'x'",
        "DELETE FROM claims",
        "UPDATE payments SET amount = 1",
        "UPDATE payments SET bill_id = NULL",
        "UPDATE payments SET voided = 'other' WHERE voided != ''",
        "DELETE FROM payments",
    ],
)
def test_what_is_closed_or_paid_is_never_changed(storage: SqlStorage, statement: str) -> None:
    with storage.work() as work:
        stored = add(work)
        claim = work.bills.add_claim(claim_for(stored))
        run = begin(work)
        bill = bill_for(run, stored)
        work.bills.put_bills([bill])
        work.bills.put_claims({claim.id: bill.id})
        close(work, run)
        payment = payment_of(bill, 60)
        work.bills.add_payments([payment])
        work.bills.void_payment(payment.id, "誤り")
        work.commit()
    with pytest.raises(DBAPIError, match=r"closed|append-only"), storage.work() as work:
        work.session.connection.exec_driver_sql(statement)


def test_what_is_closed_is_refused_in_words(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = add(work)
        claim = work.bills.add_claim(claim_for(stored))
        run = begin(work)
        bill = bill_for(run, stored)
        work.bills.put_bills([bill])
        work.bills.put_claims({claim.id: bill.id})
        with pytest.raises(UserError) as refused:
            work.bills.add_payments([payment_of(bill, 60)])
        assert refused.value.code == "bill-not-closed"
        run = close(work, run)
        attempts: dict[str, Callable[[SqlWork], object]] = {
            "run-closed": lambda work: work.bills.save_run(run),
            "claim-billed": lambda work: work.bills.withdraw_claim(claim.id, "誤り"),
            "not-found": lambda work: work.bills.void_payment("x", "誤り"),
        }
        attempts_too: dict[str, Callable[[SqlWork], object]] = {
            "run-closed": lambda work: work.bills.drop_run(run.id)
        }
        for code, attempt in (*attempts.items(), *attempts_too.items()):
            with pytest.raises(UserError) as refused:
                attempt(work)
            assert refused.value.code == code


# --- what is open ---------------------------------------------------------------------------------


def opened(work: SqlWork, total: int = 110) -> contracts.StoredBill:
    """A closed bill of a new contract."""
    stored = add(work)
    month = f"2026-{len(work.bills.runs()) + 1:02}"
    run = begin(work, month)
    bill = bill_for(run, stored, total)
    work.bills.put_bills([bill])
    close(work, run)
    return bill


def left(work: SqlWork, today: date = LATE) -> dict[str, int]:
    """Bill → yen open."""
    return {one.bill.id: one.open for one in work.bills.receivables(today, overdue_only=False)}


def test_payments_settle_bills(storage: SqlStorage) -> None:
    with storage.work() as work:
        bill, other = opened(work), opened(work, 300)
        assert left(work) == {bill.id: 110, other.id: 300}
        assert work.bills.overdue(DUE) == (0, 0)
        assert work.bills.overdue(LATE) == (2, 410)
        part, rest = payment_of(bill, 60), payment_of(bill, 50)
        work.bills.add_payments([part, payment_of(other, 100)])
        assert left(work) == {bill.id: 50, other.id: 200}
        (first, _second) = work.bills.receivables(LATE, overdue_only=True)
        assert (first.days, first.bill.paid, first.phone) == (9, 60, contracts.SAKAI.phone)
        work.bills.add_payments([rest])
        assert left(work) == {other.id: 200}
        work.bills.void_payment(part.id, "誤り")
        assert left(work) == {bill.id: 60, other.id: 200}
        assert work.bills.receivables(DUE, overdue_only=True) == []
        assert len(work.bills.receivables(LATE, overdue_only=True, limit=1)) == 1
        with pytest.raises(UserError) as refused:
            work.bills.void_payment(part.id, "もう一度")
        assert refused.value.code == "payment-voided"
        assert [(one.id, one.voided) for one in work.bills.payments_of(bill.contract_id)] == [
            (rest.id, ""),
            (part.id, "誤り"),
        ] or [one.id for one in work.bills.payments_of(bill.contract_id)] == [rest.id, part.id]
        (row,) = work.bills.rows_of_contract(bill.contract_id)
        assert row.paid == 50


def test_what_is_paid_ahead_waits(storage: SqlStorage) -> None:
    with storage.work() as work:
        bill = opened(work)
        ahead = payment_of(bill, 500, bill_id="")
        work.bills.add_payments([ahead, payment_of(bill, 20, bill_id="", id="more")])
        assert work.bills.advances() == {bill.contract_id: 520}
        assert left(work) == {bill.id: 110}
        work.bills.add_payments([payment_of(bill, -520, bill_id="", id="back")])
        assert work.bills.advances() == {}
        assert [one.bill_id for one in work.bills.payments_of(bill.contract_id)] == ["", "", ""]


def test_a_bill_paid_late_is_named_until_interest_is_claimed(storage: SqlStorage) -> None:
    with storage.work() as work:
        bill, in_time = opened(work), opened(work)
        ids = [bill.contract_id, in_time.contract_id]
        work.bills.add_payments([payment_of(in_time, 110), payment_of(bill, 60)])
        assert work.bills.paid_late(ids) == {}
        work.bills.add_payments([payment_of(bill, 50, LATE)])
        assert work.bills.paid_late(ids) == {bill.contract_id: [bill]}
        assert left(work) == {}
        stored = work.contracts.get(bill.contract_id)
        claim = work.bills.add_claim(claim_for(stored, bill.id, kind="late-interest"))
        assert work.bills.paid_late(ids) == {}
        work.bills.withdraw_claim(claim.id, "免除しない")
        assert work.bills.paid_late(ids) == {bill.contract_id: [bill]}
        work.bills.add_payments([payment_of(in_time, 30, LATE)])  # too much, later: it was paid in time
        assert work.bills.paid_late(ids) == {bill.contract_id: [bill]}
        assert left(work) == {}


def test_a_hidden_contract_owes_nothing_in_lists(storage: SqlStorage) -> None:
    with storage.work() as work:
        bill, other = opened(work), opened(work)
        work.contracts.hide(other.contract_id, 1, "import:1")
        assert left(work) == {bill.id: 110}
        assert work.bills.overdue(LATE) == (1, 110)
        assert [one.id for one in work.bills.closed_of([other.contract_id])[other.contract_id]] == [other.id]


def test_a_closed_month_tampered_with_is_found_by_the_check(storage: SqlStorage) -> None:
    with storage.work() as work:
        opened(work)
        work.commit()
    assert storage.check() == []
    with storage.work() as work:
        connection = work.session.connection
        connection.exec_driver_sql("DROP TRIGGER bills_closed_update")
        connection.exec_driver_sql("UPDATE bills SET total = 1")
        work.commit()
    (told,) = storage.check()
    assert "M-A1-2612-0001" in told
