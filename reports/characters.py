"""Text before it is set: what can't be drawn as one glyph a character is put right or left out."""

from __future__ import annotations

import re
from typing import Final

# Variation selectors, joiners, soft hyphens and marks of direction are not meant to be seen: fonts
# without them print boxes.
_UNSEEN: Final = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
)
_CONTROLS: Final = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_ODD: Final = re.compile(f"[{_CONTROLS}{_UNSEEN}\u3099\u309a\ud800-\udfff]")
_DROPPED: Final = re.compile(f"[{_UNSEEN}]")
_SPACES: Final = re.compile(f"[{_CONTROLS}]")
_HALVES: Final = re.compile("[\ud800-\udfff]")
_LOOSE_VOICING: Final = re.compile("[\u3041-\u30ff][\u3099\u309a]")


def printable(text: str) -> str:
    """The text as it can be drawn: one character, one glyph, all of them meant to be seen.

    Controls and line ends become spaces; kana written as a letter and a loose voicing mark (as some
    systems copy them) are joined; halves of broken surrogate pairs become U+FFFD.
    """
    if not _ODD.search(text):
        return text
    text = _SPACES.sub(" ", _DROPPED.sub("", text))
    return _HALVES.sub("\ufffd", _LOOSE_VOICING.sub(_joined, text))


def _joined(pair: re.Match[str]) -> str:
    from unicodedata import normalize

    return normalize("NFC", pair.group())
