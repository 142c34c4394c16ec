"""A look through everything stored, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.usecases.findings import Finding, found
from app.words import _
from db.soundness import changed_runs, damaged_scans
from db.sqlite import broken_pages, broken_references, cipher_faults
from db.work import SqlWork

Told = Callable[[str], bool]


def findings_in(work: SqlWork, told: Told | None) -> Iterator[Finding]:
    """Every part of an opened database. ``told`` hears the code of a part before it is looked at; by False it
    ends the look.
    """
    restore = _("設定の「控え」から、壊れる前の控えに戻してください。")
    for code, look in _PARTS:
        if told is not None and not told(code):
            return
        yield look(work, restore)


def _pages(work: SqlWork, restore: str) -> Finding:
    connection = work.session.connection
    faults = cipher_faults(connection) or broken_pages(connection)
    return found(
        "pages",
        _("データベースのファイル"),
        faults,
        _("すべてのページが正しく読めます。"),
        _("壊れているところが{count}か所あります。"),
        restore,
    )


def _references(work: SqlWork, restore: str) -> Finding:
    return found(
        "references",
        _("データのつながり"),
        [
            _("「{table}」に、相手のない行があります。").format(table=one)
            for one in broken_references(work.session.connection)
        ],
        _("すべての行の相手がそろっています。"),
        _("相手のない行が{count}つの表にあります。"),
        restore,
    )


def _audit(work: SqlWork, _restore: str) -> Finding:
    return found(
        "audit",
        _("操作の記録の鎖"),
        work.audit.check(),
        _("書き換えも抜けもありません。"),
        _("書き換えられたか、抜けているところが{count}か所あります。"),
        _("だれがいつ変えたのかを調べてください。控えと見比べることができます。"),
    )


def _papers(work: SqlWork, restore: str) -> Finding:
    return found(
        "papers",
        _("発行した書類"),
        work.papers.check(),
        _("すべて発行したときのままです。"),
        _("発行したときと違うところが{count}か所あります。"),
        restore,
    )


def _scans(work: SqlWork, restore: str) -> Finding:
    return found(
        "scans",
        _("添付ファイル"),
        list(damaged_scans(work.session.connection)),
        _("すべて保存したときのままです。"),
        _("保存したときと違うものが{count}つあります。"),
        restore,
    )


def _runs(work: SqlWork, restore: str) -> Finding:
    return found(
        "runs",
        _("締めた月"),
        list(changed_runs(work.session.connection)),
        _("すべて締めたときの金額のままです。"),
        _("締めたときと金額が違う月が{count}つあります。"),
        restore,
    )


_PARTS = (
    ("pages", _pages),
    ("references", _references),
    ("audit", _audit),
    ("papers", _papers),
    ("scans", _scans),
    ("runs", _runs),
)
