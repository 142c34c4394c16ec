"""期間を書き出す: which days, into which new folder, and how far it has come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.usecases.desk import Desk
from app.usecases.export_papers import ExportedPapers, PapersExport
from app.words import _
from ui.export_gate import SealPart
from ui.months.run_bar import ProgressLine
from ui.papers.list_page import period_days
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Check
from ui.widgets.dates import DateField
from ui.widgets.entries import TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import shares
from ui.widgets.layout import on_surface, row
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.papers.archived import PaperQuery


def begin(desk: Desk, query: PaperQuery, folder: Path, passphrase: str) -> PapersExport:
    """On the database worker: see what is to be written."""
    return PapersExport(desk, query, folder, passphrase)


def go_on(_desk: Desk, export: PapersExport) -> ExportedPapers | None:
    """On the database worker: write some more; what was exported when all of it is."""
    return export.finish() if export.step() else None


def give_up(_desk: Desk, export: PapersExport) -> None:
    """On the database worker: leave nothing of what is not finished."""
    export.stop()


class ExportDialog(QDialog):
    """``query``: what the list shows; its days stand in the fields, all else narrows only where wanted."""

    def __init__(self, parent: QWidget, session: Session, query: PaperQuery) -> None:
        super().__init__(parent)
        self._session, self._query = session, query
        self._export: PapersExport | None = None
        self._stopping = False
        self.exported: ExportedPapers | None = None
        wareki = session.settings.company.era == "wareki"
        year, _end = period_days("year", session.today, session.settings.company.fiscal_year_end_month)
        self.first = DateField(session.today, query.first or year, wareki=wareki)
        self.last = DateField(session.today, query.last or session.today, wareki=wareki)
        self.folder = TextField(_("新しく作るフォルダー"))
        self.choose_button = Button(_("場所を選ぶ"), "folder-open")
        self.narrowed = Check(_("一覧の絞り込み（種類・金額・宛名など）もそのまま使う"))
        self.sealing = SealPart()
        self.fields = {
            "first": Field(_("最初の発行日"), self.first),
            "last": Field(_("最後の発行日"), self.last),
            "folder": Field(_("書き出し先"), self.folder),
        }
        self.line, self.progress, self.strip = ProgressLine(), Label("", "panel", "text2"), AdviceStrip()
        self.start_button = Button(_("書き出す"), "folder-open", "filled", key="Ctrl+Enter")
        self.close_button = Button(_("やめる"))
        self._build()
        self._suggest()

    def _build(self) -> None:
        s = theme.size
        self.setWindowTitle(_("期間の書類を書き出す"))
        on_surface(self, "panel")
        self.setFixedWidth(theme.ems(40))
        self._bar = QWidget()
        self._bar.setLayout(row(self.line, self.progress, gap="m"))
        about = Label(
            _(
                "期間内に発行した書類のPDFを、一覧（index.csv）とハッシュ値（hashes.txt）とともに1つのフォルダーに書き出します。"
                "取り消した書類も含みます。個人情報を含むため、渡す相手と保管の場所にご注意ください。"
            ),
            "panel",
            "text2",
            wrap=True,
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addWidget(Label(_("期間の書類を書き出す"), "heading"))
        box.addWidget(about)
        box.addLayout(shares((self.fields["first"], 1), (self.fields["last"], 1)))
        box.addWidget(self.fields["folder"])
        box.addLayout(row(self.narrowed, None, self.choose_button))
        box.addWidget(self.sealing)
        box.addWidget(self._bar)
        box.addWidget(self.strip)
        box.addLayout(row(None, self.close_button, self.start_button))
        self._bar.hide()
        self.strip.hide()
        self.start_button.clicked.connect(self.start)
        self.close_button.clicked.connect(self.reject)
        self.choose_button.clicked.connect(self._on_choose)
        self.sealing.changed.connect(self.adjustSize)
        self.first.day_changed.connect(self._on_days)
        self.last.day_changed.connect(self._on_days)

    def _on_days(self, _day: object) -> None:
        self._suggest()

    def _suggest(self) -> None:
        """A name that says what is in it, in the folder chosen last or at home."""
        before = Path(self.folder.text()).parent if self.folder.text() else Path.home()
        days = [day for day in (self.first.day(), self.last.day()) if day is not None]
        name = "_".join((_("書類"), *(f"{day:%Y%m%d}" for day in days)))
        self.folder.set_text(str(before / name))

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("書き出す場所"), str(Path(self.folder.text()).parent)
        )
        if chosen:
            self.folder.set_text(str(Path(chosen) / Path(self.folder.text()).name))

    def wanted(self) -> PaperQuery:
        """What is to be written."""
        from app.papers.archived import PaperQuery

        base = self._query if self.narrowed.isChecked() else PaperQuery()
        first, last = self.first.day(), self.last.day()
        return msgspec.structs.replace(base, first=first, last=last, sort="issued_on", descending=False)

    def start(self) -> None:
        """Write the folder."""
        show_problems(self.fields, None)
        if not self.folder.text().strip():
            self.fields["folder"].set_error(_("フォルダーの名前を入力してください。"))
            return
        if not self.sealing.will_do():
            return
        self._stopping = False
        self.strip.hide()
        self.start_button.setEnabled(False)
        self._session.hub.look(
            begin,
            self.wanted(),
            Path(self.folder.text().strip()),
            self.sealing.passphrase,
            done=self._on_begun,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_begun(self, export: PapersExport) -> None:
        self._export = export
        self._show_below(self._bar)
        self._next()

    def _next(self) -> None:
        assert self._export is not None
        done, count = self._export.done, self._export.count
        self.line.set_percent(100 * done // count)
        self.progress.set_text(_("{done} / {count}件").format(done=f"{done:,}", count=f"{count:,}"))
        self.start_button.setEnabled(False)
        self._session.hub.look(
            go_on, self._export, done=self._on_step, failed=self._on_refused, ended=self._on_ended, owner=self
        )

    def _on_step(self, exported: ExportedPapers | None) -> None:
        if exported is None:
            if self._stopping:
                self._give_up()
            else:
                self._next()
            return
        self._export, self.exported = None, exported
        self._bar.hide()
        self.start_button.setEnabled(False)
        self.close_button.set_text(_("閉じる"))
        self.strip.set_meaning("warn" if exported.wrong else "good", "circle-check")
        self.strip.set_words(
            _("{count}件を「{name}」に書き出しました").format(
                count=f"{exported.papers:,}", name=exported.folder.name
            ),
            " ".join(exported.wrong),
        )
        self._show_below(self.strip)

    def _on_refused(self, error: UserError) -> None:
        self._bar.hide()
        left = show_problems(self.fields, error)
        if left:
            self.strip.set_meaning("warn", "triangle-alert")
            self.strip.set_words(left[0], " ".join(left[1:]))
            self._show_below(self.strip)
        else:
            self.adjustSize()

    def _show_below(self, part: QWidget) -> None:
        """Show what was hidden, and let the window grow by it: nothing above is squeezed."""
        part.show()
        self.adjustSize()

    def _on_ended(self) -> None:
        """Also where the disk is full: it may be tried again."""
        self.start_button.setEnabled(True)
        self._bar.hide()

    def _give_up(self) -> None:
        if self._export is not None:
            self._session.hub.look(give_up, self._export, done=self._on_given_up)
            self._export = None

    def _on_given_up(self, _nothing: object) -> None:
        """Nothing is left of it."""

    def reject(self) -> None:
        """Close; what is under way is stopped first and leaves nothing."""
        self._stopping = True
        self._give_up()
        super().reject()

    @classmethod
    def ask(cls, parent: QWidget, session: Session, query: PaperQuery) -> ExportedPapers | None:
        """Open, wait, clean up."""
        dialog = cls(parent, session, query)
        try:
            dialog.exec()
            return dialog.exported
        finally:
            dialog.deleteLater()
