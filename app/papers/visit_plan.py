"""How the day of a visit is meant to go: who does what when, as the bar of its work order shows it.

The minutes are those of the settings; the order is a proposal, no promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.papers.model import DayBar, Lane, Stretch
from app.papers.visit_words import rows_words, short_day
from app.visit.conflicts import clock
from app.visit.minutes import BREAK_AFTER, duration_of
from app.visit.order import Device, Span, VisitContent
from app.visit.settings import MinutesTable
from app.words import _

BREAK: Final = 60
_NOON: Final = 12 * 60
_LONG_END: Final = 30  # explaining at the beginning, the signature at the end
_SHORT_END: Final = 10
_LEAST_CHECK: Final = 10
_MOST_CHECK: Final = 30
_STEP: Final = 5  # minutes


@dataclass(frozen=True)
class _Piece:
    words: tuple[str, ...]
    minutes: int
    strong: bool = False


def day_bars(
    content: VisitContent, people: Sequence[str], names: Mapping[str, str], table: MinutesTable
) -> tuple[DayBar, ...]:
    """A bar for each day of a visit, with a lane for each who goes; none while no time is set."""
    spans = sorted(content.spans, key=lambda span: (span.on, span.first))
    if not spans:
        return ()
    crew = tuple(people) or (_("未割当"),)
    shares = _shares(content, len(crew), table)
    end = _end(spans, [sum(minutes for _place, minutes in share) for share in shares], table)
    lanes: dict[date, list[Lane]] = {span.on: [] for span in spans}
    for name, share in zip(crew, shares, strict=True):
        pieces = list(_pieces(content, share, names, end, _working(spans)))
        for day, stretches in _laid(pieces, spans).items():
            lanes[day].append(Lane(name, tuple(stretches)))
    hours = _hours(spans)
    return tuple(
        DayBar(short_day(day) if len(spans) > 1 else "", hours, tuple(of_day))
        for day, of_day in lanes.items()
    )


def break_of(span: Span) -> tuple[int, int] | None:
    """The break within a span of more than six hours (労働基準法34条): at noon, or in its middle."""
    if span.last - span.first <= BREAK_AFTER:
        return None
    first = _NOON
    if not (span.first + 60 <= first and first + BREAK + 60 <= span.last):
        first = (span.first + span.last - BREAK) // 2
    return first, first + BREAK


def hour_marks(first: int, last: int) -> tuple[tuple[int, str], ...]:
    """Full hours around some minutes of a day, with their words."""
    begin, end = first // 60, -(-last // 60)
    return tuple((hour * 60, clock(hour * 60)) for hour in range(begin, max(end, begin + 1) + 1))


def _hours(spans: Sequence[Span]) -> tuple[tuple[int, str], ...]:
    return hour_marks(min(span.first for span in spans), max(span.last for span in spans))


def _working(spans: Sequence[Span]) -> int:
    """The minutes of work the spans hold, breaks left out."""
    return sum(span.last - span.first - (BREAK if break_of(span) else 0) for span in spans)


def _shares(content: VisitContent, count: int, table: MinutesTable) -> list[list[tuple[int, int]]]:
    """The rows of devices each does, with their minutes: a run of the list, about as much for each."""
    minutes = dict.fromkeys(range(len(content.devices)), 0)
    places = {id(device): place for place, device in enumerate(content.devices)}
    for one in duration_of(content, table).work:
        minutes[places[id(one.device)]] += one.minutes
    whole = sum(minutes.values())
    shares: list[list[tuple[int, int]]] = [[] for _one in range(count)]
    done = 0
    for place, needed in minutes.items():
        twice_middle = 2 * done + needed
        taker = min(count - 1, twice_middle * count // (2 * whole)) if whole else 0
        shares[taker].append((place, needed))
        done += needed
    return shares


def _end(spans: Sequence[Span], work: Sequence[int], table: MinutesTable) -> int:
    """How long explaining and signing take where there is time for it."""
    if _working(spans) - 2 * _LONG_END >= max(work, default=0):
        return _LONG_END
    return max(_SHORT_END, table.base // 2)


def _pieces(
    content: VisitContent, share: Sequence[tuple[int, int]], names: Mapping[str, str], end: int, room: int
) -> Iterator[_Piece]:
    """The work of one person in its order: explaining, devices alike together, checking, the signature."""
    between = max(0, room - 2 * end)
    needed = sum(minutes for _place, minutes in share)
    yield _Piece((_("診断・ご説明"), _("診断"), _("診")), end, strong=True)
    check = min(_MOST_CHECK, max(0, between - needed))
    spent = done = 0
    for words, minutes in _alike(content.devices, share, names):
        done += minutes
        until = done * (between - check) // needed // _STEP * _STEP
        yield _Piece(words, until - spent)
        spent = until
    if between - spent >= _LEAST_CHECK:
        yield _Piece((_("確認"),), between - spent)
    elif between > spent:
        end += between - spent
    yield _Piece((_("ご署名"), _("署名"), _("署")), end, strong=True)


def _alike(
    devices: Sequence[Device], share: Sequence[tuple[int, int]], names: Mapping[str, str]
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Neighbouring devices with the same work, in words from full to short, and their minutes."""
    groups: list[tuple[tuple[str, ...], list[int], int]] = []
    for place, minutes in share:
        menu = tuple(dict.fromkeys(devices[place].menu))
        if groups and groups[-1][0] == menu:
            groups[-1] = (menu, [*groups[-1][1], place + 1], groups[-1][2] + minutes)
        else:
            groups.append((menu, [place + 1], minutes))
    for menu, numbers, minutes in groups:
        rows = rows_words(numbers)
        said = [names.get(code, code) for code in menu]
        full = f"{_('・').join(said)}  {rows}"
        shorter = _("{work}ほか  {rows}").format(work=said[0], rows=rows) if len(said) > 1 else full
        yield (full, shorter, rows), minutes


def _laid(pieces: Sequence[_Piece], spans: Sequence[Span]) -> dict[date, list[Stretch]]:
    """The pieces over the days, parted by breaks and evenings."""
    left = [(piece, piece.minutes) for piece in pieces]
    days: dict[date, list[Stretch]] = {}
    for span in spans:
        stretches = days.setdefault(span.on, [])
        pause = break_of(span)
        parts = [(span.first, pause[0]), (pause[1], span.last)] if pause else [(span.first, span.last)]
        for number, (start, stop) in enumerate(parts):
            if number and pause:
                stretches.append(Stretch(*pause, (_("休憩"),), "gap"))
            _fill(left, start, stop, stretches)
    return days


def _fill(left: list[tuple[_Piece, int]], start: int, stop: int, stretches: list[Stretch]) -> None:
    while left and start < stop:
        piece, minutes = left[0]
        taken = min(minutes, stop - start)
        if taken:
            stretches.append(
                Stretch(start, start + taken, piece.words, "strong" if piece.strong else "plain")
            )
        start += taken
        left[:1] = [] if taken == minutes else [(piece, minutes - taken)]
