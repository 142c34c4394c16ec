"""検証: every issued paper against its hash and the chain over all of them, while somebody watches."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.days import date_words
from app.errors import UserError
from app.papers.archived import PaperFault
from app.usecases.verify_archive import ArchiveCheck, verify_some
from app.words import _
from ui.months.run_bar import ProgressLine
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import column, holding, on_surface, row, scrolling
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

_AREA_SHARE = 100  # of the room below, where something was found; else nothing stands there


class VerifyPage(QWidget):
    """``paper_chosen`` carries the id of a paper that was found wrong."""

    back_wanted = Signal()
    paper_chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        on_surface(self, "panel")
        s = theme.size
        self._session = session
        self._check: ArchiveCheck | None = None
        self._running = False
        self.back = IconButton("chevron-left", _("一覧に戻る"), key="Alt+Left")
        self.start_button = Button(_("検証を始める"), "shield-check", "filled", key="Ctrl+Enter")
        self.stop_button = Button(_("止める"), "pause")
        self.line = ProgressLine()
        self.progress = Label("", "panel", "text2")
        self.strip = AdviceStrip()
        self.sheet = Sheet((SheetColumn(),), name=_("一致しなかった書類"))
        head_box = QHBoxLayout()
        head_box.setContentsMargins(s.s, 0, s.l, 0)
        head_box.setSpacing(s.s)
        head_box.addWidget(self.back)
        head_box.addWidget(Label(_("書類の検証"), "title"), 1)
        head_box.addWidget(self.stop_button)
        head_box.addWidget(self.start_button)
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        about = Label(
            _(
                "発行したすべての書類について、保管しているPDFが発行したときと1バイトも違わないこと、宛名・金額・日付が"
                "変わっていないこと、発行の順の記録が途切れていないことを確かめます。検証したことは操作の記録に残ります。"
            ),
            "body",
            "text2",
            wrap=True,
        )
        self._bar = QWidget()
        self._bar.setLayout(row(self.line, self.progress, gap="m"))
        self._area = scrolling(self.sheet)
        inside = column(about, self._bar, self.strip, self._area, None, gap="l", pad="l")
        inside.setStretchFactor(self._area, _AREA_SHARE)
        inner = holding(inside, "panel")
        inner.setMaximumWidth(theme.ems(64))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(inner, 1)
        self.back.clicked.connect(self.back_wanted)
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self.sheet.opened.connect(self._on_opened)
        self._show()

    @property
    def running(self) -> bool:
        """Whether papers are being read."""
        return self._running

    def start(self) -> None:
        """Read everything from the first paper on."""
        if not self._running:
            self._running, self._check = True, ArchiveCheck()
            self._show()
            self.stop_button.setFocus()
            self._next()

    def stop(self) -> None:
        """Read no further."""
        self._running = False
        self._show()

    def _next(self) -> None:
        self._session.hub.look(
            verify_some, self._check, done=self._on_step, failed=self._on_refused, owner=self
        )

    def _on_step(self, check: ArchiveCheck) -> None:
        if not self._running:
            return
        found = self._check is None or len(check.faults) != len(self._check.faults)
        self._check = check
        self._running = check.ended_at is None
        if not self._running and self.stop_button.hasFocus():
            self.start_button.setEnabled(True)
            self.start_button.setFocus()
        if found:
            self._show_faults(check.faults)
        self._show()
        if self._running:
            self._next()

    def _on_refused(self, error: UserError) -> None:
        self.stop()
        self._session.tasks.user_error.emit(error)

    def _show(self) -> None:
        check = self._check
        self.start_button.setEnabled(not self._running)
        self.stop_button.setVisible(self._running)
        self._bar.setVisible(self._running)
        self._area.setVisible(check is not None and bool(check.faults))
        self.strip.setVisible(check is not None and not self._running)
        if check is None:
            return
        done, count = check.place.seq, max(check.place.last, 0)
        self.line.set_percent(100 * done // count if count else 0)
        self.progress.set_text(_("{done} / {count}件").format(done=f"{done:,}", count=f"{count:,}"))
        self._show_result(check)

    def _show_result(self, check: ArchiveCheck) -> None:
        count = f"{check.place.seq:,}"
        if check.faults:
            self.strip.set_meaning("danger", "triangle-alert")
            self.strip.set_words(
                _("{faults}か所が一致しません").format(faults=f"{len(check.faults):,}"),
                _("データを変えずに、「backups」フォルダーの控えと比べてください。"),
            )
        elif check.ended_at is None:
            self.strip.set_meaning("warn", "pause")
            self.strip.set_words(
                _("途中で止めました"), _("初めの{count}件は、発行したときのままです。").format(count=count)
            )
        else:
            at = check.ended_at
            self.strip.set_meaning("good", "circle-check")
            self.strip.set_words(
                _("{count}件すべて、発行したときのままです").format(count=count),
                _("{day} {time} に検証しました。").format(
                    day=date_words(at.date(), weekday=False), time=f"{at:%H:%M}"
                ),
            )

    def _show_faults(self, faults: tuple[PaperFault, ...]) -> None:
        rows = tuple(
            SheetRow(((Line(one.what, icon="circle-alert"),),), one.paper_id or None) for one in faults
        )
        self.sheet.set_sections([SheetSection("", rows)])

    def _on_opened(self, paper_id: str) -> None:
        self.paper_chosen.emit(paper_id)
