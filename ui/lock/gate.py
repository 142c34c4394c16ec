"""Disables what the one at the desk may not do, and says why, whoever signs in later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.qt import Event

if TYPE_CHECKING:
    from app.usecases.permissions import Act
    from ui.session import Session


class Gate(QObject):
    """`Gate(button, session, Act.EXPORT)`. The page goes on enabling and disabling as it likes: what is not
    permitted stays disabled all the same, with the reason as its tip. The use case refuses in any case.
    """

    def __init__(self, widget: QWidget, session: Session, act: Act | str) -> None:
        super().__init__(widget)
        self._widget = widget
        self._session = session
        self._act = act
        self._wanted = widget.isEnabled()
        self._tip: str | None = None
        self._acting = False
        widget.installEventFilter(self)
        session.settings_changed.connect(self.refresh)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == Event.EnabledChange and not self._acting:
            self._wanted = self._widget.isEnabled()
            self._keep_shut()
        return False

    def _keep_shut(self) -> None:
        if self._tip is not None and self._widget.isEnabled():
            self._set(enabled=False)

    def _set(self, *, enabled: bool) -> None:
        self._acting = True
        self._widget.setEnabled(enabled)
        self._acting = False

    def refresh(self) -> None:
        """Somebody else signed in, or has another role."""
        reason = self._session.refusal(self._act)
        if reason:
            if self._tip is None:
                self._tip = self._widget.toolTip()
            self._widget.setToolTip(reason)
            self._keep_shut()
        elif self._tip is not None:
            self._widget.setToolTip(self._tip)
            self._tip = None
            self._set(enabled=self._wanted)
