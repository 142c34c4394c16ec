"""すべての期限: what falls due in 30, 60 or 90 days, by day, narrowed by service, kind and whose move it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.usecases.desk import Desk
from app.usecases.permissions import Act
from app.words import _
from ui.contracts.deadline_rows import deadline_columns, deadline_sections
from ui.lock.gate import Gate
from ui.operations.deadlines import note_export, read_rows, write_calendar
from ui.operations.hub import Changed
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import FilterChip, KeyHint
from ui.widgets.choices import Check, Segments
from ui.widgets.frame import Picture
from ui.widgets.layout import holding, on_surface, rule
from ui.widgets.sheet import SheetArea
from ui.widgets.strips import BusyBar, EmptyState, Toasts
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.contract.record import DeadlineRow
    from app.errors import UserError
    from app.usecases.export_calendar import DeadlineQuery, Deadlines, SavedCalendar

STEP = 400
_DAYS = (30, 60, 90)


def read_deadlines(desk: Desk, query: DeadlineQuery, limit: int) -> Deadlines:
    """On the database worker: the first deadlines asked for."""
    from app.usecases.export_calendar import list_deadlines

    return list_deadlines(desk, query, limit)


class DeadlinesPage(QWidget):
    """``contract_chosen`` and ``quotation_chosen`` carry an id, ``back_wanted`` asks for the list of
    contracts.
    """

    back_wanted = Signal()
    contract_chosen = Signal(str)
    quotation_chosen = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._toasts = toasts
        self._limit = STEP
        self._asked = 0
        self.found: Deadlines | None = None
        self.back = IconButton("arrow-left", _("契約へ戻る"), key="Alt+Left")
        self.count = Label("", "panel", "text2")
        self.days = Segments([(days, _("{days}日").format(days=days)) for days in _DAYS], _DAYS[-1])
        self.services = FilterChip(_("サービス"))
        self.kinds = FilterChip(_("種類"), self._kinds())
        self.whose = FilterChip(_("だれから"), self._whose(), several=False)
        self.late = Check(_("期限切れも表示"), checked=True)
        self.export = Button(_("カレンダーに書き出す"), "calendar-days")
        Gate(self.export, session, Act.EXPORT)
        self.busy = BusyBar()
        self.area = SheetArea(deadline_columns(), name=_("期限の一覧"))
        self.more = Button("", "chevron-down", "quiet", small=True)
        self.more.hide()
        self.nothing = EmptyState(
            "calendar-check",
            _("この期間に期限はありません"),
            _("契約が始まると、満了・更新の通知・機器の返還などの期限が、ここに日付順に並びます。"),
        )
        self._build()
        self._connect()
        self._on_settings()

    @staticmethod
    def _kinds() -> list[tuple[str, str]]:
        from app.contract.deadline_words import offered_deadlines

        return list(offered_deadlines())

    @staticmethod
    def _whose() -> list[tuple[str, str]]:
        from app.contract.deadline_words import WHOSE, whose_words

        return [(whose, whose_words(whose)) for whose in WHOSE]

    def _build(self) -> None:
        s = theme.size
        head_box = QHBoxLayout()
        head_box.setContentsMargins(s.s, 0, s.l, 0)
        head_box.setSpacing(s.m)
        head_box.addWidget(self.back)
        head_box.addWidget(Label(_("すべての期限"), "title"))
        head_box.addWidget(self.count)
        head_box.addStretch(1)
        head_box.addWidget(self.export)
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        bar_box = QHBoxLayout()
        bar_box.setContentsMargins(s.l, 0, s.l, 0)
        bar_box.setSpacing(s.m)
        bar_box.addWidget(self.days)
        bar_box.addWidget(Picture("list-filter"))
        for chip in (self.services, self.kinds, self.whose):
            bar_box.addWidget(chip)
        bar_box.addStretch(1)
        bar_box.addWidget(self.late)
        bar = holding(bar_box, "panel")
        bar.setFixedHeight(s.filter_bar)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self.busy)
        outer.addWidget(bar)
        outer.addWidget(rule())
        outer.addWidget(body, 1)
        outer.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        s = theme.size
        box = QHBoxLayout()
        box.setContentsMargins(s.l, 0, s.l, 0)
        box.setSpacing(s.l)
        box.addWidget(self.more)
        box.addStretch(1)
        for key, words in (("↑↓", _("移動")), ("Enter", _("開く")), ("Ctrl+C", _("行をコピー"))):
            box.addWidget(KeyHint(key, words))
        foot = holding(box, "panel", "strong-top")
        foot.setFixedHeight(s.side_head)
        return foot

    def _connect(self) -> None:
        session = self._session
        self.back.clicked.connect(self.back_wanted)
        self.days.chosen.connect(self._on_narrowed)
        self.late.toggled.connect(self._on_narrowed)
        for chip in (self.services, self.kinds, self.whose):
            chip.chosen.connect(self._on_narrowed)
        self.export.clicked.connect(self.ask_file)
        self.more.clicked.connect(self._on_more)
        self.area.sheet.opened.connect(self._on_opened)
        session.hub.changed.connect(self._on_changed)
        session.settings_changed.connect(self._on_settings)
        session.day_changed.connect(self.read)

    # --- what is asked for ---

    def query(self) -> DeadlineQuery:
        """What the choices ask for."""
        from app.usecases.export_calendar import DeadlineQuery

        return DeadlineQuery(
            days=int(self.days.value()),
            services=tuple(self.services.values()),
            codes=tuple(self.kinds.values()),
            whose=next(iter(self.whose.values()), ""),
            overdue=self.late.isChecked(),
        )

    def arrive(self) -> None:
        """Somebody came here: the arrow keys walk the rows."""
        self.read()
        self.area.sheet.setFocus()

    def read(self) -> None:
        """Read again what is asked for."""
        self._asked += 1
        self.busy.start()
        self._session.hub.look(
            read_deadlines,
            self.query(),
            self._limit,
            done=partial(self._on_read, self._asked),
            ended=self.busy.stop,
            owner=self,
        )

    def _on_narrowed(self, *_chosen: object) -> None:
        self._limit = STEP
        self.read()

    def _on_more(self) -> None:
        self._limit += STEP
        self.read()

    def _on_changed(self, changed: Changed) -> None:
        if self.found is not None and (changed.contracts or changed.customers or changed.quotations):
            self.read()

    def _on_settings(self) -> None:
        checks = self._session.tariff_checks
        self.services.set_options([(check.code, check.name) for check in checks])
        if self.found is not None:
            self._show(self.found)

    def _on_opened(self, link: str | tuple[str, str]) -> None:
        if isinstance(link, str):
            self.contract_chosen.emit(link)
        else:
            self.quotation_chosen.emit(link[1])

    # --- showing ---

    def _on_read(self, asked: int, found: Deadlines) -> None:
        if asked == self._asked:  # what was asked for before is not wanted any more
            self.found = found
            self._show(found)

    def _show(self, found: Deadlines) -> None:
        names = {check.code: check.name for check in self._session.tariff_checks}
        self.area.sheet.set_sections(deadline_sections(found.rows, found.today, names, found.overdue))
        said = _("{count}件").format(count=f"{found.count:,}")
        if found.overdue:
            said = _("{all}・期限切れ {late}件").format(all=said, late=f"{found.overdue:,}")
        self.count.set_text(said)
        left = found.count - len(found.rows)
        self.more.setVisible(left > 0)
        if left > 0:
            self.more.set_text(_("続きを表示（あと{count}件）").format(count=f"{left:,}"))
        self.export.setEnabled(bool(found.rows))
        self._stack.setCurrentWidget(self.area if found.rows else self.nothing)

    # --- the calendar file ---

    def ask_file(self) -> None:
        """Ask where the calendar file goes, once it is understood what it holds."""
        from ui.export_gate import ExportGate

        assert self.found is not None
        text = _(
            "{count}件の期限を、ほかのカレンダーで読めるファイル（.ics）にします。\n"
            "ファイルには顧客の名前と、契約・見積の番号が入り、そのままでは暗号化されません。"
            "電話番号・住所・金額は入りません。共有のカレンダーに入れるときはご注意ください。"
        ).format(count=f"{self.found.count:,}")
        name = _("期限_{day}").format(day=f"{self._session.today:%Y%m%d}")
        title = _("期限をカレンダーに書き出しますか")
        target = ExportGate.ask(self, title, text, f"{name}.ics", _("カレンダー（*.ics）"))
        if target is not None:
            self.write(target.path, target.passphrase)

    def write(self, path: Path, passphrase: str = "") -> None:
        """Write the calendar file, sealed where there is a passphrase; lists stay quick meanwhile."""
        self.export.setEnabled(False)
        self.busy.start()
        self._session.hub.look(
            read_rows,
            self.query(),
            done=partial(self._on_rows, path, passphrase),
            failed=self._on_refused,
            owner=self,
        )

    def _on_rows(self, path: Path, passphrase: str, rows: tuple[DeadlineRow, ...]) -> None:
        self._session.tasks.paper.submit(
            "calendar", write_calendar, self._session.desk, rows, path, passphrase,
            done=partial(self._on_file, path, bool(passphrase)), ended=self._on_write_ended, owner=self,
        )  # fmt: skip

    def _on_refused(self, error: UserError) -> None:
        self._on_write_ended()
        self._session.tasks.user_error.emit(error)

    def _on_write_ended(self) -> None:
        self.export.setEnabled(True)
        self.busy.stop()

    def _on_file(self, path: Path, sealed: bool, count: int) -> None:
        self._session.hub.run(note_export, path, count, sealed, done=self._on_written, owner=self)

    def _on_written(self, saved: SavedCalendar) -> None:
        self._toasts.show_message(
            _("{count}件の期限を「{name}」に書き出しました").format(
                count=f"{saved.count:,}", name=saved.path.name
            )
        )
