"""What the file of a paper is called: its number, what it is and whose, without what file systems refuse."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_REFUSED: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]')
_SPACES: Final = re.compile(r"\s+")
LONGEST: Final = 40
"""Characters of a part: with folders before it a whole path stays below the 260 that Windows allows."""


def safe_part(text: str) -> str:
    """Words that may stand in the name of a file on every system; "" where nothing is left of them."""
    flat = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return _REFUSED.sub("", flat).strip(" .")[:LONGEST].rstrip(" .")


def paper_file_name(title: str, number: str, revision: int, customer: str) -> str:
    """``B-HM1-2611-0012-1_請求書_髙橋精工株式会社.pdf``; without a number the title goes first."""
    head = f"{safe_part(number)}-{revision}" if number else ""
    parts = [part for part in (head, safe_part(title), safe_part(customer)) if part]
    return f"{'_'.join(parts) or 'paper'}.pdf"
