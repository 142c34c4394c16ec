"""One service of a quotation, priced: one-off fees, a full month, the start month, and every month of its
term.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.charge.engine import charge, end_after
from app.charge.lines import Line, UsedReading
from app.charge.prices import REFUSALS, Ordered, check_ordered, full_lines
from app.charge.termination import Termination, termination
from app.charge.words import counted
from app.contract.facts import AgreedUnitPrice, Ended, Started, Timeline
from app.days import Month, corresponding_day, period
from app.errors import Problem, Problems
from app.money import figure
from app.quote.advice import cheaper_quantity
from app.quote.content import AgreedPrice, HandLine, HandPrice, ServiceEntry
from app.quote.priced import Advice, ExitFee, ServicePrice
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, PrepaidYear
from app.tariff.texts import words
from app.words import _

MOST_UNIT_PRICE = 9_999_999_999
USUAL_MONTHS = 12  # shown where the terms know no minimum term


@dataclass(frozen=True)
class PricedService:
    """A service with its sums and the lines of each month of its term."""

    price: ServicePrice
    months: dict[Month, tuple[Line, ...]]
    timeline: Timeline
    edition: Edition
    term_readings: tuple[UsedReading, ...]  # those the fee for leaving rests on
    problems: tuple[Problem, ...] = ()  # of agreed prices that lack their reason or who approved them


def price_service(
    index: int, entry: ServiceEntry, catalogue: Catalogue, customer: str, area: str
) -> PricedService:
    """Price one entry. Fields of problems are relative to the entry.

    Raises UserError with every problem that leaves it without a price; an agreed price that lacks its
    reason or who
    approved it is told in ``problems``, so that the price stands while it is typed.
    """
    service = catalogue.service(entry.service)
    edition, start, unagreed = _checked(entry, catalogue)
    timeline = _timeline(entry, edition, start, customer, area)
    ordered = Ordered(entry.service, edition, entry.items, entry.options, timeline.agreed)
    months_of_term = edition.term.months if edition.term else USUAL_MONTHS
    term = period(start, months_of_term)
    with_end = Timeline(
        timeline.service,
        (*timeline.facts, Ended(end_after(edition, term.last))),
        timeline.customer,
        timeline.line,
        timeline.area,
        timeline.agreed,
    )
    months = {
        month: lines
        for month in Month.of(start).until(Month.of(term.last))
        if (lines := charge(with_end, catalogue, month))
    }
    annual = isinstance(edition.proration, PrepaidYear)
    leaving = termination(timeline, catalogue, corresponding_day(start, USUAL_MONTHS))
    full = full_lines(ordered, "annual" if annual else "monthly")
    one_off = full_lines(ordered, "one-off")
    first = tuple(line for line in months.get(Month.of(start), ()) if line.item not in _codes(one_off))
    price = ServicePrice(
        index=index,
        service=entry.service,
        name=words(service.name),
        short=words(service.short),
        provider=words(service.provider),
        edition=edition.start,
        start=start,
        quantity_words=quantity_words(edition, entry.items),
        one_off=one_off,
        monthly=full,
        first_month=first,
        term_months=months_of_term,
        term_ends=term.last,
        minimum_term=edition.term is not None,
        billing="annual" if annual else "monthly",
        advice=_advice(ordered, months_of_term),
        exit_fee=_exit_fee(leaving, timeline, catalogue, edition) if leaving else None,
    )
    readings = leaving.reason.readings if leaving else ()
    return PricedService(price, months, timeline, edition, readings, tuple(unagreed))


def _codes(lines: tuple[Line, ...]) -> set[str]:
    return {line.item for line in lines}


def _checked(entry: ServiceEntry, catalogue: Catalogue) -> tuple[Edition, date, Problems]:
    """The edition, the start, and what agreed prices still lack: the price stands all the same."""
    problems = Problems()
    if entry.start is None:
        problems.add(
            "bad-input",
            _("ご利用開始日がありません。"),
            remedy=_("日付を入力してください。"),
            field="start",
        )
        problems.raise_if_any()
    assert entry.start is not None
    with problems.collecting(under="start"):
        edition = catalogue.priced_edition(entry.service, entry.start)
    problems.raise_if_any()
    ordered = Ordered(entry.service, edition, entry.items, entry.options)
    problems.extend(check_ordered(ordered))
    unagreed = Problems()
    for place, agreed in enumerate(entry.agreed_prices):
        unagreed.extend(_agreed_problems(agreed, edition), under=f"agreed_prices.{place}")
    _check_line(entry, catalogue, problems)
    if problems:
        problems.extend(unagreed)
    problems.raise_if_any(REFUSALS)
    return edition, entry.start, unagreed


def _agreed_problems(agreed: AgreedPrice, edition: Edition) -> Problems:
    problems = Problems()
    item = edition.item(agreed.item)
    if item is None:
        problems.add("bad-input", _("別段の合意の品目が料金表にありません。"), field="item")
    elif item.quoted:
        problems.add(
            "bad-input",
            _("{name}は見積の金額そのものなので、単価の合意は使えません。").format(name=words(item.name)),
            remedy=_("合意した年額を数量の欄に入力してください。"),
            field="item",
        )
    problems.extend(hand_price_problems(agreed))
    return problems


def hand_price_problems(price: AgreedPrice | HandPrice | HandLine) -> Problems:
    """A price that is not the tariff's needs an amount, a reason and who approved it."""
    problems = Problems()
    if not 0 <= price.unit_price <= MOST_UNIT_PRICE:
        problems.add(
            "bad-input",
            _("単価は0円から{most}円までの整数で入力してください。").format(most=figure(MOST_UNIT_PRICE)),
            field="unit_price",
        )
    if not price.reason.strip():
        problems.add(
            "bad-input",
            _("料金表によらない価格には理由が必要です。"),
            remedy=_("理由を入力してください。"),
            field="reason",
        )
    if not price.approved_by.strip():
        problems.add(
            "bad-input",
            _("料金表によらない価格には承認した人の名前が必要です。"),
            remedy=_("承認者を入力してください。"),
            field="approved_by",
        )
    return problems


