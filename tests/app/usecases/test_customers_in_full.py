"""Customers with contacts, sites and billing; notices; merges — on a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.contract.customer import (
    CustomerBilling,
    CustomerContact,
    CustomerDetails,
    CustomerFields,
    CustomerSite,
)
from app.contract.customer_notice import NoticeTold
from app.contract.facts import Notified, Transferred
from app.errors import ConflictError, UserError
from app.usecases.desk import Desk
from app.usecases.keep_beside import NoteWritten, add_note, notes_of
from app.usecases.keep_customer import (
    changed_since,
    open_customer,
    register_customer,
    similar_customers,
    store_customer,
)
from app.usecases.merge_customers import (
    likelier_kept,
    merge_customers,
    merged_details,
    merged_fields,
    read_pair,
    undo_merge,
)
from app.usecases.record_entry import record
from tests.app.usecases.contracts import begun
from tests.desks import new_desk

MINORI = CustomerFields(
    name="株式会社みのり食品", kana="ミノリショクヒン", prefecture="大阪府", address="大阪市中央区本町1-1",
    postal_code="5410053", phone="06-6123-4567", email="info@example.jp",
)  # fmt: skip
DETAILS = CustomerDetails(
    corporate_number="5835678256246",
    contacts=(CustomerContact(name="西田 明子", phone="0312345678", email="nishida@example.jp"),),
    sites=(CustomerSite(name="堺営業所", postal_code="590-0078"),),
    billing=CustomerBilling(method="invoice", address="大阪市北区梅田2-2"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path)
    yield made
    made.storage.close()


def test_a_customer_is_stored_with_all_that_is_known(desk: Desk) -> None:
    stored = register_customer(desk, replace(MINORI, phone="０６ー６１２３ー４５６７"), DETAILS)
    opened = open_customer(desk, stored.id)
    assert opened.customer == stored
    assert opened.customer.fields.phone == "06-6123-4567"
    assert opened.details.contacts[0].phone == "03-1234-5678"
    assert opened.details.sites[0].postal_code == "5900078"
    assert opened.details.corporate_number == "5835678256246"


def test_every_problem_comes_at_once_with_its_field(desk: Desk) -> None:
    wrong = CustomerDetails(
        corporate_number="5835678256247",
        contacts=(CustomerContact(phone="06-1234-5678"), CustomerContact()),
        sites=(CustomerSite(name="堺", postal_code="12"),),
        billing=CustomerBilling(postal_code="abc"),
    )
    with pytest.raises(UserError) as refused:
        register_customer(desk, CustomerFields(), wrong)
    assert {problem.field for problem in refused.value.problems} == {
        "name",
        "details.corporate_number",
        "details.contacts.0.name",
        "details.sites.0.postal_code",
        "details.billing.postal_code",
    }


def test_a_person_has_no_corporate_number_but_an_association_may(desk: Desk) -> None:
    with pytest.raises(UserError, match="個人事業主には法人番号がありません"):
        register_customer(desk, replace(MINORI, kind="sole-trader"), DETAILS)
    register_customer(desk, replace(MINORI, kind="organisation"), DETAILS)


def test_rows_in_which_nothing_stands_are_left_out(desk: Desk) -> None:
    blank = CustomerDetails(contacts=(CustomerContact(name=" "),), sites=(CustomerSite(),))
    stored = register_customer(desk, MINORI, blank)
    assert open_customer(desk, stored.id).details == CustomerDetails()


def test_who_changed_which_field_is_known(desk: Desk) -> None:
    first = register_customer(desk, MINORI)
    store_customer(desk, first.id, first.version, replace(MINORI, person="佐藤"), DETAILS)
    opened = open_customer(desk, first.id)
    since = changed_since(opened.details, first.version)
    assert set(since) == {"person", "corporate_number", "contacts", "sites", "billing"}
    assert since["person"][0] == "田村 美咲"
    assert changed_since(opened.details, opened.customer.version) == {}
    with pytest.raises(ConflictError):
        store_customer(desk, first.id, first.version, replace(MINORI, person="田中"))
    assert open_customer(desk, first.id) == opened


def test_a_notified_change_stands_with_the_customer_and_its_contracts(desk: Desk) -> None:
    stored = register_customer(desk, MINORI)
    live = begun(desk, "mihariban", {"license": 15}, date(2026, 5, 20), "0611110001", stored.id)
    prepared_number = live.number
    told = NoticeTold(on=date(2026, 11, 19), changed_on=date(2026, 11, 1), proof="登記事項証明書")
    changed = store_customer(
        desk, stored.id, stored.version, replace(MINORI, name="みのりフーズ株式会社"), None, told
    )
    assert changed.noted == (prepared_number,)
    (notice,) = open_customer(desk, stored.id).details.notices
    assert notice.fields == {"name": ("株式会社みのり食品", "みのりフーズ株式会社")}
    assert (notice.on, notice.changed_on, notice.proof) == (told.on, told.changed_on, told.proof)
    with desk.storage.look() as work:
        contract = work.contracts.get(live.id)
    entry = contract.entries[-1]
    assert isinstance(entry.entry, Notified)
    assert entry.entry.what == ("name",)
    assert (entry.entry.on, entry.entry.proof, entry.staff) == (told.on, told.proof, "田村 美咲")
    assert contract.version == live.version + 1


def test_a_correction_is_no_notice(desk: Desk) -> None:
    stored = register_customer(desk, MINORI)
    live = begun(desk, "mihariban", {"license": 15}, date(2026, 5, 20), "0611110001", stored.id)
    store_customer(desk, stored.id, stored.version, replace(MINORI, name="みのり食品株式会社"))
    assert open_customer(desk, stored.id).details.notices == ()
    with desk.storage.look() as work:
        assert len(work.contracts.get(live.id).entries) == len(live.entries)


def test_a_notice_of_tomorrow_is_refused_and_nothing_is_stored(desk: Desk) -> None:
    stored = register_customer(desk, MINORI)
    told = NoticeTold(on=date(2026, 11, 21))
    with pytest.raises(UserError) as refused:
        store_customer(desk, stored.id, stored.version, replace(MINORI, name="別名"), None, told)
    assert refused.value.problems[0].field == "told.on"
    assert open_customer(desk, stored.id).customer == stored


def test_a_double_is_found_by_number_and_by_a_contacts_phone(desk: Desk) -> None:
    stored = register_customer(desk, MINORI, DETAILS)
    other = CustomerFields(name="みのりフーズ")
    assert similar_customers(desk, other) == []
    by_number = CustomerDetails(corporate_number="5835678256246")
    assert [row.id for row in similar_customers(desk, other, by_number)] == [stored.id]
    by_phone = CustomerDetails(contacts=(CustomerContact(name="西", phone="03-1234-5678"),))
    assert [row.id for row in similar_customers(desk, other, by_phone)] == [stored.id]


def test_two_become_one_with_a_choice_per_field_and_two_again(desk: Desk) -> None:
    one = register_customer(desk, replace(MINORI, note="一"), DETAILS)
    two = register_customer(
        desk,
        replace(MINORI, name="みのりフーズ株式会社", kana="ミノリフーズ", phone="06-6999-0000", note="二"),
        CustomerDetails(contacts=(CustomerContact(name="東 次郎"),)),
    )
    contract = begun(desk, "mihariban", {"license": 15}, date(2026, 5, 20), "0611110001", two.id)
    add_note(desk, "customer", two.id, NoteWritten("電話あり"))
    before = open_customer(desk, one.id)
    pair = likelier_kept(read_pair(desk, one.id, two.id))
    assert pair.kept.customer.id == two.id  # it has the contract
    pair = pair.turned()
    fields = merged_fields(pair, {"name": "gone"})
    details = merged_details(pair, {})
    assert (fields.name, fields.kana, fields.phone) == ("みのりフーズ株式会社", "ミノリフーズ", MINORI.phone)
    assert fields.note == "一\n二"
    assert [contact.name for contact in details.contacts] == ["西田 明子", "東 次郎"]

    merge = merge_customers(desk, pair, fields, details)
    opened = open_customer(desk, one.id)
    assert opened.customer.fields == fields
    assert [row.id for row in opened.contracts] == [contract.id]
    assert [note.text for note in notes_of(desk, "customer", one.id)] == ["電話あり"]
    with desk.storage.look() as work:
        assert [row.id for row in work.customers.find("みのり")] == [one.id]
        assert work.audit.check() == []

    undo_merge(desk, merge.id, one.id)
    again = open_customer(desk, one.id)
    assert again.customer.fields == before.customer.fields
    assert again.details.contacts == before.details.contacts
    assert again.contracts == ()
    assert open_customer(desk, two.id).customer.fields.name == "みのりフーズ株式会社"
    assert [row.id for row in open_customer(desk, two.id).contracts] == [contract.id]
    with pytest.raises(UserError):
        undo_merge(desk, merge.id, one.id)


def test_a_contract_that_passed_to_a_merged_customer_stays_with_the_kept_one(desk: Desk) -> None:
    kept, gone = register_customer(desk, MINORI), register_customer(desk, MINORI)
    osect = begun(desk, "osect", {"sensor": 1}, date(2026, 5, 20), "", register_customer(desk, MINORI).id)
    handed = Transferred(
        on=date(2026, 11, 1), to=MINORI.name, customer_id=gone.id, approved=date(2026, 10, 28), proof="申請書"
    )
    passed = record(desk, osect.id, osect.version, (handed,))
    assert passed.customer_id == gone.id
    pair = read_pair(desk, kept.id, gone.id)
    merge = merge_customers(desk, pair, merged_fields(pair, {}), merged_details(pair, {}))
    with desk.storage.look() as work:
        now = work.contracts.get(osect.id)
    assert now.customer_id == kept.id
    now = record(desk, osect.id, now.version, (Notified(on=date(2026, 11, 20), what=("phone",)),))
    assert now.customer_id == kept.id
    undo_merge(desk, merge.id, kept.id)
    with desk.storage.look() as work:
        assert work.contracts.get(osect.id).customer_id == gone.id


def test_what_was_written_after_a_merge_outlives_its_undoing(desk: Desk) -> None:
    one = register_customer(desk, MINORI)
    two = register_customer(desk, replace(MINORI, phone="06-6999-0000"))
    pair = read_pair(desk, one.id, two.id)
    merge = merge_customers(desk, pair, merged_fields(pair, {"phone": "gone"}), merged_details(pair, {}))
    now = open_customer(desk, one.id).customer
    assert now.fields.phone == "06-6999-0000"
    store_customer(desk, one.id, now.version, replace(now.fields, person="佐藤"))
    undo_merge(desk, merge.id, one.id)
    fields = open_customer(desk, one.id).customer.fields
    assert (fields.phone, fields.person) == (MINORI.phone, "佐藤")


def test_nobody_is_merged_with_itself_nor_over_a_newer_change(desk: Desk) -> None:
    one, two = register_customer(desk, MINORI), register_customer(desk, MINORI)
    with pytest.raises(UserError, match="統合"):
        read_pair(desk, one.id, one.id)
    pair = read_pair(desk, one.id, two.id)
    store_customer(desk, two.id, two.version, replace(MINORI, person="佐藤"))
    with pytest.raises(ConflictError):
        merge_customers(desk, pair, merged_fields(pair, {}), merged_details(pair, {}))
    assert open_customer(desk, two.id).customer.fields.person == "佐藤"
