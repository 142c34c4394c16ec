"""Data migration: every column and band, and every choice of every reading of the table."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.tariff.model import Migration
from app.visit.migration import Choices, Job, column_of, overfull, price_jobs
from app.visit.work import Work
from tests.app.visit.requests import BY_HAND, amounts, media, migration, moving, price, prime, readings, work
from tests.shipped import catalogue

BANDS = {1: 0, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3, 10: 3, 11: 4, 15: 4, 16: 5, 20: 5}
TEN = (25_000, 19_000, 18_000, 16_000, 15_500, 15_000)
FIFTY = (30_000, 24_000, 23_000, 21_000, 20_500, 20_000)


@pytest.mark.parametrize("devices", BANDS)
@pytest.mark.parametrize(
    ("gb", "prices"),
    [
        ("4.7", (16_000,) * 6),
        ("4.8", TEN),
        ("10", TEN),
        ("10.1", FIFTY),
        ("50", FIFTY),
        ("4000", (101_500,) * 6),
    ],
)
def test_every_column_and_band_of_prime(devices: int, gb: str, prices: tuple[int, ...]) -> None:
    assert migration(prime(moving(devices, gb))) == devices * prices[BANDS[devices]]


@pytest.mark.parametrize("devices", BANDS)
@pytest.mark.parametrize(
    ("gb", "prices"),
    [("0.29", (6_000,) * 6), ("4.7", (6_000,) * 6), ("4.71", FIFTY), ("10", FIFTY), ("4000", (75_000,) * 6)],
)
def test_every_column_and_band_of_media(devices: int, gb: str, prices: tuple[int, ...]) -> None:
    assert migration(media(moving(devices, gb))) == devices * prices[BANDS[devices]]


def test_each_class_has_its_own_band() -> None:
    visit = prime(moving(7, "30"), moving(3, "4500"), moving(1, "4.7"), moving(18, "120"))
    assert migration(visit) == 7 * 21_000 + 3 * 127_100 + 16_000 + 18 * 60_000


def test_work_of_one_class_shares_a_band_wherever_it_stands() -> None:
    assert migration(prime(moving(4, "30"), moving(2, "4.7"), moving(2, "50"))) == 6 * 21_000 + 2 * 16_000


# --- readings


@pytest.mark.parametrize(
    ("gb", "block", "column"),
    [("50", 30_000, 30_000), ("50.1", 60_000, 75_000), ("100", 60_000, 75_000), ("120", 75_000, 75_000)],
)
def test_above_50_gb_in_blocks_or_by_the_next_column(gb: str, block: int, column: int) -> None:
    visit = media(moving(1, gb))
    assert migration(visit) == block
    assert migration(visit, migration_volume="column") == column


def test_bands_for_all_pcs_or_step_by_step_or_by_the_whole_visit() -> None:
    visit = media(moving(7, "50"), moving(4, "100"))
    assert migration(visit) == 7 * 21_000 + 4 * 46_000
    assert migration(visit, migration_tier="marginal") == (
        30_000 + 2 * 24_000 + 2 * 23_000 + 2 * 21_000 + 60_000 + 2 * 48_000 + 46_000
    )
    assert migration(visit, migration_tier="all-pcs") == 7 * 20_500 + 4 * 41_000


@pytest.mark.parametrize(
    ("gb", "started", "completed"),
    [
        ("4000", 75_000, 75_000),
        ("4000.5", 87_000, 75_000),
        ("5000", 87_000, 87_000),
        ("6999", 111_000, 99_000),
    ],
)
def test_terabytes_above_four_count_when_started_or_completed(gb: str, started: int, completed: int) -> None:
    visit = media(moving(1, gb))
    assert migration(visit) == started
    assert migration(visit, migration_step="completed") == completed


def test_a_terabyte_of_1024_gb_moves_what_is_printed_in_tb_only() -> None:
    assert migration(media(moving(1, "4096")), migration_tb="1024") == 75_000
    assert migration(media(moving(1, "4096.1")), migration_tb="1024") == 87_000
    assert migration(media(moving(1, "5120")), migration_tb="1024") == 87_000
    assert migration(media(moving(1, "50.1")), migration_tb="1024") == 60_000


def test_between_the_columns_the_next_one_or_blocks_of_the_smaller() -> None:
    assert migration(media(moving(2, "10"))) == 2 * 24_000
    assert migration(media(moving(2, "10")), migration_between="blocks") == 2 * 3 * 6_000
    assert migration(prime(moving(2, "30"))) == 2 * 24_000
    assert migration(prime(moving(2, "30")), migration_between="blocks") == 2 * 3 * 19_000
    assert migration(prime(moving(2, "10")), migration_between="blocks") == 2 * 19_000


def test_more_than_twenty_in_batches() -> None:
    visit = media(moving(12, "50"), moving(11, "30"))
    assert migration(visit, migration_over_20="batches") == 20 * 20_000 + 3 * 24_000
    marginal = migration(visit, migration_over_20="batches", migration_tier="marginal")
    first = 30_000 + 2 * 24_000 + 2 * 23_000 + 5 * 21_000 + 5 * 20_500 + 5 * 20_000
    assert marginal == first + 30_000 + 2 * 24_000


def test_every_choice_of_the_tariffs_is_one_the_code_knows() -> None:
    """A choice that nothing reads would silently give the plain price."""
    known = {
        "migration-volume": {"block", "column"},
        "migration-tier": {"flat", "marginal", "all-pcs"},
        "migration-step": {"started", "completed"},
        "migration-between": {"next-column", "blocks"},
        "migration-tb": {"1000", "1024"},
        "migration-over-20": {"individual-quote", "batches"},
        "wifi-unit": {"per-device", "per-set"},
        "gateway-cap": {"largest", "sum"},
        "free-visit-cap": {"per-device", "per-menu"},
        "free-migration-volume": {"unlimited", "smallest-class"},
        "visit-last-hour": {"end", "start"},
    }
    found: dict[str, set[str]] = {}
    for service in catalogue().services():
        for edition in service.editions:
            for reading in edition.readings:
                if edition.visit is not None and reading.name in known:
                    found.setdefault(reading.name, set()).update(choice.code for choice in reading.choices)
    assert found == known


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        ([moving(1, "4.7")], set()),
        ([moving(5, "4.7")], set()),
        ([moving(1, "30")], {"migration-between"}),
        ([moving(2, "50")], {"migration-tier", "migration-between"}),
        ([moving(1, "60")], {"migration-volume"}),
        ([moving(1, "4000")], set()),
        ([moving(1, "4050")], {"migration-step", "migration-tb"}),
    ],
)
def test_a_price_names_the_readings_that_would_change_it_and_no_others(
    works: list[Work], expected: set[str]
) -> None:
    assert set(readings(price(media(*works)))) == expected


# --- no price


def test_more_than_twenty_pcs_of_a_class_need_a_quotation_by_hand() -> None:
    with pytest.raises(UserError) as caught:
        price(media(moving(11, "50"), moving(3, "4.7"), moving(10, "30")))
    problem = caught.value.problems[0]
    assert problem.code == "individual-quote"
    assert "21台" in problem.what
    assert "420,000円" in problem.why
    assert "見積額ではありません" in problem.why
    assert problem.clause == "別紙5, 別紙6"
    assert problem.field == "work.0.devices"


def test_every_class_that_is_too_large_is_told() -> None:
    with pytest.raises(UserError) as caught:
        price(prime(moving(21, "50"), moving(22, "4001"), moving(20, "4.7")))
    assert [problem.field for problem in caught.value.problems] == ["work.0.devices", "work.1.devices"]


def test_twenty_of_each_class_are_priced() -> None:
    assert migration(media(moving(20, "4.7"), moving(20, "50"), moving(20, "4000"), moving(20, "4001"))) == (
        20 * (6_000 + 20_000 + 75_000 + 87_000)
    )


def test_all_pcs_of_the_visit_choose_no_band_above_twenty() -> None:
    with pytest.raises(UserError, match="21台"):
        price(media(moving(11, "50"), moving(10, "100")), migration_tier="all-pcs")


def test_a_price_by_hand_stands_where_the_list_has_none() -> None:
    priced = price(prime(moving(30, "50", by_hand=BY_HAND), moving(2, "50")))
    assert amounts(priced)["data-migration"] == 30 * 18_000 + 2 * 24_000
    by_hand = next(line for line in priced.lines if line.reason.rule == "by-hand")
    assert by_hand.detail == "50GB　個別見積"
    assert by_hand.reason.inputs["approved_by"] == "山田"
    assert by_hand.reason.clause == ""


def test_a_price_by_hand_needs_migration() -> None:
    with pytest.raises(UserError) as caught:
        price(prime(work(2, "os-recovery", by_hand=BY_HAND)))
    assert caught.value.problems[0].field == "work.0.by_hand"


# --- words


@pytest.mark.parametrize(
    ("devices", "gb", "detail"),
    [
        (1, "50", "50GB、1台"),
        (6, "30", "30GB（50GBまで）、6〜10台"),
        (18, "120", "120GB（50GB×3）、16〜20台"),
        (2, "4500.5", "4,500.5GB（4TBまで＋追加1TB×1）、2〜3台"),
        (1, "400", "400GB（4TBまで）、1台"),
    ],
)
def test_lines_say_what_the_price_stands_for(devices: int, gb: str, detail: str) -> None:
    line = next(line for line in price(media(moving(devices, gb))).lines if line.item == "data-migration")
    assert line.detail == detail


def test_a_table_that_asks_more_for_less_is_pointed_out() -> None:
    assert "15,500円" in price(prime(moving(11, "4.7"))).remarks[0].text
    assert price(prime(moving(10, "4.7"))).remarks == ()
    assert price(prime(moving(11, "10"))).remarks == ()


# --- laws

volumes = st.sampled_from(
    ["0.5", "4.7", "9", "10", "30", "50", "99", "120", "3999", "4000", "4000.5", "9000"]
)
jobs = st.lists(st.tuples(st.integers(1, 5), volumes), min_size=1, max_size=4)


def _jobs(pairs: list[tuple[int, str]]) -> list[Job]:
    return [Job(devices, Fraction(gb)) for devices, gb in pairs]


def _total(table: Migration, listed: list[Job], choices: Choices) -> int:
    priced = price_jobs(table, listed, choices)
    return sum(run.devices * run.unit_price for runs in priced for run in runs)


def table(service: str) -> Migration:
    rules = catalogue().service(service).editions[-1].visit
    assert rules is not None
    assert rules.migration is not None
    return rules.migration


plain = Choices()
any_choices = st.builds(
    Choices,
    block=st.sampled_from(["", "column"]),
    tier=st.sampled_from(["", "marginal", "all-pcs"]),
    step=st.sampled_from(["", "completed"]),
    between=st.sampled_from(["", "blocks"]),
    tb=st.sampled_from(["", "1024"]),
    over=st.just("batches"),
)


@given(jobs, any_choices, st.sampled_from(["media-light", "dokodemo-prime"]))
def test_splitting_a_work_into_single_pcs_changes_nothing(
    pairs: list[tuple[int, str]], choices: Choices, service: str
) -> None:
    single = [(1, gb) for devices, gb in pairs for _pc in range(devices)]
    assert _total(table(service), _jobs(pairs), choices) == _total(table(service), _jobs(single), choices)


@given(jobs, any_choices, st.sampled_from(["media-light", "dokodemo-prime"]))
def test_every_pc_gets_a_price_and_keeps_its_place(
    pairs: list[tuple[int, str]], choices: Choices, service: str
) -> None:
    priced = price_jobs(table(service), _jobs(pairs), choices)
    assert [sum(run.devices for run in runs) for runs in priced] == [devices for devices, _gb in pairs]
    assert all(run.unit_price > 0 for runs in priced for run in runs)


@given(jobs, st.sampled_from(["media-light", "dokodemo-prime"]))
def test_blocks_never_cost_more_than_the_column(pairs: list[tuple[int, str]], service: str) -> None:
    column = Choices(block="column", over="batches")
    assert _total(table(service), _jobs(pairs), Choices(over="batches")) <= _total(
        table(service), _jobs(pairs), column
    )


@given(jobs, st.permutations(range(4)))
def test_the_order_of_the_work_does_not_change_the_total(
    pairs: list[tuple[int, str]], order: list[int]
) -> None:
    shuffled = [pairs[place] for place in order if place < len(pairs)]
    assert _total(table("media-light"), _jobs(pairs), plain) == _total(
        table("media-light"), _jobs(shuffled), plain
    )


@given(st.lists(st.tuples(st.integers(1, 25), volumes), min_size=1, max_size=4))
def test_overfull_is_exactly_more_than_twenty_of_one_class(pairs: list[tuple[int, str]]) -> None:
    listed = _jobs(pairs)
    counts: dict[int, int] = {}
    for job in listed:
        column = column_of(table("media-light"), job.volume, plain)
        counts[column] = counts.get(column, 0) + job.devices
    found = overfull(table("media-light"), listed, plain)
    assert {one.column for one in found} == {column for column, count in counts.items() if count > 20}
