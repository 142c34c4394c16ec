"""On which days and at what hours a service visits, with the reason where it does not (別紙2, 別紙3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.days import DayRange, date_words, holiday_words, is_year_end, weekday_words
from app.errors import Problem, UserError
from app.tariff.catalogue import Catalogue
from app.tariff.model import VisitRules
from app.tariff.texts import words
from app.visit.work import Area
from app.words import _

START = "start"  # the choice of the last-hour reading by which a visit may still begin at the last hour

Kind = Literal["year-end", "holiday", "weekday", "hour", "own"]

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


@dataclass(frozen=True)
class Refusal:
    """A day or time at which nobody comes, in words. ``kind`` is for programs."""

    kind: Kind
    what: str
    why: str
    remedy: str
    clause: str


@dataclass(frozen=True)
class Hours:
    """Visiting hours ``HH:MM``.

    ``ends``: the work ends by ``last``; else a visit may still begin then (a reading).
    """

    first: str
    last: str
    ends: bool
    clause: str


def visit_rules(catalogue: Catalogue, service: str, day: date) -> VisitRules:
    """The visit rules for a day; where that day's edition prints none, those of the nearest one that does.

    Raises UserError: ``bad-input`` for an unknown service, ``no-rule`` where the terms know no visits.
    """
    known = catalogue.service(service)
    printed = [edition for edition in known.editions if edition.visit is not None]
    begun = [edition for edition in printed if edition.start is None or edition.start <= day]
    edition = begun[-1] if begun else next(iter(printed), None)
    if edition is None or edition.visit is None:
        raise UserError(no_visits(catalogue, service))
    return edition.visit


def no_visits(catalogue: Catalogue, service: str) -> Problem:
    """The refusal ``no-rule`` of a service whose terms know no visits."""
    name = words(catalogue.service(service).name)
    return Problem(
        "no-rule",
        _("{name}の規約には訪問サポートの定めがありません。").format(name=name),
        remedy=_("訪問サポートのあるサービスをお選びください。"),
        field="service",
    )


def permitted_days(catalogue: Catalogue, service: str, area: Area, days: DayRange) -> tuple[date, ...]:
    """The days of a range on which the service visits an area. Raises UserError as ``visit_rules`` does."""
    return tuple(day for day in days if refusal(catalogue, service, area, day) is None)


def refusal(catalogue: Catalogue, service: str, area: Area, day: date) -> Refusal | None:
    """Why nobody comes on a day; None when somebody does. Raises UserError as ``visit_rules`` does.

    年末年始 is told before a holiday, a holiday before the day of the week.
    """
    rules = visit_rules(catalogue, service, day)
    weekdays = next((one.weekdays for one in rules.days if one.area in ("", area)), ())
    if rules.closed_year_end and is_year_end(day):
        return _refused("year-end", rules, day, _("年末年始（12月29日〜1月3日）は訪問を行っていません。"))
    holiday = holiday_words(day) if rules.closed_holidays else None
    if holiday is not None:
        return _refused(
            "holiday", rules, day, _("祝日（{name}）は訪問を行っていません。").format(name=holiday)
        )
    if day.weekday() in weekdays:
        return None
    everywhere = not any(day.weekday() in one.weekdays for one in rules.days)
    if everywhere:
        why = _("{weekday}曜日は訪問を行っていません。").format(weekday=weekday_words(day))
    else:
        where = _("東日本エリア") if area == "east" else _("西日本エリア")
        why = _("{area}では{weekday}曜日は訪問を行っていません。").format(
            area=where, weekday=weekday_words(day)
        )
    return _refused("weekday", rules, day, why)


def hours(catalogue: Catalogue, service: str, day: date) -> Hours:
    """The visiting hours on a day. Raises UserError as ``visit_rules`` does."""
    rules = visit_rules(catalogue, service, day)
    choice = catalogue.choice(service, rules.hours_reading, day) if rules.hours_reading else ""
    return Hours(rules.first_hour, rules.last_hour, choice != START, rules.hours_clause)


def time_refusal(catalogue: Catalogue, service: str, day: date, at: str) -> Refusal | None:
    """Why a visit cannot begin at ``at`` (``HH:MM``); None when it can. What is no time is refused too."""
    open_hours = hours(catalogue, service, day)
    last_is_open = not open_hours.ends
    if (
        _TIME.fullmatch(at)
        and open_hours.first <= at
        and (at < open_hours.last or (at == open_hours.last and last_is_open))
    ):
        return None
    span = _("訪問時間は{first}から{last}までです。").format(first=open_hours.first, last=open_hours.last)
    return Refusal(
        "hour",
        _("「{at}」は訪問の開始時刻にできません。").format(at=at[:20]),
        span,
        _("訪問時間内の時刻を「13:00」の形で入力してください。"),
        open_hours.clause,
    )


def _refused(kind: Kind, rules: VisitRules, day: date, why: str) -> Refusal:
    what = _("{day}は訪問できません。").format(day=date_words(day))
    return Refusal(kind, what, why, _("別の日をお選びください。"), rules.hours_clause)
