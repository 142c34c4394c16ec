"""Texts as they are compared when somebody searches: one spelling for all the ways to write the same thing.

Widths and cases (NFKC, casefold), hiragana and katakana, small and large kana, old and popular forms of kanji
(髙 高, 﨑 崎, 𠮷 吉, 齋 斎), punctuation, spaces and long-vowel marks no longer differ; 1丁目2番3号 is 1-2-3; ㈱, （株）
and 株式会社 are the same. What comes out is only for comparing and is never shown; it is stored, so that a
change here needs a
migration that folds what is stored again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# Left: forms that names are written with. Right: the one they are compared as. A few merge what are strictly
# different characters (斉 and 斎), because people mix them up in names; finding one too many does no harm.
_KANJI: Final = (
    "髙高 﨑崎 嵜崎 碕崎 𠮷吉 濵浜 濱浜 邊辺 邉辺 澤沢 齋斎 齊斎 斉斎 嶋島 嶌島 櫻桜 廣広 國国 藏蔵 眞真 德徳 惠恵 壽寿 榮栄 瀨瀬 渕淵 渊淵 條条 冨富 舘館 舩船 龍竜 瀧滝 澁渋 "
    "檜桧 槇槙 曾曽 桒桑 栁柳 來来 萬万 與与 兒児 圓円 應応 學学 關関 縣県 驛駅 鐵鉄 豐豊 寶宝 晉晋 埜野 峯峰 鷗鴎 杦杉 薗園 籐藤 籠篭 舖舗 鋪舗 假仮 價価 俠侠 儉倹 劍剣 "
    "勞労 勳勲 區区 團団 圍囲 增増 壘塁 彌弥 戶戸 敎教 數数 曉暁 會会 樂楽 橫横 步歩 歷歴 每毎 氣気 淨浄 淸清 溫温 澀渋 濟済 爲為 狹狭 獨独 畫画 當当 發発 禮礼 穗穂 竈釜 籏旗 "
    "經経 綠緑 總総 繩縄 聲声 臺台 舊旧 莊荘 藝芸 藥薬 螢蛍 證証 譽誉 讓譲 豫予 賴頼 輕軽 辨弁 轉転 遙遥 鄕郷 醫医 銳鋭 錢銭 鑛鉱 靜静 靑青 顯顕 鹽塩 麴麹 黃黄 黑黒 點点 龜亀 "
    "﨏迫 逬迸 頴穎 曻昇 桺柳 蘆芦 鳫雁 髮髪 鯵鰺"
)
_SMALL_KANA: Final = dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True))
_HIRAGANA: Final = range(0x3041, 0x3097)
_TO_KATAKANA: Final = 0x60

_FORMS: Final = {
    "株": "株式会社",
    "有": "有限会社",
    "同": "合同会社",
    "資": "合資会社",
    "名": "合名会社",
    "一社": "一般社団法人",
    "一財": "一般財団法人",
    "公社": "公益社団法人",
    "公財": "公益財団法人",
    "医": "医療法人",
    "福": "社会福祉法人",
    "社福": "社会福祉法人",
    "学": "学校法人",
    "宗": "宗教法人",
    "独": "独立行政法人",
    "特非": "特定非営利活動法人",
    "npo": "特定非営利活動法人",
}
_FORM_WORDS: Final = (
    *dict.fromkeys(_FORMS.values()),
    "医療法人社団",
    "医療法人財団",
    "NPO法人",
    "カブシキガイシャ",
    "カブシキカイシャ",
    "ユウゲンガイシャ",
    "ゴウドウガイシャ",
)

_BRACKETED_FORM: Final = re.compile(r"\(\s*(" + "|".join(_FORMS) + r")\s*\)", re.IGNORECASE)
_DIGITS_KANJI: Final = "〇一二三四五六七八九"
_BLOCK_NUMBER: Final = re.compile(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=丁目)")
# Only where a number ends, so that 3番館 and 1号店 keep their names.
_AFTER_NUMBER: Final = re.compile(r"(?<=\d)(?:丁目|番地|番|号)(?:の(?=\d)|(?=[\d\s-]|$))|(?<=\d)丁目")
_NUMBER_WITH_REVISION: Final = re.compile(r"^([A-Z]-[A-Z0-9]{2,4}-\d{4}-\d{4,})/\d+$", re.IGNORECASE)
"""What the code on a paper says."""

_LONGEST_WORDS: Final = 500
_UNSPOKEN: Final = re.compile(r"[\W_ー]+")
"""What is neither letter nor digit, and the long-vowel mark."""


def _table() -> dict[int, str]:
    table = {ord(pair[0]): pair[1] for pair in _KANJI.split()}
    katakana = {code: chr(code + _TO_KATAKANA) for code in _HIRAGANA}
    table.update({code: _SMALL_KANA.get(kana, kana) for code, kana in katakana.items()})
    table.update({ord(small): large for small, large in _SMALL_KANA.items()})
    return table


_TABLE: Final = _table()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A text without the differences that don't matter: letters, digits and kanji only, in one piece.

    >>> fold("髙橋 ショウテン") == fold("高橋しようてん")
    True
    """
    if text.isascii():
        return _UNSPOKEN.sub("", text).lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    if "丁目" in text:
        text = _BLOCK_NUMBER.sub(_arabic, text)
    if "番" in text or "号" in text or "丁目" in text:
        text = _AFTER_NUMBER.sub("", text)
    # A second time, for casefold takes some characters apart.
    text = unicodedata.normalize("NFKC", text.translate(_TABLE))
    return _UNSPOKEN.sub("", text)


