"""Which field tells a problem, and when."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Problem
from ui.quotes.problem_board import ProblemBoard
from ui.widgets.entries import TextField
from ui.widgets.field import Field


class Form:
    """A name above a phone number."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.name, self.phone = Field("名前", TextField()), Field("電話", TextField())
        box = QVBoxLayout(self.window)
        box.addWidget(self.name)
        box.addWidget(self.phone)
        qtbot.addWidget(self.window)
        self.board = ProblemBoard(self.window)
        self.board.add("customer.phone", self.phone)
        self.board.add("customer", self.name)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def form(dressed: QApplication, qtbot: QtBot) -> Form:
    return Form(qtbot)


def wrong(field: str, what: str = "だめです。") -> Problem:
    return Problem("bad-input", what, field=field)


def test_nothing_is_told_before_its_field_was_left(form: Form) -> None:
    form.board.show_problems([wrong("customer.phone")])
    assert form.phone.error == ""
    form.phone.control.setFocus()
    assert form.phone.error == ""
    form.name.control.setFocus()
    assert form.phone.error == "だめです。"


def test_the_nearest_field_above_tells_what_has_no_field(form: Form) -> None:
    form.board.show_problems([wrong("customer.kana")])
    form.board.show_all()

    assert form.name.error == "だめです。"
    assert form.board.path_of("customer.kana") == "customer"


def test_mended_is_silent_at_once(form: Form) -> None:
    form.board.show_problems([wrong("customer.phone")])
    form.board.show_all()
    form.board.show_problems([])

    assert form.phone.error == ""


def test_the_uppermost_field_comes_first_whatever_the_order_of_telling(form: Form) -> None:
    form.board.show_problems([wrong("customer.phone"), wrong("customer.name")])

    assert form.board.focus_first() == "customer"
    assert form.name.isAncestorOf(QApplication.focusWidget())


def test_unreadable_goes_before_missing(form: Form) -> None:
    form.board.show_problems([wrong("customer.phone", "ありません。")])
    form.board.set_unreadable("customer.phone", wrong("customer.phone", "読めません。"))
    form.board.show_all()

    assert form.phone.error == "読めません。"
    assert [problem.what for problem in form.board.problems] == ["読めません。"]
    form.board.set_unreadable("customer.phone", None)
    assert form.phone.error == "ありません。"


def test_what_belongs_to_no_field_is_told_apart_when_it_matters(form: Form) -> None:
    told: list[object] = []
    form.board.homeless_changed.connect(told.append)
    form.board.show_problems([wrong("settings.desk_code", "符号がありません。")])
    assert told == []
    form.board.show_all()

    assert told == [("符号がありません。",)]


def test_a_refusal_lasts_until_the_next_change(form: Form) -> None:
    form.board.show_all()
    form.board.set_refused([wrong("customer.phone", "断られました。")])
    assert form.phone.error == "断られました。"
    assert form.board.problems == (), "it does not keep one from trying again"
    form.board.show_problems([])
    assert form.phone.error == ""


def test_a_part_that_is_gone_tells_nothing(form: Form) -> None:
    form.board.show_problems([wrong("customer.phone")])
    form.board.forget_under("customer")
    form.board.show_all()

    assert form.board.path_of("customer.phone") == ""
