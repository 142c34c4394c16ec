"""Services side by side: the figures of a quotation, every reading, and the terms in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charge.lines import make_bill
from app.charge.termination import termination
from app.contract.facts import Timeline
from app.days import Month, corresponding_day
from app.quote.content import AgreedPrice, QuotationContent, ServiceEntry
from app.usecases.compare_services import (
    Buyer,
    Candidate,
    cheapest_places,
    cost_of_service,
    device_item,
    own_item,
)
from app.usecases.comparison_choices import (
    devices_of,
    gateway_items,
    gateway_options,
    gateways_of,
    make_candidate,
    priced_on,
    usual_services,
)
from app.usecases.service_terms import terms_of
from app.usecases.what_if import bill_of, cheapest, cheapest_fee, cost_of_ending, ended_on, without_fee
from tests.app.charge.timelines import FIRST, SERVICES, items, timelines
from tests.shipped import catalogue, priced

START = date(2026, 12, 10)
STARTS = st.integers(0, 500).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    service = draw(st.sampled_from(SERVICES))
    return Candidate(service, draw(items(service)))


# --- the same figures as everywhere -------------------------------------------------------------------------


@given(candidates(), STARTS)
def test_the_total_is_that_of_a_quotation(candidate: Candidate, start: date) -> None:
    quoted = priced(QuotationContent(services=(candidate.entry(start),)))
    months = quoted.services[0].term_months
    cost = cost_of_service(candidate, catalogue(), start, (months,))
    span = cost.span(months)
    bill = quoted.total_bill
    assert (span.net, span.tax, span.exempt) == (bill.net, bill.tax, bill.exempt)
    assert cost.price == quoted.services[0]
    assert sum(row.total for row in span.payments()) == span.total == bill.total


@given(timelines(), st.integers(0, 900), st.integers(1, 40))
def test_the_curve_is_what_ending_on_each_day_costs(timeline: Timeline, after: int, days: int) -> None:
    first = timeline.started.on + timedelta(days=after)
    for cost in cost_of_ending(timeline, catalogue(), first, days):
        ended = ended_on(timeline, cost.day)
        bills = [
            (month, bill_of(ended, catalogue(), month)) for month in Month.of(first).until(Month.of(cost.day))
        ]
        assert cost.total == sum(bill.total for _month, bill in bills)
        assert cost.charges == sum(without_fee(bill, month).total for month, bill in bills)
        assert cost.bills == sum(bool(bill.lines) for _month, bill in bills)


@given(candidates(), STARTS, st.integers(0, 1_000))
def test_the_fee_of_the_curve_is_the_answer_for_that_day(
    candidate: Candidate, start: date, after: int
) -> None:
    cost = cost_of_service(candidate, catalogue(), start, (12,))
    day = start + timedelta(days=after)
    (found,) = cost_of_ending(cost.timeline, catalogue(), day, 1)
    answer = termination(ended_on(cost.timeline, day), catalogue(), day)
    taxed = make_bill((answer.line,), day).total if answer is not None and answer.line is not None else 0
    assert found.fee == taxed
    assert answer is None or taxed == answer.fee  # outside the tax by the reading in force


def test_a_taxed_fee_bears_its_tax_in_curve_and_span() -> None:
    taxed = catalogue().with_choices({"termination-tax": "taxed"})
    cost = cost_of_service(Candidate("dokodemo-prime", {"id": 10}), taxed, START, (12,))
    (found,) = cost_of_ending(cost.timeline, taxed, corresponding_day(START, 12), 1)
    assert found.fee == cost.span(12).exit_fee == 308_000 + 30_800


def test_the_fee_after_twelve_months_in_both_readings() -> None:
    cost = cost_of_service(Candidate("dokodemo-prime", {"id": 10}), catalogue(), START)
    assert cost.leaving is not None
    assert cost.price.exit_fee is not None
    # December is month 1, the December after it month 13: 11 of 24 left; with the broken month 12.
    assert (cost.leaving.fee, cost.price.exit_fee.other_amount) == (11 * 28_000, 12 * 28_000)


def test_agreed_prices_are_compared_as_agreed() -> None:
    agreed = AgreedPrice(item="id", unit_price=1_000, reason="年間契約", approved_by="田村")
    plain = cost_of_service(Candidate("dokodemo-prime", {"id": 10}), catalogue(), START, (24,))
    special = cost_of_service(
        Candidate("dokodemo-prime", {"id": 10}, agreed_prices=(agreed,)), catalogue(), START, (24,)
    )
    assert (plain.price.monthly_net, special.price.monthly_net) == (28_000, 10_000)


def test_the_cheapest_are_all_that_cost_the_least() -> None:
    dear = cost_of_service(Candidate("dokodemo-prime", {"id": 10}), catalogue(), START)
    cheap = cost_of_service(Candidate("mihariban", {"license": 10}), catalogue(), START)
    assert cheapest_places([dear, None, cheap, cheap], 24) == (2, 3)
    assert cheapest_places([None, None], 24) == ()
    with pytest.raises(LookupError):
        dear.span(13)


def test_the_cheapest_day_of_the_fee_and_of_the_whole() -> None:
    cost = cost_of_service(Candidate("dokodemo-prime", {"id": 10}), catalogue(), START)
    days = (corresponding_day(START, 24) - START).days + 1
    curve = cost_of_ending(cost.timeline, catalogue(), START, days)
    fee, total = cheapest_fee(curve), cheapest(curve)
    assert fee is not None
    assert total is not None
    assert (fee.day, fee.fee) == (date(2028, 11, 1), 0)  # month 24: none left
    # On 1 January nothing of January is charged and one month of fee is gone: 22 × 28,000 + 21,857.
    assert (total.day, total.total) == (date(2027, 1, 1), 22 * 28_000 + 19_870 + 1_987)
    assert cheapest_fee(()) is None


# --- what stands side by side -------------------------------------------------------------------------------


def test_services_of_the_same_devices_stand_beside_the_one_quoted() -> None:
    assert usual_services(catalogue(), (), 10, START) == ("mihariban", "media-light", "dokodemo-prime")
    assert usual_services(catalogue(), ("dokodemo-prime",), 10, START)[0] == "dokodemo-prime"
    # Nobody sells 60 licences of 見張り番; a network stands beside a network.
    assert "mihariban" not in usual_services(catalogue(), ("media-light",), 60, START)
    assert usual_services(catalogue(), ("osect",), None, START) == ("osect", "mdr-ndr")
    assert usual_services(catalogue(), ("gone", "osect", "mihariban", "mdr-ndr"), 3, START) == (
        "osect",
        "mihariban",
        "mdr-ndr",
    )


@pytest.mark.parametrize(
    ("service", "devices", "own"),
    [
        ("mihariban", "license", None),
        ("media-light", "endpoint", None),
        ("dokodemo-prime", "id", None),
        ("osect", None, "sensor"),
        ("mdr-ndr", None, "annual-fee"),
    ],
)
def test_how_each_service_is_counted(service: str, devices: str | None, own: str | None) -> None:
    edition = catalogue().priced_edition(service, START)
    item = device_item(edition)
    assert (item.code if item else None) == devices
    item = own_item(edition)
    assert (item.code if item else None) == own


def test_a_gateway_and_its_options_come_from_the_price_list() -> None:
    edition = catalogue().priced_edition("media-light", START)
    assert [item.code for item in gateway_items(edition)] == ["gateway-10", "gateway-50", "gateway-100"]
    chosen = (("gateway-50", 1),)
    assert [one.code for one in gateway_options(edition, chosen)] == ["gateway_24h", "gateway_purchased"]
    assert gateway_options(edition, ()) == ()
    typed = ServiceEntry(
        service="media-light",
        items={"base": 1, "endpoint": 3, "gateway-10": 2},
        options={"gateway_24h": False},
    )
    assert gateways_of(edition, typed) == (("gateway-10", 2),)
    made = make_candidate(edition, "media-light", 7, None, chosen, typed)
    assert made.items == {"base": 1, "endpoint": 7, "gateway-50": 1}
    assert made.options == {"gateway_24h": False}


def test_what_is_not_filled_in_is_left_out() -> None:
    edition = catalogue().priced_edition("osect", START)
    assert make_candidate(edition, "osect", 10, None, (), None).items == {}
    assert make_candidate(edition, "osect", 10, 2, (), None).items == {"sensor": 2}


def test_the_devices_of_a_quotation() -> None:
    entries = (
        ServiceEntry(service="osect", items={"sensor": 30}),
        ServiceEntry(service="mihariban", items={"license": 4}),
        ServiceEntry(service="dokodemo-prime", start=START, items={"id": 9}),
        ServiceEntry(service="gone", items={"id": 99}),
    )
    assert devices_of(catalogue(), entries, START) == 9
    assert devices_of(catalogue(), entries[:1], START) is None


def test_before_the_first_prices_the_first_ones_are_shown() -> None:
    early = priced_on(catalogue(), "dokodemo-prime", date(2025, 4, 1))
    assert early is not None
    assert early.start == date(2026, 5, 11)


# --- the terms in words -------------------------------------------------------------------------------------


def facts(service: str, choices: dict[str, str] | None = None, **quantities: int) -> dict[str, str]:
    chosen = catalogue().with_choices(choices or {})
    cost = cost_of_service(Candidate(service, quantities), chosen, START, (12,))
    terms = terms_of(cost, chosen)
    return {name: getattr(terms, name).words for name in terms.__dataclass_fields__}


def test_terms_of_each_service() -> None:
    prime = facts("dokodemo-prime", id=10)
    assert prime["term"] == "24か月・以後は期間なし"
    assert prime["notice"] == "希望日の5営業日前まで"
    assert prime["visits"] == "有料"
    assert prime["support"].startswith("電話は9時〜17時")
    media = facts("media-light", endpoint=10)
    assert media["proration"] == "なし（開始月は1か月分、解約月は無料）"
    assert media["visits"] == "有料（ゲートウェイのご契約で年1回無料）"
    assert facts("media-light", endpoint=10, **{"gateway-10": 1})["visits"] == "年1回まで無料"
    mdr = facts("mdr-ndr", **{"annual-fee": 3_600_000})
    assert mdr["payment"] == "1年分を前払い（開始月の翌月末まで）"
    assert (mdr["term"], mdr["notice"]) == ("12か月・申し出がなければ1年更新", "希望日の2か月前まで")
    osect = facts("osect", sensor=1)
    assert (osect["term"], osect["proration"]) == ("なし", "あり（暦日・解約日まで）")


def test_a_reading_of_the_owner_changes_the_words() -> None:
    assert facts("mihariban", license=3)["proration"] == "あり（暦日・解約日の前日まで）"
    read = facts("mihariban", {"mihariban-proration": "touched-month"}, license=3)
    assert read["proration"] == "利用のある月は1か月分"


def test_invoice_fees_are_told_to_those_who_pay_them() -> None:
    cost = cost_of_service(Candidate("dokodemo-prime", {"id": 10}), catalogue(), START, (12,))
    company = terms_of(cost, catalogue(), "collab", Buyer())
    person = terms_of(cost, catalogue(), "collab", Buyer(kind="sole-trader"))
    assert (company.payment.words, company.payment.more) == ("毎月", ())
    assert person.payment.words == "毎月・請求書の手数料あり"
    assert person.payment.more[0].words == "発行手数料 150円／通（税抜）"
    assert terms_of(cost, catalogue(), "flets", Buyer(kind="sole-trader")).payment.more == ()
