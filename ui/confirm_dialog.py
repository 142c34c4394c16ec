"""A question that can't wait, with its consequences spelled out."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import row
from ui.widgets.text import Label


class ConfirmDialog(QDialog):
    """Use `ask`."""

    def __init__(
        self, parent: QWidget, title: str, text: str, accept: str, *, danger: bool, refuse: str = ""
    ) -> None:
        super().__init__(parent)
        s = theme.size
        self.setWindowTitle(title)
        self.setFixedWidth(s.dialog_width)
        self.accept_button = Button(accept, kind="danger" if danger else "filled")
        self.cancel_button = Button(refuse or _("やめる"))
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addWidget(Label(title, "heading", wrap=True))
        box.addWidget(Label(text, "body", "text2", wrap=True))
        box.addSpacing(s.s)
        box.addLayout(row(None, self.cancel_button, self.accept_button))
        self.cancel_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        self.cancel_button.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, title: str, text: str, accept: str, *, danger: bool = False, refuse: str = ""
    ) -> bool:
        """Open, wait, clean up. True when it was accepted; Esc and the window's × refuse."""
        dialog = cls(parent, title, text, accept, danger=danger, refuse=refuse)
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()
