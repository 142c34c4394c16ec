"""Quantities and options of a service, built from its price list: a new tariff file needs no code here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.charge.words import counted
from app.money import figure, yen_words
from app.quote.content import ServiceEntry
from app.quote.priced import ServicePrice
from app.tariff.catalogue import words as say
from app.tariff.model import Edition, Item, Option
from app.words import _
from ui.quotes.form_rows import Beside, ErrorLine, RowField
from ui.quotes.problem_board import ProblemBoard
from ui.quotes.reading_fields import number_in, show_number
from ui.theme import theme
from ui.widgets.choices import Switch
from ui.widgets.entries import MoneyField
from ui.widgets.field import Field
from ui.widgets.number import NumberStepper
from ui.widgets.paint import width_of

_MOST_SHOWN = 1_000_000
_STEPPER_EMS, _MONEY_EMS = 9.2, 11
_NAME_EMS = 14  # what is left beside a stepper


def countable(edition: Edition) -> tuple[Item, ...]:
    """The items whose quantity somebody types."""
    return tuple(item for item in edition.items if item.fixed_quantity is None and not item.per_item)


def is_unpriced(item: Item) -> bool:
    """Whether the list prints no price for it."""
    return item.price is None and not item.tiers and not item.quoted


class ItemRows(QWidget):
    """Quantities and options of one edition. With a single item ``single`` is its field, to stand beside the
    start day; what is wrong with it is told ``below`` both.
    """

    item_changed = Signal(str, object)  # code, int or None
    option_changed = Signal(str, object)  # code, bool or int

    def __init__(self, edition: Edition, path: str, board: ProblemBoard, below: ErrorLine) -> None:
        super().__init__()
        self._below = below
        self._edition = edition
        self._under = f"{path}." if path else ""
        self._board = board
        self._numbers: dict[str, NumberStepper | MoneyField] = {}
        self._fields: dict[str, Field | RowField] = {}
        self._counts: dict[str, NumberStepper] = {}
        self._flags: dict[str, Switch] = {}
        self.single: Field | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        items = countable(edition)
        for item in items:
            field = self._add_item(item, alone=len(items) == 1 and not item.quoted)
            if isinstance(field, Field):
                self.single = field
            else:
                box.addWidget(field)
        for option in edition.options:
            box.addWidget(self._add_option(option))
        if not box.count():  # showing it before it has its place would open it as a window
            self.hide()

    @property
    def first_control(self) -> QWidget | None:
        """Where typing begins."""
        return next(iter(self._numbers.values()), None)

    def controls(self) -> list[tuple[str, NumberStepper | MoneyField | Switch, str]]:
        """What can be typed into: path (``items.id``), control and name of each."""
        found: list[tuple[str, NumberStepper | MoneyField | Switch, str]] = []
        for code, control in self._numbers.items():
            item = self._edition.item(code)
            found.append((f"items.{code}", control, say(item.name) if item else code))
        for code, option in (self._counts | self._flags).items():
            known = self._edition.option(code)
            found.append((f"options.{code}", option, say(known.name) if known else code))
        return found

    def _add_item(self, item: Item, *, alone: bool) -> Field | RowField:
        control: NumberStepper | MoneyField
        if item.quoted:
            control = MoneyField(ems=_MONEY_EMS)
        else:
            most = item.maximum or _MOST_SHOWN
            control = NumberStepper(say(item.unit), item.minimum, most, ems=0 if alone else _STEPPER_EMS)
            control.setMinimumWidth(theme.ems(_STEPPER_EMS))
        control.value_changed.connect(self._on_number)
        self._numbers[item.code] = control
        name = say(item.name)
        field: Field | RowField
        if alone:
            field = Field(_("数量"), control, _range_words(item))
        else:
            field = RowField(name, control, _range_words(item))
            field.label.set_text(_in_two(name))
        self._fields[item.code] = field
        told = Beside(control, self._below, field) if isinstance(field, Field) else field
        self._board.add(f"{self._under}items.{item.code}", told)
        return field

    def _add_option(self, option: Option) -> RowField:
        control: Switch | NumberStepper
        if option.kind == "flag":
            control = Switch(on=bool(option.default), name=say(option.name))
            control.toggled.connect(self._on_flag)
            self._flags[option.code] = control
        else:
            item = self._edition.item(option.of_item)
            unit = say(item.unit) if item else ""
            control = NumberStepper(unit, 0, _MOST_SHOWN, int(option.default), ems=_STEPPER_EMS)
            control.value_changed.connect(self._on_count)
            self._counts[option.code] = control
        field = RowField(say(option.name), control)
        self._board.add(f"{self._under}options.{option.code}", field)
        return field

    def show_entry(self, entry: ServiceEntry, price: ServicePrice | None) -> None:
        """Show what is typed and, below each quantity, the unit price it leads to."""
        for code, control in self._numbers.items():
            show_number(control, entry.items.get(code))
        for code, flag in self._flags.items():
            known = self._edition.option(code)
            wanted = bool(entry.options.get(code, known.default if known else False))
            if flag.isChecked() != wanted:
                flag.setChecked(wanted)
        for code, count in self._counts.items():
            known = self._edition.option(code)
            show_number(count, int(entry.options.get(code, known.default if known else 0)))
        self._show_prices(price)

    def _show_prices(self, price: ServicePrice | None) -> None:
        lines = {line.item: line for line in price.monthly} if price else {}
        for code, field in self._fields.items():
            item = self._edition.item(code)
            line = lines.get(code)
            if item is None:
                continue
            if line is not None and line.unit_price is not None and not item.quoted:
                field.set_helper(_("単価 {price}").format(price=yen_words(line.unit_price)))
            else:
                field.set_helper(_range_words(item))

    def _on_number(self, _value: object) -> None:
        code = next((known for known, control in self._numbers.items() if control is self.sender()), None)
        if code is not None:
            path = f"{self._under}items.{code}"
            value, problem = number_in(self._numbers[code], path)
            self._board.set_unreadable(path, problem)
            self.item_changed.emit(code, value)

    def _on_count(self, _value: object) -> None:
        code = next((known for known, control in self._counts.items() if control is self.sender()), None)
        if code is not None:
            path = f"{self._under}options.{code}"
            value, problem = number_in(self._counts[code], path)
            self._board.set_unreadable(path, problem)
            self.option_changed.emit(code, value or 0)

    def _on_flag(self, on: bool) -> None:
        code = next((known for known, flag in self._flags.items() if flag is self.sender()), None)
        if code is not None:
            self.option_changed.emit(code, on)


def _in_two(name: str) -> str:
    """A long name broken before what stands in brackets, not inside its last word."""
    long = width_of(name, "panel") > theme.ems(_NAME_EMS)
    return name.replace("（", "\n（", 1) if long else name


def _range_words(item: Item) -> str:
    """How many there may be, or what the list says of it, while nothing is priced."""
    if is_unpriced(item):
        return say(item.note) if item.note else _("料金表に価格がありません")
    if item.quoted:
        return _("1年分（税抜）")
    least, most = _bounds(item)
    if item.price is not None and most is None:
        return _("単価 {price}").format(price=yen_words(item.price))
    if most is None:
        return ""
    return _("{least}〜{most}").format(least=figure(least), most=counted(most, item.unit))


def _bounds(item: Item) -> tuple[int, int | None]:
    if item.tiers:
        return item.tiers[0].first, item.tiers[-1].last
    return item.minimum, item.maximum
