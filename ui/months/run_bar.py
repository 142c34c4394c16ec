"""How far a run has come: a bar, per cent, the time left, and a button that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.money import figure
from app.words import _
from ui.qt import Policy
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import on_surface
from ui.widgets.paint import box
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.usecases.run_month import RunProgress


class ProgressLine(QWidget):
    """A bar from 0 to 100."""

    def __init__(self) -> None:
        super().__init__()
        self._percent = 0
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)

    def set_percent(self, percent: int) -> None:
        """How far it has come."""
        self._percent = percent
        self.setAccessibleName(_("{percent}％").format(percent=percent))
        self.update()

    @property
    def percent(self) -> int:
        """0–100."""
        return self._percent

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(12), theme.size.s)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(4), theme.size.s)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = self.height() // 2
        box(painter, self.rect(), theme.colour("bar2"), radius=radius)
        width = self.width() * self._percent // 100
        if width > 2 * radius:
            box(painter, QRect(0, 0, width, self.height()), theme.colour("accent"), radius=radius)


class RunBar(QWidget):
    """``stopped``: somebody wants the run to stop."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        on_surface(self, "reason")
        s = theme.size
        self.percent = Label("", "heading")
        self.percent.setFixedWidth(theme.ems(3.5, "heading"))
        self.line = ProgressLine()
        self.words = Label("", "panel", "text2")
        self.stop = Button(_("止める"), "pause", small=True)
        self.stop.clicked.connect(self._on_stop)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(s.l, s.s, s.l, s.s)
        bar.setSpacing(s.m)
        bar.addWidget(self.percent)
        bar.addWidget(self.line, 1)
        bar.addWidget(self.words)
        bar.addWidget(self.stop)
        self.hide()

    def begin(self) -> None:
        """Show it at the start."""
        self.percent.set_text(_("{percent}％").format(percent=0))
        self.line.set_percent(0)
        self.words.set_text(_("計算を始めています"))
        self.stop.setEnabled(True)
        self.show()

    def show_progress(self, told: RunProgress, seconds: int | None) -> None:
        """How far it has come, and how long it still takes."""
        self.percent.set_text(_("{percent}％").format(percent=told.percent))
        self.line.set_percent(told.percent)
        words = _("{done} / {all}件").format(done=figure(told.done), all=figure(told.contracts))
        if seconds is not None:
            words = f"{words}　{left_words(seconds)}"
        self.words.set_text(words)

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.words.set_text(_("止めています"))
        self.stopped.emit()


def left_words(seconds: int) -> str:
    """``残り約12秒``, ``残り約3分``."""
    if seconds < 60:
        return _("残り約{count}秒").format(count=max(1, seconds))
    return _("残り約{count}分").format(count=(seconds + 30) // 60)
