"""What the papers of a contract share: its lines, whose it is, where it is used, how it is paid, and who
provides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.charge.lines import Line, make_bill
from app.charge.words import line_detail
from app.contract.customer import CustomerFields
from app.contract.customer_notice import method_words
from app.contract.record import ContractContent
from app.days import Month
from app.papers.issuer import ServiceRole, Settings
from app.papers.line_rows import line_row
from app.papers.model import Facts, Headline, HeadlineFact, LabelValue, LineGroup, LineTable
from app.papers.parts import paper_date, paper_month, postal_words
from app.tariff.clauses import clause_note
from app.tariff.model import Edition, Service
from app.tariff.texts import words
from app.words import N_, _, pgettext

LINES: Final[Mapping[str, str]] = {
    "flets": N_("フレッツ光"),
    "collab": N_("光コラボ"),
    "other": N_("その他の回線"),
}
AREAS: Final[Mapping[str, str]] = {"west": N_("西日本エリア"), "east": N_("東日本エリア")}


@dataclass(frozen=True)
class Ordered:
    """What a contract comes to by the price list and agreed prices: ``quantity`` in words, and the lines of a
    full month, of a year paid ahead and of the start. ``taxed_on``: the day whose tax rate holds. Without
    lines no price is known.
    """

    quantity: str
    taxed_on: date
    monthly: tuple[Line, ...] = ()
    annual: tuple[Line, ...] = ()
    once: tuple[Line, ...] = ()

    @property
    def regular(self) -> tuple[Line, ...]:
        """What comes again: a year's lines where a year is paid ahead, else a month's."""
        return self.annual or self.monthly

    @property
    def total(self) -> int:
        """A month (or a year paid ahead) in yen with tax."""
        return make_bill(self.regular, self.taxed_on).total if self.regular else 0


_SHORT: Final = 13  # half-width characters that fit beside the great sum with two facts more


def quantity_fact(quantity: str) -> tuple[HeadlineFact, ...]:
    """The quantity as a fact beside the headline, where it is short enough for that."""
    return (HeadlineFact(_("数量"), quantity),) if quantity and _width(quantity) <= _SHORT else ()


def quantity_rows(quantity: str) -> tuple[LabelValue, ...]:
    """The quantity under the service, where it is too long to stand beside the headline."""
    return (LabelValue(_("数量"), quantity),) if _width(quantity) > _SHORT else ()


def _width(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)


@dataclass(frozen=True)
class Provided:
    """Whose service it is by which terms, and what we are for it."""

    service: Service
    edition: Edition
    role: ServiceRole

    @property
    def arranged(self) -> bool:
        """Whether we only arrange it (取次)."""
        return self.role.role == "agent"

    @property
    def provider(self) -> str:
        """The provider's name."""
        return words(self.service.provider)

    @property
    def providers(self) -> tuple[str, ...]:
        """The provider where it isn't us, as our own block names it."""
        return (self.provider,) if self.arranged else ()

    @property
    def terms(self) -> str:
        """The title of the terms, without their day."""
        return self.service.source.partition("（")[0].strip() or words(self.service.name)


def headline(ordered: Ordered, facts: Iterable[HeadlineFact] = ()) -> Headline:
    """A month (or a year) with tax, large, beside it the same without tax. None where no price is known."""
    if not ordered.regular:
        return Headline("", "", 0)
    bill = make_bill(ordered.regular, ordered.taxed_on)
    label = _("年額") if ordered.annual else _("月額")
    net = HeadlineFact(_("税抜"), bill.net + bill.exempt)
    return Headline(label, pgettext("caption", "税込"), bill.total, (net, *facts)[:3])


def line_table(ordered: Ordered, remark: str = "") -> LineTable:
    """Item by item: 月額, 年額 and what is charged once. ``remark`` says of when they are."""
    heads = (_("品目"), _("根拠"), _("数量"), _("単位"), _("単価"), _("金額（税抜）"))
    groups = (
        _group(_("月額料金"), ordered.monthly, remark),
        _group(_("年額料金"), ordered.annual, remark),
        _group(_("初期費用"), ordered.once, remark),
    )
    return LineTable(heads, tuple(group for group in groups if group.rows))


def _group(title: str, lines: tuple[Line, ...], remark: str) -> LineGroup:
    rows = tuple(line_row(line, line_detail(line)) for line in lines)
    several = len(rows) > 1
    label = _("{title} 小計").format(title=title) if several else ""
    return LineGroup(title, remark, rows, label, sum(line.amount for line in lines) if several else None)


