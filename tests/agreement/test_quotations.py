"""見積書: its lines are those of the priced quotation the screen shows, and ``answer`` charges the same."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.charge.lines import Line
from app.contract.customer import CustomerFields
from app.days import Month
from app.papers.issuer import Settings
from app.papers.model import Images, LineTable
from app.papers.quotation import IssueMark, quotation_paper
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.pricing import price_quotation
from app.usecases.compare_services import Buyer, candidate_for_devices, compare_services
from app.usecases.keep_customer import register_customer
from app.usecases.paper_comparison import comparison_options
from reports import draw
from tests.agreement.issuing import previewed
from tests.agreement.lives import Given, asked, few, lives
from tests.agreement.printed import agrees, tables
from tests.desks import new_desk
from tests.desks import settings as company
from tests.shipped import TODAY, catalogue

MARK = IssueMark("Q-A1-2611-0318", 1, date(2026, 11, 20))


@pytest.fixture(scope="module")
def own() -> Settings:
    return company()


@few
@given(lives(), st.dates(date(2026, 11, 25), date(2027, 3, 31)))
def test_every_quotation_agrees(own: Settings, life: Given, start: date) -> None:
    items = life["contract"]["items"]
    content = QuotationContent(
        customer=CustomerFields(name="株式会社青葉野精密工業"),
        services=(ServiceEntry(service=life["service"], start=start, items=items),),
    )
    priced = price_quotation(content, catalogue(), TODAY, 14)
    assume(priced.total_bill.lines)
    paper = quotation_paper(priced, own, catalogue(), MARK)
    agrees(paper, draw(paper, Images()))
    [table] = [one for one in paper.sections if isinstance(one, LineTable)]
    groups = [group for group in priced.groups if group.lines]
    assert [[row.amount for row in group.rows] for group in table.groups] == [
        [line.amount for line in group.lines] for group in groups
    ]
    assert paper.headline.amount == priced.total_bill.total
    [payments] = [one for one in tables(paper) if one.rows[-1].cells[-1] == priced.total_bill.total]
    assert sum(int(str(row.cells[-1])) for row in payments.rows[:-1]) >= priced.total_bill.total
    _charged_alike(life["service"], items, start, {group.kind: group.lines for group in groups})


def _charged_alike(
    service: str, items: dict[str, int], start: date, groups: dict[str, tuple[Line, ...]]
) -> None:
    """A whole month, and the month of the start with what is paid once, as ``answer`` charges them."""
    given = {"service": service, "contract": {"start": start.isoformat(), "items": items}}
    first = Month.of(start)
    for month, kinds in ((first.plus(2), ("monthly",)), (first, ("first-month", "one-off"))):
        if kinds[0] not in groups:
            continue
        answered = (asked("bill", given, months=[str(month)]) or {}).get("months", {}).get(str(month))
        assert answered is not None
        said = sorted(line.amount for kind in kinds for line in groups.get(kind, ()))
        assert said == sorted(line["amount"] for line in answered["lines"])


@pytest.mark.parametrize("devices", [5, 31, 48])
def test_every_comparison_agrees(data: Path, devices: int) -> None:
    """比較見積書: the figures of the comparison on the screen, which are the bills ``answer`` gives."""
    start, months = date(2027, 1, 1), 24
    services = ("mihariban", "media-light", "dokodemo-prime")
    candidates = [candidate_for_devices(catalogue(), one, devices, start) for one in services]
    costs = compare_services(candidates, catalogue(), start, (months,))
    desk = new_desk(data)
    with closing(desk.storage):
        customer = register_customer(desk, CustomerFields(name="株式会社青葉野精密工業")).id
        options = comparison_options(candidates, start, months, Buyer())
        paper = previewed(desk, "V", customer, **options)
    totals = [cost.span(months).total for cost in costs]
    [row] = [row for row in tables(paper)[0].rows if row.total]
    assert list(row.cells[1:]) == totals
    for candidate, cost in zip(candidates, costs, strict=True):
        asked_months = [str(Month.of(start).plus(ahead)) for ahead in range(months)]
        given = {"start": start.isoformat(), "items": dict(candidate.items)}
        answered = asked("bill", {"service": candidate.service, "contract": given}, months=asked_months)
        assert answered is not None
        nets = [bill["net"] + bill["exempt"] for bill in answered["months"].values()]
        assert sum(nets) == cost.span(months).net + cost.span(months).exempt  # taxed once, as a quotation is
