"""訪問作業指示書: where to go, when, with whom, what to do on which device, and what to say of the price.

It stays with us: no seal, and boxes for the stamps of those who saw it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from app.charge.words import units
from app.money import figure
from app.papers.model import (
    CheckGroup,
    Checks,
    Column,
    DayBar,
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    IssuerBlock,
    LabelValue,
    Paper,
    Place,
    Row,
    Section,
    Stamps,
    Strong,
    Table,
    Tick,
)
from app.papers.parts import addressee, addressee_line, paper_date, postal_words
from app.papers.quotation import IssueMark
from app.papers.visit_plan import day_bars
from app.papers.visit_words import (
    MIGRATION,
    RECOVERY,
    VisitFacts,
    device_words,
    span_words,
    volume,
    volume_words,
    work_words,
    year_words,
)
from app.tariff.clauses import clause_note
from app.tariff.texts import words
from app.visit.conflicts import clock
from app.visit.order import Device
from app.words import _, language, pgettext

MEET_BEFORE: Final = 10  # minutes before the visit begins (ours)
_MOST_ADDITIONS: Final = 3
_WIDTH: Final = 170.0  # of the table, mm
_SETTING: Final = re.compile(r"設定(?=$|  )")


def work_order(facts: VisitFacts, mark: IssueMark | None) -> Paper:
    """The 訪問作業指示書 of a visit in the language in use. ``mark`` None: a draft."""
    settings, visit = facts.settings, facts.visit
    company = settings.company
    number = mark.number if mark else visit.number
    revision = _("第{number}版").format(number=mark.revision) if mark else ""
    title = _("訪問作業指示書")
    shown = paper_date(mark.on, company) if mark else ""
    return Paper(
        kind="W",
        language=language(),
        title=title,
        number=number,
        revision=revision,
        head_rows=tuple(
            row
            for row in (
                LabelValue(_("指示番号"), "  ".join(part for part in (number, revision) if part)),
                LabelValue(_("発行日"), shown or _("発行時に付きます")),
                LabelValue(_("もとの見積"), facts.quotation),
            )
            if row.value
        ),
        addressee=addressee(facts.customer),
        issuer=_issuer(facts),
        opening="",
        subject_rows=(),
        headline=_headline(facts),
        sections=tuple(_sections(facts)),
        closing="",
        footer="  ".join(part for part in (company.name, title, number) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(
            part
            for part in (number, revision, addressee_line(facts.customer), span_words(visit.content.spans))
            if part
        ),
        continues=_("次のページにつづく"),
        draft=mark is None,
        draft_mark=_("下書き"),
        qr=f"{mark.number}/{mark.revision}" if mark else "",
        mailed=False,
        place=_place(facts),
        foot=Stamps((pgettext("stamp", "手配"), pgettext("stamp", "確認"), _("責任者"))),
        keywords=tuple(part for part in (number, facts.customer.name) if part),
    )


def _issuer(facts: VisitFacts) -> IssuerBlock:
    """Our name and who arranged the visit; no seal, for the paper stays with us."""
    settings = facts.settings
    staff = settings.staff_member()
    desk = "  ".join(
        part
        for part in (
            settings.desk_name,
            _("TEL {phone}").format(phone=settings.company.phone) if settings.company.phone else "",
        )
        if part
    )
    arranged = "  ".join(part for part in (staff.department, staff.name) if part) if staff else ""
    lines = [desk, _("担当  {who}").format(who=arranged) if arranged else ""]
    lines += [_("提供  {provider}").format(provider=name) for name in facts.providers]
    return IssuerBlock(settings.company.name, tuple(line for line in lines if line), logo=settings.has_logo)


def place_of(facts: VisitFacts) -> tuple[str, tuple[str, ...]]:
    """Name and address lines of where the visit goes: the customer's own where nothing else was said."""
    place, customer = facts.visit.content.place, facts.customer
    if place.address.strip():
        first = "  ".join(part for part in (postal_words(place.postal_code), place.address.strip()) if part)
        site = place.name.strip()
        name = customer.name.strip()
        shown = site if not name or name in site else f"{name}  {site}"
        return shown.strip() or name, (first,)
    written = addressee(customer)
    first = "  ".join(part for part in (written.postal, *written.address[:1]) if part)
    name = "  ".join(part for part in (customer.name.strip(), place.name.strip()) if part)
    return name, tuple(line for line in (first, *written.address[1:]) if line)


def met(facts: VisitFacts) -> str:
    """Whom one meets: the person of the place with 様, else the customer's own, else their department."""
    place, customer = facts.visit.content.place, facts.customer
    department = customer.department.strip()
    if place.person.strip():
        person = place.person.strip()
    elif customer.person.strip():
        person = " ".join(part for part in (department, customer.person.strip()) if part)
    else:
        return department
    return person if person.endswith("様") else _("{name} 様").format(name=person)


