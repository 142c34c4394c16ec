"""What fills the placeholders of a terms summary: facts of a service's tariff and of one contract, in words.

Amounts are yen without consumption tax unless the words say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from app.charge.statutory import FIXED_UNTIL, statutory_rate
from app.contract.customer import CustomerFields
from app.contract.deadlines import Deadlines, Question, deadlines
from app.contract.facts import CustomerKind, LineKind, Options, Quantities, Timeline
from app.days import DAY, period
from app.errors import Problem, UserError
from app.money import figure, percent_words, tax_rate, yen_words
from app.papers.explanation import Explanation
from app.papers.issuer import Company, ServiceRole
from app.papers.parts import paper_date
from app.papers.terms_loading import PLACEHOLDER
from app.papers.terms_points import ServiceTerms
from app.papers.terms_words import (
    before_words,
    deadline_words,
    hours_words,
    known,
    span_words,
    weekdays_words,
)
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, Item, Service
from app.tariff.texts import choice_words, words
from app.words import _, language, pgettext


@dataclass(frozen=True)
class TermsCase:
    """A contract, or a service of a quotation, that is to be explained.

    ``timeline``: with its real or planned start; None where no first day is known yet. ``monthly`` and
    ``yearly``: yen without tax as it stands, None where no price is known. ``source``: the number of the
    quotation or contract. ``on``: the day of the paper.
    """

    terms: ServiceTerms
    service: Service
    edition: Edition
    catalogue: Catalogue
    customer: CustomerFields
    company: Company
    role: ServiceRole
    subject: Literal["contract", "quotation"]
    source: str
    on: date
    items: Quantities
    options: Options
    quantity: str
    monthly: int | None
    yearly: int | None
    customer_kind: CustomerKind = "corporation"
    line: LineKind = "flets"
    timeline: Timeline | None = None
    explanation: Explanation | None = None

    @property
    def start(self) -> date | None:
        """The first day, as it was or is planned."""
        return self.timeline.started.on if self.timeline is not None else None

    @property
    def priced_on(self) -> date:
        """The day its prices and rules are asked for."""
        return max(self.start or self.on, self.on)

    @property
    def agent(self) -> bool:
        """Whether we only arrange the service."""
        return self.role.role == "agent"

    @property
    def term_end(self) -> date | None:
        """The last day of the minimum term, or of the year that runs; None without one or a start."""
        start, term = self.start, self.edition.term
        if start is None or term is None:
            return None
        if term.renewal == "open-ended":
            return period(start, term.months).last
        dates = self.days().dates
        found = dates.get("term_ends") or dates.get("min_term_ends")
        return found.day if found else None

    def days(self, catalogue: Catalogue | None = None) -> Deadlines:
        """The days that follow from the start, of the term that runs. Only with a start."""
        start = self.start
        assert start is not None
        asked = Question(self.service.code, start, on=self.priced_on, notified=start)
        return deadlines(asked, catalogue or self.catalogue)

    def day_words(self, day: date, *, weekday: bool = True) -> str:
        """A day as this company's papers write it."""
        return paper_date(day, self.company, weekday=weekday)


