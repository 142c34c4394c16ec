"""What staff should know before they confirm an action, and what somebody has to do because of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from app.charge.words import counted
from app.contract.cancellation_date import End
from app.contract.date_words import because
from app.contract.deadlines import Question, deadlines
from app.contract.explained import explanation_standing
from app.contract.facts import Changed, Ended, Started, Succeeded, Suspended, Timeline
from app.contract.record import Entry
from app.contract.steps import Accepted
from app.days import Month, corresponding_day, date_words, nth_period, period_number, short_month_words
from app.money import yen_words
from app.quote.advice import cheaper_quantity
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition, PrepaidYear
from app.tariff.texts import words as say
from app.usecases.consequences import Adjustment, Advice, Fee, Obligation
from app.usecases.ending_curve import earliest_end, fee_free_from
from app.usecases.what_if import FEE, Charged
from app.words import _

_MOST_MONTHS: Final = 60
_OWN_ACCORD: Final = ("notice", "service-end")  # grounds of the provider that the customer did not give


def advice_on(
    sides: tuple[Charged, Charged],
    entries: Sequence[Entry],
    new: Sequence[Entry],
    catalogue: Catalogue,
    fee: Fee | None,
    end: End | None,
    adjustments: Sequence[Adjustment],
    service: str,
) -> Iterator[Advice]:
    """Warnings first. ``sides``: the contract before and after; ``entries`` are those recorded so far.

    Raises UserError as ``charge`` does.
    """
    before, after = (side.timeline for side in sides)
    if end is not None and not end.in_time and before is not None:
        yield _late(before, new, end, catalogue)
    if before is not None:
        yield from _told_late(before, new, catalogue)
        yield from _not_refunded(before, new, catalogue)
    if before is not None and after is not None and fee is not None and fee.amount:
        yield from _fee_advice(before, sides, new, fee, catalogue)
    if adjustments:
        yield _adjusted(adjustments)
    yield from _not_explained(entries, new, catalogue, service)
    yield from _missing(new, catalogue, after)
    if after is not None:
        yield from _cheaper(after, new, catalogue)


def _late(before: Timeline, new: Sequence[Entry], end: End, catalogue: Catalogue) -> Advice:
    fact = next(one for one in new if isinstance(one, Ended))
    told = fact.requested or fact.wished or fact.on
    day = max(earliest_end(before, catalogue, told), before.started.on)
    if fact.wished is not None and end.day > fact.wished:
        what = _("解約日は、希望日より後の{day}になります").format(day=date_words(end.day))
        return Advice("notice-late", "warn", what, because(end.reason), end.reason.clause, day=end.day)
    detail = _("間に合う最も早い解約日は{day}です。").format(day=date_words(day))
    if end.last_notice is not None:
        detail += _("希望日のままなら、申し出は{last}までに必要でした。").format(
            last=date_words(end.last_notice.day)
        )
    return Advice(
        "notice-late",
        "warn",
        _("解約の申し出が、規約の定めより遅れています"),
        detail,
        clause=end.reason.clause,
        day=day,
    )


def _told_late(before: Timeline, new: Sequence[Entry], catalogue: Catalogue) -> Iterator[Advice]:
    """The provider told of its own end later than the terms let it: an abolition, or an end by notice."""
    for one in new:
        if not isinstance(one, Ended) or one.by != "company" or one.notified is None:
            continue
        edition = stands_for(catalogue.service(before.service).editions, one.on)
        months, clause = 0, ""
        if one.reason == "service-end":
            rule = next((rule for rule in edition.deadlines if rule.code == "abolition_notice_by"), None)
            months, clause = (rule.months or 0, rule.clause) if rule is not None else (0, "")
        elif one.ground == "notice" and edition.cancellation is not None:
            months, clause = edition.cancellation.months or 0, edition.cancellation.clause
        day = corresponding_day(one.notified, months)
        if one.on < day:
            yield Advice(
                "notice-late",
                "warn",
                _("提供会社からの通知が、規約の定めより遅れています"),
                _("間に合う最も早い解約日は{day}です。").format(day=date_words(day)),
                clause=clause,
                day=day,
            )


def _not_refunded(before: Timeline, new: Sequence[Entry], catalogue: Catalogue) -> Iterator[Advice]:
    """A year paid ahead is not given back; the terms are silent where the provider ends it by itself."""
    for one in new:
        if not isinstance(one, Ended):
            continue
        edition = stands_for(catalogue.service(before.service).editions, one.on)
        start = before.started.on
        if not isinstance(edition.proration, PrepaidYear) or one.on <= start:
            continue
        year = nth_period(start, 12, period_number(start, 12, one.on))
        if year.first < one.on < year.last:
            settle = next((rule for rule in edition.deadlines if rule.code == "settle_by"), None)
            paid = _("{last}までの分を支払い済みです。").format(last=date_words(year.last, weekday=False))
            if one.by == "company" and one.ground in _OWN_ACCORD:
                what = _("前払いの年額を返すかどうかは、規約に定めがありません")
                detail = paid + _("提供会社に確かめてください。")
                yield Advice("no-refund", "warn", what, detail, day=year.last)
                continue
            yield Advice(
                "no-refund",
                "warn",
                _("前払いの年額は返金されません"),
                paid,
                clause=settle.clause if settle is not None else edition.proration.clause,
                day=year.last,
            )


def _fee_advice(
    before: Timeline, sides: tuple[Charged, Charged], new: Sequence[Entry], fee: Fee, catalogue: Catalogue
) -> Iterator[Advice]:
    on = max(one.on for one in new if isinstance(one, Ended | Changed))
    last = _term_month(before, on, catalogue)
    saved = _saved(sides, Month.of(on), last) if last is not None else 0
    free = fee_free_from(before, catalogue, on)
    excess = fee.amount - saved
    if last is not None and excess > 0:
        yield Advice(
            "fee-exceeds-saving",
            "warn",
            _("解約金のほうが{amount}多くなります").format(amount=yen_words(excess)),
            _("{month}分までに減る月額は{saved}です。").format(
                month=short_month_words(last), saved=yen_words(saved)
            ),
            clause=fee.reason.clause,
            amount=excess,
            day=free,
            month=last,
        )
    elif free is not None:
        yield Advice(
            "fee-free-later",
            "note",
            _("{day}からは解約金が0円です").format(day=date_words(free, weekday=False)),
            clause=fee.reason.clause,
            day=free,
        )


def _term_month(timeline: Timeline, on: date, catalogue: Catalogue) -> Month | None:
    """The last month of the minimum term that runs on a day."""
    term = stands_for(catalogue.service(timeline.service).editions, on).term
    if term is None:
        return None
    start = timeline.started.on
    number = 1 if term.renewal == "open-ended" else period_number(start, term.months, max(on, start))
    last = Month.of(nth_period(start, term.months, number).last)
    return last if last >= Month.of(on) else None


def _saved(sides: tuple[Charged, Charged], first: Month, last: Month) -> int:
    """What the months cost less, in net yen, without the fee."""
    before, after = sides
    months = first.until(min(last, first.plus(_MOST_MONTHS)))
    return sum(_plain(before, month) - _plain(after, month) for month in months)


def _plain(charged: Charged, month: Month) -> int:
    return sum(line.amount for line in charged.lines(month) if line.item != FEE)


def _adjusted(adjustments: Sequence[Adjustment]) -> Advice:
    first, last = adjustments[0].month, adjustments[-1].month
    carried = adjustments[0].carried_by
    total = sum(one.difference for one in adjustments)
    months = (
        short_month_words(first)
        if first == last
        else _("{first}〜{last}").format(first=short_month_words(first), last=short_month_words(last))
    )
    return Advice(
        "closed-month",
        "note",
        _("締め済みの{months}分が変わります").format(months=months),
        _("差額{amount}（税込）は{carried}分の請求で調整します。締めた請求書は変わりません。").format(
            amount=yen_words(total), carried=short_month_words(carried)
        ),
        amount=total,
        month=carried,
    )


def _not_explained(
    entries: Sequence[Entry], new: Sequence[Entry], catalogue: Catalogue, service: str
) -> Iterator[Advice]:
    """The important points, before the contract is formed or begins."""
    begins = [one for one in new if isinstance(one, Accepted | Started)]
    if not begins:
        return
    editions = catalogue.service(service).editions
    found = explanation_standing((*entries, *new), editions, None, begins[-1].on)
    if found.missing:
        yield Advice(
            "not-explained",
            "warn",
            _("重要事項の説明がまだ記録されていません"),
            _("お客さまに説明し、「重要事項の説明」を記録してください。"),
        )
    elif found.outdated and found.told is not None and found.starts_under is not None:
        yield Advice(
            "explained-outdated",
            "warn",
            _("重要事項の説明は、開始のときより前の版のものです"),
            _("{told}実施の版を説明しています。開始のときは{now}実施の版です。").format(
                told=date_words(found.told, weekday=False),
                now=date_words(found.starts_under, weekday=False),
            ),
        )


def _missing(new: Sequence[Entry], catalogue: Catalogue, after: Timeline | None) -> Iterator[Advice]:
    """What the terms want before, and is not recorded."""
    if after is None:
        return
    editions = catalogue.service(after.service).editions
    for one in new:
        life = stands_for(editions, one.on).life if isinstance(one, Succeeded) else None
        if isinstance(one, Succeeded) and one.filed is None and life is not None:
            rule = life.succession
            if rule is not None and rule.documents:
                yield Advice(
                    "documents-missing",
                    "warn",
                    _("承継を証明する書類がまだ届いていません"),
                    _("届くまで、提供会社はサービスの提供を断ることがあります。"),
                    clause=rule.clause,
                )
        if isinstance(one, Suspended) and one.notified is None:
            life = stands_for(editions, one.first).life
            clause = life.suspension.notice_clause if life is not None else ""
            if clause:
                yield Advice(
                    "not-announced",
                    "warn",
                    _("停止の前にお客さまへ知らせた日がありません"),
                    clause=clause,
                    day=one.first,
                )


def _cheaper(after: Timeline, new: Sequence[Entry], catalogue: Catalogue) -> Iterator[Advice]:
    """A larger quantity whose tier makes the month cheaper."""
    for one in new:
        if not isinstance(one, Changed | Started):
            continue
        edition = stands_for(catalogue.service(after.service).editions, one.on)
        state = after.history.state_on(one.on)
        found = cheaper_quantity(edition, state.items, state.options)
        item = edition.item(found.item) if found is not None else None
        if found is None or item is None or any(agreed.item == found.item for agreed in after.agreed):
            continue
        yield Advice(
            "cheaper-tier",
            "note",
            _("{quantity}のほうが月額は{amount}安くなります").format(
                quantity=counted(found.quantity, item.unit), amount=yen_words(found.saving)
            ),
            _("{quantity}の月額は{net}（税抜）です。").format(
                quantity=counted(found.quantity, item.unit), net=yen_words(found.monthly_net)
            ),
            clause=found.clause,
            amount=found.saving,
            quantity=found.quantity,
        )


# --- obligations -----------------------------------------------------------------------------------------


def obligations_of(
    before: Timeline | None, after: Timeline | None, new: Sequence[Entry], catalogue: Catalogue
) -> Iterator[Obligation]:
    """What has to be removed, given back or paid because of an end, or of units given up."""
    if before is None or after is None:
        return
    for one in new:
        if not isinstance(one, Ended | Changed):
            continue
        edition = stands_for(catalogue.service(after.service).editions, one.on)
        gone = _given_up(before, after, one)
        rule = next((rule for rule in edition.deadlines if rule.code == "uninstall_by"), None)
        if gone and rule is not None:
            yield Obligation(
                "uninstall_by",
                _("減る{count}台のツールは{day}までに削除").format(
                    count=gone, day=date_words(one.on, weekday=False)
                ),
                one.on,
                rule.clause,
            )
        if isinstance(one, Ended):
            yield from _at_end(before, one, edition, catalogue)


def _given_up(before: Timeline, after: Timeline, fact: Ended | Changed) -> int:
    had = before.history.state_on(fact.on).items
    has = after.history.state_on(fact.on).items if isinstance(fact, Changed) else {}
    return sum(max(0, quantity - has.get(code, 0)) for code, quantity in had.items())


def _at_end(before: Timeline, end: Ended, edition: Edition, catalogue: Catalogue) -> Iterator[Obligation]:
    dates = deadlines(
        Question(before.service, before.started.on, max(end.on, before.started.on), end.on), catalogue
    ).dates
    has = before.history.state_on(end.on).items
    for rule in edition.life.equipment if edition.life is not None else ():
        if rule.at_end == "keep" or (rule.kind == "gateway" and not _has_gateway(edition, has)):
            continue
        name = say(rule.name)
        if rule.at_end == "dispose":
            yield Obligation(
                f"dispose-{rule.kind}", _("{name}はお客さまが処分").format(name=name), None, rule.clause
            )
            continue
        by = dates.get(rule.return_code)
        if by is None:
            yield Obligation(f"return-{rule.kind}", _("{name}を返還").format(name=name), None, rule.clause)
        else:
            what = _("{name}を{day}までに返還").format(name=name, day=date_words(by.day, weekday=False))
            yield Obligation(f"return-{rule.kind}", what, by.day, by.clause)
    settle = dates.get("settle_by")
    if settle is not None:
        what = _("未払いの料金を{day}までに支払い").format(day=date_words(settle.day, weekday=False))
        yield Obligation("settle_by", what, settle.day, settle.clause)


def _has_gateway(edition: Edition, items: object) -> bool:
    return isinstance(items, dict) and any(
        item.capacity is not None and items.get(item.code) for item in edition.items
    )
