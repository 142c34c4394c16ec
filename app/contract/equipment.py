"""Devices of a contract: whose they are today and why, which have to go back and until when.

The rules of each kind are the service's own (``edition.life.equipment``); a device of a kind the service
does not know follows what was recorded of it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from app.contract.beside import Equipment, EquipmentFields, EquipmentKind, Ownership
from app.contract.date_reason import DateReason
from app.tariff.life import EquipmentRule
from app.words import N_, _

KINDS: Final[Mapping[EquipmentKind, str]] = {
    "gateway": N_("ゲートウェイ装置"),
    "sensor": N_("センサー"),
    "dongle": N_("USBドングル"),
    "sim": N_("SIMカード"),
    "connector": N_("接続機器"),
    "other": N_("その他の機器"),
}
MODELS: Final[Mapping[str, str]] = {
    "gateway-10": N_("10クライアント向け"),
    "gateway-50": N_("50クライアント向け"),
    "gateway-100": N_("100クライアント向け"),
}
OWNERSHIPS: Final[Mapping[Ownership, str]] = {
    "rental": N_("レンタル"),
    "purchased": N_("買取り"),
    "designated-seller": N_("指定販売元から購入・リース"),
    "passes-on-payment": N_("初期費用の完済でお客さまのものに"),
    "customer": N_("お客さまの持ち物"),
}


class Holder(StrEnum):
    """Whose a device is."""

    PROVIDER = "provider"
    CUSTOMER = "customer"


class Stage(StrEnum):
    """Where a device stands."""

    ORDERED = "ordered"  # not yet delivered
    IN_USE = "in-use"
    REPLACED = "replaced"  # another stands in for it; it still has to go back
    TO_RETURN = "to-return"  # the contract is over
    RETURNED = "returned"
    LOST = "lost"
    KEPT = "kept"  # over, and the customer's own


class Why(StrEnum):
    """What makes a device somebody's."""

    RENTED = "rented"
    LENT = "lent"  # the provider's until something passes it
    BOUGHT = "bought"
    SELLER = "seller"
    OWN = "own"
    PAID = "paid"
    UNPAID = "unpaid"
    ENDED = "ended"
    NOT_ENDED = "not-ended"


@dataclass(frozen=True)
class Circumstances:
    """What ownership hangs on: the day the initial fee was paid in full, the day the contract ended, and
    for each device that was replaced the day the other one came.
    """

    paid_on: date | None = None
    ended_on: date | None = None
    replaced: Mapping[str, date | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Owned:
    """Whose a device is on a day, since when (None: from the first), and why, with its clause."""

    holder: Holder
    why: Why
    since: date | None = None
    clause: str = ""


@dataclass(frozen=True)
class ReturnDuty:
    """A device that has to go back. ``by``: the last day, None where the terms name none; ``reason`` says how
    it was counted.
    """

    equipment: Equipment
    by: date | None
    reason: DateReason | None
    clause: str


def rule_of(rules: Iterable[EquipmentRule], kind: str) -> EquipmentRule | None:
    """The service's rule for a kind of device, None where it has none."""
    return next((rule for rule in rules if rule.kind == kind), None)


def replacements(devices: Iterable[Equipment]) -> dict[str, date | None]:
    """Id of each device that another one stands in for → the day that one was delivered."""
    return {
        one.fields.replaces: one.fields.delivered_on
        for one in devices
        if one.fields.replaces and not one.fields.removed
    }


def owned_on(
    device: Equipment, rule: EquipmentRule | None, day: date, around: Circumstances | None = None
) -> Owned:
    """Whose a device is on ``day``."""
    around = around or Circumstances()
    fields = device.fields
    clause = rule.clause if rule is not None else ""
    plain = {
        "rental": Owned(Holder.PROVIDER, Why.RENTED, None, clause),
        "purchased": Owned(Holder.CUSTOMER, Why.BOUGHT, fields.delivered_on, clause),
        "designated-seller": Owned(Holder.CUSTOMER, Why.SELLER, fields.delivered_on, clause),
        "customer": Owned(Holder.CUSTOMER, Why.OWN, None, clause),
    }
    if rule is not None and rule.passes == "at-end":
        passed = _first(around.ended_on, _replaced_on(device, around))
        return _passing(passed, day, Why.ENDED, Why.NOT_ENDED, clause)
    if fields.ownership == "passes-on-payment" or (rule is not None and rule.passes == "on-initial-fee"):
        return _passing(fields.passed_on or around.paid_on, day, Why.PAID, Why.UNPAID, clause)
    return plain[fields.ownership]


def _passing(passed: date | None, day: date, done: Why, waiting: Why, clause: str) -> Owned:
    if passed is not None and passed <= day:
        return Owned(Holder.CUSTOMER, done, passed, clause)
    return Owned(Holder.PROVIDER, waiting, None, clause)


def _replaced_on(device: Equipment, around: Circumstances) -> date | None:
    return around.replaced.get(device.id)


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def has_to_go_back(device: Equipment, rule: EquipmentRule | None) -> bool:
    """Whether a device goes back to the provider when it is no longer used."""
    if rule is None:
        return device.fields.ownership == "rental"
    return rule.at_end == "return" and (device.fields.ownership == "rental" or len(rule.ownership) == 1)


def is_open(device: Equipment) -> bool:
    """Whether a device came and is still out: not returned, not lost, not struck out."""
    fields = device.fields
    return bool(fields.delivered_on) and not (fields.returned_on or fields.lost or fields.removed)


def to_return(
    devices: Sequence[Equipment],
    rules: Sequence[EquipmentRule],
    ended_on: date | None,
    dates: Mapping[str, DateReason],
) -> tuple[ReturnDuty, ...]:
    """Every device that has to go back: the contract ended, or another device stands in for it.

    ``dates`` are the contract's deadlines (``app.contract.deadlines``), among which the rule names its own.
    """
    replaced = replacements(devices)
    found = []
    for device in devices:
        rule = rule_of(rules, device.fields.kind)
        if not (is_open(device) and has_to_go_back(device, rule)):
            continue
        if ended_on is not None:
            reason = dates.get(rule.return_code) if rule is not None else None
            clause = reason.clause if reason is not None else rule.clause if rule is not None else ""
            found.append(ReturnDuty(device, reason.day if reason is not None else None, reason, clause))
        elif device.id in replaced:
            found.append(ReturnDuty(device, None, None, rule.clause if rule is not None else ""))
    return tuple(found)


def stage_of(
    device: Equipment,
    rule: EquipmentRule | None,
    today: date,
    ended_on: date | None = None,
    replaced: Mapping[str, date | None] | None = None,
) -> Stage:
    """Where a device stands today."""
    fields = device.fields
    if fields.lost:
        return Stage.LOST
    if fields.returned_on is not None and fields.returned_on <= today:
        return Stage.RETURNED
    if fields.delivered_on is None or fields.delivered_on > today:
        return Stage.ORDERED
    over = ended_on is not None and ended_on <= today
    stood_in_for = replaced is not None and device.id in replaced
    if not (over or stood_in_for):
        return Stage.IN_USE
    if not has_to_go_back(device, rule):
        return Stage.KEPT
    return Stage.TO_RETURN if over else Stage.REPLACED


def device_words(fields: EquipmentFields) -> str:
    """What a device is: ``ゲートウェイ装置 50クライアント向け（24時間対応）``."""
    kind = _(KINDS[fields.kind])
    model = _(MODELS[fields.model]) if fields.model in MODELS else fields.model
    words = f"{kind} {model}".strip()
    if fields.kind == "gateway" and fields.always_on:
        return _("{device}（24時間対応）").format(device=words)
    return words
