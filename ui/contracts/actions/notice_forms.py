"""届出事項の変更, 更新しない申し出, 規約改定の通知 and 附則の無料期間: they record what was said and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from app.contract.facts import Ended, Notified, Promoted, RenewalDeclined, TermsNoticed
from app.tariff.clauses import clause_note
from app.words import N_, _
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.shown import Note
from ui.qt import LEFT
from ui.theme import theme
from ui.widgets.choices import Check
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.layout import column, holding

if TYPE_CHECKING:
    from app.contract.record import Entry
    from app.tariff.model import Edition


def notified_words() -> dict[str, str]:
    """What a customer tells when it changes, by the field of the customer."""
    return {
        "name": _("名称・氏名"),
        "address": _("住所・所在地"),
        "phone": _("電話番号"),
        "email": _("メールアドレス"),
        "person": _("担当者"),
        "billing": _("請求書の送付先"),
    }


class NotifyForm(ActionForm):
    """届出事項の変更: what changed, since when, and what was shown."""

    TITLE = N_("届出事項の変更")
    BUTTON = N_("届出を登録")
    PREVIEWED = False
    ALIASES: ClassVar[Mapping[str, str]] = {"what": "what.name"}

    def build(self) -> None:
        box = column(gap="xs")
        ring = theme.size.xs
        box.setContentsMargins(ring, ring, ring, ring)
        for code, words in notified_words().items():
            box.addWidget(self.check(f"what.{code}", words), 0, LEFT)
        self._told = Field(_("変わったこと"), holding(box))
        self.board.add("what", self._told)
        self.add(self._told)
        self.add(
            self.day_row("on", _("届出の日"), self.today),
            self.day_row("changed_on", _("変わった日"), None, optional=_("なくても可")),
        )
        self.add(
            self.text("proof", _("確認した書類"), hint=_("例：登記事項証明書"), optional=_("（なくても可）"))
        )
        self.note_field()

    def entries(self) -> tuple[Entry, ...]:
        on, changed = self.day_of("on"), self.day_of("changed_on", needed=False)
        what = tuple(code for code in notified_words() if self.control(f"what.{code}", Check).isChecked())
        if not what:
            self.wrong("what", _("変わったことを1つ以上選んでください。"), code="missing")
        if on is None or not what:
            return ()
        return (Notified(on=on, what=what, changed_on=changed, proof=self.text_of("proof")),)

    def obligations(self) -> tuple[Note, ...]:
        life = self.edition_on(self.today).life
        clause = life.notified_clause if life is not None else ""
        found = [Note("info", _("新しい名称や住所は、顧客の情報で直してください。見積や書類に使われます。"))]
        if clause:
            found.append(
                Note(
                    "book-open",
                    _("変わったときは速やかに届け出ます（{clause}）").format(clause=clause_note(clause)),
                )
            )
        return tuple(found)

    def summary(self) -> tuple[str, ...]:
        names = notified_words()
        what = [names[code] for code in names if self.control(f"what.{code}", Check).isChecked()]
        head, *rest = super().summary()
        return (head, _("、").join(what), *rest)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Notified):
            for code in notified_words():
                self.control(f"what.{code}", Check).setChecked(code in entry.what)
            self.control("on", DateField).set_day(entry.on)
            self.control("changed_on", DateField).set_day(entry.changed_on)
            self.put_text("proof", entry.proof)


class DeclineForm(ActionForm):
    """更新しない申し出: in time, the contract ends with its term."""

    TITLE = N_("更新しない申し出")
    BUTTON = N_("申し出を登録")

    def build(self) -> None:
        self.add(self.day("on", _("申し出のあった日"), self.today, self._last_words()))
        self.note_field()

    def _last_words(self) -> str:
        edition = self.edition_on(self.today)
        rule = next((one for one in edition.deadlines if one.code == "notice_by"), None)
        on = next((one.on for one in self.context.view.standing.deadlines if one.code == "notice_by"), None)
        if rule is None:
            return ""
        if on is None:
            return clause_note(rule.clause)
        return _("{day}までの申し出で、期間の満了とともに終わります（{clause}）").format(
            day=self.day_words(on, weekday=False), clause=clause_note(rule.clause)
        )

    def _end(self, told: date) -> Ended | None:
        """The end that follows from the notice."""
        from app.contract.renewal import end_without_renewal

        timeline = self.context.view.timeline
        if timeline is None:
            return None
        catalogue = self.context.session.catalogue
        return end_without_renewal(self.service.code, timeline.started.on, told, catalogue)

    def entries(self) -> tuple[Entry, ...]:
        """The notice and the end it brings about; where an end stands already, the notice alone."""
        on = self.day_of("on")
        if on is None:
            return ()
        timeline = self.context.view.timeline
        end = None if timeline is None or timeline.ended is not None else self._end(on)
        return (RenewalDeclined(on=on),) if end is None else (RenewalDeclined(on=on), end)

    def obligations(self) -> tuple[Note, ...]:
        told = self.control("on", DateField).day()
        end = self._end(told) if told is not None else None
        if end is None:
            return ()
        words = _("{day}の満了で解約になります。次の1年分は請求されません").format(
            day=self.day_words(end.on, weekday=False)
        )
        return (Note("calendar-clock", words),)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, RenewalDeclined):
            self.control("on", DateField).set_day(entry.on)


class TermsNoticeForm(ActionForm):
    """規約改定の通知: which edition, told when, in effect from when."""

    TITLE = N_("規約改定の通知")
    BUTTON = N_("通知を登録")

    def build(self) -> None:
        editions = self._editions()
        options: list[tuple[object, str]] = [
            (one.start.isoformat(), _("{day}実施の版").format(day=self.day_words(one.start, weekday=False)))
            for one in editions
            if one.start is not None
        ]
        options.append(("", _("まだ登録していない版")))
        first = options[0][0]
        self.add(self.choice("edition", _("改定後の版"), options, first))
        start = editions[0].start if editions else None
        self.add(
            self.day_row("notified", _("知らせた日"), self.today),
            self.day_row("effective", _("実施の日"), start),
        )
        self.note_field()

    def _editions(self) -> list[Edition]:
        """The dated editions, those to come first, then the newest of the others."""
        dated = [one for one in self.service.editions if one.start is not None]
        coming = [one for one in dated if one.start is not None and one.start >= self.today]
        return coming or dated[-1:]

    def entries(self) -> tuple[Entry, ...]:
        notified, effective = self.day_of("notified"), self.day_of("effective")
        if notified is None or effective is None:
            return ()
        if effective < notified:
            self.wrong("effective", _("実施の日が知らせた日より前です。"), _("日付を確かめてください。"))
        start = str(self.value_of("edition") or "")
        edition = date.fromisoformat(start) if start else None
        return (TermsNoticed(notified=notified, effective=effective, edition=edition),)

    def obligations(self) -> tuple[Note, ...]:
        edition = self.edition_on(self.today)
        life = edition.life
        if life is None or not life.terms_change_clause:
            return ()
        return (
            Note(
                "info",
                _("改定に同意しないお客さまは解約できます（{clause}）").format(
                    clause=clause_note(life.terms_change_clause)
                ),
            ),
        )

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, TermsNoticed):
            self.control("notified", DateField).set_day(entry.notified)
            self.control("effective", DateField).set_day(entry.effective)
            self.choose("edition", entry.edition.isoformat() if entry.edition is not None else "")


class PromoteForm(ActionForm):
    """附則の無料期間."""

    TITLE = N_("附則の無料期間")
    BUTTON = N_("適用を登録")

    def build(self) -> None:
        applied = self.context.stored.content.application.applied_on
        rule = self.edition_on(applied).promotion
        helper = ""
        if rule is not None:
            helper = _("{first}から{last}までの申込み（{clause}）").format(
                first=self.day_words(rule.applied_from, weekday=False),
                last=self.day_words(rule.applied_until, weekday=False),
                clause=clause_note(rule.clause),
            )
        self.add(self.day("applied_on", _("申込日"), applied, helper))
        self.add(self.switch("used_before", _("前に適用を受けたことがある"), False))

    def entries(self) -> tuple[Entry, ...]:
        applied = self.day_of("applied_on")
        if applied is None:
            return ()
        return (Promoted(applied_on=applied, used_before=bool(self.value_of("used_before"))),)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Promoted):
            self.control("applied_on", DateField).set_day(entry.applied_on)
