"""What falls due month by month: runs of equal months, taxes that add up to the quotation's tax."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from app.charge.engine import month_title
from app.charge.lines import Bill, Line, TaxRow
from app.charge.words import formula
from app.days import Month
from app.money import TaxKind, figure, floor_yen, tax_rate
from app.quote.priced import PaymentRow
from app.words import _, pgettext


@dataclass
class MonthDue:
    """Everything due for one month: charges of the services, and what is paid once."""

    services: list[Line] = field(default_factory=list)
    once: list[Line] = field(default_factory=list)
    visits: list[Line] = field(default_factory=list)
    annual: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in the order of the paper."""
        return (*self.once, *self.services, *self.visits)

    def key(self) -> tuple[object, ...]:
        """Equal for months that can share a row: the same charges and nothing paid once."""
        if self.once or self.visits or self.annual:
            return (object(),)
        return tuple((line.item, line.service, line.amount) for line in self.services)


Plan = dict[Month, MonthDue]


def new_plan() -> Plan:
    """An empty plan that makes its months when they are first asked for."""
    return defaultdict(MonthDue)


def bill_over(months: Iterable[tuple[Month, Iterable[Line]]]) -> Bill:
    """One bill over several months: tax once per rate on the net sum of that rate, floored."""
    net: dict[Fraction, int] = defaultdict(int)
    exempt, lines = 0, []
    has_exempt = False
    for month, of_month in months:
        rate = tax_rate(month.first)
        for line in of_month:
            lines.append(line)
            if line.tax is TaxKind.OUTSIDE:
                exempt += line.amount
                has_exempt = True
            else:
                net[rate] += line.amount
    rows = [
        TaxRow(rate, amount, floor_yen(amount * rate)) for rate, amount in sorted(net.items(), reverse=True)
    ]
    if has_exempt:
        rows.append(TaxRow(None, exempt, 0))
    taxed = [row for row in rows if row.rate is not None]
    return Bill(
        tuple(lines), sum(row.net for row in taxed), sum(row.tax for row in taxed), exempt, tuple(rows)
    )


def payment_rows(plan: Plan) -> tuple[PaymentRow, ...]:
    """Rows of equal months in a row. A row's tax is what it adds to the running tax, so that the rows add
    up.
    """
    running = _RunningTax()
    return tuple(_row(run, plan, running) for run in _runs(plan))


def _runs(plan: Plan) -> list[list[Month]]:
    runs: list[list[Month]] = []
    last_key: tuple[object, ...] = ()
    for month in sorted(plan):
        if not plan[month].lines:
            continue
        key = plan[month].key()
        if runs and key == last_key and runs[-1][-1].plus(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
        last_key = key
    return runs


class _RunningTax:
    """Tax on the sum so far, per rate; each row takes the difference."""

    def __init__(self) -> None:
        self._net: dict[Fraction, int] = defaultdict(int)

    def add(self, rate: Fraction, net: int) -> int:
        before = floor_yen(self._net[rate] * rate)
        self._net[rate] += net
        return floor_yen(self._net[rate] * rate) - before


def _row(run: list[Month], plan: Plan, running: _RunningTax) -> PaymentRow:
    net = exempt = tax = 0
    for month in run:
        lines = plan[month].lines
        taxable = sum(line.amount for line in lines if line.tax is TaxKind.STANDARD)
        exempt += sum(line.amount for line in lines if line.tax is TaxKind.OUTSIDE)
        tax += running.add(tax_rate(month.first), taxable)
        net += taxable
    due = plan[run[0]]
    return PaymentRow(
        run[0].first, run[-1].first, len(run), _title(run, due), _formula(run, due), net, tax, exempt
    )


def _title(run: list[Month], due: MonthDue) -> str:
    first = month_title(run[0])
    if len(run) > 1:
        last = month_title(run[-1])
        return pgettext("dates", "{first}〜{last}").format(first=first, last=last)
    if due.annual and not due.visits:
        return _("{month}（年額）").format(month=first)
    if due.visits and due.services:
        return _("{month}と訪問").format(month=first)
    if due.visits:
        return _("{month}の訪問").format(month=first)
    days = {line.reason.inputs["days"] for line in due.services if line.reason.rule == "days-of-month"}
    if len(days) == 1 and not due.once:
        return _("{month}（{days}日分）").format(month=first, days=days.pop())
    return first


def _formula(run: list[Month], due: MonthDue) -> str:
    if len(run) > 1:
        net = sum(line.amount for line in due.lines)
        return _("{net} × {count}か月").format(net=figure(net), count=len(run))
    parts = [sum(line.amount for line in lines) for lines in (due.once, due.services, due.visits) if lines]
    if len(parts) > 1:
        return " + ".join(figure(part) for part in parts)
    if len(due.lines) == 1 and due.lines[0].reason.rule == "days-of-month":
        inputs = due.lines[0].reason.inputs
        return _("{full} × {days}日 ÷ {month}日").format(
            full=figure(int(str(inputs["full"]))), days=inputs["days"], month=inputs["days_of_month"]
        )
    if len(due.lines) == 1:
        return formula(due.lines[0].reason)
    return " + ".join(figure(line.amount) for line in due.lines) if len(due.lines) <= 4 else ""
