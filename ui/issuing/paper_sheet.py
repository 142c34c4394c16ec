"""A large sheet: a paper's pages at the left, at the right what it is and what is done with its file."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem
from app.money import yen_words
from app.quote.stored import IssuedPaper
from app.words import _
from ui.issuing.acts import PaperActs, PaperFile, file_name_of
from ui.issuing.done_part import DonePart
from ui.issuing.pane import FinishedPane
from ui.issuing.state_words import ChipWords, number_words
from ui.menus import Menu
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.layout import column, holding, on_surface, row, rule, scrolling
from ui.widgets.strips import AdviceStrip, BusyBar, EmptyState, Toasts
from ui.widgets.text import Label


class PaperSheet(QDialog):
    """Subclasses say what stands between the sum and the sendings (``parts``) and at the foot (``steps``)."""

    def __init__(self, parent: QWidget, session: Session, title: str, chip: ChipWords) -> None:
        super().__init__(parent)
        self.session = session
        self.paper: IssuedPaper | None = None  # what stands at the left, where it was issued
        self.toasts = Toasts(self)
        self.acts = PaperActs(self, session, self.toasts)
        self.chip = Chip(*chip)
        self.title = Label(title, "title")
        self.customer = Label("", "body-bold", wrap=True)
        self.total = Label("", "title")
        self.told = AdviceStrip()
        self.pane = FinishedPane(session, self.toasts, acts_shown=False)
        self.nothing = EmptyState("file-text", _("書類を用意しています"), _("少しお待ちください。"))
        self.busy = BusyBar()
        self.done_part = DonePart(session, self.toasts)
        self.print_button = Button(_("印刷"), "printer", key="Ctrl+P")
        self.save_button = Button(_("PDFを保存"), "download")
        self.mail_button = Button(_("メールの下書き"), "mail")
        self.more = IconButton("ellipsis", _("控など"), small=False)
        self.close_button = IconButton("x", _("閉じる（Esc）"))
        self.setWindowTitle(title)

    def lay_out(self, parts: list[QWidget], steps: list[QWidget]) -> None:
        """Put everything in its place."""
        on_surface(self, "panel")
        head = holding(
            row(self.title, self.chip, None, self.close_button, gap="m", pad=("l", "")), "panel", "bottom"
        )
        head.setFixedHeight(theme.size.page_head)
        left = QWidget()
        self._left = QStackedLayout(left)
        self._left.addWidget(self.nothing)
        self._left.addWidget(self.pane)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(left, 1)
        body.addWidget(rule(down=True))
        body.addWidget(self._side(parts, steps))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(self.busy)
        box.addLayout(body, 1)
        self.close_button.clicked.connect(self.reject)
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.mail_button.clicked.connect(self._on_mail)
        self.more.clicked.connect(self._on_more)
        self.session.tasks.environment_problem.connect(self.show_trouble)
        self.show_file_buttons(shown=False)

    def _side(self, parts: list[QWidget], steps: list[QWidget]) -> QWidget:
        content = QWidget()
        self._whose = QWidget()
        self._whose.setLayout(column(self.customer, self.total))
        content.setLayout(
            column(self._whose, self.told, *parts, self.done_part, None, gap="field_gap", pad="l")
        )
        for hidden in (self._whose, self.told, self.done_part, self.total):
            hidden.hide()
        foot = column(row(self.print_button, self.save_button, None, self.more), gap="s", pad=("l", "m"))
        foot.addLayout(row(self.mail_button, None, *steps))
        side = QWidget()
        side.setFixedWidth(theme.size.side_panel)
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(scrolling(content), 1)
        box.addWidget(rule())
        box.addLayout(foot)
        return side

    # --- showing ------------------------------------------------------------------------------------

    def show_who(self, customer: str, total: int) -> None:
        """Whose paper it is, and its sum (0: it shows none)."""
        self.customer.set_text(customer)
        self._whose.setVisible(bool(customer or total))
        self.total.set_text(yen_words(total) if total else "")
        self.total.setVisible(bool(total))

    def tell(self, meaning: str, icon: str, words: str, detail: str = "") -> None:
        """Say how the paper stands; "" says nothing."""
        self.told.set_meaning(meaning, icon)
        self.told.set_words(words, detail)
        self.told.setVisible(bool(words))

    def show_pages(self, name: str, file_name: str, pdf: bytes) -> None:
        """Show a finished PDF at the left."""
        self.pane.show_paper(name, file_name, pdf)
        self._left.setCurrentWidget(self.pane)

    def show_nothing(self, title: str, text: str) -> None:
        """No page stands there, and why."""
        self.nothing.set_words(title, text)
        self._left.setCurrentWidget(self.nothing)

    def show_paper(self, title: str, paper: IssuedPaper) -> None:
        """Show a paper as it was issued, and what may be done with it."""
        self.paper = paper
        name = number_words(paper.number, paper.revision)
        self.show_pages(f"{title}　{name}", file_name_of(paper, title=title), paper.pdf)
        self.done_part.show_paper(paper.id)
        self.show_file_buttons(shown=True)

    def show_file_buttons(self, *, shown: bool) -> None:
        """What can be done with what stands at the left: nothing, with a draft, with an issued paper."""
        issued = self.paper is not None
        for button in (self.print_button, self.save_button):
            button.setEnabled(shown)
        self.print_button.set_kind("filled" if issued else "normal")
        for widget in (self.mail_button, self.more, self.done_part):
            widget.setVisible(issued)

    def show_trouble(self, problem: EnvironmentProblem) -> None:
        """Trouble with the machine is told here, too: the window's own place for it lies behind."""
        detail = " ".join(part for part in (problem.kept, problem.remedy) if part)
        self.tell("danger", "triangle-alert", problem.what, detail)

    # --- with the file ------------------------------------------------------------------------------

    def file(self) -> PaperFile | None:
        """What stands at the left."""
        pdf = self.pane.preview.pdf
        return PaperFile(self.pane.file_name, pdf) if pdf is not None else None

    def _on_print(self) -> None:
        file = self.file()
        if file is not None:
            self.acts.print_file(file)

    def _on_save(self) -> None:
        file = self.file()
        if file is not None:
            self.acts.save_file(file)

    def _on_mail(self) -> None:
        if self.paper is not None:
            self.acts.mail_paper(self.paper.id)

    def _on_more(self) -> None:
        if self.paper is None:
            return
        menu = Menu(self)
        menu.add_item("files", _("控を印刷…"), self.acts.reprint, self.paper.id)
        menu.add_item("download", _("控をPDFで保存…"), self.acts.save_copy, self.paper.id)
        corner = self.more.mapToGlobal(QPoint(self.more.width(), 0))
        menu.open_at(corner - QPoint(menu.sizeHint().width(), menu.sizeHint().height()))

    # --- opening ------------------------------------------------------------------------------------

    def open_over(self, page: QWidget) -> None:
        """Open it above the window of a page, nearly as large. It dies when it is closed."""
        s = theme.size
        room = page.window().geometry().marginsRemoved(QMargins(s.xl, s.xl, s.xl, s.xl))
        self.resize(room.size())
        self.move(room.topLeft())
        self.finished.connect(self.deleteLater)
        self.open()
