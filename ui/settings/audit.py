"""操作の記録: who did what when, in a chain that shows whether anything was changed afterwards."""

from __future__ import annotations

from array import array
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.papers.issuer import Settings
from app.usecases.audit_entries import AuditCheck, AuditQuery, AuditRow
from app.usecases.audit_words import GROUPS, verbs_of
from app.usecases.desk import Desk
from app.usecases.export_audit import export_audit
from app.usecases.verify_audit import verify_part
from app.words import _
from ui.lock.gate import Gate
from ui.menus import Menu
from ui.months.run_bar import ProgressLine
from ui.operations.hub import Changed
from ui.session import Session
from ui.settings.audit_columns import columns
from ui.settings.audit_days import DayBar, days_of
from ui.settings.audit_panel import AuditPanel, opening_words
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.chips import FilterChip
from ui.widgets.layout import row
from ui.widgets.list_frame import ListFrame
from ui.widgets.rows_model import RowsModel
from ui.widgets.strips import AdviceStrip, EmptyState
from ui.widgets.table import RowTable
from ui.widgets.text import Label

_LEAST = 30
_BESIDE = 44  # characters the list keeps where the details stand beside it; else they take its place


def read_ids(desk: Desk, query: AuditQuery) -> array[int]:
    """On the database worker: the places of all entries that fit, the newest first."""
    with desk.storage.look() as work:
        return work.audit.seqs(query)


def read_first(desk: Desk, query: AuditQuery, count: int) -> tuple[array[int], list[AuditRow]]:
    """On the database worker: the newest entries that fit, at once however many there are."""
    with desk.storage.look() as work:
        seqs = work.audit.seqs(query, count)
        return seqs, work.audit.rows(seqs)


def read_rows(desk: Desk, _query: AuditQuery, seqs: list[int]) -> list[AuditRow]:
    """On the database worker: some entries."""
    with desk.storage.look() as work:
        return work.audit.rows(seqs)


