"""Signing in for a command: who, by name, and the PIN from the environment or typed at the terminal."""

from __future__ import annotations

import sys

from app.errors import Problem, UserError
from app.usecases.desk import Desk
from app.usecases.sign_in import sign_in
from app.words import _


def sign_in_by_name(desk: Desk, name: str, pin: str) -> None:
    """Sign in the member of staff of that name (or id). Does nothing while nobody has a PIN.

    ``pin`` "" is asked for where there is a terminal. Raises UserError ``not-found``, ``pin-needed`` and what
    ``sign_in`` raises.
    """
    with desk.storage.look() as work:
        if not work.accounts.any_pin():
            return
        staff = work.settings.load().staff
    found = [one for one in staff if one.active and name in {one.id, one.name, one.name.replace(" ", "")}]
    if len(found) != 1:
        raise UserError(
            Problem(
                "not-found",
                _("「{name}」という担当者は登録されていません。").format(name=name),
                remedy=_("設定の「担当者」にある氏名で指定してください。"),
                field="staff",
            )
        )
    sign_in(desk, found[0].id, pin or _asked(found[0].name))


def _asked(name: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(
            Problem(
                "pin-needed",
                _("暗証番号が必要です。"),
                remedy=_("環境変数 MADOGUCHI_PIN で渡してください。"),
                field="pin",
            )
        )
    from getpass import getpass

    return getpass(_("{name}さんの暗証番号：").format(name=name))
