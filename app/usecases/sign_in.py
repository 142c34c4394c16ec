"""Signing in at a window, and what happens when the PIN is wrong.

Who is signed in belongs to the window (``Storage.signed_in``), never to the settings all windows share.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from app.errors import Problem, UserError
from app.papers.issuer import Settings, Staff
from app.usecases.desk import Desk
from app.usecases.pins import matches
from app.usecases.staff_account import Account
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

FREE_TRIES: Final = 5
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)

LockReason = Literal["asked", "idle", "start"]


def sign_in(desk: Desk, staff_id: str, pin: str) -> Staff:
    """Let a member of staff sign in at this window; also how a locked window opens again.

    Raises UserError: ``wrong-pin``, ``pin-wait`` (five wrong ones: 30 seconds, then twice as long each time,
    kept in the database), ``no-pin``, ``not-found``. Every try is recorded.
    """
    with desk.storage.work() as work:
        member = _member(work.settings.load(), staff_id)
        account = _account(work, member)
        before = desk.storage.signed_in
        refused = _tried(work, desk.now(), account, pin)
        if refused is None:
            detail = {"staff": staff_id}
            if before and before != staff_id:
                detail["instead_of"] = before
            work.audit.record(member.name, "signed-in", staff_id, detail)
        work.commit()
    if refused is not None:
        raise refused
    desk.storage.let_in(staff_id)
    return member


def sign_out(desk: Desk) -> None:
    """Nobody is signed in at this window any more."""
    with desk.storage.work() as work:
        member = work.settings.load().staff_member()
        if member is not None:
            work.audit.record(member.name, "signed-out", member.id, {})
            work.commit()
    desk.storage.let_in("")


def note_lock(desk: Desk, reason: LockReason) -> None:
    """Record that the window was locked."""
    with desk.storage.work() as work:
        member = work.settings.load().staff_member()
        work.audit.record(member.name if member else "", "window-locked", "window", {"reason": reason})
        work.commit()


def note_unlock(desk: Desk, how: Literal["passphrase", "recovery"], *, opened: bool) -> None:
    """Record that a window without PINs was unlocked another way, or that this was tried in vain."""
    with desk.storage.work() as work:
        member = work.settings.load().staff_member()
        what = "window-unlocked" if opened else "unlock-failed"
        work.audit.record(member.name if member else "", what, "window", {"how": how})
        work.commit()


def wait_of(failures: int) -> timedelta:
    """How long nobody may try after so many wrong PINs in a row."""
    if failures < FREE_TRIES:
        return timedelta()
    return min(FIRST_WAIT * (1 << min(failures - FREE_TRIES, 20)), LONGEST_WAIT)


def waiting(account: Account, now: datetime) -> timedelta:
    """How long this account still has to wait; a clock that was set back makes it the whole time again."""
    if account.locked_until is None or now >= account.locked_until:
        return timedelta()
    return min(account.locked_until - now, wait_of(account.failures))


def _tried(work: UnitOfWork, now: datetime, account: Account, pin: str) -> UserError | None:
    """Count a try and say why it was refused; the caller commits either way."""
    left = waiting(account, now)
    if left:
        if account.locked_until is not None and account.locked_until - now > left:
            work.accounts.save(msgspec.structs.replace(account, locked_until=now + left))
        return _wait(left)
    if matches(pin, account.pin):
        if account.failures:
            work.accounts.save(msgspec.structs.replace(account, failures=0, locked_until=None))
        return None
    failures = account.failures + 1
    wait = wait_of(failures)
    until = now + wait if wait else None
    work.accounts.save(msgspec.structs.replace(account, failures=failures, locked_until=until))
    work.audit.record("", "sign-in-failed", account.staff_id, {"failures": failures})
    if wait:
        return _wait(wait)
    return UserError(
        Problem(
            "wrong-pin",
            _("暗証番号が違います。"),
            remedy=_("あと{count}回間違えると、しばらく入力できなくなります。").format(
                count=FREE_TRIES - failures
            ),
            field="pin",
        )
    )


def _member(settings: Settings, staff_id: str) -> Staff:
    for one in settings.staff:
        if one.id == staff_id and one.active:
            return one
    raise UserError(
        Problem(
            "not-found",
            _("その担当者は登録されていません。"),
            remedy=_("担当者を選び直してください。"),
            field="staff",
        )
    )


def _account(work: UnitOfWork, member: Staff) -> Account:
    account = work.accounts.all().get(member.id)
    if account is None or not account.has_pin:
        raise UserError(
            Problem(
                "no-pin",
                _("{name}さんの暗証番号は、まだ決まっていません。").format(name=member.name),
                remedy=_("管理者が、設定の「担当者」で決められます。"),
                field="pin",
            )
        )
    return account


def _wait(left: timedelta) -> UserError:
    seconds = max(1, -(-left // timedelta(seconds=1)))
    told = (
        _("あと{count}秒お待ちください。").format(count=seconds)
        if seconds < 120
        else _("あと{count}分お待ちください。").format(count=-(-seconds // 60))
    )
    return UserError(
        Problem("pin-wait", _("暗証番号を続けて間違えたため、入力を止めています。"), remedy=told, field="pin")
    )
