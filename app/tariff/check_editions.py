"""Rules for editions and what stands in them: terms, deadlines, promotions, readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from app.tariff.findings import Finding, Rule
from app.tariff.model import (
    Cancellation,
    Deadline,
    Edition,
    Liability,
    OutageCredit,
    Promotion,
    Reading,
    Term,
    TerminationFee,
)
from app.tariff.shape import shown
from app.words import _

_ALWAYS = ("start", "until", "priced", "clause")


def edition(record: Edition, _itself: Edition) -> Iterator[Finding]:
    """A priced edition has items and a rule for begun months; one without prices has nothing else."""
    if record.start is not None and record.until is not None and record.until <= record.start:
        yield Finding(
            "until", shown(record.until), _("start（{start}）より後の日").format(start=record.start)
        )
    if record.priced:
        for name in ("items", "proration"):
            if not getattr(record, name):
                yield Finding(name, _("ありません"), _("料金の分かる改定版（priced = true）には必要です"))
        return
    filled = [name for name in record.__struct_fields__ if name not in _ALWAYS and getattr(record, name)]
    if filled:
        yield Finding(
            "priced",
            _("priced = false なのに {names} があります").format(names=_("、").join(filled)),
            _("料金の分からない改定版に書けるのは {names} だけです").format(names=_("、").join(_ALWAYS)),
        )


def term(record: Term, _edition: Edition) -> Iterator[Finding]:
    """At least a month; a period of notice where the term renews unless notice is given."""
    if record.months < 1:
        yield Finding("months", shown(record.months), _("1以上の整数"))
    if (record.renewal == "yearly-unless-noticed") != (record.notice_months is not None):
        found = _("ありません") if record.notice_months is None else shown(record.notice_months)
        yield Finding(
            "notice_months",
            found,
            _('renewalが"yearly-unless-noticed"のときだけ、必ず書きます'),
            ("term.renewal",),
        )


def termination(record: TerminationFee, inside: Edition) -> Iterator[Finding]:
    """A fee for leaving early presupposes a term."""
    if inside.term is None:
        yield Finding(
            "policy",
            _("最低契約期間（term）がありません"),
            _("解約金のある改定版にはtermが必要です"),
            ("term",),
        )
    if record.waived and not record.waiver_clause.strip():
        yield Finding("waiver_clause", _("ありません"), _("免除の根拠の条項"))


def outage(record: OutageCredit, _edition: Edition) -> Iterator[Finding]:
    """Units of at least an hour."""
    if record.hours < 1:
        yield Finding("hours", shown(record.hours), _("1以上の整数"))


def cancellation(record: Cancellation, _edition: Edition) -> Iterator[Finding]:
    """A period of notice where, and only where, the policy has one."""
    wanted = {"business-days-notice": "business_days", "months-notice": "months"}.get(record.policy)
    for name in ("business_days", "months"):
        value = getattr(record, name)
        if (name == wanted) != (value is not None):
            found = _("ありません") if value is None else shown(value)
            allowed = _("必ず書きます") if name == wanted else _("書けません")
            yield Finding(
                name,
                found,
                _('policyが"{policy}"のときは{allowed}').format(policy=record.policy, allowed=allowed),
                ("cancellation.policy",),
            )


def deadline(record: Deadline, _edition: Edition) -> Iterator[Finding]:
    """Exactly one length."""
    given = [name for name in ("months", "business_days", "days") if getattr(record, name) is not None]
    if len(given) != 1:
        yield Finding(
            given[1] if given else "months",
            _("{names}が同時にあります").format(names=_("と").join(given)) if given else _("ありません"),
            _("months・business_days・daysのどれか1つだけ"),
        )
    if record.to_month_end and record.months is None:
        yield Finding("to_month_end", shown(record.to_month_end), _("monthsで数える期限だけに書けます"))


def liability(record: Liability, _edition: Edition) -> Iterator[Finding]:
    """A time for claims of at least a month, with the clause that sets it."""
    if (record.claim_months is None) == bool(record.claim_clause.strip()):
        found = shown(record.claim_clause) if record.claim_clause.strip() else _("ありません")
        yield Finding("claim_clause", found, _("claim_monthsがあるときだけ、その根拠となる条項"))
    if record.claim_months is not None and record.claim_months < 1:
        yield Finding("claim_months", shown(record.claim_months), _("1以上の整数"))
    if record.hours is not None and record.hours < 1:
        yield Finding("hours", shown(record.hours), _("1以上の整数"))


def promotion(record: Promotion, _edition: Edition) -> Iterator[Finding]:
    """Days in order."""
    yield from _in_order("applied_until", record.applied_from, record.applied_until)
    if (record.barred_from is None) != (record.barred_until is None):
        name = "barred_from" if record.barred_from is None else "barred_until"
        yield Finding(
            name, _("ありません"), _("barred_fromとbarred_untilは両方書くか、両方書かないでください")
        )
    elif record.barred_from is not None and record.barred_until is not None:
        yield from _in_order("barred_until", record.barred_from, record.barred_until)
    if record.free_months < 1:
        yield Finding("free_months", shown(record.free_months), _("1以上の整数"))


def _in_order(name: str, first: date, last: date) -> Iterator[Finding]:
    if last < first:
        yield Finding(name, shown(last), _("{first}以降の日").format(first=first))


def reading(record: Reading, _edition: Edition) -> Iterator[Finding]:
    """The choice taken is one of at least two, and what customers are told names it."""
    codes = [choice.code for choice in record.choices]
    names = _("、").join(codes)
    if len(codes) == 1:
        yield Finding("choices", _("選択肢が1つだけです"), _("2つ以上の選択肢"))
    if codes and record.choice not in codes:
        yield Finding("choice", shown(record.choice), _("{names}のいずれか").format(names=names))
    if record.customer_sentence is not None:
        for language in ("ja", "en"):
            text: str = getattr(record.customer_sentence, language)
            if "{choice}" not in text:
                yield Finding(
                    f"customer_sentence.{language}",
                    shown(text),
                    _("選択肢の名前が入る場所 {choice} のある文"),
                )


EDITION_RULES: Mapping[type, Rule] = {
    Edition: edition,
    Term: term,
    TerminationFee: termination,
    OutageCredit: outage,
    Cancellation: cancellation,
    Deadline: deadline,
    Liability: liability,
    Promotion: promotion,
    Reading: reading,
}
