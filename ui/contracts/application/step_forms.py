"""The steps of an application: explained, sent, accepted or refused, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.contract.life import entries_standing
from app.contract.steps import Accepted, Explained, Refused, Revoked, Submitted, Withdrawn
from app.papers.explanation import HOW_WORDS, HowTold, how_words
from app.tariff.catalogue import words as say
from app.tariff.clauses import clause_note
from app.words import N_, _
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.shown import Note
from ui.theme import theme
from ui.widgets.choices import Check
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.layout import column, holding
from ui.widgets.text import Label

if TYPE_CHECKING:
    from datetime import date

    from app.contract.record import ContractContent, Entry
    from app.tariff.life import LifeRules


class StepForm(ActionForm):
    """A step of the application; it changes no charge."""

    CHARGED = False

    @property
    def life(self) -> LifeRules | None:
        """What the terms say of a contract's life, as they stand today."""
        return self.edition_on(self.today).life

    def _last_day(self, kind: type[Submitted | Accepted]) -> date | None:
        """The day of the last step of a kind that stands."""
        held = entries_standing(one.entry for one in self.context.stored.entries)
        found = (one.on for one in held if isinstance(one, Submitted | Accepted) and type(one) is kind)
        return max(found, default=None)

    def not_before(self, name: str, on: date | None, kind: type[Submitted | Accepted], what: str) -> None:
        """Note that a day lies before a step it has to follow."""
        earlier = self._last_day(kind)
        if on is not None and earlier is not None and on < earlier:
            self.wrong(
                name,
                _("{what}（{day}）より前の日です。").format(
                    what=what, day=self.day_words(earlier, weekday=False)
                ),
                _("日付を確かめてください。"),
            )


class ExplainForm(StepForm):
    """重要事項の説明: when, by whom, how, and of which edition."""

    TITLE = N_("重要事項の説明")
    BUTTON = N_("説明を登録")
    PREVIEWED = False

    def build(self) -> None:
        staff = self.context.session.settings.staff_member()
        self.add(
            self.beside(
                (self.day("on", _("説明した日"), self.today), 1),
                (self.text("by", _("説明した人"), staff.name if staff is not None else ""), 1),
            )
        )
        self.add(
            self.segments(
                "how",
                _("方法"),
                [(how, how_words(how)) for how in HOW_WORDS],
                "in-person",
            )
        )
        edition = self.edition_on(self._start()).start
        words = (
            _("{day}実施の版の内容を説明します").format(day=self.day_words(edition, weekday=False))
            if edition is not None
            else _("今の規約の内容を説明します")
        )
        self.say(words, "text2")
        self.note_field()

    def _start(self) -> date:
        wished = self.context.stored.content.application.wished_start
        return max(wished, self.today) if wished is not None else self.today

    def entries(self) -> tuple[Entry, ...]:
        on, by = self.day_of("on"), self.text_of("by", needed=True)
        if on is None:
            return ()
        if on > self.today:
            self.wrong("on", _("まだ来ていない日です。"), _("説明した日を入力してください。"))
        how: HowTold = self.value_of("how")  # type: ignore[assignment]
        if isinstance(self.correcting, Explained):  # the paper it was of, and the signature, stay with it
            return (replace(self.correcting, id="", on=on, by=by, how=how),)
        return (Explained(on=on, by=by, how=how, edition=self.edition_on(self._start()).start),)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Explained):
            self.control("on", DateField).set_day(entry.on)
            self.put_text("by", entry.by)
            self.choose("how", entry.how)


