"""Where a visit stands, and what may be done with it: one table of states and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.visit.order import (
    Begun,
    Booked,
    CalledOff,
    Confirmed,
    Event,
    Finished,
    Reported,
    Signed,
    VisitState,
)
from app.words import N_, _


class Action(StrEnum):
    """What people do with a visit."""

    EDIT = "edit"  # 内容の変更
    BOOK = "book"  # 手配
    MOVE = "move"  # 日時・担当の変更
    RELEASE = "release"  # 日時を外す
    CONFIRM = "confirm"  # 確定
    BEGIN = "begin"  # 作業開始
    SIGN_BEFORE = "sign-before"  # 作業前確認の署名
    REPORT = "report"  # 報告の確定
    SIGN_REPORT = "sign-report"  # 完了の署名
    FINISH = "finish"  # 完了
    CALL_OFF = "call-off"  # 中止


@dataclass(frozen=True)
class Refusal:
    """Why an action can't be done now, in words, and what to do instead."""

    code: str
    what: str
    remedy: str = ""


_S, _A = VisitState, Action

_OVER: Final = (N_("この訪問は終わっています。"), N_("続きの作業は、新しい訪問として受け付けてください。"))
_NO_SLOT: Final = (N_("日時と担当がまだ決まっていません。"), N_("空いている日時を選んでください。"))
_HAS_SLOT: Final = (
    N_("日時はもう決まっています。"),
    N_("変えるときは「日時・担当の変更」を使ってください。"),
)
_NOT_CONFIRMED: Final = (
    N_("訪問がまだ確定していません。"),
    N_("お客さまに日時と料金を確認し、確定してください。"),
)
_NOT_BEGUN: Final = (N_("作業がまだ始まっていません。"), N_("到着したら作業を開始してください。"))
_UNDER_WAY: Final = (N_("作業中は変えられません。"), N_("作業を終えるか、中止してください。"))

_ALLOWED: Final[Mapping[Action, frozenset[VisitState]]] = {
    _A.EDIT: frozenset({_S.RECEIVED, _S.ARRANGED, _S.CONFIRMED, _S.WORKING}),
    _A.BOOK: frozenset({_S.RECEIVED}),
    _A.MOVE: frozenset({_S.ARRANGED, _S.CONFIRMED}),
    _A.RELEASE: frozenset({_S.ARRANGED, _S.CONFIRMED}),
    _A.CONFIRM: frozenset({_S.ARRANGED}),
    _A.BEGIN: frozenset({_S.CONFIRMED}),
    _A.SIGN_BEFORE: frozenset({_S.WORKING}),
    _A.REPORT: frozenset({_S.WORKING}),
    _A.SIGN_REPORT: frozenset({_S.WORKING}),
    _A.FINISH: frozenset({_S.WORKING}),
    _A.CALL_OFF: frozenset({_S.RECEIVED, _S.ARRANGED, _S.CONFIRMED, _S.WORKING}),
}

_WHY: Final[Mapping[Action, Mapping[VisitState, tuple[str, str]]]] = {
    _A.BOOK: {_S.ARRANGED: _HAS_SLOT, _S.CONFIRMED: _HAS_SLOT, _S.WORKING: _UNDER_WAY},
    _A.MOVE: {_S.RECEIVED: _NO_SLOT, _S.WORKING: _UNDER_WAY},
    _A.RELEASE: {_S.RECEIVED: _NO_SLOT, _S.WORKING: _UNDER_WAY},
    _A.CONFIRM: {
        _S.RECEIVED: _NO_SLOT,
        _S.CONFIRMED: (N_("この訪問はもう確定しています。"), ""),
        _S.WORKING: _UNDER_WAY,
    },
    _A.BEGIN: {
        _S.RECEIVED: _NO_SLOT,
        _S.ARRANGED: _NOT_CONFIRMED,
        _S.WORKING: (N_("作業はもう始まっています。"), ""),
    },
    **{
        action: dict.fromkeys((_S.RECEIVED, _S.ARRANGED, _S.CONFIRMED), _NOT_BEGUN)
        for action in (_A.SIGN_BEFORE, _A.REPORT, _A.SIGN_REPORT, _A.FINISH)
    },
}


def state_of(events: Sequence[Event]) -> VisitState:
    """Where the events leave a visit, in the order of recording."""
    state = VisitState.RECEIVED
    for event in events:
        if isinstance(event, Booked):
            state = _booked(event)
        elif isinstance(event, Confirmed):
            state = VisitState.CONFIRMED
        elif isinstance(event, Begun):
            state = VisitState.WORKING
        elif isinstance(event, Finished):
            state = VisitState.DONE
        elif isinstance(event, CalledOff):
            state = VisitState.CANCELLED
    return state


def _booked(event: Booked) -> VisitState:
    """A slot that was taken or moved has to be confirmed again; one that was let go is open again."""
    return VisitState.ARRANGED if event.spans else VisitState.RECEIVED


def permitted(action: Action, events: Sequence[Event]) -> Refusal | None:
    """Why an action can't be done after these events; None when it can."""
    state = state_of(events)
    if state not in _ALLOWED[action]:
        what, remedy = _OVER if state in {_S.DONE, _S.CANCELLED} else _WHY[action][state]
        return Refusal("visit-state", _(what), _(remedy) if remedy else "")
    return _not_signed(action, events)


def _not_signed(action: Action, events: Sequence[Event]) -> Refusal | None:
    """The order on site: agreed before, reported, signed."""
    if action is Action.SIGN_REPORT and last_report(events) is None:
        return Refusal(
            "no-report",
            _("作業の結果がまだ確定していません。"),
            _("結果を入力して、内容を確定してください。"),
        )
    if action is Action.REPORT and not signed_before(events):
        return Refusal(
            "not-agreed",
            _("作業前の確認の署名がありません。"),
            _("作業の前に、お客さまに内容と料金を確認していただいてください。"),
        )
    if action is Action.CALL_OFF and report_signature(events) is not None:
        return Refusal(
            "visit-state",
            _("完了の署名をいただいた訪問です。"),
            _("料金は作業の結果にかかわらずいただくため、中止せずに完了にしてください。"),
        )
    if action is Action.FINISH and report_signature(events) is None:
        return Refusal(
            "not-signed",
            _("完了の署名がありません。"),
            _("作業の結果を確認していただき、署名をお願いしてください。"),
        )
    return None


def last_report(events: Sequence[Event]) -> Reported | None:
    """The report as last frozen."""
    return next((one for one in reversed(events) if isinstance(one, Reported)), None)


def signed_before(events: Sequence[Event]) -> Signed | None:
    """The signature given before the work; where work was added and signed for again, the later one."""
    return next((one for one in reversed(events) if isinstance(one, Signed) and one.what == "before"), None)


def report_signature(events: Sequence[Event]) -> Signed | None:
    """The signature under the report as last frozen; None when it was frozen anew after signing."""
    report = last_report(events)
    return next(
        (
            one
            for one in reversed(events)
            if isinstance(one, Signed)
            and one.what == "report"
            and report is not None
            and one.sha256 == report.sha256
        ),
        None,
    )
