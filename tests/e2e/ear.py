"""The real program, started with an ear: it tells what stands on its screen.

``python ear.py ARGUMENTS…`` runs ``main.py ARGUMENTS…``. Each line that comes on standard input is answered
on standard output with one line of JSON, made on the thread of the window: windows, where the keyboard is,
the words to be read, how many keys have arrived, and where the sheets stand that only a hand can sign. So a
test can wait for what it means instead of sleeping, and an answer also shows that the window is alive. It
touches nothing, but for the clock (clock.py) and the line ``close``: there is no window manager whose cross
could be clicked.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMenu, QWidget

import main
from tests.e2e import clock

_HELD = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt}


class Ear(QObject):
    """Answers on the window's thread; counts the keys that come from outside."""

    _asked = Signal(str)
    _closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pressed = 0
        self._listening = False
        self._asked.connect(self._answer)
        self._closing.connect(self._close)
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        for line in sys.stdin:
            if line.strip() == "close":
                self._closing.emit()
            else:
                self._asked.emit(line.strip())

    def _close(self) -> None:
        for one in QApplication.topLevelWidgets():
            if _shown(one):
                one.windowHandle().close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Sent to the window for each key that is pressed, be it a shortcut, a letter or a choice in a menu.
        pressed = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if pressed and isinstance(watched, QWindow) and event.key() not in _HELD:
            self._pressed += 1
        return False

    def _answer(self, asked: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and not self._listening:
            self._listening = True
            app.installEventFilter(self)
        told: dict[str, Any] = {"keys": self._pressed}
        if asked != "keys":
            told["focus"] = _control(QApplication.focusWidget())
        if asked not in {"keys", "focus"}:
            told |= _everything()
        os.write(1, json.dumps(told, ensure_ascii=True).encode() + b"\n")


def _everything() -> dict[str, Any]:
    """To read a whole window takes longer than a key does: it is done where somebody asks for it."""
    tops = QApplication.topLevelWidgets()
    return {
        "windows": [_window(one) for one in tops if _shown(one)],
        "menu": _menu(),
        "sheets": [_sheet(pad) for one in tops for pad in _sheets(one)],
        "words": [text for one in tops if _shown(one) for text in _words(one)],
    }


def _shown(widget: QWidget) -> bool:
    return widget.isVisible() and widget.windowHandle() is not None


def _window(widget: QWidget) -> dict[str, Any]:
    return {
        "id": int(widget.winId()),
        "kind": type(widget).__name__,
        "title": widget.windowTitle(),
        "active": widget.isActiveWindow(),
        "painted": widget.windowHandle().isExposed(),
    }


def _sheets(window: QWidget) -> list[QWidget]:
    """What is signed by hand and can be seen."""
    return [one for one in window.findChildren(QWidget) if _is_sheet(one) and one.isVisible()]


def _is_sheet(widget: QWidget) -> bool:
    return type(widget).__name__ == "SignPad"


def _sheet(pad: QWidget) -> dict[str, Any]:
    """What a sheet says of itself, and the part of it that is in sight, in pixels of the screen."""
    seen = pad.visibleRegion().boundingRect()
    corner = pad.mapToGlobal(seen.topLeft())
    place = {"x": corner.x(), "y": corner.y(), "width": seen.width(), "height": seen.height()}
    return {"name": _name(pad), **place}


def _control(widget: QWidget | None) -> dict[str, str] | None:
    if widget is None:
        return None
    text = widget.text() if isinstance(widget, QLineEdit) else ""
    if isinstance(widget, QAbstractItemView):
        current = widget.currentIndex()
        cells = [current.siblingAtColumn(place).data() for place in range(widget.model().columnCount())]
        text = " ".join(str(cell) for cell in cells if cell)
    return {"name": _name(widget), "kind": type(widget).__name__, "text": text, "place": _place(widget)}


def _place(widget: QWidget) -> str:
    """The classes around a control, the outermost last."""
    around = []
    parent = widget.parentWidget()
    while parent is not None:
        around.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " ".join(around)


def _name(widget: QWidget) -> str:
    """The name a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()


def _menu() -> dict[str, Any] | None:
    """The menu or list that dropped down: what it offers, and what Enter would take."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu):
        current = popup.activeAction()
        offered = [action.text() for action in popup.actions() if action.text()]
        return {"items": offered, "current": current.text() if current is not None else ""}
    view = popup.findChild(QAbstractItemView) if popup is not None else None
    if not isinstance(view, QAbstractItemView):
        return None
    model = view.model()
    offered = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return {"items": offered, "current": str(view.currentIndex().data() or "")}


def _words(window: QWidget) -> list[str]:
    """Everything that can be read in a window: names, descriptions and texts of all that is visible."""
    found: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible():
            texts = (_text(widget), _name(widget), widget.accessibleDescription())
            found += [text for text in texts if isinstance(text, str) and text and text[0] != "<"]
    return list(dict.fromkeys(found))


def _text(widget: QWidget) -> str:
    """What a widget says of itself; some of ours have a ``text`` that makes fields, not words."""
    said = getattr(widget, "text", None)
    try:
        return str(said()) if callable(said) else ""
    except TypeError:
        return ""


if __name__ == "__main__":
    clock.go_by_it()
    ear = Ear()
    sys.exit(main.main())