class AcceptForm(StepForm):
    """承諾: the day the notice was issued forms the contract, the day stated in it gives effect."""

    TITLE = N_("承諾")
    BUTTON = N_("承諾を登録")
    ALIASES: ClassVar[Mapping[str, str]] = {"provider_number": "number", "line_number": "line"}

    def build(self) -> None:
        content = self.context.stored.content
        self.add(
            self.day_row("on", _("通知の発行日"), self.today, _("契約が成立する日")),
            self.day_row("effective", _("効力発生日"), self.today, _("通知にある、効力が生じる日")),
        )
        life = self.life
        clause = clause_note(life.acceptance_clause) if life is not None else ""
        if clause:
            self.say(_("承諾の通知によって契約が成立します（{clause}）").format(clause=clause))
        self.add(
            self.segments("how", _("通知の方法"), [("e-mail", _("メール")), ("paper", _("書面"))], "e-mail")
        )
        self.add(
            self.text(
                "number", _("提供会社の契約番号"), content.provider_number, optional=_("（あとでも可）")
            )
        )
        self.add(self.text("line", _("回線番号"), content.line_number, hint=_("例：CAF0123456789")))
        if life is not None and life.one_per_line_clause:
            self.fields["line"].set_helper(
                _("1つの回線に契約は1つです（{clause}）").format(clause=clause_note(life.one_per_line_clause))
            )

        self._ask_why_unexplained()

    def _ask_why_unexplained(self) -> None:
        """Where nobody recorded the explanation of the important points, somebody says why."""
        held = entries_standing(one.entry for one in self.context.stored.entries)
        self._unexplained = not any(isinstance(one, Explained) for one in held)
        if self._unexplained:
            self.add(
                self.text(
                    "unexplained",
                    _("重要事項の説明の記録がない理由"),
                    hint=_("例：11月20日に本社で説明済み。書面は追って登録"),
                )
            )
            self.fields["unexplained"].set_helper(_("先に「重要事項の説明」を記録すると、理由はいりません"))

    def note(self) -> str:
        why = self.text_of("unexplained") if self._unexplained else ""
        return _("重要事項の説明の記録なし：{why}").format(why=why) if why else super().note()

    def entries(self) -> tuple[Entry, ...]:
        on, effective = self.day_of("on"), self.day_of("effective")
        if self._unexplained and self.correcting is None:
            self.text_of("unexplained", needed=True)
        if on is None or effective is None:
            return ()
        self.not_before("on", on, Submitted, _("送付した日"))
        how: Literal["e-mail", "paper"] = "paper" if self.value_of("how") == "paper" else "e-mail"
        number = self.text_of("number")
        return (Accepted(on=on, effective=effective, how=how, provider_number=number),)

    def obligations(self) -> tuple[Note, ...]:
        on, effective = self.control("on", DateField).day(), self.control("effective", DateField).day()
        if on is None or effective is None or effective >= on:
            return ()
        return (
            Note(
                "triangle-alert",
                _("効力発生日が、契約の成立する日より前です。通知の日付を確かめてください"),
                "warn",
            ),
        )

    def content(self) -> ContractContent | None:
        before = self.context.stored.content
        after = replace(
            before,
            provider_number=self.text_of("number") or before.provider_number,
            line_number=self.text_of("line") or before.line_number,
        )
        return after if after != before else None

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Accepted):
            self.control("on", DateField).set_day(entry.on)
            self.control("effective", DateField).set_day(entry.effective)
            self.choose("how", entry.how)
            self.put_text("number", entry.provider_number)


class _GroundForm(StepForm):
    """A step with grounds of the conditions of refusal, each with its clause."""

    def add_grounds(self, label: str) -> None:
        """Boxes to tick, one for each ground."""
        line = self.context.stored.content.line
        edition = self.edition_on(self.today)
        self._grounds = {one.code: one for one in edition.conditions if not one.lines or line in one.lines}
        box = column(gap="xs")
        for code, one in self._grounds.items():
            tick = self.check(f"grounds.{code}", "")
            tick.setAccessibleName(say(one.name))
            text = _("{name}（{clause}）").format(name=say(one.name), clause=clause_note(one.clause))
            line_box = _ticked(tick, text)
            box.addLayout(line_box)
        field = Field(label, holding(box))
        self.board.add("grounds", field)
        self.add(field)

    def chosen_grounds(self) -> tuple[str, ...]:
        """The codes of those ticked."""
        return tuple(code for code in self._grounds if self.control(f"grounds.{code}", Check).isChecked())

    def put_grounds(self, grounds: tuple[str, ...]) -> None:
        """Tick them."""
        for code in self._grounds:
            self.control(f"grounds.{code}", Check).setChecked(code in grounds)


