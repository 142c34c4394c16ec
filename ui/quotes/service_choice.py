"""The list of services. Arrow keys open it, so that a stray key never throws quantities away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.tariff.catalogue import Catalogue
from app.tariff.catalogue import words as say
from app.tariff.model import Service
from app.words import _
from ui.qt import Key
from ui.theme import theme
from ui.widgets.choices import Choice
from ui.widgets.field import Field
from ui.widgets.paint import width_of

_NAME_EMS = 20.5  # of the narrowest box
_OPENING = frozenset({Key.Key_Down, Key.Key_Up, Key.Key_Return, Key.Key_Enter, Key.Key_Space})


def choice_name(service: Service) -> str:
    """A service in the list: by its name, or by the short one where the name would be cut."""
    name = say(service.name)
    return name if width_of(name, "body") <= theme.ems(_NAME_EMS) else say(service.short)


class ServiceChoice(Choice):
    """All services of the catalogue in their order."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__([(service.code, choice_name(service)) for service in catalogue.services()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Key(event.key()) in _OPENING:
            self.showPopup()
        else:
            event.ignore()


class FirstService(QWidget):
    """Where the first service is chosen while there is none. ``picked`` carries its code."""

    picked = Signal(str)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._choice = ServiceChoice(catalogue)
        self._choice.insertItem(0, _("選んでください"), "")
        self._choice.setCurrentIndex(0)
        self.field = Field(_("サービス"), self._choice)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.field)
        self.setFocusProxy(self._choice)
        self._choice.chosen.connect(self._on_chosen)

    def _on_chosen(self, code: str) -> None:
        self._choice.setCurrentIndex(0)
        if code:
            self.picked.emit(code)
