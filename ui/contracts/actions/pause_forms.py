"""利用停止 and 利用再開."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from app.contract.facts import Resumed, Suspended
from app.contract.life import entries_standing
from app.days import corresponding_day
from app.tariff.catalogue import words as say
from app.tariff.clauses import clause_note
from app.words import N_, _
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.shown import Note
from ui.theme import theme
from ui.widgets.dates import DateField
from ui.widgets.paint import width_of

if TYPE_CHECKING:
    from app.contract.record import Entry
    from app.tariff.life import LifeGround, Suspension

_SHOWN_EMS = 21  # of a name in the list


def ground_words(ground: LifeGround | None) -> str:
    """The clause of a ground; its whole name too where the list cuts it."""
    if ground is None:
        return ""
    name, clause = say(ground.name), clause_note(ground.clause)
    cut = width_of(name, "body") > theme.ems(_SHOWN_EMS)
    return _("{name}（{clause}）").format(name=name, clause=clause) if cut else clause


class SuspendForm(ActionForm):
    """Ground, first and last day, and when it was announced."""

    TITLE = N_("利用停止")
    BUTTON = N_("停止を登録")
    ALIASES: ClassVar[Mapping[str, str]] = {"from": "first", "to": "last"}

    def build(self) -> None:
        rule = self._rule
        grounds = rule.grounds if rule is not None else ()
        options = [(one.code, say(one.name)) for one in grounds] or [("", _("規約による停止"))]
        self.add(self.choice("ground", _("停止の理由"), options, options[0][0]))
        self.add(
            self.day_row("notified", _("知らせた日"), self.today),
            self.day_row("first", _("停止の初日"), self.today),
            self.day_row("last", _("停止の最後の日"), None, optional=_("決まっていなければ空欄")),
        )
        self.note_field()

    @property
    def _rule(self) -> Suspension | None:
        life = self.edition_on(self.today).life
        return life.suspension if life is not None else None

    @property
    def _ground(self) -> LifeGround | None:
        grounds = self._rule.grounds if self._rule is not None else ()
        return next((one for one in grounds if one.code == self.value_of("ground")), None)

    def refresh(self) -> None:
        ground, rule = self._ground, self._rule
        self.fields["ground"].set_helper(ground_words(ground))
        told = ground is None or ground.notice
        self.fields["notified"].setVisible(told)
        clause = rule.notice_clause if rule is not None else ""
        self.fields["notified"].set_helper(
            _("停止の前に知らせます（{clause}）").format(clause=clause_note(clause)) if clause else ""
        )
        self.fields["last"].set_helper(self._longest_words() or _("決まっていなければ空欄"))

    def _longest_words(self) -> str:
        rule, first = self._rule, self.control("first", DateField).day()
        if rule is None or rule.longest_months is None or first is None:
            return ""
        last = corresponding_day(first, rule.longest_months) - timedelta(days=1)
        return _("長くて{day}まで").format(day=self.day_words(last, weekday=False))

    def entries(self) -> tuple[Entry, ...]:
        first, last = self.day_of("first"), self.day_of("last", needed=False)
        rule = self._rule
        needed = bool(
            rule is not None and rule.notice_clause and (self._ground is None or self._ground.notice)
        )
        notified = self.day_of("notified", needed=needed) if self._is_told() else None
        if first is None:
            return ()
        if last is not None and last < first:
            self.wrong("last", _("最後の日が停止の初日より前です。"), _("初日以後の日にしてください。"))
        if notified is not None and notified > first:
            self.wrong(
                "notified",
                _("知らせた日が停止の初日より後です。"),
                _("停止の前に知らせた日を入力してください。"),
                clause=rule.notice_clause if rule is not None else "",
            )
        return (
            Suspended(first=first, last=last, ground=str(self.value_of("ground") or ""), notified=notified),
        )

    def _is_told(self) -> bool:
        return self._ground is None or self._ground.notice

    def obligations(self) -> tuple[Note, ...]:
        rule = self._rule
        found: list[Note] = []
        if rule is not None and rule.until_paid:
            found.append(
                Note(
                    "info",
                    _("滞納による停止は、支払いが済むまで続きます（{clause}）").format(
                        clause=clause_note(rule.clause)
                    ),
                )
            )
        return tuple(found)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Suspended):
            self.control("first", DateField).set_day(entry.first)
            self.control("last", DateField).set_day(entry.last)
            self.control("notified", DateField).set_day(entry.notified)
            self.choose("ground", entry.ground)


class ResumeForm(ActionForm):
    """The first day on which it works again."""

    TITLE = N_("利用再開")
    BUTTON = N_("再開を登録")

    def build(self) -> None:
        since = self._since()
        if since is not None:
            self.say(_("{day}から停止しています").format(day=self.day_words(since.first)), "text2")
        self.add(self.day("on", _("再開した日"), self.today, _("この日から利用できます。")))
        self.note_field()

    def _since(self) -> Suspended | None:
        held = entries_standing(one.entry for one in self.context.stored.entries)
        found = [one for one in held if isinstance(one, Suspended) and one.first <= self.today]
        return max(found, key=lambda one: one.first, default=None)

    def entries(self) -> tuple[Entry, ...]:
        on, since = self.day_of("on"), self._since()
        if on is None:
            return ()
        if since is not None and on < since.first:
            self.wrong("on", _("停止の初日より前です。"), _("停止の初日以後の日にしてください。"))
        return (Resumed(on=on),)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Resumed):
            self.control("on", DateField).set_day(entry.on)
