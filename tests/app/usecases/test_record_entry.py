"""Recording entries, taking them back, who wrote first, and what the terms refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.contract.facts import (
    Changed,
    Ended,
    Outage,
    Restored,
    Resumed,
    Suspended,
    Transferred,
    Voided,
)
from app.contract.record import ContractState, Entry, StoredContract
from app.errors import ConflictError, Problem, UserError
from app.usecases import keep_application
from app.usecases.desk import Desk
from app.usecases.open_contract import open_contract
from app.usecases.record_entry import conflict_detail, holder_on, record, void
from tests.app.charge.timelines import at
from tests.app.usecases.contracts import begun, content, customer
from tests.desks import new_desk, reopened

START = date(2026, 5, 20)
MET = {"with-line": True, "line-contractor": True, "arrears": False}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def prime(desk: Desk, line: str = "06-1111-2222", owner: str = "") -> StoredContract:
    return begun(desk, "dokodemo-prime", {"id": 28}, START, line, owner)


def refused(desk: Desk, contract: StoredContract, *entries: Entry) -> tuple[Problem, ...]:
    """Every problem with the entries; the contract is as before."""
    with pytest.raises(UserError) as caught:
        record(desk, contract.id, contract.version, entries)
    assert open_contract(desk, contract.id).stored == contract
    return caught.value.problems


def test_what_is_recorded_has_who_when_and_the_note(desk: Desk) -> None:
    contract = prime(desk)
    after = record(
        desk, contract.id, contract.version, (Changed(on=date(2026, 9, 14), items={"id": 31}),), note="電話"
    )
    last = after.entries[-1]
    assert (last.staff, last.note, after.version) == ("田村 美咲", "電話", contract.version + 1)
    assert last.entry.id
    assert last.seq > contract.entries[-1].seq
    assert after.state is ContractState.ACTIVE
    with desk.storage.look() as work:
        assert work.audit.check() == []


def test_a_second_window_is_told_what_the_first_recorded(desk: Desk, tmp_path: Path) -> None:
    contract = prime(desk)
    other = reopened(tmp_path)
    record(other, contract.id, contract.version, (Changed(on=date(2026, 9, 14), items={"id": 31}),))
    with pytest.raises(ConflictError):
        record(desk, contract.id, contract.version, (Changed(on=date(2026, 9, 14), items={"id": 20}),))
    told = conflict_detail(desk, contract)
    assert [one.entry.items for one in told.entries if isinstance(one.entry, Changed)] == [{"id": 31}]
    assert told.entries[0].staff == "田村 美咲"
    assert told.fields == ()
    assert told.now.version == contract.version + 1
    other.storage.close()


def test_a_conflict_goes_before_what_the_terms_would_say(desk: Desk) -> None:
    contract = prime(desk)
    record(desk, contract.id, contract.version, (Ended(on=date(2026, 12, 10)),))
    with pytest.raises(ConflictError):
        record(desk, contract.id, contract.version, (Ended(on=date(2026, 12, 11)),))


def test_voiding_keeps_the_entry_and_brings_the_former_state_back(desk: Desk) -> None:
    contract = prime(desk)
    ended = record(desk, contract.id, contract.version, (Ended(on=date(2026, 11, 1)),))
    assert ended.state is ContractState.ENDED
    back = void(desk, ended.id, ended.version, ended.entries[-1].entry.id, "日付の誤り")
    assert back.state is ContractState.ACTIVE
    assert [type(one.entry) for one in back.entries[-2:]] == [Ended, Voided]
    assert back.entries[-1].note == "日付の誤り"


def test_an_entry_is_put_right_by_voiding_and_recording_in_one(desk: Desk) -> None:
    contract = prime(desk)
    ended = record(desk, contract.id, contract.version, (Ended(on=date(2026, 11, 1)),))
    wrong = ended.entries[-1].entry.id
    after = record(desk, ended.id, ended.version, (Ended(on=date(2026, 12, 10)), Voided(voids=wrong)))
    assert after.state is ContractState.ENDING
    assert after.timeline.ended is not None
    assert after.timeline.ended.on == date(2026, 12, 10)


def test_voiding_needs_a_reason_and_an_entry_that_stands(desk: Desk) -> None:
    contract = prime(desk)
    with pytest.raises(UserError) as caught:
        void(desk, contract.id, contract.version, contract.entries[-1].entry.id, " ")
    assert caught.value.problems[0].field == "why"
    (problem,) = refused(desk, contract, Voided(voids="nothing"))
    assert (problem.code, problem.field) == ("bad-input", "new.0.voids")


def test_a_start_others_rest_on_can_not_be_voided(desk: Desk) -> None:
    contract = prime(desk)
    changed = record(desk, contract.id, contract.version, (Changed(on=date(2026, 9, 14), items={"id": 31}),))
    started = next(one.entry.id for one in changed.entries if type(one.entry).__name__ == "Started")
    problems = refused(desk, changed, Voided(voids=started))
    assert "利用開始だけを取り消すことはできません。" in [one.what for one in problems]


# --- refusals, with clause -------------------------------------------------------------------------------


def test_every_problem_of_every_entry_is_told_at_once(desk: Desk) -> None:
    contract = prime(desk)
    problems = refused(
        desk,
        contract,
        Changed(on=date(2026, 5, 1), items={"id": 28}),
        Changed(on=date(2026, 9, 14), items={"id": 10_000}),
        Resumed(on=date(2026, 9, 1)),
    )
    assert {(one.code, one.field) for one in problems} >= {
        ("not-started", "new.0.on"),
        ("out-of-range", "new.1.items.id"),
        ("not-suspended", "new.2.on"),
    }
    assert {one.clause for one in problems if one.code == "out-of-range"} == {"別紙4"}


def test_fifty_one_licences_by_a_change_are_refused(desk: Desk) -> None:
    contract = begun(desk, "mihariban", {"license": 50}, START)
    (problem,) = refused(desk, contract, Changed(on=date(2026, 12, 1), items={"license": 51}))
    assert (problem.code, problem.clause) == ("out-of-range", "25条※")


def test_an_end_before_the_start_is_refused(desk: Desk) -> None:
    contract = prime(desk)
    (problem,) = refused(desk, contract, Ended(on=date(2026, 5, 1)))
    assert problem.code == "cancel-before-start"
    assert problem.what.startswith("2026年5月1日は開始日（")
    assert problem.clause
    assert "取下げ" not in problem.remedy


def test_an_end_the_notice_rules_do_not_allow_is_refused_with_the_earliest_day(desk: Desk) -> None:
    contract = begun(desk, "mdr-ndr", {"annual-fee": 3_000_000}, START)
    told = date(2026, 11, 20)
    (problem,) = refused(desk, contract, Ended(on=date(2026, 12, 31), requested=told))
    assert (problem.code, problem.clause) == ("notice-too-short", "17条1項")
    assert "2027年1月20日" in problem.remedy
    after = record(desk, contract.id, contract.version, (Ended(on=date(2027, 1, 20), requested=told),))
    assert after.state is ContractState.ENDING


def test_a_suspension_longer_than_the_terms_allow_is_refused(desk: Desk) -> None:
    contract = begun(desk, "mihariban", {"license": 5}, START)
    (problem,) = refused(
        desk, contract, Suspended(first=date(2026, 6, 1), last=date(2026, 12, 31), notified=START)
    )
    assert problem.code == "suspension-too-long"
    assert "2026年11月30日" in problem.remedy


def test_an_outage_ends_once(desk: Desk) -> None:
    contract = prime(desk)
    began = record(
        desk,
        contract.id,
        contract.version,
        (Outage(known_at=at("2026-10-08T09:00"), restored_at=None, cause="company"),),
    )
    outage = began.entries[-1].entry.id
    over = record(desk, began.id, began.version, (Restored(outage=outage, at=at("2026-10-09T23:00")),))
    assert open_contract(desk, over.id).life.marks[1].words == "障害 38時間・1日分を減額"
    problems = refused(desk, over, Restored(outage=outage, at=at("2026-10-10T01:00")))
    assert "no-outage" in [one.code for one in problems]


# --- transfers -------------------------------------------------------------------------------------------


def test_a_transfer_without_approval_is_refused_with_every_open_condition(desk: Desk) -> None:
    contract = prime(desk)
    problems = refused(desk, contract, Transferred(on=date(2026, 11, 1), to="株式会社あおば"))
    assert [one.code for one in problems] == ["transfer-unanswered"] * 3 + ["not-approved"]
    assert problems[-1].clause
    answered = Transferred(
        on=date(2026, 11, 1),
        to="株式会社あおば",
        approved=date(2026, 10, 20),
        answers={**MET, "arrears": True},
    )
    (problem,) = refused(desk, contract, answered)
    assert (problem.code, problem.field) == ("transfer-refused", "new.0.answers.arrears")


def test_a_contract_passes_on_its_day_and_comes_back_when_voided(desk: Desk) -> None:
    contract = prime(desk)
    other = customer(desk, "株式会社あおば")
    fact = Transferred(
        on=date(2026, 11, 1),
        to="株式会社あおば",
        customer_id=other,
        approved=date(2026, 10, 20),
        answers=MET,
    )
    passed = record(desk, contract.id, contract.version, (fact,))
    assert passed.customer_id == other
    assert open_contract(desk, passed.id).customer.fields.name == "株式会社あおば"
    back = void(desk, passed.id, passed.version, passed.entries[-1].entry.id, "誤り")
    assert back.customer_id == contract.customer_id


def test_a_transfer_to_come_leaves_the_contract_where_it_is_until_its_day(desk: Desk) -> None:
    contract = prime(desk)
    other = customer(desk, "株式会社あおば")
    on = date(2026, 12, 1)
    fact = Transferred(
        on=on, to="株式会社あおば", customer_id=other, approved=date(2026, 11, 10), answers=MET
    )
    waits = record(desk, contract.id, contract.version, (fact,))
    assert waits.customer_id == contract.customer_id
    entries = [one.entry for one in waits.entries]
    assert holder_on(entries, waits.customer_id, on) == other
    assert open_contract(desk, waits.id).standing.recheck_on == on


# --- one contract a line ---------------------------------------------------------------------------------


def test_a_step_of_the_application_is_recorded_once_it_was(desk: Desk) -> None:
    made = keep_application.start_application(
        desk, customer(desk), content("osect", {"sensor": 1}, date(2026, 12, 20))
    )
    with pytest.raises(UserError) as caught:
        keep_application.submit(desk, made.id, made.version, date(2026, 11, 21), anyway=True)
    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == ("not-yet", "new.0.on")
    made = keep_application.submit(desk, made.id, made.version, date(2026, 11, 20), anyway=True)
    with pytest.raises(UserError) as caught:
        keep_application.accept(desk, made.id, made.version, date(2026, 11, 21), date(2026, 12, 20))
    assert caught.value.code == "not-yet"
    accepted = keep_application.accept(desk, made.id, made.version, date(2026, 11, 20), date(2026, 12, 20))
    assert accepted.state is ContractState.ACCEPTED  # the day it takes effect may lie ahead


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (Changed(on=date(9999, 12, 31), items={"id": 31}), ["new.0.on"]),
        (Ended(on=date(1, 1, 1)), ["new.0.on"]),
        (Suspended(first=date(2026, 12, 1), last=date(9999, 12, 31)), ["new.0.to"]),
        (Outage(known_at=at("9999-12-31T23:00"), restored_at=None, cause="company"), ["new.0.known_at"]),
    ],
)
def test_days_nobody_means_are_refused(desk: Desk, entry: Entry, fields: list[str]) -> None:
    problems = refused(desk, prime(desk), entry)
    assert [one.field for one in problems] == fields
    assert {one.code for one in problems} == {"bad-input"}


def test_a_second_contract_on_a_line_is_refused_with_the_clause(desk: Desk) -> None:
    first = prime(desk)
    second = keep_application.start_application(
        desk, first.customer_id, content("dokodemo-prime", {"id": 5}, date(2026, 11, 1), "0611112222")
    )
    second = keep_application.submit(desk, second.id, second.version, date(2026, 10, 1), anyway=True)
    with pytest.raises(UserError) as caught:
        keep_application.accept(desk, second.id, second.version, date(2026, 10, 10), date(2026, 11, 1))
    (problem,) = caught.value.problems
    assert (problem.code, problem.clause) == ("line-taken", "6条1項")
    assert first.number in problem.what


def test_a_line_is_free_from_the_end_of_the_contract_on_it(desk: Desk) -> None:
    first = prime(desk)
    record(desk, first.id, first.version, (Ended(on=date(2026, 12, 10)),))

    def begin(start: date) -> StoredContract:
        return begun(desk, "dokodemo-prime", {"id": 5}, start, "06-1111-2222", first.customer_id)

    with pytest.raises(UserError) as caught:
        begin(date(2026, 12, 9))
    assert caught.value.code == "line-taken"
    assert begin(date(2026, 12, 10)).number != first.number


def test_other_services_share_a_line(desk: Desk) -> None:
    first = prime(desk)
    other = begun(desk, "media-light", {"endpoint": 5}, START, "06-1111-2222", first.customer_id)
    assert other.state is ContractState.ACTIVE
    for _time in range(2):  # 見張り番 knows no such rule
        begun(desk, "mihariban", {"license": 5}, START, "06-1111-2222", first.customer_id)
