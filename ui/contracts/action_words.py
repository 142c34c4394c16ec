"""Which actions stand in the header of a contract's page in which state, and which under ⋯."""

from __future__ import annotations

from collections.abc import Mapping

from app.contract.actions import Action, Circumstance
from app.contract.life import circumstances
from app.contract.record import ContractState
from app.usecases.contract_view import ContractView
from app.words import _, pgettext

_A = Action
HAND_OVER = (_A.TRANSFER, _A.SUCCEED)

ICONS: Mapping[Action, str] = {
    _A.EDIT: "pencil",
    _A.EXPLAIN: "clipboard-check",
    _A.SUBMIT: "send",
    _A.WITHDRAW: "undo-2",
    _A.ACCEPT: "circle-check",
    _A.REFUSE: "circle-x",
    _A.REVOKE: "circle-x",
    _A.START: "play",
    _A.CHANGE: "arrow-right-left",
    _A.SUSPEND: "pause",
    _A.RESUME: "play",
    _A.OUTAGE: "triangle-alert",
    _A.RESTORE: "circle-check",
    _A.INTERRUPT: "wrench",
    _A.TRANSFER: "users",
    _A.SUCCEED: "users",
    _A.NOTIFY: "pencil",
    _A.BILLING: "receipt-japanese-yen",
    _A.WORKS_FEE: "wrench",
    _A.PROMOTE: "badge-percent",
    _A.TERMS_NOTICE: "book-open",
    _A.DECLINE_RENEWAL: "calendar-x",
    _A.CANCEL: "square",
    _A.CANCEL_COMPANY: "square",
    _A.SURCHARGE: "japanese-yen",
    _A.VOID: "undo-2",
}

_HEADER: Mapping[ContractState, tuple[Action, ...]] = {
    ContractState.PREPARING: (_A.EDIT, _A.EXPLAIN, _A.SUBMIT),
    ContractState.SUBMITTED: (_A.ACCEPT, _A.REFUSE, _A.WITHDRAW),
    ContractState.ACCEPTED: (_A.START, _A.WITHDRAW),
    ContractState.ACTIVE: (_A.CHANGE, _A.SUSPEND, _A.OUTAGE, _A.TRANSFER),
    ContractState.SUSPENDED: (_A.RESUME, _A.CHANGE, _A.OUTAGE, _A.TRANSFER),
    ContractState.ENDING: (_A.CHANGE, _A.SUSPEND, _A.OUTAGE, _A.TRANSFER),
}

_GROUPS_IN: tuple[tuple[Action, ...], ...] = (
    (_A.EDIT, _A.EXPLAIN, _A.SUBMIT, _A.ACCEPT, _A.REFUSE, _A.REVOKE, _A.START, _A.WITHDRAW),
    (_A.NOTIFY,),
    (_A.VOID,),
)
_GROUPS: tuple[tuple[Action, ...], ...] = (
    (_A.SUSPEND, _A.RESUME, _A.OUTAGE, _A.RESTORE, _A.INTERRUPT, _A.CHANGE),
    (_A.NOTIFY, _A.BILLING, _A.WORKS_FEE, _A.PROMOTE, _A.TERMS_NOTICE, _A.SURCHARGE),
    (_A.DECLINE_RENEWAL, _A.CANCEL, _A.CANCEL_COMPANY),
    (_A.VOID,),
)
_WAYS_IN = frozenset({ContractState.PREPARING, ContractState.SUBMITTED, ContractState.ACCEPTED})


def short_words(action: Action) -> str:
    """The word on a button."""
    return {
        _A.EDIT: _("申込内容を編集"),
        _A.EXPLAIN: _("説明を記録"),
        _A.SUBMIT: _("送付"),
        _A.WITHDRAW: pgettext("action", "取下げ"),
        _A.ACCEPT: pgettext("action", "承諾"),
        _A.REFUSE: pgettext("action", "不承諾"),
        _A.REVOKE: _("承諾の取消し"),
        _A.START: _("利用開始"),
        _A.CHANGE: _("数量変更"),
        _A.SUSPEND: _("利用停止"),
        _A.RESUME: _("利用再開"),
        _A.OUTAGE: _("障害"),
        _A.RESTORE: _("復旧"),
        _A.INTERRUPT: _("提供中止"),
        _A.TRANSFER: _("譲渡・承継"),
        _A.SUCCEED: _("承継"),
        _A.NOTIFY: _("届出事項の変更"),
        _A.BILLING: _("請求・支払方法"),
        _A.WORKS_FEE: _("工事費"),
        _A.PROMOTE: _("附則の無料期間"),
        _A.TERMS_NOTICE: _("規約改定の通知"),
        _A.DECLINE_RENEWAL: _("更新しない申し出"),
        _A.CANCEL: _("解約（お客さまから）"),
        _A.CANCEL_COMPANY: _("解除（提供会社から）"),
        _A.SURCHARGE: _("割増金"),
        _A.VOID: _("記録の取消し・訂正"),
    }[action]


def header_actions(view: ContractView) -> tuple[Action, ...]:
    """The buttons for a contract as it stands; an open outage asks for its end."""
    state = view.standing.state
    found = _HEADER.get(state, ())
    held = circumstances(tuple(one.entry for one in view.stored.entries), view.today)
    if Circumstance.OUTAGE_OPEN in held:
        found = tuple(Action.RESTORE if one is Action.OUTAGE else one for one in found)
    return found


def menu_groups(view: ContractView) -> tuple[tuple[Action, ...], ...]:
    """What stands under ⋯, in groups: the way in until the contract begins, its life from then on; not what
    has a button. What is refused stands there too, and says why.
    """
    shown = set(header_actions(view))
    if Action.TRANSFER in shown:
        shown.add(Action.SUCCEED)
    groups = _GROUPS_IN if view.standing.state in _WAYS_IN else _GROUPS
    kept = (tuple(one for one in group if one not in shown) for group in groups)
    return tuple(group for group in kept if group)