def phones(facts: VisitFacts) -> str:
    """The phone and, in brackets, that of the day."""
    place = facts.visit.content.place
    usual = place.phone.strip() or facts.customer.phone.strip()
    on_day = place.phone_on_day.strip()
    if usual and on_day:
        return _("{usual}（当日 {on_day}）").format(usual=usual, on_day=on_day)
    return usual or (_("当日 {on_day}").format(on_day=on_day) if on_day else "")


def _place(facts: VisitFacts) -> Place:
    name, address = place_of(facts)
    rows = (
        LabelValue(_("お会いする方"), met(facts)),
        LabelValue(_("電話"), phones(facts)),
        LabelValue(_("入館・駐車"), facts.visit.content.place.access.strip()),
        LabelValue(_("ご契約"), facts.contract),
    )
    return Place(_("訪問先"), name, address, tuple(row for row in rows if row.value))


def _headline(facts: VisitFacts) -> Headline:
    spans = sorted(facts.visit.content.spans, key=lambda span: (span.on, span.first))
    people = facts.people
    told = [HeadlineFact(_("責任者"), people[0] if people else _("未割当"))]
    if len(people) > 1:
        others = (
            people[1]
            if len(people) == 2
            else _("{name}ほか{count}名").format(name=people[1], count=len(people) - 2)
        )
        told.append(HeadlineFact(_("同行"), others))
    if spans:
        label = _("現地集合") if len(people) > 1 else _("現地到着")
        told.append(HeadlineFact(label, clock(spans[0].first - MEET_BEFORE)))
    sub = year_words(spans[0].on, facts.settings) if spans else ""
    if len(spans) > 1:
        sub = _("{year}・{count}日間").format(year=sub, count=len(spans))
    return Headline(_("訪問日時"), sub, 0, tuple(told), span_words(spans))


def _sections(facts: VisitFacts) -> Iterator[Section]:
    content = facts.visit.content
    bars = day_bars(content, facts.people, facts.names, facts.settings.visits.minutes)
    yield from (DayBar(bar.title, bar.hours, bar.lanes, _("時刻は目安") if bar.title else "") for bar in bars)
    yield _work(facts)
    told = (LabelValue(_("ご希望"), content.wishes.strip()), LabelValue(_("備考"), content.remarks.strip()))
    known = tuple(row for row in told if row.value)
    if known:
        yield Facts(_("申し送り"), known)
    yield Halves(_price(facts), _checks(facts))


# --- the devices -------------------------------------------------------------------------------------------


def _work(facts: VisitFacts) -> Table:
    devices = facts.visit.content.devices
    names = facts.names
    recovers = any(RECOVERY in device.menu for device in devices)
    moves = any(MIGRATION in device.menu for device in devices)
    columns = [
        Column(_("No."), "left", 9.4),
        Column(_("機器"), "left", 37.0),
        Column(pgettext("visit", "場所"), "left", 22.0),
    ]
    if recovers:
        columns.append(Column(names.get(RECOVERY, RECOVERY), "center", 16.0))
    if moves:
        columns.append(Column(names.get(MIGRATION, MIGRATION), "right", 19.0))
    columns += [Column("", "left", 3.0), Column(_("設定など"), "left", 33.0 if moves else 40.0)]
    columns.append(Column(pgettext("visit", "済"), "left", 7.0))
    left = _WIDTH - sum(column.share for column in columns)
    columns.append(Column(_("気づいた点"), "left", left))
    rows = [
        Row(tuple(_device_cells(place, device, names, recovers=recovers, moves=moves)))
        for place, device in enumerate(devices, start=1)
    ]
    if len(devices) > 1:
        rows.append(_totals(devices, recovers=recovers, moves=moves))
    return Table(pgettext("visit", "作業"), tuple(columns), tuple(rows), _("●は行う作業。済んだら□に印"))


def _device_cells(
    place: int, device: Device, names: dict[str, str], *, recovers: bool, moves: bool
) -> Iterator[str | Tick]:
    yield f"{place}"
    yield device_words(device)
    yield device.place.strip()
    if recovers:
        yield "●" if RECOVERY in device.menu else ""
    if moves:
        yield (volume_words(device.data_gb) or "●") if MIGRATION in device.menu else ""
    yield ""
    others = [code for code in dict.fromkeys(device.menu) if code not in {RECOVERY, MIGRATION}]
    yield _("・").join(_short(work_words(device, code, names)) for code in others)
    yield Tick()
    yield device.note.strip()


def _short(work: str) -> str:
    """Work without 設定, which the column's head says."""
    return _SETTING.sub("", work)


