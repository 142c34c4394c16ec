"""The papers of visits at a real desk: issued, archived, issued anew, printed again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.errors import UserError
from app.money import figure
from app.usecases import book_visit, keep_visit, work_on_site
from app.usecases.call_off import call_off
from app.usecases.choose_reading import choose_reading
from app.usecases.desk import Desk
from app.usecases.issue_visit_papers import (
    BEFORE,
    ORDER,
    REPORT,
    draw_day,
    issue_before,
    issue_order,
    issue_report,
    papers_of,
    preview_paper,
    reprint,
    show_paper,
)
from app.visit.order import Device, StoredVisit, VisitState
from tests.app.usecases import visits
from tests.billing_desk import Clock
from tests.reports.reading import texts, whole_text


@pytest.fixture
def time() -> Clock:
    return visits.clock()


@pytest.fixture
def desk(tmp_path: Path, time: Clock) -> Desk:
    return visits.desk_with(tmp_path, time)


@pytest.fixture
def visit(desk: Desk) -> StoredVisit:
    (technician,) = visits.technicians(desk, "小田切 誠")
    customer = visits.customer(desk)
    contract = visits.contract(desk, customer)
    at = visits.span("10:00", "12:00")
    return visits.confirmed(desk, customer, technician, at, contract_id=contract.id)


def audit(desk: Desk) -> list[str]:
    with desk.storage.look() as work:
        return work.audit.check()


def test_the_order_is_numbered_archived_and_said_in_its_own_words(desk: Desk, visit: StoredVisit) -> None:
    paper = issue_order(desk, visit.id)
    assert (paper.kind, paper.number, paper.revision) == ("W", visit.number, 1)
    said = whole_text(paper.pdf)
    assert visit.number in said
    assert "小田切" in said
    assert [head.id for head in papers_of(desk, visit.id)] == [paper.id]
    assert audit(desk) == []


def test_an_unchanged_order_comes_back_and_a_changed_one_is_a_revision(
    desk: Desk, visit: StoredVisit, time: Clock
) -> None:
    assert not show_paper(desk, visit.id, ORDER).same
    first = issue_order(desk, visit.id)
    visits.go(time, date(2026, 11, 21))
    assert issue_order(desk, visit.id) == first
    assert show_paper(desk, visit.id, ORDER).pdf == first.pdf
    moved = book_visit.move(
        desk, visit.id, visit.version, [visits.span("13:00", "15:00")], visit.content.technicians, "都合"
    )
    shown = show_paper(desk, visit.id, ORDER)
    assert (shown.issued, shown.same) == (first, False)
    assert "13:00〜15:00" in whole_text(shown.pdf), "the draft, not what was issued before"
    second = issue_order(desk, moved.id)
    assert show_paper(desk, visit.id, ORDER).issued == second
    assert (second.revision, second.issued_on) == (2, date(2026, 11, 21))
    assert "13:00〜15:00" in whole_text(second.pdf)
    assert reprint(desk, first.id).pdf == first.pdf


def test_the_report_carries_the_figures_of_its_order(desk: Desk, visit: StoredVisit, time: Clock) -> None:
    visits.go(time, visits.TUESDAY, 10)
    done = visits.worked(desk, visit)
    before, report = issue_before(desk, done.id), issue_report(desk, done.id)
    assert report.number == "R" + visit.number[1:]
    assert [head.kind for head in papers_of(desk, done.id)] == [BEFORE, REPORT]
    net = visits.figures(desk, done).net
    said = whole_text(report.pdf)
    assert figure(net) in said
    assert report.total == before.total  # nothing differed on site
    assert "実 太郎 様" in said
    assert issue_report(desk, done.id) == report


def test_a_report_before_its_result_is_refused(desk: Desk, visit: StoredVisit) -> None:
    for ask in (issue_report, lambda desk, of: preview_paper(desk, of, REPORT)):
        with pytest.raises(UserError) as refused:
            ask(desk, visit.id)
        assert visits.codes(refused) == ["no-report"]
    assert papers_of(desk, visit.id) == []


def test_without_a_time_or_after_it_was_called_off_there_is_no_order(desk: Desk, visit: StoredVisit) -> None:
    waiting = keep_visit.receive(desk, visit.customer_id, visits.content())
    for issue in (issue_order, issue_before):
        with pytest.raises(UserError) as refused:
            issue(desk, waiting.id)
        assert visits.codes(refused) == ["visit-not-placed"]
    over = call_off(desk, visit.id, visit.version, "customer", "都合")
    assert over.state is VisitState.CANCELLED
    with pytest.raises(UserError) as refused:
        issue_order(desk, visit.id)
    assert visits.codes(refused) == ["visit-over"]


def test_a_draft_is_not_kept(desk: Desk, visit: StoredVisit) -> None:
    assert preview_paper(desk, visit.id, ORDER).draft
    assert papers_of(desk, visit.id) == []


def test_the_list_of_a_day_has_those_who_go(desk: Desk, visit: StoredVisit) -> None:
    visits.technicians(desk, "林 美咲")
    sheet = draw_day(desk, visits.TUESDAY)
    assert sheet.technicians == 1
    (page,) = texts(sheet.pdf)
    assert "小田切" in page
    assert "みのり食品" in page
    assert draw_day(desk, visits.TUESDAY, visit.content.technicians).pdf == sheet.pdf
    empty = draw_day(desk, date(2026, 11, 25))
    assert empty.technicians == 0
    assert "訪問はありません" in whole_text(empty.pdf)


def test_what_was_signed_is_printed_though_the_terms_are_read_differently_since(
    desk: Desk, visit: StoredVisit, time: Clock
) -> None:
    tablets = Device(id="t", kind="tablet", name="T", menu=("wifi-setup",), count=2)
    wifi = visits.confirmed(
        desk, visit.customer_id, visits.technicians(desk, "林 美咲")[0], visits.span("13:00", "15:00"),
        devices=(tablets,),
    )  # fmt: skip
    visits.go(time, visits.TUESDAY, 13)
    done = visits.worked(desk, wifi)
    signed = issue_report(desk, done.id)
    choose_reading(desk, "wifi-unit", "per-set", "提供会社に確認")
    again = issue_report(desk, done.id)
    assert again.total == signed.total
    assert again.revision == 2  # the sum of then, its lines no longer told apart
    assert "訪問サポート" in whole_text(again.pdf)
    assert issue_before(desk, done.id).total == signed.total  # it bears a signature too
    assert issue_order(desk, done.id).total < signed.total  # the plan is priced as the terms are read now


def test_a_signature_stands_under_the_work_it_was_given_for(
    desk: Desk, visit: StoredVisit, time: Clock
) -> None:
    visits.go(time, visits.TUESDAY, 9)
    begun = work_on_site.begin(desk, visit.id, visit.version)
    signed = work_on_site.sign_before(desk, begun.id, begun.version, "実 太郎", visits.STROKES, visits.POINTS)
    before = issue_before(desk, signed.id)
    added = Device(id="p9", kind="printer", name="あとのプリンター", menu=("printer-setup",))
    more = msgspec.structs.replace(signed.content, devices=(*signed.content.devices, added))
    keep_visit.edit(desk, signed.id, signed.version, more)
    again = issue_before(desk, signed.id)
    assert (again.total, again.revision) == (before.total, before.revision)
    assert "あとのプリンター" not in whole_text(again.pdf)
