"""The line on backups at the foot of Home: when the last one was made, and making one now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.words import _

if TYPE_CHECKING:
    from ui.home.page import HomePage
    from ui.keeping import Made
    from ui.session import Session
    from ui.widgets.strips import Toasts


class Saving(QObject):
    """Follows the session."""

    def __init__(self, page: HomePage, session: Session, toasts: Toasts) -> None:
        super().__init__(page)
        self._page, self._session, self._toasts = page, session, toasts
        page.backup.button.clicked.connect(self.save_now)
        session.backup_changed.connect(self._on_backup)

    def _on_backup(self) -> None:
        """One was made by itself, or elsewhere in the window."""
        from ui.home.rows import backup_words

        kept = self._session.keeper.kept
        if kept is not None and kept.state.last is not None:
            self._page.backup.say(*backup_words(kept.state.last.made_at, self._session.desk.now()))

    def save_now(self) -> None:
        """Make a backup now."""
        keeper = self._session.keeper
        self._page.backup.button.setEnabled(False)
        keeper.ended.connect(self._on_saved)
        keeper.make()

    def _on_saved(self, made: Made) -> None:
        self._session.keeper.ended.disconnect(self._on_saved)
        self._page.backup.button.setEnabled(True)
        if made.problem is not None:
            self._session.tasks.environment_problem.emit(made.problem)
        elif made.made is not None:
            said = _("控えを取り、開いて確かめました：{name}").format(name=made.made.path.name)
            self._toasts.show_message(said, _("控えの設定"), self._page.backup_wanted.emit)
