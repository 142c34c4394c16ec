"""Whether entries may be recorded of a contract: what the terms permit then, what can have happened, what the
price list holds, and who has to have approved. Everything wrong is told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import msgspec

from app.charge.entry_names import entry_words
from app.contract.actions import Action
from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    Fact,
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
    Timeline,
    Transferred,
    Voided,
    WorksFee,
)
from app.contract.history import standing
from app.contract.life import circumstances, entries_standing, last_step, state_on
from app.contract.life_table import permitted
from app.contract.ordered import Ordered, check_ordered
from app.contract.record import ContractContent, Entry, facts_among
from app.contract.steps import Accepted, Explained, Refused, Revoked, Step, Submitted, Withdrawn
from app.contract.timeline_check import check_timeline
from app.days import date_words
from app.errors import Problem, Problems
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.life import Transfer, TransferCondition
from app.tariff.model import Service
from app.tariff.texts import words as say
from app.usecases.check_days import declined_late, not_yet, too_early, too_far, too_long
from app.words import _

_ACTIONS: Final[dict[type, Action]] = {
    Explained: Action.EXPLAIN,
    Submitted: Action.SUBMIT,
    Withdrawn: Action.WITHDRAW,
    Accepted: Action.ACCEPT,
    Refused: Action.REFUSE,
    Revoked: Action.REVOKE,
    Started: Action.START,
    Changed: Action.CHANGE,
    Suspended: Action.SUSPEND,
    Resumed: Action.RESUME,
    Outage: Action.OUTAGE,
    Restored: Action.RESTORE,
    Interrupted: Action.INTERRUPT,
    Transferred: Action.TRANSFER,
    Succeeded: Action.SUCCEED,
    Notified: Action.NOTIFY,
    Billing: Action.BILLING,
    WorksFee: Action.WORKS_FEE,
    Promoted: Action.PROMOTE,
    TermsNoticed: Action.TERMS_NOTICE,
    RenewalDeclined: Action.DECLINE_RENEWAL,
    Voided: Action.VOID,
}
# Kinds that say nothing of a day of their own to hold against the state: today's counts.
_TODAY: Final = (Voided, WorksFee, Promoted, Billing, TermsNoticed)

# What takes an application on: each comes after the one before.
_ON_THE_WAY: Final = (Submitted, Accepted, Refused, Withdrawn, Revoked, Started)

# Facts that may stand of a contract that has not begun.
_BEFORE_START: Final = (Billing, Notified, Promoted, TermsNoticed)


def action_of(entry: Entry) -> Action:
    """The action an entry records."""
    if isinstance(entry, Ended) and entry.by == "company":
        return Action.CANCEL_COMPANY
    return Action.CANCEL if isinstance(entry, Ended) else _ACTIONS[type(entry)]


def day_of(entry: Entry, today: date) -> date:
    """The day an entry is about; ``today`` for one that names none."""
    for name in ("on", "first", "known_at", "since", "at"):
        found = getattr(entry, name, None)
        if isinstance(found, datetime):
            return found.date()
        if isinstance(found, date):
            return found
    return today


def named(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, each with an id, so that problems can name them: ``new.0`` …"""
    return tuple(
        one if one.id else msgspec.structs.replace(one, id=f"new.{place}")
        for place, one in enumerate(entries)
    )


def check_entries(
    content: ContractContent,
    entries: Sequence[Entry],
    new: Sequence[Entry],
    catalogue: Catalogue,
    today: date,
) -> Problems:
    """What keeps new entries from being recorded after ``entries``. Fields are ``<id of the entry>.<name>``
    (``new.0.on`` for the first new one).

    What was wrong before is not told again: an import may have brought it.
    """
    service = catalogue.service(content.service)
    problems = Problems()
    for one in new:
        problems.extend(too_far(one, today))
    if problems:
        return problems  # nothing can be counted from such days
    held = list(entries)
    for one in (*_voids(new), *(one for one in new if not isinstance(one, Voided))):
        problems.extend(_not_permitted(one, held, service, today))
        problems.extend(not_yet(one, today))
        if isinstance(one, Transferred):
            problems.extend(_not_approved(one, content, service))
        elif isinstance(one, Ended):
            problems.extend(too_early(one, content.service, catalogue))
        elif isinstance(one, Suspended):
            problems.extend(too_long(one, service))
        elif isinstance(one, RenewalDeclined):
            problems.extend(declined_late(one, held, content.service, catalogue))
        elif isinstance(one, Started | Changed):
            problems.extend(_not_listed(one, content, service))
        held.append(one)
    known = {_key(one) for one in (*_impossible(content, entries, service), *problems)}
    told = {one.field for one in problems}  # what is refused there needs no second reason
    found = _impossible(content, [*entries, *new], service)
    problems.extend(one for one in found if _key(one) not in known and one.field not in told)
    return problems


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.what, problem.field


def _voids(new: Sequence[Entry]) -> list[Entry]:
    """What is taken back comes first: the right entry is put in its place."""
    return [one for one in new if isinstance(one, Voided)]


