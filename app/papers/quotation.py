"""見積書: a priced quotation as a finished paper, line by line. Adds nothing up: every figure comes from
the quotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.charge.lines import Line
from app.charge.words import line_detail
from app.money import percent_words
from app.papers.carrying import carrying_lines
from app.papers.issuer import Company, Settings
from app.papers.line_rows import line_row
from app.papers.model import (
    Column,
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    LabelValue,
    LineGroup,
    LineRow,
    LineTable,
    Paper,
    Row,
    Section,
    Table,
)
from app.papers.parts import addressee, addressee_line, in_era, issuer_block, paper_date
from app.papers.quotation_points import points, reading_rows
from app.quote.groups import visit_count
from app.quote.priced import Group, PricedQuotation, ServicePrice
from app.tariff.catalogue import Catalogue
from app.tariff.clauses import clause_note
from app.words import _, language, pgettext


@dataclass(frozen=True)
class IssueMark:
    """What issuing adds to the paper: its number, revision and day."""

    number: str
    revision: int
    on: date


def quotation_paper(
    priced: PricedQuotation, settings: Settings, catalogue: Catalogue, mark: IssueMark | None
) -> Paper:
    """The 見積書 of a quotation in the language in use. ``mark`` None: a draft, without number and seal."""
    company = settings.company
    issued_on = mark.on if mark else (priced.content.issued_on or priced.today)
    number = mark.number if mark else ""
    revision = _("第{number}版").format(number=mark.revision) if mark else ""
    title = _("見積書")
    shown_date = paper_date(issued_on, company)
    return Paper(
        kind="Q",
        language=language(),
        title=title,
        number=number,
        revision=revision,
        head_rows=(
            LabelValue(_("見積番号"), f"{number}  {revision}" if mark else _("発行時に付きます")),
            LabelValue(_("発行日"), shown_date),
            LabelValue(_("有効期限"), _until(priced.valid_until, settings)),
        ),
        addressee=addressee(priced.content.customer),
        issuer=issuer_block(settings, arranged_providers(priced, settings), seal=mark is not None),
        opening=_("下記のとおりお見積り申し上げます。"),
        subject_rows=_subject_rows(priced, settings),
        headline=_headline(priced),
        sections=_sections(priced, settings, catalogue),
        closing=_("以上"),
        footer="  ".join(part for part in (company.name, title, number, revision) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(
            part for part in (number, revision, addressee_line(priced.content.customer), shown_date) if part
        ),
        continues=_("次のページにつづく"),
        draft=mark is None,
        draft_mark=_("下書き"),
        qr=f"{mark.number}/{mark.revision}" if mark else "",
        keywords=tuple(part for part in (number, priced.title) if part),
    )


def arranged_providers(priced: PricedQuotation, settings: Settings) -> tuple[str, ...]:
    """The providers of services that we only arrange, each once (rules of 取次)."""
    names = (
        service.provider for service in priced.services if settings.role_for(service.service).role == "agent"
    )
    return tuple(dict.fromkeys(names))


def _until(day: date, settings: Settings) -> str:
    return _("{date}まで").format(date=paper_date(day, settings.company))


# --- the head
# ------------------------------------------------------------------------------------------------


def _subject_rows(priced: PricedQuotation, settings: Settings) -> tuple[LabelValue, ...]:
    rows = [LabelValue(_("件名"), priced.title)] if priced.title else []
    if priced.services:
        starts = {service.start for service in priced.services}
        start = (
            paper_date(starts.pop(), settings.company) if len(starts) == 1 else _("サービスごとに内訳に記載")
        )
        rows.append(LabelValue(_("ご利用開始日"), start))
        rows.append(LabelValue(_("最低契約期間"), _term_words(priced.services, settings)))
    return tuple(rows)


def _term_words(services: tuple[ServicePrice, ...], settings: Settings) -> str:
    terms = {(service.minimum_term, service.term_months, service.term_ends) for service in services}
    if len(terms) > 1:
        return _("サービスごとに内訳に記載")
    minimum, months, ends = terms.pop()
    if not minimum:
        return _("定めはありません")
    day = paper_date(ends, settings.company)
    if months % 12 == 0:
        return _("{day}までの{years}年間（{months}か月）").format(day=day, years=months // 12, months=months)
    return _("{day}までの{months}か月間").format(day=day, months=months)


def _headline(priced: PricedQuotation) -> Headline:
    total = priced.total_bill
    if not total.lines:
        return Headline("", "", 0)
    sub = [priced.term_words] if priced.term_words else []
    if priced.visits:
        sub.append(visit_count(len(priced.visits)))
    sub.append(pgettext("caption", "税込"))
    label = _("お見積総額（計算できた分）") if priced.partial else _("お見積総額")
    return Headline(label, _("・").join(sub), total.total, _headline_facts(priced))


def _headline_facts(priced: PricedQuotation) -> tuple[HeadlineFact, ...]:
    facts = []
    if priced.monthly_bill is not None:
        facts.append(HeadlineFact(_("月額（税抜）"), priced.monthly_bill.net))
    for kind, label in (
        ("annual", _("年額（税抜）")),
        ("first-month", _("初月（税抜）")),
        ("one-off", _("初期費用（税抜）")),
        ("visit", _("訪問（税抜）")),
    ):
        groups = [group for group in priced.groups if group.kind == kind and group.lines]
        if groups:
            facts.append(HeadlineFact(label, sum(group.net for group in groups)))
    return tuple(facts[:3])


# --- the sections
# ----------------------------------------------------------------------------------------------


def _sections(priced: PricedQuotation, settings: Settings, catalogue: Catalogue) -> tuple[Section, ...]:
    sections: list[Section] = [_line_table(priced, settings.company)]
    if priced.payments:
        sections.append(_payments(priced, settings.company))
    premises = _premises(priced, settings)
    sections.append(Halves(_tax_table(priced), premises) if priced.tax_rows else premises)
    readings = reading_rows(priced, catalogue)
    if readings:
        columns = (
            Column(_("対象"), "left", 0.255),
            Column(_("採用した読み方"), "left", 0.575),
            Column(_("条"), "right", 0.17, small=True),
        )
        sections.append(
            Table(_("計算に用いた読み方"), columns, readings, _("規約の文言だけでは一つに決まらない点"))
        )
    sections.append(points(priced, settings, catalogue))
    return tuple(sections)


def _line_table(priced: PricedQuotation, company: Company) -> LineTable:
    heads = (_("品目"), _("根拠"), _("数量"), _("単位"), _("単価"), _("金額（税抜）"))
    groups = tuple(_group(group, company) for group in priced.groups if group.lines)
    return carrying_lines(LineTable(heads, groups), through=False)


def _group(group: Group, company: Company) -> LineGroup:
    rows = tuple(
        _first_month_row(line, company)
        if group.kind == "first-month"
        else line_row(line, in_era(line_detail(line), company))
        for line in group.lines
    )
    one_sum = group.kind not in ("monthly", "first-month") or len(rows) > 1
    subtotal = group.net if len(rows) > 1 and one_sum else None
    label = _("{title} 小計").format(title=group.title.split("  ")[0])
    remark = in_era(group.remark, company)
    return LineGroup(group.title, remark, rows, label if subtotal is not None else "", subtotal)


def _first_month_row(line: Line, company: Company) -> LineRow:
    """The start month's share stands as one piece: quantity × price is in its reason."""
    return LineRow(
        name=_("{name}（初月）").format(name=line.name),
        reason=in_era(line_detail(line), company),
        clause=clause_note(line.clause),
        quantity=1,
        unit=_("式"),
        unit_price=line.amount,
        amount=line.amount,
    )


