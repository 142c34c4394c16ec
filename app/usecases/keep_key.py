"""Keep the key of the data another way, and make recovery codes: who may, and that it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require

if TYPE_CHECKING:
    from app.usecases.vault_ports import KeyKind, Vault


def change_key(desk: Desk, vault: Vault, kind: KeyKind, new: str | None, old: str | None) -> None:
    """Keep the same key as ``kind``; ``old`` opens it now, ``new`` from now on. A recovery code stays.

    Raises UserError ``not-permitted`` and what ``Vault.change`` raises; then the old way holds.
    """
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.KEY)
        work.audit.record(who(settings), "key-changed", "key", {"before": vault.kind(), "after": kind})
        vault.change(kind, new, old)
        work.commit()
    desk.storage.backups.renew_key()


def renew_recovery(desk: Desk, vault: Vault, passphrase: str | None = None) -> str:
    """A new recovery code, which is kept nowhere; the one before stops working.

    Raises UserError ``not-permitted`` and what ``Vault.renew_recovery`` raises; then the old one holds.
    """
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.KEY)
        work.audit.record(who(settings), "recovery-renewed", "key", {"before": vault.has_recovery()})
        code = vault.renew_recovery(passphrase)
        work.commit()
    desk.storage.backups.renew_key()
    return code


def change_after_recovery(desk: Desk, vault: Vault, code: str, kind: KeyKind, new: str | None) -> None:
    """Keep the key another way after the recovery code opened the data. Whoever has the code may.

    Raises what ``Vault.change_with_recovery`` raises; then everything is as it was.
    """
    with desk.storage.work() as work:
        detail = {"before": vault.kind(), "after": kind, "how": "recovery"}
        work.audit.record(who(work.settings.load()), "key-changed", "key", detail)
        vault.change_with_recovery(code, kind, new)
        work.commit()
    desk.storage.backups.renew_key()
