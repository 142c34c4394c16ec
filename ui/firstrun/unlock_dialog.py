"""The question for the passphrase, each time the program opens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem, UserError
from app.words import _, pgettext
from ui.lock.code_field import CodeField
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

    def __init__(
        self,
        tasks: Tasks,
        attempt: Callable[[str], object],
        parent: QWidget | None = None,
        by_code: Callable[[str], object] | None = None,
        *,
        code_only: bool = False,
    ) -> None:
        super().__init__(parent)
        s = theme.size
        self._tasks = tasks
        self._attempt = attempt
        self._by_code = by_code
        self._code_only = code_only
        self.used_code = self._tried = ""
        self.setWindowTitle(pgettext("program", "窓口"))
        self.setFixedWidth(s.dialog_width)
        self.passphrase = TextField(secret=True)
        self.field = Field(_("パスフレーズ"), self.passphrase)
        self.open_button = Button(_("開く"), "lock-open", "filled")
        self.quit_button = Button(_("閉じる") if code_only else _("終了"), kind="quiet")
        self.code = CodeField()
        self.code_field = Field(_("復旧コード"), self.code, _("控えの紙にある28文字です。"))
        self.way_button = Button(_("復旧コードで開く"), kind="quiet")
        self.told = Label(_("この端末のデータはパスフレーズで守られています。"), "panel", "text2", wrap=True)
        self.busy = BusyBar()
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.addLayout(
            row(Picture("lock", "accent", "icon_large"), Label(_("データを開きます"), "heading"), None)
        )
        box.addWidget(self.told)
        box.addWidget(self.field)
        box.addWidget(self.code_field)
        box.addWidget(self.busy)
        foot = row(self.way_button, None, self.quit_button, self.open_button)
        foot.setContentsMargins(-s.button_pad, 0, 0, 0)
        box.addLayout(foot)
        self.way_button.clicked.connect(self._on_way)
        self.way_button.setVisible(by_code is not None and not code_only)
        self.code.edit.returnPressed.connect(self.try_open)
        self.code.edited.connect(self._on_edited)
        self.open_button.clicked.connect(self.try_open)
        self.quit_button.clicked.connect(self.reject)
        self.passphrase.edit.returnPressed.connect(self.try_open)
        self.passphrase.edited.connect(self._on_edited)
        tasks.environment_problem.connect(self._on_environment)
        self._show_way(by_code=code_only)

    def _on_way(self) -> None:
        self._show_way(by_code=self.code_field.isHidden())

    def _show_way(self, *, by_code: bool) -> None:
        """Ask for the passphrase, or for the recovery code."""
        self.field.setVisible(not by_code)
        self.code_field.setVisible(by_code)
        self.way_button.set_text(_("パスフレーズで開く") if by_code else _("復旧コードで開く"))
        if self._code_only:
            self.told.set_text(
                _(
                    "この端末に、データの鍵が見つかりません。復旧コードがあれば開けます。データは変わっていません。"
                )
            )
        elif by_code:
            self.told.set_text(_("パスフレーズを忘れたときは、控えの紙にある復旧コードで開けます。"))
        else:
            self.told.set_text(_("この端末のデータはパスフレーズで守られています。"))
        self._say("")
        (self.code if by_code else self.passphrase).setFocus()
        self._fit()

    def try_open(self) -> None:
        """Try what was typed."""
        if not self.open_button.isEnabled():
            return
        self.open_button.setEnabled(False)
        self.busy.start()
        by_code = self._by_code if not self.code_field.isHidden() else None
        typed = self.passphrase.edit.text() if by_code is None else self.code.edit.text()
        self._tried = typed if by_code is not None else ""
        self._tasks.database.submit(
            by_code or self._attempt,
            typed,
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
        self.used_code = self._tried
        self.accept()

    def _on_refused(self, error: UserError) -> None:
        self._say(" ".join(problem.sentence() for problem in error.problems))
        if self.code_field.isHidden():
            self.passphrase.edit.clear()  # what can't be read can't be mended
            self.passphrase.setFocus()

    def _on_environment(self, problem: EnvironmentProblem) -> None:
        self._say(str(problem))

    def _say(self, words: str) -> None:
        self.field.set_error(words if self.code_field.isHidden() else "")
        self.code_field.set_error("" if self.code_field.isHidden() else words)
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
        return cls.ask_any(tasks, attempt, None, parent) is not None

    @classmethod
    def ask_any(
        cls,
        tasks: Tasks,
        attempt: Callable[[str], object],
        by_code: Callable[[str], object] | None,
        parent: QWidget | None = None,
        *,
        code_only: bool = False,
    ) -> str | None:
        """As `ask`; `by_code(code)` opens with the recovery code. Returns the code that opened, "" where the
        passphrase did, None where the user gave up.
        """
        dialog = cls(tasks, attempt, parent, by_code, code_only=code_only)
        try:
            return dialog.used_code if dialog.exec() == QDialog.DialogCode.Accepted else None
        finally:
            dialog.deleteLater()
