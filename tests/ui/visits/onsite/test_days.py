"""A technician's day given to others; visits carried out to another desk and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.usecases import carry_visits, keep_visit, take_visits, work_on_site
from app.usecases.desk import Desk
from app.usecases.keep_technicians import add_technician
from app.usecases.keep_visit import open_visit
from app.visit.order import TechnicianFields, VisitState
from tests.desks import new_desk
from tests.ui.visits.onsite.visits_made import TUESDAY, confirmed
from ui.session import Session
from ui.visits.carry_dialog import CarryDialog
from ui.visits.carry_words import strength_words
from ui.visits.reassign_dialog import ReassignDialog
from ui.visits.take_dialog import TakeDialog

Stage = Callable[[QWidget], QWidget]
Settle = Callable[[], None]
PHRASE = "あおば-むぎ-42"


@pytest.fixture
def host(stage: Stage) -> QWidget:
    """The window the dialogs belong to."""
    return stage(QWidget())


def test_a_day_is_shown_first_and_moved_in_one_go(
    desk: Desk, session: Session, host: QWidget, settle: Settle, qtbot: QtBot
) -> None:
    visit = confirmed(desk)
    other = add_technician(desk, TechnicianFields(name="井上 健太"))
    dialog = ReassignDialog(host, session, visit.content.technicians[0], TUESDAY)
    dialog.open()
    settle()
    assert "同じ時刻に別の担当 1件" in dialog.sums.title.words()
    assert open_visit(desk, visit.id).content.technicians == visit.content.technicians
    dialog.apply()  # without a reason
    assert "理由" in dialog.why_field.below.words()
    dialog.why.edit.setText("急病")
    with qtbot.waitSignal(dialog.reassigned) as told:
        dialog.apply()
        settle()
    assert told.args == [1]
    assert open_visit(desk, visit.id).content.technicians == (other.id,)


def test_what_nobody_can_take_stays_open(desk: Desk, session: Session, host: QWidget, settle: Settle) -> None:
    visit = confirmed(desk)
    dialog = ReassignDialog(host, session, visit.content.technicians[0], TUESDAY)
    dialog.open()
    settle()
    assert "未割当 1件" in dialog.sums.title.words()
    dialog.why.edit.setText("急病")
    dialog.apply()
    settle()
    assert open_visit(desk, visit.id).content.technicians == ()


def test_a_plan_that_went_stale_moves_nothing(
    desk: Desk, session: Session, host: QWidget, settle: Settle
) -> None:
    visit = confirmed(desk)
    add_technician(desk, TechnicianFields(name="井上 健太"))
    dialog = ReassignDialog(host, session, visit.content.technicians[0], TUESDAY)
    dialog.open()
    settle()
    keep_visit.edit(desk, visit.id, visit.version, replace(visit.content, remarks="裏口から"))
    dialog.why.edit.setText("急病")
    dialog.apply()
    settle()
    assert dialog.problem.isVisible()
    assert open_visit(desk, visit.id).content.technicians == visit.content.technicians
    dialog.problem.button.click()
    settle()
    dialog.apply()
    settle()
    assert open_visit(desk, visit.id).content.technicians != visit.content.technicians


@pytest.mark.parametrize(
    ("phrase", "tone"),
    [("", "danger"), ("みじかい", "danger"), ("aaaaaaaaa", "warn"), ("abcdefgh", "warn"), (PHRASE, "good")],
)
def test_a_passphrase_is_weighed(phrase: str, tone: str) -> None:
    assert strength_words(phrase)[1] == tone


def test_carrying_out_checks_everything_before_the_file(
    desk: Desk, session: Session, host: QWidget, settle: Settle, tmp_path: Path
) -> None:
    visit = confirmed(desk)
    add_technician(desk, TechnicianFields(name="井上 健太"))
    dialog = CarryDialog(host, session, TUESDAY)
    dialog.open()
    settle()
    assert not dialog.check()
    assert "技術者" in dialog.problem.title.words()
    dialog.people[visit.content.technicians[0]].click()
    assert not dialog.check()
    assert "文字以上" in dialog.pass_field.below.words()
    dialog.passphrase.edit.setText(PHRASE)
    assert not dialog.check()
    assert "一致しません" in dialog.again_field.below.words()
    dialog.again.edit.setText(PHRASE)
    assert dialog.check()
    target = tmp_path / "訪問持出.madovisit"
    dialog.write_to(target)
    settle()
    assert carry_visits.unpack(desk, target.read_bytes(), PHRASE).pack.visits[0].visit.id == visit.id


def test_what_came_back_is_laid_side_by_side_and_decided(
    desk: Desk, session: Session, host: QWidget, settle: Settle, tmp_path: Path
) -> None:
    visit = confirmed(desk)
    away = new_desk(tmp_path / "端末")
    out = carry_visits.pack_day(desk, visit.content.technicians, TUESDAY, TUESDAY, PHRASE)
    take_visits.take(away, carry_visits.unpack(away, out, PHRASE), {})
    there = open_visit(away, visit.id)
    work_on_site.begin(away, there.id, there.version)
    here = open_visit(desk, visit.id)
    keep_visit.edit(desk, here.id, here.version, replace(here.content, remarks="表の受付で記帳"))
    source = tmp_path / "訪問持帰.madovisit"
    source.write_bytes(carry_visits.pack_back(away, PHRASE))
    away.storage.close()
    dialog = TakeDialog(host, session, source)
    dialog.open()
    dialog.passphrase.edit.setText("ちがう合言葉です")
    dialog.open_file()
    settle()
    assert dialog.problem.isVisible()
    assert dialog.arrivals is None
    dialog.passphrase.edit.setText(PHRASE)
    dialog.open_file()
    settle()
    assert "1件" in dialog.sums.detail.words()
    assert not dialog.accept_button.isEnabled()  # nothing is overwritten silently
    choice = dialog.decisions[visit.id]
    choice.findChildren(QAbstractButton)[1].click()
    assert dialog.accept_button.isEnabled()
    dialog.take()
    settle()
    assert open_visit(desk, visit.id).state is VisitState.WORKING
