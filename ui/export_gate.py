"""Before a file with personal data is written: what is in it, and whether it is sealed with a passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Check
from ui.widgets.entries import TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.layout import on_surface, row
from ui.widgets.text import Label


@dataclass(frozen=True)
class Target:
    """Where the file goes. ``passphrase`` "": as it is, readable by everybody."""

    path: Path
    passphrase: str = ""


class SealPart(QWidget):
    """Whether what is written is sealed, and the passphrase, twice. ``changed`` tells that its height did."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.seal = Check(_("パスフレーズ付きのZIPにする（渡すとき・持ち出すとき）"))
        self.first = TextField(secret=True)
        self.second = TextField(secret=True)
        self.fields = {
            "passphrase": Field(
                _("パスフレーズ"),
                self.first,
                helper=_("12文字以上。ファイルとは別の方法で相手に伝えてください。"),
            ),
            "again": Field(_("もう一度"), self.second),
        }
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        box.addWidget(self.seal)
        for field in self.fields.values():
            box.addWidget(field)
            field.hide()
        self.seal.toggled.connect(self._on_seal)

    def _on_seal(self, on: bool) -> None:
        for field in self.fields.values():
            field.setVisible(on)
        if on:
            self.first.setFocus()
        self.changed.emit()

    @property
    def passphrase(self) -> str:
        """What the file is to be sealed with; "" where it isn't."""
        return self.first.text() if self.seal.isChecked() else ""

    def will_do(self) -> bool:
        """Whether one may go on; what is wrong with the passphrase is shown."""
        from app.usecases.sealed_zip import check_passphrase

        show_problems(self.fields, None)
        if self.seal.isChecked():
            try:
                check_passphrase(self.first.text())
            except UserError as error:
                show_problems(self.fields, error)
                return False
            if self.first.text() != self.second.text():
                self.fields["again"].set_error(_("2つのパスフレーズが違います。"))
                return False
        return True


class ExportGate(QDialog):
    """Use `ask`."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent)
        s = theme.size
        self.setWindowTitle(title)
        on_surface(self, "panel")
        self.setFixedWidth(theme.ems(38))
        self.sealing = SealPart()
        self.accept_button = Button(_("保存先を選ぶ"), "download", "filled")
        self.cancel_button = Button(_("やめる"))
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addWidget(Label(title, "heading", wrap=True))
        box.addWidget(Label(text, "panel", "text2", wrap=True))
        box.addWidget(self.sealing)
        box.addSpacing(s.s)
        box.addLayout(row(None, self.cancel_button, self.accept_button))
        self.sealing.changed.connect(self.adjustSize)
        self.cancel_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.take)
        self.accept_button.setFocus()

    def take(self) -> None:
        """Go on, where the passphrase will do."""
        if self.sealing.will_do():
            self.accept()

    @classmethod
    def ask(cls, parent: QWidget, title: str, text: str, name: str, kinds: str) -> Target | None:
        """Warn, then ask for the file. ``name``: how it may be called; ``kinds``: as Qt's dialog has them.
        None: nothing is to be written.
        """
        gate = cls(parent, title, text)
        try:
            if gate.exec() != QDialog.DialogCode.Accepted:
                return None
            passphrase = gate.sealing.passphrase
        finally:
            gate.deleteLater()
        path = Path.home() / name
        if passphrase:
            path, kinds = path.with_suffix(".zip"), _("パスフレーズ付きZIP（*.zip）")
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(path), kinds)
        return Target(Path(chosen), passphrase) if chosen else None
