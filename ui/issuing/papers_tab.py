"""書類: what was issued for a contract or a customer, and making another paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.days import date_words, era_date_words
from app.money import yen_words
from app.papers.archived import PaperRow
from app.papers.kinds import title_of
from app.usecases.desk import Desk
from app.usecases.papers_around import Makable, PapersAround
from app.usecases.send_paper import how_words
from app.words import _, pgettext
from ui.home.link_list import LinkList, LinkRow
from ui.issuing.opening import open_issuing, open_paper
from ui.issuing.state_words import number_words
from ui.lock.gate import Gate
from ui.menus import Menu
from ui.operations.hub import Changed
from ui.session import Session
from ui.widgets.button import Button
from ui.widgets.layout import column, on_surface, row, rule, scrolling
from ui.widgets.strips import EmptyState
from ui.widgets.text import Label


def read_of_contract(desk: Desk, contract_id: str) -> PapersAround:
    """On the database worker: the papers of a contract."""
    from app.usecases.papers_around import papers_of_contract

    return papers_of_contract(desk, contract_id)


def read_of_customer(desk: Desk, customer_id: str) -> PapersAround:
    """On the database worker: the papers of a customer."""
    from app.usecases.papers_around import papers_of_customer

    return papers_of_customer(desk, customer_id)


class PapersTab(QWidget):
    """``counted``: how many there are."""

    counted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._id = ""
        self._reading: Callable[[Desk, str], PapersAround] = read_of_contract
        self._makable: tuple[Makable, ...] = ()
        self.count = Label("", "panel", "text2")
        self.new = Button(_("書類を作る"), "file-plus", small=True)
        self.list = LinkList(_("書類"))
        self.nothing = EmptyState(
            "files",
            _("書類はまだありません"),
            _("発行した書類が、番号・金額・送付の記録とともにここに並びます。"),
            _("書類を作る"),
            "file-plus",
        )
        self._head = QWidget()
        self._head.setLayout(row(self.count, None, self.new, pad=("l", "s")))
        inside = QWidget()
        inside.setLayout(column(self.list, None))
        self._area = scrolling(inside)
        body = column(self._head, rule(), self._area, self.nothing)
        body.setStretch(2, 1)
        body.setStretch(3, 1)
        self.setLayout(body)
        self._area.hide()
        self.nothing.hide()
        self.list.opened.connect(self._on_opened)
        for button in (self.new, self.nothing.button):
            Gate(button, session, "sell")
        self.new.clicked.connect(partial(self._on_new, self.new))
        self.nothing.accepted.connect(partial(self._on_new, self.nothing.button))
        session.hub.changed.connect(self._on_changed)

    def show_contract(self, contract_id: str) -> None:
        """The papers of a contract."""
        self._reading, self._id = read_of_contract, contract_id
        self._read()

    def show_customer(self, customer_id: str) -> None:
        """The papers of a customer."""
        self._reading, self._id = read_of_customer, customer_id
        self._read()

    def _read(self) -> None:
        self._session.hub.look(self._reading, self._id, done=partial(self._on_read, self._id), owner=self)

    def _on_changed(self, changed: Changed) -> None:
        if self._id and (changed.papers or changed.quotations or changed.visits or changed.bills):
            self._read()

    def _on_read(self, subject: str, found: PapersAround) -> None:
        if subject != self._id:
            return
        wareki = self._session.settings.company.era == "wareki"
        self._makable = found.makable
        self.list.set_rows([paper_row(one, wareki=wareki) for one in found.rows])
        self._area.setVisible(bool(found.rows))
        self.nothing.setVisible(not found.rows)
        self._head.setVisible(bool(found.rows))
        self.count.set_text(pgettext("column", "{count}件").format(count=f"{len(found.rows):,}"))
        self.counted.emit(len(found.rows))

    def _on_opened(self, paper_id: str) -> None:
        open_paper(self, self._session, paper_id)

    def _on_new(self, button: QWidget) -> None:
        menu = self.menu()
        corner = button.mapToGlobal(QPoint(button.width(), button.height() + 2))
        menu.open_at(corner - QPoint(menu.sizeHint().width(), 0))

    def menu(self) -> Menu:
        """The papers that can be made now."""
        menu = Menu(self)
        for one in self._makable:
            words = _("{paper}…").format(paper=title_of(one.kind))
            menu.add_item("file-text", words, self._make, one)
        return menu

    def _make(self, one: Makable) -> None:
        open_issuing(self, self._session, one.kind, one.subject, dict(one.options))


def paper_row(one: PaperRow, *, wareki: bool) -> LinkRow:
    """A paper in the list: what it is, its number and day; its sum, and how it went."""
    day = era_date_words(one.issued_on) if wareki else date_words(one.issued_on, weekday=False)
    went = how_words(one.sent)
    return LinkRow(
        name=one.title or title_of(one.kind),
        right=yen_words(one.total) if one.total else "",
        below=f"{number_words(one.number, one.revision)}　{day}",
        below_right=_("取消") if one.voided else went or _("送付の記録なし"),
        icon="file-x" if one.voided else "file-check",
        tone="warn" if one.voided else "text",
        link=one.id,
        tip=one.voided,
    )
