"""The head of a column of 並べて比較: which service, what it needs besides the devices, its gateway."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.tariff.catalogue import Catalogue
from app.tariff.catalogue import words as say
from app.tariff.model import Edition, Item
from app.usecases.compare_services import own_item
from app.usecases.comparison_choices import Gateways, gateway_items, gateway_options
from app.words import _
from ui.quotes.compare_state import Column
from ui.quotes.reading_fields import show_number
from ui.quotes.service_choice import ServiceChoice
from ui.theme import theme
from ui.widgets.chips import Chip
from ui.widgets.choices import Choice, Switch
from ui.widgets.entries import MoneyField
from ui.widgets.layout import clear, row
from ui.widgets.number import NumberStepper
from ui.widgets.text import ElidedLabel, Label

_OWN_EMS = 9.2
_MOST_SHOWN = 1_000_000


class ColumnHead(QWidget):
    """Shows a column and tells what was chosen; ``inputs`` stands where the page puts it.

    The signals: ``service_chosen`` a code, ``column_changed`` the fields of
    the column that changed.
    """

    service_chosen = Signal(object)
    column_changed = Signal(object)  # dict of the fields of Column

    def __init__(self, catalogue: Catalogue, number: int) -> None:
        super().__init__()
        self._built: tuple[str, object, Gateways] | None = None
        self._column = Column()
        self.service = ServiceChoice(catalogue)
        self.service.insertItem(0, _("（比べない）"), "")
        self.service.setAccessibleName(_("比べるサービス {number}").format(number=number))
        self.own: NumberStepper | MoneyField | None = None
        self.gateway: Choice | None = None
        self.flags: dict[str, Switch] = {}
        self._below = ElidedLabel("", "caption", "text3")
        self._chip = Chip("file-text", _("見積のサービス"), "accent")
        self.error = Label("", "caption", "danger", wrap=True)
        self.inputs = QWidget()
        self._rows = QVBoxLayout()
        self._build()
        self.service.chosen.connect(self.service_chosen)

    def _build(self) -> None:
        s = theme.size
        line = row(self._below, self._chip, gap="s")
        line.setStretch(0, 1)
        self._below.setMinimumHeight(s.chip)
        self._rows.setSpacing(s.s)
        inner = QVBoxLayout(self.inputs)
        inner.setContentsMargins(s.m, s.s, s.s, s.s)
        inner.setSpacing(s.s)
        inner.addLayout(self._rows)
        inner.addWidget(self.error)
        inner.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.m, s.s, s.s, s.xs)
        box.setSpacing(s.xs)
        box.addWidget(self.service)
        box.addLayout(line)
        self._chip.hide()
        self.error.hide()

    @property
    def has_inputs(self) -> bool:
        """Whether the column has something to type or to say."""
        return self.own is not None or self.gateway is not None or bool(self.error.words())

    def show_column(self, column: Column, edition: Edition | None, below: str) -> None:
        """Show what stands in the column. Fields are made anew only for another price list."""
        self._column = column
        self.service.set_value(column.service)
        self._below.set_text(below)
        self._chip.setVisible(column.place is not None and bool(column.service))
        built = (column.service, edition.start if edition else None, _chosen(column))
        if built != self._built:
            had_focus = self.gateway is not None and self.gateway.hasFocus()
            self._built = built
            self._rebuild(column, edition)
            if had_focus and self.gateway is not None:
                self.gateway.setFocus()
        self._show_values(column, edition)

    def set_error(self, text: str) -> None:
        """Why the column can't be priced; "" takes it away."""
        self.error.set_text(text)
        self.error.setVisible(bool(text))

    def _rebuild(self, column: Column, edition: Edition | None) -> None:
        clear(self._rows)
        self.own, self.gateway, self.flags = None, None, {}
        if edition is None:
            return
        item = own_item(edition)
        if item is not None:
            self._add_own(item)
        if gateway_items(edition):
            self._add_gateway(column, edition)

    def _add_own(self, item: Item) -> None:
        if item.quoted:
            self.own = MoneyField(ems=_OWN_EMS + 2)
            label = _("年額（税抜）") if item.charge == "annual" else _("月額（税抜）")
        else:
            most = item.maximum or _MOST_SHOWN
            self.own = NumberStepper(say(item.unit), max(item.minimum, 1), most, ems=_OWN_EMS)
            label = _("数量")
        (self.own.focusProxy() or self.own).setAccessibleName(f"{say(item.name)} {label}")
        self.own.value_changed.connect(self._on_own)
        self._rows.addLayout(row(Label(label, "caption", "text2"), self.own, None, gap="s"))

    def _add_gateway(self, column: Column, edition: Edition) -> None:
        self.gateway = Choice(_gateway_choices(column, edition), _chosen(column))
        self.gateway.setAccessibleName(_("ゲートウェイ"))
        self.gateway.chosen.connect(self._on_gateway)
        line = row(Label(_("ゲートウェイ"), "caption", "text2"), self.gateway, gap="s")
        line.setStretch(1, 1)
        self._rows.addLayout(line)
        for option in gateway_options(edition, column.gateways):
            switch = Switch(name=say(option.name))
            switch.toggled.connect(self._on_flag)
            self.flags[option.code] = switch
            label = ElidedLabel(say(option.name), "caption", "text2")
            inner = row(label, switch, gap="s")
            inner.setStretch(0, 1)
            self._rows.addLayout(inner)

    def _show_values(self, column: Column, edition: Edition | None) -> None:
        if self.own is not None:
            show_number(self.own, column.own)
        if edition is None:
            return
        for code, switch in self.flags.items():
            option = edition.option(code)
            wanted = column.flags.get(code, bool(option.default) if option else False)
            if switch.isChecked() != wanted:
                switch.blockSignals(True)
                switch.setChecked(wanted)
                switch.blockSignals(False)

    def _on_own(self, value: int | None) -> None:
        self.column_changed.emit({"own": value})

    def _on_gateway(self, value: Gateways) -> None:
        self.column_changed.emit({"gateways": value})

    def _on_flag(self, on: bool) -> None:
        code = next((known for known, switch in self.flags.items() if switch is self.sender()), None)
        if code is not None:
            flags: Mapping[str, bool] = {**self._column.flags, code: on}
            self.column_changed.emit({"flags": flags})


def _chosen(column: Column) -> Gateways:
    return tuple(column.gateways)


def _gateway_choices(column: Column, edition: Edition) -> list[tuple[Gateways, str]]:
    """None, one of each size, and what the quotation has where that is something else."""
    items = gateway_items(edition)
    choices: list[tuple[Gateways, str]] = [((), _("なし"))]
    choices += [(((item.code, 1),), _size(item)) for item in items]
    typed = tuple(column.gateways)
    if typed not in [value for value, _name in choices]:
        names = {item.code: _size(item) for item in items}
        text = _("・").join(f"{names[code]} × {number}" for code, number in typed)
        choices.append((typed, text))
    return choices


def _size(item: Item) -> str:
    return _("{capacity}クライアント").format(capacity=item.capacity)
