"""The figure of a calculation: boxes for the months of a term, factors in even shares."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from app.papers.model import Images
from app.papers.product import Factor, Product, TermStrip
from reports import draw
from tests.reports import papers
from tests.reports.reading import overlaps, pieces


def leaving(count: int, marked: int) -> Product:
    """解約金 of a term of so many months."""
    return Product(
        "解約金の数え方",
        (
            Factor("42 ID", "解約するID数"),
            Factor("2,200円", "解約前の単価（40〜49 ID）"),
            Factor(f"{count - marked}か月", f"{count}か月 − {marked}か月"),
            Factor("1,201,200円", "解約金（不課税）", strong=True),
        ),
        ("×", "×", "="),
        TermStrip(
            count,
            marked,
            "2026年12月 ご利用開始",
            "2028年11月",
            "2027年10月 解約",
            f"残り {count - marked}か月",
        ),
        remark="別紙4 ※1",
        note="提供会社の計算した額が優先します。",
    )


@pytest.mark.parametrize(("count", "marked"), [(24, 11), (24, 1), (24, 24), (12, 3), (60, 23), (1, 1)])
def test_every_month_has_its_box_and_nothing_overlaps(count: int, marked: int) -> None:
    found = pieces(draw(papers.quotation((leaving(count, marked),)), Images()))
    assert overlaps(found) == []
    assert not [piece for piece in found if piece.left < 21.9 or piece.right > 192.1]
    numbers = [piece.text.strip() for piece in found if piece.text.strip().isdigit()]
    assert numbers == ([] if count > 36 else [f"{place}" for place in range(1, count + 1)])
    said = " ".join(piece.text for piece in found)
    assert ("残り" in said) == (marked < count)
    assert "2027年10月 解約" in said


def test_factors_stand_in_even_shares_with_their_signs_between() -> None:
    found = pieces(draw(papers.quotation((leaving(24, 11),)), Images()))
    factors = [
        next(piece for piece in found if piece.text.strip() == words)
        for words in ("42 ID", "×", "2,200円", "13か月", "=", "1,201,200円")
    ]
    lefts = [piece.left for piece in factors]
    assert lefts == sorted(lefts)
    middles = [(piece.left + piece.right) / 2 for piece in factors if len(piece.text.strip()) > 1]
    steps = [after - before for before, after in pairwise(middles)]
    assert max(steps) - min(steps) < 0.6  # ink is not quite as wide as its advance


def test_a_product_without_a_strip_takes_less_room() -> None:

    bare = replace(leaving(24, 11), strip=None)
    with_strip, without = (
        max(piece.bottom for piece in pieces(draw(papers.quotation((one,)), Images())) if piece.bottom < 200)
        for one in (leaving(24, 11), bare)
    )
    assert with_strip - without == pytest.approx(18.4, abs=0.2)
