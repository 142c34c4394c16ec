"""請求書をまとめて発行: all bills of a closed month, or those chosen — issued, then saved, printed or mailed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.charge.stored import BillRow, Run
from app.days import month_words
from app.errors import EnvironmentProblem, UserError
from app.money import yen_words
from app.quote.stored import IssuedPaper
from app.usecases.bill_contract import month_of
from app.usecases.bills_to_issue import BillsToIssue, bills_to_issue, requests_for
from app.words import _
from ui.issuing.acts import PaperFile
from ui.issuing.batch_files import PrintRun, mail_some, read_some, save_some
from ui.issuing.steps import Steps
from ui.months.run_bar import ProgressLine, left_words
from ui.operations.papers import ask_some, end_batch, issue_some
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Check
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.layout import column, holding, on_surface, row, scrolling
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import AdviceStrip, Toasts
from ui.widgets.text import Label

NO_ADDRESS = "no-address"
NOT_APPROVED = "not-approved"


class BatchDialog(QDialog):
    """``run``: a closed month; ``seqs``: the contracts chosen in its list, None for all."""

    done_issuing = Signal()

    def __init__(
        self, parent: QWidget, session: Session, run: Run, seqs: Sequence[int] | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._run = session, run
        self._rows: tuple[BillRow, ...] = ()
        self._now: list[BillRow] = []  # those of the pass under way
        self.papers: list[IssuedPaper] = []
        self.refused: list[tuple[BillRow, UserError]] = []
        self._files: list[PaperFile] = []
        self._trouble: EnvironmentProblem | None = None  # what the pass under way ended with
        self._printing: PrintRun | None = None
        self.toasts = Toasts(self)
        self.steps = Steps(session, self)
        self.after = Steps(session, self)
        self.head = Label("", "title", wrap=True)
        self.about = Label("", "body", "text2", wrap=True)
        self.day = DateField(session.today, session.today, wareki=session.settings.company.era == "wareki")
        self.without_address = Check(_("住所のない請求先も発行する（手渡しする場合）"))
        self.strip = AdviceStrip()
        self.line = ProgressLine()
        self.progress = Label("", "panel", "text2")
        self.list = Sheet((SheetColumn(), SheetColumn(ems=10, right=True)), name=_("発行できなかった請求書"))
        self._build()
        self._connect()
        session.hub.look(bills_to_issue, run.id, seqs, done=self._on_bills, owner=self)

    # --- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        s = theme.size
        self.setWindowTitle(_("請求書をまとめて発行"))
        on_surface(self, "panel")
        self.setFixedWidth(theme.ems(46))
        self.start_button = Button(_("発行する"), "stamp", "filled", key="Ctrl+Enter")
        self.stop_button = Button(_("止める"), "pause")
        self.close_button = Button(_("閉じる"))
        self.folder_button = Button(_("フォルダーに保存"), "folder-open")
        self.one_button = Button(_("1つのPDFに保存"), "download")
        self.print_button = Button(_("まとめて印刷"), "printer", key="Ctrl+P")
        self.mail_button = Button(_("メールの下書き"), "mail")
        self.approve_button = Button(_("承認を依頼"), "shield-check")
        self._form = holding(column(Field(_("発行日"), self.day), self.without_address, gap="m"))
        self._bar = holding(row(self.line, self.progress, self.stop_button, gap="m"))
        first = row(self.folder_button, self.one_button, None)
        second = row(self.print_button, self.mail_button, None)
        self._acts = holding(column(first, second, gap="s"))
        self._list_area = scrolling(self.list)
        self._list_area.setFixedHeight(theme.ems(10))
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        for widget in (self.head, self.about, self._form, self._bar, self.strip, self._list_area, self._acts):
            box.addWidget(widget)
        box.addStretch(1)
        box.addLayout(row(self.approve_button, None, self.close_button, self.start_button))
        for hidden in (self._bar, self.strip, self._list_area, self._acts, self.approve_button):
            hidden.hide()
        self.start_button.setEnabled(False)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self._on_stop)
        self.steps.stepped.connect(self._on_issued)
        self.steps.ended.connect(self._on_ended)
        self.after.stepped.connect(self._on_after_step)
        self.folder_button.clicked.connect(self._ask_folder)
        self.one_button.clicked.connect(self._on_one)
        self.print_button.clicked.connect(self._on_print)
        self.mail_button.clicked.connect(self._ask_mail_folder)
        self.approve_button.clicked.connect(self._on_approve)
        self._session.tasks.environment_problem.connect(self._on_environment)

    # --- before -------------------------------------------------------------------------------------

    def _on_bills(self, found: BillsToIssue) -> None:
        self._rows = found.rows
        month = month_words(month_of(self._run.month))
        self.head.set_text(_("{month}分の請求書 {count}件").format(month=month, count=f"{len(found.rows):,}"))
        parts = [
            _("合計 {total}（税込）。").format(total=yen_words(sum(one.total for one in found.rows))),
            _("発行済みの{count}件は、発行したときのまま使います。").format(count=f"{found.issued:,}")
            if found.issued
            else "",
            _("0円・返金・計算できなかった{count}件は発行しません。").format(count=f"{found.left_out:,}")
            if found.left_out
            else "",
            _("途中で止めても、発行した分はそのまま残り、続きから発行できます。"),
        ]
        self.about.set_text("".join(part for part in parts if part))
        self.start_button.setEnabled(bool(found.rows))
        self._fit()

    def start(self) -> None:
        """Issue all of them, or those that are left."""
        if self.steps.running or not self.day.readable or not self._rows:
            return
        issued = {one.id for one, _error in self.refused} if self.papers else set()
        self._now = [one for one in self._rows if not self.papers or one.id in issued or one.id in self._left]
        self.refused, self._trouble = [], None
        accepted = (NO_ADDRESS,) if self.without_address.isChecked() else ()
        for widget in (self.strip, self._list_area, self._acts, self.approve_button):
            widget.hide()
        self._form.setEnabled(False)
        self._bar.show()
        self.stop_button.setEnabled(True)
        self.start_button.setEnabled(False)
        self._show_progress(0, len(self._now), None)
        self._fit()
        self.steps.start(requests_for(self._now, self.day.day(), accepted), issue_some)

    # --- while --------------------------------------------------------------------------------------

    def _on_issued(self, results: list[IssuedPaper | UserError]) -> None:
        first = self.steps.done - len(results)
        for place, one in enumerate(results):
            if isinstance(one, UserError):
                self.refused.append((self._now[first + place], one))
            else:
                self.papers.append(one)
        self._show_progress(self.steps.done, self.steps.count, self.steps.seconds_left())

    def _show_progress(self, done: int, count: int, seconds: int | None) -> None:
        self.line.set_percent(done * 100 // count if count else 0)
        words = _("{done} / {all}件").format(done=f"{done:,}", all=f"{count:,}")
        if seconds is not None and done < count:
            words = f"{words}　{left_words(seconds)}"
        self.progress.set_text(words)

    def _on_stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.progress.set_text(_("止めています"))
        self.steps.stop()
        self.after.stop()
        if self._printing is not None:
            self._printing.stop()

    # --- after --------------------------------------------------------------------------------------

    @property
    def _left(self) -> set[str]:
        """The bills nobody came to, of a pass that was stopped."""
        return {one.id for one in self._now[self.steps.done :]}

    def _on_ended(self, finished: bool) -> None:
        self._session.hub.run(end_batch, owner=self)
        self._bar.hide()
        self._form.setEnabled(True)
        count, refused, left = len(self.papers), len(self.refused), len(self._left)
        words = _("請求書{count}件を発行しました").format(count=f"{count:,}")
        if self._trouble is not None:
            self._tell_trouble(self._trouble, left)
        elif finished and not refused:
            self._tell("good", "circle-check", words, _("書類に保管しました。"))
        elif finished:
            told = _("{count}件は発行できませんでした。理由を下に示します。").format(count=f"{refused:,}")
            self._tell("warn", "triangle-alert", words, told)
        else:
            told = _("途中で止めました。残りは{count}件です。「続きを発行」で続けられます。").format(
                count=f"{left + refused:,}"
            )
            self._tell("note", "pause", words, told)
        self._show_refused()
        self._acts.setVisible(bool(self.papers))
        self.start_button.set_text(_("続きを発行") if not finished else _("もう一度発行"))
        self.start_button.setVisible(bool(refused or left))
        self.start_button.setEnabled(bool(refused or left))
        self.approve_button.setVisible(any(error.code == NOT_APPROVED for _one, error in self.refused))
        self._form.setVisible(any(error.code == NO_ADDRESS for _one, error in self.refused) or bool(left))
        self._fit()
        self.done_issuing.emit()

    def _tell(self, meaning: str, icon: str, words: str, detail: str) -> None:
        self.strip.set_meaning(meaning, icon)
        self.strip.set_words(words, detail)
        self.strip.show()

    def _show_refused(self) -> None:
        rows = tuple(
            SheetRow(
                (
                    (
                        Line(one.customer, "panel-bold"),
                        *(Line(problem.sentence(), "caption", "text2") for problem in error.problems),
                    ),
                    (Line(yen_words(one.total)), Line(one.number, "caption", "text3")),
                )
            )
            for one, error in self.refused
        )
        self.list.set_sections([SheetSection("", rows)] if rows else [])
        self._list_area.setVisible(bool(rows))

    def _on_approve(self) -> None:
        """Ask for the approval of all that lack it."""
        waiting = [one for one, error in self.refused if error.code == NOT_APPROVED]
        accepted = (NO_ADDRESS,) if self.without_address.isChecked() else ()
        self.approve_button.setEnabled(False)
        self._begin_after(requests_for(waiting, self.day.day(), accepted), ask_some, self._on_asked)

    def _on_asked(self, finished: bool) -> None:
        self._session.hub.run(end_batch, owner=self)
        if finished:
            self.toasts.show_message(_("{count}件の承認を依頼しました").format(count=f"{self.after.done:,}"))

    # --- what is done with them ---------------------------------------------------------------------

    def _begin_after(self, items: Sequence[Any], step: Any, ended: Any) -> None:
        if self.after.running:
            return
        self._files = []
        self._ended_after = ended
        self._bar.show()
        self.stop_button.setEnabled(True)
        self._show_progress(0, len(items), None)
        self._fit()
        self.after.ended.connect(self._on_after_ended)
        self.after.start(items, step)

    def _on_after_step(self, results: list[Any]) -> None:
        self._files += [one for one in results if isinstance(one, PaperFile)]
        self._show_progress(self.after.done, self.after.count, self.after.seconds_left())

    def _on_after_ended(self, finished: bool) -> None:
        self.after.ended.disconnect(self._on_after_ended)
        self._bar.hide()
        self._fit()
        self._ended_after(finished)

    def _ids(self) -> list[str]:
        return [one.id for one in self.papers]

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("保存するフォルダー"), str(Path.home()))
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, folder: Path) -> None:
        """Write each paper as a file of its own."""
        self._begin_after(self._ids(), partial(save_some, folder), partial(self._on_saved, folder))

    def _on_saved(self, folder: Path, finished: bool) -> None:
        if finished:
            self.toasts.show_message(
                _("{count}件を「{name}」に保存しました").format(
                    count=f"{self.after.done:,}", name=folder.name
                )
            )

    def _ask_mail_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("下書きを保存するフォルダー"), str(Path.home()))
        if chosen:
            self.mail_to(Path(chosen))

    def mail_to(self, folder: Path) -> None:
        """Write the draft of an e-mail for each paper."""
        self._begin_after(self._ids(), partial(mail_some, folder), partial(self._on_saved, folder))

    def _on_one(self) -> None:
        name = _("請求書_{month}").format(month=self._run.month.replace("-", ""))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("1つのPDFに保存"), str(Path.home() / f"{name}.pdf"), _("PDF（*.pdf）")
        )
        if chosen:
            self.save_as_one(Path(chosen))

    def save_as_one(self, target: Path) -> None:
        """Write all papers as one file."""
        self._begin_after(self._ids(), read_some, partial(self._merge, target))

    def _merge(self, target: Path, finished: bool) -> None:
        from ui.issuing.merging import write_merged

        if finished:
            pdfs = [one.pdf for one in self._files]
            self._session.tasks.paper.submit(
                "merge", write_merged, pdfs, target, done=self._on_merged, owner=self
            )

    def _on_merged(self, target: Path) -> None:
        self.toasts.show_message(_("「{name}」を保存しました").format(name=target.name))

    def _on_print(self) -> None:
        self._begin_after(self._ids(), read_some, self._print)

    def _print(self, finished: bool) -> None:
        if finished and self._files:
            self._printing = PrintRun(self._session.tasks, self, self._files, self._on_printed)
            if self._printing.start(self.windowTitle()):
                self._bar.show()
                self.stop_button.setEnabled(True)
                self._fit()

    def _on_printed(self, done: int, count: int) -> None:
        self._show_progress(done, count, None)
        if done >= count:
            self._bar.hide()
            self._fit()
            self.toasts.show_message(_("{count}件を印刷に送りました").format(count=f"{count:,}"))

    # --- trouble, room ------------------------------------------------------------------------------

    def _on_environment(self, problem: EnvironmentProblem) -> None:
        self._trouble = problem
        self._bar.hide()
        self._tell_trouble(problem, 0)
        self._fit()

    def _tell_trouble(self, problem: EnvironmentProblem, left: int) -> None:
        rest = _("残りは{count}件です。「続きを発行」で続けられます。").format(count=f"{left:,}")
        told = " ".join(part for part in (problem.kept, problem.remedy, rest if left else "") if part)
        self._tell("danger", "triangle-alert", problem.what, told)

    def _fit(self) -> None:
        self.adjustSize()

    def reject(self) -> None:
        """Close it; what is under way stops after what is at hand, and what is issued stays issued."""
        self._on_stop()
        super().reject()


def open_batch(page: QWidget, session: Session, run: Run, seqs: Sequence[int] | None = None) -> BatchDialog:
    """Open it above the window of a page. It dies when it is closed."""
    dialog = BatchDialog(page.window(), session, run, seqs)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
