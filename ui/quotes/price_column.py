"""The middle column, 金額: groups that open to reasons, advice beside them, warnings, and the sums at the
foot.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.charge.lines import Line
from app.money import yen_words
from app.quote.priced import Advice, Group, Note, PricedQuotation, ServicePrice
from app.tariff.clauses import clause_words
from app.words import _
from ui.quotes.price_foot import PriceFoot
from ui.quotes.price_words import (
    advice_words,
    first_wrong,
    group_caption,
    missing_words,
    price_line,
    reason_words,
)
from ui.quotes.quiet_scroll import QuietScroll
from ui.theme import theme
from ui.widgets.layout import column, holding, row, rule
from ui.widgets.price_group import PriceGroup
from ui.widgets.reason_tree import ReasonTree
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

_Key = tuple[str, int | None, int | None]


class PriceColumn(QWidget):
    """Follows every keystroke: groups are kept by what they are about, so that what stands open stays open.

    ``advice_taken`` carries the place of the service and the Advice; ``field_wanted`` the path a note is
    about.
    """

    advice_taken = Signal(int, object)
    field_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[_Key, PriceGroup] = {}
        self._order: list[_Key] = []
        self._advice: dict[_Key, AdviceStrip] = {}
        self._trees: dict[_Key, ReasonTree] = {}
        self._holders: dict[_Key, QWidget] = {}
        self._advised: dict[_Key, tuple[int, Advice]] = {}
        self._notes: list[AdviceStrip] = []
        self._noted: tuple[Note, ...] = ()
        self._lacking = ""  # the path of the first thing without a price
        self._empty = Label(
            _("サービス・数量・利用開始日を入れると、金額と根拠がここに出ます。"), "panel", "text2", wrap=True
        )
        self.foot = PriceFoot()
        self._build()

    def _build(self) -> None:
        s = theme.size
        head = holding(
            row(Label(_("金額"), "heading"), None, Label(_("税抜"), "caption", "text2"), pad=("l", ""))
        )
        head.setFixedHeight(s.column_head)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self._group_box = QVBoxLayout()
        self._group_box.setSpacing(0)
        self._partial = AdviceStrip(meaning="warn", icon="triangle-alert")
        self._partial.accepted.connect(self._on_partial)
        top = column(self._partial)
        top.setContentsMargins(s.l, s.s, s.l, s.s)
        self._top = holding(top)
        self._top.hide()
        self._empty.setContentsMargins(s.l, s.l, s.l, s.l)
        self._note_box = QVBoxLayout()
        self._note_box.setContentsMargins(s.l, s.m, s.l, s.m)
        self._note_box.setSpacing(s.s)
        inner.addWidget(self._top)
        inner.addWidget(self._empty)
        inner.addLayout(self._group_box)
        inner.addLayout(self._note_box)
        inner.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(rule())
        outer.addWidget(QuietScroll(body), 1)
        outer.addWidget(self.foot)
        self.setProperty("surface", "panel")

    def show_priced(self, priced: PricedQuotation) -> None:
        """Show what it costs now."""
        keys: list[_Key] = [(group.kind, group.service, group.visit) for group in priced.groups]
        for key, widget in self._groups.items():
            widget.setVisible(key in keys)  # kept: on the way from 3 to 31 nothing has a price
        for key, group in zip(keys, priced.groups, strict=True):
            self._show_group(key, group)
        if keys != self._order:
            self._order = keys
            for place, key in enumerate(keys):
                self._group_box.insertWidget(place, self._groups[key])
        self._show_partial(priced)
        self._empty.setVisible(not keys and self._top.isHidden())
        self._show_advice(priced)
        self._show_notes(priced.notes)
        self.foot.show_priced(priced)

    @property
    def shape(self) -> object:
        """Changes when rows come or go, so that Tab has to be told the order anew."""
        return tuple((key, len(self._groups[key].rows())) for key in self._order), tuple(self._advised)

    def start(self) -> None:
        """Put the focus on the first group."""
        if self._order:
            head = self._groups[self._order[0]].findChild(QAbstractButton)
            if head is not None:
                head.setFocus()

    def _show_group(self, key: _Key, group: Group) -> None:
        widget = self._groups.get(key)
        if widget is None:
            widget = self._groups[key] = PriceGroup(group.title, open_=bool(group.lines))
        widget.set_head(group.title, group_caption(group), yen_words(group.net))
        broken = group.kind == "first-month"
        if broken and len(group.lines) == 1:
            self._show_tree(key, widget, group.lines[0])
            return
        if self._trees.pop(key, None) is not None:
            widget.set_extra(None)
        widget.set_lines([price_line(line, whole_formula=broken) for line in group.lines])

    def _show_tree(self, key: _Key, widget: PriceGroup, line: Line) -> None:
        """A broken month of one line shows its reason at once: it is what customers ask about."""
        tree = self._trees.get(key)
        if tree is None:
            tree = self._trees[key] = ReasonTree()
            s = theme.size
            holder = holding(column(tree))
            holder.setContentsMargins(s.indent, 0, s.l, 0)
            widget.set_lines([])
            widget.set_extra(holder)
            widget.set_open(True)
        words = reason_words(line.reason)
        if words != tree.reason:
            tree.set_reason(words)

    def _show_partial(self, priced: PricedQuotation) -> None:
        """Say before all amounts what they lack; where there are none, what keeps them away."""
        wrong = first_wrong(priced)
        self._top.setVisible(wrong is not None)
        if wrong is not None:
            self._lacking, why = wrong
            self._partial.set_words(
                _("{what}はまだ計算できません").format(what=missing_words(priced)),
                _("下の金額と総額には入っていません。") if priced.partial else why,
                _("項目へ"),
            )

    def _on_partial(self) -> None:
        self.field_wanted.emit(self._lacking)

    def _show_advice(self, priced: PricedQuotation) -> None:
        wanted: dict[_Key, tuple[ServicePrice, Advice]] = {}
        for price in priced.services:
            if price.advice is not None:
                wanted["monthly", price.index, None] = (price, price.advice)
        for key in [known for known in self._advised if known not in wanted]:
            del self._advised[key]
            self._groups[key].set_extra(None)
        for key, (price, advice) in wanted.items():
            if key not in self._groups:
                continue
            strip = self._advice.get(key)
            if strip is None:
                strip = self._advice[key] = AdviceStrip()
                self._holders[key] = holding(column(strip))
                self._holders[key].setContentsMargins(theme.size.l, 0, theme.size.l, 0)
                strip.accepted.connect(self._on_accepted)
            term = _("{count}か月").format(count=price.term_months)
            strip.set_words(*advice_words(advice, term))
            self._advised[key] = (price.index, advice)
            self._groups[key].set_extra(self._holders[key])

    def _on_accepted(self) -> None:
        key = next((known for known, strip in self._advice.items() if strip is self.sender()), None)
        if key is not None and key in self._advised:
            self.advice_taken.emit(*self._advised[key])

    def _show_notes(self, notes: tuple[Note, ...]) -> None:
        self._noted = notes
        while len(self._notes) < len(notes):
            strip = AdviceStrip(meaning="note", icon="info")
            strip.accepted.connect(self._on_note)
            self._note_box.addWidget(strip)
            self._notes.append(strip)
        for place, strip in enumerate(self._notes):
            if place < len(notes):
                warning = notes[place].kind == "warning"
                strip.set_meaning("warn" if warning else "note", "triangle-alert" if warning else "info")
                button = _("項目へ") if notes[place].field else ""
                strip.set_words(notes[place].text, clause_words(notes[place].clause), button)
            strip.setVisible(place < len(notes))

    def _on_note(self) -> None:
        place = next((place for place, strip in enumerate(self._notes) if strip is self.sender()), None)
        if place is not None and place < len(self._noted):
            self.field_wanted.emit(self._noted[place].field)
