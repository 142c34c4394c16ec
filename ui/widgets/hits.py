"""Where typed words stand in a text: たかはし in タカハシセイコウ, 高 in 髙橋, ａｂｃ in ABC."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Characters that people type in their plain form (db/ folds the same ones when it searches).
_PLAIN = str.maketrans(
    {"髙": "高", "﨑": "崎", "𠮷": "吉", "邊": "辺", "邉": "辺", "濵": "浜", "濱": "浜", "廣": "広"}
)


def _fold_one(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)[:1].lower() or char
    if "ぁ" <= folded <= "ゖ":
        folded = chr(ord(folded) + 0x60)
    return folded.translate(_PLAIN)[:1] or folded


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text in plain forms, character by character, so that places stay where they are."""
    return "".join(_fold_one(char) for char in text)


def hit_in(text: str, words: str) -> tuple[int, int] | None:
    """The first and behind-the-last place of the first of the typed words that stands in the text."""
    if not words or not text:
        return None
    plain = folded(text)
    for word in words.split():
        wanted = folded(unicodedata.normalize("NFKC", word))
        place = plain.find(wanted)
        if place >= 0:
            return place, place + len(wanted)
    return None
