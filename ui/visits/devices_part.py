"""The devices of a request in one frame, with the line that adds another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from app.errors import Problem
from app.visit.order import Device
from app.words import _
from ui import icons
from ui.qt import ShortcutScope
from ui.quotes.form_rows import ErrorLine, LinkButton
from ui.theme import theme
from ui.visits.device_row import DeviceRow
from ui.visits.words import DEVICE_KINDS, device_kind, with_clause
from ui.visits.words import told as told_words
from ui.widgets.layout import rule

if TYPE_CHECKING:
    from app.tariff.model import MenuItem

_USUAL = {"phone": ("wifi-setup",), "tablet": ("wifi-setup",), "printer": ("printer-setup",)}


class DevicesPart(QFrame):
    """``changed`` carries all devices; ``unreadable`` the path of a field and its problem, or None;
    ``grown``: there are more fields than before.
    """

    changed = Signal(object)
    unreadable = Signal(str, object)
    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.devices: tuple[Device, ...] = ()
        self._items: tuple[MenuItem, ...] = ()
        self._names: Mapping[str, str] = {}
        self.rows: list[DeviceRow] = []
        self.setProperty("edge", "box")
        self.setProperty("surface", "panel")
        self.add = LinkButton(_("機器を追加"), key="Alt+A")
        self.error = ErrorLine(self.add)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        s = theme.size
        foot = QVBoxLayout()
        foot.setContentsMargins(s.s, s.hairline, s.s, s.hairline)
        foot.addWidget(self.add)
        foot.addWidget(self.error)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addLayout(self._column)
        whole.addLayout(foot)
        self.add.clicked.connect(self.open_menu)
        shortcut = QShortcut(QKeySequence("Alt+A"), self)
        shortcut.setContext(ShortcutScope.WindowShortcut)
        shortcut.activated.connect(self.open_menu)

    def use_menu(self, items: Sequence[MenuItem], names: Mapping[str, str]) -> None:
        """The work somebody can choose from: that of the service."""
        if tuple(items) != self._items:
            self._items, self._names = tuple(items), names
            self._remove_rows(0)
            self.show_devices(self.devices)

    def show_devices(self, devices: Sequence[Device]) -> None:
        """Show devices; rows that are open stay open."""
        self.devices = tuple(devices)
        while len(self.rows) < len(self.devices):
            made = DeviceRow(self._items, self._names)
            made.changed.connect(self._on_changed)
            made.unreadable.connect(self._on_unreadable)
            made.removed.connect(self._on_removed)
            made.made.connect(self.grown)
            self.rows.append(made)
            holder = QWidget()
            box = QVBoxLayout(holder)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
            box.addWidget(made)
            box.addWidget(rule())
            self._column.addWidget(holder)
            self.grown.emit()
        self._remove_rows(len(self.devices))
        for one, device in zip(self.rows, self.devices, strict=True):
            one.show_device(device)

    def _remove_rows(self, count: int) -> None:
        while len(self.rows) > count:
            self.rows.pop()
            item = self._column.takeAt(len(self.rows))
            holder = item.widget() if item is not None else None
            if holder is not None:
                holder.hide()
                holder.deleteLater()

    def tell(self, problems: Sequence[Problem]) -> list[Problem]:
        """Put problems under their fields; gives those that belong to no device."""
        told: dict[int, dict[str, list[str]]] = {}
        left, own = [], []
        unpriced: dict[int, str] = {}
        for problem in problems:
            head, _dot, rest = problem.field.partition(".")
            if head != "devices":
                left.append(problem)
                continue
            number, _dot, name = rest.partition(".")
            if number.isdigit() and int(number) < len(self.rows):
                quote = problem.code == "individual-quote"  # what to do stands beside its fields
                words = problem.what if quote else told_words(problem)
                told.setdefault(int(number), {}).setdefault(name, []).append(words)
                if quote:
                    unpriced[int(number)] = with_clause(f"{problem.why}{problem.remedy}", problem.clause)
                if name in {"", "menu"}:
                    own.append(told_words(problem))
            else:
                own.append(told_words(problem))
        for place, one in enumerate(self.rows):
            texts = {name: "\n".join(found) for name, found in told.get(place, {}).items()}
            one.tell(texts, unpriced=unpriced.get(place, ""))
        self.error.set_error("\n".join(own))
        return left

    # --- editing --------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Which device (Alt+A)."""
        menu = QMenu(self)
        for code in DEVICE_KINDS:
            icon, word = device_kind(code)
            action = QAction(icons.icon(icon), word, menu)
            action.setData(code)
            action.triggered.connect(self._on_kind)
            menu.addAction(action)
        menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _on_kind(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.add_device(action.data())

    def add_device(self, kind: str) -> None:
        """One more device, its row open."""
        codes = {item.code for item in self._items}
        menu = tuple(code for code in _USUAL.get(kind, ()) if code in codes)
        self._put((*self.devices, Device(kind=kind, menu=menu)))  # type: ignore[arg-type]
        for one in self.rows[:-1]:
            one.set_open(False)
        self.rows[-1].start()

    def _put(self, devices: tuple[Device, ...]) -> None:
        self.show_devices(devices)
        self.changed.emit(self.devices)

    def _place_of(self, sender: object) -> int:
        return next(place for place, one in enumerate(self.rows) if one is sender)

    def _on_changed(self, device: Device) -> None:
        place = self._place_of(self.sender())
        self._put((*self.devices[:place], device, *self.devices[place + 1 :]))

    def _on_unreadable(self, name: str, problem: Problem | None) -> None:
        self.unreadable.emit(f"devices.{self._place_of(self.sender())}.{name}", problem)

    def _on_removed(self) -> None:
        place = self._place_of(self.sender())
        kept = [row.device for number, row in enumerate(self.rows) if number != place]
        self._remove_rows(0)  # what can't be read goes with its row
        for number in range(len(kept) + 1):
            for name in ("count", "apps", "data_gb"):
                self.unreadable.emit(f"devices.{number}.{name}", None)
        self._put(tuple(kept))
        self.add.setFocus()
