"""A field for a PIN: digits only, hidden, never remembered by an input method."""

from __future__ import annotations

from app.usecases.pins import MOST, tidy
from app.words import _
from ui.qt import Input
from ui.widgets.entries import TextField


class PinField(TextField):
    """Up to eight digits. What an input method gives in full width becomes plain."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder or _("数字4〜8桁"), secret=True)
        self.edit.setMaxLength(MOST)
        self.edit.setInputMethodHints(Input.ImhDigitsOnly | Input.ImhHiddenText | Input.ImhSensitiveData)
        self.edit.textEdited.connect(self._on_typed)

    def clear(self) -> None:
        """Nothing stands there."""
        self.edit.clear()

    def _on_typed(self, text: str) -> None:
        plain = "".join(one for one in tidy(text) if one.isascii() and one.isdigit())
        if plain != text:
            self.edit.setText(plain)
