"""Parts that the papers about a bill share: its rows, its sums, how it is paid, what is to be noted.

Adds nothing up that the bill has: rows are its very lines, sums are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

import msgspec

from app.charge.stored import BillLine, StoredBill
from app.contract.customer import CustomerFields
from app.contract.record import BillingMethod
from app.days import Month, month_name
from app.money import TaxKind, percent_words
from app.papers.issuer import Company, Settings
from app.papers.model import Column, Facts, LabelValue, Row, Stack, Table
from app.papers.parts import in_era, paper_date
from app.tariff.clauses import clause_note
from app.tariff.rules import Interest
from app.words import N_, _

_GROUPS: Final = {
    "use": N_("ご利用料金"),
    "fee": N_("手数料"),
    "ending": N_("解約金"),
    "adjustment": N_("前月までの調整"),
    "visit": N_("訪問サポート"),
    "late-interest": N_("延滞利息"),
    "surcharge": N_("割増金"),
}

_METHODS: Final = {
    "": N_("銀行振込"),
    "invoice": N_("銀行振込"),
    "account-transfer": N_("口座振替"),
    "phone-bill": N_("電話料金合算"),
}

_ACCOUNTS: Final = {"": "", "ordinary": N_("普通"), "current": N_("当座")}


class Issuing(StrEnum):
    """In whose part we write about money: as the provider; as an agent who may issue 適格請求書 with our own
    number (媒介者交付特例); as an agent who may not.
    """

    PROVIDER = "provider"
    MEDIATOR = "mediator"
    AGENT = "agent"

    @property
    def invoices(self) -> bool:
        """Whether what we issue asks for money in our own name, and is an invoice of the tax law."""
        return self is not Issuing.AGENT


def issuing_of(settings: Settings, service: str) -> Issuing:
    """Our part for a service, as the settings say."""
    role = settings.role_for(service)
    if role.role == "provider":
        return Issuing.PROVIDER
    return Issuing.MEDIATOR if role.mediator_rule else Issuing.AGENT


def billed_by_others(settings: Settings, services: Iterable[str]) -> tuple[str, ...]:
    """The services of which the provider asks for the money, not we."""
    return tuple(code for code in services if not issuing_of(settings, code).invoices)


@dataclass(frozen=True)
class BilledRow:
    """A line of a bill as papers show it. ``when``: the days it is for; ``calculation`` in one line;
    ``group``: a key of the groups of lines; ``remark``: small words under the name.
    """

    line: BillLine
    group: str
    when: str = ""
    calculation: str = ""
    remark: tuple[str, ...] = ()


@dataclass(frozen=True)
class Carried:
    """前回請求・入金・繰越 in yen: what the bill before this one came to with what it carried, and what was
    paid since. ``until``: the day up to which payments count; ``first``: no bill stands before this one.
    """

    previous: int = 0
    paid: int = 0
    until: date | None = None
    first: bool = True

    @property
    def over(self) -> int:
        """What goes over to this bill; negative where more was paid than billed."""
        return self.previous - self.paid


@dataclass(frozen=True)
class InterestRule:
    """Late interest as the terms of the service have it. ``payment_day``: the day of payment counts."""

    rule: Interest
    payment_day: bool


@dataclass(frozen=True)
class BillFacts:
    """Everything the papers of one bill say. ``to``: whom they go to; ``rate``: of the bill's month;
    ``editions``: first days of the price lists its lines rest on; ``contact``: the provider's desk for
    customers, where we only arrange; ``closed_on``: the day the month was closed;
    ``registered``: our company has a 登録番号.
    """

    bill: StoredBill
    rows: tuple[BilledRow, ...]
    to: CustomerFields
    service: str
    provider: str
    title: str
    contract_number: str
    provider_number: str
    quantity: str
    issuing: Issuing
    method: BillingMethod
    rate: Fraction
    today: date
    carried: Carried = Carried()
    interest: InterestRule | None = None
    editions: tuple[date, ...] = ()
    contact: str = ""
    closed_on: date | None = None
    registered: bool = True

    @property
    def month(self) -> Month:
        """The month billed."""
        return month_from(self.bill.month)

    @property
    def outside(self) -> bool:
        """Whether any line stands outside consumption tax."""
        return any(row.line.tax is not TaxKind.STANDARD for row in self.rows)

    @property
    def given_back(self) -> bool:
        """Whether anything taxed of a closed month is given back here."""
        return any(
            row.line.month and row.line.amount < 0 and row.line.tax is TaxKind.STANDARD for row in self.rows
        )

    @property
    def payable(self) -> int:
        """What is to be paid with what was carried over; not above 0 where more came than was billed."""
        return self.carried.over + self.bill.total

    @property
    def arranged(self) -> tuple[str, ...]:
        """Whose service we only arrange."""
        return () if self.issuing is Issuing.PROVIDER else (self.provider,)


def month_from(text: str) -> Month:
    """The month kept as ``2026-11``."""
    return Month(int(text[:4]), int(text[5:]))


def own_settings(settings: Settings, issuing: Issuing) -> Settings:
    """The settings as our block may show them: without 登録番号 where we issue no invoice of the tax law."""
    return settings if issuing.invoices else without_registration(settings)


def without_registration(settings: Settings) -> Settings:
    """The settings as papers show them that are no invoice."""
    company = msgspec.structs.replace(settings.company, registration="")
    return msgspec.structs.replace(settings, company=company)


def method_words(method: BillingMethod) -> str:
    """銀行振込, 口座振替, 電話料金合算."""
    return _(_METHODS[method])


# --- rows and sums -------------------------------------------------------------------------------------


def carried_strip(facts: BillFacts) -> Iterator[Table]:
    """前回ご請求額 … お支払い額: what every bill but the first begins with."""
    carried = facts.carried
    if carried.first:
        return
    heads = (_("前回ご請求額"), _("ご入金額"), _("繰越額"), _("今回ご請求額"), _("お支払い額"))
    amounts = (
        carried.previous,
        carried.paid,
        carried.over,
        facts.bill.total,
        facts.payable,
    )
    columns = tuple(Column(head, "right", 0.2) for head in heads)
    yield Table("", columns, (Row(amounts),))


def row_in_era(row: BilledRow, company: Company) -> BilledRow:
    """A row with the years of the company's papers: bills keep theirs as they were worked out."""
    line = msgspec.structs.replace(row.line, name=in_era(row.line.name, company))
    remark = tuple(in_era(one, company) for one in row.remark)
    return replace(row, line=line, when=in_era(row.when, company), remark=remark)


