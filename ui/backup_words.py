"""What is said of backups: in the status line, in the settings, in notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.words import _
from ui.frame.notices import Notice
from ui.moments import moment_words

if TYPE_CHECKING:
    from app.usecases.backups import BackupFile, BackupState

OLD = timedelta(days=7)
_STOPPED = "backup-stopped"


@dataclass(frozen=True)
class Said:
    """A sentence, what explains it, and its meaning: ``good``, ``note``, ``warn``, ``danger``."""

    words: str
    detail: str
    meaning: str

    @property
    def safe(self) -> bool:
        """Whether nobody need do anything."""
        return self.meaning in {"good", "note"}


def short_words(state: BackupState, now: datetime) -> Said:
    """For the status line."""
    said = state_words(state, now)
    if state.last is None:
        return Said(_("控えがまだありません"), said.detail, "warn")
    if failed(state):
        return Said(_("控えを取れませんでした"), said.detail, "warn")
    if away(state, now):
        return Said(_("控えの置き場所がありません"), said.detail, "warn")
    days = _age(state.last, now).days
    if days > OLD.days:
        return Said(_("控え {count}日前").format(count=days), said.detail, "warn")
    words = _("控え {moment}").format(moment=moment_words(state.last.made_at, now))
    return Said(words, said.detail, said.meaning)


def state_words(state: BackupState, now: datetime) -> Said:
    """For the settings: how backups stand, and what to do."""
    if state.last is None:
        return Said(
            _("控えがまだありません"), _("「いますぐ取る」を押すと、いまの内容の控えを取ります。"), "warn"
        )
    last = _("最後の控え：{moment}").format(moment=moment_words(state.last.made_at, now))
    if failed(state) and state.problem_at is not None:
        at = moment_words(state.problem_at, now)
        told = _("{moment}に控えを取れませんでした。{reason}").format(
            moment=at, reason=problem_words(state.problem)
        )
        return Said(last, told, "danger")
    if away(state, now):
        return Said(
            last,
            _(
                "置き場所「{folder}」が見つかりません。USBメモリーや共有フォルダーをつなぐと、自動で取ります。"
            ).format(folder=state.folder),
            "warn",
        )
    if _age(state.last, now) > OLD:
        return Said(last, _("1週間より前の控えです。「いますぐ取る」を押してください。"), "warn")
    if state.folder is None:
        return Said(
            last,
            _("開いて確かめてあります。ただし、控えはこの端末の中だけです。下で置き場所を選んでください。"),
            "note",
        )
    return Said(last, _("開いて確かめてあります。毎日、自動で取ります。"), "good")


def notice_of(state: BackupState, now: datetime) -> Notice | None:
    """What everybody must be told; None where nothing is wrong."""
    if failed(state):
        detail = problem_words(state.problem) + _("いまのデータと、前の控えはそのまま残っています。")
        return Notice(_("控えを取れませんでした"), detail, _("控えの設定"), "backups", "danger")
    if away(state, now):
        return Notice(
            _("控えの置き場所「{folder}」が見つかりません").format(folder=state.folder),
            _("この端末の中には控えを取りました。USBメモリーや共有フォルダーをつなぐと、自動で取ります。"),
            _("控えの設定"),
            "backups",
            "warn",
        )
    return None


def failed(state: BackupState) -> bool:
    """Whether the last attempt failed, short of one that somebody stopped."""
    return bool(state.problem) and state.problem != _STOPPED


def away(state: BackupState, now: datetime) -> bool:
    """Whether the chosen place is missed: a stick that is taken out after today's backup is not."""
    return (
        state.folder is not None
        and not state.reachable
        and (state.last_outside is None or _long_ago(state, now))
    )


def _long_ago(state: BackupState, now: datetime) -> bool:
    from app.usecases.backups import EVERY

    return state.last_outside is None or _age(state.last_outside, now) >= EVERY


def _age(one: BackupFile, now: datetime) -> timedelta:
    return now - one.made_at


def problem_words(code: str) -> str:
    """Why a backup could not be made, for one that failed while nobody looked."""
    return {
        "disk-full": _("置き場所の空きが足りません。不要なファイルを移してください。"),
        "backup-unsound": _("取った控えが正しくありませんでした。「点検」でデータを調べてください。"),
        "database-damaged": _("データに壊れているところがあります。「点検」で調べてください。"),
        "unwritable": _("置き場所に書き込めません。許可を確かめるか、別の場所を選んでください。"),
        "database-read-only": _("置き場所に書き込めません。許可を確かめるか、別の場所を選んでください。"),
    }.get(code, _("置き場所の接続と状態を確かめて、「いますぐ取る」を押してください。"))


def file_kind_words(one: BackupFile) -> str:
    """Why a backup was made."""
    return {
        "daily": _("毎日の控え"),
        "schema": _("更新の前"),
        "before-restore": _("戻す前のデータ"),
        "journal": _("異常終了のあと"),
    }[one.kind]


def size_words(size: int) -> str:
    """``12 MB``; small ones in tenths."""
    tenths = -(-size // 100_000)
    if tenths < 100:
        return _("{size} MB").format(size=f"{tenths // 10}.{tenths % 10}")
    return _("{size} MB").format(size=f"{-(-size // 1_000_000):,}")


def next_words(at: datetime, now: datetime) -> str:
    """When the next one is made by itself."""
    time = f"{at.hour}:{at.minute:02}"
    if at.date() == now.date():
        return _("次は今日 {time} を過ぎたら、自動で取ります。").format(time=time)
    return _("次は{day}、自動で取ります。").format(
        day=_("明日") if (at.date() - now.date()).days == 1 else f"{at.month}/{at.day}"
    )


def at_words(at: datetime, now: datetime) -> str:
    """``今日 14:32``, ``2026/11/19 18:02``."""
    local = at.astimezone(now.tzinfo)
    if (now.date() - local.date()).days in {0, 1}:
        return moment_words(local, now)
    return f"{local.year}/{local.month:02}/{local.day:02} {local.hour}:{local.minute:02}"
