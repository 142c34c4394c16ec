"""What stands below the table of a panel: the fee, a warning with a better choice, notes."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.words import _
from ui.contracts.actions.shown import Better, FeeWords, Note
from ui.qt import Policy
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, column, row, rule
from ui.widgets.paint import MEANINGS, box
from ui.widgets.pieces import kept_whole
from ui.widgets.reason_tree import ReasonTree, ReasonWords
from ui.widgets.text import Label


class _Fold(IconButton):
    """A small arrow that unfolds a reason. ``opened`` carries whether it is open."""

    opened = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__("chevron-down", name)
        self._open = False
        self.setFixedSize(theme.size.chip, theme.size.chip)
        self.clicked.connect(self._on_clicked)

    def set_open(self, now: bool) -> None:
        """Unfold or fold."""
        if now != self._open:
            self._open = now
            self.set_icon("chevron-up" if now else "chevron-down")
            self.opened.emit(now)

    def _on_clicked(self) -> None:
        self.set_open(not self._open)


class FeeBox(QFrame):
    """解約金 with its formula, its clause and the bill it stands on; the reason unfolds below."""

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.title = Label("", "body-bold")
        self.caption = Label("", "caption", "text2", wrap=True)
        self.amount = Label("", "title")
        self._formula = Label("", "caption", "text2", wrap=True)
        self._clause = Label("", "caption", "text2")
        self._line = rule()
        self._bill = Label("", "panel", wrap=True)
        self.bill_amount = Label("", "panel-bold")
        self._fold = _Fold(_("計算の根拠"))
        self._tree = ReasonTree()
        self._tree.hide()
        head = row(self.title, self.caption, self.amount)
        formula = QHBoxLayout()
        formula.addWidget(self._formula, 1)
        formula.addWidget(self._clause)
        formula.addWidget(self._fold)
        inner = column(head, formula, self._tree, gap="xs")
        inner.addWidget(self._line)
        inner.addLayout(row(self._bill, self.bill_amount))
        inner.setContentsMargins(s.m, s.s, s.m, s.s)
        self.setLayout(inner)
        self.setProperty("edge", "box")
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self._fold.opened.connect(self._tree.setVisible)
        self.hide()

    def show_fee(self, fee: FeeWords | None) -> None:
        """Show a fee; None: there is none to speak of."""
        self.setVisible(fee is not None)
        if fee is None:
            return
        self.title.set_text(fee.title)
        self.caption.set_text(fee.caption)
        self.amount.set_text(fee.amount)
        self.amount.set_tone("good" if fee.free else "")
        self._formula.set_text(kept_whole(fee.formula))
        self._formula.setVisible(bool(fee.formula))
        self._clause.set_text(fee.clause)
        self._fold.setVisible(fee.reason is not None)
        if fee.reason is not None:
            self._tree.set_reason(fee.reason)
        else:
            self._fold.set_open(False)
        for part in (self._line, self._bill, self.bill_amount):
            part.setVisible(bool(fee.bill))
        self._bill.set_text(fee.bill)
        self.bill_amount.set_text(fee.bill_amount)
        self.setAccessibleName(f"{fee.title} {fee.caption} {fee.amount} {fee.formula}".strip())


class BetterBox(QWidget):
    """A bold sentence, a line that explains, and below it a button with what it leads to."""

    taken = Signal(object)  # Better

    def __init__(self, better: Better) -> None:
        super().__init__()
        s = theme.size
        self.better = better
        ground_tone = MEANINGS[better.meaning][1]
        icon = {"warn": "triangle-alert", "danger": "circle-alert", "good": "circle-check"}
        self.title = Label(kept_whole(better.title), "body-bold", wrap=True)
        inner = column(self.title)
        if better.detail:
            inner.addWidget(Label(kept_whole(better.detail), "panel", "text2", wrap=True))
        self.button = Button(better.button, small=True)
        if better.button:
            inner.addSpacing(s.s)
            inner.addLayout(row(self.button, Label(better.beside, "caption", "text2"), None))
        else:
            self.button.setParent(self)
            self.button.hide()
        picture = Picture(icon.get(better.meaning, "lightbulb"), ground_tone, "icon_large")
        side = QVBoxLayout()
        side.addWidget(picture)
        side.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(s.strip_bar + s.strip_pad_x, s.strip_pad_y, s.strip_pad_x, s.strip_pad_y)
        whole.setSpacing(s.s)
        whole.addLayout(side)
        whole.addLayout(inner, 1)
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self.setAccessibleName(f"{better.title} {better.detail}".strip())
        self.button.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.taken.emit(self.better)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        ground, tone = MEANINGS[self.better.meaning]
        painter = QPainter(self)
        box(painter, self.rect(), theme.colour(ground))
        painter.setClipRect(QRect(0, 0, s.strip_bar, self.height()))
        box(painter, self.rect(), theme.colour(tone))


class Notes(QWidget):
    """Lines with an icon each."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Note, ...] | None = None
        self._box = column(gap="xs")
        self.setLayout(self._box)
        self._box.setContentsMargins(0, 0, 0, 0)

    def show_notes(self, notes: tuple[Note, ...]) -> None:
        """Show other lines."""
        if notes == self._shown:
            return
        self._shown = notes
        clear(self._box)
        for note in notes:
            self._box.addLayout(note_row(note))
        self.setVisible(bool(notes))

    def words(self) -> tuple[str, ...]:
        """The lines shown."""
        return tuple(note.text for note in self._shown or ())


def note_row(note: Note) -> QHBoxLayout:
    """A note: the icon level with the first line of its words."""
    side = QVBoxLayout()
    side.setContentsMargins(0, theme.size.hairline, 0, 0)
    side.addWidget(Picture(note.icon, note.tone, "icon_small"))
    side.addStretch(1)
    line = QHBoxLayout()
    line.setSpacing(theme.size.icon_gap)
    line.addLayout(side)
    line.addWidget(Label(kept_whole(note.text), "caption", note.tone, wrap=True), 1)
    return line


class ReasonFold(QWidget):
    """A sentence about a date, and its reason to unfold."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", "caption", "text2", wrap=True)
        self._fold = _Fold(_("理由"))
        self._tree = ReasonTree()
        self._tree.hide()
        head = QHBoxLayout()
        head.addWidget(self._words, 1)
        head.addWidget(self._fold)
        self.setLayout(column(head, self._tree, gap="xs"))
        self._fold.opened.connect(self._tree.setVisible)
        self.hide()

    def show_reason(self, text: str, reason: ReasonWords | None) -> None:
        """Show a sentence; "" shows nothing."""
        self.setVisible(bool(text))
        self._words.set_text(kept_whole(text))
        self._fold.setVisible(reason is not None)
        if reason is not None:
            self._tree.set_reason(reason)

    def words(self) -> str:
        """The sentence."""
        return self._words.words()
