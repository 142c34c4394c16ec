"""The one table of what may be done with a contract: state × action × condition → allowed, or why not.

A refusal says what, why and what to do instead, and names the clause where the terms speak. Whether the
*dates* of an entry fit is the matter of ``timeline_check``; whether a transfer is approved, of who records
it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.contract.actions import Action, Circumstance
from app.contract.application import applies
from app.contract.record import ContractState
from app.tariff.editions import stands_for
from app.tariff.model import Edition, Service
from app.words import N_, _

_S = ContractState
_A = Action


@dataclass(frozen=True)
class Refusal:
    """Why an action is not possible: a stable code, what, why and what to do in words, and the clause (""
    where the terms say nothing).
    """

    code: str
    what: str
    why: str
    clause: str = ""
    remedy: str = ""


ACTION_WORDS: Final[Mapping[Action, str]] = {
    _A.EDIT: N_("申込内容の編集"),
    _A.EXPLAIN: N_("重要事項の説明の記録"),
    _A.SUBMIT: N_("申込みの送付"),
    _A.WITHDRAW: N_("申込みの取下げ"),
    _A.ACCEPT: N_("承諾の記録"),
    _A.REFUSE: N_("不承諾の記録"),
    _A.REVOKE: N_("承諾の取消し"),
    _A.START: N_("利用開始"),
    _A.CHANGE: N_("数量・オプションの変更"),
    _A.SUSPEND: N_("利用停止"),
    _A.RESUME: N_("利用再開"),
    _A.OUTAGE: N_("障害の記録"),
    _A.RESTORE: N_("復旧の記録"),
    _A.INTERRUPT: N_("提供中止の記録"),
    _A.TRANSFER: N_("譲渡"),
    _A.SUCCEED: N_("承継"),
    _A.NOTIFY: N_("届出事項の変更"),
    _A.BILLING: N_("請求・支払方法の変更"),
    _A.WORKS_FEE: N_("工事費の記録"),
    _A.PROMOTE: N_("附則の無料期間の適用"),
    _A.TERMS_NOTICE: N_("規約改定の通知の記録"),
    _A.DECLINE_RENEWAL: N_("更新しない申し出の記録"),
    _A.CANCEL: N_("解約"),
    _A.CANCEL_COMPANY: N_("提供会社による解除"),
    _A.SURCHARGE: N_("割増金の請求"),
    _A.VOID: N_("記録の訂正・取消し"),
}

STATE_WORDS: Final[Mapping[ContractState, str]] = {
    _S.PREPARING: N_("申込準備"),
    _S.SUBMITTED: N_("審査中"),
    _S.REFUSED: N_("不承諾"),
    _S.WITHDRAWN: N_("取下げ"),
    _S.ACCEPTED: N_("開始待ち"),
    _S.REVOKED: N_("承諾取消"),
    _S.ACTIVE: N_("利用中"),
    _S.SUSPENDED: N_("利用停止"),
    _S.ENDING: N_("解約予定"),
    _S.ENDED: N_("解約済み"),
}


@dataclass(frozen=True)
class _Ground:
    """A reason of refusal: its words, and from where its clause comes."""

    why: str
    remedy: str
    clause: Callable[[Edition], str]


def _life(name: str) -> Callable[[Edition], str]:
    return lambda edition: getattr(edition.life, name) if edition.life is not None else ""


def _of(name: str) -> Callable[[Edition], str]:
    """The clause of one of the rules of a contract's life."""

    def clause(edition: Edition) -> str:
        rule = getattr(edition.life, name) if edition.life is not None else None
        return rule.clause if rule is not None else ""

    return clause


def _cancellation(edition: Edition) -> str:
    return edition.cancellation.clause if edition.cancellation is not None else ""


def _term(edition: Edition) -> str:
    return edition.term.clause if edition.term is not None else _cancellation(edition)


def _silent(_edition: Edition) -> str:
    return ""


