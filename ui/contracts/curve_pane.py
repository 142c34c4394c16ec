"""解約シミュレーション: what ending would cost over the months, and the days that matter."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.days import date_words
from app.usecases.contract_view import ContractView, EndingCurve
from app.usecases.what_if import EndingCost
from app.words import _, pgettext
from ui.contracts.curve_words import (
    PointWords,
    about_words,
    point_reason,
    point_rows,
    reading_links,
    sentence_words,
)
from ui.qt import LEFT, RIGHT, Focus, Key, Policy
from ui.quotes.compare_curve import FeeCurve
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import clear, column, row, scrolling
from ui.widgets.paint import box, width_of, words
from ui.widgets.reason_tree import ReasonTree
from ui.widgets.strips import BusyBar
from ui.widgets.text import ElidedLabel, Label

_KEY = "contract-curve"
_CURVE_ROWS = 6.8


def read_curve(view: ContractView) -> EndingCurve | None:
    """On a worker: the curve of a contract that runs."""
    from app.usecases.open_contract import ending_curve

    return ending_curve(view)


def daily(curve: EndingCurve) -> tuple[EndingCost, ...]:
    """The points as days, one after the other, each costing what the last point before it did."""
    found: list[EndingCost] = []
    for point, following in zip(curve.points, (*curve.points[1:], None), strict=True):
        days = (following.on - point.on).days if following is not None else 1
        found += (
            EndingCost(point.on + timedelta(days=passed), point.total - point.fee, point.fee, 1)
            for passed in range(days)
        )
    return tuple(found)


class PointRow(QAbstractButton):
    """A day with its fee and its total. Enter, Space or a click opens its reason."""

    def __init__(self, found: PointWords | None) -> None:
        super().__init__()
        self.found = found
        self.setFocusPolicy(Focus.StrongFocus if found is not None else Focus.NoFocus)
        self.setEnabled(found is not None)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFixedHeight(theme.size.control_small)
        if found is not None:
            self.setAccessibleName(found.told)
            self.setToolTip(_("Enterで根拠を表示"))

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), theme.size.control_small)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_Return, Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        s, painter = theme.size, QPainter(self)
        found, rect = self.found, self.rect()
        if found is not None and (self.underMouse() or self.hasFocus()):
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(0, rect.bottom(), rect.width(), 1, theme.colour("line"))
        if self.hasFocus():
            box(painter, rect, None, theme.colour("accent"), width=s.focus)
        if found is None:
            cells, role, tone = (
                ("", _("解約日"), pgettext("column", "解約金"), _("請求との合計")),
                "caption",
                "text2",
            )
        else:
            cells, role = (found.label, found.day, found.fee, found.total), "panel"
            tone = "good" if found.free else "text"
        total = theme.ems(6.4)
        fee = theme.ems(6.2)
        self._word(
            painter,
            QRect(rect.right() - total - s.xs, 0, total, rect.height()),
            cells[3],
            role,
            "text2",
            RIGHT,
        )
        strong = "panel-bold" if found is not None else role
        self._word(
            painter,
            QRect(rect.right() - total - fee - s.s, 0, fee, rect.height()),
            cells[2],
            strong,
            tone,
            RIGHT,
        )
        left = QRect(s.xs, 0, rect.width() - total - fee - s.s, rect.height())
        label = theme.ems(2.3, "panel") if len(cells[0]) <= 2 else width_of(cells[0], "panel") + s.xs
        if label + width_of(cells[1], role) > left.width():
            label = 0  # in a narrow pane the day alone
        else:
            self._word(painter, left, cells[0], role, "good" if cells[0] == "✓" else "text2", LEFT)
        self._word(
            painter,
            left.adjusted(label, 0, 0, 0),
            cells[1],
            role,
            tone if found is not None else "text2",
            LEFT,
        )

    @staticmethod
    def _word(painter: QPainter, rect: QRect, text: str, role: str, tone: str, align: object) -> None:
        words(painter, rect.adjusted(0, 0, 0, -1), text, role, tone, align)


class CurvePane(QWidget):
    """The curve and its rows. ``reading_wanted`` carries what of the tariffs explains the fee."""

    reading_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._view: ContractView | None = None
        self.curve_data: EndingCurve | None = None
        self._opened: PointWords | None = None
        s = theme.size
        self.title = Label(_("解約シミュレーション"), "heading")
        self.about = ElidedLabel("", "caption", "text2")
        head = row(self.title, self.about, gap="m")
        head.setContentsMargins(s.l, 0, s.l, 0)
        holder = QWidget()
        holder.setLayout(head)
        holder.setFixedHeight(s.side_head)
        self.busy = BusyBar()
        self.curve = FeeCurve(date_words)
        self.curve.setFixedHeight(round(s.row * _CURVE_ROWS))
        self.points = column(pad=("m", ""))
        self.reason = ReasonTree()
        self.reason.hide()
        self.sentence = Label("", "caption", "text2", wrap=True)
        self.links = column()
        self.nothing = Label("", "panel", "text2", wrap=True)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, s.m)
        inner.setSpacing(0)
        inner.addWidget(self.curve)
        inner.addLayout(self.points)
        inner.addLayout(column(self.reason, self.nothing, self.sentence, self.links, gap="s", pad=("l", "m")))
        inner.addStretch(1)
        self.area = scrolling(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(holder)
        whole.addWidget(self.busy)
        whole.addWidget(self.area, 1)

    def show_view(self, view: ContractView) -> None:
        """Work out the curve of a contract as it was read."""
        if self._view is None or self._view.stored.id != view.stored.id:
            self._show_parts(curve=False)
            self.nothing.set_text("")
        self._view = view
        self.busy.start()
        self._session.tasks.paper.submit(
            _KEY, read_curve, view, done=partial(self._on_curve, view), ended=self.busy.stop, owner=self
        )

    def _show_parts(self, *, curve: bool) -> None:
        for part in (self.curve, self.sentence):
            part.setVisible(curve)
        self.nothing.setVisible(not curve)
        self.reason.hide()
        self._opened = None
        clear(self.points)
        clear(self.links)
        if not curve:
            self.about.set_text("")

    def _on_curve(self, view: ContractView, curve: EndingCurve | None) -> None:
        if view is not self._view:
            return
        self.curve_data = curve
        self._show_parts(curve=curve is not None)
        if curve is None:
            self.nothing.set_text(self._why_nothing(view))
            return
        self.about.set_text(about_words(view, curve))
        self.curve.show_costs(self.title.words(), daily(curve), has_fee=curve.has_fee)
        self.sentence.set_text(sentence_words(view, curve))
        self.points.addWidget(PointRow(None))
        for found in point_rows(curve, view.today):
            one = PointRow(found)
            one.clicked.connect(self._on_row)
            self.points.addWidget(one)
        for target, text in reading_links(view.catalogue, curve):
            button = Button(_("この読み方を見る"), "scale", "quiet", small=True)
            button.setAccessibleName(_("「{topic}」の読み方を見る").format(topic=text))
            button.setToolTip(text)
            button.clicked.connect(partial(self.reading_wanted.emit, target))
            self.links.addLayout(row(button, None))

    @staticmethod
    def _why_nothing(view: ContractView) -> str:
        if view.timeline is None:
            return _("利用開始を記録すると、いつ解約するといくらかかるかをここに表示します。")
        end = view.life.end
        if end is not None:
            return _("{day}の解約が記録されています。精算額は毎月の請求に出ます。").format(
                day=date_words(end)
            )
        return _("料金の分かる版がないため、計算できません。")

    def _on_row(self) -> None:
        """Open the reason of a day below the rows, or close it again."""
        one = self.sender()
        if not isinstance(one, PointRow) or one.found is None or self._view is None:
            return
        same = self._opened is one.found
        self._opened = None if same else one.found
        if not same:
            self.reason.set_reason(point_reason(self._view, one.found.point))
        self.reason.setVisible(not same)
        if not same:
            self.area.ensureWidgetVisible(self.reason)
