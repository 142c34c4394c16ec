"""Writes about who works at the desk: signing in, roles, PINs, and the lock of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.papers.issuer import Staff
    from app.usecases.sign_in import LockReason
    from app.usecases.staff_account import Account, Role
    from app.usecases.vault_ports import KeyKind, Vault

_SETTINGS = Changed(settings=True)


def sign_in(desk: Desk, staff_id: str, pin: str) -> Outcome[Staff]:
    """Somebody signs in at this window, or opens it again."""
    from app.usecases.sign_in import sign_in as enter

    return Outcome(enter(desk, staff_id, pin), _SETTINGS)


def note_lock(desk: Desk, reason: LockReason) -> Outcome[None]:
    """The window was locked."""
    from app.usecases.sign_in import note_lock as note

    note(desk, reason)
    return Outcome(None, Changed())


def unlock_with_passphrase(desk: Desk, vault: Vault, passphrase: str) -> Outcome[None]:
    """Open a locked window of a desk without PINs by the passphrase of its data."""
    from app.errors import UserError
    from app.usecases.sign_in import note_unlock

    try:
        vault.check(passphrase)
    except UserError:
        note_unlock(desk, "passphrase", opened=False)
        raise
    note_unlock(desk, "passphrase", opened=True)
    return Outcome(None, Changed())


def reset_forgotten(
    desk: Desk, vault: Vault, code: str, staff_id: str, pin: str, again: str
) -> Outcome[Account]:
    """A new PIN for a 管理者, by the recovery code."""
    from app.usecases.keep_accounts import reset_forgotten as reset

    return Outcome(reset(desk, vault, code, staff_id, pin, again), _SETTINGS)


def set_role(desk: Desk, staff_id: str, role: Role) -> Outcome[Account]:
    """Give somebody a role."""
    from app.usecases.keep_accounts import set_role as keep

    return Outcome(keep(desk, staff_id, role), _SETTINGS)


def set_pin(desk: Desk, staff_id: str, pin: str, again: str, own: str | None) -> Outcome[Account]:
    """Give somebody a PIN; ``own`` is the one so far, where people change their own."""
    from app.usecases.keep_accounts import set_pin as keep

    return Outcome(keep(desk, staff_id, pin, again, own=own), _SETTINGS)


def remove_pin(desk: Desk, staff_id: str) -> Outcome[Account]:
    """Take a PIN away."""
    from app.usecases.keep_accounts import remove_pin as keep

    return Outcome(keep(desk, staff_id), _SETTINGS)


def change_key(desk: Desk, vault: Vault, kind: KeyKind, new: str | None, old: str | None) -> Outcome[KeyKind]:
    """Keep the key another way."""
    from app.usecases.keep_key import change_key as keep

    keep(desk, vault, kind, new, old)
    return Outcome(kind, _SETTINGS)


def renew_recovery(desk: Desk, vault: Vault, passphrase: str | None) -> Outcome[str]:
    """A new recovery code; the one before stops working."""
    from app.usecases.keep_key import renew_recovery as renew

    return Outcome(renew(desk, vault, passphrase), _SETTINGS)


def change_after_recovery(
    desk: Desk, vault: Vault, code: str, kind: KeyKind, new: str | None
) -> Outcome[KeyKind]:
    """Keep the key another way after the recovery code opened the data."""
    from app.usecases.keep_key import change_after_recovery as keep

    keep(desk, vault, code, kind, new)
    return Outcome(kind, _SETTINGS)
