"""The question for the passphrase, each time the program opens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem, UserError
from app.words import _, pgettext
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.frame import Picture
from ui.widgets.layout import row
from ui.widgets.strips import BusyBar
from ui.widgets.text import Label


class UnlockDialog(QDialog):
    """Use `ask`. The attempt runs on the database worker, so that the window stays alive."""

    def __init__(self, tasks: Tasks, attempt: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = theme.size
        self._tasks = tasks
        self._attempt = attempt
        self.setWindowTitle(pgettext("program", "窓口"))
        self.setFixedWidth(s.dialog_width)
        self.passphrase = TextField(secret=True)
        self.field = Field(_("パスフレーズ"), self.passphrase)
        self.open_button = Button(_("開く"), "lock-open", "filled")
        self.quit_button = Button(_("終了"), kind="quiet")
        self.busy = BusyBar()
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.addLayout(
            row(Picture("lock", "accent", "icon_large"), Label(_("データを開きます"), "heading"), None)
        )
        box.addWidget(
            Label(_("この端末のデータはパスフレーズで守られています。"), "panel", "text2", wrap=True)
        )
        box.addWidget(self.field)
        box.addWidget(self.busy)
        box.addLayout(row(None, self.quit_button, self.open_button))
        self.open_button.clicked.connect(self.try_open)
        self.quit_button.clicked.connect(self.reject)
        self.passphrase.edit.returnPressed.connect(self.try_open)
        self.passphrase.edited.connect(self._on_edited)
        tasks.environment_problem.connect(self._on_environment)
        self.passphrase.setFocus()
        self._fit()

    def try_open(self) -> None:
        """Try what was typed."""
        if not self.open_button.isEnabled():
            return
        self.open_button.setEnabled(False)
        self.busy.start()
        self._tasks.database.submit(
            self._attempt,
            self.passphrase.edit.text(),
            done=self._on_opened,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_ended(self) -> None:
        self.open_button.setEnabled(True)
        self.busy.stop()

    def _on_edited(self, _text: str) -> None:
        self._say("")

    def _on_opened(self, _result: object) -> None:
        self.accept()

    def _on_refused(self, error: UserError) -> None:
        self._say(" ".join(problem.sentence() for problem in error.problems))
        self.passphrase.edit.clear()  # what can't be read can't be mended
        self.passphrase.setFocus()

    def _on_environment(self, problem: EnvironmentProblem) -> None:
        self._say(str(problem))

    def _say(self, words: str) -> None:
        self.field.set_error(words)
        self._fit()

    def _fit(self) -> None:
        """As high as the words need at this width; Qt would ask how high they are when they are narrow."""
        box = self.layout()
        if box is not None:
            box.activate()
            self.resize(self.width(), box.totalHeightForWidth(self.width()))

    @classmethod
    def ask(cls, tasks: Tasks, attempt: Callable[[str], object], parent: QWidget | None = None) -> bool:
        """Ask until `attempt(passphrase)` raises nothing. False: the user gave up."""
        dialog = cls(tasks, attempt, parent)
        try:
            return dialog.exec() == QDialog.DialogCode.Accepted
        finally:
            dialog.deleteLater()
