"""How hard a passphrase is to guess: a small estimate of our own, and what makes it weak, in words.

It counts what is new in the text. A sign that goes on from the one before (the same again, the next letter
or digit, the next key) adds one bit, a word everybody tries as much as its place in a short list, the rest
as much as the kinds of signs used give. It errs on the careful side for short texts; it is a hint, never a
refusal.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from app.words import _

Level = Literal["weak", "fair", "good"]

FAIR_BITS: Final = 45
GOOD_BITS: Final = 65
_WORD_BITS: Final = 6
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1234567890")
_COMMON: Final = (
    "password", "passphrase", "passw0rd", "pass", "admin", "madoguchi", "welcome", "login", "letmein",
    "secret", "company", "test", "master", "security", "windows", "japan", "tokyo", "osaka", "sakura",
    "nippon", "パスワード", "パスフレーズ", "ぱすわーど", "まどぐち", "窓口", "会社", "ひみつ", "秘密", "株式会社", "あいうえお", "よろしく",
)  # fmt: skip
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[01]\d[0-3]\d)?|(?:reiwa|heisei|令和|平成)\d{1,2}")
_KINDS: Final = (
    (re.compile(r"[a-z]"), 26),
    (re.compile(r"[A-Z]"), 26),
    (re.compile(r"[0-9]"), 10),
    (re.compile(r"[\x20-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]"), 33),
    (re.compile(r"[ぁ-ゖァ-ヺー]"), 80),
    (re.compile(r"[^\x00-\x7fぁ-ゖァ-ヺー]"), 1_000),
)


@dataclass(frozen=True)
class Strength:
    """``bits`` of guessing, what that comes to, and why it is not more (sentences, the gravest first)."""

    bits: int
    level: Level
    why: tuple[str, ...]


def strength(text: str, own: tuple[str, ...] = ()) -> Strength:
    """How strong a passphrase is. ``own``: words anybody here would try (company, desk, staff)."""
    plain = unicodedata.normalize("NFKC", text)
    left, words = _without_known(plain, own)
    years = len(_YEAR.findall(left))
    left = _YEAR.sub(" ", left) if years else left
    size = sum(count for kind, count in _KINDS if kind.search(plain)) or 1
    fresh = _fresh(left)
    bits = fresh * math.log2(size) + (len(left) - fresh) + _WORD_BITS * (words + years)
    level: Level = "good" if bits >= GOOD_BITS else "fair" if bits >= FAIR_BITS else "weak"
    return Strength(
        int(bits), level, () if level == "good" else tuple(_why(plain, fresh, len(left), words, years))
    )


def _why(plain: str, fresh: int, length: int, words: int, years: int) -> list[str]:
    told = []
    if words:
        told.append(_("だれでも試す言葉や、会社・人の名前が入っています。"))
    if years:
        told.append(_("年や日付は当てられやすい数字です。"))
    if length - fresh > max(2, length // 3):
        told.append(_("同じ文字の繰り返しや、キーボードの並びが続いています。"))
    if len(plain) < 14:
        told.append(_("短めです。関係のない言葉を4つほど並べると、覚えやすく強くなります。"))
    elif not told:
        told.append(_("文字の種類が少なめです。言葉をもうひとつ足すと強くなります。"))
    return told


def _without_known(plain: str, own: tuple[str, ...]) -> tuple[str, int]:
    """The text without the words everybody tries, and how many there were."""
    left, count = plain, 0
    for word in sorted({*_COMMON, *(one.strip() for one in own)}, key=len, reverse=True):
        if len(word) < 2:
            continue
        left, found = re.subn(re.escape(word), " ", left, flags=re.IGNORECASE)
        count += found
    return left, count


def _fresh(text: str) -> int:
    """How many signs do not simply go on from the one before."""
    low = text.lower()
    steps = {pair for row in _ROWS for pair in _pairs(row)}
    return len(low) - sum(a == b or (a, b) in steps for a, b in pairwise(low))


def _pairs(row: str) -> list[tuple[str, str]]:
    forward = list(pairwise(row))
    return forward + [(b, a) for a, b in forward]
