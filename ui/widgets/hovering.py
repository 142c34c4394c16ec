"""Knowing that the pointer is over a control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QEnterEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Mixed
else:
    _Mixed = object


class Hovering(_Mixed):
    """Mixed into a control, named before Qt's own class: ``_hovered`` while the pointer is over it, which
    draws it anew.
    """

    _hovered = False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)
