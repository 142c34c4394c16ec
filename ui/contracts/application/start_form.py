"""利用開始: with what, and from when; OsecT's opening day is worked out of delivery and test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from app.contract.facts import Started
from app.contract.opening import OpeningDates, Wish, opening_date
from app.contract.steps import Accepted
from app.errors import UserError
from app.quote.content import ServiceEntry
from app.tariff.clauses import clause_note
from app.words import N_, _, pgettext
from ui.contracts.actions.boxes import ReasonFold
from ui.contracts.actions.shown import Note
from ui.contracts.application.step_forms import StepForm
from ui.qt import FocusReason
from ui.quotes.form_rows import ErrorLine
from ui.quotes.item_rows import ItemRows
from ui.quotes.reading_fields import number_in
from ui.quotes.tariff_forms import form_edition
from ui.widgets.choices import Switch
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField
from ui.widgets.number import NumberStepper

if TYPE_CHECKING:
    from datetime import date

    from app.contract.record import Entry


class StartForm(StepForm):
    """The first fact of a contract; with it the free period and the way of payment applied for."""

    TITLE = N_("利用開始")
    BUTTON = N_("開始を登録")
    CHARGED = True
    ALIASES: ClassVar[Mapping[str, str]] = {"desired": "on"}

    def build(self) -> None:
        content = self.context.stored.content
        self._opening_rule = self.edition_on(self.today).opening
        first = self._first_day()
        label = pgettext("field", "開通希望日") if self._opening_rule is not None else _("利用開始日")
        self.add(self.day("on", label, first, self._start_clause()))
        if self._opening_rule is not None:
            self._add_opening()
        edition = form_edition(self.context.session.catalogue, content.service, first)
        self._edition = edition if edition is not None else self.edition_on(first)
        self._error = ErrorLine(self)
        self.rows = ItemRows(self._edition, "", self.board, self._error)
        if self.rows.single is not None:
            self.add(self.rows.single)
        self.add(self._error, self.rows)
        for path, control, name in self.rows.controls():
            self.controls[path] = control
            self._names[path] = name
        self._show(dict(content.application.items), dict(content.application.options))
        self.rows.item_changed.connect(self._on_changed)
        self.rows.option_changed.connect(self._on_changed)

    def _show(self, items: dict[str, int], options: dict[str, bool | int]) -> None:
        service = self.context.stored.content.service
        self.rows.show_entry(ServiceEntry(service=service, items=items, options=options), None)

    def _start_clause(self) -> str:
        return clause_note(self.life.start_clause) if self.life is not None else ""

    def _first_day(self) -> date:
        from app.usecases.keep_application import start_day

        stored = self.context.stored
        entries = tuple(one.entry for one in stored.entries)
        if self._opening_rule is not None:
            return stored.content.application.wished_start or self.today
        found = start_day(stored.content, entries, self.context.session.catalogue, self.today)
        return found.on or self.today

    def _effective(self) -> date | None:
        from app.contract.life import entries_standing

        held = entries_standing(one.entry for one in self.context.stored.entries)
        return max((one.effective for one in held if isinstance(one, Accepted)), default=None)

    def _add_opening(self) -> None:
        self.add(
            self.day_row("delivered", _("機器の届いた日"), None, _("予定どおりなら空欄")),
            self.day_row("tested", _("開通試験の日"), None, _("予定どおりなら空欄")),
        )
        self.add(
            self.segments(
                "cause",
                _("遅れの原因"),
                [("company", _("提供会社")), ("customer", _("お客さま"))],
                "company",
            )
        )
        self.add(self.switch("installed", _("センサーの設置は期限までに済んだ"), True))
        self.opening = ReasonFold()
        self.add(self.opening)

    def opening_dates(self) -> OpeningDates | None:
        """The opening day and its deadlines, as the fields stand; None for services without such a rule."""
        desired = self.control("on", DateField).day()
        if self._opening_rule is None or desired is None:
            return None
        wish = Wish(
            self.service.code,
            desired,
            self.control("delivered", DateField).day(),
            self.control("tested", DateField).day(),
            "customer" if self.value_of("cause") == "customer" else "company",
            self.control("installed", Switch).isChecked(),
        )
        try:
            return opening_date(wish, self.context.session.catalogue)
        except UserError:
            return None

    def refresh(self) -> None:
        if self._opening_rule is None:
            return
        from app.contract.date_words import because
        from ui.contracts.actions.consequence_words import date_reason_words

        late = any(self.control(name, DateField).day() for name in ("delivered", "tested"))
        self.fields["cause"].setVisible(late)
        dates = self.opening_dates()
        if dates is None:
            self.opening.show_reason("", None)
            return
        words = _("開通日 {day}：{why}").format(
            day=self.day_words(dates.opening.day), why=because(dates.opening)
        )
        self.opening.show_reason(words, date_reason_words(dates.opening))

    def entries(self) -> tuple[Entry, ...]:
        on = self.day_of("on")
        if self._opening_rule is not None:
            self.day_of("delivered", needed=False)
            self.day_of("tested", needed=False)
        items, options = self._typed()
        dates = self.opening_dates()
        if on is None:
            return ()
        begun = dates.opening.day if dates is not None else on
        effective = self._effective()
        if effective is not None and begun < effective:
            self.wrong(
                "on",
                _("承諾の効力発生日（{day}）より前です。").format(
                    day=self.day_words(effective, weekday=False)
                ),
                _("効力発生日以後の日にしてください。"),
                clause=self.life.acceptance_clause if self.life is not None else "",
            )
        started = Started(on=begun, items=items, options=options)
        return (started, *self._with_it(begun))

    def _typed(self) -> tuple[dict[str, int], dict[str, bool | int]]:
        items = dict(self.context.stored.content.application.items)
        options: dict[str, bool | int] = {}
        for path, control in self.controls.items():
            kind, _dot, code = path.partition(".")
            if kind not in {"items", "options"}:
                continue
            if isinstance(control, Switch):
                options[code] = control.isChecked()
                continue
            assert isinstance(control, NumberStepper | MoneyField)
            value, problem = number_in(control, path)
            if problem is not None:
                self._noted.append(problem)
            elif kind == "items" and value is not None:
                items[code] = value
            elif kind == "options":
                options[code] = value or 0
        return items, options

    def _with_it(self, on: date) -> tuple[Entry, ...]:
        """What was applied for and begins with the service; a start put right brings nothing more."""
        if self.correcting is not None:
            return ()
        from app.usecases.keep_application import start_entries

        content = self.context.stored.content
        _started, *with_it = start_entries(content, self.context.session.catalogue, on)
        return tuple(with_it)

    def obligations(self) -> tuple[Note, ...]:
        dates = self.opening_dates()
        if dates is None:
            return ()
        rows = (
            (_("配送の期限"), dates.delivery_due),
            (_("センサー設置の期限"), dates.install_due),
            (_("開通試験の期限"), dates.test_due),
        )
        return tuple(
            Note(
                "calendar-clock",
                _("{name} {day}（{clause}）").format(
                    name=name, day=self.day_words(due.day), clause=clause_note(due.clause)
                ),
            )
            for name, due in rows
        )

    def start(self) -> None:
        self.controls["on"].setFocus(FocusReason.TabFocusReason)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Started):
            self.control("on", DateField).set_day(entry.on)
            self._show(dict(entry.items), dict(entry.options))
