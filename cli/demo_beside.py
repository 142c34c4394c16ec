"""Invented devices and call notes of the demo's contracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from app.contract.beside import CallNote, EquipmentFields
from app.contract.facts import Ended, Started
from app.contract.record import Entry
from app.papers.issuer import Staff

_NOTES: Final = (
    ("料金の内訳についてお問い合わせ。明細をご説明した。", "明細書を郵送する"),
    ("端末の入替えを検討中とのこと。来月あらためてご連絡。", "台数の変更についてお電話する"),
    ("担当者が交代されたとのご連絡。", "届出書をお願いする"),
    ("更新のご案内をした。社内で検討されるとのこと。", "更新のご意向をうかがう"),
    ("ゲートウェイの設置場所を変えたいとのご相談。", "訪問の日程を調整する"),
)


def devices(service: str, entries: Sequence[Entry], today: date, chance: Random) -> Iterator[EquipmentFields]:
    """The devices of a contract that has begun; rented ones are back from most that are over."""
    started = next((one for one in entries if isinstance(one, Started)), None)
    if started is None:
        return
    ended = next((one.on for one in entries if isinstance(one, Ended)), None)
    back = ended + timedelta(days=chance.randint(3, 25)) if ended and chance.random() < 0.7 else None
    returned = back if back is not None and back <= today else None
    delivered = started.on - timedelta(days=chance.randint(10, 16))
    serial = f"{chance.getrandbits(32):08X}"
    gateway = next((code for code in started.items if code.startswith("gateway")), "")
    if gateway:
        bought = bool(started.options.get("gateway_purchased"))
        yield EquipmentFields(
            kind="gateway",
            model=gateway,
            serial=f"GW{serial}",
            ownership="designated-seller" if bought else "rental",
            always_on=bool(started.options.get("gateway_24h", True)),
            delivered_on=delivered,
            returned_on=None if bought else returned,
        )
    elif service == "osect":
        for number in range(started.items["sensor"]):
            for kind, mark in (("sensor", "OS"), ("dongle", "UD"), ("sim", "SIM")):
                yield EquipmentFields(
                    kind=kind,  # type: ignore[arg-type]
                    serial=f"{mark}{serial}{number:02d}",
                    ownership="passes-on-payment",
                    delivered_on=delivered,
                )
    elif service == "mdr-ndr" and chance.random() < 0.4:
        yield EquipmentFields(
            kind="connector", serial=f"VPN{serial}", delivered_on=delivered, returned_on=returned
        )


def notes(staff: Staff, now: datetime, chance: Random) -> Iterator[CallNote]:
    """A call now and then; a third of them leave something to be done."""
    if chance.random() > 0.12:
        return
    text, step = chance.choice(_NOTES)
    day = now.date() - timedelta(days=chance.randint(1, 90))
    at = datetime.combine(day, time(chance.randint(9, 17)), now.tzinfo)
    if chance.random() < 0.35:
        due = now.date() + timedelta(days=chance.randint(-5, 21))
        yield CallNote(
            id="", version=1, subject="contract", subject_id="", at=at, staff=staff.name, text=text,
            next_step=step, owner=staff.id, due_on=due,
        )  # fmt: skip
    else:
        yield CallNote(
            id="", version=1, subject="contract", subject_id="", at=at, staff=staff.name, text=text
        )
