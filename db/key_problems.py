"""What is told when the key can't be read, opened or made."""

from __future__ import annotations

from pathlib import Path

from app.errors import EnvironmentProblem, Problem, UserError
from app.words import _
from db.folder import KEY_FILE


def key_missing(folder: Path) -> EnvironmentProblem:
    """What to tell when a database stands without its key."""
    return EnvironmentProblem(
        "key-missing",
        _("データベースの鍵ファイル「{name}」がありません。").format(name=KEY_FILE),
        kept=_("データベースはそのまま残っています。新しいものは作っていません。"),
        remedy=_("鍵ファイルの控えを「{folder}」に戻してください。").format(folder=folder),
    )


def wrong_passphrase() -> UserError:
    """The passphrase opens nothing."""
    return UserError(
        Problem(
            "wrong-passphrase",
            _("パスフレーズが違います。"),
            remedy=_("大文字と小文字、かな入力になっていないかを確かめて、もう一度入力してください。"),
            field="passphrase",
        )
    )


def no_recovery() -> UserError:
    """There never was a recovery code for these data."""
    return UserError(
        Problem(
            "no-recovery-code",
            _("このデータには、まだ復旧コードがありません。"),
            remedy=_("データを開ける端末で、設定の「データ」から作ってください。"),
            field="code",
        )
    )


def wrong_recovery() -> UserError:
    """A recovery code of other data, or one that was replaced."""
    return UserError(
        Problem(
            "wrong-recovery-code",
            _("この復旧コードでは開けません。"),
            why=_("別のデータのものか、作り直す前の古いものです。"),
            remedy=_("いちばん新しい復旧コードの紙を確かめてください。"),
            field="code",
        )
    )


def key_exists() -> EnvironmentProblem:
    """Another window made a key meanwhile."""
    return EnvironmentProblem(
        "key-exists",
        _("このフォルダーには、すでに鍵ファイルがあります。"),
        kept=_("いまの鍵はそのまま残っています。"),
        remedy=_("そのデータを開くか、別のフォルダーを選んでください。"),
    )


def key_damaged(path: Path) -> EnvironmentProblem:
    """The file can't be read as a key file."""
    return EnvironmentProblem(
        "key-damaged",
        _("鍵ファイル「{name}」の内容が壊れています。").format(name=path.name),
        kept=_("データベースは変えていません。"),
        remedy=_("鍵ファイルの控えから戻してください。"),
    )


def key_newer() -> EnvironmentProblem:
    """A later program wrote the file."""
    return EnvironmentProblem(
        "key-newer",
        _("鍵ファイルは、新しいMadoguchiで作られています。"),
        kept=_("データは変えていません。"),
        remedy=_("Madoguchiを新しいものに更新してください。"),
    )
