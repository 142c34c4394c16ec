"""Whether the facts of a contract can all have happened: everything that cannot is told, with its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    Fact,
    Outage,
    Promoted,
    RenewalDeclined,
    Started,
    Succeeded,
    Suspended,
    Timeline,
    Transferred,
    Voided,
    WorksFee,
)
from app.contract.history import History, standing
from app.contract.ordered import Ordered, check_ordered
from app.contract.timeline_life import check_life
from app.days import Month, date_words
from app.errors import Problems
from app.tariff.editions import in_force
from app.tariff.model import Edition, Service
from app.words import N_, _

# Facts of which a contract has at most one.
_ONCE: Final = {
    Started: N_("開始"),
    Ended: N_("解約"),
    WorksFee: N_("工事費"),
    Promoted: N_("附則の無料期間"),
    RenewalDeclined: N_("更新しない申し出"),
}


class _Check:
    """The problems found so far, and where each fact stands in the list it came from."""

    def __init__(self, facts: Sequence[Fact], service: Service) -> None:
        self.problems = Problems()
        self._facts = facts
        self._service = service

    @property
    def edition(self) -> Edition:
        """The newest edition with rules: its clauses are the ones to name."""
        return _rules_of(self._service)

    def refuse(self, fact: Fact, name: str, what: str, clause: str = "", remedy: str = "") -> None:
        """Note what is wrong with one member of a fact; its path is its id, or its place in the list."""
        where = fact.id or f"facts.{next(n for n, one in enumerate(self._facts) if one is fact)}"
        self.problems.add("bad-input", what, clause=clause, remedy=remedy, field=f"{where}.{name}")


def check_facts(timeline: Timeline, service: Service) -> Problems:
    """What cannot have happened: facts before the start or after the end, twice the same, overlapping
    suspensions, an outage that ends before it began. Quantities are not looked at.
    """
    facts = timeline.facts
    check = _Check(facts, service)
    if len(facts) == 1 and isinstance(facts[0], Started):
        return check.problems
    _check_ids(check, facts)
    try:
        history = timeline.history
    except LookupError:
        check.problems.add(
            "bad-input",
            _("開始の日がありません。"),
            remedy=_("サービスの開始日を記録してください。"),
            clause=_period_clause(check.edition),
            field="start",
        )
        return check.problems
    for kind in history.repeated:
        if kind in _ONCE:
            _once(check, [fact for fact in standing(facts) if type(fact) is kind], _(_ONCE[kind]))
    for rule in _RULES:
        rule(check, history)
    if history.eventful:
        check_life(standing(facts), check.edition, check.refuse)
    return check.problems


def check_timeline(timeline: Timeline, service: Service) -> Problems:
    """Everything that is wrong with a contract: its facts, and its quantities at every moment, by the price
    list in force then (the nearest one with prices, where none is).
    """
    problems = check_facts(timeline, service)
    if problems:
        return problems
    states = timeline.history.states
    for place, state in enumerate(states):
        until = states[place + 1].on if place + 1 < len(states) else date.max
        where = state.fact.id or ("" if place == 0 else f"facts.{timeline.facts.index(state.fact)}")
        for edition in _priced_between(service, state.on, until):
            ordered = Ordered(service.code, edition, state.items, state.options, timeline.agreed)
            found = check_ordered(ordered)
            problems.extend(found, under=where)
            if found:
                break
    return problems


def _rules_of(service: Service) -> Edition:
    return next((one for one in reversed(service.editions) if one.priced), service.editions[-1])


def _period_clause(edition: Edition) -> str:
    return edition.proration.period_clause if edition.proration else ""


def _priced_between(service: Service, first: date, until: date) -> list[Edition]:
    found = [
        edition
        for edition in service.editions
        if edition.priced and edition.start is not None and first < edition.start < until
    ]
    current = in_force(service.editions, first)
    if current is not None and current.priced:
        return [current, *found]
    return found or [_rules_of(service)]


# --- one rule per kind of fact --------------------------------------------------------------------


def _check_ids(check: _Check, facts: Sequence[Fact]) -> None:
    by_id: dict[str, Fact] = {}
    voided: set[str] = set()
    for fact in facts:
        if fact.id:
            if fact.id in by_id:
                check.refuse(fact, "id", _("同じ番号の記録が2つあります。"))
            by_id[fact.id] = fact
    for fact in facts:
        if not isinstance(fact, Voided):
            continue
        target = by_id.get(fact.voids)
        if target is None:
            check.refuse(fact, "voids", _("取り消す記録がありません。"))
        elif isinstance(target, Voided):
            check.refuse(
                fact,
                "voids",
                _("取消しの記録は取り消せません。"),
                remedy=_("正しい内容をもう一度記録してください。"),
            )
        elif fact.voids in voided:
            check.refuse(fact, "voids", _("この記録はもう取り消されています。"))
        voided.add(fact.voids)


def _once(check: _Check, found: Sequence[Fact], name: str) -> None:
    for fact in found[1:]:
        check.refuse(
            fact,
            "on" if isinstance(fact, Started | Ended) else "fact",
            _("{name}の記録が2つあります。").format(name=name),
            _period_clause(check.edition),
            _("誤った方を取り消してください。"),
        )


def _within(check: _Check, history: History, fact: Fact, name: str, day: date) -> None:
    """A day between the start and the end of the contract, both included."""
    if day < history.started.on:
        check.refuse(
            fact,
            name,
            _("{day}は開始日（{start}）より前です。").format(day=_day(day), start=_day(history.started.on)),
            _period_clause(check.edition),
        )
    elif history.ended is not None and day > history.ended.on:
        check.refuse(
            fact,
            name,
            _("{day}は解約日（{end}）より後です。").format(day=_day(day), end=_day(history.ended.on)),
            _period_clause(check.edition),
        )


def _day(day: date) -> str:
    return date_words(day, weekday=False)


def _end(check: _Check, history: History) -> None:
    end = history.ended
    if end is None:
        return
    if end.on < history.started.on:
        check.refuse(end, "on", _("解約日が開始日より前です。"), _period_clause(check.edition))
    rule = check.edition.termination if end.reason == "terms-change" else None
    if rule is not None and "terms-change" in rule.waived:
        for name in ("requested", "notified", "effective"):
            if getattr(end, name) is None:
                check.refuse(
                    end,
                    name,
                    _("規約変更に同意しない解約には、申出・通知・実施の3つの日が必要です。"),
                    rule.waiver_clause,
                )


def _changes(check: _Check, history: History) -> None:
    before: Changed | None = None
    for state in history.states[1:]:
        change = state.fact
        assert isinstance(change, Changed)
        _within(check, history, change, "on", change.on)
        if before is not None and before.on == change.on:
            check.refuse(
                change,
                "on",
                _("{day}の変更が2つあります。").format(day=_day(change.on)),
                _period_clause(check.edition),
                _("1日の変更は、変更後の数量にまとめて1つにしてください。"),
            )
        before = change


def _suspensions(check: _Check, history: History) -> None:
    before: Suspended | None = None
    for one in history.suspensions:
        _within(check, history, one, "from", one.first)
        if one.last is not None and one.last < one.first:
            check.refuse(one, "to", _("停止の終わりが始まりより前です。"), _period_clause(check.edition))
        if before is not None and (before.last is None or one.first <= before.last):
            check.refuse(one, "from", _("停止の期間が重なっています。"), _period_clause(check.edition))
        before = one


def _outages(check: _Check, history: History) -> None:
    if not history.outages:
        return
    clause = check.edition.outage.clause if check.edition.outage else _period_clause(check.edition)
    before: Outage | None = None
    for one in history.outages:
        _within(check, history, one, "known_at", one.known_at.date())
        if one.restored_at is not None and one.restored_at < one.known_at:
            check.refuse(one, "restored_at", _("復旧の時刻が障害を知った時刻より前です。"), clause)
        if before is not None and before.known_at == one.known_at:
            check.refuse(one, "known_at", _("同じ時刻に始まる障害が2つあります。"), clause)
        before = one


def _works(check: _Check, history: History) -> None:
    if not history.works:
        return
    fee = next((fee for fee in check.edition.fees if fee.per == "works"), None)
    for one in history.works:
        if fee is None:
            check.refuse(one, "amount", _("このサービスの規約に工事費はありません。"))
            continue
        if one.amount < 0:
            check.refuse(one, "amount", _("工事費は0円以上です。"), fee.clause)
        if not 0 <= one.done <= 1:
            check.refuse(one, "done", _("工事の済んだ割合は0から1までの数です。"), fee.clause)


def _billings(check: _Check, history: History) -> None:
    if not history.billings:
        return
    before: Billing | None = None
    first = str(Month.of(history.started.on))
    for one in history.billings:
        if one.on is not None:
            _within(check, history, one, "on", one.on)
        if before is not None and (before.on or history.started.on) == (one.on or history.started.on):
            check.refuse(one, "on", _("同じ日からの請求方法が2つあります。"))
        before = one
        for name in ("qualified_invoices", "payment_certificates"):
            for month, count in getattr(one, name).items():
                if count < 0:
                    check.refuse(one, f"{name}.{month}", _("発行の数は0以上です。"))
                if month < first and count:
                    check.refuse(
                        one, f"{name}.{month}", _("契約が始まる前の月です。"), _period_clause(check.edition)
                    )


def _handed_over(check: _Check, history: History) -> None:
    before: Transferred | Succeeded | None = None
    for one in history.handed_over:
        _within(check, history, one, "on", one.on)
        if before is not None and before.on == one.on:
            check.refuse(one, "on", _("{day}の名義の変更が2つあります。").format(day=_day(one.on)))
        before = one


_RULES: Final[Iterable[Callable[[_Check, History], None]]] = (
    _end,
    _changes,
    _suspensions,
    _outages,
    _works,
    _billings,
    _handed_over,
)
