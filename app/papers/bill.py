"""請求書 of a contract for a month, and the 適格請求書 of one bill: the bill's lines, sums by rate, how and
until when it is paid.

What we only arrange we do not invoice: then the same figures go out as ご請求内容のお知らせ, without 登録番号 and
bank (decision 0011).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.money import yen_words
from app.papers.carrying import carrying_rows
from app.papers.frame import Frame, framed
from app.papers.invoice_notes import (
    NO_FEE,
    RequestFee,
    edition_point,
    fee_point,
    interest_point,
    netted_point,
    notes,
    paid_point,
    role_point,
    tax_point,
)
from app.papers.invoice_parts import (
    BillFacts,
    Issuing,
    carried_strip,
    line_columns,
    line_rows,
    method_facts,
    method_words,
    own_settings,
    payment_facts,
    row_in_era,
    tax_table,
)
from app.papers.issuer import Settings
from app.papers.model import Facts, Halves, Headline, HeadlineFact, LabelValue, Paper, Point, Section, Table
from app.papers.parts import paper_date, paper_month, paper_year, provider_number_label
from app.papers.quotation import IssueMark
from app.words import _, pgettext


@dataclass(frozen=True)
class Wanted:
    """Which paper of a bill. ``kind``: B, or T (on request); ``invoice``: the number of the paper that asked
    for the same money before, a 請求書 or the 解約精算書 that stands for it ("" where none did); ``fee``: what
    issuing this one costs.
    """

    kind: str = "B"
    invoice: str = ""
    fee: RequestFee = NO_FEE


def bill_title(kind: str, issuing: Issuing) -> str:
    """請求書, 適格請求書, or what the paper of an agent is called."""
    if not issuing.invoices:
        return _("ご請求内容のお知らせ")
    return _("適格請求書") if kind == "T" else _("請求書")


def bill_paper(
    facts: BillFacts, settings: Settings, mark: IssueMark | None, wanted: Wanted | None = None
) -> Paper:
    """The paper in the language in use; ``mark`` None gives a draft."""
    wanted = wanted or Wanted()
    shown = own_settings(settings, facts.issuing)
    frame = Frame(
        kind=wanted.kind,
        title=bill_title(wanted.kind, facts.issuing),
        customer=facts.to,
        settings=shown,
        today=facts.today,
        mark=mark,
        providers=facts.arranged,
        head=(
            LabelValue(
                _("ご利用月"), _("{month}分").format(month=paper_month(facts.month, settings.company))
            ),
        ),
        revisions=False,
        keywords=(facts.contract_number, facts.service),
    )
    opening = (
        _("下記のとおりご請求申し上げます。")
        if facts.issuing.invoices
        else _("ご利用料金の内容を、下記のとおりお知らせします。")
    )
    return framed(
        frame,
        tuple(_sections(facts, shown, wanted)),
        opening=opening,
        subject=tuple(subject_rows(facts)),
        headline=_headline(facts, shown, wanted),
    )


def subject_rows(facts: BillFacts) -> Iterator[LabelValue]:
    """What is billed: service, contract, the provider's own number."""
    yield LabelValue(_("件名"), facts.title or facts.service)
    held = "  ".join(part for part in (facts.contract_number, facts.quantity) if part)
    yield LabelValue(_("契約番号"), held)
    if facts.provider_number:
        yield LabelValue(provider_number_label(arranged=bool(facts.arranged)), facts.provider_number)


def _headline(facts: BillFacts, settings: Settings, wanted: Wanted) -> Headline:
    sub = pgettext("caption", "税込")
    if not facts.issuing.invoices:
        return Headline(_("ご利用料金"), sub, facts.bill.total)
    if wanted.kind == "B" and facts.payable <= 0:
        covered = HeadlineFact(_("お支払い"), _("不要（お預かりから充当）"))
        return Headline(_("今回のご請求金額"), sub, facts.bill.total, (covered,))
    due = paper_date(facts.bill.due_on, settings.company) if facts.bill.due_on else "—"
    found = [HeadlineFact(_("お支払期限"), due), HeadlineFact(_("お支払方法"), method_words(facts.method))]
    first = facts.carried.first or wanted.kind == "T"
    label = _("ご請求金額") if first else _("今回のご請求金額")
    return Headline(label, sub, facts.bill.total, tuple(found))


def _sections(facts: BillFacts, settings: Settings, wanted: Wanted) -> Iterator[Section]:
    if wanted.kind == "B" and facts.issuing.invoices:
        yield from carried_strip(facts)
    yield lines_table(facts, settings)
    taxes = tax_table((facts.bill,), facts.rate, outside=facts.outside)
    yield Halves(taxes, _beside(facts, settings, wanted))
    yield notes(_points(facts, settings, wanted))


def lines_table(facts: BillFacts, settings: Settings, *, grouped: bool = True) -> Table:
    """Every line of the bill."""
    rows = line_rows([row_in_era(row, settings.company) for row in facts.rows], facts.rate, grouped=grouped)
    columns = line_columns(paper_year(facts.month, settings.company), outside=facts.outside)
    return carrying_rows(Table("", columns, rows))


def _beside(facts: BillFacts, settings: Settings, wanted: Wanted) -> Facts:
    """Beside the taxes: how it is paid; for an agent who bills instead."""
    if not facts.issuing.invoices:
        rows = [LabelValue(_("ご請求元"), facts.provider)]
        if facts.contact:
            rows.append(LabelValue(_("連絡先"), facts.contact))
        return Facts(_("ご請求"), tuple(rows))
    if wanted.kind == "T" and wanted.invoice:
        paid = method_facts(facts, settings)
        return Facts(paid.title, (LabelValue(_("請求書"), wanted.invoice), *paid.rows))
    paid = payment_facts(facts, settings)
    asked = wanted.kind == "B" and facts.carried.over and facts.payable > 0
    if not asked or facts.method in ("account-transfer", "phone-bill"):
        return paid  # nobody has to be told how much to transfer
    amount = _("{amount}（繰越を含みます）").format(amount=yen_words(facts.payable))
    return Facts(paid.title, (*paid.rows, LabelValue(_("お支払い額"), amount)))


def _points(facts: BillFacts, settings: Settings, wanted: Wanted) -> Iterator[Point]:
    if wanted.kind == "T" and wanted.invoice:
        yield Point(
            _(
                "本書は、請求書{number}と同じお取引について、お求めにより交付するものです。"
                "重ねてのお支払いは不要です。"
            ).format(number=wanted.invoice)
        )
    if facts.issuing.invoices and not facts.registered:
        yield Point(
            _("当社は適格請求書発行事業者の登録番号を表示していません。本書は適格請求書ではありません。")
        )
    yield from fee_point(wanted.fee)
    yield from role_point(facts)
    yield from netted_point(facts)
    if wanted.kind == "B" and facts.issuing.invoices:
        yield from paid_point(facts, settings)
    yield from edition_point(facts.editions, settings)
    yield tax_point()
    if facts.issuing.invoices:
        yield from interest_point(facts.interest, facts.bill.due_on)
