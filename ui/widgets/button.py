"""Buttons: filled (one a page), normal, quiet, on (its panel is open), danger; and icons that act."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton

from ui import icons
from ui.qt import LEFT, Focus, Key, Policy, ShortcutScope
from ui.theme import theme
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.hovering import Hovering
from ui.widgets.paint import box, key_hint, key_width, width_of, words


def key_sequences(key: str) -> list[QKeySequence]:
    """The sequences behind a key's name; Enter means both Return and the keypad's Enter.

    Raises ValueError for a sign that no keyboard has (``Alt+←``): nothing would ever be heard of it.
    """
    if not key.isascii():
        raise ValueError(f"no such key: {key}")
    if key.endswith("Enter"):
        return [QKeySequence(key.replace("Enter", "Return")), QKeySequence(key)]
    return [QKeySequence(key)]


class Button(Hovering, QPushButton):
    """A push button drawn from the tokens.

    `kind` is `normal`, `filled`, `quiet` or `danger`. `key` shows the key and listens to it in the whole
    window
    (`listen=False` only shows it). `set_on(True)` marks that what the button opens is open.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: str = "normal",
        key: str = "",
        *,
        small: bool = False,
        listen: bool = True,
        name: str = "",
    ) -> None:
        super().__init__()
        self._kind = kind
        self._icon = icon
        self._key = key
        self._small = small
        self._on = False
        self._words = ""
        self._least_height = 0
        self.setAutoDefault(False)
        self.setFocusPolicy(Focus.StrongFocus)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setProperty(OUTSIDE, kind == "filled")
        self.setProperty("painted", True)  # the style sheet's measures are for the system's own dialogs
        self.set_text(text)
        if name:
            self.setAccessibleName(name)
        if key and listen:
            for sequence in key_sequences(key):
                shortcut = QShortcut(sequence, self)
                shortcut.setContext(ShortcutScope.WindowShortcut)
                shortcut.activated.connect(self.click)

    def set_text(self, text: str) -> None:
        """Other words on the button."""
        self._words = text
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The words on the button."""
        return self._words

    def set_icon(self, icon: str) -> None:
        """Another icon by its name; "" for none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Become filled, normal, quiet or danger."""
        self._kind = kind
        self.setProperty(OUTSIDE, kind == "filled")
        self.updateGeometry()
        self.update()

    def set_least_height(self, pixels: int) -> None:
        """Be at least so high, for fingers (the style sheet undoes what Qt is told)."""
        self._least_height = pixels
        self.updateGeometry()

    def set_on(self, on: bool) -> None:
        """Mark that what it opens is open."""
        self._on = on
        self.updateGeometry()
        self.update()

    @property
    def on(self) -> bool:
        """Whether what it opens is open."""
        return self._on

    def _role(self) -> str:
        return "body-bold" if self._kind == "filled" or self._on else "body"

    def sizeHint(self) -> QSize:
        s = theme.size
        width = 2 * (s.button_pad if self._words else s.icon_gap)
        if self._icon:
            width += s.icon
        if self._words:
            width += width_of(self._words, self._role()) + (s.icon_gap if self._icon else 0)
        if self._key:
            width += s.icon_gap + key_width(self._key)
        height = max(s.control_small if self._small else s.control, self._least_height)
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_Return, Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def _colours(self) -> tuple[str, str, str]:
        """Ground, line and words, by their names ("" for none)."""
        hot = self._hovered and self.isEnabled()
        if not self.isEnabled():
            return ("", "", "text3") if self._kind == "quiet" else ("window", "frame", "text3")
        if self._on:
            return "tint", "accent", "accent"
        if self._kind == "filled":
            return ("accent_hover" if hot or self.isDown() else "accent"), "", "on_accent"
        if self._kind == "quiet":
            return ("sunken" if self.isDown() else "hover" if hot else ""), "", "text2"
        ground = "sunken" if self.isDown() else "hover" if hot else "panel"
        return ground, "frame", "danger" if self._kind == "danger" else "text"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        s = theme.size
        ground, line, tone = self._colours()
        rect = self.rect()
        focused = self.hasFocus() and self._kind != "filled"
        if focused:
            box(painter, rect, theme.colour(ground or "panel"), theme.colour("accent"), width=s.focus)
        elif ground or line:
            box(painter, rect, theme.colour(ground) if ground else None, theme.colour(line) if line else None)
        self._paint_content(painter, rect, tone)

    def _paint_content(self, painter: QPainter, rect: QRect, tone: str) -> None:
        s = theme.size
        needed = self.sizeHint().width()
        x = rect.left() + max(0, (rect.width() - needed) // 2) + (s.button_pad if self._words else s.icon_gap)
        if not self._words and self._icon:
            x = rect.center().x() - s.icon // 2 + 1
        if self._icon:
            icons.draw(painter, self._icon, x, rect.center().y() - s.icon // 2 + 1, tone, s.icon)
            x += s.icon + s.icon_gap
        if self._words:
            room = QRect(x, rect.top(), rect.right() - x + 1, rect.height())
            x += words(painter, room, self._words, self._role(), tone, LEFT) + s.icon_gap
        if self._key:
            frame = QRect(x, rect.center().y() - s.key_height // 2 + 1, key_width(self._key), s.key_height)
            soft = self._kind == "filled" or self._on
            key_hint(painter, frame, self._key, tone if soft else "text3", "bar" if soft else "frame")


class IconButton(Button):
    """A quiet button that is only an icon; `name` is what a screen reader says and the tool tip shows."""

    def __init__(self, icon: str, name: str, *, small: bool = True, key: str = "") -> None:
        super().__init__("", icon, "quiet", small=small, name=name)
        self.setToolTip(f"{name} ({key})" if key else name)
        if key:
            for sequence in key_sequences(key):
                shortcut = QShortcut(sequence, self)
                shortcut.activated.connect(self.click)
