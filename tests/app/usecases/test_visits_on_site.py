"""The free visit, the order on site, signatures, the claim, and calling off, on a real desk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.errors import UserError
from app.usecases import keep_visit, work_on_site
from app.usecases.call_off import call_off, call_off_fee
from app.usecases.claim_visit import settling_words
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from app.usecases.stand_contract import standing_of
from app.usecases.visit_ground import free_visit_used, ground_for, price_in
from app.visit.order import (
    Device,
    Finished,
    Signed,
    StoredVisit,
    Tick,
    VisitState,
)
from app.visit.visit_life import last_report
from app.words import speaking
from tests.app.usecases.visits import (
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
    done,
    figures,
    go,
    span,
    technicians,
    worked,
)

WEDNESDAY = date(2026, 11, 25)


# --- the free visit ----------------------------------------------------------------------------------------


def test_the_free_visit_is_used_once_and_comes_back(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner)
    first = confirmed(desk, owner, one, span("9:30", "10:30"), contract_id=held.id)
    second = confirmed(desk, owner, one, span("13", "14", WEDNESDAY), contract_id=held.id)
    assert (figures(desk, first).free_on, figures(desk, first).net) == (TUESDAY, 0)
    assert (figures(desk, second).free_on, figures(desk, second).net) == (None, 16_500)
    with desk.storage.look() as work:
        ground = ground_for(desk, work, second)
    used = free_visit_used(price_in(ground, second.content))
    assert used is not None
    assert used.clause
    assert "2026年11月24日" in used.what
    assert "2027年5月20日" in used.remedy
    first = call_off(desk, first.id, first.version, "customer", "都合")
    assert figures(desk, first).free_on is None
    second = keep_visit.edit(desk, second.id, second.version, second.content)
    assert figures(desk, second).free_on == WEDNESDAY
    next_year = confirmed(desk, owner, one, span("13", "14", date(2027, 5, 20)), contract_id=held.id)
    assert figures(desk, next_year).free_on == date(2027, 5, 20)


# --- on site -----------------------------------------------------------------------------------------------


@pytest.fixture
def on_site(tmp_path: Path) -> tuple[Desk, StoredVisit]:
    """A visit whose work has begun, of a contract without a gateway."""
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner, items={"endpoint": 8})
    visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id)
    go(time, TUESDAY, 10)
    return desk, work_on_site.begin(desk, visit.id, visit.version)


def test_the_order_on_site_is_kept(on_site: tuple[Desk, StoredVisit]) -> None:
    desk, visit = on_site
    for code, act in (
        ("not-agreed", lambda: work_on_site.report(desk, visit.id, visit.version, done(visit))),
        ("no-report", lambda: work_on_site.sign_report(desk, visit.id, visit.version, "実", STROKES, "")),
        ("not-signed", lambda: work_on_site.finish(desk, visit.id, visit.version)),
        ("visit-state", lambda: work_on_site.begin(desk, visit.id, visit.version)),
    ):
        with pytest.raises(UserError) as refused:
            act()
        assert codes(refused) == [code]


def test_before_the_work_every_point_is_confirmed_and_signed(on_site: tuple[Desk, StoredVisit]) -> None:
    desk, visit = on_site
    assert work_on_site.points_before(visit.content) == POINTS
    dot = (((5, 5), (20, 20)),)
    with pytest.raises(UserError) as refused:
        work_on_site.sign_before(desk, visit.id, visit.version, " ", dot, ("backup", "deletion"))
    assert [(one.code, one.field) for one in refused.value.problems] == [
        ("bad-input", "name"),
        ("signature-empty", "strokes"),
        ("not-agreed", "agreed.confidential"),
        ("not-agreed", "agreed.price"),
    ]
    assert refused.value.clause == "24条3項"
    visit = work_on_site.sign_before(desk, visit.id, visit.version, "実 太郎", STROKES, POINTS)
    signed = visit.events[-1]
    assert isinstance(signed, Signed)
    assert (signed.net, signed.strokes, signed.agreed) == (16_500, STROKES, POINTS)
    assert signed.sha256 == work_on_site.hash_before(visit, 16_500)


def test_a_report_says_what_came_of_everything(on_site: tuple[Desk, StoredVisit]) -> None:
    desk, visit = on_site
    visit = work_on_site.sign_before(desk, visit.id, visit.version, "実", STROKES, POINTS)
    for ticks, code in (
        ((), "bad-input"),
        ((Tick(device="d1", menu="os-recovery", result="partly"),), "bad-input"),
        ((Tick(device="d1", menu="os-recovery", result="not-done", why="留守"),), "nothing-done"),
    ):
        with pytest.raises(UserError) as refused:
            work_on_site.report(desk, visit.id, visit.version, ticks)
        assert refused.value.code == code


def test_a_signature_stands_under_what_was_shown(on_site: tuple[Desk, StoredVisit]) -> None:
    desk, visit = on_site
    visit = work_on_site.sign_before(desk, visit.id, visit.version, "実", STROKES, POINTS)
    visit = work_on_site.report(desk, visit.id, visit.version, done(visit))
    shown = last_report(visit.events)
    assert shown is not None
    visit = work_on_site.report(desk, visit.id, visit.version, done(visit), "あとから加えた")
    with pytest.raises(UserError) as refused:
        work_on_site.sign_report(desk, visit.id, visit.version, "実", STROKES, shown.sha256)
    assert codes(refused) == ["report-changed"]
    with pytest.raises(UserError) as empty:
        work_on_site.sign_report(desk, visit.id, visit.version, "実", (), shown.sha256)
    assert set(codes(empty)) == {"report-changed", "signature-empty"}
    newest = last_report(visit.events)
    assert newest is not None
    visit = work_on_site.sign_report(desk, visit.id, visit.version, "実", STROKES, newest.sha256)
    # Frozen anew after the signature: the signature no longer counts.
    visit = work_on_site.report(desk, visit.id, visit.version, done(visit), "もう一度")
    with pytest.raises(UserError) as unsigned:
        work_on_site.finish(desk, visit.id, visit.version)
    assert codes(unsigned) == ["not-signed"]


def test_a_claim_is_made_once_however_often_finishing_is_tried(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner, items={"endpoint": 8})
    visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id)
    go(time, TUESDAY, 10)
    visit = worked(desk, visit)
    finished = work_on_site.finish(desk, visit.id, visit.version)
    for version in (visit.version, finished.version):
        with pytest.raises(UserError):
            work_on_site.finish(desk, visit.id, version)
    with pytest.raises(UserError) as again, desk.storage.work() as work:
        work_on_site.finish_in(desk, work, finished)
    assert codes(again) == ["already-claimed"]
    assert claims(desk, held.id) == [16_500]
    with pytest.raises(UserError) as over:
        call_off(desk, finished.id, finished.version, "customer", "都合")
    assert codes(over) == ["visit-state"]


def test_a_bill_is_in_japanese_whatever_the_window_speaks(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner, items={"endpoint": 8})
    with speaking("en"):
        visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id)
        go(time, TUESDAY, 10)
        visit = worked(desk, visit)
        work_on_site.finish(desk, visit.id, visit.version)
    with desk.storage.look() as work:
        (claim,) = work.bills.waiting([held.id])[held.id]
    assert [line.name for line in claim.lines] == ["基本作業費", "状況診断費", "OSリカバリ"]
    assert all("訪問" in line.detail for line in claim.lines)


def test_a_price_that_changed_after_the_signature_is_not_claimed(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner)
    free = confirmed(desk, owner, one, span("9:30", "10:30"), contract_id=held.id)
    visit = confirmed(desk, owner, one, span("13", "14"), contract_id=held.id)
    go(time, TUESDAY, 13)
    visit = worked(desk, visit)
    call_off(desk, free.id, free.version, "weather", "台風")
    with pytest.raises(UserError) as refused:
        work_on_site.finish(desk, visit.id, visit.version)
    assert codes(refused) == ["price-changed"]
    assert claims(desk, held.id) == []


def test_a_contract_that_passed_on_meanwhile_is_charged_all_the_same(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner, items={"endpoint": 8})
    visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id)
    heir = customer(desk, "株式会社みのり食品の後継")
    with desk.storage.work() as work:
        now = work.contracts.get(held.id)
        standing = standing_of(now.content, (held.entries[0].entry,), desk.catalogue, desk.today())
        work.contracts.change(held.id, now.version, standing, customer_id=heir)
        work.commit()
    visit = keep_visit.edit(
        desk, visit.id, visit.version, msgspec.structs.replace(visit.content, remarks="承継")
    )
    go(time, TUESDAY, 10)
    visit = worked(desk, visit)
    work_on_site.finish(desk, visit.id, visit.version)
    assert claims(desk, held.id) == [16_500]


def test_without_a_contract_the_amount_stays_on_the_visit(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    visit = confirmed(desk, customer(desk), one, span("10", "12"))
    go(time, TUESDAY, 10)
    visit = worked(desk, visit)
    visit = work_on_site.finish(desk, visit.id, visit.version)
    last = visit.events[-1]
    assert isinstance(last, Finished)
    assert (last.claim_id, figures(desk, visit).net) == ("", 16_500)
    with desk.storage.look() as work:
        assert "請求には載りません" in settling_words(ground_for(desk, work, visit))


# --- calling off -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "fee"), [("zero", 0), ("base-fee", 4_500), ("all", 16_500)])
def test_calling_off_costs_what_the_reading_says(tmp_path: Path, choice: str, fee: int) -> None:
    desk = desk_with(tmp_path / "data")
    settings = desk.settings()
    save_settings(desk, msgspec.structs.replace(settings, readings={"visit-cancel-fee": choice}))
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner, items={"endpoint": 8})
    visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id)
    shown = call_off_fee(desk, visit.id, "customer")
    assert (shown.net, shown.billed) == (fee, True)
    assert shown.reading is not None
    assert call_off_fee(desk, visit.id, "weather").net == 0
    with pytest.raises(UserError) as silent:
        call_off(desk, visit.id, visit.version, "customer", "")
    assert codes(silent) == ["bad-input"]
    visit = call_off(desk, visit.id, visit.version, "customer", "都合")
    assert visit.state is VisitState.CANCELLED
    assert figures(desk, visit).net == fee
    assert claims(desk, held.id) == ([fee] if fee else [])
    with desk.storage.look() as work:
        assert work.visits.calendar(TUESDAY, TUESDAY) == {}


def test_called_off_after_the_arrival_dispatch_and_diagnosis_are_billed(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner, items={"endpoint": 8})
    visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id)
    visit = work_on_site.begin(desk, visit.id, visit.version)
    shown = call_off_fee(desk, visit.id, "customer")
    assert (shown.net, shown.reading, shown.clause) == (6_000, None, "24条3項")
    assert call_off_fee(desk, visit.id, "desk").net == 0
    call_off(desk, visit.id, visit.version, "customer", "対象のPCがなくなった")
    assert claims(desk, held.id) == [6_000]


def test_a_free_visit_called_off_after_the_arrival_is_used(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    (one,) = technicians(desk, "大西 航")
    held = contract(desk, owner := customer(desk))
    visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id)
    visit = work_on_site.begin(desk, visit.id, visit.version)
    assert call_off_fee(desk, visit.id, "desk").frees  # ours to answer for
    shown = call_off_fee(desk, visit.id, "customer")
    assert (shown.net, shown.frees, shown.uses_free) == (0, False, True)
    call_off(desk, visit.id, visit.version, "customer", "対象のPCがなくなった")
    assert figures(desk, keep_visit.receive(desk, owner, content(contract_id=held.id))).net == 16_500


def test_a_visit_costs_what_was_signed_though_its_content_was_changed_since(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner, items={"endpoint": 8})
    two = (RECOVERY, Device(id="d2", name="PC2", menu=("os-recovery",)))
    visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id, devices=two)
    go(time, TUESDAY, 10)
    ticks = (
        Tick(device="d1", menu="os-recovery", result="done"),
        Tick(device="d2", menu="os-recovery", result="not-done", why="留守"),
    )
    visit = worked(desk, visit, ticks)
    changed = msgspec.structs.replace(visit.content, remarks="鍵は受付")
    visit = keep_visit.edit(desk, visit.id, visit.version, changed)
    visit = work_on_site.finish(desk, visit.id, visit.version)
    assert claims(desk, held.id) == [16_500]
    assert figures(desk, visit).net == 16_500


def test_erasing_work_added_after_the_signature_is_signed_for_first(
    on_site: tuple[Desk, StoredVisit],
) -> None:
    desk, visit = on_site
    visit = work_on_site.sign_before(desk, visit.id, visit.version, "実", STROKES, POINTS)
    added = Device(id="d2", name="PC2", menu=("os-recovery",))
    more = msgspec.structs.replace(visit.content, devices=(*visit.content.devices, added))
    visit = keep_visit.edit(desk, visit.id, visit.version, more)
    with pytest.raises(UserError) as refused:
        work_on_site.report(desk, visit.id, visit.version, done(visit))
    assert codes(refused) == ["not-agreed"]
    visit = work_on_site.sign_before(desk, visit.id, visit.version, "実", STROKES, POINTS)
    assert work_on_site.report(desk, visit.id, visit.version, done(visit)).version == visit.version + 1


def test_before_the_work_the_price_that_was_shown_is_signed(on_site: tuple[Desk, StoredVisit]) -> None:
    desk, visit = on_site
    with pytest.raises(UserError) as refused:
        work_on_site.sign_before(
            desk, visit.id, visit.version, "実", STROKES, POINTS, shown_net=figures(desk, visit).net - 1
        )
    assert codes(refused) == ["price-changed"]


def test_a_volume_told_of_work_that_was_not_done_changes_no_price(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner, items={"endpoint": 8})
    devices = (Device(id="d1", name="PC", menu=("data-migration", "os-recovery"), data_gb="10"),)
    visit = confirmed(desk, owner, one, span("10", "12"), contract_id=held.id, devices=devices)
    go(time, TUESDAY, 10)
    ticks = (
        Tick(device="d1", menu="data-migration", result="done"),
        Tick(device="d1", menu="os-recovery", result="not-done", why="媒体なし", data_gb="100"),
    )
    visit = worked(desk, visit, ticks)
    report = last_report(visit.events)
    assert report is not None
    work_on_site.finish(desk, visit.id, visit.version)
    assert claims(desk, held.id) == [report.net]


def test_the_free_visit_of_one_called_off_goes_to_the_next_that_is_open(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    (one,) = technicians(desk, "大西 航")
    owner = customer(desk)
    held = contract(desk, owner)
    first = confirmed(desk, owner, one, span("9:30", "10:30"), contract_id=held.id)
    sure = confirmed(desk, owner, one, span("13", "14"), contract_id=held.id)
    waiting = keep_visit.receive(desk, owner, content(contract_id=held.id))
    later = keep_visit.receive(desk, owner, content(contract_id=held.id))
    assert figures(desk, waiting).net == 16_500
    call_off(desk, first.id, first.version, "customer", "都合")
    assert [figures(desk, visit).net for visit in (sure, waiting, later)] == [16_500, 0, 16_500]


def test_what_was_signed_for_is_not_called_off(on_site: tuple[Desk, StoredVisit]) -> None:
    desk, visit = on_site
    visit = work_on_site.sign_before(desk, visit.id, visit.version, "実", STROKES, POINTS)
    visit = work_on_site.report(desk, visit.id, visit.version, done(visit))
    frozen = last_report(visit.events)
    assert frozen is not None
    visit = work_on_site.sign_report(desk, visit.id, visit.version, "実", STROKES, frozen.sha256)
    with pytest.raises(UserError) as refused:
        call_off(desk, visit.id, visit.version, "customer", "払いたくない")
    assert codes(refused) == ["visit-state"]
