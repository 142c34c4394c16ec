"""What a signature on site covers: the work and the price it was given for, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from app.usecases import work_on_site
from app.usecases.choose_reading import choose_reading
from app.usecases.desk import Desk
from app.usecases.keep_visit import open_visit
from app.visit.order import Device, StoredVisit, Tick
from app.visit.visit_life import last_report, signed_before
from tests.ui.visits.onsite.test_onsite import sign, step_of
from tests.ui.visits.onsite.visits_made import STROKES, agreed, type_into
from ui.visits.onsite.draft import Step
from ui.visits.onsite.page import OnSitePage

Settle = Callable[[], None]
Open = Callable[[StoredVisit], OnSitePage]


def test_work_that_erases_is_signed_for_before_it_is_done(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    page = open_page(agreed(desk))
    page.draft.add_device("pc", "会議室PC", "os-recovery")
    page.work.changed.emit()
    assert "データが消える" in page.problem.title.words()
    page.next.click()
    settle()
    assert step_of(page) is Step.BEFORE
    assert page.draft.before.strokes == ()
    page.next.click()  # neither confirmed nor signed
    settle()
    assert step_of(page) is Step.BEFORE
    for row in page.before.rows.values():
        row.check.click()
    sign(page.before.signature.pad)
    page.next.click()
    settle()
    assert step_of(page) is Step.WORK
    assert page.problem.isHidden()
    signature = signed_before(open_visit(desk, page.view.stored.id).events)  # type: ignore[union-attr]
    assert signature is not None
    assert "会議室PC" in [one.name for one in signature.devices]


def test_what_was_drawn_under_one_report_does_not_stand_under_another(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    page = open_page(agreed(desk))
    page.work.all_done.click()
    page.next.click()
    settle()
    sign(page.report.signature.pad)
    assert page.draft.after.strokes
    page.back.click()
    type_into(page.work.notes, "あとから加えた")
    page.next.click()
    settle()
    assert step_of(page) is Step.REPORT
    assert page.draft.after.strokes == ()
    assert page.draft.after.name == "実 太郎"


def test_a_price_that_changed_after_the_signature_is_reported_anew(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    tablets = Device(id="t", kind="tablet", name="T", menu=("wifi-setup",), count=2)
    visit = agreed(desk, devices=(tablets,))
    visit = work_on_site.report(
        desk, visit.id, visit.version, [Tick(device="t", menu="wifi-setup", result="done")]
    )
    frozen = last_report(visit.events)
    assert frozen is not None
    work_on_site.sign_report(desk, visit.id, visit.version, "実", STROKES, frozen.sha256)
    choose_reading(desk, "wifi-unit", "per-set", "提供会社に確認")
    page = open_page(visit)
    page.next.click()
    settle()
    assert "署名された金額" in page.problem.title.words()
    assert not page.back.isHidden()
    page.back.click()
    assert step_of(page) is Step.WORK
