"""Every kind of wrong tariff file: what is told, and that all of it is told at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.tariff.parse import MAX_BYTES, check_files, parse
from app.tariff.problems import TariffProblem
from tests.app.tariff.small import SMALL, changed

FILE = Path("watch.toml")
PRICED = "editions[2026-07-01]"
SEAT = f"{PRICED}.items[seat]"
VISIT = f"{PRICED}.visit"


def problems(text: str) -> list[TariffProblem]:
    return parse(text.encode(), FILE)[1]


def test_the_small_file_is_right() -> None:
    content, found = parse(SMALL.encode(), FILE)
    assert not found
    assert content is not None


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        # shape
        ('\nclause = "5条"\n', "\n", f"{SEAT}.clause", "ありません"),
        ("price = 300", 'price = "300"', f"{SEAT}.tiers[1].price", "文字列「300」"),
        ("price = 300", "price = 300.0", f"{SEAT}.tiers[1].price", "数値 300.0"),
        ("price = 300", "price = true", f"{SEAT}.tiers[1].price", "true"),
        ("priced = true", "priced = 1", f"{PRICED}.priced", "数値 1"),
        ("start = 2026-01-01", 'start = "2026-01-01"', "editions[2026-01-01].start", "文字列「2026-01-01」"),
        ("start = 2026-01-01", "start = 2026-01-01T00:00:00", "editions[#1].start", "日時 2026-01-01T00:00:00"),
        ('kind = "flag"', 'kind = "flag"\ncolour = "red"', f"{PRICED}.options[light].colour", "知らない項目です"),
        ('policy = "by-day"', 'policy = "by-hour"', f"{PRICED}.proration.policy", "文字列「by-hour」"),
        ('policy = "by-day"\n', "", f"{PRICED}.proration.policy", "ありません"),
        (
            'policy = "months-notice"',
            'policy = "no-notice"',
            f"{PRICED}.cancellation.policy",
            "文字列「no-notice」",
        ),
        ("bands = [[1, 1], [2, 5]]", "bands = [[1, 1], [2]]", f"{VISIT}.migration.bands[#2]", "1個の値の配列"),
        ('lines = ["flets"]', 'lines = "flets"', "lines", "文字列「flets」"),
        ('lines = ["flets"]', 'lines = ["isdn"]', "lines[#1]", "文字列「isdn」"),
        ('short = { ja = "見守り", en = "Watch" }', 'short = { ja = "見守り" }', "short.en", "ありません"),
        ("factor = 2", "factor = []", f"{PRICED}.surcharge.factor", "0個の値の配列"),
        # values
        ('\nclause = "5条"\n', '\nclause = " "\n', f"{SEAT}.clause", "空です"),
        ("price = 300", "price = -300", f"{SEAT}.tiers[1].price", "数値 -300"),
        ("price = 300", f"price = {10**30}", f"{SEAT}.tiers[1].price", f"数値 {10**30}"),
        ("step_price = 500", "step_price = -1", f"{VISIT}.migration.step_price", "数値 -1"),
        ("prices = [600]", "prices = [-600]", f"{VISIT}.migration.classes[4.7].prices", "数値 -600"),
        ('source = "見守り利用規約"', 'source = "見守り\\n規約"', "source", "改行などの制御文字があります"),
        ('code = "watch"', 'code = "見守り"', "code", "文字列「見守り」"),
        ('code = "seat"', 'code = "Seat 1"', f"{PRICED}.items[Seat 1].code", "文字列「Seat 1」"),
        ('code = "setup"', 'code = "seat"', f"{PRICED}.items", "「seat」が2回あります"),
        ('reading = "watch-days"', 'reading = "days"', f"{PRICED}.proration.reading", "解釈「days」はこの改定版にありません"),
        # editions
        ("start = 2026-07-01", "start = 2026-01-01", "editions", "2026-01-01からと2026-01-01からの改定版の期間が重なっています"),
        ("start = 2026-01-01", "", "editions", "日付なしからと2026-07-01からの改定版の期間が重なっています"),
        (
            "start = 2026-01-01",
            "start = 2026-01-01\nuntil = 2026-07-02",
            "editions",
            "2026-01-01からと2026-07-01からの改定版の期間が重なっています",
        ),
        (
            "start = 2026-01-01",
            "start = 2026-01-01\nuntil = 2026-01-01",
            "editions[2026-01-01].until",
            "2026-01-01",
        ),
        (
            'clause = "附則1"',
            'clause = "附則1"\ntax_clause = "1条"',
            "editions[2026-01-01].priced",
            "priced = false なのに tax_clause があります",
        ),
        ("priced = false", "priced = true", "editions[2026-01-01].items", "ありません"),
        # prices
        ("first = 10", "first = 11", f"{SEAT}.tiers", "1〜9の次が11〜で、間が空いています"),
        ("first = 10", "first = 9", f"{SEAT}.tiers", "1〜9と9〜が重なっています"),
        ("first = 1, last = 9,", "first = 1,", f"{SEAT}.tiers", "1〜と10〜が重なっています"),
        ("first = 10, last = 99", "first = 10, last = 8", f"{SEAT}.tiers", "10〜8は逆順です"),
        ("minimum = 1", "minimum = 5", f"{SEAT}.tiers", "最初の段階は1から、minimumは5です"),
        ("maximum = 99\n", "", f"{SEAT}.tiers", "最後の段階は99まで、maximumは上限なしです"),
        ("minimum = 1", "price = 300\nminimum = 1", f"{SEAT}.tiers", "priceとtiersが同時にあります"),
        ('range_clause = "5条"\n', "", f"{SEAT}.range_clause", "ありません"),
        ('per_item = "seat"\n', "", f"{PRICED}.items[setup].per_item", "ありません"),
        ('per_item = "seat"', 'per_item = "table"', f"{PRICED}.items[setup].per_item", "文字列「table」"),
        ('option = "light"', 'option = "dark"', f"{SEAT}.options[dark].option", "文字列「dark」"),
        ('effect = "free"', 'effect = "free-count"', f"{SEAT}.options[light].effect", "文字列「free-count」"),
        ('effect = "free"', 'effect = "less"', f"{SEAT}.options[light].amount", "数値 0"),
        ("default = false", "default = 0", f"{PRICED}.options[light].default", "数値 0"),
        ('rate = "0.145"', 'rate = "14.5"', f"{PRICED}.interest.rate", "文字列「14.5」"),
        ('rate = "0.145"', 'rate = "14.5%"', f"{PRICED}.interest.rate", "文字列「14.5%」"),
        ('rate = "0.145"', 'statutory = true\nrate = "0.145"', f"{PRICED}.interest.rate", "文字列「0.145」"),
        ("factor = 2", "factor = 0", f"{PRICED}.surcharge.factor", "数値 0"),
        # terms and dates
        ("months = 12", "months = 0", f"{PRICED}.term.months", "数値 0"),
        ("notice_months = 1\n", "", f"{PRICED}.term.notice_months", "ありません"),
        ('waiver_clause = "9条"\n', "", f"{PRICED}.termination.waiver_clause", "ありません"),
        (
            'policy = "months-notice"\nmonths = 1',
            'policy = "months-notice"',
            f"{PRICED}.cancellation.months",
            "ありません",
        ),
        ('policy = "months-notice"', 'policy = "wished-day"', f"{PRICED}.cancellation.months", "数値 1"),
        (
            "months = 1\nname",
            "months = 1\ndays = 3\nname",
            f"{PRICED}.deadlines[notice_by].days",
            "monthsとdaysが同時にあります",
        ),
        ("months = 1\nname", "name", f"{PRICED}.deadlines[notice_by].months", "ありません"),
        (
            "applied_until = 2026-09-30",
            "applied_until = 2026-06-30",
            f"{PRICED}.promotion.applied_until",
            "2026-06-30",
        ),
        ("free_months = 1", "free_months = 0", f"{PRICED}.promotion.free_months", "数値 0"),
        (
            "free_months = 1",
            "free_months = 1\nbarred_from = 2026-07-01",
            f"{PRICED}.promotion.barred_until",
            "ありません",
        ),
        # readings
        ('choice = "calendar"', 'choice = "lunar"', f"{PRICED}.readings[watch-days].choice", "文字列「lunar」"),
        (
            '  { code = "thirty", name = { ja = "30日", en = "30 days" } },\n',
            "",
            f"{PRICED}.readings[watch-days].choices",
            "選択肢が1つだけです",
        ),
        (
            'en = "Days: {choice}."',
            'en = "Days."',
            f"{PRICED}.readings[watch-days].customer_sentence.en",
            "文字列「Days.」",
        ),
        # visits
        ("weekdays = [0, 1]", "weekdays = [0, 7]", f"{VISIT}.days[west].weekdays", "曜日 7"),
        ("weekdays = [0, 1]", "weekdays = [1, 1]", f"{VISIT}.days[west].weekdays", "曜日 1、1"),
        ("weekdays = [0, 1]", "weekdays = []", f"{VISIT}.days[west].weekdays", "空の配列です"),
        ('area = "east"', 'area = "west"', f"{VISIT}.days", '地域は"west"、"west"です'),
        ('last_hour = "17:00"', 'last_hour = "25:00"', f"{VISIT}.last_hour", "文字列「25:00」"),
        ('last_hour = "17:00"', 'last_hour = "08:00"', f"{VISIT}.last_hour", "文字列「08:00」"),
        ("[3000, 2000]", "[3000, 2000, 1000]", f"{VISIT}.migration.classes[50].prices", "料金が3個あります"),
        ("[[1, 1], [2, 5]]", "[[1, 1], [3, 5]]", f"{VISIT}.migration.bands", "1〜1の次が3〜で、間が空いています"),
        ("[[1, 1], [2, 5]]", "[[2, 2], [3, 5]]", f"{VISIT}.migration.bands", "数値 2"),
        ('up_to_gb = "4.7"', 'up_to_gb = "many"', f"{VISIT}.migration.classes[many].up_to_gb", "文字列「many」"),
        ('up_to_gb = "4.7"', 'up_to_gb = "60"', f"{VISIT}.migration.classes", "容量が 60、50 の順です"),
        ('step_from_gb = "50"', 'step_from_gb = "40"', f"{VISIT}.migration.step_from_gb", "文字列「40」"),
        ("price = 4500\n", "", f"{VISIT}.menu", "料金のない作業があります（base、data-migration）"),
        (
            'per = "dispatch"',
            'per = "dispatch"\nfree = "entitled"',
            f"{VISIT}.menu[base].free_clause",
            "ありません",
        ),
    ],
)  # fmt: skip
def test_one_mistake(old: str, new: str, key: str, found: str) -> None:
    told = problems(changed((old, new)))
    assert (key, found) in [(problem.key, problem.found) for problem in told]
    assert all(problem.file == FILE and problem.allowed and problem.found for problem in told)


# A mistake that is one mistake is told once: nothing that merely follows from it.
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('\nclause = "5条"\n', "\n"),
        ("price = 300", 'price = "300"'),
        ("first = 10", 'first = "10"'),
        ("minimum = 1", 'minimum = "1"'),
        ('code = "seat"', 'code = ["seat"]'),
        ("start = 2026-07-01", 'start = "July"'),
        ("priced = true", 'priced = "yes"'),
        ('policy = "by-day"', 'policy = "by-hour"'),
        ('name = "watch-days"', "name = 5"),
        ("bands = [[1, 1], [2, 5]]", 'bands = "1-5"'),
        ("months = 12", 'months = "twelve"'),
        ('kind = "flag"', 'kind = "switch"'),
    ],
)
def test_one_mistake_is_told_once(old: str, new: str) -> None:
    assert len(problems(changed((old, new)))) == 1


def test_everything_is_told_at_once() -> None:
    told = problems(
        changed(
            ('checked_by = "test"', 'checkd_by = "test"'),
            ("start = 2026-01-01", "start = 2026-07-01"),
            ("first = 10", "first = 12"),
            ("price = 300", "price = -300"),
            ("price = 250", 'price = "250"'),
            ('floor_clause = "7条"\n', ""),
            ('choice = "calendar"', 'choice = "lunar"'),
            ("weekdays = [2]", "weekdays = [9]"),
            ("prices = [3000, 2000]", "prices = [1, 2, 3]"),
            ('policy = "months-notice"', 'policy = "no-notice"'),
        )
    )
    priced = "editions[2026-07-01#2]"
    assert sorted(problem.key for problem in told) == sorted(
        [
            "checkd_by",
            "checked_by",
            "editions",
            f"{priced}.items[seat].tiers",
            f"{priced}.items[seat].tiers[1].price",
            f"{priced}.items[seat].tiers[12].price",
            f"{priced}.proration.floor_clause",
            f"{priced}.readings[watch-days].choice",
            f"{priced}.visit.days[east].weekdays",
            f"{priced}.visit.migration.classes[50].prices",
            f"{priced}.cancellation.policy",
        ]
    )


@pytest.mark.parametrize(
    ("text", "key", "found"),
    [
        ("code = ?", "1行8文字目", "値の書き方が正しくありません"),
        ('code = "a"\ncode = "b"\n', "2行11文字目", "同じ項目が2回あります"),
        ("[[editions]]\nstart = 2026-02-31\n", "2行9文字目", "実在しない日付か時刻です"),
        ("code = [1, 2", "ファイルの終わり", "配列が ] で閉じられていません"),
        ("code = " + "[" * 100_000, "", "入れ子が深すぎます"),
    ],
)
def test_bad_toml(text: str, key: str, found: str) -> None:
    (problem,) = problems(text)
    assert problem.key == key
    assert found in problem.found


def test_bad_bytes() -> None:
    (problem,) = parse(b'code = "x"\nname = "' + b"\xff", FILE)[1]
    assert problem.key == "2行目"
    (problem,) = parse(b"#" * (MAX_BYTES + 1), FILE)[1]
    assert "大きすぎます" in problem.found


def test_a_byte_order_mark_is_no_mistake() -> None:
    content, found = parse(SMALL.encode("utf-8-sig"), FILE)
    assert not found
    assert content is not None


def test_an_empty_file_lacks_everything() -> None:
    keys = {problem.key for problem in problems("")}
    assert {"code", "name", "editions", "lines"} <= keys


ADDITION = """\
code = "watch"

