"""What people arrange: volumes, how long it takes, what it is priced as, and what was done in the end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contract.facts import Changed, Ended, Started, Timeline
from app.errors import UserError
from app.visit.found_work import as_done, check_ticks, content_hash, price_changes
from app.visit.from_order import contract_of, price_of, request_of
from app.visit.minutes import duration_of, minutes_of
from app.visit.order import Device, PriceByHand, Tick, VisitContent
from app.visit.settings import MinutesTable
from app.visit.volume import read_volume, volume_text, volume_words
from app.visit.work import VisitContract
from tests.shipped import catalogue

DAY = date(2026, 11, 24)
PCS = Device(
    id="pc",
    name="PC",
    count=3,
    menu=("os-recovery", "endpoint-reinstall", "data-migration"),
    data_gb="50",
    backup=True,
)
PHONES = Device(id="phone", kind="phone", name="スマホ", count=5, menu=("wifi-setup",))
ASAHI = VisitContent(service="media-light", devices=(PCS, PHONES))
GATEWAY = VisitContract(start=date(2026, 4, 1), gateways={10: 1}, endpoint=True)


@pytest.mark.parametrize(
    ("text", "gb"),
    [("4.7GB", "4.7"), ("４．７ ＧＢ", "4.7"), ("2TB", "2000"), ("4.001tb", "4001"), ("500MB", "0.5")],
)
def test_a_volume_is_read_exactly(text: str, gb: str) -> None:
    assert volume_text(read_volume(text)) == gb


@pytest.mark.parametrize(
    "text", ["", "0GB", "-1GB", "500", "GB", "1e3GB", "50 G B x", "１２３４５６７８９０１２３GB"]
)
def test_what_is_no_volume_is_told_with_what_to_do(text: str) -> None:
    with pytest.raises(UserError) as refused:
        read_volume(text)
    assert refused.value.code == "bad-input"
    assert refused.value.problems[0].remedy


@given(st.integers(1, 10**6), st.integers(0, 3))
def test_a_volume_comes_back_as_it_was_written(number: int, decimals: int) -> None:
    volume = Fraction(number, 10**decimals)
    assert read_volume(f"{volume_text(volume)}GB") == volume
    assert read_volume(volume_words(volume)) == volume


def test_a_visit_takes_as_long_as_its_devices_and_less_with_more_hands() -> None:
    table = MinutesTable()
    assert minutes_of(ASAHI, table) == 210  # 30 + 3 × (30 + 10 + 15) + 5 × 3
    assert minutes_of(ASAHI, table, technicians=2) == 120
    assert minutes_of(msgspec.structs.replace(ASAHI, minutes=45), table) == 45
    told = duration_of(ASAHI, table)
    assert told.base + sum(one.minutes for one in told.work) == 210


@given(st.integers(1, 30), st.integers(1, 5))
def test_more_devices_never_take_less_and_more_hands_never_more(count: int, people: int) -> None:
    table = MinutesTable()
    some = VisitContent(service="media-light", devices=(Device(count=count, menu=("os-update",)),))
    more = VisitContent(service="media-light", devices=(Device(count=count + 1, menu=("os-update",)),))
    assert minutes_of(some, table, people) <= minutes_of(more, table, people)
    assert minutes_of(some, table, people + 1) <= minutes_of(some, table, people)


def test_the_price_is_that_of_the_devices_with_what_the_contract_leaves_free() -> None:
    priced = price_of(ASAHI, GATEWAY, catalogue(), DAY, "west")
    assert (priced.net, priced.bill.total, priced.free_value) == (4_500, 4_950, 120_000)


def test_problems_name_the_device_and_its_field_all_at_once() -> None:
    content = VisitContent(
        service="media-light",
        devices=(
            Device(name="a", menu=()),
            Device(name="b", menu=("data-migration",), data_gb="many"),
        ),
    )
    with pytest.raises(UserError) as refused:
        request_of(content, DAY, GATEWAY, "west")
    assert [problem.field for problem in refused.value.problems] == ["devices.0.menu", "devices.1.data_gb"]
    too_many = VisitContent(
        service="media-light", devices=(Device(count=21, menu=("data-migration",), data_gb="50"),)
    )
    with pytest.raises(UserError) as refused:
        price_of(too_many, GATEWAY, catalogue(), DAY, "west")
    assert refused.value.code == "individual-quote"
    by_hand = PriceByHand(unit_price=20_000, reason="21台以上", approved_by="宮下")
    device = msgspec.structs.replace(too_many.devices[0], by_hand=by_hand)
    priced = price_of(msgspec.structs.replace(too_many, devices=(device,)), GATEWAY, catalogue(), DAY, "west")
    assert priced.net >= 21 * 20_000


def test_a_contract_brings_what_it_has_on_the_day_of_the_visit() -> None:
    timeline = Timeline(
        service="media-light",
        facts=(
            Started(on=date(2026, 4, 1), items={"endpoint": 5}),
            Changed(on=date(2026, 6, 1), items={"endpoint": 5, "gateway-50": 1}),
            Ended(on=date(2026, 12, 1)),
        ),
    )
    assert contract_of(timeline, catalogue(), date(2026, 3, 31)) == VisitContract()
    assert contract_of(timeline, catalogue(), date(2026, 5, 1)).gateways == {}
    assert contract_of(timeline, catalogue(), DAY) == VisitContract(
        date(2026, 4, 1), {50: 1}, endpoint=True, free_visits=()
    )
    assert contract_of(timeline, catalogue(), date(2026, 12, 1)) == VisitContract()


def _ticks(**results: str) -> tuple[Tick, ...]:
    found = {"os-recovery": "done", "endpoint-reinstall": "done", "data-migration": "done", **results}
    ticks = [
        Tick(device="pc", menu=menu, result=result, why="" if result == "done" else "読み取れず")
        for menu, result in found.items()
    ]
    return (*ticks, Tick(device="phone", menu="wifi-setup", result="done"))


def test_every_piece_of_work_needs_a_result_and_a_reason_where_it_failed() -> None:
    assert not check_ticks(ASAHI.devices, _ticks())
    missing = check_ticks(ASAHI.devices, _ticks()[1:])
    assert [problem.field for problem in missing] == ["ticks.pc.os-recovery"]
    silent = msgspec.structs.replace(_ticks()[0], result="partly", why=" ")
    assert [one.field for one in check_ticks(ASAHI.devices, (silent, *_ticks()[1:]))] == [
        "ticks.pc.os-recovery"
    ]
    backwards = msgspec.structs.replace(_ticks()[0], first=600, last=590)
    assert len(list(check_ticks(ASAHI.devices, (backwards, *_ticks()[1:])))) == 1


def test_work_that_failed_is_charged_and_work_never_begun_is_not() -> None:
    def net(ticks: tuple[Tick, ...]) -> int:
        return price_of(as_done(ASAHI, ticks), VisitContract(), catalogue(), DAY, "west").net

    planned = price_of(ASAHI, VisitContract(), catalogue(), DAY, "west")
    assert net(_ticks()) == planned.net
    assert net(_ticks(**{"os-recovery": "partly"})) == planned.net  # 24条3項: whether or not it succeeds
    assert net(_ticks(**{"os-recovery": "not-done"})) == planned.net - 3 * 10_500


def test_a_volume_found_larger_is_priced_as_found_and_shown_beside_what_was_planned() -> None:
    larger = tuple(
        msgspec.structs.replace(tick, data_gb="51") if tick.menu == "data-migration" else tick
        for tick in _ticks()
    )
    before = price_of(ASAHI, VisitContract(), catalogue(), DAY, "west")
    after = price_of(as_done(ASAHI, larger), VisitContract(), catalogue(), DAY, "west")
    (change,) = price_changes(before, after)
    assert (change.item, change.before, change.after) == ("data-migration", 72_000, 144_000)


def test_the_frozen_content_has_another_hash_after_any_change() -> None:
    frozen = content_hash("W-1", ASAHI.devices, _ticks(), 4_500, "")
    assert frozen == content_hash("W-1", ASAHI.devices, _ticks(), 4_500, "")
    others = {
        content_hash("W-2", ASAHI.devices, _ticks(), 4_500, ""),
        content_hash("W-1", (PCS,), _ticks(), 4_500, ""),
        content_hash("W-1", ASAHI.devices, _ticks()[1:], 4_500, ""),
        content_hash("W-1", ASAHI.devices, _ticks(), 4_501, ""),
        content_hash("W-1", ASAHI.devices, _ticks(), 4_500, "。"),
    }
    assert len(others | {frozen}) == 6
