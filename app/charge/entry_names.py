"""What an entry of a contract is called in one line, with the day it is about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    Interrupted,
    Notified,
    Outage,
    Promoted,
    RenewalDeclined,
    Restored,
    Resumed,
    Started,
    Succeeded,
    Suspended,
    TermsNoticed,
    Transferred,
    Voided,
    WorksFee,
)
from app.contract.record import Entry
from app.days import date_words
from app.words import N_, _

_NAMES: Final[dict[type, str]] = {
    Started: N_("利用開始"),
    Changed: N_("数量・オプションの変更"),
    Ended: N_("解約"),
    Suspended: N_("利用停止"),
    Resumed: N_("利用再開"),
    Interrupted: N_("提供中止"),
    Outage: N_("障害"),
    Restored: N_("復旧"),
    WorksFee: N_("工事費"),
    Billing: N_("請求・支払方法"),
    Transferred: N_("譲渡"),
    Succeeded: N_("承継"),
    Notified: N_("届出事項の変更"),
    TermsNoticed: N_("規約改定のお知らせ"),
    RenewalDeclined: N_("更新しない通知"),
    Promoted: N_("附則の無料期間"),
    Voided: N_("記録の取消し"),
}


def entry_words(entry: Entry) -> str:
    """``数量・オプションの変更（2026年10月16日）``."""
    name = _(_NAMES[type(entry)]) if type(entry) in _NAMES else _("申込みの手続き")
    day = entry_day(entry)
    if day is None:
        return name
    return _("{name}（{day}）").format(name=name, day=date_words(day, weekday=False))


def entry_day(entry: Entry) -> date | None:
    """The day an entry is about, where it has one."""
    for field in ("on", "first", "known_at", "at", "since", "notified", "applied_on"):
        value = getattr(entry, field, None)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
    return None
