"""A look through everything stored, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.errors import EnvironmentProblem
from app.usecases.findings import Finding, found, unreadable
from app.words import N_, _
from db.soundness import changed_runs, damaged_scans, unreadable_records
from db.sqlite import broken_pages, broken_references, cipher_faults
from db.work import SqlWork

Told = Callable[[str], bool]
_OF_CONTENT: Final = (0, 1)
"""SQLite's codes for what stands in a table, and not for the machine: none (a text that is none), and
SQLITE_ERROR.
"""


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
        yield found(
            part.code, _(part.name), _faults_of(part, work), _(part.sound), _(part.wrong), _(part.remedy)
        )


def _faults_of(part: _Part, work: SqlWork) -> list[str]:
    """What is wrong in a part. A value the program would never have written, or a table that is gone, is that
    part's fault: the look goes on with the others.
    """
    try:
        return part.faults(work)
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) not in _OF_CONTENT:
            raise
    except EnvironmentProblem as problem:
        if problem.code != "record-unreadable":
            raise
    except (ValueError, TypeError, AttributeError, OverflowError):
        pass
    return [unreadable()]


def _pages(work: SqlWork) -> list[str]:
    connection = work.session.connection
    return cipher_faults(connection) or broken_pages(connection)


def _references(work: SqlWork) -> list[str]:
    said = _("「{table}」に、相手のない行があります。")
    return [said.format(table=one) for one in broken_references(work.session.connection)]


def _records(work: SqlWork) -> list[str]:
    work.settings.load()
    return list(unreadable_records(work.session.connection))


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
        "records",
        N_("登録の内容"),
        _records,
        N_("すべての登録の内容を読めます。"),
        N_("読めない内容が{count}種類の登録にあります。"),
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
