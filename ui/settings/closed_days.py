"""休業日: our own closed days; the holidays and the turn of the year, which the terms close anyway."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.days import DAY, date_words, holiday_words, holidays_vouched_until
from app.errors import Problem, UserError
from app.papers.issuer import Settings
from app.visit.settings import ClosedDays
from app.words import _, pgettext
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.dates import DateField
from ui.widgets.entries import TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import Section, form
from ui.widgets.layout import clear, column, row
from ui.widgets.text import Label

_AHEAD = 366


class ClosedRow(QWidget):
    """A stretch of closed days and why."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, today: date, closed: ClosedDays | None) -> None:
        super().__init__()
        self.first, self.last = DateField(today), DateField(today, placeholder=_("1日だけなら空のまま"))
        for one in (self.first, self.last):
            one.setMinimumWidth(theme.ems(14.8))
        self.why = TextField(_("例：棚卸し、夏季休業"))
        remove = IconButton("trash-2", _("この休業日を消す"))
        for control, name in (
            (self.first, _("休業の最初の日")), (self.last, _("休業の最後の日")), (self.why, _("休業の理由"))
        ):  # fmt: skip
            control.edit.setAccessibleName(name)
            control.edit.editingFinished.connect(self.edited)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.s)
        parts = (self.first, Label(_("〜"), "body", "text2"), self.last, self.why, remove)
        for part, share in zip(parts, (3, 0, 3, 3, 0), strict=True):
            box.addWidget(part, share)
        remove.clicked.connect(self._on_removed)
        if closed is not None:
            self.first.set_day(closed.first)
            self.last.set_day(closed.last)
            self.why.set_text(closed.why)

    @property
    def empty(self) -> bool:
        """Nothing was typed yet."""
        return not any(control.text() for control in (self.first, self.last, self.why))

    def closed(self) -> ClosedDays | None:
        """What stands there: one day where only the first was given; None without a readable day."""
        first, last = self.first.day(), self.last.day()
        if first is None or not self.last.readable:
            return None
        return ClosedDays(first=first, last=last or first, why=self.why.text())

    def _on_removed(self) -> None:
        self.removed.emit(self)


class ClosedDaysSection(SettingsSection):
    """Rows of our own, and what the terms close in the year ahead."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rows: list[ClosedRow] = []
        self._fields: list[Field] = []
        self._stored: tuple[ClosedDays, ...] = ()
        self._box = QVBoxLayout()
        self._box.setSpacing(theme.size.s)
        self.add_button = Button(_("休業日を追加"), "plus", "quiet")
        note = Label(
            _("当店の設定（規約に定めはありません）。この日は、どのサービスの訪問も手配できません。"),
            "caption", "text3", wrap=True,
        )  # fmt: skip
        self.holidays = (Label("", "panel", wrap=True), Label("", "panel", wrap=True))
        self.vouched = Label("", "caption", "text3", wrap=True)
        year_end = Label(_("12月29日〜1月3日"), "body")
        terms = Label(
            _("訪問サポートのあるサービスの規約（別紙）により、訪問を行いません。ここでは変えられません。"),
            "caption", "text3", wrap=True,
        )  # fmt: skip
        self.lay_out(
            form(
                Section(pgettext("heading", "当店の休業日"), self._box, row(self.add_button, None), note),
                Section(pgettext("heading", "年末年始"), year_end, terms),
                Section(
                    pgettext("heading", "祝日"),
                    row(*(column(part, None) for part in self.holidays), gap="m"),
                    self.vouched,
                ),
            )
        )
        self.add_button.clicked.connect(self.add_row)
        self._say_holidays()

    def _say_holidays(self) -> None:
        today = self.session.today
        days = (today + DAY * ahead for ahead in range(_AHEAD))
        told = [
            _("{day} {name}").format(day=date_words(day), name=name)
            for day in days
            if (name := holiday_words(day))
        ]
        half = -(-len(told) // 2)
        self.holidays[0].set_text("\n".join(told[:half]))
        self.holidays[1].set_text("\n".join(told[half:]))
        self.vouched.set_text(
            _(
                "これから1年の祝日です。{day}までは国立天文台の暦要項のとおりです。その先は法律から計算した日で、変わることがあります。"
            ).format(day=date_words(holidays_vouched_until()))
        )

    def show_settings(self, settings: Settings) -> None:
        before, self._stored = self._stored, settings.visits.closed
        here = tuple(self._closed())
        being_typed = here != before or any(one.closed() is None for one in self.rows)
        if here == self._stored or being_typed:
            return  # nothing new, or more than was stored: do not take the cursor out of a field
        clear(self._box)
        self.rows, self._fields = [], []
        for one in self._stored:
            self._add(one)

    def add_row(self) -> ClosedRow:
        """An empty row at the end."""
        added = self._add(None)
        added.first.edit.setFocus()
        return added

    def _add(self, closed: ClosedDays | None) -> ClosedRow:
        one = ClosedRow(self.session.today, closed)
        one.edited.connect(self._on_row)
        one.removed.connect(self._on_removed)
        field = Field("", one)
        field.set_label_shown(False)
        one.setFocusProxy(one.last.edit)  # where a mistake is told, after the field named its control
        self.rows.append(one)
        self._fields.append(field)
        self._box.addWidget(field)
        self._name_fields()
        return one

    def _on_removed(self, one: ClosedRow) -> None:
        place = self.rows.index(one)
        self.rows.pop(place)
        field = self._fields.pop(place)
        self._box.removeWidget(field)
        field.hide()
        field.deleteLater()
        self._name_fields()
        self.add_button.setFocus()
        self.edited.emit()

    def _name_fields(self) -> None:
        """Errors are told below the row, by its place in what is stored."""
        read = [field for one, field in zip(self.rows, self._fields, strict=True) if one.closed() is not None]
        unread = [field for field in self._fields if field not in read]
        self.fields = {f"visits.closed.{place}": field for place, field in enumerate(read)}
        self.fields |= {f"unread.{place}": field for place, field in enumerate(unread)}

    def _on_row(self) -> None:
        self._name_fields()
        for one, field in zip(self.rows, self._fields, strict=True):
            unread = one.closed() is None and not one.empty
            field.set_error(_("休業日を読めません。例：12/28") if unread else "")
        self.edited.emit()

    def _closed(self) -> list[ClosedDays]:
        return [found for one in self.rows if (found := one.closed()) is not None]

    def collect(self, settings: Settings) -> Settings:
        """What can be read; a row that can't keeps what is typed and says so."""
        return replace(settings, visits=replace(settings.visits, closed=tuple(self._closed())))

    def show_refusal(self, error: UserError) -> list[str]:
        moved = [_without_last(problem) for problem in error.problems]
        return show_problems(self.fields, UserError(*moved))

    def clear_errors(self) -> None:
        for one, field in zip(self.rows, self._fields, strict=True):
            if one.closed() is not None or one.empty:
                field.set_error("")


def _without_last(problem: Problem) -> Problem:
    """The problem at its row: ``visits.closed.2.last`` is told below the third."""
    from dataclasses import replace as changed

    if not problem.field.startswith("visits.closed."):
        return problem
    return changed(problem, field=".".join(problem.field.split(".")[:3]))
