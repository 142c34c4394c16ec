"""A section of the settings: fields that show the stored settings and put what was typed back into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.papers.issuer import Settings
from ui.session import Session
from ui.widgets.field import Field, show_problems
from ui.widgets.layout import column, on_surface

if TYPE_CHECKING:
    from ui.unsaved import Unsaved


class SettingsSection(QWidget):
    """Subclasses fill `fields` (by their path in Settings), and say how to show and to collect.

    `edited` comes whenever something should be stored: a choice was made, a field was left.
    """

    edited = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.fields: dict[str, Field] = {}
        self._left: Unsaved | None = None
        on_surface(self, "panel")

    def lay_out(self, body: QWidget) -> None:
        """Stand at the top left of the page."""
        self.setLayout(column(body, None, pad=("xl", "s")))

    def showEvent(self, event: QShowEvent) -> None:
        """From now on what is typed here and can't be stored yet is kept."""
        super().showEvent(event)
        if self._left is None and self.fields:
            from ui.settings.left import KeptSection

            code = type(self).__module__.rpartition(".")[2]
            self._left = KeptSection(self.session, self, code)

    def show_settings(self, settings: Settings) -> None:
        """Show what is stored."""
        raise NotImplementedError

    def collect(self, settings: Settings) -> Settings:
        """The settings with what stands in this section."""
        raise NotImplementedError

    def show_refusal(self, error: UserError) -> list[str]:
        """Put problems under their fields; returns those that belong to none."""
        return show_problems(self.fields, error)

    def clear_errors(self) -> None:
        """Everything was stored."""
        for field in self.fields.values():
            field.set_error("")

    def _on_edited(self, _value: object = None) -> None:
        self.edited.emit()
