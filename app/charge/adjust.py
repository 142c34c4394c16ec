"""調整: what an entry that came after a month was closed changes in that month, as lines of the next open
bill.

A closed bill is never touched. For each closed month what charging says now is compared with what was
billed for it so far (its own bill and the adjustments of later ones); the difference of each item is a
line, which says the month, the amounts before and after, and the late entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.charge.entry_names import entry_words
from app.charge.stored import BillLine, StoredBill
from app.contract.record import Recorded
from app.days import Month, date_words, short_month_words
from app.money import TaxKind, yen_words
from app.words import _

MOST_NAMED = 3  # late entries told one by one

_Place = tuple[str, TaxKind]  # of what an amount is compared: the item, and how it stands to tax


@dataclass(frozen=True)
class ClosedMonth:
    """A closed month of a contract: what was billed for it so far, and what charging says of it now.

    ``late``: the entries recorded since its bill.
    """

    month: Month
    billed: tuple[BillLine, ...]
    now: tuple[BillLine, ...]
    late: tuple[Recorded, ...] = ()


def adjustments(months: Iterable[ClosedMonth]) -> tuple[BillLine, ...]:
    """The lines that make what was billed for each month what it should be; none where nothing differs."""
    return tuple(line for one in months for line in _of_month(one))


def billed_by_month(bills: Sequence[StoredBill]) -> dict[str, tuple[BillLine, ...]]:
    """What was billed for each month so far: a bill's own lines for its month, adjustments for the month they
    put right. Claims (late interest, 割増金, visits) belong to no month.
    """
    found: dict[str, list[BillLine]] = {bill.month: [] for bill in bills}
    for bill in bills:
        for line in bill.content.lines:
            if not line.claim:
                found.setdefault(line.month or bill.month, []).append(line)
    return {month: tuple(lines) for month, lines in found.items()}


def late_entries(entries: Sequence[Recorded], seen: int) -> tuple[Recorded, ...]:
    """The entries recorded after the one a bill had seen last."""
    return tuple(one for one in entries if one.seq > seen)


def _of_month(one: ClosedMonth) -> Iterable[BillLine]:
    before, after = _by_place(one.billed), _by_place(one.now)
    known = {(line.item, line.tax): line for line in (*_plain(one.billed), *one.now)}
    for place in dict.fromkeys((*after, *before)):
        was, is_now = before.get(place, 0), after.get(place, 0)
        if was != is_now:
            like = known.get(place) or next(line for line in one.billed if line.item == place[0])
            yield _line(one, place, like, was, is_now)


def _plain(lines: Iterable[BillLine]) -> Iterable[BillLine]:
    return (line for line in lines if not line.month)


def _by_place(lines: Iterable[BillLine]) -> Mapping[_Place, int]:
    found: dict[_Place, int] = {}
    for line in lines:
        place = (line.item, line.tax)
        found[place] = found.get(place, 0) + line.amount
    return found


def _line(one: ClosedMonth, place: _Place, like: BillLine, was: int, is_now: int) -> BillLine:
    month = short_month_words(one.month)
    return BillLine(
        item=place[0],
        name=_("{name}（{month}分の調整）").format(name=_base(like.name, month), month=month),
        amount=is_now - was,
        tax=place[1],
        detail=_("{was} → {now}").format(was=yen_words(was), now=yen_words(is_now)),
        clause=like.clause,
        month=str(one.month),
        why=tuple(_why(one, was, is_now)),
    )


def _base(name: str, month: str) -> str:
    """The name of the item, where the line at hand is itself an adjustment of the month."""
    return name.removesuffix(_("{name}（{month}分の調整）").format(name="", month=month))


def _why(one: ClosedMonth, was: int, is_now: int) -> Iterable[str]:
    yield _("{month}分は締め済みのため、差額をこの請求で調整します。").format(
        month=short_month_words(one.month)
    )
    yield _("これまでの請求 {was} → 正しい額 {now}").format(was=yen_words(was), now=yen_words(is_now))
    for entry in one.late[:MOST_NAMED]:
        yield _("締め後の記録：{entry}（{day}に記録）").format(
            entry=entry_words(entry.entry), day=date_words(_day(entry.recorded_at), weekday=False)
        )
    if len(one.late) > MOST_NAMED:
        yield _("ほかに締め後の記録が{count}件あります。").format(count=len(one.late) - MOST_NAMED)


def _day(at: datetime) -> date:
    """The day an entry was recorded, on the clock of the desk."""
    return at.astimezone().date() if at.tzinfo else at.date()