def _check_line(entry: ServiceEntry, catalogue: Catalogue, problems: Problems) -> None:
    service = catalogue.service(entry.service)
    if entry.line not in service.lines:
        problems.add(
            "bad-input",
            _("{name}は、この回線では申し込めません。").format(name=words(service.name)),
            remedy=_("契約回線を選び直してください。"),
            field="line",
        )


def _timeline(entry: ServiceEntry, edition: Edition, start: date, customer: str, area: str) -> Timeline:
    agreed = tuple(
        AgreedUnitPrice(one.item, one.unit_price, one.reason, one.approved_by)
        for one in entry.agreed_prices
        if edition.item(one.item) is not None and 0 <= one.unit_price <= MOST_UNIT_PRICE
    )
    return Timeline(
        entry.service,
        (Started(start, entry.items, entry.options),),
        "corporation" if customer == "corporation" else "individual",
        entry.line,
        "east" if area == "east" else "west",
        agreed,
    )


def quantity_words(edition: Edition, items: dict[str, int]) -> str:
    """``31 ID``, ``8端末・ゲートウェイ1台`` — the quantities a customer knows the contract by; yearly fees
    have none.
    """
    counted_items = (
        _("ゲートウェイ{count}").format(count=counted(items[item.code], item.unit))
        if item.capacity is not None
        else counted(items[item.code], item.unit)
        for item in edition.items
        if items.get(item.code) and not item.quoted and item.fixed_quantity is None
    )
    return _("・").join(counted_items)


def _advice(ordered: Ordered, months: int) -> Advice | None:
    """The larger quantity that costs less, unless a price was agreed for it."""
    agreed = {one.item for one in ordered.agreed}
    found = cheaper_quantity(ordered.edition, ordered.items)
    if found is None or found.item in agreed:
        return None
    saving = found.saving
    item = ordered.edition.item(found.item)
    assert item is not None
    return Advice(
        item=found.item,
        quantity=found.quantity,
        unit=words(item.unit),
        monthly_net=found.monthly_net,
        saving_month=saving,
        saving_term=saving * months,
        clause=item.clause,
    )


def _exit_fee(leaving: Termination, timeline: Timeline, catalogue: Catalogue, edition: Edition) -> ExitFee:
    """What ending twelve months after the start would cost, and the same under the other reading."""
    on = corresponding_day(timeline.started.on, USUAL_MONTHS)
    others = {
        other.fee
        for choices in _other_choices(edition, leaving)
        if (other := termination(timeline, catalogue.with_choices(choices), on)) is not None
    }
    differing = sorted(others - {leaving.fee})
    return ExitFee(USUAL_MONTHS, on, leaving.fee, differing[-1] if differing else None, leaving.reason.clause)


def _other_choices(edition: Edition, ended: Termination) -> Iterator[dict[str, str]]:
    """Each reading the fee's amount rests on, turned to each of its alternatives, one at a time."""
    for used in ended.reason.readings:
        reading = edition.reading(used.name)
        for choice in reading.choices if reading else ():
            if choice.code != used.choice:
                yield {used.name: choice.code}
