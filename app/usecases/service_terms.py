"""What a customer asks of a service besides its price, in short words with the clause each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.money import yen_words
from app.quote.content import LineType
from app.tariff.catalogue import Catalogue
from app.tariff.model import ByDay, Edition, Fee, PrepaidYear, Support
from app.tariff.texts import choice_words, words
from app.usecases.compare_services import Buyer, ServiceCost
from app.words import _

_HOURS = "phone"  # the support record that says when somebody answers; without it the first one
_PAYMENT = "payment_due"
_INVOICES = ("bill", "invoice-payment")


@dataclass(frozen=True)
class TermFact:
    """A fact in words with its clause. ``more``: further facts that belong to it, shown on demand;
    ``good``: a favour worth showing as one.
    """

    words: str
    clause: str = ""
    more: tuple[TermFact, ...] = ()
    good: bool = False


@dataclass(frozen=True)
class ServiceTerms:
    """The facts of one column of a comparison."""

    term: TermFact
    proration: TermFact
    payment: TermFact
    support: TermFact
    visits: TermFact
    notice: TermFact


def terms_of(
    cost: ServiceCost, catalogue: Catalogue, line: LineType = "flets", buyer: Buyer | None = None
) -> ServiceTerms:
    """The facts of a service as the edition of its start states them."""
    edition = catalogue.priced_edition(cost.service, cost.price.start)
    return ServiceTerms(
        term=_term(edition),
        proration=_proration(edition, cost, catalogue),
        payment=_payment(edition, line, buyer or Buyer()),
        support=_support(edition),
        visits=_visits(edition, cost.items),
        notice=_notice(edition),
    )


def _term(edition: Edition) -> TermFact:
    term = edition.term
    if term is None:
        return TermFact(_("なし"))
    after = {
        "open-ended": _("以後は期間なし"),
        "yearly-in-renewal-month": _("以後1年ごとに更新"),
        "yearly-unless-noticed": _("申し出がなければ1年更新"),
    }[term.renewal]
    return TermFact(_("{months}か月・{after}").format(months=term.months, after=after), term.clause)


def _proration(edition: Edition, cost: ServiceCost, catalogue: Catalogue) -> TermFact:
    rule = edition.proration
    if rule is None:
        return TermFact(_("定めなし"))
    if isinstance(rule, PrepaidYear):
        return TermFact(_("なし（1年分をお支払い）"), rule.clause)
    if not isinstance(rule, ByDay):
        return TermFact(_("なし（開始月は1か月分、解約月は無料）"), rule.clause)
    last = _("解約日まで") if rule.last_charged_day == "same-day" else _("解約日の前日まで")
    plain = _("あり（暦日・{last}）").format(last=last)
    reading = edition.reading(rule.reading) if rule.reading else None
    if reading is None:
        return TermFact(plain, rule.clause)
    choice = catalogue.choice(cost.service, rule.reading, cost.price.start)
    said = plain if choice == "by-day" else choice_words(reading, choice)
    return TermFact(said, rule.clause, (TermFact(words(reading.sentence), reading.clause),))


def _payment(edition: Edition, line: LineType, buyer: Buyer) -> TermFact:
    fees = tuple(_fee_facts(edition, line, buyer))
    if not isinstance(edition.proration, PrepaidYear):
        clause = edition.proration.period_clause if edition.proration else ""
        plain = _("毎月・請求書の手数料あり") if fees else _("毎月")
        return TermFact(plain, clause, fees)
    due = next((one for one in edition.deadlines if one.code == _PAYMENT), None)
    if due is None or not due.months:
        return TermFact(_("1年分を前払い"), edition.proration.clause, fees)
    by = _("1年分を前払い（開始月の{months}か月後の末日まで）").format(months=due.months)
    if due.months == 1:
        by = _("1年分を前払い（開始月の翌月末まで）")
    return TermFact(by, due.clause, fees)


def _fee_facts(edition: Edition, line: LineType, buyer: Buyer) -> Iterator[TermFact]:
    """Fees of invoices that this buyer pays over this line."""
    for fee in edition.fees:
        if fee.per not in _INVOICES or fee.amount is None or _spared(fee, line, buyer):
            continue
        said = _("{name} {amount}／{unit}（税抜）").format(
            name=words(fee.name), amount=yen_words(fee.amount), unit=words(fee.unit)
        )
        yield TermFact(said, fee.clause)


def _spared(fee: Fee, line: LineType, buyer: Buyer) -> bool:
    other_line = bool(fee.lines) and line not in fee.lines
    return other_line or ("corporation" in fee.exempt and buyer.kind == "corporation")


def _support(edition: Edition) -> TermFact:
    facts = edition.support
    if not facts:
        return TermFact(_("定めなし"))
    first = next((one for one in facts if one.code == _HOURS), facts[0])
    rest = tuple(_support_fact(one) for one in facts if one is not first)
    return TermFact(words(first.text), first.clause, rest)


def _support_fact(one: Support) -> TermFact:
    return TermFact(words(one.text), one.clause)


def _visits(edition: Edition, items: Mapping[str, int]) -> TermFact:
    rules = edition.visit
    if rules is None:
        return TermFact(_("なし"))
    if rules.free is None:
        return TermFact(_("有料"), rules.clause)
    has_gateway = any(item.capacity is not None and items.get(item.code) for item in edition.items)
    if has_gateway:
        return TermFact(
            _("年{count}回まで無料").format(count=rules.free.per_year), rules.free.clause, good=True
        )
    said = _("有料（ゲートウェイのご契約で年{count}回無料）").format(count=rules.free.per_year)
    return TermFact(said, rules.free.clause)


def _notice(edition: Edition) -> TermFact:
    rule = edition.cancellation
    if rule is None:
        return TermFact(_("定めなし"))
    if rule.policy == "business-days-notice":
        said = _("希望日の{days}営業日前まで").format(days=rule.business_days)
    elif rule.policy == "months-notice":
        said = _("希望日の{months}か月前まで").format(months=rule.months)
    elif rule.policy == "not-before-confirmation":
        said = _("希望日まで（お申し出の確認より前にはできません）")
    else:
        said = _("希望日まで")
    term = edition.term
    if term is None or not term.notice_months:
        return TermFact(said, rule.clause)
    renewal = _("更新しないときは満了の{months}か月前まで").format(months=term.notice_months)
    return TermFact(said, rule.clause, (TermFact(renewal, term.clause),))
