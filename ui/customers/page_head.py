"""The head of a customer's page: back, the name, what can be done, 保存."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.words import _
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import on_surface, row
from ui.widgets.text import ElidedLabel


class PageHead(QFrame):
    """Its parts are the page's to connect."""

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.back = IconButton("chevron-left", _("一覧に戻る"), key="Alt+Left")
        self.title = ElidedLabel("", "title")
        self.more = IconButton("ellipsis", _("ほかの操作"))
        self.quote = Button(_("この顧客に見積を作る"), "file-plus", "quiet")
        self.save = Button(_("登録"), "check", "filled", key="Ctrl+Enter")
        box = QHBoxLayout(self)
        box.setContentsMargins(s.s, 0, s.l, 0)
        box.setSpacing(s.s)
        box.addWidget(self.back)
        box.addWidget(self.title, 1)
        box.addLayout(row(self.quote, self.more, self.save))
        on_surface(self, "panel")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(s.page_head)

    def below_more(self) -> QPoint:
        """Where a menu of ⋯ opens, on the screen."""
        return self.more.mapToGlobal(QPoint(0, self.more.height()))
