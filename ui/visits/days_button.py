"""What is done with whole days: a technician's day given to others, visits carried out and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.words import _
from ui.menus import Menu
from ui.session import Session
from ui.widgets.button import IconButton
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from app.usecases.take_visits import Taken


class DaysButton(IconButton):
    """A menu among the week's tools. ``day``: the day that is meant, as far as the week shows one."""

    def __init__(self, session: Session, toasts: Toasts, day: Callable[[], date]) -> None:
        super().__init__("ellipsis", _("振り替え・持出・持帰"), small=True)
        self._session, self._toasts, self._day = session, toasts, day
        self.clicked.connect(self.open_menu)

    def menu(self) -> Menu:
        """What can be done."""
        menu = Menu(self)
        menu.add_item("users", _("担当を1日分振り替える"), self.reassign)
        menu.addSeparator()
        menu.add_item("truck", _("持出・持帰のファイルを作る"), self.carry)
        menu.add_item("download", _("持出・持帰のファイルを取り込む"), self.ask_file)
        return menu

    def open_menu(self) -> None:
        """Below the button."""
        self.menu().open_at(self.mapToGlobal(self.rect().bottomLeft()))

    def reassign(self, technician: str = "", day: date | None = None) -> None:
        """Somebody is away for a day; the day that is meant unless told."""
        from ui.visits.reassign_dialog import ReassignDialog

        dialog = ReassignDialog(self.window(), self._session, technician, day or self._day())
        dialog.reassigned.connect(self._on_reassigned)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_reassigned(self, moved: int) -> None:
        self._toasts.show_message(_("訪問{count}件を振り替えました").format(count=moved))

    def carry(self) -> None:
        """Make a file of visits."""
        from ui.visits.carry_dialog import CarryDialog

        dialog = CarryDialog(self.window(), self._session, self._day())
        dialog.written.connect(self._on_written)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_written(self, target: Path) -> None:
        self._toasts.show_message(_("「{name}」に保存しました").format(name=target.name))

    def ask_file(self) -> None:
        """Ask which file came back."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("取り込むファイル"), str(Path.home()), _("訪問のファイル（*.madovisit）")
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, source: Path) -> None:
        """Look into a file and decide."""
        from ui.visits.take_dialog import TakeDialog

        dialog = TakeDialog(self.window(), self._session, source)
        dialog.taken.connect(self._on_taken)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_taken(self, taken: Taken) -> None:
        from ui.visits.take_dialog import taken_words

        self._toasts.show_message(taken_words(taken))
