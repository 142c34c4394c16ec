"""Stored records come back exactly, now and when the record has grown."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contract.customer import (
    CustomerFields,
)
from app.contract.facts import Voided
from app.contract.record import ContractContent, Entry, Recorded
from app.errors import EnvironmentProblem, UserError
from app.papers.issuer import Company, Settings, Staff
from app.quote.content import (
    AgreedPrice,
    ExistingContract,
    HandLine,
    HandPrice,
    QuotationContent,
    ServiceEntry,
    Site,
    VisitEntry,
    WorkEntry,
)
from app.quote.stored import Totals
from db.engine import SqlStorage
from db.payloads import LIFTS, pack, pack_entry, plain, texts, unpack, unpack_with, unplain
from tests.db.conftest import TOTALS
from tests.db.contracts import MOMENT
from tests.db.visits import VISIT_SAMPLES

words = st.text(max_size=12)
days = st.none() | st.dates()
yen = st.integers(min_value=-(10**20), max_value=10**20)


def records(of: type, /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Records of a kind with any of these fields given."""
    return st.fixed_dictionaries({}, optional=fields).map(lambda chosen: of(**chosen))


def tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=2).map(tuple)


customers = records(
    CustomerFields,
    kind=st.sampled_from(["corporation", "sole-trader", "organisation"]),
    **{name: words for name in CustomerFields.__struct_fields__ if name != "kind"},
)
sites = records(
    Site, name=words, postal_code=words, address=words, area=st.sampled_from(["", "west", "east"])
)
agreed = st.builds(AgreedPrice, item=words, unit_price=yen, reason=words, approved_by=words)
services = st.builds(
    ServiceEntry,
    service=words,
    start=days,
    line=st.sampled_from(["flets", "collab", "other"]),
    site=sites,
    items=st.dictionaries(words, yen, max_size=3),
    options=st.dictionaries(words, st.booleans() | yen, max_size=3),
    agreed_prices=tuples(agreed),
)
works = records(
    WorkEntry,
    label=words,
    devices=yen,
    menu=tuples(words),
    migrate_gb=st.none() | words,
    backup=st.booleans(),
    apps=yen,
    by_hand=st.none() | st.builds(HandPrice, unit_price=yen, reason=words, approved_by=words),
)
contracts = records(
    ExistingContract,
    start=days,
    gateway=st.sampled_from([None, 10, 50, 100]),
    endpoint=st.booleans(),
    free_visits=tuples(st.dates()),
)
visits = records(
    VisitEntry,
    service=words,
    for_service=st.none() | st.integers(0, 5),
    contract=st.none() | contracts,
    on=days,
    at=words,
    site=sites,
    dispatches=yen,
    use_free=st.booleans(),
    work=tuples(works),
)
hand_lines = records(
    HandLine, group=st.sampled_from(["one-off", "monthly", "visit"]), name=words, quantity=yen, unit_price=yen
)
contents = records(
    QuotationContent,
    customer=customers,
    title=words,
    issued_on=days,
    valid_until=days,
    services=tuples(services),
    visits=tuples(visits),
    hand_lines=tuples(hand_lines),
    remarks=words,
    readings=st.dictionaries(words, words, max_size=3),
)


@given(contents)
def test_any_content_comes_back_exactly(content: QuotationContent) -> None:
    assert unpack(QuotationContent, pack(content)) == content


@given(st.lists(contents, min_size=1, max_size=3))
def test_the_database_gives_back_what_it_was_given(contents: list[QuotationContent]) -> None:
    with _shared_storage().work() as work:
        stored = work.quotations.add(contents[0], TOTALS, "")
        for content in contents[1:]:
            stored = work.quotations.save_draft(stored.id, stored.version, content, TOTALS)
        assert stored.content == contents[-1]
        assert work.quotations.get(stored.id) == stored


_shared: list[SqlStorage] = []


@pytest.fixture(autouse=True)
def _share(storage: SqlStorage) -> None:
    """One database for all examples of a test: each is undone."""
    _shared[:] = [storage]


def _shared_storage() -> SqlStorage:
    return _shared[0]


