"""All the ways to write the same thing, folded to one."""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import folding
from app.folding import fold, fold_name, fold_name_parts, fold_words, marks, phone_digits


def test_the_examples_in_the_texts() -> None:
    assert doctest.testmod(folding).failed == 0
    assert doctest.testmod(folding).attempted >= 5


SAME = [
    ("髙橋", "高橋"),
    ("山﨑", "山崎"),
    ("𠮷野家", "吉野家"),
    ("濵田", "浜田"),
    ("渡邊", "渡辺"),
    ("渡邉", "渡辺"),
    ("齋藤", "斉藤"),
    ("黒澤", "黒沢"),
    ("辻󠄀", "辻"),
    ("\ufa19戸", "神戸"),
    ("たかはし", "タカハシ"),
    ("ﾀｶﾊｼ", "タカハシ"),
    ("ｶﾞﾗｽ", "ガラス"),
    ("キャノン", "キヤノン"),
    ("サーバー", "サーバ"),
    ("ＮＴＴ　Ｄａｔａ", "ntt data"),
    ("㍿", "株式会社"),
    ("㈱", "（株）"),
    ("１－２－３", "1-2-3"),
    ("三宮町一丁目２番３号", "三宮町1-2-3"),
    ("本町十二丁目3番地の5", "本町12-3-5"),
    ("本町二十丁目", "本町20"),
    ("霞ヶ関", "霞ケ関"),
    ("A・B", "AB"),
    ("Q-A1-2611-0318", "ｑａ１26110318"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高橋", "橋高"),
        ("はし", "ばし"),
        ("1丁目1", "1丁目2"),
        ("3番館", "3館"),
        ("1号店", "1店"),
        ("二三丁目", "3"),
    ],
)
def test_not_the_same(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("empty", ["", " 　", "ー", "・！？", "󠄀", "\0\n"])
def test_what_has_no_letter_folds_to_nothing(empty: str) -> None:
    assert fold(empty) == ""
    assert fold_words(empty) == []


@pytest.mark.parametrize(
    "written",
    [
        "株式会社髙橋商店",
        "㈱髙橋商店",
        "（株）高橋商店",
        "(株) 高橋商店",
        "髙橋商店株式会社",
        "髙橋商店㈱",
        "有限会社 高橋商店",
        "ＮＰＯ法人高橋商店",
        "医療法人社団高橋商店",
    ],
)
def test_company_words_do_not_hide_the_name(written: str) -> None:
    assert fold_name(written) == "高橋商店"
    assert fold_words(written)[-1] == "高橋商店"
    assert any(part.startswith("高橋商店") for part in fold_name_parts(written))


def test_a_company_word_alone_is_a_word() -> None:
    assert fold_words("株式会社") == ["株式会社"]
    assert fold_words("㈱ 高橋") == ["株式会社", "高橋"]
    assert fold_name("有限会社") == "有限会社"


@pytest.mark.parametrize(
    "typed",
    [
        "03-1234-5678",
        "０３－１２３４－５６７８",
        "03 1234 5678",
        "(03)1234-5678",
        "+81 3 1234 5678",
        "+81-(0)3-1234-5678",
    ],
)
def test_a_phone_number_is_its_digits(typed: str) -> None:
    assert phone_digits(typed) == "0312345678"
    assert fold_words(typed) == ["0312345678"]


def test_words_are_parted_by_spaces_of_any_width() -> None:
    assert fold_words(" 大阪　髙橋\t恵子 髙橋") == ["大阪", "高橋", "恵子"]


def test_five_megabytes_of_words_are_cut() -> None:
    assert sum(map(len, fold_words("高 橋" * 2_000_000))) <= 500


@given(st.text())
def test_only_letters_and_digits_are_left(text: str) -> None:
    assert all(one.isalnum() and one != "ー" for one in fold(text))


@given(st.text(alphabet=st.characters(max_codepoint=0x30FF, categories=["L", "N", "Zs", "P"]), max_size=20))
def test_width_and_kana_never_matter(text: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    hiragana = "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in text)
    assert fold(wide) == fold(text)
    assert fold(hiragana) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(st.text(), st.text())
def test_words_that_stand_in_a_text_are_marked_inside_it(text: str, words: str) -> None:
    for start, end in marks(text, words):
        assert 0 <= start < end <= len(text)
        assert any(term in fold(text[start:end]) for term in fold_words(words))


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("株式会社髙橋商店", "高橋", ["髙橋"]),
        ("タカハシセイコウ", "たかはし", ["タカハシ"]),
        ("ｻﾞｷﾞ髙橋 商店", "ざぎ 橋商", ["ｻﾞｷﾞ", "橋 商"]),
        ("06-0000-0148", "0148", ["0148"]),
        ("髙橋", "佐藤", []),
        ("髙橋", "", []),
    ],
)
def test_marks(text: str, words: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, words)] == marked
