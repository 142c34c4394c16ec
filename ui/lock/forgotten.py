"""A new PIN for a 管理者 who forgot the old one, by the recovery code."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.words import _
from ui.lock.code_field import CodeField
from ui.lock.digits import PinField
from ui.operations.accounts import reset_forgotten
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.field import Field, show_problems
from ui.widgets.form import shares
from ui.widgets.layout import row
from ui.widgets.strips import BusyBar
from ui.widgets.text import Label


class ForgottenForm(QWidget):
    """`done` when the PIN stands and its owner is signed in; `given_up` goes back."""

    done = Signal()
    given_up = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._staff = ""
        self.code = CodeField()
        self.pin = PinField()
        self.again = PinField(_("もう一度"))
        self.fields = {
            "code": Field(_("復旧コード"), self.code),
            "pin": Field(_("新しい暗証番号"), self.pin),
            "again": Field(_("もう一度"), self.again),
        }
        self.wrong = Label("", "caption", "danger", wrap=True)
        self.wrong.hide()
        self.back = Button(_("戻る"), kind="quiet")
        self.save = Button(_("決め直す"), "key-round", "filled")
        self.busy = BusyBar()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        box.addWidget(self.fields["code"])
        box.addLayout(shares((self.fields["pin"], 1), (self.fields["again"], 1)))
        box.addWidget(self.wrong)
        box.addWidget(self.busy)
        foot = row(self.back, None, self.save)
        foot.setContentsMargins(-theme.size.button_pad, 0, 0, 0)
        box.addLayout(foot)
        self.back.clicked.connect(self.given_up)
        self.save.clicked.connect(self.try_reset)
        for entry in (self.code, self.pin, self.again):
            entry.edited.connect(self._on_edited)

    @staticmethod
    def told() -> str:
        """What stands above the fields."""
        return _(
            "管理者の暗証番号は、復旧コードで決め直せます。担当者と技術者の暗証番号は、"
            "管理者が設定の「担当者」で決め直します。"
        )

    def begin(self, staff_id: str) -> None:
        """For whom; empty fields."""
        self._staff = staff_id
        for entry in (self.code, self.pin, self.again):
            entry.set_text("")
        self._on_edited("")
        self.code.setFocus()

    def _on_edited(self, _text: str) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.wrong.hide()

    def try_reset(self) -> None:
        """Try what was typed."""
        vault = self._session.vault
        if vault is None or not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        self.busy.start()
        self._session.hub.run(
            reset_forgotten, vault, self.code.edit.text(), self._staff, self.pin.text(), self.again.text(),
            done=self._on_done, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_ended(self) -> None:
        self.save.setEnabled(True)
        self.busy.stop()

    def _on_done(self, _account: object) -> None:
        self.begin("")
        self.done.emit()

    def _on_refused(self, error: UserError) -> None:
        left = show_problems(self.fields, error)
        self.wrong.set_text(" ".join(left))
        self.wrong.setVisible(bool(left))
