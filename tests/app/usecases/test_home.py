"""What Home shows of a real desk: what is due, in which stretch of days, what waits and what is unpaid."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.contract.beside import CallNote
from app.contract.facts import Ended
from app.contract.record import ContractState
from app.days import Month
from app.quote.content import QuotationContent, ServiceEntry
from app.usecases import keep_application
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_quotation import start_quotation
from app.usecases.record_entry import record
from app.usecases.run_month import run_month
from app.usecases.show_home import Closed, closed_because, home, next_closed
from tests.app.usecases.contracts import begun, content, customer
from tests.desks import NOW, new_desk, provide

TODAY = NOW.date()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def note(subject_id: str, due: date, step: str) -> CallNote:
    return CallNote(
        id="", version=0, subject="contract", subject_id=subject_id, at=NOW, staff="田村 美咲", text="電話",
        next_step=step, owner="tamura", due_on=due,
    )  # fmt: skip


def test_a_new_desk_has_nothing_to_show_but_the_day(desk: Desk) -> None:
    view = home(desk)
    assert view.deadline_count == 0
    assert not view.notes
    assert not view.unpaid
    assert view.applications.count == 0
    assert view.last_backup is None
    assert view.open_today
    assert view.closed == Closed(date(2026, 11, 23), date(2026, 11, 23), "勤労感謝の日")


def test_deadlines_stand_in_the_stretch_of_days_they_fall_in(desk: Desk) -> None:
    begun(desk, "mdr-ndr", {"annual-fee": 1_000_000}, date(2025, 2, 1))  # notice by 2026-11-30
    begun(desk, "mdr-ndr", {"annual-fee": 1_000_000}, date(2025, 3, 1))  # 2026-12-28
    begun(desk, "mdr-ndr", {"annual-fee": 1_000_000}, date(2025, 4, 1))  # 2027-01-31
    view = home(desk)
    found = [[(row.deadline.code, row.deadline.on) for row in bucket.rows] for bucket in view.buckets]
    assert ("notice_by", date(2026, 11, 30)) in found[0]
    assert ("notice_by", date(2026, 12, 28)) in found[1]
    assert ("notice_by", date(2027, 1, 31)) in found[2]
    assert [bucket.last for bucket in view.buckets] == [TODAY + timedelta(days) for days in (30, 60, 90)]
    assert view.deadline_count == sum(map(len, found))


def test_a_renewal_month_is_a_span(desk: Desk) -> None:
    begun(desk, "media-light", {"endpoint": 8}, date(2024, 12, 9))
    days = [row.deadline for bucket in home(desk).buckets for row in bucket.rows]
    spans = [(one.since, one.on) for one in days if one.code == "renewal"]
    assert spans == [(date(2026, 12, 1), date(2026, 12, 31))]


def test_what_is_gone_by_is_overdue_and_in_no_stretch(desk: Desk) -> None:
    stored = begun(desk, "mdr-ndr", {"annual-fee": 1_000_000}, date(2025, 3, 3))
    with desk.storage.work() as work:
        from app.contract.beside import EquipmentFields

        work.beside.add_equipment(stored.id, EquipmentFields(kind="connector", ownership="rental"))
        work.commit()
    record(desk, stored.id, stored.version, (Ended(on=date(2026, 10, 12), requested=date(2026, 8, 1)),))
    view = home(desk)
    assert [(row.deadline.code, row.deadline.on) for row in view.overdue.rows] == [
        ("return_equipment_by", date(2026, 11, 12))
    ]
    assert all(row.deadline.on >= TODAY for bucket in view.buckets for row in bucket.rows)


def test_applications_are_counted_where_they_stand(desk: Desk) -> None:
    owner = customer(desk)
    made = [
        keep_application.start_application(
            desk, owner, content("mihariban", {"license": 3}, date(2026, 12, 1))
        )
        for _place in range(2)
    ]
    keep_application.explain(desk, made[0].id, made[0].version, TODAY, "田村")
    begun(desk, "osect", {"sensor": 1}, date(2026, 6, 1))
    counts = home(desk).applications.counts
    assert counts[ContractState.PREPARING] == 2
    assert counts[ContractState.SUBMITTED] == 0
    assert {row.state for row in home(desk).applications.rows} == {ContractState.PREPARING}
    assert home(desk).applications.unexplained == {made[1].id}


def test_notes_are_shown_a_week_ahead_and_the_earliest_first(desk: Desk) -> None:
    stored = begun(desk, "osect", {"sensor": 1}, date(2026, 6, 1))
    with desk.storage.work() as work:
        for days, step in ((3, "later"), (-2, "late"), (8, "not yet"), (0, "today")):
            work.beside.add_note(note(stored.id, TODAY + timedelta(days), step))
        work.commit()
    view = home(desk)
    assert [one.note.next_step for one in view.notes] == ["late", "today", "later"]
    assert view.note_count == 3


def test_unpaid_bills_past_their_day_are_told_with_their_sum(desk: Desk) -> None:
    begun(desk, "mihariban", {"license": 15}, date(2026, 8, 1))
    for month in (8, 9):
        run = run_month(desk, Month(2026, month))
        close_month(desk, run.id, run.version)
    assert not home(desk).unpaid_count  # we only arrange it: the provider asks for the money
    provide(desk, "mihariban")
    view = home(desk)
    assert view.unpaid_count == len(view.unpaid) == 2
    assert view.unpaid_sum == sum(one.open for one in view.unpaid) == 2 * 3_135
    assert view.unpaid[0].bill.month == "2026-08"


def test_drafts_and_how_many_there_are(desk: Desk) -> None:
    for _place in range(9):
        start_quotation(desk, QuotationContent(services=(ServiceEntry(service="mihariban"),)))
    view = home(desk)
    assert view.draft_count == 9
    assert 0 < len(view.drafts) < 9


def test_a_backup_is_known_as_soon_as_it_is_made(desk: Desk) -> None:
    desk.storage.back_up()
    assert home(desk).last_backup is not None


@pytest.mark.parametrize(
    ("today", "closed"),
    [
        (date(2026, 12, 21), Closed(date(2026, 12, 29), date(2027, 1, 3), "年末年始")),
        (date(2026, 10, 5), Closed(date(2026, 10, 12), date(2026, 10, 12), "スポーツの日")),
        (date(2026, 6, 1), Closed(date(2026, 6, 6), date(2026, 6, 7), "")),
    ],
)
def test_the_next_closed_days(today: date, closed: Closed) -> None:
    assert next_closed(today) == closed


def test_why_a_day_is_closed() -> None:
    assert closed_because(date(2026, 11, 20)) == ""
    assert closed_because(date(2026, 11, 21)) == "土曜日"
    assert closed_because(date(2026, 11, 22)) == "日曜日"
    assert closed_because(date(2027, 1, 1)) == "年末年始"


def test_hidden_contracts_are_neither_shown_nor_counted(desk: Desk) -> None:
    stored = begun(desk, "mdr-ndr", {"annual-fee": 1_000_000}, date(2025, 2, 1))
    waiting = keep_application.start_application(
        desk, customer(desk), content("mihariban", {"license": 3}, date(2026, 12, 1))
    )
    assert home(desk).deadline_count == 2  # the notice, and the start that is wished
    with desk.storage.work() as work:
        work.contracts.hide(stored.id, stored.version, "import:1")
        work.contracts.hide(waiting.id, waiting.version, "import:1")
        work.commit()
    view = home(desk)
    assert view.deadline_count == 0
    assert view.applications.count == 0
    assert not view.applications.rows
