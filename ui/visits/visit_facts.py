"""The right of a visit's page: when and who, where, how long, and its papers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.usecases.visit_ground import minutes_in
from app.visit.order import VisitState
from app.visit.visit_life import last_report
from app.words import _, pgettext
from ui.quotes.form_rows import LinkButton
from ui.theme import theme
from ui.visits.levels import level
from ui.visits.papers import PaperKind, paper_name
from ui.visits.visit_reading import VisitView
from ui.visits.words import area_words, minutes_words, nobody, span_words
from ui.widgets.button import Button
from ui.widgets.layout import clear, column, row, rule
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label


class VisitFacts(QWidget):
    """``contract_wanted`` and ``customer_wanted`` carry ids, ``paper_wanted`` a PaperKind; ``quote_wanted``
    and ``deposit_wanted`` ask for a quotation and a 預り証 of the visit of that id.
    """

    contract_wanted = Signal(str)
    customer_wanted = Signal(str)
    paper_wanted = Signal(object)
    deposit_wanted = Signal(str)
    quote_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.carried = AdviceStrip(meaning="warn", icon="truck")
        self._when = QVBoxLayout()
        self._when.setSpacing(s.xs)
        self._place = QGridLayout()
        self._place.setHorizontalSpacing(s.s)
        self._place.setVerticalSpacing(s.s)
        self._place.setColumnStretch(1, 1)
        self._links = column()
        self._papers = QVBoxLayout()
        self._papers.setSpacing(0)
        self.papers: dict[PaperKind, Button] = {}
        self.quote: Button | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.l, s.l, s.l)
        box.setSpacing(s.m)
        box.addWidget(self.carried)
        box.addLayout(self._when)
        box.addWidget(rule())
        box.addLayout(self._place)
        box.addLayout(self._links)
        box.addWidget(rule())
        box.addWidget(Label(pgettext("heading", "書類"), "heading"))
        box.addLayout(self._papers)
        box.addStretch(1)

    def show_view(self, view: VisitView) -> None:
        """Show a visit."""
        self._show_carried(view)
        self._show_when(view)
        self._show_place(view)
        self._show_links(view)
        self._show_papers(view)

    def _show_carried(self, view: VisitView) -> None:
        carried = view.carried
        self.carried.setVisible(carried is not None)
        if carried is None:
            return
        if carried.way == "out":
            self.carried.set_words(
                _("ほかの端末に持ち出しています"), _("持ち帰るときに、ここでの変更と見比べて選びます。")
            )
        else:
            self.carried.set_words(
                _("ほかの窓口から持ち出した訪問です"), _("作業が終わったら「持帰」のファイルを作ります。")
            )

    def _show_when(self, view: VisitView) -> None:
        clear(self._when)
        content = view.stored.content
        for span in content.spans:
            self._when.addWidget(Label(span_words(span), "title"))
        if not content.spans:
            self._when.addWidget(Label(_("日時未定"), "title", "text2"))
        names = view.names(content.technicians) or nobody()
        minutes = minutes_in(view.ground, content)
        self._when.addLayout(row(level("user"), Label(names, "body", wrap=True)))
        told = _("所要 {time}・{area}").format(time=minutes_words(minutes), area=area_words(_area(view)))
        self._when.addLayout(row(level("clock"), Label(told, "body", "text2", wrap=True)))

    def _show_place(self, view: VisitView) -> None:
        clear(self._place)
        place, fields = view.stored.content.place, view.ground.customer.fields
        address = place.address or f"{fields.prefecture}{fields.address}{fields.building}"
        for icon, text in (
            ("map-pin", "\n".join(one for one in (place.name, address) if one)),
            ("user", place.person or fields.person),
            ("phone", place.phone_on_day or place.phone or fields.phone),
            ("log-in", place.access),
            ("package", view.stored.content.bring),
            ("info", view.stored.content.wishes),
        ):
            if text:
                at = self._place.rowCount()
                self._place.addLayout(level(icon), at, 0)
                self._place.addWidget(Label(text, "body", wrap=True).selectable(), at, 1)

    def _show_links(self, view: VisitView) -> None:
        clear(self._links)
        link = LinkButton(_("顧客"), "users")
        link.clicked.connect(partial(self.customer_wanted.emit, view.stored.customer_id))
        self._links.addWidget(link)
        if view.ground.contract is not None:
            link = LinkButton(_("契約 {number}").format(number=view.contract_number), "file-check")
            link.clicked.connect(partial(self.contract_wanted.emit, view.ground.contract.id))
            self._links.addWidget(link)
        elif view.contract_number:
            self._links.addWidget(
                Label(_("契約 {number}（ほかの窓口）").format(number=view.contract_number), "panel", "text2")
            )

    def _show_papers(self, view: VisitView) -> None:
        clear(self._papers)
        self.papers = {}
        for kind in PaperKind:
            button = Button(paper_name(kind), "file-text", "quiet")
            why = lacks(view, kind)
            button.clicked.connect(partial(self.paper_wanted.emit, kind))
            button.setEnabled(not why)
            line = row(button, Label(why, "caption", "text3", wrap=True), gap="s")
            line.setStretch(1, 1)
            self._papers.addLayout(line)
            self.papers[kind] = button
        self.deposit = Button(_("預り証"), "file-text", "quiet")
        self.deposit.clicked.connect(partial(self.deposit_wanted.emit, view.stored.id))
        self._papers.addLayout(row(self.deposit, None))
        self.quote = Button(_("見積にする"), "file-yen", "quiet")
        self.quote.clicked.connect(partial(self.quote_wanted.emit, view.stored.id))
        self.quote.setEnabled(view.stored.state not in {VisitState.DONE, VisitState.CANCELLED})
        self._papers.addLayout(row(self.quote, None))


def lacks(view: VisitView, kind: PaperKind) -> str:
    """Why there is no paper of a kind yet; "" where there is."""
    visit = view.stored
    if kind is PaperKind.DAY and not (visit.content.spans and visit.content.technicians):
        return _("日時と担当が要ります")
    if kind is PaperKind.REPORT and last_report(visit.events) is None:
        return _("結果の確定後に作れます")
    return ""


def _area(view: VisitView) -> str:
    from app.usecases.visit_ground import area_in

    return area_in(view.ground, view.stored.content) or ""
