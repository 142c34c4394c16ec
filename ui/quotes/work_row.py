"""One piece of work of a visit: what is done on how many devices, with volume, applications and a price by
hand.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from app.quote.content import HandPrice, WorkEntry
from app.tariff.catalogue import words as say
from app.tariff.model import MenuItem, VisitRules
from app.words import _
from ui.qt import RIGHT
from ui.quotes import edits
from ui.quotes.form_rows import Beside, ErrorLine, LinkButton, RowField
from ui.quotes.problem_board import ProblemBoard
from ui.quotes.reading_fields import number_in, show_number
from ui.quotes.tariff_forms import is_migration, menu_of
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.choices import Check
from ui.widgets.entries import MoneyField, TextField
from ui.widgets.field import Field
from ui.widgets.frame import Picture
from ui.widgets.layout import column, row, rule
from ui.widgets.number import NumberStepper
from ui.widgets.paint import width_of
from ui.widgets.text import Label

_MOST_DEVICES = 999
_DEVICES_EMS, _VOLUME_EMS = 9.6, 5.6


def work_icon(item: MenuItem | None) -> str:
    """A picture for work, by how it is charged; the words beside it say what it is."""
    if item is None:
        return "wrench"
    if is_migration(item):
        return "arrow-right-left"
    return "layout-grid" if item.per == "app" else "monitor"


class _ByHand(QWidget):
    """個別見積 for work the list has no price for."""

    changed = Signal(object, str)  # HandPrice or None, field

    def __init__(self, path: str, board: ProblemBoard) -> None:
        super().__init__()
        self._path, self._board = path, board
        self._price = HandPrice(unit_price=0)
        self._unit_price = MoneyField()
        self._reason = TextField(_("例：提供会社の見積 第123号"))
        self._approver = TextField(_("承認した人"))
        fields = {
            "unit_price": Field(_("個別見積の単価（税抜）"), self._unit_price),
            "approved_by": Field(_("承認者"), self._approver),
            "reason": Field(_("理由"), self._reason),
        }
        for name, field in fields.items():
            board.add(f"{path}.{name}", field)
        self._remove = IconButton("x", _("個別見積を取り除く"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.s)
        box.addLayout(row(fields["unit_price"], fields["approved_by"], gap="m"))
        box.addLayout(row(fields["reason"], self._remove))
        self._unit_price.value_changed.connect(self._on_price)
        self._reason.edited.connect(self._on_reason)
        self._approver.edited.connect(self._on_approver)
        self._remove.clicked.connect(self._on_removed)

    def show_price(self, price: HandPrice) -> None:
        self._price = price
        show_number(self._unit_price, price.unit_price)
        self._reason.set_text(price.reason)
        self._approver.set_text(price.approved_by)

    def start(self) -> None:
        self._unit_price.setFocus()
        self._unit_price.edit.selectAll()

    def _on_price(self, _value: object) -> None:
        value, problem = number_in(self._unit_price, f"{self._path}.unit_price")
        self._board.set_unreadable(f"{self._path}.unit_price", problem)
        self.changed.emit(replace(self._price, unit_price=value or 0), "unit_price")

    def _on_reason(self, text: str) -> None:
        self.changed.emit(replace(self._price, reason=text), "reason")

    def _on_approver(self, text: str) -> None:
        self.changed.emit(replace(self._price, approved_by=text), "approved_by")

    def _on_removed(self) -> None:
        self.changed.emit(None, "")


class WorkRow(QWidget):
    """Shows one ``WorkEntry``. ``changed`` carries the new entry and the field it was changed in."""

    changed = Signal(object, str)
    removed = Signal()

    def __init__(self, rules: VisitRules, path: str, board: ProblemBoard) -> None:
        super().__init__()
        self._rules, self._path, self._board = rules, path, board
        self._items = {item.code: item for item in menu_of(rules)}
        self._order = {code: place for place, code in enumerate(self._items)}
        self._entry = WorkEntry()
        self._icon = Picture("wrench")
        self._name = Label("", "body", wrap=True)
        self._devices = NumberStepper(_("台"), 1, _MOST_DEVICES, ems=_DEVICES_EMS)
        self._error = ErrorLine(self._devices)
        self._more = IconButton("ellipsis", _("同じ機器への作業、名前、個別見積"))
        self._remove = IconButton("x", _("この作業を取り除く"))
        self._label = TextField(_("機器の名前"))
        self._volume = TextField(ems=_VOLUME_EMS)
        self._backup = Check(_("バックアップあり"))
        self._apps = NumberStepper(_("アプリ"), 1, _MOST_DEVICES, ems=10.4)
        self._by_hand = _ByHand(f"{path}.by_hand", board)
        self._ask_by_hand = LinkButton(_("個別見積の単価を入れる"), "pen-line")
        self._naming = False
        self._fitted: tuple[str, bool, bool, int] | None = None
        self._size_buttons: list[Button] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        s = theme.size
        self._devices.edit.setAccessibleName(_("台数"))
        self._label.edit.setAccessibleName(_("機器の名前"))
        self._label.setToolTip(_("例：PC、スマホ、受付の2台"))
        self._volume.edit.setAccessibleName(_("1台あたりの容量（GB）"))
        self._volume.setToolTip(_("1台あたりの容量（GB）"))
        self._volume.edit.setAlignment(RIGHT)
        self._volume.box.addWidget(Label("GB", "caption", "text2"))
        self._volume.box.setSpacing(s.hairline)
        self._volume.box.setContentsMargins(s.icon_gap, 0, s.icon_gap, 0)
        self._sizes = row(None, gap="xs")
        for size in self._rules.migration.classes if self._rules.migration else ():
            button = Button(_volume_words(size.up_to_gb), small=True)
            button.setAccessibleName(say(size.name))
            button.setProperty("gb", size.up_to_gb)
            button.clicked.connect(self._on_size)
            self._sizes.addWidget(button)
            self._size_buttons.append(button)
        self._size_row = QWidget()
        self._size_row.setLayout(self._sizes)
        self._sizes.setContentsMargins(0, 0, 0, 0)
        self._apps_field = RowField(_("1台あたりのアプリ"), self._apps)
        for name, field in (
            ("devices", Beside(self._devices, self._error)),
            ("menu", self._error),
            ("migrate_gb", Beside(self._volume, self._error)),
            ("apps", self._apps_field),
            ("label", Beside(self._label, self._error)),
        ):
            self._board.add(f"{self._path}.{name}", field)
        self._board.add(self._path, self._error)
        inner = QVBoxLayout()
        inner.setContentsMargins(s.icon + s.xs, 0, 0, 0)
        inner.setSpacing(s.xs)
        for widget in (
            self._error,
            self._ask_by_hand,
            self._size_row,
            self._backup,
            self._apps_field,
            self._by_hand,
        ):
            inner.addWidget(widget)
        self._picture = column(self._icon, None)
        named = row(self._picture, self._name, gap="xs")
        named.setStretch(1, 1)
        self._controls = row(self._label, self._volume, self._devices, self._more, self._remove, gap="xs")
        self._controls.insertStretch(0, 1)
        self._controls.setStretchFactor(self._label, 100)  # where it is shown it takes all the room
        for button in (self._more, self._remove):
            button.setFixedWidth(s.xl)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(s.xs)
        self._head.addLayout(named, 1)
        self._head.addLayout(self._controls)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.hairline)
        box.addLayout(self._head)
        box.addLayout(inner)
        box.addWidget(rule())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Name and controls on one line where there is room; else the name has a line of its own."""
        s = theme.size
        named = self._label.isVisibleTo(self)
        facts = (self._name.words(), named, self._volume.isVisibleTo(self), self.width())
        if facts == self._fitted:
            return
        self._fitted = facts
        name = width_of(self._name.words(), "body") + s.icon + 2 * s.xs
        beside = not named and name + self._controls.sizeHint().width() <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._head.direction() != wanted:
            self._head.setDirection(wanted)
        self._controls.setContentsMargins(0 if beside else s.icon + s.xs, 0, 0, 0)
        # At the middle of the controls, or at the height of the first of several lines.
        self._picture.setContentsMargins(0, (s.control - s.icon) // 2 if beside else 2 * s.hairline, 0, 0)

    def _connect(self) -> None:
        self._devices.value_changed.connect(self._on_devices)
        self._more.clicked.connect(self._open_menu)
        self._remove.clicked.connect(self.removed)
        self._label.edited.connect(self._on_label)
        self._volume.edited.connect(self._on_volume)
        self._backup.toggled.connect(self._on_backup)
        self._apps.value_changed.connect(self._on_apps)
        self._by_hand.changed.connect(self._on_by_hand)
        self._ask_by_hand.clicked.connect(self._start_by_hand)

    # --- showing ----------------------------------------------------------------------------------

    def show_entry(self, entry: WorkEntry, *, unpriced: bool) -> None:
        """Show what is typed. ``unpriced``: the list has no price for so many devices."""
        self._entry = entry
        items = [self._items[code] for code in entry.menu if code in self._items]
        names = _("・").join(say(item.name) for item in items) or _("作業が選ばれていません")
        self._name.set_text(names)
        self._icon.set_icon(work_icon(items[0] if len(items) == 1 else None))
        show_number(self._devices, entry.devices)
        moves = any(is_migration(item) for item in items)
        self._volume.set_text(entry.migrate_gb or "")
        for button in self._size_buttons:
            button.set_on(button.property("gb") == entry.migrate_gb)
        self._backup.setChecked(entry.backup)
        show_number(self._apps, entry.apps)
        self._label.set_text(entry.label)
        self._label.setVisible(bool(entry.label) or self._naming)
        self._volume.setVisible(moves)
        self._size_row.setVisible(moves and not entry.migrate_gb)
        self._backup.setVisible(any(item.free == "with-backup" for item in items))
        self._apps_field.setVisible(any(item.per == "app" for item in items))
        self._by_hand.setVisible(entry.by_hand is not None)
        if entry.by_hand is not None:
            self._by_hand.show_price(entry.by_hand)
        self._ask_by_hand.setVisible(unpriced and entry.by_hand is None)
        self._fit()

    def start(self) -> None:
        """Begin with what has to be typed: the volume of a migration, else the number of devices."""
        if self._volume.isVisibleTo(self):
            self._volume.setFocus()
        else:
            self._devices.setFocus()
            self._devices.edit.selectAll()

    # --- editing ----------------------------------------------------------------------------------

    def _tell(self, field: str, **changes: object) -> None:
        self.changed.emit(replace(self._entry, **changes), field)

    def _on_devices(self, _value: object) -> None:
        value, problem = number_in(self._devices, f"{self._path}.devices")
        self._board.set_unreadable(f"{self._path}.devices", problem)
        self._tell("devices", devices=value if value is not None else 0)

    def _on_apps(self, _value: object) -> None:
        value, problem = number_in(self._apps, f"{self._path}.apps")
        self._board.set_unreadable(f"{self._path}.apps", problem)
        self._tell("apps", apps=value if value is not None else 0)

    def _on_label(self, text: str) -> None:
        self._tell("label", label=text)

    def _on_volume(self, text: str) -> None:
        import unicodedata

        plain = unicodedata.normalize("NFKC", text).strip()
        self._tell("migrate_gb", migrate_gb=plain or None)

    def _on_size(self) -> None:
        button = self.sender()
        size = button.property("gb") if button is not None else ""
        self._devices.setFocus()  # the buttons go once there is a volume
        self._tell("migrate_gb", migrate_gb=str(size))

    def _on_backup(self, on: bool) -> None:
        self._tell("backup", backup=on)

    def _on_by_hand(self, price: HandPrice | None, field: str) -> None:
        self._tell(f"by_hand.{field}", by_hand=price)

    def _start_by_hand(self) -> None:
        self._tell("by_hand", by_hand=HandPrice(unit_price=0))
        self._by_hand.start()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for code, item in self._items.items():
            action = QAction(say(item.name), menu)
            action.setCheckable(True)
            action.setChecked(code in self._entry.menu)
            action.setData(code)
            action.triggered.connect(self._on_toggled)
            menu.addAction(action)
        menu.addSeparator()
        name = QAction(_("機器の名前を付ける"), menu)
        name.triggered.connect(self._on_naming)
        menu.addAction(name)
        if self._volume.isVisibleTo(self):
            by_hand = QAction(_("個別見積の単価を入れる"), menu)
            by_hand.triggered.connect(self._start_by_hand)
            menu.addAction(by_hand)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _on_toggled(self) -> None:
        action = self.sender()
        code = action.data() if isinstance(action, QAction) else None
        if code:
            menu = edits.toggled(self._entry.menu, code, self._order)
            moves = any(is_migration(self._items[one]) for one in menu if one in self._items)
            changes = {} if moves else {"migrate_gb": None, "by_hand": None, "backup": False}
            self._tell("menu", menu=menu, **changes)

    def _on_naming(self) -> None:
        self._naming = True
        self._label.show()
        self._fit()
        self._label.setFocus()


def _volume_words(gigabytes: str) -> str:
    """``4.7GB``, ``50GB``, ``4TB``."""
    return f"{gigabytes[:-3]}TB" if gigabytes.endswith("000") else f"{gigabytes}GB"
