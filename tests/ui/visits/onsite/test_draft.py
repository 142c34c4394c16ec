"""What is typed on site: ticks, times, volumes, and what the desk changed meanwhile."""

from __future__ import annotations

from app.visit.order import Device, VisitContent
from ui.visits.onsite.draft import OnSiteDraft

RECOVERY = Device(id="d1", name="受付PC", menu=("os-recovery",))
MOVING = Device(id="d2", name="会議室PC", menu=("data-migration",), data_gb="40")


def draft(*devices: Device) -> OnSiteDraft:
    return OnSiteDraft(devices=devices, base=devices)


def test_an_end_without_a_result_says_done_and_keeps_the_beginning() -> None:
    one = draft(RECOVERY)
    one.set_time("d1", "os-recovery", "first", 570)
    assert one.tick("d1", "os-recovery") is None  # begun is not done
    one.set_time("d1", "os-recovery", "last", 615)
    (tick,) = one.all_ticks()
    assert (tick.result, tick.first, tick.last) == ("done", 570, 615)


def test_a_reason_is_left_out_of_what_was_done_and_comes_back() -> None:
    one = draft(RECOVERY)
    one.set_result("d1", "os-recovery", "partly")
    one.set_why("d1", "os-recovery", "停電")
    one.set_result("d1", "os-recovery", "done")
    assert one.all_ticks()[0].why == ""
    one.set_result("d1", "os-recovery", "partly")
    assert one.all_ticks()[0].why == "停電"


def test_a_volume_counts_as_soon_as_it_is_typed_whole() -> None:
    one = draft(MOVING)
    content = VisitContent(service="dokodemo-prime", devices=(MOVING,))
    one.volumes["d2"] = "500"
    assert one.done(content).devices[0].data_gb == "40"
    one.volumes["d2"] = "1.5TB"
    assert one.done(content).devices[0].data_gb == "1500"


def test_what_the_desk_changed_is_taken_over_and_nothing_of_the_site_is_lost() -> None:
    one = draft(RECOVERY, MOVING)
    one.add_work("d1", "wifi-setup")
    one.change_device(Device(id="d2", name="会議室PC", menu=("data-migration",), data_gb="40", backup=True))
    added = one.add_device("printer", "複合機", "printer-setup")
    at_the_desk = (
        Device(id="d1", name="受付PC", place="2階", menu=("os-recovery", "app-setup")),
        Device(id="d2", name="会議室PC", menu=("data-migration",), data_gb="45"),
        Device(id="d3", kind="phone", menu=("wifi-setup",)),
    )
    one.follow(at_the_desk)
    assert one.device("d1").place == "2階"
    assert one.device("d1").menu == ("os-recovery", "app-setup", "wifi-setup")
    assert (one.device("d2").data_gb, one.device("d2").backup) == ("45", True)
    assert [device.id for device in one.devices] == ["d1", "d2", "d3", added.id]


def test_what_the_desk_took_away_is_gone() -> None:
    one = draft(RECOVERY, MOVING)
    one.set_result("d2", "data-migration", "done")
    one.follow((RECOVERY,))
    assert one.devices == (RECOVERY,)
    assert one.all_ticks() == ()


def test_added_work_is_taken_back_with_its_device() -> None:
    one = draft(RECOVERY)
    added = one.add_device("pc", "予備機", "os-update")
    one.set_result(added.id, "os-update", "done")
    one.drop_work(added.id, "os-update")
    assert one.devices == (RECOVERY,)
    assert one.ticks == {}


def test_work_taken_back_after_it_was_stored_stays_taken_back() -> None:
    stored = (Device(id="d1", name="受付PC", menu=("os-recovery", "wifi-setup")), MOVING)
    one = draft(*stored)
    one.drop_work("d1", "wifi-setup")
    one.drop_work("d2", "data-migration")
    one.follow(stored)
    assert one.devices == (RECOVERY,)
