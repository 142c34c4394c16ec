"""Lines priced by hand (交通費, 機器 …): what, how many, for how much, why, and who approved."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.quote.content import HandLine, QuotationContent
from app.words import _
from ui.quotes import edits
from ui.quotes.context import EditorContext
from ui.quotes.form_rows import LinkButton, RowField
from ui.quotes.reading_fields import number_in, show_number
from ui.quotes.slices import Slice
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.choices import Segments, Switch
from ui.widgets.entries import MoneyField, TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.number import NumberStepper

_MOST = 100_000


class _HandLineCard(QWidget):
    """One line. ``changed`` carries it and the field it was changed in."""

    changed = Signal(object, str)
    removed = Signal()

    def __init__(self, context: EditorContext, path: str) -> None:
        super().__init__()
        self._board, self._path = context.board, path
        self._line = HandLine()
        self._group = Segments(
            [("one-off", _("初期費用")), ("monthly", _("月額")), ("visit", _("訪問"))], "one-off"
        )
        self._name = TextField(_("例：交通費、設置用の棚"))
        self._quantity = NumberStepper("", 1, _MOST, ems=8)
        self._unit = TextField(ems=4)
        self._unit_price = MoneyField()
        self._reason = TextField(_("例：遠方のため"))
        self._approver = TextField(_("承認した人"))
        self._outside = Switch(name=_("不課税（立替金など）"))
        self._remove = IconButton("x", _("この行を取り除く"))
        fields = {
            "group": Field(_("区分"), self._group),
            "name": Field(_("品目"), self._name),
            "quantity": Field(_("数量"), self._quantity),
            "unit": Field(_("単位"), self._unit),
            "unit_price": Field(_("単価（税抜）"), self._unit_price),
            "reason": Field(_("理由"), self._reason),
            "approved_by": Field(_("承認者"), self._approver),
        }
        outside = RowField(_("不課税（立替金など）"), self._outside)
        for name, field in fields.items():
            self._board.add(f"{path}.{name}", field)
        box = QVBoxLayout(self)
        s = theme.size
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.m)
        box.addLayout(row(fields["name"], self._remove))
        box.addWidget(fields["group"])
        box.addLayout(row(fields["quantity"], fields["unit"], fields["unit_price"]))
        about = row(fields["reason"], fields["approved_by"], gap="m")
        about.setStretch(0, 3)
        about.setStretch(1, 2)
        box.addLayout(about)
        box.addWidget(outside)
        self._connect()

    def _connect(self) -> None:
        self._group.chosen.connect(self._on_group)
        self._name.edited.connect(self._on_name)
        self._quantity.value_changed.connect(self._on_quantity)
        self._unit.edited.connect(self._on_unit)
        self._unit_price.value_changed.connect(self._on_unit_price)
        self._reason.edited.connect(self._on_reason)
        self._approver.edited.connect(self._on_approver)
        self._outside.toggled.connect(self._on_outside)
        self._remove.clicked.connect(self.removed)

    def show_line(self, line: HandLine) -> None:
        """Show what is typed."""
        self._line = line
        self._group.set_value(line.group)
        self._name.set_text(line.name)
        show_number(self._quantity, line.quantity)
        self._unit.set_text(line.unit)
        if line.unit_price or self._unit_price.text():
            show_number(self._unit_price, line.unit_price)
        self._reason.set_text(line.reason)
        self._approver.set_text(line.approved_by)
        self._outside.setChecked(line.tax == "outside")

    def start(self) -> None:
        """Begin with the name."""
        self._name.setFocus()

    def _tell(self, field: str, **changes: object) -> None:
        self.changed.emit(replace(self._line, **changes), field)

    def _on_group(self, group: str) -> None:
        self._tell("group", group=group)

    def _on_name(self, text: str) -> None:
        self._tell("name", name=text)

    def _on_quantity(self, _value: object) -> None:
        value, problem = number_in(self._quantity, f"{self._path}.quantity")
        self._board.set_unreadable(f"{self._path}.quantity", problem)
        self._tell("quantity", quantity=value if value is not None else 0)

    def _on_unit(self, text: str) -> None:
        self._tell("unit", unit=text)

    def _on_unit_price(self, _value: object) -> None:
        value, problem = number_in(self._unit_price, f"{self._path}.unit_price")
        self._board.set_unreadable(f"{self._path}.unit_price", problem)
        self._tell("unit_price", unit_price=value if value is not None else 0)

    def _on_reason(self, text: str) -> None:
        self._tell("reason", reason=text)

    def _on_approver(self, text: str) -> None:
        self._tell("approved_by", approved_by=text)

    def _on_outside(self, on: bool) -> None:
        self._tell("tax", tax="outside" if on else "standard")


class HandLinesPart(QWidget):
    """All hand-priced lines, and a link that adds one."""

    def __init__(self, context: EditorContext) -> None:
        super().__init__()
        self._context = context
        self._cards: list[_HandLineCard] = []
        self._add = LinkButton(_("手入力の行を加える（交通費・機器など）"), "pen-line")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.size.l)
        self._box.addWidget(self._add)
        self._add.clicked.connect(self._on_add)

    def show_content(self, content: QuotationContent, slice_: Slice) -> None:
        """Show the lines of the content, as many as there is time for."""
        while len(self._cards) < len(content.hand_lines) and slice_.allows():
            one = _HandLineCard(self._context, f"hand_lines.{len(self._cards)}")
            one.changed.connect(self._on_changed)
            one.removed.connect(self._on_removed)
            self._box.insertWidget(len(self._cards), one)
            self._cards.append(one)
        while len(self._cards) > len(content.hand_lines):
            gone = self._cards.pop()
            self._context.board.forget_under(f"hand_lines.{len(self._cards)}")
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for one, line in zip(self._cards, content.hand_lines, strict=False):
            one.show_line(line)

    @property
    def shape(self) -> object:
        """Changes when fields come or go."""
        return len(self._cards)

    def _place_of_sender(self) -> int:
        return next(place for place, one in enumerate(self._cards) if one is self.sender())

    def _on_add(self) -> None:
        draft = self._context.draft
        draft.put(edits.add_hand_line(draft.content, HandLine(unit=_("式"))), "hand_lines")
        self._cards[-1].start()

    def _on_changed(self, line: HandLine, field: str) -> None:
        draft = self._context.draft
        place = self._place_of_sender()
        changes = {name: getattr(line, name) for name in line.__struct_fields__}
        draft.put(edits.with_hand_line(draft.content, place, **changes), f"hand_lines.{place}.{field}")

    def _on_removed(self) -> None:
        draft = self._context.draft
        draft.put(edits.remove_hand_line(draft.content, self._place_of_sender()), "hand_lines")
        self._add.setFocus()
