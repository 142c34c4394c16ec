"""The months of a contract: what each was, is and will be charged, in a row with a few words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.charge.lines import Line, Reason, make_bill
from app.charge.stored import BillLine, StoredBill
from app.contract.facts import Timeline
from app.contract.history import State
from app.days import Month, short_month_words
from app.errors import UserError
from app.money import TaxKind
from app.quote.service_price import quantity_words
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import ByDay, Edition, PrepaidYear
from app.usecases.bill_contract import month_of
from app.usecases.contract_view import MonthRow, MonthState, MonthSum, ShownLine
from app.usecases.next_bill import NONE as NO_BILLS
from app.usecases.next_bill import OpenBills
from app.usecases.what_if import FEE, Charged
from app.words import _, language

AHEAD: Final = 2  # months after the running one that are shown as planned
_NONE: Final[Mapping[str, Timeline]] = {}
_CREDIT: Final = "outage-credit"
_ADJUSTMENT: Final = "adjustment"
_CLAIM: Final = "claim"


def month_rows(
    timeline: Timeline,
    catalogue: Catalogue,
    today: date,
    closed: Mapping[str, StoredBill],
    ahead: int = AHEAD,
    as_billed: Mapping[str, Timeline] = _NONE,
    charged: Charged | None = None,
    billed_from: str = "",
    open_bills: OpenBills = NO_BILLS,
) -> tuple[MonthRow, ...]:
    """From the start month to ``ahead`` months after the running one (or the month of the end), the oldest
    first. ``closed``: frozen bills by month: their figures stand whatever was recorded since;
    ``as_billed``: what was recorded when they were made, where that was less. ``charged``: months of the
    timeline that are worked out already. ``billed_from``: months before it were billed elsewhere. A month
    that was closed before it was recorded stands with nothing of its own: a later bill charged it.
    ``open_bills``: what months that are not closed come to with adjustments and claims.

    Services charged by the year have a row only where a year is charged, and one for the next. After the end
    there is a row for every month that has a bill.
    """
    yearly = _is_yearly(timeline, catalogue)
    charged = charged or Charged(timeline, catalogue)
    carried = _carried(closed)
    rows = []
    billed = {*closed, *open_bills.computed, *open_bills.waiting}
    for month in _months(timeline, today, 12 if yearly else ahead, billed):
        bill = closed.get(str(month))
        if bill is None and str(month) in carried:
            rows.append(_charged_later(timeline, catalogue, month, carried[str(month)]))
            continue
        then = as_billed.get(str(month))
        known = charged if then is None else Charged(then, catalogue)
        elsewhere = bill is None and str(month) < billed_from
        row = _row(then or timeline, catalogue, month, today, bill, known, elsewhere=elsewhere)
        if bill is None and not elsewhere:
            row = _with_open_bill(row, timeline, catalogue, open_bills)
        if not yearly or row.total or row.shown_bill is not None or row.refused:
            rows.append(row)
    return tuple(rows)


def _with_open_bill(
    row: MonthRow, timeline: Timeline, catalogue: Catalogue, open_bills: OpenBills
) -> MonthRow:
    """The month with the bill that was worked out of it, or with what waits for it, if there is either."""
    month = str(row.month)
    computed, waiting = open_bills.computed.get(month), open_bills.waiting.get(month)
    bill = computed or waiting
    if bill is None or row.refused or bill.refused:
        return row
    state: MonthState = "computed" if computed is not None else row.state
    lines = bill.content.lines
    amounts = {line.item: line.amount for line in lines if not line.month and not line.claim}
    amounts |= {kind: 1 for kind, found in _besides(lines).items() if found}
    words = _words(timeline, catalogue, row.month, state, amounts, row.days_out)
    return replace(
        row,
        words=words,
        state=state,
        net=bill.net,
        tax=bill.tax,
        exempt=bill.exempt,
        computed=computed,
        waiting=waiting if computed is None else None,
        besides=(bill.net - row.net, bill.tax - row.tax, bill.exempt - row.exempt),
    )


def _besides(lines: Sequence[BillLine]) -> dict[str, bool]:
    """What a bill holds besides the charges of its month."""
    return {_ADJUSTMENT: any(one.month for one in lines), _CLAIM: any(one.claim for one in lines)}


def bills_alone(
    catalogue: Catalogue,
    today: date,
    closed: Mapping[str, StoredBill],
    as_billed: Mapping[str, Timeline],
    open_bills: OpenBills = NO_BILLS,
) -> tuple[MonthRow, ...]:
    """The bills of a contract whose start was taken back, or never was, the oldest first."""
    rows = []
    for name in sorted(closed):
        bill, then = closed[name], as_billed.get(name)
        month = month_of(name)
        if then is not None:
            rows.append(_row(then, catalogue, month, today, bill, Charged(then, catalogue)))
        else:
            rows.append(replace(_bill_alone(bill, "billed"), bill=bill))
    rows += [replace(_bill_alone(one, "computed"), computed=one) for one in open_bills.computed.values()]
    rows += [replace(_bill_alone(one, "unbilled"), waiting=one) for one in open_bills.waiting.values()]
    return tuple(sorted(rows, key=lambda row: row.month))


def _bill_alone(shown: StoredBill, state: MonthState) -> MonthRow:
    """A month of which nothing is known but its bill."""
    found = _besides(shown.content.lines)
    parts = [_("調整あり")] if found[_ADJUSTMENT] or not found[_CLAIM] else []
    parts += [_("追加請求あり")] if found[_CLAIM] else []
    words = _("・").join([*parts, *filter(None, (_told_of(state),))])
    sums = shown.net, shown.tax, shown.exempt
    return MonthRow(month_of(shown.month), words, state, *sums, besides=sums)


def _carried(closed: Mapping[str, StoredBill]) -> dict[str, str]:
    """The months that bills of later ones charged as adjustments, each with the first such bill's month."""
    found: dict[str, str] = {}
    for name in sorted(closed):
        for line in closed[name].content.lines:
            if line.month:
                found.setdefault(line.month, name)
    return found


