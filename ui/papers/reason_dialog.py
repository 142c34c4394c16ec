"""Asks for a reason, with what follows from it spelled out."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.entries import TextArea
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.text import Label


class ReasonDialog(QDialog):
    """Use ``ask``: the reason, or "" where it was not given. Enter is a new line: Ctrl+Enter accepts."""

    def __init__(self, parent: QWidget, title: str, text: str, accept: str, example: str) -> None:
        super().__init__(parent)
        s = theme.size
        self.setWindowTitle(title)
        self.setFixedWidth(s.dialog_width)
        self.why = TextArea(example)
        self.why.setFixedHeight(theme.ems(5))
        self.field = Field(_("理由"), self.why)
        self.accept_button = Button(accept, kind="danger", key="Ctrl+Enter")
        self.cancel_button = Button(_("やめる"))
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addWidget(Label(title, "heading", wrap=True))
        box.addWidget(Label(text, "body", "text2", wrap=True))
        box.addWidget(self.field)
        box.addLayout(row(None, self.cancel_button, self.accept_button))
        self.cancel_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._on_accept)
        self.why.setFocus()

    def _on_accept(self) -> None:
        if self.why.text().strip():
            self.accept()
        else:
            self.field.set_error(_("あとから見て分かる理由を入力してください。"))
            self.why.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, title: str, text: str, accept: str, example: str) -> str:
        """Open, wait, clean up."""
        dialog = cls(parent, title, text, accept, example)
        try:
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            return dialog.why.text().strip() if accepted else ""
        finally:
            dialog.deleteLater()
