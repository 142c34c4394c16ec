"""Long names, addresses and the like over two or three lines, ended where a word ends."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import Final

from reports.linebreak import Measure, break_lines, pieces

# Words a line of a name may well end with: forms of companies, and what the parts of large bodies are
# called.
_ENDINGS: Final = re.compile(
    r"(?:株式会社|有限会社|合同会社|合名会社|合資会社|法人|組合|連合会|協会|財団|社団|学園|学院|大学院|大学|高等専門学校|高等学校|中学校|小学校"
    r"|学校|幼稚園|保育園|附属|付属|病院|医院|診療所|研究所|研究科|研究室|研究推進機構|機構|本部|支部|事業部|事業所|営業所|営業部|製作所|工業所"
    r"|支店|支社|本店|本社|工場|事務局|事務部|事務所|センター|グループ|ホールディングス|サービス|システムズ?|市役所|役場|県|府|市|区|町|村)$"
)
_ARTICLES: Final = re.compile(r"(?<=・)(?=\d+条|別紙|料金表|第\d|附則)|(?<=; )")
UNEVEN: Final = 0.15  # for addresses, clauses and the like: their lines need not be of one length
_BEST, _GOOD, _FAIR, _POOR = 0.0, 0.05, 0.12, 0.4  # what a place costs, in shares of the width


def break_name(name: str, width: float, most: int, measure: Measure, even: float = 1.0) -> list[str]:
    """The lines of a name: as few as hold it, as even as words allow; ``most`` is how many are tried.

    A name that needs more lines is broken like any other text. ``even`` is how much lines of one length
    count against ends of words.
    """
    if measure(name) <= width:
        return [name] if name else []
    parts = [part for part in pieces(name) if part]
    for count in range(2, most + 1):
        found = _best(parts, count, (width, even), measure)
        if found:
            return found
    return break_lines(name, width, measure)


def break_clause(clause: str, width: float, measure: Measure) -> list[str]:
    """The lines of a clause: articles and appendices stay whole where a line holds each of them."""
    if measure(clause) <= width:
        return [clause] if clause else []
    lines: list[str] = []
    for one in _ARTICLES.split(clause):
        if lines and measure(lines[-1] + one) <= width:
            lines[-1] += one
        elif measure(one.strip()) <= width:
            lines.append(one)
        else:
            return break_name(clause, width, 3, measure, UNEVEN)
    return [line.strip() for line in lines]


def _best(parts: list[str], count: int, goal: tuple[float, float], measure: Measure) -> list[str]:
    """The best way to set a name on ``count`` lines, nothing when it does not fit."""
    places = {place: _cost("".join(parts[:place]), "".join(parts[place:])) for place in range(1, len(parts))}
    if count > 2:  # few places are worth trying together
        places = dict(sorted(places.items(), key=lambda item: item[1])[:24])
    width, even = goal
    best: tuple[float, list[str]] = (float("inf"), [])
    for cuts in combinations(sorted(places), count - 1):
        lines = ["".join(parts[start:end]).strip() for start, end in pairwise((0, *cuts, len(parts)))]
        widths = [measure(line) for line in lines]
        if max(widths) > width:
            continue
        uneven = even * (max(widths) - min(widths)) / width
        best = min(best, (uneven + sum(places[cut] for cut in cuts), lines))
    return best[1]


def _cost(before: str, after: str) -> float:
    """How badly a name is torn between two parts."""
    if before[-1].isspace() or after[0].isspace() or before[-1] in "）),、" or after[0] in "（(":
        return _BEST
    if _ENDINGS.search(before):
        return _GOOD if not _ENDINGS.search(before + after[0]) else _FAIR
    if _script(before[-1]) != _script(after[0]):
        return _FAIR
    return _POOR if _script(before[-1]) == "kanji" else 2 * _POOR


def _script(character: str) -> str:
    if "ァ" <= character <= "ヿ":
        return "katakana"
    if "ぁ" <= character <= "ゟ":
        return "hiragana"
    return "latin" if character.isascii() else "kanji"
