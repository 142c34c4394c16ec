"""The rows of 並べて比較 in words: amounts with their reasons, terms with their clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.charge.lines import Line
from app.charge.words import counted, formula
from app.days import month_name
from app.money import figure, yen_words
from app.quote.priced import ExitFee
from app.tariff.catalogue import Catalogue
from app.tariff.clauses import clause_note, clause_words
from app.tariff.texts import choice_words
from app.tariff.texts import words as say
from app.usecases.compare_services import ServiceCost
from app.usecases.service_terms import ServiceTerms, TermFact
from app.words import _
from ui.quotes.compare_state import Comparison, Priced, cheapest
from ui.quotes.price_words import reason_words
from ui.widgets.reason_tree import ReasonRow, ReasonWords

Reason = Callable[[], ReasonWords]
DASH = "—"


@dataclass(frozen=True)
class Cell:
    """What stands in a column: ``words`` at the left, ``amount`` (or a clause, softly) at the right.

    ``chip``: the cheapest, said with an icon and a word. ``reason``: its reason, made when it is opened.
    """

    words: str = ""
    amount: str = ""
    soft: str = ""
    chip: str = ""
    tone: str = "text"
    reason: Reason | None = None

    def spoken(self) -> str:
        """The cell in one breath."""
        return " ".join(part for part in (self.chip, self.amount, self.words, self.soft) if part)


@dataclass(frozen=True)
class Row:
    """A row of the comparison. ``kind``: amount, sum (the great row) or term."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    kind: str = "amount"


def make_rows(now: Comparison, priced: Sequence[Priced], catalogue: Catalogue) -> tuple[Row, ...]:
    """All rows, in the order of a conversation at a counter."""
    costs = tuple(one.cost for one in priced)
    best = cheapest(now, tuple(priced))
    months = now.months
    taxed = _("{months}か月の総額（税込）").format(months=months)
    rows = [
        _row("one-off", _("初期費用"), costs, _one_off(catalogue)),
        _row("monthly", _("月額"), costs, _monthly),
        _row("first", _("初月"), costs, _first_month),
        _row("per-device", _("1台あたり月額"), costs, partial(_per_device, now)),
        _row("net", _("{months}か月の総額（税抜）").format(months=months), costs, partial(_net, months)),
        Row("total", taxed, tuple(_total(months, at, cost, best) for at, cost in enumerate(costs)), "sum"),
        Row("difference", _("最も安いものとの差"), _differences(costs, months)),
        _row("leaving", _("解約金（12か月後）"), costs, partial(_leaving, catalogue)),
    ]
    return (*rows, *_term_rows([one.terms for one in priced]))


def _row(
    key: str, label: str, costs: Sequence[ServiceCost | None], make: Callable[[ServiceCost], Cell]
) -> Row:
    return Row(key, label, tuple(make(cost) if cost is not None else Cell() for cost in costs))


# --- amounts ---------------------------------------------------------------------------------------


def _one_off(catalogue: Catalogue) -> Callable[[ServiceCost], Cell]:
    return partial(_one_off_cell, catalogue)


def _one_off_cell(catalogue: Catalogue, cost: ServiceCost) -> Cell:
    lines = cost.price.one_off
    if lines:
        return _of_lines(lines)
    edition = catalogue.priced_edition(cost.service, cost.price.start)
    clause = edition.items[0].clause if edition.items else ""
    said = ReasonWords(_("初期費用の定めはありません"), yen_words(0), _clause_rows(clause))
    return Cell(amount=yen_words(0), reason=lambda: said)


