"""3 作業: every device with its work to tick; work that was added on site; notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Problem
from app.visit.found_work import check_ticks
from app.visit.order import Device
from app.words import _
from ui.theme import theme
from ui.visits.onsite.add_work import AddWork
from ui.visits.onsite.draft import OnSiteDraft
from ui.visits.onsite.tick_row import TickRow
from ui.visits.onsite.touch import for_fingers
from ui.visits.visit_reading import VisitView
from ui.visits.work_words import device_words, names_of
from ui.widgets.button import Button
from ui.widgets.entries import TextArea
from ui.widgets.field import Field
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, holding, row
from ui.widgets.text import ElidedLabel, Label


class WorkPart(QWidget):
    """Changes the draft; ``changed``: the price may follow."""

    changed = Signal()

    def __init__(self, now: Callable[[], time]) -> None:
        super().__init__()
        s = theme.size
        self._now = now
        self._draft = OnSiteDraft()
        self._view: VisitView | None = None
        self._made: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self.rows: dict[tuple[str, str], TickRow] = {}
        self.lacking: QWidget | None = None
        """Where something was missing when it was checked."""
        self.all_done = for_fingers(Button(_("残りをすべて完了にする"), "check"))
        self.count = Label("", "panel", "text2")
        self.notes = TextArea(_("例：元のディスクはお客さまが保管"))
        self.add = AddWork()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(s.m)
        head = row(
            Label(_("行った作業に印を付けてください"), "title"), self.count, None, self.all_done, gap="m"
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.l, s.l, s.l)
        box.setSpacing(s.m)
        box.addLayout(head)
        box.addLayout(self._cards)
        box.addWidget(self.add)
        box.addWidget(Field(_("特記事項（報告書に載ります）"), self.notes))
        box.addStretch(1)
        self.notes.edited.connect(self._on_notes)
        self.all_done.clicked.connect(self._on_all_done)
        self.add.added.connect(self._on_added)

    def show_view(self, view: VisitView, draft: OnSiteDraft) -> None:
        """Show a visit and what was ticked so far."""
        self._view, self._draft = view, draft
        self.notes.set_text(draft.notes)
        self.add.show_view(view, draft)
        wanted = tuple((one.id, tuple(dict.fromkeys(one.menu))) for one in draft.devices)
        if wanted != self._made or not self.rows:
            self._make(view, draft)
            self._made = wanted
        for one in self.rows.values():
            one.show_draft(draft)
        self._count()

    def _make(self, view: VisitView, draft: OnSiteDraft) -> None:
        clear(self._cards)
        self.rows = {}
        names = names_of(view)
        ordered = draft.ordered or view.stored.content
        known = {(one.id, menu) for one in ordered.devices for menu in one.menu}
        for device in draft.devices:
            self._cards.addWidget(self._card(device, names, known))

    def _card(self, device: Device, names: dict[str, str], known: set[tuple[str, str]]) -> QWidget:
        s = theme.size
        icon, name = device_words(device)
        box = QVBoxLayout()
        box.setContentsMargins(s.hairline, s.hairline, s.hairline, s.hairline)
        box.setSpacing(0)
        about = _("・").join(one for one in (device.os, device.note) if one)
        head = row(
            Picture(icon, "text", "icon_large"), Label(name, "body-bold"),
            ElidedLabel(about, "panel", "text2"), gap="s", pad=("m", "s"),
        )  # fmt: skip
        box.addLayout(head)
        for menu in dict.fromkeys(device.menu):
            added = (device.id, menu) not in known
            words = names.get(menu, menu)
            one = TickRow(
                menu,
                _("{work}（追加）").format(work=words) if added else words,
                device,
                self._now,
                added=added,
            )
            one.changed.connect(self._on_changed)
            one.dropped.connect(self._on_dropped)
            box.addWidget(one)
            self.rows[device.id, menu] = one
        return holding(box, "panel", "box")

    # --- what is done -------------------------------------------------------------------------------

    def _count(self) -> None:
        total = len(self.rows)
        ticked = sum(key in self._draft.ticks for key in self.rows)
        self.count.set_text(_("{ticked}／{total}件").format(ticked=ticked, total=total))
        self.all_done.setEnabled(ticked < total)

    def _on_changed(self) -> None:
        self._count()
        self.changed.emit()

    def _on_all_done(self) -> None:
        for device, menu in self.rows:
            if (device, menu) not in self._draft.ticks:
                self._draft.set_result(device, menu, "done")
        for one in self.rows.values():
            one.show_draft(self._draft)
            one.tell("")
        self._on_changed()

    def _on_notes(self, text: str) -> None:
        self._draft.notes = text

    def _on_added(self) -> None:
        assert self._view is not None
        self._draft.agreed_net = None
        self.show_view(self._view, self._draft)
        self.changed.emit()

    def _on_dropped(self, device: str, menu: str) -> None:
        self._draft.drop_work(device, menu)
        self._on_added()

    # --- what lacks ---------------------------------------------------------------------------------

    def check(self) -> bool:
        """Say everything that lacks, each at its row; True where nothing does."""
        for one in self.rows.values():
            one.tell("")
        problems = {
            problem.field: problem for problem in check_ticks(self._draft.devices, self._draft.all_ticks())
        }
        wrong = [self._tell(one, problems) for one in self.rows.values()]
        first = self.lacking = next((one for one in wrong if one is not None), None)
        if first is not None:
            first.setFocus()
        return first is None

    def _tell(self, one: TickRow, problems: dict[str, Problem]) -> QWidget | None:
        """Say what is wrong with a row; what takes the focus then."""
        problem = problems.get(f"ticks.{one.device_id}.{one.menu}")
        if one.menu == "data-migration":
            _volume, unreadable = self._draft.volume(self._draft.device(one.device_id))
            one.tell_volume(unreadable.problems[0].sentence() if unreadable is not None else "")
            if unreadable is not None:
                return one.volume
        if not (one.first.field.readable and one.last.field.readable):
            one.tell(_("時刻が読めません。「14:30」のように入力してください。"))
            return one.first if not one.first.field.readable else one.last
        if problem is not None:
            one.tell(" ".join(part for part in (problem.what, problem.remedy) if part))
            return one.why if one.why_field.isVisibleTo(one) else one.result
        return None
