"""Finding by typing: a field with a lens, how many were found, and a × that empties it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShortcut

from app.words import _
from ui.qt import Focus, Key, ShortcutScope
from ui.theme import theme
from ui.widgets.button import IconButton, key_sequences
from ui.widgets.chips import KeyHint
from ui.widgets.frame import FramedControl
from ui.widgets.text import Label


class SearchField(FramedControl):
    """`searched` carries the words, a moment after the last keystroke; `down` asks to go to the hits,
    `entered` to take one.

    `key` focuses the field from anywhere in the window and is shown while it is empty.
    """

    searched = Signal(str)
    down = Signal()
    up = Signal()
    entered = Signal()
    escaped = Signal()

    def __init__(self, placeholder: str, key: str = "", *, name: str = "", wait_ms: int = 40) -> None:
        super().__init__("search")
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(200)
        self.edit.setAccessibleName(name or placeholder)
        self._count = Label("", "caption", "text2")
        self._key_label = KeyHint(key)
        if not key:  # showing it before it has its place would open it as a window
            self._key_label.hide()
        self._clear = IconButton("x", _("検索語を消す"))
        self._clear.setFocusPolicy(Focus.NoFocus)
        self._clear.hide()
        self.box.addWidget(self._count)
        self.box.addWidget(self._key_label)
        self.box.addWidget(self._clear)
        self.box.setContentsMargins(theme.size.field_pad, 0, theme.size.xs, 0)
        self._key = key
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(wait_ms)
        self._timer.timeout.connect(self._on_waited)
        self.edit.textChanged.connect(self._on_changed)
        self._clear.clicked.connect(self.clear)
        if key:
            for sequence in key_sequences(key):
                shortcut = QShortcut(sequence, self)
                shortcut.setContext(ShortcutScope.WindowShortcut)
                shortcut.activated.connect(self.take_focus)

    def text(self) -> str:
        """The words to find."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Find these words, as if they had been typed."""
        self.edit.setText(text)

    def set_count(self, words: str) -> None:
        """How many were found, in words."""
        self._count.set_text(words)
        self._count.setVisible(bool(words))

    def take_focus(self) -> None:
        """Go to the field with everything marked."""
        self.edit.setFocus()
        self.edit.selectAll()

    def clear(self) -> None:
        """Empty it and find everything again, at once."""
        if self.edit.text():
            self.edit.clear()
        self._timer.stop()
        self.searched.emit("")

    def _on_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._key_label.setVisible(bool(self._key) and not text)
        self._timer.start()

    def _on_waited(self) -> None:
        self.searched.emit(self.text())

    def take_key(self, event: QKeyEvent) -> bool:
        signal = {
            Key.Key_Up: self.up,
            Key.Key_Down: self.down,
            Key.Key_Return: self.entered,
            Key.Key_Enter: self.entered,
        }.get(Key(event.key()))
        if signal is not None:
            if self._timer.isActive():
                self._timer.stop()
                self._on_waited()
            signal.emit()
            return True
        if event.key() == Key.Key_Escape:
            if self.edit.text():
                self.clear()
            else:
                self.escaped.emit()
            return True
        return False
