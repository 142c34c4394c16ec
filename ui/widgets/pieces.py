"""Pieces of a sentence no line may break in: a number with its unit, an annex with its number, an operator
with what follows it, the verb at the end.
"""

from __future__ import annotations

import re
from typing import Final

_JOINER: Final = "\u2060"  # forbids a break where there is no space
_HARD_SPACE: Final = "\u00a0"  # a space no line breaks at
_UNIT: Final = r"[A-Za-z%％]+|円|か(?:月|年|所)|[ァ-ヶー]{1,6}|[一-龥々]{1,2}"
_COUNTED: Final = re.compile(rf"(?<=\d)( ?)({_UNIT})")
_ENDING: Final = re.compile(r"[一-龥々]?[ぁ-ん]{2,7}(?=。?$)")  # 安くなります: no す alone on the last line
_ANNEX: Final = re.compile(r"(別紙|第)(?=\d)")
_CLOSED: Final = re.compile(r"([一-龥々])(?=[一-龥々][）」])")  # no 整） alone on the last line
_OPERATOR: Final = re.compile(r"([×÷＋+−－=＝]) (?=\S)")


def kept_whole(text: str) -> str:
    """The text with signs, not to be seen, that keep ``49 ID``, ``× 2,200円`` and the verb on one line."""
    return figures_whole(_ENDING.sub(lambda found: _JOINER.join(found[0]), text))


def figures_whole(text: str) -> str:
    """The same without the verb: for words in columns."""
    named = _CLOSED.sub(rf"\1{_JOINER}", _ANNEX.sub(rf"\1{_JOINER}", text))
    return _OPERATOR.sub(rf"\1{_HARD_SPACE}", _COUNTED.sub(_joined, named))


def without_joints(text: str) -> str:
    """The text as it was before `kept_whole`."""
    return text.replace(_JOINER, "").replace(_HARD_SPACE, " ")


def _joined(found: re.Match[str]) -> str:
    space, unit = found.groups()
    return (_HARD_SPACE if space else _JOINER) + _JOINER.join(unit)
