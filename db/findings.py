"""A look through everything stored, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.usecases.findings import Finding, found
from app.words import N_, _
from db.soundness import changed_runs, damaged_scans
from db.sqlite import broken_pages, broken_references, cipher_faults
from db.work import SqlWork

Told = Callable[[str], bool]


@dataclass(frozen=True)
class _Part:
    """What is looked at, and what is said when it is sound, when not (``{count}`` places), and to be done."""

    code: str
    name: str
    faults: Callable[[SqlWork], list[str]]
    sound: str
    wrong: str
    remedy: str = N_("設定の「控え」から、壊れる前の控えに戻してください。")


def findings_in(work: SqlWork, told: Told | None) -> Iterator[Finding]:
    """Every part of an opened database. ``told`` hears the code of a part before it is looked at; by False it
    ends the look.
    """
    for part in _PARTS:
        if told is not None and not told(part.code):
            return
        faults = part.faults(work)
        yield found(part.code, _(part.name), faults, _(part.sound), _(part.wrong), _(part.remedy))


def _pages(work: SqlWork) -> list[str]:
    connection = work.session.connection
    return cipher_faults(connection) or broken_pages(connection)


def _references(work: SqlWork) -> list[str]:
    said = _("「{table}」に、相手のない行があります。")
    return [said.format(table=one) for one in broken_references(work.session.connection)]


_PARTS: Final = (
    _Part(
        "pages",
        N_("データベースのファイル"),
        _pages,
        N_("すべてのページが正しく読めます。"),
        N_("壊れているところが{count}か所あります。"),
    ),
    _Part(
        "references",
        N_("データのつながり"),
        _references,
        N_("すべての行の相手がそろっています。"),
        N_("相手のない行が{count}つの表にあります。"),
    ),
    _Part(
        "audit",
        N_("操作の記録の鎖"),
        lambda work: work.audit.check(),
        N_("書き換えも抜けもありません。"),
        N_("書き換えられたか、抜けているところが{count}か所あります。"),
        N_("だれがいつ変えたのかを調べてください。控えと見比べることができます。"),
    ),
    _Part(
        "papers",
        N_("発行した書類"),
        lambda work: work.papers.check(),
        N_("すべて発行したときのままです。"),
        N_("発行したときと違うところが{count}か所あります。"),
    ),
    _Part(
        "scans",
        N_("添付ファイル"),
        lambda work: list(damaged_scans(work.session.connection)),
        N_("すべて保存したときのままです。"),
        N_("保存したときと違うものが{count}つあります。"),
    ),
    _Part(
        "runs",
        N_("締めた月"),
        lambda work: list(changed_runs(work.session.connection)),
        N_("すべて締めたときの金額のままです。"),
        N_("締めたときと金額が違う月が{count}つあります。"),
    ),
)
