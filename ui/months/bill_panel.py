"""A bill beside the list: its lines with their reasons, its sums, and the account it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal

from app.days import short_month_words
from app.money import yen_words
from app.usecases.desk import Desk
from app.words import _
from ui.months.payments_panel import PaymentsPanel
from ui.operations.hub import Changed
from ui.session import Session
from ui.widgets.button import Button
from ui.widgets.layout import column
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip, Toasts
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.charge.stored import StoredBill
    from app.usecases.show_bills import BillInFull, ExplainedLine


def read_bill(desk: Desk, bill_id: str) -> BillInFull:
    """On the database worker: a bill with its explained lines."""
    from app.usecases.show_bills import bill_in_full

    return bill_in_full(desk, bill_id)


class BillPanel(SidePanel):
    """``open_bill`` shows one; ``contract_wanted`` carries the id of its contract."""

    contract_wanted = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__("", "receipt-japanese-yen")
        self._session = session
        self._bill_id = ""
        self.full: BillInFull | None = None
        self.head = Label("", "body-bold", wrap=True)
        self.sub = Label("", "caption", "text2", wrap=True)
        self.refused = AdviceStrip(meaning="danger", icon="triangle-alert")
        self.refused.hide()
        self.lines = Sheet((SheetColumn(), SheetColumn(ems=6.5, right=True)), name=_("請求の内訳"), pad="xs")
        self.account = PaymentsPanel(session, toasts)
        self.contract_button = Button(_("契約を開く"), "clipboard-list")
        self.contract_button.clicked.connect(self._on_contract)
        self.account.bill_wanted.connect(self.open_bill)
        self.body.addLayout(column(self.head, self.sub))
        for widget in (self.refused, self.lines, self.account):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.papers_button = Button(_("書類を作る"), "file-plus")
        self.papers_button.hide()
        self.papers_button.clicked.connect(self._on_papers)
        self.add_to_foot(self.papers_button, self.contract_button)
        session.hub.changed.connect(self._on_changed)

    def open_bill(self, bill_id: str) -> None:
        """Show a bill."""
        self._bill_id = bill_id
        self._session.hub.look(read_bill, bill_id, done=self._on_read, failed=self._on_gone, owner=self)
        self.show()

    def _on_changed(self, changed: Changed) -> None:
        if changed.bills and self._bill_id and self.isVisible():
            self._session.hub.look(
                read_bill, self._bill_id, done=self._on_read, failed=self._on_gone, owner=self
            )

    def _on_gone(self, _error: object) -> None:
        """The bill was worked out anew: what stands here is gone."""
        self._bill_id = ""
        self.close_panel()

    def _on_read(self, full: BillInFull) -> None:
        if full.bill.id != self._bill_id:
            return
        from app.charge.refused import refused_words
        from app.usecases.bill_contract import month_of

        self.full = full
        bill = full.bill
        self.title.set_text(_("{month}分の請求").format(month=short_month_words(month_of(bill.month))))
        names = [full.customer, full.contract.number]
        self.head.set_text(names[0])
        self.sub.set_text("　".join((names[1], full.service)))
        self.refused.setVisible(bool(bill.refused))
        if bill.refused:
            self.refused.set_words(
                _("この契約は計算できませんでした"),
                _("{why}。契約を開いて記録をご確認ください。").format(why=refused_words(bill.refused)),
            )
        rows = [self._row(one) for one in full.lines]
        sums = _sums(bill) if full.lines else []
        self.lines.set_sections([SheetSection("", tuple(rows + sums))] if rows else [])
        self.lines.setVisible(bool(rows))
        self.papers_button.setVisible(full.run is not None and full.run.number != "" and not bill.refused)
        self.account.open_contract(bill.contract_id)

    def _row(self, one: ExplainedLine) -> SheetRow:
        line = one.line
        tone = "note" if line.month or line.claim else "text"
        left = [Line(line.name, "panel-bold" if line.month or line.claim else "panel", tone)]
        if line.detail and not line.month and not any(line.detail in why for why in one.why):
            left.append(Line(line.detail, "caption", "text2"))
        left += [Line(why, "caption", "text2") for why in one.why]
        return SheetRow((tuple(left), (Line(yen_words(line.amount)),)))

    def _on_papers(self) -> None:
        """What can be made of this bill."""
        if self.full is None:
            return
        from ui.issuing.bill_menu import add_bill_papers
        from ui.menus import Menu

        bill, menu = self.full.bill, Menu(self)
        add_bill_papers(menu, self, self._session, bill.id, bill.contract_id, bill.month, bill.total)
        corner = self.papers_button.mapToGlobal(QPoint(0, 0))
        menu.open_at(corner - QPoint(0, menu.sizeHint().height()))

    def _on_contract(self) -> None:
        if self.full is not None:
            self.contract_wanted.emit(self.full.bill.contract_id)


def _sums(bill: StoredBill) -> list[SheetRow]:
    """What the lines come to."""
    rows = [(_("税抜の計"), bill.net, "caption"), (_("消費税"), bill.tax, "caption")]
    if bill.exempt:
        rows.append((_("不課税の計"), bill.exempt, "caption"))
    found = [
        SheetRow(((Line(words, role, "text2"),), (Line(yen_words(amount), role, "text2"),)))
        for words, amount, role in rows
    ]
    total = SheetRow(((Line(_("請求額"), "body-bold"),), (Line(yen_words(bill.total), "body-bold"),)))
    return [*found, total]
