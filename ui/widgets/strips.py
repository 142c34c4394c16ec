"""Strips: advice beside a price, a warning, trouble with the machine; toasts; empty places; waiting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.words import _
from ui.qt import CENTRE, Event, Policy, Widget
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.frame import Picture
from ui.widgets.layout import column, row
from ui.widgets.paint import MEANINGS, box
from ui.widgets.pieces import kept_whole, without_joints
from ui.widgets.text import Label


class _Sentence(Label):
    """Words that break over lines, but never between a number and its unit."""

    def __init__(self, text: str, role: str, tone: str = "") -> None:
        super().__init__(text, role, tone, wrap=True)

    def set_text(self, text: str) -> None:
        super().set_text(kept_whole(text))
        self.setAccessibleName(text)

    def words(self) -> str:
        return without_joints(super().words())


class AdviceStrip(QWidget):
    """A bold sentence, a line that explains, a small button. `meaning`: note (advice), warn, danger, good.

    `accepted` comes from the button; without words the button is absent.
    """

    accepted = Signal()
    closed = Signal()

    def __init__(
        self,
        title: str = "",
        detail: str = "",
        button: str = "",
        *,
        meaning: str = "note",
        icon: str = "lightbulb",
        closable: bool = False,
    ) -> None:
        super().__init__()
        self._meaning = meaning
        s = theme.size
        self.picture = Picture(icon, MEANINGS[meaning][1], "icon_large")
        self.title = _Sentence(title, "body-bold")
        self.detail = _Sentence(detail, "panel", "text2")
        self.button = Button(button, small=True)
        self.button.clicked.connect(self.accepted)
        self.close_button = IconButton("x", _("閉じる"))
        self.close_button.clicked.connect(self._on_closed)
        if not closable:  # showing it before it has its place would open it as a window
            self.close_button.hide()
        box_ = row(self.picture, column(self.title, self.detail), self.button, self.close_button, gap="s")
        box_.setStretch(1, 1)
        box_.setContentsMargins(s.strip_bar + s.strip_pad_x, s.strip_pad_y, s.strip_pad_x, s.strip_pad_y)
        self.setLayout(box_)
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self.set_words(title, detail, button)

    def set_words(self, title: str, detail: str = "", button: str = "") -> None:
        """Say something else."""
        self.title.set_text(title)
        self.detail.set_text(detail)
        self.detail.setVisible(bool(detail))
        self.button.set_text(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{title} {detail}".strip())

    def set_meaning(self, meaning: str, icon: str) -> None:
        """Another tone with its icon."""
        self._meaning = meaning
        self.picture.set_icon(icon, MEANINGS[meaning][1])
        self.update()

    def _on_closed(self) -> None:
        self.hide()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        ground, tone = MEANINGS[self._meaning]
        painter = QPainter(self)
        box(painter, self.rect(), theme.colour(ground))
        painter.save()
        painter.setClipRect(QRect(0, 0, s.strip_bar, self.height()))
        box(painter, self.rect(), theme.colour(tone))
        painter.restore()


class EmptyState(QWidget):
    """What would stand here, and the first step. `accepted` comes from the button."""

    accepted = Signal()

    def __init__(self, icon: str, title: str, text: str, button: str = "", button_icon: str = "plus") -> None:
        super().__init__()
        self.picture = Picture(icon, "edge", "icon_empty")
        self.title = Label(title, "heading")
        self.text = Label(_sentences(text), "panel", "text2", wrap=True)
        self.text.setFixedWidth(theme.ems(32))
        self._fit()
        self.button = Button(button, button_icon, "filled")
        if not button:  # showing it before it has its place would open it as a window
            self.button.hide()
        self.button.clicked.connect(self.accepted)
        inner = column(gap="m")
        for widget in (self.picture, self.title, self.text, self.button):
            inner.addWidget(widget, 0, CENTRE)
        inner.insertSpacing(3, theme.size.s)
        from ui.qt import Align

        self.text.setAlignment(Align.AlignHCenter | Align.AlignTop)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(inner)
        outer.addStretch(3)

    def set_words(self, title: str, text: str, button: str = "") -> None:
        """Say something else."""
        self.title.set_text(title)
        self.text.set_text(_sentences(text))
        self._fit()
        self.button.set_text(button)
        self.button.setVisible(bool(button))

    def _fit(self) -> None:
        """A centred text in a column is given one line, however many it needs."""
        self.text.setMinimumHeight(self.text.heightForWidth(self.text.width()))


def _sentences(text: str) -> str:
    """Japanese sentences a line each, so that they break where people breathe."""
    return text.replace("。", "。\n").replace("\n）", "）").strip()


class Toasts(QObject):
    """Short messages at the foot of a window that go by themselves, with a way to take back what was done.

    `show_message(words, _("元に戻す"), self._on_undo)`: the function is called when the button is used.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toast: _Toast | None = None
        self._watching = False
        self.muted = False  # while the window is locked nothing is told to whoever stands before it

    def show_message(
        self, words: str, action: str = "", act: Callable[[], None] | None = None, seconds: int = 8
    ) -> None:
        """Show a message, in place of the one before."""
        self.close()
        if self.muted:
            return
        if not self._watching:
            self._watching = True
            self._window.installEventFilter(self)
        self._toast = _Toast(self._window, words, action, act)
        self._toast.gone.connect(self._on_gone)
        self._place()
        self._toast.show()
        self._toast.raise_()
        self._toast.start(seconds)

    def close(self) -> None:
        """Take the message away."""
        if self._toast is not None:
            toast, self._toast = self._toast, None
            toast.hide()
            toast.deleteLater()

    def words(self) -> str:
        """The message shown now, or ""."""
        return self._toast.label.words() if self._toast is not None else ""

    @property
    def button(self) -> Button | None:
        """The button of the message shown now."""
        return self._toast.button if self._toast is not None else None

    def _on_gone(self) -> None:
        self.close()

    def _place(self) -> None:
        if self._toast is None:
            return
        """At the left, where no sums stand: customers look at those just then."""
        self._toast.fit()
        x = theme.size.rail + theme.size.l
        y = self._window.height() - self._toast.height() - theme.size.status - theme.size.l
        self._toast.move(x, y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == Event.Resize:
            self._place()
        return False


class _Toast(QFrame):
    gone = Signal()

    def __init__(self, parent: QWidget, words: str, action: str, act: Callable[[], None] | None) -> None:
        super().__init__(parent)
        self._act = act
        self.label = Label(words, "body", "toast", wrap=True)
        self.button = Button(action, small=True)
        if not action:  # showing it before it has its place would open it as a window
            self.button.hide()
        self.button.clicked.connect(self._on_action)
        s = theme.size
        layout = QHBoxLayout(self)
        layout.setContentsMargins(s.l, s.s, s.s if action else s.l, s.s)
        layout.setSpacing(s.l)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        self.setFixedWidth(s.toast_width)
        self.setAccessibleName(words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.gone)

    def fit(self) -> None:
        """As high as the words need beside the button."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), layout.heightForWidth(self.width()))

    def start(self, seconds: int) -> None:
        self._timer.start(seconds * 1000)

    def enterEvent(self, event: object) -> None:
        self._timer.stop()  # who reads it shall have the time

    def leaveEvent(self, event: object) -> None:
        self._timer.start(3000)

    def _on_action(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()
        self.gone.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        box(QPainter(self), self.rect(), theme.colour("toast"))


class BusyBar(QWidget):
    """Two moving pixels below a head. It shows itself when the work lasts longer than 300 ms.

    `start()` and `stop()` may be nested: it goes when the last work is done.
    """

    AFTER_MS = 300
    _STEP_MS = 30

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._place = 0
        self._running = False
        self.setFixedHeight(theme.size.busy)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAttribute(Widget.WA_TransparentForMouseEvents)
        self.setAccessibleName(_("処理中"))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(self.AFTER_MS)
        self._wait.timeout.connect(self._on_waited)
        self._move = QTimer(self)
        self._move.setInterval(self._STEP_MS)
        self._move.timeout.connect(self._on_step)

    def start(self) -> None:
        """Some work began."""
        self._count += 1
        if self._count == 1:
            self._wait.start()

    def stop(self) -> None:
        """Some work is done."""
        self._count = max(0, self._count - 1)
        if self._count == 0:
            self._wait.stop()
            self._move.stop()
            self._running = False
            self.update()

    @property
    def running(self) -> bool:
        """Whether it is to be seen."""
        return self._running

    def _on_waited(self) -> None:
        self._running = True
        self._move.start()
        self.update()

    def _on_step(self) -> None:
        self._place = (self._place + 2) % 130
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(10), theme.size.busy)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._running:
            width = self.width() * 30 // 100
            left = self.width() * (self._place - 30) // 100
            QPainter(self).fillRect(QRect(left, 0, width, self.height()), theme.colour("accent"))
