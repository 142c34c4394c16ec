"""The papers whose pages are kept as pictures: the ordinary ones, and those that are hardest to set. Names
and numbers are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final

from msgspec.structs import replace

from app.papers.carrying import carrying_lines, carrying_rows
from app.papers.model import (
    Column,
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    Images,
    LabelValue,
    LineGroup,
    LineRow,
    LineTable,
    Paper,
    Point,
    Points,
    Row,
    Stack,
    Table,
)
from app.papers.quotation import IssueMark
from app.papers.visit_before import before_work
from app.papers.visit_day import run_sheet
from app.papers.visit_order import work_order
from app.papers.visit_report import visit_report
from app.places import resources
from tests import visit_samples
from tests.golden.papers.kinds import KINDS, made
from tests.reports import hard_papers, papers
from tests.reports.conftest import image
from tests.shipped import catalogue

ORDER: Final = IssueMark("W-A1-2612-0056", 1, date(2026, 12, 8))
REPORT: Final = IssueMark("R-A1-2612-0056", 1, date(2026, 12, 11))
FORTY: Final = "特定非営利活動法人播磨灘沿岸地域情報通信基盤整備推進協議会連合会姫路支部東部地区"


@cache
def demo_images() -> Images:
    """Seal and logo of the demo's company."""
    demo = resources("demo")
    return Images((demo / "seal.png").read_bytes(), (demo / "logo.png").read_bytes())


def one_line() -> Paper:
    """The smallest bill: one line, one rate."""
    rows = (Row(("2月", "見張り番 利用料", "1ライセンス × 190円", "別紙1", "10％", 190)),)
    return _bill(carrying_rows(Table("", BILL, rows)), 209)


def eighty_lines() -> Paper:
    """A bill of eighty lines in five groups, its sum carried over every page."""
    rows: list[Row] = []
    for group in range(5):
        rows.append(Row((f"第{group + 1}研究所", f"2027年2月  {16}行"), group=True))
        lines = [4_000 + 37 * place + 500 * group for place in range(16)]
        rows += [
            Row(
                (
                    f"2月{place + 1}日",
                    f"プリンター設定 {group + 1}-{place + 1}",
                    "4,400円 × 1台",
                    "別紙5",
                    "10％",
                    yen,
                )
            )
            for place, yen in enumerate(lines)
        ]
        rows.append(Row(("", "", "", "", "小計", sum(lines)), total=True))
    return _bill(carrying_rows(Table("", BILL, tuple(rows))), 502_084)


BILL: Final = (
    Column("2027年", "left", 0.135),
    Column("品目", "left", 0.285),
    Column("計算", "left", 0.26),
    Column("根拠", "left", 0.12, small=True),
    Column("税率", "left", 0.08),
    Column("金額（税抜）", "right", 0.12),
)


def _bill(table: Table, total: int) -> Paper:
    net = total * 10 // 11
    taxes = Table(
        "税率ごとの内訳",
        (
            Column("区分", "left", 3),
            Column("税抜", "right", 3),
            Column("消費税", "right", 3),
            Column("税込", "right", 3),
        ),
        (
            Row(("10％対象", net, total - net, total)),
            Row(("不課税", 0, "—", 0)),
            Row(("合計", net, total - net, total), total=True),
        ),
    )
    bank = Facts(
        "お振込先",
        (
            LabelValue("銀行", "まどか銀行 本町支店（店番 012）"),
            LabelValue("口座", "普通 0123456"),
            LabelValue("名義", "カ）マドグチツウシンサービス"),
        ),
    )
    return replace(
        papers.quotation((table, Halves(taxes, bank), remarks(3))),
        kind="B",
        title="請求書",
        number="B-A1-2703-0042",
        opening="下記のとおりご請求申し上げます。",
        head_rows=(
            LabelValue("請求番号", "B-A1-2703-0042"),
            LabelValue("発行日", "2027年3月5日（金）"),
            LabelValue("ご利用月", "2027年2月分"),
        ),
        subject_rows=(LabelValue("件名", "見張り番"), LabelValue("契約番号", "C-A1-2612-0211")),
        headline=Headline(
            "ご請求金額",
            "税込",
            total,
            (HeadlineFact("お支払期限", "2027年3月31日（水）"), HeadlineFact("お支払方法", "銀行振込")),
        ),
        footer="株式会社まどぐち通信サービス  請求書 B-A1-2703-0042",
        continuation="B-A1-2703-0042  株式会社青葉野精密工業 御中  2027年3月5日（金）",
        qr="B-A1-2703-0042/1",
        closing="",
    )


def remarks(count: int) -> Points:
    """Numbered points of every length, with and without an article."""
    said = papers.confirmations().points
    chosen = [said[place % len(said)] for place in range(count)]
    bare = [Point(one.text) if place % 3 == 2 else one for place, one in enumerate(chosen)]
    return Points("ご確認いただきたいこと", tuple(bare))


