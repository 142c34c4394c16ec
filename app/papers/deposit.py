"""預り証: what the desk takes into custody, in two halves: the customer's, sealed by us, and ours, signed by
the customer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.contract.customer import CustomerFields
from app.papers.frame import Frame, framed
from app.papers.issuer import Settings
from app.papers.model import (
    Column,
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    LabelValue,
    PageHead,
    Paper,
    Point,
    Points,
    Row,
    Section,
    Table,
)
from app.papers.parts import paper_date
from app.papers.quotation import IssueMark
from app.papers.signature import Signature, signing_box
from app.words import _

BLANK: Final = "\u00a0"  # room for a hand


@dataclass(frozen=True)
class DepositItem:
    """Something handed over, how many, and what is to be known of it (its number, marks, accessories)."""

    name: str
    quantity: int = 1
    note: str = ""


@dataclass(frozen=True)
class Deposit:
    """What is taken into custody. ``about``: the contract or visit it belongs to, in words; ``until``: the
    day it is to be given back, None where that is open; ``given_back`` False: it stays with us or goes to the
    provider, as rented devices do at the end; ``handed_by``: who handed it over.
    """

    customer: CustomerFields
    items: tuple[DepositItem, ...]
    purpose: str
    day: date
    about: str = ""
    until: date | None = None
    given_back: bool = True
    condition: str = ""
    handed_by: str = ""
    signature: Signature | None = None


def deposit_paper(deposit: Deposit, settings: Settings, mark: IssueMark | None) -> Paper:
    """The 預り証 in the language in use: page 1 for the customer, page 2 to be kept by us. ``mark`` None: a
    draft, without seal.
    """
    frame = Frame(
        kind="D",
        title=_("預り証"),
        customer=deposit.customer,
        settings=settings,
        today=deposit.day,
        mark=mark,
        revisions=False,
        keywords=(deposit.customer.name.strip(),),
        dated=_("お預かりした日"),
        mailed=False,
    )
    shown = paper_date(mark.on if mark else deposit.day, settings.company)
    return framed(
        frame,
        tuple(_sections(deposit, settings, mark.number if mark else "", shown)),
        opening=_("下記の品を、たしかにお預かりしました。"),
        subject=tuple(
            row
            for row in (LabelValue(_("目的"), deposit.purpose), LabelValue(_("ご契約・訪問"), deposit.about))
            if row.value
        ),
        headline=_headline(deposit, settings),
        foot=signing_box(_("上記の品を預けました。"), deposit.signature, settings, deposit.handed_by),
    )


def _headline(deposit: Deposit, settings: Settings) -> Headline:
    """What it is, how many pieces, and when it goes back."""
    names = list(dict.fromkeys(one.name for one in deposit.items))
    told = (
        names[0] if len(names) == 1 else _("{name} ほか{count}品").format(name=names[0], count=len(names) - 1)
    )
    pieces = sum(one.quantity for one in deposit.items)
    back = paper_date(deposit.until, settings.company) if deposit.until else _("別にご連絡します")
    after = (
        (_("お返しの予定日"), back) if deposit.given_back else (_("このあと"), _("ご返却品として扱います"))
    )
    return Headline(
        _("お預かり品"),
        "",
        0,
        (
            HeadlineFact(_("点数"), _("{count}点").format(count=pieces)),
            HeadlineFact(*after),
        ),
        told,
    )


def _sections(deposit: Deposit, settings: Settings, number: str, shown: str) -> Iterator[Section]:
    yield _items(deposit)
    yield Facts(_("お預かりの条件"), tuple(_terms(deposit, settings)))
    yield Points(_("お客さまへ"), tuple(_points(deposit)))
    yield PageHead(
        _("預り証（当社控）"),
        number,
        tuple(
            row
            for row in (
                LabelValue(_("お客さま"), deposit.customer.name.strip()),
                LabelValue(_("お預かりした日"), shown),
                LabelValue(_("目的"), deposit.purpose),
                LabelValue(_("ご契約・訪問"), deposit.about),
            )
            if row.value
        ),
    )
    yield _items(deposit)
    yield Facts(_("お預かりの条件"), tuple(_terms(deposit, settings)))
    if deposit.given_back:
        yield _given_back(settings)


def _points(deposit: Deposit) -> Iterator[Point]:
    if not deposit.given_back:
        yield Point(_("本証は、ご返却いただいたことの控えです。大切に保管してください。"))
        return
    yield Point(_("お返しの際に本証を確認します。お受け取りまで大切に保管してください。"))
    yield Point(_("お預かりした品は、上の目的のほかには使いません。"))
    yield Point(_("お返しの予定が変わるときは、あらかじめご連絡します。"))


def _items(deposit: Deposit) -> Table:
    columns = (
        Column(_("番"), "left", 0.06),
        Column(_("品名"), "left", 0.42),
        Column(_("数量"), "right", 0.10),
        Column("", "left", 0.02),
        Column(_("製造番号・状態・付属品"), "left", 0.40),
    )
    rows = [
        Row((f"{place}", one.name, f"{one.quantity:,}", "", one.note or "—"))
        for place, one in enumerate(deposit.items, start=1)
    ]
    total = f"{sum(one.quantity for one in deposit.items):,}"
    if len(rows) > 1:
        rows.append(Row(("", _("合計"), total, "", ""), total=True))
    return Table(_("お預かりした品"), columns, tuple(rows))


def _terms(deposit: Deposit, settings: Settings) -> Iterator[LabelValue]:
    back = (
        paper_date(deposit.until, settings.company)
        if deposit.until
        else _("未定（決まりしだいご連絡します）")
    )
    if deposit.given_back:
        yield LabelValue(_("お返しの予定日"), back)
    else:
        yield LabelValue(_("このあと"), _("ご返却品として扱い、お返しはしません"))
    if deposit.condition:
        yield LabelValue(_("お預かり時の状態"), deposit.condition)
    staff = settings.staff_member()
    if staff is not None:
        yield LabelValue(
            _("お預かりした者"), "  ".join(part for part in (settings.desk_name, staff.name) if part)
        )


def _given_back(settings: Settings) -> Halves:
    """To be filled in by hand when the things go back; the signature of handing over stands beside it."""
    day = _("令和　　年　　月　　日") if settings.company.era == "wareki" else _("20　　年　　月　　日")
    rows = (
        LabelValue(_("お返しした日"), day),
        LabelValue(_("お返しした品"), _("すべて ・ 一部（　　　　　　　　　）")),
        LabelValue(_("担当"), BLANK),
        LabelValue(_("お受け取りのご署名"), BLANK),
    )
    return Halves(Facts(_("お返しの記録"), rows), Facts("", ()))
