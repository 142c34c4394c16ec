"""当日予定表: the day of each technician on a page of its own: when, where, whom to call, what to do, what to
bring.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.contract.customer import CustomerFields
from app.papers.issuer import Settings
from app.papers.model import (
    Addressee,
    Column,
    DayBar,
    Headline,
    IssuerBlock,
    LabelValue,
    Lane,
    PageHead,
    Paper,
    Row,
    Section,
    Stack,
    Stretch,
    Table,
    Tick,
)
from app.papers.parts import addressee, paper_date, postal_words
from app.papers.visit_order import things, usual_things
from app.papers.visit_plan import break_of, hour_marks
from app.papers.visit_words import menu_names, minutes_words, volume_words
from app.tariff.catalogue import Catalogue
from app.visit.conflicts import needed_break
from app.visit.order import Hours, Span, StoredVisit, Technician, TechnicianFields, VisitContent
from app.words import _, language, pgettext

_NOON: Final = 12 * 60
_FORMS: Final = re.compile(r"株式会社|有限会社|合同会社|（[株有]）|[㈱㈲]|(?:一般|公益)?(?:社団|財団)法人")


@dataclass(frozen=True)
class DayVisit:
    """A visit of the day with its customer."""

    visit: StoredVisit
    customer: CustomerFields


@dataclass(frozen=True)
class _Stop:
    """A visit as it stands in one technician's day."""

    of: DayVisit
    span: Span


