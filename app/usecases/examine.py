"""点検: one look through everything the program stands on: data, papers, fonts, tariffs, holidays, disk,
backups, clock. Nothing is changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.days import date_words, holidays_vouched_until
from app.errors import EnvironmentProblem, UserError
from app.papers.terms_loading import load_terms
from app.places import free_disk, resources
from app.usecases.close_month import hash_of_run
from app.usecases.findings import Finding, found, unreadable
from app.words import N_, _

if TYPE_CHECKING:
    from app.charge.stored import Run
    from app.usecases.desk import Desk
    from app.usecases.ports import UnitOfWork

Told = Callable[[str], bool]

STORED: Final = ("pages", "references", "records", "audit", "papers", "scans", "runs")
PROGRAM: Final = ("bills", "fonts", "tariffs", "terms", "holidays", "disk", "backups", "key", "clock")
PARTS: Final = (*STORED, *PROGRAM)
"""The parts in the order they are looked at."""

_NAMES: Final = {
    "pages": N_("データベースのファイル"),
    "references": N_("データのつながり"),
    "records": N_("登録の内容"),
    "audit": N_("操作の記録の鎖"),
    "papers": N_("発行した書類"),
    "scans": N_("添付ファイル"),
    "runs": N_("締めた月"),
    "bills": N_("締めた月の請求"),
    "fonts": N_("書類の文字"),
    "tariffs": N_("料金表"),
    "terms": N_("重要事項の文"),
    "holidays": N_("祝日"),
    "disk": N_("空き容量"),
    "backups": N_("控え"),
    "key": N_("データの鍵"),
    "clock": N_("時計"),
}

_FREE_LEAST: Final = 500_000_000
_BACKUP_OLD: Final = timedelta(days=7)
_AHEAD: Final = timedelta(minutes=5)
"""How far the clock may lie before the last thing recorded until somebody is told."""


def part_words(code: str) -> str:
    """What a part is called."""
    return _(_NAMES[code])


def examine(desk: Desk, told: Told | None = None) -> list[Finding]:
    """Everything, part by part. ``told`` hears the code of each before it is looked at; by False it stops.

    Raises EnvironmentProblem where the database can't be opened at all.
    """
    going = True

    def tell(code: str) -> bool:
        nonlocal going
        going = told is None or told(code)
        return going

    findings = desk.storage.findings(tell)
    for code, look in _LOOKS:
        if not going or not tell(code):
            break
        findings.extend(look(desk))
    return findings


def _bills(desk: Desk) -> Iterator[Finding]:
    """Closed months: every bill against the hash of its month."""
    said = _("締めた{month}分（{number}）の請求が、締めたときの内容と一致しません。")
    faults: list[str] = []
    with desk.storage.look() as work, _reading_any(faults):
        closed = [one for one in work.bills.runs() if one.sha256]
        changed = [one for one in closed if not _is_as_closed(work, one)]
        faults += [said.format(month=one.month, number=one.number) for one in changed]
    yield found(
        "bills",
        _("締めた月の請求"),
        faults,
        _("すべて締めたときのままです。"),
        _("締めたときと違う月が{count}つあります。"),
        _("設定の「控え」から、締めたあとの控えに戻してください。"),
    )


def _is_as_closed(work: UnitOfWork, run: Run) -> bool:
    """Whether the bills of a month come to its hash. Bills that can't be read don't."""
    faults: list[str] = []
    with _reading_any(faults):
        faults += [] if hash_of_run(work, run.id) == run.sha256 else [run.number]
    return not faults


@contextmanager
def _reading_any(faults: list[str]) -> Iterator[None]:
    """Read what somebody may have put in its place: what can't be read is a fault and no end of the look."""
    try:
        yield
    except EnvironmentProblem as problem:
        if problem.code != "record-unreadable":
            raise
        faults.append(unreadable())
    except (ValueError, TypeError, AttributeError, OverflowError):
        faults.append(unreadable())


def _fonts(_desk: Desk) -> Iterator[Finding]:
    """Every font against the list that ships with them."""
    folder = resources("fonts")
    faults = []
    for line in _lines(folder / "SHA256SUMS"):
        expected, _space, name = line.partition("  ")
        try:
            actual = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            faults.append(_("「{name}」がありません。").format(name=name))
            continue
        if actual != expected:
            faults.append(_("「{name}」が、配られたときの内容と一致しません。").format(name=name))
    yield found(
        "fonts",
        _("書類の文字"),
        faults,
        _("すべてそろっています。"),
        _("使えないファイルが{count}つあります。"),
        _("Madoguchiを入れ直してください。保存したデータはそのまま残ります。"),
    )


def _lines(path: Path) -> list[str]:
    try:
        return [one for one in path.read_text(encoding="utf-8").splitlines() if one]
    except OSError:
        return [f"  {path.name}"]


