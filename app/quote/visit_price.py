"""A visit of a quotation, priced: what was typed becomes a request to ``app.visit``."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from app.errors import Problems
from app.money import exact
from app.quote.area import area_of
from app.quote.content import ExistingContract, QuotationContent, VisitEntry, WorkEntry
from app.quote.priced import VisitPrice
from app.quote.service_price import PricedService, hand_price_problems
from app.tariff.catalogue import Catalogue
from app.visit.days import refusal, time_refusal
from app.visit.pricing import price_visit
from app.visit.work import HandPrice, VisitContract, VisitRequest, Work
from app.words import _

# Days that took a free visit, by what tells contracts apart.
TakenVisits = dict[object, list[date]]


def price_visit_entry(
    index: int,
    content: QuotationContent,
    services: list[PricedService],
    catalogue: Catalogue,
    used: TakenVisits,
    problems: Problems,
) -> VisitPrice:
    """Price one visit. ``used`` collects, per contract, the days that took a free visit.

    Raises UserError with fields relative to the visit; a day or an hour at which the service does not visit
    is told in ``problems``, because the price stands all the same.
    """
    entry = content.visits[index]
    code = service_code(entry, content)
    own = Problems()
    work = _work(entry, own)
    if entry.on is None:
        own.add("bad-input", _("訪問日がありません。"), remedy=_("日付を入力してください。"), field="on")
    if not entry.work:
        own.add(
            "bad-input",
            _("訪問で行う作業がありません。"),
            remedy=_("作業を加えてください。"),
            field="work",
        )
    own.raise_if_any()
    assert entry.on is not None
    area = area_of(entry.site, content.customer)
    request = VisitRequest(
        service=code,
        on=entry.on,
        work=work,
        contract=_contract(entry, services, used),
        area="east" if area == "east" else "west",
        with_line_order=entry.with_line_order,
        dispatches=entry.dispatches,
        use_free=entry.use_free,
    )
    priced = price_visit(request, catalogue)
    if priced.used_free:
        used.setdefault(_whose(entry), []).append(entry.on)
    refused = {"on": refusal(catalogue, code, request.area, entry.on)}
    if entry.at:
        refused["at"] = time_refusal(catalogue, code, entry.on, entry.at)
    for field, why_not in refused.items():
        if why_not is not None:
            problems.add(
                "visit-hour" if why_not.kind == "hour" else "visit-day",
                why_not.what,
                why=why_not.why,
                remedy=why_not.remedy,
                clause=why_not.clause,
                field=f"visits.{index}.{field}",
            )
    return VisitPrice(index, code, entry.on, entry.site.name.strip(), priced.lines, priced.free_value)


def service_code(entry: VisitEntry, content: QuotationContent) -> str:
    """Whose price list a visit follows: the one named, else that of the service entry it belongs to.

    Raises UserError ``bad-input`` when neither is there.
    """
    if entry.service:
        return entry.service
    place = entry.for_service
    if place is not None and 0 <= place < len(content.services):
        return content.services[place].service
    problems = Problems()
    problems.add(
        "bad-input",
        _("どのサービスの訪問か決まっていません。"),
        remedy=_("サービスを選んでください。"),
        field="for_service",
    )
    problems.raise_if_any()
    raise AssertionError


def _work(entry: VisitEntry, problems: Problems) -> tuple[Work, ...]:
    return tuple(_one_work(work, place, problems) for place, work in enumerate(entry.work))


def _one_work(work: WorkEntry, place: int, problems: Problems) -> Work:
    volume: Fraction | None = None
    if work.migrate_gb is not None and work.migrate_gb.strip():
        try:
            volume = exact(work.migrate_gb.strip())
        except ValueError:
            problems.add(
                "bad-input",
                _("容量「{text}」は数として読めません。").format(text=work.migrate_gb[:20]),
                remedy=_("GB単位の数字で入力してください（例：50）。"),
                field=f"work.{place}.migrate_gb",
            )
    by_hand = None
    if work.by_hand is not None:
        problems.extend(hand_price_problems(work.by_hand), under=f"work.{place}.by_hand")
        by_hand = HandPrice(work.by_hand.unit_price, work.by_hand.reason, work.by_hand.approved_by)
    return Work(work.devices, work.menu, volume, work.backup, work.apps, by_hand, work.label)


def _whose(entry: VisitEntry) -> object:
    """What tells contracts apart: the service entry of this quotation, or the existing contract as
    described.
    """
    return entry.contract if entry.contract is not None else entry.for_service


def _contract(entry: VisitEntry, services: list[PricedService], used: TakenVisits) -> VisitContract:
    """What the contract brings to the visit: from the service on this quotation, or an existing contract."""
    taken = tuple(used.get(_whose(entry), ()))
    if entry.contract is not None:
        return _existing(entry.contract, taken)
    own = next((one for one in services if one.price.index == entry.for_service), None)
    if own is None:
        return VisitContract()
    started = own.timeline.started
    items = own.edition.items
    gateways = {
        item.capacity: started.items[item.code]
        for item in items
        if item.capacity is not None and started.items.get(item.code)
    }
    return VisitContract(
        start=started.on,
        gateways=gateways,
        endpoint=bool(started.items.get("endpoint")),
        free_visits=taken,
    )


def _existing(contract: ExistingContract, taken: tuple[date, ...]) -> VisitContract:
    gateways: dict[int, int] = {contract.gateway: 1} if contract.gateway else {}
    return VisitContract(contract.start, gateways, contract.endpoint, (*contract.free_visits, *taken))
