"""What an attached file looks like: an image, or the first page of a PDF; and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.contract.attachments import size_words, type_words
from app.contract.beside import Attachment
from app.usecases.desk import Desk
from app.words import _
from ui.qt import CENTRE, Policy
from ui.session import Session
from ui.settings.image_field import draw_within
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.form import shares
from ui.widgets.layout import on_surface, row
from ui.widgets.paint import words
from ui.widgets.text import ElidedLabel, Label

_KEY = "attachment-preview"
_MOST_SIDE = 1600  # pixels: enough for any preview, and little memory
_PAGE_SCALE = 2.0  # pixels per point of a PDF's first page


@dataclass(frozen=True)
class Picture:
    """The picture of a file; ``image`` is null where it can't be shown. ``pages`` of a PDF, else 0."""

    attachment_id: str
    image: QImage
    pages: int = 0


def read_bytes(desk: Desk, attachment_id: str) -> bytes:
    """On the database worker: the bytes as stored."""
    from app.usecases.keep_beside import attached

    return attached(desk, attachment_id)


def picture_of_file(attachment: Attachment, data: bytes) -> Picture:
    """On the paper worker: the picture of an image or of a PDF's first page; a null image for a file that
    can't be shown, which nobody is to blame for: it is kept all the same.
    """
    if attachment.media_type == "application/pdf":
        return _first_page(attachment, data)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)  # photos lie on their side as the camera was held
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _MOST_SIDE:
        from ui.qt import Aspect

        reader.setScaledSize(size.scaled(QSize(_MOST_SIDE, _MOST_SIDE), Aspect.KeepAspectRatio))
    image = reader.read()
    del reader  # before its buffer: putting a TIFF away, it reads once more
    return Picture(attachment.id, image)


def _first_page(attachment: Attachment, data: bytes) -> Picture:
    import pypdfium2

    from ui.quotes.sheets import draw_sheet

    try:
        sheet = draw_sheet(data, 0, _PAGE_SCALE, _MOST_SIDE)
    except pypdfium2.PdfiumError:  # locked by a password, or damaged
        return Picture(attachment.id, QImage())
    return Picture(attachment.id, sheet.image(), sheet.pages)


class _Shown(QWidget):
    """The picture in the middle of its room, or words in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.text = ""
        self.setSizePolicy(Policy.Expanding, Policy.Expanding)
        self.setMinimumHeight(theme.ems(8))

    def show_words(self, text: str) -> None:
        self.picture, self.text = QPixmap(), text
        self.setAccessibleName(text)
        self.update()

    def show_picture(self, picture: QPixmap, name: str) -> None:
        self.picture, self.text = picture, ""
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        if self.picture.isNull():
            words(painter, self.rect(), self.text, "panel", "text2", CENTRE)
            return
        draw_within(painter, self.picture, self.rect().adjusted(s.m, s.m, -s.m, -s.m))


class FilePreview(QFrame):
    """`copy_wanted` and `removed` carry the attachment; `removed` also the reason."""

    copy_wanted = Signal(object)
    removed = Signal(object, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self.attachment: Attachment | None = None
        s = theme.size
        self.name = ElidedLabel("", "body-bold")
        self.about = Label("", "caption", "text2")
        self.shown = _Shown()
        self.copy = Button(_("写しを保存"), "download", small=True)
        self.remove = Button(_("外す"), "trash-2", "quiet", small=True)
        self.why = TextField(_("例：別のお客さまの書類"))
        self.why_field = Field(_("外す理由"), self.why)
        self.confirm = Button(_("外す"), kind="danger")
        self.stay = Button(_("やめる"), kind="quiet")
        ask = QVBoxLayout()
        ask.setContentsMargins(s.l, s.s, s.l, s.m)
        ask.setSpacing(s.s)
        ask.addLayout(shares((self.why_field, 1)))
        ask.addLayout(row(None, self.stay, self.confirm))
        self._ask = QWidget()
        self._ask.setLayout(ask)
        self._ask.hide()
        head = QVBoxLayout()
        head.setContentsMargins(s.l, s.s, s.l, s.s)
        head.setSpacing(s.xs)
        head.addWidget(self.name)
        head.addLayout(row(self.about, None, self.copy, self.remove))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._ask)
        box.addWidget(self.shown, 1)
        self.copy.clicked.connect(self._on_copy)
        self.remove.clicked.connect(self._on_remove)
        self.confirm.clicked.connect(self._on_confirm)
        self.why.edit.returnPressed.connect(self._on_confirm)
        self.stay.clicked.connect(self._on_stay)

    def show_attachment(self, attachment: Attachment) -> None:
        """Show a file; its bytes are read and drawn meanwhile."""
        if self.attachment is not None and attachment.id == self.attachment.id:
            return
        self.attachment = attachment
        self._on_stay()
        self.name.set_text(attachment.name)
        self._say()
        self.shown.show_words(_("読み込んでいます…"))
        self._session.hub.look(read_bytes, attachment.id, done=self._on_bytes, owner=self)

    def show_none(self) -> None:
        """Nothing is chosen."""
        self.attachment = None

    def _say(self, pages: int = 0) -> None:
        if self.attachment is None:
            return
        parts = [type_words(self.attachment.media_type), size_words(self.attachment.size)]
        if pages:
            parts.append(_("{count}ページ").format(count=pages))
        self.about.set_text(_("・").join(parts))
        self.about.setToolTip(f"SHA-256 {self.attachment.sha256}")

    def _on_bytes(self, data: bytes) -> None:
        if self.attachment is not None:
            self._session.tasks.paper.submit(
                _KEY, picture_of_file, self.attachment, data, done=self._on_picture, owner=self
            )

    def _on_picture(self, picture: Picture) -> None:
        if self.attachment is None or picture.attachment_id != self.attachment.id:
            return
        if picture.image.isNull():
            self.shown.show_words(_("画面には表示できません。写しを保存して開いてください。"))
            return
        self._say(picture.pages)
        self.shown.show_picture(QPixmap.fromImage(picture.image), self.attachment.name)

    def _on_copy(self) -> None:
        if self.attachment is not None:
            self.copy_wanted.emit(self.attachment)

    def _on_remove(self) -> None:
        self._ask.show()
        self.why.setFocus()

    def _on_stay(self) -> None:
        self._ask.hide()
        self.why.set_text("")
        self.why_field.set_error("")

    def _on_confirm(self) -> None:
        if not self.why.text():
            self.why_field.set_error(_("外す理由を入力してください。"))
            self.why.setFocus()
        elif self.attachment is not None:
            self.removed.emit(self.attachment, self.why.text())
