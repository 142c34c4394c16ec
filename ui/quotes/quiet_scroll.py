"""A column that scrolls without giving up room: its scroll bar lies over the padding at the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.qt import Focus, Orient, Scroll, Shape, Widget
from ui.theme import theme
from ui.widgets.layout import Scrolling


class QuietScroll(Scrolling):
    """Scrolls down only. Amounts keep their edge whether or not there is something to scroll."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(Shape.NoFrame)
        self.setFocusPolicy(Focus.NoFocus)
        self.setHorizontalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
        content.setProperty("surface", "panel")
        self.viewport().setProperty("surface", "panel")
        content.setAttribute(Widget.WA_Resized)
        self.setWidget(content)
        self._bar = QScrollBar(Orient.Vertical, self)
        own = self.verticalScrollBar()
        own.rangeChanged.connect(self._on_range)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        self._on_range(own.minimum(), own.maximum())

    def make_room(self) -> None:
        """Give the content its height now, not some frames later: squeezed fields are never to be seen."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None or not self.isVisible():
            return
        layout.activate()
        width = self.viewport().width()
        wanted = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        wanted = max(wanted, layout.totalMinimumSize().height(), self.viewport().height())
        if wanted != content.height():
            content.resize(width, wanted)

    def _on_range(self, least: int, most: int) -> None:
        own = self.verticalScrollBar()
        self._bar.setRange(least, most)
        self._bar.setPageStep(own.pageStep())
        self._bar.setSingleStep(max(own.singleStep(), theme.size.row))
        own.setSingleStep(self._bar.singleStep())
        self._bar.setVisible(most > least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = theme.size.scroll
        self._bar.setGeometry(self.width() - width, 0, width, self.height())
        self._bar.setPageStep(self.verticalScrollBar().pageStep())
        self._bar.raise_()
