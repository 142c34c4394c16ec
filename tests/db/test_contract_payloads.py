"""Records of contracts come back exactly: entries of every kind, agreements, bills, details, devices."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charge.stored import BillContent, BillLine
from app.contract.beside import EquipmentFields
from app.contract.customer import CustomerContact, CustomerDetails, CustomerNotice, CustomerSite
from app.contract.facts import AgreedUnitPrice, Voided, WorksFee
from app.contract.record import Application, ContractContent, ContractSite, Entry, Recorded
from app.errors import EnvironmentProblem
from app.money import TaxKind
from db.engine import SqlStorage
from db.payloads import LIFTS, pack, pack_entry, unpack, unpack_entries
from tests.db.contracts import MOMENT, add
from tests.db.test_payloads import days, records, tuples, words, yen


def recorded(entry: Entry, at: datetime = MOMENT) -> Recorded:
    return Recorded(entry=entry, recorded_at=at, staff="田村", seq=3, note='"電話"で')


quantities = st.dictionaries(words, st.integers(0, 10**9), max_size=3)
# An hour that a change of the clocks repeats equals no other, not even itself; desks give offsets of hours.
offsets = st.builds(timezone, st.builds(timedelta, hours=st.integers(-12, 14)))
moments = st.datetimes(timezones=offsets | st.none(), min_value=datetime(1970, 1, 2))  # noqa: DTZ001
entry_kinds = get_args(Entry)
entries = st.one_of(
    [
        st.builds(
            kind,
            id=words,
            **{
                name: strategy
                for name, strategy in {
                    "items": quantities,
                    "options": st.dictionaries(words, st.booleans() | st.integers(0, 99), max_size=2),
                    "qualified_invoices": quantities,
                    "done": st.fractions(0, 1),
                }.items()
                if name in kind.__struct_fields__
            },
        )
        for kind in entry_kinds
    ]
)


@given(entries, st.datetimes(timezones=offsets, min_value=datetime(1970, 1, 2)))  # noqa: DTZ001
def test_any_entry_comes_back_exactly(entry: Entry, at: datetime) -> None:
    one = recorded(entry, at)
    (found,) = unpack_entries(f"[{pack_entry(one)}]")
    assert found == one
    assert type(found.entry) is type(entry)


def test_every_kind_of_entry_has_a_name_of_its_own() -> None:
    names = [kind.__struct_config__.tag for kind in entry_kinds]
    assert len(set(names)) == len(names) == 23


def test_an_entry_of_an_earlier_program_is_lifted(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed_entry(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "voids": data["voids"] + "-new"}

    text = pack_entry(recorded(Voided(voids="x")))
    monkeypatch.setitem(LIFTS, Entry, (renamed_entry,))
    (found,) = unpack_entries(f"[{text}]")
    assert found == recorded(Voided(voids="x-new"))
    newer = pack_entry(recorded(Voided(voids="y")))
    assert newer.startswith('{"format":2,')
    both = unpack_entries(f"[{newer},{text}]")
    assert [one.entry for one in both] == [Voided(voids="y"), Voided(voids="x-new")]


@pytest.mark.parametrize("text", ["", "[{}]", '[{"format":1}]', "{}", '[{"format":1,"entry":{"fact":"x"}}]'])
def test_an_entry_that_can_not_be_read_is_said(text: str) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        unpack_entries(text)
    assert refused.value.code == "record-unreadable"


@pytest.mark.parametrize("text", ['"x"', '"1/0"', "true", "null"])
def test_a_proportion_that_is_none_is_said(text: str) -> None:
    entry = pack_entry(recorded(WorksFee(amount=1))).replace('"done":"1"', f'"done":{text}')
    assert text in entry
    with pytest.raises(EnvironmentProblem):
        unpack_entries(f"[{entry}]")


contract_contents = st.builds(
    ContractContent,
    service=words,
    title=words,
    line=st.sampled_from(["flets", "collab", "other"]),
    line_number=words,
    site=records(ContractSite, name=words, address=words, area=st.sampled_from(["west", "east"])),
    agreed=tuples(st.builds(AgreedUnitPrice, item=words, unit_price=yen, reason=words, approved_by=words)),
    application=records(
        Application,
        applied_on=days,
        received_at=moments,
        items=quantities,
        answers=st.dictionaries(words, st.booleans(), max_size=3),
    ),
    remarks=words,
)
bill_lines = st.builds(
    BillLine,
    item=words,
    name=words,
    amount=yen,
    quantity=st.none() | yen,
    tax=st.sampled_from(TaxKind),
    why=tuples(words),
)


@given(contract_contents, st.lists(bill_lines, max_size=3), st.integers(0, 10**6))
def test_any_agreement_and_bill_comes_back_exactly(
    content: ContractContent, lines: list[BillLine], seen: int
) -> None:
    bill = BillContent(lines=tuple(lines), seen=seen)
    assert unpack(ContractContent, pack(content)) == content
    assert unpack(BillContent, pack(bill)) == bill


details = records(
    CustomerDetails,
    corporate_number=words,
    contacts=tuples(records(CustomerContact, name=words, kana=words, phone=words, email=words)),
    sites=tuples(records(CustomerSite, name=words, address=words)),
    notices=tuples(
        st.builds(
            CustomerNotice,
            on=st.dates(),
            fields=st.dictionaries(words, st.tuples(words, words), max_size=2),
            changed_on=days,
        )
    ),
)
devices = records(
    EquipmentFields,
    kind=st.sampled_from(["gateway", "sim"]),
    serial=words,
    delivered_on=days,
    lost=st.booleans(),
    note=words,
)


def test_any_details_and_device_come_back_from_the_database(storage: SqlStorage) -> None:
    @settings(max_examples=25)
    @given(details, devices)
    def comes_back(known: CustomerDetails, fields: EquipmentFields) -> None:
        with storage.work() as work:
            contract = add(work)
            work.customers.save_details(contract.customer_id, 1, known)
            assert work.customers.details(contract.customer_id) == known
            device = work.beside.add_equipment(contract.id, fields)
            assert work.beside.equipment_of(contract.id) == [device]

    comes_back()
