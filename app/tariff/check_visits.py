"""Rules for visit support: menu, data migration, permitted days and hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import time

from app.tariff.check_prices import consecutive, decimal
from app.tariff.findings import Finding, Rule
from app.tariff.model import AreaDays, Edition, FreeVisit, MenuItem, Migration, VisitRules
from app.tariff.shape import shown
from app.words import _


def visit(record: VisitRules, edition: Edition) -> Iterator[Finding]:
    """Hours that are hours, in order; weekdays; areas that cover the country once."""
    for first, last in (("first_hour", "last_hour"), ("reception_first", "reception_last")):
        yield from _hours(record, first, last)
    yield from _weekdays("reception_weekdays", record.reception_weekdays)
    areas = [days.area for days in record.days]
    if record.days and sorted(areas) not in (["east", "west"], [""]):
        yield Finding(
            "days",
            _("地域は{areas}です").format(areas=_("、").join(f'"{area}"' for area in areas)),
            _('全国（""）を1つ、または "west" と "east" を1つずつ'),
            leaves=("area",),
        )
    unpriced = [item.code for item in record.menu if item.price is None]
    if unpriced and (record.migration is None or len(unpriced) > 1):
        yield Finding(
            "menu",
            _("料金のない作業があります（{names}）").format(names=_("、").join(unpriced)),
            _("priceを省けるのは、migrationの表で料金が決まる1つの作業だけ"),
            leaves=("price", "code"),
        )
    if record.free is None and any(item.free for item in record.menu):
        yield Finding("free", _("ありません"), _("無償の作業があるときは、無償訪問の決まり"))


def _hours(record: VisitRules, first: str, last: str) -> Iterator[Finding]:
    hours = []
    for name in (first, last):
        text: str = getattr(record, name)
        hour = _hour(text)
        if hour is None:
            yield Finding(name, shown(text), _('時刻（例 "09:00"）'))
        else:
            hours.append(hour)
    if len(hours) == 2 and hours[0] >= hours[1]:
        yield Finding(last, shown(getattr(record, last)), _("{name}より後の時刻").format(name=first))


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if len(text) == 5 else None
    except ValueError:
        return None


def _weekdays(name: str, weekdays: Sequence[int]) -> Iterator[Finding]:
    wrong = [day for day in weekdays if day > 6]
    if wrong or len(set(weekdays)) != len(weekdays):
        found = _("、").join(map(str, wrong or weekdays))
        yield Finding(name, _("曜日 {days}").format(days=found), _("0（月曜）〜6（日曜）を1回ずつ"))


def area_days(record: AreaDays, edition: Edition) -> Iterator[Finding]:
    """Weekdays from Monday, 0, to Sunday, 6."""
    yield from _weekdays("weekdays", record.weekdays)


def menu_item(record: MenuItem, edition: Edition) -> Iterator[Finding]:
    """Free work and waived work name their clause."""
    if record.free and not record.free_clause.strip():
        yield Finding("free_clause", _("ありません"), _("無償とする根拠の条項"))
    if record.waived_with_line_order and not record.waiver_clause.strip():
        yield Finding("waiver_clause", _("ありません"), _("請求しない根拠の条項"))


def migration(record: Migration, edition: Edition) -> Iterator[Finding]:
    """Bands without gaps; one price for each band, or one for all; volumes that rise."""
    yield from consecutive("bands", record.bands)
    if record.bands and record.bands[0][0] != 1:
        yield Finding("bands", shown(record.bands[0][0]), _("最初の区分は1台から"))
    for place, known in enumerate(record.classes, 1):
        if len(known.prices) not in {1, len(record.bands)}:
            label = known.up_to_gb or f"#{place}"
            yield Finding(
                f"classes[{label}].prices",
                _("料金が{count}個あります").format(count=len(known.prices)),
                _("1個、または台数区分と同じ{count}個").format(count=len(record.bands)),
                ("visit.migration.bands",),
            )
    yield from _volumes(record)


def _volumes(record: Migration) -> Iterator[Finding]:
    names = [f"classes[{known.up_to_gb}].up_to_gb" for known in record.classes]
    texts = [known.up_to_gb for known in record.classes]
    for name, text in (
        *zip(names, texts, strict=True),
        ("step_gb", record.step_gb),
        ("step_from_gb", record.step_from_gb),
    ):
        value = decimal(text)
        if text.strip() and (value is None or value <= 0):
            yield Finding(name, shown(text), _('容量（GB）を数で（例 "4.7"）'))
    volumes = [decimal(text) for text in texts]
    if None in volumes or not volumes:
        return
    known = [volume for volume in volumes if volume is not None]
    if sorted(set(known)) != known:
        yield Finding(
            "classes",
            _("容量が {volumes} の順です").format(volumes=_("、").join(texts)),
            _("小さい容量から順に1つずつ"),
        )
    if decimal(record.step_from_gb) not in {None, known[-1]}:
        yield Finding(
            "step_from_gb",
            shown(record.step_from_gb),
            _("最後の区分の容量（{volume}）").format(volume=texts[-1]),
            ("visit.migration.classes",),
        )


def free_visit(record: FreeVisit, edition: Edition) -> Iterator[Finding]:
    """At least one free visit a year, up to a size that some item has."""
    if record.per_year < 1:
        yield Finding("per_year", shown(record.per_year), _("1以上の整数"))
    if not any(item.capacity for item in edition.items):
        yield Finding(
            "per_year",
            _("capacityのある品目がありません"),
            _("無償の上限台数はitemsのcapacityで決まります"),
            ("items",),
        )


VISIT_RULES: Mapping[type, Rule] = {
    VisitRules: visit,
    AreaDays: area_days,
    MenuItem: menu_item,
    Migration: migration,
    FreeVisit: free_visit,
}
