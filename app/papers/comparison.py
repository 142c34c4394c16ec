"""比較見積書: up to three services side by side for the same devices over a term. Adds nothing up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.contract.customer import CustomerFields
from app.money import figure
from app.papers.frame import Frame, framed
from app.papers.issuer import Settings
from app.papers.model import (
    Cell,
    Column,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Points,
    Row,
    Section,
    Stack,
    Table,
)
from app.papers.parts import paper_date, run_on
from app.papers.quotation import IssueMark
from app.tariff.clauses import clause_note
from app.words import _, pgettext

_LABELS = 0.22  # the share of the first column


@dataclass(frozen=True)
class ComparedTerm:
    """A condition of a service in short words, with its clause."""

    words: str
    clause: str = ""


@dataclass(frozen=True)
class Compared:
    """A service over the term, in yen. ``full``: a month's net charge (``yearly``: a year's); ``difference``:
    to the cheapest, with tax; ``leaving``: what ending twelve months after the start costs, None where the
    terms know no fee; ``leaving_other``: the same under the other reading, where that differs; ``terms``:
    minimum term, days of a month, payment, support, visits, notice.
    """

    name: str
    provider: str
    arranged: bool
    what: str
    edition: date | None
    one_off: int
    full: int
    yearly: bool
    first_month: int
    net: int
    tax: int
    exempt: int
    total: int
    difference: int
    leaving: int | None
    leaving_other: int | None
    terms: tuple[ComparedTerm, ...]


@dataclass(frozen=True)
class ComparedServices:
    """Everything the paper says. ``term_labels`` name the ``terms`` of each service."""

    customer: CustomerFields
    title: str
    start: date
    months: int
    services: tuple[Compared, ...]
    term_labels: tuple[str, ...]
    valid_until: date
    today: date

    @property
    def cheapest(self) -> tuple[Compared, ...]:
        """Those with the lowest total."""
        return tuple(one for one in self.services if not one.difference)


def comparison_paper(compared: ComparedServices, settings: Settings, mark: IssueMark | None) -> Paper:
    """The paper in the language in use; ``mark`` None gives a draft."""
    until = paper_date(compared.valid_until, settings.company)
    frame = Frame(
        kind="V",
        title=_("比較見積書"),
        customer=compared.customer,
        settings=settings,
        today=compared.today,
        mark=mark,
        providers=tuple(dict.fromkeys(one.provider for one in compared.services if one.arranged)),
        head=(LabelValue(_("有効期限"), _("{date}まで").format(date=until)),),
        keywords=tuple(one.name for one in compared.services),
    )
    subject = [LabelValue(_("件名"), compared.title)] if compared.title else []
    subject.append(LabelValue(_("ご利用開始日"), paper_date(compared.start, settings.company)))
    subject.append(LabelValue(_("比べる期間"), _("{months}か月").format(months=compared.months)))
    return framed(
        frame,
        tuple(_sections(compared, settings)),
        opening=_("同じ条件で、サービスの料金をお比べします。"),
        subject=tuple(subject),
        headline=_headline(compared),
        closing=_("以上"),
    )


def _headline(compared: ComparedServices) -> Headline:
    best = compared.cheapest
    if len(compared.services) < 2 or len(best) != 1:
        return Headline("", "", 0)
    others = tuple(HeadlineFact(one.name, one.total) for one in compared.services if one is not best[0])
    label = _("{months}か月の総額").format(months=compared.months)
    return Headline(label, _("最も安い：{name}").format(name=best[0].name), best[0].total, others)


def _sections(compared: ComparedServices, settings: Settings) -> Iterator[Section]:
    yield _amounts(compared)
    yield _terms(compared)
    yield Points(_("ご確認いただきたいこと"), tuple(_points(compared, settings)))


def _columns(compared: ComparedServices, align: Literal["left", "right"]) -> tuple[Column, ...]:
    share = (1 - _LABELS) / len(compared.services)
    return Column("", "left", _LABELS), *(Column(one.name, align, share) for one in compared.services)


def _amounts(compared: ComparedServices) -> Table:
    services = compared.services

    def row(label: str, make: Callable[[Compared], Cell]) -> Row:
        return Row((label, *(make(one) for one in services)))

    rows = [
        row(_("数量"), lambda one: one.what or "—"),
        row(_("初期費用（税抜）"), lambda one: one.one_off),
        row(_("月額（税抜）"), _full),
        row(_("初月（税抜）"), lambda one: one.first_month),
        row(_("総額（税抜）"), lambda one: one.net + one.exempt),
        row(_("消費税"), lambda one: one.tax),
        Row(
            (
                _("{months}か月の総額（税込）").format(months=compared.months),
                *(one.total for one in services),
            ),
            total=True,
        ),
    ]
    after: list[Row] = []
    if len(services) > 1:
        after.append(row(_("最も安いものとの差"), lambda one: one.difference or _("最も安い")))
    after.append(row(_("12か月後の解約金"), _leaving))
    if any(one.leaving_other is not None for one in services):
        other = _("（別の読み方による解約金）")
        after.append(row(other, lambda one: "—" if one.leaving_other is None else one.leaving_other))
    remark = pgettext("caption", "円")
    return Table(
        _("料金の比較"), _columns(compared, "right"), (*rows, *after), _("単位：{unit}").format(unit=remark)
    )


def _full(one: Compared) -> Cell:
    return _("年額 {amount}").format(amount=figure(one.full)) if one.yearly else one.full


def _leaving(one: Compared) -> Cell:
    return _("定めなし") if one.leaving is None else one.leaving


def _terms(compared: ComparedServices) -> Table:
    rows = [
        Row((label, *(_term(one.terms[place]) for one in compared.services)))
        for place, label in enumerate(compared.term_labels)
    ]
    return Table(_("条件の比較"), _columns(compared, "left"), tuple(rows))


def _term(term: ComparedTerm) -> Cell:
    note = clause_note(term.clause)
    return Stack(term.words, (note,) if note else ())


def _points(compared: ComparedServices, settings: Settings) -> Iterator[Point]:
    yield Point(
        _("どのサービスも、{date}に始めて{months}か月使う場合の金額です。").format(
            date=paper_date(compared.start, settings.company, weekday=False), months=compared.months
        )
    )
    yield Point(_editions(compared.services, settings))
    read_otherwise = [one for one in compared.services if one.leaving_other is not None]
    if read_otherwise:
        said = [
            _(
                "解約金は、規約の文言だけでは一つに決まらないことがあります。"
                "その場合は別の読み方の金額も記載しています。"
            )
        ]
        if any(one.arranged for one in read_otherwise):
            said.append(_("提供会社の計算が優先します。"))
        yield Point(run_on(said))
    arranged = tuple(dict.fromkeys(one.provider for one in compared.services if one.arranged))
    if arranged:
        yield Point(
            _(
                "サービスを提供するのは{names}で、当社は取次店です。ご契約は提供会社の承諾により成立します。"
            ).format(names=_("、").join(arranged))
        )
    yield Point(
        _("消費税は請求書ごとに計算します。お支払いの合計は、本見積と数円ちがうことがあります。"),
        _("消令70条の10"),
    )
    yield Point(_("お申し込みの前に、見積書と重要事項説明書をお渡しします。"))


def _editions(services: Sequence[Compared], settings: Settings) -> str:
    said = [
        _("{name}は{date}実施").format(
            name=one.name, date=paper_date(one.edition, settings.company, weekday=False)
        )
        for one in services
        if one.edition is not None
    ]
    if not said:
        return _("料金は、現行の規約と料金表によります。")
    return _("料金は、次の規約と料金表によります：{editions}。").format(editions=_("、").join(said))
