"""How many rows each list of Home shows, so that nothing need be scrolled to be seen where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from ui.home.parts import DeadlineColumn, Section
from ui.theme import theme

_HEADS = 44 + 38 + 36  # of the deadlines, of their columns, and the way to more of them


def fit_sections(sections: Sequence[Section], room: int) -> None:
    """Let sections one below the other share a height in pixels."""
    shown = [one for one in sections if one.offered]
    if not shown:
        return
    room -= sum(one.head_height() for one in shown)
    rows = room // max(1, shown[0].list.row_height())
    for one, count in zip(shown, share(rows, [(1, part.offered) for part in shown]), strict=True):
        one.fit(count)


def fit_deadlines(
    overdue: Section,
    beside: Sequence[Section],
    columns: Sequence[DeadlineColumn],
    room: int,
    *,
    tight: bool = False,
) -> None:
    """Let what is overdue, the sections ``beside`` each other below it, and the columns share a height.

    ``tight``: something else stands above them, and each may have fewer rows.
    """
    first = [one for one in beside if one.offered]
    room -= _HEADS * theme.line("heading") // 20
    room -= overdue.head_height() if overdue.offered else 0
    room -= first[0].head_height() if first else 0
    rows = room // max(1, overdue.list.row_height())
    wishes = [
        (1, overdue.offered),
        (1 if tight else 2, max((one.offered for one in first), default=0)),
        (2 if tight else 4, max((one.offered for one in columns), default=0)),
    ]
    given = share(rows, wishes)
    overdue.fit(given[0])
    for section in first:
        section.fit(given[1])
    for column in columns:
        column.fit(max(1, given[2]))


def share(room: int, wishes: Sequence[tuple[int, int]]) -> list[int]:
    """How many rows each of several lists gets of the room for ``room`` rows: its least first, then one
    after the other in turn up to its most. ``wishes`` are pairs of least and most.
    """
    given = [min(least, most) for least, most in wishes]
    left = room - sum(given)
    while left > 0:
        hungry = [place for place, (_least, most) in enumerate(wishes) if given[place] < most]
        if not hungry:
            break
        for place in hungry[:left]:
            given[place] += 1
        left -= min(left, len(hungry))
    return given
