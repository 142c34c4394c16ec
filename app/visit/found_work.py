"""What was found and done on site, and what that makes of the price.

The fee of work that was done is owed whether or not it succeeded (24条3項・4項); work that was not begun at
all is left out, and a volume that turns out different counts as it was found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from app.errors import Problems
from app.visit.order import Device, Tick, VisitContent
from app.visit.pricing import PricedVisit
from app.words import _


@dataclass(frozen=True)
class PriceChange:
    """A line of the price before and after, in net yen; None where it was or is not charged."""

    item: str
    name: str
    before: int | None
    after: int | None


def check_ticks(devices: Sequence[Device], ticks: Sequence[Tick]) -> Problems:
    """Everything that is missing before a report may be frozen: a result for each piece of work, and a reason
    where it is not done.
    """
    problems = Problems()
    by_work = {(tick.device, tick.menu): tick for tick in ticks}
    for device in devices:
        for menu in dict.fromkeys(device.menu):
            field = f"ticks.{device.id}.{menu}"
            tick = by_work.get((device.id, menu))
            if tick is None:
                problems.add(
                    "bad-input",
                    _("「{name}」の結果がまだ入っていません。").format(name=device.name or device.id),
                    remedy=_("完了・一部・未実施のどれかを選んでください。"),
                    field=field,
                )
            elif tick.result != "done" and not tick.why.strip():
                problems.add(
                    "bad-input",
                    _("「{name}」を終えられなかった理由がありません。").format(name=device.name or device.id),
                    remedy=_("理由を入力してください。報告書に載ります。"),
                    field=field,
                )
            if tick and tick.first is not None and tick.last is not None and tick.last < tick.first:
                problems.add("bad-input", _("終わりの時刻が始まりより前です。"), field=field)
    return problems


def as_done(content: VisitContent, ticks: Sequence[Tick]) -> VisitContent:
    """The content as it was done: volumes as found, work that was not begun left out."""
    by_work = {(tick.device, tick.menu): tick for tick in ticks}
    devices = [_done(device, by_work) for device in content.devices]
    return msgspec.structs.replace(content, devices=tuple(one for one in devices if one.menu))


def _done(device: Device, by_work: dict[tuple[str, str], Tick]) -> Device:
    menu, volume = [], device.data_gb
    for code in device.menu:
        tick = by_work.get((device.id, code))
        if tick is not None and tick.result == "not-done":
            continue
        menu.append(code)
        if tick is not None and tick.data_gb:
            volume = tick.data_gb
    return msgspec.structs.replace(device, menu=tuple(menu), data_gb=volume)


def price_changes(before: PricedVisit, after: PricedVisit) -> tuple[PriceChange, ...]:
    """The items whose amount differs, in the order of the price list of the earlier one, then new ones."""
    old, new = _sums(before), _sums(after)
    names = {line.item: line.name for priced in (after, before) for line in priced.lines}
    return tuple(
        PriceChange(item, names[item], old.get(item), new.get(item))
        for item in dict.fromkeys([*old, *new])
        if old.get(item) != new.get(item)
    )


def _sums(priced: PricedVisit) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in priced.lines:
        sums[line.item] = sums.get(line.item, 0) + line.amount
    return sums


def content_hash(number: str, devices: Sequence[Device], ticks: Sequence[Tick], net: int, notes: str) -> str:
    """SHA-256 (hex) of what is frozen before it is signed. Any change gives another."""
    frozen = {"number": number, "devices": devices, "ticks": ticks, "net": net, "notes": notes}
    return hashlib.sha256(msgspec.json.encode(frozen, order="deterministic")).hexdigest()
