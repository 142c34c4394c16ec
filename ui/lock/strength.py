"""Says below a field how strong the passphrase typed there is, and why it is weak."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.passphrase import strength
from app.words import _
from ui.widgets.entries import TextField
from ui.widgets.field import Field


class StrengthHint(QObject):
    """Follows a field. ``own``: words anybody here would try first (company, desk, staff)."""

    def __init__(self, field: Field, entry: TextField, own: Callable[[], tuple[str, ...]]) -> None:
        super().__init__(field)
        self._field = field
        self._own = own
        self._helper = _("8文字以上。関係のない言葉を4つほど並べると、覚えやすく強くなります。")
        field.set_helper(self._helper)
        entry.edited.connect(self.show_strength)

    def show_strength(self, text: str) -> None:
        """Say it for this text."""
        found = strength(text, self._own())
        self._field.set_doubt("")
        self._field.set_helper(self._helper)
        if not text:
            return
        if found.level == "good":
            self._field.set_helper(_("十分に強いパスフレーズです。"))
        elif found.level == "fair":
            self._field.set_doubt(_("もう少し強くできます。{why}").format(why=found.why[0]))
        else:
            self._field.set_doubt(_("弱いパスフレーズです。{why}").format(why=found.why[0]))
