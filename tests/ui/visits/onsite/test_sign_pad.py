"""The sheet to sign: mouse strokes, fingers, slips, taking back, paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.visits.onsite.visits_made import type_into
from ui.visits.onsite.draft import Signing
from ui.visits.onsite.sign_pad import HUNDREDTHS_PER_PIXEL, SignPad, path_of
from ui.visits.onsite.signature_box import SignatureBox
from ui.visits.onsite.strokes import Ink, ink_of, is_signed

pytestmark = pytest.mark.usefixtures("dressed")
Stage = Callable[[QWidget], QWidget]


def draw(pad: SignPad, *points: tuple[int, int]) -> None:
    """A stroke with the mouse."""
    first, *rest = (QPoint(x, y) for x, y in points)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
    for point in rest:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rest[-1])


def test_strokes_of_the_mouse_are_kept_in_hundredths_of_a_millimetre(stage: Stage, qtbot: QtBot) -> None:
    pad = SignPad()
    stage(pad)
    with qtbot.waitSignal(pad.signed):
        draw(pad, (40, 60), (80, 90), (120, 50))
    (stroke,) = pad.strokes
    assert stroke[0] == pytest.approx((40 * HUNDREDTHS_PER_PIXEL, 60 * HUNDREDTHS_PER_PIXEL), abs=1)
    assert stroke[-1] == pytest.approx((120 * HUNDREDTHS_PER_PIXEL, 50 * HUNDREDTHS_PER_PIXEL), abs=1)
    assert pad.is_signed
    assert pad.accessibleName() == "署名欄（署名あり）"


def test_a_line_never_leaves_the_sheet(stage: Stage) -> None:
    pad = SignPad()
    stage(pad)
    draw(pad, (40, 60), (pad.width() + 300, -50))
    assert pad.strokes[0][-1] == pytest.approx((pad.width() * HUNDREDTHS_PER_PIXEL, 0), abs=1)


def test_a_click_alone_is_no_signature(stage: Stage) -> None:
    pad = SignPad()
    stage(pad)
    draw(pad, (40, 60), (42, 61))
    assert not pad.is_signed


def test_the_other_button_draws_nothing(stage: Stage) -> None:
    pad = SignPad()
    stage(pad)
    QTest.mousePress(pad, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(90, 90))
    QTest.mouseRelease(pad, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, QPoint(90, 90))
    assert pad.strokes == ()


def test_a_finger_draws_and_a_second_one_is_ignored(stage: Stage) -> None:
    pad = SignPad()
    stage(pad)
    screen = QTest.createTouchDevice()
    assert isinstance(screen, QPointingDevice)
    QTest.touchEvent(pad, screen).press(1, QPoint(30, 30)).commit()
    QTest.touchEvent(pad, screen).move(1, QPoint(90, 60)).press(2, QPoint(200, 100)).commit()
    QTest.touchEvent(pad, screen).move(1, QPoint(150, 40)).move(2, QPoint(220, 20)).commit()
    QTest.touchEvent(pad, screen).release(1, QPoint(150, 40)).release(2, QPoint(220, 20)).commit()
    QApplication.processEvents()
    assert len(pad.strokes) == 1
    assert pad.strokes[0][-1][0] == pytest.approx(
        150 * HUNDREDTHS_PER_PIXEL, rel=0.03
    )  # the device counts in its own steps


def test_lines_are_taken_back_and_come_back(stage: Stage) -> None:
    pad = SignPad()
    stage(pad)
    draw(pad, (40, 60), (120, 60))
    draw(pad, (40, 90), (120, 90))
    both = pad.strokes
    pad.take_back()
    assert pad.strokes == both[:1]
    pad.clear()
    assert pad.strokes == ()
    pad.bring_back()
    pad.bring_back()
    assert pad.strokes == both
    assert not pad.can_bring_back


def test_a_new_line_ends_what_could_come_back() -> None:
    ink = Ink((((0, 0), (500, 0)),))
    ink.clear()
    ink.begin((10, 10))
    assert not ink.can_bring_back


def test_ink_is_measured_along_the_lines() -> None:
    assert ink_of((((0, 0), (300, 400), (300, 900)),)) == 1_000
    assert is_signed((((0, 0), (300, 400), (300, 900)),))
    assert not is_signed((((0, 0), (300, 400)),))
    assert not is_signed(())


def test_a_line_is_smooth_and_ends_where_the_hand_did() -> None:
    path = path_of(((0, 0), (100, 200), (300, 100), (500, 0)))
    assert path.currentPosition() == QPointF(500, 0)
    assert path.elementCount() > 4  # curves, not corners


def test_an_empty_sheet_and_a_missing_name_are_told(stage: Stage) -> None:
    box = SignatureBox("お客さまの署名")
    stage(box)
    signing = Signing()
    box.show_signing(signing)
    assert not box.check()
    assert "署名がありません" in box.wrong.words()
    assert "お名前" in box.name_field.below.words()
    assert box.name.edit.hasFocus()
    box.name.edit.setText("実 太郎")
    box.name.edit.textEdited.emit("実 太郎")
    draw(box.pad, (40, 60), (120, 60), (200, 80))
    assert box.check()
    assert signing.name == "実 太郎"
    assert signing.strokes == box.pad.strokes


def test_paper_needs_a_reason_and_works_by_keyboard(stage: Stage, qtbot: QtBot) -> None:
    box = SignatureBox("お客さまの署名")
    stage(box)
    signing = Signing(name="実 太郎")
    box.show_signing(signing)
    box.paper.setFocus()
    QTest.keyClick(box.paper, Qt.Key.Key_Space)
    assert box.why_field.isVisible()
    assert not box.pad.isVisible()
    assert not box.check()
    assert "理由" in box.why_field.below.words()
    type_into(box.why.edit, "指をけがしているため")
    assert box.check()
    assert signing.why == "指をけがしているため"
