"""Roles and PINs of the staff. There is always somebody left who may manage them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from app.errors import Problem, Problems, UserError
from app.papers.issuer import Settings, Staff
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, may, require
from app.usecases.pins import COST, Cost, check_pin, hashed
from app.usecases.staff_account import Account, Role, role_words
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork
    from app.usecases.vault_ports import Vault


def set_role(desk: Desk, staff_id: str, role: Role) -> Account:
    """Give somebody a role. Raises UserError ``not-permitted``, ``last-manager``, ``not-found``."""
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.STAFF)
        before = _kept(work, settings, staff_id)
        changed = msgspec.structs.replace(before, role=role)
        _refuse_without_manager(settings, work.accounts.all() | {staff_id: changed})
        work.accounts.save(changed)
        work.audit.record(
            who(settings), "role-changed", staff_id, {"before": before.role.value, "after": role.value}
        )
        work.commit()
    return changed


def set_pin(
    desk: Desk,
    staff_id: str,
    pin: str,
    again: str | None = None,
    *,
    own: str | None = None,
    cost: Cost = COST,
) -> Account:
    """Give somebody a PIN, or a new one. Whoever is the first to get one becomes 管理者, and is signed in.

    ``own``: the PIN so far, with which everybody may change their own; without it only who may manage the
    staff. Raises UserError ``bad-pin``, ``wrong-pin``, ``pin-wait``, ``not-permitted``, ``not-found``,
    ``gone`` for a first one of somebody who no longer works here: nobody could sign in then.
    """
    check_pin(pin, again)
    if own is not None:
        from app.usecases.sign_in import sign_in

        sign_in(desk, staff_id, own)
    with desk.storage.work() as work:
        settings = work.settings.load()
        first = not work.accounts.any_pin()
        if own is None:
            require(work, settings, Act.STAFF)
        before = _kept(work, settings, staff_id)
        member = _member(settings, staff_id)
        if first and not member.active:
            raise _gone(member)
        role = Role.MANAGER if first else before.role
        changed = Account(staff_id=staff_id, role=role, pin=hashed(pin, cost))
        work.accounts.save(changed)
        detail = {"first": first, "own": own is not None, "before": before.has_pin}
        name = member.name if first else who(settings)
        work.audit.record(name, "pin-set", staff_id, detail)
        work.commit()
    if first:
        desk.storage.let_in(staff_id)
    return changed


def remove_pin(desk: Desk, staff_id: str) -> Account:
    """Take a PIN away: that member can no longer sign in, unless it was the last one, which gives the desk
    back to everybody. Raises UserError ``not-permitted``, ``last-manager``, ``not-found``.
    """
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.STAFF)
        before = _kept(work, settings, staff_id)
        changed = Account(staff_id=staff_id, role=before.role)
        _refuse_without_manager(settings, work.accounts.all() | {staff_id: changed})
        work.accounts.save(changed)
        work.audit.record(who(settings), "pin-removed", staff_id, {})
        work.commit()
    return changed


def reset_forgotten(
    desk: Desk,
    vault: Vault,
    code: str,
    staff_id: str,
    pin: str,
    again: str | None = None,
    *,
    cost: Cost = COST,
) -> Account:
    """A new PIN for a 管理者 who forgot the old one: the recovery code shows whose data these are.

    Raises UserError ``bad-pin``, ``not-permitted`` for somebody who is no 管理者, and as
    ``Vault.check_recovery``. Signs in.
    """
    check_pin(pin, again)
    try:
        vault.check_recovery(code)
    except UserError:
        _note_reset(desk, staff_id)
        raise
    with desk.storage.work() as work:
        settings = work.settings.load()
        member = _member(settings, staff_id)
        before = _kept(work, settings, staff_id)
        if before.role is not Role.MANAGER:
            raise UserError(
                Problem(
                    "not-permitted",
                    _("復旧コードで決め直せるのは、管理者の暗証番号だけです。"),
                    remedy=_("{name}さんの暗証番号は、管理者が設定の「担当者」で決め直せます。").format(
                        name=member.name
                    ),
                )
            )
        changed = msgspec.structs.replace(before, pin=hashed(pin, cost), failures=0, locked_until=None)
        work.accounts.save(changed)
        work.audit.record(member.name, "pin-reset", staff_id, {"how": "recovery"})
        work.commit()
    desk.storage.let_in(staff_id)
    return changed


def _note_reset(desk: Desk, staff_id: str) -> None:
    with desk.storage.work() as work:
        work.audit.record("", "pin-reset-failed", staff_id, {})
        work.commit()


def check_staff(work: UnitOfWork, before: Settings, after: Settings) -> Problems:
    """What is wrong with a changed list of staff: the last 管理者 stays, and whoever is signed in."""
    problems = Problems()
    accounts = work.accounts.all()
    if before.staff != after.staff and any(one.has_pin for one in accounts.values()):
        with problems.collecting(under="staff"):
            _refuse_without_manager(after, accounts)
    return problems


def _refuse_without_manager(settings: Settings, accounts: Mapping[str, Account]) -> None:
    present: Iterable[Staff] = (one for one in settings.staff if one.active)
    if not any(one.has_pin for one in accounts.values()):
        return
    if any(may(accounts, member.id, Act.STAFF) for member in present):
        return
    raise UserError(
        Problem(
            "last-manager",
            _("暗証番号のある{role}が、ひとりもいなくなります。").format(role=role_words(Role.MANAGER)),
            why=_("担当者・役割・設定を変えられる人が、いなくなるためです。"),
            remedy=_("先に、ほかの担当者を{role}にして暗証番号を決めてください。").format(
                role=role_words(Role.MANAGER)
            ),
        )
    )


def _gone(member: Staff) -> UserError:
    return UserError(
        Problem(
            "gone",
            _("{name}さんは、いまの担当者ではありません。").format(name=member.name),
            why=_("最初に暗証番号を決めた人が管理者になるためです。"),
            remedy=_("いまの担当者から先に決めてください。"),
            field="staff",
        )
    )


def _kept(work: UnitOfWork, settings: Settings, staff_id: str) -> Account:
    _member(settings, staff_id)
    return work.accounts.all().get(staff_id) or Account(staff_id=staff_id)


def _member(settings: Settings, staff_id: str) -> Staff:
    for one in settings.staff:
        if one.id == staff_id:
            return one
    raise UserError(
        Problem(
            "not-found",
            _("その担当者は登録されていません。"),
            remedy=_("担当者を選び直してください。"),
            field="staff",
        )
    )
