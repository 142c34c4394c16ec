"""The form of a request: its parts from above to below, and what is told in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from app.errors import Problem
from app.visit.order import VisitContent
from app.words import _
from ui.quotes.form_rows import ErrorLine, LinkButton
from ui.quotes.tab_order import put_in_reading_order
from ui.theme import theme
from ui.visits.devices_part import DevicesPart
from ui.visits.keeping import Keeping
from ui.visits.more_part import MorePart
from ui.visits.place_part import PlacePart
from ui.visits.price_part import FreePart, PricePart
from ui.visits.price_rows import SumBox
from ui.visits.request import Known, Worked
from ui.visits.slots_part import SlotsPart
from ui.visits.whom_part import WhomPart
from ui.visits.words import told
from ui.widgets.button import Button
from ui.widgets.layout import column
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip

if TYPE_CHECKING:
    from app.visit.order import StoredVisit
    from app.visit.slots import Slot
    from ui.session import Session

_LOW = 40  # full-width characters: below it the slots scroll
_TIGHT = 56  # below it only the chosen slot has a line


class RequestForm(SidePanel):
    """Holds what was typed; ``RequestPanel`` works with it."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("訪問の受付"), "calendar-check")
        self._session = session
        self.known: Known | None = None
        self.stored: StoredVisit | None = None
        self.typed = VisitContent(service="")
        self._first = self.typed
        self.worked: Worked | None = None
        self._unreadable: dict[str, Problem] = {}
        self._tried = False
        self._refusal: tuple[Problem, ...] = ()  # until something is typed
        self.keeping = Keeping(session, self)
        self._build()

    @property
    def slot(self) -> Slot | None:
        """The chosen slot."""
        return self.slots.slot

    # --- building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        s = theme.size
        self.body.setSpacing(s.s)
        self.body.setContentsMargins(s.l, s.s, s.l, s.m)
        self.conflict = AdviceStrip("", button=_("いまの内容を読む"), meaning="danger", icon="triangle-alert")
        self.conflict.hide()
        self.returned = AdviceStrip(
            _("前に入力した内容を戻しました"), button=_("最初から"), meaning="note", icon="history"
        )
        self.returned.hide()
        self.whom = WhomPart(self._session)
        self.free = FreePart()
        self.place = PlacePart()
        self.devices = DevicesPart()
        self.more = MorePart()
        self.price, self.sum = PricePart(), SumBox()
        self.errors = ErrorLine(self.devices.add)
        self.slots = SlotsPart(self._session)
        self._rest = QWidget()
        rest = self._rest_box = column(
            self.free, self.place, self.devices, self.price, self.errors, self.more, gap="icon_gap"
        )
        rest.setContentsMargins(0, 0, 0, 0)
        self._rest.setLayout(rest)
        for part in (self.returned, self.conflict, self.whom, self._rest):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._pinned = QWidget()  # the sum and the slots stay in sight whatever is scrolled
        pinned = self._pinned_box = column(self.sum, self.slots, gap="s", pad=("l", "s"))
        self._pinned.setLayout(pinned)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(outer.count() - 2, self._pinned)
        self.later = LinkButton(_("未割当で受け付ける"), "calendar-clock")
        self.book = Button(_("予約する"), kind="filled", key="Ctrl+Enter", listen=False)
        self.foot_box.insertWidget(0, self.later)
        self.add_to_foot(self.book)
        self.devices.grown.connect(self._order_tab)

    def _order_tab(self) -> None:
        """Tab goes as one reads, also through what came later."""
        put_in_reading_order(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low window the slots scroll with the rest, so that there is room to type."""
        super().resizeEvent(event)
        inside = self.height() < theme.ems(_LOW)
        self.slots.rows.set_tight(self.height() < theme.ems(_TIGHT))
        box = self._rest_box if inside else self._pinned_box
        if box.indexOf(self.slots) < 0:
            (self._pinned_box if inside else self._rest_box).removeWidget(self.slots)
            box.addWidget(self.slots)

    def _show_problems(self) -> None:
        assert self.worked is not None
        shown = [one for one in self.worked.problems if self._tried or self._is_typed(one)]
        shown += [one for one in self._refusal if one not in shown]
        left = self.devices.tell(shown)
        left = self.more.tell(left)
        for name, field in self.place.fields.items():
            wrong = [told(one) for one in left if one.field == f"place.{name}"]
            field.set_error("\n".join(wrong))
        rest = [one for one in left if not one.field.startswith("place.")]
        self.errors.set_error("\n".join(told(one) for one in rest))

        if shown:
            QTimer.singleShot(0, self, self._show_typing)

    def _show_typing(self) -> None:
        """What is wrong stands below the field: it has to be in sight too."""
        area, field = self.findChild(QScrollArea), QApplication.focusWidget()
        if area is not None and field is not None and self._rest.isAncestorOf(field):
            area.ensureWidgetVisible(field, 0, theme.size.text_area)

    @staticmethod
    def _is_typed(problem: Problem) -> bool:
        """What is only missing yet is told when somebody wants to go on; what is wrong, at once."""
        return problem.field not in {"devices", "service"} and not problem.field.endswith(".menu")

    def _show_foot(self) -> None:
        stored = self.stored is not None
        has_slot = bool(self.typed.spans)
        self.later.setVisible(not stored)
        if not stored:
            self.book.set_text(_("予約する"))
        elif self.slot is not None:
            self.book.set_text(_("日時を変えて保存") if has_slot else _("予約する"))
        else:
            self.book.set_text(_("変更を保存"))
        self.book.setEnabled(self.known is not None and not self.keeping.writing)
        self.later.setEnabled(self.known is not None and not self.keeping.writing)
