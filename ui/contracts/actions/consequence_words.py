"""Consequences in the words of a panel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.charge.words import formula
from app.contract.date_words import because, rows
from app.contract.deadline_words import deadline_words
from app.days import date_words, era_date_words, month_name
from app.money import yen_words
from app.tariff.clauses import clause_note
from app.words import _, pgettext
from ui.contracts.actions.shown import Better, CompareRow, CompareSection, FeeWords, Note, Shown
from ui.contracts.words import state_words
from ui.quotes.price_words import reason_words
from ui.widgets.reason_tree import ReasonRow, ReasonWords

if TYPE_CHECKING:
    from app.contract.date_reason import DateReason
    from app.days import Month
    from app.usecases.consequences import Advice, Consequences, Fee
    from ui.contracts.actions.form import ActionForm
    from ui.contracts.context import PageContext

_MOST_DEADLINES = 4
_LONGEST_QUANTITY = 12


def shown_of(found: Consequences, context: PageContext, form: ActionForm) -> Shown:
    """Everything the panel shows of what follows. With problems nothing is promised."""
    words = _Words(found, context, form)
    return Shown(
        effective=words.effective(),
        reason=words.effective_reason(),
        sections=tuple(words.sections()),
        fee=words.fee(),
        better=tuple(words.better()),
        notes=tuple(words.notes()),
    )


def signed(difference: int) -> str:
    """``+200円``, ``−12,000円``, ``0円``."""
    return f"+{yen_words(difference)}" if difference > 0 else yen_words(difference)


def date_reason_words(reason: DateReason) -> ReasonWords:
    """The reason of a day for the tree."""
    head, *steps = rows(reason)
    found = [ReasonRow(max(0, one.depth - 1), one.words, one.value, one.clause) for one in steps]
    if head.clause:
        found.insert(0, ReasonRow(0, head.clause))
    return ReasonWords(head.words, head.value, tuple(found))


class _Words:
    def __init__(self, found: Consequences, context: PageContext, form: ActionForm) -> None:
        self._found, self._context, self._form = found, context, form

    def _day(self, day: date, *, weekday: bool = False) -> str:
        if self._context.session.settings.company.era == "wareki":
            return era_date_words(day)
        return date_words(day, weekday=weekday)

    # --- when -------------------------------------------------------------------------------------

    def effective(self) -> str:
        """When it takes effect, where that is worked out and not simply what was typed."""
        reason = self._found.effective_reason
        if reason is None or self._found.effective_on is None:
            return ""
        return self._form.effective_words(self._day(self._found.effective_on, weekday=True), because(reason))

    def effective_reason(self) -> ReasonWords | None:
        reason = self._found.effective_reason
        return date_reason_words(reason) if reason is not None else None

    @property
    def touches_bills(self) -> bool:
        """Whether any bill comes out otherwise, or a fee is due."""
        found = self._found
        return bool(found.fee or found.adjustments) or any(one.difference for one in found.bills)

    # --- before and after -------------------------------------------------------------------------

    def sections(self) -> Iterator[CompareSection]:
        bills = tuple(self._bills())
        facts = tuple(row for row in self._facts() if bills or row.before != row.after)
        if facts:
            yield CompareSection("", facts)
        if bills:
            yield CompareSection(_("次の3回の請求（税込）"), bills)
        adjustments = tuple(self._adjustments())
        if adjustments:
            yield CompareSection(_("締めた月の精算（税込）"), adjustments)

    def _facts(self) -> Iterator[CompareRow]:
        before, after = self._found.before, self._found.after
        if before.state != after.state:
            yield CompareRow(_("状態"), state_words(before.state)[1], state_words(after.state)[1])
        shown = self._form.QUANTITY_SHOWN or len(after.quantity_words) > _LONGEST_QUANTITY
        if before.quantity_words != after.quantity_words and not shown:
            yield CompareRow(_("数量"), before.quantity_words, after.quantity_words)
        if before.unit_price is not None and after.unit_price is not None:
            yield self._amounts(_("単価"), before.unit_price, after.unit_price)
        label = _("年額（税抜）") if after.yearly or before.yearly else _("月額（税抜）")
        yield self._amounts(label, before.amount, after.amount)

    def _bills(self) -> Iterator[CompareRow]:
        year = self._context.session.today.year
        effects = self._found.bills
        if not self.touches_bills:
            return
        for place, one in enumerate(effects):
            fee = self._found.fee
            before, after = one.before.total, one.after.total
            if fee is not None and fee.month == one.month:
                after -= fee.amount + fee.tax
            first_of_year = one.month.year != (effects[place - 1].month.year if place else year)
            yield self._amounts(_month(one.month, with_year=first_of_year), before, after)

    def _amounts(self, label: str, before: int, after: int) -> CompareRow:
        difference = after - before
        return CompareRow(
            label, yen_words(before), yen_words(after), signed(difference) if difference else "—",
            "text2" if not difference else "text",
        )  # fmt: skip

    def _adjustments(self) -> Iterator[CompareRow]:
        for one in self._found.adjustments:
            yield self._amounts(_month(one.month, with_year=True), one.before, one.after)

    # --- the fee ----------------------------------------------------------------------------------

    def fee(self) -> FeeWords | None:
        fee = self._found.fee
        if fee is None:
            return self._form.fee()
        bill = next((one.after for one in self._found.bills if one.month == fee.month), None)
        label = _("{month}の請求（解約金を含む）").format(month=_month(fee.month, with_year=False))
        return FeeWords(
            pgettext("column", "解約金"),
            self._fee_caption(fee),
            yen_words(fee.amount + fee.tax),
            formula(fee.reason) if fee.amount else "",
            clause_note(fee.reason.clause) if fee.reason.clause else "",
            label if bill is not None and fee.amount else "",
            yen_words(bill.total) if bill is not None else "",
            reason_words(fee.reason),
            free=not fee.amount,
        )

    def _fee_caption(self, fee: Fee) -> str:
        if fee.waived:
            return _("規約により免除")
        if not fee.amount:
            return ""
        taxed = pgettext("caption", "不課税") if fee.outside_tax else pgettext("caption", "税込")
        caption = self._form.fee_caption()
        return _("{what}・{tax}").format(what=caption, tax=taxed) if caption else taxed

    # --- advice and notes -------------------------------------------------------------------------

    def better(self) -> Iterator[Better]:
        """Warnings first; a later day without a fee is the button of the warning about the fee."""
        advice = list(self._found.advice)
        free = next((one for one in advice if one.code == "fee-free-later"), None)
        for one in sorted(advice, key=lambda each: each.meaning != "warn"):
            if one is free and any(each.code == "fee-exceeds-saving" for each in advice):
                continue
            yield self._one_better(one, free)

    def _one_better(self, one: Advice, free: Advice | None) -> Better:
        day = one.day
        beside = ""
        if one.code in {"fee-exceeds-saving", "fee-free-later"}:
            day = free.day if free is not None else one.day
            beside = _("解約金 {amount}").format(amount=yen_words(0))
        field = self._form.DAY_FIELD if day is not None and day != self._form.chosen_day() else ""
        detail = one.detail
        if one.clause and clause_note(one.clause) not in detail:
            detail = (
                _("{detail}（{clause}）").format(detail=detail, clause=clause_note(one.clause)).lstrip("（")
            )
            detail = detail if one.detail else clause_note(one.clause)
        button = _("{day}に変える").format(day=self._day(day)) if field and day is not None else ""
        return Better(
            one.what,
            detail,
            button,
            beside if button else "",
            one.meaning,
            field,
            day if field else None,
            urgent=one.code == "notice-late",
        )

    def _deadlines(self) -> Iterator[Note]:
        """The deadlines that come, go or move."""
        service = self._context.session.catalogue.service(self._context.stored.content.service)
        for one in self._found.deadlines[:_MOST_DEADLINES]:
            days = [self._day(each.on) if each is not None else "" for each in (one.before, one.after)]
            if days[0] != days[1]:
                yield Note("calendar-clock", _moved(deadline_words(one.code, service), days[0], days[1]))

    def notes(self) -> Iterator[Note]:
        for one in self._found.obligations:
            words = one.what
            if one.by is not None and self._day(one.by) not in words:
                words = _("{what}：{day}まで").format(what=words, day=self._day(one.by))
            if one.clause and clause_note(one.clause) not in words:
                words = _("{words}（{clause}）").format(words=words, clause=clause_note(one.clause))
            yield Note("info", words)
        yield from self._deadlines()
        if self._form.CHARGED and not self.touches_bills:
            yield Note("check", _("料金と次の請求は変わりません。"))
        yield from self._form.obligations()
        if self._form.UNDOABLE:
            yield Note("undo-2", _("登録したあとも取り消せます（取消しの記録が残ります）"))


def _moved(name: str, before: str, after: str) -> str:
    if not before:
        return _("{name}：{after}（新しい期限）").format(name=name, after=after)
    if not after:
        return _("{name}：{before} → なくなります").format(name=name, before=before)
    return _("{name}：{before} → {after}").format(name=name, before=before, after=after)


def _month(month: Month, *, with_year: bool) -> str:
    name = month_name(month.month)
    if with_year:
        return _("{year}年{month}分").format(year=month.year, month=name)
    return _("{month}分").format(month=name)
