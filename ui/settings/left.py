"""What was typed into a section of the settings and could not be stored, or was not left yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from ui.unsaved import Unsaved, Values, control_values, put_controls
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField, TextArea, TextField
from ui.widgets.number import NumberStepper

if TYPE_CHECKING:
    from ui.session import Session
    from ui.settings.section import SettingsSection


class KeptSection(Unsaved):
    """Follows the fields of a section in which one types. Choices are stored at once."""

    def __init__(self, session: Session, section: SettingsSection, code: str) -> None:
        super().__init__(session, f"settings.{code}", self._values, self._put, section)
        self._section = section
        box = section.layout()
        if isinstance(box, QBoxLayout):
            box.insertWidget(0, self.strip)
        for control in self._controls().values():
            if isinstance(control, TextField | TextArea):
                control.edited.connect(self.note)
            elif isinstance(control, MoneyField | NumberStepper | DateField):
                control.edit.textEdited.connect(self.note)
        self.open("")
        session.settings_changed.connect(self._on_settings)

    def _controls(self) -> dict[str, QWidget]:
        kinds = (TextField, TextArea, MoneyField, NumberStepper, DateField)
        found = {name: field.control for name, field in self._section.fields.items()}
        return {name: control for name, control in found.items() if isinstance(control, kinds)}

    def _values(self) -> Values:
        return control_values(self._controls())

    def _put(self, values: Values) -> None:
        put_controls(self._controls(), values)
        self._section.edited.emit()

    def _on_settings(self) -> None:
        """Something was stored: what stands there now is that, unless somebody is typing or has to."""
        focus = QApplication.focusWidget()
        typing = focus is not None and self._section.isAncestorOf(focus)
        if not typing and not any(field.error for field in self._section.fields.values()):
            self.rebase()
