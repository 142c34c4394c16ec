"""Files with personal data that leave the program: written whole, sealed where wanted, and recorded."""

from __future__ import annotations

from pathlib import Path

from app.places import write_atomically
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require


def write_out(path: Path, data: bytes, inner: str = "", passphrase: str = "") -> None:
    """Write a file; with a passphrase as a sealed archive that holds it under the name ``inner``.

    Raises UserError ``passphrase-short``, ``too-large``; EnvironmentProblem as ``write_atomically``.
    """
    if passphrase:
        from app.usecases.sealed_zip import seal_files

        data = seal_files([(inner or path.name, data)], passphrase)
    write_atomically(path, data)


def note_export(desk: Desk, what: str, path: Path, count: int, *, sealed: bool) -> None:
    """Record who took how much out, into which file."""
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.EXPORT)
        work.audit.record(who(settings), what, "", {"count": count, "file": path.name, "sealed": sealed})
        work.commit()
