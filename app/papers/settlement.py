"""解約精算書: what the end of a contract comes to. The last month's lines, how 解約金 was counted, what was
credited or let go, and what is still to be done.

Where the month is closed and no 請求書 went out for it, the paper is its 適格請求書; else it only informs, and
has neither 登録番号 nor bank.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.charge.termination import Termination
from app.days import Month
from app.money import TaxKind, yen_words
from app.papers.bill import lines_table, subject_rows
from app.papers.frame import Frame, framed
from app.papers.invoice_notes import edition_point, interest_point, netted_point, notes, role_point, tax_point
from app.papers.invoice_parts import BillFacts, payment_facts, tax_table, without_registration
from app.papers.issuer import Settings
from app.papers.model import (
    Column,
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Row,
    Section,
    Table,
)
from app.papers.parts import paper_date, paper_month, run_on
from app.papers.product import Factor, Product, TermStrip
from app.papers.quotation import IssueMark
from app.tariff.clauses import clause_note
from app.words import _, pgettext

Asks = Literal["here", "billed", "open", "none", "provider"]
"""Who asks for the money: this paper; the 請求書 of the month; nobody yet, the month being open; nobody, as
there is none to ask for; the provider.
"""


@dataclass(frozen=True)
class OtherCount:
    """What 解約金 would be under another reading. ``about``: what is read; ``choice``: how, then."""

    about: str
    choice: str
    fee: int
    clause: str


@dataclass(frozen=True)
class Check:
    """A point that was looked at: label, what was found, the clause."""

    label: str
    text: str
    clause: str = ""


@dataclass(frozen=True)
class Settlement:
    """Everything the paper says. ``bill``: the lines and sums of the last month; ``leaving``: the very result
    the screen shows (None: the terms know no 解約金); ``unit_words``: what ``leaving`` counts (42 ID);
    ``provider_fee``: what the provider itself counted, where we know (yen); ``invoice``: the number of the
    請求書 of the month (``asks`` billed); ``term_ends``: None without a minimum term.
    """

    bill: BillFacts
    started: date
    ended: date
    last_used: date
    asks: Asks
    leaving: Termination | None = None
    unit_words: str = ""
    unit_price: int | None = None
    others: tuple[OtherCount, ...] = ()
    provider_fee: int | None = None
    invoice: str = ""
    term_ends: date | None = None
    term_months: int = 0
    checks: tuple[Check, ...] = ()


def settlement_paper(told: Settlement, settings: Settings, mark: IssueMark | None) -> Paper:
    """The paper in the language in use; ``mark`` None gives a draft."""
    facts = told.bill
    shown = settings if told.asks == "here" else without_registration(settings)
    frame = Frame(
        kind="S",
        title=_("解約精算書"),
        customer=facts.to,
        settings=shown,
        today=facts.today,
        mark=mark,
        providers=facts.arranged,
        head=(LabelValue(_("契約番号"), facts.contract_number),),
        revisions=False,
        keywords=(facts.contract_number, facts.service),
    )
    return framed(
        frame,
        tuple(_sections(told, shown)),
        opening=_("ご解約にともなう精算を、下記のとおりご案内申し上げます。"),
        subject=tuple(_subject(told, shown)),
        headline=_headline(told, shown),
    )


def _subject(told: Settlement, settings: Settings) -> Iterator[LabelValue]:
    named, *_rest = subject_rows(told.bill)
    held = _("{name}（{quantity}）").format(name=named.value, quantity=told.bill.quantity)
    yield LabelValue(named.label, held if told.bill.quantity else named.value)
    company = settings.company
    used = pgettext("dates", "{first}〜{last}").format(
        first=paper_date(told.started, company), last=paper_date(told.last_used, company)
    )
    yield LabelValue(_("ご利用期間"), used)
    if told.term_ends is not None:
        ends = _("{date}まで").format(date=paper_date(told.term_ends, company))
        yield LabelValue(_("最低契約期間"), ends)


def _headline(told: Settlement, settings: Settings) -> Headline:
    bill = told.bill.bill
    sub = pgettext("caption", "税込")
    leaving = told.leaving.line if told.leaving is not None else None
    if leaving is not None and leaving.tax is not TaxKind.STANDARD:
        sub = _("税込・解約金は不課税")
    found = [HeadlineFact(_("解約日"), paper_date(told.ended, settings.company))]
    if told.asks == "here" and bill.due_on is not None:
        found.insert(0, HeadlineFact(_("お支払期限"), paper_date(bill.due_on, settings.company)))
    if told.asks == "here" and told.bill.carried.over < 0:
        found.append(HeadlineFact(_("差引お支払い額"), max(0, told.bill.payable)))
    open_still = told.asks == "open" or (told.asks == "provider" and told.ended > told.bill.today)
    label = _("精算額（見込み）") if open_still else _("精算額")
    return Headline(label, sub, bill.total, tuple(found))


# --- sections ------------------------------------------------------------------------------------------


def _sections(told: Settlement, settings: Settings) -> Iterator[Section]:
    facts = told.bill
    yield from _counting(told, settings)
    if facts.rows:
        yield lines_table(facts, settings, grouped=False)
    taxes = tax_table((facts.bill,), facts.rate, outside=facts.outside)
    yield Halves(taxes, _asked(told, settings))
    if told.checks:
        yield _checks(told, settings)
    yield notes(_points(told, settings))


def _counting(told: Settlement, settings: Settings) -> Iterator[Product]:
    """解約金 as a product, each factor with what it is under it; what the provider and other readings say."""
    leaving = told.leaving
    if leaving is None or not leaving.reason.inputs.get("basis"):
        return
    inputs = leaving.reason.inputs
    term, number = int(str(inputs["term"])), int(str(inputs["month_number"]))
    counted = _("{term}か月のうち、解約は{number}か月目")
    if number > term and leaving.months_left:  # of the year it was renewed for
        counted = _("更新後の{term}か月のうち、解約は{number}か月目")
    months = Factor(
        _("{left}か月").format(left=leaving.months_left),
        counted.format(term=term, number=(number - 1) % term + 1 if leaving.months_left else number),
    )
    outside = leaving.line is None or leaving.line.tax is not TaxKind.STANDARD
    result = Factor(
        _("免除（0円）") if leaving.waived else yen_words(leaving.fee),
        _("解約金（不課税）") if outside else _("解約金（税抜）"),
        strong=True,
    )
    factors = (*_basis(told, int(str(inputs["basis"]))), months, result)
    yield Product(
        _("解約金の数え方"),
        factors,
        (*("×" for _factor in factors[2:]), "="),
        _term_strip(told, settings, term, number, leaving.months_left),
        remark=clause_note(leaving.reason.clause),
        note=_other_words(told),
    )


def _term_strip(told: Settlement, settings: Settings, term: int, number: int, left: int) -> TermStrip | None:
    """The months of the term; None where they are not what is counted (after a renewal, under a reading that
    counts one more).
    """
    if not number <= term or left != term - number:
        return None
    first = Month.of(told.started)
    return TermStrip(
        term,
        number,
        _("{month} ご利用開始").format(month=paper_month(first, settings.company)),
        paper_month(first.plus(term - 1), settings.company),
        _("{month} 解約").format(month=paper_month(first.plus(number - 1), settings.company)),
        _("残り {left}か月").format(left=left),
    )


def _basis(told: Settlement, basis: int) -> tuple[Factor, ...]:
    """The monthly amount 解約金 is counted by: a quantity by its price, or a fee."""
    if told.unit_words and told.unit_price is not None:
        return (
            Factor(told.unit_words, _("解約する数")),
            Factor(yen_words(told.unit_price), _("解約前の単価（月額・税抜）")),
        )
    return (Factor(yen_words(basis), _("対象の月額（税抜）")),)


def _other_words(told: Settlement) -> str:
    """Why the term touches a month more; the provider's own figure, then what other readings come to."""
    said = []
    if told.started.day > 1 and told.unit_words and told.leaving is not None and told.leaving.months_left:
        said.append(
            _(
                "開始の月を1か月目と数えます。月の途中に始まった{term}か月は、暦では{touched}か月にかかります。"
            ).format(term=told.term_months, touched=told.term_months + 1)
        )
    counted = len(said)
    if told.provider_fee is not None:
        said.append(_("提供会社の計算では{fee}です。").format(fee=yen_words(told.provider_fee)))
    said.extend(
        _("「{about}」を「{choice}」と読むと{fee}です。").format(
            about=one.about, choice=one.choice, fee=yen_words(one.fee)
        )
        for one in told.others
    )
    if len(said) > counted and (told.bill.arranged or told.provider_fee is not None):
        said.append(_("提供会社の計算した額が優先します。"))
    return run_on(said)


