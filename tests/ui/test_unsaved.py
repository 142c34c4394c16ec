"""Unsaved typing: kept a moment after a key, offered to whoever opens the form again, gone when saved."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import CustomerFields
from app.usecases.desk import Desk
from app.usecases.keep_customer import register_customer
from app.usecases.keep_typed import TypedPlace, keep_typing
from tests.desks import reopened
from ui.contracts.beside.device_form import DeviceForm
from ui.contracts.beside.notes_tab import NotesTab
from ui.customers.form_page import CustomerPage
from ui.months.payment_form import PaymentForm
from ui.preferences import Preferences
from ui.session import Session
from ui.settings.desk import DeskSection
from ui.tasks import Tasks
from ui.typist import Typist, WindowSign
from ui.unsaved import Unsaved, put_controls
from ui.widgets.entries import TextField
from ui.widgets.strips import Toasts


@pytest.fixture
def again(desk: Desk, tasks: Tasks, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[], Session]]:
    """A window after the one before was killed: its sign is held by nobody."""
    made: list[Session] = []

    def after(dead: Session) -> Session:
        Typist.of(dead).sign.let_go()
        session = Session(desk, tasks, Preferences(tmp_path / "preferences"))
        made.append(session)
        with qtbot.waitSignal(session.settings_changed):
            session.read()
        return session

    yield after
    for session in made:
        session.deleteLater()


class _Form:
    """The smallest form there is."""

    def __init__(self, session: Session) -> None:
        self.field = TextField()
        self.unsaved = Unsaved(session, "small", self._give, self._take, self.field)
        self.field.edited.connect(self.unsaved.note)

    def _give(self) -> dict[str, str]:
        return {"text": self.field.text()}

    def _take(self, values: dict[str, str]) -> None:
        self.field.set_text(values["text"])

    def type(self, text: str) -> None:
        self.field.set_text(text)
        self.field.edited.emit(text)
        self.unsaved.flush()


def _rows(desk: Desk, place: str = "small", subject: str = "x") -> list[str]:
    with desk.storage.look() as work:
        return [str(one.values) for one in work.typed.of(place, subject)]


def test_offered_after_the_window_died_and_dropped_when_saved(
    session: Session, again: Callable[[Session], Session], desk: Desk, settle: Callable[[], None]
) -> None:
    first = _Form(session)
    first.unsaved.open("x")
    first.type("途中ま")
    first.type("途中まで")
    settle()
    assert _rows(desk) == ["{'text': '途中まで'}"]

    other = _Form(Session(desk, session.tasks, session.preferences))
    other.unsaved.open("x")
    settle()
    assert other.unsaved.strip.isHidden()  # the window that typed it lives

    second = _Form(again(session))
    second.unsaved.open("y")
    settle()
    assert second.unsaved.strip.isHidden()  # another subject
    second.unsaved.open("x")
    settle()
    assert not second.unsaved.strip.isHidden()
    assert second.unsaved.strip.title.words() == "前回の入力が残っています（11月20日 14:32）"
    second.unsaved.strip.button.click()
    settle()
    assert second.field.text() == "途中まで"
    assert second.unsaved.strip.isHidden()
    assert len(_rows(desk)) == 1  # it is the second window's now

    second.unsaved.done()
    settle()
    assert _rows(desk) == []


def test_thrown_away_or_typed_back_leaves_nothing(
    session: Session, again: Callable[[Session], Session], desk: Desk, settle: Callable[[], None]
) -> None:
    first = _Form(session)
    first.unsaved.open("x")
    first.type("要らない")
    settle()
    second = _Form(again(session))
    second.unsaved.open("x")
    settle()
    second.type("別のこと")  # typing on does not overwrite what is offered
    settle()
    assert len(_rows(desk)) == 2
    second.unsaved.strip.throw.click()
    settle()
    assert second.unsaved.strip.isHidden()
    assert _rows(desk) == ["{'text': '別のこと'}"]
    second.type("")
    settle()
    assert _rows(desk) == []


def test_a_form_of_another_version_is_not_offered(
    session: Session, desk: Desk, settle: Callable[[], None]
) -> None:
    keep_typing(desk, TypedPlace("small", "x", "dead.1"), 2, {"text": "新しい形式"})
    keep_typing(desk, TypedPlace("small", "x", "dead.2"), 1, {"other": "欄がない"})
    form = _Form(session)
    form.unsaved.open("x")
    settle()
    form.unsaved.strip.button.click()  # what has no such field leaves the form as it is
    settle()
    assert form.field.text() == ""
    assert form.unsaved.strip.isHidden()


def test_a_sign_is_alive_as_long_as_its_window(tmp_path: Path) -> None:
    mine, theirs = WindowSign("mine"), WindowSign("theirs")
    assert theirs.hold(tmp_path)
    assert not theirs.hold(tmp_path)
    assert mine.alive("theirs", tmp_path)
    assert not mine.alive("gone", tmp_path)
    theirs.let_go()
    assert not mine.alive("theirs", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_customer_half_typed(
    session: Session,
    again: Callable[[Session], Session],
    desk: Desk,
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    window = QWidget()
    page = CustomerPage(session, Toasts(window))
    qtbot.addWidget(page)
    page.open_new()
    page.name.set_text("株式会社途中")
    page.address.set_text("東京都港区1-2-3")
    page.form.edited.emit()
    page.typing.flush()
    settle()

    fresh = CustomerPage(again(session), Toasts(window))
    qtbot.addWidget(fresh)
    fresh.open_new()
    settle()
    assert not fresh.typing.strip.isHidden()
    fresh.typing.strip.button.click()
    assert fresh.name.text() == "株式会社途中"
    assert fresh.address.text() == "東京都港区1-2-3"
    assert fresh.changed
    fresh.kana.set_text("カブシキガイシャトチュウ")
    fresh.store()
    settle()
    assert _rows(desk, "customer", "") == []


def test_a_note_half_written(
    session: Session,
    again: Callable[[Session], Session],
    desk: Desk,
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    customer = register_customer(desk, CustomerFields(name="株式会社青空", kana="アオゾラ"))
    tab = NotesTab(session, Toasts(QWidget()))
    qtbot.addWidget(tab)
    tab.show_subject("customer", customer.id)
    settle()
    tab.write()
    qtbot.keyClicks(tab.form.text, "denwa")
    tab.form.due_on.edit.setText("13/45")  # not readable, and kept all the same
    tab.form.due_on.edit.textEdited.emit("13/45")
    qtbot.waitUntil(lambda: not tab.left._timer.isActive())
    settle()

    fresh = NotesTab(again(session), Toasts(QWidget()))
    qtbot.addWidget(fresh)
    fresh.show_subject("customer", customer.id)
    settle()
    fresh.write()
    settle()
    fresh.left.strip.button.click()
    assert fresh.form.text.text() == "denwa"
    assert fresh.form.due_on.edit.text() == "13/45"
    fresh.close_form()  # やめる
    settle()
    assert _rows(desk, "note", customer.id) == []


def test_typing_survives_a_kill(prepared: Path, tmp_path: Path, qtbot: QtBot, dressed: object) -> None:
    folder = tmp_path / "殺される窓口"
    shutil.copytree(prepared, folder)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typing_then_killed", str(folder)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"kept\n"
        desk = reopened(folder)
        tasks = Tasks()
        session = Session(desk, tasks, Preferences(tmp_path / "preferences"))
        page = CustomerPage(session, Toasts(QWidget()))
        qtbot.addWidget(page)
        page.open_new()
        qtbot.waitUntil(lambda: not tasks.busy)
        assert page.typing.strip.isHidden()  # whoever types it is still there
        process.kill()
        process.wait()
    page.open_new()
    qtbot.waitUntil(lambda: not page.typing.strip.isHidden())
    page.typing.strip.button.click()
    assert page.name.text() == "Aozora"
    assert page.phone.text() == "03-0000-1111"
    qtbot.waitUntil(lambda: not tasks.busy)
    tasks.stop()
    session.deleteLater()
    desk.storage.close()


def test_settings_that_could_not_be_stored(
    session: Session, again: Callable[[Session], Session], stage: Callable[[QWidget], QWidget],
    settle: Callable[[], None],
) -> None:  # fmt: skip
    def desk_code(session: Session) -> tuple[DeskSection, TextField]:
        section = DeskSection(session)
        section.show_settings(session.settings)
        stage(section)
        settle()
        field = section.fields["desk_code"].control
        assert isinstance(field, TextField)
        return section, field

    section, field = desk_code(session)
    field.set_text("まだ途中")
    field.edited.emit("まだ途中")
    assert section._left is not None
    section._left.flush()
    settle()
    fresh, field = desk_code(again(session))
    assert fresh._left is not None
    assert not fresh._left.strip.isHidden()
    fresh._left.strip.button.click()
    assert field.text() == "まだ途中"


def test_a_payment_and_a_device_half_typed(
    session: Session, again: Callable[[Session], Session], settle: Callable[[], None], qtbot: QtBot
) -> None:
    def forms(session: Session) -> tuple[PaymentForm, Unsaved, DeviceForm, Unsaved]:
        payment, device = PaymentForm(session.today), DeviceForm(session.today)
        device.show_device(None, ())
        made = (
            payment,
            Unsaved(session, "payment", payment.values, partial(put_controls, payment.controls), payment),
            device, Unsaved(session, "device", device.values, device.put_values, device),
        )  # fmt: skip
        for form, left in (made[:2], made[2:]):
            qtbot.addWidget(form)
            form.edited.connect(left.note)
            left.open("c1")
        settle()
        return made

    payment, kept, device, held = forms(session)
    payment.amount.set_value(51_700)
    payment.note.set_text("窓口で")
    payment.note.edited.emit("窓口で")
    device.serial.set_text("GW50-01")
    device.serial.edited.emit("GW50-01")
    for left in (kept, held):
        assert left._timer.isActive()
        left.flush()
    settle()
    payment, kept, device, held = forms(again(session))
    for left in (kept, held):
        left.strip.button.click()
    assert payment.amount.value() == 51_700
    assert payment.note.text() == "窓口で"
    assert device.serial.text() == "GW50-01"
    settle()
