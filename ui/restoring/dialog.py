"""この控えに戻す: what would be lost, by name; the question; and the data put back while the window stands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem, UserError
from app.money import figure
from app.usecases.backups import Lost, RestorePlan
from app.usecases.restore_backup import UNCOUNTED, kind_words
from app.words import _
from ui.backup_words import at_words, file_kind_words, size_words
from ui.operations.restore import Restored, read_plan, restore_data
from ui.qt import Scroll
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Check
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import column, on_surface, row
from ui.widgets.sheet import Line, SheetArea, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import AdviceStrip, BusyBar
from ui.widgets.text import Label

_TOLD = ("customers", "quotations", "contracts", "papers", "visits")
_MOST_ROWS = 6
_OWN = "backups"


def open_broken(parent: QWidget, session: Session) -> RestoreDialog | None:
    """Where the data can't be opened: choose a backup, and put it in their place."""
    vault = session.vault
    own = vault.folder / _OWN if vault is not None else Path.home()
    name, _kind = QFileDialog.getOpenFileName(
        parent, _("控えを選ぶ"), str(own), _("控え（madoguchi*.db）") + ";;" + _("すべてのファイル（*）")
    )
    if not name:
        return None
    dialog = RestoreDialog(parent, session, Path(name))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def open_restore(parent: QWidget, session: Session, path: Path) -> RestoreDialog | None:
    """Open the question for a backup, unless something typed in the window would be lost and is wanted."""
    from ui.frame.leaving import may_close
    from ui.main_window import MainWindow

    window = parent.window()
    if isinstance(window, MainWindow) and not may_close(window):
        return None
    dialog = RestoreDialog(parent, session, path)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


