"""Whole quotations: examples worked out by hand, sums that hold for any content, all problems at once."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.contract.customer import CustomerFields
from app.quote.content import (
    AgreedPrice,
    ExistingContract,
    HandLine,
    HandPrice,
    QuotationContent,
    ServiceEntry,
    Site,
    VisitEntry,
    WorkEntry,
)
from tests.shipped import EXAMPLES, priced, request

CUSTOMER = CustomerFields(name="株式会社青葉野精密工業", prefecture="兵庫県", address="神戸市中央区")
DAYS = st.dates(date(2026, 11, 20), date(2028, 12, 31))


def quotation(*services: ServiceEntry, **more: object) -> QuotationContent:
    return QuotationContent(customer=CUSTOMER, services=services, **more)  # type: ignore[arg-type]


def prime(ids: int = 31, start: date = date(2026, 12, 10)) -> ServiceEntry:
    return ServiceEntry(service="dokodemo-prime", start=start, items={"id": ids})


def test_the_example_with_a_visit_comes_to_what_was_worked_out_by_hand() -> None:
    result = priced(request("dokodemo-prime").content)
    assert [(row.net, row.tax, row.total) for row in result.payments] == [
        (264_500, 26_450, 290_950),
        (1_711_200, 171_120, 1_882_320),
        (21_600, 2_160, 23_760),
    ]
    assert result.total_bill.total == 2_197_030
    assert result.services[0].term_ends == date(2028, 12, 9)
    assert result.problems == ()


def test_free_visit_of_media_shows_what_it_is_worth() -> None:
    result = priced(request("media-light").content)
    assert result.visits[0].net == 4_400  # the printer is not on the free list
    assert result.visits[0].free_value == 4_500 + 1_500 + 21_000 + 7_000 + 48_000
    assert [note.field for note in result.notes if note.kind == "warning"] == [
        "services.0.items"
    ]  # East, 10 clients


def test_a_yearly_fee_stands_once_in_the_first_year() -> None:
    result = priced(request("mdr-ndr").content)
    assert result.monthly_bill is None
    assert [(row.months, row.net) for row in result.payments] == [(1, 3_600_000)]


def test_larger_tier_that_is_cheaper_is_advised_with_its_saving() -> None:
    advice = priced(quotation(prime(49))).services[0].advice
    assert advice is not None
    assert (advice.quantity, advice.saving_month, advice.saving_term) == (50, 7_800, 187_200)


def test_no_advice_beside_an_agreed_price() -> None:
    entry = msgspec.structs.replace(
        prime(49),
        agreed_prices=(AgreedPrice(item="id", unit_price=1_500, reason="更改", approved_by="部長"),),
    )
    service = priced(quotation(entry)).services[0]
    assert service.advice is None
    assert service.monthly_net == 49 * 1_500


def test_a_quoted_yearly_fee_takes_no_agreed_unit_price() -> None:
    agreed = AgreedPrice(item="annual-fee", unit_price=3_000_000, reason="更改", approved_by="部長")
    entry = ServiceEntry(
        service="mdr-ndr",
        line="other",
        start=date(2027, 4, 1),
        items={"annual-fee": 3_600_000},
        agreed_prices=(agreed,),
    )
    result = priced(quotation(entry))
    assert result.total_bill.net == 3_600_000
    assert [problem.field for problem in result.problems] == ["services.0.agreed_prices.0.item"]


def test_an_agreed_price_stands_while_its_approval_is_still_missing() -> None:
    entry = msgspec.structs.replace(prime(31), agreed_prices=(AgreedPrice(item="id", unit_price=2_000),))
    result = priced(quotation(entry))
    assert result.services[0].monthly_net == 62_000
    assert {problem.field for problem in result.problems} == {
        "services.0.agreed_prices.0.reason",
        "services.0.agreed_prices.0.approved_by",
    }


def test_a_visit_before_the_service_begins_is_noted() -> None:
    visit = VisitEntry(for_service=0, on=date(2026, 12, 1), work=(WorkEntry(menu=("os-update",)),))
    notes = priced(quotation(prime(), visits=(visit,))).notes
    assert [note.field for note in notes if note.kind == "warning"] == ["visits.0.on"]


def test_leaving_after_a_year_names_both_readings() -> None:
    fee = priced(quotation(prime())).services[0].exit_fee
    assert fee is not None
    assert (fee.amount, fee.other_amount) == (11 * 74_400, 12 * 74_400)


def test_several_services_and_visits_keep_their_own_groups() -> None:
    visit = VisitEntry(for_service=1, on=date(2026, 12, 14), work=(WorkEntry(menu=("printer-setup",)),))
    media = ServiceEntry(service="media-light", start=date(2027, 1, 1), items={"endpoint": 3})
    result = priced(quotation(prime(), media, visits=(visit, visit)))
    assert [group.kind for group in result.groups] == [
        "one-off", "monthly", "first-month", "one-off", "monthly", "visit", "visit",
    ]  # fmt: skip
    assert len({group.title for group in result.groups}) == len(result.groups)
    assert result.monthly_bill is not None
    assert result.monthly_bill.net == 74_400 + 3_000 + 1_800


def test_readings_of_the_quotation_go_before_those_of_the_desk() -> None:
    content = quotation(
        ServiceEntry(service="mihariban", start=date(2026, 12, 7), items={"license": 12}),
        readings={"mihariban-proration": "touched-month"},
    )
    assert priced(content).services[0].first_month_net == 12 * 190
    assert ("mihariban-proration", "touched-month") in {
        (one.name, one.choice) for one in priced(content).readings
    }


def test_all_problems_are_told_at_once_each_at_its_field() -> None:
    content = QuotationContent(
        customer=CustomerFields(name=" ", postal_code="12"),
        title="あ" * 300,
        services=(
            prime(4),
            ServiceEntry(service="osect", items={"sensor": 1}),
            ServiceEntry(service="mihariban", start=date(2023, 11, 1), items={"license": 51}),
        ),
        visits=(VisitEntry(for_service=9), VisitEntry(service="dokodemo-prime", on=date(2026, 12, 14))),
        hand_lines=(HandLine(name="", unit_price=-1),),
        valid_until=date(2026, 11, 1),
    )
    found = {problem.field: problem.code for problem in priced(content).problems}
    assert found == {
        "customer.name": "bad-input",
        "customer.postal_code": "bad-input",
        "title": "bad-input",
        "valid_until": "bad-input",
        "services.0.items.id": "out-of-range",
        "services.1.start": "bad-input",
        "services.2.start": "edition-unknown",
        "visits.0.for_service": "bad-input",
        "visits.1.work": "bad-input",
        "hand_lines.0.name": "bad-input",
        "hand_lines.0.unit_price": "bad-input",
        "hand_lines.0.reason": "bad-input",
        "hand_lines.0.approved_by": "bad-input",
    }
    assert all(problem.what for problem in priced(content).problems)


@pytest.mark.parametrize("name", ["😀株式会社", "改行\nあり", "制御\x07文字", "\ue000外字", "\ud800"])
def test_texts_no_paper_can_print_are_refused_and_named(name: str) -> None:
    content = QuotationContent(customer=CustomerFields(name=name), services=(prime(),))
    (problem,) = priced(content).problems
    assert problem.field == "customer.name"
    assert "U+" in problem.what


@pytest.mark.parametrize("name", ["髙﨑𠮷㈱", "槗本", "葛󠄀城"])
def test_names_of_real_people_are_taken(name: str) -> None:
    assert priced(QuotationContent(customer=CustomerFields(name=name), services=(prime(),))).problems == ()


def test_a_closed_visit_day_is_priced_and_keeps_it_from_being_issued() -> None:
    visit = VisitEntry(for_service=0, on=date(2026, 12, 30), work=(WorkEntry(menu=("os-update",)),))
    result = priced(quotation(prime(), visits=(visit,)))
    assert [(problem.code, problem.field) for problem in result.problems] == [("visit-day", "visits.0.on")]
    assert result.visits[0].net > 0


@pytest.mark.parametrize("at", ["08:59", "17:00", "25:00", "ひる", "\0"])
def test_an_hour_at_which_nobody_comes_is_priced_and_keeps_it_from_being_issued(at: str) -> None:
    visit = VisitEntry(for_service=0, on=date(2026, 12, 11), at=at, work=(WorkEntry(menu=("os-update",)),))
    result = priced(quotation(prime(), visits=(visit,)))
    assert [(problem.code, problem.field) for problem in result.problems] == [("visit-hour", "visits.0.at")]
    assert result.visits[0].net > 0
    open_hour = msgspec.structs.replace(visit, at="16:30")
    assert priced(quotation(prime(), visits=(open_hour,))).problems == ()


def test_every_text_typed_must_be_one_the_paper_can_print() -> None:
    why, who = "a\0", "あ" * 201
    priced_by_hand = HandPrice(unit_price=1, reason=why, approved_by=who)
    work = WorkEntry(label="😀", menu=("data-migration",), migrate_gb="5", by_hand=priced_by_hand)
    agreed = AgreedPrice(item="id", unit_price=1, reason=why, approved_by=who)
    found = priced(
        quotation(
            msgspec.structs.replace(prime(), agreed_prices=(agreed,)),
            visits=(VisitEntry(for_service=0, on=date(2026, 12, 11), work=(work,)),),
            hand_lines=(HandLine(name="交通費", unit_price=1, reason=why, approved_by=who),),
        )
    ).problems
    assert {problem.field for problem in found} == {
        "services.0.agreed_prices.0.reason", "services.0.agreed_prices.0.approved_by",
        "visits.0.work.0.label", "visits.0.work.0.by_hand.reason", "visits.0.work.0.by_hand.approved_by",
        "hand_lines.0.reason", "hand_lines.0.approved_by",
    }  # fmt: skip


def test_sites_in_east_japan_follow_the_eastern_days() -> None:
    media = ServiceEntry(service="media-light", start=date(2026, 12, 1), items={"endpoint": 3})
    saturday = VisitEntry(
        for_service=0,
        on=date(2026, 12, 12),
        site=Site(address="東京都港区"),
        work=(WorkEntry(menu=("os-update",)),),
    )
    east = priced(quotation(media, visits=(saturday,)))
    near = msgspec.structs.replace(CUSTOMER, prefecture="埼玉県", address="さいたま市大宮区")
    unnamed = msgspec.structs.replace(saturday, site=Site(address="さいたま市北区"))
    as_customer = priced(QuotationContent(customer=near, services=(media,), visits=(unnamed,)))
    west = priced(quotation(media, visits=(msgspec.structs.replace(saturday, site=Site(area="west")),)))
    assert [problem.code for problem in east.problems] == ["visit-day"]
    assert [problem.code for problem in as_customer.problems] == ["visit-day"]
    assert west.problems == ()


SERVICES = st.one_of(
    st.builds(lambda start, n: prime(n, start), DAYS, st.integers(5, 400)),
    st.builds(
        lambda start, n: ServiceEntry(service="mihariban", start=start, items={"license": n}),
        DAYS,
        st.integers(1, 50),
    ),
    st.builds(
        lambda start, n: ServiceEntry(service="osect", start=start, items={"sensor": n}),
        DAYS,
        st.integers(1, 9),
    ),
    st.builds(
        lambda start, n, g: ServiceEntry(
            service="media-light", start=start, items={"endpoint": n, "gateway-50": g}
        ),
        DAYS,
        st.integers(0, 60),
        st.integers(0, 2),
    ),
    st.builds(
        lambda start, n: ServiceEntry(service="mdr-ndr", line="other", start=start, items={"annual-fee": n}),
        DAYS,
        st.integers(1, 10**8),
    ),
)
HAND_LINES = st.builds(
    HandLine,
    group=st.sampled_from(["one-off", "monthly", "visit"]),
    name=st.just("交通費"),
    quantity=st.integers(1, 9),
    unit_price=st.integers(0, 99_999),
    tax=st.sampled_from(["standard", "outside"]),
    reason=st.just("実費"),
    approved_by=st.just("部長"),
)


@settings(max_examples=60)
@given(services=st.lists(SERVICES, min_size=1, max_size=3), lines=st.lists(HAND_LINES, max_size=3))
def test_payments_add_up_to_the_total_in_every_column(
    services: list[ServiceEntry], lines: list[HandLine]
) -> None:
    result = priced(quotation(*services, hand_lines=tuple(lines)))
    assert result.problems == ()
    total = result.total_bill
    assert sum(row.net for row in result.payments) == total.net
    assert sum(row.tax for row in result.payments) == total.tax == total.net // 10
    assert sum(row.exempt for row in result.payments) == total.exempt
    assert sum(row.total for row in result.payments) == total.total
    assert total.net + total.exempt == sum(line.amount for line in total.lines)


def test_two_visits_of_one_existing_contract_share_its_one_free_visit() -> None:
    contract = ExistingContract(start=date(2026, 4, 1), gateway=10)
    visit = VisitEntry(
        service="media-light",
        contract=contract,
        on=date(2026, 12, 14),
        work=(WorkEntry(menu=("os-recovery",)),),
    )
    later = msgspec.structs.replace(visit, on=date(2026, 12, 15))
    result = priced(QuotationContent(customer=CUSTOMER, visits=(later, visit)))
    assert [one.net for one in result.visits] == [4_500 + 1_500 + 10_500, 0]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_can_be_issued(name: str) -> None:
    result = priced(request(name).content)
    assert result.problems == ()
    assert result.total_bill.total > 0


def test_the_first_visit_by_day_takes_the_free_one_whichever_was_typed_first() -> None:
    media = ServiceEntry(
        service="media-light", start=date(2026, 12, 1), items={"endpoint": 5, "gateway-10": 1}
    )
    work = (WorkEntry(devices=1, menu=("os-recovery",)),)
    later = VisitEntry(for_service=0, on=date(2027, 2, 2), work=work)
    sooner = VisitEntry(for_service=0, on=date(2027, 1, 12), work=work)
    result = priced(quotation(media, visits=(later, sooner)))
    assert [(visit.index, visit.net, visit.free_value) for visit in result.visits] == [
        (0, 16_500, 0),
        (1, 0, 16_500),
    ]


def test_what_could_not_be_priced_is_named_and_the_sums_are_partial() -> None:
    early = prime(start=date(2020, 1, 1))
    bad = HandLine(name="", quantity=1, unit="式", unit_price=100, reason="r", approved_by="a")
    good = HandLine(name="交通費", quantity=1, unit="式", unit_price=100, reason="r", approved_by="a")
    visit = VisitEntry(for_service=1)
    result = priced(quotation(early, prime(), visits=(visit,), hand_lines=(good, bad)))
    assert result.missing == (("service", 0), ("visit", 0), ("hand-line", 1))
    assert result.partial
    assert not priced(quotation(prime())).partial
    assert not priced(quotation(early)).partial  # no sums to lack anything