def fold_name(text: str) -> str:
    """The name of a customer folded, without words such as 株式会社 around it.

    >>> fold_name("㈱髙橋商店")
    '高橋商店'
    """
    return _name_parts(text)[1]


def fold_name_parts(text: str) -> tuple[str, ...]:
    """The same for a search index: the name with what follows it, then the company word that came before it.

    >>> fold_name_parts("㈱髙橋商店"), fold_name_parts("高橋商店(株)")
    (('高橋商店', '株式会社'), ('高橋商店株式会社',))
    """
    before, name, after = _name_parts(text)
    return (name + after, before) if before else (name + after,)


@lru_cache(maxsize=4096)
def _name_parts(text: str) -> tuple[str, str, str]:
    """Company word before, name, company word after; all folded."""
    normal = unicodedata.normalize("NFKC", text)
    if "(" in normal:
        normal = _BRACKETED_FORM.sub(lambda found: _FORMS[found[1].casefold()], normal)
    full = fold(normal)
    found = _forms().match(full)
    assert found is not None
    return (found[1] or "", found[2], found[3] or "") if found[2] else ("", full, "")


def fold_words(words: str) -> list[str]:
    """What somebody typed into a search field, as folded terms that all have to be found.

    Terms are parted by spaces. Company words around a term are left out unless they are all there is.
    """
    normal = unicodedata.normalize("NFKC", words[:_LONGEST_WORDS])
    if looks_like_phone(normal):
        return [phone_digits(normal)]
    terms = (fold_name(_NUMBER_WITH_REVISION.sub(r"\1", word)) for word in normal.split())
    return [term for term in dict.fromkeys(terms) if term]


def phone_digits(text: str) -> str:
    """The digits of a phone number as dialled in Japan: +81 becomes 0.

    >>> phone_digits("＋81-3-1234-5678")
    '0312345678'
    """
    normal = unicodedata.normalize("NFKC", text).strip()
    digits = "".join(one for one in normal if "0" <= one <= "9")
    if normal.startswith("+81"):
        return "0" + digits[2:].removeprefix("0")
    return digits


def marks(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words typed stand in a text as it is shown: half-open ranges of characters, for underlining.

    >>> marks("株式会社髙橋商店", "高橋")
    [(4, 6)]
    """
    folded, places = "", []
    for start, end in _pieces(text):
        piece = fold(text[start:end])
        folded += piece
        places += [(start, end)] * len(piece)
    found = []
    for term in fold_words(words):
        at = folded.find(term)
        if at >= 0:
            found.append((places[at][0], places[at + len(term) - 1][1]))
    return sorted(found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Characters with what belongs to them: combining marks, half-width voicing, variation selectors."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (unicodedata.category(text[at]).startswith("M") or text[at] in "ﾞﾟ"):
            yield start, at
            start = at


def looks_like_phone(text: str) -> bool:
    """Whether a text is a phone number written in groups, so that its spaces part nothing."""
    return _PHONE.fullmatch(text.strip()) is not None


_PHONE: Final = re.compile(r"\+81[\d\s()-]*|0\d[\d\s()-]{6,}")


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    """A folded name in its parts. Company words as they come out of ``fold``, the longest first."""
    words = "|".join(sorted({fold(word) for word in _FORM_WORDS}, key=len, reverse=True))
    return re.compile(rf"({words})?(.*?)({words})?$", re.DOTALL)


def _arabic(found: re.Match[str]) -> str:
    """十二 → 12, for the number of a 丁目."""
    tens, ten, ones = found[1], found[2], found[3]
    if not (tens or ten or ones):
        return ""
    if tens and ones and not ten:  # 二三丁目 is no number we know
        return found[0]
    if not ten:
        return str(_DIGITS_KANJI.index(tens or ones))
    return str(10 * (_DIGITS_KANJI.index(tens) if tens else 1) + (_DIGITS_KANJI.index(ones) if ones else 0))