class RestoreDialog(QDialog):
    """Opens the backup at once; nothing changes before the last button."""

    def __init__(self, parent: QWidget, session: Session, path: Path) -> None:
        super().__init__(parent)
        self._session, self._path = session, path
        self._plan: RestorePlan | None = None
        self._uncounted = self._restoring = self._waiting = False
        self.setWindowTitle(_("控えから戻す"))
        on_surface(self, "panel")
        self.setFixedWidth(theme.ems(44))
        self.about = Label(path.name, "body", wrap=True)
        self.place = Label(str(path.parent), "caption", "text2", wrap=True)
        self.busy = BusyBar()
        self.doing = Label(_("控えを開いて確かめています。"), "panel", "text2")
        self.strip = AdviceStrip()
        self.lost = SheetArea(
            (SheetColumn(ems=8), SheetColumn(ems=4, right=True), SheetColumn()), name=_("失われるもの")
        )
        self.kept = Label(
            _("いまのデータは「戻す前のデータ」として控えに残します。あとで、その控えに戻すこともできます。"),
            "panel", "text2", wrap=True,
        )  # fmt: skip
        self.passphrase = TextField(secret=True)
        self.field = Field(_("いまのパスフレーズ"), self.passphrase)
        self.sure = Check(_("失われるものを確かめました"))
        self.cancel_button = Button(_("やめる"))
        self.accept_button = Button(_("この控えに戻す"), "rotate-ccw", "danger")
        self._build()
        self.cancel_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.restore)
        self.sure.toggled.connect(self._on_sure)
        self.passphrase.edited.connect(self._on_typed)
        self.passphrase.edit.returnPressed.connect(self.restore)
        session.backup_changed.connect(self._on_keeper)
        self._read()

    def _build(self) -> None:
        s = theme.size
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.addWidget(Label(_("この控えに戻しますか"), "heading"))
        box.addLayout(column(self.about, self.place, gap="xs"))
        box.addWidget(self.doing)
        box.addWidget(self.busy)
        for widget in (self.strip, self.lost, self.kept, self.field, self.sure):
            widget.hide()
            box.addWidget(widget)
        box.addLayout(row(None, self.cancel_button, self.accept_button))
        self.accept_button.setEnabled(False)

    def _fit(self) -> None:
        """As high as the words need at this width."""
        box, inner = self.layout(), self.strip.layout()
        if box is not None and inner is not None:
            inner.invalidate()  # it hears of other words only later
            inner.activate()
            box.invalidate()
            box.activate()
            self.resize(self.width(), box.totalHeightForWidth(self.width()))

    # --- what it would lose ---

    def _read(self) -> None:
        if self._session.standing is None:
            self.doing.hide()
            self._show_uncounted()
            return
        self.busy.start()
        self._session.tasks.long.submit(
            read_plan, self._session.desk.storage.backups, self._path,
            done=self._on_read, ended=self._on_read_ended, owner=self,
        )  # fmt: skip

    def _on_read_ended(self) -> None:
        self.busy.stop()
        self.doing.hide()

    def _on_read(self, plan: RestorePlan | EnvironmentProblem) -> None:
        if isinstance(plan, EnvironmentProblem):
            if plan.code in UNCOUNTED:
                self._show_uncounted()
            else:
                self._show_problem(plan)
            return
        now = self._session.desk.now()
        self.about.set_text(
            _("{moment}に取った控え（{kind}、{size}）").format(
                moment=at_words(plan.backup.made_at, now),
                kind=file_kind_words(plan.backup),
                size=size_words(plan.backup.size),
            )
        )
        self.place.set_text(str(plan.backup.path))
        if plan.problems:
            self._say(
                "danger", "triangle-alert", _("この控えは壊れています"),
                _("{fault} 別の控えを選んでください。いまのデータはそのままです。").format(fault=plan.problems[0]),
            )  # fmt: skip
        else:
            self._plan = plan
            self._show_plan(plan)
        self._fit()

    def _show_plan(self, plan: RestorePlan) -> None:
        holds = _("、").join(
            _("{kind}{count}件").format(kind=kind_words(kind), count=figure(plan.counts[kind]))
            for kind in _TOLD
            if plan.counts.get(kind)
        )
        inside = _("控えを開いて確かめました。{holds}が入っています。").format(holds=holds) if holds else ""
        if plan.tariffs:
            inside += _("追加した料金表{count}件も一緒に戻ります。").format(count=len(plan.tariffs))
        if plan.lost:
            total = sum(one.count for one in plan.lost)
            title = _("戻すと、次の{count}件が失われます").format(count=figure(total))
            self._say("warn", "triangle-alert", title, inside)
            self.lost.sheet.set_sections([SheetSection("", tuple(_row_of(one) for one in plan.lost))])
            self._size_lost()
        else:
            self._say("good", "shield-check", _("戻しても、失われる登録はありません"), inside)
        self.kept.show()
        self.field.setVisible(self._kind() == "passphrase")
        self.sure.setVisible(bool(plan.lost))
        self._permit()

    def _show_uncounted(self) -> None:
        """The data can't be read: nobody can say what of them is not in the backup."""
        self._uncounted = True
        self._say(
            "warn",
            "triangle-alert",
            _("いまのデータを読めないため、失われるものを数えられません"),
            _("戻す前に、控えを開いて確かめます。控えが壊れていれば、何も変えません。"),
        )
        self.sure.setText(_("控えのあとの登録が失われることを承知しました"))
        self.sure.show()
        self.kept.show()
        self.field.setVisible(self._kind() == "passphrase")
        self._permit()
        self._fit()

    def _kind(self) -> str:
        """How the key is kept, also where the data can't be opened."""
        try:
            return self._session.vault.kind() if self._session.vault is not None else ""
        except EnvironmentProblem:
            return ""

    def _size_lost(self) -> None:
        """All rows where there are few; else they scroll."""
        s = theme.size
        self.lost.show()
        wanted, most = self.lost.sheet.heightForWidth(self.width() - 2 * s.xl), _MOST_ROWS * s.popup_row
        fits = wanted <= most  # a bar that comes and goes would break the words anew
        self.lost.setVerticalScrollBarPolicy(Scroll.ScrollBarAlwaysOff if fits else Scroll.ScrollBarAlwaysOn)
        self.lost.setFixedHeight(min(wanted + s.hairline, most))

    def _say(self, meaning: str, icon: str, title: str, detail: str = "") -> None:
        self.strip.set_meaning(meaning, icon)
        self.strip.set_words(title, detail)
        self.strip.show()

    def _show_problem(self, problem: EnvironmentProblem) -> None:
        self._say(
            "danger", "triangle-alert", problem.what,
            " ".join(part for part in (problem.kept, problem.remedy) if part),
        )  # fmt: skip
        self._fit()

    # --- doing it ---

    def _permit(self) -> None:
        sure = not self.sure.isVisibleTo(self) or self.sure.isChecked()
        known = self._plan is not None or self._uncounted
        self.accept_button.setEnabled(known and sure and not self._restoring)

    def _on_sure(self, _on: bool) -> None:
        self._permit()

    def _on_typed(self, _text: str) -> None:
        self.field.set_error("")

    def restore(self) -> None:
        """Once nothing else uses the data."""
        if not self.accept_button.isEnabled() or self._session.vault is None:
            return
        self._restoring = True
        for widget in (self.accept_button, self.cancel_button, self.sure, self.passphrase):
            widget.setEnabled(False)
        self.busy.start()
        self.doing.set_text(_("控えに戻しています。終わるまで、電源を切らないでください。"))
        self.doing.show()
        self._fit()
        self._session.keeper.pause()
        self._session.keeper.stop()
        self._session.checkup.stop()
        if self._session.tasks.long.busy:
            self._waiting = True
            self._session.tasks.long.idle.connect(self._on_keeper)
        else:
            self._go()

    def _on_keeper(self) -> None:
        if self._waiting and not self._session.tasks.long.busy:
            self._waiting = False
            self._go()

    def _go(self) -> None:
        passphrase = self.passphrase.edit.text() if self.field.isVisibleTo(self) else None
        self._session.hub.run(
            restore_data, self._session.vault, self._path, passphrase,
            done=self._on_restored, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_ended(self) -> None:
        self._restoring = False
        self.busy.stop()
        self.doing.hide()
        for widget in (self.cancel_button, self.sure, self.passphrase):
            widget.setEnabled(True)
        self._permit()
        self._session.keeper.begin()

    def _on_refused(self, error: UserError) -> None:
        words = " ".join(one.sentence() for one in error.problems)
        if self.field.isVisibleTo(self):
            self.field.set_error(words)
            self.passphrase.edit.clear()
            self.passphrase.setFocus()
        else:
            self._say("danger", "lock", words)
        self._fit()

    def _on_restored(self, restored: Restored) -> None:
        if restored.problem is not None:
            self._show_problem(_clearer(restored.problem))
            return
        told = _("控えに戻しました。戻す前のデータも控えに残っています。")
        if self._plan is not None:
            told = _("{moment}の控えに戻しました。戻す前のデータも控えに残っています。").format(
                moment=at_words(self._plan.backup.made_at, self._session.desk.now())
            )
        self.accept()
        self._session.replace_data(told)

    def reject(self) -> None:
        """Not while data are being moved."""
        if not self._restoring:
            super().reject()


def _clearer(problem: EnvironmentProblem) -> EnvironmentProblem:
    """What a locked database means here."""
    if problem.code != "database-locked":
        return problem
    return EnvironmentProblem(
        problem.code,
        _("ほかの画面が、このデータを開いています。"),
        kept=_("データは変えていません。"),
        remedy=_("ほかのMadoguchiの画面とコマンドを閉じてから、もう一度「この控えに戻す」を押してください。"),
    )


def _row_of(lost: Lost) -> SheetRow:
    names = _("、").join(lost.names)
    if lost.names and lost.count > len(lost.names):
        names = _("{names} ほか").format(names=names)
    return SheetRow(
        (
            (Line(kind_words(lost.kind), "body-bold"),),
            (Line(_("{count}件").format(count=figure(lost.count))),),
            (Line(names, tone="text2"),),
        )
    )