def run_sheet(
    day: date,
    technicians: Sequence[Technician],
    visits: Sequence[DayVisit],
    settings: Settings,
    catalogue: Catalogue,
    everybody: Sequence[Technician] = (),
) -> Paper:
    """The 当日予定表 of some technicians for a day, a page for each who has visits, in their order. Times are
    those that were booked; the ways between are the settings' allowance. ``everybody``: those who may come
    along, where they have no page here.
    """
    title = _("当日予定表")
    shown = paper_date(day, settings.company)
    sections: list[Section] = []
    people = {one.id: one.fields for one in (*everybody, *technicians)}
    for technician in technicians:
        stops = _stops(day, technician.id, visits)
        if stops:
            sections += _page(technician, stops, people, settings, catalogue, day)
    if not sections:
        sections = [PageHead(_("{day}の訪問はありません").format(day=shown))]
    return Paper(
        kind="D",
        language=language(),
        title=title,
        number="",
        revision="",
        head_rows=(),
        addressee=Addressee("", (), ""),
        issuer=IssuerBlock(settings.company.name, ()),
        opening="",
        subject_rows=(),
        headline=Headline("", "", 0),
        sections=tuple(sections),
        closing="",
        footer="  ".join(part for part in (settings.company.name, title, shown) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(part for part in (shown, settings.desk_name) if part),
        continues=_("次のページにつづく"),
        mailed=False,
        plain_head=True,
        keywords=(shown,),
    )


def _stops(day: date, technician: str, visits: Sequence[DayVisit]) -> list[_Stop]:
    found = [
        _Stop(one, span)
        for one in visits
        if technician in one.visit.content.technicians
        for span in one.visit.content.spans
        if span.on == day
    ]
    return sorted(found, key=lambda stop: (stop.span.first, stop.span.last))


def _page(
    technician: Technician,
    stops: Sequence[_Stop],
    people: Mapping[str, TechnicianFields],
    settings: Settings,
    catalogue: Catalogue,
    day: date,
) -> Iterator[Section]:
    fields = technician.fields
    hours = next((one for one in fields.hours if one.weekday == day.weekday()), None)
    travel = settings.visits.minutes.travel
    pause = _pause(stops, hours, travel)
    yield PageHead(
        fields.name,
        pgettext("column", "{count}件").format(count=len(stops)),
        tuple(_head_rows(fields, hours, stops)),
    )
    yield _bar(fields.name, stops, travel, pause)
    columns = (
        Column("", "left", 6.0),
        Column(_("時刻"), "left", 30.0),
        Column(_("お客さま・訪問先"), "left", 54.0),
        Column(pgettext("visit", "作業"), "left", 38.0),
        Column(_("持ち物"), "left", 36.0),
        Column(pgettext("visit", "済"), "right", 6.0),
    )
    rows = tuple(_rows(technician.id, stops, people, catalogue, travel, pause))
    yield Table(_("訪問"), columns, rows, _("移動の時間は目安"))


def _head_rows(fields: TechnicianFields, hours: Hours | None, stops: Sequence[_Stop]) -> Iterator[LabelValue]:
    if fields.phone:
        yield LabelValue(_("電話"), fields.phone)
    if fields.partner:
        yield LabelValue(_("所属"), fields.partner)
    if hours:
        yield LabelValue(
            _("勤務"),
            _("{hours}（休憩{minutes}分）").format(
                hours=minutes_words(hours.first, hours.last), minutes=hours.break_minutes
            ),
        )
    bring = dict.fromkeys(thing for stop in stops for thing in _bring(stop.of.visit.content))
    yield LabelValue(_("持ち物"), _("、").join(bring))


def _bring(content: VisitContent) -> tuple[str, ...]:
    planned = {code for device in content.devices for code in device.menu}
    return things(content.bring) or tuple(usual_things(planned))


def _pause(stops: Sequence[_Stop], hours: Hours | None, travel: int) -> tuple[int, int] | None:
    """The break between visits nearest to noon; None where a visit holds it, or none is needed."""
    if any(break_of(stop.span) for stop in stops):
        return None
    worked = sum(stop.span.last - stop.span.first for stop in stops) + travel * (len(stops) + 1)
    minutes = hours.break_minutes if hours else needed_break(worked)
    if not minutes:
        return None
    begin = hours.first if hours else stops[0].span.first - travel
    end = hours.last if hours else stops[-1].span.last + travel + minutes
    gaps = [
        (first, last)
        for first, last in zip(
            [begin, *(stop.span.last for stop in stops)],
            [*(stop.span.first - travel for stop in stops), end],
            strict=True,
        )
        if last - first >= minutes
    ]
    if not gaps:
        return None
    first, last = min(gaps, key=lambda gap: min(abs(max(gap[0], min(_NOON, gap[1] - minutes)) - _NOON), 999))
    start = max(first, min(_NOON, last - minutes))
    return start, start + minutes


def _bar(name: str, stops: Sequence[_Stop], travel: int, pause: tuple[int, int] | None) -> DayBar:
    stretches = []
    for number, stop in enumerate(stops, start=1):
        before = stops[number - 2].span.last if number > 1 else 0
        start = max(before, stop.span.first - travel)
        if start < stop.span.first:
            stretches.append(Stretch(start, stop.span.first, (pgettext("visit", "移動"), ""), "gap"))
        customer = _FORMS.sub("", stop.of.customer.name).strip()
        words = (
            f"{number}  {customer}",
            f"{number}  {customer[:6]}…",
            f"{number}  {customer[:4]}…",
            f"{number}",
        )
        inside = break_of(stop.span)
        if inside:
            stretches += [
                Stretch(stop.span.first, inside[0], words, "strong"),
                Stretch(*inside, (_("休憩"),), "gap"),
                Stretch(inside[1], stop.span.last, (f"{number}",), "strong"),
            ]
        else:
            stretches.append(Stretch(stop.span.first, stop.span.last, words, "strong"))
    home = _way_home(stops[-1].span.last, travel, pause)
    stretches.append(Stretch(*home, (pgettext("visit", "移動"), ""), "gap"))
    if pause:
        stretches.append(Stretch(*pause, (_("休憩"), ""), "plain"))
    marks = hour_marks(min(one.first for one in stretches), max(*(one.last for one in stretches), 17 * 60))
    return DayBar("", marks, (Lane(name, tuple(sorted(stretches, key=lambda one: one.first))),))


def _rows(
    technician: str,
    stops: Sequence[_Stop],
    people: Mapping[str, TechnicianFields],
    catalogue: Catalogue,
    travel: int,
    pause: tuple[int, int] | None,
) -> Iterator[Row]:
    before = 0
    for number, stop in enumerate(stops, start=1):
        span = stop.span
        if pause and before <= pause[0] < span.first:
            yield _pause_row(pause)
        start = max(before, span.first - travel)
        if start < span.first:
            yield Row(("", minutes_words(start, span.first), pgettext("visit", "移動"), "", "", ""))
        yield _stop_row(number, stop, technician, people, catalogue)
        inside = break_of(span)
        if inside:
            yield _pause_row(inside)
        before = span.last
    home = _way_home(before, travel, pause)
    late = pause is not None and pause[0] >= before
    if pause and late and pause[0] < home[0]:
        yield _pause_row(pause)
    yield Row(("", minutes_words(*home), _("移動（帰社）"), "", "", ""))
    if pause and late and pause[0] >= home[0]:
        yield _pause_row(pause)


def _way_home(last: int, travel: int, pause: tuple[int, int] | None) -> tuple[int, int]:
    """The way back after the last visit: after a break that would fall into it."""
    start = pause[1] if pause and last <= pause[0] < last + travel else last
    return start, start + travel


def _pause_row(pause: tuple[int, int]) -> Row:
    return Row(("", minutes_words(*pause), _("休憩"), "", "", ""))


def _stop_row(
    number: int,
    stop: _Stop,
    technician: str,
    people: Mapping[str, TechnicianFields],
    catalogue: Catalogue,
) -> Row:
    content, customer = stop.of.visit.content, stop.of.customer
    names = menu_names(catalogue, content.service, stop.span.on)
    others = [people[one].name for one in content.technicians if one in people and one != technician]
    lead = content.technicians[:1] == (technician,)
    times = [stop.of.visit.number]
    if others:
        times.append(_("同行 {names}").format(names=_("、").join(others)))
        times.append(_("責任者") if lead else _("補助"))
    return Row(
        (
            f"{number}",
            Stack(minutes_words(stop.span.first, stop.span.last), tuple(times)),
            Stack(customer.name.strip(), tuple(_where(content, customer))),
            Stack(*_work(content, names)),
            Stack("", tuple(_bring(content))),
            Tick(),
        )
    )


def _where(content: VisitContent, customer: CustomerFields) -> Iterator[str]:
    place = content.place
    if place.address.strip():
        site = " ".join(part for part in (place.address.strip(), place.name.strip()) if part)
        yield " ".join(part for part in (postal_words(place.postal_code), site) if part)
    else:
        written = addressee(customer)
        yield " ".join(part for part in (written.postal, *written.address) if part)
    person = place.person.strip() or customer.person.strip()
    phone = place.phone_on_day.strip() or place.phone.strip() or customer.phone.strip()
    met = _("{name} 様").format(name=person) if person else ""
    reached = "  ".join(part for part in (met, phone) if part)
    if reached:
        yield reached
    if place.access.strip():
        yield place.access.strip()


def _work(content: VisitContent, names: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """How many devices, and each kind of work with its count."""
    counts: dict[str, int] = {}
    volumes = [device.data_gb for device in content.devices if "data-migration" in device.menu]
    for device in content.devices:
        for code in dict.fromkeys(device.menu):
            counts[code] = counts.get(code, 0) + device.count
    said = []
    for code, count in counts.items():
        words = _("{work}  {count}台").format(work=names.get(code, code), count=count)
        if code == "data-migration" and len(volumes) == 1 and volumes[0]:
            words += f"・{volume_words(volumes[0])}"
        said.append(words)
    whole = sum(device.count for device in content.devices)
    return _("機器 {count}台").format(count=whole), tuple(said)
