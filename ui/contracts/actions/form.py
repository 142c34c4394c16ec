"""The form of an action: its fields with sensible first values, and the entries they come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtWidgets import QWidget

from app.errors import Problem
from app.words import N_, _
from ui.contracts.actions.form_fields import FormFields
from ui.contracts.actions.raw import Raw, put_raw, raw_of, words_in
from ui.contracts.actions.shown import FeeWords, Note
from ui.contracts.actions.time_field import TimeField
from ui.qt import FocusReason
from ui.quotes.reading_fields import day_problem, number_in
from ui.widgets.choices import Choice, Segments
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField, TextArea, TextField
from ui.widgets.number import NumberStepper

if TYPE_CHECKING:
    from app.contract.record import ContractContent, Entry
    from app.tariff.model import Edition, Service
    from ui.contracts.context import PageContext

Control = TypeVar("Control", bound=QWidget)


class ActionForm(FormFields):
    """Fields below one another. A form says what it is (``TITLE``, ``BUTTON``), builds its fields
    in ``build`` and turns them into entries in ``entries``; what is missing it notes with ``day_of`` and the
    like. ``changed`` comes with every key.
    """

    TITLE: ClassVar[str] = ""
    BUTTON: ClassVar[str] = N_("登録する")
    DANGER: ClassVar[bool] = False
    PREVIEWED: ClassVar[bool] = True  # whether bills, fee or dates may follow from it
    CHARGED: ClassVar[bool] = True  # whether somebody might expect bills to come out otherwise
    QUANTITY_SHOWN: ClassVar[bool] = False  # the fields say the quantity already
    UNDOABLE: ClassVar[bool] = True  # whether what is recorded can be voided
    DAY_FIELD: ClassVar[str] = "on"  # where a better day goes
    # What an entry calls a field that has another name here.
    ALIASES: ClassVar[Mapping[str, str]] = {}

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._noted: list[Problem] = []
        self.correcting: Entry | None = None  # the entry this one is put in place of
        self.build()
        self.first = self.kept()
        self.refresh()

    # --- what a form says of itself ---------------------------------------------------------------

    def build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def entries(self) -> tuple[Entry, ...]:
        """What is to be recorded; empty while something lacks."""
        raise NotImplementedError

    def content(self) -> ContractContent | None:
        """The contract's content where the action changes it."""
        return None

    def note(self) -> str:
        """The staff's own words about it."""
        control = self.controls.get("note")
        return control.text() if isinstance(control, TextArea | TextField) else ""

    def write(self, entries: tuple[Entry, ...]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The operation that records it, with its arguments; the contract's version is the one shown."""
        from ui.operations.contracts import record_entries

        stored = self.context.stored
        return record_entries, (stored.id, stored.version, entries, self.content(), self.note())

    def obligations(self) -> tuple[Note, ...]:
        """What else follows from the action by the terms, as the fields stand."""
        return ()

    def fee(self) -> FeeWords | None:
        """An amount of its own, where no termination fee follows."""
        return None

    def fee_caption(self) -> str:
        """What a termination fee is for, in a few words."""
        return ""

    def effective_words(self, day: str, why: str) -> str:
        """The sentence about the day it takes effect; "" where that is what was typed."""
        return ""

    def chosen_day(self) -> date | None:
        """The day typed where a better one would go."""
        control = self.controls.get(self.DAY_FIELD)
        return control.day() if isinstance(control, DateField) else None

    def summary(self) -> tuple[str, ...]:
        """What one is about to record, in a few lines."""
        found = [_(self.TITLE)]
        for name, label in self._names.items():
            text = words_in(self.controls[name])
            if text and self.controls[name].isVisibleTo(self):
                found.append(_("{name}：{text}").format(name=label, text=text))
        return tuple(found)

    def done_words(self) -> str:
        """What is told when it was recorded."""
        return _("{name}を登録しました").format(name=_(self.TITLE))

    # --- what it works on -------------------------------------------------------------------------

    @property
    def service(self) -> Service:
        """The service of the contract."""
        return self.context.session.catalogue.service(self.context.stored.content.service)

    def edition_on(self, day: date | None) -> Edition:
        """The terms as they stand for a day."""
        from app.tariff.editions import stands_for

        return stands_for(self.service.editions, day or self.today)

    # --- reading them -----------------------------------------------------------------------------

    def control(self, name: str, kind: type[Control]) -> Control:
        """A control by its name."""
        found = self.controls[name]
        assert isinstance(found, kind)
        return found

    def day_of(self, name: str, *, needed: bool = True) -> date | None:
        """The day in a field; notes that it lacks, or can't be read."""
        control = self.control(name, DateField)
        problem = day_problem(control, name)
        if problem is not None:
            self._noted.append(problem)
        elif needed and control.day() is None:
            self.lacks(name)
        return control.day()

    def moment_of(self, day: str, clock: str, *, needed: bool = True) -> datetime | None:
        """A day and a time from their two fields; None while one lacks."""
        on, control = self.day_of(day, needed=needed), self.control(clock, TimeField)
        if not control.readable:
            self.wrong(
                clock,
                _("「{text}」は時刻として読めません。").format(text=control.text()[:20]),
                _("例：14:30"),
            )
            return None
        at = control.time()
        if at is None:
            if needed or on is not None:
                self.lacks(clock)
            return None
        if on is None:
            if not needed:
                self.lacks(day)
            return None
        return datetime.combine(on, at)

    def number_of(self, name: str, *, needed: bool = True) -> int | None:
        """The number in a field; notes that it lacks, or can't be read."""
        control = self.controls[name]
        assert isinstance(control, NumberStepper | MoneyField)
        value, problem = number_in(control, name)
        if problem is not None:
            self._noted.append(problem)
        elif value is None and needed:
            self.lacks(name)
        return value

    def text_of(self, name: str, *, needed: bool = False) -> str:
        """The words in a field."""
        control = self.controls[name]
        assert isinstance(control, TextField | TextArea)
        if needed and not control.text():
            self.lacks(name)
        return control.text()

    def value_of(self, name: str) -> object:
        """The choice in a field, or whether a box is ticked."""
        return raw_of(self.controls[name])

    def lacks(self, name: str) -> None:
        """Note that a field is empty that may not be."""
        self.wrong(
            name, _("{name}を入力してください。").format(name=self._names.get(name, name)), code="missing"
        )

    def wrong(
        self, name: str, what: str, remedy: str = "", *, clause: str = "", code: str = "bad-input"
    ) -> None:
        """Note what is wrong with a field."""
        self._noted.append(Problem(code, what, remedy=remedy, clause=clause, field=name))

    def fill_from(self, entry: Entry) -> None:
        """Show an entry in the fields, for it to be put right."""

    def correct(self, entry: Entry) -> None:
        """From now on what is recorded stands in place of an entry, which is voided with it."""
        self.correcting = entry
        self._putting = True
        self.fill_from(entry)
        self._putting = False
        self.first = self.kept()
        self.refresh()

    def read(self) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
        """The entries as the fields stand, and what keeps them from being so."""
        from app.contract.facts import Voided

        self._noted = []
        found = self.entries()
        if self.correcting is not None and found:
            found = (Voided(voids=self.correcting.id), *found)
        return (found if not self._noted else ()), tuple(self._noted)

    # --- keeping what was typed -------------------------------------------------------------------

    def kept(self) -> dict[str, Raw]:
        """Everything typed, by field."""
        return {name: raw_of(control) for name, control in self.controls.items()}

    def put_back(self, kept: Mapping[str, Raw]) -> None:
        """Put back what was typed once."""
        self._putting = True
        for name, raw in kept.items():
            if name in self.controls:
                put_raw(self.controls[name], raw)
        self._putting = False
        self._on_changed()

    @property
    def typed(self) -> bool:
        """Whether somebody changed anything."""
        return self.kept() != self.first

    def choose(self, name: str, value: object) -> None:
        """Choose in a list or among segments; not an edit."""
        control = self.controls[name]
        assert isinstance(control, Choice | Segments)
        control.set_value(value)

    def put_text(self, name: str, text: str) -> None:
        """Show words; not an edit."""
        control = self.controls[name]
        assert isinstance(control, TextField | TextArea)
        control.set_text(text)

    def set_day(self, name: str, day: date) -> None:
        """Another day, as somebody took up advice."""
        self.control(name, DateField).set_day(day)
        self._on_changed()

    def start(self) -> None:
        """Put the focus where typing begins."""
        first = next((one for one in self.controls.values() if one.isEnabled()), None)
        if first is not None:
            first.setFocus(FocusReason.TabFocusReason)  # what stands there is marked, to be typed over