_GROUNDS: Final[Mapping[str, _Ground]] = {
    "not-submitted": _Ground(
        N_("申込みがまだ提供会社に送られていません。"),
        N_("先に申込みの送付を記録してください。"),
        _life("application_clause"),
    ),
    "already-submitted": _Ground(
        N_("申込みはすでに提供会社に送られています。"),
        N_("内容を直すときは、申込みを取り下げて新しく作成してください。"),
        _life("application_clause"),
    ),
    "not-accepted": _Ground(
        N_("提供会社の承諾がまだありません。契約は承諾によって成立します。"),
        N_("先に承諾を記録してください。"),
        _life("acceptance_clause"),
    ),
    "already-accepted": _Ground(
        N_("提供会社がすでに承諾しています。"),
        N_("承諾の記録が誤っているときは、その記録を取り消してください。"),
        _life("acceptance_clause"),
    ),
    "not-started": _Ground(
        N_("サービスの提供がまだ始まっていません。"),
        N_("開始を記録してから行ってください。"),
        _life("start_clause"),
    ),
    "cancel-before-start": _Ground(
        N_("サービスの提供がまだ始まっていません。"),
        N_("開始前にやめるときは「取下げ」を記録してください。"),
        _life("acceptance_clause"),
    ),
    "already-started": _Ground(
        N_("サービスの提供はすでに始まっています。"),
        N_("数量やオプションは「変更」、終わらせるときは「解約」を使ってください。"),
        _life("change_clause"),
    ),
    "start-planned": _Ground(
        N_("利用開始がすでに記録されています。"),
        N_("先に利用開始の記録を取り消してください。"),
        _life("start_clause"),
    ),
    "already-suspended": _Ground(
        N_("利用停止がすでに続いています。"),
        N_("今の停止を再開してから、次の停止を記録してください。"),
        _of("suspension"),
    ),
    "not-suspended": _Ground(
        N_("続いている利用停止がありません。"),
        N_("停止の記録を確かめてください。"),
        _of("suspension"),
    ),
    "no-outage": _Ground(
        N_("続いている障害の記録がありません。"),
        N_("先に障害を記録してください。"),
        lambda edition: edition.outage.clause if edition.outage is not None else "",
    ),
    "end-planned": _Ground(
        N_("解約日がすでに決まっています。"),
        N_("解約日を変えるときは、解約の記録を取り消してから記録し直してください。"),
        _cancellation,
    ),
    "ended": _Ground(
        N_("契約は解約日に終わっています。"),
        N_("解約日より前のことを記録するときは、解約の記録をいったん取り消してください。"),
        _cancellation,
    ),
    "closed": _Ground(
        N_("この申込みは終わっています。"),
        N_("もう一度申し込むときは、新しい申込みを作成してください。"),
        _life("acceptance_clause"),
    ),
    "edit-instead": _Ground(
        N_("申込みの準備中です。"),
        N_("申込内容をそのまま書き直してください。"),
        _life("application_clause"),
    ),
    "nothing-recorded": _Ground(
        N_("取り消せる記録がありません。"),
        N_("履歴を確かめてください。"),
        _silent,
    ),
    "not-revocable": _Ground(
        N_("規約に、承諾を取り消す定めがありません。"),
        N_("開始前にやめるときは「取下げ」、開始後は「解約」を使ってください。"),
        _life("acceptance_clause"),
    ),
    "no-surcharge": _Ground(
        N_("規約に割増金の定めがありません。"),
        N_("未払いの料金として請求してください。"),
        lambda edition: edition.interest.clause if edition.interest is not None else "",
    ),
    "no-works-fee": _Ground(
        N_("規約に工事費の定めがありません。"),
        N_("個別に合意した費用は、メモに残してください。"),
        _silent,
    ),
    "works-fee-recorded": _Ground(
        N_("工事費はすでに記録されています。"),
        N_("金額を直すときは、その記録を取り消してから記録し直してください。"),
        lambda edition: next((fee.clause for fee in edition.fees if fee.per == "works"), ""),
    ),
    "no-promotion": _Ground(
        N_("その日の申込みに使える無料期間はありません。"),
        N_("申込日を確かめてください。"),
        lambda edition: edition.promotion.clause if edition.promotion is not None else "",
    ),
    "already-promoted": _Ground(
        N_("無料期間はすでに適用されています。"),
        N_("申込日を直すときは、その記録を取り消してから記録し直してください。"),
        lambda edition: edition.promotion.clause if edition.promotion is not None else "",
    ),
    "no-renewal-notice": _Ground(
        N_("規約に、更新しないことを申し出る定めがありません。"),
        N_("終わらせるときは「解約」を使ってください。"),
        _term,
    ),
    "renewal-declined": _Ground(
        N_("更新しない申し出はすでに記録されています。"),
        N_("取りやめるときは、その記録を取り消してください。"),
        _term,
    ),
}

