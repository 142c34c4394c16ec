"""What the papers of visits share: devices, work, volumes, days and times in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from msgspec import structs

from app.charge.lines import Line
from app.charge.words import units
from app.contract.customer import CustomerFields
from app.days import days_words, era_date_words, weekday_words
from app.money import figure, percent_words
from app.papers.issuer import Settings
from app.papers.model import Column, Row, Stack, Table
from app.tariff.catalogue import Catalogue
from app.tariff.model import VisitRules
from app.tariff.texts import words
from app.visit.conflicts import clock
from app.visit.days import visit_rules
from app.visit.order import Device, Span, StoredVisit, TechnicianFields
from app.visit.pricing import PricedVisit
from app.words import N_, _, language

RECOVERY: Final = "os-recovery"
MIGRATION: Final = "data-migration"

_NOT_CHARGED: Final = {"free-visit": N_("無償"), "waived-with-line-order": N_("無料")}

_KINDS: Final = {
    "pc": N_("PC"),
    "phone": N_("スマホ"),
    "tablet": N_("タブレット"),
    "printer": N_("プリンター"),
    "wifi": N_("Wi-Fi機器"),
    "router": N_("ルーター"),
    "gateway": N_("ゲートウェイ装置"),
    "other": N_("その他"),
}


@dataclass(frozen=True)
class VisitFacts:
    """Everything the papers of one visit are made of. ``priced``: the visit as planned, or as it was done for
    the report; ``technicians`` by id; ``contract`` and ``quotation`` are finished words ("" where there is
    none).
    """

    visit: StoredVisit
    customer: CustomerFields
    priced: PricedVisit
    settings: Settings
    catalogue: Catalogue
    technicians: Mapping[str, TechnicianFields]
    contract: str = ""
    quotation: str = ""

    @property
    def day(self) -> date:
        """The first day of the visit."""
        return self.priced.request.on

    @property
    def rules(self) -> VisitRules:
        """The terms' rules of visits on that day."""
        return visit_rules(self.catalogue, self.visit.content.service, self.day)

    @property
    def names(self) -> dict[str, str]:
        """The names of the work by code."""
        return menu_names(self.catalogue, self.visit.content.service, self.day)

    @property
    def people(self) -> tuple[str, ...]:
        """Who goes, the one in charge first."""
        return names_of(self.visit.content.technicians, self.technicians)

    @property
    def providers(self) -> tuple[str, ...]:
        """Whose service it is where we only arrange it (取次); nobody where we provide it ourselves."""
        service = self.visit.content.service
        if self.settings.role_for(service).role == "provider":
            return ()
        return (words(self.catalogue.service(service).provider),)


def menu_names(catalogue: Catalogue, service: str, day: date) -> dict[str, str]:
    """The names of a service's work by code."""
    return {item.code: words(item.name) for item in visit_rules(catalogue, service, day).menu}


def names_of(ids: Iterable[str], technicians: Mapping[str, TechnicianFields]) -> tuple[str, ...]:
    """Technicians by name; those the desk does not know (any more) are left out."""
    return tuple(technicians[one].name for one in ids if one in technicians)


# --- devices and work --------------------------------------------------------------------------------------


def device_words(device: Device) -> str:
    """``KR-01  PC``, ``MFP-1 複合機``; several alike with their count. A name in Japanese says what it is."""
    kind = _(_KINDS[device.kind])
    name = device.name.strip()
    said = "  ".join(part for part in (name, kind if name.isascii() else "") if part)
    if device.count > 1:
        return _("{name}（{count}台）").format(name=said, count=device.count)
    return said


def rows_words(numbers: Sequence[int]) -> str:
    """Numbers of rows: ``3``, ``4・5``, ``1〜3``, ``1〜3・6``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = []
    for run in runs:
        if len(run) > 2:
            said.append(_("{first}〜{last}").format(first=run[0], last=run[-1]))
        else:
            said += [f"{number}" for number in run]
    return _("・").join(said)


def volume(text: str | None) -> Decimal:
    """A volume in GB; 0 where none is known or it can't be read."""
    try:
        found = Decimal((text or "0").strip() or "0")
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)


def volume_words(text: str | Decimal | None) -> str:
    """``38GB``, ``4.7GB``, ``1,200GB``; "" where none is known."""
    found = text if isinstance(text, Decimal) else volume(text)
    return f"{found.normalize():,f}GB" if found else ""


