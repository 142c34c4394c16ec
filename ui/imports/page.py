"""台帳の取込み: choose a file, match its columns, try, bring it in, take it back."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from app.errors import UserError
from app.usecases.desk import Desk
from app.usecases.permissions import Act
from app.words import _
from ui.confirm_dialog import ConfirmDialog
from ui.imports.columns_form import ColumnsForm
from ui.imports.rows import (
    counts,
    import_columns,
    import_sections,
    problem_columns,
    problem_sections,
    verdict,
)
from ui.lock.gate import Gate
from ui.operations.imports import Watch, bring_in, take_back
from ui.session import Session
from ui.theme import theme
from ui.unsaved import Unsaved
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import column, holding, on_surface, row, rule, scrolling
from ui.widgets.sheet import Sheet
from ui.widgets.strips import AdviceStrip, BusyBar, EmptyState, Toasts
from ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.contract.imported import Import
    from app.usecases.import_ledger import Trial
    from app.usecases.ledger_file import Ledger

_TELL_EVERY_MS = 100


def read_file(_desk: Desk, path: Path) -> Ledger:
    """On the database worker: the file as rows of texts. Raises UserError, EnvironmentProblem."""
    from app.usecases.ledger_file import read_ledger

    return read_ledger(path)


def try_file(desk: Desk, ledger: Ledger, columns: dict[str, int]) -> Trial:
    """On the database worker: what an import would do."""
    from app.usecases.import_ledger import try_import

    return try_import(desk, ledger, columns)


def read_imports(desk: Desk) -> list[Import]:
    """On the database worker: earlier imports."""
    from app.usecases.import_ledger import imports

    return imports(desk)


class ImportPage(QWidget):
    """`back_wanted` asks for the page behind; `imported` says that contracts came in."""

    back_wanted = Signal()
    imported = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self.ledger: Ledger | None = None
        self.trial: Trial | None = None
        self._path = Path()
        self._watch: Watch | None = None
        on_surface(self, "panel")
        self.name = ElidedLabel("", "panel", "text2")
        self.choose_button = Button(_("ファイルを選ぶ"), "folder-open")
        self.try_button = Button(_("もう一度試す"), "refresh-cw")
        self.import_button = Button(_("取り込む"), "download", kind="filled", key="Ctrl+Enter")
        Gate(self.import_button, session, Act.IMPORT)
        self.stop_button = Button(_("止める"), "x")
        self.busy = BusyBar()
        self.progress = QProgressBar()
        self.verdict = AdviceStrip(icon="circle-check")
        self.columns = ColumnsForm()
        self.left = Unsaved(session, "import", self.columns.columns, self.columns.put, self)
        self.problems = Sheet(problem_columns(), name=_("直すところ"))
        self.earlier = Sheet(import_columns(), name=_("これまでの取込み"))
        self.empty = EmptyState(
            "download",
            _("いまの台帳を取り込みます"),
            _(
                "見出しの行があるExcel（xlsx）かCSVを選んでください。試してから取り込み、まとめて取り消せます。"
            ),
            _("ファイルを選ぶ"),
        )
        self._teller = QTimer(self)
        self._teller.setInterval(_TELL_EVERY_MS)
        self._teller.timeout.connect(self._on_tell)
        self._build()
        self._connect()
        self._show_state()

    def _build(self) -> None:
        s = theme.size
        back = IconButton("arrow-left", _("契約に戻る（Esc）"), key="Esc")
        back.clicked.connect(self.back_wanted)
        head_box = row(
            back,
            Label(_("台帳の取込み"), "title"),
            self.name,
            self.choose_button,
            self.try_button,
            self.stop_button,
            self.import_button,
        )
        head_box.setContentsMargins(s.s, 0, s.l, 0)
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(s.xs)
        self.empty_part = holding(column(self.empty, pad=("", "xl")))
        self.verdict_part = holding(column(self.verdict, self.left.strip, pad="l", gap="s"))
        self.problems_part = _part(_("直すところ"), self.problems)
        self.columns_part = _part(_("列の対応"), self.columns)
        self.earlier_part = _part(_("これまでの取込み"), self.earlier)
        content = QWidget()
        content.setLayout(
            column(
                self.empty_part,
                self.verdict_part,
                self.problems_part,
                self.columns_part,
                self.earlier_part,
                None,
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for part in (head, self.busy, self.progress):
            outer.addWidget(part)
        outer.addWidget(scrolling(content), 1)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self.choose)
        self.empty.accepted.connect(self.choose)
        self.try_button.clicked.connect(self._on_try)
        self.import_button.clicked.connect(self._on_import)
        self.stop_button.clicked.connect(self._on_stop)
        self.columns.changed.connect(self._try)
        self.columns.changed.connect(self.left.note)
        self.earlier.opened.connect(self._on_take_back)

    def arrive(self) -> None:
        """Somebody came here."""
        self._read_earlier()
        (self.choose_button if self.ledger is not None else self.empty).setFocus()

    def _show_state(self) -> None:
        """What can be seen and pressed now."""
        running = self._watch is not None
        read, tried = self.ledger is not None, self.trial is not None
        sound = self.trial is not None and not self.trial.problems
        self.empty_part.setVisible(not read)
        self.choose_button.setVisible(read and not running)
        self.try_button.setVisible(read and not running)
        self.stop_button.setVisible(running)
        self.progress.setVisible(running)
        self.import_button.setVisible(read)
        self.import_button.setEnabled(sound and not running)
        self.verdict_part.setVisible(tried)
        self.problems_part.setVisible(tried and not sound)
        self.columns_part.setVisible(read)
        self.columns.setEnabled(not running)

    # --- choosing and trying ---

    def choose(self) -> None:
        """Ask for a file."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("取り込む台帳を選ぶ"), str(self._path.parent), _("台帳 (*.xlsx *.csv *.txt)")
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Read a file, guess its columns and try; nothing is kept yet."""
        self._path = path
        self.busy.start()
        self._session.hub.look(
            read_file, path, done=self._on_read, failed=self._on_unread, ended=self.busy.stop, owner=self
        )

    def _on_read(self, ledger: Ledger) -> None:
        from app.usecases.ledger_columns import guess_columns

        again = self.ledger is not None and self.ledger.heads == ledger.heads
        guessed = guess_columns(ledger.heads)
        columns = self.columns.columns() if again else guessed
        self.ledger, self.trial = ledger, None
        self.name.set_text(
            _("{name}（{count}行）").format(name=ledger.file_name, count=f"{len(ledger.rows):,}")
        )
        self.columns.show_ledger(ledger, columns)
        heads = sha256("\n".join(ledger.heads).encode()).hexdigest()
        self.left.open(heads, guessed)  # what was chosen by hand outlives the window
        self._try()

    def _on_unread(self, error: UserError) -> None:
        self.trial = None
        problem = error.problems[0]
        self._say("danger", "circle-alert", problem.what, problem.remedy)

    def _on_try(self) -> None:
        self.open_file(self._path)

    def _try(self) -> None:
        if self.ledger is None:
            return
        self.trial = None
        self._show_state()
        self.busy.start()
        self._session.hub.look(
            try_file,
            self.ledger,
            self.columns.columns(),
            done=self._on_tried,
            failed=self._on_refused,
            ended=self.busy.stop,
            owner=self,
        )

    def _on_tried(self, trial: Trial) -> None:
        if trial.ledger is not self.ledger:
            return
        self.trial = trial
        self.problems.set_sections(problem_sections(trial.problems))
        self._show_state()
        self._say(*verdict(trial))
        if not self.columns.isAncestorOf(self.focusWidget() or self):
            (self.problems if trial.problems else self.import_button).setFocus()

    def _on_refused(self, error: UserError) -> None:
        self._show_state()
        said = " ".join(problem.sentence() for problem in error.problems)
        self._say("danger", "circle-alert", _("まだ取り込めません"), said)

    def _say(self, meaning: str, icon: str, title: str, detail: str) -> None:
        self.verdict.set_meaning(meaning, icon)
        self.verdict.set_words(title, detail)
        self.verdict_part.show()

    # --- bringing in ---

    def _on_import(self) -> None:
        if self.trial is None or self.trial.problems or self._watch is not None:
            return
        self._watch = Watch()
        self._show_state()
        self._teller.start()
        self._session.hub.run(
            bring_in,
            self.trial,
            self._watch,
            done=self._on_imported,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_tell(self) -> None:
        if self._watch is not None and self._watch.all:
            self.progress.setRange(0, self._watch.all)
            self.progress.setValue(self._watch.done)

    def _on_stop(self) -> None:
        if self._watch is not None:
            self._watch.stop()

    def _on_ended(self) -> None:
        self._watch = None
        self._teller.stop()
        self.progress.reset()
        self._show_state()

    def _on_imported(self, done: Import | None) -> None:
        if done is None:
            self._say("note", "info", _("取込みを止めました"), _("何も取り込んでいません。"))
            return
        self.left.done()
        self.ledger = self.trial = None
        self.name.set_text("")
        self._show_state()
        told = _("取り込みました：{counts}").format(counts=counts(done.customers, done.contracts, done.facts))
        self._toasts.show_message(told)
        self._read_earlier()
        self.imported.emit()

    # --- earlier imports ---

    def _read_earlier(self) -> None:
        self._session.hub.look(read_imports, done=self._on_earlier, owner=self)

    def _on_earlier(self, imports: list[Import]) -> None:
        self.earlier.set_sections(import_sections(imports))
        self.earlier_part.setVisible(bool(imports))

    def _on_take_back(self, link: Import) -> None:
        told = counts(link.customers, link.contracts, link.facts)
        if ConfirmDialog.ask(
            self,
            _("取込みを取り消しますか"),
            _(
                "「{name}」で取り込んだもの（{counts}）が、一覧と毎月の請求から消えます。"
                "記録は残ります。取り込んだあとに変更したものがあるときは、取り消しません。"
            ).format(name=link.file_name, counts=told),
            _("取込みを取り消す"),
            danger=True,
        ):
            self._session.hub.run(
                take_back, link.id, done=self._on_taken_back, failed=self._on_refused, owner=self
            )

    def _on_taken_back(self, _nothing: None) -> None:
        self._toasts.show_message(_("取込みを取り消しました"))
        self._read_earlier()
        self.imported.emit()


def _part(title: str, content: QWidget) -> QWidget:
    """A titled part of the page."""
    s = theme.size
    heading = column(Label(title, "heading"))
    heading.setContentsMargins(s.l, s.m, s.l, s.s)
    part = QWidget()
    part.setLayout(column(heading, rule(), content))
    return part
