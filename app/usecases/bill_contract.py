"""The bill of one contract for one month, made the same way for a run of all and for a single one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.charge.adjust import ClosedMonth, adjustments, billed_by_month, late_entries
from app.charge.bill_lines import BillLines, due_day, lines_of_month, sums_of
from app.charge.stored import BillContent, BillLine, Claim, Run, StoredBill
from app.contract.record import StoredContract
from app.days import Month
from app.errors import UserError
from app.ids import uuid7
from app.tariff.catalogue import Catalogue


@dataclass(frozen=True)
class ClosedRun:
    """A closed month with the tariffs under the readings it was worked out with."""

    month: Month
    catalogue: Catalogue


@dataclass(frozen=True)
class Before:
    """What stands of a contract when its bill is made.

    ``closed``: its closed bills, the oldest first, where it changed since the last of them; None where
    it did not, so that nothing of what was closed can differ. ``claims`` wait for this bill.
    """

    closed: Sequence[StoredBill] | None = None
    claims: Sequence[Claim] = ()


def closed_run(run: Run, catalogue: Catalogue) -> ClosedRun:
    """A run that is closed, with ``catalogue`` under its readings."""
    return ClosedRun(month_of(run.month), catalogue.with_choices(run.readings))


def month_of(text: str) -> Month:
    """The month kept as ``2026-11``."""
    return Month(int(text[:4]), int(text[5:]))


class Biller:
    """Makes the bills of a month. ``catalogue`` is that of the run; ``closed`` the months closed before it,
    the last of which looked at the contracts from ``last_look`` on; ``due_months`` the desk's own due day
    (``due_day``).
    """

    def __init__(
        self,
        run: Run,
        catalogue: Catalogue,
        closed: Sequence[ClosedRun],
        due_months: int,
        last_look: datetime | None = None,
    ) -> None:
        self.run = run
        self.month = month_of(run.month)
        self._text = run.month
        self._last = self.month.last
        self.catalogue = catalogue
        self._closed = sorted((one for one in closed if one.month < self.month), key=lambda one: one.month)
        self._due_months = due_months
        self._last_look = last_look
        self._due: dict[str, date] = {}
        self._lines = BillLines()

    @property
    def looks_back(self) -> bool:
        """Whether any month was closed before this one."""
        return bool(self._closed)

    def may_differ(self, contract: StoredContract, version: int | None) -> bool:
        """Whether closed months of a contract may differ from what was billed for them. ``version``: as
        ``BillRepository.closed_versions`` gives it; None for a contract that was never billed, which the
        last run looked at unless it came or changed since.
        """
        if version is None:
            return self._last_look is None or contract.updated_at >= self._last_look
        return version != contract.version

    def bill(self, contract: StoredContract, before: Before, bill_id: str = "") -> StoredBill:
        """The bill: what the month is charged, adjustments of closed months, claims. It may hold no line.

        Where charging refuses, so does the bill, with the code of the refusal and no lines.
        """
        timeline = contract.timeline
        if self._text < contract.content.billed_from:
            return self._made(contract, (), bill_id)
        try:
            lines = self._lines.of(lines_of_month(timeline, self.catalogue, self.month))
            if before.closed is not None and self._closed:
                lines += adjustments(self._months(contract, before.closed))
        except UserError as error:
            return self._made(contract, (), bill_id, error.code)
        claimed = tuple(claimed_line(line, claim) for claim in before.claims for line in claim.lines)
        return self._made(contract, lines + claimed, bill_id)

    def _made(
        self, contract: StoredContract, lines: tuple[BillLine, ...], bill_id: str, refused: str = ""
    ) -> StoredBill:
        sums = sums_of(lines, self._last)
        return StoredBill(
            id=bill_id or uuid7(),
            run_id=self.run.id,
            contract_id=contract.id,
            contract_seq=contract.seq,
            contract_version=contract.version,
            month=self._text,
            net=sums.net,
            tax=sums.tax,
            exempt=sums.exempt,
            total=sums.total,
            due_on=self._due_day(contract.content.service) if lines else None,
            content=BillContent(lines=lines, seen=seen_last(contract)),
            refused=refused,
        )

    def _due_day(self, service: str) -> date:
        found = self._due.get(service)
        if found is None:
            found = due_day(service, self.month, self.catalogue, self._due_months)
            self._due[service] = found
        return found

    def _months(self, contract: StoredContract, closed: Sequence[StoredBill]) -> list[ClosedMonth]:
        """Every closed month, as it was billed and as charging says now. A month that was refused when it was
        closed, and still is, has nothing to put right; nor has one that was billed elsewhere.
        """
        billed = billed_by_month(closed)
        refused = {bill.month for bill in closed if bill.refused}
        late = late_entries(contract.entries, max((bill.content.seen for bill in closed), default=0))
        found = []
        for one in self._closed:
            month = str(one.month)
            if month < contract.content.billed_from:
                continue
            try:
                now = self._lines.of(lines_of_month(contract.timeline, one.catalogue, one.month))
            except UserError:
                if month in refused or not closed:
                    continue
                raise
            found.append(ClosedMonth(one.month, billed.get(month, ()), now, late))
        return found


def claimed_line(line: BillLine, claim: Claim) -> BillLine:
    """A claim's line as it stands on a bill."""
    return BillLine(
        item=line.item,
        name=line.name,
        amount=line.amount,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        tax=line.tax,
        detail=line.detail,
        clause=line.clause,
        claim=claim.id,
        why=line.why,
    )


def seen_last(contract: StoredContract) -> int:
    """The ``seq`` of the last entry of a contract; 0 without any."""
    return max((one.seq for one in contract.entries), default=0)
