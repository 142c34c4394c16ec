"""Choosing a picture (logo, seal): shows it, takes another, takes it away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.errors import UserError
from app.words import _
from ui import icons
from ui.qt import LEFT, Aspect, Hint, Policy, Transform
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.paint import width_of, words


class _PictureButton(Button):
    """A dashed frame that asks for a picture, or the picture itself."""

    def __init__(self, name: str) -> None:
        self._picture = QPixmap()
        super().__init__(_("画像を選ぶ"), "image", name=name)
        self.setAccessibleName(name)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setProperty(OUTSIDE, False)

    def set_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        s = theme.size
        return QSize(width_of(_("画像を選ぶ"), "body") + s.icon + 2 * s.button_pad + s.icon_gap, s.control)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(5), theme.size.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        painter.setRenderHint(Hint.Antialiasing)
        has = not self._picture.isNull()
        pen = QPen(theme.colour("accent" if self.hasFocus() else "frame" if has else "edge"))
        pen.setWidth(s.focus if self.hasFocus() else 1)
        if not has and not self.hasFocus():
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(theme.colour("paper" if has else "hover" if self.underMouse() else "panel"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), s.radius, s.radius)
        if has:
            room = self.rect().adjusted(s.s, s.xs, -s.s, -s.xs)
            draw_within(painter, self._picture, room)
            return
        text = _("画像を選ぶ")
        if s.icon + s.icon_gap + width_of(text, "body") > self.width() - 2 * s.xs:
            text = _("選ぶ…")  # the label above says what
        width = min(s.icon + s.icon_gap + width_of(text, "body"), self.width() - 2 * s.xs)
        x = (self.width() - width) // 2
        icons.draw(painter, "image", x, (self.height() - s.icon) // 2, "text2", s.icon)
        start = x + s.icon + s.icon_gap
        words(painter, QRect(start, 0, x + width - start + 1, self.height()), text, "body", "text2", LEFT)


class ImageField(QWidget):
    """`chosen` carries the bytes of the new picture, or None when it was taken away.

    `refused` carries the words for a file that can't be used.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.data: bytes | None = None
        self.button = _PictureButton(name)
        self.remove = IconButton("x", _("{name}を外す").format(name=name))
        self.remove.hide()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.xs)
        box.addWidget(self.button, 1)
        box.addWidget(self.remove)
        self.setFocusProxy(self.button)
        self.button.clicked.connect(self._on_clicked)
        self.remove.clicked.connect(self._on_removed)

    def set_data(self, data: bytes | None) -> None:
        """Show a picture; not an edit."""
        self.data = data
        self.button.set_picture(picture_of(data))
        self.remove.setVisible(data is not None)

    def take_file(self, path: Path) -> None:
        """Use the picture of a file."""
        from app.usecases.keep_settings import MOST_IMAGE_BYTES, check_image

        try:
            with path.open("rb") as file:
                data = file.read(MOST_IMAGE_BYTES + 1)
            check_image(data, path.stat().st_size)
        except OSError:
            self.refused.emit(_("「{name}」を読み込めません。").format(name=path.name))
            return
        except UserError as error:
            self.refused.emit(" ".join(problem.sentence() for problem in error.problems))
            return
        if picture_of(data).isNull():
            self.refused.emit(_("「{name}」は画像として開けません。").format(name=path.name))
            return
        self.refused.emit("")
        self.set_data(data)
        self.chosen.emit(data)

    def _on_clicked(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("画像を選ぶ"), str(Path.home()), _("画像（*.png *.jpg *.jpeg）")
        )
        if name:
            self.take_file(Path(name))

    def _on_removed(self) -> None:
        self.refused.emit("")
        self.set_data(None)
        self.chosen.emit(None)


def picture_of(data: bytes | None) -> QPixmap:
    """The picture, or an empty one."""
    picture = QPixmap()
    if data:
        picture.loadFromData(data)
    return picture


def draw_within(painter: QPainter, picture: QPixmap, room: QRect) -> None:
    """The picture as large as the room allows, in its middle, made small with care: seals are fine lines."""
    ratio = painter.device().devicePixelRatioF()
    small = picture.scaled(room.size() * ratio, Aspect.KeepAspectRatio, Transform.SmoothTransformation)
    small.setDevicePixelRatio(ratio)
    size = small.deviceIndependentSize().toSize()
    at = QRect(0, 0, size.width(), size.height())
    at.moveCenter(room.center())
    painter.drawPixmap(at.topLeft(), small)