[[editions]]
start = 2027-01-01
priced = false
clause = "附則4"
"""


def test_editions_for_another_file(written: Callable[..., Path]) -> None:
    base, addition = written(SMALL), written(ADDITION, "watch-2027.toml")
    assert check_files([addition], [base]) == []
    assert check_files([base, addition]) == []
    (alone,) = check_files([addition])
    assert (alone.file, alone.key) == (addition, "code")
    same = written(ADDITION.replace("2027-01-01", "2026-07-01"), "same.toml")
    (overlap,) = check_files([same], [base])
    assert (overlap.file, overlap.key) == (same, "editions[2026-07-01]")


def test_two_additions_that_overlap(written: Callable[..., Path]) -> None:
    base = written(SMALL)
    first, second = written(ADDITION, "one.toml"), written(ADDITION, "two.toml")
    (overlap,) = check_files([first, second], [base])
    assert overlap.file == second


LIABLE = """
[[editions.liability]]
limit = "twelfth-of-year"
claim_months = 12
claim_clause = "21条3項"
text = { ja = "限度あり", en = "Limited" }
clause = "21条2項"
"""


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("claim_months = 12", "claim_months = 0"), "claim_months"),
        (('claim_clause = "21条3項"\n', ""), "claim_clause"),
        (("claim_months = 12\n", ""), "claim_clause"),
        (("claim_months = 12", "claim_months = 12\nhours = 0"), "hours"),
    ],
)
def test_liability(change: tuple[str, str], key: str) -> None:
    whole = SMALL + LIABLE
    assert parse(whole.encode(), Path("watch.toml"))[1] == []
    problems = parse((SMALL + LIABLE.replace(*change)).encode(), Path("watch.toml"))[1]
    assert [problem.key.rpartition(".")[2] for problem in problems] == [key]
