"""One window on one desk, driven by its real widgets and photographed: what every scene is played on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any, Final

from picture_desk import DeskMaker
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QImage, QInputMethodEvent, QPainter, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.places import resources
from app.usecases.desk import Desk
from app.words import set_language
from db.vault import FolderVault
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.focus_ring import FocusRing

_LONGEST_SECONDS: Final = 120.0
_CALM_TURNS: Final = 12  # of the event loop, 5 ms each
_TOAST_MS: Final = 5_000

NO_MODIFIER: Final = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Look:
    """How the window looks: ``light`` or ``dark``, ``ja`` or ``en``."""

    colours: str
    language: str


class NotSettledError(RuntimeError):
    """Something a scene waits for did not come."""


def dress(app: QApplication) -> None:
    """Fonts, colours and a caret that does not blink, once for the process."""
    qInstallMessageHandler(_on_message)
    app.setCursorFlashTime(0)
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo):
        app.setEffectEnabled(effect, False)
    theme.install(app, resources(), look="light")
    FocusRing(app)


def _on_message(_kind: object, _context: object, text: str) -> None:
    if not text.startswith("This plugin does not support"):  # the offscreen platform says so of window hints
        print(text, file=sys.stderr)


class Stage:
    """A scene's own data, workers and window. Leave it with ``close``."""

    def __init__(self, maker: DeskMaker, look: Look, size: QSize) -> None:
        self.maker, self.look, self.size = maker, look, size
        set_language(look.language)
        theme.set_language(look.language)
        theme.set_look(look.colours, 100)
        self.tasks = Tasks()
        self.session: Session | None = None
        self.window: QWidget | None = None
        self._desk: Desk | None = None
        self._not_ours = set(QApplication.topLevelWidgets())
        self.taken: QImage | None = None
        self._errors: list[BaseException] = []
        self._hook, sys.excepthook = sys.excepthook, self._on_error

    def _on_error(self, _kind: type[BaseException], error: BaseException, _trace: object) -> None:
        """What goes wrong in a slot stops nothing, but no picture is taken of it."""
        self._errors.append(error)

    # --- windows ----------------------------------------------------------------------------------

    def open(self, place: str, *, empty: bool = False) -> MainWindow:
        """The desktop on a copy of the demo's data (or on a new database), at a place of the rail."""
        folder = self.maker.empty() if empty else self.maker.copy()
        desk = self._desk = self.maker.opened(folder)
        preferences = Preferences(folder, language=self.look.language, look=self.look.colours, place=place)
        session = self.session = Session(desk, self.tasks, preferences, FolderVault(folder, self.maker.clock))
        window = MainWindow(session)
        self.show(window)
        session.read_tariffs()
        self.settle()
        return window

    def show(self, window: QWidget) -> None:
        """Show a window at the scene's size."""
        self.window = window
        window.resize(self.size)
        window.move(0, 0)
        window.show()
        window.activateWindow()
        self.settle()

    @property
    def main(self) -> MainWindow:
        """The window, as the desktop."""
        assert isinstance(self.window, MainWindow)
        return self.window

    def open_quotation(self, name: str) -> Any:
        """The desktop with one of the prepared quotations open; its editor."""
        self.maker.filled  # noqa: B018 - the names are known once the data are made
        window = self.open("quotes")
        window.open_quotation(self.maker.ids[name])
        self.until(lambda: self.editor is not None)
        self.settle()
        return self.editor

    @property
    def editor(self) -> Any:
        """The open editor, or None."""
        page = getattr(self.main.page("quotes"), "editor", None)
        return page.editor if page is not None else None

    @property
    def today(self) -> date:
        """The day of the pictures."""
        return self.maker.clock().date()

    # --- driving ----------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything happen that follows: timers, the database, the paper, cards made in slices."""
        start, calm = monotonic(), 0
        while (
            calm < _CALM_TURNS
        ):  # turns, not time: on a busy machine one turn may take as long as all of them
            self._turn()
            working = self.tasks.busy or self._waits_for_a_timer()
            calm = 0 if working else calm + 1
            if monotonic() - start > _LONGEST_SECONDS:
                raise NotSettledError("the window does not come to rest")

    def _waits_for_a_timer(self) -> bool:
        """Whether a part of the window is about to do something, short of a toast that is to go."""
        if self.window is None:
            return False
        timers = self.window.findChildren(QTimer)
        return any(one.isActive() and one.isSingleShot() and one.interval() < _TOAST_MS for one in timers)

    def until(self, come: Callable[[], object]) -> None:
        """Wait for something."""
        start = monotonic()
        while not come():
            self._turn()
            if monotonic() - start > _LONGEST_SECONDS:
                raise NotSettledError("what the scene waits for did not come")

    @staticmethod
    def _turn() -> None:
        QTest.qWait(5)

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Type into what has the focus, a character at a time, as an input method hands them over."""
        if into is not None:
            into.setFocus()
        for character in text:
            event = QInputMethodEvent()
            event.setCommitString(character)
            QApplication.sendEvent(self.focused, event)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focused, key, modifier)
        self.settle()

    def chord(self, key: Qt.Key) -> None:
        """Ctrl and a key."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def click(self, words: str) -> None:
        """Click the button with these words."""
        assert self.window is not None
        buttons = self.window.findChildren(QAbstractButton)
        next(
            one for one in buttons if one.isVisible() and words in {one.accessibleName(), one.text()}
        ).click()
        self.settle()

    @property
    def focused(self) -> QWidget:
        """What has the keyboard: a popup before the window."""
        popup = QApplication.activePopupWidget()
        widget = (popup.focusWidget() or popup) if popup else QApplication.focusWidget() or self.window
        assert widget is not None
        return widget

    def in_dialog(self, ask: Callable[[], object]) -> None:
        """Call something that opens a dialog and waits; the picture is taken while it stands open."""

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(20, look)
                return
            QTest.qWait(150)
            self.taken = self.picture()
            dialog.close()

        QTimer.singleShot(0, look)
        ask()

    # --- the picture ------------------------------------------------------------------------------

    def picture(self) -> QImage:
        """The window with the menus and dialogs in front of it. Raises what went wrong in the window."""
        if self._errors:
            raise self._errors[0]
        if self.taken is not None:
            return self.taken
        assert self.window is not None
        image = self.window.grab().toImage()
        painter = QPainter(image)
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible() and not isinstance(widget, MainWindow):
                self._add(painter, widget)
        painter.end()
        return image

    def _add(self, painter: QPainter, widget: QWidget) -> None:
        """A menu where it stands; a dialog in the middle with the frame a system would give it."""
        assert self.window is not None
        where = widget.pos() - self.window.pos()
        if widget.isModal():
            spare = self.window.size() - widget.size()
            where = QPoint(spare.width() // 2, spare.height() // 3)
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawRect(QRect(where, widget.size()).adjusted(-1, -1, 0, 0))
        painter.drawPixmap(where, widget.grab())

    def close(self) -> None:
        """Take everything down; nothing is left for the next scene."""
        sys.excepthook = self._hook
        ours = [widget for widget in QApplication.topLevelWidgets() if widget not in self._not_ours]
        for widget in ours:
            widget.hide()
            widget.deleteLater()
        if self.session is not None:
            self.session.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.tasks.stop()
        self.tasks.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self._desk is not None:
            self._desk.storage.close()
