"""``price_quotation``: everything typed for a quotation → one finished object. Called on every keystroke."""

from __future__ import annotations

from datetime import date, timedelta

from app.charge.lines import Bill, Line, UsedReading, make_bill
from app.days import Month
from app.errors import Problems
from app.quote.area import area_of
from app.quote.content import HandGroup, QuotationContent
from app.quote.groups import make_groups, visit_count
from app.quote.hand import hand_lines
from app.quote.notes import make_notes, service_conditions
from app.quote.payments import MonthDue, Plan, bill_over, new_plan, payment_rows
from app.quote.priced import PricedQuotation, VisitPrice
from app.quote.service_price import PricedService, price_service
from app.quote.validate import check_customer, check_texts
from app.quote.visit_price import TakenVisits, price_visit_entry
from app.tariff.catalogue import Catalogue
from app.words import _

VALIDITY_DAYS = 14


def price_quotation(
    content: QuotationContent, catalogue: Catalogue, today: date, validity_days: int = VALIDITY_DAYS
) -> PricedQuotation:
    """Price what can be priced and tell every problem of the rest.

    Never raises for what was typed: problems stand in the result (field paths as in the content) and keep
    it from being
    issued. ``catalogue`` carries the owner's readings; those of the content go before them.
    """
    problems = Problems()
    with problems.collecting(under="readings"):
        catalogue = catalogue.with_choices(content.readings) if content.readings else catalogue
    check_customer(content, problems)
    check_texts(content, problems)
    issued = content.issued_on or today
    valid_until = content.valid_until or issued + timedelta(days=validity_days)
    if valid_until < issued:
        problems.add(
            "bad-input",
            _("有効期限が発行日より前です。"),
            remedy=_("発行日以後の日付を入力してください。"),
            field="valid_until",
        )
    services = _services(content, catalogue, problems)
    visits = _visits(content, services, catalogue, problems)
    by_hand = hand_lines(content, problems)
    if not (content.services or content.visits or content.hand_lines):
        problems.add(
            "bad-input",
            _("見積もる内容がありません。"),
            remedy=_("サービス、訪問、手入力の行のいずれかを加えてください。"),
            field="services",
        )
    plan = _plan(services, visits, by_hand, issued)
    total = bill_over((month, due.lines) for month, due in sorted(plan.items()))
    prices = tuple(service.price for service in services)
    return PricedQuotation(
        content=content,
        today=today,
        valid_until=valid_until,
        title=content.title.strip() or _usual_title(services, visits),
        services=prices,
        visits=visits,
        groups=make_groups(prices, visits, by_hand, content),
        payments=payment_rows(plan),
        first_bill=_first_bill(plan, issued),
        monthly_bill=_monthly_bill(services, by_hand, issued),
        total_bill=total,
        tax_rows=total.rows,
        term_words=_term_words(services),
        readings=_readings(services, total),
        notes=make_notes(content, services, visits, catalogue),
        problems=tuple(problems),
        conditions={one.price.index: service_conditions(content, one) for one in services},
    )


def _services(content: QuotationContent, catalogue: Catalogue, problems: Problems) -> list[PricedService]:
    priced: list[PricedService] = []
    for index, entry in enumerate(content.services):
        with problems.collecting(under=f"services.{index}"):
            area = area_of(entry.site, content.customer)
            priced.append(price_service(index, entry, catalogue, content.customer.kind, area))
            problems.extend(priced[-1].problems, under=f"services.{index}")
    return priced


def _visits(
    content: QuotationContent, services: list[PricedService], catalogue: Catalogue, problems: Problems
) -> tuple[VisitPrice, ...]:
    priced: list[VisitPrice] = []
    used: TakenVisits = {}
    # By day, not as typed: the first visit of a contract year takes the free one (media 別紙2).
    for index in sorted(range(len(content.visits)), key=lambda place: content.visits[place].on or date.max):
        with problems.collecting(under=f"visits.{index}"):
            priced.append(price_visit_entry(index, content, services, catalogue, used, problems))
    return tuple(sorted(priced, key=lambda visit: visit.index))


def _plan(
    services: list[PricedService],
    visits: tuple[VisitPrice, ...],
    by_hand: dict[HandGroup, list[Line]],
    issued: date,
) -> Plan:
    plan = new_plan()
    for service in services:
        for month, lines in service.months.items():
            one_off = {line.item for line in service.price.one_off}
            plan[month].once += [line for line in lines if line.item in one_off]
            plan[month].services += [line for line in lines if line.item not in one_off]
            plan[month].annual |= service.price.billing == "annual"
    first = min(plan, default=Month.of(min((v.on for v in visits if v.on), default=issued)))
    last = max(plan, default=first)
    for visit in visits:
        plan[Month.of(visit.on) if visit.on else first].visits += visit.lines
    months = list(first.until(last)) if services else [first.plus(n) for n in range(12)]
    for month in months if by_hand["monthly"] else ():
        plan[month].services += by_hand["monthly"]
    if by_hand["one-off"]:
        plan[first].once += by_hand["one-off"]
    if by_hand["visit"]:
        plan[_first_visit_month(visits, first)].visits += by_hand["visit"]
    return plan


def _first_visit_month(visits: tuple[VisitPrice, ...], first: Month) -> Month:
    days = [visit.on for visit in visits if visit.on]
    return Month.of(min(days)) if days else first


def _first_bill(plan: Plan, issued: date) -> Bill:
    months = [month for month in sorted(plan) if plan[month].lines]
    if not months:
        return make_bill((), issued)
    due: MonthDue = plan[months[0]]
    return make_bill(due.lines, months[0].first)


def _monthly_bill(
    services: list[PricedService], by_hand: dict[HandGroup, list[Line]], issued: date
) -> Bill | None:
    lines = [
        line for service in services if service.price.billing == "monthly" for line in service.price.monthly
    ]
    lines += by_hand["monthly"]
    starts = [service.price.start for service in services]
    return make_bill(lines, max(starts, default=issued)) if lines else None


def _term_words(services: list[PricedService]) -> str:
    months = {service.price.term_months for service in services}
    if not months:
        return ""
    if len(months) == 1:
        return _("{count}か月").format(count=months.pop())
    return _("各サービスの期間")


def _usual_title(services: list[PricedService], visits: tuple[VisitPrice, ...]) -> str:
    """What stands as 件名 when nothing was typed: どこでもプライム（120 ID）と訪問4回."""
    parts = []
    for service in services:
        quantity = service.price.quantity_words
        name = service.price.short if len(services) > 1 or visits else service.price.name
        parts.append(_("{name}（{quantity}）").format(name=name, quantity=quantity) if quantity else name)
    title = _("・").join(parts)
    if not visits:
        return title
    count = visit_count(len(visits))
    return _("{title}と{visits}").format(title=title, visits=count) if title else _("訪問サポート")


def _readings(services: list[PricedService], total: Bill) -> tuple[UsedReading, ...]:
    """Every reading an amount on the paper rests on, each once."""
    found: dict[UsedReading, None] = {}
    for line in total.lines:
        found.update(dict.fromkeys(line.reason.all_readings()))
    for service in services:
        found.update(dict.fromkeys(service.term_readings))
    return tuple(found)
