"""Watches the window: locks it when nobody touched it for a while, by Ctrl+L, and until somebody signs in.

Light, for it stands with the window; the lock screen itself loads when it is first needed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.words import _
from ui.qt import Event, Focus, FocusReason, Window

if TYPE_CHECKING:
    from app.usecases.sign_in import LockReason
    from ui.lock.dialog import LockDialog
    from ui.lock.screen import LockScreen
    from ui.session import Session
    from ui.widgets.strips import Toasts

_LOOK_EVERY_MS = 5_000
_COVERED = frozenset({Window.Window, Window.Dialog, Window.Sheet, Window.Tool})  # no list that drops down
_TOUCHES = frozenset(
    {
        Event.KeyPress,
        Event.MouseButtonPress,
        Event.MouseMove,
        Event.Wheel,
        Event.TouchBegin,
        Event.TabletPress,
    }
)


class LockGuard(QObject):
    """`lock()` hides everything of the window; whoever proves who they are finds it as it was left."""

    def __init__(self, window: QMainWindow, session: Session, toasts: Toasts) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._toasts = toasts
        self._touched = (time.monotonic(), time.time())
        self._focus: QWidget | None = None
        self._hidden: list[QWidget] = []
        self.screen: LockScreen | None = None
        self.dialog: LockDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._key = QShortcut(QKeySequence("Ctrl+L"), window)
        self._key.activated.connect(self.lock_asked)
        session.settings_changed.connect(self._on_settings)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_focus_window)

    @property
    def locked(self) -> bool:
        """Whether the window is locked."""
        return self.screen is not None

    @property
    def can_lock(self) -> bool:
        """Whether there is anything to open it again with."""
        standing = self._session.standing
        return self._session.uses_pins or (
            standing is not None
            and standing.status.key_kind == "passphrase"
            and self._session.vault is not None
        )

    # --- when ---

    def _on_focus_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # few events come by a window; a filter of all would cost
        if self.locked:
            QTimer.singleShot(0, self, self._keep_above)  # what comes up late is covered, too

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = (time.monotonic(), time.time())
        return False

    def idle_seconds(self) -> float:
        """Since somebody last touched the window. A closed laptop counts: one of the two clocks goes on."""
        then, wall = self._touched
        return max(time.monotonic() - then, time.time() - wall)

    def look(self) -> None:
        """Lock where nobody touched the window for as long as the settings say."""
        minutes = self._session.settings.lock_minutes
        if minutes and not self.locked and self.can_lock and self.idle_seconds() >= 60 * minutes:
            self.lock("idle")

    def _on_settings(self) -> None:
        if self.can_lock and self._session.settings.lock_minutes:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
        if self._session.uses_pins and not self._session.signed_in and not self.locked:
            self.lock("start")
        elif self.screen is not None:
            self.screen.show_staff()

    # --- locking ---

    def lock_asked(self) -> None:
        """Ctrl+L."""
        if self.locked:
            return
        if self.can_lock:
            self.lock("asked")
        else:
            self._toasts.show_message(
                _("設定の「担当者」で暗証番号を決めると、画面をロックできます。"), "", None
            )

    def change_staff(self) -> None:
        """Somebody else takes the desk, by the name in the status line."""
        if not self.locked and self._session.uses_pins:
            self.lock("asked")

    def lock(self, reason: LockReason) -> None:
        """Hide everything and ask who is there."""
        from ui.lock.screen import LockScreen

        if self.locked:
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._toasts.close()
        self._toasts.muted = True
        self._focus = QApplication.focusWidget()
        screen = LockScreen(self._session, self._window, reason)
        self.screen = screen
        self._hidden = [
            one
            for one in self._window.findChildren(QWidget)
            if one.parent() is self._window
            and one is not screen
            and not one.isWindow()
            and not one.isHidden()
        ]
        screen.setGeometry(self._window.rect())
        screen.show()
        screen.raise_()
        for one in self._hidden:
            one.hide()
        self._window.installEventFilter(self._sizer())
        self._keep_above()
        screen.begin()
        screen.opened.connect(self.open)
        if reason != "start":
            from ui.operations.accounts import note_lock

            self._session.hub.run(note_lock, reason)

    def _sizer(self) -> QObject:
        self._fit = _Fit(self._window, cast("QWidget", self.screen))
        return self._fit

    def _keep_above(self) -> None:
        """Cover every other window; where one of them takes all keys, the lock asks above it."""
        from ui.lock.dialog import LockDialog, cover

        if self.screen is None:
            return
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and one.windowType() in _COVERED and one not in {self._window, self.dialog}:
                cover(one)
        modal = QApplication.activeModalWidget()
        if modal is None or modal is self.dialog:
            return
        before, self.dialog = self.dialog, LockDialog(self._window, self.screen)
        if before is not None:
            before.close_for_good()
        self.dialog.stand_above(modal)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.screen.begin()

    def open(self) -> None:
        """Everything as it was left, the cursor too."""
        if self.screen is None:
            return
        from ui.lock.dialog import uncover_all

        screen, self.screen = self.screen, None
        self._window.removeEventFilter(self._fit)
        for one in self._hidden:
            if shiboken6.isValid(one):
                one.show()
        self._hidden = []
        if self.dialog is not None:
            self.dialog.close_for_good()
            self.dialog = None
        uncover_all()
        screen.hide()
        screen.deleteLater()
        self._toasts.muted = False
        self._touched = (time.monotonic(), time.time())
        focus, self._focus = self._focus, None
        if focus is not None and shiboken6.isValid(focus) and focus.focusPolicy() != Focus.NoFocus:
            focus.setFocus(FocusReason.OtherFocusReason)


class _Fit(QObject):
    """Keeps the lock screen as large as the window."""

    def __init__(self, window: QWidget, screen: QWidget) -> None:
        super().__init__(screen)
        self._window, self._screen = window, screen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == Event.Resize:
            self._screen.setGeometry(self._window.rect())
        return False
