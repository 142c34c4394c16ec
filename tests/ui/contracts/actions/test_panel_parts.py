"""The small parts of panels: times as people type them, problems brought to fields, words of differences."""

from __future__ import annotations

from datetime import time

import pytest
from PySide6.QtWidgets import QApplication

from app.errors import Problem
from ui.contracts.actions.boxes import FeeBox, Notes
from ui.contracts.actions.compare_table import CompareTable
from ui.contracts.actions.consequence_words import signed
from ui.contracts.actions.fitting import fitted
from ui.contracts.actions.outage_forms import length_words
from ui.contracts.actions.shown import CompareRow, CompareSection, FeeWords, Note
from ui.contracts.actions.time_field import TimeField, read_time
from ui.widgets.paint import width_of
from ui.widgets.reason_tree import ReasonWords

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", time(14, 30)),
        ("１４：３０", time(14, 30)),
        ("1430", time(14, 30)),
        ("930", time(9, 30)),
        ("14時30分", time(14, 30)),
        ("14時半", time(14, 30)),
        ("午後2時", time(14)),
        ("午後12時", time(12)),
        ("9", time(9)),
        ("24:00", None),
        ("12:60", None),
        ("あした", None),
        ("", None),
    ],
)
def test_times_as_people_type_them(typed: str, meant: time | None) -> None:
    assert read_time(typed) == meant


def test_a_time_is_written_out_when_it_is_left(dressed: QApplication) -> None:
    field = TimeField()
    field.set_text("午後2時")
    field.finished.emit()
    assert field.text() == "14:00"
    field.set_text("いつか")
    field.finished.emit()
    assert field.text() == "いつか"
    assert not field.readable


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ("new.0.items.id", "items.id"),
        ("facts.3.from", "first"),
        ("new.1.on", "on"),
        ("on", "on"),
        ("new.0.answers.arrears", "answers.arrears"),
        ("somewhere.else", "somewhere.else"),
    ],
)
def test_problems_come_to_the_fields_they_are_about(told: str, field: str) -> None:
    names = {"items.id", "first", "on", "answers.arrears"}
    (found,) = fitted([Problem("bad-input", "…", field=told)], names, {"from": "first"})
    assert found.field == field


def test_differences_carry_their_sign() -> None:
    assert [signed(one) for one in (200, 0, -12_000)] == ["+200円", "0円", "−12,000円"]


def test_lengths_of_outages() -> None:
    from datetime import timedelta

    minutes = (40, 38 * 60, 100 * 60)
    assert [length_words(timedelta(minutes=one)) for one in minutes] == ["40分", "38時間", "4日と4時間"]


def test_the_table_is_gone_without_rows_and_read_aloud_with_them() -> None:
    table = CompareTable()
    table.show_sections(
        (CompareSection("請求", (CompareRow("12月分", "81,840円", "74,600円", "−7,240円"),)),)
    )
    assert table.accessibleName() == "請求\n12月分  81,840円 → 74,600円  −7,240円"
    high = table.height()
    table.show_sections(())
    assert table.isHidden()
    assert table.height() < high


def test_what_a_row_is_about_goes_before_the_difference() -> None:
    table = CompareTable()
    table.resize(300, 100)
    wide = CompareRow("年額（税抜）", "5,700,000円", "5,800,000円", "+100,000円")
    table.show_sections((CompareSection("", (CompareRow("月額", "7,600円", "8,000円", "+400円"),)),))
    assert all(table._columns())
    table.show_sections((CompareSection("", (wide,)),))
    assert table._columns()[2] == 0
    assert width_of(wide.label, "panel") + sum(table._columns()) <= table.width()
    assert "+100,000円" in table.as_text()


def test_a_fee_unfolds_its_reason() -> None:
    box = FeeBox()
    box.show_fee(FeeWords("解約金", "不課税", "268,800円", "7 ID × 2,400円", reason=ReasonWords("式")))
    assert box._tree.isHidden()
    box._fold.click()
    assert not box._tree.isHidden()
    assert box._tree.reason.formula == "式"
    box.show_fee(None)
    assert box.isHidden()


def test_the_same_notes_are_not_made_again() -> None:
    notes = Notes()
    lines = (Note("info", "削除が必要です"),)
    notes.show_notes(lines)
    first = notes.layout().itemAt(0)  # type: ignore[union-attr]
    notes.show_notes((Note("info", "削除が必要です"),))
    assert notes.layout().itemAt(0) is first  # type: ignore[union-attr]
    assert notes.words() == ("削除が必要です",)
