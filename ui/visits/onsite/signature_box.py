"""A signature with the name of who gives it; or, where nobody can sign here, the reason for paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import _, pgettext
from ui.theme import theme
from ui.visits.onsite.draft import Signing
from ui.visits.onsite.sign_pad import SignPad
from ui.visits.onsite.touch import for_fingers
from ui.widgets.button import Button
from ui.widgets.choices import Check
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.text import Label


class SignatureBox(QWidget):
    """Shows and changes a ``Signing``. ``changed``: somebody typed or drew."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        s = theme.size
        self._signing = Signing()
        self.pad = SignPad()
        self.name = for_fingers(TextField(_("署名する方のお名前")))
        self.name_field = Field(_("お名前（活字）"), self.name)
        self.again = for_fingers(Button(_("書き直す"), "rotate-ccw"))
        self.back = for_fingers(Button(_("1画戻す"), "undo-2", "quiet"))
        self.restore = for_fingers(Button(pgettext("stroke", "元に戻す"), "redo-2", "quiet"))
        self.paper = for_fingers(Check(_("紙に署名していただく")))
        self.why = for_fingers(TextField(_("例：タッチ操作ができないため、印刷した書面に署名")))
        self.why_field = Field(_("画面で署名できない理由"), self.why)
        self.wrong = Label("", "caption", "danger", wrap=True)
        self.wrong.hide()
        self.hint = Label(
            _("署名はキーボードではできません。指・ペン・マウスが使えないときは「紙に署名していただく」を選びます。"),
            "caption", "text3", wrap=True,
        )  # fmt: skip
        self._tools = QWidget()
        self._tools.setLayout(row(self.again, self.back, self.restore, None, gap="s"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.s)
        box.addWidget(Label(title, "heading"))
        box.addWidget(self.name_field)
        box.addWidget(self.pad)
        box.addWidget(self._tools)
        box.addWidget(self.wrong)
        box.addWidget(self.paper)
        box.addWidget(self.why_field)
        box.addWidget(self.hint)
        self.why_field.hide()
        self.pad.signed.connect(self._on_changed)
        self.name.edited.connect(self._on_changed)
        self.why.edited.connect(self._on_changed)
        self.paper.toggled.connect(self._on_paper)
        self.again.clicked.connect(self.pad.clear)
        self.back.clicked.connect(self.pad.take_back)
        self.restore.clicked.connect(self.pad.bring_back)

    def show_signing(self, signing: Signing, *, frozen: bool = False) -> None:
        """Show a signature; ``frozen``: it was recorded and stays as it is."""
        self._signing = signing
        if self.pad.strokes != signing.strokes:
            self.pad.set_strokes(signing.strokes)
        self.name.set_text(signing.name)
        self.why.set_text(signing.why)
        self.paper.blockSignals(True)
        self.paper.setChecked(signing.on_paper)
        self.paper.blockSignals(False)
        for widget in (self.pad, self.name, self.why, self.paper):
            widget.setEnabled(not frozen)
        self._tools.setVisible(not frozen and not signing.on_paper)
        self.hint.setVisible(not frozen and not signing.on_paper)
        self._fit()

    def _fit(self) -> None:
        on_paper = self._signing.on_paper
        self.pad.setVisible(not on_paper)
        self.why_field.setVisible(on_paper)
        self._tools.setVisible(not on_paper and self.pad.isEnabled())
        drawn = bool(self.pad.strokes)
        self.again.setEnabled(drawn)
        self.back.setEnabled(drawn)
        self.restore.setEnabled(self.pad.can_bring_back)

    def _on_paper(self, checked: bool) -> None:
        self._signing.on_paper = checked
        self._fit()
        self.hint.setVisible(not checked)
        self._on_changed()
        if checked:
            self.why.setFocus()

    def _on_changed(self) -> None:
        signing = self._signing
        signing.name, signing.strokes, signing.why = self.name.text(), self.pad.strokes, self.why.text()
        self._fit()
        self.tell("")
        self.name_field.set_error("")
        self.why_field.set_error("")
        self.changed.emit()

    def tell(self, text: str) -> None:
        """Say below the sheet what is wrong; "" takes it away."""
        self.wrong.set_text(text)
        self.wrong.setVisible(bool(text))

    @property
    def lacking(self) -> QWidget | None:
        """Where something is missing yet; the first such place."""
        signing = self._signing
        if not signing.name.strip():
            return self.name
        if signing.on_paper:
            return self.why if not signing.why.strip() else None
        return self.pad if not self.pad.is_signed else None

    def check(self) -> bool:
        """Say everything that lacks, and go to the first; True where nothing does."""
        signing = self._signing
        self.name_field.set_error("" if signing.name.strip() else _("署名する方のお名前を入力してください。"))
        lacks_why = signing.on_paper and not signing.why.strip()
        self.why_field.set_error(_("紙に署名していただく理由を入力してください。") if lacks_why else "")
        unsigned = not signing.on_paper and not self.pad.is_signed
        self.tell(_("署名がありません。枠の中に署名していただいてください。") if unsigned else "")
        if not signing.name.strip():
            self.name.setFocus()
        elif lacks_why:
            self.why.setFocus()
        return signing.given