def _charged_later(timeline: Timeline, catalogue: Catalogue, month: Month, by: str) -> MonthRow:
    what = _has_words(timeline, _edition(timeline, catalogue, month.last), month)
    bill = short_month_words(Month(int(by[:4]), int(by[5:])))
    words = _("{month}分で精算・{what}").format(what=what, month=bill)
    return MonthRow(month, words, "carried", 0, 0, 0)


def sum_of(rows: Sequence[MonthRow]) -> MonthSum | None:
    """What the months that are not planned, nor billed elsewhere, come to; None without any."""
    counted = [row for row in rows if row.state not in {"planned", "elsewhere"}]
    if not counted:
        return None
    return MonthSum(
        counted[0].month,
        counted[-1].month,
        sum(row.net for row in counted),
        sum(row.tax for row in counted),
        sum(row.exempt for row in counted),
    )


def sum_planned(rows: Sequence[MonthRow], planned: Mapping[Month, MonthRow]) -> MonthSum | None:
    """What the months of ``sum_of`` would come to by an open action; ``planned``: those it changes."""
    return sum_of(
        [replace(planned[row.month], state=row.state) if row.month in planned else row for row in rows]
    )


def _is_yearly(timeline: Timeline, catalogue: Catalogue) -> bool:
    return isinstance(_edition(timeline, catalogue, timeline.started.on).proration, PrepaidYear)


def _edition(timeline: Timeline, catalogue: Catalogue, day: date) -> Edition:
    return stands_for(catalogue.service(timeline.service).editions, day)


def _months(timeline: Timeline, today: date, ahead: int, billed: Collection[str]) -> Iterator[Month]:
    first = Month.of(timeline.started.on)
    last = max(Month.of(today), first).plus(ahead)
    end = timeline.ended
    if end is not None:
        last = max(first, min(last, Month.of(end.on)))
    yield from first.until(last)
    yield from (month_of(one) for one in sorted(billed) if one > str(last))


def _row(
    timeline: Timeline,
    catalogue: Catalogue,
    month: Month,
    today: date,
    closed: StoredBill | None,
    charged: Charged,
    *,
    elsewhere: bool = False,
) -> MonthRow:
    running = Month.of(today)
    state: MonthState = "billed" if closed else "planned" if month > running else "unbilled"
    if elsewhere:
        state = "elsewhere"
    if closed is not None:
        billed = closed.content.lines
        amounts = {line.item: line.amount for line in billed if not line.month}
        amounts |= {kind: 1 for kind, found in _besides(billed).items() if found}
        words = _words(timeline, catalogue, month, state, amounts, _days_out(charged, month))
        return MonthRow(month, words, state, closed.net, closed.tax, closed.exempt, closed, closed.refused)
    try:
        lines = charged.lines(month)
    except UserError as error:
        return MonthRow(month, error.problems[0].what, state, 0, 0, 0, None, error.code)
    bill = make_bill(lines, month.last)
    amounts = {line.item: line.amount for line in lines}
    days = _credited_days(lines)
    words = _words(timeline, catalogue, month, state, amounts, days)
    return MonthRow(month, words, state, bill.net, bill.tax, bill.exempt, days_out=days)


# --- words -----------------------------------------------------------------------------------------------


