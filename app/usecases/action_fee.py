"""解約金 of an action: of an end, or of units given up, with the months it counts and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.charge.lines import make_bill
from app.charge.termination import Termination, ending
from app.contract.facts import Changed, Ended, Timeline
from app.contract.record import Entry
from app.days import Month
from app.tariff.catalogue import Catalogue
from app.usecases.consequences import Fee
from app.usecases.what_if import ended_on


def fee_of(
    before: Timeline | None, after: Timeline | None, new: Sequence[Entry], catalogue: Catalogue
) -> Fee | None:
    """The fee of the end, else of the last change among the new entries; None where nothing is given up, or
    the terms know no fee. Raises UserError as ``ending`` does.
    """
    if before is None or after is None:
        return None
    end = next((one for one in new if isinstance(one, Ended)), None)
    if end is not None:
        return _made(ending(after, catalogue), end.on)
    changes = [one for one in new if isinstance(one, Changed)]
    if not changes:
        return None
    on = max(one.on for one in changes)
    return _made(ending(until(after, on), catalogue), on)


def until(timeline: Timeline, day: date) -> Timeline:
    """The timeline as it would go on had nothing been recorded for later days, and no end."""
    facts = ended_on(timeline, day).facts[:-1]
    return Timeline(timeline.service, facts, timeline.customer, timeline.line, timeline.area, timeline.agreed)


def _made(found: Termination | None, on: date) -> Fee | None:
    if found is None or not found.reason.inputs.get("basis"):
        return None
    tax = make_bill((found.line,), on).tax if found.line is not None else 0
    return Fee(found.fee, tax, found.reason, found.line, Month.of(on), found.months_left, waived=found.waived)
