"""A device as it is typed: kind, class, serial, whose it is, when it came and went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.contract.beside import Equipment, EquipmentFields
from app.contract.equipment import KINDS, MODELS, OWNERSHIPS, device_words, rule_of
from app.errors import Problem, UserError
from app.tariff.catalogue import words as tariff_words
from app.tariff.life import EquipmentRule
from app.words import _
from ui.qt import Key, Mod
from ui.theme import theme
from ui.unsaved import Values, control_values, put_controls
from ui.widgets.button import Button
from ui.widgets.choices import Check, Choice
from ui.widgets.dates import DateField
from ui.widgets.entries import TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import shares
from ui.widgets.layout import row
from ui.widgets.text import Label

_LOOK_FOR_TWINS_MS = 250


class DeviceForm(QFrame):
    """`stored` asks to keep what stands there (Ctrl+Enter), `dropped` to leave it (Esc); `serial_typed`
    carries a serial number to be looked for.
    """

    stored = Signal()
    dropped = Signal()
    serial_typed = Signal(str)
    edited = Signal()  # somebody changed something

    def __init__(self, today: date) -> None:
        super().__init__()
        self.device: Equipment | None = None
        self.replaces: Equipment | None = None
        self._rules: Sequence[EquipmentRule] = ()
        self.title = Label("", "heading")
        self.kind = Choice()
        self.model = Choice([(code, _(name)) for code, name in MODELS.items()])
        self.other_model = TextField(_("例：型番"))
        self.serial = TextField(_("例：GW50-0123456"))
        self.ownership = Choice()
        self.always_on = Check(_("24時間対応"), checked=True)
        self.delivered_on = DateField(today, placeholder=_("例：12/10"))
        self.returned_on = DateField(today, placeholder=_("まだなら空欄"))
        self.passed_on = DateField(today, placeholder=_("入金の記録から分かれば空欄"))
        self.lost = Check(_("紛失した（戻りません）"))
        self.note = TextField()
        self.fields = {
            "kind": Field(_("機器"), self.kind),
            "model": Field(_("大きさ"), self.model),
            "other_model": Field(_("型名"), self.other_model),
            "serial": Field(_("製造番号"), self.serial),
            "ownership": Field(_("どなたの機器か"), self.ownership),
            "always_on": Field(_("故障対応"), self.always_on),
            "delivered_on": Field(_("届いた日"), self.delivered_on),
            "returned_on": Field(_("返却された日"), self.returned_on),
            "passed_on": Field(_("初期費用の完済日"), self.passed_on),
            "lost": Field(_("紛失"), self.lost),
            "note": Field(_("メモ"), self.note),
        }
        self.fields["lost"].set_label_shown(False)
        self.drop = Button(_("やめる"), kind="quiet")
        self.keep = Button(_("機器を保存"), "check", "filled", "Ctrl+Enter", listen=False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_FOR_TWINS_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        fields, s = self.fields, theme.size
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.m, s.l, s.l)
        box.setSpacing(s.m)
        box.addWidget(self.title)
        box.addLayout(shares((fields["kind"], 1), (fields["model"], 1), (fields["other_model"], 1)))
        box.addLayout(shares((fields["ownership"], 1), (fields["serial"], 1)))
        box.addWidget(fields["always_on"])
        box.addLayout(shares((fields["delivered_on"], 1), (fields["returned_on"], 1)))
        box.addWidget(fields["passed_on"])
        box.addWidget(fields["lost"])
        box.addWidget(fields["note"])
        box.addLayout(row(None, self.drop, self.keep))
        box.addStretch(1)

    def _connect(self) -> None:
        self.kind.chosen.connect(self._on_kind)
        self.ownership.chosen.connect(self._on_ownership)
        self.serial.edited.connect(self._on_serial)
        self._timer.timeout.connect(self._on_serial_rested)
        self.drop.clicked.connect(self.dropped)
        self.keep.clicked.connect(self.store)
        self._listen()

    def _listen(self) -> None:
        days = (self.delivered_on, self.returned_on, self.passed_on)
        for typed in (self.serial.edited, self.other_model.edited, self.note.edited):
            typed.connect(self._on_edited)
        for chosen in (self.kind.chosen, self.model.chosen, self.ownership.chosen):
            chosen.connect(self._on_edited)
        for ticked in (self.always_on.toggled, self.lost.toggled):
            ticked.connect(self._on_edited)
        for day in days:
            day.day_changed.connect(self._on_edited)
            day.edit.textEdited.connect(self._on_edited)

    def _on_edited(self, _what: object = None) -> None:
        self.edited.emit()

    def values(self) -> dict[str, Any]:
        """What stands there as typed."""
        return control_values({name: field.control for name, field in self.fields.items()})

    def put_values(self, values: Values) -> None:
        """Put back what was typed once: the kind first, for the rest stands or falls with it."""
        controls = {name: field.control for name, field in self.fields.items()}
        put_controls(controls, {name: values[name] for name in ("kind",) if name in values})
        self._on_kind(None)
        put_controls(controls, values)
        self._fold()

    # --- showing ----------------------------------------------------------------------------------

    def show_device(
        self, device: Equipment | None, rules: Sequence[EquipmentRule], replaces: Equipment | None = None
    ) -> None:
        """A stored device to change, an empty one, or one that comes in place of another."""
        self.device, self.replaces, self._rules = device, replaces, rules
        fields = device.fields if device is not None else _first(rules, replaces)
        self._say_title()
        known = [rule.kind for rule in rules]
        kinds = [*known, *(kind for kind in KINDS if kind not in known)] if known else list(KINDS)
        self.kind.set_options([(kind, self._kind_words(kind)) for kind in dict.fromkeys(kinds)], fields.kind)
        self.model.set_value(fields.model if fields.model in MODELS else "gateway-10")
        self.other_model.set_text("" if fields.model in MODELS else fields.model)
        self.serial.set_text(fields.serial)
        self.always_on.setChecked(fields.always_on)
        self.delivered_on.set_day(fields.delivered_on)
        self.returned_on.set_day(fields.returned_on)
        self.passed_on.set_day(fields.passed_on)
        self.lost.setChecked(fields.lost)
        self.note.set_text(fields.note)
        self._show_ownerships(fields.ownership)
        self._fold()
        self.show_errors(None)
        self.fields["serial"].set_doubt("")
        if fields.serial:
            self._timer.start()

    def _say_title(self) -> None:
        if self.replaces is not None:
            old = " ".join((device_words(self.replaces.fields), self.replaces.fields.serial)).strip()
            self.title.set_text(_("交換：{device} の代わり").format(device=old))
        else:
            self.title.set_text(_("新しい機器") if self.device is None else _("機器を直す"))

    def _kind_words(self, kind: str) -> str:
        rule = rule_of(self._rules, kind)
        return tariff_words(rule.name) if rule is not None else _(KINDS[kind])  # type: ignore[index]

    def _show_ownerships(self, value: str) -> None:
        rule = rule_of(self._rules, str(self.kind.value()))
        allowed = rule.ownership if rule is not None else tuple(OWNERSHIPS)
        options = [(one, _(OWNERSHIPS[one])) for one in OWNERSHIPS if one in allowed or one == value]
        self.ownership.set_options(options, value if value in dict(options) else None)

    def _fold(self) -> None:
        """Only what the kind of device has is shown."""
        fields, kind = self.fields, self.kind.value()
        rule = rule_of(self._rules, str(kind))
        by_payment = self.ownership.value() == "passes-on-payment" or (
            rule is not None and rule.passes == "on-initial-fee"
        )
        fields["model"].setVisible(kind == "gateway")
        fields["other_model"].setVisible(kind != "gateway")
        fields["always_on"].setVisible(kind == "gateway")
        fields["passed_on"].setVisible(by_payment)
        told = tariff_words(rule.loss) if rule is not None and rule.loss is not None else ""
        fields["lost"].set_helper(told if self.lost.isChecked() else "")

    def _on_kind(self, _kind: object) -> None:
        rule = rule_of(self._rules, str(self.kind.value()))
        self._show_ownerships(rule.ownership[0] if rule is not None and rule.ownership else "rental")
        self._fold()

    def _on_ownership(self, _value: object) -> None:
        self._fold()

    def _on_serial(self, _text: str) -> None:
        self.fields["serial"].set_doubt("")
        self._timer.start()

    def _on_serial_rested(self) -> None:
        self.serial_typed.emit(self.serial.text())

    # --- reading ----------------------------------------------------------------------------------

    def current(self) -> EquipmentFields:
        """What stands there."""
        kind = self.kind.value()
        gateway = kind == "gateway"
        before = self.device.fields if self.device is not None else EquipmentFields()
        return EquipmentFields(
            kind=kind,
            model=self.model.value() if gateway else self.other_model.text(),
            serial=self.serial.text(),
            ownership=self.ownership.value(),
            always_on=self.always_on.isChecked() if gateway else True,
            delivered_on=self.delivered_on.day(),
            returned_on=self.returned_on.day(),
            replaces=self.replaces.id if self.replaces is not None else before.replaces,
            lost=self.lost.isChecked(),
            note=self.note.text(),
            passed_on=self.passed_on.day() if self.fields["passed_on"].isVisibleTo(self) else None,
            removed=before.removed,
        )

    @property
    def changed(self) -> bool:
        """Whether something stands there that is not stored."""
        before = self.device.fields if self.device is not None else _first(self._rules, self.replaces)
        return self.current() != before

    def store(self) -> None:
        """Ask to keep it; days that can't be read are told first, all at once."""
        if not self.keep.isEnabled():  # the keys again: it is being stored
            return
        days = ("delivered_on", "returned_on", "passed_on")
        unreadable = [
            Problem("bad-input", _("日付を読み取れません。例：12/10"), field=name)
            for name in days
            if not getattr(self, name).readable
        ]
        if unreadable:
            self.show_errors(UserError(*unreadable))
            return
        self.stored.emit()

    def show_errors(self, error: UserError | None) -> list[str]:
        """What was refused, under the fields; the sentences that belong to none come back."""
        return show_problems(self.fields, error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_Return, Key.Key_Enter} and event.modifiers() & Mod.ControlModifier:
            self.store()
        elif event.key() == Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


def _first(rules: Sequence[EquipmentRule], replaces: Equipment | None) -> EquipmentFields:
    """An empty device of the kind the service begins with, or one like that which it stands in for."""
    if replaces is not None:
        old = replaces.fields
        return EquipmentFields(
            kind=old.kind,
            model=old.model,
            ownership=old.ownership,
            always_on=old.always_on,
            replaces=replaces.id,
        )
    if not rules:
        return EquipmentFields(model="gateway-10")
    rule = rules[0]
    model = "gateway-10" if rule.kind == "gateway" else ""
    return EquipmentFields(kind=rule.kind, model=model, ownership=rule.ownership[0])
