"""Where a Japanese line may end.

A text is first cut into pieces that stay whole: Latin words, dates, numbers with their counters
(``2,600円``, ``31 ID``), ranges and formulas; every other character is a piece of its own. Pieces between
which a line must not end are then glued together (禁則処理). A piece wider than the line is opened step by
step: at its operators, after its counters, inside its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

Measure = Callable[[str], float]

# No line begins with these: closing marks, stops, small kana, the long-vowel bar, marks of repetition,
# units.
NO_START: Final = frozenset(
    "、。，．・：；？！‼⁇⁈⁉゛゜´｀¨＾‾＿ヽヾゝゞ〻々ー‐–〜～…‥／％‰℃°′″¢"
    "）］｝〕〉》」』】〙〗〟｠»”’)]}"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "｡､｣･ﾞﾟｰｧｨｩｪｫｬｭｮｯ,.:;?!%"
)
# No line ends with these: opening marks and signs that belong to what follows.
NO_END: Final = frozenset("（［｛〔〈《「『【〘〖〝｟«“‘([{￥¥＄$£€＃№〒※｢")
_TIED: Final = "―—…‥"  # two of a kind make one dash
_NARROW_SPACE: Final = "\u00a0"  # never a place to break

# One expression cuts a text into pieces; it is compiled at every start, so it says nothing twice.
_COUNTER: Final = (
    r"か月[間分]?|[ヶカヵ]月|営業日|時間|[年日]間|年度|[年日]分|日目|月分|回[目分]|台[分目]|丁目|番地|号室|[万千億]円|[か箇]所|か年"
    r"|ライセンス|アプリ|クライアント|ユーザー|センサー|契約|[年月日時分秒円銭台回人名個件条項号目章節版本通式枚階番点社店倍割週歳棟室％%]"
)
_LATIN_UNIT: Final = r"[ \u00a0]?(?:[KMGT]?B|[KMGT]bps|[KMG]?Hz|IDs?|PCs?|[cmk]?m|k?g|yen|JPY)(?![A-Za-z])"
_WEEKDAY: Final = r"[（(][日月火水木金土](?:曜日?)?(?:・祝)?[）)]"
_TAIL: Final = r"[0-9A-Za-zÀ-ɏ_@#&+'’.,:/?=%~‐‑-]*[0-9A-Za-zÀ-ɏ_@#&+/%=]"
_PIECES: Final = re.compile(
    # Operators and ranges before a quantity hold it to what stands before them.
    r"(?P<joint>(?<=[\w％%）)])(?:[ \u00a0]?[×÷＋+−=＝][ \u00a0]?|[〜～–] ?)(?=[\d第約]))"
    r"|[ \u3000]+"
    # Codes that begin with a figure: 650-0099, 3D, 50GB.
    rf"|\d+(?=[A-Za-z_@‐‑-]){_TAIL}"
    # Quantities and dates.
    r"|(?:(?:明治|大正|昭和|平成|令和)(?:元年)?|別紙|別表|附則|[第※約計毎+−-])?(?=\d)"
    rf"(?:(?>\d+(?:[,.:]\d+)*)(?:{_LATIN_UNIT}|{_COUNTER})?|{_WEEKDAY}|の\d+| ?※\d+)+"
    # Words.
    rf"|[0-9A-Za-zÀ-ɏ_@#&+$￥¥](?:{_TAIL})?"
    r"|.",
    re.DOTALL,
)

# The steps by which a piece too wide for its line is opened, coarsest first.
_OPENINGS: Final = (
    re.compile(r"(?<=.)(?=[ \u00a0]?[×÷＋=＝])|(?<=[〜～])"),
    re.compile(r"(?<=[年月日時分円台回条項号番]|目)(?=\d)|(?<=[ ])(?=\S)|(?=[（(][日月火水木金土])"),
    re.compile(r"(?<=[/._@?&=,-])(?=[0-9A-Za-z])"),
    re.compile(r"(?<=.)(?=.)", re.DOTALL),
)
_LEAST_LAST: Final = 4  # characters on the last line


def pieces(text: str) -> list[str]:
    """The text cut at every place where a line may end. Spaces are pieces of their own."""
    found: list[str] = []
    held = False
    for match in _PIECES.finditer(text):
        piece = match.group()
        joint = match.lastgroup == "joint"
        if found and (held or joint or _sticks(found[-1], piece)):
            found[-1] += piece
        else:
            found.append(piece)
        held = joint
    return found


def break_lines(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text set ragged right, none wider than ``width`` in the unit of ``measure``.

    Line ends in the text are kept. No line begins or ends with a space; the last one of several has at
    least four characters where the pieces allow it. A single character wider than the line stands alone.
    No text, no lines.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if measure(paragraph) <= width:
            if paragraph.strip(" \u3000"):
                lines.append(paragraph.strip(" \u3000"))
            continue
        lines.extend(_break(_fitting(pieces(paragraph), width, measure), width, measure))
    return lines


def _break(fitting: Sequence[str], width: float, measure: Measure) -> list[str]:
    lines = _fill(fitting, width, measure)
    if len(lines) > 1 and _letters(lines[-1]) < _LEAST_LAST:
        start = _last_start(fitting)
        last = "".join(fitting[start:]).strip(" \u3000")
        if start and measure(last) <= width:
            return [*_fill(fitting[:start], width, measure), last]
    return lines


def _fill(fitting: Iterable[str], width: float, measure: Measure) -> list[str]:
    """Lines filled one after the other, each as far as it goes."""
    lines: list[str] = []
    line = ""
    room = width
    for piece in fitting:
        blank = piece.isspace()
        if not line and blank:
            continue
        breadth = measure(piece)
        if line and breadth > room and not blank:
            lines.append(line.rstrip(" \u3000"))
            line, room = "", width
        line += piece
        room -= breadth
    if line.strip():
        lines.append(line.rstrip(" \u3000"))
    return lines


def _last_start(fitting: Sequence[str]) -> int:
    """Where the shortest last line of four characters or more begins (0 when there is none)."""
    letters = 0
    for index in range(len(fitting) - 1, 0, -1):
        letters += _letters(fitting[index])
        if letters >= _LEAST_LAST and not fitting[index].isspace():
            return index
    return 0


def _letters(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _fitting(whole: Iterable[str], width: float, measure: Measure) -> list[str]:
    """The pieces, those too wide opened as little as needed."""
    found: list[str] = []
    for piece in whole:
        if measure(piece) <= width or piece.isspace():
            found.append(piece)
        else:
            found.extend(_opened(piece, width, measure, 0))
    return found


def _opened(piece: str, width: float, measure: Measure, step: int) -> Iterator[str]:
    if measure(piece) <= width or step == len(_OPENINGS):
        yield piece
        return
    for part in _reglued(_OPENINGS[step].split(piece)):
        yield from _opened(part, width, measure, step + 1)


def _reglued(parts: Iterable[str]) -> list[str]:
    """Parts of an opened piece, glued again where no line may end."""
    found: list[str] = []
    for part in parts:
        if not part:
            continue
        if found and _sticks(found[-1], part):
            found[-1] += part
        else:
            found.append(part)
    return found


def _sticks(before: str, after: str) -> bool:
    """Whether no line may end between two pieces."""
    left, right = before[-1], after[0]
    if left in " \u3000":
        return False
    return (
        right in NO_START
        or left in NO_END
        or (left == right and left in _TIED)
        or _NARROW_SPACE in {left, right}
    )