def line_rows(rows: Sequence[BilledRow], rate: Fraction, *, grouped: bool = True) -> tuple[Row, ...]:
    """Rows of the table of lines, each group under its head with a subtotal where it has several; not
    ``grouped``: one after the other.
    """
    if not grouped:
        return tuple(line_row(row, rate) for row in rows)
    groups: dict[str, list[BilledRow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    made: list[Row] = []
    for code, members in groups.items():
        title = _(_GROUPS[code])
        if len(groups) > 1:
            made.append(Row((title, ""), group=True))
        made += (line_row(row, rate) for row in members)
        if len(members) > 1 and len(groups) > 1:
            label = _("{title} 小計").format(title=title)
            amount = sum(row.line.amount for row in members)
            made.append(Row(("", "", "", "", label, amount), total=True))
    return tuple(made)


def line_columns(year: str = "", *, outside: bool = False) -> tuple[Column, ...]:
    """Days (of one year, or of several), item, calculation, clause, rate, amount. ``outside``: some amounts
    stand outside tax.
    """
    amount = _("金額（消費税を除く）") if outside else _("金額（税抜）")
    calculation, basis, rate = (0.225, 0.12, 0.065) if outside else (0.235, 0.14, 0.065)
    return (
        Column(year or _("ご利用日"), "left", 0.165),
        Column(_("品目"), "left", 0.265),
        Column(_("計算"), "left", calculation),
        Column(_("根拠"), "left", basis, small=True),
        Column(_("税率"), "right", rate),
        Column(amount, "right", 0.57 - calculation - basis - rate),
    )


def line_row(row: BilledRow, rate: Fraction) -> Row:
    """One line of a bill."""
    line = row.line
    outside = line.tax is not TaxKind.STANDARD
    name = Stack(line.name, row.remark) if row.remark else line.name
    taxed = _("不課税") if outside else percent_words(rate)
    return Row((row.when, name, row.calculation, clause_note(line.clause), taxed, line.amount))


def tax_table(bills: Sequence[StoredBill], rate: Fraction, *, outside: bool) -> Table:
    """The sums by rate, as the bill has them; what stands outside tax apart; the total last. A rate that
    nothing stands under is left out.
    """
    columns = (
        Column(_("区分"), "left", 0.22),
        Column(_("税抜"), "right", 0.275),
        Column(_("消費税"), "right", 0.22),
        Column(_("税込"), "right", 0.285),
    )
    net, tax = sum(one.net for one in bills), sum(one.tax for one in bills)
    exempt, total = sum(one.exempt for one in bills), sum(one.total for one in bills)
    rows = []
    if net or tax or not outside:
        rows.append(Row((_("{rate}対象").format(rate=percent_words(rate)), net, tax, net + tax)))
    if outside:
        rows.append(Row((_("不課税"), exempt, "—", exempt)))
    rows.append(Row((_("合計"), net + exempt, tax, total), total=True))
    return Table(_("税率ごとの内訳"), columns, tuple(rows))


# --- how it is paid ------------------------------------------------------------------------------------


def payment_facts(facts: BillFacts, settings: Settings) -> Facts:
    """Bank and account where the customer transfers; how the money is taken where it is not; that nothing is
    to be paid where more came than was ever billed.
    """
    if facts.payable <= 0:
        told = _("お預かりしている額を充てるため、お支払いは不要です。")
        return Facts(_("お支払い"), (LabelValue(_("充当"), told),))
    return method_facts(facts, settings)


def method_facts(facts: BillFacts, settings: Settings) -> Facts:
    """How the bill is paid and until when, whatever was paid by now."""
    due = paper_date(facts.bill.due_on, settings.company) if facts.bill.due_on else ""
    if facts.method == "account-transfer":
        rows = [
            LabelValue(_("方法"), _("口座振替")),
            LabelValue(_("期限"), due),
            LabelValue(_("ご注意"), _("ご登録の口座から引き落とします。お振込みは不要です。")),
        ]
        return Facts(_("お支払い方法"), tuple(rows))
    if facts.method == "phone-bill":
        rows = [
            LabelValue(_("方法"), _("電話料金と合わせたお支払い")),
            LabelValue(_("ご注意"), _("電話料金とともに請求されます。お振込みは不要です。")),
        ]
        return Facts(_("お支払い方法"), tuple(rows))
    return Facts(_("お振込先"), tuple(_bank_rows(settings, due)))


def _bank_rows(settings: Settings, due: str) -> Iterator[LabelValue]:
    bank = settings.company.bank
    named = "  ".join(part for part in (bank.name.strip(), bank.branch.strip()) if part)
    account = "  ".join(part for part in (_(_ACCOUNTS[bank.kind]) if bank.kind else "", bank.number) if part)
    if named and account:
        yield LabelValue(_("銀行"), named)
        yield LabelValue(_("口座"), account)
    else:
        yield LabelValue(_("振込先"), _("担当の窓口からご案内します"))
    if bank.holder.strip():
        yield LabelValue(_("名義"), bank.holder.strip())
    if due:
        yield LabelValue(_("期限"), due)


def month_label(month: Month) -> str:
    """``11月``: a whole month in the column of days."""
    return month_name(month.month)
