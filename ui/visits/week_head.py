"""The head of the week: where one is in time, week or day, what is filtered, and taking a request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.days import weekday_words
from app.words import _, pgettext
from ui.theme import theme
from ui.visits.week_facts import WEEK, WeekFilter
from ui.visits.words import STATE_ORDER, area_words, nobody, state_words
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import FilterChip
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField
from ui.widgets.layout import on_surface
from ui.widgets.text import ElidedLabel, Label


class WeekHead(QWidget):
    """``stepped`` carries −1 or 1, ``day_wanted`` a date, ``span_chosen`` 7 or 1, ``filter_changed`` a
    WeekFilter.
    """

    stepped = Signal(int)
    today_wanted = Signal()
    day_wanted = Signal(object)
    span_chosen = Signal(object)
    filter_changed = Signal(object)
    fold_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        s = theme.size
        on_surface(self, "panel")
        self.filter = WeekFilter()
        self.title = Label(pgettext("place", "訪問"), "title")
        self.previous = IconButton("chevron-left", _("前へ（Ctrl+←）"))
        self.today = Button(_("今日"))
        self.today.setToolTip(_("今日へ（Ctrl+Home）"))
        self.next = IconButton("chevron-right", _("次へ（Ctrl+→）"))
        self.days = Label("", "body-bold")
        self.count = ElidedLabel("", "caption", "text2")
        self.day = DateField(today, placeholder=_("日付へ"))
        self.day.setFixedWidth(theme.ems(10))
        self.day.edit.setAccessibleName(_("日付へ移る（Ctrl+G）"))
        self.day.setToolTip(_("日付へ移る（Ctrl+G）"))
        self.day.hide()
        self.jump = IconButton("calendar-days", _("日付へ移る（Ctrl+G）"))
        self.span = Segments([(WEEK, _("週")), (1, _("日"))], WEEK)
        self.span.setFixedWidth(theme.ems(8.6))
        self.area = FilterChip(
            _("エリア"), [("west", area_words("west")), ("east", area_words("east"))], several=False
        )
        self.technicians = FilterChip(_("担当"), [])
        self.states = FilterChip(_("状態"), [(one, state_words(one)[1]) for one in STATE_ORDER])
        self.fold = IconButton("chevrons-up-down", _("技術者をたたむ、ひらく"))
        self.new = Button(_("訪問の受付"), "plus", kind="filled")
        self.new.setToolTip(_("訪問を受け付ける（Ctrl+Shift+V）"))
        self.tools = QHBoxLayout()  # what others offer for the days shown: papers, the calendar file
        self.tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setSpacing(s.xs)
        self._more = QWidget()
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(s.s)
        more.addWidget(self.span)
        more.addLayout(self.tools)
        self.chips = QWidget()
        chips = QHBoxLayout(self.chips)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(s.xs)
        for chip in (self.area, self.technicians, self.states, self.fold):
            chips.addWidget(chip)
        first = self._upper = QHBoxLayout()
        first.setContentsMargins(s.l, 0, s.l, 0)
        first.setSpacing(s.s)
        for part in (self.title, self.previous, self.today, self.next, self.jump, self.day):
            first.addWidget(part)
        first.addWidget(self.days)
        first.addWidget(self.count, 1)
        first.addWidget(self.chips)
        first.addWidget(self._more)
        first.addWidget(self.new)
        holder = QWidget()
        holder.setFixedHeight(s.page_head)
        holder.setLayout(first)
        self._lower_row = QWidget()
        second = self._lower = QHBoxLayout(self._lower_row)
        second.setContentsMargins(s.l, 0, s.l, s.s)
        second.addStretch(1)
        self._lower_row.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(holder)
        layout.addWidget(self._lower_row)
        self._connect()

    def _connect(self) -> None:
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self.today.clicked.connect(self.today_wanted)
        self.jump.clicked.connect(self.ask_day)
        self.day.day_changed.connect(self._on_day)
        self.span.chosen.connect(self.span_chosen)
        self.fold.clicked.connect(self.fold_wanted)
        self.new.clicked.connect(self._on_new)
        for chip in (self.area, self.technicians, self.states):
            chip.chosen.connect(self._on_filter)

    def _on_previous(self) -> None:
        self.stepped.emit(-1)

    def _on_next(self) -> None:
        self.stepped.emit(1)

    def _on_new(self) -> None:
        self.new_wanted.emit()

    def ask_day(self) -> None:
        """Show the field in which a day is typed."""
        self.day.show()
        self.day.setFocus()

    def _on_day(self, day: date | None) -> None:
        if day is not None:
            self.day_wanted.emit(day)

    def _on_filter(self, _values: object) -> None:
        areas = self.area.values()
        self.filter = WeekFilter(areas[0] if areas else "", self.technicians.values(), self.states.values())
        self.filter_changed.emit(self.filter)

    def use_technicians(self, technicians: Sequence[tuple[str, str]]) -> None:
        """Those one can choose from."""
        options = [*technicians, ("", nobody())]
        if options != getattr(self, "_options", None):
            self._options = options
            self.technicians.set_options(options)

    def show_days(self, days: Sequence[date], visits: int, area: str) -> None:
        """Which days are shown, and how many visits stand in them."""
        first, last = days[0], days[-1]
        start = _("{year}年{month}月{day}日（{weekday}）").format(
            year=first.year, month=first.month, day=first.day, weekday=weekday_words(first)
        )
        if last == first:
            end = ""
        else:
            month = "" if last.month == first.month else _("{month}月").format(month=last.month)
            end = _("〜") + _("{month}{day}日（{weekday}）").format(
                month=month, day=last.day, weekday=weekday_words(last)
            )
        told = _("訪問 {count}件").format(count=visits)
        if area:
            told = _("{told}・{area}").format(told=told, area=area_words(area))
        self.days.set_text(f"{start}{end}")
        self.count.set_text(told)
        self.span.set_value(WEEK if len(days) > 1 else 1)
        self.previous.setAccessibleName(_("前週") if len(days) > 1 else _("前日"))
        self.next.setAccessibleName(_("翌週") if len(days) > 1 else _("翌日"))
        self._fit()

    def show_folded(self, folded: bool) -> None:
        """Whether the lanes are folded."""
        self.fold.set_on(folded)

    def show_taking(self, taking: bool) -> None:
        """Whether the panel in which a request is taken stands open: then nothing else asks for it."""
        self.new.setVisible(not taking)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The filters stand beside the days where there is room for both."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What does not fit beside the days goes below them: the filters first, then all but a new visit."""
        s = theme.size
        parts = (self.title, self.previous, self.today, self.next, self.jump, self.days, self.count, self.new)
        shown = [part for part in parts if not part.isHidden()]
        wanted = sum(part.sizeHint().width() for part in shown) + 2 * s.l + len(shown) * s.s
        wanted += self._more.sizeHint().width() + s.s
        chips_below = wanted + self.chips.sizeHint().width() > self.width()
        more_below = wanted > self.width()
        self._put(self.chips, below=chips_below, place=0)
        self._put(self._more, below=more_below, place=self._lower.count())
        self._lower_row.setVisible(chips_below)

    def _put(self, part: QWidget, *, below: bool, place: int) -> None:
        if below == (self._lower.indexOf(part) >= 0):
            return
        if below:
            self._lower.insertWidget(place, part)
        else:
            at = self._upper.indexOf(self.count) + 1
            self._upper.insertWidget(at + (part is self._more and self._upper.indexOf(self.chips) >= 0), part)
