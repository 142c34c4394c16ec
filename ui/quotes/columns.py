"""The three columns of the editor, and how they fold on small windows."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.theme import theme

# Shares of the page, as in a window of 1366: 376 · 486 · 424.
_CONTENT_SHARE, _PRICE_SHARE = 0.293, 0.378
_CONTENT_ALONE = 0.4  # without the paper
_CONTENT_LEAST_EMS, _CONTENT_MOST_EMS = 26.2, 32
_PRICE_LEAST_EMS, _PRICE_MOST_EMS = 24, 46
_LEAST_FOR_PRICE_EMS = 22


class EditorColumns(QWidget):
    """Places content, price, paper and a side panel.

    Below ``fold_paper`` (width of the window) the paper is shown only when asked for; below ``fold_side`` it
    takes the place of the price, and a panel that of the content. ``folded_changed`` comes when the paper has
    to be asked for, or was.
    """

    folded_changed = Signal()

    def __init__(self, content: QWidget, price: QWidget, paper: QWidget) -> None:
        super().__init__()
        self._content, self._price, self._paper = content, price, paper
        self._side: QWidget | None = None
        self._hidden = False  # on a wide window: put away by its key
        self._asked = False  # on a narrow window: asked for
        self._rules: list[QRect] = []
        self._told: tuple[bool, bool] | None = None
        for one in (content, price, paper):
            one.setParent(self)

    @property
    def folded(self) -> bool:
        """Whether the window is too narrow for the paper to stand beside by itself."""
        return self.window().width() < theme.size.fold_paper

    @property
    def paper_shown(self) -> bool:
        """Whether the paper is to be seen."""
        return self._asked if self.folded else not self._hidden

    def show_paper(self, shown: bool) -> None:
        """Show or put away the paper."""
        if self.folded:
            self._asked = shown
        else:
            self._hidden = not shown
        self.place()

    def set_side(self, panel: QWidget | None) -> None:
        """A panel at the right, or none; the one before is let go."""
        if self._side is not None and self._side is not panel:
            self._side.hide()
            self._side.setParent(None)
            self._side.deleteLater()
        self._side = panel
        if panel is not None:
            panel.setParent(self)
        self.place()

    @property
    def side(self) -> QWidget | None:
        """The panel that stands open."""
        return self._side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place()

    def place(self) -> None:
        """Give everything its room."""
        self._rules = []
        below = self.window().width() < theme.size.fold_side
        whole = QRect(0, 0, self.width(), self.height())
        if below:
            self._place_narrow(whole)
        else:
            self._place_wide(whole)
        now = (self.folded, self.paper_shown)
        if self._told != now:
            self._told = now
            self.folded_changed.emit()
        self.update()

    def _place_narrow(self, room: QRect) -> None:
        """The side panel takes the right over the whole height, and beside it stands what it is read with:
        the paper, else the price. Without it the paper takes the place of the price.
        """
        if self._side is not None:
            self._place_side(self._side, room)
            shown = [self._paper if self.paper_shown else self._price]
        elif self.paper_shown:
            shown = [self._content, self._paper]
        else:
            self._place_wide(room)
            return
        for one in (self._content, self._price, self._paper):
            if one not in shown:
                one.hide()
        self._place_row([(one, theme.ems(_CONTENT_LEAST_EMS)) for one in shown], room)

    def _place_side(self, side: QWidget, room: QRect) -> None:
        """The panel at the right; ``room`` is what is left."""
        width = theme.size.side_panel
        self._put(side, QRect(room.right() - width + 1, room.y(), width, room.height()))
        room.setWidth(room.width() - width)

    def _place_wide(self, room: QRect) -> None:
        if self._side is not None:
            self._place_side(self._side, room)
        paper = self.paper_shown
        if not paper:
            self._paper.hide()
        content = min(
            theme.ems(_CONTENT_MOST_EMS), round(room.width() * (_CONTENT_SHARE if paper else _CONTENT_ALONE))
        )
        content = max(theme.ems(_CONTENT_LEAST_EMS), content)
        price = max(
            theme.ems(_PRICE_LEAST_EMS), min(theme.ems(_PRICE_MOST_EMS), round(room.width() * _PRICE_SHARE))
        )
        if paper and self.folded:
            price = max(theme.ems(_LEAST_FOR_PRICE_EMS), room.width() - content - theme.size.side_panel)
        shown = [(self._content, content)]
        paper_least = theme.ems(_LEAST_FOR_PRICE_EMS) if paper else 0
        if room.width() - content - paper_least >= theme.ems(_LEAST_FOR_PRICE_EMS):
            shown.append((self._price, min(price, room.width() - content - paper_least)))
        else:
            self._price.hide()
        if paper:
            shown.append((self._paper, 0))
        self._place_row(shown, room)

    def _place_row(self, shown: list[tuple[QWidget, int]], room: QRect) -> None:
        """One beside the other; the last one takes what is left."""
        x = room.x()
        for place, (widget, width) in enumerate(shown):
            last = place == len(shown) - 1
            taken = room.right() + 1 - x if last else width
            self._put(widget, QRect(x, room.y(), taken - (0 if last else 1), room.height()))
            x += taken
            if not last:
                self._rules.append(QRect(x - 1, room.y(), 1, room.height()))

    def _put(self, widget: QWidget, room: QRect) -> None:
        widget.setGeometry(room)
        widget.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        for one in self._rules:
            painter.fillRect(one, theme.colour("line"))
