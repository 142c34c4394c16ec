"""Parts of a page that are made in turns."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.widgets.later import Later


def test_each_part_is_made_once_and_one_that_can_t_be_made_holds_up_nothing(qtbot: QtBot) -> None:
    made: list[str] = []

    def failing() -> None:
        made.append("failing")
        raise ValueError("it can't be made")

    page = QObject()
    parts = {"wanted": lambda: made.append("wanted"), "failing": failing, "last": lambda: made.append("last")}
    later = Later(page, parts)
    later.take("last")
    with qtbot.captureExceptions() as told:
        qtbot.waitUntil(lambda: not later._timer.isActive())
    assert made == ["last", "wanted", "failing"]
    assert len(told) == 1
