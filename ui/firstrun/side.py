"""The side of the first page: what is asked, how far one is, the language."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSpacerItem, QVBoxLayout, QWidget

import app
from app.words import _, language, pgettext
from ui import icons
from ui.qt import CENTRE, LEFT, Hint, Policy
from ui.theme import theme
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.layout import on_surface, row
from ui.widgets.paint import width_of, words
from ui.widgets.text import Label


class Step(QWidget):
    """A number in a ring, or a check when it is done; a title, and a line below it."""

    def __init__(self, number: int, title: str, text: str) -> None:
        super().__init__()
        self._number, self._title, self._text = number, title, text
        self._done = False
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self._name()

    def show_state(self, *, done: bool, text: str) -> None:
        """Done or not, and what the line below says."""
        self._done, self._text = done, text
        self._name()
        self.update()

    @property
    def done(self) -> bool:
        """Whether nothing is missing in this part."""
        return self._done

    def _name(self) -> None:
        self.setAccessibleName(f"{self._number} {self._title} {self._text}")

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(12), theme.size.step_mark + theme.line("caption") + theme.size.xl)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        painter.setRenderHint(Hint.Antialiasing)
        ring = QRect(1, 1, s.step_mark - 2, s.step_mark - 2)
        painter.setPen(QPen(theme.colour("on_brand"), 1))
        painter.setBrush(theme.colour("on_brand" if self._done else "brand"))
        painter.drawEllipse(ring)
        if self._done:
            inset = (s.step_mark - s.icon) // 2
            icons.draw(painter, "check", inset, inset, "brand", s.icon)
        else:
            words(painter, ring, str(self._number), "body-bold", "on_brand", CENTRE)
        x = s.step_mark + s.m
        line = QRect(x, 0, self.width() - x, s.step_mark)
        words(painter, line, self._title, "body-bold", "on_brand", LEFT)
        below = QRect(x, s.step_mark - 2, self.width() - x, theme.line("caption"))
        words(painter, below, self._text, "caption", "on_brand2", LEFT)


class _Mark(QWidget):
    """The program's sign and name."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.size.icon_brand + theme.size.s)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        icons.draw(painter, "madoguchi", 0, (self.height() - s.icon_brand) // 2, "on_brand", s.icon_brand)
        room = self.rect().adjusted(s.icon_brand + s.m, 0, 0, 0)
        words(painter, room, pgettext("program", "窓口"), "title", "on_brand", LEFT)


class _Act(QAbstractButton):
    """An icon and a word on the brand's ground: something other than to fill in the page."""

    def __init__(self, icon: str, word: str) -> None:
        super().__init__()
        self._icon, self._word = icon, word
        self.setAccessibleName(word)
        self.setProperty(OUTSIDE, True)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)

    def sizeHint(self) -> QSize:
        s = theme.size
        return QSize(s.icon + s.s + width_of(self._word, "panel") + s.s, s.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        icons.draw(painter, self._icon, 0, (self.height() - s.icon) // 2, "on_brand", s.icon)
        words(painter, self.rect().adjusted(s.icon + s.s, 0, 0, 0), self._word, "panel", "on_brand", LEFT)


class Side(QFrame):
    """`language_wanted` asks for the other language."""

    language_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        on_surface(self, "brand")
        self.setFixedWidth(s.first_side)
        self.steps = {
            "company": Step(1, _("会社"), ""),
            "desk": Step(2, _("窓口"), ""),
            "staff": Step(3, _("担当者"), ""),
            "key": Step(4, _("データの保護"), ""),
        }
        self.language = _Act("globe", "English" if language() == "ja" else "日本語")
        self.from_backup = _Act("rotate-ccw", _("控えから始める"))
        self.from_backup.setToolTip(_("別の端末で取った控えから、データを移します。"))
        self.language.clicked.connect(self.language_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl + s.s, s.xl + s.s, s.xl + s.s, s.xl + s.s)
        box.setSpacing(0)
        box.addWidget(_Mark())
        box.addSpacerItem(self._gap())
        greeting = Label(_("はじめに、4つだけ\nお聞きします"), "headline", "brand", wrap=True)
        promise = Label(
            _("入力はこの端末の中だけに保存します。\n符号のほかは、あとで変えられます。"),
            "panel",
            "brand2",
            wrap=True,
        )
        for words_ in (greeting, promise):  # in a low window the gaps give way, never the words
            words_.setMinimumHeight(words_.heightForWidth(s.first_side - 2 * (s.xl + s.s)))
        box.addWidget(greeting)
        box.addSpacing(s.m)
        box.addWidget(promise)
        box.addSpacerItem(self._gap())
        for step in self.steps.values():
            box.addWidget(step)
        box.addStretch(1)
        version = Label(_("版 {version}").format(version=app.__version__), "panel", "brand2")
        box.addWidget(self.from_backup)
        box.addLayout(row(self.language, None, version))

    @staticmethod
    def _gap() -> QSpacerItem:
        return QSpacerItem(0, theme.size.xl + theme.size.l, Policy.Minimum, Policy.Maximum)
