"""Another window recorded something first: what it was, beside one's own change. Nothing was overwritten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout

from app.words import _
from ui.qt import Policy
from ui.theme import theme
from ui.widgets.layout import column, holding
from ui.widgets.pieces import kept_whole
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label


class ConflictView(QFrame):
    """Two columns of words. The preview below is worked out anew on what stands now."""

    def __init__(self) -> None:
        super().__init__()
        self._strip = AdviceStrip(
            _("別の画面で先に登録されました"),
            _("入力した内容は残っています。下は今の契約での結果です。確かめて、もう一度登録してください。"),
            meaning="warn",
            icon="triangle-alert",
        )
        self.theirs = Label("", "panel", "text", wrap=True)
        self.yours = Label("", "panel", "text", wrap=True)
        left = column(
            Label(_("その間に登録された内容"), "caption-bold", "text2"), self.theirs, None, gap="xs"
        )
        right = column(Label(_("あなたの変更"), "caption-bold", "accent"), self.yours, None, gap="xs")
        grid = QGridLayout()
        grid.setSpacing(theme.size.s)
        for place, side in enumerate((left, right)):
            pad = theme.size.s
            side.setContentsMargins(pad, pad, pad, pad)
            frame = holding(side, "window", "box")
            frame.setSizePolicy(Policy.Expanding, Policy.Preferred)
            grid.addWidget(frame, 0, place)
            grid.setColumnStretch(place, 1)
        self.setLayout(column(self._strip, grid, gap="s"))
        self.hide()

    def show_both(self, theirs: Sequence[str], yours: Sequence[str]) -> None:
        """Show what was recorded meanwhile, and what one was about to record."""
        self.theirs.set_text(kept_whole("\n".join(theirs)))
        self.yours.set_text(kept_whole("\n".join(yours)))
        self.setAccessibleName(
            _("その間に登録された内容：{theirs}。あなたの変更：{yours}").format(
                theirs=_("、").join(theirs), yours=_("、").join(yours)
            )
        )
        self.show()
