"""What papers about bills ask to be noted: price lists, tax, paying late, who provides and who arranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from app.charge.statutory import statutory_rate
from app.days import DAY
from app.money import figure, percent_words
from app.papers.invoice_parts import BillFacts, InterestRule, Issuing
from app.papers.issuer import Settings
from app.papers.model import Point, Points, Section
from app.papers.parts import paper_date
from app.tariff.clauses import clause_note
from app.tariff.rules import Interest
from app.words import N_, _

TAX_CLAUSE: Final = N_("消令70条の10")
RETURN_CLAUSE: Final = N_("消法57条の4第3項")
MEDIATOR_CLAUSE: Final = N_("消令70条の12")


def paid_point(facts: BillFacts, settings: Settings) -> Iterator[Point]:
    """Until when payments were counted in what the bill begins with."""
    if not facts.carried.first and facts.carried.until is not None:
        day = paper_date(facts.carried.until, settings.company, weekday=False)
        yield Point(
            _("ご入金額は、{day}までに確認できた分です。行き違いのときはご容赦ください。").format(day=day)
        )


def edition_words(editions: Iterable[date], settings: Settings) -> str:
    """``2026年5月11日``, several joined; "" for none."""
    days = sorted(set(editions))
    return _("・").join(paper_date(day, settings.company, weekday=False) for day in days)


def edition_point(editions: Iterable[date], settings: Settings) -> Iterator[Point]:
    """Which price lists the amounts rest on."""
    days = edition_words(editions, settings)
    if days:
        yield Point(_("料金は、{days}実施の規約と料金表によります。").format(days=days))
    else:
        yield Point(_("料金は、現行の規約と料金表によります。"))


def tax_point() -> Point:
    """How tax and fractions are worked out."""
    return Point(
        _("1円未満は品目ごとに切り捨てます。消費税は、税率ごとの合計に一度だけ掛け、1円未満を切り捨てます。"),
        _(TAX_CLAUSE),
    )


def interest_point(interest: InterestRule | None, due: date | None) -> Iterator[Point]:
    """What paying late costs, as the terms of the service have it."""
    if interest is None or due is None:
        return
    rule = interest.rule
    until = _("お支払いの日まで") if interest.payment_day else _("お支払いの前日まで")
    words = {"until": until, "rate": _rate_words(rule, due), "days": rule.grace_days}
    if rule.grace_days:
        text = _(
            "支払期日の翌日から{days}日以内にお支払いがないときは、支払期日の翌日から{until}、"
            "{rate}の延滞利息をお支払いいただきます。"
        )
    else:
        text = _(
            "支払期日を過ぎたときは、支払期日の翌日から{until}、{rate}の延滞利息をお支払いいただきます。"
        )
    yield Point(text.format(**words), clause_note(rule.clause))


def _rate_words(rule: Interest, due: date) -> str:
    if not rule.statutory:
        return _("年{rate}").format(rate=percent_words(Fraction(rule.rate)))
    found = statutory_rate(due + DAY)
    words = _("法定利率（年{rate}）") if not found.expected else _("法定利率（年{rate}の見込み）")
    return words.format(rate=percent_words(found.rate))


def role_point(facts: BillFacts) -> Iterator[Point]:
    """Who provides and who arranges, where that is not the same."""
    if facts.issuing is Issuing.MEDIATOR:
        yield Point(
            _(
                "このサービスは{provider}が提供し、当社は取次店です。媒介者交付特例により、"
                "当社の名称と登録番号で交付します。"
            ).format(provider=facts.provider),
            _(MEDIATOR_CLAUSE),
        )
    elif facts.issuing is Issuing.AGENT:
        yield Point(
            _(
                "このサービスは{provider}が提供し、当社は取次店です。ご請求は{provider}が行います。"
                "本書によるお支払いは不要です。"
            ).format(provider=facts.provider)
        )
        yield Point(_("本書は請求書でも適格請求書でもありません。仕入税額控除にはお使いになれません。"))


def netted_point(facts: BillFacts) -> Iterator[Point]:
    """That what is given back of a closed month is taken off here."""
    if facts.given_back:
        yield Point(
            _(
                "締め切った月の減額は、この請求から差し引いています。本書は、その減額についての"
                "適格返還請求書を兼ねます。"
            )
            if facts.issuing.invoices
            else _("締め切った月の減額は、この金額から差し引いています。"),
            _(RETURN_CLAUSE) if facts.issuing.invoices else "",
        )


@dataclass(frozen=True)
class RequestFee:
    """What issuing a paper on request costs, in yen without tax (0: nothing), and where that stands."""

    amount: int = 0
    clause: str = ""


NO_FEE: Final = RequestFee()


def fee_point(fee: RequestFee) -> Iterator[Point]:
    """That a paper on request is charged with the next bill."""
    if fee.amount:
        yield Point(
            _("本書の発行手数料{fee}円（税抜）と郵送料等の実費は、次回のご請求に加えます。").format(
                fee=figure(fee.amount)
            ),
            clause_note(fee.clause),
        )


def notes(points: Iterable[Point]) -> Section:
    """The numbered points at a paper's end."""
    return Points("", tuple(points))
