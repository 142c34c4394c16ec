"""One device as it stands in the list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.contract.equipment import Stage, device_words
from app.days import date_words
from app.tariff.catalogue import words as tariff_words
from app.usecases.keep_equipment import DeviceView
from app.words import _
from ui.contracts.beside.device_words import duty_words, owner_words, risk_words, stage_chip, twin_words
from ui.menus import Menu
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.frame import Picture
from ui.widgets.layout import on_surface, row
from ui.widgets.text import Label

_OUT = frozenset({Stage.IN_USE, Stage.REPLACED, Stage.TO_RETURN})
_ICONS = {
    "gateway": "router", "sensor": "cpu", "dongle": "hard-drive", "sim": "smartphone",
    "connector": "server", "other": "box",
}  # fmt: skip


class DeviceCard(QFrame):
    """Its signals carry the device as it is stored."""

    change_wanted = Signal(object)
    return_wanted = Signal(object)
    exchange_wanted = Signal(object)
    strike_wanted = Signal(object)

    def __init__(self, view: DeviceView, today: date) -> None:
        super().__init__()
        self.view = view
        on_surface(self, "panel")
        self.setProperty("edge", "bottom")
        fields, s = view.equipment.fields, theme.size
        icon, told, meaning = stage_chip(view.stage)
        title = Label(device_words(fields), "body-bold")
        self.chip = Chip(icon, told, meaning)
        self.back = Button(_("返却を記録"), "truck", small=True)
        self.pencil = IconButton("pencil", _("機器を直す"))
        self.more = IconButton("ellipsis", _("ほかの操作"))
        self.back.setVisible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.m, s.l, s.m)
        box.setSpacing(s.xs)
        box.addLayout(
            row(Picture(_ICONS[fields.kind], "text2"), title, self.chip, None, self.pencil, self.more)
        )
        for text, tone in self._lines(today):
            box.addWidget(Label(text, "panel", tone, wrap=True))
        if view.stage in {Stage.TO_RETURN, Stage.REPLACED}:
            box.addSpacing(s.xs)
            box.addLayout(row(self.back, None))
            self.back.setVisible(True)
        self.back.clicked.connect(self._on_back)
        self.pencil.clicked.connect(self._on_change)
        self.more.clicked.connect(self._on_more)

    def _lines(self, today: date) -> list[tuple[str, str]]:
        fields, view = self.view.equipment.fields, self.view
        serial = _("製造番号 {serial}").format(serial=fields.serial) if fields.serial else _("製造番号なし")
        days = [
            words.format(day=date_words(day))
            for words, day in ((_("{day}着"), fields.delivered_on), (_("{day}返却"), fields.returned_on))
            if day is not None
        ]
        lines = [(_("・").join((serial, *days)), ""), (owner_words(view.owned), "text2")]
        risk = risk_words(view.rule, view.stage) if view.rule is not None else ""
        if risk:
            lines.append((risk, "text2"))
        if view.rule is not None and view.rule.loss is not None and view.stage is Stage.LOST:
            lines.append((tariff_words(view.rule.loss), "danger"))
        if view.replaces is not None:
            old = f"{device_words(view.replaces.fields)} {view.replaces.fields.serial}".strip()
            lines.append((_("{device} の代わり").format(device=old), "text2"))
        if view.duty is not None:
            late = view.duty.by is not None and view.duty.by < today
            lines.append((duty_words(view.duty, today), "danger" if late else "warn"))
        if view.twins:
            lines.append((twin_words(view.twins), "warn"))
        if view.rule is not None and view.rule.at_end == "dispose" and view.stage is Stage.KEPT:
            lines.append((_("お客さまで処分していただきます"), "text2"))
        if fields.note:
            lines.append((fields.note, "text2"))
        return lines

    def _on_back(self) -> None:
        self.return_wanted.emit(self.view.equipment)

    def _on_change(self) -> None:
        self.change_wanted.emit(self.view.equipment)

    def _on_more(self) -> None:
        device = self.view.equipment
        menu = Menu(self)
        if self.view.stage in _OUT:
            menu.add_item("refresh-cw", _("交換する"), self.exchange_wanted.emit, device)
            menu.add_item("truck", _("今日返却された"), self.return_wanted.emit, device)
        menu.add_item("trash-2", _("この登録を取り消す"), self.strike_wanted.emit, device)
        menu.open_at(self.more.mapToGlobal(QPoint(0, self.more.height())))