@given(customers)
def test_any_customer_comes_back_exactly(fields: CustomerFields) -> None:
    with _shared_storage().work() as work:
        customer = work.customers.add(fields)
        assert work.customers.get(customer.id) == customer
        changed = work.customers.save(customer.id, 1, msgspec.structs.replace(fields, note="別"))
        assert work.customers.get(customer.id) == changed


def test_settings_and_images_come_back(storage: SqlStorage) -> None:
    settings = Settings(
        company=Company(name="株式会社ことのは通信", validity_days=30, era="wareki"),
        desk_code="HM1",
        staff=(Staff(id="1", name="田村 美咲"),),
        readings={"mdr:tax": "monthly"},
    )
    with storage.work() as work:
        assert work.settings.load() == Settings()
        saved = work.settings.save(settings)
        work.settings.save_image("seal", b"\x89PNG\0")
        work.settings.save_image("logo", b"old")
        work.settings.save_image("logo", b"new")
        work.commit()
    assert saved == msgspec.structs.replace(settings, version=1)
    with storage.work() as work:
        assert work.settings.load() == saved
        assert [work.settings.image(name) for name in ("seal", "logo", "x")] == [b"\x89PNG\0", b"new", None]
        work.settings.save_image("seal", None)
        assert work.settings.image("seal") is None


class Grown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record as a later program may have it: ``title`` was once ``name``, ``tax`` is new."""

    title: str
    tax: int = 10


def renamed(data: dict[str, Any]) -> dict[str, Any]:
    return {"title": data.pop("name"), **data}


def retold(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "title": data["title"] + "様"}


def test_a_record_of_an_earlier_program_is_lifted_step_by_step() -> None:
    lifts = (renamed, retold)
    assert unpack_with(Grown, '{"format":1,"data":{"name":"髙橋"}}', lifts) == Grown(title="髙橋様")
    assert unpack_with(Grown, '{"format":2,"data":{"title":"髙橋","tax":8}}', lifts) == Grown(
        title="髙橋様", tax=8
    )
    assert unpack_with(Grown, '{"format":3,"data":{"title":"髙橋"}}', lifts) == Grown(title="髙橋")


def test_a_field_added_with_a_default_needs_no_step() -> None:
    assert unpack_with(Grown, '{"format":1,"data":{"title":"髙橋"}}', ()) == Grown(title="髙橋", tax=10)


def test_the_format_of_today_is_in_the_text() -> None:
    samples: dict[Any, Any] = {ContractContent: ContractContent(service="mdr"), **VISIT_SAMPLES}
    for kind, lifts in LIFTS.items():
        if kind is Entry:
            text = pack_entry(Recorded(entry=Voided(voids="x"), recorded_at=MOMENT, staff="", seq=1))
            assert text.startswith(f'{{"format":{len(lifts) + 1},"entry":{{')
        else:
            text = pack(samples[kind] if kind in samples else kind())
            assert text.startswith(f'{{"format":{len(lifts) + 1},"data":{{')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format":9,"data":{}}',
        '{"format":0,"data":{}}',
        '{"format":1,"data":{"x":1}}',
        '{"data":{}}',
    ],
)
def test_what_can_not_be_read_is_said(text: str) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        unpack(QuotationContent, text)
    assert refused.value.code == "record-unreadable"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | words,
        lambda inner: st.lists(inner) | st.dictionaries(words, inner),
        max_leaves=12,
    )
)
def test_plain_data_comes_back(data: object) -> None:
    assert unplain(plain(data)) == data


def test_texts_are_texts() -> None:
    assert texts(plain({"a": "b"})) == {"a": "b"}
    for text in ("[]", "x"):
        with pytest.raises(EnvironmentProblem):
            texts(text)


def test_half_a_character_is_refused_in_words() -> None:
    with pytest.raises(UserError) as refused:
        pack(QuotationContent(title="\ud800", issued_on=date(2026, 1, 1)))
    assert refused.value.code == "bad-text"


def test_an_endless_amount_is_refused_in_words(storage: SqlStorage) -> None:
    for totals in (Totals(total=2**63), Totals(monthly_net=-(2**63))):
        with pytest.raises(UserError) as refused, storage.work() as work:
            work.quotations.add(QuotationContent(), totals, "")
        assert refused.value.code == "out-of-range"