def work_words(device: Device, menu: str, names: Mapping[str, str], data_gb: str | None = None) -> str:
    """``データ移行  38GB``, ``各種アプリケーション設定  2アプリ``."""
    name = names.get(menu, menu)
    if menu == MIGRATION:
        return "  ".join(part for part in (name, volume_words(data_gb or device.data_gb)) if part)
    if menu == "app-setup" and device.apps > 1:
        return _("{name}  {count}アプリ").format(name=name, count=device.apps)
    return name


# --- days and times ----------------------------------------------------------------------------------------


def minutes_words(first: int, last: int) -> str:
    """``9:00〜16:30``."""
    return _("{first}〜{last}").format(first=clock(first), last=clock(last))


def short_day(day: date) -> str:
    """``12月11日（金）``: a day beside which the year stands."""
    return _("{date}（{weekday}）").format(date=days_words(day, day), weekday=weekday_words(day))


def year_words(day: date, settings: Settings) -> str:
    """``2026年`` or ``令和8年``."""
    if settings.company.era == "wareki" and language() == "ja":
        return era_date_words(day).partition("年")[0] + "年"
    return _("{year}年").format(year=day.year)


def span_words(spans: Sequence[Span]) -> str:
    """``12月11日（金） 9:00〜16:30``; of several days the first and the last."""
    if not spans:
        return _("日時は未定")
    first, last = spans[0], spans[-1]
    if len(spans) == 1:
        return f"{short_day(first.on)} {minutes_words(first.first, first.last)}"
    return _("{first}〜{last}").format(first=short_day(first.on), last=short_day(last.on))


# --- the price ---------------------------------------------------------------------------------------------


def price_table(priced: PricedVisit, title: str, note: str = "") -> Table:
    """The lines of a visit with tax, the sum last. Lines of one price stand together."""
    rows = []
    for line in together(priced.lines):
        quantity = line.quantity if line.quantity is not None else 1
        unit = units(quantity, line.unit)
        price, free = listed(line)
        product = _("{price} × {quantity}{unit}").format(
            price=figure(price), quantity=figure(quantity), unit=f" {unit}" if unit.isascii() else unit
        )
        by_hand = line.reason.rule == "by-hand"
        why = _("個別見積：{why}").format(why=line.reason.inputs.get("why", ""))
        name = Stack(line.name, (why,)) if by_hand else line.name
        rows.append(Row((name, f"{product} {free}".strip(), line.amount)))
    bill = priced.bill
    for row in bill.rows:
        if row.rate is None:
            rows.append(Row((_("不課税"), "", row.net)))
            continue
        rows.append(Row((_("{rate}対象").format(rate=percent_words(row.rate)), "", row.net)))
        rows.append(Row((_("消費税"), "", row.tax)))
    rows.append(Row((_("税込"), "", bill.total), total=True))
    columns = (
        Column(_("項目"), "left", 0.40),
        Column(_("計算"), "left", 0.40),
        Column(_("金額"), "right", 0.20),
    )
    return Table(title, columns, tuple(rows), note=note)


def listed(line: Line) -> tuple[int, str]:
    """The unit price of a line, that of the list where it is not charged, and the word for that."""
    unit_price = line.reason.inputs.get("unit_price")
    if line.reason.rule in _NOT_CHARGED and isinstance(unit_price, int):
        return unit_price, _(_NOT_CHARGED[line.reason.rule])
    return (line.unit_price if line.unit_price is not None else line.amount), ""


def together(lines: Sequence[Line]) -> list[Line]:
    """Lines that differ only in which devices they are for as one line: as many units at one price."""
    found: dict[tuple[object, ...], Line] = {}
    for place, line in enumerate(lines):
        whole = line.quantity is not None and line.quantity * (line.unit_price or 0) == line.amount
        key = (
            line.item,
            line.name,
            line.unit,
            line.unit_price,
            line.reason.rule,
            line.tax,
            line.reason.inputs.get("why"),
            listed(line),
        )
        other = found.get(key) if whole else None
        if other is None:
            found[key if whole else (*key, place)] = line
            continue
        found[key] = structs.replace(
            other, quantity=(other.quantity or 0) + (line.quantity or 0), amount=other.amount + line.amount
        )
    return list(found.values())
