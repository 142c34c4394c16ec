"""機器: the devices of a contract, whose they are, and which have to go back."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from app.contract.beside import Equipment
from app.contract.equipment import device_words
from app.errors import UserError
from app.usecases.desk import Desk
from app.usecases.keep_equipment import EquipmentView, SerialTwin
from app.words import _, pgettext
from ui.contracts.beside.device_card import DeviceCard
from ui.contracts.beside.device_form import DeviceForm
from ui.contracts.beside.device_words import twin_words
from ui.contracts.beside.strike_out import StrikeOut
from ui.operations.beside import add_device, change_device, put_device_back, strike_device_out
from ui.operations.hub import Changed
from ui.session import Session
from ui.theme import theme
from ui.unsaved import Unsaved
from ui.widgets.button import Button
from ui.widgets.layout import clear, column, holding, on_surface, row, scrolling
from ui.widgets.strips import EmptyState, Toasts
from ui.widgets.text import Label


def read_equipment(desk: Desk, contract_id: str) -> EquipmentView:
    """On the database worker: the devices of a contract."""
    from app.usecases.keep_equipment import equipment_view

    return equipment_view(desk, contract_id)


def read_twins(desk: Desk, serial: str, own_id: str) -> tuple[SerialTwin, ...]:
    """On the database worker: other devices with the same serial number."""
    from app.usecases.keep_equipment import serial_twins

    return serial_twins(desk, serial, own_id)


class EquipmentTab(QFrame):
    """`show_contract(id)` shows its devices; `counted` carries how many, and how many have to go back."""

    counted = Signal(int, int)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self._id = ""
        self._view: EquipmentView | None = None
        self._struck: Equipment | None = None
        self._undo: tuple[Equipment, Equipment] | None = None  # as stored now, as it was before
        self.cards: list[DeviceCard] = []
        self.count = Label("", "panel", "text2")
        self.new = Button(_("機器を追加"), "plus", small=True)
        self._head = QWidget()
        self._head.setLayout(row(self.count, None, self.new, pad=("l", "s")))
        self.strike = StrikeOut()
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = scrolling(inner)
        self.form = DeviceForm(session.today)
        self.form.setMaximumWidth(theme.size.form_width + theme.size.label_column)
        self.left = Unsaved(session, "device", self.form.values, self.form.put_values, self)
        self._form_area = scrolling(holding(column(self.left.strip, self.form, None)))
        self.nothing = EmptyState(
            "router",
            _("機器はまだ登録されていません"),
            _("製造番号と届いた日を残すと、どなたの機器か、いつまでに返すかが分かります。"),
            _("機器を追加"),
        )
        body = QWidget()
        self._stack = QStackedLayout(body)
        for widget in (self.nothing, self._area, self._form_area):
            self._stack.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head)
        outer.addWidget(self.strike)
        outer.addWidget(body, 1)
        self.strike.hide()
        self._connect()

    def _connect(self) -> None:
        self.new.clicked.connect(self.add)
        self.nothing.accepted.connect(self.add)
        self.form.stored.connect(self.store)
        self.form.dropped.connect(self.close_form)
        self.form.edited.connect(self.left.note)
        self.form.serial_typed.connect(self._on_serial_typed)
        self.strike.confirmed.connect(self._on_struck)
        self._session.hub.changed.connect(self._on_changed)

    # --- showing ----------------------------------------------------------------------------------

    def show_contract(self, contract_id: str) -> None:
        """The devices of a contract."""
        if contract_id != self._id:
            self._id, self._view = contract_id, None
            self.left.leave()
            self.close_form()
        self._read()

    def _read(self) -> None:
        if self._id:
            self._session.hub.look(read_equipment, self._id, done=self._on_read, owner=self)

    def _on_read(self, view: EquipmentView) -> None:
        if view.contract_id != self._id:
            return
        self._view = view
        clear(self._column)
        today = self._session.today
        self.cards = [DeviceCard(device, today) for device in view.devices]
        for card in self.cards:
            card.change_wanted.connect(self._on_change_wanted)
            card.return_wanted.connect(self._on_return_wanted)
            card.exchange_wanted.connect(self._on_exchange_wanted)
            card.strike_wanted.connect(self._on_strike_wanted)
            self._column.addWidget(card)
        self._column.addStretch(1)
        due = sum(device.duty is not None for device in view.devices)
        words = pgettext("total", "{count}台").format(count=len(view.devices)) if view.devices else ""
        if due:
            words = _("{count}台・返却待ち {due}台").format(count=len(view.devices), due=due)
        self.count.set_text(words)
        self.counted.emit(len(view.devices), due)
        if not self.form_open:
            self._show_list()

    def _show_list(self) -> None:
        some = bool(self._view is not None and self._view.devices)
        self._head.setVisible(some)
        self._stack.setCurrentWidget(self._area if some else self.nothing)

    @property
    def form_open(self) -> bool:
        """Whether a device is being written."""
        return self._stack.currentWidget() is self._form_area

    @property
    def unsaved(self) -> bool:
        """Whether a device is written that is not stored."""
        return self.form_open and self.form.changed

    def _on_changed(self, changed: Changed) -> None:
        if self._id in changed.contracts:
            self._read()

    # --- writing ----------------------------------------------------------------------------------

    def add(self) -> None:
        """An empty device of the kind the service begins with."""
        self._open(None)

    def _open(self, device: Equipment | None, replaces: Equipment | None = None) -> None:
        rules = self._view.rules if self._view is not None else ()
        self.form.show_device(device, rules, replaces)
        about = device or replaces
        kind = "device" if replaces is None else "device.exchange"
        self.left.open(about.id if about is not None else self._id, place=kind)
        self.strike.hide()
        self._head.hide()
        self._stack.setCurrentWidget(self._form_area)
        self.form.serial.setFocus()

    def close_form(self) -> None:
        """Back to the list."""
        self.left.done()
        self.strike.hide()
        self._show_list()

    def _on_serial_typed(self, serial: str) -> None:
        own = self.form.device.id if self.form.device is not None else ""
        self._session.hub.look(read_twins, serial, own, done=self._on_twins, owner=self)

    def _on_twins(self, twins: tuple[SerialTwin, ...]) -> None:
        self.form.fields["serial"].set_doubt(twin_words(twins))

    def store(self) -> None:
        """Keep the device; errors come under the fields."""
        self.form.keep.setEnabled(False)
        told: dict[str, Any] = {
            "done": self._on_stored, "failed": self._on_refused, "ended": self._on_ended, "owner": self,
        }  # fmt: skip
        fields, device = self.form.current(), self.form.device
        if device is None:
            self._session.hub.run(add_device, self._id, fields, **told)
        else:
            self._session.hub.run(change_device, device, fields, **told)

    def _on_ended(self) -> None:
        self.form.keep.setEnabled(True)

    def _on_stored(self, device: Equipment) -> None:
        self.close_form()
        self._toasts.show_message(_("{device}を保存しました").format(device=device_words(device.fields)))

    def _on_refused(self, error: UserError) -> None:
        left = self.form.show_errors(error)
        if left:
            self._toasts.show_message(" ".join(left))

    def _on_change_wanted(self, device: Equipment) -> None:
        self._open(device)

    def _on_exchange_wanted(self, device: Equipment) -> None:
        self._open(None, device)

    def _on_return_wanted(self, device: Equipment) -> None:
        fields = replace(device.fields, returned_on=self._session.today)
        self._undo = (device, device)
        self._session.hub.run(change_device, device, fields, done=self._on_returned, owner=self)

    def _on_returned(self, stored: Equipment) -> None:
        before = self._undo[1] if self._undo is not None else stored
        self._undo = (stored, before)
        words = _("{device}の返却を記録しました").format(device=device_words(stored.fields))
        self._toasts.show_message(words, _("元に戻す"), self._on_return_undone)

    def _on_return_undone(self) -> None:
        if self._undo is not None:
            stored, before = self._undo
            self._session.hub.run(change_device, stored, before.fields, owner=self)

    def _on_strike_wanted(self, device: Equipment) -> None:
        self.strike.ask_for(device)

    def _on_struck(self, device: Equipment, why: str) -> None:
        self._session.hub.run(strike_device_out, device, why, done=self._on_struck_out, owner=self)

    def _on_struck_out(self, device: Equipment) -> None:
        self._struck = device
        self.strike.hide()
        words = _("{device}の登録を取り消しました").format(device=device_words(device.fields))
        self._toasts.show_message(words, _("元に戻す"), self._on_put_back)

    def _on_put_back(self) -> None:
        if self._struck is not None:
            self._session.hub.run(put_device_back, self._struck, owner=self)
