"""Lines end where Japanese lets them end. The forbidden places are listed here apart from the code's own
lists.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.linebreak import break_lines, pieces

# JIS X 4051: what may not begin a line, and what may not end one.
BAD_STARTS = set(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】’”…‥〜％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.)]}%!?:;"
)
BAD_ENDS = set("（［｛〔〈《「『【‘“￥＄〒※([{")

SENTENCES = (
    "最低契約期間は2028年12月9日（土）までの2年間です。",
    "期間の途中で解約するとき、またはIDを減らすときは、減らすID数に変更前の単価と残りの月数を掛けた解約金をいただきます。",
    "「Wi-Fi機器設定」と『プリンター設定』は、訪問サポート（別紙5）の料金表によります。",
    "初月の利用料は74,400円 × 22日 ÷ 31日で、1円未満を切り捨てて52,800円です。",
    "訪問できるのは月曜日から土曜日の9:00〜17:00です。祝日と12月29日〜1月3日は伺えません。",
    "30〜39 IDの単価2,400円を、31 IDすべてに適用します（別紙4 ※1・27条2項・3項）。",
    "データ移行は、1台50GBまでを1つの区分とし、6〜10台の単価21,000円を7台すべてに使います。",
    "お問い合わせは、お客さま相談室（TEL 06-0000-1234、support@example.jp）までお願いします。",
    "消費税は、税抜の合計に10％を掛け、書類ごとに一度だけ切り捨てます……詳しくは「消費税の内訳」をごらんください。",
    "ミラーリング、ファイアウォール、ウイルス対策ソフトウェアのアップデートは、ちょっとした作業でも1回と数えます！",
    "〒650-0099 兵庫県神戸市中央区波止場西町3丁目1番12号 青葉野第二ビル5階",
    "きょうの午後、髙﨑さんと𠮷田さんが「㈱まどぐち」へ伺い、ルーター（型番：RX-600KI）を確かめます。",
    "Microsoft Windows 11 ProまたはmacOS Sequoia 15.3をお使いのときは、Ver. 2.10.4以降のエージェントが必要です。",
    "令和8年11月20日（金）に発行した第1版は、令和8年12月4日（金）まで有効です。",
)
TEXTS = [
    "".join(SENTENCES[(start + step * stride) % len(SENTENCES)] for step in range(5))
    for start in range(len(SENTENCES))
    for stride in (1, 3, 5)
]
WHOLE = re.compile(
    r"(?:令和)?\d+年\d+月\d+日(?:（[金土]）)?|\d+月\d+日〜\d+月\d+日|[\d,]+円(?: × \d+日 ÷ \d+日)?|\d+〜\d+ ID|\d+ ID"
    r"|\d+:\d+〜\d+:\d+|\d+％|\d+GB|06-0000-1234|support@example\.jp|Wi-Fi|RX-600KI|Microsoft|Windows"
    r"|Sequoia|15\.3"
    r"|2\.10\.4|650-0099|3丁目1番12号|27条2項|第1版|6〜10台"
)
ALPHABET = st.text(
    st.sampled_from("あ漢字カナー、。（）「」…々っァabc XYZ019,.%-年月日円台〜×÷=＋※〒𠮷㈱\u00a0"),
    max_size=60,
)


def sample() -> list[tuple[str, list[str]]]:
    """Every text at every width from narrow to wide."""
    return [(text, break_lines(text, width, len)) for text in TEXTS for width in range(18, 61)]


def test_thousands_of_lines_begin_and_end_well() -> None:
    lines = [line for _text, broken in sample() for line in broken]
    inner_ends = [line[-1] for _text, broken in sample() for line in broken[:-1]]
    assert len(lines) > 5_000
    assert [line for line in lines if line[0] in BAD_STARTS] == []
    assert [end for end in inner_ends if end in BAD_ENDS] == []


def test_words_dates_and_amounts_are_never_torn() -> None:
    for text, broken in sample():
        if max(map(len, broken)) < 24:  # narrower than the longest formula
            continue
        ends = _ends(text, broken)
        for match in WHOLE.finditer(text):
            torn = [end for end in ends if match.start() < end < match.end()]
            assert not torn, (match.group(), broken)


def _ends(text: str, broken: list[str]) -> list[int]:
    """Where in a text its lines end."""
    ends, place = [], 0
    for line in broken:
        place = text.index(line, place) + len(line)
        ends.append(place)
    return ends[:-1]


def test_no_line_overhangs_and_the_last_has_four_characters() -> None:
    for width in range(18, 61):
        for text in TEXTS:
            broken = break_lines(text, width, len)
            assert max(map(len, broken)) <= width
            assert len(broken[-1].replace(" ", "")) >= 4


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("74,400円 × 22日 ÷ 31日", ["74,400円 × 22日 ÷ 31日"]),
        ("2026年11月20日（金）まで", ["2026年11月20日（金）", "ま", "で"]),
        ("31 IDの", ["31 ID", "の"]),
        ("2,600円です", ["2,600円", "で", "す"]),
        ("別紙4 ※1", ["別紙4 ※1"]),
        ("「はい」。", ["「は", "い」。"]),
        ("〒650-0099 兵", ["〒650-0099", " ", "兵"]),
        ("Q-A1-2611-0318/1", ["Q-A1-2611-0318/1"]),
        ("12月10日〜31日", ["12月10日〜31日"]),
        ("50GBまで", ["50GB", "ま", "で"]),
        ("──", ["─", "─"]),
        ("――", ["――"]),
    ],
)
def test_pieces_that_stay_whole(text: str, kept: list[str]) -> None:
    assert pieces(text) == kept


def test_a_formula_wider_than_the_line_opens_at_its_operators() -> None:
    assert break_lines("74,400円 × 22日 ÷ 31日", 10, len) == ["74,400円", "× 22日", "÷ 31日"]


def test_a_word_wider_than_the_line_opens_between_its_parts() -> None:
    assert break_lines("https://example.jp/terms/dokodemo", 12, len) == [
        "https://",
        "example.jp/",
        "terms/",
        "dokodemo",
    ]


def test_line_ends_in_the_text_are_kept() -> None:
    assert break_lines("一行目\n二行目", 10, len) == ["一行目", "二行目"]


def test_nothing_makes_no_line() -> None:
    assert break_lines("", 10, len) == []
    assert break_lines("  \n ", 1, len) == []


@given(ALPHABET, st.integers(1, 20))
def test_no_character_is_lost_added_or_moved(text: str, width: int) -> None:
    broken = break_lines(text, width, len)
    assert "".join("".join(broken).split()) == "".join(text.split())
    assert all(line == line.strip(" \u3000") and line for line in broken)


@given(ALPHABET, st.integers(6, 20))
def test_lines_fit(text: str, width: int) -> None:
    for line in break_lines(text, width, len):
        assert len(line) <= width or _glued(line)


def _glued(line: str) -> bool:
    """Whether nothing in a line could have been parted: every place in it is a forbidden one."""
    return all(
        right in BAD_STARTS | {"\u00a0"} or left in BAD_ENDS | {"\u00a0"} or left == right == "…"
        for left, right in pairwise(line)
    )


@given(ALPHABET, st.integers(6, 20))
def test_a_short_last_line_could_not_be_longer(text: str, width: int) -> None:
    broken = break_lines(text, width, len)
    if len(broken) < 2 or len("".join(broken[-1].split())) >= 4:
        return
    parts = pieces(text)
    longer = ("".join(parts[start:]).strip() for start in range(1, len(parts)))
    assert not [last for last in longer if len("".join(last.split())) >= 4 and len(last) <= width], broken