class AuditSection(SettingsSection):
    """``record_wanted`` carries kind and id of what an entry is about; ``told`` words for a toast."""

    record_wanted = Signal(str, str)
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._subject = ""
        self._stale = True
        self._check: AuditCheck | None = None
        self._running = False
        made = columns(lambda: session.settings, session.desk.now)
        self.model = RowsModel(session.hub, made, read_ids, read_rows, self, read_first=read_first)
        self.table = RowTable(self.model, name=_("操作の記録"))
        self.frame = ListFrame(_("操作の記録"), _("名前・番号・内容の言葉で探す"), self.table, self._nothing)
        self.frame.setMinimumWidth(theme.ems(_LEAST))  # its search field gives way
        self.panel = AuditPanel(session)
        self.panel.hide()
        self.strip = AdviceStrip(closable=True)
        self.strip.hide()
        self.line, self.progress = ProgressLine(), Label("", "panel", "text2")
        self.stop_button = Button(_("止める"), "pause", small=True)
        self.bar = QWidget()
        self.bar.setLayout(row(self.line, self.progress, self.stop_button, gap="m", pad=("l", "s")))
        self.bar.hide()
        self._add_filters()
        self._add_actions()
        self._build()
        self._connect()

    def _add_filters(self) -> None:
        self.period = FilterChip(
            _("期間"),
            [("today", _("今日")), ("week", _("この7日")), ("month", _("今月")), ("last-month", _("先月"))],
            several=False,
        )
        self.group = FilterChip(_("分類"), [(code, _(name)) for code, name in GROUPS.items()])
        self.who = FilterChip(_("担当"))
        self.subject = FilterChip(_("対象"), several=False)
        self.subject.hide()
        for chip in (self.period, self.who, self.group, self.subject):
            self.frame.add_filter(chip)
        wareki = self.session.settings.company.era == "wareki"
        self.days = DayBar(self.session.today, wareki=wareki)
        self.frame.add_bar(self.days)

    def _add_actions(self) -> None:
        self.export_button = Button(_("書き出す"), "download")
        self.verify_button = Button(_("鎖を検証"), "shield-check")
        Gate(self.export_button, self.session, "export")
        for button in (self.export_button, self.verify_button):
            self.frame.add_action(button)

    def _build(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.frame, 1)
        below.addWidget(self.panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (self.bar, self.strip):
            box.addWidget(widget)
        box.addLayout(below, 1)

    def _connect(self) -> None:
        self.frame.keep_widths(self.session.preferences, "audit")
        self.frame.query_changed.connect(self.search)
        self.period.chosen.connect(self._on_period)
        self.days.changed.connect(self._on_days)
        self.table.opened.connect(self.open_row)
        self.table.menu_wanted.connect(self._on_menu)
        self.panel.record_wanted.connect(self.record_wanted)
        self.panel.only_wanted.connect(self._on_only)
        self.panel.closed.connect(self._on_panel_closed)
        self.export_button.clicked.connect(self._on_export)
        self.verify_button.clicked.connect(self.verify)
        self.stop_button.clicked.connect(self.stop)
        self.session.hub.changed.connect(self._on_changed)

    def _nothing(self) -> EmptyState:
        return EmptyState(
            "history",
            _("操作の記録はまだありません"),
            _("登録・変更・発行・取消・書き出しなどの操作が、日時と担当とともにここに並びます。"),
        )

    # --- as a section of the settings ---------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        chosen = self.who.values()
        names = dict.fromkeys(one.name for one in settings.staff if one.name)
        self.who.set_options([(name, name) for name in names])
        self.who.set_values([one for one in chosen if one in names])

    def collect(self, settings: Settings) -> Settings:
        return settings

    # --- finding --------------------------------------------------------------------------------------

    def query(self) -> AuditQuery:
        """What the fields and chips ask for."""
        first, last = self.days.days()
        verbs = tuple(verb for group in self.group.values() for verb in verbs_of(group))
        return AuditQuery(first, last, tuple(self.who.values()), verbs, self._subject, self.frame.words())

    def search(self) -> None:
        """Find what the fields and chips ask for."""
        self._stale = False
        self._subject = next(iter(self.subject.values()), "")
        self.subject.setVisible(bool(self._subject))
        self.model.find(self.query())

    def show_subject(self, subject: str, name: str = "") -> None:
        """Only what was done about one record."""
        self.subject.set_options([(subject, name or subject)])
        self.subject.set_values([subject])
        self.search()

    def _on_period(self, values: tuple[str, ...]) -> None:
        self.days.set_days(*(days_of(values[0], self.session.today) if values else (None, None)))

    def _on_days(self) -> None:
        chosen = next(iter(self.period.values()), "")
        if chosen and self.days.days() != days_of(chosen, self.session.today):
            self.period.set_values(())
        self.search()

    def _on_changed(self, changed: Changed) -> None:
        """Whatever was changed was recorded."""
        if changed and self.isVisible():
            self.search()
        elif changed:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.search()

    # --- one entry ------------------------------------------------------------------------------------

    def open_row(self, row: AuditRow) -> None:
        """Show an entry in full."""
        self.panel.show_row(row)
        self._fit()

    def _on_menu(self, row: AuditRow, where: QPoint) -> None:
        menu = Menu(self)
        menu.add_item("history", _("詳細を見る"), self.open_row, row)
        if row.entry.subject:
            menu.add_item(
                "list-filter", _("この対象の操作だけ"), self.show_subject, row.entry.subject, row.about
            )
        if row.kind:
            words = opening_words(row.kind)
            menu.add_item("arrow-right", words, self.record_wanted.emit, row.kind, row.entry.subject)
        menu.open_at(where)

    def _on_only(self, subject: str) -> None:
        row = self.panel.row
        self.show_subject(subject, row.about if row is not None else "")

    def _on_panel_closed(self) -> None:
        self._fit()
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The details stand beside the list, or in a narrow window in its place."""
        shown = not self.panel.isHidden()
        beside = self.width() - theme.size.side_panel >= theme.ems(_BESIDE)
        self.frame.setVisible(beside or not shown)
        self.panel.setFixedWidth(
            theme.size.side_panel if beside else max(self.width(), theme.size.side_panel)
        )

    # --- the chain ------------------------------------------------------------------------------------

    def verify(self) -> None:
        """Read the whole chain, part by part, while everything else goes on."""
        if not self._running:
            self._running, self._check = True, AuditCheck()
            self.strip.hide()
            self._next()

    def stop(self) -> None:
        """Read no further."""
        self._running = False
        self._show_check()

    def _next(self) -> None:
        self._show_check()
        self.session.hub.look(verify_part, self._check, done=self._on_part, owner=self)

    def _on_part(self, check: AuditCheck) -> None:
        if not self._running:
            return
        self._check = check
        self._running = not check.ended
        if self._running:
            self._next()
        else:
            self._show_check()
            self.search()

    def _show_check(self) -> None:
        check = self._check
        assert check is not None
        self.bar.setVisible(self._running)
        self.verify_button.setEnabled(not self._running)
        last = max(check.last, check.seq)
        self.line.set_percent(100 * check.seq // last if last else 0)
        self.progress.set_text(_("{done} / {count}件").format(done=f"{check.seq:,}", count=f"{last:,}"))
        self.strip.setVisible(check.ended)
        if check.ended and check.faults:
            more = len(check.faults) - 3
            told = list(check.faults[:3]) + ([_("ほか{count}か所").format(count=more)] if more > 0 else [])
            self.strip.set_meaning("danger", "triangle-alert")
            self.strip.set_words(
                _("操作の記録に、書かれたときと違うところがあります（{count}か所）").format(
                    count=len(check.faults)
                ),
                " ".join((*told, _("データを変えずに、控えと比べてください。"))),
            )
        elif check.ended:
            self.strip.set_meaning("good", "circle-check")
            self.strip.set_words(
                _("{count}件すべて、書かれたときのままです").format(count=f"{check.seq:,}"),
                _("抜け・書き換え・差し込みはありません。検証したことも記録に残しました。"),
            )
        self.strip.close_button.setVisible(check.ended)

    # --- export ---------------------------------------------------------------------------------------

    def _on_export(self) -> None:
        from ui.export_gate import ExportGate

        name = _("操作の記録_{day}").format(day=f"{self.session.today:%Y%m%d}")
        text = _(
            "{count}件の操作を書き出します。担当者と顧客の名前、変更前と変更後の内容が入ります。"
            "渡す相手と保管の場所にご注意ください。"
        ).format(count=f"{self.model.rowCount():,}")
        title, kinds = _("操作の記録を書き出す"), _("CSV（*.csv）")
        target = ExportGate.ask(self, title, text, f"{name}.csv", kinds)
        if target is not None:
            self.write(target.path, target.passphrase)

    def write(self, path: Path, passphrase: str = "") -> None:
        """Write what is listed to a file."""
        self.session.hub.look(
            export_audit, self.query(), path, passphrase, done=partial(self._on_written, path), owner=self
        )

    def _on_written(self, path: Path, count: int) -> None:
        self.told.emit(_("{count}件を「{name}」に書き出しました").format(count=f"{count:,}", name=path.name))
        self.search()
