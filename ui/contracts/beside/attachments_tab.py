"""書類・添付: scans and photos dragged in or chosen, kept inside, looked at, and given out again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QFrame, QStackedLayout, QVBoxLayout, QWidget

from app.contract.attachments import ENDINGS, MOST_BYTES, size_words
from app.contract.beside import Attachment, Subject
from app.errors import UserError
from app.usecases.desk import Desk
from app.words import _
from ui.contracts.beside.file_preview import FilePreview
from ui.contracts.beside.file_row import FileRow
from ui.operations.beside import attach_file, put_attachment_back, remove_attachment, save_copy
from ui.operations.hub import Changed
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import clear, on_surface, row, scrolling
from ui.widgets.strips import AdviceStrip, BusyBar, EmptyState, Toasts
from ui.widgets.text import Label

_BESIDE = 50  # full-width characters: in a narrower page the preview stands below the list


def read_attachments(desk: Desk, subject: Subject, subject_id: str) -> list[Attachment]:
    """On the database worker: what is attached."""
    from app.usecases.keep_beside import attachments_of

    return attachments_of(desk, subject, subject_id)


class AttachmentsTab(QFrame):
    """`show_subject("contract", id)` shows what is attached; `counted` carries how many."""

    counted = Signal(int)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self._subject: Subject = "contract"
        self._id = ""
        self._waiting: list[Path] = []  # files still to be taken in
        self._refused: list[str] = []
        self._taken: Attachment | None = None
        self._removed: Attachment | None = None
        self.rows: list[FileRow] = []
        self.setAcceptDrops(True)
        s = theme.size
        self.count = Label("", "panel", "text2")
        self.hint = Label(_("ここへファイルを置くこともできます"), "caption", "text3")
        self.add = Button(_("ファイルを添付"), "paperclip", small=True)
        head = row(self.count, self.hint, None, self.add, gap="m", pad=("l", "s"))
        self.busy = BusyBar()
        self.wrong = AdviceStrip(meaning="danger", icon="triangle-alert", closable=True)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        inner = QWidget()
        inner.setLayout(self._column)
        self._area = scrolling(inner)
        self.preview = FilePreview(session)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._beside.addWidget(self._area, 2)
        self._beside.addWidget(self.preview, 3)
        both = QWidget()
        both.setLayout(self._beside)
        self.nothing = EmptyState(
            "paperclip",
            _("添付はまだありません"),
            _(
                "申込書の控えや機器の写真などを、ここへ置くか選ぶと、この窓口のデータの中に保管します。"
                "PDF・写真・スキャン、1件{most}までです。"
            ).format(most=size_words(MOST_BYTES)),
            _("ファイルを選ぶ"),
            "folder-open",
        )
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(both)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(s.hairline, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.busy)
        outer.addWidget(self.wrong)
        outer.addWidget(body, 1)
        self.wrong.hide()
        self._both = both
        self._connect()

    def _connect(self) -> None:
        self.add.clicked.connect(self.choose)
        self.nothing.accepted.connect(self.choose)
        self.preview.copy_wanted.connect(self._on_copy_wanted)
        self.preview.removed.connect(self._on_remove_wanted)
        self._session.hub.changed.connect(self._on_changed)

    # --- showing ----------------------------------------------------------------------------------

    def show_subject(self, subject: Subject, subject_id: str) -> None:
        """What is attached to a contract, customer or quotation."""
        if (subject, subject_id) != (self._subject, self._id):
            self.wrong.hide()
            self.preview.show_none()
        self._subject, self._id = subject, subject_id
        self._read()

    def _read(self) -> None:
        if self._id:
            self._session.hub.look(read_attachments, self._subject, self._id, done=self._on_read, owner=self)

    def _on_read(self, found: list[Attachment]) -> None:
        if any((one.subject, one.subject_id) != (self._subject, self._id) for one in found):
            return
        chosen = self._taken or self.preview.attachment
        self._taken = None
        clear(self._column)
        now = self._session.desk.now()
        self.rows = [FileRow(one, now) for one in found]
        for file in self.rows:
            file.toggled.connect(self._on_toggled)
            self._column.addWidget(file)
        self._column.addStretch(1)
        self.count.set_text(_("{count}件").format(count=len(found)) if found else "")
        self.hint.setVisible(bool(found))
        self.add.setVisible(bool(found))
        self._stack.setCurrentWidget(self._both if found else self.nothing)
        self.counted.emit(len(found))
        kept = next((file for file in self.rows if chosen and file.attachment.id == chosen.id), None)
        if kept is None and self.rows:
            kept = self.rows[0]
        if kept is not None:
            kept.setChecked(True)
        else:
            self.preview.show_none()

    def _on_toggled(self, on: bool) -> None:
        file = self.sender()
        if on and isinstance(file, FileRow):
            self.preview.show_attachment(file.attachment)

    def _on_changed(self, changed: Changed) -> None:
        if self._id in changed.contracts or self._id in changed.customers:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.ems(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if way != self._beside.direction():
            self._beside.setDirection(way)

    # --- taking in --------------------------------------------------------------------------------

    def choose(self) -> None:
        """Choose files of this computer."""
        kinds = " ".join(f"*.{ending}" for ending in ENDINGS)
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("添付するファイル"), str(Path.home()), _("書類と写真（{kinds}）").format(kinds=kinds)
        )
        self.take_files([Path(name) for name in names])

    def take_files(self, paths: list[Path]) -> None:
        """Take files in, one after the other; what is refused is told together at the end."""
        if not self._waiting:
            self._refused = []
            self.wrong.hide()
            self._waiting += paths
            self._take_next()
        else:
            self._waiting += paths

    def _take_next(self) -> None:
        if not self._waiting:
            self._tell_refused()
            return
        self.busy.start()
        self._session.hub.run(
            attach_file,
            self._subject,
            self._id,
            self._waiting[0],
            done=self._on_taken,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_taken(self, attachment: Attachment) -> None:
        self._taken = attachment
        self._toasts.show_message(_("「{name}」を添付しました").format(name=attachment.name))

    def _on_refused(self, error: UserError) -> None:
        self._refused += [problem.sentence() for problem in error.problems]
        if not self._waiting:  # the last one: what ended was told before why
            self._tell_refused()

    def _on_ended(self) -> None:
        self.busy.stop()
        self._waiting = self._waiting[1:]
        self._take_next()

    def _tell_refused(self) -> None:
        if self._refused:
            title = _("添付できなかったファイルがあります")
            self.wrong.set_words(title, "\n".join(self._refused))
            self.wrong.show()
            self.wrong.close_button.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._id and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.hint.set_text(_("ここで放すと添付します"))
            self.hint.set_tone("accent")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hint_again()

    def dropEvent(self, event: QDropEvent) -> None:
        self._hint_again()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take_files([path for path in paths if not path.is_dir()])

    def _hint_again(self) -> None:
        self.hint.set_text(_("ここへファイルを置くこともできます"))
        self.hint.set_tone("text3")

    # --- giving out and taking away -----------------------------------------------------------------

    def _on_copy_wanted(self, attachment: Attachment) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("写しを保存"), str(Path.home() / attachment.name))
        if name:
            self.save_copy(attachment, Path(name))

    def save_copy(self, attachment: Attachment, path: Path) -> None:
        """Write a file out again."""
        self._session.hub.run(save_copy, attachment, path, done=self._on_saved, owner=self)

    def _on_saved(self, path: Path) -> None:
        self._toasts.show_message(_("「{name}」に保存しました").format(name=path.name))

    def _on_remove_wanted(self, attachment: Attachment, why: str) -> None:
        self._session.hub.run(remove_attachment, attachment, why, done=self._on_removed, owner=self)

    def _on_removed(self, attachment: Attachment) -> None:
        self._removed = attachment
        words = _("「{name}」を外しました").format(name=attachment.name)
        self._toasts.show_message(words, _("元に戻す"), self._on_put_back)

    def _on_put_back(self) -> None:
        if self._removed is not None:
            self._session.hub.run(put_attachment_back, self._removed, done=self._on_put, owner=self)

    def _on_put(self, attachment: Attachment) -> None:
        self._taken = attachment
