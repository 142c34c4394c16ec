"""What a request costs: its lines with their reasons, warnings above them, and the free visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import _
from ui.theme import theme
from ui.visits.price_rows import PriceRows
from ui.visits.words import with_clause
from ui.widgets.chips import Chip
from ui.widgets.choices import Switch
from ui.widgets.layout import row
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from app.visit.entitlement import Entitlement
    from app.visit.pricing import PricedVisit
    from ui.widgets.reason_tree import ReasonTree


class FreePart(QWidget):
    """The free visits that are left, and whether this one uses one: ``toggled`` carries it."""

    toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.chip = Chip("check", "", "good")
        self.words = ElidedLabel("", "caption", "text2")
        self.switch = Switch(name=_("この訪問で無償訪問を使う"))
        self.switch.setToolTip(_("この訪問で無償訪問を使う"))
        line = row(self.chip, self.words, self.switch)
        line.setStretch(1, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.switch.toggled.connect(self.toggled)

    def show_free(self, entitlement: Entitlement | None, *, used: bool) -> None:
        """What is left before this visit; nothing is shown without an entitlement."""
        self.setVisible(entitlement is not None and entitlement.capacity > 0)
        if entitlement is None or not entitlement.capacity:
            return
        left = entitlement.left + entitlement.applied
        icon, meaning = ("check", "good") if left else ("circle-minus", "neutral")
        self.chip.set_chip(icon, _("無償訪問 残り{count}回").format(count=left), meaning)
        last = entitlement.year.last
        self.words.set_text(
            _("{count}台まで・{year}/{month}/{day}まで").format(
                count=entitlement.capacity, year=last.year, month=last.month, day=last.day
            )
        )
        self.switch.setVisible(bool(left))
        if self.switch.isChecked() != used:
            self.switch.setChecked(used)


class PricePart(QWidget):
    """Lines and warnings; the reason of a line opens below them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = PriceRows()
        self.warning = AdviceStrip("", meaning="warn", icon="triangle-alert")
        self.reason: ReasonTree | None = None
        self._reason_at = -1
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.size.s)
        self._box.addWidget(self.warning)
        self._box.addWidget(self.rows)
        self.rows.reason_wanted.connect(self._on_reason)

    def show_price(self, priced: PricedVisit | None, warnings: Sequence[tuple[str, str]]) -> None:
        """Another price; None while there is none."""
        from ui.quotes.price_words import price_line

        lines = [price_line(line) for line in priced.lines] if priced is not None else []
        self.rows.show_lines(lines)
        self.rows.setVisible(bool(lines))
        if self.reason is not None:
            reason = lines[self._reason_at].reason if self._reason_at < len(lines) else None
            if reason is not None:
                self.reason.set_reason(reason())
            else:
                self._close()
        remarks = [(one.text, one.clause) for one in priced.remarks] if priced is not None else []
        told = [with_clause(text, clause) for text, clause in (*warnings, *remarks)]
        self.warning.setVisible(bool(told))
        if told:
            self.warning.set_words(told[0], "\n".join(told[1:]))

    def _on_reason(self, number: int) -> None:
        from ui.widgets.reason_tree import ReasonTree

        again = number == self._reason_at and self.reason is not None
        self._close()
        reason = self.rows.lines[number].reason
        if again or reason is None:
            return
        self._reason_at, self.reason = number, ReasonTree(reason())
        self._box.addWidget(self.reason)

    def _close(self) -> None:
        if self.reason is not None:
            self._box.removeWidget(self.reason)
            self.reason.hide()
            self.reason.deleteLater()
        self.reason, self._reason_at = None, -1
