"""A visit from the request to the bill, on a real desk: what is stored, charged, refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.contract.customer import CustomerFields
from app.days import Month
from app.errors import ConflictError, UserError
from app.usecases import book_visit, keep_visit, work_on_site
from app.usecases.keep_customer import register_customer
from app.usecases.run_month import run_month
from app.usecases.visit_ground import area_in, ground_of
from app.visit.order import (
    Booked,
    Confirmed,
    Device,
    Leave,
    PriceByHand,
    Tick,
    VisitPlace,
    VisitState,
)
from app.visit.visit_life import last_report
from tests.app.usecases.visits import (
    PLACE,
    POINTS,
    RECOVERY,
    STROKES,
    TUESDAY,
    claims,
    clock,
    codes,
    confirmed,
    content,
    contract,
    customer,
    desk_with,
    figures,
    go,
    span,
    technicians,
)

MIGRATION = Device(id="d2", name="経理PC", menu=("data-migration",), data_gb="4.7")
WEDNESDAY = date(2026, 11, 25)


# --- the request -------------------------------------------------------------------------------------------


def test_from_the_request_to_the_bill(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner)
    free = confirmed(desk, owner, one, span("9:30", "10:30"), contract_id=held.id)
    visit = keep_visit.receive(desk, owner, content(contract_id=held.id, devices=(RECOVERY, MIGRATION)))
    assert (visit.number, visit.state) == ("W-HM1-2611-0002", VisitState.RECEIVED)
    slot = book_visit.find_slots(desk, owner, visit.content, visit_id=visit.id).slots[0]
    assert slot.starts > (TUESDAY, 600)
    visit = book_visit.book(desk, visit.id, visit.version, slot.spans, slot.technicians)
    visit = book_visit.confirm(desk, visit.id, visit.version, "実")
    agreed = figures(desk, visit).net
    assert [each.net for each in visit.events if isinstance(each, Confirmed)] == [agreed]
    go(time, TUESDAY, 13)
    visit = work_on_site.begin(desk, visit.id, visit.version)
    visit = work_on_site.sign_before(desk, visit.id, visit.version, "実 太郎", STROKES, POINTS)
    ticks = (
        Tick(device="d1", menu="os-recovery", result="partly", why="起動しない"),
        Tick(device="d2", menu="data-migration", result="done", data_gb="50.1"),
    )
    draft = work_on_site.draft_report(desk, visit.id, ticks, "部品を注文")
    assert draft.before.net == agreed
    assert [change.item for change in draft.changes] == ["data-migration"]
    visit = work_on_site.report(desk, visit.id, visit.version, ticks, "部品を注文")
    frozen = last_report(visit.events)
    assert frozen is not None
    assert (frozen.net, frozen.sha256) == (draft.after.net, draft.sha256)
    assert frozen.net > agreed
    assert [one.data_gb for one in frozen.devices] == [None, "50.1"]
    visit = work_on_site.sign_report(desk, visit.id, visit.version, "実 太郎", STROKES, frozen.sha256)
    visit = work_on_site.finish(desk, visit.id, visit.version)
    assert visit.state is VisitState.DONE
    assert claims(desk, held.id) == [frozen.net]
    go(time, date(2026, 12, 1))
    run = run_month(desk, Month(2026, 11))
    with desk.storage.look() as work:
        bill = work.bills.bill_of(held.id, "2026-11")
        assert work.audit.check() == []
    assert bill is not None
    assert run.bills == 1
    worked_lines = [line for line in bill.content.lines if line.claim]
    assert sum(line.amount for line in worked_lines) == frozen.net
    assert all(visit.number in line.why[1] for line in worked_lines)
    assert free.number not in str(worked_lines)


def test_everything_wrong_with_a_request_is_told_at_once(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    owner = customer(desk)
    wrong = content(
        devices=(
            Device(id="d1", menu=("data-migration",), data_gb="500x"),
            Device(id="d2"),
        ),
        minutes=0,
        bring="長" * 2_001,
        place=msgspec.structs.replace(PLACE, address="本町1-1"),
    )
    with pytest.raises(UserError) as refused:
        keep_visit.receive(desk, owner, wrong)
    assert {one.field for one in refused.value.problems} == {
        "devices.0.data_gb", "devices.1.menu", "minutes", "bring", "place.area",
    }  # fmt: skip
    with desk.storage.look() as work:
        assert work.visits.count() == 0


@pytest.mark.parametrize(
    ("device", "code", "field"),
    [
        (Device(menu=("os-recovery",), count=0), "bad-input", "devices.0.count"),
        (Device(menu=("data-migration",), data_gb="0"), "bad-input", "devices.0.data_gb"),
        (Device(menu=("data-migration",), data_gb="-1"), "bad-input", "devices.0.data_gb"),
        (Device(menu=("data-migration",), count=21, data_gb="10"), "individual-quote", "devices.0.count"),
        (Device(menu=("tea",)), "bad-input", "devices.0.menu.0"),
        (Device(name="長" * 201, menu=("os-recovery",)), "bad-input", "devices.0.name"),
        (
            Device(menu=("data-migration",), count=21, data_gb="10", by_hand=PriceByHand(unit_price=1_000)),
            "bad-input",
            "devices.0.by_hand",
        ),
        (
            Device(
                menu=("data-migration",),
                count=21,
                data_gb="10",
                by_hand=PriceByHand(unit_price=-1, reason="値引き"),
            ),
            "bad-input",
            "devices.0.by_hand",
        ),
    ],
)
def test_devices_that_cannot_be_are_refused(tmp_path: Path, device: Device, code: str, field: str) -> None:
    desk = desk_with(tmp_path / "data")
    with pytest.raises(UserError) as refused:
        keep_visit.receive(desk, customer(desk), content(devices=(device,)))
    assert (refused.value.code, refused.value.problems[0].field) == (code, field)


@pytest.mark.parametrize("volume", ["4.7", "4.8", "10", "10.1", "50", "50.1", "4000", "4001"])
def test_volumes_at_the_edges_are_priced(tmp_path: Path, volume: str) -> None:
    desk = desk_with(tmp_path / "data")
    device = Device(menu=("data-migration",), data_gb=volume)
    if volume == "4001":
        device = msgspec.structs.replace(
            device, by_hand=PriceByHand(unit_price=50_000, reason="容量が大きい", approved_by="店長")
        )
    visit = keep_visit.receive(desk, customer(desk), content(devices=(device,)))
    assert figures(desk, visit).net > 6_000
    assert visit.content.devices[0].id == "d1"


def test_more_than_twenty_with_a_price_by_hand(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    hand = PriceByHand(unit_price=9_000, reason="台数が多い", approved_by="店長")
    device = Device(menu=("data-migration",), count=21, data_gb="10", by_hand=hand)
    visit = keep_visit.receive(desk, customer(desk), content(devices=(device,)))
    assert figures(desk, visit).net == 6_000 + 21 * 9_000


def test_a_contract_of_somebody_else_and_a_desk_without_a_code(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    held = contract(desk, customer(desk))
    with pytest.raises(UserError) as refused:
        keep_visit.receive(desk, customer(desk, "別の会社"), content(contract_id=held.id))
    assert refused.value.code == "wrong-contract"
    with desk.storage.work() as work:
        work.settings.save(msgspec.structs.replace(work.settings.load(), desk_code=""))
        work.commit()
    with pytest.raises(UserError) as unnumbered:
        keep_visit.receive(desk, customer(desk, "三つ目の会社"), content())
    assert unnumbered.value.code == "no-desk-code"


@pytest.mark.parametrize(
    ("place", "customer_prefecture", "area"),
    [
        (VisitPlace(address="東京都港区1"), "大阪府", "east"),
        (VisitPlace(address="東京都港区1", area="west"), "大阪府", "west"),
        (VisitPlace(), "神奈川県", "east"),
        (VisitPlace(address="大阪市中央区本町1-1 3階"), "大阪府", "west"),
        (VisitPlace(address="どこか別の町1"), "大阪府", None),
        (VisitPlace(), "", None),
    ],
)
def test_the_area_is_never_guessed(
    tmp_path: Path, place: VisitPlace, customer_prefecture: str, area: str | None
) -> None:
    desk = desk_with(tmp_path / "data")
    fields = CustomerFields(
        name="会社", kana="カイシャ", prefecture=customer_prefecture, address="大阪市中央区本町1-1",
        phone="06-6123-4567",
    )  # fmt: skip
    ground = ground_of(desk, register_customer(desk, fields).id)
    assert area_in(ground, content(place=place)) == area


def test_a_confirmed_visit_that_costs_more_has_to_be_confirmed_again(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    (one,) = technicians(desk, "大西 航")
    visit = confirmed(desk, customer(desk), one, span("10", "12"))
    remark = msgspec.structs.replace(visit.content, remarks="犬がいます", spans=(), technicians=())
    visit = keep_visit.edit(desk, visit.id, visit.version, remark)
    assert (visit.state, visit.content.spans) == (VisitState.CONFIRMED, (span("10", "12"),))
    more = msgspec.structs.replace(
        visit.content, devices=(RECOVERY, msgspec.structs.replace(RECOVERY, id=""))
    )
    visit = keep_visit.edit(desk, visit.id, visit.version, more)
    assert visit.state is VisitState.ARRANGED
    assert [device.id for device in visit.content.devices] == ["d1", "d2"]
    with pytest.raises(ConflictError):
        keep_visit.edit(desk, visit.id, visit.version - 1, more)


def test_work_sold_with_a_contract_is_received_once(tmp_path: Path) -> None:
    from app.quote.content import QuotationContent, ServiceEntry, VisitEntry, WorkEntry
    from app.usecases.contract_from_quotation import contracts_from_quotation
    from app.usecases.issue_quotation import issue_quotation
    from app.usecases.keep_quotation import start_quotation

    desk = desk_with(tmp_path / "data")
    fields = CustomerFields(
        name="株式会社みのり食品",
        kana="ミノリ",
        prefecture="大阪府",
        address="大阪市中央区1",
        phone="06-6123-4567",
    )
    work = (WorkEntry(label="受付PC", devices=2, menu=("os-recovery",)),)
    quoted = QuotationContent(
        customer=fields,
        services=(ServiceEntry(service="media-light", start=date(2026, 12, 1), items={"endpoint": 5}),),
        visits=(
            VisitEntry(for_service=0, on=date(2026, 12, 1), at="10:00", work=work, with_line_order=True),
        ),
    )
    quotation = start_quotation(desk, quoted)
    issue_quotation(desk, quotation.id, quotation.version)
    (made,) = contracts_from_quotation(desk, quotation.id)
    (visit,) = keep_visit.receive_from_quotation(desk, made.id)
    assert visit.content.devices[0].count == 2
    assert (visit.content.contract_id, visit.content.with_line_order) == (made.id, True)
    assert "2026-12-01 10:00" in visit.content.wishes
    assert visit.events[0].how == "quotation"  # type: ignore[union-attr]
    assert keep_visit.receive_from_quotation(desk, made.id) == [visit]
    with desk.storage.look() as looking:
        assert [note.done_at is not None for note in looking.beside.notes_of("contract", made.id)] == [True]
    with pytest.raises(UserError) as none:
        keep_visit.receive_from_quotation(desk, contract(desk, customer(desk)).id)
    assert none.value.code == "no-visits"


# --- slots -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "code", "clause"),
    [
        ([span("10", "12", date(2026, 11, 23))], "closed", "別紙2"),
        ([span("10", "12", date(2026, 12, 30))], "closed", "別紙2"),
        ([span("16:30", "18:30")], "outside-hours", "別紙2"),
        ([span("10", "12", date(2026, 11, 19))], "past", ""),
        ([span("10", "12", WEDNESDAY)], "leave", "当店の設定"),
        ([span("9", "9:30")], "too-short", "当店の設定"),
    ],
)
def test_what_stands_against_a_slot_is_told_with_the_nearest_that_works(
    tmp_path: Path, spans: list, code: str, clause: str
) -> None:
    desk = desk_with(tmp_path / "data")
    (one,) = technicians(desk, "大西 航", leaves=(Leave(first=WEDNESDAY, last=WEDNESDAY, why="研修"),))
    visit = keep_visit.receive(desk, customer(desk), content())
    with pytest.raises(book_visit.SlotRefused) as refused:
        book_visit.book(desk, visit.id, visit.version, spans, [one.id])
    problem = next(each for each in refused.value.problems if each.code == code)
    assert problem.clause == clause
    assert "いちばん近い空きは" in refused.value.problems[0].remedy
    near = refused.value.slots[0]
    told = book_visit.look_at_slot(desk, visit.id, spans, [one.id])
    assert [each.kind for each in told] == codes(refused)
    booked = book_visit.book(desk, visit.id, visit.version, near.spans, near.technicians)
    assert booked.state is VisitState.ARRANGED


def test_saturday_in_the_east(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    saturday = [span("10", "12", date(2026, 11, 28))]
    east = keep_visit.receive(desk, owner, content(place=VisitPlace(address="東京都港区1-1")))
    with pytest.raises(book_visit.SlotRefused) as refused:
        book_visit.book(desk, east.id, east.version, saturday, [one.id])
    assert (refused.value.code, refused.value.clause) == ("closed", "別紙2")
    west = keep_visit.receive(desk, owner, content())
    assert book_visit.book(desk, west.id, west.version, saturday, [one.id]).state is VisitState.ARRANGED


def test_spans_that_are_none(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    visit = keep_visit.receive(desk, customer(desk), content())
    for spans in ([], [span("12", "10")], [span("10", "12"), span("11", "13")]):
        with pytest.raises(UserError) as refused:
            book_visit.book(desk, visit.id, visit.version, spans)
        assert codes(refused) == ["bad-input"]


def test_moving_keeps_the_history_and_asks_for_confirmation_again(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    one, other = technicians(desk, "大西 航", "別所 学")
    visit = confirmed(desk, customer(desk), one, span("10", "12"))
    visit = book_visit.move(
        desk, visit.id, visit.version, [span("13", "15", WEDNESDAY)], [other.id], " お客さまの都合 "
    )
    assert visit.state is VisitState.ARRANGED
    last = visit.events[-1]
    assert isinstance(last, Booked)
    assert (last.before, last.technicians_before, last.why) == (
        (span("10", "12"),), (one.id,), "お客さまの都合",
    )  # fmt: skip
    with pytest.raises(UserError) as again:
        book_visit.book(desk, visit.id, visit.version, [span("9", "10")], [one.id])
    assert codes(again) == ["visit-state"]
    visit = book_visit.release(desk, visit.id, visit.version)
    assert (visit.state, visit.content.spans) == (VisitState.RECEIVED, ())
    assert [type(event) for event in visit.events].count(Booked) == 3
    with desk.storage.look() as work:
        assert work.visits.calendar(TUESDAY, WEDNESDAY) == {}


def test_a_slot_drawn_longer_changes_the_length_and_the_slot_or_nothing(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    one, other = technicians(desk, "大西 航", "別所 学")
    visit = keep_visit.receive(desk, customer(desk), content())
    place = book_visit.place
    visit = place(desk, visit.id, visit.version, [span("10", "11")], [one.id])
    visit = place(desk, visit.id, visit.version, [span("10", "13")], [other.id], 180)
    assert (visit.content.minutes, figures(desk, visit).minutes) == (180, 180)
    assert (visit.content.spans, visit.content.technicians) == ((span("10", "13"),), (other.id,))
    for spans, minutes, code in (
        ([span("16", "18")], 120, "outside-hours"),
        ([span("10", "11")], 0, "out-of-range"),
        ([span("10", "11")], None, "too-short"),
    ):
        with pytest.raises(UserError) as refused:
            place(desk, visit.id, visit.version, spans, [one.id], minutes)
        assert refused.value.code == code
    assert keep_visit.open_visit(desk, visit.id) == visit
    assert place(desk, visit.id, visit.version, [], []).state is VisitState.RECEIVED


def test_a_visit_without_a_technician_is_not_confirmed(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    visit = keep_visit.receive(desk, customer(desk), content())
    visit = book_visit.book(desk, visit.id, visit.version, [span("10", "12")])
    with pytest.raises(UserError) as refused:
        book_visit.confirm(desk, visit.id, visit.version)
    assert codes(refused) == ["no-technician"]


def test_a_visit_that_began_a_while_ago_can_still_be_confirmed(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    visit = keep_visit.receive(desk, customer(desk), content())
    visit = book_visit.book(desk, visit.id, visit.version, [span("10", "12")], [one.id])
    go(time, TUESDAY, 10, 5)
    assert book_visit.confirm(desk, visit.id, visit.version).state is VisitState.CONFIRMED


def test_the_price_that_was_told_is_confirmed(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    (one,) = technicians(desk, "大西 航")
    visit = keep_visit.receive(desk, customer(desk), content())
    visit = book_visit.book(desk, visit.id, visit.version, [span("10", "12")], [one.id])
    with pytest.raises(UserError) as refused:
        book_visit.confirm(desk, visit.id, visit.version, "実", shown_net=0)
    assert refused.value.code == "price-changed"
    assert book_visit.confirm(desk, visit.id, visit.version, "実", 16_500).state is VisitState.CONFIRMED
