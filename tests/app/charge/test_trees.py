"""The rows of a reason, compared whole: depth, words, value, clause, and which of them are strong."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from app.charge.lines import Line, Reason
from app.charge.words import ReasonRow, formula, line_detail, tree
from app.charge.words_basic import period_words, unrounded
from app.contract.facts import Changed, Ended, Promoted, Started, Timeline, WorksFee
from app.visit.pricing import PricedVisit
from tests.app.charge.test_whole_lines import line
from tests.app.charge.timelines import contract
from tests.app.visit.requests import BY_HAND, media, moving, price, prime, work

PRIME_EDITION = ReasonRow(1, "料金の版", "2026年5月11日実施")
MEDIA_EDITION = ReasonRow(1, "料金の版", "2024年4月1日実施")


def prime_line(ids: int, start: date = date(2026, 6, 1), month: str = "2026-07") -> Line:
    return line(contract("dokodemo-prime", Started(start, {"id": ids})), month, "id")


def top(words: str, value: str, clause: str = "") -> ReasonRow:
    return ReasonRow(0, words, value, clause, strong=True)


@pytest.mark.parametrize(
    ("ids", "words", "value", "tier"),
    [
        (31, "31 ID × 2,400円", "74,400円", "30〜39 IDの単価を31 IDすべてに適用"),
        (500, "500 ID × 1,600円", "800,000円", "300〜9,999 IDの単価を500 IDすべてに適用"),
    ],
)
def test_a_tier_is_told(ids: int, words: str, value: str, tier: str) -> None:
    found = prime_line(ids)
    assert tree(found.reason) == (
        top(words, value, "別紙4"),
        ReasonRow(1, tier, "", "別紙4"),
        PRIME_EDITION,
    )
    assert line_detail(found) == tier


def test_a_tier_without_an_end_is_told_by_where_it_begins() -> None:
    inputs = {"quantity": 12_000, "unit": "ID", "tier": (10_000, None), "unit_price": 1}
    row = tree(Reason("tier-for-all", inputs, Fraction(12_000), 12_000))[1]
    assert row == ReasonRow(1, "10,000〜 IDの単価を12,000 IDすべてに適用", "")


def test_the_days_of_a_broken_month_stand_below_the_full_price() -> None:
    # 49 × 2,200 = 107,800; × 22日 ÷ 31日 = 76,503.2…
    found = prime_line(49, date(2026, 12, 10), "2026-12")
    full = "49 ID × 2,200円"
    tier = "別紙4：40〜49 IDの単価を49 IDすべてに適用"
    assert tree(found.reason) == (
        top(f"{full} × 22日 ÷ 31日", "= 76,503.2…円"),
        ReasonRow(1, f"どこでもプライム 利用料  {full}", "107,800円", tier),
        ReasonRow(1, "日割  12月10日〜31日", "× 22日 ÷ 31日", "第27条第2項・第3項：暦日数による"),
        PRIME_EDITION,
        ReasonRow(1, "1円未満切捨て", "76,503円", "第28条：端数処理", strong=True),
    )
    assert line_detail(found) == "12月10日〜31日  107,800円 × 22日 ÷ 31日"


def test_a_step_that_was_cut_down_names_its_own_days() -> None:
    inputs = {"full": 1_000, "days": 7, "days_of_month": 28, "first": date(2026, 2, 1)}
    reason = Reason("days-of-month", inputs | {"last": date(2026, 2, 7)}, Fraction(250), 250, "1条")
    assert formula(reason) == "1,000円 × 7日 ÷ 28日"


@pytest.mark.parametrize(
    ("code", "quantity", "options", "price_", "name", "clause", "option", "ground"),
    [
        (
            "endpoint", 10, {"endpoint_purchased": 3}, "7端末 × 600円", "エンドポイント 利用料", "別紙4、別紙4※2",
            "指定販売店で購入（リース含む）したツールの数：3台は無料", "別紙4※2",
        ),
        (
            "gateway-10", 1, {"gateway_24h": False}, "1台 × 6,000円", "ゲートウェイ 利用料（10クライアント）",
            "別紙4、別紙4※3※4", "ゲートウェイ装置の24時間機器故障対応：1台につき3,000円引き", "別紙4※4",
        ),
        (
            "gateway-10", 1, {"gateway_purchased": True}, "1台 × 0円", "ゲートウェイ 利用料（10クライアント）",
            "別紙4、別紙4※3※4", "指定販売店で購入（リース含む）した装置を利用：無料", "別紙4※3",
        ),
    ],
)  # fmt: skip
def test_an_option_stands_below_its_item(
    code: str,
    quantity: int,
    options: dict[str, int],
    price_: str,
    name: str,
    clause: str,
    option: str,
    ground: str,
) -> None:
    one = contract("media-light", Started(date(2025, 4, 15), {code: quantity}, options))
    found = line(one, "2025-04", code)
    amount = f"{found.amount:,}円"
    assert tree(found.reason) == (
        top(price_, amount),
        ReasonRow(1, f"{name}  {price_}", amount, clause),
        ReasonRow(2, option, "", ground),
        ReasonRow(1, "月単位の料金（日割りなし）", amount, "第24条第1項、第27条第2項"),
        MEDIA_EDITION,
    )
    assert line_detail(found) == ""
    (full,) = found.reason.parts  # what a quotation prints for a month
    whole = Line("media-light", code, name, found.amount, full)
    assert line_detail(whole) == option
    assert tree(full) == (
        top(price_, amount),
        ReasonRow(1, option, "", ground),
        MEDIA_EDITION,
    )


def test_a_year_paid_ahead_names_its_days() -> None:
    one = contract("mdr-ndr", Started(date(2026, 6, 11), {"annual-fee": 3_600_000}))
    found = line(one, "2026-06", "annual-fee")
    quoted = "見積の年額 3,600,000円"
    assert tree(found.reason) == (
        top(quoted, "3,600,000円"),
        ReasonRow(1, f"MDR NDR 年額料金  {quoted}", "3,600,000円", "第12条第1項"),
        ReasonRow(1, "1年分の前払い  2026年6月11日〜2027年6月10日", "", "第10条、第12条第2項"),
        ReasonRow(1, "料金の版", "2023年6月1日実施"),
    )
    assert line_detail(found) == ""


def test_days_that_are_no_days_make_no_period() -> None:
    assert [period_words("", date(2026, 6, 1)), period_words(date(2026, 6, 1), None)] == ["", ""]


@pytest.mark.parametrize(
    ("works", "end", "rows"),
    [
        (
            WorksFee(100_000, Fraction(1, 3)),
            (Ended(date(2025, 4, 25)),),
            (
                top("100,000円 × 1/3", "= 33,333.3…円", "第20条"),
                ReasonRow(1, "解約までに着手した工事の割合", "1/3", "第20条"),
                ReasonRow(1, "1円未満切捨て", "33,333円", "料金表通則（端数処理）", strong=True),
            ),
        ),
        (
            WorksFee(100_000),
            (),
            (top("100,000円", "100,000円", "第20条"), ReasonRow(1, "工事費の全額", "", "第20条")),
        ),
    ],
)
def test_works_say_how_much_of_them_was_done(
    works: WorksFee, end: tuple[Ended, ...], rows: tuple[ReasonRow, ...]
) -> None:
    one = contract("osect", Started(date(2025, 4, 10), {"sensor": 2}), works, *end)
    assert tree(line(one, "2025-04", "works-fee").reason) == rows


def test_free_days_are_told() -> None:
    one = contract("mihariban", Started(date(2019, 6, 10), {"license": 5}), Promoted(date(2019, 5, 20)))
    clause = "附則（2019年1月21日）第2条第1項・第2項"
    assert tree(line(one, "2019-06", "license").reason) == (
        top("無料期間 21日", "0円", clause),
        ReasonRow(1, "無料期間  6月10日〜30日", "", clause),
    )


@pytest.mark.parametrize(
    ("one", "month", "words", "value", "term", "left", "edition"),
    [
        (
            contract("media-light", Started(date(2025, 4, 15), {}), Ended(date(2025, 7, 25))),
            "2025-07",
            "3,000円 × 残り9か月",
            "27,000円",
            "最低契約期間12か月のうち、契約から4か月目",
            "残り9か月",
            MEDIA_EDITION,
        ),
        (
            contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 31}), Ended(date(2027, 7, 20))),
            "2027-07",
            "31 ID × 2,400円 × 残り10か月",
            "744,000円",
            "最低契約期間24か月のうち、契約から14か月目",
            "残り10か月",
            PRIME_EDITION,
        ),
        (
            contract(
                "dokodemo-prime",
                Started(date(2026, 6, 1), {"id": 31}),
                Changed(date(2026, 7, 1), {"id": 20}),
            ),
            "2026-07",
            "11 ID × 2,400円 × 残り22か月",
            "580,800円",
            "最低契約期間24か月のうち、契約から2か月目",
            "残り22か月",
            PRIME_EDITION,
        ),
    ],
)
def test_an_end_counts_its_months(
    one: Timeline, month: str, words: str, value: str, term: str, left: str, edition: ReasonRow
) -> None:
    found = line(one, month, "termination-fee")
    assert tree(found.reason) == (
        top(words, value, "別紙4※1"),
        ReasonRow(1, term, left, "別紙4※1"),
        edition,
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("terms-change", "規約の変更に同意しない解約（通知から実施日までに申出）のため免除"),
        ("service-end", "提供会社によるサービス終了のため免除"),
        ("supplier-change", "契約者の責めによらない提供条件の変更のため免除"),
    ],
)
def test_a_waiver_is_one_row(reason: str, said: str) -> None:
    inputs = {"basis": 100, "months_left": 3, "month_number": 1, "term": 24, "waived": reason}
    waived = Reason("reduced-units-remaining-months", inputs, Fraction(0), 0, "2条4項")
    assert tree(waived) == (
        top("100円 × 残り3か月 → 免除", "0円", "第2条第4項"),
        ReasonRow(1, said, "", "第2条第4項"),
    )


def test_an_agreed_price_of_an_item_without_a_list_price_names_none() -> None:
    inputs = {"why": "更改", "approved_by": "部長", "list_price": None, "unit_price": 500, "quantity": 1}
    agreed = Reason("agreed-price", inputs | {"unit": "式", "name": "x"}, Fraction(500), 500, "1条")
    assert tree(agreed)[1:] == (ReasonRow(1, "別段の合意：更改", "承認 部長", "第1条"),)
    assert line_detail(Line("s", "i", "n", 500, agreed)) == "別段の合意：更改"
    cut = Reason("whole-month", {"month": "2026-07"}, Fraction(500), 500, "2条", parts=(agreed,))
    assert tree(cut)[1] == ReasonRow(1, "x  1式 × 500円", "500円", "第1条：別段の合意")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(5, 2), "= 2.5円"),
        (Fraction(-5, 2), "= −2.5円"),
        (Fraction(1, 3), "= 0.3…円"),
        (Fraction(0), "= 0.0円"),
    ],
)
def test_a_value_before_rounding_has_one_place_and_says_whether_more_follow(
    value: Fraction, words: str
) -> None:
    assert unrounded(value) == words


def test_steps_below_steps_keep_what_their_clause_says_and_need_no_name() -> None:
    inputs = {"quantity": 12, "unit": "ID", "tier": (10, 19), "unit_price": 100}
    tier = Reason("tier-for-all", inputs, Fraction(1_200), 1_200, "1条")
    days = {"full": 1_200, "days": 1, "days_of_month": 30, "first": date(2026, 6, 1)}
    cut = Reason("days-of-month", days, Fraction(40), 40, "2条", parts=(tier,))
    both = Reason("sum", {}, Fraction(80), 80, "3条", parts=(cut, cut))
    step = "12 ID × 100円 × 1日 ÷ 30日"
    below = ReasonRow(2, "12 ID × 100円", "1,200円", "第1条：10〜19 IDの単価を12 IDすべてに適用")
    assert tree(both) == (
        top("40円 + 40円", "80円"),
        ReasonRow(1, step, "40円", "第2条"),
        below,
        ReasonRow(1, step, "40円", "第2条"),
        below,
    )


# --- visits -----------------------------------------------------------------------------------------


def rows(visit: PricedVisit, item: str) -> tuple[ReasonRow, ...]:
    return tree(next(one for one in visit.lines if one.item == item).reason)


@pytest.mark.parametrize(
    ("devices", "gb", "product", "value", "band"),
    [
        (1, "120", "1台 × 75,000円", "75,000円", "4TBまで・1台の単価"),
        (2, "60", "2台 × 48,000円", "96,000円", "4TBまで・2〜3台の単価：24,000円 × 2（始まった分ごと）"),
        (
            3,
            "9000",
            "3台 × 135,000円",
            "405,000円",
            "4,000GBを超える容量・2〜3台の単価、1TB追加 12,000円 × 5",
        ),
    ],
)
def test_data_migration_names_its_band(devices: int, gb: str, product: str, value: str, band: str) -> None:
    # 2 begun blocks of 50GB at 24,000; 75,000 + 5 begun TB at 12,000 = 135,000
    assert rows(price(media(moving(devices, gb))), "data-migration") == (
        top(product, value, "別紙5、別紙6"),
        ReasonRow(1, band, "", "別紙5、別紙6"),
        MEDIA_EDITION,
    )


def test_a_free_visit_says_what_it_would_have_cost() -> None:
    visit = price(media(work(12, "os-recovery"), gateways={10: 1}))
    assert rows(visit, "os-recovery") == (
        top("10台 × 10,500円 → 0円", "0円"),
        ReasonRow(1, "OSリカバリ  10台 × 10,500円", "105,000円", "別紙5"),
        ReasonRow(1, "契約年度（2025年4月15日〜2026年4月14日）の無償訪問：10台まで", "", "別紙2●"),
        MEDIA_EDITION,
    )


def test_a_diagnosis_with_the_line_order_is_waived() -> None:
    visit = price(prime(work(1, "internet-setup"), with_line_order=True))
    assert rows(visit, "diagnosis") == (
        top("1工事 × 1,500円 → 0円", "0円", "別紙3"),
        ReasonRow(1, "回線と同時のお申込みのため無料", "", "別紙3"),
        PRIME_EDITION,
    )


def test_a_price_by_hand_names_who_approved_it() -> None:
    visit = price(prime(moving(30, "50", by_hand=BY_HAND)))
    assert rows(visit, "data-migration") == (
        top("30台 × 18,000円", "540,000円"),
        ReasonRow(1, "個別見積：提供会社の見積書による", "承認 山田"),
        PRIME_EDITION,
    )
