"""並べて比較: up to three services in columns for the same devices, from the same day, over the same time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.days import date_words, era_date_words
from app.errors import UserError
from app.quote.content import QuotationContent
from app.tariff.catalogue import Catalogue
from app.tariff.catalogue import words as say
from app.usecases.compare_services import MOST_SERVICES, SPANS
from app.words import _
from ui.menus import Menu
from ui.qt import Key, Policy
from ui.quotes import compare_state as states
from ui.quotes.compare_curves import CompareCurves
from ui.quotes.compare_grid import CompareGrid, in_columns, label_width
from ui.quotes.compare_head import ColumnHead
from ui.quotes.compare_state import Column, Comparison, Priced
from ui.quotes.compare_words import make_rows
from ui.quotes.quiet_scroll import QuietScroll
from ui.quotes.shortcuts import add_shortcut
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.layout import column, holding, on_surface, row
from ui.widgets.number import NumberStepper
from ui.widgets.text import ElidedLabel, Label

_MOST_DEVICES = 1_000_000
_FIELD_EMS = 9.2, 14, 22


class ComparePage(QWidget):
    """``content``: the quotation compared for, None for a comparison that begins with nothing.

    ``subject``: the id of the quotation or customer a 比較見積書 is for; "" while neither is stored.
    ``back_wanted`` asks for the page before. ``put_wanted`` carries the quotation as it becomes with the
    service of a column, and what to say of it.
    """

    back_wanted = Signal()
    put_wanted = Signal(object, str)  # QuotationContent, words

    def __init__(self, session: Session, content: QuotationContent | None, subject: str = "") -> None:
        super().__init__()
        self._subject = subject
        self._session = session
        self._content = content
        self._catalogue = _catalogue_for(session, content)
        wareki = session.settings.company.era == "wareki"
        # A plain function, not a method: what the curves hold must not keep the page alive.
        self.day_words = era_date_words if wareki else partial(date_words, weekday=False)
        self._priced: tuple[Priced, ...] = ()
        self.state: Comparison = states.begin(self._catalogue, content, session.today)
        self.devices = NumberStepper(_("台"), 1, _MOST_DEVICES, self.state.devices, ems=_FIELD_EMS[0])
        self.start_day = DateField(session.today, self.state.start, wareki=wareki)
        self.months = Segments(
            [(months, _("{count}か月").format(count=months)) for months in SPANS], self.state.months
        )
        self.heads = [ColumnHead(self._catalogue, number + 1) for number in range(MOST_SERVICES)]
        self.grid = CompareGrid(MOST_SERVICES)
        self.curves = CompareCurves(session.tasks, self._catalogue, self.day_words)
        self.buttons = [Button(self._put_words(), "file-plus") for _number in range(MOST_SERVICES)]
        self._build()
        self._connect()
        self.show_state(self.state)

    @property
    def for_quotation(self) -> bool:
        """Whether it compares for a quotation that is open."""
        return self._content is not None

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        on_surface(self, "panel")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._make_inputs())
        inner.addWidget(self.grid)
        inner.addWidget(self.curves)
        inner.addStretch(1)
        self.scroll_area = QuietScroll(body)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._make_top())
        said = QWidget()
        told = column(Label(_("断りのない額は税抜"), "caption", "text3"), None)
        told.setContentsMargins(theme.size.l, theme.size.l, 0, 0)
        said.setLayout(told)
        box.addWidget(holding(in_columns(said, self.heads), "window", "bottom"))
        box.addWidget(self.scroll_area, 1)
        box.addWidget(self._make_foot())

    def _make_top(self) -> QWidget:
        """Back and title above the names of the rows, the common fields beside them."""
        s = theme.size
        back_words = _("見積に戻る") if self._content is not None else _("見積の一覧に戻る")
        self.back = IconButton("chevron-left", _("{back}（Esc）").format(back=back_words))
        name = self._content.customer.name.strip() if self._content is not None else ""
        title = QWidget()
        title.setLayout(row(self.back, ElidedLabel(_("並べて比較"), "title"), gap="xs"))
        title.setFixedWidth(label_width())
        self.devices_field = Field(_("台数"), self.devices)
        self.start_field = Field(_("利用開始日"), self.start_day)
        self.months_field = Field(_("期間"), self.months)
        line = QHBoxLayout()
        line.setContentsMargins(s.xs, s.s, s.l, s.s)
        line.setSpacing(s.l)
        line.addWidget(title)
        fields = (self.devices_field, self.start_field, self.months_field)
        for field, ems in zip(fields, _FIELD_EMS, strict=True):
            field.setFixedWidth(theme.ems(ems))
            line.addWidget(field)
        line.addWidget(
            ElidedLabel(_("{name}の見積").format(name=name) if name else "", "caption", "text2"), 1
        )
        return holding(line, "panel", "bottom")

    def _make_inputs(self) -> QWidget:
        """What a service needs besides the devices; it scrolls away, the names of the services stay."""
        s = theme.size
        said = QWidget()
        inner = column(Label(_("お申込み内容"), "panel", "text2"), None)
        inner.setContentsMargins(s.l, s.s + s.xs, s.xs, s.s)
        said.setLayout(inner)
        self.inputs = holding(in_columns(said, [head.inputs for head in self.heads]), "panel", "bottom")
        return self.inputs

    def _make_foot(self) -> QWidget:
        s = theme.size
        holders = []
        for button in self.buttons:
            holder = QWidget()
            inner = QHBoxLayout(holder)
            inner.setContentsMargins(s.m, 0, s.s, 0)
            button.setSizePolicy(Policy.Preferred, Policy.Fixed)
            inner.addWidget(button)
            holders.append(holder)
        self.paper = Button(_("比較見積書"), "file-text", name=_("比較見積書（Ctrl+P）"))
        if not self._subject:  # showing it before it has its place would open it as a window
            self.paper.hide()
        add_shortcut(self, "Ctrl+P", self.paper.click)
        said = QWidget()
        at_left = QHBoxLayout(said)
        at_left.setContentsMargins(s.s, 0, s.xs, 0)
        at_left.addWidget(self.paper)
        at_left.addStretch(1)
        foot = holding(in_columns(said, holders), "panel", "strong-top")
        foot.setFixedHeight(s.side_foot)
        return foot

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.devices.value_changed.connect(self._on_devices)
        self.start_day.day_changed.connect(self._on_start)
        self.months.chosen.connect(self._on_months)
        for head in self.heads:
            head.service_chosen.connect(self._on_service)
            head.column_changed.connect(self._on_column)
        for button in self.buttons:
            button.clicked.connect(self._on_put)
        self.paper.clicked.connect(self._on_paper)
        self.grid.focused.connect(self._on_cell)

    # --- showing ----------------------------------------------------------------------------------

    def show_state(self, state: Comparison) -> None:
        """Price every column and show what came of it. Runs on every keystroke."""
        self.state = state
        priced = self._priced = states.price(state, self._catalogue)
        for shown, one, head, button in zip(state.columns, priced, self.heads, self.buttons, strict=True):
            edition = states.edition_of(state, shown, self._catalogue)
            head.show_column(shown, edition, self._below(one))
            head.set_error(_error_words(one.error))
            same = one.cost is not None and self._is_quoted(shown)
            button.setEnabled(one.cost is not None and not same)
            button.set_text(_("見積のとおりです") if same else self._put_words())
            button.setAccessibleName(f"{button.words()} {one.cost.name if one.cost else ''}".strip())
        self.paper.setEnabled(any(one.cost is not None for one in priced))
        self.inputs.setVisible(any(head.has_inputs for head in self.heads))
        names = [one.cost.name if one.cost is not None else "" for one in priced]
        self.grid.show_rows(make_rows(state, priced, self._catalogue), names)
        self.curves.show_costs([one.cost for one in priced], state.months)

    def _below(self, one: Priced) -> str:
        """Whose service it is, and which price list counts."""
        if one.cost is None:
            return ""
        provider = say(self._catalogue.service(one.cost.service).provider)
        if one.cost.edition is None:
            return provider
        day = self.day_words(one.cost.edition)
        return _("{provider}・{day}実施").format(provider=provider, day=day)

    def start(self) -> None:
        """Put the focus where typing begins."""
        QTimer.singleShot(0, self.devices, self.devices.setFocus)

    def _on_cell(self, cell: QWidget) -> None:
        self.scroll_area.ensureWidgetVisible(cell, 0, theme.size.xl)

    # --- editing ----------------------------------------------------------------------------------

    def _on_devices(self, value: int | None) -> None:
        self.devices_field.set_error("" if value else _("台数を1以上の整数で入力してください。"))
        self.show_state(replace(self.state, devices=value))

    def _on_start(self, day: date | None) -> None:
        self.start_field.set_error("" if day else _("利用開始日を入力してください。"))
        if day is not None:
            self.show_state(replace(self.state, start=day))

    def _on_months(self, months: int) -> None:
        self.show_state(replace(self.state, months=months))

    def _on_service(self, code: str) -> None:
        at = self.heads.index(self.sender())  # type: ignore[arg-type]
        self.show_state(states.choose(self.state, at, code, self._catalogue, self._content))

    def _on_column(self, fields: dict[str, object]) -> None:
        at = self.heads.index(self.sender())  # type: ignore[arg-type]
        column = replace(self.state.columns[at], **fields)  # type: ignore[arg-type]
        self.show_state(states.with_column(self.state, at, column))

    # --- on paper -----------------------------------------------------------------------------------

    def _on_paper(self) -> None:
        """What stands on the screen as a 比較見積書."""
        from app.usecases.paper_comparison import comparison_options
        from ui.issuing.opening import open_issuing

        state = self.state
        if state.start is None:
            return
        candidates = [
            candidate
            for shown, one in zip(state.columns, self._priced, strict=True)
            if one.cost is not None
            and (candidate := states.candidate_of(state, shown, self._catalogue)) is not None
        ]
        options = comparison_options(candidates, state.start, state.months, state.buyer)
        open_issuing(self, self._session, "V", self._subject, options)

    # --- into the quotation ----------------------------------------------------------------------

    def _put_words(self) -> str:
        return _("この内容で見積に入れる") if self._content is not None else _("この内容で見積を作る")

    def _is_quoted(self, column: Column) -> bool:
        """Whether the quotation has this very content already."""
        if self._content is None or column.place is None:
            return False
        candidate = states.candidate_of(self.state, column, self._catalogue)
        if candidate is None:
            return False
        made = states.put_into(self._content, self.state, column, candidate, column.place)
        return made == self._content

    def _on_put(self) -> None:
        at = self.buttons.index(self.sender())  # type: ignore[arg-type]
        content = self._content or QuotationContent()
        column = self.state.columns[at]
        place = states.target_place(content, column)
        if place is not None or not content.services:
            self._put(at, place)
            return
        menu = Menu(self)
        for number, entry in enumerate(content.services):
            name = say(self._catalogue.service(entry.service).short) if entry.service else ""
            text = _("{service}と入れ替える").format(service=name)
            menu.add_item("arrow-right-left", text, self._put, at, number)
        menu.add_item("plus", _("サービスとして加える"), self._put, at, None)
        button = self.buttons[at]
        menu.open_at(button.mapToGlobal(QPoint(0, button.height())))

    def _put(self, at: int, place: int | None) -> None:
        column = self.state.columns[at]
        candidate = states.candidate_of(self.state, column, self._catalogue)
        if candidate is None:
            return
        content = self._content or QuotationContent()
        made = states.put_into(content, self.state, column, candidate, place)
        name = say(self._catalogue.service(column.service).short)
        self.put_wanted.emit(made, _("{service}を見積に入れました").format(service=name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_Escape:
            self.back_wanted.emit()
            return
        super().keyPressEvent(event)


def _error_words(error: UserError | None) -> str:
    return "\n".join(problem.sentence() for problem in error.problems) if error is not None else ""


def _catalogue_for(session: Session, content: QuotationContent | None) -> Catalogue:
    """The owner's readings, and before them those chosen for this quotation."""
    catalogue = session.catalogue
    if content is None or not content.readings:
        return catalogue
    try:
        return catalogue.with_choices(content.readings)
    except UserError:  # told by the quotation itself
        return catalogue
