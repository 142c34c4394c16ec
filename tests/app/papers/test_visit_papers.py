"""What the papers of visits say, read without a page: every figure comes from the priced visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from app.papers.issuer import Settings
from app.papers.model import (
    Checks,
    DayBar,
    Facts,
    Halves,
    Paper,
    Point,
    Points,
    Row,
    SignatureBox,
    Stack,
    Stamps,
    Strong,
    Table,
    Tick,
)
from app.papers.quotation import IssueMark
from app.papers.visit_before import CONFIRMED, before_points, before_work
from app.papers.visit_order import work_order
from app.papers.visit_plan import break_of, day_bars
from app.papers.visit_report import visit_report
from app.papers.visit_words import VisitFacts, rows_words, together, volume_words
from app.visit.order import Device, Span, VisitContent
from app.visit.settings import MinutesTable
from app.visit.work import VisitContract
from app.words import speaking
from tests import visit_samples as samples
from tests.shipped import catalogue

W = IssueMark("W-A1-2612-0056", 1, date(2026, 12, 8))
R = IssueMark("R-A1-2612-0056", 1, date(2026, 12, 11))


def flat(paper: Paper) -> Iterator[object]:
    """The sections, halves taken apart."""
    for section in paper.sections:
        yield from (section.left, section.right) if isinstance(section, Halves) else (section,)


def table(paper: Paper, title: str) -> Table:
    (found,) = (one for one in flat(paper) if isinstance(one, Table) and one.title == title)
    return found


def cells(row: Row) -> list[object]:
    return [cell.text if isinstance(cell, Strong | Stack) else cell for cell in row.cells]


def points(paper: Paper, title: str) -> tuple[Point, ...]:
    (found,) = (one for one in flat(paper) if isinstance(one, Points) and one.title == title)
    return found.points


def ordered(facts: VisitFacts | None = None) -> Paper:
    return work_order(facts or samples.facts(), W)


# --- 訪問作業指示書 -----------------------------------------------------------------------------------------


def test_the_order_says_where_whom_when_and_by_whom() -> None:
    paper = ordered()
    assert paper.place is not None
    assert paper.place.name == "株式会社青葉野精密工業"
    assert {row.label: row.value for row in paper.place.rows} == {
        "お会いする方": "情報システム課  三浦 千里 様",
        "電話": "078-000-5521（当日 090-0000-5521）",
        "入館・駐車": "1階受付で記帳。来客用3番に1台",
        "ご契約": "どこでもプライム  31 ID  2026年12月10日から",
    }
    assert paper.headline.words == "12月11日（金） 9:00〜16:30"
    assert [(fact.label, fact.amount) for fact in paper.headline.facts] == [
        ("責任者", "小田切 誠"), ("同行", "林 美咲"), ("現地集合", "8:50"),
    ]  # fmt: skip
    assert paper.qr == "W-A1-2612-0056/1"
    assert not paper.issuer.seal  # it stays with us
    assert paper.foot == Stamps(("手配", "確認", "責任者"))


def test_the_order_lists_devices_with_their_work_and_sums() -> None:
    rows = [cells(row) for row in table(ordered(), "作業").rows]
    assert rows[0] == ["1", "KR-01  PC", "2階 経理", "●", "38GB", "", "", Tick(), ""]
    assert rows[3][3:5] == ["", "47GB"]
    assert rows[7][1:7] == ["MFP-1 複合機", "2階 総務", "", "", "", "プリンター"]
    assert rows[8] == ["", "合計", "", "3台", "7台・239GB", "", "1台", "", ""]


def test_the_order_tells_the_planned_price_and_list_prices_of_more() -> None:
    facts = samples.facts()
    price = table(ordered(facts), "料金のご説明")
    rows = [cells(row) for row in price.rows]
    assert rows[0] == ["予定の訪問サポート", "一式", facts.priced.net]
    listed = {item.name.ja: item.price for item in facts.rules.menu}
    assert [(str(name).removeprefix("追加  "), amount) for name, _unit, amount in rows[1:4]] == [
        (name, listed[name]) for name in ("OSアップデート", "インターネット接続設定", "Wi-Fi機器設定")
    ]
    assert rows[4] == ["追加  データ移行（50GBまで）", "台", 21_000]
    assert "税込は232,870円" in price.note
    assert "24条3項" in price.note
    assert "10台まで" in price.note


def test_the_clauses_are_those_of_the_service() -> None:
    media = msgspec.structs.replace(samples.content(), service="media-light")
    found = {
        service: [item for one in flat(work_order(facts, W)) if isinstance(one, Checks)
                  for group in one.groups for item in group.items]
        for service, facts in (("dokodemo-prime", samples.facts()), ("media-light", samples.facts(media)))
    }  # fmt: skip
    assert "預かったID・パスワードを破棄（36条4項）" in found["dokodemo-prime"]
    assert "預かったID・パスワードを破棄（36条3項）" in found["media-light"]


def test_what_is_to_be_brought_is_taken_over() -> None:
    own = msgspec.structs.replace(samples.content(), bring="脚立、延長コード")
    (checks,) = (one for one in flat(ordered(samples.facts(own))) if isinstance(one, Checks))
    assert checks.groups[0].items == ("脚立", "延長コード")


def test_an_order_without_people_or_time_says_so() -> None:
    paper = ordered(samples.one_device())
    assert paper.headline.words == "日時は未定"
    assert [fact.amount for fact in paper.headline.facts] == ["未割当"]
    assert not [one for one in flat(paper) if isinstance(one, DayBar)]


# --- the bar of the day ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "pause"),
    [(540, 990, (720, 780)), (540, 900, None), (540, 901, (720, 780)), (400, 770, (555, 615))],
)
def test_a_break_stands_in_spans_of_more_than_six_hours(
    first: int, last: int, pause: tuple[int, int] | None
) -> None:
    assert break_of(Span(on=samples.DAY, first=first, last=last)) == pause


@pytest.mark.parametrize("people", [1, 2, 3, 12])
@pytest.mark.parametrize("last", [10 * 60, 15 * 60, 17 * 60])
def test_the_lanes_fill_the_span_without_gap_or_overlap(people: int, last: int) -> None:
    content = msgspec.structs.replace(samples.content(), spans=(Span(on=samples.DAY, first=540, last=last),))
    names = [f"技術{place}" for place in range(people)]
    (bar,) = day_bars(content, names, {}, MinutesTable())
    assert [lane.name for lane in bar.lanes] == names
    for lane in bar.lanes:
        assert lane.stretches[0].first == 540
        assert lane.stretches[-1].last == last
        assert all(
            one.last == other.first for one, other in zip(lane.stretches, lane.stretches[1:], strict=False)
        )
        assert lane.stretches[0].words[-1] == "診"
        assert lane.stretches[-1].words[-1] == "署"


def test_every_device_stands_in_exactly_one_lane() -> None:
    (bar,) = day_bars(samples.content(), ("小田切 誠", "林 美咲"), {}, MinutesTable())
    said = ["".join(dict.fromkeys(one.words[-1] for one in lane.stretches)) for lane in bar.lanes]
    assert said == ["診1・2休憩確認署", "診34〜7休憩8確認署"]


# --- 作業前確認書 -------------------------------------------------------------------------------------------


def test_the_paper_before_the_work_tells_what_is_lost_and_what_it_costs() -> None:
    facts = samples.facts()
    paper = before_work(facts, W)
    assert paper.headline.amount == facts.priced.bill.total == 232_870
    work = [cells(row) for row in table(paper, "行う作業").rows]
    assert work[0] == ["1", "KR-01  PC", "OSリカバリ", "すべて消えます", "あり"]
    assert work[2][4] == "なし"
    told = dict(before_points(facts))
    assert set(CONFIRMED) <= set(told)
    assert told["deletion"].text.startswith("No.1〜3はOSリカバリで")
    assert "No.4〜7の作業でも" in told["deletion"].text
    assert "No.2はバックアップがない" in told["backup"].text
    assert {code: told[code].clause for code in ("backup", "confidential", "price")} == {
        "backup": "38条(3)", "confidential": "38条(4)", "price": "24条3項",
    }  # fmt: skip


def test_only_what_is_confirmed_has_a_square() -> None:
    unsigned, signed = (
        before_work(samples.facts(), W),
        before_work(samples.facts(events=samples.done_events()), W),
    )
    title = "ご確認いただくこと"
    assert [point.box for point in points(unsigned, title)] == [Tick()] * 4
    assert [point.box for point in points(signed, title)] == [Tick(checked=True)] * 4
    assert {point.box for point in points(unsigned, "ご案内")} == {None}


def test_the_signature_stands_under_what_was_agreed() -> None:
    box = before_work(samples.facts(events=samples.done_events()), W).foot
    assert isinstance(box, SignatureBox)
    assert (box.name, box.when) == ("情報システム課  三浦 千里 様", "2026年12月11日（金） 9:20")
    assert box.strokes == samples.strokes()


def test_without_anything_to_lose_nothing_is_asked_about_it() -> None:
    assert [code for code, _point in before_points(samples.one_device())][:2] == ["confidential", "price"]


def test_the_free_visit_and_what_remains_is_told() -> None:
    only = Device(id="d", name="PC-1", menu=("os-recovery",), backup=True)
    media = msgspec.structs.replace(samples.content(), service="media-light", devices=(only,))
    gateway = VisitContract(start=date(2026, 5, 20), gateways={10: 1}, endpoint=True)
    facts = samples.facts(media, contract=gateway)
    assert facts.priced.used_free
    paper = before_work(facts, W)
    assert ("無償訪問の定価", facts.priced.free_value) in [
        (fact.label, fact.amount) for fact in paper.headline.facts
    ]
    free = dict(before_points(facts))["free"]
    assert "残りは0回です" in free.text
    assert free.clause == facts.priced.entitlement.clause  # type: ignore[union-attr]
    assert cells(table(paper, "料金").rows[0]) == ["基本作業費", "4,500 × 1工事 無償", 0]


# --- the price ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [samples.facts, samples.one_device, samples.many_devices])
def test_the_rows_of_the_price_sum_up_to_the_bill(make: object) -> None:
    facts: VisitFacts = make()  # type: ignore[operator]
    rows = table(before_work(facts, W), "料金").rows
    amounts = [row.cells[-1] for row in rows]
    bill = facts.priced.bill
    assert amounts[-3:] == [bill.net, bill.tax, bill.total]
    assert sum(amount for amount in amounts[:-3] if isinstance(amount, int)) == bill.net
    assert sum(line.amount for line in together(facts.priced.lines)) == facts.priced.net


# --- 作業完了報告書 ------------------------------------------------------------------------------------------


def test_the_report_counts_the_results_and_tells_the_price() -> None:
    facts = samples.facts(events=samples.done_events())
    paper = visit_report(facts, R)
    assert paper.headline.words == "完了 10件  一部 1件"
    assert paper.headline.sub == "11件のうち"
    assert [fact.amount for fact in paper.headline.facts] == ["9:02", "16:21", 232_870]
    assert table(paper, "料金").note == "本書は請求書ではありません。"
    assert paper.qr == "R-A1-2612-0056/1"
    assert paper.issuer.seal
    assert isinstance(paper.foot, SignatureBox)
    assert paper.foot.strokes
    (report,) = (one for one in facts.visit.events if type(one).__name__ == "Reported")
    assert report.sha256 in paper.foot.proof  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "told"),
    [("青葉野第二ビル", "青葉野第二ビル  2階・3階"), ("青葉野第二ビル 2階・3階", "青葉野第二ビル 2階・3階"),
     ("青葉野ビル12階", "青葉野ビル12階  2階・3階")],
)  # fmt: skip
def test_floors_the_name_of_the_place_tells_are_not_told_twice(name: str, told: str) -> None:
    facts = samples.facts(events=samples.done_events())
    content = msgspec.structs.replace(
        facts.visit.content, place=msgspec.structs.replace(facts.visit.content.place, name=name)
    )
    paper = visit_report(replace(facts, visit=msgspec.structs.replace(facts.visit, content=content)), R)
    assert told in [one.value for one in paper.subject_rows]


def test_the_report_shows_each_piece_of_work() -> None:
    rows = table(visit_report(samples.facts(events=samples.done_events()), R), "").rows
    assert len(rows) == 11
    assert cells(rows[0]) == ["1", "KR-01  PC", "OSリカバリ", "完了", "9:35〜13:20", ""]
    assert cells(rows[1])[:3] == ["", "", "データ移行  38GB"]
    assert rows[1].joins == 2
    assert rows[9].cells[3] == Strong("一部")
    assert rows[9].cells[5] == "2フォルダーを読み取れず"


def test_found_volumes_and_work_left_out_are_told() -> None:
    facts = samples.as_reported(samples.many_devices(4))
    paper = visit_report(facts, R)
    rows = [cells(row) for row in table(paper, "").rows]
    assert ["", "", "データ移行  60GB", "完了", "9:00〜10:00", "予定は1.5GB"] in rows
    assert any("行わなかった作業の料金は含みません" in point.text for point in points(paper, "特記事項"))
    assert "未実施" in paper.headline.words
    assert isinstance(paper.foot, SignatureBox)
    assert not paper.foot.strokes


def test_a_visit_without_result_has_no_report() -> None:
    with pytest.raises(ValueError, match="not reported"):
        visit_report(samples.facts(), R)


# --- words -------------------------------------------------------------------------------------------------


def test_rows_and_volumes_in_words() -> None:
    assert [rows_words(one) for one in ((3,), (4, 5), (1, 2, 3), (1, 2, 3, 6), (1, 3, 4))] == [
        "3", "4・5", "1〜3", "1〜3・6", "1・3・4",
    ]  # fmt: skip
    assert [volume_words(one) for one in ("38", "4.70", "1200", "", None, "x", "NaN", Decimal(100))] == [
        "38GB", "4.7GB", "1,200GB", "", "", "", "", "100GB",
    ]  # fmt: skip


def test_agents_name_the_provider_and_wareki_follows_the_setting() -> None:
    company = msgspec.structs.replace(samples.COMPANY, era="wareki")
    agent = msgspec.structs.replace(samples.SETTINGS, company=company, roles={})
    facts = samples.facts(settings=agent)
    provider = catalogue().service("dokodemo-prime").provider.ja
    assert any(provider in line for line in ordered(facts).issuer.lines)
    paper = before_work(facts, W)
    assert any(provider in line and "取次店" in line for line in paper.issuer.lines)
    assert paper.head_rows[1].value == "令和8年12月11日（金）"
    assert ordered(facts).headline.sub == "令和8年"
    premises = next(one for one in flat(paper) if isinstance(one, Facts))
    assert ("提供会社", provider) in [(row.label, row.value) for row in premises.rows]


def test_papers_are_said_in_the_language_asked_for() -> None:
    with speaking("en"):
        paper = work_order(samples.facts(), W)
        names = [row.cells[0] for row in table_of(paper)]
    assert paper.language == "en"
    assert any("OS update" in str(name) for name in names)


def table_of(paper: Paper) -> tuple[Row, ...]:
    """The rows of the price on an order in any language."""
    return next(
        one.left.rows for one in paper.sections if isinstance(one, Halves) and isinstance(one.left, Table)
    )


def test_a_draft_has_neither_code_nor_seal() -> None:
    facts = samples.facts(events=samples.done_events())
    for paper in (work_order(facts, None), before_work(facts, None), visit_report(facts, None)):
        assert paper.draft
        assert paper.qr == ""
        assert not paper.issuer.seal


def test_settings_without_a_company_still_make_a_paper() -> None:
    bare = replace(samples.facts(VisitContent(service="dokodemo-prime", devices=samples.devices()[:1])),
                   settings=Settings())  # fmt: skip
    assert work_order(bare, None).issuer.lines[-1].startswith("提供")
