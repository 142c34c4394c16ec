"""控えから始める: a new laptop takes up the data of a backup, with what opens it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem, UserError
from app.words import _
from ui.lock.code_field import CodeField
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import on_surface, row
from ui.widgets.strips import AdviceStrip, BusyBar
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.usecases.ports import Storage
    from app.usecases.vault_ports import Vault

_RING = frozenset({"key-not-in-keyring", "keyring-unavailable"})


def begin_with(vault: Vault, backup: Path, passphrase: str, code: str) -> Storage | EnvironmentProblem:
    """On the database worker: put the backup where the data belong, and open it; what the machine refuses
    comes back, and then nothing is there.

    Raises UserError (``passphrase-needed``, ``wrong-passphrase`` and those of the recovery code).
    """
    try:
        vault.restore_new(backup, passphrase or None, code)
        return vault.open_with_recovery(code) if code else vault.open(passphrase or None)
    except EnvironmentProblem as problem:
        return problem


class FromBackupDialog(QDialog):
    """Asks for the file, and for passphrase or recovery code once it turns out which is needed.

    ``opened`` carries the opened storage and the recovery code ("" where none was used).
    """

    opened = Signal(object, str)

    def __init__(self, parent: QWidget | None, tasks: Tasks, vault: Vault) -> None:
        super().__init__(parent)
        self._tasks, self._vault = tasks, vault
        self._path: Path | None = None
        self._storage: Storage | None = None
        self._way = ""  # "passphrase" or "code", once it is known
        self.setWindowTitle(_("控えから始める"))
        on_surface(self, "panel")
        self.setFixedWidth(theme.ems(40))
        self.pick = Button(_("控えのファイルを選ぶ"), "folder-open")
        self.chosen = Label("", "body", wrap=True)
        self.passphrase = TextField(secret=True)
        self.passphrase_field = Field(_("パスフレーズ"), self.passphrase, _("前の端末で使っていたものです。"))
        self.code = CodeField()
        self.code_field = Field(_("復旧コード"), self.code, _("控えの紙にある28文字です。"))
        self.way_button = Button("", kind="quiet")
        self.strip = AdviceStrip(meaning="danger", icon="triangle-alert")
        self.busy = BusyBar()
        self.cancel_button = Button(_("やめる"))
        self.begin_button = Button(_("この控えで始める"), "rotate-ccw", "filled")
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        s = theme.size
        about = Label(
            _(
                "前の端末で取った控え（madoguchi-….db）を選んでください。同じフォルダーに、鍵のファイル"
                "（madoguchi.key）も必要です。控えのファイルはそのまま残ります。"
            ),
            "body",
            "text2",
            wrap=True,
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.addWidget(Label(_("控えから始める"), "heading"))
        box.addWidget(about)
        box.addLayout(row(self.pick, None))
        for widget in (self.chosen, self.passphrase_field, self.code_field, self.strip):
            box.addWidget(widget)
        box.addWidget(self.busy)
        foot = row(self.way_button, None, self.cancel_button, self.begin_button)
        foot.setContentsMargins(-s.button_pad, 0, 0, 0)
        box.addLayout(foot)

    def _connect(self) -> None:
        self.pick.clicked.connect(self._on_pick)
        self.way_button.clicked.connect(self._on_way)
        self.cancel_button.clicked.connect(self.reject)
        self.begin_button.clicked.connect(self.begin)
        for entry in (self.passphrase, self.code):
            entry.edited.connect(self._on_typed)
            entry.edit.returnPressed.connect(self.begin)

    def _show(self, problem: tuple[str, str] = ("", "")) -> None:
        self.chosen.setVisible(self._path is not None)
        self.passphrase_field.setVisible(self._way == "passphrase")
        self.code_field.setVisible(self._way == "code")
        self.way_button.setVisible(bool(self._way))
        by_code = self._way == "code"
        self.way_button.set_text(_("パスフレーズで開く") if by_code else _("復旧コードで開く"))
        self.strip.set_words(*problem)
        self.strip.setVisible(bool(problem[0]))
        self.begin_button.setEnabled(self._path is not None)
        box = self.layout()
        if box is not None:
            box.activate()
            self.resize(self.width(), box.totalHeightForWidth(self.width()))

    def _on_pick(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self,
            _("控えを選ぶ"),
            str(Path.home()),
            _("控え（madoguchi*.db）") + ";;" + _("すべてのファイル（*）"),
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """The backup to begin with."""
        self._path, self._way = path, ""
        self.chosen.set_text(str(path))
        self._show()
        self.begin_button.setFocus()

    def _on_way(self) -> None:
        self._ask_for("passphrase" if self._way == "code" else "code")

    def _ask_for(self, way: str) -> None:
        self._way = way
        self._show()
        (self.code if way == "code" else self.passphrase).setFocus()

    def _on_typed(self, _text: str) -> None:
        self.passphrase_field.set_error("")
        self.code_field.set_error("")

    def begin(self) -> None:
        """Take up the data of the backup."""
        if self._path is None or not self.begin_button.isEnabled():
            return
        self.begin_button.setEnabled(False)
        self.busy.start()
        self._tasks.database.submit(
            begin_with, self._vault, self._path, *self._typed(),
            done=self._on_begun, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _typed(self) -> tuple[str, str]:
        return (
            self.passphrase.edit.text() if self._way == "passphrase" else "",
            self.code.edit.text() if self._way == "code" else "",
        )

    def _on_ended(self) -> None:
        self.busy.stop()
        self.begin_button.setEnabled(True)

    def _on_begun(self, begun: Storage | EnvironmentProblem) -> None:
        if not isinstance(begun, EnvironmentProblem):
            self.accept()
            self.opened.emit(begun, self._typed()[1])
        elif begun.code in _RING and self._way != "code":
            self._ask_for("code")
        else:
            self._show((begun.what, " ".join(one for one in (begun.kept, begun.remedy) if one)))

    def _on_refused(self, error: UserError) -> None:
        if error.code == "passphrase-needed" and self._way != "passphrase":
            self._ask_for("passphrase")
            return
        words = " ".join(one.sentence() for one in error.problems)
        (self.code_field if self._way == "code" else self.passphrase_field).set_error(words)
        self._show()
