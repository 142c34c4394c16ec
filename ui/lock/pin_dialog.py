"""Asks for a new PIN, and for the one so far where people change their own."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.words import _
from ui.lock.digits import PinField
from ui.lock.fitting import fit
from ui.operations.accounts import set_pin
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.field import Field, show_problems
from ui.widgets.frame import Picture
from ui.widgets.layout import row
from ui.widgets.strips import BusyBar
from ui.widgets.text import Label


class PinDialog(QDialog):
    """`open()` it. ``own``: its owner changes it; ``first``: nobody at this desk has one yet."""

    def __init__(
        self, parent: QWidget, session: Session, staff_id: str, name: str, *, own: bool, first: bool
    ) -> None:
        super().__init__(parent)
        s = theme.size
        self._session = session
        self._staff = staff_id
        self._own = own
        title = _("{name}さんの暗証番号").format(name=name)
        self.setWindowTitle(_("暗証番号"))
        self.setFixedWidth(s.dialog_width)
        self.before = PinField()
        self.pin = PinField()
        self.again = PinField()
        self.fields = {
            "own": Field(_("いまの暗証番号"), self.before),
            "pin": Field(_("新しい暗証番号"), self.pin, _("同じ数字の繰り返しや続き番号は使えません。")),
            "again": Field(_("もう一度"), self.again),
        }
        self.wrong = Label("", "caption", "danger", wrap=True)
        self.wrong.hide()
        self.cancel = Button(_("やめる"))
        self.save = Button(_("決める"), "key-round", "filled")
        self.busy = BusyBar()
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addLayout(
            row(Picture("key-round", "accent", "icon_large"), Label(title, "heading", wrap=True), gap="s")
        )
        if first:
            told = _(
                "暗証番号をひとりでも決めると、この窓口は全員がログインして使うようになります。"
                "最初に決めた人が管理者になります。"
            )
            box.addWidget(Label(told, "panel", "text2", wrap=True))
        for name_, field in self.fields.items():
            box.addWidget(field)
            field.setVisible(own or name_ != "own")
        box.addWidget(self.wrong)
        box.addWidget(self.busy)
        box.addLayout(row(None, self.cancel, self.save))
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.try_save)
        for entry in (self.before, self.pin, self.again):
            entry.edited.connect(self._on_edited)
            entry.edit.returnPressed.connect(self.try_save)
        (self.before if own else self.pin).setFocus()
        fit(self)

    def _on_edited(self, _text: str) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.wrong.hide()
        fit(self)

    def try_save(self) -> None:
        """Keep what was typed."""
        if not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        self.busy.start()
        own = self.before.text() if self._own else None
        self._session.hub.run(
            set_pin, self._staff, self.pin.text(), self.again.text(), own,
            done=self._on_saved, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_ended(self) -> None:
        self.save.setEnabled(True)
        self.busy.stop()

    def _on_saved(self, _account: object) -> None:
        self.accept()

    def _on_refused(self, error: UserError) -> None:
        if error.code in {"wrong-pin", "pin-wait"}:
            self.fields["own"].set_error(error.problems[0].sentence())
            self.before.clear()
            self.before.setFocus()
            fit(self)
            return
        left = show_problems(self.fields, error)
        self.wrong.set_text(" ".join(left))
        self.wrong.setVisible(bool(left))
        fit(self)
