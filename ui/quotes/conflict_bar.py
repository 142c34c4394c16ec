"""Another window saved the same quotation first: nothing was overwritten, and somebody has to choose."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import column
from ui.widgets.strips import AdviceStrip


class ConflictBar(QFrame):
    """Two ways on: read what the other window saved, or keep what stands here as a quotation of its own."""

    reload_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strip = AdviceStrip(
            _("この見積は別の画面で変更されました"),
            _("ここに入力した内容は保存されていませんが、消えてもいません。どちらかを選んでください。"),
            _("相手の変更を読み込む"),
            meaning="warn",
            icon="triangle-alert",
        )
        self._copy = Button(_("この内容を複製として残す"), small=True)
        layout = self._strip.layout()
        assert layout is not None
        layout.addWidget(self._copy)
        self.setLayout(column(self._strip, pad=("l", "s")))
        self.setProperty("surface", "panel")
        self._strip.accepted.connect(self.reload_wanted)
        self._copy.clicked.connect(self.copy_wanted)
        self.setMinimumHeight(theme.size.control)
        self.hide()
