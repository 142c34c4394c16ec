"""Words on the screen: labels in the theme's type and tones."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.qt import LEFT, Elide, Focus, Policy, TextInteraction
from ui.theme import theme
from ui.widgets.pieces import kept_whole


class Label(QLabel):
    """Words in a role of tokens.TYPE and a tone (`text2`, `text3`, `danger`, …). With `wrap` they break over
    lines.

    The text is always shown as it is: nothing typed by somebody is read as markup.
    """

    def __init__(self, text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False) -> None:
        super().__init__()
        self._wrap = wrap
        self._words = ""
        self._copied = False
        self._role = role
        if tone:
            self.setProperty("tone", tone)
        self.setFont(theme.font(role))
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = self.sizePolicy()
            policy.setHorizontalPolicy(Policy.Expanding)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        else:
            self.setMinimumHeight(theme.line(role))
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show other words."""
        if text == self._words and text:
            return
        self._words = text
        if self._wrap:
            from html import escape

            kept = escape(text) if self._copied else escape(kept_whole(text))
            lines = kept.replace("\n", "<br>")
            super().setText(
                f'<div style="line-height:{theme.line(self._role)}px">{lines}</div>' if text else ""
            )
        else:
            super().setText(text)
        self.setAccessibleName(text)

    def words(self) -> str:
        """The words shown, without markup."""
        return self._words

    def set_tone(self, tone: str) -> None:
        """Another colour by its name; "" for the plain one."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def selectable(self) -> Label:
        """Let the words be marked and copied: exactly these."""
        self._copied, text, self._words = True, self._words, ""
        self.set_text(text)
        self.setTextInteractionFlags(
            TextInteraction.TextSelectableByMouse | TextInteraction.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Focus.ClickFocus)
        return self


class ElidedLabel(QWidget):
    """One line that ends in … when there is no room; the whole text is in the tool tip."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "text") -> None:
        super().__init__()
        self._text = ""
        self._role = role
        self._tone = tone
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show other words."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The whole text."""
        return self._text

    def set_tone(self, tone: str) -> None:
        """Another colour by its token's name."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        width = self._metrics().horizontalAdvance(self._text)
        return QSize(width + 1, theme.line(self._role))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(3, self._role), theme.line(self._role))

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.font(self._role))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(self._role))
        painter.setPen(theme.colour(self._tone if self.isEnabled() else "text3"))
        text = painter.fontMetrics().elidedText(self._text, Elide.ElideRight, self.width())
        painter.drawText(self.rect(), LEFT, text)