def _totals(devices: tuple[Device, ...], *, recovers: bool, moves: bool) -> Row:
    def count(*menu: str) -> str:
        found = sum(device.count for device in devices if set(menu) & set(device.menu))
        return pgettext("total", "{count}台").format(count=found)

    cells: list[str | Strong] = ["", Strong(_("合計")), ""]
    if recovers:
        cells.append(Strong(count(RECOVERY)))
    if moves:
        whole = sum(
            (volume(device.data_gb) * device.count for device in devices if MIGRATION in device.menu),
            Decimal(0),
        )
        cells.append(Strong(_("・").join(part for part in (count(MIGRATION), volume_words(whole)) if part)))
    others = {code for device in devices for code in device.menu} - {RECOVERY, MIGRATION}
    cells += ["", Strong(count(*others)) if others else "", "", ""]
    return Row(tuple(cells), total=True)


# --- what to say of the price, what to see to --------------------------------------------------------------


def _price(facts: VisitFacts) -> Table:
    rows = [Row((_("予定の訪問サポート"), _("一式"), facts.priced.net)), *_additions(facts)]
    columns = (
        Column(_("項目"), "left", 0.58),
        Column(_("単位"), "left", 0.18),
        Column(_("税抜"), "right", 0.24),
    )
    return Table(_("料金のご説明"), columns, tuple(rows), note=_price_note(facts))


def _additions(facts: VisitFacts) -> Iterator[Row]:
    """What is likely to be asked for besides, at the list price."""
    planned = {code for device in facts.visit.content.devices for code in device.menu}
    likely = [
        item
        for item in facts.rules.menu
        if not item.automatic and item.price is not None and item.code not in planned | {RECOVERY}
    ]
    for item in likely[:_MOST_ADDITIONS]:
        assert item.price is not None
        name = _("追加  {name}").format(name=words(item.name))
        yield Row((name, units(1, words(item.unit)), item.price))
    for line in facts.priced.lines:
        band = line.reason.inputs.get("band")
        if line.item == MIGRATION and line.amount and isinstance(band, tuple) and line.unit_price:
            column = str(line.reason.inputs.get("column", ""))
            name = _("追加  {name}（{column}）").format(name=line.name.partition("（")[0], column=column)
            yield Row((name, units(1, line.unit), line.unit_price))
            return


def _price_note(facts: VisitFacts) -> str:
    said = [_("予定の税込は{total}円です。").format(total=figure(facts.priced.bill.total))]
    if facts.priced.free_value:
        said.append(
            _("無償訪問を使い、定価{value}円分が無償です。").format(value=figure(facts.priced.free_value))
        )
    for line in facts.priced.lines:
        band = line.reason.inputs.get("band")
        if line.item == MIGRATION and line.amount and isinstance(band, tuple) and isinstance(band[1], int):
            said.append(_("データ移行は{count}台までこの単価です。").format(count=band[1]))
            break
    clause = clause_note(facts.rules.success_clause)
    said.append(_("追加はご了承をいただいてから行い、報告書に記します。"))
    said.append(_("{clause}により、料金は作業の結果にかかわらずいただきます。").format(clause=clause))
    return "".join(said)


def _checks(facts: VisitFacts) -> Checks:
    planned = {code for device in facts.visit.content.devices for code in device.menu}
    bring = things(facts.visit.content.bring)
    first, *rest = bring or tuple(usual_things(planned))
    before = (first, _("・").join(rest)) if rest else (first,)
    arrived = [_("名札の提示、料金のご説明"), _("作業前確認書にご署名をいただく")]
    if planned & {RECOVERY, MIGRATION}:
        arrived.append(_("バックアップの有無をお客さまと確認"))
    after = [_("移行したデータをお客さまと確認")] if MIGRATION in planned else [_("動作をお客さまと確認")]
    discard = facts.rules.discard_clause
    after.append(
        _("預かったID・パスワードを破棄（{clause}）").format(clause=clause_note(discard))
        if discard
        else _("預かったID・パスワードを破棄")
    )
    return Checks(
        pgettext("stamp", "確認"),
        (
            CheckGroup(_("出発前"), before),
            CheckGroup(_("到着後"), tuple(arrived)),
            CheckGroup(_("作業後"), tuple(after)),
        ),
    )


def things(bring: str) -> tuple[str, ...]:
    """What is to be brought, as written: parted by commas or lines."""
    return tuple(part.strip() for part in bring.replace("、", "\n").splitlines() if part.strip())


def usual_things(planned: set[str]) -> Iterator[str]:
    """What one takes along for some work (ours): asked for by no clause."""
    if MIGRATION in planned:
        yield _("外付けSSD（暗号化済み）")
    if RECOVERY in planned:
        yield _("回復メディア")
    yield _("作業用PC")
    if planned & {"wifi-setup", "internet-setup", "gateway-setup"}:
        yield _("LANケーブル")
