"""The way of an application: which steps are done and when, what comes next, what else may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.contract.actions import Action
from app.contract.facts import Started
from app.contract.life import entries_standing
from app.contract.record import ContractState
from app.contract.steps import Accepted, Explained, Refused, Revoked, Submitted, Withdrawn
from app.tariff.clauses import clause_note
from app.tariff.editions import stands_for
from app.words import _, pgettext

if TYPE_CHECKING:
    from app.contract.checklist import ApplicationScreening
    from app.contract.record import Entry
    from app.tariff.model import Edition
    from app.usecases.contract_view import ContractView

_NEAR_DAYS = 183
StepState = Literal["done", "now", "ahead", "stopped"]


@dataclass(frozen=True)
class WayStep:
    """A step as the strip shows it: ``detail`` is its day, or what it waits for."""

    name: str
    detail: str
    state: StepState


@dataclass(frozen=True)
class Way:
    """The steps in order, a sentence about what comes next, its action, and other actions."""

    steps: tuple[WayStep, ...]
    next_words: str
    next_action: Action | None
    others: tuple[Action, ...] = ()


class _Found:
    """The steps that stand, the last of each kind."""

    def __init__(self, view: ContractView) -> None:
        self.view = view
        held = entries_standing(one.entry for one in view.stored.entries)
        self.explained = _last(held, Explained)
        self.submitted = _last(held, Submitted)
        self.accepted = _last(held, Accepted)
        self.stopped = _last(held, Refused) or _last(held, Withdrawn) or _last(held, Revoked)
        self.started = _last(held, Started)

    @property
    def edition(self) -> Edition:
        """The terms as they stand today."""
        service = self.view.catalogue.service(self.view.stored.content.service)
        return stands_for(service.editions, self.view.today)


def _last(held: tuple[Entry, ...], kind: type[Entry]) -> Entry | None:
    found = [one for one in held if type(one) is kind]
    return found[-1] if found else None


def way_of(view: ContractView, screening: ApplicationScreening) -> Way:
    """The way of a contract as it stands."""
    found = _Found(view)
    state = view.standing.state
    steps = (
        _prepared(found, screening, state),
        _sent(found, state),
        _judged(found, state),
        _begun(found, state),
    )
    words, action, others = _next(found, screening, state)
    return Way(steps, words, action, others)


def _short(day: date, today: date) -> str:
    """``11/19``; with the year where it is neither this one nor near."""
    near = day.year == today.year or abs((day - today).days) < _NEAR_DAYS
    return f"{day.month}/{day.day}" if near else f"{day.year}/{day.month}/{day.day}"


def _prepared(found: _Found, screening: ApplicationScreening, state: ContractState) -> WayStep:
    if state is ContractState.PREPARING:
        lacking = len(screening.missing) + len(screening.refusals)
        detail = _("あと{count}件の確認").format(count=lacking) if lacking else _("そろいました")
        return WayStep(_("準備"), detail, "now")
    at = found.view.stored.created_at.date()
    return WayStep(_("準備"), _short(at, found.view.today), "done")


def _sent(found: _Found, state: ContractState) -> WayStep:
    sent = found.submitted
    if isinstance(sent, Submitted):
        number = _(" 受付{number}").format(number=sent.receipt) if sent.receipt else ""
        return WayStep(pgettext("step", "送付"), f"{_short(sent.on, found.view.today)}{number}", "done")
    if found.accepted is not None or found.started is not None:
        return WayStep(pgettext("step", "送付"), _("記録なし"), "done")
    stopped = state in {ContractState.WITHDRAWN, ContractState.REFUSED}
    return WayStep(pgettext("step", "送付"), "", "stopped" if stopped else "ahead")


def _judged(found: _Found, state: ContractState) -> WayStep:
    accepted, stopped = found.accepted, found.stopped
    if isinstance(stopped, Refused) and state is ContractState.REFUSED:
        return WayStep(_("不承諾"), _short(stopped.on, found.view.today), "stopped")
    if isinstance(stopped, Withdrawn) and state is ContractState.WITHDRAWN:
        return WayStep(_("取下げ"), _short(stopped.on, found.view.today), "stopped")
    if isinstance(stopped, Revoked) and state is ContractState.REVOKED:
        return WayStep(_("承諾取消"), _short(stopped.on, found.view.today), "stopped")
    if isinstance(accepted, Accepted):
        detail = _short(accepted.on, found.view.today)
        if accepted.effective != accepted.on:
            detail = _("{issued}（効力 {effective}）").format(
                issued=detail, effective=_short(accepted.effective, found.view.today)
            )
        return WayStep(_("承諾"), detail, "done")
    if found.started is not None:
        return WayStep(_("承諾"), _("記録なし"), "done")
    waiting = state is ContractState.SUBMITTED
    return WayStep(_("審査・承諾"), _("審査中") if waiting else "", "now" if waiting else "ahead")


def _begun(found: _Found, state: ContractState) -> WayStep:
    started = found.started
    if isinstance(started, Started):
        ahead = started.on > found.view.today
        return WayStep(_("開始"), _short(started.on, found.view.today), "now" if ahead else "done")
    wished = found.view.stored.content.application.wished_start
    detail = _("{day} 希望").format(day=_short(wished, found.view.today)) if wished is not None else ""
    if state in {ContractState.REFUSED, ContractState.WITHDRAWN, ContractState.REVOKED}:
        return WayStep(_("開始"), "", "stopped")
    return WayStep(_("開始"), detail, "now" if state is ContractState.ACCEPTED else "ahead")


def _next(
    found: _Found, screening: ApplicationScreening, state: ContractState
) -> tuple[str, Action | None, tuple[Action, ...]]:
    if state is ContractState.PREPARING:
        if found.explained is None:
            return _("次は重要事項の説明です。"), Action.EXPLAIN, (Action.SUBMIT, Action.WITHDRAW)
        if screening.ready:
            words = _("確認がそろいました。提供会社へ送付できます。")
            return words, Action.SUBMIT, (Action.WITHDRAW,)
        return _("確認表の残りを済ませてから送付します。"), Action.SUBMIT, (Action.EXPLAIN, Action.WITHDRAW)
    if state is ContractState.SUBMITTED:
        life = found.edition.life
        clause = _("（{clause}）").format(clause=clause_note(life.acceptance_clause)) if life else ""
        words = _("提供会社の審査を待っています。承諾の通知が来たら記録します{clause}").format(clause=clause)
        return words, Action.ACCEPT, (Action.REFUSE, Action.WITHDRAW)
    if state is ContractState.ACCEPTED:
        if found.started is not None:
            return _("開始日を待っています。"), None, (Action.WITHDRAW, Action.REVOKE)
        return (
            _("契約は成立しています。サービスが始まったら記録します。"),
            Action.START,
            (
                Action.WITHDRAW,
                Action.REVOKE,
            ),
        )
    if state in {ContractState.REFUSED, ContractState.WITHDRAWN, ContractState.REVOKED}:
        return _("この申込みは終わっています。"), None, ()
    return _("サービスは始まっています。"), None, ()
