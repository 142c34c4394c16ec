"""One visit of the quotation: whose price list, when, where, and what is done on which devices."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.days import DayRange
from app.quote.area import area_of
from app.quote.content import ExistingContract, QuotationContent, Site, VisitEntry, WorkEntry
from app.quote.priced import PricedQuotation
from app.tariff.catalogue import words as say
from app.tariff.model import VisitRules
from app.visit.days import permitted_days
from app.visit.work import Area
from app.words import _
from ui import icons
from ui.quotes import edits
from ui.quotes.context import EditorContext
from ui.quotes.existing_contract import ExistingContractPart
from ui.quotes.form_rows import Beside, ErrorLine, LinkButton, RowField
from ui.quotes.reading_fields import day_problem, number_in, show_day, show_number
from ui.quotes.site_part import SitePart
from ui.quotes.slices import Slice
from ui.quotes.tariff_forms import form_edition, menu_of, visit_rules
from ui.quotes.visit_target import Target, VisitTarget, target_of, targets
from ui.quotes.work_row import WorkRow, work_icon
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.choices import Choice, Switch
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.layout import row, rule
from ui.widgets.number import NumberStepper
from ui.widgets.text import Label

_MOST_DISPATCHES = 99
_DAYS_AHEAD = 30
_TIME_EMS = 6.2


class VisitCard(QWidget):
    """Shows ``content.visits[place]`` and writes changes to the draft."""

    removed = Signal(int)
    grew = Signal()
    duplicated = Signal(int)

    def __init__(self, context: EditorContext, place: int) -> None:
        super().__init__()
        self._context, self._place = context, place
        self._path = f"visits.{place}"
        self._rules: VisitRules | None = None
        self._rows: list[WorkRow] = []
        self._existing: ExistingContractPart | None = None
        self._offered: date | None = None
        self._title = Label(_("訪問サポート"), "caption", "text2")
        self._line_order = Switch(_("フレッツ申込みと同時"))
        self._menu_button = IconButton("ellipsis", _("この訪問の操作"))
        self._target = VisitTarget()
        self._target_field = Field(_("対象の契約"), self._target)
        self._day = DateField(context.today, wareki=context.wareki, placeholder=_("例：12/11"))
        self._day.edit.setAccessibleName(_("希望日"))
        self._time = Choice(ems=_TIME_EMS)
        self._time.setAccessibleName(_("時刻"))
        self._offer = LinkButton("", "calendar-check")
        self._work_error = ErrorLine(self._offer)
        self._when_error = ErrorLine(self._day)
        self._add = LinkButton(_("作業を追加"), key="Alt+A")
        self._site = SitePart(_("訪問先"), f"{self._path}.site", context.board)
        self._dispatches = NumberStepper(_("回"), 1, _MOST_DISPATCHES, ems=8.4)
        self._dispatches_field = RowField(_("派遣回数"), self._dispatches)
        self._free = Switch(name=_("無償訪問を使う"))
        self._free_field = RowField(_("無償訪問を使う"), self._free)
        self._build()
        self._connect()

    def _build(self) -> None:
        s = theme.size
        self._works = QVBoxLayout()
        self._works.setSpacing(0)
        self._contract_box = QVBoxLayout()
        head = row(self._title, None, self._line_order, self._menu_button)
        when = row(Label(_("希望日"), "caption", "text2"), self._day, self._time, gap="xs")
        when.setStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.xs)
        box.addWidget(rule())
        box.addLayout(head)
        box.addWidget(self._target_field)
        box.addLayout(self._contract_box)
        box.addLayout(self._works)
        box.addWidget(self._work_error)
        box.addLayout(when)
        box.addWidget(self._when_error)
        box.addWidget(self._offer)
        box.addWidget(self._add)
        box.addWidget(self._free_field)
        box.addWidget(self._dispatches_field)
        box.addWidget(self._site)
        self._work_error.control = self._add

    def _connect(self) -> None:
        self._line_order.toggled.connect(self._on_line_order)
        self._menu_button.setFixedSize(theme.size.control_small, theme.size.chip)
        self._menu_button.clicked.connect(self._open_menu)
        self._target.picked.connect(self._on_target)
        self._day.day_changed.connect(self._on_day)
        self._day.edit.textEdited.connect(self._on_day_typed)
        self._time.chosen.connect(self._on_time)
        self._offer.clicked.connect(self._on_offer)
        self._add.clicked.connect(self.open_work_menu)
        self._site.changed.connect(self._on_site)
        self._site.grew.connect(self.grew)
        self._dispatches.value_changed.connect(self._on_dispatches)
        self._free.toggled.connect(self._on_free)

    # --- showing ----------------------------------------------------------------------------------

    def show_entry(self, content: QuotationContent, priced: PricedQuotation, slice_: Slice) -> None:
        """Show what is typed and what comes of it; rows of work as many as there is time for."""
        visit = content.visits[self._place]
        several = len(content.visits) > 1
        self._title.set_text(
            _("訪問サポート {number}").format(number=self._place + 1) if several else _("訪問サポート")
        )
        target = target_of(visit, content)
        options = targets(self._context, content)
        self._target.show_target(options, target)
        own = [one for (_code, place), one in options if place is not None]
        self._target_field.setVisible(len(own) != 1 or target[1] is None)
        self._rebuild_for(
            visit_rules(self._context.catalogue, target[0], visit.on or self._context.today), target
        )
        if self._existing is not None:
            self._existing.show_contract(visit.contract or ExistingContract())
        self._show_work(visit, priced, slice_)
        show_day(self._day, visit.on)
        self._time.set_value(visit.at)
        self._offer_day(content, visit, target)
        self._line_order.setChecked(visit.with_line_order)
        show_number(self._dispatches, visit.dispatches)
        self._free.setChecked(visit.use_free)
        self._site.show_site(visit.site, content.customer, area_of)

    @property
    def shape(self) -> object:
        """Changes when fields come or go."""
        return id(self._rules), len(self._rows), self._existing is not None, self._site.made

    def _rebuild_for(self, rules: VisitRules | None, target: Target) -> None:
        """Other hours, menus and switches for another price list; nothing happens for the same one."""
        existing = target[1] is None and rules is not None and rules.free is not None
        if existing and self._existing is None:
            edition = form_edition(self._context.catalogue, target[0], self._context.today)
            assert edition is not None
            self._existing = ExistingContractPart(
                edition, f"{self._path}.contract", self._context.board, self._context.today
            )
            self._existing.changed.connect(self._on_contract)
            self._contract_box.addWidget(self._existing)
        if self._existing is not None:
            self._existing.setVisible(existing)
        if rules is self._rules:
            return
        self._rules = rules
        self._shrink(0)
        if rules is not None:
            self._time.set_options([("", _("未定")), *((at, at) for at in _half_hours(rules))])
            self._line_order.setVisible(any(item.waived_with_line_order for item in rules.menu))
            self._free_field.setVisible(rules.free is not None)
        self._register()

    def _register(self) -> None:
        """Tell the board the fields in the order they are read."""
        board = self._context.board
        for name, field in (
            ("service", self._target_field), ("for_service", self._target_field), ("work", self._work_error),
            ("on", Beside(self._day, self._when_error)), ("at", Beside(self._time, self._when_error)),
            ("dispatches", self._dispatches_field),
            ("with_line_order", self._work_error),
        ):  # fmt: skip
            board.add(f"{self._path}.{name}", field)
        board.add(self._path, self._work_error)

    def _show_work(self, visit: VisitEntry, priced: PricedQuotation, slice_: Slice) -> None:
        if self._rules is None:
            return
        while len(self._rows) < len(visit.work) and slice_.allows():
            one = WorkRow(self._rules, f"{self._path}.work.{len(self._rows)}", self._context.board)
            one.changed.connect(self._on_work)
            one.removed.connect(self._on_work_removed)
            self._works.addWidget(one)
            self._rows.append(one)
        self._shrink(len(visit.work))
        unpriced = {problem.field for problem in priced.problems if problem.code == "individual-quote"}
        for place, (one, work) in enumerate(zip(self._rows, visit.work, strict=False)):
            one.show_entry(work, unpriced=f"{self._path}.work.{place}.devices" in unpriced)

    def _shrink(self, count: int) -> None:
        while len(self._rows) > count:
            gone = self._rows.pop()
            self._context.board.forget_under(f"{self._path}.work.{len(self._rows)}")
            self._works.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _offer_day(self, content: QuotationContent, visit: VisitEntry, target: Target) -> None:
        """Offer the next permitted day when nobody comes on the one typed."""
        self._offered = None
        if visit.on is not None and self._rules is not None:
            area: Area = "east" if area_of(visit.site, content.customer) == "east" else "west"
            days = DayRange(visit.on, visit.on + timedelta(days=_DAYS_AHEAD))
            permitted = permitted_days(self._context.catalogue, target[0], area, days)
            if permitted and permitted[0] != visit.on:
                self._offered = permitted[0]
        self._offer.setVisible(self._offered is not None)
        if self._offered is not None:
            self._offer.set_text(_("{day}にする").format(day=self._context.day_words(self._offered)))
            self._context.board.touch(f"{self._path}.on")

    # --- editing ----------------------------------------------------------------------------------

    def _visit(self) -> VisitEntry:
        return self._context.draft.content.visits[self._place]

    def _put(self, field: str, **changes: object) -> None:
        draft = self._context.draft
        draft.put(edits.with_visit(draft.content, self._place, **changes), f"{self._path}.{field}")

    def _on_target(self, target: Target) -> None:
        service, place = target
        self._put(
            "service",
            service=service,
            for_service=place,
            contract=None if place is not None else ExistingContract(),
        )

    def _on_contract(self, contract: ExistingContract, field: str) -> None:
        self._put(f"contract.{field}", contract=contract)

    def _on_day(self, day: date | None) -> None:
        self._put("on", on=day)

    def _on_day_typed(self, _text: str) -> None:
        path = f"{self._path}.on"
        self._context.board.set_unreadable(path, day_problem(self._day, path))

    def _on_offer(self) -> None:
        if self._offered is not None:
            self._put("on", on=self._offered)
            self._day.setFocus()

    def _on_time(self, at: str) -> None:
        self._put("at", at=at)

    def _on_site(self, site: Site, field: str) -> None:
        self._put(f"site.{field}", site=site)

    def _on_line_order(self, on: bool) -> None:
        self._put("with_line_order", with_line_order=on)

    def _on_free(self, on: bool) -> None:
        self._put("use_free", use_free=on)

    def _on_dispatches(self, _value: object) -> None:
        path = f"{self._path}.dispatches"
        value, problem = number_in(self._dispatches, path)
        self._context.board.set_unreadable(path, problem)
        self._put("dispatches", dispatches=value if value is not None else 0)

    def _on_work(self, work: WorkEntry, field: str) -> None:
        place = self._place_of_sender()
        all_work = self._visit().work
        self._put(f"work.{place}.{field}", work=(*all_work[:place], work, *all_work[place + 1 :]))

    def _on_work_removed(self) -> None:
        place = self._place_of_sender()
        all_work = self._visit().work
        self._put("work", work=all_work[:place] + all_work[place + 1 :])
        self._add.setFocus()

    def _place_of_sender(self) -> int:
        return next(place for place, one in enumerate(self._rows) if one is self.sender())

    def open_work_menu(self) -> None:
        """The menu of work, each with its first letters as keys (Alt+A)."""
        if self._rules is None:
            return
        menu = QMenu(self)
        for item in menu_of(self._rules):
            action = QAction(icons.icon(work_icon(item)), say(item.name), menu)
            action.setData(item.code)
            action.triggered.connect(self._on_menu_item)
            menu.addAction(action)
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _on_menu_item(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.add_work(str(action.data()))

    def add_work(self, code: str) -> None:
        """One more piece of work on one device, ready to be typed into."""
        self._put("work", work=(*self._visit().work, WorkEntry(menu=(code,))))
        if self._rows:
            self._rows[-1].start()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for icon, text, act in (
            ("copy", _("この訪問を複製"), self._on_duplicate),
            ("link", _("契約中のサービスの訪問にする"), self._on_existing),
            ("trash-2", _("この訪問を取り除く"), self._on_remove),
        ):
            action = QAction(icons.icon(icon), text, menu)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    def _on_duplicate(self) -> None:
        self.duplicated.emit(self._place)

    def _on_existing(self) -> None:
        service = target_of(self._visit(), self._context.draft.content)[0]
        self._put(
            "service",
            service=service,
            for_service=None,
            contract=self._visit().contract or ExistingContract(),
        )

    def _on_remove(self) -> None:
        self.removed.emit(self._place)


def _half_hours(rules: VisitRules) -> list[str]:
    """Every half hour at which a visit may begin."""
    first, last = (int(at[:2]) * 60 + int(at[3:]) for at in (rules.first_hour, rules.last_hour))
    return [f"{minute // 60:02}:{minute % 60:02}" for minute in range(first, last, 30)]