class TermsFacts:
    """The words for each placeholder. Raises UserError ``terms-file`` for one the tariff does not know."""

    def __init__(self, case: TermsCase) -> None:
        self._case = case
        self._edition = case.edition

    def fill(self, text: str) -> str:
        """The text with its placeholders filled."""
        return PLACEHOLDER.sub(lambda found: self.value(found[1]), text)

    def value(self, name: str) -> str:
        """The words for one placeholder."""
        kind, colon, code = name.partition(":")
        try:
            return _NAMED[kind](self, code) if colon else _PLAIN[kind](self)
        except LookupError as error:
            raise UserError(
                Problem(
                    "terms-file",
                    _("重要事項の説明の差し込み「{name}」が、料金表にありません。").format(name=name),
                    remedy=_("resources/terms のファイルを、料金表に合わせて直してください。"),
                    field=self._case.service.code,
                )
            ) from error

    # --- of the service, without a code

    def who(self) -> str:
        """当社, or 提供会社 where we only arrange the service."""
        if language() == "en":
            return "the provider"
        return _("提供会社") if self._case.agent else _("当社")

    def provider(self) -> str:
        """The name of the company that provides the service."""
        return words(self._case.service.provider)

    def tax(self) -> str:
        """The rate of consumption tax."""
        return percent_words(tax_rate(self._case.priced_on))

    def term(self) -> str:
        """The minimum term: 2年間."""
        return span_words(known(self._edition.term).months)

    def notice(self) -> str:
        """How early the customer asks for the end: 5営業日前."""
        rule = known(self._edition.cancellation)
        if rule.business_days:
            return before_words(rule.business_days)
        return _("{months}か月前").format(months=known(rule.months))

    def renewal_notice(self) -> str:
        """How early the renewal is declined: 2か月前."""
        return _("{months}か月前").format(months=known(known(self._edition.term).notice_months))

    def interest(self) -> str:
        """The rate of late interest; of the law's, how long it is fixed."""
        rule = known(self._edition.interest)
        if not rule.statutory:
            return _("年{rate}").format(rate=percent_words(Fraction(rule.rate)))
        found = statutory_rate(self._case.priced_on)
        rate = percent_words(found.rate)
        if found.expected:
            return _("法定利率（年{rate}の見込み）").format(rate=rate)
        return _("法定利率（年{rate}。{day}からは見込み）").format(
            rate=rate, day=self._case.day_words(FIXED_UNTIL + DAY, weekday=False)
        )

    def grace(self) -> str:
        """How long after the due day no interest is charged."""
        return _("{days}日").format(days=known(self._edition.interest).grace_days)

    def surcharge(self) -> str:
        """How many times the evaded fee the 割増金 is."""
        return _("{times}倍").format(times=known(self._edition.surcharge).factor)

    def outage_hours(self) -> str:
        """From how many hours on an outage counts."""
        return _("{hours}時間").format(hours=known(self._edition.outage).hours)

    def suspension_months(self) -> str:
        """How long a suspension lasts at most."""
        life = known(self._edition.life)
        return _("{months}か月").format(months=known(life.suspension.longest_months))

    def claim(self) -> str:
        """How long damages can be claimed."""
        return span_words(known(known(self._edition.liability or None)[0].claim_months))

    def visit_days(self) -> str:
        """On which weekdays technicians come, by area where they differ."""
        parts = []
        for one in known(self._edition.visit).days:
            days = weekdays_words(one.weekdays)
            area = {"": "", "west": _("西日本エリアは"), "east": _("東日本エリアは")}[one.area]
            parts.append(f"{area}{days}")
        return _("、").join(parts)

    def visit_closed(self) -> str:
        """When nobody comes."""
        rules = known(self._edition.visit)
        closed = [_("祝日")] if rules.closed_holidays else []
        if rules.closed_year_end:
            closed.append(_("年末年始（12月29日〜1月3日）"))
        return _("と").join(closed)

    def visit_hours(self) -> str:
        """From when to when technicians work: 9:00〜17:00."""
        rules = known(self._edition.visit)
        return hours_words(rules.first_hour, rules.last_hour)

    def visit_reception(self) -> str:
        """When visits are asked for."""
        rules = known(self._edition.visit)
        return hours_words(rules.reception_first, rules.reception_last)

    def free_visits(self) -> str:
        """How many visits a year are free."""
        return f"{known(known(self._edition.visit).free).per_year}"

    def migration_step(self) -> str:
        """What each further step of the data migration costs: 1TBごとに25,600円."""
        rule = known(known(self._edition.visit).migration)
        step = Fraction(rule.step_gb) / 1000
        size = f"{step.numerator}TB" if step.denominator == 1 else f"{rule.step_gb}GB"
        return _("{size}ごとに{price}").format(size=size, price=yen_words(rule.step_price))

    # --- with a code

    def price(self, code: str) -> str:
        """The unit price of an item; of tiers, the least and the greatest."""
        item = self._item(code)
        if item.tiers:
            prices = [tier.price for tier in item.tiers]
            return pgettext("prices", "{least}〜{most}").format(
                least=yen_words(min(prices)), most=yen_words(max(prices))
            )
        return yen_words(known(item.price))

    def least(self, code: str) -> str:
        """The least quantity of an item."""
        item = self._item(code)
        return figure(item.tiers[0].first if item.tiers else item.minimum)

    def most(self, code: str) -> str:
        """The greatest quantity of an item."""
        item = self._item(code)
        return figure(known(item.tiers[-1].last if item.tiers else item.maximum))

    def capacity(self, code: str) -> str:
        """How many clients one unit of an item serves."""
        return figure(known(self._item(code).capacity))

    def less(self, code: str) -> str:
        """What an option takes off an item's price: ``gateway-10/gateway_24h``."""
        item, _slash, option = code.partition("/")
        found = next((one for one in self._item(item).options if one.option == option and one.amount), None)
        return yen_words(known(found).amount)

    def fee(self, code: str) -> str:
        """The amount of a fee, with postage where it is added."""
        found = next((one for one in self._edition.fees if one.code == code), None)
        amount = yen_words(known(known(found).amount))
        return _("{amount}と郵送料").format(amount=amount) if known(found).plus_postage else amount

    def fee_from(self, code: str) -> str:
        """From which month a fee is charged: the third one, say."""
        found = next((one for one in self._edition.fees if one.code == code), None)
        return f"{known(found).not_first_months + 1}"

    def deadline(self, code: str) -> str:
        """The length of a deadline: 2か月, 7日, 翌月末."""
        return deadline_words(known(next((one for one in self._edition.deadlines if one.code == code), None)))

    def before(self, code: str) -> str:
        """How many business days before the opening something is due."""
        rule = known(self._edition.opening)
        days = {"delivery": rule.delivery_before, "install": rule.install_before, "test": rule.test_before}
        return before_words(days[code])

    def visit_price(self, code: str) -> str:
        """The price of an item of the visit menu."""
        menu = known(self._edition.visit).menu
        return yen_words(known(known(next((one for one in menu if one.code == code), None)).price))

    def support(self, code: str) -> str:
        """What the tariff says of a support desk."""
        return words(known(next((one for one in self._edition.support if one.code == code), None)).text)

    def reading(self, name: str) -> str:
        """The name of the choice in force of a reading."""
        reading = known(self._edition.reading(name))
        case = self._case
        return choice_words(reading, case.catalogue.choice(case.service.code, name, case.priced_on))

    def _item(self, code: str) -> Item:
        return known(self._edition.item(code))

    # --- of this contract

    def start(self) -> str:
        """The first day."""
        return self._case.day_words(known(self._case.start))

    def quantity(self) -> str:
        """How much of it."""
        return self._case.quantity or "—"

    def monthly(self) -> str:
        """A full month, without tax."""
        return yen_words(self._case.monthly) if self._case.monthly is not None else "—"

    def yearly(self) -> str:
        """A year paid ahead, without tax."""
        return yen_words(self._case.yearly) if self._case.yearly is not None else "—"

    def term_end(self) -> str:
        """The last day of the minimum term."""
        return self._case.day_words(known(self._case.term_end))

    def renewal_by(self) -> str:
        """The last day on which the renewal can be declined."""
        return self._deadline_day("notice_by")

    def pay_by(self) -> str:
        """The day a prepaid year is due."""
        return self._deadline_day("payment_due")

    def edition(self) -> str:
        """Which terms: 2023年12月1日実施."""
        start = self._edition.start
        if start is None:
            return _("現行")
        return _("{date}実施").format(date=self._case.day_words(start, weekday=False))

    def _deadline_day(self, code: str) -> str:
        return self._case.day_words(self._case.days().dates[code].day)


