"""A month of a contract: its lines, each amount opening to its reason, the sums, and the months beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.days import Month, date_words, month_words
from app.errors import UserError
from app.money import yen_words
from app.usecases.contract_view import MonthRow, ShownLine
from app.words import _
from ui.contracts.month_words import line_words, state_of_month
from ui.qt import Key, ShortcutScope
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.chips import Chip
from ui.widgets.layout import clear, row, rule, scrolling
from ui.widgets.price_group import PriceGroup
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import ElidedLabel, Label


class MonthDetail(QWidget):
    """Esc or ‹ goes back to all months (``back_wanted``), the arrows to the month before or after
    (``step_wanted``: −1, 1).
    """

    back_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.month: Month | None = None
        self.back = IconButton("arrow-left", _("すべての月に戻る（Esc）"))
        self.before = IconButton("chevron-left", _("前の月"))
        self.after = IconButton("chevron-right", _("次の月"))
        self.title = Label("", "heading")
        self.state = Chip("check", "", "neutral")
        self.about = ElidedLabel("", "panel", "text2")
        head = row(self.back, self.title, self.state, self.about, self.before, self.after, gap="s")
        head.setContentsMargins(s.s, s.xs, s.s, s.xs)
        head.setStretchFactor(self.about, 1)
        self.trouble = AdviceStrip(meaning="warn", icon="triangle-alert")
        self.lines = PriceGroup(_("明細"))
        self.sums = QVBoxLayout()
        self.sums.setContentsMargins(s.indent, s.s, s.l, s.m)
        self.sums.setSpacing(s.xs)
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.trouble)
        box.addWidget(self.lines)
        box.addLayout(self.sums)
        box.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(rule())
        whole.addWidget(scrolling(content), 1)
        self.back.clicked.connect(self.back_wanted)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        escape = QShortcut(Key.Key_Escape, self)
        escape.setContext(ShortcutScope.WidgetWithChildrenShortcut)
        escape.activated.connect(self.back_wanted)

    def _on_before(self) -> None:
        self.step_wanted.emit(-1)

    def _on_after(self) -> None:
        self.step_wanted.emit(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_PageUp, Key.Key_PageDown}:
            self.step_wanted.emit(1 if event.key() == Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def start(self) -> None:
        """Put the focus on the first amount."""
        rows = self.lines.rows()
        (rows[0] if rows else self.back).setFocus()

    def show_month(self, month: MonthRow, lines: tuple[ShownLine, ...] | UserError) -> None:
        """The lines of a month, or why it has no price."""
        self.month = month.month
        self.title.set_text(_("{month}分").format(month=month_words(month.month)))
        chips = {
            "billed": ("lock", "neutral"),
            "computed": ("calculator", "note"),
            "unbilled": ("clock", "quiet"),
            "elsewhere": ("lock", "quiet"),
            "carried": ("lock", "quiet"),
            "planned": ("calendar-clock", "quiet"),
        }
        icon, meaning = chips[month.state]
        self.state.set_chip(icon, state_of_month(month), meaning)
        self.about.set_text(self._about(month))
        refused = isinstance(lines, UserError)
        self.trouble.setVisible(refused)
        shown = () if isinstance(lines, UserError) else lines
        if isinstance(lines, UserError):
            problem = lines.problems[0]
            self.trouble.set_words(problem.what, " ".join(filter(None, (problem.why, problem.remedy))))
        for place in range(len(self.lines.rows())):
            self.lines.open_reason(place, False)
        self.lines.set_head(_("明細（税抜）"), "", yen_words(month.net + month.exempt))
        self.lines.set_lines([line_words(line) for line in shown])
        self.lines.setVisible(not refused)
        self._show_sums(month, outside=any(line.outside_tax for line in shown), shown=not refused)

    @staticmethod
    def _about(month: MonthRow) -> str:
        bill = month.bill or month.computed
        if bill is not None and bill.due_on is not None:
            due = date_words(bill.due_on)
            return _("{words}・お支払い期限 {due}").format(words=month.words, due=due)
        return month.words

    def _show_sums(self, month: MonthRow, *, outside: bool, shown: bool) -> None:
        clear(self.sums)
        if not shown:
            return
        rows = [(_("税抜合計"), yen_words(month.net)), (_("消費税"), yen_words(month.tax))]
        if outside or month.exempt:
            rows.append((_("不課税"), yen_words(month.exempt)))
        for name, amount in rows:
            self.sums.addLayout(row(Label(name, "body", "text2"), None, Label(amount, "body", "text2")))
        self.sums.addWidget(rule())
        total = Label(yen_words(month.total), "title")
        self.sums.addLayout(row(Label(_("請求額（税込）"), "body-bold"), None, total))
