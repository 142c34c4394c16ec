"""担当の振り替え: a technician is away for a day; where each visit goes, shown first, then done in one go."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.usecases.desk import Desk
from app.usecases.reassign_day import DayPlan, Move, propose
from app.visit.order import Span, Technician
from app.words import _
from ui.operations.visit_days import reassign_day
from ui.session import Session
from ui.theme import theme
from ui.visits.words import nobody, span_words
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.dates import DateField
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row, scrolling
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import AdviceStrip, BusyBar
from ui.widgets.text import Label

WAYS = {
    "other-technician": ("check", "good"),
    "other-time": ("calendar-clock", "warn"),
    "open": ("circle-alert", "danger"),
    "stays": ("pause", "text2"),
}


def read_technicians(desk: Desk) -> list[Technician]:
    """On the database worker: those who visit."""
    with desk.storage.look() as work:
        return work.technicians.all(active_only=True)


class ReassignDialog(QDialog):
    """``reassigned`` after the moves were stored."""

    reassigned = Signal(int)

    def __init__(
        self, parent: QWidget, session: Session, technician: str = "", day: date | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._plan: DayPlan | None = None
        self._wanted = technician
        self.setWindowTitle(_("担当の振り替え"))
        self.setMinimumSize(theme.ems(60), theme.ems(34))
        self.technician = Choice()
        self.day = DateField(session.today, day or session.today)
        self.why = TextField(_("例：急病"))
        self.why_field = Field(_("不在の理由"), self.why)
        self.sums = AdviceStrip(meaning="note", icon="users")
        self.sheet = Sheet(
            [
                SheetColumn(_("訪問"), share=3),
                SheetColumn(_("いまの日時"), share=3),
                SheetColumn(_("振り替え先"), share=4),
            ],
            name=_("振り替えの案"),
        )
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        self.busy = BusyBar()
        self.cancel = Button(_("やめる"))
        self.accept_button = Button(_("この案で振り替える"), "check", "filled", key="Ctrl+Enter")
        self._build()
        self.technician.chosen.connect(self._ask)
        self.day.day_changed.connect(self._ask)
        self.why.edited.connect(self._on_why)
        self.cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.apply)
        self.problem.accepted.connect(self._ask)
        session.hub.look(read_technicians, done=self._on_technicians, owner=self)

    def _build(self) -> None:
        s = theme.size
        fields = row(
            Field(_("技術者"), self.technician), Field(_("不在の日"), self.day), self.why_field, gap="m"
        )
        for place in range(3):
            fields.setStretch(place, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addWidget(Label(_("担当を1日分まとめて振り替えます"), "title"))
        box.addLayout(fields)
        box.addWidget(self.busy)
        box.addWidget(self.problem)
        box.addWidget(self.sums)
        box.addWidget(scrolling(self.sheet), 1)
        box.addLayout(row(None, self.cancel, self.accept_button))
        self.problem.hide()
        self.sums.hide()
        self.accept_button.setEnabled(False)

    def _on_technicians(self, people: list[Technician]) -> None:
        self.technician.set_options([(one.id, one.fields.name) for one in people], self._wanted)
        if people:
            self._ask()

    def _ask(self, _value: object = None) -> None:
        """Propose anew."""
        self._plan = None
        self.accept_button.setEnabled(False)
        self.problem.hide()
        if self.day.day() is None or not self.technician.value():
            return
        self.busy.start()
        self._session.hub.look(
            propose, self.technician.value(), self.day.day(),
            done=self._on_plan, failed=self._on_refused, ended=self.busy.stop, owner=self,
        )  # fmt: skip

    def _on_plan(self, plan: DayPlan) -> None:
        self._plan = plan
        names = {one.id: one.fields.name for one in plan.technicians}
        self.sheet.set_sections([SheetSection("", tuple(_row(move, names) for move in plan.moves))])
        self.sums.set_words(*plan_words(plan))
        self.sums.set_meaning("warn" if plan.open else "note", "triangle-alert" if plan.open else "users")
        self.sums.show()
        self.accept_button.setEnabled(any(move.way != "stays" for move in plan.moves))

    def _on_why(self, _text: str) -> None:
        self.why_field.set_error("")

    def apply(self) -> None:
        """Do it, all or nothing."""
        if self._plan is None:
            return
        if not self.why.text():
            self.why_field.set_error(_("不在の理由を入力してください。"))
            self.why.setFocus()
            return
        self.accept_button.setEnabled(False)
        self._session.hub.run(
            reassign_day, self._plan, self.why.text(), done=self._on_done, failed=self._on_refused, owner=self
        )

    def _on_done(self, moved: int) -> None:
        self.reassigned.emit(moved)
        self.accept()

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        self.problem.set_words(
            first.what, " ".join(one for one in (first.why, first.remedy) if one), _("案を作り直す")
        )
        self.problem.show()


def plan_words(plan: DayPlan) -> tuple[str, str]:
    """How many visits go where."""
    if not plan.moves:
        return _("この日の訪問はありません"), ""
    counts = {way: sum(move.way == way for move in plan.moves) for way in WAYS}
    parts = [
        _("{name} {count}件").format(name=way_words(way), count=count)
        for way, count in counts.items()
        if count
    ]
    detail = _("担当が見つからない訪問は「未割当」に残ります。") if counts["open"] else ""
    if counts["other-technician"] + counts["other-time"]:
        detail += _("日時・担当が変わる訪問は、お客さまへの確認（確定）をもう一度お願いします。")
    return _("・").join(parts), detail


def way_words(way: str) -> str:
    """What happens to a visit."""
    return {
        "other-technician": _("同じ時刻に別の担当"),
        "other-time": _("時刻を変更"),
        "open": _("未割当"),
        "stays": _("そのまま"),
    }[way]


def _row(move: Move, names: dict[str, str]) -> SheetRow:
    visit = move.visit
    icon, tone = WAYS[move.way]
    who = _("、").join(names.get(one, one) for one in move.technicians) or nobody()
    goal = _when(move.spans) if move.way == "other-time" else ""
    place = visit.content.place
    return SheetRow(
        (
            (Line(visit.number, "panel-bold"), Line(place.name or place.address, tone="text2")),
            (Line(_when(visit.content.spans)),),
            (
                Line(way_words(move.way), "panel-bold", tone, icon),
                *((Line(goal),) if goal else ()),
                Line(move.why or who, tone="text2"),
            ),
        )
    )


def _when(spans: tuple[Span, ...]) -> str:
    return _("、").join(span_words(one) for one in spans)
