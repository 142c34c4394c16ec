"""Who may do what at the desk: one short table, asked by every use case it names.

While nobody has a PIN the desk is one person's and everything is permitted. The table is a choice of this
program; no tariff and no law asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.errors import Problem, UserError
from app.papers.issuer import Settings
from app.usecases.staff_account import Account, Role, role_words
from app.words import N_, _

if TYPE_CHECKING:
    from app.usecases.desk import Desk
    from app.usecases.ports import UnitOfWork


class Act(StrEnum):
    """What not everybody may do."""

    BOOK = "book"
    SELL = "sell"
    RUN_MONTH = "run-month"
    PAYMENTS = "payments"
    EXPORT = "export"
    CLOSE_MONTH = "close-month"
    VOID = "void"
    APPROVE = "approve"
    MERGE = "merge"
    IMPORT = "import"
    TARIFFS = "tariffs"
    READINGS = "readings"
    TECHNICIANS = "technicians"
    SETTINGS = "settings"
    STAFF = "staff"
    KEY = "key"
    ERASE = "erase"
    RESTORE = "restore"


_M, _C, _T = Role.MANAGER, Role.CLERK, Role.TECHNICIAN

ALLOWED: Final[Mapping[Act, frozenset[Role]]] = {
    Act.SELL: frozenset({_M, _C}),
    Act.BOOK: frozenset({_M, _C, _T}),
    Act.RUN_MONTH: frozenset({_M, _C}),
    Act.PAYMENTS: frozenset({_M, _C}),
    Act.EXPORT: frozenset({_M, _C}),
    Act.CLOSE_MONTH: frozenset({_M}),
    Act.VOID: frozenset({_M}),
    Act.IMPORT: frozenset({_M}),
    Act.MERGE: frozenset({_M}),
    Act.APPROVE: frozenset({_M}),
    Act.TARIFFS: frozenset({_M}),
    Act.READINGS: frozenset({_M}),
    Act.TECHNICIANS: frozenset({_M}),
    Act.SETTINGS: frozenset({_M}),
    Act.STAFF: frozenset({_M}),
    Act.KEY: frozenset({_M}),
    Act.ERASE: frozenset({_M}),
    Act.RESTORE: frozenset({_M}),
}

_WORDS: Final[Mapping[Act, str]] = {
    Act.SELL: N_("見積・契約・書類の作成と発行"),
    Act.BOOK: N_("顧客と訪問の受付、作業の記録"),
    Act.RUN_MONTH: N_("月の請求の計算"),
    Act.PAYMENTS: N_("入金と請求の記録"),
    Act.EXPORT: N_("一覧や請求の書き出し"),
    Act.CLOSE_MONTH: N_("月の締め"),
    Act.VOID: N_("契約の記録・入金・書類の取り消し"),
    Act.IMPORT: N_("契約台帳の取り込みと取り消し"),
    Act.MERGE: N_("顧客の統合と取り消し"),
    Act.APPROVE: N_("書類の承認"),
    Act.TARIFFS: N_("料金表の追加と取り外し"),
    Act.READINGS: N_("解釈の変更"),
    Act.TECHNICIANS: N_("技術者の登録と変更"),
    Act.SETTINGS: N_("設定の変更"),
    Act.STAFF: N_("担当者・役割・暗証番号の管理"),
    Act.KEY: N_("鍵と復旧コードの変更"),
    Act.ERASE: N_("個人情報の消去"),
    Act.RESTORE: N_("控えから戻す"),
}


def act_words(act: Act) -> str:
    """What an act is called in the table and in refusals."""
    return _(_WORDS[act])


def may(accounts: Mapping[str, Account], staff_id: str, act: Act) -> bool:
    """Whether the one signed in (``staff_id``, "" for nobody) may do it."""
    if not any(one.has_pin for one in accounts.values()):
        return True
    account = accounts.get(staff_id)
    return account is not None and account.has_pin and account.role in ALLOWED[act]


def require(work: UnitOfWork, settings: Settings, act: Act) -> None:
    """Refuse what the one signed in may not do; every use case calls it that changes what the table names.

    Raises UserError ``not-signed-in`` or ``not-permitted``, which names who may.
    """
    if not work.accounts.any_pin():
        return
    accounts = work.accounts.all()
    if not _works_here(settings) or not may(accounts, settings.current_staff, act):
        raise refusal(accounts, settings, act)


def _works_here(settings: Settings) -> bool:
    """Whether somebody is signed in who was not taken out of the staff since, in another window."""
    member = settings.staff_member()
    return member is not None and member.active


def refusal(accounts: Mapping[str, Account], settings: Settings, act: Act) -> UserError:
    """What is told to somebody who may not do it."""
    if not _works_here(settings):
        return UserError(
            Problem(
                "not-signed-in",
                _("担当者がログインしていません。"),
                why=_("「{act}」は、暗証番号でログインした人だけができます。").format(act=act_words(act)),
                remedy=_(
                    "ログインしてからやり直してください。コマンドでは、環境変数 MADOGUCHI_STAFF と MADOGUCHI_PIN で渡します。"
                ),
            )
        )
    names = who_may(accounts, settings, act)
    roles = _("・").join(role_words(role) for role in Role if role in ALLOWED[act])
    account = accounts.get(settings.current_staff)
    own = role_words(account.role if account is not None else Role.CLERK)
    return UserError(
        Problem(
            "not-permitted",
            _("「{act}」は、{roles}だけができます。").format(act=act_words(act), roles=roles),
            why=_("いまログインしている人の役割は{role}です。").format(role=own),
            remedy=_("{names}に頼むか、左下の名前を押してログインし直してください。").format(
                names=_("、").join(_("{name}さん").format(name=name) for name in names)
            )
            if names
            else _("管理者に頼んでください。"),
        )
    )


def who_may(accounts: Mapping[str, Account], settings: Settings, act: Act) -> tuple[str, ...]:
    """The names of those who may do it and still work here."""
    return tuple(member.name for member in settings.staff if member.active and may(accounts, member.id, act))


def require_at(desk: Desk, act: Act) -> None:
    """As ``require``, before work that takes long and writes no row. Raises as that."""
    with desk.storage.look() as work:
        require(work, work.settings.load(), act)
