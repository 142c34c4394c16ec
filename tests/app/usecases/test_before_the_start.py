"""What may follow what before the service runs: steps in the order of their days, a start taken back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from app.contract.actions import Action
from app.contract.facts import Changed, Outage, Restored, Started
from app.contract.life import state_on
from app.contract.record import ContractState, StoredContract
from app.errors import UserError
from app.usecases import keep_application as way
from app.usecases.desk import Desk
from app.usecases.open_contract import open_contract
from app.usecases.record_entry import record, void
from tests.app.usecases.contracts import begun, content, customer
from tests.desks import new_desk
from tests.shipped import TODAY

TO_COME = date(2026, 12, 1)


def accepted(desk: Desk, service: str = "osect") -> StoredContract:
    """Passed on 2026-11-02, accepted 2026-11-10 with effect from 2026-12-01."""
    items = {"mihariban": {"license": 5}, "osect": {"sensor": 1}}[service]
    made = way.start_application(desk, customer(desk), content(service, items, TO_COME))
    made = way.submit(desk, made.id, made.version, date(2026, 11, 2), anyway=True)
    return way.accept(desk, made.id, made.version, date(2026, 11, 10), TO_COME)


def id_of(contract: StoredContract, kind: type) -> str:
    return next(one.entry.id for one in contract.entries if isinstance(one.entry, kind))


def state(contract: StoredContract, day: date) -> ContractState:
    return state_on([one.entry for one in contract.entries], day)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def test_a_contract_given_up_does_not_begin_on_the_day_that_was_recorded(desk: Desk) -> None:
    made = accepted(desk)
    made = way.start(desk, made.id, made.version, TO_COME)
    for give_up in (way.withdraw, way.revoke):
        with pytest.raises(UserError) as refused:
            give_up(desk, made.id, made.version, TODAY)
        assert refused.value.code == "start-planned"
    actions = open_contract(desk, made.id).actions
    assert {actions[one].code for one in (Action.WITHDRAW, Action.REVOKE) if actions[one]} == {
        "start-planned"
    }
    made = void(desk, made.id, made.version, id_of(made, Started), "取下げのため")
    made = way.withdraw(desk, made.id, made.version, TODAY)
    assert state(made, date(2026, 12, 5)) is ContractState.WITHDRAWN


def test_a_start_that_never_was_leaves_the_contract_accepted(desk: Desk) -> None:
    made = accepted(desk, "mihariban")
    made = way.start(desk, made.id, made.version, date(2026, 11, 15))
    made = void(desk, made.id, made.version, id_of(made, Started), "お客さまを取り違えた")
    assert made.state is ContractState.ACCEPTED
    made = way.start(desk, made.id, made.version, TODAY)
    assert made.state is ContractState.ACTIVE


def test_what_rests_on_a_start_is_taken_back_before_it(desk: Desk) -> None:
    made = begun(desk, "mihariban", {"license": 5}, date(2026, 5, 20))
    made = record(desk, made.id, made.version, (Changed(on=date(2026, 9, 1), items={"license": 6}),))
    with pytest.raises(UserError) as refused:
        void(desk, made.id, made.version, id_of(made, Started), "取り違えた")
    assert "変更" in refused.value.problems[0].why
    made = void(desk, made.id, made.version, id_of(made, Changed), "取り違えた")
    assert (
        void(desk, made.id, made.version, id_of(made, Started), "取り違えた").state is ContractState.ACCEPTED
    )


def test_a_step_before_the_last_one_would_change_nothing_and_is_refused(desk: Desk) -> None:
    made = accepted(desk)
    with pytest.raises(UserError) as refused:
        way.withdraw(desk, made.id, made.version, date(2026, 11, 5))
    [problem] = refused.value.problems
    assert problem.code == "before-last-step"
    assert "2026年11月10日" in problem.remedy
    assert way.withdraw(desk, made.id, made.version, date(2026, 11, 10)).state is ContractState.WITHDRAWN


def test_an_application_taken_back_does_not_begin_before_that(desk: Desk) -> None:
    made = accepted(desk)
    made = way.withdraw(desk, made.id, made.version, TODAY)
    with pytest.raises(UserError):
        record(desk, made.id, made.version, (Started(on=date(2026, 11, 15), items={"sensor": 1}),))


def test_an_outage_is_recorded_once_it_is_known(desk: Desk) -> None:
    made = begun(desk, "osect", {"sensor": 1}, date(2026, 5, 20))
    to_come = datetime.fromisoformat("2027-11-01T09:00")
    with pytest.raises(UserError) as refused:
        record(desk, made.id, made.version, (Outage(to_come, None, "company"),))
    assert [one.code for one in refused.value.problems] == ["not-yet"]
    known = datetime.fromisoformat("2026-11-20T09:00")
    made = record(desk, made.id, made.version, (Outage(known, None, "company"),))
    with pytest.raises(UserError) as refused:
        record(desk, made.id, made.version, (Restored(id_of(made, Outage), to_come),))
    assert [one.field.rpartition(".")[2] for one in refused.value.problems] == ["at"]
