"""One contract a line also in days that are gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.contract.facts import Changed, Ended, Voided
from app.contract.record import ContractState, StoredContract
from app.errors import UserError
from app.usecases.desk import Desk
from app.usecases.record_entry import record, void
from tests.app.usecases.contracts import begun
from tests.desks import new_desk

FIRST, HANDED = date(2026, 5, 20), date(2026, 11, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def prime(desk: Desk, start: date) -> StoredContract:
    return begun(desk, "dokodemo-prime", {"id": 28}, start, "L-1")


def id_of(contract: StoredContract, kind: type) -> str:
    return next(one.entry.id for one in contract.entries if isinstance(one.entry, kind))


def test_a_contract_that_is_over_can_not_be_moved_over_the_one_after_it(desk: Desk) -> None:
    before = prime(desk, FIRST)
    before = record(desk, before.id, before.version, (Changed(on=date(2026, 9, 1), items={"id": 30}),))
    before = record(desk, before.id, before.version, (Ended(on=HANDED),))
    prime(desk, HANDED)
    taken_back = Voided(voids=id_of(before, Ended))
    with pytest.raises(UserError) as refused:
        record(desk, before.id, before.version, (taken_back, Ended(on=date(2026, 11, 15))))
    assert refused.value.code == "line-taken"
    earlier = record(desk, before.id, before.version, (taken_back, Ended(on=date(2026, 11, 5))))
    assert earlier.state is ContractState.ENDED
    assert void(desk, earlier.id, earlier.version, id_of(earlier, Changed), "誤り").state is earlier.state


def test_a_start_long_ago_does_not_reach_into_a_contract_that_is_over(desk: Desk) -> None:
    before = prime(desk, FIRST)
    record(desk, before.id, before.version, (Ended(on=HANDED),))
    with pytest.raises(UserError) as refused:
        prime(desk, date(2026, 11, 1))
    assert refused.value.code == "line-taken"
    assert prime(desk, HANDED).state is ContractState.ACTIVE
