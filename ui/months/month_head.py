"""The head of the months: which month, where it stands, what can be done, which view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.days import Month
from app.words import _
from ui.months.words import month_option, run_chip
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.choices import Choice
from ui.widgets.layout import holding
from ui.widgets.search_field import SearchField
from ui.widgets.tabs import Tabs
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.charge.stored import Run


class MonthHead(QWidget):
    """Controls only; the page listens to them."""

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.back = IconButton("arrow-left", _("契約へ戻る"), key="Alt+Left")
        self.month = Choice(ems=15)
        self.month.setMinimumWidth(theme.ems(10))  # gives way where the text is large
        self.month.setAccessibleName(_("月"))
        self.chip = Chip("circle", "", "neutral")
        self.compute = Button(_("計算する"), "calculator", "filled")
        self.close_button = Button(_("締める"), "lock")
        self.issue = Button(_("請求書を発行"), "stamp", "filled")
        self.more = IconButton("ellipsis", _("書き出しとそのほか"), small=False)
        self.tabs = Tabs([("bills", _("請求一覧")), ("ageing", _("期限切れの入金"))], "bills")
        self.search = SearchField(_("顧客・契約番号で探す"), "Ctrl+F")
        self.search.setFixedWidth(s.list_search_width)
        first = QHBoxLayout()
        first.setContentsMargins(s.s, 0, s.l, 0)
        first.setSpacing(s.m)
        first.addWidget(self.back)
        first.addWidget(Label(_("毎月の請求"), "title"))
        first.addWidget(self.month, 100)
        first.addWidget(self.chip)
        first.addStretch(1)
        for button in (self.compute, self.close_button, self.issue, self.more):
            first.addWidget(button)
        top = holding(first, "panel")
        top.setFixedHeight(s.page_head)
        second = QHBoxLayout()
        second.setContentsMargins(s.s, 0, s.l, 0)
        second.setSpacing(s.m)
        second.addWidget(self.tabs)
        second.addStretch(1)
        second.addWidget(self.search)
        bottom = holding(second, "panel", "bottom")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(top)
        box.addWidget(bottom)

    def offer(self, months: dict[Month, Run | None], chosen: Month) -> None:
        """Months to choose from, the newest first."""
        newest_first = sorted(months, reverse=True)
        self.month.set_options([(one, month_option(one, months[one])) for one in newest_first], chosen)

    def show_chosen(self, count: int) -> None:
        """How many bills are marked: the button is about those, else about all."""
        chosen = _("選んだ{count}件の請求書を発行").format(count=f"{count:,}")
        self.issue.set_text(chosen if count else _("請求書を発行"))

    def show_run(self, run: Run | None, *, running: bool) -> None:
        """Where the month stands, and what can be done with it now."""
        state = run.state.value if run is not None else ""
        chip = ("loader-circle", _("計算中"), "note") if running else run_chip(run)
        self.chip.set_chip(*chip)
        self.compute.set_text(_("計算し直す") if state == "open" else _("続きを計算"))
        self.search.setEnabled(run is not None)
        self.compute.set_icon("refresh-cw" if state == "open" else "calculator")
        self.compute.set_kind("normal" if state == "open" else "filled")
        self.compute.setVisible(state in {"running", "open"} or running)
        self.compute.setEnabled(not running)
        self.close_button.set_kind("filled" if state == "open" else "normal")
        self.close_button.setVisible(state in {"open", "running"} or running)
        self.close_button.setEnabled(state == "open" and not running)
        self.issue.setVisible(state == "closed")
        self.more.setEnabled(state in {"open", "closed"} or (state == "running" and not running))
        self.month.setEnabled(not running)
