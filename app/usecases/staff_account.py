"""Those who work at the desk as the program knows them: what they may be, and what is kept of their PINs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

import msgspec

from app.words import N_, _


class Role(StrEnum):
    """What somebody is at this desk."""

    MANAGER = "manager"
    CLERK = "clerk"
    TECHNICIAN = "technician"


_WORDS: Final = {
    Role.MANAGER: N_("管理者"),
    Role.CLERK: N_("担当者"),
    Role.TECHNICIAN: N_("技術者"),
}


def role_words(role: Role) -> str:
    """The name of a role."""
    return _(_WORDS[role])


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one member of staff beside the settings.

    ``pin`` is the Argon2 hash of the PIN, "" while none is set. ``failures`` are wrong ones in a row;
    before ``locked_until`` no further one is tried.
    """

    staff_id: str
    role: Role = Role.CLERK
    pin: str = ""
    failures: int = 0
    locked_until: datetime | None = None

    @property
    def has_pin(self) -> bool:
        """Whether this member signs in with a PIN."""
        return bool(self.pin)


class AccountRepository(Protocol):
    """The accounts of the staff."""

    def all(self) -> dict[str, Account]:
        """Every account that was ever kept, by the member's id."""
        ...

    def any_pin(self) -> bool:
        """Whether anybody has a PIN: from then on everybody signs in."""
        ...

    def save(self, account: Account) -> None:
        """Keep an account in place of the one before."""
        ...
