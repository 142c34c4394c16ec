"""数量・オプションの変更."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.charge.words import counted
from app.contract.facts import Changed, Started
from app.quote.content import ServiceEntry
from app.quote.service_price import quantity_words
from app.tariff.clauses import clause_note
from app.tariff.model import ByDay, Edition
from app.words import N_, _
from ui.contracts.actions.form import ActionForm
from ui.qt import FocusReason
from ui.quotes.form_rows import ErrorLine
from ui.quotes.item_rows import ItemRows, countable
from ui.quotes.reading_fields import day_problem, number_in
from ui.quotes.tariff_forms import form_edition
from ui.widgets.choices import Switch
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField
from ui.widgets.number import NumberStepper

if TYPE_CHECKING:
    from app.contract.history import State
    from app.contract.record import Entry

QuantityControl = NumberStepper | MoneyField


class QuantityForm(ActionForm):
    """All quantities and options as they are to be from a day on; what is as before is simply left."""

    TITLE = N_("数量・オプション変更")
    BUTTON = N_("変更を登録")
    QUANTITY_SHOWN = True

    def build(self) -> None:
        stored = self.context.stored
        self._edition = self._edition_for(self.today)
        self._error = ErrorLine(self)
        self.rows = ItemRows(self._edition, "", self.board, self._error)
        on = self.day("on", _("変更日"), self._first_day())
        single = self.rows.single
        if single is not None:
            single.set_label(_("変更後の数量"))
            single.set_helper("")
            self.add(self.beside((single, 3), (on, 5)))
        else:
            self.add(on)
        self._helper = self.say("")
        self._helper.hide()
        self.add(self._error, self.rows)
        for path, control, name in self.rows.controls():
            self.controls[path] = control
            self._names[path] = name
        has = self._has(self._first_day())
        self.rows.show_entry(
            ServiceEntry(service=stored.content.service, items=dict(has[0]), options=dict(has[1])), None
        )
        if single is not None:
            single.set_helper("")
        self.rows.item_changed.connect(self._on_changed)
        self.rows.option_changed.connect(self._on_changed)
        self.note_field()

    def start(self) -> None:
        first = self.rows.first_control
        (first or self.controls["on"]).setFocus(FocusReason.TabFocusReason)

    def _edition_for(self, day: date) -> Edition:
        stored = self.context.stored
        found = form_edition(self.context.session.catalogue, stored.content.service, day)
        return found if found is not None else self.edition_on(day)

    def _first_day(self) -> date:
        """Today, or the first day after what is closed or not begun."""
        closed = self.context.view.closed_until
        timeline = self.context.view.timeline
        days = [self.today]
        if closed is not None:
            days.append(closed.plus(1).first)
        if timeline is not None:
            days.append(timeline.started.on)
        return max(days)

    def _has(self, day: date) -> tuple[dict[str, int], dict[str, bool | int]]:
        """Quantities and options just before a change on a day."""
        state = self._state(day)
        if state is None:
            application = self.context.stored.content.application
            return dict(application.items), dict(application.options)
        return dict(state.items), dict(state.options)

    def _state(self, day: date) -> State | None:
        timeline = self.context.view.timeline
        return timeline.history.state_on(day) if timeline is not None else None

    def _typed_items(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for item in countable(self._edition):
            control = self.controls.get(f"items.{item.code}")
            if not isinstance(control, QuantityControl):
                continue
            value, problem = number_in(control, f"items.{item.code}")
            if problem is not None:
                self._noted.append(problem)
            elif value is not None:
                found[item.code] = value
        return found

    def _typed_options(self) -> dict[str, bool | int]:
        found: dict[str, bool | int] = {}
        for option in self._edition.options:
            control = self.controls.get(f"options.{option.code}")
            if isinstance(control, Switch):
                found[option.code] = control.isChecked()
            elif isinstance(control, NumberStepper):
                value, problem = number_in(control, f"options.{option.code}")
                if problem is not None:
                    self._noted.append(problem)
                else:
                    found[option.code] = value or 0
        return found

    def entries(self) -> tuple[Entry, ...]:
        on = self.day_of("on")
        if on is None:
            return ()
        items, options = self._typed_items(), self._typed_options()
        before_items, before_options = self._has(on)
        items = {**before_items, **items}
        options = {**before_options, **options}
        same_items = _plain(items) == _plain(before_items)
        same_options = _plain(options) == _plain(self._whole(before_options))
        if self.correcting is not None:
            # What stood there before was the entry itself: the right one says all it says.
            same_items = False
            same_options = same_options and getattr(self.correcting, "options", None) is None
        if same_items and same_options:
            self.wrong(
                self._first_path(),
                _("今の数量と同じです。"),
                _("変更後の数量を入力してください。"),
                code="missing",
            )
            return ()
        return (
            Changed(
                on=on,
                items=None if same_items else items,
                options=None
                if same_options
                else {c: v for c, v in options.items() if v or c in before_options},
            ),
        )

    def _whole(self, options: dict[str, bool | int]) -> dict[str, bool | int]:
        """Options with what holds when nothing is said."""
        return {one.code: options.get(one.code, one.default) for one in self._edition.options} | options

    def _first_path(self) -> str:
        return next((path for path in self.controls if path.startswith(("items.", "options."))), "on")

    def refresh(self) -> None:
        control = self.control("on", DateField)
        text = ""
        if day_problem(control, "on") is None and control.day() is not None:
            text = self._split_words(control.day() or self.today)
        self._helper.set_text(text)
        self._helper.setVisible(bool(text))

    def _split_words(self, day: date) -> str:
        """How the month of the change is divided, where it is divided by days."""
        from app.days import DAY

        rule = self._edition.proration
        items = countable(self._edition)
        if not isinstance(rule, ByDay) or len(items) != 1 or day.day == 1:
            return ""
        item = items[0]
        before = self._has(day)[0].get(item.code, 0)
        control = self.controls.get(f"items.{item.code}")
        after = control.value() if isinstance(control, QuantityControl) else None
        if after is None or after == before:
            return ""
        clause = rule.change_clause or rule.clause
        words = _("{until}日まで{before}、{since}日から{after}で日割").format(
            until=(day - DAY).day,
            before=counted(before, item.unit),
            since=day.day,
            after=counted(after, item.unit),
        )
        return f"{words}{_('（{clause}）').format(clause=clause_note(clause))}" if clause else words

    def fee_caption(self) -> str:
        on = self.control("on", DateField).day()
        items = countable(self._edition)
        if on is None or len(items) != 1:
            return _("減る分")
        control = self.controls.get(f"items.{items[0].code}")
        after = control.value() if isinstance(control, QuantityControl) else None
        gone = self._has(on)[0].get(items[0].code, 0) - (after or 0)
        return _("減る{quantity}の分").format(quantity=counted(gone, items[0].unit)) if gone > 0 else ""

    def summary(self) -> tuple[str, ...]:
        on = self.control("on", DateField).day()
        items = {**self._has(on or self.today)[0], **self._typed_items()}
        day = _("{day}から").format(day=self.day_words(on)) if on is not None else ""
        return tuple(one for one in (_(self.TITLE), day, quantity_words(self._edition, items)) if one)

    def fill_from(self, entry: Entry) -> None:
        if not isinstance(entry, Changed | Started):
            return
        before = self._has(entry.on)
        items = entry.items if entry.items is not None else before[0]
        options = entry.options if entry.options is not None else before[1]
        self.rows.show_entry(
            ServiceEntry(
                service=self.context.stored.content.service, items=dict(items), options=dict(options)
            ),
            None,
        )
        self.control("on", DateField).set_day(entry.on)


def _plain(values: dict[str, int] | dict[str, bool | int]) -> dict[str, int]:
    """Without what is nothing: 0 and absent are the same."""
    return {code: int(value) for code, value in values.items() if value}
