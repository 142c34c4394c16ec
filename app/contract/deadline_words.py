"""What a deadline is called, whose move it is, and on which day one should act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from app.days import DAY, is_business_day
from app.tariff.texts import words
from app.words import N_, _

if TYPE_CHECKING:
    from app.tariff.model import Service

QUOTATION_ENDS: Final = "quotation_ends"

_NAMES: Final[Mapping[str, str]] = {
    "min_term_ends": N_("最低契約期間の満了"),
    "term_ends": N_("利用期間の満了"),
    "renewal": N_("契約更新月"),
    "notice_by": N_("更新しない通知"),
    "uninstall_by": N_("アンインストール"),
    "invoice_by": N_("請求書の発行"),
    "payment_due": N_("年額のお支払い"),
    "settle_by": N_("未払料金のお支払い"),
    "return_equipment_by": N_("機器の返還"),
    "inspect_by": N_("検査"),
    "change_notice_by": N_("規約変更の予告"),
    "abolition_notice_by": N_("サービス廃止の予告"),
    "claim_by": N_("損害賠償の請求"),
    "deliver_by": N_("センサー納品"),
    "install_by": N_("センサー設置"),
    "test_due": N_("開通試験"),
    "opening": N_("開通希望日"),
    "start": N_("サービス開始"),
    "suspension_ends": N_("利用停止の期限"),
    "ended": N_("解約日"),
    "leave_free_until": N_("規約改定による解約"),
    QUOTATION_ENDS: N_("見積の有効期限"),
}

OFFERED: Final = (
    "notice_by", "renewal", "min_term_ends", "term_ends", "ended", "return_equipment_by", "uninstall_by",
    "opening", "deliver_by", "install_by", "test_due", "start", "inspect_by", "invoice_by", "payment_due",
    "settle_by", "suspension_ends", "leave_free_until", QUOTATION_ENDS,
)  # fmt: skip
"""The deadlines that are worked out for contracts and quotations, in the order a list offers them."""

_ICONS: Final[Mapping[str, str]] = {
    "min_term_ends": "history",
    "term_ends": "history",
    "renewal": "history",
    "notice_by": "mail",
    "uninstall_by": "laptop",
    "invoice_by": "receipt-japanese-yen",
    "payment_due": "japanese-yen",
    "settle_by": "japanese-yen",
    "return_equipment_by": "undo-2",
    "inspect_by": "clipboard-check",
    "deliver_by": "package",
    "install_by": "router",
    "test_due": "wifi",
    "opening": "play",
    "start": "play",
    "suspension_ends": "pause",
    "leave_free_until": "book-open",
    "ended": "log-out",
    QUOTATION_ENDS: "file-yen",
}

WHOSE: Final[Mapping[str, str]] = {
    "customer": N_("お客さまから"),
    "desk": N_("当店から"),
    "provider": N_("提供会社から"),
}


def deadline_words(code: str, service: Service | None = None) -> str:
    """``更新しない通知``; a code of a tariff of the owner's own by the name the tariff gives it."""
    if code in _NAMES:
        return _(_NAMES[code])
    if service is not None:
        for edition in reversed(service.editions):
            for rule in edition.deadlines:
                if rule.code == code and rule.name is not None:
                    return words(rule.name)
    return code.replace("_", " ")


def deadline_icon(code: str) -> str:
    """The name of the picture that stands for it."""
    return _ICONS.get(code, "flag")


def offered_deadlines() -> tuple[tuple[str, str], ...]:
    """The kinds a list can be narrowed to, each with its name."""
    return tuple((code, _(_NAMES[code])) for code in OFFERED)


def whose_words(whose: str) -> str:
    """``お客さまから``: who has to act."""
    return _(WHOSE[whose]) if whose in WHOSE else ""


def whose_icon(whose: str) -> str:
    """The name of the picture of who has to act."""
    return {"customer": "user", "desk": "store", "provider": "building-2"}.get(whose, "flag")


def business_day_before(day: date) -> date | None:
    """The last business day before a day on which no business is done; None for a business day."""
    if is_business_day(day):
        return None
    while not is_business_day(day):
        day -= DAY
    return day
