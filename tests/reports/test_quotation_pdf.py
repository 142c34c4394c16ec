"""The finished file: what can be read, copied and seen in it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.papers.model import (
    Addressee,
    Facts,
    Halves,
    Images,
    LabelValue,
    LineGroup,
    LineRow,
    LineTable,
    Paper,
    Point,
    Points,
    Table,
)
from reports import draw
from reports.characters import printable
from tests.reports import papers
from tests.reports.hard_papers import everyday
from tests.reports.reading import overlaps, pieces, texts, whole_text

RARE = "髙﨑𠮷㈱ 槗逬☑‑"


def amounts(paper: Paper) -> list[str]:
    """Every amount of a paper as it is printed."""
    found: list[int | str] = [paper.headline.amount, *(fact.amount for fact in paper.headline.facts)]
    for section in paper.sections:
        parts = (section.left, section.right) if isinstance(section, Halves) else (section,)
        for part in parts:
            if isinstance(part, LineTable):
                for group in part.groups:
                    found += [
                        cell for row in group.rows for cell in (row.quantity, row.unit_price, row.amount)
                    ]
                    found += [group.subtotal] if group.subtotal is not None else []
            elif isinstance(part, Table):
                found += [cell for row in part.rows for cell in row.cells]
    return [f"{amount:,}".replace("-", "−") for amount in found if isinstance(amount, int)]


@pytest.mark.parametrize("name", list(everyday()))
def test_nothing_overlaps_and_nothing_leaves_the_page(name: str) -> None:
    found = pieces(draw(everyday()[name], Images()))
    assert len(found) > 20
    assert overlaps(found) == []
    assert [piece for piece in found if piece.left < 21.9 or piece.right > 192.1] == []
    assert [piece for piece in found if piece.bottom > 277.1 and piece.top < 282.9] == []


@pytest.mark.parametrize("name", list(everyday()))
def test_every_amount_of_the_paper_is_on_the_page(name: str) -> None:
    paper = everyday()[name]
    printed = re.findall(r"−?\d[\d,]*", whole_text(draw(paper, Images())).replace("\u3000", " "))
    drawn = [piece.text.strip() for piece in pieces(draw(paper, Images()))]
    for amount in amounts(paper):
        assert amount in printed or amount in drawn


def test_amounts_of_a_column_end_at_one_edge(issued: bytes) -> None:
    ends = {
        round(piece.right, 1)
        for piece in pieces(issued)
        if piece.left > 164
        and piece.page == 0
        and 115 < piece.top < 262
        and re.fullmatch(r"[\d,]+", piece.text.strip())
    }
    assert len(ends) <= 3  # the room beside a 0, a 1 or a 7 differs, the advance does not
    assert max(ends) - min(ends) < 0.35
    assert max(ends) <= 192


def test_rare_characters_copy_out_as_they_were_put_in() -> None:
    paper = replace(papers.quotation(), addressee=replace(papers.ADDRESSEE, name=RARE, department=RARE))
    text = whole_text(draw(paper, Images()))
    assert text.count(RARE) == 2


def test_a_character_of_no_font_is_shown_and_still_copies() -> None:
    paper = replace(papers.quotation(), addressee=replace(papers.ADDRESSEE, name="青葉😀野"))
    pdf = draw(paper, Images())
    assert "青葉😀野" in whole_text(pdf)
    [name] = [piece for piece in pieces(pdf) if "青葉😀野" in piece.text and piece.top < 40]
    assert name.right - name.left == pytest.approx(
        4 * 12 * 25.4 / 72, rel=0.08
    )  # 〓 is as wide as a character


def test_all_fonts_are_embedded_and_no_other_is_named(issued: bytes) -> None:
    fonts = _fonts(issued)
    assert {name.split("+")[1] for name in fonts} == {
        "BIZUDPGothic-Regular",
        "BIZUDPGothic-Bold",
        "BIZUDMincho-Regular",
    }
    for font in fonts.values():
        descendant = font["/DescendantFonts"][0].get_object()
        assert len(descendant["/FontDescriptor"]["/FontFile2"].get_object().get_data()) > 500
        assert "/ToUnicode" in font
    assert b"Helvetica" not in issued


def _fonts(pdf: bytes) -> dict[str, Any]:
    reader = pypdf.PdfReader(BytesIO(pdf))
    return {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_the_file_says_what_it_is(issued: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(issued))
    assert reader.metadata is not None
    assert reader.metadata.title == "見積書 Q-A1-2611-0318 第1版 株式会社青葉野精密工業"
    assert reader.metadata.author == "株式会社まどぐち通信サービス"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "ja-JP"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert draw(papers.quotation(), Images()) == draw(papers.quotation(), Images())


def test_one_changed_figure_gives_other_bytes(issued: bytes) -> None:
    paper = papers.quotation()
    changed = replace(paper, headline=replace(paper.headline, amount=paper.headline.amount + 1))
    assert draw(changed, Images()) != draw(paper, Images())


def test_a_draft_has_no_seal_and_a_mark_that_is_no_text(issued: bytes, draft: bytes) -> None:
    assert len(_images(issued)) == 2
    assert len(_images(draft)) == 1
    assert "下書き" not in whole_text(draft)
    first, second = (page.get_contents() for page in pypdf.PdfReader(BytesIO(draft)).pages)
    assert first is not None
    assert second is not None
    assert b" Do Q" in first.get_data()
    assert b" Do Q" in second.get_data()


def _images(pdf: bytes) -> list[str]:
    names = pypdf.PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/XObject"]
    return [name for name, shape in names.items() if shape.get_object()["/Subtype"] == "/Image"]


def test_no_image_is_drawn_that_the_paper_does_not_ask_for() -> None:
    from tests.reports.conftest import image

    paper = replace(papers.quotation(), issuer=replace(papers.ISSUER, seal=False, logo=False))
    assert _images(draw(paper, Images(image(), image()))) == []


def test_pages_are_numbered_and_say_which_paper_they_belong_to() -> None:
    found = texts(draw(papers.long_quotation(4, 11), Images()))
    assert len(found) == 4
    for place, text in enumerate(found, start=1):
        assert f"{place} / 4" in text
        assert "Q-A1-2611-0318" in text
        assert ("（つづき）" in text) == (place > 1)
    assert found[0].count("次のページにつづく") == 1
    assert found[3].count("次のページにつづく") == 0


def test_heads_are_repeated_and_a_group_that_goes_on_says_so() -> None:
    found = texts(draw(papers.long_quotation(4, 11), Images()))
    assert "品目 根拠 数量" in found[1]
    assert re.search(r"訪問サポート \d回目  第\d研究所（つづき）", found[1])


def test_no_page_opens_with_a_total_and_heads_keep_two_rows() -> None:
    for visits, rows in ((2, 5), (3, 7), (4, 9), (5, 4), (6, 11), (9, 3)):
        for text in texts(draw(papers.long_quotation(visits, rows), Images())):
            table = text[text.find("金額（税抜）") :].splitlines()[1:] if "品目 根拠" in text else []
            body = [line for line in table if not line.startswith("6〜10台")]
            if not body:
                continue
            opening = 1 if "（つづき）" in body[0] or "回目" in body[0] else 0
            assert "小計" not in body[opening]
            assert "合計" not in body[opening]
            for place, line in enumerate(body):
                if line.startswith("次のページ"):
                    assert "研究所" not in body[place - 1]
                    assert "研究所" not in body[place - 2]


def test_80_lines_are_about_20_on_the_first_page_and_33_on_the_next() -> None:
    rows = tuple(LineRow(f"作業 {place}", "", "別紙5", 1, "台", place, place) for place in range(1, 81))
    paper = papers.quotation((LineTable(papers.HEADS, (LineGroup("", "", rows, "小計", 3_240),)),))
    found = [len(re.findall(r"^作業 \d+", text, re.MULTILINE)) for text in texts(draw(paper, Images()))]
    assert found == [22, 33, 25]


def test_empty_sections_leave_no_trace() -> None:
    empty = (
        LineTable(papers.HEADS, (LineGroup("月額", "", ()),)),
        Table("空の表", (), ()),
        Facts("空の前提", ()),
        Points("空の確認", ()),
        Halves(Table("空の左", (), ()), Facts("空の右", ())),
    )
    text = whole_text(draw(papers.quotation((*empty, papers.payments())), Images()))
    assert "空の" not in text
    assert "品目" not in text
    assert "24か月のお支払い" in text


def test_one_empty_half_leaves_the_other() -> None:
    halves = papers.halves()
    text = whole_text(draw(papers.quotation((replace(halves, left=Table("空の左", (), ())),)), Images()))
    assert "この見積の前提" in text
    assert "空の左" not in text


def test_halves_longer_than_a_page_follow_each_other() -> None:
    facts = Facts("この見積の前提", tuple(LabelValue(f"前提{place}", "値 " * 3) for place in range(60)))
    paper = papers.quotation((replace(papers.halves(), right=facts),))
    text = whole_text(draw(paper, Images()))
    assert all(f"前提{place}" in text for place in range(60))


def test_the_closing_words_never_stand_alone_on_a_page() -> None:
    for count in range(1, 60):
        points = Points(
            "ご確認いただきたいこと", tuple(Point(f"確認{place}番です") for place in range(count))
        )
        last = texts(draw(papers.quotation((points,)), Images()))[-1]
        assert "以上" in last
        assert f"確認{count - 1}番です" in last


@settings(max_examples=60)
@given(st.text(max_size=80), st.integers(-(10**13), 10**13))
def test_any_text_and_any_amount_can_be_drawn(text: str, amount: int) -> None:
    row = LineRow(text, text, text, amount, text[:8], amount, amount)
    paper = papers.quotation(
        (
            LineTable(papers.HEADS, (LineGroup(text, text, (row,), text, amount),)),
            Points(text, (Point(text, text),)),
        )
    )
    paper = replace(paper, addressee=Addressee(text, (text,), text, text, text, text), opening=text)
    kept = "".join(printable(text).split())
    drawn = "".join(whole_text(draw(paper, Images())).split())
    assert f"{amount:,}".replace("-", "−") in drawn
    assert all(character in drawn for character in kept if character != "\ufffd")


def test_rows_stand_closer_where_that_spares_a_page_and_only_there() -> None:
    """The counts at which a page would spill over by a little keep one page less; no other row moves."""
    pages_by_count = {}
    for count in range(10, 60):
        points = Points(
            "ご確認いただきたいこと", tuple(Point(f"確認{place}番です") for place in range(count))
        )
        found = [
            piece for piece in pieces(draw(papers.quotation((points,)), Images())) if "番です" in piece.text
        ]
        pitch = round(2 * (found[1].top - found[0].top)) / 2
        pages_by_count[count] = (max(piece.page for piece in found) + 1, pitch)
    assert {pitch for _pages, pitch in pages_by_count.values()} == {5.5, 6.5}
    closest = [count for count, (_pages, pitch) in pages_by_count.items() if pitch == 5.5]
    for count in closest:
        assert pages_by_count[count][0] == pages_by_count[count - 1][0]
    assert len(closest) < 10


def test_numbered_points_that_go_on_get_their_heading_again() -> None:
    points = Points("ご確認いただきたいこと", tuple(Point(f"確認{place}番です") for place in range(50)))
    found = texts(draw(papers.quotation((points,)), Images()))
    assert len(found) == 2
    assert "ご確認いただきたいこと（つづき）" not in found[0]
    assert "ご確認いただきたいこと（つづき）" in found[1]
