"""取り込み: what a file brought, each visit beside what is here; what changed on both sides is decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from app.days import date_words
from app.errors import UserError
from app.usecases.carry_visits import Arrival, Arrivals
from app.usecases.take_visits import Taken
from app.words import _
from ui.operations.visit_days import look_into, take_in
from ui.session import Session
from ui.theme import theme
from ui.visits.carry_words import field_words, kind_words, value_words
from ui.visits.event_words import event_words
from ui.widgets.button import Button
from ui.widgets.choices import Segments
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, holding, row, scrolling
from ui.widgets.strips import AdviceStrip, BusyBar
from ui.widgets.text import ElidedLabel, Label


class TakeDialog(QDialog):
    """Opens a file with its passphrase, shows what it holds, stores what was decided; then ``taken``."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, session: Session, source: Path) -> None:
        super().__init__(parent)
        self._session, self._source = session, source
        self.arrivals: Arrivals | None = None
        self.decisions: dict[str, Segments] = {}
        self.setWindowTitle(_("訪問の取込み"))
        self.setMinimumSize(theme.ems(60), theme.ems(36))
        self.passphrase = TextField(_("持ち出したときのパスフレーズ"), secret=True)
        self.pass_field = Field(_("パスフレーズ"), self.passphrase)
        self.open_button = Button(_("ファイルを開く"), "lock-open", "filled")
        self.sums = AdviceStrip(meaning="note", icon="package")
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        self.busy = BusyBar()
        self._list = QVBoxLayout()
        self.cancel = Button(_("やめる"))
        self.accept_button = Button(_("取り込む"), "download", "filled", key="Ctrl+Enter")
        self._build()
        self.open_button.clicked.connect(self.open_file)
        self.cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.take)
        self.problem.accepted.connect(self.open_file)

    def _build(self) -> None:
        s = theme.size
        self._list.setSpacing(s.m)
        self._list.setContentsMargins(0, 0, s.s, 0)
        content = QWidget()
        content.setLayout(self._list)
        opening = row(self.pass_field, Field("", self.open_button), gap="m")
        opening.setStretch(0, 1)
        self._opening = QWidget()
        opening.setContentsMargins(0, 0, 0, 0)
        self._opening.setLayout(opening)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        box.addLayout(row(Picture("package"), ElidedLabel(self._source.name, "heading")))
        for widget in (self._opening, self.busy, self.problem, self.sums):
            box.addWidget(widget)
        box.addWidget(scrolling(content, "window"), 1)
        box.addLayout(row(None, self.cancel, self.accept_button))
        self.problem.hide()
        self.sums.hide()
        self.accept_button.setEnabled(False)

    # --- opening ------------------------------------------------------------------------------------

    def open_file(self) -> None:
        """Open the file; nothing is stored."""
        self.problem.hide()
        self.busy.start()
        self._session.hub.look(
            look_into, self._source, self.passphrase.edit.text(),
            done=self._on_opened, failed=self._on_refused, ended=self.busy.stop, owner=self,
        )  # fmt: skip

    def _on_opened(self, arrivals: Arrivals) -> None:
        self.arrivals = arrivals
        self._opening.hide()
        clear(self._list)
        self.decisions = {}
        names = {one.id: one.fields.name for one in arrivals.pack.technicians}
        for one in arrivals.items:
            self._list.addWidget(self._card(one, names))
        self._list.addStretch(1)
        pack = arrivals.pack
        title = _("訪問{count}件のファイルです（{day} {staff}）").format(
            count=len(pack.visits), day=date_words(pack.made_at.date()), staff=pack.staff
        )
        detail = (
            _("このファイルはすでに取り込み済みです。もう一度取り込んでも何も変わりません。")
            if arrivals.taken_before
            else _("両方で変わった訪問が{count}件あります。どちらを残すか選んでください。").format(
                count=len(arrivals.conflicts)
            )
            if arrivals.conflicts
            else ""
        )
        self.sums.set_words(title, detail)
        self.sums.set_meaning("warn" if arrivals.conflicts else "note", "package")
        self.sums.show()
        self._fit()

    def _fit(self) -> None:
        undecided = [one for one in self.decisions.values() if one.value() is None]
        self.accept_button.setEnabled(self.arrivals is not None and not undecided)

    # --- one visit ----------------------------------------------------------------------------------

    def _card(self, arrival: Arrival, names: dict[str, str]) -> QWidget:
        s = theme.size
        visit = arrival.packed.visit
        icon, tone, words = kind_words(arrival)
        box = QVBoxLayout()
        box.setContentsMargins(s.m, s.m, s.m, s.m)
        box.setSpacing(s.s)
        place = visit.content.place
        where = ElidedLabel(place.name or place.address)
        head = row(
            Picture(icon, tone), Label(visit.number, "body-bold"), where, Label(words, "panel-bold", tone)
        )
        box.addLayout(head)
        if arrival.kind == "conflict":
            box.addLayout(self._beside(arrival, names))
            choice = Segments(
                [("here", _("この端末の内容を残す")), ("theirs", _("ファイルの内容を取り込む"))]
            )
            choice.chosen.connect(self._fit)
            self.decisions[visit.id] = choice
            box.addWidget(choice)
        elif arrival.new_events:
            events = _("、").join(event_words(one) for one in arrival.new_events)
            box.addWidget(Label(events, "panel", "text2", wrap=True))
        return holding(box, "panel", "box")

    def _beside(self, arrival: Arrival, names: dict[str, str]) -> QGridLayout:
        """What is here and what the file brought, side by side."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.size.m)
        grid.setVerticalSpacing(theme.size.xs)
        for part, weight in enumerate((1, 3, 3)):
            grid.setColumnStretch(part, weight)
        rows: list[tuple[str, str, str]] = [("", _("この端末"), _("ファイル"))]
        rows += [
            (field_words(one.field), value_words(one.here, names), value_words(one.theirs, names))
            for one in arrival.differences
        ]
        ours = _("、").join(event_words(one) for one in arrival.own_events)
        theirs = _("、").join(event_words(one) for one in arrival.new_events)
        rows.append((_("記録"), ours or _("（なし）"), theirs or _("（なし）")))
        for place, (head, here, there) in enumerate(rows):
            role = "caption-bold" if place == 0 else "panel"
            grid.addWidget(Label(head, "panel", "text2", wrap=True), place, 0)
            grid.addWidget(Label(here, role, wrap=True), place, 1)
            grid.addWidget(Label(there, role, wrap=True), place, 2)
        return grid

    # --- storing ------------------------------------------------------------------------------------

    def take(self) -> None:
        """Store what was decided, all or nothing."""
        if self.arrivals is None:
            return
        decisions: dict[str, Any] = {visit: choice.value() for visit, choice in self.decisions.items()}
        self.accept_button.setEnabled(False)
        self._session.hub.run(
            take_in, self.arrivals, decisions, done=self._on_taken, failed=self._on_refused, owner=self
        )

    def _on_taken(self, taken: Taken) -> None:
        self.taken.emit(taken)
        self.accept()

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        detail = " ".join(one for one in (first.why, first.remedy) if one)
        again = _("開き直す") if self.arrivals is not None else ""
        self.problem.set_words(first.what, detail, again)
        self.problem.show()
        if self.arrivals is None:
            self.passphrase.setFocus()
        self._fit()


def taken_words(taken: Taken) -> str:
    """What came of it, in one sentence."""
    parts = [_("{count}件を取り込みました").format(count=len(taken.taken))]
    if taken.stayed:
        parts.append(_("{count}件はこの端末の内容のままです").format(count=len(taken.stayed)))
    if taken.foreign:
        parts.append(_("{count}件はこの窓口の訪問ではありません").format(count=len(taken.foreign)))
    if taken.unsettled:
        parts.append(_("{count}件は請求を確認してください").format(count=len(taken.unsettled)))
    return _("。").join(parts)
