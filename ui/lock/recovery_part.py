"""In the settings: whether there is a recovery code, and making a new one."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.usecases.desk import Desk
from app.usecases.permissions import Act
from app.usecases.vault_ports import Vault
from app.words import _
from ui.confirm_dialog import ConfirmDialog
from ui.lock.recovery_dialog import RecoveryDialog
from ui.operations.accounts import renew_recovery
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.strips import BusyBar
from ui.widgets.text import Label


def read_recovery(_desk: Desk, vault: Vault) -> bool:
    """On the database worker: whether a recovery code opens the key."""
    return vault.has_recovery()


class RecoveryPart(QWidget):
    """The code itself is shown once, in a dialog of its own, and kept nowhere."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kind = ""
        self.exists = False
        self.told = Label("", "panel", "text2", wrap=True)
        self.passphrase = TextField(secret=True)
        self.field = Field(_("いまのパスフレーズ"), self.passphrase)
        self.field.hide()
        self.make = Button("", "key-round")
        self.busy = BusyBar()
        self.dialog: RecoveryDialog | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        box.addWidget(self.told)
        box.addWidget(self.field)
        box.addWidget(self.busy)
        box.addLayout(row(self.make, None))
        self.make.clicked.connect(self._on_make)
        self.passphrase.edited.connect(self._on_edited)
        self._show()

    def show_kind(self, kind: str) -> None:
        """How the key is kept now; asks anew whether there is a code."""
        self._kind = kind
        self._show()
        if self._session.vault is not None:
            self._session.hub.look(read_recovery, self._session.vault, done=self._on_read, owner=self)

    def _on_read(self, exists: bool) -> None:
        self.exists = exists
        self._show()

    def _show(self) -> None:
        refused = self._session.refusal(Act.KEY)
        told = (
            _("復旧コードがあります。作り直すと、前のコードは使えなくなります。")
            if self.exists
            else _(
                "復旧コードがまだありません。パスフレーズを忘れたときや端末を移すときに、"
                "データを開くためのコードです。作って、紙を金庫などに保管してください。"
            )
        )
        self.told.set_text(refused or told)
        self.make.set_text(_("復旧コードを作り直す") if self.exists else _("復旧コードを作る"))
        self.make.setEnabled(not refused)
        self.field.setVisible(self._kind == "passphrase" and not refused)

    def _on_edited(self, _text: str) -> None:
        self.field.set_error("")

    def _on_make(self) -> None:
        vault = self._session.vault
        if vault is None:
            return
        if self.exists and not ConfirmDialog.ask(
            self,
            _("復旧コードを作り直しますか"),
            _(
                "いま控えてあるコードは、すぐに使えなくなります。新しいコードは、次の画面で一度だけ表示します。"
            ),
            _("作り直す"),
        ):
            return
        self.make.setEnabled(False)
        self.busy.start()
        passphrase = self.passphrase.edit.text() if self._kind == "passphrase" else None
        self._session.hub.run(
            renew_recovery, vault, passphrase,
            done=self._on_made, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_ended(self) -> None:
        self.busy.stop()
        self.make.setEnabled(True)

    def _on_made(self, code: str) -> None:
        self.passphrase.set_text("")
        session = self._session
        path = session.standing.status.path if session.standing is not None else ""
        self.dialog = RecoveryDialog(
            self, session.tasks, session.desk.draw, code, session.settings, session.today, path
        )
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _on_closed(self, _result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _on_refused(self, error: UserError) -> None:
        words = " ".join(one.sentence() for one in error.problems)
        if self.field.isHidden():
            self.told.set_text(words)
        else:
            self.field.set_error(words)
            self.passphrase.setFocus()
