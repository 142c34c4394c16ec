"""送付状 and 預り証 read without a page, and the options of papers: every problem at once."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.contract.customer import CustomerFields
from app.errors import UserError
from app.papers.cover import SEASONS, Cover, Enclosed, cover_letter
from app.papers.deposit import Deposit, DepositItem, deposit_paper
from app.papers.issuer import Company, Settings, Staff
from app.papers.model import Halves, PageHead, Prose, SignatureBox, Table
from app.papers.options import Options
from app.papers.quotation import IssueMark
from app.papers.signature import read_signature, signing_box

DAY = date(2026, 11, 20)
CUSTOMER = CustomerFields(
    name="株式会社みのり食品", postal_code="5410053", prefecture="大阪府", address="大阪市中央区本町1-1",
    department="総務部", person="実 太郎",
)  # fmt: skip
SETTINGS = Settings(
    company=Company(name="株式会社まどぐち通信サービス"), desk_name="本町窓口", desk_code="HM1",
    staff=(Staff(id="tamura", name="田村 美咲"),), current_staff="tamura", has_seal=True,
)  # fmt: skip


def test_a_letter_greets_by_the_month_and_by_whom_it_greets() -> None:
    cover = Cover(CUSTOMER, (Enclosed("請求書", "B-HM1-2611-0001", 2),), DAY)
    paper = cover_letter(cover, SETTINGS, IssueMark("L-HM1-2611-0001", 1, DAY))
    letter, listed = paper.sections
    assert isinstance(letter, Prose)
    assert letter.paragraphs[0].startswith("拝啓　晩秋の候、貴社ますます")
    assert letter.last == "敬具"
    assert isinstance(listed, Table)
    assert listed.rows[0].cells == ("1", "請求書", "B-HM1-2611-0001", "2部")
    assert (paper.addressee.name, paper.addressee.honorific) == ("株式会社みのり食品", "様")
    assert not paper.issuer.seal
    assert len(set(SEASONS)) == 12
    january = msgspec.structs.replace(CUSTOMER, kind="sole-trader")
    other = cover_letter(Cover(january, cover.enclosed, date(2027, 1, 8)), SETTINGS, None)
    assert isinstance(other.sections[0], Prose)
    assert other.sections[0].paragraphs[0].startswith("拝啓　厳寒の候、ますますご清祥")


def test_a_plain_letter_with_words_of_its_own() -> None:
    cover = Cover(
        CUSTOMER, (Enclosed("契約書"),), DAY, "plain", "契約", "ご返送をお願いします。", "急ぎません。"
    )
    paper = cover_letter(cover, SETTINGS, None)
    first, _table, last = paper.sections
    assert first == Prose(("いつもお世話になっております。", "ご返送をお願いします。"))
    assert last == Prose(("急ぎません。",))
    assert paper.subject_rows[0].value == "契約"


def test_a_receipt_has_two_halves_with_the_same_things() -> None:
    items = (DepositItem("ノートパソコン", 2, "すり傷"), DepositItem("鍵"))
    deposit = Deposit(CUSTOMER, items, "データ移行", DAY, until=date(2026, 11, 30), handed_by="実 太郎")
    paper = deposit_paper(deposit, SETTINGS, IssueMark("D-HM1-2611-0001", 1, DAY))
    tables = [one for one in paper.sections if isinstance(one, Table) and one.title == "お預かりした品"]
    assert len(tables) == 2
    assert tables[0] == tables[1]
    assert [row.cells[2] for row in tables[0].rows] == ["2", "1", "3"]
    assert sum(isinstance(one, PageHead) for one in paper.sections) == 1
    assert paper.headline.words == "ノートパソコン ほか1品"
    assert [fact.amount for fact in paper.headline.facts] == ["3点", "2026年11月30日（月）"]
    assert isinstance(paper.foot, SignatureBox)
    assert paper.foot.name == "実 太郎 様"
    assert paper.issuer.seal
    assert not deposit_paper(deposit, SETTINGS, None).issuer.seal


def test_what_is_returned_for_good_has_no_day_of_giving_back() -> None:
    deposit = Deposit(CUSTOMER, (DepositItem("ゲートウェイ装置"),), "ご返却", DAY, given_back=False)
    paper = deposit_paper(deposit, SETTINGS, None)
    assert paper.headline.facts[1].label == "このあと"
    assert not any(isinstance(one, Halves) for one in paper.sections)  # no record of giving back


def test_options_tell_everything_that_is_wrong_at_once() -> None:
    options = Options(
        {
            "a": 3,
            "b": "2026-02-30",
            "c": True,
            "d": "x",
            "e": [{"f": ""}, {"f": "y", "g": 1}],
            "h": "z" * 9,
            "i": 1,
        }
    )
    assert options.text("a", "甲") == ""
    assert options.day("b", "乙") is None
    assert options.number("c", "丙", 1, 9, 5) == 5
    assert options.one_of("d", "丁", ("p", "q")) == "p"
    for row in options.rows("e", "戊", 5):
        row.text("f", "己", needed=True)
        row.nothing_else()
    assert options.text("h", "庚", 8) == ""
    options.rows("missing", "辛", 5, needed=True)
    with pytest.raises(UserError) as caught:
        options.finish()
    fields = [problem.field for problem in caught.value.problems]
    assert fields == [
        "options.a", "options.b", "options.c", "options.d", "options.e.0.f", "options.e.1.g", "options.h",
        "options.missing", "options.i",
    ]  # fmt: skip
    assert all(problem.what for problem in caught.value.problems)


def test_a_signature_of_the_screen() -> None:
    given = {"name": "実 太郎", "at": "2026-11-20T14:40:00+09:00", "strokes": [[[0, 0], [10, 10]]]}
    signed = read_signature(Options({"signature": given}))
    box = signing_box("確認しました。", signed, SETTINGS)
    assert (box.name, box.when) == ("実 太郎 様", "2026年11月20日（金） 14:40")
    assert box.strokes == (((0, 0), (10, 10)),)
    for wrong in ({"name": "x"}, given | {"strokes": []}, "x"):
        options = Options({"signature": wrong})
        read_signature(options)
        with pytest.raises(UserError):
            options.finish()
