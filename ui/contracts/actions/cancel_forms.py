"""解約 by the customer, and 解除 by the company."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, cast, get_args

from app.contract.cancellation_date import End, Notice, cancellation_date
from app.contract.facts import Ended, EndReason, TermsNoticed
from app.contract.life import entries_standing
from app.errors import UserError
from app.tariff.catalogue import words as say
from app.tariff.clauses import clause_note
from app.words import N_, _, pgettext
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.pause_forms import ground_words
from ui.contracts.actions.shown import Note
from ui.widgets.choices import Choice, Segments
from ui.widgets.dates import DateField

if TYPE_CHECKING:
    from datetime import date

    from app.contract.record import Entry
    from app.tariff.life import CompanyEnd, LifeGround
    from app.tariff.model import Edition


class CancelForm(ActionForm):
    """When the customer told, the day wished, when it was checked: the 解約日 is worked out of these."""

    TITLE = N_("解約")
    BUTTON = N_("解約を登録")
    DANGER = True
    DAY_FIELD = "wished"
    ALIASES: ClassVar[Mapping[str, str]] = {"on": "wished", "requested": "notified", "terms_notified": "told"}

    def build(self) -> None:
        rule = self.edition_on(self.today).cancellation
        clause = clause_note(rule.clause) if rule is not None else ""
        self.add(
            self.segments(
                "why",
                _("解約の理由"),
                [("", pgettext("reason", "お客さまの都合")), ("terms-change", _("規約改定に不同意"))],
                "",
            )
        )
        self.add(
            self.day_row("notified", _("申し出のあった日"), self.today),
            self.day_row("confirmed", _("申し出を確認した日"), self.today),
            self.day_row("wished", pgettext("field", "解約希望日"), self._first_day(), clause),
        )
        notice = self._last_notice()
        self.add(
            self.day_row("told", _("改定を知らせた日"), notice.notified if notice else None),
            self.day_row("effective", _("改定の実施日"), notice.effective if notice else None),
        )
        self.note_field()

    def _last_notice(self) -> TermsNoticed | None:
        held = entries_standing(one.entry for one in self.context.stored.entries)
        found = [one for one in held if isinstance(one, TermsNoticed)]
        return max(found, key=lambda one: one.notified, default=None)

    def _first_day(self) -> date:
        """The earliest day the notice rules allow when told today."""
        from app.usecases.ending_curve import earliest_end

        timeline = self.context.view.timeline
        if timeline is None:
            return self.today
        return max(earliest_end(timeline, self.context.session.catalogue, self.today), timeline.started.on)

    @property
    def _by_terms(self) -> bool:
        return self.value_of("why") == "terms-change"

    @property
    def _needs_confirmation(self) -> bool:
        rule = self.edition_on(self.today).cancellation
        return rule is not None and rule.policy in {"not-before-confirmation", "business-days-notice"}

    def refresh(self) -> None:
        self.fields["told"].setVisible(self._by_terms)
        self.fields["effective"].setVisible(self._by_terms)
        self.fields["confirmed"].setVisible(self._needs_confirmation)

    def end(self) -> End | None:
        """The end that follows from the fields; None while one lacks."""
        wished = self.control("wished", DateField).day()
        notified = self.control("notified", DateField).day()
        confirmed = self.control("confirmed", DateField).day() if self._needs_confirmation else None
        if wished is None:
            return None
        try:
            notice = Notice(self.service.code, wished, notified, confirmed)
            return cancellation_date(notice, self.context.session.catalogue)
        except UserError:
            return None

    def entries(self) -> tuple[Entry, ...]:
        wished, notified = self.day_of("wished"), self.day_of("notified")
        confirmed = self.day_of("confirmed", needed=False) if self._needs_confirmation else None
        told = self.day_of("told") if self._by_terms else None
        effective = self.day_of("effective") if self._by_terms else None
        if wished is None or notified is None:
            return ()
        try:
            end = cancellation_date(
                Notice(self.service.code, wished, notified, confirmed), self.context.session.catalogue
            )
        except UserError as error:
            for one in error.problems:
                self.wrong(one.field or "wished", one.what, one.remedy, clause=one.clause)
            return ()
        return (
            Ended(
                on=end.day,
                reason="terms-change" if self._by_terms else None,
                requested=notified,
                notified=told,
                effective=effective,
                wished=wished,
                confirmed=confirmed,
            ),
        )

    def effective_words(self, day: str, why: str) -> str:
        return _("解約日 {day}：{why}").format(day=day, why=why)

    def obligations(self) -> tuple[Note, ...]:
        end = self.end()
        if end is None or end.last_notice is None:
            return _at_the_end(self.edition_on(self.today))
        words = _("希望日どおりの解約には{day}までの申し出が必要です（{clause}）").format(
            day=self.day_words(end.last_notice.day, weekday=False),
            clause=clause_note(end.last_notice.clause),
        )
        told = Note("calendar-clock", words, "text2" if end.in_time else "warn")
        return (told, *_at_the_end(self.edition_on(self.today)))

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Ended):
            self.choose("why", entry.reason if entry.reason == "terms-change" else "")
            self.control("wished", DateField).set_day(entry.wished or entry.on)
            self.control("notified", DateField).set_day(entry.requested)
            self.control("confirmed", DateField).set_day(entry.confirmed)
            self.control("told", DateField).set_day(entry.notified)
            self.control("effective", DateField).set_day(entry.effective)


class CompanyEndForm(ActionForm):
    """解除 by the provider, on a ground of the terms."""

    TITLE = N_("提供会社による解除")
    BUTTON = N_("解除を登録")
    DANGER = True

    def build(self) -> None:
        rule = self._rule
        grounds = rule.grounds if rule is not None else ()
        options = [(one.code, say(one.name)) for one in grounds] or [("", _("規約による解除"))]
        self.add(self.choice("ground", _("解除の理由"), options, options[0][0]))
        self.add(self.choice("reason", _("契約が終わる事情"), _reasons(known=bool(grounds)), ""))
        choices: list[tuple[object, str]] = [
            (False, pgettext("applies", "なし")),
            (True, pgettext("applies", "あり")),
        ]
        self.add(self.segments("fault", pgettext("field", "お客さまの責任"), choices, False))
        self.add(
            self.day_row("notified", _("知らせた日"), self.today),
            self.day_row("on", _("解除の日"), self.today),
        )
        self.note_field()

    @property
    def _rule(self) -> CompanyEnd | None:
        life = self.edition_on(self.today).life
        return life.company_end if life is not None else None

    @property
    def _ground(self) -> LifeGround | None:
        grounds = self._rule.grounds if self._rule is not None else ()
        return next((one for one in grounds if one.code == self.value_of("ground")), None)

    @property
    def _reason(self) -> EndReason | None:
        """What decides the fee: the ground itself where it says so, else what was chosen."""
        said = self.value_of("ground")
        found = said if said in get_args(EndReason) else self.value_of("reason")
        return cast("EndReason", found) if found else None

    def _notice_clause(self, rule: CompanyEnd | None) -> str:
        """Where the terms say how it is announced, by the ground chosen."""
        edition, ground = self.edition_on(self.today), self.value_of("ground")
        abolition = next((one for one in edition.deadlines if one.code == "abolition_notice_by"), None)
        if ground == "service-end" and abolition is not None:
            return abolition.clause
        if ground == "notice" and edition.cancellation is not None:
            return edition.cancellation.clause
        return rule.notice_clause if rule is not None else ""

    def refresh(self) -> None:
        ground, rule = self._ground, self._rule
        self.fields["ground"].set_helper(ground_words(ground))
        self.fields["reason"].setVisible(self.value_of("ground") not in get_args(EndReason))
        notice = ground is None or ground.notice
        self.fields["notified"].setVisible(notice)
        clause = self._notice_clause(rule)
        self.fields["notified"].set_helper(clause_note(clause) if clause else "")
        self.fields["fault"].setVisible(self._reason == "supplier-change")

    def entries(self) -> tuple[Entry, ...]:
        on, ground, rule = self.day_of("on"), self._ground, self._rule
        needed = bool(rule is not None and rule.notice_clause and (ground is None or ground.notice))
        shown = ground is None or ground.notice
        notified = self.day_of("notified", needed=needed) if shown else None
        if on is None:
            return ()
        if notified is not None and notified > on:
            self.wrong(
                "notified",
                _("知らせた日が解除の日より後です。"),
                _("解除の前に知らせた日を入力してください。"),
                clause=rule.notice_clause if rule is not None else "",
            )
        reason = self._reason
        return (
            Ended(
                on=on,
                by="company",
                reason=reason,
                customer_fault=reason == "supplier-change" and bool(self.control("fault", Segments).value()),
                notified=notified,
                ground=ground.code if ground is not None else "",
            ),
        )

    def obligations(self) -> tuple[Note, ...]:
        return _at_the_end(self.edition_on(self.today))

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Ended):
            self.choose("ground", entry.ground)
            self._offer(entry.reason)
            self.choose("reason", entry.reason or "")
            self.choose("fault", entry.customer_fault)
            self.control("on", DateField).set_day(entry.on)
            self.control("notified", DateField).set_day(entry.notified)

    def _offer(self, reason: EndReason | None) -> None:
        """Leave the choice of a reason that was recorded beside another ground: it decided the fee."""
        offered = _reasons(known=bool(self._rule is not None and self._rule.grounds))
        others = [one for one in _reasons(known=False) if one[0] == reason and one not in offered]
        self.control("reason", Choice).set_options([*offered, *others])


def _at_the_end(edition: Edition) -> tuple[Note, ...]:
    """What else the terms say comes with the end."""
    rule = edition.cancellation
    return (Note("info", say(rule.note)),) if rule is not None and rule.note is not None else ()


def _reasons(*, known: bool) -> list[tuple[object, str]]:
    """What decides whether a fee is due when the company ends it. ``known``: the terms list their grounds;
    the other reasons are grounds of their own there.
    """
    first: list[tuple[object, str]] = [("", _("規約違反など")), ("arrears", _("料金の滞納"))]
    if known:
        return first
    return [
        *first,
        ("line-ended", _("回線の契約の終了")),
        ("service-end", _("サービスの廃止")),
        ("supplier-change", _("提供元の都合・変更")),
    ]
