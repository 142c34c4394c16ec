"""Technicians in words: the line of the list, their hours, the visits that no longer fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from app.days import date_words, weekday_words
from app.usecases.show_technicians import Hit, ShownTechnician
from app.visit.conflicts import clock
from app.visit.order import Hours, Leave
from app.words import _
from ui.home.link_list import LinkRow

_MOST_HITS = 3


def technician_row(one: ShownTechnician, work: Mapping[str, str], today: date) -> LinkRow:
    """A line of the list: name, hours, what for and where, the next leave."""
    fields = one.technician.fields
    areas = {"west": _("西日本"), "east": _("東日本")}
    where = _("・").join(areas[area] for area in fields.areas) or _("すべてのエリア")
    skills = _("{count}種類の作業").format(count=len(fields.skills)) if fields.skills else _("すべての作業")
    leave = next((leave for leave in sorted(fields.leaves, key=_first) if leave.last >= today), None)
    right, tone = hours_words(fields.hours), "text"
    below_right = leave_words(leave, today) if leave is not None else ""
    if one.hits:
        below_right, tone = _("振り替えの必要な訪問 {count}件").format(count=len(one.hits)), "warn"
    if not fields.active:
        right = _("休止中")
    parts = (fields.partner, where, skills, fields.phone)
    names = _("、").join(work.get(code, code) for code in fields.skills)
    return LinkRow(
        name=fields.name,
        right=right,
        below=_("・").join(part for part in parts if part),
        below_right=below_right,
        icon="user" if fields.active else "pause",
        tone=tone,
        link=one.technician.id,
        tip="\n".join(part for part in (fields.name, names) if part),
    )


def _first(leave: Leave) -> tuple[date, date]:
    return leave.first, leave.last


def hours_words(hours: Sequence[Hours]) -> str:
    """``月〜金 8:30〜17:30``; with more than one pattern only the weekdays."""
    if not hours:
        return _("勤務日なし")
    days = weekdays_words([one.weekday for one in hours])
    spans = {(one.first, one.last) for one in hours}
    if len(spans) > 1:
        return days
    first, last = spans.pop()
    return _("{days} {first}〜{last}").format(days=days, first=clock(first), last=clock(last))


def weekdays_words(weekdays: Sequence[int]) -> str:
    """``月〜金・日``."""
    found = []
    for _key, run in groupby(enumerate(sorted(weekdays)), lambda pair: pair[1] - pair[0]):
        block = [_short(day) for _place, day in run]
        found.append(
            _("{first}〜{last}").format(first=block[0], last=block[-1])
            if len(block) > 2
            else _("・").join(block)
        )
    return _("・").join(found)


def _short(weekday: int) -> str:
    return weekday_words(date(2024, 1, 1 + weekday))  # a Monday


def leave_words(leave: Leave, today: date) -> str:
    """``研修 12/3〜12/4``, ``不在中``."""
    why = leave.why or _("不在")
    if leave.first <= today <= leave.last and leave.from_minute is None:
        return _("{why}（不在中）").format(why=why)
    days = _day(leave.first)
    if leave.last != leave.first:
        days = _("{first}〜{last}").format(first=days, last=_day(leave.last))
    return _("{why} {days}").format(why=why, days=days)


def _day(day: date) -> str:
    return f"{day.month}/{day.day}"


def hit_words(hits: Sequence[Hit]) -> tuple[str, str]:
    """How many booked visits no longer fit, and the first of them with the reason."""
    told = [
        _("{day} {first}〜{last} {customer}（{why}）").format(
            day=date_words(one.span.on),
            first=clock(one.span.first),
            last=clock(one.span.last),
            customer=one.visit.customer,
            why=one.why,
        )
        for one in hits[:_MOST_HITS]
    ]
    if len(hits) > _MOST_HITS:
        told.append(_("ほか{count}件").format(count=len(hits) - _MOST_HITS))
    title = _("予約済みの訪問 {count}件に行けません").format(count=len(hits))
    return title, "\n".join(told)
