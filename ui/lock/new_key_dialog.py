"""After the recovery code opened the data: how the key is kept from now on."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.usecases.vault_ports import KeyKind
from app.words import _
from ui.lock.fitting import fit
from ui.lock.strength import StrengthHint
from ui.operations.accounts import change_after_recovery
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.entries import TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.frame import Picture
from ui.widgets.layout import row
from ui.widgets.strips import BusyBar
from ui.widgets.text import Label


class NewKeyDialog(QDialog):
    """`open()` it with the code that opened the data. The code goes on working."""

    def __init__(self, parent: QWidget, session: Session, code: str) -> None:
        super().__init__(parent)
        s = theme.size
        self._session = session
        self._code = code
        self.setWindowTitle(_("新しいパスフレーズ"))
        self.setFixedWidth(s.dialog_width)
        self.new = TextField(secret=True)
        self.again = TextField(secret=True)
        self.fields = {
            "passphrase": Field(_("新しいパスフレーズ"), self.new),
            "again": Field(_("もう一度"), self.again),
        }
        StrengthHint(self.fields["passphrase"], self.new, self._own)
        self.wrong = Label("", "caption", "danger", wrap=True)
        self.wrong.hide()
        self.later = Button(_("あとで決める"), kind="quiet")
        self.save = Button(_("決める"), "key-round", "filled")
        self.busy = BusyBar()
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addLayout(
            row(Picture("key-round", "accent", "icon_large"), Label(_("新しいパスフレーズ"), "heading"), None)
        )
        box.addWidget(
            Label(
                _("復旧コードで開きました。次からのパスフレーズを決めてください。復旧コードはこれからも使えます。"),
                "panel", "text2", wrap=True,
            )
        )  # fmt: skip
        for field in self.fields.values():
            box.addWidget(field)
        box.addWidget(self.wrong)
        box.addWidget(self.busy)
        foot = row(self.later, None, self.save)
        foot.setContentsMargins(-s.button_pad, 0, 0, 0)
        box.addLayout(foot)
        self.save.clicked.connect(self.try_save)
        self.later.clicked.connect(self.reject)
        self.again.edit.returnPressed.connect(self.try_save)
        for entry in (self.new, self.again):
            entry.edited.connect(self._on_edited)
        self.new.setFocus()
        fit(self)

    def _own(self) -> tuple[str, ...]:
        return own_words(self._session)

    def _on_edited(self, _text: str) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.wrong.hide()
        fit(self)

    def try_save(self) -> None:
        """Keep the key with what was typed."""
        vault = self._session.vault
        if vault is None or not self.save.isEnabled():
            return
        if self.new.edit.text() != self.again.edit.text():
            self.fields["again"].set_error(_("2回の入力が違います。同じものを入力してください。"))
            fit(self)
            return
        kind: KeyKind = "passphrase"
        self.save.setEnabled(False)
        self.busy.start()
        self._session.hub.run(
            change_after_recovery, vault, self._code, kind, self.new.edit.text(),
            done=self._on_saved, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_ended(self) -> None:
        self.save.setEnabled(True)
        self.busy.stop()

    def _on_saved(self, _kind: KeyKind) -> None:
        self.accept()

    def _on_refused(self, error: UserError) -> None:
        left = show_problems(self.fields, error)
        self.wrong.set_text(" ".join(left))
        self.wrong.setVisible(bool(left))
        fit(self)


def own_words(session: Session) -> tuple[str, ...]:
    """What anybody here would try first as a passphrase."""
    settings = session.settings
    names = [part for one in settings.staff for part in one.name.split()]
    return (settings.company.name, settings.desk_name, settings.desk_code, *names)