def _tariffs(desk: Desk) -> Iterator[Finding]:
    """The shipped tariffs and the owner's own, read anew."""
    faults: list[str] = []
    fresh = desk.catalogue.anew()
    for code in fresh.codes():
        try:
            fresh.service(code)
        except UserError as error:
            faults += [one.sentence() for one in error.problems]
    good = _("{count}つのサービスの料金表を読めます。").format(count=len(fresh.codes()))
    yield found(
        "tariffs",
        _("料金表"),
        faults,
        good,
        _("読めないところが{count}か所あります。"),
        _("「料金・規約」で、直すか取り除いてください。"),
    )


def _terms(desk: Desk) -> Iterator[Finding]:
    """The texts of the 重要事項説明書."""
    faults: list[str] = []
    for service in desk.catalogue.codes():
        try:
            load_terms(service)
        except UserError as error:
            faults += [one.sentence() for one in error.problems]
    yield found(
        "terms",
        _("重要事項の文"),
        faults,
        _("すべて読めます。"),
        _("読めないところが{count}か所あります。"),
        _("Madoguchiを入れ直してください。保存したデータはそのまま残ります。"),
    )


def _holidays(desk: Desk) -> Iterator[Finding]:
    last = holidays_vouched_until()
    left = (last - desk.today()).days
    words = _("{day}まで公表された祝日を使っています（以後は計算）。").format(
        day=date_words(last, weekday=False)
    )
    remedy = _("新しいMadoguchiに更新してください。") if left < 180 else ""
    yield Finding("holidays", _("祝日"), "note" if left < 180 else "good", words, (), remedy)


def _disk(desk: Desk) -> Iterator[Finding]:
    path = Path(desk.storage.status().path)
    free = free_disk(path)
    needed = max(_FREE_LEAST, 3 * path.stat().st_size)
    words = _("空きは{free}MBです（データは{size}MB）。").format(
        free=free // 1_000_000, size=-(-path.stat().st_size // 1_000_000)
    )
    tight = free < needed
    remedy = _("不要なファイルを移してください。控えを取る余地も要ります。") if tight else ""
    yield Finding("disk", _("空き容量"), "bad" if tight else "good", words, (), remedy)


def _backups(desk: Desk) -> Iterator[Finding]:
    state, title = desk.storage.backups.state(), _("控え")
    choose = _("設定の「控え」で、USBメモリーや共有フォルダーを選んでください。")
    if state.last is None:
        yield Finding("backups", title, "bad", _("確かめた控えがまだありません。"), (), choose)
        return
    age = desk.now() - state.last.made_at
    words = _("最後に確かめた控えは{day}のものです。").format(day=date_words(state.last.made_at.date()))
    if age > _BACKUP_OLD:
        yield Finding("backups", title, "bad", words, (), _("設定の「控え」で、いますぐ取ってください。"))
    elif state.folder is not None and not state.reachable:
        away = _("控えの置き場所「{folder}」が見つかりません。").format(folder=state.folder)
        yield Finding(
            "backups", title, "note", words, (away,), _("USBメモリーや共有フォルダーをつないでください。")
        )
    elif state.folder is None:
        here = _("控えはこの端末の中だけにあります。端末をなくすと、控えもなくなります。")
        yield Finding("backups", title, "note", words, (here,), choose)
    else:
        yield Finding("backups", title, "good", words)


def _key(desk: Desk) -> Iterator[Finding]:
    status, title = desk.storage.status(), _("データの鍵")
    if status.key_kind == "none":
        yield Finding(
            "key",
            title,
            "note",
            _("鍵は保護されていません。この端末を使える人は、だれでもデータを読めます。"),
            (),
            _("設定の「データ」で、鍵の置き方を変えてください。"),
        )
    elif not status.has_recovery:
        yield Finding(
            "key",
            title,
            "note",
            _("復旧コードがありません。鍵をなくすと、だれにも戻せません。"),
            (),
            _("設定の「データ」で復旧コードを作り、印刷して金庫などにしまってください。"),
        )
    else:
        yield Finding("key", title, "good", _("鍵は保護され、復旧コードもあります。"))


def _clock(desk: Desk) -> Iterator[Finding]:
    """A clock that lies before what was recorded last was set back, or was wrong then."""
    last = None
    with desk.storage.look() as work, _reading_any([]):  # the look at the audit tells of it
        last = work.audit.last_at()
    title = _("時計")
    if last is not None and last - desk.now() > _AHEAD:
        yield Finding(
            "clock",
            title,
            "bad",
            _("この端末の時計が、最後の記録（{day}）より前を指しています。").format(
                day=date_words(last.astimezone().date())
            ),
            (),
            _("日付と時刻の設定を確かめてください。日付は書類と請求に使われます。"),
        )
    else:
        yield Finding("clock", title, "good", _("時計は記録より進んでいて、矛盾はありません。"))


_LOOKS: Final[tuple[tuple[str, Callable[[Desk], Iterator[Finding]]], ...]] = (
    ("bills", _bills),
    ("fonts", _fonts),
    ("tariffs", _tariffs),
    ("terms", _terms),
    ("holidays", _holidays),
    ("disk", _disk),
    ("backups", _backups),
    ("key", _key),
    ("clock", _clock),
)