def all_remarks() -> Paper:
    """Nothing but remarks: group remarks, reasons, stacked cells, notes, forty points."""
    rows = tuple(
        LineRow(
            f"作業 {place}",
            "6〜10台の単価を8台すべてに適用し、片道移動距離50kmを超える分を含みます",
            "別紙5・別紙6 ※2",
            8,
            "台",
            -1_234,
            -9_872,
        )
        for place in range(1, 5)
    )
    table = carrying_lines(
        LineTable(papers.HEADS, (LineGroup("訪問", "2回分の作業、1回かぎりの料金", rows, "小計", -39_488),)),
        through=False,
    )
    stacks = Table(
        "計算の手順",
        (Column("手順", "left", 3), Column("説明", "left", 6), Column("金額", "right", 2)),
        tuple(
            Row(
                (
                    f"{place}",
                    Stack("定額の利用料を日割りします", ("12月10日〜31日", "74,400円 × 22日 ÷ 31日")),
                    52_800 * place,
                )
            )
            for place in range(1, 4)
        ),
        remark="金額は税抜です",
        note="※ 月の途中でID数を変えたときは、変更の前と後をそれぞれ日割りして合計します。1円未満は切り捨てます。",
    )
    return papers.quotation((table, stacks, remarks(40)))


def forty_characters() -> Paper:
    """Names of forty characters on both sides."""
    paper = papers.quotation()
    assert len(FORTY) == 40
    long = "まどぐち通信セキュリティサービス西日本広域営業推進運営統括管理株式会社本社営業本部"
    return replace(
        paper,
        addressee=replace(
            paper.addressee,
            name=FORTY,
            department="情報システム企画推進室",
            person="髙橋 𠮷郎",
            honorific="様",
        ),
        issuer=replace(paper.issuer, name=long[:40]),
    )


def bare_company() -> Paper:
    """Neither logo nor seal; a short name."""
    paper = papers.quotation()
    return replace(paper, issuer=replace(paper.issuer, name="㈱髙﨑通信", seal=False, logo=False))


def short_company() -> Paper:
    """A short name with its seal, which stands over its last two characters."""
    paper = papers.quotation()
    return replace(paper, issuer=replace(paper.issuer, name="㈱髙﨑通信"))


def wareki() -> Paper:
    """和暦, and words in place of the sum."""
    paper = papers.quotation()
    rows = (
        LabelValue("見積番号", "Q-A1-2611-0318  第1版"),
        LabelValue("発行日", "令和8年11月20日（金）"),
        LabelValue("有効期限", "令和8年12月4日（金）まで"),
    )
    return replace(
        paper,
        head_rows=rows,
        headline=replace(paper.headline, words="お見積りできません（料金表にない台数です）"),
        continuation="Q-A1-2611-0318  第1版  株式会社青葉野精密工業 御中  令和8年11月20日（金）",
    )


def visit_day() -> Paper:
    """The day of twelve technicians."""
    crew, visits = visit_samples.a_day(3)
    return run_sheet(visit_samples.DAY, crew, visits, visit_samples.SETTINGS, catalogue())


Sample = tuple[Callable[[], Paper], Callable[[], Images]]


def _images(seal: tuple[int, int] = (60, 60), logo: tuple[int, int] = (60, 60)) -> Callable[[], Images]:
    return lambda: Images(image("PNG", seal), image("PNG", logo))


SAMPLES: Final[dict[str, Sample]] = {
    "quotation": (papers.quotation, demo_images),
    "draft": (papers.draft, demo_images),
    "english": (hard_papers.english, demo_images),
    "wareki": (wareki, demo_images),
    "one-line": (one_line, demo_images),
    "eighty-lines": (eighty_lines, demo_images),
    "three-pages": (lambda: papers.long_quotation(4, 9), demo_images),
    "forty-characters": (forty_characters, demo_images),
    "long-names": (hard_papers.long_names, demo_images),
    "all-remarks": (all_remarks, demo_images),
    "no-logo-no-seal": (bare_company, Images),
    "short-company": (short_company, demo_images),
    "odd-seal": (papers.quotation, _images((60, 20), (200, 20))),
    "tall-seal": (papers.quotation, _images((15, 60), (10, 60))),
    "work-order": (lambda: work_order(visit_samples.many_devices(), ORDER), demo_images),
    "before-work": (
        lambda: before_work(visit_samples.facts(events=visit_samples.done_events()), ORDER),
        demo_images,
    ),
    "visit-report": (
        lambda: visit_report(visit_samples.facts(events=visit_samples.done_events()), REPORT),
        demo_images,
    ),
    "visit-day": (visit_day, demo_images),
}


def _of_kind(letter: str) -> Sample:
    return lambda: made()[letter], demo_images


SAMPLES.update((f"kind-{letter}", _of_kind(letter)) for letter in KINDS)
