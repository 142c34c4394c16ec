"""What a customer must be like to be stored, and how what was typed is tidied. All problems at once."""

from __future__ import annotations

import unicodedata
from typing import Final, TypeVar

import msgspec

from app.contract.corporate_number import normalized as corporate_digits
from app.contract.corporate_number import problem_of
from app.contract.customer import (
    CustomerBilling,
    CustomerContact,
    CustomerDetails,
    CustomerFields,
    CustomerKind,
    CustomerSite,
)
from app.contract.phones import written
from app.errors import Problems
from app.postal import normalized as postal_digits
from app.quote.validate import check_customer_fields, check_line
from app.words import N_, _, pgettext

MOST_ROWS: Final = 50
_LABELS: Final = {
    "name": N_("お名前"),
    "kana": N_("フリガナ"),
    "department": N_("部署"),
    "role": N_("役職"),
    "person": N_("ご担当者"),
    "phone": N_("電話番号"),
    "email": N_("メールアドレス"),
    "address": N_("住所"),
}

Row = TypeVar("Row", CustomerContact, CustomerSite, CustomerBilling)


def check_customer(fields: CustomerFields, details: CustomerDetails) -> None:
    """Raise UserError with everything that keeps a customer from being stored; the fields of details stand
    below ``details.`` (``details.contacts.0.name``).
    """
    problems = Problems()
    check_customer_fields(fields, "", problems)
    _check_number(fields.kind, details.corporate_number, problems)
    for name, count in (("contacts", len(details.contacts)), ("sites", len(details.sites))):
        if count > MOST_ROWS:
            problems.add(
                "bad-input",
                _("登録できるのは{most}件までです。").format(most=MOST_ROWS),
                field=f"details.{name}",
            )
    for place, site in enumerate(details.sites):
        _check_texts(site, f"details.sites.{place}", problems)
    for place, contact in enumerate(details.contacts):
        _check_texts(contact, f"details.contacts.{place}", problems)
        if not contact.name:
            problems.add(
                "bad-input",
                _("連絡先のお名前がありません。"),
                remedy=_("お名前を入力するか、この行を外してください。"),
                field=f"details.contacts.{place}.name",
            )
    _check_texts(details.billing, "details.billing", problems)
    problems.raise_if_any()


def _check_number(kind: CustomerKind, number: str, problems: Problems) -> None:
    if not number:
        return
    field = "details.corporate_number"
    if kind == "sole-trader":
        problems.add(
            "bad-input",
            _("個人事業主には法人番号がありません。"),
            remedy=_("区分を確かめるか、法人番号を空にしてください。"),
            field=field,
        )
        return
    wrong = problem_of(number)
    if wrong:
        problems.add("bad-input", wrong, field=field)


def _check_texts(
    row: CustomerContact | CustomerSite | CustomerBilling, path: str, problems: Problems
) -> None:
    for name in row.__struct_fields__:
        if name in _LABELS:
            check_line(getattr(row, name), _(_LABELS[name]), f"{path}.{name}", problems)
    code = getattr(row, "postal_code", "")
    if code and postal_digits(code) is None:
        problems.add(
            "bad-input",
            _("郵便番号は数字7桁です。"),
            remedy=pgettext("remedy", "例：541-0053"),
            field=f"{path}.postal_code",
        )


def tidy_fields(fields: CustomerFields) -> CustomerFields:
    """Without spaces around the texts; postal code in digits, phone as phones are written."""
    tidy = {
        name: value.strip() if isinstance(value := getattr(fields, name), str) else value
        for name in fields.__struct_fields__
    }
    tidy["postal_code"] = _postal(tidy["postal_code"])
    tidy["phone"] = written(tidy["phone"])
    return msgspec.structs.replace(fields, **tidy)


def tidy_details(details: CustomerDetails) -> CustomerDetails:
    """The same for what stands beside the fields; rows in which nothing stands are left out."""
    contacts = (_tidy_row(row) for row in details.contacts)
    sites = (_tidy_row(row) for row in details.sites)
    return msgspec.structs.replace(
        details,
        corporate_number=corporate_digits(details.corporate_number),
        contacts=tuple(row for row in contacts if row != CustomerContact()),
        sites=tuple(row for row in sites if row != CustomerSite()),
        billing=_tidy_row(details.billing),
    )


def _tidy_row(row: Row) -> Row:
    tidy = {name: getattr(row, name).strip() for name in row.__struct_fields__}
    if "postal_code" in tidy:
        tidy["postal_code"] = _postal(tidy["postal_code"])
    if "phone" in tidy:
        tidy["phone"] = written(tidy["phone"])
    return msgspec.structs.replace(row, **tidy)


def _postal(code: str) -> str:
    """Seven digits however they were typed; anything else but for width and hyphens, to be told as wrong."""
    plain = unicodedata.normalize("NFKC", code)
    return postal_digits(code) or plain.replace("-", "").replace("〒", "").strip()
