"""控え: how backups stand, where they go, making one now, and going back to one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import EnvironmentProblem, Problem, UserError
from app.papers.issuer import Settings
from app.usecases.backups import EVERY, BackupFile, BackupState
from app.usecases.permissions import Act
from app.words import _
from ui.backup_words import at_words, away, file_kind_words, next_words, size_words, state_words
from ui.keeping import Made
from ui.months.run_bar import ProgressLine
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.form import Section, form
from ui.widgets.layout import row
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

_ICONS = {"good": "shield-check", "note": "info", "warn": "triangle-alert", "danger": "triangle-alert"}


class BackupsSection(SettingsSection):
    """Follows the keeper. Nothing here is part of the settings themselves."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.state = AdviceStrip()
        self.make = Button(_("いますぐ取る"), "hard-drive", "filled")
        self.next = Label("", "panel", "text2", wrap=True)
        self.line, self.percent = ProgressLine(), Label("", "panel", "text2")
        self.stop = Button(_("やめる"), "x", small=True)
        self._bar = QWidget()
        self._bar.setLayout(row(self.line, self.percent, self.stop, gap="m"))
        self._bar.hide()
        self.where = Label("", "body", wrap=True).selectable()
        self.reached = Chip("circle-check", "")
        self.pick = Button(_("置き場所を選ぶ"), "folder")
        self.leave = Button(_("この端末の中だけにする"), kind="quiet")
        self.open_folder = Button(_("フォルダーを開く"), "folder-open")
        self.key_told = AdviceStrip(meaning="warn", icon="key-round")
        self.key_told.hide()
        self.refused = Label("", "panel", "text2", wrap=True)
        self.list = Sheet(
            (
                SheetColumn(_("取った日時"), ems=10),
                SheetColumn(_("種類"), ems=7.5),
                SheetColumn(_("大きさ"), ems=5.5, right=True),
                SheetColumn(_("確認"), ems=6),
                SheetColumn(_("場所")),
            ),
            name=_("控えの一覧"),
            pad="s",
        )
        self.none = Label(_("控えはまだありません。"), "panel", "text2")
        self.other = Button(_("ほかのファイルから戻す"), "rotate-ccw")
        self._build()
        self._connect()
        self.show_kept()
        session.keeper.look()

    def _build(self) -> None:
        about = Label(
            _(
                "USBメモリーや共有フォルダーなど、この端末の外を選んでください。端末をなくしても、控えから続けられます。"
                "控えも暗号化されています。"
            ),
            "panel",
            "text2",
            wrap=True,
        )
        kept = Label(
            _(
                "行を押すと、その控えに戻したときに失われるものを確かめられます。"
                "7日分、4週間分、12か月分の控えを残し、古いものは自動で消します。"
            ),
            "panel",
            "text2",
            wrap=True,
        )
        self.lay_out(
            form(
                Section(
                    _("控え\n（バックアップ）"), self.state, self._bar, row(self.make, self.next, gap="m")
                ),
                Section(
                    _("置き場所"),
                    row(self.where, self.reached, gap="m"),
                    row(self.pick, self.open_folder, self.leave, None),
                    about,
                    self.key_told,
                    self.refused,
                ),
                Section(_("控えの一覧"), kept, self.none, self.list, row(self.other, None)),
            )
        )

    def _connect(self) -> None:
        self.make.clicked.connect(self._on_make)
        self.stop.clicked.connect(self._on_stop)
        self.pick.clicked.connect(self._on_pick)
        self.leave.clicked.connect(self._on_leave)
        self.open_folder.clicked.connect(self._on_open)
        self.other.clicked.connect(self._on_other)
        self.list.opened.connect(self.restore)
        self.session.backup_changed.connect(self.show_kept)
        self.session.keeper.ended.connect(self._on_made)

    # --- showing ---

    def show_settings(self, settings: Settings) -> None:
        standing, refusal = self.session.standing, self.session.refusal
        self.refused.set_text(refusal(Act.SETTINGS))
        self.refused.setVisible(bool(refusal(Act.SETTINGS)))
        for widget in (self.pick, self.leave):
            widget.setEnabled(not refusal(Act.SETTINGS))
        self.other.setEnabled(not refusal(Act.RESTORE))
        self.other.setToolTip(refusal(Act.RESTORE))
        if standing is not None:
            self._show_key(standing.status.key_kind, has_recovery=standing.status.has_recovery)

    def collect(self, settings: Settings) -> Settings:
        return settings

    def _show_key(self, kind: str, *, has_recovery: bool) -> None:
        """What a backup needs to be opened elsewhere, where that is not what people would expect."""
        if kind == "none" and not has_recovery:
            self.key_told.set_words(
                _("鍵が保護されていません"),
                _(
                    "控えと一緒に、保護されていない鍵も置き場所に入ります。USBメモリーを拾った人は、中を読めます。"
                    "「データ」でパスフレーズを決めるか、復旧コードを作ってください。"
                ),
            )
        elif kind != "passphrase" and not has_recovery:
            self.key_told.set_words(
                _("復旧コードがありません"),
                _(
                    "この控えは、この端末でしか開けません。「データ」で復旧コードを作り、紙で保管してください。"
                ),
            )
        self.key_told.setVisible(kind != "passphrase" and not has_recovery)

    def show_kept(self) -> None:
        """What the keeper knows."""
        keeper, now = self.session.keeper, self.session.desk.now()
        self._bar.setVisible(keeper.making)
        self.make.setEnabled(not keeper.making)
        done, whole = keeper.progress
        self.line.set_percent(100 * done // whole if whole else 0)
        copied = bool(whole) and done >= whole
        self.percent.set_text(
            _("開いて確かめています") if copied else _("{percent}％").format(percent=self.line.percent)
        )
        kept = keeper.kept
        if kept is None:
            self.state.set_meaning("note", "info")
            self.state.set_words(_("控えの状態を調べています"))
            self.list.hide()
            self.none.hide()
            return
        said = state_words(kept.state, now)
        self.state.set_meaning(said.meaning, _ICONS[said.meaning])
        self.state.set_words(said.words, said.detail)
        self.next.set_text(self._next_words(kept.state))
        self._show_place(kept.state)
        self._show_files(kept.files)

    def _next_words(self, state: BackupState) -> str:
        now = self.session.desk.now()
        newest = state.last_outside if state.folder is not None and state.reachable else state.last
        if newest is None or state.due(now):
            return _("次は、Madoguchiを開いているあいだに自動で取ります。")
        return next_words((newest.made_at + EVERY).astimezone(now.tzinfo), now)

    def _show_place(self, state: BackupState) -> None:
        now = self.session.desk.now()
        self.leave.setVisible(state.folder is not None)
        self.open_folder.setVisible(state.folder is None or state.reachable)
        if state.folder is None:
            self.where.set_text(str(state.own))
            self.reached.set_chip("laptop", _("この端末の中だけ"), "note")
        elif state.reachable:
            self.where.set_text(str(state.folder))
            self.reached.set_chip("circle-check", _("つながっています"), "good")
        else:
            self.where.set_text(str(state.folder))
            missed = "warn" if away(state, now) else "neutral"
            self.reached.set_chip("triangle-alert", _("つながっていません"), missed)

    def _show_files(self, files: tuple[BackupFile, ...]) -> None:
        now = self.session.desk.now()
        kept = self.session.keeper.kept
        own = kept.state.own if kept is not None else Path()
        self.none.setVisible(not files)
        self.list.setVisible(bool(files))
        self.list.set_sections([SheetSection("", tuple(_row_of(one, now, own) for one in files))])

    # --- doing ---

    def _on_make(self) -> None:
        self.session.keeper.make()

    def _on_stop(self) -> None:
        self.session.keeper.stop()

    def _on_made(self, made: Made) -> None:
        """The state says what came of it; what the machine refused is told where all of that is."""
        if made.problem is not None and made.problem.code != "backup-stopped":
            self.state.set_meaning("danger", "triangle-alert")
            self.state.set_words(
                made.problem.what, " ".join(one for one in (made.problem.kept, made.problem.remedy) if one)
            )

    def _on_pick(self) -> None:
        kept = self.session.keeper.kept
        start = kept.state.folder if kept is not None and kept.state.reachable else None
        chosen = QFileDialog.getExistingDirectory(self, _("控えの置き場所"), str(start or Path.home()))
        if chosen:
            self.take_folder(Path(chosen))

    def take_folder(self, folder: Path | None) -> None:
        """Back up there from now on."""
        self.session.keeper.choose(folder, self._on_refused)

    def _on_leave(self) -> None:
        self.take_folder(None)

    def _on_refused(self, error: UserError) -> None:
        self.refused.set_text(" ".join(one.sentence() for one in error.problems))
        self.refused.show()

    def _on_open(self) -> None:
        from app.places import open_with_system

        try:
            open_with_system(Path(self.where.words()))
        except EnvironmentProblem as problem:
            self.session.tasks.environment_problem.emit(problem)

    def _on_other(self) -> None:
        kept = self.session.keeper.kept
        start = kept.state.folder or kept.state.own if kept is not None else Path.home()
        name, _kind = QFileDialog.getOpenFileName(
            self, _("控えを選ぶ"), str(start), _("控え（madoguchi*.db）") + ";;" + _("すべてのファイル（*）")
        )
        if name:
            self.restore(Path(name))

    def restore(self, path: Path) -> None:
        """Show what going back to a backup would lose, and ask."""
        from ui.restoring.dialog import open_restore

        refusal = self.session.refusal(Act.RESTORE)
        if refusal:
            self.session.tasks.user_error.emit(_refused(refusal))
            return
        open_restore(self, self.session, path)


def _refused(words: str) -> UserError:
    return UserError(Problem("not-permitted", words))


def _row_of(one: BackupFile, now: datetime, own: Path) -> SheetRow:
    where = _("この端末の中") if one.path.parent == own else str(one.path.parent)
    checked = (
        Line(_("確認済み"), tone="good", icon="circle-check")
        if one.checked
        else Line(_("未確認"), tone="text2", icon="circle-minus")
    )
    return SheetRow(
        (
            (Line(at_words(one.made_at, now)),),
            (Line(file_kind_words(one), tone="text2"),),
            (Line(size_words(one.size)),),
            (checked,),
            (Line(where, tone="text2"),),
        ),
        one.path,
    )
