"""1 到着: where one is, whom one meets, what was asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.words import _
from ui.theme import theme
from ui.visits.levels import level_head
from ui.visits.visit_reading import VisitView
from ui.visits.work_words import device_words, work_words
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, column, row, rule
from ui.widgets.text import Label


class ArrivePart(QWidget):
    """Read only: what one checks at the door."""

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(s.l)
        self._facts.setVerticalSpacing(s.s)
        self._facts.setColumnStretch(1, 1)
        self._devices = QVBoxLayout()
        self._devices.setSpacing(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.l, s.l, s.l)
        box.setSpacing(s.l)
        box.addWidget(Label(_("到着したら、お客さまと内容を確かめてください"), "title"))
        box.addLayout(self._facts)
        box.addWidget(Label(_("行う作業"), "heading"))
        box.addLayout(self._devices)
        box.addStretch(1)

    def show_view(self, view: VisitView) -> None:
        """Show a visit."""
        clear(self._facts)
        clear(self._devices)
        content = view.stored.content
        place = content.place
        fields = view.ground.customer.fields
        address = place.address or f"{fields.prefecture}{fields.address}{fields.building}"
        phones = _("／").join(one for one in (place.phone_on_day, place.phone or fields.phone) if one)
        for icon, head, text in (
            ("map-pin", _("訪問先"), " ".join(one for one in (place.name, address) if one)),
            ("user", _("お会いする方"), place.person or fields.person),
            ("phone", _("電話"), phones),
            ("log-in", _("入館・駐車"), place.access),
            ("package", _("持ち物"), content.bring),
            ("info", _("ご希望"), content.wishes),
            ("file-text", _("備考"), content.remarks),
        ):
            if text:
                self._fact(icon, head, text)
        for device in content.devices:
            icon, name = device_words(device)
            names = _("・").join(work_words(view, device))
            line = row(
                Picture(icon),
                column(Label(name, "body-bold", wrap=True), Label(names, "panel", "text2", wrap=True)),
                gap="m", pad=("", "s"),
            )  # fmt: skip
            line.setStretch(1, 1)
            self._devices.addLayout(line)
            self._devices.addWidget(rule())

    def _fact(self, icon: str, head: str, text: str) -> None:
        at = self._facts.rowCount()
        self._facts.addLayout(level_head(icon, Label(head, "panel", "text2")), at, 0)
        self._facts.addWidget(Label(text, "body", wrap=True).selectable(), at, 1)