def option_rows(edition: Edition, options: Mapping[str, bool | int]) -> Iterator[LabelValue]:
    """What was chosen of each option that says something: 24時間対応  あり."""
    for one in edition.options:
        if one.code not in options:
            continue
        value = options[one.code]
        if one.kind == "flag":
            yield LabelValue(words(one.name), _("あり") if value else _("なし"))
        elif value:
            yield LabelValue(words(one.name), f"{value}")


def contractor(
    customer: CustomerFields, content: ContractContent, corporate_number: str, title: str
) -> Facts:
    """Whose contract it is, and whom to call about it."""
    contact = content.contact
    person = "  ".join(part for part in (contact.department.strip(), contact.name.strip()) if part)
    person = person or "  ".join(
        part for part in (customer.department.strip(), customer.person.strip()) if part
    )
    rows = (
        LabelValue(_("名義"), customer.name.strip()),
        LabelValue(_("法人番号"), corporate_number.strip()),
        LabelValue(_("住所"), full_address(customer)),
        LabelValue(_("ご担当"), person),
        LabelValue(_("電話"), (contact.phone or customer.phone).strip()),
        LabelValue(_("メール"), (contact.email or customer.email).strip()),
    )
    return Facts(title, tuple(row for row in rows if row.value))


def full_address(customer: CustomerFields) -> str:
    """``〒650-0099 兵庫県神戸市…``, the building after it."""
    plain = (customer.prefecture + customer.address).strip()
    return "  ".join(
        part
        for part in (" ".join((postal_words(customer.postal_code), plain)).strip(), customer.building.strip())
        if part
    )


def used_where(content: ContractContent, customer: CustomerFields) -> Facts:
    """The site and the line it stands on. Who holds the line is named where it is somebody else."""
    site = content.site
    address = " ".join(part for part in (postal_words(site.postal_code), site.address.strip()) if part)
    holder = content.line_holder.strip()
    rows = (
        LabelValue(_("ご利用場所"), site.name.strip()),
        LabelValue(_("所在地"), address or _("ご契約者の住所と同じ")),
        LabelValue(_("エリア"), _(AREAS[site.area])),
        LabelValue(_("回線"), _(LINES[content.line])),
        LabelValue(_("回線番号"), content.line_number.strip()),
        LabelValue(_("回線の名義"), holder if holder and holder != customer.name.strip() else ""),
    )
    return Facts(_("ご利用場所と回線"), tuple(row for row in rows if row.value))


def paid_how(content: ContractContent, customer: CustomerFields) -> Facts:
    """How it is paid, and where bills go."""
    billing = content.billing
    to = "  ".join(
        part for part in (billing.name.strip(), billing.department.strip(), billing.person.strip()) if part
    )
    address = " ".join(part for part in (postal_words(billing.postal_code), billing.address.strip()) if part)
    same = not (to or address)
    rows = (
        LabelValue(_("お支払い方法"), method_words(billing.method) or _("未定")),
        LabelValue(_("請求先"), _("ご契約者と同じ") if same else to or customer.name.strip()),
        LabelValue(_("送付先"), address),
    )
    return Facts(_("お支払い"), tuple(row for row in rows if row.value))


def terms_words(provided: Provided, settings: Settings) -> str:
    """``○○利用規約（2026年5月11日実施）``."""
    start = provided.edition.start
    if start is None:
        return provided.terms
    day = paper_date(start, settings.company, weekday=False)
    return _("{terms}（{day}実施）").format(terms=provided.terms, day=day)


def inline_date(day: date, settings: Settings) -> str:
    """A day within a sentence or a cell, without its weekday."""
    return paper_date(day, settings.company, weekday=False)


def inline_month(month: Month, settings: Settings) -> str:
    """``2027年5月``, or ``令和9年5月``."""
    return paper_month(month, settings.company)


def formation_words(provided: Provided) -> tuple[str, str]:
    """How the contract comes about, and the clause. Where the terms have the start rest on the clause of the
    acceptance, its notice forms the contract and the day stated in it puts it into effect: two days.
    """
    life = provided.edition.life
    clause = life.acceptance_clause if life is not None else ""
    by = provided.provider if provided.arranged else pgettext("subject", "当社")
    if life is not None and clause and clause in life.start_clause.split(", "):
        text = _(
            "ご契約は、{provider}が承諾の通知を発行したときに成立し、通知に記した日から効力を生じます。"
        ).format(provider=by)
    elif provided.arranged:
        text = _("ご契約は、{provider}の承諾の通知により成立します。").format(provider=by)
    else:
        text = _("ご契約は、{provider}の承諾により成立します。").format(provider=by)
    return text, clause_note(clause)
