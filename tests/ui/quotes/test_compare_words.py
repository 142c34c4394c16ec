"""並べて比較 without a window: what it begins with, what is typed, its rows and reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.contract.customer import CustomerFields
from app.quote.content import AgreedPrice, QuotationContent, ServiceEntry, VisitEntry
from tests.shipped import TODAY, catalogue, priced
from ui.quotes import compare_state as states
from ui.quotes.compare_curve import amount_words, scale_step
from ui.quotes.compare_state import Column, Comparison
from ui.quotes.compare_words import Row, make_rows

START = date(2026, 12, 10)
PRIME = ServiceEntry(service="dokodemo-prime", start=START, items={"id": 10})


def quotation(*entries: ServiceEntry) -> QuotationContent:
    return QuotationContent(services=entries)


def begin(*entries: ServiceEntry) -> Comparison:
    return states.begin(catalogue(), quotation(*entries), TODAY)


def rows_of(now: Comparison) -> dict[str, Row]:
    return {row.key: row for row in make_rows(now, states.price(now, catalogue()), catalogue())}


def amounts(now: Comparison, key: str) -> list[str]:
    return [cell.amount for cell in rows_of(now)[key].cells]


# --- what it begins with
# -------------------------------------------------------------------------------------


def test_it_begins_with_the_quotation_and_its_devices() -> None:
    now = begin(PRIME)
    assert [column.service for column in now.columns] == ["dokodemo-prime", "mihariban", "media-light"]
    assert [column.place for column in now.columns] == [0, None, None]
    assert (now.devices, now.start, now.months) == (10, START, 24)


def test_without_a_quotation_it_begins_with_the_next_month() -> None:
    now = states.begin(catalogue(), None, TODAY)
    assert (now.start, now.devices) == (date(2026, 12, 1), 10)
    assert all(column.service for column in now.columns)


def test_a_network_service_leaves_a_column_free() -> None:
    now = begin(ServiceEntry(service="osect", start=START, items={"sensor": 3}))
    assert [(column.service, column.own) for column in now.columns] == [
        ("osect", 3), ("mdr-ndr", None), ("", None),
    ]  # fmt: skip


def test_a_yearly_fee_that_nobody_typed_is_no_free_service() -> None:
    now = begin(ServiceEntry(service="osect", start=START, items={"sensor": 3}))
    osect, mdr, nothing = states.price(now, catalogue())
    assert osect.cost is not None
    assert mdr.error is not None
    assert "年額料金" in mdr.error.problems[0].sentence()
    assert (nothing.cost, nothing.error) == (None, None)
    assert states.cheapest(now, (osect, mdr, nothing)) == ()  # one alone is not the cheapest of anything
    typed = states.with_column(now, 1, replace(now.columns[1], own=3_600_000))
    assert amounts(typed, "monthly") == ["180,000円", "年額 3,600,000円", ""]
    assert rows_of(typed)["monthly"].cells[1].words == "月あたり300,000円"
    assert amounts(typed, "per-device")[1] == "30,000円"  # by the ten devices typed


@pytest.mark.parametrize("devices", [None, 0, 4, 10_000])
def test_a_number_nobody_sells_hides_only_its_own_column(devices: int | None) -> None:
    found = states.price(replace(begin(PRIME), devices=devices), catalogue())
    assert found[0].error is not None
    if devices == 4:
        assert found[1].cost is not None
    rows = make_rows(replace(begin(PRIME), devices=devices), found, catalogue())
    assert all(row.cells[0].amount == row.cells[0].words == "" for row in rows)


def test_the_owners_of_collaboration_lines_keep_their_line() -> None:
    now = begin(ServiceEntry(service="dokodemo-prime", start=START, items={"id": 10}, line="collab"))
    for column in now.columns:
        made = states.candidate_of(now, column, catalogue())
        assert made is not None
        assert made.line in catalogue().service(column.service).lines
    first = states.candidate_of(now, now.columns[0], catalogue())
    assert first is not None
    assert first.line == "collab"


def test_the_area_of_the_customer_is_that_of_the_visits() -> None:
    content = QuotationContent(customer=CustomerFields(prefecture="東京都"), services=(PRIME,))
    assert states.begin(catalogue(), content, TODAY).buyer.area == "east"


# --- rows
# ----------------------------------------------------------------------------------------------------


def test_the_rows_of_ten_devices_worked_out_by_hand() -> None:
    now = begin(PRIME)
    assert amounts(now, "one-off") == ["0円", "0円", "0円"]
    assert amounts(now, "monthly") == ["28,000円", "1,900円", "9,000円"]
    # 28,000 × 22 ÷ 31 and 1,900 × 22 ÷ 31, floored; a whole month
    assert amounts(now, "first") == ["19,870円", "1,348円", "9,000円"]
    assert amounts(now, "per-device") == ["2,800円", "190円", "900円"]
    # 19,870 + 23 × 28,000 + 8,129; 1,348 + 23 × 1,900 + 551; 24 × 9,000; and ten per cent
    assert amounts(now, "net") == ["671,999円", "45,599円", "216,000円"]
    assert amounts(now, "total") == ["739,198円", "50,158円", "237,600円"]
    assert amounts(now, "difference") == ["＋689,040円", "—", "＋187,442円"]
    assert [cell.chip for cell in rows_of(now)["total"].cells] == ["", "最も安い", ""]
    assert amounts(now, "leaving") == ["308,000円", "0円", "0円"]
    assert rows_of(now)["leaving"].cells[0].words == "別の読み方 336,000円"
    assert rows_of(now)["leaving"].cells[1].words == "定めなし"


def test_the_total_is_the_quotations_for_its_term() -> None:
    assert amounts(begin(PRIME), "total")[0] == f"{priced(quotation(PRIME)).total_bill.total:,}円"


def test_every_amount_has_a_reason_that_ends_in_it() -> None:
    now = begin(PRIME)
    for row in rows_of(now).values():
        for cell in row.cells:
            if not cell.amount or cell.amount == "—" or cell.words == "定めなし":
                continue
            assert cell.reason is not None, (row.key, cell)
            said = cell.reason()
            told = " ".join([said.formula, said.exact, *(f"{one.words} {one.value}" for one in said.rows)])
            assert cell.amount.removeprefix("＋") in told, (row.key, told)


def test_a_share_of_a_yen_is_said() -> None:
    now = replace(begin(PRIME), devices=7)
    cell = rows_of(now)["per-device"].cells[2]
    assert cell.reason is not None
    assert (cell.amount, cell.reason().exact) == ("1,028円", "= 1,028.5…円")  # 7,200 ÷ 7


def test_terms_bring_their_clauses() -> None:
    rows = rows_of(begin(PRIME))
    assert [cell.soft for cell in rows["term"].cells] == ["別紙4※1", "", "別紙4※1"]
    reason = rows["support"].cells[0].reason
    assert reason is not None
    assert any("レポート" in row.words for row in reason().rows)
    assert rows["term"].cells[1].reason is None


def test_the_same_price_is_the_cheapest_twice() -> None:
    now = begin(PRIME)
    twice = states.with_column(now, 2, now.columns[1])
    assert [cell.chip for cell in rows_of(twice)["total"].cells] == ["", "最も安い", "最も安い"]


# --- gateways
# ------------------------------------------------------------------------------------------------


def test_a_gateway_and_what_it_is_without_24_hours() -> None:
    now = begin(PRIME)
    media = replace(now.columns[2], gateways=(("gateway-50", 1),))
    assert amounts(states.with_column(now, 2, media), "monthly")[2] == "20,000円"
    plain = replace(media, flags={"gateway_24h": False})
    assert amounts(states.with_column(now, 2, plain), "monthly")[2] == "17,000円"
    cell = rows_of(states.with_column(now, 2, media))["visits"].cells[2]
    assert (cell.words, cell.tone) == ("年1回まで無料", "good")


def test_the_gateways_and_options_of_the_quotation_stay() -> None:
    entry = ServiceEntry(
        service="media-light",
        start=START,
        items={"base": 1, "endpoint": 8, "gateway-10": 2},
        options={"gateway_24h": False, "endpoint_purchased": 3},
    )
    now = begin(entry)
    made = states.candidate_of(now, now.columns[0], catalogue())
    assert made is not None
    assert made.entry(START) == entry


# --- into the quotation
# --------------------------------------------------------------------------------------


def put(content: QuotationContent, now: Comparison, at: int, place: int | None) -> QuotationContent:
    candidate = states.candidate_of(now, now.columns[at], catalogue())
    assert candidate is not None
    return states.put_into(content, now, now.columns[at], candidate, place)


def test_another_service_takes_the_place_and_keeps_the_visits() -> None:
    visit = VisitEntry(service="dokodemo-prime", for_service=0)
    content = QuotationContent(services=(PRIME,), visits=(visit,))
    now = states.begin(catalogue(), content, TODAY)
    made = put(content, now, 2, 0)
    assert made.services == (
        ServiceEntry(service="media-light", start=START, items={"base": 1, "endpoint": 10}),
    )
    assert made.visits[0].service == "media-light"


def test_the_same_service_keeps_its_agreed_price() -> None:
    agreed = AgreedPrice(item="id", unit_price=1_000, reason="年間契約", approved_by="田村")
    entry = ServiceEntry(service="dokodemo-prime", start=START, items={"id": 10}, agreed_prices=(agreed,))
    now = replace(begin(entry), devices=20)
    made = put(quotation(entry), now, 0, 0)
    assert (made.services[0].items, made.services[0].agreed_prices) == ({"id": 20}, (agreed,))


def test_which_entry_a_column_takes() -> None:
    now = begin(PRIME)
    other = ServiceEntry(service="osect", start=START, items={"sensor": 1})
    column = now.columns[1]
    assert states.target_place(quotation(PRIME), column) == 0
    assert states.target_place(quotation(other, PRIME), now.columns[0]) == 1
    assert states.target_place(quotation(other, PRIME), column) is None
    assert len(put(quotation(other, PRIME), now, 1, None).services) == 3


def test_choosing_clearing_and_choosing_again() -> None:
    content = quotation(PRIME)
    now = begin(PRIME)
    cleared = states.choose(now, 0, "", catalogue(), content)
    assert cleared.columns[0] == Column()
    again = states.choose(cleared, 0, "dokodemo-prime", catalogue(), content)
    assert again == now


# --- the scale of the curves
# ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "step"), [(1, 1), (4, 1), (5, 2), (739_198, 200_000), (3_960_000, 1_000_000), (800_000, 200_000)]
)
def test_four_round_lines_reach_the_highest_amount(most: int, step: int) -> None:
    assert scale_step(most) == step


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0円"), (5_000, "5,000円"), (15_000, "1.5万円"), (10_500, "10,500円"), (2_000_000, "200万円")],
)
def test_amounts_at_the_scale(amount: int, words: str) -> None:
    assert amount_words(amount) == words
