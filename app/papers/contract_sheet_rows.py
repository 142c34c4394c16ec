"""The tables of a 契約内容確認書."""

from __future__ import annotations

from app.contract.deadline_words import deadline_words, whose_words
from app.contract.record import DeadlineDay
from app.days import Month
from app.money import figure
from app.papers.contract_sheet_facts import ContractSheet, Device, FreeVisits, Leaving
from app.papers.contract_sheet_parts import inline_date, inline_month
from app.papers.issuer import Settings
from app.papers.model import Amount, Column, Facts, LabelValue, Row, Stack, Strong, Table
from app.papers.parts import run_on
from app.tariff.clauses import clause_note
from app.words import _


def dates_section(sheet: ContractSheet, settings: Settings) -> Table:
    """The life of the contract so far, its term and what follows."""
    columns = (
        Column(_("こと"), "left", 0.27),
        Column(_("日"), "left", 0.22),
        Column(_("内容"), "left", 0.35),
        Column(_("条"), "right", 0.16, small=True),
    )
    rows = tuple(
        Row(
            (
                one.what,
                inline_date(one.on, settings) if one.on is not None else "—",
                one.words or "—",
                clause_note(one.clause),
            )
        )
        for one in sheet.dates
    )
    return Table(_("ご契約の日と期間"), columns, rows)


def leaving_section(sheet: ContractSheet, leaving: Leaving, settings: Settings) -> Table:
    """What leaving costs, by the counting in force first, then by the others."""
    columns = (
        Column(_("数え方"), "left", 0.37),
        Column(_("計算"), "left", 0.33),
        Column(_("条"), "left", 0.14, small=True),
        Column(_("解約金"), "right", 0.16),
    )
    day = inline_date(leaving.ends_on, settings)
    if leaving.recorded:
        first, under = _("このご契約の解約金"), _("解約日 {day}").format(day=day)
    else:
        first = _("本書の発行日にお申し出の場合")
        under = _("解約日 {day}").format(day=day)
    calculation: Amount = leaving.formula if leaving.amount else "—"
    if leaving.waived:
        calculation = _("規約により免除")
    rows = [Row((Stack(first, (under,)), calculation, clause_note(leaving.clause), leaving.amount))]
    if leaving.by_provider is not None:
        said = _("提供会社の計算による額")
        rows.insert(0, Row((Strong(said), "—", "", Strong(figure(leaving.by_provider)))))
    for other in leaving.others:
        said = _("「{choice}」と読む場合").format(choice=other.choice)
        rows.append(Row((Stack(said, (other.topic,)), other.formula or "—", "", other.amount)))
    remark = _("不課税") if leaving.outside_tax else _("税込")
    return Table(_("解約金"), columns, tuple(rows), remark, note=_leaving_note(sheet, leaving, settings))


def _leaving_note(sheet: ContractSheet, leaving: Leaving, settings: Settings) -> str:
    parts = []
    if leaving.others and (sheet.provided.arranged or leaving.by_provider is not None):
        parts.append(_("読み方で額が分かれるときは、提供会社の計算が優先します。"))
    if leaving.free_from is not None and leaving.amount:
        if leaving.comes_back:
            month = inline_month(Month.of(leaving.free_from), settings)
            parts.append(_("契約更新月（{month}）の解約には、解約金がかかりません。").format(month=month))
        else:
            day = inline_date(leaving.free_from, settings)
            parts.append(_("{day}以後の解約には、解約金がかかりません。").format(day=day))
    return run_on(parts)


def deadlines_section(sheet: ContractSheet, settings: Settings) -> Table:
    """The days to be kept, the nearest first, with whose move each is."""
    columns = (
        Column(_("期限"), "left", 0.42),
        Column(_("日"), "left", 0.38),
        Column(_("条"), "right", 0.20, small=True),
    )
    rows = tuple(
        Row(
            (
                Stack(deadline_words(one.code, sheet.provided.service), (_whose(one, sheet),)),
                _span(one, settings),
                clause_note(one.clause),
            )
        )
        for one in sheet.deadlines
    )
    return Table(_("これからの期限"), columns, rows)


def _whose(one: DeadlineDay, sheet: ContractSheet) -> str:
    """Whose move it is, as the company says it of itself: what it provides itself, it does itself."""
    ours = one.whose == "desk" or (one.whose == "provider" and not sheet.provided.arranged)
    return _("当社から") if ours else whose_words(one.whose)


def _span(one: DeadlineDay, settings: Settings) -> str:
    last = inline_date(one.on, settings)
    if one.since is None or one.since == one.on:
        return last
    return _("{first}〜{last}").format(first=inline_date(one.since, settings), last=last)


def devices_section(sheet: ContractSheet, settings: Settings) -> Table:
    """The devices, whose they are and where they stand."""
    columns = (
        Column(_("機器"), "left", 0.19),
        Column(_("製造番号"), "left", 0.19),
        Column(_("区分"), "left", 0.32),
        Column(_("お渡し"), "left", 0.16),
        Column(_("状態"), "left", 0.14),
    )
    rows = tuple(
        Row(
            (
                one.name,
                one.serial or "—",
                one.whose,
                inline_date(one.delivered_on, settings) if one.delivered_on else "—",
                _stage(one, settings),
            )
        )
        for one in sheet.devices
    )
    return Table(_("機器"), columns, rows)


def _stage(one: Device, settings: Settings) -> Stack | str:
    """Where a device stands, and under it until when it has to come back."""
    if one.by is not None:
        return Stack(one.stage, (_("{day}まで").format(day=inline_date(one.by, settings)),))
    return one.stage or "—"


def free_visits_section(free: FreeVisits, settings: Settings) -> Facts:
    """What is left of the free visits of the contract year."""
    used = _("、").join(inline_date(day, settings) for day in free.used_on)
    rows = (
        LabelValue(
            _("契約年"),
            _("{first}〜{last}").format(
                first=inline_date(free.first, settings), last=inline_date(free.last, settings)
            ),
        ),
        LabelValue(
            _("残り"),
            _("{left}回（年{count}回、1回に{capacity}台まで・{clause}）").format(
                left=free.left, count=free.per_year, capacity=free.capacity, clause=clause_note(free.clause)
            ),
        ),
        LabelValue(_("お使いになった日"), used),
    )
    return Facts(_("無償の訪問サポート"), tuple(row for row in rows if row.value))


def readings_section(sheet: ContractSheet) -> Table:
    """The passages that can be read otherwise."""
    columns = (
        Column(_("対象"), "left", 0.37),
        Column(_("採用した読み方"), "left", 0.44),
        Column(_("条"), "right", 0.19, small=True),
    )
    rows = tuple(Row((one.topic, one.choice, clause_note(one.clause))) for one in sheet.readings)
    return Table(_("計算に用いた読み方"), columns, rows, _("規約の文言だけでは一つに決まらない点"))