def _words(
    timeline: Timeline,
    catalogue: Catalogue,
    month: Month,
    state: MonthState,
    amounts: Mapping[str, int],
    days_out: int,
) -> str:
    """``28 ID・12日分``, ``14日から31 ID``, ``31 ID・障害1日減額``, ``31 ID・見込み``."""
    edition = _edition(timeline, catalogue, month.last)
    if _is_over(timeline, month):
        parts = [_("解約後")]
    else:
        parts = [_has_words(timeline, edition, month), *_days_words(timeline, edition, month)]
    if days_out and amounts.get(_CREDIT):
        parts.append(_("障害{days}日減額").format(days=days_out))
    if amounts.get(FEE):
        parts.append(_("解約金"))
    if amounts.get(_ADJUSTMENT):
        parts.append(_("調整あり"))
    if amounts.get(_CLAIM):
        parts.append(_("追加請求あり"))
    parts.append(_told_of(state))
    return _("・").join(part for part in parts if part)


def _told_of(state: MonthState) -> str:
    """What a row says of a month that is not simply billed."""
    told = {
        "planned": _("見込み"),
        "unbilled": _("請求前"),
        "computed": _("計算済み・締め前"),
        "elsewhere": _("ほかで請求済み"),
    }
    return told.get(state, "")


def _is_over(timeline: Timeline, month: Month) -> bool:
    end = timeline.ended
    return end is not None and Month.of(end.on) < month


def _has_words(timeline: Timeline, edition: Edition, month: Month) -> str:
    history = timeline.history
    end = history.ended
    last = month.last if end is None else max(history.started.on, min(month.last, end.on))
    state = history.state_on(last)
    words = state_words(edition, state)
    by_day = isinstance(edition.proration, ByDay)
    if by_day and state.on > month.first and state.on > history.started.on:
        return _("{day}日から{words}").format(day=state.on.day, words=words)
    return words


def state_words(edition: Edition, state: State) -> str:
    """``31 ID``; 「年額」 for what is charged by the year, 「基本料金のみ」 where nothing is counted."""
    found = quantity_words(edition, dict(state.items))
    if found:
        return found
    yearly = isinstance(edition.proration, PrepaidYear)
    return _("年額") if yearly else _("基本料金のみ")


def _days_words(timeline: Timeline, edition: Edition, month: Month) -> Iterator[str]:
    """How many days of the month are charged, where they are not all of them."""
    history, policy = timeline.history, edition.proration
    end = history.ended
    if not isinstance(policy, ByDay):
        if end is not None and Month.of(end.on) == month:
            yield _("{day}日に解約").format(day=end.on.day)
        return
    first, last = max(month.first, history.started.on), month.last
    if end is not None and end.on <= month.last:
        days = (end.on - first).days + (policy.last_charged_day == "same-day")
        yield _("{days}日分").format(days=max(days, 1 if history.started.on == end.on else 0))
    elif first > month.first:
        yield _("{days}日分").format(days=(last - first).days + 1)


def _days_out(charged: Charged, month: Month) -> int:
    """The days a closed bill left out for outages, worked out again; 0 where that can't be done."""
    if charged.timeline is None or not charged.timeline.history.outages:
        return 0
    try:
        return _credited_days(charged.lines(month))
    except UserError:
        return 0


def _credited_days(lines: Sequence[Line]) -> int:
    return sum(_reason_days(line.reason) for line in lines if line.item == _CREDIT)


def _reason_days(reason: Reason) -> int:
    days = reason.inputs.get("days")
    return days if isinstance(days, int) else sum(_reason_days(part) for part in reason.parts)


# --- the lines of a month --------------------------------------------------------------------------------


def worked_out(lines: Sequence[Line]) -> tuple[ShownLine, ...]:
    """Lines just worked out, each with its reason."""
    return tuple(
        ShownLine(
            line.item,
            line.name,
            line.amount,
            line.tax is TaxKind.OUTSIDE,
            line.detail,
            line.quantity,
            line.unit,
            line.unit_price,
            line.clause,
            line.reason,
        )
        for line in lines
    )


def frozen(bill: StoredBill, again: Sequence[Line]) -> tuple[ShownLine, ...]:
    """The lines as they were billed; ``again``: the month worked out anew, which explains them."""
    left = list(again)
    return tuple(_frozen_line(line, left) for line in bill.content.lines)


def _frozen_line(line: BillLine, left: list[Line]) -> ShownLine:
    same = None
    if not line.claim and not line.month:
        same = next((one for one in left if (one.item, one.amount) == (line.item, line.amount)), None)
    if same is not None:
        left.remove(same)
    named = line if same is None or language() == "ja" else same  # bills keep names in one language
    return ShownLine(
        line.item,
        named.name,
        line.amount,
        line.tax is TaxKind.OUTSIDE,
        line.detail,
        line.quantity,
        line.unit,
        line.unit_price,
        line.clause,
        same.reason if same is not None else None,
        line.why,
    )
