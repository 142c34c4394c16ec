"""What leaving a contract costs, as its paper tells it: by the counting in force, and by each other one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.charge.lines import make_bill
from app.charge.plan import plan_of
from app.charge.termination import Termination, ending
from app.charge.words import formula
from app.contract.facts import Timeline
from app.errors import UserError
from app.money import TaxKind
from app.papers.contract_sheet_facts import Leaving, OtherCount
from app.tariff.catalogue import Catalogue
from app.tariff.texts import choice_words, words
from app.usecases.ending_curve import earliest_end, fee_free_from, leaving_on
from app.words import _


def leaving_told(timeline: Timeline, catalogue: Catalogue, day: date) -> Leaving | None:
    """What it costs to tell the end on ``day``, or what the recorded end costs. None where the terms know no
    fee, before the start, and where no price is known.
    """
    try:
        ended = timeline.ended
        if ended is not None:
            found, ends_on = ending(timeline, catalogue), ended.on
        elif day < timeline.started.on:
            return None
        else:
            ends_on = earliest_end(timeline, catalogue, day)
            found = leaving_on(timeline, catalogue, ends_on)
        if found is None:
            return None
        free = None if ended is not None else fee_free_from(timeline, catalogue, ends_on)
    except UserError:
        return None
    term = plan_of(catalogue, timeline.service).at(ends_on).rules.term
    return Leaving(
        ends_on=ends_on,
        amount=_with_tax(found, ends_on),
        formula=formula(found.reason),
        clause=found.reason.clause,
        outside_tax=found.line is None or found.line.tax is TaxKind.OUTSIDE,
        recorded=ended is not None,
        waived=found.waived,
        others=() if found.waived else tuple(_others(found, timeline, catalogue, ends_on)),
        free_from=free,
        comes_back=term is not None and term.renewal != "open-ended",
    )


def _with_tax(found: Termination, day: date) -> int:
    return make_bill((found.line,), day).total if found.line is not None else 0


def _others(found: Termination, timeline: Timeline, catalogue: Catalogue, day: date) -> Iterator[OtherCount]:
    """Each reading the fee rests on, turned to each of its alternatives, where that gives another amount."""
    now = _with_tax(found, day)
    for used in found.reason.all_readings():
        reading = catalogue.reading(used.service, used.name, day)
        for choice in reading.choices:
            if choice.code == used.choice:
                continue
            turned = catalogue.with_choices({used.name: choice.code})
            other = ending(timeline, turned) if timeline.ended else leaving_on(timeline, turned, day)
            amount = _with_tax(other, day) if other is not None else 0
            if amount != now:
                how = formula(other.reason) if other is not None and other.fee else ""
                if other is not None and other.fee == found.fee:  # only the tax differs
                    how = _("{formula}（税込）").format(formula=how)
                yield OtherCount(words(reading.topic), choice_words(reading, choice.code), amount, how)