class RefuseForm(_GroundForm):
    """不承諾."""

    TITLE = N_("不承諾の記録")
    BUTTON = N_("不承諾を登録")
    DANGER = True

    def build(self) -> None:
        self.add(self.day("on", _("不承諾の通知の日"), self.today))
        self.add_grounds(_("提供会社の示した理由"))
        self.add(self.area("words", _("くわしい事情"), optional=_("（なくても可）")))

    def entries(self) -> tuple[Entry, ...]:
        on, grounds, words = self.day_of("on"), self.chosen_grounds(), self.text_of("words")
        if not grounds and not words:
            self.wrong("grounds", _("理由を選ぶか、くわしい事情を入力してください。"), code="missing")
        self.not_before("on", on, Submitted, _("送付した日"))
        return (Refused(on=on, grounds=grounds, words=words),) if on is not None else ()

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Refused):
            self.control("on", DateField).set_day(entry.on)
            self.put_grounds(entry.grounds)
            self.put_text("words", entry.words)


class WithdrawForm(StepForm):
    """取下げ by the customer."""

    TITLE = N_("申込みの取下げ")
    BUTTON = N_("取下げを登録")
    DANGER = True

    def build(self) -> None:
        self.add(self.day("on", _("取下げの申し出の日"), self.today))
        self.add(self.area("words", _("事情"), optional=_("（なくても可）")))

    def entries(self) -> tuple[Entry, ...]:
        on = self.day_of("on")
        return (Withdrawn(on=on, words=self.text_of("words")),) if on is not None else ()

    def obligations(self) -> tuple[Note, ...]:
        life = self.life
        accepted = self._last_day(Accepted) is not None
        if accepted and life is not None and life.before_start_clause:
            words = _("承諾のあとの取下げでは、かかった費用を請求されることがあります（{clause}）")
            return (
                Note("triangle-alert", words.format(clause=clause_note(life.before_start_clause)), "warn"),
            )
        return ()

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Withdrawn):
            self.control("on", DateField).set_day(entry.on)
            self.put_text("words", entry.words)


class RevokeForm(_GroundForm):
    """承諾の取消し by the provider."""

    TITLE = N_("承諾の取消し")
    BUTTON = N_("承諾の取消しを登録")
    DANGER = True

    def build(self) -> None:
        life = self.life
        clause = clause_note(life.revocable_clause) if life is not None else ""
        self.add(self.day("on", _("取消しの通知の日"), self.today, clause))
        self.add_grounds(_("取消しの理由"))
        self.add(self.area("words", _("くわしい事情"), optional=_("（なくても可）")))

    def entries(self) -> tuple[Entry, ...]:
        on, grounds, words = self.day_of("on"), self.chosen_grounds(), self.text_of("words")
        if not grounds and not words:
            self.wrong("grounds", _("理由を選ぶか、くわしい事情を入力してください。"), code="missing")
        self.not_before("on", on, Accepted, _("承諾の日"))
        return (Revoked(on=on, grounds=grounds, words=words),) if on is not None else ()

    def obligations(self) -> tuple[Note, ...]:
        life = self.life
        if life is None or not life.before_start_clause:
            return ()
        words = _("承諾の取消しでは、それまでにかかった費用を請求されることがあります（{clause}）")
        return (Note("triangle-alert", words.format(clause=clause_note(life.revocable_clause)), "warn"),)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Revoked):
            self.control("on", DateField).set_day(entry.on)
            self.put_grounds(entry.grounds)
            self.put_text("words", entry.words)


def _ticked(tick: Check, text: str) -> QHBoxLayout:
    """A box and words beside it that break over lines."""
    side = QVBoxLayout()
    side.addWidget(tick)
    side.addStretch(1)
    line = QHBoxLayout()
    line.setSpacing(theme.size.s)
    line.addLayout(side)
    label = Label(text, "panel", wrap=True)
    label.setBuddy(tick)
    line.addWidget(label, 1)
    return line
