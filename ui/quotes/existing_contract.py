"""What a contract the customer has already brings to a visit: whether something is left free, and for how
many devices.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.quote.content import ExistingContract
from app.tariff.model import Edition
from app.words import _
from ui.quotes.form_rows import RowField
from ui.quotes.problem_board import ProblemBoard
from ui.quotes.reading_fields import day_problem, show_day
from ui.theme import theme
from ui.widgets.choices import Segments, Switch
from ui.widgets.dates import DateField
from ui.widgets.field import Field

_CAPACITIES = (10, 50, 100)  # what an existing contract can hold (ExistingContract.gateway)


class ExistingContractPart(QWidget):
    """``changed`` carries the contract and the field it was changed in."""

    changed = Signal(object, str)

    def __init__(self, edition: Edition, path: str, board: ProblemBoard, today: date) -> None:
        super().__init__()
        self._path, self._board = path, board
        self._contract = ExistingContract()
        known = {item.capacity for item in edition.items}
        sizes = [(size, _("{count}台用").format(count=size)) for size in _CAPACITIES if size in known]
        self._start = DateField(today, placeholder=_("例：2025-04-01"))
        self._gateway = Segments([(None, _("なし")), *sizes], None)
        self._purchased = Switch(name=_("装置は購入品"))
        self._endpoint = Switch(name=_("エンドポイント機能を利用中"))
        self._used = DateField(today, placeholder=_("使っていなければ空欄"))
        fields: dict[str, Field | RowField] = {
            "start": Field(_("契約の開始日"), self._start, _("無償訪問は契約の1年ごとに数えます。")),
            "gateway": Field(_("ゲートウェイ装置"), self._gateway),
            "gateway_purchased": RowField(_("装置は購入品"), self._purchased),
            "endpoint": RowField(_("エンドポイント機能を利用中"), self._endpoint),
            "free_visits": Field(_("最後に無償訪問を使った日"), self._used),
        }
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        for name, field in fields.items():
            board.add(f"{path}.{name}", field)
            box.addWidget(field)
        self._start.day_changed.connect(self._on_start)
        self._start.edit.textEdited.connect(self._on_typed)
        self._gateway.chosen.connect(self._on_gateway)
        self._purchased.toggled.connect(self._on_purchased)
        self._endpoint.toggled.connect(self._on_endpoint)
        self._used.day_changed.connect(self._on_used)
        self._used.edit.textEdited.connect(self._on_typed)

    def show_contract(self, contract: ExistingContract) -> None:
        """Show what is typed."""
        self._contract = contract
        show_day(self._start, contract.start)
        self._gateway.set_value(contract.gateway)
        self._purchased.setChecked(contract.gateway_purchased)
        self._endpoint.setChecked(contract.endpoint)
        show_day(self._used, contract.free_visits[-1] if contract.free_visits else None)

    def _tell(self, field: str, **changes: object) -> None:
        self.changed.emit(replace(self._contract, **changes), field)

    def _on_typed(self, _text: str) -> None:
        for name, field in (("start", self._start), ("free_visits", self._used)):
            path = f"{self._path}.{name}"
            self._board.set_unreadable(path, day_problem(field, path))

    def _on_start(self, day: date | None) -> None:
        self._tell("start", start=day)

    def _on_gateway(self, size: int | None) -> None:
        self._tell("gateway", gateway=size)

    def _on_purchased(self, on: bool) -> None:
        self._tell("gateway_purchased", gateway_purchased=on)

    def _on_endpoint(self, on: bool) -> None:
        self._tell("endpoint", endpoint=on)

    def _on_used(self, day: date | None) -> None:
        earlier = self._contract.free_visits[:-1]
        self._tell("free_visits", free_visits=(*earlier, day) if day else earlier)
