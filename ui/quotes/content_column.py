"""The left column, 内容: customer, services, visits, hand-priced lines, details, in the order of a
conversation at a counter.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.quote.content import ServiceEntry, VisitEntry
from app.quote.priced import PricedQuotation
from app.tariff.catalogue import words as say
from app.words import _
from ui.quotes import edits
from ui.quotes.context import EditorContext
from ui.quotes.customer_part import CustomerPart
from ui.quotes.details_part import DetailsPart
from ui.quotes.form_rows import ErrorLine, LinkButton
from ui.quotes.hand_lines import HandLinesPart
from ui.quotes.quiet_scroll import QuietScroll
from ui.quotes.service_card import ServiceCard
from ui.quotes.service_choice import FirstService
from ui.quotes.slices import Slice
from ui.quotes.tariff_forms import service_or_none
from ui.quotes.visit_card import VisitCard
from ui.quotes.visit_target import Target, targets
from ui.theme import theme
from ui.widgets.frame import Picture
from ui.widgets.layout import holding, row, rule
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label


class ContentColumn(QWidget):
    """Shows the content and writes every change to the draft. Cards are kept and shown anew, never rebuilt
    on a keystroke.
    """

    grew = Signal()  # cards were made after ``show_priced`` had returned

    def __init__(self, context: EditorContext) -> None:
        super().__init__()
        self._context = context
        self._next_slice = QTimer(self)
        self._next_slice.setSingleShot(True)
        self._next_slice.setInterval(0)
        self._next_slice.timeout.connect(self._on_next_slice)
        self._focused: QWidget | None = None
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.timeout.connect(self._show_focused)
        self._priced: PricedQuotation | None = None
        self._services: list[ServiceCard] = []
        self._visits: list[VisitCard] = []
        self._state = Label("", "caption", "text2")
        self._state_icon = Picture("check", "good")
        self.strip = AdviceStrip(meaning="danger", icon="circle-alert")
        self._customer = CustomerPart(context)
        self._first_service = FirstService(context.catalogue)
        self._add_service = LinkButton(_("サービスを追加"))
        self._services_error = ErrorLine(self._add_service)
        self._add_visit = LinkButton(_("訪問を追加"), "calendar-check", "Alt+A")
        self._hand = HandLinesPart(context)
        self._details = DetailsPart(context)
        self._build()
        self._connect()

    def _build(self) -> None:
        s = theme.size
        head = holding(row(Label(_("内容"), "heading"), None, self._state, self._state_icon, pad=("l", "")))
        head.setFixedHeight(s.column_head)
        self._service_box = QVBoxLayout()
        self._service_box.setSpacing(s.l)
        self._visit_box = QVBoxLayout()
        self._visit_box.setSpacing(s.l)
        body = self._body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(s.l, s.xs, s.l, s.xl)
        column.setSpacing(s.m)
        column.addWidget(self.strip)
        column.addWidget(self._customer)
        column.addLayout(self._service_box)
        column.addWidget(self._first_service)
        column.addWidget(self._services_error)
        column.addLayout(self._visit_box)
        column.addLayout(row(self._add_service, self._add_visit, gap="l"))
        column.addWidget(rule())
        column.addWidget(self._hand)
        column.addWidget(rule())
        column.addWidget(self._details)
        column.addStretch(1)
        self._area = QuietScroll(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self._area, 1)
        self.setProperty("surface", "panel")
        self.strip.hide()

    def _connect(self) -> None:
        board = self._context.board
        board.add("services", self._services_error)
        board.homeless_changed.connect(self._on_homeless)
        board.open_count_changed.connect(self._on_count)
        self._customer.settled.connect(self._on_customer_settled)
        self._first_service.picked.connect(self.add_service)
        self._add_service.clicked.connect(self._on_add_service)
        self._add_visit.clicked.connect(self._on_add_visit)

    # --- showing ----------------------------------------------------------------------------------

    def show_priced(self, priced: PricedQuotation) -> None:
        """Show the content with what came of it: helpers, unit prices, refused days."""
        content = priced.content
        self._priced = priced
        self._customer.show_content(content)
        slice_ = Slice()
        self._fit_services(len(content.services), slice_)
        prices = {price.index: price for price in priced.services}
        for place, card in enumerate(self._services):
            card.show_entry(content, prices.get(place))
        self._fit_visits(len(content.visits), slice_)
        for visit in self._visits:
            visit.show_entry(content, priced, slice_)
        self._add_visit.set_key("" if content.visits else "Alt+A")
        self._first_service.setVisible(not content.services)
        self._add_service.setVisible(bool(content.services))
        self._services_error.control = self._add_service if content.services else self._first_service
        self._add_visit.setVisible(bool(targets(self._context, content)))
        self._hand.show_content(content, slice_)
        self._details.show_content(content, priced)
        if slice_.made:
            self._area.make_room()
        if slice_.cut_short:
            self._next_slice.start()

    def _on_next_slice(self) -> None:
        if self._priced is not None:
            self.show_priced(self._priced)
            self.grew.emit()

    @property
    def growing(self) -> bool:
        """Whether cards are still to be made."""
        return self._next_slice.isActive()

    @property
    def shape(self) -> object:
        """Changes when fields come or go, so that Tab has to be told the order anew."""
        cards = (*(card.shape for card in self._services), *(card.shape for card in self._visits))
        return self._customer.shape, cards, self._hand.shape

    def _fit_services(self, count: int, slice_: Slice) -> None:
        while len(self._services) < count and slice_.allows():
            card = ServiceCard(self._context, len(self._services))
            card.removed.connect(self._on_service_removed)
            card.grew.connect(self.grew)
            card.duplicated.connect(self._on_service_duplicated)
            self._service_box.addWidget(card)
            self._services.append(card)
        while len(self._services) > count:
            gone = self._services.pop()
            self._context.board.forget_under(f"services.{len(self._services)}")
            self._service_box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _fit_visits(self, count: int, slice_: Slice) -> None:
        while len(self._visits) < count and slice_.allows():
            card = VisitCard(self._context, len(self._visits))
            card.removed.connect(self._on_visit_removed)
            card.grew.connect(self.grew)
            card.duplicated.connect(self._on_visit_duplicated)
            self._visit_box.addWidget(card)
            self._visits.append(card)
        while len(self._visits) > count:
            gone = self._visits.pop()
            self._context.board.forget_under(f"visits.{len(self._visits)}")
            self._visit_box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _on_homeless(self, sentences: tuple[str, ...]) -> None:
        self.strip.set_words(_("発行の前に"), "\n".join(sentences))
        self.strip.setVisible(bool(sentences))

    def _on_count(self, problems: int) -> None:
        done = problems == 0
        self._state.set_text(
            _("必要な項目はすべて入力済み") if done else _("あと{count}項目").format(count=problems)
        )
        self._state_icon.set_icon("check" if done else "pencil", "good" if done else "text3")

    def start(self) -> None:
        """Put the focus where typing begins: the customer, or the first service when that is known."""
        if self._context.draft.content.customer.name:
            self._services[0].start() if self._services else self._first_service.setFocus()
        else:
            self._customer.start_search()

    def follow_focus(self, now: QWidget) -> None:
        """Show what has the focus now, in a moment: a part made just now has no place yet. What is pressed
        stays where it is, else its click would be lost.
        """
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._focused = now
            self._following.start()

    def _show_focused(self) -> None:
        now, self._focused = self._focused, None
        if now is not None and shiboken6.isValid(now):
            self.show_field(now)

    def show_field(self, widget: QWidget) -> None:
        """Scroll so that a widget of the column is seen."""
        if self._body.isAncestorOf(widget):
            self._area.ensureWidgetVisible(widget, 0, theme.size.xl * 2)

    # --- editing ----------------------------------------------------------------------------------

    def _on_customer_settled(self) -> None:
        if self._services:
            self._services[0].start()
        else:
            self._first_service.setFocus()

    def _on_add_service(self) -> None:
        menu = QMenu(self)
        for service in self._context.catalogue.services():
            action = QAction(say(service.name), menu)
            action.setData(service.code)
            action.triggered.connect(self._on_service_picked)
            menu.addAction(action)
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._add_service.mapToGlobal(QPoint(0, self._add_service.height())))

    def _on_service_picked(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.add_service(str(action.data()))

    def add_service(self, code: str) -> None:
        """One more service; it starts when the one before it does."""
        draft = self._context.draft
        before = draft.content.services[-1] if draft.content.services else None
        service = service_or_none(self._context.catalogue, code)
        line = before.line if before else "flets"
        if service is not None and service.lines and line not in service.lines:
            line = service.lines[0]
        entry = ServiceEntry(service=code, line=line, start=before.start if before else None)
        draft.put(edits.add_service(draft.content, entry), "services")
        self._services[-1].start_typing()

    def _on_service_removed(self, place: int) -> None:
        draft = self._context.draft
        draft.put(edits.remove_service(draft.content, place), "services")
        (self._add_service if self._services else self._first_service).setFocus()

    def _on_service_duplicated(self, place: int) -> None:
        draft = self._context.draft
        draft.put(edits.duplicate_service(draft.content, place), "services")
        self._services[place + 1].start_typing()

    def _on_visit_removed(self, place: int) -> None:
        draft = self._context.draft
        draft.put(edits.remove_visit(draft.content, place), "visits")
        self._add_visit.setFocus()

    def _on_visit_duplicated(self, place: int) -> None:
        draft = self._context.draft
        draft.put(edits.duplicate_visit(draft.content, place), "visits")

    def _on_add_visit(self) -> None:
        self.add_visit()

    def add_visit(self) -> None:
        """One more visit, for the first service that knows visits, and straight on to its work."""
        draft = self._context.draft
        options = targets(self._context, draft.content)
        if not options:
            return
        service, place = self._unvisited(options)
        draft.put(edits.add_visit(draft.content, VisitEntry(service=service, for_service=place)), "visits")
        self._open_work_menu_soon()

    def _unvisited(self, options: list[tuple[Target, str]]) -> Target:
        """The first service of the quotation without a visit, else the first possible target."""
        visited = {visit.for_service for visit in self._context.draft.content.visits}
        return next((target for target, _text in options if target[1] not in visited), options[0][0])

    def _open_work_menu_soon(self) -> None:
        QTimer.singleShot(0, self, self._open_last_work_menu)  # after the new card has its place

    def _open_last_work_menu(self) -> None:
        if self._visits:
            self.show_field(self._visits[-1])
            self._visits[-1].open_work_menu()

    def add_work(self) -> None:
        """Alt+A: more work for the visit the focus is in, else for the last one; the first visit when there
        is none.
        """
        focused = self.focusWidget()
        card = next((one for one in self._visits if focused is not None and one.isAncestorOf(focused)), None)
        card = card or (self._visits[-1] if self._visits else None)
        if card is None:
            self.add_visit()
        else:
            self.show_field(card)
            card.open_work_menu()
