"""The place of tariffs and terms: the page, in front of it the adding of a file, or telling of an edition."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from app.words import _
from ui.operations.tariffs import choose_reading, put_back, remove_file
from ui.session import Session
from ui.tariffs.add_page import AddPage
from ui.tariffs.page import TariffsPage
from ui.tariffs.reading_panel import Switch
from ui.tariffs.rows import ALL_READINGS
from ui.tariffs.touched_view import Change, TouchedView
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from app.usecases.keep_tariffs import RemovedFile
    from ui.contracts.terms_change_page import TermsChangePage


def read_without(desk: Desk, path: Path) -> Catalogue:
    """On the database worker: the tariffs as they would be without a file."""
    return desk.catalogue.anew(left_out=path)


class TariffsPlace(QStackedWidget):
    """`quotation_wanted` and `contract_wanted` carry the id of what somebody wants to see."""

    quotation_wanted = Signal(str)
    contract_wanted = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self._removal: tuple[str, Path] | None = None
        self.page = TariffsPage(session)
        self.adding: AddPage | None = None
        self.terms: TermsChangePage | None = None
        self.consequences = TouchedView(session.hub, narrow=False)  # never shown: it counts
        self.consequences.setParent(self)
        self.consequences.hide()
        self.addWidget(self.page)
        self.page.adding_wanted.connect(self.choose_file)
        self.page.removal_wanted.connect(self._on_removal_wanted)
        self.page.quotation_wanted.connect(self.quotation_wanted)
        self.page.terms_wanted.connect(self.open_terms_change)
        self.page.switched.connect(self._on_switched)
        self.consequences.ended.connect(self._on_consequences)

    # --- going ---

    def arrive(self) -> None:
        """Somebody came here by the rail: the arrow keys walk the services."""
        if self.currentWidget() is self.page:
            self.page.services.setFocus()
        elif self.terms is not None and self.currentWidget() is self.terms:
            self.terms.arrive()

    def show_page(self) -> None:
        """The services and their editions."""
        self.setCurrentWidget(self.page)
        self.page.services.setFocus()

    def show_target(self, target: str) -> None:
        """A hit of the search: ``mihariban`` or ``reading:termination-tax``."""
        self.setCurrentWidget(self.page)
        kind, _colon, name = target.partition(":")
        if kind == "reading":
            self.page.show_place(ALL_READINGS, readings=(name,) if name else ())
        else:
            self.page.show_place(target)

    # --- telling of an edition ---

    def open_terms_change(self, service: str, start: date) -> None:
        """The contracts an edition of a service touches, and the letters for them."""
        if self.terms is None:
            from ui.contracts.terms_change_page import TermsChangePage

            self.terms = TermsChangePage(self._session, self._toasts)
            self.terms.back_wanted.connect(self.show_page)
            self.terms.contract_chosen.connect(self.contract_wanted)
            self.addWidget(self.terms)
        self.page.close_panel()
        self.setCurrentWidget(self.terms)
        self.terms.open_change(service, start)
        self.terms.arrive()

    # --- adding ---

    def choose_file(self) -> None:
        """Ask for a file and go to its page."""
        name, _kind = QFileDialog.getOpenFileName(self, _("追加する改定版を選ぶ"), "", "TOML (*.toml)")
        if name:
            self.check_file(Path(name))

    def check_file(self, path: Path) -> None:
        """The page of a file somebody wants to add."""
        if self.adding is None:
            self.adding = AddPage(self._session)
            self.adding.back_wanted.connect(self.show_page)
            self.adding.added.connect(self._on_added)
            self.adding.quotation_wanted.connect(self.quotation_wanted)
            self.addWidget(self.adding)
        self.page.close_panel()
        self.setCurrentWidget(self.adding)
        self.adding.check(path)

    def _on_added(self, code: str, key: str) -> None:
        self.show_page()
        self.page.facts = None  # it is read again: the new edition is gone to then
        self.page.show_place(code, key)
        said = _("改定版を追加しました。この先の見積に使われます。")
        start = date.fromisoformat(key) if key != "undated" else None
        if start is not None and start > self._session.today:
            open_terms = partial(self.open_terms_change, code, start)
            self._toasts.show_message(said, _("お客さまへのお知らせ"), open_terms, seconds=15)
        else:
            self._toasts.show_message(said)

    # --- taking away ---

    def _on_removal_wanted(self, code: str, path: Path) -> None:
        self._removal = (code, path)
        self._session.hub.look(read_without, path, done=self._on_without, owner=self)

    def _on_without(self, after: Catalogue) -> None:
        if self._removal is not None:
            self.consequences.look_for(Change((self._removal[0],), after))

    def _on_consequences(self) -> None:
        from ui.confirm_dialog import ConfirmDialog

        removal, self._removal = self._removal, None
        if removal is None:
            return
        touched = self.consequences.state.words()
        text = _(
            "ファイル「{name}」の改定版が外れ、その期間の見積は前の版で計算されます。\n"
            "影響する見積：{touched}\n発行済みの見積書は変わりません。"
        ).format(name=removal[1].name, touched=touched)
        if ConfirmDialog.ask(self, _("追加した改定版を外しますか"), text, _("外す"), danger=True):
            self._session.hub.run(remove_file, removal[1], done=self._on_removed, owner=self)

    def _on_removed(self, removed: RemovedFile) -> None:
        said = _("改定版「{name}」を外しました").format(name=removed.name)
        if removed.readings:
            said = _("{said}。使われなくなった解釈の選択も消しました").format(said=said)
        self._toasts.show_message(said, _("元に戻す"), partial(self._put_back, removed))

    def _put_back(self, removed: RemovedFile) -> None:
        self._session.hub.run(put_back, removed, owner=self)

    # --- readings ---

    def _on_switched(self, switch: Switch) -> None:
        said = _("解釈「{topic}」の読み方を変えました").format(topic=switch.topic)
        self._toasts.show_message(said, _("元に戻す"), partial(self._undo, switch))

    def _undo(self, switch: Switch) -> None:
        self._session.hub.run(choose_reading, switch.name, switch.choice, switch.reason, owner=self)
