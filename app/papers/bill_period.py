"""適格請求書 of several months of a contract on one paper, on request. Each month keeps the tax of its own
bill: it was worked out once on the sum of that month, and is not worked out again on the sum of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from app.money import percent_words
from app.papers.bill import Wanted, subject_rows
from app.papers.carrying import carrying_rows
from app.papers.frame import Frame, framed
from app.papers.invoice_notes import TAX_CLAUSE, edition_point, fee_point, notes, role_point
from app.papers.invoice_parts import BillFacts, line_columns, line_row, own_settings, row_in_era
from app.papers.issuer import Settings
from app.papers.model import (
    Column,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Row,
    Section,
    Table,
)
from app.papers.parts import paper_month
from app.papers.quotation import IssueMark
from app.words import _, pgettext


def period_paper(
    months: Sequence[BillFacts], settings: Settings, mark: IssueMark | None, wanted: Wanted | None = None
) -> Paper:
    """The paper in the language in use. ``months``: the bills, the oldest first; ``wanted``: which
    papers asked for the same money before, and what this one costs.
    """
    wanted = wanted or Wanted("T")
    last = months[-1]
    shown = own_settings(settings, last.issuing)
    words = _("{first}〜{last}分").format(
        first=paper_month(months[0].month, settings.company), last=paper_month(last.month, settings.company)
    )
    frame = Frame(
        kind="T",
        title=_("適格請求書"),
        customer=last.to,
        settings=shown,
        today=last.today,
        mark=mark,
        providers=last.arranged,
        head=(LabelValue(_("ご利用月"), words),),
        revisions=False,
        keywords=(last.contract_number, last.service),
    )
    total = sum(one.bill.total for one in months)
    facts = (HeadlineFact(_("ご利用月数"), _("{count}か月").format(count=len(months))),)
    return framed(
        frame,
        tuple(_sections(months, shown, wanted)),
        opening=_("お求めにより、下記の期間のご請求について交付します。"),
        subject=tuple(subject_rows(last)),
        headline=Headline(_("ご請求金額の合計"), pgettext("caption", "税込"), total, facts),
    )


def _sections(months: Sequence[BillFacts], settings: Settings, wanted: Wanted) -> Iterator[Section]:
    rows: list[Row] = []
    for one in months:
        rows.append(Row((paper_month(one.month, settings.company, short=True), ""), group=True))
        rows += (line_row(row_in_era(row, settings.company), one.rate) for row in one.rows)
    yield carrying_rows(Table("", line_columns(), tuple(rows)))
    yield month_taxes(months, settings)
    yield notes(_points(months, settings, wanted))


def month_taxes(months: Sequence[BillFacts], settings: Settings) -> Table:
    """The sums of each month by rate, as its bill has them; what stands outside tax apart; the total last."""
    columns = (
        Column(_("ご利用月"), "left", 0.2),
        Column(_("区分"), "left", 0.2),
        Column(_("税抜"), "right", 0.2),
        Column(_("消費税"), "right", 0.2),
        Column(_("税込"), "right", 0.2),
    )
    rows: list[Row] = []
    for one in months:
        bill, month = one.bill, paper_month(one.month, settings.company, short=True)
        rows.append(Row((month, _of_rate(one.rate), bill.net, bill.tax, bill.net + bill.tax)))
        if one.outside:
            rows.append(Row(("", _("不課税"), bill.exempt, "—", bill.exempt), joins=1))
    rates = {one.rate for one in months}
    for rate in sorted(rates):
        bills = [one.bill for one in months if one.rate == rate]
        net, tax = sum(one.net for one in bills), sum(one.tax for one in bills)
        if len(rates) > 1 or any(one.outside for one in months):
            rows.append(Row((_("期間の計"), _of_rate(rate), net, tax, net + tax)))
    net = sum(one.bill.net + one.bill.exempt for one in months)
    tax, total = sum(one.bill.tax for one in months), sum(one.bill.total for one in months)
    rows.append(Row((_("合計"), "", net, tax, total), total=True))
    return Table(_("税率ごとの内訳"), columns, tuple(rows), _("消費税は月ごとの請求の額です"))


def _of_rate(rate: Fraction) -> str:
    return _("{rate}対象").format(rate=percent_words(rate))


def _points(months: Sequence[BillFacts], settings: Settings, wanted: Wanted) -> Iterator[Point]:
    last = months[-1]
    if wanted.invoice:
        yield Point(
            _(
                "本書は、請求書{numbers}と同じお取引について、お求めにより交付するものです。"
                "重ねてのお支払いは不要です。"
            ).format(numbers=wanted.invoice)
        )
    yield from fee_point(wanted.fee)
    yield from role_point(last)
    yield from edition_point((day for one in months for day in one.editions), settings)
    yield Point(
        _(
            "消費税は、月ごとの請求書で税率ごとの合計に一度だけ掛け、1円未満を切り捨てた額です。"
            "合計に掛け直してはいません。"
        ),
        _(TAX_CLAUSE),
    )