def _monthly(cost: ServiceCost) -> Cell:
    lines = cost.price.monthly
    if cost.price.billing == "annual":
        year = sum(line.amount for line in lines)
        said = _("月あたり{amount}").format(amount=yen_words(year // 12))
        year_words = _("年額 {amount}").format(amount=yen_words(year))
        return Cell(said, year_words, reason=partial(_lines_reason, lines))
    return _of_lines(lines)


def _first_month(cost: ServiceCost) -> Cell:
    lines = cost.price.first_month
    if not lines:
        return Cell(amount=yen_words(0))
    inputs = lines[0].reason.inputs
    month = month_name(cost.price.start.month)
    said = month
    if lines[0].reason.rule == "days-of-month":
        said = _("{month}・{days}日分").format(month=month, days=inputs["days"])
    elif cost.price.billing == "annual":
        said = _("{month}に1年分").format(month=month)
    return Cell(said, _sum(lines), reason=partial(_lines_reason, lines))


def _per_device(now: Comparison, cost: ServiceCost) -> Cell:
    count, unit = _counted_units(now, cost)
    if not count:
        return Cell(amount=DASH)
    whole = cost.price.monthly_net
    months = 12 if cost.price.billing == "annual" else 1
    amount = whole // (count * months)
    parts = [yen_words(whole), _("÷ {count}か月").format(count=months)] if months > 1 else [yen_words(whole)]
    calculation = " ".join([*parts, f"÷ {unit}"])
    exact = whole % (count * months) != 0
    rows = (ReasonRow(0, _("1円未満切捨て"), yen_words(amount), strong=True),) if exact else ()
    said = ReasonWords(calculation, f"= {_decimal(whole, count * months)}", rows)
    return Cell(f"÷ {unit}", yen_words(amount), reason=lambda: said)


def _decimal(whole: int, divisor: int) -> str:
    """A quotient with at most one digit after the point; … where more would follow."""
    amount, rest = divmod(whole, divisor)
    if not rest:
        return yen_words(amount)
    return _("{amount}円").format(amount=f"{figure(amount)}.{rest * 10 // divisor}…")


def _counted_units(now: Comparison, cost: ServiceCost) -> tuple[int, str]:
    """What the monthly price is divided by: the service's own devices or sensors, else the devices typed."""
    line = next((line for line in cost.price.monthly if line.item == cost.counted), None)
    if line is None or cost.price.billing == "annual":
        count = now.devices or 0
        return count, _("{count}台").format(count=figure(count))
    count = cost.items.get(line.item, 0)
    return count, counted(count, line.unit)


def _net(months: int, cost: ServiceCost) -> Cell:
    span = cost.span(months)
    tax = _("消費税 {tax}").format(tax=yen_words(span.tax))
    return Cell(tax, yen_words(span.net), reason=partial(_total_reason, cost, months, with_tax=False))


def _total(months: int, at: int, cost: ServiceCost | None, best: tuple[int, ...]) -> Cell:
    if cost is None:
        return Cell()
    chip = _("最も安い") if at in best else ""
    reason = partial(_total_reason, cost, months, with_tax=True)
    return Cell(amount=yen_words(cost.span(months).total), chip=chip, reason=reason)


def _differences(costs: Sequence[ServiceCost | None], months: int) -> tuple[Cell, ...]:
    totals = [cost.span(months).total for cost in costs if cost is not None]
    if len(totals) < 2:
        return tuple(Cell(amount=DASH if cost is not None else "") for cost in costs)
    least = min(totals)
    return tuple(_difference(cost, months, least) for cost in costs)


def _difference(cost: ServiceCost | None, months: int, least: int) -> Cell:
    if cost is None:
        return Cell()
    total = cost.span(months).total
    if total == least:
        return Cell(amount=DASH)
    formula_words = f"{yen_words(total)} − {yen_words(least)}"
    said = ReasonWords(formula_words, f"= {yen_words(total - least)}")
    return Cell(amount=_("＋{amount}").format(amount=yen_words(total - least)), reason=lambda: said)


def _leaving(catalogue: Catalogue, cost: ServiceCost) -> Cell:
    fee, found = cost.price.exit_fee, cost.leaving
    if fee is None or found is None:
        return Cell(_("定めなし"), yen_words(0))
    words = _other_reading(fee)
    return Cell(words, yen_words(fee.amount), reason=partial(_leaving_reason, catalogue, cost))


def _other_reading(fee: ExitFee) -> str:
    """What another reading of the terms makes of the fee; "" where none makes a difference."""
    if fee.other_amount is None or fee.other_amount == fee.amount:
        return ""
    return _("別の読み方 {amount}").format(amount=yen_words(fee.other_amount))


def _leaving_reason(catalogue: Catalogue, cost: ServiceCost) -> ReasonWords:
    """The reason of the fee, and how each reading it rests on was taken."""
    assert cost.leaving is not None
    said = reason_words(cost.leaving.reason)
    rows = list(said.rows)
    edition = catalogue.priced_edition(cost.service, cost.price.start)
    for used in cost.leaving.reason.readings:
        reading = edition.reading(used.name)
        if reading is not None:
            text = _("{topic}：{choice}").format(
                topic=say(reading.topic), choice=choice_words(reading, used.choice)
            )
            rows.append(ReasonRow(0, text, "", clause_words(reading.clause)))
    fee = cost.price.exit_fee
    if fee is not None and (other := _other_reading(fee)):
        rows.append(ReasonRow(0, other))
    return ReasonWords(said.formula, said.exact, tuple(rows))


def _of_lines(lines: tuple[Line, ...]) -> Cell:
    words = formula(lines[0].reason) if len(lines) == 1 else " + ".join(figure(line.amount) for line in lines)
    return Cell(words, _sum(lines), reason=partial(_lines_reason, lines))


def _sum(lines: Sequence[Line]) -> str:
    return yen_words(sum(line.amount for line in lines))


def _lines_reason(lines: Sequence[Line]) -> ReasonWords:
    """The reason of one line, or of several that add up."""
    if len(lines) == 1:
        return reason_words(lines[0].reason)
    rows: list[ReasonRow] = []
    for line in lines:
        said = reason_words(line.reason)
        rows.append(
            ReasonRow(0, f"{line.name}  {said.formula}", yen_words(line.amount), clause_words(line.clause))
        )
    return ReasonWords(" + ".join(figure(line.amount) for line in lines), _sum(lines), tuple(rows))


def _total_reason(cost: ServiceCost, months: int, *, with_tax: bool) -> ReasonWords:
    """The payments of the span, equal months in one row, and the tax on their sum."""
    span = cost.span(months)
    rows = [ReasonRow(0, f"{row.title}  {row.formula}", yen_words(row.net)) for row in span.payments()]
    head = _("{months}か月のお支払い（税抜）").format(months=months)
    if not with_tax:
        return ReasonWords(head, yen_words(span.net), tuple(rows))
    rows.append(ReasonRow(0, _("税抜の合計"), yen_words(span.net)))
    rows.append(ReasonRow(0, _("消費税（1円未満切捨て）"), yen_words(span.tax), _("消令70条の10")))
    if span.exempt:
        rows.append(ReasonRow(0, _("不課税"), yen_words(span.exempt)))
    rows.append(ReasonRow(0, _("総額（税込）"), yen_words(span.total), strong=True))
    head = f"{figure(span.net)} + {figure(span.tax)}"
    return ReasonWords(head, f"= {yen_words(span.total)}", tuple(rows))


# --- terms ---------------------------------------------------------------------------------------


def _term_rows(terms: Sequence[ServiceTerms | None]) -> tuple[Row, ...]:
    names = (
        ("term", _("最低契約期間")),
        ("proration", _("日割り")),
        ("payment", _("お支払い")),
        ("support", _("サポート時間")),
        ("visits", _("訪問サポート")),
        ("notice", _("解約の申し出")),
    )
    return tuple(Row(key, label, tuple(_term(one, key) for one in terms), "term") for key, label in names)


def _term(terms: ServiceTerms | None, key: str) -> Cell:
    if terms is None:
        return Cell()
    fact: TermFact = getattr(terms, key)
    reason = partial(_term_reason, fact) if fact.clause or fact.more else None
    tone = "good" if fact.good else "text"
    return Cell(fact.words, soft=clause_note(fact.clause), tone=tone, reason=reason)


def _term_reason(fact: TermFact) -> ReasonWords:
    rows = [
        *_clause_rows(fact.clause),
        *(ReasonRow(0, one.words, "", clause_words(one.clause)) for one in fact.more),
    ]
    return ReasonWords(fact.words, "", tuple(rows))


def _clause_rows(clause: str) -> tuple[ReasonRow, ...]:
    return (ReasonRow(0, clause_words(clause)),) if clause else ()
