"""Who may sign in at the desk, with which role."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from app.usecases.staff_account import Account, Role
from db.base import Session
from db.staff_tables import accounts


class StaffAccountTable:
    """``app.usecases.staff_account.AccountRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def all(self) -> dict[str, Account]:
        """Every account, by the member's id."""
        return {
            row.staff_id: Account(
                staff_id=row.staff_id,
                role=Role(row.role),
                pin=row.pin,
                failures=row.failures,
                locked_until=row.locked_until,
            )
            for row in self._connection.execute(sa.select(accounts))
        }

    def any_pin(self) -> bool:
        """Whether anybody has a PIN."""
        return pins_exist(self._connection)

    def save(self, account: Account) -> None:
        """Keep an account in place of the one before."""
        columns = {
            "role": account.role.value,
            "pin": account.pin,
            "failures": account.failures,
            "locked_until": account.locked_until,
            "changed_at": self._session.now(),
        }
        done = self._connection.execute(
            accounts.update().where(accounts.c.staff_id == account.staff_id).values(columns)
        )
        if not done.rowcount:
            self._connection.execute(accounts.insert(), {"staff_id": account.staff_id, **columns})


def pins_exist(connection: sa.Connection) -> bool:
    """Whether anybody has a PIN."""
    return connection.scalar(sa.select(accounts.c.staff_id).where(accounts.c.pin != "").limit(1)) is not None
