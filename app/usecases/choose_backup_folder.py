"""Where backups go besides the place beside the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require, require_at

if TYPE_CHECKING:
    from app.usecases.desk import Desk


def choose_backup_folder(desk: Desk, folder: Path | None) -> None:
    """Back up into ``folder`` from now on, too (None: beside the data only), and record who chose it.

    Raises UserError ``not-permitted``; EnvironmentProblem where it can't be written.
    """
    require_at(desk, Act.SETTINGS)
    state = desk.storage.backups.choose(folder)
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.SETTINGS)
        chosen = str(state.folder) if state.folder is not None else ""
        work.audit.record(who(settings), "backup-folder", "database", {"folder": chosen})
        work.commit()
