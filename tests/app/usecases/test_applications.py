"""Applications: kept while prepared, passed on in the order of receipt, accepted, refused, begun; and the
contracts a quotation becomes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.contract.checklist import checklist
from app.contract.facts import Promoted, Started
from app.contract.opening import Wish
from app.contract.record import Application, ContractContent, ContractState
from app.contract.steps import Accepted, Submitted
from app.errors import ConflictError, UserError
from app.quote.content import AgreedPrice, QuotationContent, ServiceEntry, Site, VisitEntry, WorkEntry
from app.quote.stored import QuotationState
from app.usecases import keep_application as keep
from app.usecases.contract_from_quotation import contracts_from_quotation
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_beside import notes_of
from app.usecases.keep_customer import get_customer
from app.usecases.keep_quotation import open_quotation, start_quotation
from app.usecases.open_contract import open_contract
from app.usecases.preview_action import preview
from app.usecases.record_entry import record
from tests.app.usecases.contracts import begun, content, customer
from tests.desks import new_desk
from tests.shipped import TODAY, catalogue

START = date(2026, 12, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def test_an_application_gets_its_number_and_is_free_to_change(desk: Desk) -> None:
    made = keep.start_application(desk, customer(desk), content("mihariban", {"license": 5}, START))
    assert made.number == "C-HM1-2611-0001"
    assert made.state is ContractState.PREPARING
    assert made.content.application.received_at is not None
    applied = msgspec.structs.replace(made.content.application, items={"license": 8})
    changed = keep.save_application(
        desk, made.id, made.version, msgspec.structs.replace(made.content, application=applied)
    )
    assert open_contract(desk, made.id).standing.quantity == 8
    with pytest.raises(ConflictError):
        keep.save_application(desk, made.id, made.version, changed.content)


def test_without_a_desk_code_there_is_no_number(tmp_path: Path) -> None:
    bare = new_desk(tmp_path, ready=False)
    with pytest.raises(UserError) as caught:
        keep.start_application(bare, customer(bare), content("mihariban", {"license": 5}, START))
    assert caught.value.code == "no-desk-code"


def test_what_was_applied_for_is_fixed_once_it_is_passed_on(desk: Desk) -> None:
    made = keep.start_application(desk, customer(desk), content("mihariban", {"license": 5}, START))
    made = keep.submit(desk, made.id, made.version, TODAY, anyway=True)
    applied = msgspec.structs.replace(made.content.application, items={"license": 8})
    with pytest.raises(UserError) as caught:
        keep.save_application(
            desk, made.id, made.version, msgspec.structs.replace(made.content, application=applied)
        )
    assert caught.value.code == "already-submitted"
    moved = msgspec.structs.replace(made.content, line_number="06-9999-0000")
    assert keep.save_application(desk, made.id, made.version, moved).content.line_number == "06-9999-0000"


def test_an_incomplete_application_names_everything_it_lacks(desk: Desk) -> None:
    made = keep.start_application(
        desk, customer(desk), content("dokodemo-prime", {"id": 28}, START, "06-1111-2222")
    )
    with pytest.raises(UserError) as caught:
        keep.submit(desk, made.id, made.version, TODAY)
    problems = caught.value.problems
    assert {one.code for one in problems} == {"application-incomplete"}
    assert {"application.terms", "application.elgana", "application.cisco"} <= {one.field for one in problems}
    assert all(one.clause for one in problems)
    who = get_customer(desk, made.customer_id).fields
    wanted = {
        item.answer: item.kind != "ground"
        for item in checklist(made.content, who, catalogue(), TODAY)
        if item.answer
    }
    applied = msgspec.structs.replace(made.content.application, answers=wanted)
    made = keep.save_application(
        desk, made.id, made.version, msgspec.structs.replace(made.content, application=applied)
    )
    assert keep.submit(desk, made.id, made.version, TODAY).state is ContractState.SUBMITTED


def test_a_ground_of_refusal_is_told_with_its_clause(desk: Desk) -> None:
    made = keep.start_application(desk, customer(desk), content("mihariban", {"license": 51}, START))
    who = get_customer(desk, made.customer_id).fields
    problems = keep.open_points(made.content, who, catalogue(), TODAY)
    refusals = [one for one in problems if one.code == "application-refused"]
    assert refusals
    assert all(one.clause for one in refusals)


def test_places_in_the_order_of_receipt_follow_each_other(desk: Desk) -> None:
    owner = customer(desk)
    made = [
        keep.start_application(desk, owner, content("mihariban", {"license": 5}, START)) for _n in range(3)
    ]
    assert [row.id for row in keep.ahead_in_line(desk, made[2])] == [made[0].id, made[1].id]
    first = keep.submit(desk, made[0].id, made[0].version, TODAY, anyway=True)
    second = keep.submit(desk, made[1].id, made[1].version, TODAY, anyway=True)
    steps = [one.entries[-1].entry for one in (first, second)]
    assert [one.receipt for one in steps if isinstance(one, Submitted)] == [1, 2]
    assert keep.ahead_in_line(desk, made[2]) == []
    other = keep.start_application(desk, owner, content("osect", {"sensor": 1}, START))
    assert keep.ahead_in_line(desk, other) == []  # OsecT's terms ask for no order


def test_acceptance_has_two_days_and_brings_the_providers_number(desk: Desk) -> None:
    made = keep.start_application(desk, customer(desk), content("dokodemo-prime", {"id": 28}, START))
    made = keep.submit(desk, made.id, made.version, date(2026, 11, 10), anyway=True)
    made = keep.accept(desk, made.id, made.version, date(2026, 11, 18), START, "paper", " P-123 ")
    assert made.state is ContractState.ACCEPTED
    assert made.content.provider_number == "P-123"
    entries = [one.entry for one in made.entries]
    accepted = entries[-1]
    assert isinstance(accepted, Accepted)
    assert (accepted.on, accepted.effective) == (date(2026, 11, 18), START)
    assert keep.start_day(made.content, entries, catalogue(), TODAY).on == START


def test_entries_recorded_as_they_are_get_what_only_storage_knows(desk: Desk) -> None:
    made = keep.start_application(desk, customer(desk), content("mihariban", {"license": 5}, START))
    made = record(desk, made.id, made.version, (Submitted(on=TODAY),))
    first = made.entries[-1].entry
    assert isinstance(first, Submitted)
    assert first.receipt == 1
    accepted = Accepted(on=TODAY, effective=START, provider_number="P-9")
    assert record(desk, made.id, made.version, (accepted,)).content.provider_number == "P-9"


def test_acceptance_without_explanation_is_warned_of(desk: Desk) -> None:
    made = keep.start_application(desk, customer(desk), content("dokodemo-prime", {"id": 28}, START))
    made = keep.submit(desk, made.id, made.version, TODAY, anyway=True)
    step = Accepted(on=TODAY, effective=START)
    found = preview(made, catalogue(), TODAY, (step,))
    assert [one.code for one in found.advice] == ["not-explained"]
    made = keep.explain(desk, made.id, made.version, TODAY, "田村 美咲")
    assert preview(made, catalogue(), TODAY, (step,)).advice == ()


def test_a_refusal_needs_its_ground_and_ends_the_application(desk: Desk) -> None:
    made = keep.start_application(desk, customer(desk), content("mihariban", {"license": 5}, START))
    made = keep.submit(desk, made.id, made.version, TODAY, anyway=True)
    with pytest.raises(UserError) as caught:
        keep.refuse(desk, made.id, made.version, TODAY, ())
    assert caught.value.problems[0].field == "grounds"
    made = keep.refuse(desk, made.id, made.version, TODAY, ("7-2-3",))
    assert made.state is ContractState.REFUSED
    with pytest.raises(UserError) as caught:
        keep.accept(desk, made.id, made.version, TODAY)
    assert caught.value.code == "closed"


def test_only_some_terms_let_an_acceptance_be_revoked(desk: Desk) -> None:
    owner = customer(desk)
    states = {}
    for service, items in (("media-light", {"endpoint": 5}), ("mihariban", {"license": 5})):
        made = keep.start_application(desk, owner, content(service, items, START))
        made = keep.submit(desk, made.id, made.version, TODAY, anyway=True)
        made = keep.accept(desk, made.id, made.version, TODAY)
        try:
            states[service] = keep.revoke(desk, made.id, made.version, TODAY, ("8-3",)).state.value
        except UserError as error:
            states[service] = error.code
    assert states == {"media-light": "revoked", "mihariban": "not-revocable"}


def test_withdrawing_before_the_start_costs_nothing(desk: Desk) -> None:
    made = keep.start_application(desk, customer(desk), content("dokodemo-prime", {"id": 28}, START))
    made = keep.withdraw(desk, made.id, made.version, TODAY, "他社に決定")
    view = open_contract(desk, made.id)
    assert (made.state, view.months, view.standing.monthly_net) == (ContractState.WITHDRAWN, (), 0)


# --- the start -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("mihariban", date(2026, 12, 1)),  # the day the provider begins: as wished
        ("media-light", date(2026, 11, 25)),  # the day the acceptance states
        ("dokodemo-prime", date(2026, 11, 25)),
        ("osect", date(2026, 12, 1)),  # the opening, nothing being late
        ("mdr-ndr", date(2026, 12, 1)),  # the day of the order form
    ],
)
def test_each_service_begins_on_the_day_its_terms_say(service: str, expected: date) -> None:
    known = content(service, {}, START)
    entries = (Accepted(on=date(2026, 11, 18), effective=date(2026, 11, 25)),)
    found = keep.start_day(known, entries, catalogue(), TODAY)
    assert found.on == expected
    assert found.clause


def test_a_late_delivery_moves_the_opening() -> None:
    known = content("osect", {"sensor": 1}, START)
    wish = Wish("osect", START, delivered=date(2026, 11, 20))
    found = keep.start_day(known, (), catalogue(), TODAY, wish)
    assert found.reason is not None
    assert (found.reason.rule, found.on) == ("delayed", found.reason.day)
    assert found.on is not None
    assert found.on > START


def test_the_start_records_what_was_applied_for(desk: Desk) -> None:
    made = begun(desk, "media-light", {"endpoint": 5, "gateway-10": 1}, START)
    started = made.entries[-1].entry
    assert isinstance(started, Started)
    assert (started.on, started.items) == (START, {"endpoint": 5, "gateway-10": 1})
    assert made.state is ContractState.ACCEPTED  # it begins in December


def test_the_free_period_of_a_promotion_comes_with_the_start() -> None:
    applied = Application(applied_on=date(2019, 3, 1), items={"license": 5}, promotion=True)
    known = ContractContent(service="mihariban", application=applied)
    kinds = [type(one) for one in keep.start_entries(known, catalogue(), date(2019, 3, 10))]
    assert kinds == [Started, Promoted]
    late = msgspec.structs.replace(applied, applied_on=date(2020, 3, 1))
    known = ContractContent(service="mihariban", application=late)
    assert [type(one) for one in keep.start_entries(known, catalogue(), START)] == [Started]


# --- from a quotation ------------------------------------------------------------------------------------


def quoted(desk: Desk, *, issue: bool = True) -> str:
    owner = customer(desk)
    fields = get_customer(desk, owner).fields
    known = QuotationContent(
        customer_id=owner,
        customer=fields,
        services=(
            ServiceEntry(
                service="media-light",
                start=START,
                line="collab",
                site=Site(name="東京支店", address="東京都港区1-1"),
                items={"endpoint": 8, "gateway-10": 1},
                agreed_prices=(
                    AgreedPrice(item="endpoint", unit_price=500, reason="長期", approved_by="所長"),
                ),
            ),
            ServiceEntry(service="dokodemo-prime", start=START, items={"id": 28}),
        ),
        visits=(
            VisitEntry(
                for_service=0, on=date(2026, 12, 8), work=(WorkEntry(devices=2, menu=("os-recovery",)),)
            ),
        ),
        remarks="請求は本社へ",
    )
    stored = start_quotation(desk, known)
    if issue:
        issue_quotation(desk, stored.id, stored.version)
    return stored.id


def test_a_quotation_becomes_its_contracts_in_one_step(desk: Desk) -> None:
    quotation = quoted(desk)
    media, prime = contracts_from_quotation(desk, quotation)
    known = media.content
    assert (known.service, known.line, known.site.name, known.site.area) == (
        "media-light", "collab", "東京支店", "east",
    )  # fmt: skip
    assert known.application.items == {"endpoint": 8, "gateway-10": 1}
    assert known.application.wished_start == START
    assert [(one.item, one.unit_price, one.approved_by) for one in known.agreed] == [
        ("endpoint", 500, "所長")
    ]
    assert (known.contact.name, known.remarks) == ("実 太郎", "請求は本社へ")
    assert prime.content.service == "dokodemo-prime"
    assert media.state is prime.state is ContractState.PREPARING
    opened = open_quotation(desk, quotation).stored
    assert opened.state is QuotationState.WON
    assert known.quotation_number == opened.number
    assert open_contract(desk, media.id).standing.monthly_net == 3_000 + 8 * 500 + 9_000


def test_visit_work_waits_as_a_next_step_with_its_lines(desk: Desk) -> None:
    media, prime = contracts_from_quotation(desk, quoted(desk))
    (note,) = notes_of(desk, "contract", media.id)
    assert "OSリカバリ" in note.text
    assert (note.next_step, note.owner, note.due_on) == ("訪問作業の手配", "tamura", date(2026, 12, 8))
    assert notes_of(desk, "contract", prime.id) == []


def test_asked_twice_nothing_is_made_twice(desk: Desk) -> None:
    quotation = quoted(desk)
    first = contracts_from_quotation(desk, quotation)
    again = contracts_from_quotation(desk, quotation)
    assert [one.id for one in again] == [one.id for one in first]
    assert len(notes_of(desk, "contract", first[0].id)) == 1


def test_a_draft_becomes_no_contract(desk: Desk) -> None:
    with pytest.raises(UserError) as caught:
        contracts_from_quotation(desk, quoted(desk, issue=False))
    assert caught.value.code == "not-issued"
