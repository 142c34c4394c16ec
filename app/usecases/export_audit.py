"""Writes the record of what was done to a CSV file, for an inspector or the owner's own files."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Final

from app.papers.issuer import Settings
from app.usecases.audit_entries import AuditQuery, AuditRow
from app.usecases.audit_words import GROUPS, group_of, summary_of, verb_words
from app.usecases.desk import Desk
from app.usecases.permissions import Act, require
from app.usecases.sheet_cells import Value, harmless
from app.usecases.write_out import note_export, write_out
from app.words import _

_BLOCK: Final = 500


def export_audit(desk: Desk, query: AuditQuery, path: Path, passphrase: str = "") -> int:
    """Write the entries asked for, the newest first, and record that it was done; how many there were.

    CSV in UTF-8 with a mark, which Excel needs; what a spreadsheet would run as a formula stays text. With a
    passphrase the file is a sealed archive. Raises UserError ``not-permitted``, and as ``write_out`` does.
    """
    with desk.storage.look() as work:
        settings = work.settings.load()
        require(work, settings, Act.EXPORT)
        seqs = work.audit.seqs(query)
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads())
    for row in _rows(desk, seqs):
        writer.writerow([harmless(one) for one in _values(desk, settings, row)])
    data = out.getvalue().encode("utf-8-sig")
    write_out(path, data, path.with_suffix(".csv").name, passphrase)
    note_export(desk, "audit-exported", path, len(seqs), sealed=bool(passphrase))
    return len(seqs)


def heads() -> list[str]:
    """The first row of the file."""
    return [
        _("番号"), _("日時"), _("担当"), _("分類"), _("操作"), _("対象"), _("詳細"), _("対象の識別子"), _("操作の符号"),
    ]  # fmt: skip


def about_words(row: AuditRow, settings: Settings) -> str:
    """What an entry is about, as people call it; "" for the desk itself."""
    if row.about:
        return row.about
    names = {one.id: one.name for one in settings.staff}
    return names.get(row.entry.subject, "")


def who_words(row: AuditRow) -> str:
    """Who did it; a sign in brackets where that was erased, or nobody was signed in."""
    if row.entry.erased:
        return _("（消去済み）")
    return row.entry.who or _("（担当者なし）")


def _rows(desk: Desk, seqs: array[int]) -> Iterator[AuditRow]:
    for first in range(0, len(seqs), _BLOCK):
        block = seqs[first : first + _BLOCK]
        with desk.storage.look() as work:
            found = {row.seq: row for row in work.audit.rows(block)}
        yield from (found[seq] for seq in block if seq in found)


def _values(desk: Desk, settings: Settings, row: AuditRow) -> list[Value]:
    entry = row.entry
    at = entry.at.astimezone(desk.now().tzinfo)
    return [
        entry.seq, f"{at:%Y-%m-%d %H:%M:%S}", who_words(row), _(GROUPS[group_of(entry.what)]),
        verb_words(entry.what), about_words(row, settings), summary_of(entry), entry.subject, entry.what,
    ]  # fmt: skip