def _asked(told: Settlement, settings: Settings) -> Facts:
    """Beside the taxes: where to pay, or who asks for the money and when."""
    facts, month = told.bill, paper_month(told.bill.month, settings.company, short=True)
    if told.asks == "here":
        return payment_facts(facts, settings)
    if told.asks == "provider":
        rows = [LabelValue(_("ご請求元"), facts.provider)]
        if facts.contact:
            rows.append(LabelValue(_("連絡先"), facts.contact))
        rows.append(LabelValue(_("お支払い"), _("本書によるお支払いは不要です")))
        rows.append(
            LabelValue(
                _("ご注意"), _("請求書・適格請求書ではありません。仕入税額控除にはお使いになれません。")
            )
        )
        return Facts(_("ご請求"), tuple(rows))
    if told.asks == "billed":
        words = _("請求書 {number} で請求しています").format(number=told.invoice)
        billed = LabelValue(_("{month}分").format(month=month), words)
        again = LabelValue(_("ご注意"), _("本書による重ねてのお支払いは不要です。"))
        return Facts(_("ご請求"), (billed, again))
    if told.asks == "open":
        words = _("{month}分の請求書でお願いします").format(month=month)
        if not facts.bill.total:
            words = _("いまのところ、お支払いはありません")
        warned = _("本書は請求書ではありません。金額は、この月を締め切るまでに変わることがあります。")
        return Facts(_("ご請求"), (LabelValue(_("お支払い"), words), LabelValue(_("ご注意"), warned)))
    words = _("お支払いはありません") if facts.bill.total == 0 else _("担当の窓口からご連絡してお返しします")
    return Facts(_("ご精算"), (LabelValue(_("お支払い"), words),))


