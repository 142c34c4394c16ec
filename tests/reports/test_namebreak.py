"""Long names end their lines where words end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.namebreak import break_clause, break_name


@pytest.mark.parametrize(
    ("clause", "width", "lines"),
    [
        ("24条2項(2)・27条4項", 20, ["24条2項(2)・27条4項"]),
        ("24条2項(2)・27条2項(4)・3項", 16, ["24条2項(2)・", "27条2項(4)・3項"]),
        ("Art. 24(2)(2); 27(2)(4); App. 5, 6", 16, ["Art. 24(2)(2);", "27(2)(4);", "App. 5, 6"]),
        ("附則（2019年1月21日 西アBN第54号）1条", 16, ["附則（2019年1月21日", "西アBN第54号）1条"]),
        ("", 16, []),
    ],
)
def test_articles_stay_whole(clause: str, width: int, lines: list[str]) -> None:
    assert break_clause(clause, width, len) == lines


@pytest.mark.parametrize(
    ("name", "width", "lines"),
    [
        ("株式会社青葉野精密工業", 20, ["株式会社青葉野精密工業"]),
        (
            "学校法人北兵庫青葉野国際情報総合学園附属波止場西町高等専門学校研究推進機構事務部",
            23,
            ["学校法人北兵庫青葉野国際情報総合学園附属", "波止場西町高等専門学校研究推進機構事務部"],
        ),
        ("Aobano Precision Industries Co., Ltd.", 24, ["Aobano Precision", "Industries Co., Ltd."]),
        (
            "社会福祉法人青葉会 特別養護老人ホームあおばの里",
            16,
            ["社会福祉法人青葉会", "特別養護老人ホームあおばの里"],
        ),
    ],
)
def test_names_are_broken_at_words(name: str, width: int, lines: list[str]) -> None:
    assert break_name(name, width, 3, len) == lines


def test_an_address_fills_its_first_line_and_ends_it_at_a_space() -> None:
    address = "北海道虻田郡倶知安町字山田一九三番地の一六 ニセコリゾート内"
    assert break_name(address, 25, 2, len, 0.15) == [
        "北海道虻田郡倶知安町字山田一九三番地の一六",
        "ニセコリゾート内",
    ]


def test_a_name_of_no_words_is_broken_like_any_text() -> None:
    assert break_name("あ" * 100, 20, 3, len) == ["あ" * 20] * 5


@given(
    st.text(st.sampled_from("青葉野ァアー（）・株式会社学園 abc"), min_size=1, max_size=50),
    st.integers(8, 30),
)
def test_no_character_of_a_name_is_lost(name: str, width: int) -> None:
    lines = break_name(name, width, 3, len)
    assert "".join("".join(lines).split()) == "".join(name.split())
