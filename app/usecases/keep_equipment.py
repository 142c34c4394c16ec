"""Keep the devices of a contract: what came, what goes back, what stands in for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from app.contract.beside import Equipment, EquipmentFields
from app.contract.date_reason import DateReason
from app.contract.deadlines import Question, deadlines
from app.contract.equipment import (
    Circumstances,
    Owned,
    ReturnDuty,
    Stage,
    owned_on,
    replacements,
    rule_of,
    stage_of,
    to_return,
)
from app.contract.facts import Ended, Started
from app.contract.life import entries_standing
from app.contract.record import StoredContract
from app.errors import Problem, Problems, UserError
from app.quote.validate import check_line
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.life import EquipmentRule
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.stand_contract import standing_of
from app.words import _

ONE_OFF: Final = "one-off"


@dataclass(frozen=True)
class SerialTwin:
    """Another device with the same serial number, and the number of its contract."""

    equipment: Equipment
    contract_id: str
    number: str
    customer: str


@dataclass(frozen=True)
class DeviceView:
    """A device with what follows: whose it is and why, where it stands, when it has to go back."""

    equipment: Equipment
    owned: Owned
    stage: Stage
    duty: ReturnDuty | None
    rule: EquipmentRule | None
    replaces: Equipment | None
    twins: tuple[SerialTwin, ...]


@dataclass(frozen=True)
class EquipmentView:
    """All devices of a contract, those struck out left away, with the rules of its service."""

    contract_id: str
    number: str
    service: str
    ended_on: date | None
    paid_on: date | None
    rules: tuple[EquipmentRule, ...]
    devices: tuple[DeviceView, ...]


def equipment_view(desk: Desk, contract_id: str) -> EquipmentView:
    """Every device of a contract as it stands today. UserError ``not-found``."""
    with desk.storage.look() as work:
        stored = work.contracts.get(contract_id)
        devices = [one for one in work.beside.equipment_of(contract_id) if not one.fields.removed]
        paid_on = _initial_fee_paid(desk, work, stored)
        twins = {one.id: _twins(work, one.fields.serial, one.id) for one in devices}
        catalogue = desk.catalogue_for(work.settings.load())
    return _view(desk, catalogue, stored, devices, paid_on, twins)


def _view(
    desk: Desk,
    catalogue: Catalogue,
    stored: StoredContract,
    devices: Sequence[Equipment],
    paid_on: date | None,
    twins: Mapping[str, tuple[SerialTwin, ...]],
) -> EquipmentView:
    today = desk.today()
    started, ended = _span(stored)
    rules = rules_of(desk, stored.content.service, started or today)
    replaced = replacements(devices)
    around = Circumstances(paid_on=paid_on, ended_on=ended, replaced=replaced)
    dates = _dates(catalogue, stored.content.service, started, ended)
    duties = {duty.equipment.id: duty for duty in to_return(devices, rules, ended, dates)}
    by_id = {one.id: one for one in devices}
    shown = []
    for device in devices:
        rule = rule_of(rules, device.fields.kind)
        shown.append(
            DeviceView(
                device,
                owned_on(device, rule, today, around),
                stage_of(device, rule, today, ended, replaced),
                duties.get(device.id),
                rule,
                by_id.get(device.fields.replaces),
                twins.get(device.id, ()),
            )
        )
    number, service = stored.number, stored.content.service
    return EquipmentView(stored.id, number, service, ended, paid_on, rules, tuple(shown))


def rules_of(desk: Desk, service: str, day: date) -> tuple[EquipmentRule, ...]:
    """The kinds of devices of a service by the terms that stand on a day."""
    edition = stands_for(desk.catalogue.service(service).editions, day)
    return edition.life.equipment if edition.life is not None else ()


def _span(stored: StoredContract) -> tuple[date | None, date | None]:
    """The first day of service and the day of the end, as recorded."""
    held = entries_standing([one.entry for one in stored.entries])
    started = next((one.on for one in held if type(one) is Started), None)
    return started, next((one.on for one in held if type(one) is Ended), None)


def _dates(
    catalogue: Catalogue, service: str, started: date | None, ended: date | None
) -> Mapping[str, DateReason]:
    if started is None or ended is None:
        return {}
    return deadlines(Question(service, started, cancel=ended), catalogue).dates


def _initial_fee_paid(desk: Desk, work: UnitOfWork, stored: StoredContract) -> date | None:
    """The day the last one-off fee that was billed was paid in full; None while something is open."""
    service = desk.catalogue.service(stored.content.service)
    once = {item.code for edition in service.editions for item in edition.items if item.charge == ONE_OFF}
    bills = work.bills.closed_of([stored.id]).get(stored.id, [])
    with_fee = {bill.id: bill for bill in bills if any(line.item in once for line in bill.content.lines)}
    if not with_fee:
        return None
    paid: dict[str, int] = {}
    last: date | None = None
    for payment in work.bills.payments_of(stored.id):
        if payment.bill_id in with_fee and not payment.voided:
            paid[payment.bill_id] = paid.get(payment.bill_id, 0) + payment.amount
            last = payment.on if last is None else max(last, payment.on)
    if any(paid.get(bill.id, 0) < bill.total for bill in with_fee.values()):
        return None
    return last


def serial_twins(desk: Desk, serial: str, own_id: str = "") -> tuple[SerialTwin, ...]:
    """Other devices with this serial number, whatever contract they belong to."""
    with desk.storage.look() as work:
        return _twins(work, serial, own_id)


def _twins(work: UnitOfWork, serial: str, own_id: str) -> tuple[SerialTwin, ...]:
    if not serial.strip():
        return ()
    found = []
    for one in work.beside.with_serial(serial):
        if one.id == own_id or one.fields.removed:
            continue
        contract = work.contracts.get(one.contract_id)
        customer = work.customers.get(contract.customer_id).fields.name
        found.append(SerialTwin(one, contract.id, contract.number, customer))
    return tuple(found)


def add_device(desk: Desk, contract_id: str, fields: EquipmentFields) -> Equipment:
    """Store a device. Raises UserError with every problem; a serial number seen elsewhere is no problem."""
    fields = _tidy(fields)
    _check(fields)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        device = work.beside.add_equipment(contract_id, fields)
        _stand(desk, work, contract_id, "device-added", device)
        work.commit()
    return device


def change_device(desk: Desk, device: Equipment, fields: EquipmentFields) -> Equipment:
    """Store other fields of a device. Raises UserError, ConflictError when another window was first."""
    fields = _tidy(fields)
    _check(fields)
    return _save(desk, device, fields, "device-changed")


def strike_out(desk: Desk, device: Equipment, why: str) -> Equipment:
    """Leave a device away that never belonged here; it stays stored with the reason."""
    why = why.strip()
    if not why:
        raise UserError(
            Problem(
                "bad-input",
                _("取り消す理由がありません。"),
                remedy=_("理由を入力してください。例：別の契約の機器"),
                field="why",
            )
        )
    return _save(desk, device, msgspec.structs.replace(device.fields, removed=why), "device-struck-out")


def put_device_back(desk: Desk, device: Equipment) -> Equipment:
    """A device that was struck out belongs to the contract after all."""
    return _save(desk, device, msgspec.structs.replace(device.fields, removed=""), "device-put-back")


def _save(desk: Desk, device: Equipment, fields: EquipmentFields, what: str) -> Equipment:
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        stored = work.beside.save_equipment(device.id, device.version, fields)
        _stand(desk, work, device.contract_id, what, stored)
        work.commit()
    return stored


def _stand(desk: Desk, work: UnitOfWork, contract_id: str, what: str, device: Equipment) -> None:
    """Returns to be made are deadlines of the contract: where it stands is worked out anew."""
    settings = work.settings.load()
    contract = work.contracts.get(contract_id)
    entries = [one.entry for one in contract.entries]
    catalogue = desk.catalogue_for(settings)
    devices = work.beside.equipment_of(contract_id)
    standing = standing_of(contract.content, entries, catalogue, desk.today(), devices)
    work.contracts.put_standing(contract_id, standing)
    work.audit.record(who(settings), what, contract_id, {"device": device.id})


def _tidy(fields: EquipmentFields) -> EquipmentFields:
    values = {name: getattr(fields, name).strip() for name in ("model", "serial", "note")}
    return msgspec.structs.replace(fields, **values)


def _check(fields: EquipmentFields) -> None:
    problems = Problems()
    check_line(fields.model, _("型名"), "model", problems)
    check_line(fields.serial, _("製造番号"), "serial", problems)
    check_line(fields.note, _("メモ"), "note", problems)
    if fields.returned_on is not None:
        if fields.delivered_on is None:
            problems.add(
                "bad-input",
                _("届いた日がないのに、返却日があります。"),
                remedy=_("届いた日を入力してください。"),
                field="delivered_on",
            )
        elif fields.returned_on < fields.delivered_on:
            problems.add(
                "bad-input",
                _("返却日が、届いた日より前です。"),
                remedy=_("どちらかの日付を直してください。"),
                field="returned_on",
            )
        if fields.lost:
            problems.add(
                "bad-input",
                _("返却と紛失の両方は記録できません。"),
                remedy=_("どちらか一方にしてください。"),
                field="lost",
            )
    problems.raise_if_any()
