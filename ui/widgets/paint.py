"""Drawing shared by everything that paints itself: frames, rings, chips, lines of text."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from ui import icons
from ui.qt import CENTRE, LEFT, Hint, PenStyle
from ui.theme import theme
from ui.widgets.pieces import figures_whole, without_joints


def box(
    painter: QPainter,
    rect: QRect,
    ground: QColor | None,
    line: QColor | None = None,
    *,
    width: float = 1,
    radius: int | None = None,
) -> None:
    """A rectangle with round corners whose line lies wholly inside `rect`."""
    painter.save()
    painter.setRenderHint(Hint.Antialiasing)
    half = width / 2 if line is not None else 0
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.setBrush(ground if ground is not None else QColor(0, 0, 0, 0))
    painter.setPen(QPen(line, width) if line is not None else QPen(QColor(0, 0, 0, 0), 0))
    round_by = (theme.size.radius if radius is None else radius) - half
    painter.drawRoundedRect(inner, round_by, round_by)
    painter.restore()


def fill(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """A rectangle in a colour. `fillRect` has PySide load every gradient that has a name: five
    milliseconds.
    """
    painter.save()
    painter.setPen(PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)
    painter.restore()


def field_frame(painter: QPainter, rect: QRect, *, focused: bool, error: bool, enabled: bool = True) -> None:
    """The frame of a field: the line of a paper form below it, a ring of two pixels when it has the focus."""
    ground = theme.colour("panel" if enabled else "window")
    if focused:
        box(painter, rect, ground, theme.colour("danger" if error else "accent"), width=theme.size.focus)
        return
    if error:
        box(painter, rect, ground, theme.colour("danger"))
        return
    box(painter, rect, ground, theme.colour("frame"))
    painter.save()
    painter.setClipRect(rect.adjusted(0, rect.height() - 2, 0, 0))
    box(painter, rect, None, theme.colour("edge"))
    painter.restore()


def words(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: str,
    tone: str,
    align: object = LEFT,
    *,
    elide: bool = True,
) -> int:
    """One line of text in a role and a tone. Returns the width it took."""
    font = theme.font(role)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    metrics = metrics_of(role)
    width = metrics.horizontalAdvance(text)
    if elide and width > rect.width():
        from ui.qt import Elide

        text = metrics.elidedText(text, Elide.ElideRight, rect.width())
        width = min(width, rect.width())
    painter.drawText(rect, align, text)  # type: ignore[call-overload]
    return width


def metrics_of(role: str) -> QFontMetrics:
    """Measures of a role's font."""
    return _metrics(role, theme.font(role).pixelSize())


@lru_cache(maxsize=64)
def _metrics(role: str, _pixels: int) -> QFontMetrics:
    return QFontMetrics(theme.font(role))


def width_of(text: str, role: str) -> int:
    """Width in pixels of a text in a role."""
    return metrics_of(role).horizontalAdvance(text)


@lru_cache(maxsize=512)
def _broken(text: str, role: str, _pixels: int, width: int) -> tuple[str, ...]:
    text = figures_whole(text)
    layout = QTextLayout(text, theme.font(role))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        part = text[line.textStart() : line.textStart() + line.textLength()]
        lines.append(without_joints(part).rstrip())
    layout.endLayout()
    return tuple(lines) or ("",)


def lines_of(text: str, role: str, width: int) -> tuple[str, ...]:
    """The text broken into lines of at most `width` pixels."""
    if width_of(text, role) <= width:
        return (text,)
    return _broken(text, role, theme.font(role).pixelSize(), width)


# What a meaning looks like: ground, words. "plain" has no ground: the normal state of a list.
MEANINGS: dict[str, tuple[str, str]] = {
    "plain": ("", "text"),
    "quiet": ("", "text2"),
    "neutral": ("chip", "text2"),
    "accent": ("tint", "accent"),
    "on-panel": ("panel", "accent"),
    "good": ("good_tint", "good"),
    "note": ("note_tint", "note"),
    "warn": ("warn_tint", "warn"),
    "danger": ("danger_tint", "danger"),
}


def chip_width(text: str) -> int:
    """Width of a chip with an icon and these words."""
    s = theme.size
    return 2 * s.chip_pad + s.icon_small + s.xs + width_of(text, "caption")


def chip(
    painter: QPainter, where: QPoint, icon: str, text: str, meaning: str, *, square: bool = False
) -> int:
    """A chip with its left middle at `where`: always an icon and a word. Returns its width."""
    s = theme.size
    ground, tone = MEANINGS[meaning]
    width = chip_width(text)
    rect = QRect(where.x(), where.y() - s.chip // 2, width, s.chip)
    left = rect.left() + s.chip_pad
    if ground:
        box(painter, rect, theme.colour(ground), radius=s.radius_tag if square else s.radius_chip)
    mark = "good" if meaning == "plain" else tone
    icons.draw(painter, icon, left, rect.center().y() - s.icon_small // 2 + 1, mark, s.icon_small)
    area = rect.adjusted(s.chip_pad + s.icon_small + s.xs, 0, 0, 0)
    words(painter, area, text, "caption", tone, elide=False)
    return width


def key_hint(painter: QPainter, rect: QRect, text: str, tone: str, line: str) -> None:
    """A key's name in a little frame."""
    box(painter, rect, None, theme.colour(line), radius=theme.size.radius_tag)
    words(painter, rect, text, "key", tone, CENTRE, elide=False)


def key_width(text: str) -> int:
    """Width of a key's frame."""
    return width_of(text, "key") + 2 * theme.size.key_pad + 2
