"""A day: typed in any usual way, moved by the arrow keys, or picked in a calendar."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout

from app.date_reading import read_date
from app.days import corresponding_day, date_words, era_date_words
from app.words import _
from ui.qt import Key, Mod, Widget, Window
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.frame import FramedControl


class _Calendar(QFrame):
    """The calendar below the field. Sundays and holidays stand in red, their names in the tool tip."""

    picked = Signal(object)

    def __init__(self, field: DateField) -> None:
        super().__init__(field, Window.Popup)
        self.setObjectName("popup")
        self.setAttribute(Widget.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale())
        self.calendar.setGridVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(_("カレンダー"))
        box = QVBoxLayout(self)
        s = theme.size
        box.setContentsMargins(s.xs, s.xs, s.xs, s.xs)
        box.addWidget(self.calendar)
        self._colour_week()
        self.calendar.currentPageChanged.connect(self._on_page)
        self.calendar.activated.connect(self._on_activated)
        self.calendar.clicked.connect(self._on_activated)

    def show_day(self, day: date) -> None:
        """Open at a day."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._on_page(day.year, day.month)

    def _colour_week(self) -> None:
        from PySide6.QtCore import Qt

        plain = QTextCharFormat()
        plain.setForeground(theme.colour("text"))
        red = QTextCharFormat()
        red.setForeground(theme.colour("danger"))
        for number in range(1, 8):
            weekday = Qt.DayOfWeek(number)
            self.calendar.setWeekdayTextFormat(weekday, red if number == 7 else plain)

    def _on_page(self, year: int, month: int) -> None:
        from app.days import days_of_month, holiday_words

        for number in range(1, days_of_month(year, month) + 1):
            name = holiday_words(date(year, month, number))
            if name:
                form = QTextCharFormat()
                form.setForeground(theme.colour("danger"))
                form.setToolTip(name)
                self.calendar.setDateTextFormat(QDate(year, month, number), form)

    def _on_activated(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()


class DateField(FramedControl):
    """A day. `day_changed` carries a date, or None when the field is empty or holds no day.

    Shows `2026年12月10日（木）` (or 令和 with `wareki=True`); typing takes what `read_date` takes. ↑ ↓ move
    a day, PageUp and
    PageDown a month, Alt+↓ opens the calendar.
    """

    MARK_INSIDE = False

    day_changed = Signal(object)

    def __init__(
        self, today: date, day: date | None = None, *, wareki: bool = False, placeholder: str = ""
    ) -> None:
        super().__init__()
        self._today = today
        self._day: date | None = None
        self._wareki = wareki
        self._popup: _Calendar | None = None
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(60)
        self._open = IconButton("calendar", _("カレンダーを開く"))
        self._open.setFocusPolicy(self._open.focusPolicy().NoFocus)
        self.box.setContentsMargins(theme.size.field_pad, 0, theme.size.xs // 2, 0)
        self.box.setSpacing(theme.size.xs)
        self.box.addWidget(self._open)
        self._open.clicked.connect(self.open_calendar)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._on_left)
        self.set_day(day)

    def day(self) -> date | None:
        """The day, or None when there is none."""
        return self._day

    @property
    def today(self) -> date:
        """The day that what is typed is read from."""
        return self._today

    def text(self) -> str:
        """What stands there, readable or not."""
        return self.edit.text().strip()

    @property
    def readable(self) -> bool:
        """False when something was typed that is no day."""
        return self._day is not None or not self.text()

    def set_day(self, day: date | None) -> None:
        """Show a day; not an edit."""
        self._day = day
        text = self._words(day)
        if text != self.edit.text():
            self.edit.setText(text)
            self.edit.setCursorPosition(0)

    def _words(self, day: date | None) -> str:
        if day is None:
            return ""
        return era_date_words(day) if self._wareki else date_words(day)

    def _on_edited(self, text: str) -> None:
        self._take(read_date(text, self._today))

    def _take(self, day: date | None) -> None:
        if day != self._day:
            self._day = day
            self.day_changed.emit(day)

    def _on_left(self) -> None:
        if self._day is not None:
            self.set_day(self._day)

    def _move(self, day: date) -> None:
        self.set_day(day)
        self.edit.selectAll()
        self.day_changed.emit(day)

    def open_calendar(self) -> None:
        """Show the calendar below the field."""
        if self._popup is not None:
            return
        self._popup = _Calendar(self)
        self._popup.picked.connect(self._on_picked)
        self._popup.destroyed.connect(self._on_popup_gone)
        self._popup.show_day(self._day or self._today)
        self._popup.adjustSize()
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        self._popup.calendar.setFocus()

    def _on_picked(self, day: date) -> None:
        self._move(day)
        self.edit.setFocus()

    def _on_popup_gone(self) -> None:
        self._popup = None

    def take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Key.Key_Down and event.modifiers() & Mod.AltModifier:
            self.open_calendar()
            return True
        moved = self._moved(key)
        if moved is None:
            return False
        self._move(moved)
        return True

    def _moved(self, key: int) -> date | None:
        start = self._day or self._today
        try:
            if key in {Key.Key_Up, Key.Key_Down}:
                return start + timedelta(days=1 if key == Key.Key_Up else -1)
            if key in {Key.Key_PageUp, Key.Key_PageDown}:
                return corresponding_day(start, 1 if key == Key.Key_PageUp else -1)
        except (OverflowError, ValueError):
            return start
        return None

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