def _checks(told: Settlement, settings: Settings) -> Table:
    """What was looked at, and in small words under it what the amounts rest on: the page has room for one."""
    columns = (
        Column("", "left", 0.2),
        Column("", "left", 0.6),
        Column("", "right", 0.2, small=True),
    )
    rows = tuple(Row((one.label, one.text, clause_note(one.clause))) for one in told.checks)
    ground = (*_netted(told), *edition_point(told.bill.editions, settings), tax_point())
    note = run_on(
        _("{text}（{clause}）").format(text=one.text.strip(), clause=one.clause) if one.clause else one.text
        for one in ground
    )
    return Table(_("減額・免除とお手続きの確認"), columns, rows, head=False, note=note)


def _points(told: Settlement, settings: Settings) -> Iterator[Point]:
    yield from _standing(told, settings)
    if told.asks == "here":  # whom a provider's own bill comes from is said beside the taxes
        yield from role_point(told.bill)
    if not told.checks:
        yield from _netted(told)
        yield from edition_point(told.bill.editions, settings)
        yield tax_point()
    if told.asks == "here" and not any(
        _counting(told, settings)
    ):  # with the figure of the count the page is full
        yield from interest_point(told.bill.interest, told.bill.bill.due_on)


def _netted(told: Settlement) -> Iterator[Point]:
    """That the paper gives back what a closed month had too much, where it asks for the money."""
    return netted_point(told.bill) if told.asks == "here" else iter(())


def _standing(told: Settlement, settings: Settings) -> Iterator[Point]:
    """What the paper is to the month's invoice, where it stands for it; else that stands by the taxes."""
    month: Month = told.bill.month
    if told.asks == "here" and settles_as_invoice(told):
        yield Point(
            _("本書は{month}分の適格請求書を兼ねます。同月分は別途請求しません。").format(
                month=paper_month(month, settings.company)
            )
        )
    elif told.asks == "here":
        yield Point(
            _("本書は{month}分の請求書を兼ねます。同月分は別途請求しません。").format(
                month=paper_month(month, settings.company)
            )
        )


def settles_as_invoice(told: Settlement) -> bool:
    """Whether the paper has everything an invoice of the tax law needs."""
    return told.asks == "here" and told.bill.registered and told.bill.bill.net > 0
