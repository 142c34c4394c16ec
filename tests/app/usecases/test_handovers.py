"""Contracts that pass on more than once, while customers are found to be one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.charge.engine import charge
from app.contract.customer import CustomerFields
from app.contract.facts import Billing, Started, Transferred, Voided
from app.contract.record import BillingAddress, StoredContract
from app.contract.steps import Accepted, Submitted
from app.days import Month
from app.usecases.desk import Desk
from app.usecases.held_data import collect_held
from app.usecases.keep_application import start_application
from app.usecases.keep_beside import NoteWritten, add_note
from app.usecases.keep_customer import register_customer
from app.usecases.merge_customers import merge_customers, read_pair
from app.usecases.paper_terms import contract_case
from app.usecases.record_entry import record
from app.usecases.refresh_standings import refresh_standings
from tests.app.usecases.contracts import begun, content, customer
from tests.app.usecases.test_standing import on_day
from tests.desks import new_desk
from tests.shipped import catalogue

START, APPROVED = date(2026, 5, 20), date(2026, 11, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def handed(to: str, on: date) -> Transferred:
    return Transferred(
        on=on, to="次の契約者", customer_id=to, approved=APPROVED,
        answers={"arrears": False, "with-line": True, "same-transferee": True},
    )  # fmt: skip


def passed(desk: Desk, contract: StoredContract, to: str, on: date) -> StoredContract:
    return record(desk, contract.id, contract.version, (handed(to, on),))


def owner(desk: Desk, contract: StoredContract) -> str:
    with desk.storage.look() as work:
        return work.contracts.get(contract.id).customer_id


def test_a_contract_can_pass_on_twice_in_days_to_come(desk: Desk) -> None:
    second, third = customer(desk, "株式会社あおば"), customer(desk, "株式会社わかば")
    contract = begun(desk, "mihariban", {"license": 5}, START)
    contract = passed(desk, contract, second, date(2026, 12, 1))
    passed(desk, contract, third, date(2026, 12, 20))
    refresh_standings(on_day(desk, date(2026, 12, 1)))
    assert owner(desk, contract) == second
    refresh_standings(on_day(desk, date(2026, 12, 20)))
    assert owner(desk, contract) == third


def test_bills_calls_and_fees_are_those_of_who_has_it(desk: Desk) -> None:
    """A sole trader on a collaboration line pays for invoices; the company that takes it over does not."""
    trader = register_customer(desk, CustomerFields(kind="sole-trader", name="藤井造園", person="藤井")).id
    company = customer(desk, "株式会社わかば")
    own = BillingAddress(name="藤井会計事務所", method="invoice")
    made = start_application(
        desk,
        trader,
        replace(
            content("mihariban", {"license": 5}, START),
            line="collab",
            customer_kind="individual",
            billing=own,
        ),
    )
    made = record(
        desk, made.id, made.version,
        (Submitted(on=START), Accepted(on=START, effective=START), Started(on=START, items={"license": 5}),
         Billing(method="invoice")),
    )  # fmt: skip
    passed(desk, made, company, date(2026, 12, 10))
    refresh_standings(on_day(desk, date(2026, 12, 10)))
    with desk.storage.look() as work:
        made = work.contracts.get(made.id)
    assert (made.content.billing.name, made.content.billing.method) == ("", "invoice")
    assert made.content.contact.name == "実 太郎"
    kinds = {
        day: contract_case(
            made, CustomerFields(), catalogue(), desk.settings(), date(2026, 12, day)
        ).customer_kind
        for day in (9, 10)
    }
    assert kinds == {9: "individual", 10: "corporation"}  # what the summary of the terms goes by
    fees = {
        month: sum(
            line.amount for line in charge(made.timeline, catalogue(), month) if line.item != "license"
        )
        for month in (Month(2026, 11), Month(2026, 12))
    }
    assert fees == {Month(2026, 11): 200, Month(2026, 12): 0}


def test_who_takes_it_over_is_told_nothing_of_whoever_had_it(desk: Desk) -> None:
    second = customer(desk, "株式会社わかば")
    contract = begun(desk, "mihariban", {"license": 5}, START)
    first = contract.customer_id
    add_note(desk, "contract", contract.id, NoteWritten(text="前の人の折り返し希望"))

    def told(at: Desk, who: str) -> str:
        with at.storage.look() as work:
            return str(collect_held(at, work, who).parts)

    passed(desk, contract, second, date(2026, 12, 1))
    assert "前の人の折り返し希望" in told(desk, first)
    later = on_day(desk, date(2026, 12, 1))
    refresh_standings(later)
    after = told(later, second)
    assert "契約の履歴" in after
    assert "引き継いだ日" in after
    assert "前の人の折り返し希望" not in after


def test_whoever_had_it_may_have_been_merged_since(desk: Desk) -> None:
    second, twin, third = (customer(desk, name) for name in ("株式会社あおば", "㈱あおば", "株式会社わかば"))
    contract = passed(desk, begun(desk, "mihariban", {"license": 5}, START), second, date(2026, 11, 15))
    pair = read_pair(desk, twin, second)
    merge_customers(desk, pair, pair.kept.customer.fields, pair.kept.details)
    with desk.storage.look() as work:
        contract = work.contracts.get(contract.id)
    assert contract.customer_id == twin
    assert passed(desk, contract, third, date(2026, 11, 18)).customer_id == third


def test_a_transfer_put_right_still_names_who_gave_it(desk: Desk) -> None:
    wrong, right = customer(desk, "株式会社あおば"), customer(desk, "株式会社わかば")
    contract = begun(desk, "mihariban", {"license": 5}, START)
    giver = contract.customer_id
    contract = passed(desk, contract, wrong, date(2026, 11, 15))
    taken = Voided(voids=contract.entries[-1].entry.id)
    corrected = record(desk, contract.id, contract.version, (taken, handed(right, date(2026, 11, 15))))
    last = corrected.entries[-1].entry
    assert isinstance(last, Transferred)
    assert (last.from_customer_id, corrected.customer_id) == (giver, right)
