"""What leaving costs over the months, painted: the fee as steps, and with it the months paid until then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.days import Month, corresponding_day, month_name
from app.money import figure, yen_words
from app.usecases.what_if import EndingCost, cheapest, cheapest_fee
from app.words import _, language
from ui.qt import CENTRE, LEFT, RIGHT, Focus, Hint, Key, Mod, Policy
from ui.theme import theme
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.paint import width_of, words

_GRID_LINES = 4
_NICE = (1, 2, 3, 4, 5, 6, 8)
_HEIGHT_ROWS = 8.2
_TEN_THOUSAND = 10_000


class FeeCurve(QWidget):
    """One service. ← → move the cursor by a month, with Shift by a day, Home and End to the ends.

    ``cursor_moved`` carries the place of the day pointed at; the page moves the other curves with it.
    """

    cursor_moved = Signal(int)

    def __init__(self, day_words: Callable[[date], str]) -> None:
        super().__init__()
        self._day_words = day_words
        self._name = ""
        self._costs: tuple[EndingCost, ...] = ()
        # Looked for once, not at every painting: the days go into the thousands.
        self._fees: list[tuple[int, int]] = []
        self._totals: list[tuple[int, int]] = []
        self._marked: tuple[EndingCost | None, EndingCost | None] = (None, None)
        self._most = 1
        self._at = 0
        self._has_fee = True
        self.setFocusPolicy(Focus.StrongFocus)
        self.setProperty(OUTSIDE, True)
        self.setMouseTracking(True)
        self.setSizePolicy(Policy.Ignored, Policy.Fixed)
        self.setFixedHeight(round(theme.size.row * _HEIGHT_ROWS))

    # --- what it shows ----------------------------------------------------------------------------

    def show_costs(self, name: str, costs: Sequence[EndingCost], *, has_fee: bool) -> None:
        """Show the days of a service, one after the other; none where nothing is priced."""
        self._name, self._costs, self._has_fee = name, tuple(costs), has_fee
        self._fees = _changes(cost.fee for cost in self._costs)
        self._totals = _changes(cost.total for cost in self._costs)
        self._marked = cheapest_fee(self._costs), cheapest(self._costs)
        self._at = min(self._at, max(0, len(self._costs) - 1))
        self._most = self.highest()
        self.setEnabled(bool(self._costs))
        self._speak()
        self.update()

    def highest(self) -> int:
        """The highest amount it has to show."""
        return max((cost.total for cost in self._costs), default=1) or 1

    def set_most(self, most: int) -> None:
        """How high the scale goes, so that curves can share one."""
        if most != self._most:
            self._most = most
            self.update()

    def set_cursor(self, at: int) -> None:
        """Point at a day, without telling."""
        at = min(max(0, at), max(0, len(self._costs) - 1))
        if at != self._at:
            self._at = at
            self._speak()
            self.update()

    @property
    def at(self) -> int:
        """The place of the day pointed at."""
        return self._at

    def reading(self) -> tuple[str, str, str]:
        """The day pointed at, its fee, and the fee with everything paid until then."""
        if not self._costs:
            return "", "", ""
        cost = self._costs[self._at]
        return (
            _("{day}に解約").format(day=self._day_words(cost.day)),
            _("解約金 {fee}").format(fee=yen_words(cost.fee)),
            _("お支払いとの合計 {total}").format(total=yen_words(cost.total)),
        )

    def _speak(self) -> None:
        self.setAccessibleName(
            _("{service}の解約にかかる費用 {reading}").format(
                service=self._name, reading=" ".join(self.reading())
            )
        )

    # --- moving the cursor ----------------------------------------------------------------------

    def _move_to(self, at: int) -> None:
        before = self._at
        self.set_cursor(at)
        if self._at != before:
            self.cursor_moved.emit(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Key(event.key())
        by = {Key.Key_Left: -1, Key.Key_Right: 1}.get(key)
        if not self._costs:
            event.ignore()
        elif by is not None and event.modifiers() & Mod.ShiftModifier:
            self._move_to(self._at + by)
        elif by is not None:
            self._move_to(self._month_from(by))
        elif key == Key.Key_Home:
            self._move_to(0)
        elif key == Key.Key_End:
            self._move_to(len(self._costs) - 1)
        else:
            super().keyPressEvent(event)

    def _month_from(self, by: int) -> int:
        """The same day of the next or last month, counted from the first day shown."""
        first, now = self._costs[0].day, self._costs[self._at].day
        months = (now.year - first.year) * 12 + now.month - first.month
        for number in (months, months + by):
            at = (corresponding_day(first, max(0, number)) - first).days
            if (at - self._at) * by > 0:
                return at
        return 0 if by < 0 else len(self._costs) - 1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self._point(event)

    def _point(self, event: QMouseEvent) -> None:
        plot = self._plot()
        if self._costs and plot.width() > 0:
            share = (event.position().x() - plot.left()) / plot.width()
            self._move_to(round(share * (len(self._costs) - 1)))

    # --- painting -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(18), self.height())

    def _plot(self) -> QRect:
        s = theme.size
        left = s.m + width_of(_("{amount}万円").format(amount="0,000"), "caption") + s.xs
        head = 2 * theme.line("panel") + 2 * theme.line("caption") + theme.line("caption") // 2 + s.s
        return QRect(
            left, head, self.width() - left - s.l, self.height() - head - theme.line("caption") - s.s
        )

    def _x(self, plot: QRect, at: int) -> float:
        return plot.left() + plot.width() * at / max(1, len(self._costs) - 1)

    def _y(self, plot: QRect, amount: int) -> float:
        return plot.bottom() + 1 - plot.height() * amount / self._top()

    def _top(self) -> int:
        return _GRID_LINES * scale_step(self._most)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        painter.fillRect(0, 0, 1, self.height(), theme.colour("line"))
        if not self._costs:
            return
        plot = self._plot()
        self._paint_reading(painter)
        self._paint_grid(painter, plot)
        painter.setRenderHint(Hint.Antialiasing)
        self._paint_fee(painter, plot)
        self._paint_total(painter, plot)
        self._paint_cursor(painter, plot)
        self._paint_cheapest(painter, plot)

    def _paint_reading(self, painter: QPainter) -> None:
        s = theme.size
        day, fee, total = self.reading()
        line = theme.line("panel")
        room = QRect(s.m, s.xs, self.width() - s.m - s.s, line)
        if not self._has_fee:
            fee = _("解約金の定めなし")
        used = words(painter, room, fee, "panel-bold", "accent", RIGHT)
        rest = room.adjusted(0, 0, -used - s.s, 0)
        if width_of(day, "panel") > rest.width():
            day = _day(self._costs[self._at])
        words(painter, rest, day, "panel", "text", LEFT)
        words(painter, room.translated(0, line), total, "panel", "text2", RIGHT)

    def _paint_grid(self, painter: QPainter, plot: QRect) -> None:
        s = theme.size
        step = scale_step(self._most)
        for number in range(_GRID_LINES + 1):
            y = round(self._y(plot, number * step))
            painter.fillRect(plot.left(), y, plot.width(), 1, theme.colour("edge" if not number else "line"))
            label = QRect(0, y - theme.line("caption") // 2, plot.left() - s.xs, theme.line("caption"))
            words(painter, label, amount_words(number * step), "caption", "text3", RIGHT, elide=False)
        for at, text in self._ticks():
            x = round(self._x(plot, at))
            painter.fillRect(x, plot.bottom() + 1, 1, s.xs, theme.colour("edge"))
            width = width_of(text, "caption") + 2
            left = min(max(x - width // 2, plot.left() - s.s), self.width() - width - s.xs)
            room = QRect(left, plot.bottom() + s.xs + 1, width, theme.line("caption"))
            words(painter, room, text, "caption", "text3", CENTRE, elide=False)

    def _ticks(self) -> list[tuple[int, str]]:
        """Januaries by their year; the Julys between them where there is room."""
        first, last = self._costs[0].day, self._costs[-1].day
        half_year = self._plot().width() * 183 // max(1, len(self._costs) - 1)
        room = width_of(f"{last.year}/1", "caption") + theme.size.s
        shown = {1, 7} if half_year > room else {1}
        january = "{year}/1" if 2 * half_year > room else "{year}"
        found = []
        for month in Month.of(first).plus(1).until(Month.of(last)):
            if month.month in shown:
                text = january.format(year=month.year) if month.month == 1 else month_name(7)
                found.append(((month.first - first).days, text))
        return found

    def _steps(self, plot: QRect, changes: Sequence[tuple[int, int]]) -> QPainterPath:
        (_first, amount), *later = changes
        left, width, last = plot.left(), plot.width(), max(1, len(self._costs) - 1)
        ground, height, top = plot.bottom() + 1, plot.height(), self._top()
        y = ground - height * amount / top
        path = QPainterPath(QPointF(left, y))
        for at, amount in later:
            x = left + width * at / last
            path.lineTo(x, y)
            y = ground - height * amount / top
            path.lineTo(x, y)
        path.lineTo(self._x(plot, len(self._costs) - 1), y)
        return path

    def _paint_fee(self, painter: QPainter, plot: QRect) -> None:
        path = self._steps(plot, self._fees)
        ground = QPainterPath(path)
        base = self._y(plot, 0)
        ground.lineTo(self._x(plot, len(self._costs) - 1), base)
        ground.lineTo(self._x(plot, 0), base)
        ground.closeSubpath()
        painter.fillPath(ground, theme.colour("tint"))
        painter.strokePath(path, QPen(theme.colour("accent"), theme.size.focus))

    def _paint_total(self, painter: QPainter, plot: QRect) -> None:
        pen = QPen(theme.colour("text2"), theme.size.hairline * 1.5)
        pen.setDashPattern([4, 2])
        painter.strokePath(self._steps(plot, self._totals), pen)

    def _paint_cursor(self, painter: QPainter, plot: QRect) -> None:
        x = self._x(plot, self._at)
        tone = theme.colour("accent" if self.hasFocus() else "edge")
        painter.setPen(QPen(tone, theme.size.hairline))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom() + 1))
        cost = self._costs[self._at]
        painter.setPen(QPen(theme.colour("panel"), theme.size.hairline))
        for amount, name in ((cost.total, "text2"), (cost.fee, "accent")):
            painter.setBrush(theme.colour(name))
            painter.drawEllipse(QPointF(x, self._y(plot, amount)), theme.size.xs, theme.size.xs)

    def _paint_cheapest(self, painter: QPainter, plot: QRect) -> None:
        """The first day with the lowest fee, and the one with the lowest sum, where it is another story."""
        fee, total = self._marked
        if fee is None or total is None:
            return
        marks = [(fee, fee.fee, _("解約金が最安"))] if self._has_fee else []
        if not self._has_fee or total.day != fee.day:
            marks.append((total, total.total, _("合計が最安")))
        marks.sort(key=lambda mark: mark[0].day)
        least = plot.left() - theme.size.l
        for number, (cost, amount, text) in enumerate(marks):
            width = max(width_of(text, "caption-bold"), width_of(_day(cost), "caption")) + theme.size.xs
            after = (len(marks) - number - 1) * (width + theme.size.s)  # room for the label to the right
            most = self.width() - theme.size.s - width - after
            x = round(self._x(plot, self._place(cost)))
            left = min(max(x - width // 2, least), most)
            least = left + width + theme.size.s
            self._paint_ring(painter, plot, cost, amount, QRect(left, 0, width, 0), text)

    def _place(self, cost: EndingCost) -> int:
        return (cost.day - self._costs[0].day).days

    def _paint_ring(
        self, painter: QPainter, plot: QRect, cost: EndingCost, amount: int, room: QRect, text: str
    ) -> None:
        """The label stands above the plot, a leader goes from it to the ring."""
        s, line = theme.size, theme.line("caption")
        centre = QPointF(self._x(plot, self._place(cost)), self._y(plot, amount))
        top = plot.top() - 2 * line - line // 2  # above the highest amount of the scale
        pen = QPen(theme.colour("good"), s.hairline)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(centre.x(), top + 2 * line), centre)
        label = QRect(room.left(), top, room.width(), line)
        words(painter, label, text, "caption-bold", "good", CENTRE, elide=False)
        words(painter, label.translated(0, line), _day(cost), "caption", "good", CENTRE, elide=False)
        painter.setPen(QPen(theme.colour("good"), s.focus))
        painter.setBrush(theme.colour("panel"))
        painter.drawEllipse(centre, s.field_pad / 2, s.field_pad / 2)


def _day(cost: EndingCost) -> str:
    return f"{cost.day.year}/{cost.day.month}/{cost.day.day}"


def _changes(amounts: Iterable[int]) -> list[tuple[int, int]]:
    """The first amount and each that differs from the one before, with its place."""
    found: list[tuple[int, int]] = []
    for at, amount in enumerate(amounts):
        if not found or found[-1][1] != amount:
            found.append((at, amount))
    return found


def scale_step(most: int) -> int:
    """A round distance of the grid lines, so that four of them reach the highest amount."""
    power = 1
    while True:
        for nice in _NICE:
            if nice * power * _GRID_LINES >= most:
                return nice * power
        power *= 10


def amount_words(amount: int) -> str:
    """An amount at the scale: in units of ten thousand yen (in English a thousand) where that says it in
    full.
    """
    if amount and amount % (_TEN_THOUSAND // 10) == 0 and amount >= _TEN_THOUSAND:
        unit = _TEN_THOUSAND // 10 if language() == "en" else _TEN_THOUSAND
        whole, rest = divmod(amount, unit)
        text = figure(whole) if not rest else f"{figure(whole)}.{rest * 10 // unit}"
        return _("{amount}万円").format(amount=text)
    return yen_words(amount)
