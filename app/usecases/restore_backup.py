"""控えから戻す: what is told before, and what is recorded after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import N_, _

if TYPE_CHECKING:
    from app.usecases.desk import Desk

UNCOUNTED: Final = frozenset({"database-damaged", "disk-error"})
"""What planning says of data that opened and can't be read through; all else is said of the backup itself."""

_KINDS: Final = {
    "customers": N_("顧客"),
    "quotations": N_("見積"),
    "quotation_revisions": N_("見積の版"),
    "contracts": N_("契約"),
    "contract_entries": N_("契約の記録"),
    "bills": N_("請求"),
    "payments": N_("入金"),
    "papers": N_("発行した書類"),
    "visits": N_("訪問"),
    "visit_events": N_("訪問の記録"),
    "audit": N_("操作の記録"),
    "changes": N_("そのほかの変更"),
}


def kind_words(kind: str) -> str:
    """What the rows of a table are called."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def check_restoring(desk: Desk) -> None:
    """Whether who signed in may go back to a backup. Raises UserError ``not-permitted``."""
    with desk.storage.look() as work:
        require(work, work.settings.load(), Act.RESTORE)


def record_restore(desk: Desk, backup: Path, before: Path | None, by: str = "") -> None:
    """Record in the restored data that they were restored, and where the data of before are kept. ``by``: who
    did it, as the data of before knew them ("": who is at the desk now).
    """
    with desk.storage.work() as work:
        detail = {"backup": backup.name, "kept": before.name if before is not None else ""}
        work.audit.record(by or who(work.settings.load()), "backup-restored", "database", detail)
        work.commit()
