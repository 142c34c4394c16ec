"""Parts that every paper of the family shares: addressee, our own block, dates, clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from app.contract.customer import CustomerFields
from app.days import Month, date_words, era_date_words, month_words, short_month_words, weekday_words
from app.papers.issuer import Company, Settings
from app.papers.model import Addressee, IssuerBlock
from app.words import _, language

_DATED: Final = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
MOST_LINES: Final = 6  # lines of our own block before the headline begins


def paper_date(day: date, company: Company, *, weekday: bool = True) -> str:
    """A date as the company's papers write it: Western or 和暦."""
    if company.era == "wareki" and language() == "ja":
        words = era_date_words(day)
        return _("{date}（{weekday}）").format(date=words, weekday=weekday_words(day)) if weekday else words
    return date_words(day, weekday=weekday)


def paper_month(month: Month, company: Company, *, short: bool = False) -> str:
    """A month as the company's papers write it: ``2026年11月``, or ``令和8年11月``. ``short``: for columns."""
    if company.era == "wareki" and language() == "ja":
        return era_date_words(month.first).removesuffix("1日")
    return short_month_words(month) if short else month_words(month)


def paper_year(month: Month, company: Company) -> str:
    """The year of a month: ``2026年``, or ``令和8年``; in English ``2026``."""
    if company.era == "wareki" and language() == "ja":
        return era_date_words(month.first).partition("年")[0] + "年"
    return _("{year}年").format(year=month.year)


def in_era(text: str, company: Company) -> str:
    """Words that were made elsewhere (by a bill, by a reason), with the years of the company's papers."""
    if company.era != "wareki" or language() != "ja":
        return text
    return _DATED.sub(_era_of, text)


def _era_of(found: re.Match[str]) -> str:
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        said = era_date_words(date(year, month, day))
    except ValueError:
        return found[0]
    return said if found[3] else said.removesuffix("1日")


def postal_words(code: str) -> str:
    """``〒650-0099`` from seven digits, "" from anything else."""
    digits = code.replace("-", "").strip()
    return f"〒{digits[:3]}-{digits[3:]}" if len(digits) == 7 else ""


def run_on(sentences: Iterable[str]) -> str:
    """Sentences one after the other: with a space between them where the language has one."""
    between = "" if language() == "ja" else " "
    return between.join(one.strip() for one in sentences)


def provider_number_label(*, arranged: bool) -> str:
    """What the number is called under which the provider keeps the contract: it may be ourselves."""
    return _("提供会社の番号") if arranged else _("サービスの番号")


def addressee(customer: CustomerFields) -> Addressee:
    """The customer as the paper addresses them: 様 after a person, else 御中 after an organisation, 様
    after a trader.
    """
    person = customer.person.strip()
    takes_person = bool(person) or customer.kind == "sole-trader"
    honorific = _("様") if takes_person else _("御中")
    address = (customer.prefecture + customer.address).strip()
    return Addressee(
        postal=postal_words(customer.postal_code),
        address=tuple(line for line in (address, customer.building.strip()) if line),
        name=customer.name.strip(),
        department=customer.department.strip(),
        person=person,
        honorific=honorific if language() == "ja" and customer.name.strip() else "",
    )


def addressee_line(customer: CustomerFields) -> str:
    """The customer on pages after the first: at most 20 characters, then 御中; or the person of the first page
    (at most 10 characters) and 様: the two never stand on one paper.
    """
    to = addressee(customer)
    if not to.name:
        return ""
    name = _shortened(to.name, 20)
    return " ".join(part for part in (name, _shortened(to.person, 10), to.honorific) if part)


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[:most]}…"


def issuer_block(settings: Settings, providers: tuple[str, ...], *, seal: bool) -> IssuerBlock:
    """Our company with its address, registration and staff; whom we arrange for; who takes complaints.

    ``providers``: names of the companies whose services we only arrange (取次); empty where we are the
    provider.
    """
    company = settings.company
    staff = settings.staff_member()
    building = "  ".join(
        part for part in (company.building, _("TEL {phone}").format(phone=company.phone)) if part
    )
    lines = [
        " ".join(part for part in (postal_words(company.postal_code), company.address) if part),
        building if company.phone else company.building,
        _("登録番号  {number}").format(number=company.registration) if company.registration else "",
        _staff_line(settings.desk_name, staff.department if staff else "", staff.name if staff else ""),
        _provider_line(providers),
        _("お問い合わせ・苦情  {desk}").format(desk=company.complaints_desk)
        if company.complaints_desk
        else "",
    ]
    return IssuerBlock(
        name=company.name,
        lines=tuple(line for line in lines if line.strip())[:MOST_LINES],
        seal=seal and settings.has_seal,
        logo=settings.has_logo,
    )


def _staff_line(desk: str, department: str, name: str) -> str:
    who = "  ".join(part for part in (department or desk, name) if part)
    return _("担当  {who}").format(who=who) if name else who


def _provider_line(providers: tuple[str, ...]) -> str:
    if not providers:
        return ""
    if len(providers) > 1:
        return _("取次店（提供会社は本書に記載）")
    return _("提供  {provider}（当社は取次店）").format(provider=providers[0])
