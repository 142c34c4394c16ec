"""A panel beside the page: it takes its own room and covers nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.words import _
from ui.qt import Key, Policy, ShortcutScope
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.frame import Picture
from ui.widgets.layout import on_surface, rule, scrolling
from ui.widgets.text import Label


class SidePanel(QFrame):
    """Head with a title and ×, a body that scrolls, a foot with buttons. Esc closes; `closed` says so."""

    closed = Signal()

    def __init__(self, title: str, icon: str = "") -> None:
        super().__init__()
        s = theme.size
        on_surface(self, "panel")
        self.setProperty("edge", "left")
        self.setFixedWidth(s.side_panel)
        self.setSizePolicy(Policy.Fixed, Policy.Expanding)
        self.title = Label(title, "heading")
        self._close = IconButton("x", _("閉じる（Esc）"))
        self._close.clicked.connect(self.close_panel)
        head = QWidget()
        head.setFixedHeight(s.side_head)
        head_box = QHBoxLayout(head)
        head_box.setContentsMargins(s.l, 0, s.s, 0)
        head_box.setSpacing(s.s)
        if icon:
            head_box.addWidget(Picture(icon, "accent"))
        head_box.addWidget(self.title)
        head_box.addStretch(1)
        head_box.addWidget(self._close)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(s.l, s.m, s.l, s.l)
        self.body.setSpacing(s.field_gap)
        self.foot = QWidget()
        self.foot.setFixedHeight(s.side_foot)
        self.foot_box = QHBoxLayout(self.foot)
        self.foot_box.setContentsMargins(s.l, 0, s.l, 0)
        self.foot_box.setSpacing(s.s)
        self.foot_box.addStretch(1)
        self.foot.hide()
        self._foot_rule = rule()
        self._foot_rule.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(rule())
        outer.addWidget(scrolling(self.content), 1)
        outer.addWidget(self._foot_rule)
        outer.addWidget(self.foot)
        escape = QShortcut(Key.Key_Escape, self)
        escape.setContext(ShortcutScope.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_panel)

    def add_to_foot(self, *buttons: QWidget) -> None:
        """Buttons at the right of the foot, the filled one last."""
        for button in buttons:
            self.foot_box.addWidget(button)
        self.foot.show()
        self._foot_rule.show()

    def close_panel(self) -> None:
        """Close it, as Esc does."""
        self.hide()
        self.closed.emit()
