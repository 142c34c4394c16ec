"""The curves of 並べて比較: one under each column, one cursor for all, worked out off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contract.facts import Timeline
from app.days import corresponding_day
from app.tariff.catalogue import Catalogue
from app.usecases.compare_services import MOST_SERVICES, ServiceCost
from app.usecases.what_if import EndingCost, cost_of_ending
from app.words import _
from ui.qt import LEFT, Hint, Policy
from ui.quotes.compare_curve import FeeCurve
from ui.quotes.compare_grid import in_columns, label_width
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.choices import Switch
from ui.widgets.layout import row
from ui.widgets.paint import lines_of, words
from ui.widgets.strips import BusyBar
from ui.widgets.text import Label

_KEY = "compare"
_AFTER_TYPING_MS = 60

Days = tuple[EndingCost, ...]


def leaving_costs(
    timelines: Sequence[Timeline | None], catalogue: Catalogue, months: int
) -> tuple[Days, ...]:
    """On a worker: for each service what ending costs on every day from its start to the end of the span."""
    found: list[Days] = []
    for timeline in timelines:
        if timeline is None:
            found.append(())
            continue
        start = timeline.started.on
        days = (corresponding_day(start, months) - start).days + 1
        found.append(cost_of_ending(timeline, catalogue, start, days))
    return tuple(found)


class CompareCurves(QWidget):
    """Heading, legend and a curve under each column."""

    def __init__(self, tasks: Tasks, catalogue: Catalogue, day_words: Callable[[date], str]) -> None:
        super().__init__()
        self._tasks, self._catalogue = tasks, catalogue
        self._costs: tuple[ServiceCost | None, ...] = ()
        self._months = 0
        self._asked = 0  # how often the worker was asked; only the last answer counts
        self._working = False
        self.curves = [FeeCurve(day_words) for _number in range(MOST_SERVICES)]
        self.same_scale = Switch(_("目盛りをそろえる"), on=True)
        self._busy = BusyBar()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_TYPING_MS)
        self._soon.timeout.connect(self._work)
        self._build()
        self.same_scale.toggled.connect(self._on_scale)
        for curve in self.curves:
            curve.cursor_moved.connect(self._on_cursor)

    def _build(self) -> None:
        s = theme.size
        head = row(
            Label(_("解約にかかる費用"), "heading"),
            Label(_("開始日から、いつ解約するといくらかかるか"), "caption", "text2"),
            None,
            self.same_scale,
            gap="m",
        )
        head.setContentsMargins(s.l, s.l, s.l, s.s)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, s.m)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._busy)
        box.addLayout(in_columns(_Legend(), self.curves))

    def use(self, catalogue: Catalogue) -> None:
        """The readings of another quotation."""
        self._catalogue = catalogue

    def show_costs(self, costs: Sequence[ServiceCost | None], months: int) -> None:
        """Show other services; columns that have none are emptied at once, the others a moment later."""
        self._costs, self._months = tuple(costs), months
        for cost, curve in zip(costs, self.curves, strict=True):
            if cost is None:
                curve.show_costs("", (), has_fee=False)
        if not self._soon.isActive():
            self._soon.start()

    @property
    def busy(self) -> bool:
        """Whether the worker is at it."""
        return self._working

    @property
    def waiting(self) -> bool:
        """Whether a change is about to be worked out."""
        return self._soon.isActive()

    def _work(self) -> None:
        costs, months = self._costs, self._months
        timelines = [cost.timeline if cost is not None else None for cost in costs]
        self._asked += 1
        if not self._working:
            self._working = True
            self._busy.start()
        self._tasks.paper.submit(
            _KEY,
            leaving_costs,
            timelines,
            self._catalogue,
            months,
            done=partial(self._on_done, self._asked),
            ended=partial(self._on_ended, self._asked),
            owner=self,
        )

    def _on_ended(self, asked: int) -> None:
        if asked == self._asked:  # what was dropped for something newer never ends
            self._working = False
            self._busy.stop()

    def _on_done(self, asked: int, found: tuple[Days, ...]) -> None:
        if asked != self._asked or self._soon.isActive():
            return  # something else is asked for by now
        for cost, days, curve in zip(self._costs, found, self.curves, strict=True):
            if cost is not None:
                curve.show_costs(cost.name, days, has_fee=cost.leaving is not None)
        self._on_scale()

    def _on_scale(self) -> None:
        most = max(curve.highest() for curve in self.curves)
        for curve in self.curves:
            curve.set_most(most if self.same_scale.isChecked() else curve.highest())

    def _on_cursor(self, at: int) -> None:
        for curve in self.curves:
            curve.set_cursor(at)


class _Legend(QWidget):
    """What the lines of the curves are."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(Policy.Fixed, Policy.Expanding)
        self.setAccessibleName(" ".join(self._texts()))

    def _texts(self) -> tuple[str, ...]:
        return _("解約金"), _("解約金と、それまでのお支払いの合計（税込）"), _("最も安い日")

    def sizeHint(self) -> QSize:
        return QSize(label_width(), theme.size.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        painter.setRenderHint(Hint.Antialiasing)
        left, y = s.l, s.l
        for number, text in enumerate(self._texts()):
            middle = y + theme.line("caption") // 2
            self._mark(painter, number, left, middle)
            room = QRect(left + s.xl, y, self.width() - left - s.xl - s.xs, theme.line("caption"))
            for line in lines_of(text, "caption", room.width()):
                words(painter, room, line, "caption", "text2", LEFT, elide=False)
                room.translate(0, theme.line("caption"))
            y = room.top() + s.xs

    def _mark(self, painter: QPainter, number: int, left: int, middle: int) -> None:
        s = theme.size
        if number == 0:
            painter.fillRect(left, middle, s.l, s.xs, theme.colour("tint"))
            painter.fillRect(left, middle - 1, s.l, s.focus, theme.colour("accent"))
        elif number == 1:
            pen = QPen(theme.colour("text2"), s.hairline * 1.5)
            pen.setDashPattern([4, 2])
            painter.setPen(pen)
            painter.drawLine(left, middle, left + s.l, middle)
        else:
            painter.setPen(QPen(theme.colour("good"), s.focus))
            painter.setBrush(theme.colour("panel"))
            painter.drawEllipse(left + s.xs // 2 + 1, middle - s.field_pad // 2, s.field_pad, s.field_pad)
