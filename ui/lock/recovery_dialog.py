"""Shows a new recovery code, once: to be printed or written down, and then never seen again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem
from app.papers.issuer import Settings
from app.words import _
from ui.lock.code_view import CodeView
from ui.lock.fitting import fit
from ui.qt import Key
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Check
from ui.widgets.frame import Picture
from ui.widgets.layout import row
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.usecases.ports import Draw


def draw_sheet(draw: Draw, code: str, settings: Settings, day: date, path: str) -> bytes:
    """On the paper worker: the page to be locked away."""
    from app.papers.model import Images
    from app.papers.recovery_sheet import recovery_sheet

    return draw(recovery_sheet(code, settings, day, path), Images())


def write_sheet(target: Path, pdf: bytes) -> Path:
    """On the paper worker: the page as a file of this user alone."""
    from app.places import write_atomically

    write_atomically(target, pdf, private=True)
    return target


class RecoveryDialog(QDialog):
    """`open()` it. It closes when its reader says that the code is written down, or gives it up."""

    def __init__(
        self,
        parent: QWidget,
        tasks: Tasks,
        draw: Draw,
        code: str,
        settings: Settings,
        day: date,
        path: str = "",
    ) -> None:
        super().__init__(parent)
        s = theme.size
        self._tasks = tasks
        self._make = (draw_sheet, draw, code, settings, day, path)
        self._then: Callable[[bytes], None] | None = None
        self.setWindowTitle(_("復旧コード"))
        self.setFixedWidth(s.dialog_width + s.xl)
        self.code = CodeView(code)
        self.print_button = Button(_("印刷"), "printer")
        self.save_button = Button(_("PDFを保存"), "file-down")
        self.told = Label("", "caption", "text2", wrap=True)
        self.kept = Check(_("紙に控えて、端末とは別の場所に保管しました"))
        self.give_up = Button(_("控えずに閉じる"), kind="quiet")
        self.finish = Button(_("完了"), "check", "filled")
        self.finish.setEnabled(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addLayout(
            row(Picture("key-round", "accent", "icon_large"), Label(_("復旧コード"), "heading"), None)
        )
        box.addWidget(
            Label(
                _(
                    "パスフレーズを忘れたときや、この端末で鍵が見つからなくなったときに、データを開くためのコードです。"
                    "表示するのはこの一度だけで、どこにも保存しません。"
                ),
                "panel", "text2", wrap=True,
            )
        )  # fmt: skip
        box.addWidget(self.code)
        box.addLayout(row(self.print_button, self.save_button, None))
        box.addWidget(self.told)
        box.addWidget(self.kept)
        foot = row(self.give_up, None, self.finish)
        foot.setContentsMargins(-s.button_pad, 0, 0, 0)
        box.addLayout(foot)
        self.told.hide()
        self.kept.toggled.connect(self.finish.setEnabled)
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.finish.clicked.connect(self.accept)
        self.give_up.clicked.connect(self.reject)
        tasks.environment_problem.connect(self._on_environment)
        self.print_button.setFocus()
        fit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Key.Key_Escape:  # too easily pressed for something that is shown once
            super().keyPressEvent(event)

    def _drawn(self, then: Callable[[bytes], None]) -> None:
        self._then = then
        self._tasks.paper.submit("recovery", *self._make, done=self._on_drawn, owner=self)

    def _on_drawn(self, pdf: bytes) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(pdf)

    def _on_print(self) -> None:
        self._drawn(self._print)

    def _print(self, pdf: bytes) -> None:
        from ui.issuing.printing import ask_and_print

        ask_and_print(self._tasks, self, _("復旧コードの控え"), pdf, self._on_printed, 1)

    def _on_printed(self, _pages: int) -> None:
        self._say(_("印刷に送りました。紙を確かめてから「完了」を押してください。"))

    def _on_save(self) -> None:
        self._drawn(self._save)

    def _save(self, pdf: bytes) -> None:
        name = _("復旧コードの控え") + ".pdf"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("PDFを保存"), str(Path.home() / name), _("PDF（*.pdf）")
        )
        if chosen:
            self.write(Path(chosen), pdf)

    def write(self, target: Path, pdf: bytes) -> None:
        """Write the page; it says where it must not stay."""
        self._tasks.paper.submit("save", write_sheet, target, pdf, done=self._on_saved, owner=self)

    def _on_saved(self, target: Path) -> None:
        self._say(
            _("「{name}」を保存しました。印刷したら、ファイルはこの端末から消してください。").format(
                name=target.name
            )
        )

    def _on_environment(self, problem: EnvironmentProblem) -> None:
        self._say(str(problem))

    def _say(self, words: str) -> None:
        self.told.set_text(words)
        self.told.setVisible(bool(words))
        fit(self)
