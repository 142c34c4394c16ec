"""Asks why a device is struck out, above the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.contract.beside import Equipment
from app.contract.equipment import device_words
from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import on_surface, row
from ui.widgets.text import Label


class StrikeOut(QFrame):
    """`confirmed` carries the device and the reason."""

    confirmed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._device: Equipment | None = None
        s = theme.size
        self.title = Label("", "body-bold", wrap=True)
        self.why = TextField(_("例：別の契約の機器"))
        self.field = Field(_("取り消す理由"), self.why, _("登録は消えず、理由とともに残ります。"))
        self.accept = Button(_("取り消す"), kind="danger")
        self.refuse = Button(_("やめる"), kind="quiet")
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.s, s.l, s.m)
        box.setSpacing(s.s)
        box.addWidget(self.title)
        box.addWidget(self.field)
        box.addLayout(row(None, self.refuse, self.accept))
        on_surface(self, "panel")
        self.setProperty("edge", "bottom")
        self.accept.clicked.connect(self._on_accept)
        self.why.edit.returnPressed.connect(self._on_accept)
        self.refuse.clicked.connect(self.hide)

    def ask_for(self, device: Equipment) -> None:
        """Open for a device."""
        self._device = device
        words = f"{device_words(device.fields)} {device.fields.serial}".strip()
        self.title.set_text(_("{device}の登録を取り消します").format(device=words))
        self.why.set_text("")
        self.field.set_error("")
        self.show()
        self.why.setFocus()

    def _on_accept(self) -> None:
        if not self.why.text():
            self.field.set_error(_("取り消す理由を入力してください。"))
            self.why.setFocus()
        elif self._device is not None:
            self.confirmed.emit(self._device, self.why.text())
