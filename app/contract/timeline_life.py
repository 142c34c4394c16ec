"""Whether what befell a contract's life can have happened: suspensions and outages that end, interruptions,
hand-overs, notices. A part of ``timeline_check``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, Protocol

from app.contract.facts import (
    Ended,
    Fact,
    Interrupted,
    Notified,
    Outage,
    RenewalDeclined,
    Restored,
    Resumed,
    Started,
    Succeeded,
    Suspended,
    TermsNoticed,
    Transferred,
)
from app.days import date_words
from app.tariff.model import Edition
from app.words import _


class Refuse(Protocol):
    """Notes what is wrong with one member of a fact."""

    def __call__(self, fact: Fact, name: str, what: str, clause: str = "", remedy: str = "") -> None: ...


class _Life(NamedTuple):
    """What the rules look at: the facts that hold, the edition whose clauses are named, start and end."""

    refuse: Refuse
    edition: Edition
    facts: Sequence[Fact]
    start: date
    end: date | None

    def of(self, kind: type[Any]) -> list[Any]:
        return [fact for fact in self.facts if type(fact) is kind]

    def within(self, fact: Fact, name: str, day: date) -> None:
        """A day between the start and the end of the contract, both included."""
        if day < self.start:
            what = _("{day}は開始日（{start}）より前です。").format(day=_day(day), start=_day(self.start))
        elif self.end is not None and day > self.end:
            what = _("{day}は解約日（{end}）より後です。").format(day=_day(day), end=_day(self.end))
        else:
            return
        clause = self.edition.proration.period_clause if self.edition.proration else ""
        self.refuse(fact, name, what, clause)

    def clause(self, name: str) -> str:
        """The clause of one of the life rules; empty where the terms are silent."""
        rule = getattr(self.edition.life, name) if self.edition.life is not None else None
        return rule.clause if rule is not None else ""


def check_life(facts: Sequence[Fact], edition: Edition, refuse: Refuse) -> None:
    """Note everything wrong among the facts that hold. The contract must have begun."""
    start = min(fact.on for fact in facts if type(fact) is Started)
    end = min((fact.on for fact in facts if type(fact) is Ended), default=None)
    life = _Life(refuse, edition, facts, start, end)
    for rule in _RULES:
        rule(life)


def _day(day: date) -> str:
    return date_words(day, weekday=False)


def _resumptions(life: _Life) -> None:
    """Each ends a suspension that was running."""
    waiting = [(one.first, one.last) for one in life.of(Suspended)]
    for one in sorted(life.of(Resumed), key=lambda fact: fact.on):
        life.within(one, "on", one.on)
        running = [
            (first, last) for first, last in waiting if first <= one.on and (last is None or one.on <= last)
        ]
        if not running:
            life.refuse(
                one,
                "on",
                _("{day}に続いている利用停止がありません。").format(day=_day(one.on)),
                life.clause("suspension"),
                _("利用停止の記録を確かめてください。"),
            )
        ended = [stop for stop in running if stop[0] < one.on] or running  # as app.contract.history reads it
        waiting = [stop for stop in waiting if stop not in ended]


def _restorations(life: _Life) -> None:
    """Each ends an outage that is recorded, lasts, and began before."""
    clause = life.edition.outage.clause if life.edition.outage is not None else ""
    outages = {one.id: one for one in life.of(Outage) if one.id}
    ended: set[str] = set()
    for one in life.of(Restored):
        outage = outages.get(one.outage)
        if outage is None:
            life.refuse(
                one,
                "outage",
                _("復旧した障害の記録がありません。"),
                clause,
                _("先に障害を記録してください。"),
            )
        elif outage.restored_at is not None or one.outage in ended:
            life.refuse(
                one,
                "outage",
                _("この障害の復旧はすでに記録されています。"),
                clause,
                _("時刻を直すときは、その記録を取り消してから記録し直してください。"),
            )
        elif one.at < outage.known_at:
            life.refuse(one, "at", _("復旧の時刻が障害を知った時刻より前です。"), clause)
        ended.add(one.outage)


def _interruptions(life: _Life) -> None:
    for one in life.of(Interrupted):
        life.within(one, "since", one.since.date())
        if one.until is not None and one.until < one.since:
            life.refuse(one, "until", _("中止の終わりが始まりより前です。"), life.clause("interruption"))
        if one.notified is not None and one.notified > one.since.date():
            life.refuse(
                one,
                "notified",
                _("お知らせの日が中止の始まりより後です。"),
                life.clause("interruption"),
                _("緊急で事前に知らせなかったときは、お知らせの日を空にしてください。"),
            )


def _notices(life: _Life) -> None:
    for one in life.of(Notified):
        if not one.what:
            life.refuse(
                one,
                "what",
                _("変更された届出事項がありません。"),
                life.edition.life.notified_clause if life.edition.life is not None else "",
                _("変わったものを1つ以上選んでください。"),
            )
    for one in life.of(TermsNoticed):
        clause = life.edition.life.terms_change_clause if life.edition.life is not None else ""
        if one.effective < one.notified:
            life.refuse(one, "effective", _("規約改定の実施日が通知の日より前です。"), clause)
        if life.end is not None and one.notified > life.end:
            life.within(one, "notified", one.notified)


def _declined(life: _Life) -> None:
    term = life.edition.term
    for one in life.of(RenewalDeclined):
        life.within(one, "on", one.on)
        if term is None or term.renewal != "yearly-unless-noticed":
            life.refuse(
                one,
                "on",
                _("このサービスに、更新しないことを申し出る定めはありません。"),
                term.clause if term is not None else "",
                _("終わらせるときは、解約を記録してください。"),
            )


def _handovers(life: _Life) -> None:
    """From one customer to another, one after the other."""
    handed = sorted((*life.of(Transferred), *life.of(Succeeded)), key=lambda fact: fact.on)
    holder = ""
    for one in handed:
        clause = life.clause("transfer" if type(one) is Transferred else "succession")
        for name, what in _handover_faults(one, holder):
            life.refuse(one, name, what, clause)
        holder = one.customer_id


def _handover_faults(one: Transferred | Succeeded, holder: str) -> Iterator[tuple[str, str]]:
    if not one.to.strip():
        yield "to", _("新しい契約者の名前がありません。")
    if one.customer_id and one.customer_id == one.from_customer_id:
        yield "customer_id", _("新しい契約者が今の契約者と同じです。")
    if holder and one.from_customer_id and one.from_customer_id != holder:
        yield "from_customer_id", _("前の名義の変更で契約者になったお客さまではありません。")


_RULES: Final[Sequence[Callable[[_Life], None]]] = (
    _resumptions,
    _restorations,
    _interruptions,
    _notices,
    _declined,
    _handovers,
)
