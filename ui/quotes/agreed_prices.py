"""別段の合意: unit prices agreed apart from the price list, each with its reason and who approved it."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.quote.content import AgreedPrice
from app.tariff.catalogue import words as say
from app.tariff.model import Edition
from app.words import _
from ui.quotes.problem_board import ProblemBoard
from ui.quotes.reading_fields import number_in, show_number
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.choices import Choice
from ui.widgets.entries import MoneyField, TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.text import Label


class _AgreedRow(QFrame):
    """One agreed price."""

    changed = Signal(object, str)  # AgreedPrice, name of the field
    removed = Signal()

    def __init__(self, edition: Edition, path: str, board: ProblemBoard) -> None:
        super().__init__()
        self.setProperty("surface", "reason")
        self._path, self._board = path, board
        self._price = AgreedPrice(item="", unit_price=0)
        self._item = Choice([(item.code, say(item.name)) for item in edition.items])
        self._unit_price = MoneyField()
        self._reason = TextField(_("例：複数年のご契約のため"))
        self._approver = TextField(_("承認した人"))
        self._remove = IconButton("x", _("この合意を取り除く"))
        fields = {
            "item": Field(_("品目"), self._item),
            "unit_price": Field(_("合意した単価（税抜）"), self._unit_price),
            "reason": Field(_("理由"), self._reason),
            "approved_by": Field(_("承認者"), self._approver),
        }
        for name, field in fields.items():
            board.add(f"{path}.{name}", field)
        box = QVBoxLayout(self)
        s = theme.size
        box.setContentsMargins(s.m, s.s, s.m, s.m)
        box.setSpacing(s.m)
        box.addLayout(row(Label(_("別段の合意"), "panel-bold"), None, self._remove))
        box.addWidget(fields["item"])
        box.addLayout(row(fields["unit_price"], fields["approved_by"], gap="m"))
        box.addWidget(fields["reason"])
        self._item.chosen.connect(self._on_item)
        self._unit_price.value_changed.connect(self._on_price)
        self._reason.edited.connect(self._on_reason)
        self._approver.edited.connect(self._on_approver)
        self._remove.clicked.connect(self.removed)

    def show_price(self, price: AgreedPrice) -> None:
        """Show what is typed."""
        self._price = price
        self._item.set_value(price.item)
        show_number(self._unit_price, price.unit_price)
        self._reason.set_text(price.reason)
        self._approver.set_text(price.approved_by)

    def start(self) -> None:
        """Begin typing the price."""
        self._unit_price.setFocus()
        self._unit_price.edit.selectAll()

    def _on_item(self, code: str) -> None:
        self.changed.emit(replace(self._price, item=code), "item")

    def _on_price(self, _value: object) -> None:
        value, problem = number_in(self._unit_price, f"{self._path}.unit_price")
        self._board.set_unreadable(f"{self._path}.unit_price", problem)
        self.changed.emit(replace(self._price, unit_price=value or 0), "unit_price")

    def _on_reason(self, text: str) -> None:
        self.changed.emit(replace(self._price, reason=text), "reason")

    def _on_approver(self, text: str) -> None:
        self.changed.emit(replace(self._price, approved_by=text), "approved_by")


class AgreedPrices(QWidget):
    """All agreed prices of one service. ``changed`` carries them and the field
    changed.
    """

    changed = Signal(object, str)

    def __init__(self, edition: Edition, path: str, board: ProblemBoard) -> None:
        super().__init__()
        self._edition, self._path, self._board = edition, path, board
        self._prices: tuple[AgreedPrice, ...] = ()
        self._rows: list[_AgreedRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.size.s)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    def show_prices(self, prices: tuple[AgreedPrice, ...]) -> None:
        """Show what is typed."""
        self._prices = prices
        while len(self._rows) < len(prices):
            one = _AgreedRow(self._edition, f"{self._path}.{len(self._rows)}", self._board)
            one.changed.connect(self._on_changed)
            one.removed.connect(self._on_removed)
            self._box.addWidget(one)
            self._rows.append(one)
        while len(self._rows) > len(prices):
            gone = self._rows.pop()
            self._board.forget_under(f"{self._path}.{len(self._rows)}")
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for one, price in zip(self._rows, prices, strict=True):
            one.show_price(price)
        self.setVisible(bool(prices))

    def add(self) -> None:
        """One more agreed price, for the first item that has none yet."""
        items = [item for item in self._edition.items if not item.fixed_quantity] or list(self._edition.items)
        used = {price.item for price in self._prices}
        item = next((one for one in items if one.code not in used), items[0])
        new = AgreedPrice(item=item.code, unit_price=item.price or 0)
        self.changed.emit((*self._prices, new), str(len(self._prices)))
        if self._rows:
            self._rows[-1].start()

    def _on_changed(self, price: AgreedPrice, field: str) -> None:
        place = self._place_of_sender()
        prices = (*self._prices[:place], price, *self._prices[place + 1 :])
        self.changed.emit(prices, f"{place}.{field}")

    def _on_removed(self) -> None:
        place = self._place_of_sender()
        self.changed.emit(self._prices[:place] + self._prices[place + 1 :], "")

    def _place_of_sender(self) -> int:
        return next(place for place, one in enumerate(self._rows) if one is self.sender())
