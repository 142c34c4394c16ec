"""障害, 復旧 and 提供中止: moments, not days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from app.contract.facts import Interrupted, Outage, Restored
from app.contract.life import open_outages
from app.tariff.clauses import clause_note
from app.words import N_, _, pgettext
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.shown import Note
from ui.contracts.actions.time_field import TimeField
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField

if TYPE_CHECKING:
    from app.contract.facts import OutageCause
    from app.contract.record import Entry
    from app.tariff.model import OutageCredit


def cause_words() -> list[tuple[object, str]]:
    """Whose doing an outage is."""
    return [
        ("company", pgettext("cause", "提供会社")),
        ("gross-negligence", pgettext("cause", "重大な過失")),
        ("third-party", pgettext("cause", "第三者")),
        ("customer", pgettext("cause", "お客さま")),
    ]


def length_words(length: timedelta) -> str:
    """``38時間``, ``2日と4時間``, ``40分``."""
    hours, rest = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return _("{minutes}分").format(minutes=rest)
    if hours < 72:
        return _("{hours}時間").format(hours=hours)
    return _("{days}日と{hours}時間").format(days=hours // 24, hours=hours % 24)


class _Moments(ActionForm):
    """What the forms of outages share: the moment now, and how long it has been."""

    @property
    def now(self) -> datetime:
        """The moment at the desk, without its zone: entries are kept so."""
        return self.context.session.desk.now().replace(tzinfo=None, second=0, microsecond=0)

    def put_moment(self, day: str, clock: str, at: datetime | None) -> None:
        """Show a moment in two fields."""
        self.control(day, DateField).set_day(at.date() if at is not None else None)
        control = self.control(clock, TimeField)
        control.set_text(f"{at.hour}:{at.minute:02}" if at is not None else "")

    @property
    def credit(self) -> OutageCredit | None:
        """What the terms say of hours without service."""
        return self.edition_on(self.today).outage

    def length_note(self, since: datetime | None, until: datetime | None) -> str:
        """How long it was, and how many days that makes."""
        if since is None or until is None or until < since:
            return ""
        length = until - since
        words = length_words(length)
        rule = self.credit
        if rule is None:
            return words
        days = length // timedelta(hours=rule.hours)
        return _("{length}（{hours}時間ごとに1日：{days}日分）").format(
            length=words, hours=rule.hours, days=days
        )


class OutageForm(_Moments):
    """From when the company knew; it may last still."""

    TITLE = N_("障害")
    BUTTON = N_("障害を登録")
    ALIASES: ClassVar[Mapping[str, str]] = {"known_at": "known_day", "restored_at": "restored_day"}

    def build(self) -> None:
        now = self.now
        self.add(
            self.beside(
                (self.day("known_day", _("利用できないと知った日"), now.date()), 3),
                (self.clock("known_time", _("時刻"), now.time()), 2),
            )
        )
        self.add(
            self.segments("lasts", _("いまの状態"), [(True, _("続いている")), (False, _("復旧した"))], True)
        )
        self.add(
            self.beside(
                (self.day("restored_day", _("復旧した日"), None), 3),
                (self.clock("restored_time", _("時刻"), None), 2),
            )
        )
        self._length = self.say("", "text2")
        self.add(self.choice("cause", _("原因"), cause_words(), "company"))
        self.note_field()

    @property
    def _lasts(self) -> bool:
        return bool(self.control("lasts", Segments).value())

    def refresh(self) -> None:
        for name in ("restored_day", "restored_time"):
            self.fields[name].setVisible(not self._lasts)
        since = self._quiet("known_day", "known_time")
        if self._lasts:
            text = self.length_note(since, self.now)
            self._length.set_text(_("今まで{length}").format(length=text) if text else "")
        else:
            self._length.set_text(self.length_note(since, self._quiet("restored_day", "restored_time")))
        self._length.setVisible(bool(self._length.words()))
        rule = self.credit
        if rule is None:
            return
        barred = self.value_of("cause") in rule.not_for
        clause = clause_note(rule.clause)
        self.fields["cause"].set_helper(
            _("この原因では減額しません（{clause}）").format(clause=clause)
            if barred
            else _("知った時から{hours}時間ごとに1日分を減額（{clause}）").format(
                hours=rule.hours, clause=clause
            )
        )

    def _quiet(self, day: str, clock: str) -> datetime | None:
        on, at = self.control(day, DateField).day(), self.control(clock, TimeField).time()
        return datetime.combine(on, at) if on is not None and at is not None else None

    def entries(self) -> tuple[Entry, ...]:
        known = self.moment_of("known_day", "known_time")
        restored = None if self._lasts else self.moment_of("restored_day", "restored_time")
        if known is None or (restored is None and not self._lasts):
            return ()
        if known > self.now:
            self.wrong("known_time", _("まだ来ていない時刻です。"), _("知った時の日時にしてください。"))
        cause: OutageCause = self.value_of("cause")  # type: ignore[assignment]
        return (Outage(known_at=known, restored_at=restored, cause=cause),)

    def obligations(self) -> tuple[Note, ...]:
        if self._lasts:
            return (
                Note("clock", _("復旧したら「復旧」で時刻を記録してください。")),
                Note(
                    "info",
                    _(
                        "それまでは、続くものとして見込みを計算します。復旧を記録すると、その時までに直ります。"
                    ),
                ),
            )
        return ()

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Outage):
            self.put_moment("known_day", "known_time", entry.known_at)
            self.put_moment("restored_day", "restored_time", entry.restored_at)
            self.control("lasts", Segments).set_value(entry.restored_at is None)
            self.choose("cause", entry.cause)


class RestoreForm(_Moments):
    """When it worked again."""

    TITLE = N_("復旧")
    BUTTON = N_("復旧を登録")
    ALIASES: ClassVar[Mapping[str, str]] = {"at": "day", "restored_at": "day"}

    def build(self) -> None:
        entries = [one.entry for one in self.context.stored.entries]
        self._open = {one.id: one for one in open_outages(entries, self.today)}
        options = [(one.id, self._begun(one)) for one in self._open.values()]
        if not options:
            options = [("", _("続いている障害はありません"))]
        self.add(self.choice("outage", _("障害"), options, options[0][0]))
        self.fields["outage"].setVisible(len(options) > 1)
        now = self.now
        self.add(
            self.beside(
                (self.day("day", _("復旧した日"), now.date()), 3),
                (self.clock("clock", _("時刻"), now.time()), 2),
            )
        )
        self._length = self.say("", "text2")
        self.note_field()

    def _begun(self, outage: Outage) -> str:
        at = outage.known_at
        return _("{day} {time}から").format(day=self.day_words(at.date()), time=f"{at.hour}:{at.minute:02}")

    @property
    def _outage(self) -> Outage | None:
        return self._open.get(str(self.value_of("outage") or ""))

    def refresh(self) -> None:
        on, at = self.control("day", DateField).day(), self.control("clock", TimeField).time()
        outage = self._outage
        text = ""
        if outage is not None and on is not None and at is not None:
            length = self.length_note(_plain(outage.known_at), datetime.combine(on, at))
            text = _("{begun}・{length}").format(begun=self._begun(outage), length=length)
        self._length.set_text(text)

    def entries(self) -> tuple[Entry, ...]:
        at, outage = self.moment_of("day", "clock"), self._outage
        if at is None or outage is None:
            return ()
        if at < _plain(outage.known_at):
            self.wrong("clock", _("障害を知った時刻より前です。"), _("復旧した時の日時にしてください。"))
        return (Restored(outage=outage.id, at=at),)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Restored):
            for one in self.context.stored.entries:
                if one.entry.id == entry.outage and isinstance(one.entry, Outage):
                    self._open[entry.outage] = one.entry
            self.put_moment("day", "clock", entry.at)


class InterruptForm(_Moments):
    """提供中止 for works or an emergency; it changes no charge."""

    TITLE = N_("提供中止")
    BUTTON = N_("提供中止を登録")
    ALIASES: ClassVar[Mapping[str, str]] = {"since": "since_day", "until": "until_day"}

    def build(self) -> None:
        now = self.now
        self.add(
            self.beside(
                (self.day("since_day", _("中止の初め"), now.date()), 3),
                (self.clock("since_time", _("時刻"), now.time()), 2),
            )
        )
        self.add(
            self.beside(
                (self.day("until_day", _("終わり"), None, optional=_("（未定でも可）")), 3),
                (self.clock("until_time", _("時刻"), None), 2),
            )
        )
        self.add(self.text("why", _("理由"), hint=_("例：設備の保守")))
        self.add(
            self.segments("urgent", _("お知らせ"), [(False, _("事前に知らせた")), (True, _("緊急"))], False)
        )
        self.add(self.day("notified", _("知らせた日"), self.today))

    def refresh(self) -> None:
        urgent = bool(self.value_of("urgent"))
        self.fields["notified"].setVisible(not urgent)
        life = self.edition_on(self.today).life
        clause = life.interruption.notice_clause if life is not None else ""
        self.fields["urgent"].set_helper(
            _("緊急でなければ前もって知らせます（{clause}）").format(clause=clause_note(clause))
            if clause
            else ""
        )

    def entries(self) -> tuple[Entry, ...]:
        since = self.moment_of("since_day", "since_time")
        until = self.moment_of("until_day", "until_time", needed=False)
        notified = None if self.value_of("urgent") else self.day_of("notified")
        if since is None:
            return ()
        if until is not None and until < since:
            self.wrong("until_day", _("終わりが初めより前です。"), _("初めより後の日時にしてください。"))
        if notified is not None and notified > since.date():
            self.wrong(
                "notified", _("知らせた日が中止の後です。"), _("緊急のときは「緊急」を選んでください。")
            )
        return (Interrupted(since=since, until=until, why=self.text_of("why"), notified=notified),)

    def obligations(self) -> tuple[Note, ...]:
        return (
            Note(
                "info",
                _("提供中止だけでは料金は変わりません。まったく利用できなければ「障害」も記録してください。"),
            ),
        )

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Interrupted):
            self.put_moment("since_day", "since_time", entry.since)
            self.put_moment("until_day", "until_time", entry.until)
            self.put_text("why", entry.why)
            self.control("urgent", Segments).set_value(entry.notified is None)
            self.control("notified", DateField).set_day(entry.notified)


def _plain(at: datetime) -> datetime:
    """Entries may carry a zone; people type none."""
    return at.replace(tzinfo=None)
