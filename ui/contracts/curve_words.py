"""解約シミュレーション in words: the days that matter, their reasons, the sentence on how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.charge.lines import Reason
from app.charge.words import formula
from app.days import date_words, month_name, weekday_words
from app.money import yen_words
from app.tariff.catalogue import Catalogue, choice_words
from app.tariff.catalogue import words as say
from app.tariff.clauses import clause_note
from app.usecases.contract_view import ContractView, EndingCurve, EndingPoint
from app.words import _
from ui.quotes.price_words import reason_words
from ui.widgets.reason_tree import ReasonRow, ReasonWords


@dataclass(frozen=True)
class PointWords:
    """A row: what the day is, the day, the fee, and the fee with everything paid until then."""

    label: str
    day: str
    fee: str
    total: str
    point: EndingPoint
    free: bool = False

    @property
    def told(self) -> str:
        """The row in one line."""
        return _("{label} {day} 解約金 {fee} それまでの請求との合計 {total}").format(
            label=self.label, day=date_words(self.point.on), fee=self.fee, total=self.total
        )


def slashed(day: date, today: date) -> str:
    """``11/30（月）``, with the year where it is another one."""
    plain = f"{day.month}/{day.day}" if day.year == today.year else f"{day.year}/{day.month}/{day.day}"
    return _("{day}（{weekday}）").format(day=plain, weekday=weekday_words(day))


def point_rows(curve: EndingCurve, today: date) -> tuple[PointWords, ...]:
    """The earliest day, the next with a lower fee, the first without one, and the cheapest of all."""
    following = curve.next_step is not None and (curve.next_step.on - curve.earliest.on).days == 1
    later = _("翌日") if following else _("次")
    wanted = [(_("最短"), curve.earliest), (later, curve.next_step), ("✓", curve.free_from)]
    wanted.append((_("合計最安"), curve.cheapest_total))
    found: list[PointWords] = []
    for label, point in wanted:
        if point is None or any(one.point.on == point.on for one in found):
            continue
        free = curve.has_fee and not point.fee
        day = slashed(point.on, today)
        found.append(
            PointWords(
                label if not free else "✓",
                _("{day}〜").format(day=day) if free and point is curve.free_from else day,
                yen_words(point.fee) if curve.has_fee else "—",
                yen_words(point.total),
                point,
                free,
            )
        )
    return tuple(found)


def point_reason(view: ContractView, point: EndingPoint) -> ReasonWords:
    """Why a day costs what it does: the fee by the terms, and the bills until then."""
    reason = fee_reason(view, point.on)
    bills = ReasonRow(0, _("それまでの請求（税込）"), yen_words(point.total - point.fee))
    total = ReasonRow(0, _("解約金とそれまでの請求の合計"), yen_words(point.total), strong=True)
    if reason is None:
        return ReasonWords(_("解約金の定めはありません"), "", (bills, total))
    made = reason_words(reason)
    return ReasonWords(made.formula, made.exact, (*made.rows, bills, total))


def fee_reason(view: ContractView, day: date) -> Reason | None:
    """The reason of the fee on a day; None where the terms know none."""
    from app.charge.termination import termination
    from app.errors import UserError
    from app.usecases.what_if import ended_on

    if view.timeline is None:
        return None
    try:
        leaving = termination(ended_on(view.timeline, day), view.catalogue, day)
    except UserError:
        return None
    return leaving.reason if leaving is not None else None


def about_words(view: ContractView, curve: EndingCurve) -> str:
    """What is left, and whether the fee bears tax: ``31 ID すべて・不課税``."""
    every = _("{quantity} すべて").format(quantity=_left_words(view, curve))
    if not curve.has_fee:
        return _("{all}・解約金の定めなし").format(all=every)
    return _("{all}・不課税").format(all=every) if curve.outside_tax else _("{all}・税込").format(all=every)


def _left_words(view: ContractView, curve: EndingCurve) -> str:
    """What the contract has on the earliest day: a change may lie before it."""
    from app.quote.service_price import quantity_words
    from app.tariff.editions import stands_for

    if view.timeline is None:
        return view.figures.quantity_words
    on = curve.earliest.on
    edition = stands_for(view.catalogue.service(view.timeline.service).editions, on)
    return quantity_words(edition, dict(view.timeline.history.state_on(on).items)) or (
        view.figures.quantity_words
    )


def sentence_words(view: ContractView, curve: EndingCurve) -> str:
    """How the fee is worked out, how the terms are read, and what stays the same whenever one leaves."""
    parts = []
    if curve.reason is not None and curve.earliest.fee:
        ground = clause_note(curve.reason.clause) if curve.reason.clause else ""
        told = formula(curve.reason)
        parts.append(_("{formula}（{clause}）。").format(formula=told, clause=ground) if ground else told)
    for used in curve.moving:
        reading = view.catalogue.reading(used.service, used.name, curve.earliest.on)
        parts.append(
            _("{topic}は「{choice}」と読んでいます。").format(
                topic=say(reading.topic), choice=choice_words(reading, used.choice)
            )
        )
    if curve.same_net is not None:
        month = month_name(curve.earliest.on.month % 12 + 1)
        parts.append(
            _("どの月の1日に解約しても、{month}からの月額と解約金の合計は同じ{amount}（税抜）です。").format(
                month=month, amount=yen_words(curve.same_net)
            )
        )
    if not curve.has_fee:
        parts.append(_("この契約に解約金の定めはありません。解約日までの料金だけがかかります。"))
    return "\n".join(parts)


def reading_links(catalogue: Catalogue, curve: EndingCurve) -> list[tuple[str, str]]:
    """The readings that move the fee: what shows them in the tariffs, and what they are about."""
    found = []
    for used in curve.moving:
        reading = catalogue.reading(used.service, used.name, curve.earliest.on)
        found.append((f"reading:{used.name}", say(reading.topic)))
    return found
