"""What the work costs as it was done, what changed since it was agreed line by line, and the consent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.errors import Problem
from app.money import yen_words
from app.visit.found_work import PriceChange, price_changes
from app.visit.pricing import PricedVisit
from app.words import _
from ui.quotes.price_words import price_line
from ui.theme import theme
from ui.visits.onsite.draft import OnSiteDraft
from ui.visits.onsite.touch import for_fingers
from ui.visits.visit_reading import VisitView
from ui.widgets.choices import Check
from ui.widgets.layout import clear, holding
from ui.widgets.price_group import PriceGroup
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label


class PriceSide(QWidget):
    """Follows the draft. ``agreed`` is emitted when the consent is given or taken back."""

    agreed = Signal()

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self._draft = OnSiteDraft()
        self.priced: PricedVisit | None = None
        self.problems: tuple[Problem, ...] = ()
        self.changes: tuple[PriceChange, ...] = ()
        self.lines = PriceGroup(_("料金"))
        self.tax = Label("", "panel", "text2")
        self.total = Label("", "sum")
        self.change_head = AdviceStrip(meaning="warn", icon="triangle-alert")
        self._changes = QGridLayout()
        self._changes.setHorizontalSpacing(s.s)
        self._changes.setVerticalSpacing(s.xs)
        self._changes.setColumnStretch(0, 1)
        self.consent = for_fingers(Check(_("金額の変更をお客さまが了承しました")))
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        sums = QVBoxLayout()
        sums.setContentsMargins(s.l, s.s, s.l, s.s)
        sums.addWidget(self.tax)
        sums.addWidget(self.total)
        self._part = QWidget()
        part = QVBoxLayout(self._part)
        part.setContentsMargins(s.l, s.m, s.l, 0)
        part.setSpacing(s.s)
        part.addWidget(self.change_head)
        part.addLayout(self._changes)
        part.addWidget(self.consent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, s.s, 0, s.m)
        box.setSpacing(0)
        box.addWidget(self.lines)
        box.addWidget(holding(sums, "window"))
        box.addWidget(self.problem)
        box.addWidget(self._part)
        box.addStretch(1)
        self.problem.hide()
        self._part.hide()
        self.consent.toggled.connect(self._on_consent)

    @property
    def needs_consent(self) -> bool:
        """Whether the price differs from what was agreed, and nobody agreed to the new one."""
        return bool(self.changes) and self.priced is not None and self._draft.agreed_net != self.priced.net

    def show_price(self, view: VisitView, draft: OnSiteDraft, *, done: bool) -> None:
        """Work the price out anew. ``done``: of what was ticked, else of what was ordered."""
        self._draft = draft
        content = draft.done(view.stored.content) if done else draft.found(view.stored.content)
        ordered = draft.ordered or view.stored.content
        self.priced, self.problems = view.price(content)
        before, _problems = view.price(ordered)
        self.changes = ()
        if done and before is not None and self.priced is not None:
            self.changes = price_changes(before, self.priced)
        self._show_lines()
        self._show_changes(before)

    def _show_lines(self) -> None:
        self.problem.setVisible(bool(self.problems))
        if self.problems:
            first = self.problems[0]
            self.problem.set_words(first.what, " ".join(one for one in (first.why, first.remedy) if one))
        if self.priced is None:
            return
        bill = self.priced.bill
        self.lines.set_head(_("料金"), "", "")
        self.lines.set_lines([price_line(line) for line in self.priced.lines])
        self.tax.set_text(
            _("税抜 {net}　消費税 {tax}").format(net=yen_words(bill.net), tax=yen_words(bill.tax))
        )
        self.total.set_text(_("{total}（税込）").format(total=yen_words(bill.total)))

    def _show_changes(self, before: PricedVisit | None) -> None:
        clear(self._changes)
        self._part.setVisible(bool(self.changes))
        if not self.changes or self.priced is None or before is None:
            return
        self.change_head.set_words(
            _("作業前の確認から料金が変わりました"),
            _("税込 {before} → {after}").format(
                before=yen_words(before.bill.total), after=yen_words(self.priced.bill.total)
            ),
        )
        for place, change in enumerate(self.changes):
            self._changes.addWidget(Label(change.name, "panel", wrap=True), place, 0)
            self._changes.addWidget(Label(_amount(change.before), "panel", "text2"), place, 1)
            self._changes.addWidget(Label("→", "panel", "text3"), place, 2)
            self._changes.addWidget(Label(_amount(change.after), "panel-bold"), place, 3)
        self.consent.blockSignals(True)
        self.consent.setChecked(not self.needs_consent)
        self.consent.blockSignals(False)

    def _on_consent(self, checked: bool) -> None:
        self._draft.agreed_net = self.priced.net if checked and self.priced is not None else None
        self.agreed.emit()


def _amount(amount: int | None) -> str:
    return _("なし") if amount is None else yen_words(amount)
