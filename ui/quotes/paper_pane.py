"""The right column, 書類: the very PDF as it stands now, its pages, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.words import _
from ui.clipboard import copy_data
from ui.issuing.acts import PaperActs, PaperFile
from ui.quotes.paper_view import PaperView
from ui.quotes.preview import Preview
from ui.quotes.sheets import Sheet, text_of
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import holding, row, rule
from ui.widgets.strips import AdviceStrip, Toasts
from ui.widgets.text import ElidedLabel, Label


class PaperPane(QFrame):
    """Follows the quotation. ``hidden_wanted`` asks to fold the column; ``back_wanted`` to go back from an
    older paper to what stands on the screen.
    """

    hidden_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session, self._toasts = session, toasts
        self._file_name = _("見積書.pdf")
        self._pages = 1
        self._acts = PaperActs(self, session, toasts)
        self.preview = Preview(session.desk, session.tasks, self)
        self.view = PaperView()
        self._name = ElidedLabel(_("見積書"), "body-bold", "accent")
        self._issued = AdviceStrip(meaning="note", icon="history")
        self._before = IconButton("chevron-left", _("前のページ"))
        self._after = IconButton("chevron-right", _("次のページ"))
        self._place = Label("", "body", "text2")
        self._zoom = Button("", kind="quiet", small=True)
        self._hide = IconButton("panel-right", _("書類を隠す（F6）"))
        self._build()
        self._connect()

    def _build(self) -> None:
        s = theme.size
        head = holding(row(Label(_("書類"), "heading"), self._name, self._hide, gap="m", pad=("l", "")))
        head.setFixedHeight(s.column_head)
        self._print = IconButton("printer", _("印刷"))
        self._save = IconButton("download", _("PDFを保存"))
        self._copy = IconButton("copy", _("ページを画像と文字でコピー"))
        foot = holding(
            row(
                self._before, self._place, self._after, self._zoom, None, self._print, self._save, self._copy,
                gap="xs", pad=("s", ""),
            )
        )  # fmt: skip
        foot.setFixedHeight(s.side_head + s.xs)
        self._issued.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(rule())
        box.addWidget(self._issued)
        box.addWidget(self.view, 1)
        box.addWidget(rule())
        box.addWidget(foot)
        self.setProperty("surface", "panel")
        self._show_place()

    def _connect(self) -> None:
        self.preview.drawn.connect(self._on_drawn)
        self.view.scale_wanted.connect(self._on_scale)
        self.view.zoom_changed.connect(self._show_zoom)
        self.view.page_turned.connect(self._turn_by)
        self._before.clicked.connect(self._on_before)
        self._after.clicked.connect(self._on_after)
        self._zoom.clicked.connect(self._on_zoom)
        self._hide.clicked.connect(self.hidden_wanted)
        self._issued.accepted.connect(self.back_wanted)
        self._print.clicked.connect(self.print_paper)
        self._save.clicked.connect(self.save_paper)
        self._copy.clicked.connect(self._on_copy)

    # --- showing ----------------------------------------------------------------------------------

    @property
    def file_name(self) -> str:
        """What a saved file is called at first."""
        return self._file_name

    def set_file_name(self, name: str) -> None:
        """What a saved file is called at first."""
        self._file_name = name

    def show_issued(self, pdf: bytes) -> None:
        """Show the paper that was issued of what stands on the screen."""
        self._issued.hide()
        self.preview.show_issued(pdf)

    def show_older(self, title: str, pdf: bytes) -> None:
        """Show another issued paper with a line that says so and leads back."""
        self._issued.set_words(title, "", _("現在の内容に戻る"))
        self._issued.show()
        self.preview.show_issued(pdf)

    @property
    def shows_older(self) -> bool:
        """Whether a paper from the history stands there."""
        return self._issued.isVisibleTo(self)

    def show_draft(self) -> None:
        """Follow the draft again."""
        self._issued.hide()
        if self.preview.shows_issued:
            self.preview.show_issued(None)

    def _on_drawn(self, sheet: Sheet) -> None:
        self._pages = sheet.pages
        self.view.show_picture(sheet.image(), (sheet.width_points, sheet.height_points))
        self._show_place()

    def _show_place(self) -> None:
        page = self.preview.page
        self._place.set_text(f"{page + 1} / {self._pages}")
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page + 1 < self._pages)
        self._show_zoom()

    def _show_zoom(self) -> None:
        percent = _("{percent}％").format(percent=self.view.percent)
        self._zoom.set_text(
            _("幅に合わせる {percent}").format(percent=percent) if self.view.fits else percent
        )

    def _on_scale(self) -> None:
        self.preview.set_scale(self.view.pixels_per_point())

    def _on_zoom(self) -> None:
        self.view.set_zoom(1.0 if self.view.fits else None)

    def _on_before(self) -> None:
        self._turn_by(-1)

    def _on_after(self) -> None:
        self._turn_by(1)

    def _turn_by(self, pages: int) -> None:
        self.preview.turn(min(self._pages - 1, max(0, self.preview.page + pages)))

    # --- doing something with it ------------------------------------------------------------------

    def save_paper(self) -> None:
        """Ask where to, and write the PDF off the GUI thread."""
        pdf = self.preview.pdf
        if pdf is not None:
            self._acts.save_file(PaperFile(self._file_name, pdf))

    def print_paper(self) -> None:
        """The system's own dialog, then the pages on the paper worker."""
        pdf = self.preview.pdf
        if pdf is not None:
            self._acts.print_file(PaperFile(self._file_name, pdf))

    def _on_copy(self) -> None:
        pdf = self.preview.pdf
        if pdf is not None:
            self._session.tasks.paper.submit(
                "copy", _copied, pdf, self.preview.page, done=self._on_copied, owner=self
            )

    def _on_copied(self, copied: tuple[Sheet, str]) -> None:
        sheet, text = copied
        data = QMimeData()
        data.setImageData(QImage(sheet.image()))
        data.setText(text)
        copy_data(data)
        self._toasts.show_message(_("ページをコピーしました（画像と文字）"))


def _copied(pdf: bytes, page: int) -> tuple[Sheet, str]:
    from ui.quotes.sheets import draw_sheet

    return draw_sheet(pdf, page, 2.0), text_of(pdf, page)
