"""A paper of one contract (the letter it is to get, its summary), as the very page, drawn when looked at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.usecases.desk import Desk
from app.words import _
from ui.quotes.paper_view import PaperView
from ui.quotes.sheets import Sheet, draw_sheet
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.layout import holding, row, rule
from ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.papers.model import Images, Paper
    from app.usecases.find_terms_change import TermsChange


def read_letter(desk: Desk, change: TermsChange, contract_id: str, notified: date) -> tuple[Paper, Images]:
    """On the database worker: the words of a letter."""
    from app.usecases.tell_terms_change import letter_of

    return letter_of(desk, change, contract_id, notified)


def _drawn(desk: Desk, paper: Paper, images: Images, scale: float) -> Sheet:
    return draw_sheet(desk.draw(paper, images), 0, scale)


class LetterView(QWidget):
    """Shows the letter of one contract; another one asked for meanwhile wins."""

    def __init__(self, session: Session, heading: str = "") -> None:
        super().__init__()
        self._session = session
        self._pdf: bytes | None = None
        self._page = 0
        self._pages = 1
        self.view = PaperView()
        self.title = ElidedLabel("", "panel", "text2")
        self.before = IconButton("chevron-left", _("前のページ"))
        self.after = IconButton("chevron-right", _("次のページ"))
        self.place = Label("", "panel", "text2")
        head = holding(
            row(
                Label(heading or _("手紙"), "heading"), self.title, self.before, self.place, self.after,
                gap="s", pad=("l", ""),
            )
        )  # fmt: skip
        head.setFixedHeight(theme.size.side_head)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(rule())
        box.addWidget(self.view, 1)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.view.page_turned.connect(self._turn)
        self.view.scale_wanted.connect(self._redraw)
        self._say_place()

    @property
    def pdf(self) -> bytes | None:
        """The letter as last drawn."""
        return self._pdf

    def show_letter(self, change: TermsChange, contract_id: str, customer: str, notified: date) -> None:
        """Draw the letter of a contract."""
        self.title.set_text(customer)
        self._session.hub.look(read_letter, change, contract_id, notified, done=self._on_read, owner=self)

    def show_paper(self, paper: Paper, images: Images) -> None:
        """Draw a finished paper."""
        self._on_read((paper, images))

    def clear(self) -> None:
        """Show no letter."""
        self._pdf = None
        self.title.set_text("")

    def _on_read(self, read: tuple[Paper, Images]) -> None:
        paper, images = read
        self._session.tasks.paper.submit(
            "letter", _drawn, self._session.desk, paper, images, self.view.pixels_per_point(),
            done=self._on_drawn, owner=self,
        )  # fmt: skip

    def _redraw(self) -> None:
        if self._pdf is not None:
            self._session.tasks.paper.submit(
                "letter", draw_sheet, self._pdf, self._page, self.view.pixels_per_point(),
                done=self._on_drawn, owner=self,
            )  # fmt: skip

    def _on_drawn(self, sheet: Sheet) -> None:
        self._pdf, self._page, self._pages = sheet.pdf, sheet.page, sheet.pages
        self.view.show_picture(sheet.image(), (sheet.width_points, sheet.height_points))
        self._say_place()

    def _say_place(self) -> None:
        self.place.set_text(f"{self._page + 1} / {self._pages}")
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < self._pages)

    def _turn(self, by: int) -> None:
        page = min(max(self._page + by, 0), self._pages - 1)
        if page != self._page:
            self._page = page
            self._redraw()

    def _on_before(self) -> None:
        self._turn(-1)

    def _on_after(self) -> None:
        self._turn(1)
