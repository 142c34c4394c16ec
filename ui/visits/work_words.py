"""Devices and what is done on them, in words and pictures."""

from __future__ import annotations

from app.visit.order import Device
from app.words import _
from ui.visits.visit_reading import VisitView
from ui.visits.words import WORK_ICONS, device_kind, menu_names


def device_words(device: Device) -> tuple[str, str]:
    """Icon and name of a device: ``受付PC（2階）3台``."""
    icon, kind = device_kind(device.kind)
    name = device.name or kind
    if device.place:
        name = _("{name}（{place}）").format(name=name, place=device.place)
    if device.count > 1:
        name = _("{name} {count}台").format(name=name, count=device.count)
    return icon, name


def names_of(view: VisitView) -> dict[str, str]:
    """The names of all work of the visit's service, by code."""
    day = min((span.on for span in view.stored.content.spans), default=view.ground.now.date())
    return menu_names(view.ground.catalogue, view.stored.content.service, day)


def work_words(view: VisitView, device: Device) -> list[str]:
    """What is done on a device, with volume and number of applications."""
    names = names_of(view)
    return [_work(names.get(menu, menu), menu, device) for menu in device.menu]


def _work(name: str, menu: str, device: Device) -> str:
    if menu == "data-migration" and device.data_gb:
        backup = _("バックアップあり") if device.backup else _("バックアップなし")
        return _("{name} {volume}GB（{backup}）").format(name=name, volume=device.data_gb, backup=backup)
    if menu == "app-setup" and device.apps > 1:
        return _("{name} {count}アプリ").format(name=name, count=device.apps)
    return name


def work_icon(menu: str) -> str:
    """The picture of a piece of work."""
    return WORK_ICONS.get(menu, "wrench")
