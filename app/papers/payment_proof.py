"""支払証明書: what a customer paid for a contract in a period, payment by payment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.contract.customer import CustomerFields
from app.days import Month
from app.papers.carrying import carrying_rows
from app.papers.frame import Frame, framed
from app.papers.invoice_notes import RequestFee, fee_point
from app.papers.issuer import Settings
from app.papers.model import (
    Column,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Points,
    Row,
    Section,
    Table,
)
from app.papers.parts import paper_date, paper_month
from app.papers.quotation import IssueMark
from app.words import _, pgettext


@dataclass(frozen=True)
class PaidRow:
    """Money that came (yen; negative: paid back). ``month``: of the bill it pays, None for money paid ahead;
    ``billed``: what that bill came to.
    """

    on: date
    month: Month | None
    method: str
    billed: int | None
    amount: int


@dataclass(frozen=True)
class Payments:
    """What was paid in a period (both days included). ``total`` is the sum of the rows, in yen; ``times``:
    how often money came, which may go on several bills at once.

    ``fee``: what issuing this costs.
    """

    customer: CustomerFields
    service: str
    provider: str
    contract_number: str
    first: date
    last: date
    rows: tuple[PaidRow, ...]
    total: int
    times: int
    fee: RequestFee
    today: date


def payment_proof(payments: Payments, settings: Settings, mark: IssueMark | None) -> Paper:
    """The paper in the language in use; ``mark`` None gives a draft."""
    frame = Frame(
        kind="P",
        title=_("支払証明書"),
        customer=payments.customer,
        settings=settings,
        today=payments.today,
        mark=mark,
        providers=(payments.provider,) if payments.provider else (),
        keywords=(payments.contract_number, payments.service),
    )
    return framed(
        frame,
        tuple(_sections(payments, settings)),
        opening=_("次のとおり、お支払いいただいたことを証明します。"),
        subject=tuple(_subject(payments, settings)),
        headline=Headline(
            _("お支払いの合計"),
            pgettext("caption", "税込"),
            payments.total,
            (HeadlineFact(_("お支払いの回数"), _("{count}回").format(count=payments.times)),),
        ),
        closing=_("以上"),
    )


def _subject(payments: Payments, settings: Settings) -> Iterator[LabelValue]:
    yield LabelValue(_("サービス"), payments.service)
    yield LabelValue(_("ご契約"), payments.contract_number)
    company = settings.company
    yield LabelValue(
        _("証明する期間"),
        _("{first}〜{last}").format(
            first=paper_date(payments.first, company, weekday=False),
            last=paper_date(payments.last, company, weekday=False),
        ),
    )


def _sections(payments: Payments, settings: Settings) -> Iterator[Section]:
    columns = (
        Column(_("お支払日"), "left", 0.24),
        Column(_("ご利用月"), "left", 0.22),
        Column(_("お支払方法"), "left", 0.22),
        Column(_("ご請求額（税込）"), "right", 0.16),
        Column(_("お支払額"), "right", 0.16),
    )
    rows = [
        Row(
            (
                paper_date(row.on, settings.company, weekday=False),
                _("{month}分").format(month=paper_month(row.month, settings.company))
                if row.month
                else _("前受け"),
                row.method,
                row.billed if row.billed is not None else "—",
                row.amount,
            )
        )
        for row in payments.rows
    ]
    rows.append(Row(("", "", "", _("合計"), payments.total), total=True))
    yield carrying_rows(Table(_("お支払いの内訳"), columns, tuple(rows)))
    yield Points(_("ご確認ください"), tuple(_points(payments)))


def _points(payments: Payments) -> Iterator[Point]:
    yield Point(_("本書は、お支払いを確認した記録にもとづいています。領収書ではありません。"))
    if any(row.amount < 0 for row in payments.rows):
        yield Point(_("「−」の金額は、お返しした金額です。"))
    yield from fee_point(payments.fee)
