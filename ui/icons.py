"""Icons: SVG line drawings of `resources/icons`, drawn in a colour of the theme.

A name is the file's name without `.svg`. Lines are 1.5 px (1.3 at 14 px) whatever the size.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from ui.theme import theme
from ui.theme.tokens import ICON_LINE, ICON_LINE_SMALL

_log = logging.getLogger(__name__)
_sources: dict[str, str] = {}
_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


def _source(name: str) -> str:
    text = _sources.get(name)
    if text is None:
        try:
            text = (theme.icon_folder / f"{name}.svg").read_text(encoding="utf-8")
        except OSError:
            # A missing picture must not stop a counter: the word beside it says the same.
            _log.warning("icon missing: %s", name)
            text = ""
        _sources[name] = text
    return text


def pixmap(name: str, colour: QColor | str = "text2", size: int | None = None, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` device-independent pixels (16 unless told), in a token or a QColor."""
    side = size or theme.size.icon
    tone = theme.colour(colour) if isinstance(colour, str) else colour
    key = (name, tone.name(QColor.NameFormat.HexArgb), side, ratio)
    found = _pixmaps.get(key)
    if found is None:
        found = _pixmaps[key] = _draw(name, tone, side, ratio)
    return found


def _draw(name: str, tone: QColor, side: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(0, 0, 0, 0))
    text = _source(name)
    if not text:
        return picture
    from PySide6.QtSvg import QSvgRenderer

    line = ICON_LINE_SMALL if side <= theme.size.icon_small else ICON_LINE
    width = line * (theme.percent or 100) / 100 * 24 / side
    text = text.replace("currentColor", tone.name()).replace(
        'stroke-width="2"', f'stroke-width="{width:.3f}"'
    )
    renderer = QSvgRenderer(QByteArray(text.encode("utf-8")))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


def draw(
    painter: QPainter, name: str, x: int, y: int, colour: QColor | str = "text2", size: int | None = None
) -> None:
    """Draw the icon with its top left corner at x, y."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(x, y, pixmap(name, colour, size, ratio))


def icon(name: str, colour: QColor | str = "text2") -> QIcon:
    """A QIcon, for menus and Qt's own widgets."""
    made = QIcon()
    for side in (theme.size.icon, theme.size.icon_large):
        for ratio in (1.0, 2.0):
            made.addPixmap(pixmap(name, colour, side, ratio))
    return made
