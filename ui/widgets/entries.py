"""Fields for words and money."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui.qt import RIGHT, Event, Policy
from ui.theme import theme
from ui.widgets.frame import FramedControl
from ui.widgets.text import Label

LONGEST = 2_000  # what a line edit takes at all; the rules say what is too long, in words


def to_katakana(text: str) -> str:
    """Hiragana and half-width kana as full-width katakana."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in wide)


class TextField(FramedControl):
    """One line of words. `edited`: a person typed; `finished`: when the field is left."""

    edited = Signal(str)
    finished = Signal()

    def __init__(
        self, placeholder: str = "", *, leading: str = "", ems: float = 0, secret: bool = False
    ) -> None:
        super().__init__(leading)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(LONGEST)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        if ems:
            self.setFixedWidth(theme.ems(ems))
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._on_finished)

    def text(self) -> str:
        """What stands there, without spaces at the ends."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Put a text there; not an edit. The cursor keeps its place when the text is the same."""
        if text != self.edit.text():
            self.edit.setText(text)
            self.edit.setCursorPosition(0)

    def _on_edited(self, text: str) -> None:
        self.edited.emit(text)

    def _on_finished(self) -> None:
        self.finished.emit()


class KanaField(TextField):
    """A reading in katakana. Hiragana becomes katakana when the field is left.

    `follow(field)` fills it from what is typed into `field`: the kana that the input method shows before it
    is turned
    into kanji. As soon as somebody writes here by hand, it follows no more.
    """

    _followed: QLineEdit | None = None  # asked by the event filter before __init__ is done

    def __init__(self, placeholder: str = "", *, ems: float = 0) -> None:
        super().__init__(placeholder, ems=ems)
        self._by_hand = False
        self._composing = ""

    def follow(self, field: TextField) -> None:
        """Fill from the kana typed into another field."""
        self._followed = field.edit
        field.edit.installEventFilter(self)

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._by_hand = bool(text)

    def _on_edited(self, text: str) -> None:
        self._by_hand = bool(text)
        super()._on_edited(text)

    def _on_finished(self) -> None:
        text = to_katakana(self.edit.text())
        if text != self.edit.text():
            self.edit.setText(text)
            self.edited.emit(text)
        super()._on_finished()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._followed
            and event.type() == Event.InputMethod
            and isinstance(event, QInputMethodEvent)
        ):
            self._on_composed(event.preeditString(), event.commitString())
        return super().eventFilter(watched, event)

    def _on_composed(self, preedit: str, commit: str) -> None:
        if preedit and _is_kana(preedit):
            self._composing = preedit
        if not commit:
            return
        kana, self._composing = self._composing or (commit if _is_kana(commit) else ""), ""
        if not kana.strip() and not self.edit.text():
            return  # a space between two names that were not read
        if kana and not self._by_hand:
            self.edit.setText(self.edit.text() + to_katakana(kana))
            self.edited.emit(self.edit.text())


def _is_kana(text: str) -> bool:
    return all("ぁ" <= c <= "ー" or c in "・　 " for c in unicodedata.normalize("NFKC", text))


class MoneyField(FramedControl):
    """Whole yen of any size. Separators come when the field is left; `value()` is None when it is no whole
    number.
    """

    value_changed = Signal(object)  # int or None

    def __init__(self, unit: str = "", *, ems: float = 0) -> None:
        super().__init__()
        from app.words import pgettext

        self.edit.setAlignment(RIGHT)
        self.edit.setMaxLength(40)
        self.box.addWidget(Label(unit or pgettext("unit", "円"), "caption", "text2"))
        if ems:
            self.setFixedWidth(theme.ems(ems))
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._on_left)

    def value(self) -> int | None:
        """The amount, or None when there is none or it can't be read."""
        return read_whole_number(self.edit.text())

    def text(self) -> str:
        """What was typed, readable or not."""
        return self.edit.text().strip()

    def set_value(self, value: int | None) -> None:
        """Show an amount; None empties the field."""
        from app.money import figure

        text = "" if value is None else figure(value)
        if text != self.edit.text():
            self.edit.setText(text)

    def _on_edited(self, _text: str) -> None:
        self.value_changed.emit(self.value())

    def _on_left(self) -> None:
        value = self.value()
        if value is not None:
            self.set_value(value)


def read_whole_number(text: str) -> int | None:
    """A whole number as people write it: `１，２３４円`, `-5`, `−5`, ` 1 234 `. None when it is none."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("¥", "").replace("円", "")
    plain = re.sub(r"[,\s_]", "", plain)
    return int(plain) if re.fullmatch(r"[+-]?[0-9]{1,30}", plain) else None


class TextArea(QPlainTextEdit):
    """Several lines of words. Tab leaves it."""

    edited = Signal(str)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.size.text_area)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self._silent = False
        self.textChanged.connect(self._on_changed)

    def text(self) -> str:
        """What stands there."""
        return self.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Put a text there; not an edit."""
        if text != self.toPlainText():
            self._silent = True
            self.setPlainText(text)
            self._silent = False

    def set_error(self, wrong: bool) -> None:
        """An area keeps its frame; the words below it tell."""

    def _on_changed(self) -> None:
        if not self._silent:
            self.edited.emit(self.toPlainText())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
