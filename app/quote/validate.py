"""What a quotation's customer and texts must be like before it may be issued. Nothing typed is ever
changed here.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from app.contract.customer import CustomerFields
from app.errors import Problems
from app.quote.content import AgreedPrice, HandLine, HandPrice, QuotationContent
from app.words import N_, _, pgettext

LONGEST_NAME: Final = 200
LONGEST_LINE: Final = 200
LONGEST_REMARKS: Final = 2_000
MOST_ENTRIES: Final = 50

_CUSTOMER_LABELS: Final = {
    "name": N_("お名前"),
    "kana": N_("フリガナ"),
    "postal_code": N_("郵便番号"),
    "prefecture": N_("都道府県"),
    "address": N_("住所"),
    "building": N_("建物名"),
    "department": N_("部署"),
    "person": N_("ご担当者"),
    "phone": N_("電話番号"),
    "email": N_("メールアドレス"),
}


def check_customer(content: QuotationContent, problems: Problems) -> None:
    """What must be known of the customer before a paper can be addressed."""
    check_customer_fields(content.customer, "customer.", problems)


def check_customer_fields(customer: CustomerFields, prefix: str, problems: Problems) -> None:
    """A name is needed; every text must be one printable line of reasonable length. ``prefix`` stands
    before field names.
    """
    if not customer.name.strip():
        problems.add(
            "bad-input",
            _("お客さまのお名前がありません。"),
            remedy=_("顧客を選ぶか、お名前を入力してください。"),
            field=f"{prefix}name",
        )
    for field, label in _CUSTOMER_LABELS.items():
        check_line(getattr(customer, field), _(label), f"{prefix}{field}", problems)
    digits = customer.postal_code.replace("-", "")
    if digits and not (len(digits) == 7 and digits.isascii() and digits.isdigit()):
        problems.add(
            "bad-input",
            _("郵便番号は数字7桁です。"),
            remedy=pgettext("remedy", "例：541-0053"),
            field=f"{prefix}postal_code",
        )


def check_texts(content: QuotationContent, problems: Problems) -> None:
    """Every text typed: printable and not too long; not too many entries."""
    check_line(content.title, _("件名"), "title", problems)
    _check_text(content.remarks, _("備考"), "remarks", problems, LONGEST_REMARKS, newlines=True)
    for place, service in enumerate(content.services):
        check_line(service.site.name, _("設置場所"), f"services.{place}.site.name", problems)
        check_line(service.site.address, _("住所"), f"services.{place}.site.address", problems)
        for number, agreed in enumerate(service.agreed_prices):
            _check_approval(agreed, f"services.{place}.agreed_prices.{number}", problems)
    for place, visit in enumerate(content.visits):
        check_line(visit.site.name, _("訪問先"), f"visits.{place}.site.name", problems)
        check_line(visit.site.address, _("住所"), f"visits.{place}.site.address", problems)
        for number, work in enumerate(visit.work):
            check_line(work.label, _("機器の名前"), f"visits.{place}.work.{number}.label", problems)
            if work.by_hand is not None:
                _check_approval(work.by_hand, f"visits.{place}.work.{number}.by_hand", problems)
    for place, line in enumerate(content.hand_lines):
        check_line(line.name, _("品目"), f"hand_lines.{place}.name", problems)
        check_line(line.unit, _("単位"), f"hand_lines.{place}.unit", problems)
        _check_approval(line, f"hand_lines.{place}", problems)
    for name in ("services", "visits", "hand_lines"):
        if len(getattr(content, name)) > MOST_ENTRIES:
            problems.add(
                "bad-input",
                _("1通の見積に入れられるのは{most}件までです。").format(most=MOST_ENTRIES),
                remedy=_("見積を分けてください。"),
                field=name,
            )


def _check_approval(price: AgreedPrice | HandPrice | HandLine, field: str, problems: Problems) -> None:
    """Why a price is not the tariff's, and who approved it: both stand in the record of the quotation."""
    check_line(price.reason, _("理由"), f"{field}.reason", problems)
    check_line(price.approved_by, _("承認者"), f"{field}.approved_by", problems)


def check_line(text: str, label: str, field: str, problems: Problems) -> None:
    """One printable line."""
    _check_text(text, label, field, problems, LONGEST_LINE, newlines=False)


def _check_text(
    text: str, label: str, field: str, problems: Problems, longest: int, *, newlines: bool
) -> None:
    if len(text) > longest:
        problems.add(
            "bad-input",
            _("{label}が長すぎます（{length}文字）。").format(label=label, length=f"{len(text):,}"),
            remedy=_("{most}文字以内にしてください。").format(most=longest),
            field=field,
        )
        return
    strange = next((one for one in text if _is_unprintable(one, newlines)), None)
    if strange is not None:
        problems.add(
            "bad-input",
            _("{label}に印刷できない文字（U+{code}）があります。").format(
                label=label, code=f"{ord(strange):04X}"
            ),
            remedy=_("その文字を取り除いてください。"),
            field=field,
        )


def _is_unprintable(character: str, newlines: bool) -> bool:
    """Control and private characters, lone surrogates, and pictures (emoji) that no paper font has."""
    if character == "\n" and newlines:
        return False
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Co", "Cn"):
        return True
    return 0x1F000 <= ord(character) <= 0x1FAFF
