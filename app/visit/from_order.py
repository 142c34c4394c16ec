"""What people arranged becomes a request that is priced: devices to work, a contract to what it brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from app.contract.facts import Timeline
from app.errors import Problem, Problems, UserError
from app.money import exact
from app.tariff.catalogue import Catalogue
from app.visit.order import Area, Device, VisitContent
from app.visit.pricing import PricedVisit, price_visit
from app.visit.work import HandPrice, VisitContract, VisitRequest, Work
from app.words import _


def contract_of(
    timeline: Timeline, catalogue: Catalogue, on: date, free_visits: Iterable[date] = ()
) -> VisitContract:
    """What a contract brings to a visit on a day: its start, gateways, endpoint function, and the days that
    used the free visit. Nothing where it had not begun or has ended.
    """
    try:
        history = timeline.history
    except LookupError:
        return VisitContract()
    if on < history.started.on or (history.ended is not None and history.ended.on <= on):
        return VisitContract()
    items = history.state_on(on).items
    edition = catalogue.edition(timeline.service, on)
    gateways = {
        item.capacity: items[item.code]
        for item in edition.items
        if item.capacity is not None and items.get(item.code)
    }
    return VisitContract(
        start=history.started.on,
        gateways=gateways,
        endpoint=bool(items.get("endpoint")),
        free_visits=tuple(sorted(free_visits)),
    )


def request_of(content: VisitContent, on: date, contract: VisitContract, area: Area) -> VisitRequest:
    """The request a visit makes, one ``Work`` for each device of the list.

    Raises UserError, all problems at once: ``bad-input`` for a volume that is no number, for work without
    anything to do, for none at all.
    """
    problems = Problems()
    work = tuple(_work(device, place, problems) for place, device in enumerate(content.devices))
    if not content.devices:
        problems.add(
            "bad-input",
            _("訪問で行う作業がありません。"),
            remedy=_("機器と作業を加えてください。"),
            field="devices",
        )
    problems.raise_if_any()
    return VisitRequest(
        service=content.service,
        on=on,
        work=work,
        contract=contract,
        area=area,
        with_line_order=content.with_line_order,
        dispatches=content.dispatches,
        use_free=content.use_free,
    )


def price_of(
    content: VisitContent, contract: VisitContract, catalogue: Catalogue, on: date, area: Area
) -> PricedVisit:
    """The price of a visit on a day. Raises UserError as ``request_of`` and ``price_visit`` do, fields named
    as in the content (``devices.0.data_gb``).
    """
    request = request_of(content, on, contract, area)
    try:
        return price_visit(request, catalogue)
    except UserError as error:
        raise UserError(*_renamed(error)) from error


def _renamed(error: UserError) -> Iterable[Problem]:
    for problem in error.problems:
        head, _dot, rest = problem.field.partition(".")
        if head != "work":
            yield problem
            continue
        place, _dot, name = rest.partition(".")
        name = {"devices": "count", "migrate_gb": "data_gb"}.get(name, name)
        field = ".".join(part for part in ("devices", place, name) if part)
        yield replace(problem, field=field)


def _work(device: Device, place: int, problems: Problems) -> Work:
    field = f"devices.{place}"
    if not device.menu:
        problems.add(
            "bad-input",
            _("「{name}」で行う作業がありません。").format(name=device.name or _("機器")),
            remedy=_("作業を選ぶか、この機器を外してください。"),
            field=f"{field}.menu",
        )
    by_hand = device.by_hand
    return Work(
        devices=device.count,
        menu=device.menu,
        migrate_gb=_volume(device, field, problems),
        backup=device.backup,
        apps=device.apps,
        by_hand=HandPrice(by_hand.unit_price, by_hand.reason, by_hand.approved_by) if by_hand else None,
        label=device.name,
    )


def _volume(device: Device, field: str, problems: Problems) -> Fraction | None:
    if "data-migration" not in device.menu or not (device.data_gb or "").strip():
        return None
    try:
        return exact((device.data_gb or "").strip())
    except ValueError:
        problems.add(
            "bad-input",
            _("容量「{text}」は数として読めません。").format(text=(device.data_gb or "")[:20]),
            remedy=_("「50GB」のように入力してください。"),
            field=f"{field}.data_gb",
        )
        return None
