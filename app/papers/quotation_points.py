"""The last page of a 見積書: the readings it used, and what the customer is asked to note, each with its
clause.
"""

from __future__ import annotations

from app.charge.lines import UsedReading
from app.money import figure
from app.papers.issuer import Settings
from app.papers.model import Point, Points, Row
from app.papers.parts import paper_date, run_on
from app.quote.content import QuotationContent
from app.quote.notes import remarks_of
from app.quote.priced import PricedQuotation, ServicePrice
from app.tariff.catalogue import Catalogue
from app.tariff.clauses import clause_note
from app.tariff.model import Edition, Reading
from app.tariff.texts import choice_words, words
from app.words import _


def reading_rows(priced: PricedQuotation, catalogue: Catalogue) -> tuple[Row, ...]:
    """One row per reading used: what it is about, how it was read, the clause. The same reading of two
    services once.
    """
    rows: dict[tuple[str, str], Row] = {}
    for used in priced.readings:
        reading = _reading(used, priced, catalogue)
        if reading is not None:
            rows.setdefault(
                (used.name, used.choice),
                Row((words(reading.topic), choice_words(reading, used.choice), clause_note(reading.clause))),
            )
    return tuple(rows.values())


def _reading(used: UsedReading, priced: PricedQuotation, catalogue: Catalogue) -> Reading | None:
    day = next(
        (service.start for service in priced.services if service.service == used.service), priced.today
    )
    return catalogue.edition(used.service, day).reading(used.name)


def points(priced: PricedQuotation, settings: Settings, catalogue: Catalogue) -> Points:
    """Numbered points: the edition it rests on, each service's own remarks, leaving early, tax, and the
    desk's remarks.
    """
    found: list[Point] = [_edition_point(priced, settings)] if priced.services else []
    several = len(priced.services) > 1
    for service in priced.services:
        edition = catalogue.edition(service.service, service.start)
        conditions = priced.conditions.get(service.index, frozenset())
        found += [
            Point(_of_service(words(remark.text), service, several), clause_note(remark.clause))
            for remark in remarks_of(edition, conditions)
        ]
        found += _nothing_one_off(service, several, edition)
        found += _leaving(service, several, settings)
    found += _arranged(priced, settings)
    found.append(
        Point(
            _("消費税は請求書ごとに計算します。お支払いの合計は、本見積と数円ちがうことがあります。"),
            _("消令70条の10"),
        )
    )
    found += _desk_remarks(priced.content)
    return Points(_("ご確認いただきたいこと"), tuple(found))


def _of_service(text: str, service: ServicePrice, several: bool) -> str:
    return _("【{service}】{text}").format(service=service.short, text=text) if several else text


def _edition_point(priced: PricedQuotation, settings: Settings) -> Point:
    editions = {service.edition for service in priced.services}
    edition = next(iter(editions))
    if len(editions) > 1:
        basis = _("「この見積の前提」に記した版の利用規約と料金表")
    elif edition is None:
        basis = _("現行の利用規約と料金表")
    else:
        basis = _("{date}実施の利用規約と料金表").format(
            date=paper_date(edition, settings.company, weekday=False)
        )
    text = _(
        "本見積は、{basis}によります。ご契約の前に料金表が改まったときは、あらためてお見積りします。"
    ).format(basis=basis)
    return Point(text)


def _nothing_one_off(service: ServicePrice, several: bool, edition: Edition) -> list[Point]:
    if service.one_off or service.billing == "annual":
        return []
    text = _("初期費用と工事費は、料金表に定めがなく、かかりません。")
    clause = edition.items[0].clause if edition.items else ""
    return [Point(_of_service(text, service, several), clause_note(clause))]


def _leaving(service: ServicePrice, several: bool, settings: Settings) -> list[Point]:
    fee = service.exit_fee
    if fee is None:
        return []
    text = _("ご利用開始から{months}か月後の{day}に解約すると、解約金は{fee}円です。").format(
        months=fee.months,
        day=paper_date(fee.on, settings.company, weekday=False),
        fee=figure(fee.amount),
    )
    if fee.other_amount is not None:
        said = [text, _("別の読み方では{fee}円となります。").format(fee=figure(fee.other_amount))]
        if settings.role_for(service.service).role == "agent":
            said.append(_("提供会社の計算が優先します。"))
        text = run_on(said)
    return [Point(_of_service(text, service, several), clause_note(fee.clause))]


def _arranged(priced: PricedQuotation, settings: Settings) -> list[Point]:
    providers = dict.fromkeys(
        service.provider for service in priced.services if settings.role_for(service.service).role == "agent"
    )
    if not providers:
        return []
    names = _("、").join(providers)
    return [
        Point(
            _(
                "サービスを提供するのは{names}で、当社は取次店です。ご契約は提供会社の承諾により成立します。"
            ).format(names=names)
        )
    ]


def _desk_remarks(content: QuotationContent) -> list[Point]:
    return [Point(line.strip()) for line in content.remarks.splitlines() if line.strip()]
