"""改定版の追加: a file checked, what it would change, whose quotations it touches, and the adding itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.tariff.diff_words import edition_words
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.words import _
from ui.operations.tariffs import add_file
from ui.session import Session
from ui.tariffs.rows import (
    change_columns,
    diff_sections,
    diff_words,
    edition_columns,
    edition_sections,
    problem_columns,
    problem_sections,
)
from ui.tariffs.touched_view import Change, TouchedView
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import clear, column, holding, on_surface, row, rule, scrolling
from ui.widgets.sheet import Sheet
from ui.widgets.strips import AdviceStrip, BusyBar
from ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from app.tariff.diff import EditionDiff
    from app.tariff.model import Edition
    from app.usecases.keep_tariffs import TariffFile


@dataclass(frozen=True)
class CheckedFile:
    """A checked file, and each of its editions held against the one whose place it takes."""

    file: TariffFile
    differences: tuple[tuple[Edition, EditionDiff | None], ...]


def read_checked(desk: Desk, path: Path) -> CheckedFile:
    """On the database worker: check a file, and compare. Raises EnvironmentProblem."""
    from app.tariff.diff import compare_editions
    from app.usecases.keep_tariffs import check_file

    file = check_file(desk, path)
    found = []
    for edition in file.editions:
        before = file.predecessor(edition)
        found.append((edition, compare_editions(before, edition) if before is not None else None))
    return CheckedFile(file, tuple(found))


class AddPage(QWidget):
    """`back_wanted` asks for the page behind; `added` carries the code of the service and the key of the
    first edition added; `quotation_wanted` the id of a quotation.
    """

    back_wanted = Signal()
    added = Signal(str, str)
    quotation_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._path = Path()
        self._checked: CheckedFile | None = None
        self._saving = False
        on_surface(self, "panel")
        self.name = ElidedLabel("", "panel", "text2")
        self.other = Button(_("別のファイル"), "folder-open")
        self.again = Button(_("もう一度調べる"), "refresh-cw")
        self.add = Button(_("追加する"), "plus", kind="filled", key="Ctrl+Enter")
        self.busy = BusyBar()
        self.verdict = AdviceStrip(icon="circle-check")
        self._found = QVBoxLayout()
        self._found.setSpacing(0)
        self.touched_title = Label(_("影響する見積"), "heading")
        self.touched = TouchedView(session.hub, narrow=False)
        self._build()
        self.other.clicked.connect(self.choose)
        self.again.clicked.connect(self._on_again)
        self.add.clicked.connect(self._on_add)
        self.touched.opened.connect(self.quotation_wanted)

    def _build(self) -> None:
        s = theme.size
        back = IconButton("arrow-left", _("料金・規約に戻る（Esc）"), key="Esc")
        back.clicked.connect(self._on_back)
        head_box = row(back, Label(_("改定版の追加"), "title"), self.name, self.other, self.again, self.add)
        head_box.setContentsMargins(s.s, 0, s.l, 0)
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        self.content = QWidget()
        padded = column(self.verdict, pad="l")
        touched = column(self.touched_title, self.touched.state, gap="xs")
        touched.setContentsMargins(s.l, s.xl, s.l, s.s)
        self._touched_part = QWidget()
        self._touched_part.setLayout(column(touched, self.touched.sheet))
        self.content.setLayout(column(padded, self._found, self._touched_part, None))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self.busy)
        outer.addWidget(scrolling(self.content), 1)
        self.content.hide()

    # --- choosing and checking ---

    def choose(self) -> None:
        """Ask for a file."""
        name, _kind = QFileDialog.getOpenFileName(
            self, _("追加する改定版を選ぶ"), str(self._path.parent), "TOML (*.toml)"
        )
        if name:
            self.check(Path(name))

    def check(self, path: Path) -> None:
        """Read a file and tell everything about it; nothing is kept yet."""
        self._path = path
        self._checked = None
        self.name.set_text(path.name)
        self.add.setEnabled(False)
        self.content.hide()
        self.touched.clear()
        self.busy.start()
        self._session.hub.look(read_checked, path, done=self._on_checked, ended=self.busy.stop, owner=self)

    @property
    def checked(self) -> CheckedFile | None:
        """What came of the check."""
        return self._checked

    def _on_again(self) -> None:
        self.check(self._path)

    def _on_checked(self, checked: CheckedFile) -> None:
        if checked.file.path != self._path:
            return
        self._checked = checked
        clear(self._found)
        if checked.file.problems:
            self._show_problems(checked.file)
        else:
            self._show_changes(checked)
        self.content.show()

    def _show_problems(self, file: TariffFile) -> None:
        self.verdict.set_meaning("danger", "circle-alert")
        self.verdict.set_words(
            _("このファイルは追加できません（誤り{count}件）").format(count=len(file.problems)),
            _("直して保存してから「もう一度調べる」を押してください。いまの料金表はそのままです。"),
        )
        sheet = Sheet(problem_columns(), name=_("ファイルの誤り"))
        sheet.set_sections(problem_sections(file.problems))
        self._found.addWidget(sheet)
        self._touched_part.hide()
        sheet.setFocus()

    def _show_changes(self, checked: CheckedFile) -> None:
        file = checked.file
        assert file.service is not None
        assert file.after is not None
        name = words(file.service.short)
        self.verdict.set_meaning("good", "circle-check")
        if file.new:
            title = _("誤りはありません。新しいサービス「{service}」です").format(service=name)
        else:
            editions = _("、").join(edition_words(edition) for edition, _diff in checked.differences)
            title = _("誤りはありません。「{service}」の{editions}の版です").format(
                service=name, editions=editions
            )
        self.verdict.set_words(
            title, _("追加すると、この先の見積に使われます。発行済みの見積は変わりません。")
        )
        for edition, diff in checked.differences:
            self._add_edition(edition, diff)
        self._touched_part.setVisible(not file.new)
        if not file.new:
            self.touched.look_for(Change((file.service.code,), file.after))
        self.add.setEnabled(True)
        self.add.setFocus()

    def _add_edition(self, edition: Edition, diff: EditionDiff | None) -> None:
        s = theme.size
        if diff is None:
            title, said = edition_words(edition), ""
            sheet = Sheet(edition_columns(), name=title)
            topics = {reading.name: words(reading.topic) for reading in edition.readings}
            sheet.set_sections(edition_sections(edition, {}, topics))
        else:
            title = _("{after}の版で変わるところ").format(after=edition_words(edition))
            said = _("{before}の版と比べた違いです。").format(before=edition_words(diff.before)) + diff_words(
                diff
            )
            sheet = Sheet(change_columns(), name=title)
            sheet.set_sections(diff_sections(diff))
        head = column(Label(title, "heading"), Label(said, "panel", "text2", wrap=True), gap="xs")
        head.setContentsMargins(s.l, s.s, s.l, s.s)
        self._found.addLayout(head)
        self._found.addWidget(rule())
        self._found.addWidget(sheet)

    # --- adding ---

    def _on_add(self) -> None:
        if self._checked is None or self._checked.file.problems or self._saving:
            return
        self._saving = True
        self.add.setEnabled(False)
        self.busy.start()
        self._session.hub.run(
            add_file,
            self._checked.file,
            done=self._on_added,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_ended(self) -> None:
        self._saving = False
        self.busy.stop()
        self.add.setEnabled(self._checked is not None and not self._checked.file.problems)

    def _on_added(self, _path: Path) -> None:
        checked = self._checked
        assert checked is not None
        assert checked.file.service is not None
        first = checked.file.editions[0] if checked.file.editions else None
        key = first.start.isoformat() if first is not None and first.start else "undated"
        self.touched.stop()
        self.added.emit(checked.file.service.code, key)

    def _on_refused(self, error: UserError) -> None:
        self.verdict.set_meaning("danger", "circle-alert")
        problem = error.problems[0]
        self.verdict.set_words(problem.what, " ".join(part for part in (problem.why, problem.remedy) if part))

    def _on_back(self) -> None:
        self.touched.stop()
        self.back_wanted.emit()
