"""技術者: the list of those who visit, and one of them in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.papers.issuer import Settings
from app.usecases.desk import Desk
from app.usecases.show_technicians import ShownTechnician, Technicians
from app.visit.order import Technician, TechnicianFields
from app.words import _
from ui.home.link_list import LinkList
from ui.operations.hub import Changed, Outcome
from ui.operations.technicians import add_technician, change_technician, order_technicians
from ui.qt import Key, Mod
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.settings.technician_form import TechnicianForm
from ui.settings.technician_rows import hit_words, technician_row
from ui.theme import theme
from ui.unsaved import Unsaved, Values
from ui.widgets.button import Button
from ui.widgets.layout import column, row
from ui.widgets.strips import AdviceStrip, EmptyState
from ui.widgets.text import Label


def read_technicians(desk: Desk) -> Technicians:
    """On the database worker: all of them, and the work there is."""
    from app.usecases.show_technicians import show_technicians

    return show_technicians(desk)


class _Walk(LinkList):
    """Rows that Alt and the arrow keys move. ``moved``: by how many places (−1, 1)."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Key.Key_Up: -1, Key.Key_Down: 1}
        step = steps.get(event.key())
        if step is not None and event.modifiers() & Mod.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class _List(QWidget):
    """The technicians in their order; one leads to its form. ``moved``: by how many places (−1, 1)."""

    opened = Signal(object)
    moved = Signal(int)
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = Label("", "panel", "text2")
        self.up = Button(_("上へ"), "arrow-up", "quiet", small=True)
        self.down = Button(_("下へ"), "arrow-down", "quiet", small=True)
        self.new = Button(_("技術者を追加"), "user-plus", small=True)
        self.list = _Walk(_("技術者"), pad="s")
        self.nothing = EmptyState(
            "users",
            _("技術者はまだいません"),
            _("訪問する人を登録すると、週の画面に並び、空いている日時を探せます。"),
            _("技術者を追加"),
        )
        hint = Label(
            _("この順で週の画面に並びます。上下のボタンかAlt＋↑↓で入れ替えられます。"),
            "caption", "text3", wrap=True,
        )  # fmt: skip
        self._some = QWidget()
        head = row(self.count, None, self.up, self.down, self.new)
        self._some.setLayout(column(head, self.list, hint, gap="s"))
        self.setLayout(column(self._some, self.nothing, pad=("", "m")))
        self.nothing.hide()
        self.list.opened.connect(self.opened)
        self.list.moved.connect(self.moved)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.new.clicked.connect(self.new_wanted)
        self.nothing.accepted.connect(self.new_wanted)

    def show_technicians(self, known: Technicians, today: date) -> None:
        """Show all of them."""
        work = dict(known.work)
        self.list.set_rows([technician_row(one, work, today) for one in known.shown])
        self.count.set_text(_("{count}人").format(count=len(known.shown)))
        self._some.setVisible(bool(known.shown))
        self.nothing.setVisible(not known.shown)
        for button in (self.up, self.down):
            button.setVisible(len(known.shown) > 1)

    def _on_up(self) -> None:
        self.moved.emit(-1)

    def _on_down(self) -> None:
        self.moved.emit(1)