# What stands in the table: "" is allowed, anything else the code of the ground of refusal. The states come in
# the order of their definition: preparing, submitted, refused, withdrawn, accepted, revoked, active,
# suspended, ending, ended.
_SHORT: Final[Mapping[str, str]] = {
    ".": "",
    "s": "not-submitted",
    "S": "already-submitted",
    "a": "not-accepted",
    "A": "already-accepted",
    "t": "not-started",
    "T": "already-started",
    "b": "cancel-before-start",
    "p": "end-planned",
    "e": "ended",
    "c": "closed",
    "i": "edit-instead",
}
_ROWS: Final[Mapping[Action, str]] = {
    #                     P S R W A V a s g e
    _A.EDIT: "            . S c c A c T T T e",
    _A.EXPLAIN: "         . . c c . c . . . e",
    _A.SUBMIT: "          . S c c A c T T T e",
    _A.WITHDRAW: "        . . c c . c T T T e",
    _A.ACCEPT: "          s . c c A c T T T e",
    _A.REFUSE: "          s . c c A c T T T e",
    _A.REVOKE: "          a a c c . c T T T e",
    _A.START: "           a a c c . c T T T e",
    _A.CHANGE: "          i S c c t c . . . e",
    _A.SUSPEND: "         t t c c t c . . . e",
    _A.RESUME: "          t t c c t c . . . e",
    _A.OUTAGE: "          t t c c t c . . . .",
    _A.RESTORE: "         t t c c t c . . . .",
    _A.INTERRUPT: "       t t c c t c . . . .",
    _A.TRANSFER: "        t t c c t c . . . e",
    _A.SUCCEED: "         t t c c t c . . . e",
    _A.NOTIFY: "          i . c c . c . . . .",
    _A.BILLING: "         i t c c t c . . . .",
    _A.WORKS_FEE: "       t t c c t c . . . .",
    _A.PROMOTE: "         i t c c t c . . . .",
    _A.TERMS_NOTICE: "    a a c c . c . . . e",
    _A.DECLINE_RENEWAL: " t t c c t c . . p e",
    _A.CANCEL: "          b b c c b c . . p e",
    _A.CANCEL_COMPANY: "  a a c c b c . . p e",
    _A.SURCHARGE: "       t t c c t c . . . .",
    _A.VOID: "            . . . . . . . . . .",
}
TABLE: Final[Mapping[Action, Mapping[ContractState, str]]] = {
    action: dict(zip(ContractState, (_SHORT[sign] for sign in row.split()), strict=True))
    for action, row in _ROWS.items()
}


def _by_terms(action: Action, edition: Edition, on: date) -> str:
    """The ground on which the terms of the service themselves know no such action."""
    missing: Mapping[Action, tuple[str, Callable[[], bool]]] = {
        _A.REVOKE: ("not-revocable", lambda: edition.life is None or not edition.life.revocable_clause),
        _A.SURCHARGE: ("no-surcharge", lambda: edition.surcharge is None),
        _A.WORKS_FEE: ("no-works-fee", lambda: all(fee.per != "works" for fee in edition.fees)),
        _A.PROMOTE: (
            "no-promotion",
            lambda: edition.promotion is None or not applies(edition.promotion, on, used_before=False),
        ),
        _A.DECLINE_RENEWAL: (
            "no-renewal-notice",
            lambda: edition.term is None or edition.term.renewal != "yearly-unless-noticed",
        ),
    }
    found = missing.get(action)
    return found[0] if found is not None and found[1]() else ""


# Conditions besides the state: the circumstance, whether it must hold, and the ground where it does not.
_NEEDED: Final[Mapping[Action, tuple[Circumstance, bool, str]]] = {
    _A.WITHDRAW: (Circumstance.START_RECORDED, False, "start-planned"),
    _A.REFUSE: (Circumstance.START_RECORDED, False, "start-planned"),
    _A.REVOKE: (Circumstance.START_RECORDED, False, "start-planned"),
    _A.SUSPEND: (Circumstance.SUSPENSION_OPEN, False, "already-suspended"),
    _A.RESUME: (Circumstance.SUSPENSION_OPEN, True, "not-suspended"),
    _A.RESTORE: (Circumstance.OUTAGE_OPEN, True, "no-outage"),
    _A.WORKS_FEE: (Circumstance.WORKS_FEE_RECORDED, False, "works-fee-recorded"),
    _A.PROMOTE: (Circumstance.PROMOTED, False, "already-promoted"),
    _A.DECLINE_RENEWAL: (Circumstance.RENEWAL_DECLINED, False, "renewal-declined"),
    _A.VOID: (Circumstance.RECORDED, True, "nothing-recorded"),
    _A.CANCEL: (Circumstance.END_RECORDED, False, "end-planned"),
    _A.CANCEL_COMPANY: (Circumstance.END_RECORDED, False, "end-planned"),
}


def permitted(
    action: Action,
    state: ContractState,
    service: Service,
    on: date,
    holding: Collection[Circumstance] | None = None,
) -> Refusal | None:
    """Why the action is not possible in that state on that day; None where it is.

    ``holding``: what else holds of the contract (``life.circumstances``); None: what its state lets assume.
    """
    edition = stands_for(service.editions, on)
    code = TABLE[action][state] or _by_terms(action, edition, on) or _lacking(action, state, holding)
    return _refusal(code, action, state, edition) if code else None


def _lacking(action: Action, state: ContractState, holding: Collection[Circumstance] | None) -> str:
    needed = _NEEDED.get(action)
    if needed is None:
        return ""
    circumstance, wanted, code = needed
    if holding is None:
        if circumstance is not Circumstance.SUSPENSION_OPEN or state is _S.ENDING:
            return ""
        holds = state is _S.SUSPENDED
    else:
        holds = circumstance in holding
    return "" if holds == wanted else code


def _refusal(code: str, action: Action, state: ContractState, edition: Edition) -> Refusal:
    ground = _GROUNDS[code]
    what = _("「{state}」の契約では、{action}はできません。").format(
        state=_(STATE_WORDS[state]), action=_(ACTION_WORDS[action])
    )
    return Refusal(code, what, _(ground.why), ground.clause(edition), _(ground.remedy))
