"""Scenes of backups, of going back to one, and of the look through everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any, Final, cast

from picture_plan import scene
from picture_stage import Stage

from app.errors import EnvironmentProblem
from db.vault import FolderVault
from ui.firstrun.window import FirstRunWindow

if TYPE_CHECKING:
    from app.usecases.backups import BackupFile
    from ui.main_window import MainWindow


def _as_path(words: str) -> Path:
    """A path that is only shown, as a counter's machine writes it."""
    return cast("Path", PureWindowsPath(words))


_STICK: Final = _as_path(r"E:\窓口の控え")
_OWN: Final = _as_path(r"D:\Madoguchi\backups")


def _opened(stage: Stage, place: str = "settings", *, stick: bool = True) -> MainWindow:
    """The window, with backups of some days: one beside the data, three on a stick."""
    window = stage.open(place)
    session = stage.session
    assert session is not None
    assert session.vault is not None
    clock, backups = stage.maker.clock, session.desk.storage.backups
    now = clock.at
    try:
        clock.at = now - timedelta(days=31, hours=2)
        backups.make()
        if stick:
            folder = session.vault.folder / "stick"
            folder.mkdir()
            backups.choose(folder)
            for back in (timedelta(days=18, hours=5), timedelta(days=2, hours=3), timedelta(hours=5)):
                clock.at = now - back
                backups.make()
    finally:
        clock.at = now
    return window


def _section(stage: Stage, code: str) -> Any:
    """A section of the settings, with the places of a counter's machine."""
    stage.main.open_settings(code)
    stage.settle()
    _show_places(stage)
    return stage.main.page("settings").sections[code]  # type: ignore[attr-defined]


def _show_places(stage: Stage, **changes: Any) -> None:
    session = stage.session
    assert session is not None
    keeper = session.keeper
    keeper.look()
    stage.settle()
    kept = keeper.kept
    assert kept is not None
    outside = kept.state.folder
    state = replace(kept.state, own=_OWN, folder=_STICK if outside else None, **changes)
    files = tuple(_placed(one, outside) for one in kept.files)
    keeper.kept = replace(kept, state=state, files=files)
    session.backup_changed.emit()
    stage.settle()


def _placed(one: BackupFile, outside: Path | None) -> Any:
    folder = _STICK if one.path.parent == outside else _OWN
    return replace(one, path=folder / one.path.name)


@scene("settings", manual=True)
def settings_backups(stage: Stage) -> None:
    """A stick that is there, a backup of today."""
    _opened(stage)
    _section(stage, "backups")


@scene("settings")
def settings_backups_alone(stage: Stage) -> None:
    """No place was ever chosen."""
    _opened(stage, stick=False)
    _section(stage, "backups")


@scene("settings", manual=True)
def settings_backups_missing(stage: Stage) -> None:
    """The stick is not there."""
    _opened(stage)
    _section(stage, "backups")
    session = stage.session
    assert session is not None
    assert session.keeper.kept is not None
    last = session.keeper.kept.state.last_outside
    assert last is not None
    old = replace(last, made_at=last.made_at - timedelta(days=3))
    _show_places(stage, reachable=False, last=old, last_outside=old)


@scene("settings")
def settings_backups_making(stage: Stage) -> None:
    """One is being made."""
    _opened(stage)
    _section(stage, "backups")
    session = stage.session
    assert session is not None
    session.keeper.making, session.keeper.progress = True, (620, 1_000)
    session.backup_changed.emit()
    stage.settle()


@scene("home", manual=True)
def notice_backup(stage: Stage) -> None:
    """Told once a day: the disk is full."""
    window = _opened(stage, "home")
    from ui.backup_words import notice_of

    _show_places(stage, problem="disk-full", problem_at=stage.maker.clock.at - timedelta(minutes=12))
    session = stage.session
    assert session is not None
    assert session.keeper.kept is not None
    notice = notice_of(session.keeper.kept.state, stage.maker.clock.at)
    assert notice is not None
    window.notices.show_notice(notice)
    stage.settle()


@scene("settings", manual=True)
def restore_dialog(stage: Stage) -> None:
    """What going back would lose."""
    from app.contract.customer import CustomerFields
    from app.usecases.keep_customer import register_customer
    from ui.restoring.dialog import RestoreDialog

    window = _opened(stage)
    session = stage.session
    assert session is not None
    path = session.desk.storage.backups.files()[0].path
    for name in ("有限会社ひかり工務店", "株式会社あおば製作所", "森田 幸子"):
        register_customer(session.desk, CustomerFields(name=name))
    _section(stage, "backups")
    dialog = RestoreDialog(window, session, path)
    dialog.open()
    stage.settle()
    dialog.place.set_text(str(_STICK / path.name))
    stage.settle()


@scene("settings")
def restore_in_use(stage: Stage) -> None:
    """Another window has the data open."""
    restore_dialog(stage)
    from ui.restoring.dialog import RestoreDialog, _clearer

    dialog = stage.main.findChild(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    dialog.sure.setChecked(True)
    dialog._show_problem(_clearer(EnvironmentProblem("database-locked", "")))
    stage.settle()


@scene("settings", manual=True)
def settings_examination(stage: Stage) -> None:
    """Everything was looked through."""
    _opened(stage)
    section = _section(stage, "examination")
    session = stage.session
    assert session is not None
    shown = session.desk.storage
    session.desk.storage = shown._storage  # type: ignore[attr-defined]
    section.start.click()
    stage.settle()
    session.desk.storage = shown


@scene("settings")
def settings_examination_running(stage: Stage) -> None:
    """Part by part."""
    _opened(stage)
    section = _section(stage, "examination")
    session = stage.session
    assert session is not None
    session.checkup.running, session.checkup.part = True, "papers"
    section.refresh()
    stage.settle()


@scene("home")
def notice_journal(stage: Stage) -> None:
    """Something could not be read after a crash."""
    window = _opened(stage, "home")
    window.notices.show_environment(
        EnvironmentProblem(
            "journal-damaged",
            "前回の終了のあと、保存した内容の一部（2件まで）が読めなくなっています。",
            kept="そのときのファイルは「madoguchi-journal-20261120-091205.db」に残しました。それより前の内容は読めています。",
            remedy="最後に登録した内容を確かめてください。足りないときは、もう一度登録してください。",
        )
    )
    _show_places(stage)


@scene("", manual=True)
def first_backup(stage: Stage) -> None:
    """A new laptop begins with a backup: the recovery code is asked for."""
    from ui.firstrun.from_backup import FromBackupDialog

    vault = FolderVault(stage.maker.new_folder(), stage.maker.clock)
    window = FirstRunWindow(stage.tasks, stage.today, keyring=True)
    stage.show(window)
    dialog = FromBackupDialog(window, stage.tasks, vault)
    dialog.open()
    dialog.take_file(_STICK / "madoguchi-20261120-093200-000000.db")
    dialog._ask_for("code")
    stage.settle()
    stage.type("7KQM2XWP", dialog.code.edit)