class TechniciansSection(SettingsSection):
    """What is typed is stored when a field is left. ``reassign_wanted`` carries a technician's id and the day
    whose visits need somebody else; ``visit_wanted`` a visit's id.
    """

    reassign_wanted = Signal(str, object)
    visit_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.known: Technicians | None = None
        self._open: Technician | None = None
        self._new = False
        self._saving = self._again = False
        self.list = _List()
        self.form = TechnicianForm(session.today)
        self.left = Unsaved(session, "technician", self.form.values, self._put_left, self)
        self.back = Button(_("技術者の一覧"), "chevron-left", "quiet", small=True)
        self.title = Label("", "heading")
        self.state = Label("", "panel", "text2")
        self.conflict = AdviceStrip(
            _("別の画面で先に変更されました"),
            _("いまの内容は保存されていません。読み直してから、もう一度入力してください。"),
            _("読み直す"),
            meaning="warn",
            icon="triangle-alert",
        )
        self.hits = AdviceStrip(meaning="warn", icon="calendar-x", button=_("振り替える"))
        self._one = QWidget()
        self._build()
        self._connect()
        self._read()

    def _build(self) -> None:
        s = theme.size
        inside = QVBoxLayout(self._one)
        inside.setContentsMargins(0, s.s, 0, 0)
        inside.setSpacing(s.s)
        inside.addLayout(row(self.back, self.title, self.state, None))
        inside.addWidget(self.left.strip)
        inside.addWidget(self.conflict)
        inside.addWidget(self.hits)
        inside.addWidget(self.form)
        self.conflict.hide()
        self.hits.hide()
        self._one.hide()
        whole = QWidget()
        whole.setLayout(column(self.list, self._one))
        whole.setMaximumWidth(s.form_width + s.label_column)
        line = row(whole, None)
        line.setStretch(0, 1000)
        self.setLayout(column(line, None, pad=("xl", "s")))

    def _connect(self) -> None:
        self.list.opened.connect(self.open_technician)
        self.list.moved.connect(self.move_current)
        self.list.new_wanted.connect(self.add_technician)
        self.back.clicked.connect(self.show_list)
        self.form.edited.connect(self.store)
        self.form.typed.connect(self.left.note)
        self.conflict.accepted.connect(self._on_read_again)
        self.hits.accepted.connect(self._on_reassign)
        self.session.hub.changed.connect(self._on_changed)

    # --- reading ------------------------------------------------------------------------------------

    def _read(self) -> None:
        self.session.hub.look(read_technicians, done=self._on_read, owner=self)

    def _on_changed(self, changed: Changed) -> None:
        if changed.settings or changed.visits or changed.tariffs:
            self._read()

    def _on_read(self, known: Technicians) -> None:
        self.known = known
        self.list.show_technicians(known, self.session.today)
        now = known.get(self._open.id) if self._open is not None else None
        if now is None:
            return
        if self._unstored() is None and now.technician != self._open:
            self._show(now.technician)
        self._show_hits(now)

    # --- the list -----------------------------------------------------------------------------------

    def show_list(self) -> None:
        """Back to all of them."""
        was = self._open
        self.left.leave()
        self._open, self._new = None, False
        self._one.hide()
        self.list.show()
        self.list.list.setFocus()
        if was is None:
            self.list.new.setFocus()

    def move_current(self, step: int) -> None:
        """Move the technician the keys are at by one place."""
        current = self.list.list.current
        if self.known is None or current is None:
            return
        shown = [one.technician for one in self.known.shown]
        place = next(n for n, one in enumerate(shown) if one.id == current.link)
        if 0 <= place + step < len(shown):
            shown.insert(place + step, shown.pop(place))
            order = [(one.id, one.version) for one in shown]
            self.session.hub.run(order_technicians, order, failed=self._on_not_ordered, owner=self)

    def _on_not_ordered(self, _error: UserError) -> None:
        self._read()

    # --- one of them --------------------------------------------------------------------------------

    def open_technician(self, technician_id: str) -> None:
        """Show one of them in full."""
        found = self.known.get(technician_id) if self.known is not None else None
        if found is None:
            return
        self._new = False
        self._go_to(found.technician)
        self._show_hits(found)

    def add_technician(self) -> None:
        """An empty form. It is stored as soon as it has a name."""
        order = len(self.known.shown) if self.known is not None else 0
        self._new = True
        self._go_to(Technician(id="", version=0, fields=TechnicianFields(name="", order=order)))
        self.hits.hide()

    def _go_to(self, technician: Technician) -> None:
        self._show(technician)
        self.state.set_text("")
        self.conflict.hide()
        self.list.hide()
        self._one.show()
        self.form.name.setFocus()

    def _put_left(self, values: Values) -> None:
        self.form.put(values)
        self.store()

    def _show(self, technician: Technician) -> None:
        self.left.leave()  # what stood there is of the one before
        self._open = None  # a field that loses the focus now stores nothing
        self.form.show_fields(technician.fields, self.known.work if self.known is not None else ())
        self._open = technician
        self.title.set_text(technician.fields.name or _("新しい技術者"))
        self.left.open(technician.id)

    def _show_hits(self, shown: ShownTechnician) -> None:
        self.hits.setVisible(bool(shown.hits))
        if shown.hits:
            self.hits.set_words(*hit_words(shown.hits), _("振り替える"))

    def _on_reassign(self) -> None:
        found = self.known.get(self._open.id) if self.known is not None and self._open is not None else None
        if found is not None and found.hits:
            self.reassign_wanted.emit(found.technician.id, found.hits[0].span.on)

    # --- storing ------------------------------------------------------------------------------------

    def _unstored(self) -> TechnicianFields | None:
        """What stands there where it is not what is stored; None when it is."""
        if self._open is None:
            return None
        try:
            fields = self.form.collect()
        except UserError:
            return self._open.fields
        return None if _tidy(fields) == _tidy(self._open.fields) else fields

    def store(self) -> None:
        """Store what stands there, if it is something else."""
        if self._open is None or self.session.standing is None:
            return
        if self._saving:
            self._again = True
            return
        try:
            fields = self.form.collect()
        except UserError as error:
            self._on_refused(error)
            return
        if _tidy(fields) == _tidy(self._open.fields):
            self.form.clear_errors()
            return
        self._saving = True
        stored = self._open
        operation: Callable[..., Outcome[Any]]
        if stored.id:
            operation = partial(change_technician, technician_id=stored.id, version=stored.version)
        else:
            operation = partial(add_technician)
        self.session.hub.run(
            partial(operation, fields=fields),
            done=self._on_stored,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_stored(self, technician: Technician) -> None:
        self._open = technician
        self._new = False
        self.left.done()
        self.left.open(technician.id)
        self.title.set_text(technician.fields.name)
        self.form.clear_errors()
        self.conflict.hide()
        self.state.set_text(_("保存しました"))
        self.state.set_tone("text2")

    def _on_refused(self, error: UserError) -> None:
        self._saving = False
        if error.code == "conflict":
            self.conflict.show()
            return
        if self._new and not self.form.name.text():
            return  # not begun yet: nobody needs to be told
        left = self.form.show_refusal(error)
        told = _("{count}か所を直すと保存されます").format(count=len(error.problems))
        self.state.set_text(" ".join(left) or told)
        self.state.set_tone("danger")

    def _on_ended(self) -> None:
        self._saving = False
        if self._again:
            self._again = False
            self.store()

    def _on_read_again(self) -> None:
        self.conflict.hide()
        self.state.set_text("")
        found = self.known.get(self._open.id) if self.known is not None and self._open is not None else None
        if found is not None:
            self._show(found.technician)
        self._read()

    # --- as a section of the settings ---------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        """Technicians are records of their own."""

    def collect(self, settings: Settings) -> Settings:
        return settings

    def show_refusal(self, error: UserError) -> list[str]:
        return [problem.sentence() for problem in error.problems]

    def clear_errors(self) -> None:
        """What is wrong here has nothing to do with the other settings."""


def _tidy(fields: TechnicianFields) -> TechnicianFields:
    """As it is stored: leaves in the order of their days."""
    leaves = tuple(sorted(fields.leaves, key=lambda one: (one.first, one.last)))
    return msgspec.structs.replace(fields, leaves=leaves)
