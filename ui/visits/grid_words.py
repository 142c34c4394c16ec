"""What a screen reader hears of the week, and what the tool tip says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.money import yen_words
from app.visit.conflicts import clock
from app.words import _
from ui.visits.words import day_words, minutes_words, nobody, span_words, state_words

if TYPE_CHECKING:
    from app.visit.conflicts import Obstacle
    from app.visit.slots import Slot
    from ui.visits.moving import Moving
    from ui.visits.week_facts import Block, WeekFacts


def who_words(technicians: Sequence[str], facts: WeekFacts) -> str:
    """The names of those who go."""
    found = (facts.technician(one) for one in technicians)
    return _("、").join(one.fields.name for one in found if one is not None) or nobody()


def block_reading(block: Block, facts: WeekFacts) -> str:
    """A visit in full: when, who, whom, where, how long, how it stands."""
    row = block.row
    parts = [
        span_words(block.span),
        row.customer,
        row.town,
        minutes_words(row.minutes),
        state_words(row.state)[1],
        _("担当 {names}").format(names=who_words(row.technicians, facts)),
        _("{count}台").format(count=row.devices) if row.devices else "",
        _("{amount}（税抜）").format(amount=yen_words(row.net)),
        row.number,
    ]
    return " ".join(part for part in parts if part)


def moving_reading(moving: Moving, facts: WeekFacts, found: Sequence[Obstacle]) -> str:
    """Where a visit on its way would stand, and what stands against it."""
    text = _("{customer}を移動中 {day} {first}〜{last} {names}").format(
        customer=moving.row.customer,
        day=day_words(moving.span.on),
        first=clock(moving.span.first),
        last=clock(moving.span.last),
        names=who_words(moving.technicians, facts),
    )
    return " ".join([text, *(one.what for one in found)])


def slot_reading(slot: Slot, facts: WeekFacts, number: int) -> str:
    """An offered slot."""
    return _("空き{number} {when} {names}").format(
        number=number + 1, when=span_words(slot.spans[0]), names=who_words(slot.technicians, facts)
    )