def _payments(priced: PricedQuotation, company: Company) -> Table:
    columns = (
        Column(_("ご利用月"), "left", 0.30),
        Column(_("計算"), "left", 0.28),
        Column(_("税抜"), "right", 0.14),
        Column(_("消費税"), "right", 0.14),
        Column(_("税込"), "right", 0.14),
    )
    rows = [
        Row((in_era(row.title, company), row.formula, row.net + row.exempt, row.tax, row.total))
        for row in priced.payments
    ]
    total = priced.total_bill
    label = _("合計（計算できた分）") if priced.partial else _("合計")
    rows.append(Row((label, "", total.net + total.exempt, total.tax, total.total), total=True))
    title = (
        _("{term}のお支払い").format(term=priced.term_words)
        if priced.services and len({service.term_months for service in priced.services}) == 1
        else _("お支払いの予定")
    )
    return Table(title, columns, tuple(rows))


def _tax_table(priced: PricedQuotation) -> Table:
    columns = (
        Column(_("区分"), "left", 0.36),
        Column(_("税抜の合計"), "right", 0.34),
        Column(_("消費税額"), "right", 0.30),
    )
    rows = [
        Row((_("{rate}対象").format(rate=percent_words(row.rate)), row.net, row.tax))
        if row.rate is not None
        else Row((_("不課税"), row.net, "—"))
        for row in priced.tax_rows
    ]
    if len(rows) > 1:
        total = priced.total_bill
        rows.append(Row((_("合計"), total.net + total.exempt, total.tax), total=True))
    return Table(_("消費税の内訳"), columns, tuple(rows))


def _premises(priced: PricedQuotation, settings: Settings) -> Facts:
    company = settings.company
    rows = [_edition_row(service, len(priced.services) > 1, settings) for service in priced.services]
    rows.append(LabelValue(_("有効期限"), _until(priced.valid_until, settings)))
    if company.payment_terms.strip():
        rows.append(LabelValue(_("お支払い"), company.payment_terms.strip()))
    rows += _provider_rows(priced, settings)
    return Facts(_("この見積の前提"), tuple(rows))


def _provider_rows(priced: PricedQuotation, settings: Settings) -> Iterator[LabelValue]:
    """Whose services we arrange; of which service, where there are several."""
    providers = arranged_providers(priced, settings)
    for provider in providers:
        services = dict.fromkeys(one.short for one in priced.services if one.provider == provider)
        named = _("{provider}（{services}）").format(provider=provider, services=_("・").join(services))
        yield LabelValue(_("提供会社"), named if len(providers) > 1 else provider)


def _edition_row(service: ServicePrice, several: bool, settings: Settings) -> LabelValue:
    edition = (
        _("{date}実施").format(date=paper_date(service.edition, settings.company, weekday=False))
        if service.edition
        else _("現行の規約")
    )
    label = _("料金の版")
    return LabelValue(
        label,
        _("{service}  {edition}").format(service=service.short, edition=edition) if several else edition,
    )
