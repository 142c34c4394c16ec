"""What was recorded of a contract in words: its day, what it was, who recorded it, whether it still holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.charge.entry_names import entry_day
from app.contract import facts, steps
from app.contract.record import Entry, Recorded
from app.days import date_words
from app.money import yen_words
from app.papers.explanation import how_words
from app.quote.service_price import quantity_words
from app.tariff.catalogue import words as say
from app.tariff.editions import stands_for
from app.tariff.model import Edition
from app.usecases.contract_view import ContractView
from app.words import _
from ui.moments import moment_words


@dataclass(frozen=True)
class EntryWords:
    """An entry as the history shows it. ``voided``: who took it back, when and why; "" while it holds."""

    entry_id: str
    icon: str
    tone: str
    day: str
    what: str
    detail: str
    who: str
    voided: str
    voidable: bool

    def as_text(self) -> str:
        """All of it in one line."""
        parts = (self.day, self.what, self.detail, self.who, self.voided)
        return " ".join(part for part in parts if part)


_ICONS: Mapping[type, str] = {
    facts.Started: "play",
    facts.Changed: "arrow-right-left",
    facts.Ended: "square",
    facts.Suspended: "pause",
    facts.Resumed: "play",
    facts.Interrupted: "wrench",
    facts.Outage: "triangle-alert",
    facts.Restored: "circle-check",
    facts.WorksFee: "wrench",
    facts.Billing: "receipt-japanese-yen",
    facts.Transferred: "users",
    facts.Succeeded: "users",
    facts.Notified: "pencil",
    facts.TermsNoticed: "book-open",
    facts.RenewalDeclined: "calendar-x",
    facts.Promoted: "badge-percent",
    steps.Explained: "clipboard-check",
    steps.Submitted: "send",
    steps.Accepted: "circle-check",
    steps.Refused: "circle-x",
    steps.Withdrawn: "undo-2",
    steps.Revoked: "circle-x",
}


def _name(entry: Entry) -> str:
    names: dict[type, Callable[[], str]] = {
        facts.Started: lambda: _("利用開始"),
        facts.Changed: lambda: _("数量・オプションの変更"),
        facts.Ended: lambda: _("解約"),
        facts.Suspended: lambda: _("利用停止"),
        facts.Resumed: lambda: _("利用再開"),
        facts.Interrupted: lambda: _("提供中止"),
        facts.Outage: lambda: _("障害"),
        facts.Restored: lambda: _("復旧"),
        facts.WorksFee: lambda: _("工事費"),
        facts.Billing: lambda: _("請求・支払方法"),
        facts.Transferred: lambda: _("譲渡"),
        facts.Succeeded: lambda: _("承継"),
        facts.Notified: lambda: _("届出事項の変更"),
        facts.TermsNoticed: lambda: _("規約改定の通知"),
        facts.RenewalDeclined: lambda: _("更新しない通知"),
        facts.Promoted: lambda: _("附則の無料期間"),
        steps.Explained: lambda: _("重要事項の説明"),
        steps.Submitted: lambda: _("申込みの送付"),
        steps.Accepted: lambda: _("承諾"),
        steps.Refused: lambda: _("不承諾"),
        steps.Withdrawn: lambda: _("申込みの取下げ"),
        steps.Revoked: lambda: _("承諾の取消し"),
    }
    return names[type(entry)]() if type(entry) in names else type(entry).__name__


def entries_told(view: ContractView, now: datetime, names: Mapping[str, str]) -> tuple[EntryWords, ...]:
    """Everything recorded, the newest first. What voids another is told with what it voids."""
    entries = view.stored.entries
    voids = {one.entry.voids: one for one in entries if isinstance(one.entry, facts.Voided)}
    editions = view.catalogue.service(view.stored.content.service).editions
    edition = stands_for(editions, view.today)
    return tuple(
        _told(one, voids.get(one.entry.id) if one.entry.id else None, edition, now, names)
        for one in reversed(entries)
        if not isinstance(one.entry, facts.Voided)
    )


def _told(
    one: Recorded, voided: Recorded | None, edition: Edition, now: datetime, names: Mapping[str, str]
) -> EntryWords:
    entry = one.entry
    day = entry_day(entry)
    who = _("{staff}が{moment}に記録").format(
        staff=names.get(one.staff, one.staff), moment=moment_words(one.recorded_at, now)
    )
    if one.note:
        who = _("{who}：{note}").format(who=who, note=one.note)
    back = ""
    if voided is not None:
        back = _("{staff}が{moment}に取り消し").format(
            staff=names.get(voided.staff, voided.staff), moment=moment_words(voided.recorded_at, now)
        )
        if voided.note:
            back = _("{what}：{why}").format(what=back, why=voided.note)
    return EntryWords(
        entry.id,
        _ICONS.get(type(entry), "file-text"),
        "text3" if voided else "accent",
        date_words(day) if day is not None else "—",
        _name(entry),
        _detail(entry, edition),
        who,
        back,
        voidable=voided is None and bool(entry.id),
    )


# --- what an entry says beyond its name -------------------------------------------------------------


def _detail(entry: Entry, edition: Edition) -> str:
    maker = _DETAILS.get(type(entry))
    return maker(entry, edition) if maker is not None else ""


def _joined(*parts: str) -> str:
    return _("・").join(part for part in parts if part)


def _items(items: Mapping[str, int] | None, options: Mapping[str, Any] | None, edition: Edition) -> str:
    counted = quantity_words(edition, dict(items)) if items is not None else ""
    chosen = [
        say(option.name)
        for code, value in (options or {}).items()
        if value and (option := edition.option(code))
    ]
    return _joined(counted, *chosen)


def _has(entry: Any, edition: Edition) -> str:
    return _items(entry.items, entry.options, edition)


def _ended(entry: Any, _edition: Edition) -> str:
    by = {"customer": _("お客さまから"), "company": _("提供会社から")}[entry.by]
    reasons = {
        "terms-change": _("規約の変更に不同意"),
        "arrears": _("料金の未払い"),
        "line-ended": _("回線の終了"),
        "service-end": _("サービスの終了"),
        "supplier-change": _("提供元の変更"),
    }
    return _joined(by, reasons.get(entry.reason or "", ""))


def _suspended(entry: Any, _edition: Edition) -> str:
    if entry.last is None:
        return _("再開まで")
    return _("{day}まで").format(day=date_words(entry.last, weekday=False))


def _moment(moment: datetime) -> str:
    return f"{moment.month}/{moment.day} {moment.hour}:{moment.minute:02}"


def _outage(entry: Any, _edition: Edition) -> str:
    since = _("{moment}に把握").format(moment=_moment(entry.known_at))
    causes = {
        "company": _("提供会社の責任"),
        "gross-negligence": _("提供会社の重大な過失"),
        "third-party": _("第三者の原因"),
        "customer": _("お客さまの原因"),
    }
    if entry.restored_at is None:
        return _joined(since, causes[entry.cause])
    hours = int((entry.restored_at - entry.known_at).total_seconds() // 3600)
    back = _("{moment}に復旧（{hours}時間）").format(moment=_moment(entry.restored_at), hours=hours)
    return _joined(since, back, causes[entry.cause])


def _restored(entry: Any, _edition: Edition) -> str:
    return _moment(entry.at)


def _interrupted(entry: Any, _edition: Edition) -> str:
    until = _moment(entry.until) if entry.until is not None else ""
    return _joined(f"{_moment(entry.since)}〜{until}", entry.why)


def _handed_over(entry: Any, _edition: Edition) -> str:
    return _("{name} へ").format(name=entry.to)


def _works_fee(entry: Any, _edition: Edition) -> str:
    return yen_words(entry.amount)


def _accepted(entry: Any, _edition: Edition) -> str:
    effective = _("効力 {day}").format(day=date_words(entry.effective, weekday=False))
    number = _("契約番号 {number}").format(number=entry.provider_number) if entry.provider_number else ""
    return _joined(effective, number)


def _explained(entry: Any, _edition: Edition) -> str:
    signed = _("署名 {name}").format(name=entry.signer) if entry.strokes else entry.signer
    return _joined(entry.by, how_words(entry.how), signed, entry.paper_number)


def _submitted(entry: Any, _edition: Edition) -> str:
    return _("受付順 {number}").format(number=entry.receipt) if entry.receipt else ""


def _in_words(entry: Any, _edition: Edition) -> str:
    return str(entry.words)


_DETAILS: Mapping[type, Callable[[Any, Edition], str]] = {
    facts.Started: _has,
    facts.Changed: _has,
    facts.Ended: _ended,
    facts.Suspended: _suspended,
    facts.Interrupted: _interrupted,
    facts.Outage: _outage,
    facts.Restored: _restored,
    facts.WorksFee: _works_fee,
    facts.Transferred: _handed_over,
    facts.Succeeded: _handed_over,
    steps.Explained: _explained,
    steps.Submitted: _submitted,
    steps.Accepted: _accepted,
    steps.Refused: _in_words,
    steps.Withdrawn: _in_words,
    steps.Revoked: _in_words,
}


def filter_words(count: int, shown: Sequence[EntryWords]) -> str:
    """How many entries there are, and how many of them were taken back."""
    gone = sum(bool(one.voided) for one in shown)
    words = _("{count}件の記録").format(count=count)
    return _("{words}・うち取消し{gone}件").format(words=words, gone=gone) if gone else words