def _not_permitted(entry: Entry, held: Sequence[Entry], service: Service, today: date) -> list[Problem]:
    on = today if isinstance(entry, _TODAY) else day_of(entry, today)
    state = state_on(held, on)
    holding = circumstances(held, on)
    refusal = permitted(action_of(entry), state, service, on, holding)
    if refusal is None:
        return _before_last_step(entry, held)
    field = f"{entry.id}.{_first_field(entry)}"
    start = min((one.on for one in entries_standing(held) if isinstance(one, Started)), default=None)
    if start is not None and on < start <= today and not isinstance(entry, Step):  # it runs: the day is wrong
        what = _("{day}は開始日（{start}）より前です。").format(
            day=date_words(on, weekday=False), start=date_words(start, weekday=False)
        )
        remedy = _("開始日以後の日を入力してください。開始日が違うときは、利用開始の記録を訂正してください。")
        return [Problem(refusal.code, what, "", remedy, refusal.clause, field)]
    return [Problem(refusal.code, refusal.what, refusal.why, refusal.remedy, refusal.clause, field)]


def _before_last_step(entry: Entry, held: Sequence[Entry]) -> list[Problem]:
    """A step of the application, or the start, on a day before the last step: that step would still stand."""
    last = last_step(held) if isinstance(entry, _ON_THE_WAY) else None
    if last is None or day_of(entry, last) >= last:
        return []
    day = date_words(last, weekday=False)
    return [
        Problem(
            "before-last-step",
            _("{day}の手続きがすでに記録されています。").format(day=day),
            why=_("申込みの手続きは、日付の順に記録します。"),
            remedy=_("{day}以後の日を入力するか、先の記録を取り消してください。").format(day=day),
            field=f"{entry.id}.on",
        )
    ]


def _first_field(entry: Entry) -> str:
    if isinstance(entry, Suspended):
        return "from"
    names = ("on", "known_at", "since", "at", "voids", "amount", "applied_on", "notified")
    return next(name for name in names if hasattr(entry, name))


def _impossible(content: ContractContent, entries: Sequence[Entry], service: Service) -> list[Problem]:
    facts = facts_among(entries)
    steps = {one.id for one in entries}
    unknown = [
        Problem("bad-input", _("取り消す記録がありません。"), field=f"{one.id}.voids")
        for one in entries
        if isinstance(one, Voided) and one.voids not in steps
    ]
    if not any(isinstance(one, Started) for one in facts):
        return unknown
    stand = standing(facts)
    if not any(isinstance(one, Started) for one in stand):
        return [*unknown, *_without_start(stand, service)]
    timeline = Timeline(
        content.service, facts, content.customer_kind, content.line, content.site.area, content.agreed
    )
    return [*check_timeline(timeline, service)]


def _without_start(stand: Sequence[Fact], service: Service) -> list[Problem]:
    """The start was taken back: what needs one may not be left."""
    left = [one for one in stand if not isinstance(one, _BEFORE_START)]
    if not left:
        return []
    names = _("、").join(dict.fromkeys(entry_words(one) for one in left))
    life = service.editions[-1].life
    return [
        Problem(
            "bad-input",
            _("利用開始だけを取り消すことはできません。"),
            why=_("開始したあとの記録（{names}）が残っています。").format(names=names),
            remedy=_(
                "先にそれらを取り消すか、「取り消さずに、正しい内容で記録し直す」で開始日を直してください。"
            ),
            clause=life.start_clause if life is not None else "",
            field="start",
        )
    ]


def _not_listed(entry: Started | Changed, content: ContractContent, service: Service) -> Iterable[Problem]:
    """Quantities the price list of the day does not hold; told also where the days are wrong."""
    if entry.items is None:
        return ()
    edition = stands_for(service.editions, entry.on)
    options = entry.options or {}
    found = check_ordered(Ordered(service.code, edition, entry.items, options, content.agreed))
    return [replace(one, field=f"{entry.id}.{one.field}") for one in found]


# --- approval of a transfer ------------------------------------------------------------------------------


def _not_approved(entry: Transferred, content: ContractContent, service: Service) -> list[Problem]:
    """A transfer needs the provider's approval, and what the terms ask of it."""
    life = stands_for(service.editions, entry.on).life
    if life is None:
        return []
    rule = life.transfer
    found = [
        problem
        for condition in rule.conditions
        if not condition.lines or content.line in condition.lines
        for problem in _unmet(entry, condition)
    ]
    if entry.approved is None:
        found.append(_without_approval(entry, rule))
    elif entry.approved > entry.on:
        found.append(
            Problem(
                "not-approved",
                _("譲渡の日が承認の日より前です。"),
                remedy=_("承認の日以後の日を入力してください。"),
                clause=rule.clause,
                field=f"{entry.id}.on",
            )
        )
    return found


def _unmet(entry: Transferred, condition: TransferCondition) -> list[Problem]:
    answer = entry.answers.get(condition.code)
    if answer is condition.holds:
        return []
    field = f"{entry.id}.answers.{condition.code}"
    name = say(condition.name)
    if answer is None:
        what = _("「{name}」を確かめていません。").format(name=name)
        remedy = _("はい・いいえのどちらかを選んでください。")
        return [Problem("transfer-unanswered", what, remedy=remedy, clause=condition.clause, field=field)]
    what = (
        _("「{name}」にあたらないため、譲渡は承認されません。")
        if condition.holds
        else _("「{name}」にあたるため、譲渡は承認されません。")
    )
    return [Problem("transfer-refused", what.format(name=name), clause=condition.clause, field=field)]


def _without_approval(entry: Transferred, rule: Transfer) -> Problem:
    return Problem(
        "not-approved",
        _("譲渡には提供会社の承認が必要です。"),
        remedy=_("承認の通知を受けてから、その日を入力してください。"),
        clause=rule.clause,
        field=f"{entry.id}.approved",
    )
