"""A field for the recovery code: it groups the signs as one types them."""

from __future__ import annotations

import unicodedata

from app.recovery_code import LENGTH, grouped
from ui.qt import Input
from ui.widgets.entries import TextField


class CodeField(TextField):
    """Written as on the paper, in groups of four; small letters and spaces are welcome."""

    def __init__(self) -> None:
        super().__init__("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        hints = Input.ImhLatinOnly | Input.ImhNoPredictiveText | Input.ImhSensitiveData
        self.edit.setInputMethodHints(hints)
        self.edit.textEdited.connect(self._on_typed)

    def _on_typed(self, text: str) -> None:
        """Only where one types at the end: the cursor is left alone in the middle."""
        if self.edit.cursorPosition() != len(text):
            return
        plain = "".join(one for one in unicodedata.normalize("NFKC", text).upper() if one.isalnum())
        if len(plain) <= LENGTH:
            self.edit.setText(grouped(plain))
