"""Clauses in words: ``27条2項・3項`` → 「第27条第2項・第3項」, or “Article 27(2), (3)”.

Tariff files write clauses short (``別紙4※2``, ``24条の2``), as papers print them in Japanese. Screens say them in
full, and English papers and screens in English. What is not known stays as it is written.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from app.days import date_words
from app.words import language

_DATE: Final = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_PROVISIONS: Final = re.compile(rf"附則（{_DATE}\s*([^）]*)）")
_ARTICLE: Final = re.compile(r"第?(\d+)条(?:の(\d+))?")
_PARAGRAPH: Final = re.compile(r"第?(\d+)項")
_ITEM: Final = re.compile(r"第?(\d+)号")
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩"

# Told by the day of the provisions alone; the number of the decree is for the archive.
_KEPT_WITH_DAY: Final = frozenset({"実施", "変更"})

_ENGLISH: Final[tuple[tuple[str, str], ...]] = (
    ("料金表通則", "General rules of the tariff"),
    ("料金等の支払い", "payment"),
    ("消費税相当額の加算", "consumption tax"),
    ("端数処理", "rounding"),
    ("規定なし", "no provision"),
    ("利用規約", "Terms of use"),
    ("日付の記載なし", "undated"),
    ("改定", "Revised"),
    ("実施", "In force"),
    ("(注", " (note "),
    ("（ア）", "(a)"),
    ("（イ）", "(b)"),
    ("（ウ）", "(c)"),
    ("▲", ", ▲"),
    ("●", ", ●"),
    ("・", ", "),
    ("〜", "–"),
    ("（", " ("),
    ("）", ")"),
)

_SHORTER: Final = (
    ("General rules of the tariff", "Tariff, general"),
    ("Supplementary provisions", "Suppl. prov."),
    ("Article ", "Art. "),
    ("Appendix ", "App. "),
    (", note ", " n. "),
    (", item ", " no. "),
)
_PLAIN_ARTICLE: Final = re.compile(r"Art\. [\d()–, -]+")


def clause_words(clause: str) -> str:
    """The clause in full, in the language in use: for screens. Several stand apart by a comma."""
    return _in_full(clause, language())


def clause_note(clause: str) -> str:
    """The clause as narrow columns of papers say it: ``24条3項・別紙5・6``, or “Art. 24(3); App. 5, 6”."""
    return _in_short(clause, language())


@lru_cache(maxsize=2048)
def _in_short(clause: str, spoken: str) -> str:
    if clause.isascii():
        return clause  # said in English already
    if spoken != "en":
        return "・".join(part.strip() for part in clause.split(","))
    short = _in_full(clause, "en")
    for word, shorter in _SHORTER:
        short = short.replace(word, shorter)
    parts = short.split("; ")
    said = [
        part.removeprefix("Art. ") if _PLAIN_ARTICLE.fullmatch(before) else part
        for before, part in pairwise(("", *parts))
    ]
    return "; ".join(said)


@lru_cache(maxsize=2048)
def _in_full(clause: str, spoken: str) -> str:
    if clause.isascii():
        return clause  # said in English already
    parts = [part.strip() for part in clause.split(",") if part.strip()]
    if spoken == "en":
        return "; ".join(_english(part) for part in parts)
    return "、".join(_japanese(part) for part in parts)


def _japanese(part: str) -> str:
    part = _PROVISIONS.sub(_provisions_in_japanese, part)
    part = _ARTICLE.sub(lambda found: f"第{found[1]}条" + (f"の{found[2]}" if found[2] else ""), part)
    part = _PARAGRAPH.sub(r"第\1項", part)
    return _ITEM.sub(r"第\1号", part).replace("規定なし", "規約に定めなし")


def _provisions_in_japanese(found: re.Match[str]) -> str:
    day = f"{found[1]}年{found[2]}月{found[3]}日"
    return f"附則（{day}{found[4] if found[4] in _KEPT_WITH_DAY else ''}）"


def _english(part: str) -> str:
    part = _PROVISIONS.sub(_provisions_in_english, part)
    part = re.sub(_DATE, lambda found: _day(*found.groups()), part)
    part = _PARAGRAPH.sub(r"(\1)", part)
    part = _ITEM.sub(r", item \1", part)
    part = _ARTICLE.sub(lambda found: f"Article {found[1]}" + (f"-{found[2]}" if found[2] else ""), part)
    part = re.sub(r"別紙(\d[\d-]*)", r"Appendix \1", part)
    part = re.sub(r"第(\d+)表", r"Table \1", part)
    part = re.sub(r"※(\d*)", lambda found: f", note {found[1]}".rstrip(), part)
    for number, sign in enumerate(_CIRCLED, 1):
        part = part.replace(sign, f"({number})")
    for japanese, english in _ENGLISH:
        part = part.replace(japanese, english)
    part = re.sub(r"(Appendix [\d-]+) (\d)", r"\1, \2", part)
    return re.sub(r"(?:,\s*){2,}", ", ", re.sub(r"\s+,", ",", re.sub(r" {2,}", " ", part))).strip(" ,")


def _provisions_in_english(found: re.Match[str]) -> str:
    return f"Supplementary provisions of {_day(found[1], found[2], found[3])}, "


def _day(year: str, month: str, day: str) -> str:
    return date_words(date(int(year), int(month), int(day)), weekday=False)