_PLAIN: Final[Mapping[str, Callable[[TermsFacts], str]]] = {
    "who": TermsFacts.who,
    "provider": TermsFacts.provider,
    "tax": TermsFacts.tax,
    "term": TermsFacts.term,
    "notice": TermsFacts.notice,
    "renewal-notice": TermsFacts.renewal_notice,
    "interest": TermsFacts.interest,
    "grace": TermsFacts.grace,
    "surcharge": TermsFacts.surcharge,
    "outage-hours": TermsFacts.outage_hours,
    "suspension-months": TermsFacts.suspension_months,
    "claim": TermsFacts.claim,
    "visit-days": TermsFacts.visit_days,
    "visit-closed": TermsFacts.visit_closed,
    "visit-hours": TermsFacts.visit_hours,
    "visit-reception": TermsFacts.visit_reception,
    "free-visits": TermsFacts.free_visits,
    "migration-step": TermsFacts.migration_step,
    "start": TermsFacts.start,
    "quantity": TermsFacts.quantity,
    "monthly": TermsFacts.monthly,
    "yearly": TermsFacts.yearly,
    "term-end": TermsFacts.term_end,
    "renewal-by": TermsFacts.renewal_by,
    "pay-by": TermsFacts.pay_by,
    "edition": TermsFacts.edition,
}
_NAMED: Final[Mapping[str, Callable[[TermsFacts, str], str]]] = {
    "price": TermsFacts.price,
    "min": TermsFacts.least,
    "max": TermsFacts.most,
    "capacity": TermsFacts.capacity,
    "less": TermsFacts.less,
    "fee": TermsFacts.fee,
    "fee-from": TermsFacts.fee_from,
    "deadline": TermsFacts.deadline,
    "before": TermsFacts.before,
    "visit-price": TermsFacts.visit_price,
    "support": TermsFacts.support,
    "reading": TermsFacts.reading,
}
