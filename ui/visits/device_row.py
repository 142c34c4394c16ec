"""A device and what is done on it: a line with chips that opens to its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QVBoxLayout, QWidget

from app.errors import Problem, UserError
from app.visit.minutes import APPS
from app.visit.order import Device, PriceByHand
from app.visit.volume import read_volume, volume_text, volume_words
from app.words import _, pgettext
from ui import icons
from ui.qt import LEFT, Focus, Key, Policy
from ui.theme import theme
from ui.visits.words import DEVICE_KINDS, WORK_ICONS, device_kind, short_work
from ui.widgets.button import Button
from ui.widgets.choices import Check, Choice
from ui.widgets.entries import MoneyField, TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.number import NumberStepper
from ui.widgets.paint import box, chip, chip_width, width_of, words
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.tariff.model import MenuItem

_MIGRATION = "data-migration"
_MOST = 999
_LONGEST_TITLE = 10  # ems; a longer one is cut


class _Summary(QAbstractButton):
    """Icon, kind and number, and what is done as chips that break over lines."""

    def __init__(self) -> None:
        super().__init__()
        self.device = Device()
        self._chips: list[tuple[str, str]] = []
        self.wrong = False
        self.setFocusPolicy(Focus.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)

    def show_device(self, device: Device, names: Mapping[str, str], *, wrong: bool) -> None:
        """Show a device."""
        self.device, self.wrong = device, wrong
        self._chips = [(WORK_ICONS.get(code, "wrench"), self._chip(code, names)) for code in device.menu]
        self.setAccessibleName(" ".join([self.title(), *(text for _icon, text in self._chips)]))
        self._fit()
        self.update()

    def _chip(self, code: str, names: Mapping[str, str]) -> str:
        name = short_work(code, names.get(code, code))
        if code != _MIGRATION:
            if self.device.apps > 1 and code in APPS:
                return _("{name} {count}アプリ").format(name=name, count=self.device.apps)
            return name
        from app.money import exact

        try:
            volume = volume_words(exact(self.device.data_gb)) if self.device.data_gb else _("容量未入力")
        except ValueError:
            volume = _("容量未入力")
        text = _("移行 {volume}").format(volume=volume)
        return _("{text}・バックアップあり").format(text=text) if self.device.backup else text

    def title(self) -> str:
        """``PC 3台``; work that belongs to no device goes by what it was called."""
        if self.device.kind == "other":
            named = self.device.name or pgettext("device", "機器以外")
            return _("{name} {count}件").format(name=named, count=self.device.count)
        kind = device_kind(self.device.kind)[1]
        count = _("{name} {count}台").format(name=kind, count=self.device.count)
        return f"{count}（{self.device.name}）" if self.device.name else count

    def _title_width(self) -> int:
        """As wide as the title is, up to a limit."""
        return min(width_of(self.title(), "body"), theme.ems(_LONGEST_TITLE))

    def _places(self) -> list[QRect]:
        s = theme.size
        left = max(s.icon + s.m + theme.ems(5.2), 2 * s.s + s.icon + self._title_width() + s.xs)
        right = self.width() - s.icon - s.m
        x, y, found = left, s.s, []
        gap = s.icon_gap
        for _icon, text in self._chips:
            wide = min(chip_width(text), right - left)
            if x + wide > right + s.s and x > left:
                x, y = left, y + s.chip + s.xs + 1
            found.append(QRect(x, y, wide, s.chip))
            x += wide + gap
        return found

    def _fit(self) -> None:
        places = self._places()
        bottom = places[-1].bottom() if places else theme.size.s + theme.size.chip
        self.setFixedHeight(bottom + theme.size.s + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_Return, Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        middle = s.s + s.chip // 2
        tone = "danger" if self.wrong else "text"
        icon = device_kind(self.device.kind)[0]
        icons.draw(painter, icon, s.s, middle - s.icon // 2, tone, s.icon)
        area = QRect(s.s + s.icon + s.s, s.s, self._title_width(), s.chip)
        words(painter, area, self.title(), "body", tone, LEFT)
        for (name, text), rect in zip(self._chips, self._places(), strict=True):
            chip(painter, QPoint(rect.left(), rect.center().y()), name, text, "accent", square=True)
        x = self.width() - s.icon - s.s
        mark = "chevron-up" if self.isChecked() else "ellipsis"
        icons.draw(painter, mark, x, middle - s.icon // 2, "text2", s.icon)
        if self.hasFocus():
            box(painter, self.rect().adjusted(1, 1, -1, -1), None, theme.colour("accent"), width=s.focus)


class DeviceRow(QWidget):
    """Shows one ``Device``. ``changed`` carries the new one; ``unreadable`` the name of a field and its
    problem (None: it can be read); ``removed`` asks to take the row away; ``made``: it has its fields now.
    """

    changed = Signal(object)
    unreadable = Signal(str, object)
    removed = Signal()
    made = Signal()

    def __init__(self, items: tuple[MenuItem, ...], names: Mapping[str, str]) -> None:
        super().__init__()
        self._items, self._names = items, names
        self.device = Device()
        self._filled = False
        self.summary = _Summary()
        self.summary.setCheckable(True)
        self.summary.toggled.connect(self.set_open)
        self.editor: QWidget | None = None
        self._told: dict[str, str] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.summary)

    # --- showing --------------------------------------------------------------------------------------

    def show_device(self, device: Device) -> None:
        """Show a device; what somebody is typing stays."""
        self.device = device
        self.summary.show_device(device, self._names, wrong=bool(self._told))
        if self.editor is not None:
            self._show_fields()

    def set_open(self, now: bool) -> None:
        """Open its fields, or fold them."""
        if self.summary.isChecked() != now:
            self.summary.setChecked(now)
            return
        if now and self.editor is None:
            self._make()
        if self.editor is not None:
            self.editor.setVisible(now)
        self.summary.update()

    def start(self) -> None:
        """Open it and go where typing begins."""
        self.set_open(True)
        self.count.setFocus()
        self.count.edit.selectAll()

    def tell(self, problems: Mapping[str, str], *, unpriced: str = "") -> None:
        """What is wrong, by the field's name; "" is about the device. ``unpriced``: the list has no price for
        it, how to come to one.
        """
        self._told = dict(problems)
        self.summary.show_device(self.device, self._names, wrong=bool(problems))
        if problems and self.editor is None and any(name in {"data_gb", "count"} for name in problems):
            self.set_open(True)
        if self.editor is None:
            return
        known = {"count": self.count_field, "data_gb": self.volume_field, "menu": self.menu_field}
        known |= {"by_hand": self.by_hand_field, "apps": self.apps_field}
        for name, field in known.items():
            told = [text for path, text in problems.items() if path.split(".")[0] == name]
            field.set_error("\n".join(told))
        self.unpriced.set_text(unpriced)
        self.unpriced.setVisible(bool(unpriced))
        if unpriced or any(path.split(".")[0] == "by_hand" for path in problems):
            self.by_hand_box.show()
        elif self.device.by_hand is None and self.unit_price.value() is None:
            self.by_hand_box.hide()

    # --- the fields -----------------------------------------------------------------------------------

    def _make(self) -> None:
        s = theme.size
        self.editor = QWidget(self)
        self.kind = Choice([(code, device_kind(code)[1]) for code in DEVICE_KINDS])
        self.count = NumberStepper(_("台"), 1, _MOST, ems=8.4)
        self.name, self.place, self.os = (
            TextField(_("例：受付PC")),
            TextField(_("例：2階")),
            TextField("Windows 11"),
        )
        self.volume, self.backup = TextField(_("例：50GB")), Check(_("バックアップあり"))
        self.apps = NumberStepper(_("アプリ"), 1, _MOST, ems=9.4)
        self.count_field = Field(pgettext("field", "台数"), self.count)
        self.volume_field = Field(_("1台あたりの容量"), self.volume)
        self.apps_field = Field(_("1台あたりのアプリ"), self.apps)
        self.menu_field = Field(_("作業"), self._make_menu())
        self.migration = QWidget()
        self.migration.setLayout(row(self.volume_field, self.backup))
        self._make_by_hand()
        remove = Button(_("この機器を外す"), "trash-2", kind="quiet", small=True)
        remove.clicked.connect(self.removed)
        column = QVBoxLayout(self.editor)
        column.setContentsMargins(s.m, 0, s.m, s.m)
        column.setSpacing(s.s)
        column.addLayout(row(Field(pgettext("field", "機器"), self.kind), self.count_field))
        column.addWidget(self.menu_field)
        column.addWidget(self.migration)
        column.addWidget(self.apps_field)
        named = row(Field(_("名前"), self.name), Field(_("場所"), self.place), Field("OS", self.os))
        column.addLayout(named)
        column.addWidget(self.by_hand_box)
        column.addLayout(row(None, remove))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.editor)
        for code, check in self.checks.items():  # the head names the first of them else
            check.setAccessibleName(short_work(code, self._names.get(code, code)))
        self._show_fields()
        self._connect()
        self.made.emit()

    def _make_menu(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.size.xs)
        self.checks: dict[str, Check] = {}
        for number, item in enumerate(self._items):
            check = Check(short_work(item.code, self._names.get(item.code, item.code)))
            check.setProperty("code", item.code)
            check.toggled.connect(self._on_menu)
            check.setToolTip(self._names.get(item.code, ""))
            grid.addWidget(check, number // 2, number % 2)
            self.checks[item.code] = check
        holder.setFocusProxy(next(iter(self.checks.values())))
        return holder

    def _make_by_hand(self) -> None:
        self.unit_price, self.reason = MoneyField(), TextField(_("例：提供会社の見積 第123号"))
        self.approver = TextField(_("承認した人"))
        self.by_hand_field = Field(_("個別見積の単価（税抜・1台）"), self.unit_price)
        self.by_hand_box = QWidget()
        column = QVBoxLayout(self.by_hand_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.size.s)
        self.unpriced = Label("", "caption", "danger", wrap=True)
        column.addWidget(self.unpriced)
        column.addLayout(row(self.by_hand_field, Field(_("承認者"), self.approver)))
        column.addWidget(Field(_("理由"), self.reason))

    def _connect(self) -> None:
        self.kind.chosen.connect(self._on_kind)
        self.count.value_changed.connect(self._on_count)
        self.apps.value_changed.connect(self._on_apps)
        self.volume.edited.connect(self._on_volume)
        self.volume.finished.connect(self._on_volume_left)
        self.backup.toggled.connect(self._on_backup)
        for field in (self.name, self.place, self.os):
            field.edited.connect(self._on_text)
        self.unit_price.value_changed.connect(self._on_by_hand)
        self.reason.edited.connect(self._on_by_hand)
        self.approver.edited.connect(self._on_by_hand)

    def _show_fields(self) -> None:
        device = self.device
        self._filled = False
        self.kind.set_value(device.kind)
        if self.count.value() != device.count and not self.count.edit.hasFocus():
            self.count.set_value(device.count)
        if self.apps.value() != device.apps and not self.apps.edit.hasFocus():
            self.apps.set_value(device.apps)
        for field, text in ((self.name, device.name), (self.place, device.place), (self.os, device.os)):
            if field.text() != text:
                field.set_text(text)
        for code, check in self.checks.items():
            check.setChecked(code in device.menu)
        if device.data_gb and not self.volume.text():
            from app.money import exact

            self.volume.set_text(volume_words(exact(device.data_gb)))
        self.backup.setChecked(device.backup)
        if device.by_hand is not None and self.unit_price.value() != device.by_hand.unit_price:
            self.unit_price.set_value(device.by_hand.unit_price)
            self.reason.set_text(device.by_hand.reason)
            self.approver.set_text(device.by_hand.approved_by)
        moves = _MIGRATION in device.menu
        self.migration.setVisible(moves)
        self.apps_field.setVisible(any(code in APPS for code in device.menu))
        self.by_hand_box.setVisible(device.by_hand is not None)
        self._filled = True

    # --- editing --------------------------------------------------------------------------------------

    def _put(self, **changes: object) -> None:
        if self._filled:
            self.changed.emit(replace(self.device, **changes))

    def _on_kind(self, kind: str) -> None:
        self._put(kind=kind)

    def _on_count(self, value: int | None) -> None:
        if not self._filled:
            return
        self.unreadable.emit("count", _no_number(pgettext("field", "台数")) if value is None else None)
        self._put(count=value if value is not None else 0)

    def _on_apps(self, value: int | None) -> None:
        if not self._filled:
            return
        self.unreadable.emit("apps", _no_number(_("アプリの数")) if value is None else None)
        self._put(apps=value if value is not None else 1)

    def _on_menu(self, _on: bool) -> None:
        menu = tuple(code for code, check in self.checks.items() if check.isChecked())
        if self._filled and menu != self.device.menu:
            changes: dict[str, object] = {"menu": menu}
            if _MIGRATION not in menu:
                changes |= {"data_gb": None, "backup": False, "by_hand": None}
                self.unreadable.emit("data_gb", None)
            self._put(**changes)
            if _MIGRATION in menu and not self.device.data_gb:
                self._on_volume(self.volume.text())  # what was typed before it was taken off counts again

    def _on_volume(self, text: str) -> None:
        try:
            volume = volume_text(read_volume(text)) if text.strip() else None
        except UserError as error:
            self.unreadable.emit("data_gb", error.problems[0])
            self._put(data_gb=None)
            return
        self.unreadable.emit("data_gb", None)
        self._put(data_gb=volume)

    def _on_volume_left(self) -> None:
        """``50gb`` is written as everybody reads it."""
        if self.device.data_gb:
            from app.money import exact

            self.volume.set_text(volume_words(exact(self.device.data_gb)))

    def _on_backup(self, on: bool) -> None:
        if on != self.device.backup:
            self._put(backup=on)

    def _on_text(self, _text: str) -> None:
        self._put(name=self.name.text(), place=self.place.text(), os=self.os.text())

    def _on_by_hand(self, _value: object) -> None:
        price = self.unit_price.value()
        if price is None:
            self._put(by_hand=None)
            return
        self._put(
            by_hand=PriceByHand(unit_price=price, reason=self.reason.text(), approved_by=self.approver.text())
        )


def _no_number(what: str) -> Problem:
    return Problem(
        "bad-input",
        _("{what}が数として読めません。").format(what=what),
        remedy=_("1以上の数字で入力してください。"),
    )
