"""The visits of the days shown as a calendar file: everybody's, or those of one technician."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.days import date_words
from app.words import _
from ui.menus import Menu
from ui.operations.visit_calendar import export_visits
from ui.session import Session
from ui.widgets.button import IconButton
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from app.usecases.export_visits import SavedVisits, VisitCalendarQuery
    from ui.visits.week_facts import WeekFacts


class CalendarButton(IconButton):
    """Asks whose visits, says what the file will hold, asks where it goes. ``facts``: what is shown now."""

    def __init__(self, session: Session, toasts: Toasts, facts: Callable[[], WeekFacts]) -> None:
        super().__init__("file-down", _("カレンダーに書き出す"))
        self._session, self._toasts, self._facts = session, toasts, facts
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Everybody, or one of the technicians."""
        menu = Menu(self)
        menu.add_item("users", _("全員の訪問"), self.ask_file)
        for one in self._facts().technicians:
            menu.add_item("user", one.fields.name, self.ask_file, one.id, one.fields.name)
        menu.open_at(self.mapToGlobal(self.rect().bottomLeft()))

    def query(self, technician: str = "") -> VisitCalendarQuery:
        """The days shown, for one technician or for everybody."""
        from app.usecases.export_visits import VisitCalendarQuery

        facts = self._facts()
        return VisitCalendarQuery(facts.first, facts.days, technician)

    def ask_file(self, technician: str = "", name: str = "") -> None:
        """Ask where the file goes, once it is understood what it holds."""
        from app.usecases.export_visits import file_name
        from ui.export_gate import ExportGate

        query = self.query(technician)
        text = _(
            "{who}の{first}から{last}までの訪問を、ほかのカレンダーで読めるファイル（.ics）にします。\n"
            "ファイルには顧客の名前、訪問先の住所、作業と持ち物が入り、そのままでは暗号化されません。"
            "電話番号・担当者の名前・金額・備考は入りません。共有のカレンダーに入れるときはご注意ください。"
        ).format(who=name or _("全員"), first=date_words(query.first), last=date_words(query.last))
        title = _("訪問をカレンダーに書き出しますか")
        target = ExportGate.ask(self, title, text, file_name(query, name), _("カレンダー（*.ics）"))
        if target is not None:
            self.write(query, target.path, target.passphrase)

    def write(self, query: VisitCalendarQuery, path: Path, passphrase: str = "") -> None:
        """Write the file."""
        self.setEnabled(False)
        self._session.hub.run(
            export_visits, query, path, passphrase, done=self._on_written, ended=self._on_ended, owner=self
        )

    def _on_ended(self) -> None:
        self.setEnabled(True)

    def _on_written(self, saved: SavedVisits) -> None:
        said = _("{count}件の訪問を「{name}」に書き出しました")
        self._toasts.show_message(said.format(count=f"{saved.count:,}", name=saved.path.name))
